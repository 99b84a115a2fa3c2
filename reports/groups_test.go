package reports

import (
	"slices"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
)

// grouped are figures of 100 people, women and men, of whom some have two services.
func grouped() model.Figures {
	bands := func(people ...int) (out []model.Band) {
		for k, to := range []float64{1000, 2000, 5000, 10000, 20000} {
			out = append(out, model.Band{To: to, People: people[k]})
		}
		return out
	}
	women := model.Group{By: model.BySex, ID: "women", Name: i18n.M("figures.women"), People: 60, Reached: 60, Mean: 900, Median: 800, P90: 2100, Bands: bands(30, 40, 48, 54, 60)}
	men := model.Group{By: model.BySex, ID: "men", Name: i18n.M("figures.men"), People: 40, Reached: 38, Unreached: 2, Mean: 1100, Median: 900, P90: 2400, Bands: bands(10, 20, 20, 30, 38), Approximate: true}
	all := model.Group{Name: i18n.M("figures.everybody"), People: 100, Reached: 98, Unreached: 2, Mean: 980, Median: 850, P90: 2200, Bands: bands(40, 60, 68, 84, 98)}
	return model.Figures{
		Query: model.Query{Service: "apotek", Impedance: model.Distance}, All: all, Groups: []model.Group{women, men},
		Equity: model.Equity{Text: []i18n.Message{i18n.M("figures.equity_none")}},
		Joint:  &model.Joint{Services: []string{"apotek", "post"}, Missing: []string{"drivmedel"}, All: all, Groups: []model.Group{women, men}},
	}
}

// TestWomenAndMenStandBesideEachOther: the tables of groups have a row for each, with all that is told of everybody.
func TestWomenAndMenStandBesideEachOther(t *testing.T) {
	f := grouped()
	p := i18n.For(i18n.Swedish)
	b := &builder{in: &Input{Figures: []model.Figures{f}}, p: p, doc: &Document{Printer: p}}
	for _, kind := range model.DefaultServiceTypes() {
		b.all = append(b.all, service{ServiceType: kind, name: p.Text(kind.Label())})
	}
	s := &service{ServiceType: model.ServiceType{ID: "apotek"}, name: "Apotek", distance: &model.Result{Query: f.Query}}
	b.groups(s)
	b.joint()
	tables := b.doc.Tables()
	if len(tables) != 2 {
		t.Fatalf("%d tables", len(tables))
	}
	for k, want := range [][][]string{
		{
			{"Alla", "100", "2", "980\u00a0m", "850\u00a0m", "2,2\u00a0km", "68,0\u00a0%", "84,0\u00a0%"},
			{"Kvinnor", "60", "0", "900\u00a0m", "800\u00a0m", "2,1\u00a0km", "80,0\u00a0%", "90,0\u00a0%"},
			{"Män *", "40", "2", "1,1\u00a0km", "900\u00a0m", "2,4\u00a0km", "50,0\u00a0%", "75,0\u00a0%"},
		},
		{
			{"Alla", "40\n40,0\u00a0%", "60\n60,0\u00a0%", "68\n68,0\u00a0%", "84\n84,0\u00a0%", "98\n98,0\u00a0%", "2\n2,0\u00a0%"},
			{"Kvinnor", "30\n50,0\u00a0%", "40\n66,7\u00a0%", "48\n80,0\u00a0%", "54\n90,0\u00a0%", "60\n100,0\u00a0%", "0\n0,0\u00a0%"},
			{"Män *", "10\n25,0\u00a0%", "20\n50,0\u00a0%", "20\n50,0\u00a0%", "30\n75,0\u00a0%", "38\n95,0\u00a0%", "2\n5,0\u00a0%"},
		},
	} {
		for i := range want {
			if !slices.Equal(tables[k].Rows[i], want[i]) {
				t.Errorf("table %d row %d: %q, want %q", k, i, tables[k].Rows[i], want[i])
			}
		}
		if tables[k].Source == "" || len(tables[k].Columns) != len(want[0]) {
			t.Errorf("table %d: source %q, %d columns", k, tables[k].Source, len(tables[k].Columns))
		}
	}
	b.groups(&service{ServiceType: model.ServiceType{ID: "post"}, distance: &model.Result{Query: model.Query{Service: "post", Impedance: model.Distance}}})
	if len(b.doc.Tables()) != 2 {
		t.Error("a table without figures")
	}
}
