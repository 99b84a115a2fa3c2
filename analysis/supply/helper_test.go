package supply

import (
	"context"
	"fmt"
	"testing"

	"github.com/paulmach/orb"

	"nabar/analysis/access"
	"nabar/model"
)

// road is a road of a length at 36 km/h, which is 10 m/s.
func road(flags model.RoadFlags, length float64, a, b orb.Point) model.Road {
	return model.Road{Line: orb.LineString{a, b}, Length: length, SpeedF: 36, SpeedB: 36, Flags: flags}
}

// kommun puts a snapshot together. Squares and shops are joined where a road passes within 1 m.
func kommun(roads []model.Road, cells []model.Cell, shops ...model.Facility) *model.Snapshot {
	s := &model.Snapshot{
		Roads: &model.RoadSet{LayerName: "vägar"}, Types: model.DefaultServiceTypes(), Params: model.DefaultParams(),
		Cells: cells, Facilities: shops,
	}
	s.Params.SnapLimit = 1
	for i, r := range roads {
		r.FID = int64(i + 1)
		s.Roads.Add(r)
	}
	for i := range s.Cells {
		if s.Cells[i].ID == "" {
			s.Cells[i].ID = fmt.Sprintf("ruta %d", i+1)
		}
	}
	for i := range s.Facilities {
		s.Facilities[i].ID, s.Facilities[i].Layer, s.Facilities[i].FID = fmt.Sprintf("S%02d", i+1), "service", int64(i+1)
	}
	return s
}

// square is a demand square with people, about half of them women, that counts.
func square(people int, e, n float64) model.Cell {
	return model.Cell{People: people, Women: people / 2, Men: people - people/2, Centre: orb.Point{e, n}, Size: 250, Inside: true}
}

// shop is a facility of a type.
func shop(service string, e, n float64) model.Facility {
	return model.Facility{Type: service, At: orb.Point{e, n}}
}

// measure answers a query or fails.
func measure(t testing.TB, s *model.Snapshot, q Query) *Result {
	t.Helper()
	p, err := access.Prepare(context.Background(), s, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := OnRoads(context.Background(), p, q, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
