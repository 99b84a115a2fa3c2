package render

import (
	"testing"

	"nabar/model"
)

// TestFocus draws four squares in a row: two in focus, one outside it, one where nobody lives that it is about.
func TestFocus(t *testing.T) {
	s := &model.Snapshot{Roads: &model.RoadSet{}}
	r := &model.Result{Query: model.Query{Impedance: model.Distance, Bands: []float64{1000}}}
	for i := range 4 {
		id := string(rune('a' + i))
		s.Cells = append(s.Cells, model.Cell{ID: id, Centre: [2]float64{500 + 1000*float64(i), 500}, Size: 1000, People: 1, Inside: true})
		r.Cells = append(r.Cells, model.CellCost{Cell: id, People: 1, Nearest: "x", Cost: 100})
	}
	scene := NewScene(SceneInput{Snapshot: s, Result: r})
	v := Fit(scene.Bounds(), 400, 100, 0)
	classes := func(s *Scene) map[int]int {
		out := map[int]int{}
		for _, q := range s.squares(v).squares {
			out[q.class]++
		}
		return out
	}
	if got := classes(scene); len(got) != 1 || got[0] != 4 {
		t.Errorf("without a focus the classes are %v", got)
	}
	focused := scene.WithFocus(Focus{Inside, Outside, Nobody, Inside})
	item := focused.squares(v)
	got := classes(focused)
	if len(item.squares) != 3 || got[0] != 2 || got[len(item.colours)/2] != 1 {
		t.Errorf("%d squares are drawn, classes %v", len(item.squares), got)
	}
	if full, faint := item.colours[0], item.colours[len(item.colours)/2]; faint.A >= full.A/2 || faint.R != full.R {
		t.Errorf("in focus %v, outside %v", full, faint)
	}
	if got := classes(scene); got[0] != 4 {
		t.Error("the scene itself has changed")
	}
	if got := classes(scene.WithFocus(Focus{Inside})); got[0] != 1 {
		t.Errorf("squares that the focus does not tell of: %v", got)
	}
}
