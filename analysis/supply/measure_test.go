package supply

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
)

// street is a road of 20 km with three squares at 0, 4 and 10 km (100, 50 and 30 people, the last beyond the border) and
// shops at 2 and 14 km.
func street() *model.Snapshot {
	cells := []model.Cell{square(100, 0, 0), square(50, 4000, 0), square(30, 10000, 0), square(7, 0, 90000)}
	cells[2].Inside = false
	return kommun([]model.Road{road(0, 0, orb.Point{0, 0}, orb.Point{20000, 0})}, cells,
		shop("dagligvaror", 2000, 0), shop("dagligvaror", 14000, 0))
}

// TestByHand works values out with a pencil. Distances are 2 and 14 km from the first square, 2 and 10 km from the second.
func TestByHand(t *testing.T) {
	groceries := []string{"dagligvaror"}
	for name, c := range map[string]struct {
		change        func(*model.Snapshot)
		q             Query
		first, second float64
	}{
		// 2^-(2/5) + 2^-(14/5), and 2^-(2/5) + 2^-(10/5)
		"gravity": {nil, Query{Services: groceries}, math.Pow(2, -0.4) + math.Pow(2, -2.8), math.Pow(2, -0.4) + 0.25},
		// (2/1)^-2 + (14/1)^-2, and (2/1)^-2 + (10/1)^-2
		"gravity by power":    {nil, Query{Services: groceries, Decay: Decay{Form: Power}}, 0.25 + 1.0/196, 0.25 + 0.01},
		"cumulative in 10 km": {nil, Query{Services: groceries, Method: Cumulative}, 1, 2},
		"cumulative, decay": {
			nil,
			Query{Services: groceries, Method: Cumulative, Decay: Decay{Form: Gaussian, Half: 2000}, Limit: 9999},
			0.5, 0.5,
		},
		// within 10 km: shop 1 has all 100 + 50 + 30, shop 2 has 50 + 30; of each its thousandth
		"two steps": {nil, Query{Services: groceries, Method: TwoStep, Limit: 10000}, 1000.0 / 180, 1000.0/180 + 1000.0/80},
		// zones of 4 and 12 km of weights 1 and 1/2: shop 1 has 100 + 50 + 30/2, shop 2 has 30 + 50/2
		"enhanced": {
			nil,
			Query{Services: groceries, Method: Enhanced, Decay: Decay{Form: Step, Zones: []Zone{{4000, 1}, {12000, 0.5}}}},
			1000.0 / 165, 1000.0/165 + 0.5*1000.0/55,
		},
		// halves at 4 km: shop 1 has (100+50)·2^-(1/2) + 30/4 (30 people 8 km off), shop 2 has 30·2^-1 + 50·2^-2.5
		"enhanced, exponential": {
			nil,
			Query{Services: groceries, Method: Enhanced, Decay: Decay{Form: Exponential, Half: 4000}, Limit: 12000},
			math.Sqrt(0.5) * 1000 / (150*math.Sqrt(0.5) + 7.5),
			math.Sqrt(0.5)*1000/(150*math.Sqrt(0.5)+7.5) + math.Pow(2, -2.5)*1000/(15+50*math.Pow(2, -2.5)),
		},
		// 25 women of 50, 50 of 100, 15 of 30: shop 1 has 90, shop 2 has 40
		"demand of women": {
			nil,
			Query{Services: groceries, Method: TwoStep, Limit: 10000, Group: "women"},
			1000.0 / 90, 1000.0/90 + 1000.0/40,
		},
		"capacity": {nil, Query{Services: groceries, Method: Cumulative, Capacity: 3}, 3, 6},
		"capacities": {
			nil,
			Query{Services: groceries, Method: TwoStep, Limit: 10000, Capacities: map[Row]float64{{"service", 1}: 9, {"service", 2}: 4}},
			9000.0 / 180, 9000.0/180 + 4000.0/80,
		},
		// a second shop 20 m from the first is the same place, one 40 m from it another
		"one place": {
			func(s *model.Snapshot) { s.Facilities = append(s.Facilities, twin(s, 2020)) },
			Query{Services: groceries, Method: Cumulative},
			1, 2,
		},
		"two places": {
			func(s *model.Snapshot) { s.Facilities = append(s.Facilities, twin(s, 2040)) },
			Query{Services: groceries, Method: Cumulative},
			2, 3,
		},
		"a place has the sum of its facilities": {
			func(s *model.Snapshot) { s.Facilities = append(s.Facilities, twin(s, 2020)) },
			Query{Services: groceries, Method: Cumulative, Capacities: map[Row]float64{{"service", 1}: 9, {"service", 3}: 4}},
			13, 14, // the other place is not known and counts 1
		},
		// by time 1400 s and 200 s from the first, 1000 s and 200 s from the second
		"by time": {nil, Query{Services: groceries, Impedance: model.Time, Method: Cumulative, Limit: 1000}, 1, 2},
	} {
		t.Run(name, func(t *testing.T) {
			s := street()
			if c.change != nil {
				c.change(s)
			}
			r := measure(t, s, c.q)
			if len(r.Cells) != 3 || !math.IsNaN(r.Cells[2].Value) || r.Cells[2].Places != 0 {
				t.Fatalf("cells %+v", r.Cells)
			}
			for i, want := range []float64{c.first, c.second} {
				if math.Abs(r.Cells[i].Value-want) > 1e-12*want {
					t.Errorf("square %d: %v, want %v", i+1, r.Cells[i].Value, want)
				}
			}
			if r.All.With+r.All.Without != r.All.People || r.All.Without == 0 {
				t.Errorf("people %+v", r.All)
			}
		})
	}
}

