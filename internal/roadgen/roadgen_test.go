package roadgen

import (
	"math"
	"reflect"
	"testing"

	"github.com/paulmach/orb"
)

// TestGenerateHasTheShapeOfARealNetwork counts nodes by their exact coordinates.
func TestGenerateHasTheShapeOfARealNetwork(t *testing.T) {
	set := Kommun(1)
	degree := map[orb.Point]int{}
	arcs, oneWays := 0, 0
	for i := range set.Len() {
		xy := set.Vertices(i)
		degree[orb.Point{xy[0], xy[1]}]++
		degree[orb.Point{xy[len(xy)-2], xy[len(xy)-1]}]++
		arcs += 2
		if set.Flags[i] != 0 {
			arcs--
			oneWays++
		}
		if set.Length[i] < 0.5 || set.SpeedF[i] < 30 {
			t.Fatalf("road %d: %v m at %v km/h", i, set.Length[i], set.SpeedF[i])
		}
	}
	share := map[int]float64{}
	for _, d := range degree {
		share[min(d, 5)] += 1 / float64(len(degree))
	}
	for what, c := range map[string][3]float64{
		"nodes":            {float64(len(degree)), 70_000, 78_000},
		"arcs a node":      {float64(arcs) / float64(len(degree)), 2.25, 2.37},
		"dead ends":        {share[1], 0.15, 0.35},
		"degree 2":         {share[2], 0.35, 0.48},
		"degree 3":         {share[3], 0.18, 0.40},
		"degree 5 or more": {share[5], 0, 0.06},
		"one-way":          {float64(oneWays) / float64(set.Len()), 0.003, 0.05},
	} {
		if c[0] < c[1] || c[0] > c[2] {
			t.Errorf("%s: %.3f, want %v to %v", what, c[0], c[1], c[2])
		}
	}
}

func TestGenerateDependsOnSeedAndSizeAlone(t *testing.T) {
	box := orb.Bound{Max: orb.Point{10_000, 30_000}}
	a, b, c := Generate(7, 3000, box), Generate(7, 3000, box), Generate(8, 3000, box)
	if !reflect.DeepEqual(a, b) {
		t.Error("the same seed gives other roads")
	}
	if reflect.DeepEqual(a, c) {
		t.Error("another seed gives the same roads")
	}
	for i := 0; i < len(a.XY); i += 2 {
		if math.Abs(a.XY[i]-5_000) > 5_500 || math.Abs(a.XY[i+1]-15_000) > 16_500 {
			t.Fatalf("%v, %v lies outside", a.XY[i], a.XY[i+1])
		}
	}
}
