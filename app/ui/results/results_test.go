package results

import (
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
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

// detailed is the same in detail: women have it nearer than men, and the old are told of.
func detailed() *model.Figures {
	f := ofResult(result())
	f.All.Curve = []model.CurvePoint{{}, {People: 0.5, Cost: 3000}, {People: 0.9, Cost: 21915}}
	f.All.Need = model.Need{From: 5000, People: 200, Cost: 1.2e6}
	group := func(by model.Breakdown, id, key string, people int, mean float64) model.Group {
		g := f.All
		g.By, g.ID, g.Name, g.People, g.Mean = by, id, i18n.M(key), people, mean
		g.Reached, g.Unreached = people-50, 50
		g.Bands = []model.Band{{To: 1000, People: people / 5}, {To: 5000, People: people / 2}}
		return g
	}
	old := group(model.ByAge, "70-", "figures.inside", 120, 5000)
	old.Name, old.Approximate = i18n.M("figures.age_from", 70), true
	old.Need = model.Need{From: 5000, People: 40, Cost: 3e5}
	area := group(model.ByArea, "T1", "figures.inside", 600, 1000)
	area.Name = i18n.Plain("Åby")
	f.Groups = []model.Group{group(model.BySex, "women", "figures.women", 510, 3500), group(model.BySex, "men", "figures.men", 480, 4200), old, area}
	for i := range 11 {
		at := float64(i) / 10
		f.Equity.Curve = append(f.Equity.Curve, model.CurvePoint{People: at, Cost: at * at})
	}
	f.Equity.Text = []i18n.Message{i18n.M("figures.equity_palma", 6.8)}
	f.Joint = &model.Joint{Services: []string{"a", "b"}, Missing: []string{"c"}, All: f.All, Groups: f.Groups}
	return f
}

func input(r *model.Result, f *model.Figures) Input {
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance}
	if r != nil {
		q = r.Query
	}
	return Input{
		Printer: i18n.For("sv"), Service: "Dagligvaror", Query: q, Result: r, Figures: f, Theme: symbology.Light,
		Snapshot: &model.Snapshot{Facilities: []model.Facility{{ID: "a", Town: "Roma"}}},
	}
}

func TestFiguresHaveUnits(t *testing.T) {
	want := []string{"1\u00a0000", "70,0\u00a0%", "3,9\u00a0km", "3,0\u00a0km", "9,0\u00a0km", "21,9\u00a0km", "–", "100"}
	for i, f := range Describe(input(result(), nil)).Figures {
		if f.Value != want[i] || f.Beside != "" {
			t.Errorf("%s: %q, want %q, beside %q", f.Meaning, f.Value, want[i], f.Beside)
		}
	}
	r := result()
	r.Query.Impedance = model.Time
	if got := Describe(input(r, nil)).Figures[3].Value; got != "50,0\u00a0min" {
		t.Errorf("3 000 s are %q", got)
	}
}

func TestWomenAndMenStandBesideEachOther(t *testing.T) {
	v := Describe(input(result(), detailed()))
	for i, want := range map[int]string{
		0: "kvinnor 510, män 480", 1: "kvinnor 50,0\u00a0%, män 50,0\u00a0%", 2: "kvinnor 3,5\u00a0km, män 4,2\u00a0km", 7: "kvinnor 50, män 50",
	} {
		if got := v.Figures[i].Beside; got != want {
			t.Errorf("%s: beside %q, want %q", v.Figures[i].Meaning, got, want)
		}
	}
	for _, say := range []string{"1\u00a0km: 300 (30,0\u00a0%) kvinnor 20,0\u00a0%", "över 5\u00a0km: 200 (20,0\u00a0%)", "nås inte: 100 (10,0\u00a0%)"} {
		if !strings.Contains(v.Bars.Alt, say) {
			t.Errorf("the bars don't say %q: %q", say, v.Bars.Alt)
		}
	}
	if v.Curve.Paint == nil || v.Spread.Paint == nil || !strings.Contains(v.Curve.Alt, "9,0\u00a0km") || len(v.Says) != 1 {
		t.Errorf("curves %q and %q, says %q", v.Curve.Alt, v.Spread.Alt, v.Says)
	}
}

func TestNeedIsOfTheOld(t *testing.T) {
	v := Describe(input(result(), detailed()))
	need, joint := v.More[0], v.More[1]
	if need.Value != "300,0 personkilometer" || need.Of != "70-" || !strings.Contains(need.Meaning, "70 år och äldre (cirka), minst 5\u00a0km: 40 personer") {
		t.Errorf("need is %+v", need)
	}
	if joint.Value != "70,0\u00a0%" || joint.Limit != 5000 || joint.Beside == "" || len(v.Remarks) != 1 {
		t.Errorf("joint measure is %+v, remarks %q", joint, v.Remarks)
	}
	in := input(result(), detailed())
	in.Group = "women"
	if got := Describe(in).More[0]; got.Of != "women" || got.Value != "1\u00a0200,0 personkilometer" {
		t.Errorf("women's need is %+v", got)
	}
}

