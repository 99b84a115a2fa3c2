package session

import (
	"context"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// RoadLeg is the way along the roads from one position to the next.
type RoadLeg struct {
	Found   bool           // there is a way
	Line    orb.LineString // driven, with the connectors at both ends
	Metres  float64
	Seconds float64
}

// RoadMeasure is a way along the roads past several positions. Metres and Seconds are sums over the legs; they say nothing unless
// Whole.
type RoadMeasure struct {
	Legs    []RoadLeg // one fewer than positions
	Metres  float64
	Seconds float64
	Whole   bool // every leg has a way
}

// MeasureRoad measures along the roads past positions in their order, by the query's way of travelling and scenario: the shortest way
// of each leg, or the quickest where the query is about time, and of that same way both distance and time. It gives a Problem
// where the project has no roads. The rest of the query does not count.
func (s *Session) MeasureRoad(ctx context.Context, q model.Query, points []orb.Point, progress model.Progress) (*RoadMeasure, error) {
	v, err := s.variant(ctx, q, part(orSilent(progress), 0, 0.5))
	if err != nil {
		return nil, err
	}
	if v.snapshot.Roads.Len() == 0 {
		return nil, i18n.Errorf("tools.no_roads")
	}
	prepared, err := s.prepare(ctx, v, part(orSilent(progress), 0.5, 1))
	if err != nil {
		return nil, err
	}
	out := &RoadMeasure{Whole: true}
	for i := 1; i < len(points); i++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		drive, ok := prepared.DriveBetween(points[i-1], points[i], withBands(q).Impedance)
		out.Legs = append(out.Legs, RoadLeg{ok, drive.Line, drive.Metres, drive.Seconds})
		out.Metres, out.Seconds, out.Whole = out.Metres+drive.Metres, out.Seconds+drive.Seconds, out.Whole && ok
	}
	return out, nil
}
