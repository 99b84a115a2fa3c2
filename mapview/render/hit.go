package render

import (
	"math"

	"nabar/model"
)

// Hit is what lies under a point of a view.
type Hit struct {
	// Facilities are indexes in Snapshot.Facilities: all services of the symbol that was hit, in the project's order;
	// nil where there is no symbol near.
	Facilities []int
	Cell       int // index in Snapshot.Cells of the inhabited square there, -1 for none
}

// hitRadius is how near a symbol's edge counts as hit, in reference pixels.
const hitRadius = 8

// Hit finds the service symbol that lies within 8 reference pixels of (x, y), the nearest first and of two equally near
// the one drawn on top, and the square at that position.
func (s *Scene) Hit(v View, x, y float64) Hit {
	hit := Hit{Cell: s.cellAt(v, x, y)}
	best := math.Inf(1)
	for _, d := range s.fan(v) {
		distance := math.Hypot(d.x-x, d.y-y)
		if distance <= math.Max(hitRadius*v.unit(), d.size/2) && distance <= best {
			best = distance
			hit.Facilities = s.places[d.place].symbols[d.index].facilities
		}
	}
	return hit
}

// cellAt finds the drawn square at a position of the screen. It looks through all: 20 000 take 20 µs.
func (s *Scene) cellAt(v View, x, y float64) int {
	if s.look.cells == 0 {
		return -1
	}
	at := v.ToWorld(x, y)
	for i, b := range s.cells.boxes {
		if s.classes[i] != noClass && b.Min[0] <= at[0] && at[0] < b.Max[0] && b.Min[1] <= at[1] && at[1] < b.Max[1] {
			return s.cells.index[i]
		}
	}
	return -1
}

// Where gives the position in a view of the symbol of a facility (index in Snapshot.Facilities), which stands beside
// its place where several services share one; ok is false where it is not drawn.
func (s *Scene) Where(v View, facility int) (x, y float64, ok bool) {
	for _, d := range s.fan(v) {
		for _, f := range s.places[d.place].symbols[d.index].facilities {
			if f == facility {
				return d.x, d.y, true
			}
		}
	}
	return 0, 0, false
}

// Snapshot gives the snapshot that the scene shows.
func (s *Scene) Snapshot() *model.Snapshot { return s.in.Snapshot }

// Result gives the result that the scene shows, nil where there is none.
func (s *Scene) Result() *model.Result { return s.in.Result }

// Comparison gives the comparison that the scene shows, nil where there is none.
func (s *Scene) Comparison() *model.Comparison { return s.in.Comparison }

// Ranking gives the ranking that the scene shows, nil where there is none.
func (s *Scene) Ranking() *model.Ranking { return s.in.Ranking }
