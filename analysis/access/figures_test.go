package access

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// peopled gives the squares of a random kommun women, men and ages in classes of five years; one in ten does not tell.
func peopled(s *model.Snapshot, r *rand.Rand) *model.Snapshot {
	for i := range s.Cells {
		c := &s.Cells[i]
		c.People, c.Women, c.Men = 0, 0, 0
		for from := 0; from <= 100; from += 5 {
			class := model.AgeCount{From: from, To: from + 4, Women: r.IntN(3), Men: r.IntN(3)}
			if from == 100 {
				class.To = -1
			}
			class.People = class.Women + class.Men
			c.Women, c.Men, c.People = c.Women+class.Women, c.Men+class.Men, c.People+class.People
			c.Ages = append(c.Ages, class)
		}
		if r.IntN(10) == 0 {
			c.Women, c.Men = -1, -1
		}
		if r.IntN(10) == 0 {
			c.Ages = nil
		}
	}
	for i := range 3 {
		s.Facilities = append(s.Facilities, model.Facility{
			ID: fmt.Sprint("P", i), Type: []string{"post", "apotek"}[i%2], At: orb.Point{700200 + 900*r.Float64(), 6400100 + 700*r.Float64()},
		})
	}
	return s
}

// crowd is people one by one, or fifths of people, with what each has to the service; NaN where it is not reached.
type crowd []float64

// figures computes a group's figures from its single people, of whom parts make a person.
func (c crowd) figures(bands []float64, need, parts float64) model.Group {
	var near []float64
	for _, v := range c {
		if !math.IsNaN(v) {
			near = append(near, v)
		}
	}
	slices.Sort(near)
	round := func(n float64) int { return int(math.Floor(n/parts + 0.5)) }
	g := model.Group{People: round(float64(len(c))), Reached: round(float64(len(near))), Need: model.Need{From: need}}
	g.Unreached = g.People - g.Reached
	sum, needed := 0.0, 0.0
	for _, v := range near {
		sum += v
		if v >= need {
			needed++
			g.Need.Cost += v / parts
		}
	}
	g.Need.People = round(needed)
	g.Mean, g.Median, g.P90, g.Max = sum/float64(len(near)), math.NaN(), math.NaN(), math.NaN()
	g.PersonCost = sum / parts
	if n := len(near); n > 0 {
		g.Median, g.P90, g.Max = near[(n+1)/2-1], near[(9*n+9)/10-1], near[n-1]
	}
	for _, to := range bands {
		n := 0.0
		for _, v := range near {
			if v <= to {
				n++
			}
		}
		g.Bands = append(g.Bands, model.Band{To: to, People: round(n)})
	}
	return g
}

// sameGroup compares the figures of groups.
func sameGroup(a, b model.Group) bool {
	like := func(x, y float64) bool {
		return math.IsNaN(x) && math.IsNaN(y) || math.Abs(x-y) <= 1e-6*(1+math.Abs(x))
	}
	return a.People == b.People && a.Reached == b.Reached && a.Unreached == b.Unreached && like(a.Mean, b.Mean) &&
		like(a.Median, b.Median) && like(a.P90, b.P90) && like(a.Max, b.Max) && reflect.DeepEqual(a.Bands, b.Bands) &&
		like(a.PersonCost, b.PersonCost) && a.Need.From == b.Need.From && a.Need.People == b.Need.People && like(a.Need.Cost, b.Need.Cost)
}

// fifths tells how many fifths of a person of an age class belong to a group of ages.
func fifths(class model.AgeCount, from, to int) int {
	n := 0
	for age := class.From; age < class.From+5; age++ {
		if age >= from && age <= to {
			n++
		}
	}
	return n * class.People
}

