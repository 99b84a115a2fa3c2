package access

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model"
)

// randomKommun is a grid of streets with holes, one-way streets, an island, squares and shops. Coordinates are whole
// metres, and nothing stands equally near two roads but where these meet.
func randomKommun(r *rand.Rand) *model.Snapshot {
	side := 3 + r.IntN(3)
	var roads []model.Road
	at := func(x, y int) (float64, float64) { return 700000 + 400*float64(x), 6400000 + 300*float64(y) }
	link := func(x1, y1, x2, y2 int) {
		if r.IntN(6) == 0 {
			return
		}
		a, b := at(x1, y1)
		c, d := at(x2, y2)
		flags := model.RoadFlags(0)
		if r.IntN(5) == 0 {
			flags = []model.RoadFlags{model.ForbiddenForward, model.ForbiddenBackward}[r.IntN(2)]
		}
		one := road(flags, a, b, (a+c)/2+float64(r.IntN(60)), (b+d)/2+float64(r.IntN(60)), c, d)
		one.SpeedF, one.SpeedB = uint8(30+10*r.IntN(5)), uint8(30+10*r.IntN(5))
		if r.IntN(4) == 0 {
			one.Length = 500 + 100*r.Float64()
		}
		roads = append(roads, one)
	}
	for x := range side {
		for y := range side {
			link(x, y, x+1, y)
			link(x, y, x, y+1)
		}
	}
	roads = append(roads, road(0, 690000, 6400000, 690100, 6400000))
	spot := func() orb.Point {
		return orb.Point{699900 + 400*float64(side)*r.Float64(), 6399900 + 300*float64(side)*r.Float64()}
	}
	var cells []model.Cell
	for range 25 {
		c := square(r.IntN(40), 0, 0)
		c.Centre = spot()
		cells = append(cells, c)
	}
	var shops []orb.Point
	for range 1 + r.IntN(5) {
		shops = append(shops, spot())
	}
	if r.IntN(2) == 0 {
		shops = append(shops, orb.Point{shops[0][0] + 20, shops[0][1]})
	}
	s := kommun(roads, cells, shops...)
	s.Params.SnapLimit = 250
	return s
}

func TestAnalyseAgreesWithAnOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(41, 42))
	reached := 0
	for round := range 150 {
		s := randomKommun(r)
		p := prepare(t, s)
		for _, imp := range []model.Impedance{model.Distance, model.Time} {
			got, err := p.Analyse(t.Context(), model.Query{Service: "dagligvaror", Impedance: imp})
			if err != nil {
				continue // nobody reached a shop: rare, and refused rightly elsewhere
			}
			o, joined := newOracle(s, imp == model.Time)
			people, sum := 0, 0.0
			for i, c := range got.Cells {
				first, second := o.twoNearest(i, joined)
				if !near2(c.Cost, first) || !near2(c.SecondCost, second) {
					t.Fatalf("round %d %s square %d: %v and %v, want %v and %v", round, imp, i, c.Cost, c.SecondCost, first, second)
				}
				if !math.IsInf(first, 1) {
					people += c.People
					sum += first * float64(c.People)
				}
			}
			reached += people
			if got.Reached != people || math.Abs(got.Mean-sum/float64(people)) > 0.1 {
				t.Fatalf("round %d %s: %d people, mean %v; want %d, %v", round, imp, got.Reached, got.Mean, people, sum/float64(people))
			}
		}
	}
	if reached < 50_000 {
		t.Errorf("only %d people reached: the networks are no test", reached)
	}
}

// near2 compares a cost with the oracle's, to within what rounding to centimetres and milliseconds can do.
func near2(got, want float64) bool {
	if math.IsNaN(got) || math.IsInf(want, 1) {
		return math.IsNaN(got) && math.IsInf(want, 1)
	}
	return math.Abs(got-want) < 0.1
}

