package crs

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
)

// TestGridFactor compares with what PROJ's "proj -S +proj=utm +zone=33 +ellps=GRS80" gives at these positions.
func TestGridFactor(t *testing.T) {
	for p, want := range map[orb.Point]float64{
		{500000, 6500000}: 0.9996,
		{697456, 6390123}: 1.00008,
		{319900, 6400000}: 0.999998,
		{720000, 7500000}: 1.00019,
		{900000, 7300000}: 1.00156,
	} {
		if got := GridFactor(p); math.Abs(got-want) > 1e-5 {
			t.Errorf("%v: %.7f, PROJ has %.7f", p, got, want)
		}
	}
}
