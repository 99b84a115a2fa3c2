package access

import (
	"context"
	"errors"
	"math"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"

	"github.com/paulmach/orb"
)

// TestDemandAgreesWithAnalyse holds every square's cost to the result's.
func TestDemandAgreesWithAnalyse(t *testing.T) {
	s := kommun([]model.Road{road(0, 0, 0, 1000, 0)}, []model.Cell{
		square(10, 100, 0), square(0, 200, 0), square(5, 300, 40), square(7, 0, 9000), square(9, 900, 0),
	}, orb.Point{500, 0})
	s.Cells[4].Inside = false
	p := prepare(t, s)
	everybody := p.Everybody()
	ask := func(service string, i model.Impedance) ([]Demand, error) {
		return p.Demand(context.Background(), model.Query{Service: service, Impedance: i}, &everybody, p.Open(service))
	}
	demand, err := ask("dagligvaror", model.Distance)
	if err != nil || len(demand) != 3 {
		t.Fatalf("%+v, %v", demand, err)
	}
	costs := map[string]float64{}
	for _, c := range analyse(t, s, model.Distance).Cells {
		costs[c.Cell] = c.Cost
	}
	for _, d := range demand {
		want := costs[s.Cells[d.Cell].ID]
		if d.Weight != int64(s.Cells[d.Cell].People) || math.IsNaN(want) != (d.Nearest < 0) || d.Nearest >= 0 && float64(d.Nearest) != want*100 {
			t.Errorf("%+v, want %v m", d, want)
		}
	}
	none, err := ask("post", model.Time)
	if err != nil || len(none) != 3 || none[0].Nearest != -1 || !none[0].Joined || none[2].Joined {
		t.Errorf("a service without facilities: %+v, %v", none, err)
	}
	if _, err := ask("bio", model.Time); !errors.Is(err, i18n.Errorf("analysis.unknown_service")) {
		t.Errorf("unknown service: %v", err)
	}
}