// same compares two results' figures within the given number of units.
func same(t *testing.T, what string, a, b *model.Result, within float64) {
	t.Helper()
	if a.People != b.People || a.Reached != b.Reached {
		t.Fatalf("%s: %d of %d people, want %d of %d", what, b.Reached, b.People, a.Reached, a.People)
	}
	for i := range a.Cells {
		for _, pair := range [][2]float64{{a.Cells[i].Cost, b.Cells[i].Cost}, {a.Cells[i].SecondCost, b.Cells[i].SecondCost}} {
			if math.IsNaN(pair[0]) != math.IsNaN(pair[1]) || math.Abs(pair[0]-pair[1]) > within {
				t.Fatalf("%s: square %d: %+v, want %+v", what, i, b.Cells[i], a.Cells[i])
			}
		}
	}
}

// TestTheDrawingDoesNotMatter permutes the roads, turns them round and splits them.
func TestTheDrawingDoesNotMatter(t *testing.T) {
	r := rand.New(rand.NewPCG(51, 52))
	for range 60 {
		s := randomKommun(r)
		for _, imp := range []model.Impedance{model.Distance, model.Time} {
			query := model.Query{Service: "dagligvaror", Impedance: imp}
			before, err := prepare(t, s).Analyse(t.Context(), query)
			if err != nil {
				continue
			}
			for what, c := range map[string]struct {
				change func(*model.RoadSet, *rand.Rand) *model.RoadSet
				within float64
			}{"permuted": {permuted, 0}, "turned": {turned, 0.05}, "split": {split, 0.2}} {
				changed := *s
				changed.Roads = c.change(s.Roads, r)
				after, err := prepare(t, &changed).Analyse(t.Context(), query)
				if err != nil {
					t.Fatal(what, err)
				}
				same(t, fmt.Sprint(what, " ", imp), before, after, c.within)
			}
		}
	}
}

// roadOf takes a road out of a set.
func roadOf(set *model.RoadSet, i int) model.Road {
	one := model.Road{
		FID: set.FID[i], Length: set.Length[i], SpeedF: set.SpeedF[i], SpeedB: set.SpeedB[i], Class: set.Class[i],
		Flags: set.Flags[i],
	}
	xy := set.Vertices(i)
	for k := 0; k < len(xy); k += 2 {
		one.Line = append(one.Line, orb.Point{xy[k], xy[k+1]})
	}
	return one
}

func permuted(set *model.RoadSet, r *rand.Rand) *model.RoadSet {
	out := &model.RoadSet{}
	for _, i := range r.Perm(set.Len()) {
		out.Add(roadOf(set, i))
	}
	return out
}

func turned(set *model.RoadSet, r *rand.Rand) *model.RoadSet {
	out := &model.RoadSet{}
	for i := range set.Len() {
		one := roadOf(set, i)
		if r.IntN(2) == 0 {
			slices.Reverse(one.Line)
			one.SpeedF, one.SpeedB = one.SpeedB, one.SpeedF
			one.Flags = map[model.RoadFlags]model.RoadFlags{
				0: 0, model.ForbiddenForward: model.ForbiddenBackward, model.ForbiddenBackward: model.ForbiddenForward,
			}[one.Flags]
		}
		out.Add(one)
	}
	return out
}

// split cuts roads at a vertex; each piece gets its share of the length.
func split(set *model.RoadSet, r *rand.Rand) *model.RoadSet {
	out := &model.RoadSet{}
	for i := range set.Len() {
		one := roadOf(set, i)
		if len(one.Line) < 3 || r.IntN(2) == 0 {
			out.Add(one)
			continue
		}
		left, right := one, one
		left.Line, right.Line = one.Line[:2], one.Line[1:]
		share := drawn(left.Line) / drawn(one.Line)
		left.Length, right.Length = one.Length*share, one.Length*(1-share)
		out.Add(left)
		out.Add(right)
	}
	return out
}

func TestProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(61, 62))
	for range 100 {
		s := randomKommun(r)
		query := model.Query{Service: "dagligvaror", Impedance: model.Distance, Bands: []float64{100, 500, 900, 1500, 4000}}
		a, err := prepare(t, s).Analyse(t.Context(), query)
		if err != nil {
			continue
		}
		conserved(t, s, a)
		doubled := *s
		doubled.Cells = slices.Clone(s.Cells)
		for i := range doubled.Cells {
			doubled.Cells[i].People *= 2
		}
		b, err := prepare(t, &doubled).Analyse(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		if b.People != 2*a.People || b.Reached != 2*a.Reached || b.Mean != a.Mean || b.Median != a.Median || b.P90 != a.P90 {
			t.Fatalf("twice the people: %+v, was %+v", b, a)
		}
		for i := range a.Bands {
			if b.Bands[i].People != 2*a.Bands[i].People {
				t.Fatalf("twice the people: bands %v, were %v", b.Bands, a.Bands)
			}
		}
	}
}

// conserved checks that people are neither lost nor made.
func conserved(t *testing.T, s *model.Snapshot, r *model.Result) {
	t.Helper()
	people, nearest, cells := 0, 0, 0
	for _, c := range s.Cells {
		people += c.People
	}
	for _, p := range r.Places {
		nearest += p.PeopleNearest
	}
	for _, c := range r.Cells {
		if c.Nearest != "" {
			cells += c.People
		}
	}
	if r.People != people || r.Reached+r.Unreached != people || nearest != r.Reached || cells != r.Reached {
		t.Fatalf("%d people, %d + %d, %d by facility, %d by square", people, r.Reached, r.Unreached, nearest, cells)
	}
	if !slices.IsSortedFunc(r.Bands, func(a, b model.Band) int { return cmp.Compare(a.People, b.People) }) {
		t.Fatalf("a larger band holds fewer: %v", r.Bands)
	}
	if r.Median > r.P90 || r.P90 > r.Max || r.Mean > r.Max || r.Bands[len(r.Bands)-1].People > r.Reached {
		t.Fatalf("figures out of order: %+v", r)
	}
}

// TestAFurtherShopNeverLengthens adds a shop.
func TestAFurtherShopNeverLengthens(t *testing.T) {
	r := rand.New(rand.NewPCG(71, 72))
	for range 60 {
		s := randomKommun(r)
		more := *s
		more.Facilities = append(slices.Clone(s.Facilities), model.Facility{
			ID: "ny", Type: "dagligvaror", At: orb.Point{700200 + 900*r.Float64(), 6400100 + 700*r.Float64()},
		})
		query := model.Query{Service: "dagligvaror", Impedance: model.Time}
		a, err := prepare(t, s).Analyse(t.Context(), query)
		if err != nil {
			continue
		}
		b, err := prepare(t, &more).Analyse(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		for i := range a.Cells {
			if !math.IsNaN(a.Cells[i].Cost) && !(b.Cells[i].Cost <= a.Cells[i].Cost) {
				t.Fatalf("square %d: %+v became %+v", i, a.Cells[i], b.Cells[i])
			}
		}
	}
}

// TestCoresDoNotMatter prepares on 1 and 16 processors and answers queries at the same time.
func TestCoresDoNotMatter(t *testing.T) {
	s := randomKommun(rand.New(rand.NewPCG(81, 82)))
	for i := range 2000 {
		c := s.Cells[i%25]
		c.ID = fmt.Sprint("mer ", i)
		c.Centre[0] += float64(i % 97)
		s.Cells = append(s.Cells, c)
	}
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	query := model.Query{Service: "dagligvaror", Impedance: model.Time}
	want := text(t, prepare(t, s), query)
	runtime.GOMAXPROCS(16)
	p := prepare(t, s)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got := text(t, p, query); got != want {
				t.Error("16 processors give other figures than 1")
			}
		})
	}
	all.Wait()
	if !reflect.DeepEqual(p.Check(), prepare(t, s).Check()) {
		t.Error("two checks differ")
	}
}

// text writes all of a result; NaN can't be compared otherwise.
func text(t *testing.T, p *Prepared, q model.Query) string {
	r, err := p.Analyse(t.Context(), q)
	if err != nil {
		t.Error(err)
		return ""
	}
	return fmt.Sprintf("%+v", *r)
}