// TestFiguresAgreeWithSinglePeople counts everybody one by one.
func TestFiguresAgreeWithSinglePeople(t *testing.T) {
	r := rand.New(rand.NewPCG(101, 102))
	groups, unreached := 0, 0
	for range 150 {
		s := peopled(randomKommun(r), r)
		p := prepare(t, s)
		q := model.Query{Service: "dagligvaror", Impedance: model.Distance, Bands: []float64{200, 600, 1200}}
		result, err := p.Analyse(t.Context(), q)
		if err != nil {
			continue
		}
		f, err := p.Figures(t.Context(), q, model.FigureOptions{By: []model.Breakdown{model.BySex, model.ByAge}, NeedFrom: 700})
		if err != nil {
			t.Fatal(err)
		}
		crowds := map[string]crowd{}
		add := func(id string, n int, cost float64) {
			for range n {
				crowds[id] = append(crowds[id], cost)
			}
		}
		for i, c := range s.Cells {
			cost := result.Cells[i].Cost
			add("", c.People, cost)
			add("women", c.Women, cost)
			add("men", c.Men, cost)
			for _, class := range c.Ages {
				for _, g := range ageGroups {
					add(g.id(), fifths(class, g.from, g.to), cost)
				}
			}
		}
		for _, g := range append(f.Groups, f.All) {
			parts := 1.0
			if g.By == model.ByAge {
				parts = 5
			}
			if want := crowds[g.ID].figures(q.Bands, 700, parts); !sameGroup(g, want) {
				t.Fatalf("group %q: %+v, want %+v", g.ID, g, want)
			}
			groups++
			unreached += g.Unreached
		}
		if a := f.All; a.Mean != result.Mean || a.Median != result.Median || a.P90 != result.P90 || a.Max != result.Max || !reflect.DeepEqual(a.Bands, result.Bands) {
			t.Fatalf("figures %+v, analysis %+v", a, result)
		}
		checkEquity(t, f.Equity, crowds[""])
	}
	if groups < 1000 || unreached < 10_000 {
		t.Errorf("only %d groups, %d unreached", groups, unreached)
	}
}

// checkEquity computes the concentration index as half the mean difference between any two people by the mean.
func checkEquity(t *testing.T, e model.Equity, all crowd) {
	t.Helper()
	near := slices.DeleteFunc(slices.Clone(all), math.IsNaN)
	slices.Sort(near)
	sum, apart := 0.0, 0.0
	for _, a := range near {
		sum += a
		for _, b := range near {
			apart += math.Abs(a - b)
		}
	}
	n := float64(len(near))
	if sum == 0 {
		return
	}
	if want := apart / (2 * n * sum); math.Abs(e.Index-want) > 1e-9 {
		t.Fatalf("index %v, want %v", e.Index, want)
	}
	borne := func(share float64) float64 {
		whole := int(share * n)
		part := 0.0
		for _, v := range near[:whole] {
			part += v
		}
		if whole < len(near) {
			part += (share*n - float64(whole)) * near[whole]
		}
		return part / sum
	}
	for _, point := range e.Curve {
		if math.Abs(point.Cost-borne(point.People)) > 1e-9 {
			t.Fatalf("curve at %v: %v, want %v", point.People, point.Cost, borne(point.People))
		}
	}
	if math.Abs(e.FarShare-(1-borne(0.9))) > 1e-9 || math.Abs(e.NearShare-borne(0.4)) > 1e-9 || len(e.Curve) != 11 || e.Curve[10].Cost != 1 {
		t.Fatalf("equity %+v", e)
	}
	convex := func(i int) bool { return e.Curve[i].Cost-e.Curve[i-1].Cost <= e.Curve[i+1].Cost-e.Curve[i].Cost+1e-12 }
	for i := 1; i < 10; i++ {
		if !convex(i) {
			t.Fatalf("the curve bends the wrong way at %d: %v", i, e.Curve)
		}
	}
}

