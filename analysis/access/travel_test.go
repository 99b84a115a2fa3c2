package access

import (
	"context"
	"testing"

	"github.com/paulmach/orb"

	"nabar/analysis/network"
	"nabar/analysis/route"
	"nabar/model"
)

// hourly is a way of travelling that leaves at each full hour and then goes along the roads: the smallest timetable there is.
type hourly struct{ roads Traveller }

func (h hourly) To(ctx context.Context, i model.Impedance, goals []route.Source, leave Departure) (Costs, error) {
	costs, err := h.roads.To(ctx, i, goals, leave)
	wait := int64((3600 - leave.Second%3600) % 3600 * 1000)
	return later{costs, wait}, err
}

// later is costs after a wait.
type later struct {
	Costs
	wait int64
}

func (l later) At(j network.Join) route.Pair {
	pair := l.Costs.At(j)
	for i := range pair {
		if pair[i] != route.None {
			pair[i] = route.NewLabel(pair[i].Cost()+l.wait, pair[i].Facility())
		}
	}
	return pair
}

// TestTravelBySchedule: figures come from the way of travelling that is asked, at the moment of setting out.
func TestTravelBySchedule(t *testing.T) {
	s := kommun([]model.Road{road(0, 0, 0, 1000, 0)}, []model.Cell{square(10, 100, 0), square(5, 700, 20)}, orb.Point{900, 0})
	plain, err := Prepare(t.Context(), s, nil)
	if err != nil {
		t.Fatal(err)
	}
	q := model.Query{Service: s.Facilities[0].Type, Impedance: model.Time}
	want, err := plain.Analyse(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for second, wait := range map[int]float64{8 * 3600: 0, 8*3600 + 600: 3000, 9*3600 - 1: 1} {
		p, err := Prepare(t.Context(), s, nil, WithTraveller(hourly{roads{plain}}, Departure{Second: second}))
		if err != nil {
			t.Fatal(err)
		}
		got, err := p.Analyse(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if got.Mean != want.Mean+wait || got.Max != want.Max+wait {
			t.Errorf("setting out at %d s: mean %v, want %v", second, got.Mean, want.Mean+wait)
		}
		other, err := p.Derive(t.Context(), copied(s), nil)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := other.Analyse(t.Context(), q); err != nil || again.Mean != got.Mean {
			t.Errorf("derived: %+v, %v", again, err)
		}
	}
}

// copied is another snapshot of the same.
func copied(s *model.Snapshot) *model.Snapshot {
	out := *s
	return &out
}
