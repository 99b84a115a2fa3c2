package render

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"

	"nabar/model"
)

// Cells are the squares of a project made ready for drawing, in Hilbert order. They never change; one Cells serves any
// number of scenes.
type Cells struct {
	bounds orb.Bound
	boxes  []orb.Bound
	index  []int // in the slice that they were prepared from
	ids    []string
	people []int
	inside []bool
}

// PrepareCells makes squares ready.
func PrepareCells(cells []model.Cell) *Cells {
	c := &Cells{}
	if len(cells) == 0 {
		return c
	}
	c.bounds = cellBox(&cells[0])
	for i := range cells {
		c.bounds = c.bounds.Union(cellBox(&cells[i]))
	}
	order := make([]int, len(cells))
	keys := make([]uint32, len(cells))
	for i := range cells {
		order[i], keys[i] = i, hilbert(cells[i].Centre, c.bounds)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(keys[a], keys[b]) })
	for _, i := range order {
		c.boxes = append(c.boxes, cellBox(&cells[i]))
		c.index = append(c.index, i)
		c.ids = append(c.ids, cells[i].ID)
		c.people = append(c.people, cells[i].People)
		c.inside = append(c.inside, cells[i].Inside)
	}
	return c
}

// Bounds gives the rectangle around all squares; zero where there are none.
func (c *Cells) Bounds() orb.Bound { return c.bounds }

// insideBounds gives the rectangle around the squares in the kommun, or around all where none is.
func (c *Cells) insideBounds() orb.Bound {
	var b orb.Bound
	found := false
	for i, box := range c.boxes {
		switch {
		case !c.inside[i]:
		case !found:
			b, found = box, true
		default:
			b = b.Union(box)
		}
	}
	if !found {
		return c.bounds
	}
	return b
}

// cellBox gives the ground that a square covers.
func cellBox(c *model.Cell) orb.Bound {
	h := c.Size / 2
	return orb.Bound{
		Min: orb.Point{c.Centre[0] - h, c.Centre[1] - h},
		Max: orb.Point{c.Centre[0] + h, c.Centre[1] + h},
	}
}
