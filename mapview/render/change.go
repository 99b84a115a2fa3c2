package render

import (
	"nabar/model"
	"nabar/model/symbology"
)

// The classes of a map of changes that lie beyond those of symbology.ChangeRamp.
const (
	changeGained = iota
	changeLost
	changeAdded
	changeGone
	changeNeither
	changeBeyond // how many they are
)

// changes is what a map of changes knows of its classes.
type changes struct {
	breaks []float64
	people []int // of each class, as the comparison counts them
}

// classifyChanges gives every square its class by the comparison.
func (s *Scene) classifyChanges(c *model.Comparison) {
	i := c.B.Query.Impedance
	s.breaks = symbology.ChangeBreaks(i)
	ramp := symbology.ChangeRamp(len(s.breaks)+1, s.in.Theme)
	for _, colour := range ramp {
		s.fills = append(s.fills, classFill{fill: colour})
	}
	gained, gainedHatch := symbology.Gained(s.in.Theme)
	lost, lostHatch := symbology.Lost(s.in.Theme)
	grey, greyHatch := symbology.UnreachableFill(s.in.Theme), symbology.UnreachableHatch(s.in.Theme)
	s.fills = append(s.fills, classFill{gained, gainedHatch}, classFill{lost, lostHatch},
		classFill{fill: symbology.Appeared(s.in.Theme)}, classFill{fill: grey}, classFill{grey, greyHatch})
	s.changes = &changes{breaks: s.breaks, people: make([]int, len(s.fills))}
	of := make(map[string]int, len(c.Cells))
	for k := range c.Cells {
		class := changeClass(&c.Cells[k], s.breaks, len(ramp))
		s.changes.people[class] += c.Cells[k].People
		of[c.Cells[k].Cell] = class
	}
	for k, id := range s.cells.ids {
		s.classes[k] = noClass
		if class, known := of[id]; known {
			s.classes[k] = int8(class)
		}
	}
}

// changeClass is the class of one square; the first are those of the ramp.
func changeClass(c *model.CellShift, breaks []float64, ramp int) int {
	switch c.Kind {
	case model.ShiftReached:
		return ramp + changeGained
	case model.ShiftUnreached:
		return ramp + changeLost
	case model.ShiftAdded:
		return ramp + changeAdded
	case model.ShiftGone:
		return ramp + changeGone
	case model.ShiftUnchanged:
		if c.After != c.After { // not a number: reached by neither
			return ramp + changeNeither
		}
		return len(breaks) + 1
	}
	return symbology.ClassifyChange(breaks, c.After-c.Before)
}

// changeItems are the classes of a map of changes with their people; of those beyond the ramp, the ones that occur.
func (s *Scene) changeItems() []LegendItem {
	p := s.in.Printer
	labels := symbology.ChangeLabels(p, s.changes.breaks, s.in.Comparison.B.Query.Impedance)
	ramp := len(labels)
	for _, key := range []string{"gained", "lost", "added", "gone", "neither"} {
		labels = append(labels, p.T("series.map_"+key))
	}
	var out []LegendItem
	for class, f := range s.fills {
		if class >= ramp && s.changes.people[class] == 0 {
			continue
		}
		label := p.T("series.map_people", labels[class], s.changes.people[class])
		out = append(out, LegendItem{Kind: SquareSample, Label: label, Fill: f.fill, Hatch: f.hatch})
	}
	return out
}