func TestEquityByHand(t *testing.T) {
	at := func(cells ...model.Cell) model.Equity {
		s := kommun([]model.Road{road(0, 0, 0, 20000, 0)}, cells, orb.Point{0, 0})
		f, err := prepare(t, s).Figures(t.Context(), model.Query{Service: "dagligvaror", Impedance: model.Distance}, model.FigureOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return f.Equity
	}
	for name, c := range map[string]struct {
		e                 model.Equity
		index, palma, far float64
		keys              []string
	}{
		"all alike":      {at(square(7, 1000, 0), square(3, 1000, 0)), 0, 0.25, 1000, []string{"figures.equity_shares", "figures.equity_palma", "figures.equity_index", "supply.equity_curve"}},
		"two distances":  {at(square(9, 1000, 0), square(1, 11000, 0)), 0.45, 2.75, 11000, []string{"figures.equity_shares", "figures.equity_palma", "figures.equity_index", "supply.equity_curve"}},
		"one bears all":  {at(square(9, 0, 0), square(1, 11000, 0)), 0.9, math.NaN(), 11000, []string{"figures.equity_shares", "figures.equity_no_palma", "figures.equity_index", "supply.equity_curve"}},
		"nobody travels": {at(square(9, 0, 0)), math.NaN(), math.NaN(), 0, []string{"figures.equity_none"}},
	} {
		var keys []string
		for _, m := range c.e.Text {
			keys = append(keys, m.Key)
		}
		if !near3(c.e.Index, c.index) || !near3(c.e.Palma, c.palma) || c.e.FarMean != c.far || !slices.Equal(keys, c.keys) {
			t.Errorf("%s: %+v, want index %v, Palma %v, far %v", name, c.e, c.index, c.palma, c.far)
		}
	}
}

// near3 compares to the third decimal.
func near3(a, b float64) bool { return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) < 5e-4 }

func TestAgeParts(t *testing.T) {
	five := []model.AgeCount{{From: 0, To: 4}, {From: 5, To: 9}, {From: 10, To: 14}, {From: 15, To: 19}, {From: 20, To: -1}}
	school := []model.AgeCount{{From: 0, To: 5}, {From: 6, To: 15}, {From: 16, To: 19}, {From: 20, To: 64}, {From: 65, To: -1}}
	both := append(slices.Clone(five), school...)
	for name, c := range map[string]struct {
		classes []model.AgeCount
		group   ageGroup
		want    []agePart
		ok      bool
	}{
		"one fits":               {school, ageGroup{6, 15}, []agePart{{1, 1, 1}}, true},
		"shared at both ends":    {five, ageGroup{6, 15}, []agePart{{1, 4, 5}, {2, 1, 1}, {3, 1, 5}}, true},
		"shared at the upper":    {five, ageGroup{0, 5}, []agePart{{0, 1, 1}, {1, 1, 5}}, true},
		"shared within one":      {five, ageGroup{16, 18}, []agePart{{3, 3, 5}}, true},
		"the fitting one":        {both, ageGroup{6, 15}, []agePart{{6, 1, 1}}, true},
		"the oldest":             {school, ageGroup{65, ageless}, []agePart{{4, 1, 1}}, true},
		"the oldest are not cut": {school, ageGroup{70, ageless}, nil, false},
		"nothing told":           {nil, ageGroup{0, 5}, nil, false},
		"a gap":                  {[]model.AgeCount{{From: 0, To: 4}, {From: 10, To: -1}}, ageGroup{0, 12}, nil, false},
		"no oldest class":        {[]model.AgeCount{{From: 65, To: 69}}, ageGroup{65, ageless}, nil, false},
		"no such ages":           {[]model.AgeCount{{From: 0, To: 900}}, ageGroup{0, 5}, nil, false},
		"a class of one age":     {[]model.AgeCount{{From: 0, To: 0}, {From: 1, To: 1}}, ageGroup{0, 1}, []agePart{{0, 1, 1}, {1, 1, 1}}, true},
	} {
		got, ok := ageParts(c.classes, c.group)
		if ok != c.ok || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, %v; want %v, %v", name, got, ok, c.want, c.ok)
		}
	}
}

// keysOf are the keys of remarks.
func keysOf(remarks []i18n.Message) []string {
	var keys []string
	for _, m := range remarks {
		keys = append(keys, m.Key)
	}
	return keys
}

func TestRemarks(t *testing.T) {
	by := model.FigureOptions{By: []model.Breakdown{model.BySex, model.ByAge}}
	cell := func(people, women, men int, ages ...model.AgeCount) model.Cell {
		c := square(people, 1000, 0)
		c.Women, c.Men, c.Ages = women, men, ages
		return c
	}
	old := model.AgeCount{From: 65, To: -1, People: 3}
	for name, c := range map[string]struct {
		cells []model.Cell
		want  []string
	}{
		"nothing told": {[]model.Cell{cell(5, -1, -1)}, []string{"figures.no_sex", "figures.no_ages"}},
		"noise":        {[]model.Cell{cell(7, 4, 4, old)}, []string{"figures.ages_missing", "figures.noise"}},
		"some untold":  {[]model.Cell{cell(7, 4, 3, old), cell(5, -1, -1)}, []string{"figures.unknown_sex", "figures.ages_missing", "figures.unknown_age"}},
		"shared":       {[]model.Cell{cell(7, 4, 3, model.AgeCount{From: 0, To: 9, People: 7})}, []string{"figures.ages_missing", "figures.ages_shared"}},
	} {
		s := kommun([]model.Road{road(0, 0, 0, 20000, 0)}, c.cells, orb.Point{0, 0})
		f, err := prepare(t, s).Figures(t.Context(), model.Query{Service: "dagligvaror", Impedance: model.Distance}, by)
		if err != nil {
			t.Fatal(err)
		}
		if got := keysOf(f.Remarks); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		for _, lang := range []string{"sv", "en"} {
			for _, m := range append(f.Remarks, f.Equity.Text...) {
				if text := i18n.For(lang).Text(m); len(text) < 20 {
					t.Errorf("%s: %q", name, text)
				}
			}
		}
	}
}

// TestNeedOfTheOld sums what people of 70 and older travel who have 5 km or more.
func TestNeedOfTheOld(t *testing.T) {
	var cells []model.Cell
	for i, e := range []float64{1000, 4999.99, 5000, 8000} {
		c := square(10, e, 0)
		c.Ages = []model.AgeCount{{From: 0, To: 69, People: 10 - i}, {From: 70, To: -1, People: i + 1}}
		cells = append(cells, c)
	}
	s := kommun([]model.Road{road(0, 0, 0, 20000, 0)}, cells, orb.Point{0, 0})
	f, err := prepare(t, s).Figures(t.Context(), model.Query{Service: "dagligvaror", Impedance: model.Distance},
		model.FigureOptions{By: []model.Breakdown{model.ByAge}})
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(f.Groups, func(g model.Group) bool { return g.ID == "70-" })
	if got := f.Groups[at].Need; got != (model.Need{From: 5000, People: 7, Cost: 3*5000 + 4*8000}) {
		t.Errorf("need %+v", got)
	}
}

// TestAreasPartEverybody lays a grid of areas whose borders run through the centres of squares.
func TestAreasPartEverybody(t *testing.T) {
	r := rand.New(rand.NewPCG(111, 112))
	for range 60 {
		s := randomKommun(r)
		e0, n0 := 699700.0, 6399700.0
		for i := range s.Cells {
			s.Cells[i].Centre = orb.Point{e0 + 100*float64(r.IntN(25)), n0 + 100*float64(r.IntN(25))}
		}
		var areas []model.Area
		corner := map[[2]int]orb.Point{}
		for x := range 6 {
			for y := range 6 {
				corner[[2]int{x, y}] = orb.Point{e0 + 500*float64(x) + 100*float64(r.IntN(3)), n0 + 500*float64(y) + 100*float64(r.IntN(3))}
			}
		}
		for x := range 5 {
			for y := range 5 {
				ring := orb.Ring{corner[[2]int{x, y}], corner[[2]int{x + 1, y}], corner[[2]int{x + 1, y + 1}], corner[[2]int{x, y + 1}]}
				if r.IntN(2) == 0 {
					slices.Reverse(ring)
				}
				areas = append(areas, model.Area{ID: fmt.Sprint(x, y), Shape: orb.MultiPolygon{{append(ring, ring[0])}}})
			}
		}
		f, err := prepare(t, s).Figures(t.Context(), model.Query{Service: "dagligvaror", Impedance: model.Distance},
			model.FigureOptions{By: []model.Breakdown{model.ByArea}, Areas: areas})
		if err != nil {
			continue
		}
		people, reached, cost, bands := 0, 0, 0.0, make([]int, 5)
		inside, outside := f.Groups[len(areas)], f.Groups[len(areas)+1]
		for _, g := range f.Groups[:len(areas)] {
			people, reached, cost = people+g.People, reached+g.Reached, cost+g.PersonCost
			for k, b := range g.Bands {
				bands[k] += b.People
			}
		}
		if inside.ID != "inside" || outside.ID != "outside" || people != inside.People || reached != inside.Reached || math.Abs(cost-inside.PersonCost) > 1e-3 {
			t.Fatalf("areas hold %d people, %d reached, %v; together %+v", people, reached, cost, inside)
		}
		if inside.People+outside.People != f.All.People || inside.Reached+outside.Reached != f.All.Reached || math.Abs(inside.PersonCost+outside.PersonCost-f.All.PersonCost) > 1e-3 {
			t.Fatalf("inside %+v and outside %+v are not all %+v", inside, outside, f.All)
		}
		for k, b := range inside.Bands {
			if b.People != bands[k] || b.People+outside.Bands[k].People != f.All.Bands[k].People {
				t.Fatalf("band %v", b)
			}
		}
	}
}

