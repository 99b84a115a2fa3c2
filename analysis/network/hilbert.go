package network

import "math"

// hilbertOrder is the number of bits for each axis of a Hilbert key.
const hilbertOrder = 16

// extent maps positions to Hilbert keys. Points that lie near each other mostly get keys that lie near each other,
// so that arrays in key order are walked with few cache misses.
type extent struct {
	minE, minN float64
	scale      float64
}

// newExtent covers a box given by its corners.
func newExtent(minE, minN, maxE, maxN float64) extent {
	side := math.Max(maxE-minE, maxN-minN)
	if !(side > 0) {
		return extent{minE: minE, minN: minN}
	}
	return extent{minE: minE, minN: minN, scale: (1<<hilbertOrder - 1) / side}
}

// key is the position's distance along the Hilbert curve.
func (x extent) key(e, n float64) uint32 {
	return hilbert(uint32((e-x.minE)*x.scale), uint32((n-x.minN)*x.scale))
}

// hilbert walks down the quadrants of the curve, turning the frame at each, as in D. Hilbert's construction (1891).
func hilbert(x, y uint32) uint32 {
	var d uint32
	for s := uint32(1) << (hilbertOrder - 1); s > 0; s >>= 1 {
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
				x, y = ^x, ^y
			}
			x, y = y, x
		}
	}
	return d
}
