package session_test

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"nabar/app/session"
	"nabar/model"
)

// TestCrisisSquaresAgreeWithScenarios holds what each square loses in a crisis to the ordinary figures of the same scenario, service by
// service, and to the crisis' own sums; the CSV and the layer say the same.
func TestCrisisSquaresAgreeWithScenarios(t *testing.T) {
	s := session.New("sv")
	t.Cleanup(func() { s.Close() })
	dir := t.TempDir()
	must(t, s.CreateDemo(ctx, filepath.Join(dir, "demo.gpkg"), nil))
	c, err := s.Crisis(ctx, session.CrisisQuery{Query: model.Query{Impedance: model.Distance}, Kind: session.FerriesStop}, nil)
	must(t, err)
	sc, err := s.SaveCrisis(ctx, c, "Kris")
	must(t, err)
	if len(c.Squares) == 0 {
		t.Fatal("no square loses anything")
	}
	of := map[string]*session.CrisisSquare{}
	for i := range c.Squares {
		of[c.Squares[i].ID] = &c.Squares[i]
		if i > 0 && c.Squares[i].People > c.Squares[i-1].People {
			t.Error("the squares are not in the order of their people")
		}
	}
	rows := 0
	for _, one := range c.Services {
		q := model.Query{Service: one.Service, Impedance: model.Distance}
		before, err := s.Analyse(ctx, q, nil)
		must(t, err)
		q.Scenario = sc.Name
		after, err := s.Analyse(ctx, q, nil)
		must(t, err)
		lost, farther := 0, 0
		for i := range before.Cells {
			a, b := before.Cells[i], after.Cells[i]
			if a.People == 0 {
				continue
			}
			square, said := of[a.Cell], ""
			if square != nil && slices.Contains(square.Lost, one.Service) {
				said = "lost"
			} else if square != nil && slices.Contains(square.Farther, one.Service) {
				said = "farther"
			}
			want := ""
			switch {
			case !math.IsNaN(a.Cost) && math.IsNaN(b.Cost):
				want, lost = "lost", lost+a.People
			case b.Cost > a.Cost:
				want, farther = "farther", farther+a.People
				if square != nil && square.Most < b.Cost-a.Cost {
					t.Errorf("%s in %s: %v longer, at most %v", one.Service, a.Cell, b.Cost-a.Cost, square.Most)
				}
			}
			if want != "" {
				rows++
			}
			if said != want {
				t.Errorf("%s in %s is said to be %q, by the figures %q", one.Service, a.Cell, said, want)
			}
		}
		if lost != one.Change.NewlyUnreached || farther != one.Change.Worse.People {
			t.Errorf("%s: %d and %d, the crisis says %+v", one.Service, lost, farther, one.Change)
		}
	}
	file := filepath.Join(dir, "rutor.csv")
	must(t, s.WriteCrisisSquares(file, c))
	f, err := os.Open(file)
	must(t, err)
	defer f.Close()
	if all, err := csv.NewReader(f).ReadAll(); err != nil || len(all) != rows+1 {
		t.Errorf("%d rows of %d, %v", len(all)-1, rows, err)
	}
	name, err := s.SaveCrisisSquares(ctx, c, "")
	must(t, err)
	layers, err := s.Layers(ctx)
	must(t, err)
	if i := slices.IndexFunc(layers, func(l model.Layer) bool { return l.Name == name }); i < 0 || layers[i].Features != len(c.Squares) {
		t.Errorf("no layer %q with %d squares", name, len(c.Squares))
	}
	if len(s.CrisisSquaresTable(ctx, c).Rows) != len(c.Squares) {
		t.Error("the table lacks squares")
	}
}
