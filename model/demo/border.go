package demo

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// drawBorder lays the border as such borders are inland: straight lines between marks, a little crooked.
func (w *world) drawBorder() {
	rng := w.stage(stageBorder)
	wave := noise(mix(w.seed + 21))
	var ring orb.Ring
	for turn := 0.0; turn < 2*math.Pi-0.1; turn += 0.06 + 0.2*rng.Float64() {
		sin, cos := math.Sincos(turn)
		// A rounded rectangle of 40 by 45 km: between an ellipse and its box.
		r := math.Pow(math.Pow(math.Abs(cos)/19600, 4.5)+math.Pow(math.Abs(sin)/22300, 4.5), -1/4.5)
		r *= 0.97 + 0.13*wave.sum(1.9*cos, 1.9*sin, 3)
		p := from(r*cos, r*sin)
		ring = append(ring, orb.Point{math.Round(p[0]), math.Round(p[1])})
	}
	w.border = append(ring, ring[0])
}

// within tells whether p lies in the kommun.
func (w *world) within(p orb.Point) bool { return planar.RingContains(w.border, p) }

// wellWithin tells whether p and everything up to a distance from it lies in the kommun.
func (w *world) wellWithin(p orb.Point, margin float64) bool {
	return w.within(p) && !slices.ContainsFunc(directions[:], func(d [2]float64) bool {
		return !w.within(orb.Point{p[0] + margin*d[0], p[1] + margin*d[1]})
	})
}
