package render

import (
	"math"

	"github.com/paulmach/orb"
)

// hilbert gives the place of a position along a Hilbert curve of order 16 over a rectangle. What is near on the curve is
// near on the map, so that data in its order is read from memory in runs when a part of the map is drawn.
func hilbert(p orb.Point, b orb.Bound) uint32 {
	const side = 1 << 16
	side1 := math.Max(math.Max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]), 1)
	cell := func(v float64) uint32 {
		return uint32(math.Min(math.Max(v/side1*side, 0), side-1))
	}
	x, y := cell(p[0]-b.Min[0]), cell(p[1]-b.Min[1])
	var d uint32
	for s := uint32(side / 2); s > 0; s /= 2 {
		var rx, ry uint32
		if x&s != 0 {
			rx = 1
		}
		if y&s != 0 {
			ry = 1
		}
		d += s * s * ((3 * rx) ^ ry)
		if ry == 0 {
			if rx == 1 {
				x, y = side-1-x, side-1-y
			}
			x, y = y, x
		}
	}
	return d
}
