package access

import (
	"errors"
	"math"
	"slices"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
)

// Compare tells who wins and who loses when the figures a become b. Both must answer the same question, about one service
// type by one impedance with the same limits; scenario, date, people and way of travelling may differ. Squares are known by
// their ids, so where people differ both must be counted by squares of one size; a square that only one of the two has is
// counted apart, never as changed. types gives the service type its name in the summary. Sums are of whole
// centimetres or milliseconds, so that they don't depend on the order of the squares.
func Compare(a, b *model.Result, types []model.ServiceType) (*model.Comparison, error) {
	if a.Query.Service != b.Query.Service || a.Query.Impedance != b.Query.Impedance || !slices.Equal(a.Query.Bands, b.Query.Bands) {
		return nil, errors.New("the results that are compared answer different questions")
	}
	before := make(map[string]float64, len(a.Cells))
	for i := range a.Cells {
		before[a.Cells[i].Cell] = a.Cells[i].Cost
	}
	c := &comparer{unit: unitsOf(b.Query.Impedance)}
	c.out = model.Comparison{A: a, B: b, People: b.People, Cells: make([]model.CellShift, len(b.Cells))}
	for _, to := range b.Query.Bands {
		c.out.Bands = append(c.out.Bands, model.BandShift{To: to})
	}
	for i := range b.Cells {
		if cost, known := before[b.Cells[i].Cell]; known {
			c.out.Cells[i] = c.add(&b.Cells[i], cost)
			delete(before, b.Cells[i].Cell)
		} else {
			c.out.Cells[i] = c.added(&b.Cells[i])
		}
	}
	for i := range a.Cells {
		if _, left := before[a.Cells[i].Cell]; left {
			c.out.Gone += a.Cells[i].People
			c.out.Cells = append(c.out.Cells, model.CellShift{
				Cell: a.Cells[i].Cell, People: a.Cells[i].People, Kind: model.ShiftGone, Before: a.Cells[i].Cost, After: math.NaN(),
			})
		}
	}
	c.out.Worse, c.out.Better = c.worse.shift(c.unit), c.better.shift(c.unit)
	c.out.Cost = model.TravelCost{PersonKm: math.NaN(), PersonHours: math.NaN()}
	net := float64(c.worse.sum-c.better.sum) / c.unit
	if b.Query.Impedance == model.Time {
		c.out.Cost.PersonHours = net / 3600
	} else {
		c.out.Cost.PersonKm = net / 1000
	}
	c.out.Summary = summary(&c.out, types)
	return &c.out, nil
}

// unitsOf is the number of the units that costs are held to in a metre or a second.
func unitsOf(i model.Impedance) float64 {
	if i == model.Time {
		return 1000
	}
	return 100
}

// comparer gathers a comparison.
type comparer struct {
	out           model.Comparison
	unit          float64
	worse, better shiftSum
}

// shiftSum sums a group in cost units.
type shiftSum struct {
	people    int
	sum, most int64
}

// add takes in people whose way has changed by difference, above 0.
func (s *shiftSum) add(people int, difference int64) {
	if people == 0 {
		return
	}
	s.people += people
	s.sum += difference * int64(people)
	s.most = max(s.most, difference)
}

// shift gives the figures of a group.
func (s *shiftSum) shift(unit float64) model.Shift {
	out := model.Shift{People: s.people, Mean: math.NaN(), Max: float64(s.most) / unit, Sum: float64(s.sum) / unit}
	if s.people > 0 {
		out.Mean = out.Sum / float64(s.people)
	}
	return out
}

// add compares one square.
func (c *comparer) add(cell *model.CellCost, before float64) model.CellShift {
	out := model.CellShift{Cell: cell.Cell, People: cell.People, Before: before, After: cell.Cost}
	had, has := !math.IsNaN(before), !math.IsNaN(cell.Cost)
	switch difference := c.difference(before, cell.Cost); {
	case had && !has:
		out.Kind = model.ShiftUnreached
		c.out.NewlyUnreached += cell.People
	case !had && has:
		out.Kind = model.ShiftReached
		c.out.NewlyReached += cell.People
	case difference > 0:
		out.Kind = model.ShiftWorse
		c.worse.add(cell.People, difference)
	case difference < 0:
		out.Kind = model.ShiftBetter
		c.better.add(cell.People, -difference)
	default:
		out.Kind = model.ShiftUnchanged
		c.out.Unchanged += cell.People
	}
	c.bands(cell.People, before, cell.Cost)
	return out
}

// added counts a square that A does not have.
func (c *comparer) added(cell *model.CellCost) model.CellShift {
	c.out.Added += cell.People
	for i := range c.out.Bands {
		if b := &c.out.Bands[i]; c.within(cell.Cost, b.To) {
			b.After, b.Added = b.After+cell.People, b.Added+cell.People
		}
	}
	return model.CellShift{Cell: cell.Cell, People: cell.People, Kind: model.ShiftAdded, Before: math.NaN(), After: cell.Cost}
}

// within tells whether a cost is at or under a limit; what is unreached is not.
func (c *comparer) within(cost, to float64) bool {
	return math.Round(cost*c.unit) <= math.Floor(to*c.unit+1e-4)
}

// difference is after less before in cost units, 0 where either is unreached.
func (c *comparer) difference(before, after float64) int64 {
	if math.IsNaN(before) || math.IsNaN(after) {
		return 0
	}
	return int64(math.Round(after*c.unit)) - int64(math.Round(before*c.unit))
}

// bands counts people at each limit. What is unreached is within none.
func (c *comparer) bands(people int, before, after float64) {
	for i := range c.out.Bands {
		b := &c.out.Bands[i]
		was, is := c.within(before, b.To), c.within(after, b.To)
		if was {
			b.Before += people
		}
		if is {
			b.After += people
		}
		if was && !is {
			b.Beyond += people
		}
		if is && !was {
			b.Within += people
		}
	}
}

// summary says a comparison in one sentence.
func summary(c *model.Comparison, types []model.ServiceType) i18n.Message {
	service := c.B.Query.Service
	length := func(v float64) any { return i18n.Metres(v) }
	if c.B.Query.Impedance == model.Time {
		length = func(v float64) any { return i18n.Seconds(v) }
	}
	var parts []i18n.Message
	if c.Worse.People > 0 {
		parts = append(parts, i18n.M("scenario.sum_worse", c.Worse.People, length(c.Worse.Mean)))
	}
	if c.NewlyUnreached > 0 {
		parts = append(parts, i18n.M("scenario.sum_lost", c.NewlyUnreached))
	}
	if c.Better.People > 0 {
		parts = append(parts, i18n.M("scenario.sum_better", c.Better.People, length(c.Better.Mean)))
	}
	if c.NewlyReached > 0 {
		parts = append(parts, i18n.M("scenario.sum_gained", c.NewlyReached))
	}
	if c.Added > 0 {
		parts = append(parts, i18n.M("series.sum_added", c.Added))
	}
	if c.Gone > 0 {
		parts = append(parts, i18n.M("series.sum_gone", c.Gone))
	}
	if len(parts) == 0 {
		return i18n.M("scenario.sum_nothing", scenario.TypeWord(types, service))
	}
	label := i18n.Plain(service)
	if i := slices.IndexFunc(types, func(t model.ServiceType) bool { return t.ID == service }); i >= 0 {
		label = types[i].Label()
	}
	return i18n.M("scenario.sum", label, scenario.Sentence(parts))
}
