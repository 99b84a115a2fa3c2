package areas

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
)

func TestParseLimits(t *testing.T) {
	for text, want := range map[string][]float64{
		"2; 5; 10": {2000, 5000, 10000}, "2, 5, 10": {2000, 5000, 10000}, "2 5 10": {2000, 5000, 10000}, "0,5;1": {500, 1000}, " 7.5 ": {7500},
		"": nil, "a": nil, "0": nil, "-2; 3": nil, ";": nil,
	} {
		got, err := parseLimits(text, 1000)
		if !slices.Equal(got, want) || (err == nil) != (want != nil) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

func TestForm(t *testing.T) {
	test.NewTempApp(t)
	in := Input{
		Services: []Service{{"dagligvaror", "Dagligvaror"}, {"post", "Post"}}, Query: model.Query{Service: "post", Impedance: model.Time, Scenario: "A"},
		Facility: "P1", Name: "Ombudet", OfService: "post",
	}
	f := newForm(i18n.For("sv"), in)
	f.object()
	q, err := f.query()
	if err != nil || q.Service != "post" || q.Impedance != model.Time || q.Scenario != "A" || !slices.Equal(q.Facilities, []string{"P1"}) ||
		!slices.Equal(q.Bands, session.DefaultReachLimits(model.Time)) || q.Sharing != session.ReachEach || q.Rings {
		t.Errorf("%+v, %v", q, err)
	}
	f.service.SetSelectedIndex(0)
	f.measure.SetSelectedIndex(0)
	f.shared.SetSelectedIndex(1)
	f.rings.SetChecked(true)
	f.limits.SetText("1,5")
	q, err = f.query()
	if err != nil || q.Service != "dagligvaror" || q.Facilities != nil || !slices.Equal(q.Bands, []float64{1500}) || q.Sharing != session.ReachSplit || !q.Rings {
		t.Errorf("%+v, %v", q, err)
	}
}

func TestTable(t *testing.T) {
	c := &model.Catchments{
		Query: model.Query{Service: "post", Impedance: model.Distance, Bands: []float64{1000, 2500}},
		Catchments: []model.Catchment{
			{ID: "A", Name: "Affären", Share: 0.25, All: model.Group{People: 50, Mean: 1500, Bands: []model.Band{{To: 1000, People: 10}, {To: 2500, People: 40}}}, Groups: []model.Group{{ID: "women", Name: i18n.M("figures.women"), People: 26}}},
			{ID: "B", Name: "Bua", Share: 0.75, All: model.Group{People: 150, Mean: 900, Bands: []model.Band{{To: 1000, People: 90}, {To: 2500, People: 150}}}, Groups: []model.Group{{ID: "women", Name: i18n.M("figures.women"), People: 70, Approximate: true}}},
		},
	}
	p := i18n.For("sv")
	got := Table(p, "Underlag", c, nil)
	if len(got.Rows) != 2 || len(got.Columns) != 7 || got.Columns[3].Head != "cirka kvinnor" && got.Columns[3].Head != "cirka Kvinnor" {
		t.Fatalf("%+v", got)
	}
	want := []string{"Affären", "50", "25,0", "26", "1,5", "10", "40"}
	for i, text := range want {
		if cell := got.Columns[i].Write(p, got.Rows[0].Cells[i]); cell != text {
			t.Errorf("column %d: %q, want %q", i, cell, text)
		}
	}
	if only := Table(p, "Underlag", c, []string{"B"}); len(only.Rows) != 1 || only.Rows[0].ID != "B" {
		t.Errorf("%+v", only.Rows)
	}
}
