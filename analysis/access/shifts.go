package access

import (
	"math"

	"nabar/internal/i18n"
	"nabar/model"
)

// ShiftGroups parts the people of a comparison by the breakdowns of some options: everybody first, then each group with all who
// lose and all who gain, not the one less the other. s is the snapshot of the comparison's B, whose people they are. Each square's
// change is that of the comparison; a group has its people of the square. The remarks are what the reader must know of the
// groups. Options other than By, Areas and Settlements do not count.
func ShiftGroups(s *model.Snapshot, c *model.Comparison, o model.FigureOptions) ([]model.GroupShift, []i18n.Message) {
	cells := countedIn(s)
	all := chosen{options: o, whole: cells, squares: cells, everywhere: part{weights: cells.everybody()}}
	parts, remarks := all.breakdowns()
	everybody := part{model.Group{Name: i18n.M("figures.everybody")}, cells.everybody()}
	shifts := make(map[string]*model.CellShift, len(c.Cells))
	for i := range c.Cells {
		if c.Cells[i].Kind != model.ShiftGone {
			shifts[c.Cells[i].Cell] = &c.Cells[i]
		}
	}
	var out []model.GroupShift
	for _, p := range append([]part{everybody}, parts...) {
		out = append(out, cells.shift(c, shifts, p))
	}
	return out, remarks
}

// shift compares the people of one group, whose counts are in parts of a person until the end.
func (s *squares) shift(c *model.Comparison, shifts map[string]*model.CellShift, p part) model.GroupShift {
	sum := comparer{unit: unitsOf(c.B.Query.Impedance)}
	for _, to := range c.B.Query.Bands {
		sum.out.Bands = append(sum.out.Bands, model.BandShift{To: to})
	}
	total := int64(0)
	for k, cell := range s.cells {
		change, known := shifts[cell.ID]
		weight := p.weights.of[k]
		if !known || weight == 0 {
			continue
		}
		total += weight
		after := model.CellCost{Cell: cell.ID, People: int(weight), Cost: change.After}
		if change.Kind == model.ShiftAdded {
			sum.added(&after)
		} else {
			sum.add(&after, change.Before)
		}
	}
	return sum.group(p, total)
}

// group gives the figures of a group in whole people. Unchanged are those that are left, so that the groups add up to all.
func (c *comparer) group(p part, total int64) model.GroupShift {
	whole := func(n int) int { return p.weights.whole(int64(n)) }
	g := model.GroupShift{
		By: p.group.By, ID: p.group.ID, Name: p.group.Name, Approximate: p.group.Approximate, Unknown: p.group.Unknown,
		People: p.weights.whole(total), Worse: c.worse.part(c.unit, p.weights), Better: c.better.part(c.unit, p.weights),
		NewlyUnreached: whole(c.out.NewlyUnreached), NewlyReached: whole(c.out.NewlyReached), Added: whole(c.out.Added),
	}
	g.Unchanged = max(g.People-g.Worse.People-g.Better.People-g.NewlyUnreached-g.NewlyReached-g.Added, 0)
	for _, b := range c.out.Bands {
		g.Bands = append(g.Bands, model.BandShift{
			To: b.To, Before: whole(b.Before), After: whole(b.After), Beyond: whole(b.Beyond), Within: whole(b.Within), Added: whole(b.Added),
		})
	}
	return g
}

// part gives the figures of a group whose people are counted in parts of a person.
func (s *shiftSum) part(unit float64, w weights) model.Shift {
	out := s.shift(unit)
	out.People, out.Sum = w.whole(int64(s.people)), out.Sum/float64(w.parts)
	if out.People == 0 {
		out.Mean = math.NaN()
	}
	return out
}
