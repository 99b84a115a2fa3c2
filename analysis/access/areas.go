package access

import (
	"nabar/internal/i18n"
	"nabar/model"
)

// byArea parts people by the areas that hold the centre of their square, and into those who live in any and in none.
// Areas may overlap; people then count in each.
func (s *squares) byArea(areas []model.Area) []part {
	var parts []part
	somewhere := make([]bool, len(s.cells))
	for i := range areas {
		p := newPart(areas[i].ID, i18n.Plain(areas[i].Name), len(s.cells))
		bound := areas[i].Shape.Bound()
		for k, c := range s.cells {
			if bound.Contains(c.Centre) && inside(areas[i].Shape, c.Centre) {
				p.weights.of[k] = int64(c.People)
				somewhere[k] = true
			}
		}
		parts = append(parts, p)
	}
	in := newPart("inside", i18n.M("figures.inside"), len(s.cells))
	out := newPart("outside", i18n.M("figures.outside"), len(s.cells))
	for k, c := range s.cells {
		if somewhere[k] {
			in.weights.of[k] = int64(c.People)
		} else {
			out.weights.of[k] = int64(c.People)
		}
	}
	return append(parts, in, out)
}

// newPart makes an area's part of n squares, with nobody in it.
func newPart(id string, name i18n.Message, n int) part {
	return part{model.Group{By: model.ByArea, ID: id, Name: name}, weights{of: make([]int64, n), parts: 1}}
}