// twin is one more shop on the street.
func twin(s *model.Snapshot, e float64) model.Facility {
	f := shop("dagligvaror", e, 0)
	f.ID, f.Layer, f.FID = fmt.Sprint("T", e), "service", int64(len(s.Facilities)+1)
	return f
}

// TestFiguresByHand: 157 people count; 100 have 1 place in 10 km, 50 have 2, 7 have none.
func TestFiguresByHand(t *testing.T) {
	r := measure(t, street(), Query{Services: []string{"dagligvaror"}, Method: Cumulative})
	a := r.All
	if a.People != 157 || a.With != 150 || a.Without != 7 || a.Mean != 200.0/150 || a.Median != 1 || a.P10 != 1 || a.Max != 2 {
		t.Errorf("%+v", a)
	}
	if fmt.Sprint(r.Breaks, a.InClass) != "[1] [100 50]" || r.Places != 2 || r.Supply != 2 {
		t.Errorf("classes %v: %v, %d places", r.Breaks, a.InClass, r.Places)
	}
	if fmt.Sprint(r.ByPlace[:4], r.ByType) != "[7 100 50 0] [7 150]" {
		t.Errorf("people by places %v, by types %v", r.ByPlace, r.ByType)
	}
	// women 50, 25 and 3; men 50, 25 and 4
	if len(r.Groups) != 2 || r.Groups[0].Group.ID != "women" || r.Groups[0].Mean != 100.0/75 || r.Groups[0].People != 78 || r.Groups[1].Without != 4 {
		t.Errorf("groups %+v", r.Groups)
	}
}

// TestServicesAdd: the values of a set of types are the sums of each, and types are counted once.
func TestServicesAdd(t *testing.T) {
	s := street()
	s.Facilities = append(s.Facilities, model.Facility{ID: "P1", Type: "post", At: orb.Point{9000, 0}}, model.Facility{ID: "P2", Type: "post", At: orb.Point{9500, 0}})
	for _, method := range Methods() {
		both := measure(t, s, Query{Services: []string{"dagligvaror", "post"}, Method: method})
		one, other := measure(t, s, Query{Services: []string{"dagligvaror"}, Method: method}), measure(t, s, Query{Services: []string{"post"}, Method: method})
		for i := range both.Cells[:2] {
			if sum := one.Cells[i].Value + other.Cells[i].Value; math.Abs(both.Cells[i].Value-sum) > 1e-12 || both.Cells[i].Types != 2 ||
				both.Cells[i].Places != one.Cells[i].Places+other.Cells[i].Places {
				t.Errorf("%s square %d: %+v, want %v", method, i, both.Cells[i], sum)
			}
		}
	}
}

// TestATypeWithoutPlacesIsTold: the others are measured as if it had not been asked for.
func TestATypeWithoutPlacesIsTold(t *testing.T) {
	both := measure(t, street(), Query{Services: []string{"post", "dagligvaror"}})
	one := measure(t, street(), Query{Services: []string{"dagligvaror"}})
	if len(both.Remarks) != len(one.Remarks)+1 || both.All.Mean != one.All.Mean || fmt.Sprint(both.ByType) != "[7 150 0]" {
		t.Errorf("remarks %v, mean %v, by types %v", both.Remarks, both.All.Mean, both.ByType)
	}
}

func TestMeasureRefuses(t *testing.T) {
	groceries := []string{"dagligvaror"}
	for key, c := range map[string]struct {
		change func(*model.Snapshot)
		q      Query
	}{
		"analysis.unknown_service": {nil, Query{Services: []string{"bio"}}},
		"analysis.no_facilities":   {nil, Query{Services: []string{"post"}}},
		"analysis.no_joined_facilities": {func(s *model.Snapshot) {
			s.Params.SnapLimit = 0
			s.Facilities = []model.Facility{shop("dagligvaror", 0, 1)}
		}, Query{Services: groceries}},
		"analysis.nobody_lives": {func(s *model.Snapshot) { s.Cells = s.Cells[2:3] }, Query{Services: groceries}},
		"supply.nobody":         {nil, Query{Services: groceries, Limit: 10}},
		"supply.group_unknown":  {nil, Query{Services: groceries, Group: "barn"}},
		"supply.group_none": {func(s *model.Snapshot) {
			for i := range s.Cells {
				s.Cells[i].Women, s.Cells[i].Men = -1, -1
			}
		}, Query{Services: groceries, Group: "women"}},
	} {
		s := street()
		if c.change != nil {
			c.change(s)
		}
		p, err := access.Prepare(context.Background(), s, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := OnRoads(context.Background(), p, c.q, nil); !errors.Is(err, i18n.Errorf(key)) {
			t.Errorf("got %v, want %s", err, key)
		}
	}
}

func ExampleOnRoads() {
	p, err := access.Prepare(context.Background(), street(), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := OnRoads(context.Background(), p, Query{Services: []string{"dagligvaror"}, Method: TwoStep, Limit: 10_000}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range r.Cells {
		fmt.Printf("%s: %d people, %.1f places for 1 000\n", c.ID, c.People, c.Value)
	}
	// Output:
	// ruta 1: 100 people, 5.6 places for 1 000
	// ruta 2: 50 people, 18.1 places for 1 000
	// ruta 4: 7 people, NaN places for 1 000
}
