package scenario

import (
	"math"
	"slices"
	"strconv"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"nabar/internal/i18n"
	"nabar/model"
)

// soundAges tells whether the people by age are numbers of people.
func (a *AreaPeople) soundAges() bool {
	return !slices.ContainsFunc(a.Ages, func(g AgePeople) bool {
		return g.People < 0 || g.People > mostPeople || g.From < 0 || g.To >= 0 && g.To < g.From
	})
}

// forecastGrid is the side of the squares that cells are sorted into, in metres, so that each area looks at few.
const forecastGrid = 2000

// modify scales the people of each area. Where nobody lives in an area today its people come to the squares there, evenly, and
// where there is no square to one of its own.
func (m Forecast) modify(d *draft) {
	if len(m.Areas) == 0 {
		d.fault(i18n.M("mods.fault_no_forecast", m.Column, m.Layer))
		return
	}
	for _, a := range m.Areas {
		if a.People < 0 || a.People > mostPeople || !a.soundAges() || a.Box == nil && len(a.Area) == 0 || !finite(a.bound()) {
			d.fault(i18n.M("mods.fault_forecast", a.Name))
			return
		}
	}
	near := gridOf(d.out.Cells)
	taken := make([]bool, len(d.out.Cells)) // a square is in the first of the areas that hold it
	var added []model.Cell
	for i := range m.Areas {
		a := &m.Areas[i]
		squares := a.squares(d.out.Cells, near, taken)
		if len(squares) > 0 {
			if !d.setAges(squares, a) {
				d.setPeople(squares, a.People)
			}
		} else if a.People > 0 {
			at := a.centre()
			id := m.ID + "." + strconv.Itoa(i+1)
			added = append(added, model.Cell{ID: id, Centre: at, Size: a.side(), People: a.People, Women: -1, Men: -1, Inside: inside(d.base.Border, at)})
		}
	}
	for _, c := range added {
		if d.freeCell(c.ID) {
			d.addCell(c)
		}
	}
}

// gridSquare is a square of the grid.
type gridSquare [2]int

func gridAt(p orb.Point) gridSquare {
	return gridSquare{int(math.Floor(p[0] / forecastGrid)), int(math.Floor(p[1] / forecastGrid))}
}

// gridOf sorts cells into a grid, ascending in each.
func gridOf(cells []model.Cell) map[gridSquare][]int {
	out := map[gridSquare][]int{}
	for i := range cells {
		at := gridAt(cells[i].Centre)
		out[at] = append(out[at], i)
	}
	return out
}

// finite tells whether an area is no larger than the Earth.
func finite(b orb.Bound) bool {
	const most = 1e8 // metres
	return b.Min[0] > -most && b.Min[1] > -most && b.Max[0] < most && b.Max[1] < most && b.Min[0] <= b.Max[0] && b.Min[1] <= b.Max[1]
}

// bound is the box about the area.
func (a *AreaPeople) bound() orb.Bound {
	if a.Box != nil {
		return orb.Bound{Min: orb.Point{a.Box[0], a.Box[1]}, Max: orb.Point{a.Box[2], a.Box[3]}}
	}
	return a.Area.Bound()
}

// holds tells whether the area holds a position. Of a box the western and southern sides belong to it, so that a point
// between two boxes is in one.
func (a *AreaPeople) holds(p orb.Point) bool {
	if b := a.Box; b != nil {
		return b[0] <= p[0] && p[0] < b[2] && b[1] <= p[1] && p[1] < b[3]
	}
	return planar.MultiPolygonContains(a.Area, p)
}

// centre is the middle of the area.
func (a *AreaPeople) centre() orb.Point {
	if a.Box != nil {
		return a.bound().Center()
	}
	c, _ := planar.CentroidArea(a.Area)
	return c
}

// side is that of a square as large as the area's box is narrow.
func (a *AreaPeople) side() float64 {
	b := a.bound()
	return max(min(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]), 1)
}

// squares lists the squares in the area that no earlier area has taken, and takes them.
func (a *AreaPeople) squares(cells []model.Cell, near map[gridSquare][]int, taken []bool) (out []int) {
	b := a.bound()
	from, to := gridAt(b.Min), gridAt(b.Max)
	if (to[0]-from[0]+1)*(to[1]-from[1]+1) > len(near) { // a large area: all squares are fewer than its grid
		for i := range cells {
			if !taken[i] && b.Contains(cells[i].Centre) && a.holds(cells[i].Centre) {
				out, taken[i] = append(out, i), true
			}
		}
		return out
	}
	for x := from[0]; x <= to[0]; x++ {
		for y := from[1]; y <= to[1]; y++ {
			for _, i := range near[gridSquare{x, y}] {
				if !taken[i] && b.Contains(cells[i].Centre) && a.holds(cells[i].Centre) {
					out, taken[i] = append(out, i), true
				}
			}
		}
	}
	return out
}

// setPeople scales squares so that they hold a number of people together. Of squares where nobody lives each gets its
// share; their sexes and ages are not known then.
func (d *draft) setPeople(squares []int, people int) {
	cells := d.cells()
	before := make([]int, len(squares))
	for k, i := range squares {
		before[k] = max(cells[i].People, 0)
	}
	if share(people, before) {
		for k, i := range squares {
			scaleTo(&cells[i], before[k])
		}
		return
	}
	for k := range before {
		before[k] = 1
	}
	share(people, before)
	for k, i := range squares {
		cells[i].People, cells[i].Women, cells[i].Men, cells[i].Ages = before[k], -1, -1, nil
	}
}

// scaleTo gives a square another number of people, and its parts in proportion. The parts are not made to add up, as they
// don't in the source.
func scaleTo(c *model.Cell, people int) {
	was := c.People
	part := func(n int) int {
		if n <= 0 || was <= 0 {
			return n
		}
		return int(math.Round(float64(n) * float64(people) / float64(was)))
	}
	c.People, c.Women, c.Men = people, part(c.Women), part(c.Men)
	ages := make([]model.AgeCount, len(c.Ages))
	for i, a := range c.Ages {
		a.People, a.Women, a.Men = part(a.People), part(a.Women), part(a.Men)
		ages[i] = a
	}
	if c.Ages != nil {
		c.Ages = ages
	}
}