func TestInside(t *testing.T) {
	island := orb.MultiPolygon{
		{{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, {{4, 4}, {6, 4}, {6, 6}, {4, 6}, {4, 4}}},
		{{{20, 0}, {30, 0}, {25, 10}}}, // not closed
	}
	for p, want := range map[orb.Point]bool{
		{5, 2}: true, {5, 5}: false, {-1, 5}: false, {25, 5}: true, {21, 9}: false, {15, 0}: false, {0, 0}: true, {10, 10}: false, {5, 4}: false, {5, 6}: true,
	} {
		if inside(island, p) != want {
			t.Errorf("%v inside: %v, want %v", p, !want, want)
		}
	}
}

// TestJointAgreesWithEachService counts what the analyses of the services say of each square.
func TestJointAgreesWithEachService(t *testing.T) {
	r := rand.New(rand.NewPCG(121, 122))
	rounds := 0
	for range 120 {
		s := peopled(randomKommun(r), r)
		p := prepare(t, s)
		services := []string{"dagligvaror", "post", "apotek", "drivmedel"}[:2+r.IntN(3)]
		q := model.Query{Service: "dagligvaror", Impedance: model.Time, Bands: []float64{30, 60, 120}}
		f, err := p.Figures(t.Context(), q, model.FigureOptions{By: []model.Breakdown{model.BySex}, Services: services})
		if err != nil {
			continue
		}
		rounds++
		there := func(id string) bool {
			return slices.ContainsFunc(s.Facilities, func(f model.Facility) bool {
				_, joined := p.net.Snap(f.At, s.Params.SnapLimit)
				return f.Type == id && joined
			})
		}
		missing := slices.DeleteFunc(slices.Clone(services), there)
		services = slices.DeleteFunc(services, func(id string) bool { return !there(id) })
		if !slices.Equal(f.Joint.Missing, missing) || !slices.Equal(f.Joint.Services, services) {
			t.Fatalf("counted %v without %v, want %v without %v", f.Joint.Services, f.Joint.Missing, services, missing)
		}
		all := slices.Repeat([]float64{0}, len(s.Cells))
		counts := make([][]int, len(q.Bands))
		for k := range counts {
			counts[k] = make([]int, len(s.Cells))
		}
		for _, service := range services {
			result, err := p.Analyse(t.Context(), model.Query{Service: service, Impedance: model.Time})
			for i := range s.Cells {
				cost := math.NaN() // where Analyse refuses, since nobody reaches it
				if err == nil {
					cost = result.Cells[i].Cost
				}
				all[i] = max(all[i], cost) // NaN if either is
				for k, b := range q.Bands {
					if cost <= b {
						counts[k][i]++
					}
				}
			}
		}
		everybody, women := crowd{}, crowd{}
		for i, c := range s.Cells {
			everybody = append(everybody, slices.Repeat([]float64{all[i]}, c.People)...)
			women = append(women, slices.Repeat([]float64{all[i]}, max(c.Women, 0))...)
		}
		if want := everybody.figures(q.Bands, 600, 1); !sameGroup(f.Joint.All, want) {
			t.Fatalf("all of %v: %+v, want %+v", services, f.Joint.All, want)
		}
		if want := women.figures(q.Bands, 600, 1); !sameGroup(f.Joint.Groups[0], want) {
			t.Fatalf("women: %+v, want %+v", f.Joint.Groups[0], want)
		}
		for k, got := range f.Joint.Counts {
			want := make([]int, len(services)+1)
			for i, c := range s.Cells {
				want[counts[k][i]] += c.People
			}
			if got.To != q.Bands[k] || !slices.Equal(got.People, want) || got.People[len(services)] != f.Joint.All.Bands[k].People {
				t.Fatalf("within %v of %v: %v, want %v", got.To, services, got.People, want)
			}
		}
	}
	if rounds < 100 {
		t.Errorf("only %d rounds", rounds)
	}
}

// TestMoreShopsNeverWorsen holds every group and area to it that a further shop takes nobody out of a band.
func TestMoreShopsNeverWorsen(t *testing.T) {
	r := rand.New(rand.NewPCG(131, 132))
	o := model.FigureOptions{By: []model.Breakdown{model.BySex, model.ByAge}}
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance}
	for range 40 {
		s := peopled(randomKommun(r), r)
		before, err := prepare(t, without(s, "S1")).Figures(t.Context(), q, o)
		if err != nil {
			continue
		}
		after, err := prepare(t, s).Figures(t.Context(), q, o)
		if err != nil {
			t.Fatal(err)
		}
		for i, g := range after.Groups {
			old := before.Groups[i]
			if g.People != old.People || g.Reached < old.Reached || g.Need.From != 5000 {
				t.Fatalf("%+v, was %+v", g, old)
			}
			for k, b := range g.Bands {
				if b.People < old.Bands[k].People {
					t.Fatalf("%s within %v: %d, was %d", g.ID, b.To, b.People, old.Bands[k].People)
				}
			}
			if !slices.IsSortedFunc(g.Bands, func(a, b model.Band) int { return cmp.Compare(a.People, b.People) }) {
				t.Fatalf("a larger band holds fewer: %v", g.Bands)
			}
		}
	}
}

