package reports

import (
	"math"
	"testing"

	"nabar/model"
)

// TestDependences is reckoned by hand: A has 10 people at 100 m with 500 m to the next and 5 at 200 m with 300 m, so
// 10·400 + 5·100 = 4 500 m more; B has 2 people with 1 000 m more, and 7 who reach nothing else; C has nobody.
func TestDependences(t *testing.T) {
	nan := math.NaN()
	r := &model.Result{
		Places: []model.PlaceFigure{{ID: "b", Name: "B"}, {ID: "a", Name: "A"}, {ID: "c", Name: "C"}},
		Cells: []model.CellCost{
			{People: 10, Nearest: "a", Cost: 100, SecondCost: 500},
			{People: 5, Nearest: "a", Cost: 200, SecondCost: 300},
			{People: 2, Nearest: "b", Cost: 50, SecondCost: 1050},
			{People: 7, Nearest: "b", Cost: 60, SecondCost: nan},
			{People: 9, Cost: nan, SecondCost: nan},
		},
	}
	got := dependences(r)
	if len(got) != 2 || got[0].id != "a" || got[1].id != "b" {
		t.Fatalf("order %v", got)
	}
	if more := got[0].further - got[0].first; more != 4500 {
		t.Errorf("A has %g m more, want 4 500", more)
	}
	if got[1].alone != 7 || got[1].people != 2 || got[1].nearest() != 50 || got[1].second() != 1050 {
		t.Errorf("B: %+v", got[1])
	}
	s := sumOf(r.Cells)
	if s.people != 17 || s.alone != 7 {
		t.Errorf("all: %d and %d people, want 17 and 7", s.people, s.alone)
	}
	if want := (1000.0 + 1000 + 100) / 17; s.nearest() != want {
		t.Errorf("mean %g, want %g", s.nearest(), want)
	}
}

// TestClassCounts: the classes of a result hold all its people.
func TestClassCounts(t *testing.T) {
	r := &model.Result{
		People: 100, Reached: 93, Unreached: 7,
		Bands: []model.Band{{To: 1000, People: 20}, {To: 2000, People: 20}, {To: 5000, People: 80}},
	}
	got := classCounts(r, []float64{1000, 2000, 5000})
	want := []int{20, 0, 60, 13, 7}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("%v, want %v", got, want)
		}
	}
}
