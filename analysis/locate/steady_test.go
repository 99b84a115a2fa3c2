package locate

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"nabar/model"
)

// sitesAt are sites at positions in kilometres along a line.
func sitesAt(km ...float64) (out []Site) {
	for _, at := range km {
		out = append(out, Site{At: orb.Point{1000 * at, 0}, People: 100})
	}
	return out
}

// TestSteadyByHand has two sites at 0 and 10 km. In the first trial the best stand at 0.4 and 13 km and are a tenth better, in the
// second there is no choice at all, and in the third the two reach different numbers of people.
func TestSteadyByHand(t *testing.T) {
	usual := &Result{Query: Query{Objective: PMedian}, Sites: sitesAt(0, 10), Mean: 5, Farthest: 50, Covered: 70}
	got := Steady(usual, []Tried{
		{Trial: model.Trial{ID: "a"}, Value: 1100, Best: &Result{Value: 1000, Reached: 9, Sites: sitesAt(0.4, 13)}, Reached: 9, Mean: 4, Farthest: 60, Covered: 80, People: []int{90, 130}},
		{Trial: model.Trial{ID: "b"}, Value: 500, Mean: math.NaN(), Farthest: math.NaN(), Covered: 60, People: []int{0, 100}},
		{Trial: model.Trial{ID: "c"}, Value: 700, Best: &Result{Value: 600, Reached: 8, Sites: sitesAt(10.9, 0.9)}, Reached: 9, Mean: 6, Farthest: 55, Covered: 70, People: []int{100, 100}},
	})
	want := []SteadySite{{Same: 2, Tried: 2, PeopleMin: 0, PeopleMax: 100}, {Same: 1, Tried: 2, PeopleMin: 100, PeopleMax: 130}}
	if !slices.Equal(got.Sites, want) {
		t.Errorf("sites %+v, want %+v", got.Sites, want)
	}
	if math.Abs(got.Trials[0].Loss-0.1) > 1e-12 || !math.IsNaN(got.Trials[1].Loss) || !math.IsNaN(got.Trials[2].Loss) || math.Abs(got.LossMax-0.1) > 1e-12 {
		t.Errorf("losses %v %v %v, at most %v", got.Trials[0].Loss, got.Trials[1].Loss, got.Trials[2].Loss, got.LossMax)
	}
	if got.MeanMin != 4 || got.MeanMax != 6 || got.FarthestMin != 50 || got.FarthestMax != 60 || got.CoveredMin != 60 || got.CoveredMax != 80 {
		t.Errorf("bands %+v", got)
	}
	if got.Trials[0].Same != 1 || got.Trials[2].Same != 2 {
		t.Errorf("%d and %d are the same", got.Trials[0].Same, got.Trials[2].Same)
	}
	covering := Steady(&Result{Query: Query{Objective: Coverage}}, []Tried{{Value: 90, Best: &Result{Value: 100}}, {Value: 101, Best: &Result{Value: 100}}})
	if math.Abs(covering.Trials[0].Loss-0.1) > 1e-12 || covering.Trials[1].Loss != 0 {
		t.Errorf("losses of coverage %+v", covering.Trials)
	}
}

// TestMatchedSites pairs at most one with one, only within the limit, and misses no pair that stands alone.
func TestMatchedSites(t *testing.T) {
	r := rand.New(rand.NewPCG(36, 1))
	for range 2000 {
		draw := func() (out []Site) {
			for range r.IntN(5) {
				out = append(out, Site{At: orb.Point{3000 * r.Float64(), 3000 * r.Float64()}})
			}
			return out
		}
		sites, others := draw(), draw()
		got := matched(sites, others)
		count := 0
		for i := range sites {
			near := slices.ContainsFunc(others, func(o Site) bool { return planar.Distance(o.At, sites[i].At) <= SameSite })
			if got[i] {
				count++
			}
			if got[i] && !near {
				t.Fatalf("a site without any other near: %v and %v", sites, others)
			}
			alone := near && !slices.ContainsFunc(sites, func(o Site) bool {
				return o != sites[i] && planar.Distance(o.At, sites[i].At) <= 2*SameSite
			})
			if alone && !got[i] {
				t.Fatalf("site %d of %v is not matched with any of %v", i, sites, others)
			}
		}
		if count > len(others) {
			t.Fatalf("%d matches with %d others", count, len(others))
		}
	}
}