func TestFiguresRefuse(t *testing.T) {
	for key, c := range map[string]struct {
		change func(*model.Snapshot)
		q      model.Query
		o      model.FigureOptions
	}{
		"analysis.nobody_lives":         {func(s *model.Snapshot) { s.Cells = nil }, model.Query{Service: "dagligvaror", Impedance: model.Distance}, model.FigureOptions{}},
		"analysis.no_facilities":        {nil, model.Query{Service: "post", Impedance: model.Distance}, model.FigureOptions{}},
		"analysis.no_joined_facilities": {func(s *model.Snapshot) { s.Facilities[0].At = orb.Point{1e6, 1e6} }, model.Query{Service: "dagligvaror", Impedance: model.Distance}, model.FigureOptions{}},
		"analysis.unknown_impedance":    {nil, model.Query{Service: "dagligvaror"}, model.FigureOptions{}},
		"analysis.unknown_service":      {nil, model.Query{Service: "dagligvaror", Impedance: model.Distance}, model.FigureOptions{Services: []string{"bio"}}},
	} {
		s := street(orb.Point{1000, 0})
		if c.change != nil {
			c.change(s)
		}
		if _, err := prepare(t, s).Figures(t.Context(), c.q, c.o); !errors.Is(err, i18n.Errorf(key)) {
			t.Errorf("%s: %v", key, err)
		}
	}
}

// BenchmarkFigures figures out all types by sex and age, with the joint measure.
func BenchmarkFigures(b *testing.B) {
	onBoth(b, func(b *testing.B, s *model.Snapshot) {
		withPeople(s)
		p := prepare(b, s)
		if _, err := p.Accelerate(context.Background(), nil); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			p.outcomes.forget()
			for _, kind := range s.Types {
				if len(p.open(kind.ID)) == 0 {
					continue
				}
				_, err := p.Figures(context.Background(), model.Query{Service: kind.ID, Impedance: model.Distance},
					model.FigureOptions{By: []model.Breakdown{model.BySex, model.ByAge}})
				if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
