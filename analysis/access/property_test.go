package access

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model"
)

// cases is how many random hamlets each property is tried on.
const cases = 10_000

// hamlet is a handful of roads, some of them one-way or apart from the others, with squares and shops beside them.
func hamlet(r *rand.Rand) *model.Snapshot {
	at := func() (float64, float64) { return 1000 * float64(r.IntN(3)), 1000 * float64(r.IntN(3)) }
	var roads []model.Road
	for range 1 + r.IntN(6) {
		a, b := at()
		c, d := at()
		flags := []model.RoadFlags{0, 0, 0, model.ForbiddenForward, model.ForbiddenBackward}[r.IntN(5)]
		roads = append(roads, road(flags, a, b, (a+c)/2+50*float64(1+r.IntN(9)), (b+d)/2+37, c, d))
	}
	spot := func() orb.Point { return orb.Point{2500*r.Float64() - 250, 2500*r.Float64() - 250} }
	var cells []model.Cell
	for range 1 + r.IntN(5) {
		c := square(r.IntN(40), 0, 0)
		c.Centre, c.Women = spot(), c.People/2
		c.Men = c.People - c.Women
		cells = append(cells, c)
	}
	var shops []orb.Point
	for range 1 + r.IntN(3) {
		shops = append(shops, spot())
	}
	s := kommun(roads, cells, shops...)
	s.Params.SnapLimit = 1500
	for i := range s.Cells {
		s.Cells[i].Inside = r.IntN(5) > 0
	}
	return s
}

// TestPeopleAreConserved tries that nobody is lost or made: by reached and unreached, by the places that are nearest, by the
// number of places reached, by sex, and in the bands.
func TestPeopleAreConserved(t *testing.T) {
	told := 0
	for number := range uint64(cases) {
		s := hamlet(rand.New(rand.NewPCG(1, number)))
		p := prepare(t, s)
		q := model.Query{Service: "dagligvaror", Impedance: []model.Impedance{model.Distance, model.Time}[number%2]}
		r, err := p.Analyse(t.Context(), q)
		if err != nil {
			continue // nobody inside reaches a shop
		}
		told++
		fault := func(what string, got ...int) {
			t.Fatalf("seed rand.NewPCG(1, %d): %s %v\nsquares %+v\nshops %+v\nroads %+v", number, what, got, s.Cells, s.Facilities, s.Roads)
		}
		all := 0
		for _, c := range s.Cells {
			if c.Inside {
				all += c.People
			}
		}
		near := 0
		for _, place := range r.Places {
			near += place.PeopleNearest
		}
		if r.People != all || r.Reached+r.Unreached != all || near != r.Reached {
			fault("people, reached, unreached, by place", all, r.People, r.Reached, r.Unreached, near)
		}
		if !slices.IsSortedFunc(r.Bands, func(a, b model.Band) int { return cmp.Compare(a.People, b.People) }) ||
			r.Bands[len(r.Bands)-1].People > r.Reached {
			fault("bands of " + fmt.Sprint(r.Bands))
		}
		conservedByRank(t, p, q, r, fault)
	}
	if told < cases/3 {
		t.Errorf("only %d of %d hamlets tell anything", told, cases)
	}
}

// conservedByRank tries that women and men are all, and that fewer and fewer reach each further place.
func conservedByRank(t *testing.T, p *Prepared, q model.Query, r *model.Result, fault func(string, ...int)) {
	n, err := p.NearestPlaces(t.Context(), q, MaxNearest)
	if err != nil {
		t.Fatal(err)
	}
	before := r.Reached
	for _, rank := range n.Ranks {
		women, men := &rank.Groups[0], &rank.Groups[1]
		if rank.All.Reached+rank.All.Unreached != r.People || rank.All.Reached > before || rank.Rank == 1 && rank.All.Reached != r.Reached {
			fault("reached by rank", rank.Rank, rank.All.Reached, rank.All.Unreached, before)
		}
		if women.People+men.People != r.People || women.Reached+men.Reached != rank.All.Reached {
			fault("women and men by rank", rank.Rank, women.Reached, men.Reached, rank.All.Reached)
		}
		before = rank.All.Reached
	}
}

// TestFiguresAreTheSameOnAnyProcessors computes hamlets on one processor and on sixteen, to the last bit.
func TestFiguresAreTheSameOnAnyProcessors(t *testing.T) {
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	var one [cases]uint64
	for _, processors := range []int{1, 16} {
		runtime.GOMAXPROCS(processors)
		for number := range uint64(cases) {
			s := hamlet(rand.New(rand.NewPCG(2, number)))
			sum := digest(t, prepare(t, s), []model.Impedance{model.Distance, model.Time}[number%2])
			if processors == 1 {
				one[number] = sum
			} else if one[number] != sum {
				t.Fatalf("seed rand.NewPCG(2, %d): other figures on %d processors\n%+v", number, processors, s)
			}
		}
	}
}

// digest sums up all figures of a hamlet, and the squares of all catchments.
func digest(t *testing.T, p *Prepared, i model.Impedance) uint64 {
	sum := fnv.New64a()
	if r, err := p.Analyse(t.Context(), model.Query{Service: "dagligvaror", Impedance: i}); err != nil {
		fmt.Fprint(sum, err)
	} else {
		for _, c := range r.Cells {
			fmt.Fprint(sum, c.Nearest, c.Second, math.Float64bits(c.Cost), math.Float64bits(c.SecondCost))
		}
		fmt.Fprint(sum, math.Float64bits(r.Mean), r.Bands, r.Places)
	}
	places, err := p.Places("dagligvaror")
	if err != nil {
		return sum.Sum64()
	}
	err = p.Catchments(t.Context(), i, places, 5000, func(place int, squares []Costed) { fmt.Fprint(sum, place, squares) })
	if err != nil {
		t.Fatal(err)
	}
	return sum.Sum64()
}
