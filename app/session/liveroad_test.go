package session

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model"
)

// TestRoadAtIsTheNearest compares with measuring every stretch of every road, at many points along it.
func TestRoadAtIsTheNearest(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	set := &model.RoadSet{Start: []int32{0}}
	for layer, name := range []string{"vägar", "färjor"} {
		set.Begin(name)
		for k := range 150 {
			e, n := 1e4*r.Float64(), 1e4*r.Float64()
			for range 2 + r.IntN(4) {
				set.XY = append(set.XY, e, n)
				e, n = e+800*r.Float64()-400, n+800*r.Float64()-400
			}
			set.FID = append(set.FID, int64(k/2+1)) // two parts of each row
			set.Start = append(set.Start, int32(len(set.XY)/2))
			set.Length, set.Class = append(set.Length, 0), append(set.Class, int8(layer))
			flags := model.RoadFlags(0)
			if k%7 == 0 {
				flags = model.ForbiddenForward | model.ForbiddenBackward
			}
			set.Flags = append(set.Flags, flags)
		}
	}
	l := &Live{base: &model.Snapshot{Roads: set}}
	found := 0
	for range 300 {
		at, within := orb.Point{1e4 * r.Float64(), 1e4 * r.Float64()}, 300*r.Float64()
		best, nearest := -1, within
		for i := range set.Len() {
			if set.Flags[i] != 0 {
				continue
			}
			if d := sampled(set.Vertices(i), at); d < nearest {
				best, nearest = i, d
			}
		}
		road, ok := l.RoadAt(at, within)
		if !ok {
			if best >= 0 && nearest < within-1 {
				t.Fatalf("no road at %v, but %d is %.1f m away", at, best, nearest)
			}
			continue
		}
		found++
		if len(road.Lines) != 2 || best < 0 && math.Abs(nearest-within) > 1 {
			t.Fatalf("found %+v at %v, expected %d", road, at, best)
		}
		got := math.Inf(1)
		for _, line := range road.Lines {
			var xy []float64
			for _, p := range line {
				xy = append(xy, p[0], p[1])
			}
			got = min(got, sampled(xy, at))
		}
		if best >= 0 && math.Abs(got-nearest) > 1 {
			t.Fatalf("the road at %v is %.1f m away, the nearest %.1f m", at, got, nearest)
		}
	}
	if found < 50 {
		t.Errorf("only %d of 300 points have a road", found)
	}
}

// sampled measures to 1 000 points of each stretch.
func sampled(xy []float64, at orb.Point) float64 {
	best := math.Inf(1)
	for k := 0; k+3 < len(xy); k += 2 {
		for s := range 1001 {
			f := float64(s) / 1000
			best = min(best, math.Hypot(xy[k]+f*(xy[k+2]-xy[k])-at[0], xy[k+1]+f*(xy[k+3]-xy[k+1])-at[1]))
		}
	}
	return best
}
