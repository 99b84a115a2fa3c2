package scenario

import (
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"nabar/internal/i18n"
	"nabar/model"
)

// AddPeople builds homes: a square of its own at a position, with people.
type AddPeople struct {
	ID     string      `json:"id"`
	Name   string      `json:"name,omitempty"`
	At     orb.Point   `json:"at"` // SWEREF 99 TM
	People int         `json:"people"`
	Women  *int        `json:"women,omitempty"` // nil where it is not known
	Ages   []AgePeople `json:"ages,omitempty"`  // none where it is not known
	// Average gives the people the sexes and ages of the project's own, in place of Women and Ages.
	Average bool `json:"average,omitempty"`
}

// AgePeople is how many are in a span of ages, both ends inclusive; To is -1 for "and older".
type AgePeople struct {
	From   int `json:"from"`
	To     int `json:"to"`
	People int `json:"people"`
}

// Forecast replaces the population of areas with that of another year, as a layer told when the step was made. The people of
// an area are scaled to its number, sexes and ages in proportion, or, where the layer tells the people by age, each age to its own. Squares outside all areas are left as they are.
type Forecast struct {
	ID     string       `json:"id"`
	Layer  string       `json:"layer"`  // where the numbers come from
	Column string       `json:"column"` // often the year
	Areas  []AreaPeople `json:"areas,omitempty"`
	// Skipped is how many rows of the layer had no surface or no number that can be used.
	Skipped int `json:"skipped,omitempty"`
}

// AreaPeople is the people of an area. An area that is a square is kept as Box alone.
type AreaPeople struct {
	Name   string           `json:"name,omitempty"`
	Box    *[4]float64      `json:"box,omitempty"` // W, S, E, N
	Area   orb.MultiPolygon `json:"area,omitempty"`
	People int              `json:"people"`
	Ages   []AgePeople      `json:"ages,omitempty"` // of them, by age; empty where the layer does not tell
}

// housingSide is the side of the square that stands for new homes, in metres: Statistics Sweden's smallest.
const housingSide = 100

// mostPeople is beyond every housing area, and far below what overflows.
const mostPeople = 10_000_000

// Kind implements Modification.
func (AddPeople) Kind() Kind { return KindHousing }

// Kind implements Modification.
func (Forecast) Kind() Kind { return KindForecast }

// Describe implements Modification.
func (m AddPeople) Describe([]model.ServiceType) i18n.Message {
	if m.Name != "" {
		return i18n.M("mods.housing_named", m.Name, m.People, position(m.At))
	}
	return i18n.M("mods.housing", m.People, position(m.At))
}

// Describe implements Modification.
func (m Forecast) Describe([]model.ServiceType) i18n.Message {
	if m.Skipped > 0 {
		return i18n.M("mods.forecast_skipped", m.Column, m.Layer, m.Skipped)
	}
	if slices.ContainsFunc(m.Areas, func(a AreaPeople) bool { return len(a.Ages) > 0 }) {
		return i18n.M("more.forecast_ages", m.Column, m.Layer)
	}
	return i18n.M("mods.forecast", m.Column, m.Layer)
}

func (m AddPeople) id() string { return m.ID }

func (m AddPeople) withID(id string) Modification {
	m.ID = id
	return m
}

func (m Forecast) id() string { return m.ID }

func (m Forecast) withID(id string) Modification {
	m.ID = id
	return m
}

// compareIDs orders ids.
func compareIDs(a, b string) int { return strings.Compare(a, b) }

