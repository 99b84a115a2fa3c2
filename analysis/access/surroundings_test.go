package access

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model"
)

// TestServicesAroundByTryingAll compares the services near a facility with those found by trying every other facility.
func TestServicesAroundByTryingAll(t *testing.T) {
	r := rand.New(rand.NewPCG(71, 72))
	for range 200 {
		s := &model.Snapshot{Types: model.DefaultServiceTypes(), Params: model.DefaultParams()}
		for range 2 + r.IntN(60) {
			at := orb.Point{600_000 + float64(10*r.IntN(40)), 6_500_000 + float64(10*r.IntN(8))} // some exactly 30 m apart
			s.Facilities = append(s.Facilities, model.Facility{Type: s.Types[r.IntN(len(s.Types))].ID, At: at})
		}
		var open []int
		for i := range s.Facilities {
			if s.Facilities[i].Type == s.Facilities[0].Type {
				open = append(open, i)
			}
		}
		a := newSurroundings(s, open)
		for _, f := range open {
			var want []string
			for _, kind := range s.Types {
				if kind.ID != s.Facilities[f].Type && slices.ContainsFunc(s.Facilities, func(o model.Facility) bool {
					return o.Type == kind.ID && isNear(o.At, s.Facilities[f].At, s.Params.PlaceRadius+placeTolerance)
				}) {
					want = append(want, kind.ID)
				}
			}
			if got := a.services(f); !slices.Equal(got, want) {
				t.Fatalf("facility %d: %v, want %v", f, got, want)
			}
		}
	}
}
