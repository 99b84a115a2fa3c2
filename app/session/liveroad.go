package session

import (
	"math"

	"github.com/paulmach/orb"

	"nabar/model"
	"nabar/model/scenario"
)

// Road is a road of the project as a layer has it: all parts of one row.
type Road struct {
	Layer  string
	FID    int64
	Class  int // 0 to 9, -1 unknown
	Ferry  bool
	Metres float64 // of all parts
	Lines  []orb.LineString
}

// Step closes the road.
func (r *Road) Step() scenario.Modification { return scenario.CloseRoad{Layer: r.Layer, FID: r.FID} }

// roadBoxes are the boxes of the roads of a set; most roads are ruled out by theirs.
func roadBoxes(set *model.RoadSet) []orb.Bound {
	out := make([]orb.Bound, set.Len())
	for i := range out {
		xy := set.Vertices(i)
		b := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
		for k := 0; k+1 < len(xy); k += 2 {
			b = b.Extend(orb.Point{xy[k], xy[k+1]})
		}
		out[i] = b
	}
	return out
}

// RoadAt finds the road nearest to a point, within a distance in metres; of equally near ones the first. Roads that can't be
// driven without any try are left out. It takes about 0.2 ms on a large kommun's roads.
func (l *Live) RoadAt(at orb.Point, within float64) (Road, bool) {
	set := l.base.Roads
	l.boxes.Do(func() { l.roadBoxes = roadBoxes(set) })
	const shut = model.ForbiddenForward | model.ForbiddenBackward
	best, nearest := -1, within
	for i, b := range l.roadBoxes {
		if at[0] < b.Min[0]-nearest || at[0] > b.Max[0]+nearest || at[1] < b.Min[1]-nearest || at[1] > b.Max[1]+nearest {
			continue
		}
		if set.Flags[i]&shut == shut {
			continue
		}
		if d := lineDistance(set.Vertices(i), at); d < nearest || d == nearest && best < 0 {
			best, nearest = i, d
		}
	}
	if best < 0 {
		return Road{}, false
	}
	return roadOf(set, best), true
}

// lineDistance is how far a point is from a line of E, N pairs.
func lineDistance(xy []float64, at orb.Point) float64 {
	best := math.Inf(1)
	for k := 0; k+3 < len(xy); k += 2 {
		dx, dy := xy[k+2]-xy[k], xy[k+3]-xy[k+1]
		t := 0.0
		if sum := dx*dx + dy*dy; sum > 0 {
			t = min(max(((at[0]-xy[k])*dx+(at[1]-xy[k+1])*dy)/sum, 0), 1)
		}
		best = min(best, math.Hypot(xy[k]+t*dx-at[0], xy[k+1]+t*dy-at[1]))
	}
	return best
}

// roadOf gathers the parts of the row that a road is of.
func roadOf(set *model.RoadSet, of int) Road {
	out := Road{FID: set.FID[of], Class: int(set.Class[of]), Ferry: set.Flags[of]&model.Ferry != 0}
	for _, layer := range set.ByLayer() {
		if of < layer.From || of >= layer.To {
			continue
		}
		out.Layer = layer.Layer
		for i := layer.From; i < layer.To; i++ {
			if set.FID[i] == out.FID {
				out.take(set, i)
			}
		}
	}
	return out
}

// take takes a part up.
func (r *Road) take(set *model.RoadSet, i int) {
	xy := set.Vertices(i)
	line := make(orb.LineString, 0, len(xy)/2)
	drawn := 0.0
	for k := 0; k+1 < len(xy); k += 2 {
		line = append(line, orb.Point{xy[k], xy[k+1]})
		if k > 0 {
			drawn += math.Hypot(xy[k]-xy[k-2], xy[k+1]-xy[k-1])
		}
	}
	if set.Length[i] > 0 {
		drawn = set.Length[i]
	}
	r.Lines, r.Metres = append(r.Lines, line), r.Metres+drawn
}