// modify puts the square in.
func (m AddPeople) modify(d *draft) {
	good := d.checkPosition(m.At)
	if m.People < 0 || m.People > mostPeople {
		d.fault(i18n.M("mods.fault_people"))
		good = false
	} else if m.Women != nil && (*m.Women < 0 || *m.Women > m.People) || !m.agesSound() {
		d.fault(i18n.M("mods.fault_profile", m.People))
		good = false
	}
	c := model.Cell{ID: m.ID, Centre: m.At, Size: housingSide, People: m.People, Women: -1, Men: -1, Inside: inside(d.base.Border, m.At)}
	if !good || !d.freeCell(m.ID) {
		return
	}
	switch {
	case m.Average:
		averageProfile(&c, d.base.Cells)
	default:
		m.profile(&c)
	}
	d.addCell(c)
}

// agesSound tells whether the ages are spans in order that hold no more than all people.
func (m AddPeople) agesSound() bool {
	sum, next := 0, 0
	for _, a := range m.Ages {
		if a.From < next || a.To >= 0 && a.To < a.From || a.People < 0 || a.People > mostPeople {
			return false
		}
		sum += a.People
		if next = a.To + 1; a.To < 0 {
			next = math.MaxInt
		}
	}
	return sum <= m.People
}

// profile gives a square the sexes and ages that the step tells.
func (m AddPeople) profile(c *model.Cell) {
	if m.Women != nil {
		c.Women, c.Men = *m.Women, m.People-*m.Women
	}
	for _, a := range m.Ages {
		c.Ages = append(c.Ages, model.AgeCount{From: a.From, To: a.To, People: a.People, Women: -1, Men: -1})
	}
}

// averageProfile shares the people of a square over sexes and ages as those who live in the kommun are.
func averageProfile(c *model.Cell, cells []model.Cell) {
	sexes := make([]int, 2)
	var ages []model.AgeCount
	for i := range cells {
		o := &cells[i]
		if !o.Inside {
			continue
		}
		sexes[0], sexes[1] = sexes[0]+max(o.Women, 0), sexes[1]+max(o.Men, 0)
		for _, a := range o.Ages {
			at, found := slices.BinarySearchFunc(ages, a, func(x, y model.AgeCount) int {
				if x.From != y.From {
					return x.From - y.From
				}
				return x.To - y.To
			})
			if !found {
				ages = slices.Insert(ages, at, model.AgeCount{From: a.From, To: a.To, Women: -1, Men: -1})
			}
			ages[at].People += max(a.People, 0)
		}
	}
	if share(c.People, sexes) {
		c.Women, c.Men = sexes[0], sexes[1]
	}
	counts := make([]int, len(ages))
	for i := range ages {
		counts[i] = ages[i].People
	}
	if share(c.People, counts) {
		for i := range ages {
			ages[i].People = counts[i]
		}
		c.Ages = ages
	}
}

// share parts a number in proportion to weights, which it replaces: each part is what the sum so far, rounded, adds. ok is
// false where all weights are 0.
func share(number int, weights []int) (ok bool) {
	total := 0
	for _, w := range weights {
		total += w
	}
	if total == 0 {
		return false
	}
	so, given := 0, 0
	for i, w := range weights {
		so += w
		weights[i] = int(math.Round(float64(number)*float64(so)/float64(total))) - given
		given += weights[i]
	}
	return true
}

// inside tells whether a position lies in the kommun, as it does where there is no border.
func inside(border orb.MultiPolygon, at orb.Point) bool {
	return len(border) == 0 || planar.MultiPolygonContains(border, at)
}

// freeCell tells whether no square has an id, or notes that one has.
func (d *draft) freeCell(id string) bool {
	if id == "" || slices.ContainsFunc(d.out.Cells, func(c model.Cell) bool { return c.ID == id }) {
		d.fault(i18n.M("mods.fault_cell", id))
		return false
	}
	return true
}

// addCell puts a square in among the new ones, which stand after the project's own and by id.
func (d *draft) addCell(c model.Cell) {
	cells := d.cells()
	n := len(d.base.Cells)
	at, _ := slices.BinarySearchFunc(cells[n:], c.ID, func(o model.Cell, id string) int { return compareIDs(o.ID, id) })
	d.out.Cells = slices.Insert(cells, n+at, c)
}
