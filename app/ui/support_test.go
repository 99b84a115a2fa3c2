package ui

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	panel "nabar/app/ui/support"
	"nabar/app/ui/widgets"
	"nabar/model/support"
)

// openSupport opens the window of support conditions on the demo kommun.
func openSupport(t *testing.T) *bench {
	t.Helper()
	b := openBench(t)
	b.showSupport()
	b.until("the report is shown", func() bool { return b.support.report != nil && b.calm() })
	return b
}

// statusOf is what the table says of a place.
func statusOf(t *testing.T, b *bench, id string) string {
	t.Helper()
	for _, row := range b.support.panel.Table().Shown().Rows {
		if row.ID == id {
			return row.Cells[2].Text
		}
	}
	t.Fatalf("no row for %s", id)
	return ""
}

// farthest is the shop with the longest road to the next one.
func farthest(b *bench) *support.Place {
	var best *support.Place
	for i := range b.support.report.Places {
		p := &b.support.report.Places[i]
		if o := p.Of("sarskilt_driftstod"); o.Next != nil && (best == nil || o.Next.Metres > best.Of("sarskilt_driftstod").Next.Metres) {
			best = p
		}
	}
	return best
}

func TestSupportWindowFollowsFactsAndLimits(t *testing.T) {
	b := openSupport(t)
	shop := farthest(b)
	if got := statusOf(t, b, shop.ID); got != "◆ Gränsfall" {
		t.Errorf("without facts the table says %q", got)
	}
	edit := func(fn func(context.Context) error, what string, holds func() bool) {
		t.Helper()
		b.edit(fn)
		b.until(what, func() bool { return holds() && b.calm() })
	}
	one := func() *support.Fact { return &support.Fact{Value: 1} }
	edit(func(ctx context.Context) error {
		return b.session.SetSupportFacts(ctx, shop.ID, map[string]*support.Fact{
			support.YearRound: one(), support.FixedPremises: one(), support.Turnover: {Value: 5e6},
		})
	}, "the facts count", func() bool { return statusOf(t, b, shop.ID) == "● Berättigad" })
	edit(func(ctx context.Context) error {
		set, err := b.session.SupportSet(ctx, "")
		if err != nil {
			return err
		}
		set.Rule("sarskilt_driftstod").Condition("avstand").Value = 90000
		return b.session.KeepSupportSet(ctx, set)
	}, "the limit counts", func() bool { return statusOf(t, b, shop.ID) == "○ Ej berättigad" })
	b.undo()
	b.until("the limit is taken back", func() bool { return statusOf(t, b, shop.ID) == "● Berättigad" && b.calm() })
}

func TestSupportedPlaceIsChosenEverywhere(t *testing.T) {
	b := openSupport(t)
	shop := farthest(b)
	next := shop.Of("sarskilt_driftstod").Next
	b.support.panel.Table().OnSelect(shop.ID)
	b.until("the road is shown", func() bool { return b.roads.instead != nil && b.calm() })
	if b.selected.facility != shop.ID || b.card.Title() != shop.Name {
		t.Errorf("chosen: %+v", b.selected)
	}
	line := b.roads.instead.line
	end := b.state.snapshot.Facilities[b.facility(next.ID)].At
	if line[0] != shop.At || line[len(line)-1] != end {
		t.Errorf("the road leads from %v to %v, want %v to %v", line[0], line[len(line)-1], shop.At, end)
	}
	var texts []string
	for _, o := range test.LaidOutObjects(b.support.win.Content()) {
		if text, ok := o.(*widgets.Text); ok {
			texts = append(texts, text.Content)
		}
	}
	if all := strings.Join(texts, "|"); !strings.Contains(all, "◆ Gränsfall: ") {
		t.Errorf("the window does not count the verdicts: %s", all)
	}
	b.setLanguage("en")
	if b.support != nil {
		t.Error("the window stays in the old language")
	}
}

func TestSupportForms(t *testing.T) {
	b := openSupport(t)
	shop := farthest(b)
	var said map[string]*support.Fact
	before := map[string]support.Fact{support.YearRound: {Value: 1}}
	form := panel.ShowFacts(b.support.win, b.printer, "prov", &b.support.report.Rules, before, func(v map[string]*support.Fact) { said = v })
	form.Say(support.Turnover, "8,5 miljoner")
	form.Save()
	if said != nil {
		t.Errorf("a text was taken for a number: %v", said)
	}
	form.Say(support.Turnover, "8 500 000")
	form.Choose(support.YearRound, 0)
	form.Save()
	if len(said) != 2 || said[support.Turnover].Value != 8.5e6 || said[support.YearRound] != nil {
		t.Errorf("said of %s: %v", shop.Name, said)
	}
	set := b.support.sets[0]
	var kept support.Set
	limits := panel.ShowLimits(b.support.win, b.printer, set, func(s support.Set) { kept = s }, nil)
	limits.Limit("sarskilt_driftstod.avstand", support.AtLeast, "12 500")
	limits.Edition("2027")
	limits.Save()
	c := kept.Rule("sarskilt_driftstod").Condition("avstand")
	if kept.ID != set.ID+"/2027" || c.Value != 12500 || c.Op != support.AtLeast || !c.Own || kept.Name == "" {
		t.Errorf("kept %q: %+v", kept.ID, c)
	}
	if set.Rule("sarskilt_driftstod").Condition("avstand").Value != 10000 {
		t.Error("the form has changed the set that it was opened on")
	}
}

func TestAreaProfileFromTheLayer(t *testing.T) {
	b := openBench(t)
	before := b.dialogs()
	areas, err := b.session.LayerAreas(context.Background(), "Tätorter")
	if err != nil {
		t.Fatal(err)
	}
	b.showProfile("Tätorter", areas[0].ID)
	b.until("the dialog is shown", func() bool { return b.dialogs() > before && b.calm() })
	b.until("the figures are shown", func() bool {
		for _, o := range b.win.Canvas().Overlays().List() {
			for _, part := range test.LaidOutObjects(o) {
				if text, ok := part.(*widgets.Text); ok && text.Content == areas[0].Name {
					return true
				}
			}
		}
		return false
	})
	centre := areas[0].Shape.Bound().Center()
	b.selected = selection{}
	b.findFeature(centre)
	b.until("the card leads to the profile", func() bool { return b.selected.hit != nil })
	if hit := b.selected.hit; hit.Around == nil || hit.Around.Layer.Name != "Tätorter" || b.card.Title() != hit.Name {
		t.Errorf("area %+v, card %q", hit, b.card.Title())
	}
}
