package access

import "github.com/paulmach/orb"

// inside tells whether a point lies in an area. Areas that share a border share no point: one that lies exactly on it
// belongs to one of them alone, so that people are neither counted twice nor lost between two areas.
func inside(area orb.MultiPolygon, p orb.Point) bool {
	for _, polygon := range area {
		odd := false
		for _, ring := range polygon {
			if crossings(ring, p) {
				odd = !odd
			}
		}
		if odd {
			return true
		}
	}
	return false
}

// crossings tells whether a line from the point due east crosses a ring an odd number of times. A segment has its lower
// end and not its upper, and is computed from the lower end up, so that both areas along it see the same crossing.
func crossings(ring orb.Ring, p orb.Point) bool {
	odd := false
	for i := range ring {
		low, high := ring[i], ring[(i+1)%len(ring)]
		if low[1] > high[1] {
			low, high = high, low
		}
		if low[1] > p[1] || p[1] >= high[1] {
			continue
		}
		if low[0]+float64((p[1]-low[1])*(high[0]-low[0]))/(high[1]-low[1]) > p[0] {
			odd = !odd
		}
	}
	return odd
}

// Inside tells which facilities, by index in the snapshot, stand in the kommun; all do where there is no border.
func (p *Prepared) Inside() func(facility int) bool {
	border, bound := p.snapshot.Border, p.snapshot.Border.Bound()
	return func(f int) bool {
		at := p.snapshot.Facilities[f].At
		return len(border) == 0 || bound.Contains(at) && inside(border, at)
	}
}
