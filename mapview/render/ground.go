package render

import (
	"sync"

	"github.com/paulmach/orb"

	"nabar/model/symbology"
)

// grounds keeps the land of a view that is drawn again and again, as while somebody tries something out: filling the kommun's
// border takes a good part of a picture, and never changes. It is safe for concurrent use.
type grounds struct {
	mu    sync.Mutex
	key   groundKey
	times int // that the view has been drawn
	kept  *keptGround
}

// groundKey is all that the land depends on.
type groundKey struct {
	view   View
	theme  symbology.Theme
	border *orb.Polygon
}

const (
	timesKept  = 2       // from which time on a view's land is kept: while the map moves no view comes twice
	mostGround = 8 << 20 // pixels that are kept: those of a screen
)

// of gives what is kept of the land of a view, nil where nothing is. The border must not be empty.
func (g *grounds) of(v View, theme symbology.Theme, border orb.MultiPolygon) *keptGround {
	g.mu.Lock()
	defer g.mu.Unlock()
	key := groundKey{v, theme, &border[0]}
	if key != g.key {
		g.key, g.times, g.kept = key, 0, nil
	}
	g.times++
	if g.times >= timesKept && g.kept == nil && v.Width*v.Height <= mostGround {
		g.kept = &keptGround{stride: 4 * v.Width, pix: make([]uint8, 4*v.Width*v.Height), bands: make([]sync.Once, (v.Height+bandRows-1)/bandRows)}
	}
	return g.kept
}

// keptGround is the land of a view, band by band, each kept when it is first drawn.
type keptGround struct {
	stride int
	pix    []uint8
	bands  []sync.Once
}

// groundItem is the land within the border upon what lies beyond it.
type groundItem struct {
	items []item
	kept  *keptGround // nil for none
}

func (g *groundItem) raster(r *Raster) {
	draw := func() {
		for _, i := range g.items {
			i.raster(r)
		}
	}
	if g.kept == nil {
		draw()
		return
	}
	drawn := false
	g.kept.bands[r.mask.top/bandRows].Do(func() {
		draw()
		g.rows(r, func(row, kept []uint8) { copy(kept, row) })
		drawn = true
	})
	if !drawn {
		g.rows(r, func(row, kept []uint8) { copy(row, kept) })
	}
}

// rows gives each row of the band beside what is kept of it.
func (g *groundItem) rows(r *Raster, do func(row, kept []uint8)) {
	for y := r.mask.top; y < r.mask.top+r.mask.h; y++ {
		do(r.row(y), g.kept.pix[y*g.kept.stride:(y+1)*g.kept.stride])
	}
}

func (g *groundItem) vector(c Canvas) {
	for _, i := range g.items {
		i.vector(c)
	}
}
