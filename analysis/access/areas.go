package access

import (
	"slices"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// byArea parts the people of a group by the areas that hold the centre of their square, and into those who live in any and
// in none. Areas may overlap; people then count in each.
func (s *squares) byArea(areas []model.Area, of part) []part {
	var parts []part
	somewhere := make([]bool, len(s.cells))
	for i := range areas {
		p := newPart(areas[i].ID, i18n.Plain(areas[i].Name), of)
		for k, here := range s.inArea(areas[i].Shape) {
			if here {
				p.weights.of[k] = of.weights.of[k]
				somewhere[k] = true
			}
		}
		parts = append(parts, p)
	}
	in := newPart(insideID, i18n.M("figures.inside"), of)
	out := newPart(outsideID, i18n.M("figures.outside"), of)
	for k, people := range of.weights.of {
		if somewhere[k] {
			in.weights.of[k] = people
		} else {
			out.weights.of[k] = people
		}
	}
	return append(parts, in, out)
}

// The IDs of those who live in any area, and in none.
const (
	insideID  = "inside"
	outsideID = "outside"
)

// inArea tells for each square whether its centre lies in an area.
func (s *squares) inArea(shape orb.MultiPolygon) []bool {
	bound := shape.Bound()
	out := make([]bool, len(s.cells))
	for k, c := range s.cells {
		out[k] = bound.Contains(c.Centre) && inside(shape, c.Centre)
	}
	return out
}

// within are the positions of the squares in the area that is chosen.
func (s *squares) within(o *model.FigureOptions) ([]int32, error) {
	in := make([]bool, len(s.cells))
	known := false
	for i := range o.Areas {
		a := &o.Areas[i]
		if o.Within != insideID && o.Within != outsideID && o.Within != a.ID {
			continue
		}
		known = true
		for k, here := range s.inArea(a.Shape) {
			in[k] = in[k] || here
		}
	}
	if !known {
		return nil, i18n.Errorf("panel.unknown_area", o.Within)
	}
	var out []int32
	for k := range in {
		if in[k] != (o.Within == outsideID) {
			out = append(out, int32(k))
		}
	}
	return out, nil
}

// bySettlement parts the people of a group by the kinds of settlement, and into those who live outside all of them.
// Everybody is in one part, unless kinds overlap.
func (s *squares) bySettlement(kinds []model.Area, of part) []part {
	parts := slices.DeleteFunc(s.byArea(kinds, of), func(p part) bool { return p.group.ID == insideID })
	for i := range parts {
		parts[i].group.By = model.BySettlement
	}
	parts[len(parts)-1].group.Name = i18n.M("areas.outside_settlements")
	return parts
}

// newPart makes an area's part of a group, with nobody in it.
func newPart(id string, name i18n.Message, of part) part {
	return part{
		model.Group{By: model.ByArea, ID: id, Name: name, Approximate: of.group.Approximate},
		weights{of: make([]int64, len(of.weights.of)), parts: of.weights.parts},
	}
}
