package access

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"nabar/model"
)

// road is a road of E, N pairs at 36 km/h, which is 10 m/s.
func road(flags model.RoadFlags, xy ...float64) model.Road {
	r := model.Road{SpeedF: 36, SpeedB: 36, Flags: flags}
	for i := 0; i < len(xy); i += 2 {
		r.Line = append(r.Line, orb.Point{xy[i], xy[i+1]})
	}
	return r
}

// kommun puts a snapshot together: all squares inside, all facilities groceries.
func kommun(roads []model.Road, cells []model.Cell, shops ...orb.Point) *model.Snapshot {
	s := &model.Snapshot{
		Roads: &model.RoadSet{LayerName: "vägar"}, Types: model.DefaultServiceTypes(), Params: model.DefaultParams(),
		Inputs: []model.InputRef{{Layer: "vägar", Role: model.RoleRoads, SHA256: "ab"}},
	}
	for i, r := range roads {
		r.FID = int64(i + 1)
		s.Roads.Add(r)
	}
	for i, c := range cells {
		if c.ID == "" {
			c.ID = fmt.Sprintf("ruta %d", i+1)
		}
		c.Inside = true
		s.Cells = append(s.Cells, c)
	}
	for i, at := range shops {
		s.Facilities = append(s.Facilities, model.Facility{
			ID: fmt.Sprintf("S%d", i+1), Name: fmt.Sprintf("Butik %d", i+1), Type: "dagligvaror", At: at,
		})
	}
	return s
}

// square is a demand square with people.
func square(people int, e, n float64) model.Cell {
	return model.Cell{People: people, Centre: orb.Point{e, n}, Size: 250}
}

// still is a clock that does not move.
func still() time.Time { return time.Unix(0, 0) }

// prepare prepares or fails.
func prepare(t testing.TB, s *model.Snapshot) *Prepared {
	t.Helper()
	p, err := Prepare(context.Background(), s, nil, WithClock(still))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// analyse answers a query about groceries or fails.
func analyse(t testing.TB, s *model.Snapshot, i model.Impedance, bands ...float64) *model.Result {
	t.Helper()
	r, err := prepare(t, s).Analyse(context.Background(), model.Query{Service: "dagligvaror", Impedance: i, Bands: bands})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// benchCity is a grid of 20 000 streets with 6 000 squares and five types of 40 facilities each.
func benchCity() *model.Snapshot {
	const side = 100
	var roads []model.Road
	for x := range side {
		for y := range side {
			e, n := 100*float64(x), 100*float64(y)
			roads = append(roads, road(0, e, n, e+50, n+3, e+100, n), road(0, e, n, e-3, n+50, e, n+100))
		}
	}
	var cells []model.Cell
	for i := range 6000 {
		cells = append(cells, square(i%30, float64(i*7919%10000), float64(i*104729%10000)))
	}
	s := kommun(roads, cells)
	for i := range 200 {
		s.Facilities = append(s.Facilities, model.Facility{
			ID: fmt.Sprint(i), Type: s.Types[i%5].ID, At: orb.Point{float64(i * 6151 % 10000), float64(i * 3571 % 10000)},
		})
	}
	return s
}
