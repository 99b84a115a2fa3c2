package access

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/testdata/gotland"
	"nabar/model"
)

// twoShops is a straight road of 10 km with four squares on it and shops at both ends.
func twoShops() *model.Snapshot {
	s := kommun([]model.Road{road(0, 0, 0, 10_000, 0)}, []model.Cell{square(10, 1000, 0), square(20, 4000, 0), square(30, 5000, 0), square(40, 9000, 0)},
		orb.Point{0, 0}, orb.Point{10_000, 0})
	for i := range s.Cells {
		c := &s.Cells[i]
		c.Women, c.Men = c.People/2, c.People-c.People/2
	}
	s.Cells[3].Women, s.Cells[3].Men = -1, -1
	return s
}

func TestCatchments(t *testing.T) {
	query := model.Query{Service: "dagligvaror", Impedance: model.Distance, Bands: []float64{1000, 4000}}
	for name, c := range map[string]struct {
		within                 float64
		people, cells, women   map[string]int
		unknown, near, reached int
		mean                   float64 // of S1
	}{
		// 5 km from both goes to the first by id
		"nearest":     {0, map[string]int{"S1": 60, "S2": 40}, map[string]int{"S1": 3, "S2": 1}, map[string]int{"S1": 30, "S2": 0}, 40, 10, 100, (10*1000 + 20*4000 + 30*5000) / 60.0},
		"within 5 km": {5000, map[string]int{"S1": 60, "S2": 70}, map[string]int{"S1": 3, "S2": 2}, map[string]int{"S1": 30, "S2": 15}, 40, 10, 100, (10*1000 + 20*4000 + 30*5000) / 60.0},
		"within 4 km": {4000, map[string]int{"S1": 30, "S2": 40}, map[string]int{"S1": 2, "S2": 1}, map[string]int{"S1": 15, "S2": 0}, 40, 10, 70, (10*1000 + 20*4000) / 30.0},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := prepare(t, twoShops()).Served(context.Background(), query, model.CatchmentOptions{By: []model.Breakdown{model.BySex}, Within: c.within})
			if err != nil {
				t.Fatal(err)
			}
			if r.People != 100 || r.Reached != c.reached || r.Unreached != 100-c.reached {
				t.Errorf("%d people, %d reached, %d unreached", r.People, r.Reached, r.Unreached)
			}
			for i, k := range r.Catchments {
				if i > 0 && k.All.People > r.Catchments[i-1].All.People {
					t.Errorf("%s stands after a smaller one", k.ID)
				}
				if k.All.People != c.people[k.ID] || len(k.Cells) != c.cells[k.ID] || k.Groups[0].People != c.women[k.ID] || len(k.Groups) != 2 {
					t.Errorf("%s: %d people in %d squares, groups %+v", k.ID, k.All.People, len(k.Cells), k.Groups)
				}
				if math.Abs(k.Share-float64(c.people[k.ID])/100) > 1e-12 {
					t.Errorf("%s has the share %v", k.ID, k.Share)
				}
				if k.ID == "S1" && (k.All.Mean != c.mean || k.All.Bands[0].People != c.near) {
					t.Errorf("mean %v, within 1 km %d", k.All.Mean, k.All.Bands[0].People)
				}
				if k.ID == "S2" && k.Groups[0].Unknown != c.unknown {
					t.Errorf("%d of unknown sex", k.Groups[0].Unknown)
				}
			}
		})
	}
}

// TestCatchmentsConservePeople compares with Analyse on random streets: the same people, no more and no fewer.
func TestCatchmentsConservePeople(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 20))
	for round := range 300 {
		var cells []model.Cell
		for range 1 + r.IntN(20) {
			cells = append(cells, square(1+r.IntN(9), 20_000*r.Float64(), 6000*r.Float64()))
		}
		var shops []orb.Point
		for range 1 + r.IntN(5) {
			shops = append(shops, orb.Point{10_000 * r.Float64(), 0})
		}
		s := kommun([]model.Road{road(0, 0, 0, 5000, 0), road(model.ForbiddenForward, 5000, 0, 10_000, 0)}, cells, shops...)
		p := prepare(t, s)
		q := model.Query{Service: "dagligvaror", Impedance: model.Time}
		want, err := p.Analyse(context.Background(), q)
		if err != nil {
			continue // nobody is reached
		}
		got, err := p.Served(context.Background(), q, model.CatchmentOptions{})
		if err != nil {
			t.Fatal(err)
		}
		nearest, sum := map[string]int{}, 0
		for _, place := range want.Places {
			nearest[place.ID] = place.PeopleNearest
		}
		for _, c := range got.Catchments {
			inCells := 0
			for _, cell := range c.Cells {
				inCells += cell.People
			}
			if c.All.People != nearest[c.ID] || inCells != c.All.People || c.All.Reached != c.All.People {
				t.Fatalf("round %d: %s has %d people, %d in squares, want %d", round, c.ID, c.All.People, inCells, nearest[c.ID])
			}
			sum += c.All.People
		}
		if sum != want.Reached || got.Reached != want.Reached || got.Unreached != want.Unreached || len(got.Catchments) != len(want.Places) {
			t.Fatalf("round %d: %d people of %d", round, sum, want.Reached)
		}
	}
}

// TestGotlandCatchments adds up a real kommun by sex and age.
func TestGotlandCatchments(t *testing.T) {
	p := prepare(t, gotland.Snapshot(t))
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance}
	by := []model.Breakdown{model.BySex, model.ByAge}
	r, err := p.Served(context.Background(), q, model.CatchmentOptions{By: by})
	if err != nil {
		t.Fatal(err)
	}
	f, err := p.Figures(context.Background(), q, model.FigureOptions{By: by})
	if err != nil {
		t.Fatal(err)
	}
	for k, g := range f.Groups {
		sum := 0
		for _, c := range r.Catchments {
			sum += c.Groups[k].People
		}
		if spare := len(r.Catchments); sum != g.People && !(g.Approximate && abs(sum-g.People) <= spare) {
			t.Errorf("%s %s: %d in catchments, %d in all", g.By, g.ID, sum, g.People)
		}
	}
	if r.Reached != 60857 || len(r.Catchments) != 28 {
		t.Errorf("%d people in %d catchments", r.Reached, len(r.Catchments))
	}
}

func BenchmarkServed(b *testing.B) {
	onBoth(b, func(b *testing.B, s *model.Snapshot) {
		p := prepare(b, s)
		for b.Loop() {
			if _, err := p.Served(context.Background(), model.Query{Service: s.Types[0].ID, Impedance: model.Distance}, model.CatchmentOptions{By: []model.Breakdown{model.BySex, model.ByAge}}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
