package demo

import "math"

// noise is a smooth random field over the plane, a function of its seed and the position alone.
//
// Products that are summed are converted to float64 first: the language then forbids fusing them into one rounding, so
// that processors with a fused multiply-add give the same bytes as those without.
type noise uint64

// mix is the finaliser of the SplitMix64 generator: it spreads every bit of the input over the output.
func mix(z uint64) uint64 {
	z += 0x9e3779b97f4a7c15
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

// directions are the gradients at the lattice points: sixteen around the circle.
var directions = func() (out [16][2]float64) {
	for i := range out {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / 16)
		out[i] = [2]float64{math.Round(cos*1e9) / 1e9, math.Round(sin*1e9) / 1e9}
	}
	return out
}()

// gradient is the height at offset (dx, dy) of the plane that leans at lattice point (ix, iy).
func (n noise) gradient(ix, iy int64, dx, dy float64) float64 {
	g := directions[mix(uint64(n)^mix(uint64(ix)*0x632be59bd9b4e019^uint64(iy)))>>60]
	return float64(g[0]*dx) + float64(g[1]*dy)
}

// at is gradient noise with features one unit wide, about −1 to 1.
func (n noise) at(x, y float64) float64 {
	fx, fy := math.Floor(x), math.Floor(y)
	ix, iy := int64(fx), int64(fy)
	dx, dy := x-fx, y-fy
	u, v := fade(dx), fade(dy)
	low := lerp(n.gradient(ix, iy, dx, dy), n.gradient(ix+1, iy, dx-1, dy), u)
	high := lerp(n.gradient(ix, iy+1, dx, dy-1), n.gradient(ix+1, iy+1, dx-1, dy-1), u)
	return 1.5 * lerp(low, high, v)
}

// sum adds octaves, each half as wide and half as high as the one before.
func (n noise) sum(x, y float64, octaves int) float64 {
	total, height := 0.0, 1.0
	for i := range octaves {
		total += float64(height * (n+noise(i)*0x51ed27).at(x, y))
		x, y, height = 2*x, 2*y, height/2
	}
	return total
}

func fade(t float64) float64 {
	inner := float64(t*6) - 15
	inner = float64(t*inner) + 10
	return float64(t*t) * float64(t*inner)
}

func lerp(a, b, t float64) float64 { return a + float64(t*(b-a)) }
