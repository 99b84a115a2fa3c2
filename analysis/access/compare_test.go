package access

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
)

// row is a road of 10 km with squares at 1, 4 and 9 km, shops at 0 and 10 km.
func row() *model.Snapshot {
	const e, n = 600000, 6600000
	s := kommun([]model.Road{road(0, e, n, e+10000, n)},
		[]model.Cell{square(10, e+1000, n), square(20, e+4000, n), square(40, e+9000, n), square(0, e+5000, n)}, orb.Point{e, n}, orb.Point{e + 10000, n})
	return s
}

// comparedByHand are scenarios of the row with who gets how much longer or shorter (NaN: nobody) and the person-kilometres.
func comparedByHand() []comparedCase {
	const e, n = 600000, 6600000
	nan := math.NaN()
	shutWest := scenario.ClosePlace{ID: "S1"}
	return []comparedCase{
		{"nothing", nil, 0, 0, 70, 0, nan, nan, 0},
		// 1 → 9 km for 10, 4 → 6 km for 20
		{"close the western shop", []scenario.Modification{shutWest}, 30, 0, 40, 0, (10*8000 + 20*2000) / 30.0, nan, 120},
		// 4 → 1 km for 20
		{"open at 5 km", []scenario.Modification{scenario.OpenPlace{ID: "x", Types: []string{"dagligvaror"}, At: orb.Point{e + 5000, n}}}, 0, 20, 50, 0, nan, 3000, -60},
		// 1 → 3 km for 10, 4 → 0 km for 20
		{"move to 4 km", []scenario.Modification{scenario.MovePlace{ID: "S1", At: orb.Point{e + 4000, n}}}, 10, 20, 40, 0, 2000, 4000, -60},
		{"make a pharmacy of it", []scenario.Modification{scenario.Convert{ID: "S1", Types: []string{"apotek"}}}, 30, 0, 40, 0, 4000, nan, 120},
		{"close both", []scenario.Modification{shutWest, scenario.ClosePlace{ID: "S2"}}, 0, 0, 0, 70, nan, nan, 0},
		{"twice the people and one shop", []scenario.Modification{scenario.ChangePeople{Percent: 100}, shutWest}, 60, 0, 80, 0, 4000, nan, 240},
	}
}

// comparedCase is one scenario and what it does.
type comparedCase struct {
	name                           string
	steps                          []scenario.Modification
	worse, better, unchanged, lost int
	longer, shorter, km            float64
}

