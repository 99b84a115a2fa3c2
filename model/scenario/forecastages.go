package scenario

import (
	"cmp"
	"math"
	"slices"

	"nabar/model"
)

// fitSpans makes the spans of a forecast fit the age classes of squares: spans that a class is cut by become one, so that their
// people stay whole, and one that a class reaches out of into ages that nobody tells of is left out. The result is ascending.
func fitSpans(spans []AgePeople, cells []model.Cell, squares []int) []AgePeople {
	out := slices.Clone(spans)
	slices.SortFunc(out, func(a, b AgePeople) int { return cmp.Compare(a.From, b.From) })
	classes := map[AgeSpan]bool{}
	for _, i := range squares {
		for _, c := range cells[i].Ages {
			classes[AgeSpan{c.From, c.To}] = true
		}
	}
	for merged := true; merged; {
		merged = false
		for class := range classes {
			first, last := -1, -1
			for k := range out {
				if out[k].span().meets(class) {
					if first < 0 {
						first = k
					}
					last = k
				}
			}
			if first >= 0 && last > first {
				sum := out[first]
				for _, s := range out[first+1 : last+1] {
					sum.People += s.People
				}
				sum.To = out[last].To
				out = slices.Replace(out, first, last+1, sum)
				merged = true
			}
		}
	}
	return slices.DeleteFunc(out, func(s AgePeople) bool {
		for class := range classes {
			if s.span().splits(model.AgeCount{From: class.From, To: class.To}) {
				return true
			}
		}
		return false
	})
}

// span is the ages of the people.
func (a AgePeople) span() AgeSpan { return AgeSpan{a.From, a.To} }

// meets tells whether two spans have an age in common.
func (a AgeSpan) meets(b AgeSpan) bool {
	return (b.To < 0 || a.From <= b.To) && (a.To < 0 || b.From <= a.To)
}

// setAges gives the squares of an area a number of people by age, and together the number of the area. Each age group is parted in
// proportion to the people of that age who live there, or to all where none do. Ages that the forecast does not tell of stay as
// they are. It is false where an inhabited square or the forecast tells of no ages, or of none that fit each other.
func (d *draft) setAges(squares []int, a *AreaPeople) bool {
	cells := d.cells()
	if slices.ContainsFunc(squares, func(i int) bool { return cells[i].People > 0 && len(cells[i].Ages) == 0 }) {
		return false
	}
	squares = slices.DeleteFunc(slices.Clone(squares), func(i int) bool { return len(cells[i].Ages) == 0 })
	spans := fitSpans(a.Ages, cells, squares)
	if len(squares) == 0 || len(spans) == 0 {
		return false
	}
	people := make([]int, len(squares)) // by the ages alone
	for _, i := range squares {
		cells[i].Ages = slices.Clone(cells[i].Ages)
	}
	for _, s := range spans {
		d.setSpan(squares, s)
	}
	for k, i := range squares {
		for _, c := range cells[i].Ages {
			people[k] += max(c.People, 0)
		}
	}
	if !share(a.People, people) {
		return false
	}
	for k, i := range squares {
		c := &cells[i]
		was := c.People
		c.People = people[k]
		c.Women, c.Men = inProportion(c.Women, was, c.People), inProportion(c.Men, was, c.People)
	}
	return true
}

// setSpan gives the squares the people of one span of ages.
func (d *draft) setSpan(squares []int, s AgePeople) {
	var classes []*model.AgeCount
	var weights, all []int
	for _, i := range squares {
		for k := range d.out.Cells[i].Ages {
			if c := &d.out.Cells[i].Ages[k]; s.span().holds(*c) {
				classes = append(classes, c)
				weights, all = append(weights, max(c.People, 0)), append(all, max(d.out.Cells[i].People, 0))
			}
		}
	}
	if !share(s.People, weights) {
		copy(weights, all)
		if !share(s.People, weights) {
			for k := range weights {
				weights[k] = 1
			}
			share(s.People, weights)
		}
	}
	for k, c := range classes {
		was := c.People
		c.People = weights[k]
		c.Women, c.Men = inProportion(c.Women, was, c.People), inProportion(c.Men, was, c.People)
	}
}

// inProportion is a part of what was some people and is others, untold where it was; half where nobody was there.
func inProportion(part, was, is int) int {
	switch {
	case part < 0:
		return part
	case was <= 0:
		return is / 2
	}
	return int(math.Round(float64(part) * float64(is) / float64(was)))
}
