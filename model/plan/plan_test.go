package plan

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"nabar/model/support"
)

// ptr is a pointer to a value.
func ptr[T any](v T) *T { return &v }

// small is a plan of one area with two goals and an action.
func small() Book {
	return Book{
		&Area{Base{1}, "1", "Ett", ""},
		&Goal{Base{2}, 1, "1.1", "Mål", Indicator{Measure: "share", Service: "dagligvaror", Within: ptr(10.0), Op: "at_least", Aim: ptr(90.0)}},
		&Goal{Base{3}, 1, "1.2", "Mål", Indicator{}},
		&Action{Base: Base{4}, Area: 1, Letter: "A", Title: "Gör", Goals: []int64{2}, To: "2026-06", Parties: []Party{{Name: "Kommunen"}}},
	}
}

// codes lists what was found.
func codes(all []Finding) []string {
	var out []string
	for _, f := range all {
		out = append(out, f.Code)
	}
	return out
}

func TestCheck(t *testing.T) {
	cases := []struct {
		name, date string
		change     func(Book)
		figures    Figures
		want       []string
	}{
		{"bare", "2026-06-30", func(Book) {}, nil, []string{"figure_unknown", "goal_without_action", "action_without_lead", "action_without_money"}},
		{
			"a day later", "2026-07-01", func(Book) {},
			Figures{2: 90},
			[]string{"target_met", "goal_without_action", "action_without_lead", "action_without_money", "date_passed"},
		},
		{
			"done", "2027-01-01", func(b Book) {
				a := b[3].(*Action)
				a.Status, a.Parties[0].Lead, a.Goals, a.Financing = "done", true, []int64{2, 3}, []Funding{{Source: "Ordinarie", Budget: ptr(int64(10)), Outcome: ptr(int64(11))}}
			},
			Figures{2: 89.9},
			[]string{"target_not_met", "money_over"},
		},
		{
			"an action's own target", "2026-07-01", func(b Book) {
				a := b[3].(*Action)
				a.Status, a.Parties[0].Lead, a.Goals, a.Financing = "done", true, []int64{2, 3}, []Funding{{Source: "Ordinarie"}}
				a.Indicator = Indicator{Measure: "beyond", Service: "post", Within: ptr(5.0), Op: "at_most", Aim: ptr(100.0)}
			},
			Figures{2: 95, 4: 101},
			[]string{"target_met", "target_missed"},
		},
		{"dropped", "", func(b Book) { b[3].(*Action).Status = "dropped" }, Figures{2: math.NaN()}, []string{"goal_without_action", "figure_unknown", "goal_without_action", "action_without_lead", "action_without_money"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b := small()
			c.change(b)
			if got := codes(b.Check(c.date, c.figures)); !slices.Equal(got, c.want) {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
}

func TestValuesOfMeasures(t *testing.T) {
	v := Values{Mean: 1500, Median: 1200, P90: 9000, Max: 30000, People: 200, Within: 150, Unreached: 10, Facilities: 3}
	for measure, want := range map[string]float64{"mean": 1.5, "median": 1.2, "p90": 9, "max": 30, "share": 75, "within": 150, "beyond": 50, "unreached": 10, "facilities": 3} {
		if got := (&Indicator{Measure: measure}).Value(v); got != want {
			t.Errorf("%s is %v, want %v", measure, got, want)
		}
	}
	if got := (&Indicator{Measure: "mean", Impedance: "time"}).Value(v); got != 25 {
		t.Errorf("minutes %v, want 25", got)
	}
}

func TestFollowUpAsTheRegion2025(t *testing.T) {
	var b Book
	for _, r := range []struct {
		form       string
		count      int
		sum, first int64
	}{
		{"sarskilt_driftstod", 20, 3706552, 100552}, {"hemsandningsbidrag", 7, 1407970, 7970}, {"investeringsbidrag", 20, 8196150, 596150}, {"servicebidrag", 2, 275000, 25000},
	} {
		rest := (r.sum - r.first) / int64(r.count-1)
		last := r.sum - r.first - rest*int64(r.count-2)
		for i := range r.count {
			granted := rest
			switch i {
			case 0:
				granted = r.first
			case r.count - 1:
				granted = last
			}
			b = append(b, &Grant{Form: r.form, Year: ptr(int64(2025)), Name: "Butik", Granted: &granted, Applied: ptr(granted + 1)})
		}
		b = append(b, &Grant{Form: r.form, Year: ptr(int64(2024)), Name: "Butik", Granted: ptr(int64(5))}, &Grant{Form: r.form, Year: ptr(int64(2025)), Name: "Avslag", Granted: ptr(int64(0))})
	}
	want := []Sum{
		{Form: "hemsandningsbidrag", Count: 7, Granted: 1407970},
		{Form: "servicebidrag", Count: 2, Granted: 275000},
		{Form: "investeringsbidrag", Count: 20, Granted: 8196150},
		{Form: "sarskilt_driftstod", Count: 20, Granted: 3706552},
	}
	got := b.FollowUp(2025)
	if len(got) != len(want) {
		t.Fatalf("%d rows, want %d", len(got), len(want))
	}
	for i, w := range want {
		if g := got[i]; g.Form != w.Form || g.Count != w.Count || g.Granted != w.Granted || g.Given != w.Count+1 || g.AppliedSaid != w.Count {
			t.Errorf("row %d is %+v, want %+v", i, g, w)
		}
	}
	if all := b.FollowUp(0); len(all) != 8 || all[4].Year != 2024 || all[4].Count != 1 {
		t.Errorf("of all years: %+v", all)
	}
}

func TestDeMinimisRollsOverThreeYears(t *testing.T) {
	grant := func(id int64, date, aid string, kronor int64) *Grant {
		return &Grant{Base: Base{id}, Form: "investeringsbidrag", Year: ptr(int64(2026)), Recipient: "AB", Date: date, Aid: aid, Granted: &kronor}
	}
	l := DefaultLimits()
	l.Rate = 10 // 3 000 000 and 7 500 000 kronor
	cases := []struct {
		name      string
		book      Book
		sum       int64
		over      bool
		near      bool
		atNumber  int64
		countRows int
	}{
		{"at the limit", Book{grant(1, "2024-03-01", "", 1e6), grant(2, "2027-02-28", "", 2e6)}, 3e6, false, true, 2, 1},
		{"a krona above", Book{grant(1, "2024-03-01", "", 1e6+1), grant(2, "2027-02-28", "", 2e6)}, 3e6 + 1, true, false, 2, 1},
		{"three years apart", Book{grant(1, "2024-02-28", "", 1e6), grant(2, "2027-02-28", "", 2e6)}, 2e6, false, false, 2, 1},
		{"of general interest", Book{grant(1, "2026-01-01", "sgei", 7e6), grant(2, "2026-02-01", "none", 9e9)}, 7e6, false, true, 1, 1},
		{"two sorts", Book{grant(1, "2026-01-01", "", 2e6), grant(2, "2026-02-01", "sgei", 3e6)}, 2e6, false, false, 1, 2},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := c.book.DeMinimis(&l)
			if len(got) != c.countRows || got[0].Kronor != c.sum || got[0].Over() != c.over || got[0].Near(&l) != c.near || got[0].Entry != c.atNumber {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestLedgerFollowsTheRules(t *testing.T) {
	set := support.BuiltIn()[0]
	l := DefaultLimits()
	grant := func(form string, year, kronor int64) *Grant {
		return &Grant{Form: form, Year: &year, Facility: "A", Granted: &kronor, Date: yearText(year), Case: "1"}
	}
	paid := grant("servicebidrag", 2025, 100)
	paid.Paid, paid.Applied, paid.Case = ptr(int64(101)), ptr(int64(99)), ""
	cases := []struct {
		name string
		book Book
		want []string
	}{
		{"under the ceiling", Book{grant("servicebidrag", 2025, 250000)}, nil},
		{"two above it together", Book{grant("servicebidrag", 2025, 250000), grant("servicebidrag", 2025, 1)}, []string{"ceiling"}},
		{"a fourth year", Book{grant("servicebidrag", 2022, 1), grant("servicebidrag", 2023, 1), grant("servicebidrag", 2024, 1), grant("servicebidrag", 2025, 1)}, []string{"years"}},
		{"deducted", Book{grant("servicebidrag", 2025, 150000), grant("sarskilt_driftstod", 2025, 100000)}, []string{"deduct"}},
		{"not deducted", Book{grant("servicebidrag", 2025, 150001), grant("sarskilt_driftstod", 2025, 100000)}, []string{"deduct_over"}},
		{"another year", Book{grant("servicebidrag", 2024, 250000), grant("sarskilt_driftstod", 2025, 100000)}, nil},
		{"amounts", Book{paid}, []string{"granted_over", "paid_over", "undated"}},
		{"de minimis", Book{grant("investeringsbidrag", 2024, 2000000), grant("investeringsbidrag", 2025, 2000000)}, []string{"de_minimis_over"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := codes(c.book.CheckLedger(&set, &l, nil)); !slices.Equal(got, c.want) {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
	tried := &support.Report{Places: []support.Place{{ID: "A", Outcomes: []support.Outcome{{Rule: "servicebidrag", Verdict: support.Not}}}}}
	if got := codes(Book{grant("servicebidrag", 2025, 1)}.CheckLedger(&set, &l, tried)); !slices.Equal(got, []string{"not_eligible"}) {
		t.Errorf("found %q", got)
	}
}

func TestYearOfTheRegister(t *testing.T) {
	b := Book{
		&Fact{Type: "sot", Date: "2025-05-01", Name: "Valsjöbyn", Kommun: "Krokom"},
		&Fact{Type: "sot", Date: "2025-06", Name: "Rötviken", Kommun: "Krokom"},
		&Fact{Type: "sot", Date: "2025-07", Name: "Hallen", Kommun: "Åre"},
		&Fact{Type: "sot", Date: "2023", Name: "Äldre", Until: "2025-09-01"},
		&Fact{Type: "visit", Date: "2025", Value: ptr(20.0)},
		&Fact{Type: "visit", Date: "2024-12-31"},
		&Fact{Type: "plan", Date: "2021", Kommun: "Berg", Until: "2024-12-31"},
		&Fact{Type: "plan", Date: "2025-04-10", Kommun: "berg"},
		&Fact{Type: "plan", Date: "2026-01-01", Kommun: "Åre"},
		&Fact{Type: "post", Date: "2025", Name: "Fjällbyn", Value: ptr(2.0), Exception: "Ingen farbar väg på vintern"},
		&Fact{Type: "post", Date: "2025", Name: "Dalbyn", Value: ptr(3.0)},
	}
	got := b.Year(2025)
	type row struct {
		t                      string
		happened, new, yes, no int
		exceptions             int
	}
	var rows []row
	for _, y := range got {
		rows = append(rows, row{y.Type, y.Happened, y.New, y.Yes, y.No, len(y.Exceptions)})
	}
	want := []row{{"sot", 0, 3, 3, 1, 0}, {"post", 0, 1, 1, 1, 1}, {"plan", 0, 0, 1, 0, 0}, {"visit", 20, 0, 0, 0, 0}}
	if !slices.Equal(rows, want) {
		t.Errorf("the year is %v, want %v", rows, want)
	}
	if !slices.Equal(got[0].Kommuner, []string{"Krokom", "Åre"}) {
		t.Errorf("in %q", got[0].Kommuner)
	}
}

func TestSuggestions(t *testing.T) {
	r := DefaultRules()
	shop := Shop{ID: "A", Name: "Bua", Service: "dagligvaror", Town: "By", Last: true, People: 299, MeanExtra: 10000}
	n := Needs{Service: "dagligvaror", Shops: []Shop{shop}, Old: 20, Far: 29}
	var got []string
	for _, s := range r.Suggest(n) {
		got = append(got, s.Solution)
	}
	if want := []string{"obemannad_butik", "bygdeagd_butik", "ombud", "servicepunkt", "sot_punkt", "hemsandning"}; !slices.Equal(got, want) {
		t.Errorf("suggested %q, want %q", got, want)
	}
	shop.People, shop.Others, shop.MeanExtra = 300, 1, 9999
	if got := r.Suggest(Needs{Service: "dagligvaror", Shops: []Shop{shop}, Old: 19}); got != nil {
		t.Errorf("suggested %v where nothing calls for it", got)
	}
	for _, s := range (Book{}).Bank() {
		if !s.BuiltIn || s.Code == "" {
			t.Errorf("the program's %+v", s)
		}
	}
}

func TestEveryFieldGivesBackWhatItWasTold(t *testing.T) {
	b := small()
	for _, k := range Kinds() {
		for _, f := range Fields(k) {
			text := map[FieldType]string{
				Line: "Något", Block: "Rad ett\nRad två", Lines: "ett\ntvå", Date: "2026-03", Whole: "1500", Number: "2.5", Choice: "", One: "1", Many: "1.1, 1.2", Flag: "x",
			}[f.Type]
			switch {
			case f.Type == Choice:
				text = f.Choices()[0]
			case f.Of == "action":
				text = "1 A"
			case f.Key == "parties":
				text = "Kommunen | x | leder\nBoa"
			case f.Key == "financing":
				text = "A / B | 100\nC |  | 7"
			case f.Key == "sites":
				text = "s1\n | Byn | 1.5 | 2"
			}
			item := New(k)
			if err := b.Set(item, &f, text); err != nil {
				t.Fatalf("%s.%s: %v", k, f.Key, err)
			}
			if f.Type == Rows {
				if joined := Join(Cells(text, &f)); joined == "" {
					t.Errorf("%s.%s has no rows", k, f.Key)
				}
			}
			again := New(k)
			if err := b.Set(again, &f, b.Text(item, &f)); err != nil || !reflect.DeepEqual(item, again) {
				t.Errorf("%s.%s: %q came back as %q (%v)", k, f.Key, text, b.Text(again, &f), err)
			}
			if f.Type != Rows && f.Type != Date && b.Text(item, &f) != text {
				t.Errorf("%s.%s: %q was kept as %q", k, f.Key, text, b.Text(item, &f))
			}
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, item := range small() {
		content, _ := Encode(item)
		f.Add(string(item.Kind()), content)
	}
	f.Add("grant", []byte(`{"form":"x","year":null}`))
	f.Add("fact", []byte(`{"value":1e999}`))
	f.Fuzz(func(t *testing.T, kind string, content []byte) {
		item, err := Decode(Kind(kind), content)
		if err != nil {
			return
		}
		written, err := Encode(item)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Decode(Kind(kind), written)
		if err != nil {
			t.Fatalf("%s can't be read again: %v", written, err)
		}
		b := append(small(), item)
		_ = b.Sound(item)
		for _, field := range Fields(item.Kind()) {
			_ = b.Text(again, &field)
		}
		l, set := DefaultLimits(), support.BuiltIn()[0]
		b.Check("2026-01-01", Figures{})
		b.CheckLedger(&set, &l, nil)
		b.FollowUp(0)
		b.Year(2025)
	})
}

func FuzzSet(f *testing.F) {
	f.Add("action", "parties", "A | x\nB")
	f.Add("action", "goals", "1.1; 1.2")
	f.Add("grant", "granted", "1 000 kr")
	f.Fuzz(func(t *testing.T, kind, key, text string) {
		field, ok := FindField(Kind(kind), key)
		if !ok {
			return
		}
		b, item := small(), New(Kind(kind))
		if b.Set(item, &field, text) != nil {
			return
		}
		again := New(Kind(kind))
		if err := b.Set(again, &field, b.Text(item, &field)); err != nil || !reflect.DeepEqual(item, again) {
			t.Errorf("%q became %q (%v)", b.Text(item, &field), b.Text(again, &field), err)
		}
	})
}
