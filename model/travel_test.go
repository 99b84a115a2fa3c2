package model_test

import (
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
)

func TestProfilesAreChecked(t *testing.T) {
	value := func(v float64) *float64 { return &v }
	for name, c := range map[string]struct {
		change func(*model.Profile)
		key    string
	}{
		"as it is":        {func(*model.Profile) {}, ""},
		"no id":           {func(p *model.Profile) { p.ID = "" }, "profile.bad_id"},
		"two words":       {func(p *model.Profile) { p.ID = "min bil" }, "profile.bad_id"},
		"standing still":  {func(p *model.Profile) { p.Speed = 0.1 }, "profile.bad_speed"},
		"a rocket":        {func(p *model.Profile) { p.Cap = 1000 }, "profile.bad_speed"},
		"a slow ferry":    {func(p *model.Profile) { p.FerrySpeed = value(0) }, "profile.bad_speed"},
		"free connector":  {func(p *model.Profile) { p.ConnectorSpeed = value(0) }, ""},
		"long wait":       {func(p *model.Profile) { p.FerryWait = value(1e6) }, "profile.bad_wait"},
		"no wait":         {func(p *model.Profile) { p.FerryWait = value(0) }, ""},
		"no factor":       {func(p *model.Profile) { p.Factor = 0 }, "profile.bad_factor"},
		"class factor":    {func(p *model.Profile) { p.Classes = []model.ClassFactor{{Class: 3, Factor: 9}} }, "profile.bad_factor"},
		"class of none":   {func(p *model.Profile) { p.Barred = []int8{10} }, "profile.bad_class"},
		"class below all": {func(p *model.Profile) { p.Classes = []model.ClassFactor{{Class: -1, Factor: 1}} }, "profile.bad_class"},
		"odd ferries":     {func(p *model.Profile) { p.Ferries = "maybe" }, "profile.bad_ferries"},
	} {
		p := model.CarProfile()
		c.change(&p)
		err := p.Check()
		if (err == nil) != (c.key == "") || err != nil && !strings.Contains(i18n.For("sv").Error(err), i18n.For("sv").T("profile.name_bil")) && c.key != "profile.bad_id" {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, p := range model.DefaultProfiles() {
		if err := p.Check(); err != nil || p.Tidy().Checksum() != p.Checksum() {
			t.Errorf("%s: %v, or it is not tidy", p.ID, err)
		}
		for _, lang := range []string{"sv", "en"} {
			if text := i18n.For(lang).Text(p.Describe()); text == "" || strings.Contains(text, "profile.") {
				t.Errorf("%s is described as %q", p.ID, text)
			}
		}
	}
}

func TestSameProfile(t *testing.T) {
	car, winter := model.CarProfile(), model.DefaultProfiles()[1]
	other := winter
	other.ID, other.Name = "egen", "Egen"
	if !(*model.Profile)(nil).Same(&car) || !car.Same(nil) || car.Same(&winter) || !winter.Same(&other) || winter.Same(nil) {
		t.Error("profiles that travel alike are told apart, or others are not")
	}
	if winter.Checksum() == other.Checksum() {
		t.Error("the name is no part of the checksum")
	}
}