// figuresOf answers a query, also where nobody reaches anything.
func figuresOf(t *testing.T, p *Prepared, q model.Query) *model.Result {
	t.Helper()
	r, err := p.Analyse(t.Context(), q)
	if err != nil {
		r, err = p.Unreached(q, err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// compare compares or fails.
func compare(t *testing.T, a, b *model.Result) *model.Comparison {
	t.Helper()
	c, err := Compare(a, b, model.DefaultServiceTypes())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCompareByHand(t *testing.T) {
	s := row()
	base := prepare(t, s)
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance, Bands: []float64{1000, 4000, 9000}}
	for _, c := range comparedByHand() {
		t.Run(c.name, func(t *testing.T) {
			a, b := figuresOf(t, base, q), figuresOf(t, derived(t, base, with(t, s, c.steps...)), q)
			got := compare(t, a, b)
			if got.Worse.People != c.worse || got.Better.People != c.better || got.Unchanged != c.unchanged || got.NewlyUnreached != c.lost || got.NewlyReached != 0 {
				t.Errorf("got %+v", got)
			}
			for _, pair := range [][2]float64{{got.Worse.Mean, c.longer}, {got.Better.Mean, c.shorter}, {got.Cost.PersonKm, c.km}} {
				if math.IsNaN(pair[0]) != math.IsNaN(pair[1]) || math.Abs(pair[0]-pair[1]) > 1e-9 {
					t.Errorf("got %v, want %v", pair[0], pair[1])
				}
			}
			if !math.IsNaN(got.Cost.PersonHours) {
				t.Error("hours out of metres")
			}
			if back := compare(t, b, a); back.NewlyReached != c.lost || back.NewlyUnreached != 0 {
				t.Errorf("the other way %+v", back)
			}
		})
	}
}

func TestCompareBandsAndSquaresByHand(t *testing.T) {
	s := row()
	base := prepare(t, s)
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance, Bands: []float64{1000, 4000, 9000}}
	closed := compare(t, figuresOf(t, base, q), figuresOf(t, derived(t, base, with(t, s, scenario.ClosePlace{ID: "S1"})), q))
	// before: 1 km holds 10 and 40, 4 km all; after: 1 km holds 40, 4 km 40, 9 km all
	want := []model.BandShift{{To: 1000, Before: 50, After: 40, Beyond: 10}, {To: 4000, Before: 70, After: 40, Beyond: 30}, {To: 9000, Before: 70, After: 70}}
	if !slices.Equal(closed.Bands, want) {
		t.Errorf("bands %+v, want %+v", closed.Bands, want)
	}
	if first := closed.Cells[0]; first != (model.CellShift{Cell: "ruta 1", People: 10, Kind: model.ShiftWorse, Before: 1000, After: 9000}) {
		t.Errorf("first square %+v", first)
	}
	if last := closed.Cells[3]; last.Kind != model.ShiftUnchanged || last.People != 0 {
		t.Errorf("square without people, in the middle: %+v", last)
	}
}

// TestStoppedFerriesByHand stops the ferry to an island with 7 people and no pharmacy, and a shop of its own.
func TestStoppedFerriesByHand(t *testing.T) {
	const e, n = 600000, 6600000
	ferry := road(model.Ferry, e+10000, n, e+12000, n)
	s := kommun([]model.Road{road(0, e, n, e+10000, n), ferry, road(0, e+12000, n, e+15000, n)},
		[]model.Cell{square(10, e+1000, n), square(7, e+13000, n)}, orb.Point{e, n}, orb.Point{e + 14000, n})
	s.Facilities = append(s.Facilities, model.Facility{ID: "apotek", Type: "apotek", At: orb.Point{e, n}})
	base := prepare(t, s)
	stopped := derived(t, base, with(t, s, scenario.FerriesOff{}))
	for service, lost := range map[string]int{"dagligvaror": 0, "apotek": 7} {
		q := model.Query{Service: service, Impedance: model.Distance}
		c := compare(t, figuresOf(t, base, q), figuresOf(t, stopped, q))
		if c.NewlyUnreached != lost || c.Unchanged != 17-lost || c.Worse.People != 0 || c.Better.People != 0 {
			t.Errorf("%s: %+v", service, c)
		}
	}
}

func TestComparisonInASentence(t *testing.T) {
	s := row()
	base := prepare(t, s)
	cases := []struct {
		name      string
		impedance model.Impedance
		steps     []scenario.Modification
		sv, en    string
	}{
		{"nothing", model.Distance, nil, "Ingen får längre eller kortare till dagligvaror.", "Nobody gets a longer or shorter way to groceries."},
		{"worse", model.Distance, []scenario.Modification{scenario.ClosePlace{ID: "S1"}}, "Dagligvaror: 30 invånare får i medel 4,0 km längre.", "Groceries: 30 people get a longer way, by 4.0 km on average."},
		// 36 km/h: 4 km take 400 s
		{"worse by time", model.Time, []scenario.Modification{scenario.ClosePlace{ID: "S1"}}, "Dagligvaror: 30 invånare får i medel 6,7 min längre.", "Groceries: 30 people get a longer way, by 6.7 min on average."},
		{"lost", model.Distance, []scenario.Modification{scenario.ClosePlace{ID: "S1"}, scenario.ClosePlace{ID: "S2"}}, "Dagligvaror: 70 invånare når det inte längre.", "Groceries: 70 people no longer reach any."},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			q := model.Query{Service: "dagligvaror", Impedance: c.impedance}
			got := compare(t, figuresOf(t, base, q), figuresOf(t, derived(t, base, with(t, s, c.steps...)), q))
			for lang, want := range map[string]string{"sv": c.sv, "en": c.en} {
				if said := strings.ReplaceAll(i18n.For(lang).Text(got.Summary), i18n.NBSP, " "); said != want {
					t.Errorf("%q, want %q", said, want)
				}
			}
		})
	}
}

