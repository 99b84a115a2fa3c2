package scenario

import (
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"nabar/internal/i18n"
	"nabar/model"
)

// ChangePeople lets the population grow or shrink by a percentage. People stay whole: the rounding of each square is
// carried on to the next, so that the change of the sum is right to half a person.
type ChangePeople struct {
	Percent float64          `json:"percent"`         // −100 to 1 000
	Ages    *AgeSpan         `json:"ages,omitempty"`  // nil for all ages
	Area    orb.MultiPolygon `json:"area,omitempty"`  // of squares by their centre; empty for everywhere
	Where   string           `json:"where,omitempty"` // what the area is called
}

// AgeSpan is a span of ages, both ends inclusive; To is -1 for "and older". It must hold whole age classes.
type AgeSpan struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// The least and greatest change that makes sense; beyond them somebody has written a number for a percentage.
const (
	leastPercent = -100
	mostPercent  = 1000
)

// Kind implements Modification.
func (ChangePeople) Kind() Kind { return KindPeople }

// Describe implements Modification.
func (m ChangePeople) Describe([]model.ServiceType) i18n.Message {
	key := "scenario.people_more"
	if m.Percent < 0 {
		key = "scenario.people_less"
	}
	who, where := i18n.M("scenario.people_all"), i18n.M("scenario.people_everywhere")
	if m.Ages != nil {
		who = i18n.M("scenario.people_ages", m.Ages.text())
	}
	switch {
	case m.Where != "":
		where = i18n.M("mods.people_in", m.Where)
	case len(m.Area) > 0:
		where = i18n.M("scenario.people_area")
	}
	return i18n.M(key, who, i18n.Share(math.Abs(m.Percent)/100), where)
}

// text writes a span of ages: "70–79", "80–".
func (a AgeSpan) text() string {
	if a.To < 0 {
		return fmt.Sprintf("%d–", a.From)
	}
	return fmt.Sprintf("%d–%d", a.From, a.To)
}

// holds tells whether an age class lies wholly in the span.
func (a AgeSpan) holds(c model.AgeCount) bool {
	return c.From >= a.From && (a.To < 0 || c.To >= 0 && c.To <= a.To)
}

// splits tells whether an age class lies partly in the span.
func (a AgeSpan) splits(c model.AgeCount) bool {
	overlap := (c.To < 0 || c.To >= a.From) && (a.To < 0 || c.From <= a.To)
	return overlap && !a.holds(c)
}

// modify changes the squares.
func (m ChangePeople) modify(d *draft) {
	if !(m.Percent >= leastPercent && m.Percent <= mostPercent) {
		d.fault(i18n.M("scenario.fault_percent"))
		return
	}
	squares := m.squares(d.out.Cells)
	if len(squares) == 0 {
		d.fault(i18n.M("scenario.fault_area"))
		return
	}
	if m.Ages != nil && !m.agesFit(d.out.Cells, squares) {
		d.fault(i18n.M("scenario.fault_ages", m.Ages.text()))
		return
	}
	cells := d.cells()
	growths := map[string]*growth{}
	for _, i := range squares {
		m.grow(&cells[i], growths)
	}
}

// squares lists the squares of the area.
func (m ChangePeople) squares(cells []model.Cell) []int {
	if len(m.Area) == 0 && m.Where != "" {
		return nil // an area that has not been found is not everywhere
	}
	var out []int
	bound := m.Area.Bound()
	for i := range cells {
		at := cells[i].Centre
		if len(m.Area) == 0 || bound.Contains(at) && planar.MultiPolygonContains(m.Area, at) {
			out = append(out, i)
		}
	}
	return out
}

// agesFit tells whether the squares have age classes in the span and none that it cuts.
func (m ChangePeople) agesFit(cells []model.Cell, squares []int) bool {
	some := false
	for _, i := range squares {
		for _, c := range cells[i].Ages {
			if m.Ages.splits(c) {
				return false
			}
			some = some || m.Ages.holds(c)
		}
	}
	return some
}

// grow changes one square. Each count grows by itself; the parts are not made to add up, as they don't in the source.
func (m ChangePeople) grow(c *model.Cell, growths map[string]*growth) {
	scale := func(what string, n int) int { return m.scale(growths, what, n) }
	if m.Ages == nil {
		c.People, c.Women, c.Men = scale("people", c.People), scale("women", c.Women), scale("men", c.Men)
	}
	c.Ages = slices.Clone(c.Ages)
	for i := range c.Ages {
		a := &c.Ages[i]
		if m.Ages != nil && !m.Ages.holds(*a) {
			continue
		}
		was, key := *a, fmt.Sprint(a.From, " ", a.To)
		a.People, a.Women, a.Men = scale(key, a.People), scale(key+" women", a.Women), scale(key+" men", a.Men)
		if m.Ages == nil {
			continue
		}
		c.People = max(c.People+a.People-was.People, 0)
		if c.Women >= 0 {
			c.Women = max(c.Women+a.Women-was.Women, 0)
		}
		if c.Men >= 0 {
			c.Men = max(c.Men+a.Men-was.Men, 0)
		}
	}
}

// growth is the sum of a count so far, and what has been given out of it.
type growth struct {
	before int
	model.Carry
}

// scale changes one count; one that the source does not tell stays untold.
func (m ChangePeople) scale(growths map[string]*growth, what string, n int) int {
	if n <= 0 {
		return n
	}
	g := growths[what]
	if g == nil {
		g = &growth{}
		growths[what] = g
	}
	g.before += n
	return g.Next(float64(g.before) * (1 + m.Percent/100))
}
