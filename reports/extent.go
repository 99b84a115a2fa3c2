package reports

import (
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"nabar/model"
)

// farOut is how many times larger than the inhabited area the rectangle of the border may be before maps show the
// inhabited area instead: borders that run far out at sea would leave the land as a spot.
const farOut = 1.6

// extent gives the rectangle that pictures of the kommun show: that of its border, or of its inhabited squares with some
// air where there is no border or it runs far out; whole tells that the border is all in it. It is zero where there is
// neither.
func extent(s *model.Snapshot) (b orb.Bound, whole bool) {
	lived := inhabited(s)
	if len(s.Border) == 0 {
		return lived, false
	}
	border := s.Border.Bound()
	if lived.IsZero() || area(border) <= farOut*area(lived) {
		return border, true
	}
	return lived, false
}

// inhabited gives the rectangle around the squares that count and have people, with a twentieth of its size as air.
func inhabited(s *model.Snapshot) orb.Bound {
	var b orb.Bound
	first := true
	for i := range s.Cells {
		c := &s.Cells[i]
		if !c.Inside || c.People <= 0 {
			continue
		}
		square := c.Centre.Bound().Pad(c.Size / 2)
		if first {
			b, first = square, false
		}
		b = b.Union(square)
	}
	if first {
		return orb.Bound{}
	}
	return b.Pad(max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]) / 20)
}

func area(b orb.Bound) float64 { return (b.Max[0] - b.Min[0]) * (b.Max[1] - b.Min[1]) }

// outside tells whether a place lies beyond the kommun's border; without a border none does.
func outside(s *model.Snapshot, at orb.Point) bool {
	return len(s.Border) > 0 && !planar.MultiPolygonContains(s.Border, at)
}