func TestNobodyBeyondIsNoBar(t *testing.T) {
	r := result()
	r.Reached, r.Unreached, r.People = 700, 0, 700
	if alt := Describe(input(r, nil)).Bars.Alt; strings.Contains(alt, "över") || strings.Contains(alt, "nås") {
		t.Errorf("bars of nobody: %q", alt)
	}
	r.People = 0
	if Describe(input(r, nil)).Bars.Paint != nil {
		t.Error("bars of no people")
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

func TestTables(t *testing.T) {
	v := Describe(input(result(), detailed()))
	var ids []string
	for _, table := range v.Tables {
		ids = append(ids, table.ID)
		for _, row := range table.Rows {
			if len(row.Cells) != len(table.Columns) {
				t.Errorf("%s: %d cells in %d columns", table.ID, len(row.Cells), len(table.Columns))
			}
		}
	}
	if got := strings.Join(ids, " "); got != "sex age area place" {
		t.Fatalf("tables %q", got)
	}
	p := i18n.For("sv")
	write := func(table, row, column int) string {
		t := &v.Tables[table]
		return t.Columns[column].Write(p, t.Rows[row].Cells[column])
	}
	for _, tt := range []struct {
		table, row, column int
		want               string
	}{{0, 1, 0, "Kvinnor"}, {0, 0, 1, "1\u00a0000"}, {0, 1, 2, "20,0"}, {0, 1, 4, "3,5"}, {1, 1, 0, "70 år och äldre (cirka)"}, {1, 1, 11, "300"}, {2, 1, 0, "Åby"}, {3, 1, 3, "Roma"}, {3, 2, 3, "saknar väg"}, {3, 0, 2, "40,0"}} {
		if got := write(tt.table, tt.row, tt.column); got != tt.want {
			t.Errorf("table %d, row %d, column %d is %q, want %q", tt.table, tt.row, tt.column, got, tt.want)
		}
	}
	if got := v.Tables[0].Columns[4].Heading(); got != "I genomsnitt (km)" {
		t.Errorf("a head is %q", got)
	}
}

func TestWithoutFiguresThePanelSaysWhy(t *testing.T) {
	v := Describe(input(nil, nil))
	if v.Notice == "" || v.Compute == "" || len(v.Figures) > 0 {
		t.Errorf("view is %+v", v)
	}
	missing := Describe(Input{Printer: i18n.For("sv"), Query: model.Query{Impedance: model.Time}, Missing: "Projektet saknar vägnät."})
	if missing.Notice != "Projektet saknar vägnät." || missing.Compute != "" {
		t.Errorf("view is %+v: there is nothing to compute with", missing)
	}
	r := result()
	r.Stale = true
	if stale := Describe(input(r, nil)); stale.Notice == "" || stale.Compute == "" || len(stale.Figures) == 0 {
		t.Errorf("view is %+v", stale)
	}
}

func TestOtherRulesAreTold(t *testing.T) {
	r := result()
	r.Params.Rules = model.PiposRules
	if v := Describe(input(r, detailed())); v.Notice != i18n.For("sv").T("pipos.note") {
		t.Errorf("the panel says %q of figures by Pipos' rules", v.Notice)
	}
}

func TestSortedIsSwedish(t *testing.T) {
	var got []string
	for _, o := range Sorted([]Option{{"1", "Östra"}, {"2", "Åby"}, {"3", "Ort 10"}, {"4", "Ort 9"}}) {
		got = append(got, o.ID)
	}
	if strings.Join(got, "") != "4321" {
		t.Errorf("order is %v", got)
	}
}

func TestPanel(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New(false))
	p := New(i18n.For("sv"))
	w := test.NewTempWindow(t, p.Object())
	w.Resize(fyne.NewSize(380, 800))
	in := input(result(), detailed())
	in.Areas = []Option{{"T\x00T1", "Åby"}}
	p.Set(Describe(in))
	var places, groups, areas []string
	var why []Figure
	p.OnSelect = func(id string) { places = append(places, id) }
	p.OnChoose = func(g, a string) { groups, areas = append(groups, g), append(areas, a) }
	p.OnWhy = func(f Figure) { why = append(why, f) }
	p.group.SetSelectedIndex(1)
	p.area.SetSelectedIndex(1)
	if strings.Join(groups, " ") != "women women" || areas[1] != "T\x00T1" {
		t.Errorf("chose %q in %q", groups, areas)
	}
	test.Tap(p.figures.Objects[2].(*keyFigure))
	p.figures.Objects[1].(*keyFigure).TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if len(why) != 2 || why[0].ID != "mean" || why[1].ID != "band" || why[1].Limit != 5000 {
		t.Errorf("asked %+v", why)
	}
	p.selected("women")
	for _, o := range p.switches.Objects {
		if b := o.(*widget.Button); b.Text == "Ställen" {
			test.Tap(b)
		}
	}
	if shown := p.table.Shown(); shown.Rows[0].ID != "a" {
		t.Errorf("the places come as %+v", shown.Rows)
	}
	p.selected("b")
	if strings.Join(places, "") != "b" {
		t.Errorf("chose the places %q", places)
	}
	p.Set(Describe(in))
	if p.shown != placeTable || p.table.Shown().Rows[0].ID != "a" || len(groups) != 2 {
		t.Errorf("new figures show table %q and tell of %d choices", p.shown, len(groups))
	}
	p.Stale(true)
	if !p.veil.Visible() {
		t.Error("old figures are not greyed")
	}
	p.Set(Describe(in))
	if p.veil.Visible() {
		t.Error("new figures are greyed")
	}
}

func TestKeyFiguresFit(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New(false))
	for _, lang := range []string{"sv", "en"} {
		in := input(result(), detailed())
		in.Printer = i18n.For(lang)
		v := Describe(in)
		for _, f := range append(v.Figures, v.More...) {
			room := float32(163)
			if f.ID == "need" || f.ID == "joint" {
				room = 330
			}
			for _, text := range []string{f.Meaning, f.Beside} {
				if w := widgets.NewCaption(text).MinSize().Width; w > room {
					t.Errorf("%s: %q is %g wide", lang, text, w)
				}
			}
		}
	}
}
