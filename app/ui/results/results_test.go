package results

import (
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// result is 1 000 people: 300 within 1 km, 700 within 5 km, 900 reached, 100 not.
func result() *model.Result {
	return &model.Result{
		Query:  model.Query{Service: "dagligvaror", Impedance: model.Distance, Bands: []float64{1000, 5000}},
		People: 1000, Reached: 900, Unreached: 100, Mean: 3893.8, Median: 3000, P90: 9000, Max: 21915, SecondMean: math.NaN(),
		Bands: []model.Band{{To: 1000, People: 300}, {To: 5000, People: 700}},
		Places: []model.PlaceFigure{
			{ID: "b", Name: "Beta", PeopleNearest: 400, Joined: true},
			{ID: "a", Name: "Alfa", PeopleNearest: 500, Joined: true},
			{ID: "c", Name: "Gamma", Joined: false},
		},
	}
}

func describe(r *model.Result) View {
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance}
	if r != nil {
		q = r.Query
	}
	return Describe(Input{
		Printer: i18n.For("sv"), Service: "Dagligvaror", Query: q, Result: r, Theme: symbology.Light,
		Snapshot: &model.Snapshot{Facilities: []model.Facility{{ID: "a", Town: "Roma"}}},
	})
}

func TestFiguresHaveUnits(t *testing.T) {
	v := describe(result())
	want := []string{"3,9\u00a0km", "3,0\u00a0km", "9,0\u00a0km", "21,9\u00a0km", "–", "100"}
	for i, f := range v.Figures {
		if f.Value != want[i] {
			t.Errorf("%s: %q, want %q", f.Meaning, f.Value, want[i])
		}
	}
	r := result()
	r.Query.Impedance = model.Time
	if got := describe(r).Figures[1].Value; got != "50,0\u00a0min" {
		t.Errorf("3 000 s are %q", got)
	}
}

func TestBarsAddUp(t *testing.T) {
	v := describe(result())
	want := []struct{ label, value, note string }{
		{"1\u00a0km", "300", "30,0\u00a0%"},
		{"5\u00a0km", "700", "70,0\u00a0%"},
		{"över 5\u00a0km", "200", "20,0\u00a0%"},
		{"nås inte", "100", "10,0\u00a0%"},
	}
	if len(v.Bars) != len(want) {
		t.Fatalf("%d bars, want %d", len(v.Bars), len(want))
	}
	for i, b := range v.Bars {
		if b.Label != want[i].label || b.Value != want[i].value || b.Note != want[i].note {
			t.Errorf("bar %d is %q %q %q, want %q", i, b.Label, b.Value, b.Note, want[i])
		}
	}
	if p := v.Bars[1].Parts; len(p) != 2 || math.Abs(p[0].Share-0.3) > 1e-9 || math.Abs(p[1].Share-0.4) > 1e-9 {
		t.Errorf("the second bar is made of %+v", p)
	}
	if v.Bars[0].Parts[0].Color != symbology.Ramp(3, symbology.Light)[0].NRGBA() {
		t.Error("a bar has another colour than its class on the map")
	}
}

func TestNobodyBeyondIsNoBar(t *testing.T) {
	r := result()
	r.Reached, r.Unreached, r.People = 700, 0, 700
	if got := len(describe(r).Bars); got != 2 {
		t.Errorf("%d bars where all are within the last limit, want 2", got)
	}
}

func TestNoPeopleNoBars(t *testing.T) {
	r := result()
	r.People = 0
	if bars := describe(r).Bars; bars != nil {
		t.Errorf("bars of nobody: %v", bars)
	}
}

func TestLimits(t *testing.T) {
	p := i18n.For("sv")
	tests := []struct {
		impedance model.Impedance
		v         float64
		want      string
	}{
		{model.Distance, 500, "500\u00a0m"},
		{model.Distance, 1000, "1\u00a0km"},
		{model.Distance, 2500, "2,5\u00a0km"},
		{model.Time, 300, "5\u00a0min"},
		{model.Time, 90, "1,5\u00a0min"},
	}
	for _, tt := range tests {
		if got := Limit(p, tt.impedance, tt.v); got != tt.want {
			t.Errorf("%g of %s is %q, want %q", tt.v, tt.impedance, got, tt.want)
		}
	}
}

func TestRankingIsByPeople(t *testing.T) {
	v := describe(result())
	var ids []string
	for _, p := range v.Places {
		ids = append(ids, p.ID)
	}
	if got := strings.Join(ids, ""); got != "abc" {
		t.Errorf("order is %s, want abc", got)
	}
	if v.Places[0].Note != "Roma" || v.Places[0].People != "500" {
		t.Errorf("first row is %+v", v.Places[0])
	}
	if v.Places[2].Note != "saknar väg" {
		t.Errorf("a place without a road says %q", v.Places[2].Note)
	}
}

func TestWithoutFiguresThePanelSaysWhy(t *testing.T) {
	v := describe(nil)
	if v.Notice == "" || v.Compute == "" || len(v.Figures) > 0 {
		t.Errorf("view is %+v", v)
	}
	missing := Describe(Input{Printer: i18n.For("sv"), Query: model.Query{Impedance: model.Time}, Missing: "Projektet saknar vägnät."})
	if missing.Notice != "Projektet saknar vägnät." || missing.Compute != "" {
		t.Errorf("view is %+v: there is nothing to compute with", missing)
	}
	r := result()
	r.Stale = true
	if stale := describe(r); stale.Notice == "" || stale.Compute == "" || len(stale.Figures) == 0 {
		t.Errorf("stale view is %+v", stale)
	}
}

func TestPanelFollowsAndTells(t *testing.T) {
	test.NewTempApp(t)
	p := New(i18n.For("sv"))
	w := test.NewTempWindow(t, p.Object())
	w.Resize(fyne.NewSize(380, 800))
	var chosen []string
	p.OnSelect = func(id string) { chosen = append(chosen, id) }
	p.Set(describe(result()))
	p.Select("b")
	if len(chosen) != 0 {
		t.Errorf("told %q for a choice of the program's", chosen)
	}
	p.list.Select(0)
	if len(chosen) != 1 || chosen[0] != "a" {
		t.Errorf("told %q, want a", chosen)
	}
	computed := false
	p.OnCompute = func() { computed = true }
	p.Set(describe(nil))
	if !p.compute.Visible() || p.list.Visible() {
		t.Error("an empty panel shows a list, or no button")
	}
	if test.Tap(p.compute); !computed {
		t.Error("the button does nothing")
	}
}