// TestComparisonAddsUp compares random kommuner before and after, and sums anew from the squares.
func TestComparisonAddsUp(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 8))
	for range 60 {
		s := randomKommun(r)
		base, err := Prepare(t.Context(), s, nil, WithClock(still))
		if err != nil {
			continue
		}
		p := derived(t, base, with(t, s, scenario.MovePlace{ID: "S1", At: spotIn(r)}, scenario.ClosePlace{ID: s.Facilities[len(s.Facilities)-1].ID}))
		for _, i := range []model.Impedance{model.Distance, model.Time} {
			q := model.Query{Service: "dagligvaror", Impedance: i, Bands: []float64{60, 500}}
			a, err := base.Analyse(t.Context(), q)
			if err != nil {
				continue
			}
			b, err := p.Analyse(t.Context(), q)
			if err != nil {
				continue
			}
			c, err := Compare(a, b, s.Types)
			if err != nil {
				t.Fatal(err)
			}
			if sum := c.Worse.People + c.Better.People + c.Unchanged + c.NewlyReached + c.NewlyUnreached; sum != b.People || c.People != b.People {
				t.Fatalf("the groups hold %d of %d people", sum, b.People)
			}
			if a.Reached-c.NewlyUnreached+c.NewlyReached != b.Reached {
				t.Fatalf("reached %d, lost %d, gained %d, then %d", a.Reached, c.NewlyUnreached, c.NewlyReached, b.Reached)
			}
			for k, band := range c.Bands {
				if band.Before != a.Bands[k].People || band.After != b.Bands[k].People || band.Before-band.Beyond+band.Within != band.After {
					t.Fatalf("band %+v, results %v and %v", band, a.Bands[k], b.Bands[k])
				}
			}
			net := 0.0
			for k := range b.Cells {
				if d := b.Cells[k].Cost - a.Cells[k].Cost; !math.IsNaN(d) {
					net += d * float64(b.Cells[k].People)
				}
			}
			if math.Abs(net-(c.Worse.Sum-c.Better.Sum)) > 1e-3 {
				t.Fatalf("net %v, worse %v, better %v", net, c.Worse.Sum, c.Better.Sum)
			}
		}
	}
}

func TestCompareRefusesDifferentQuestions(t *testing.T) {
	a := &model.Result{Query: model.Query{Service: "post", Impedance: model.Distance}}
	for _, q := range []model.Query{{Service: "apotek", Impedance: model.Distance}, {Service: "post", Impedance: model.Time}, {Service: "post", Impedance: model.Distance, Bands: []float64{1}}} {
		if c, err := Compare(a, &model.Result{Query: q}, nil); err == nil {
			t.Errorf("%+v was compared: %+v", q, c)
		}
	}
}

// TestCompareEditionsByHand compares the row, 1, 4 and 9 km from two shops at 0 and 10 km, with a later count: nobody is left at
// 4 km, 25 have come to live at 6 km, and 10 have become 12 at 1 km. The western shop has closed between them.
func TestCompareEditionsByHand(t *testing.T) {
	const e, n = 600000, 6600000
	s := row()
	later := row()
	later.Cells[0].People = 12
	later.Cells[1] = square(25, e+6000, n)
	later.Cells[1].ID, later.Cells[1].Inside = "ruta 2b", true
	later.Facilities[0].Closed = "2019-05-01"
	base := prepare(t, s)
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance, Bands: []float64{1000, 4000}}
	c := compare(t, figuresOf(t, base, q), figuresOf(t, derived(t, base, later), q))
	// B's people: 12 at 1 km from 1 to 9 km; 25 new at 6 km, 4 km from the eastern shop; 40 at 9 km as before
	if c.People != 77 || c.Worse.People != 12 || c.Worse.Mean != 8000 || c.Added != 25 || c.Unchanged != 40 || c.NewlyReached != 0 || c.Gone != 20 {
		t.Errorf("got %+v", c)
	}
	// at 1 km: 12 and 40 before, 40 after; at 4 km: 52 before, 40 and the 25 new after
	want := []model.BandShift{{To: 1000, Before: 52, After: 40, Beyond: 12}, {To: 4000, Before: 52, After: 65, Beyond: 12, Added: 25}}
	if !slices.Equal(c.Bands, want) {
		t.Errorf("bands %+v, want %+v", c.Bands, want)
	}
	last := c.Cells[len(c.Cells)-1]
	if len(c.Cells) != 5 || last.Cell != "ruta 2" || last.Kind != model.ShiftGone || last.People != 20 || last.Before != 4000 || !math.IsNaN(last.After) {
		t.Errorf("last square %+v", last)
	}
	if same := compare(t, c.B, c.B); same.Unchanged != same.People || same.Added+same.Gone+same.Worse.People+same.Better.People != 0 {
		t.Errorf("compared with itself: %+v", same)
	}
}
