package roadgen

import (
	"math"
	"reflect"
	"testing"

	"github.com/paulmach/orb"
)

// TestSettledHoldsTogetherNearPeople makes a network of a thousandth of Sweden's size: all of it hangs together, and every
// square has a road within a few hundred metres of its middle.
func TestSettledHoldsTogetherNearPeople(t *testing.T) {
	squares := Squares(3, 500)
	const nodes = 20_000
	set := Settled(3, nodes, squares)
	at := map[orb.Point]int32{}
	number := func(x, y float64) int32 {
		p := orb.Point{x, y}
		if _, known := at[p]; !known {
			at[p] = int32(len(at))
		}
		return at[p]
	}
	ends := make([][2]int32, set.Len())
	near := map[orb.Point]float64{}
	for i := range set.Len() {
		xy := set.Vertices(i)
		ends[i] = [2]int32{number(xy[0], xy[1]), number(xy[2], xy[3])}
		if set.Length[i] < 0.5 || set.SpeedF[i] < 30 {
			t.Fatalf("road %d: %v m at %v km/h", i, set.Length[i], set.SpeedF[i])
		}
		for k := 0; k < 4; k += 2 {
			corner := orb.Point{math.Floor(xy[k]/side) * side, math.Floor(xy[k+1]/side) * side}
			away := math.Hypot(xy[k]-corner[0]-side/2, xy[k+1]-corner[1]-side/2)
			if old, seen := near[corner]; !seen || away < old {
				near[corner] = away
			}
		}
	}
	if math.Abs(float64(len(at))/nodes-1) > 0.08 {
		t.Errorf("%d nodes, want about %d", len(at), nodes)
	}
	parts := newParts(len(at))
	pieces := len(at)
	for _, e := range ends {
		if parts.join(e[0], e[1]) {
			pieces--
		}
	}
	if pieces != 1 {
		t.Errorf("the network is in %d pieces", pieces)
	}
	for _, s := range squares {
		if away, seen := near[s.Corner]; !seen || away > 500 {
			t.Errorf("square %v with %d people: nearest junction %.0f m away", s.Corner, s.People, away)
		}
	}
	if !reflect.DeepEqual(set, Settled(3, nodes, squares)) {
		t.Error("the same squares give other roads")
	}
}

func TestSpotsLieWherePeopleAre(t *testing.T) {
	squares := []Square{{orb.Point{1000, 2000}, 5000}, {orb.Point{3000, 2000}, 1}, {orb.Point{9000, 0}, 5000}}
	a := Spots(1, squares, 2)
	for _, p := range a {
		if !(p[0] >= 1000 && p[0] <= 2000 || p[0] >= 9000 && p[0] <= 10_000) {
			t.Errorf("a place at %v, where one person lives", p)
		}
	}
	if !reflect.DeepEqual(a, Spots(1, squares, 2)) || reflect.DeepEqual(a, Spots(2, squares, 2)) {
		t.Error("places don't follow the seed")
	}
}
