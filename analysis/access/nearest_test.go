package access

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// TestNearestPlacesByHand: shops at 1, 3, 3.02 (the same place), 6 and 10 km of a road of 10 km, 10 people at 0 and 30 at 4.
func TestNearestPlacesByHand(t *testing.T) {
	s := kommun([]model.Road{road(0, 0, 0, 10000, 0)}, []model.Cell{square(10, 0, 0), square(30, 4000, 0)},
		orb.Point{1000, 0}, orb.Point{3000, 0}, orb.Point{3020, 0}, orb.Point{6000, 0}, orb.Point{10000, 0})
	n, err := prepare(t, s).NearestPlaces(context.Background(), model.Query{Service: "dagligvaror", Impedance: model.Distance}, 5)
	if err != nil {
		t.Fatal(err)
	}
	want := "[{ruta 1 10 [{S1 1000} {S2 3000} {S4 6000} {S5 10000}]} {ruta 2 30 [{S3 980} {S4 2000} {S1 3000} {S5 6000}]}]"
	if got := fmt.Sprint(n.Cells); got != want || n.Places != 4 {
		t.Errorf("%d places, %s, want %s", n.Places, got, want)
	}
	// to the third: 6 km for 10 and 3 km for 30; the fifth is reached by nobody
	third, fifth := &n.Ranks[2].All, &n.Ranks[4].All
	if third.Mean != (10*6000+30*3000)/40.0 || third.Median != 3000 || third.Max != 6000 || third.Reached != 40 {
		t.Errorf("third %+v", third)
	}
	if fifth.Reached != 0 || fifth.Unreached != 40 || !math.IsNaN(fifth.Mean) || fifth.Bands[len(fifth.Bands)-1].People != 0 {
		t.Errorf("fifth %+v", fifth)
	}
	for _, count := range []int{0, 6} {
		if _, err := prepare(t, s).NearestPlaces(context.Background(), model.Query{Service: "dagligvaror", Impedance: model.Distance}, count); !errors.Is(err, i18n.Errorf("nearest.count_wrong")) {
			t.Errorf("%d places: %v", count, err)
		}
	}
}

// TestNearestPlacesBeginAsAnalyse: the first two are those of Analyse, all cost what the roads to them do, and none is nearer
// than the one before.
func TestNearestPlacesBeginAsAnalyse(t *testing.T) {
	r := rand.New(rand.NewPCG(91, 92))
	cases := 0
	for round := range 150 {
		s := randomKommun(r)
		p := prepare(t, s)
		for _, imp := range []model.Impedance{model.Distance, model.Time} {
			q := model.Query{Service: "dagligvaror", Impedance: imp}
			a, err := p.Analyse(t.Context(), q)
			n, other := p.NearestPlaces(t.Context(), q, MaxNearest)
			if (err == nil) != (other == nil) {
				t.Fatalf("round %d: %v, but %v", round, other, err)
			}
			if err != nil {
				continue
			}
			for i, c := range a.Cells {
				near := n.Cells[i].Near
				to, err := p.NearestTo(t.Context(), q, i, MaxNearest)
				if err != nil || !slices.Equal(near, to) {
					t.Fatalf("round %d square %d: %v, alone %v, %v", round, i, near, to, err)
				}
				for k, place := range near {
					want := []model.NearPlace{{Facility: c.Nearest, Cost: c.Cost}, {Facility: c.Second, Cost: c.SecondCost}}
					if k < 2 && place != want[k] || k > 0 && place.Cost < near[k-1].Cost {
						t.Fatalf("round %d square %d: %v, want %v first", round, i, near, want)
					}
					if _, cost, ok := p.Route(i, place.Facility, imp); !ok || cost != place.Cost {
						t.Fatalf("round %d square %d: the road to %v costs %v", round, i, place, cost)
					}
					cases++
				}
				if (c.Nearest == "") != (len(near) == 0) || (c.Second == "") != (len(near) < 2) {
					t.Fatalf("round %d square %d: %v of %+v", round, i, near, c)
				}
			}
			if n.Ranks[0].All.Mean != a.Mean || n.Ranks[0].All.Median != a.Median || !sameMean(n.Ranks[1].All.Mean, a.SecondMean) {
				t.Fatalf("round %d: means %v and %v, want %v and %v", round, n.Ranks[0].All.Mean, n.Ranks[1].All.Mean, a.Mean, a.SecondMean)
			}
		}
	}
	if cases < 2000 {
		t.Errorf("only %d places", cases)
	}
}

// sameMean compares means, none of which may be one.
func sameMean(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }
