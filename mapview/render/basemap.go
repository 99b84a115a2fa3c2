package render

import (
	"context"
	"image"
	"math"
	"slices"
	"sync"

	"github.com/paulmach/orb"

	"nabar/model"
	"nabar/model/crs"
	"nabar/model/format/tile"
	"nabar/model/symbology"
)

// Basemap is a layer whose picture lies under all others.
type Basemap struct {
	Layer model.Layer
	Tiles *Tiles // nil for a file that is out of reach: the map goes on without
}

// shownBasemap is a basemap that is visible.
type shownBasemap struct {
	Basemap
	style   symbology.Style
	opacity float64
}

// nightly is how strongly a basemap, made for daylight, shows on a dark map.
const nightly = 0.45

// gatherBasemaps takes up the visible basemaps.
func (s *Scene) gatherBasemaps() {
	for _, b := range s.in.Basemaps {
		if b.Tiles == nil || !b.Layer.Visible {
			continue
		}
		style, err := symbology.ParseStyle(b.Layer.Style)
		if err != nil {
			style = symbology.Style{}
		}
		shown := shownBasemap{b, style, layerOpacity(b.Layer)}
		if s.in.Theme == symbology.Dark {
			shown.opacity *= nightly
		}
		s.bases = append(s.bases, shown)
	}
}

// named tells whether the map shows a basemap that has names of its own.
func (s *Scene) named() bool {
	return slices.ContainsFunc(s.bases, func(b shownBasemap) bool { return b.Tiles.info.Kind.Raster() && b.opacity > 0.3 })
}

// addBasemaps lays the basemaps on the ground, the lowest first.
func (s *Scene) addBasemaps(p *picture) {
	for i := range s.bases {
		b := &s.bases[i]
		if b.style.ShownAt(p.view.Denominator()) {
			p.add(&basemapItem{scene: s, base: b, view: p.view, plan: b.Tiles.plan(p.view), first: i == 0})
		}
	}
}

// preparer is an item that fetches what it draws before the drawing begins.
type preparer interface {
	prepare(ctx context.Context) error
}

// prepare readies all items that need it.
func (p *picture) prepare(ctx context.Context) error {
	for _, i := range p.items {
		if q, ok := i.(preparer); ok {
			if err := q.prepare(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// basemapItem is a basemap in a view. Its tiles are Web Mercator's: each pixel is looked up where it lies there, exactly at the
// corners of small squares and linearly in between.
type basemapItem struct {
	scene *Scene
	base  *shownBasemap
	view  View
	plan  tilePlan
	first bool          // the lowest of the view's basemaps
	grid  []*image.RGBA // of the plan's tiles, row by row
	whole *image.RGBA   // the finished picture, where it was made beforehand
}

// warpedPicture is a finished picture of a view: a map whose colours change while it stands still need not be looked up again.
type warpedPicture struct {
	view View
	img  *image.RGBA
}

// prepare fetches the tiles. A map on a screen is drawn with what is there soon, all others with everything.
func (b *basemapItem) prepare(ctx context.Context) error {
	t := b.base.Tiles
	if !b.scene.in.Live {
		var err error
		b.grid, err = t.all(ctx, b.plan.keys())
		return err
	}
	if b.whole = t.finished(b.view); b.whole != nil {
		return nil
	}
	complete := false
	b.grid, complete = t.soon(ctx, b.plan.keys())
	if err := ctx.Err(); err != nil {
		return err
	}
	img := image.NewRGBA(image.Rect(0, 0, b.view.Width, b.view.Height))
	b.warp(img)
	b.whole = img
	if complete {
		t.finish(b.view, img)
	}
	return nil
}

// finished gives the picture of a view that was made before.
func (t *Tiles) finished(v View) *image.RGBA {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := range t.last {
		if t.last[i].view == v {
			return t.last[i].img
		}
	}
	return nil
}

// finish keeps a complete picture, in place of the older of those that are kept.
func (t *Tiles) finish(v View, img *image.RGBA) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last[0], t.last[1] = warpedPicture{v, img}, t.last[0]
}

// warp looks a whole picture up, in two halves at the same time.
func (b *basemapItem) warp(img *image.RGBA) {
	cells := (img.Rect.Dy() + meshStep - 1) / meshStep
	middle := min(cells/2*meshStep, img.Rect.Dy())
	var wait sync.WaitGroup
	wait.Go(func() { b.rows(img.Pix, img.Stride, img.Rect.Dx(), 0, middle, 1) })
	wait.Go(func() { b.rows(img.Pix[middle*img.Stride:], img.Stride, img.Rect.Dx(), middle, img.Rect.Dy(), 1) })
	wait.Wait()
}

func (b *basemapItem) raster(r *Raster) {
	top, height := r.mask.top, r.mask.h
	if b.whole == nil {
		if b.grid != nil {
			from := r.dst.PixOffset(r.dst.Rect.Min.X, r.dst.Rect.Min.Y+top)
			b.rows(r.dst.Pix[from:], r.dst.Stride, r.mask.w, top, top+height, b.base.opacity)
		}
		return
	}
	strength := uint32(math.Round(b.base.opacity * 256))
	for y := top; y < top+height; y++ {
		row, from := r.row(y), b.whole.Pix[y*b.whole.Stride:]
		for i := 0; i+3 < len(row); i += 4 {
			lay(row[i:i+4:i+4], from[i], from[i+1], from[i+2], from[i+3], strength)
		}
	}
}

// The picture that stands for a basemap where it is drawn with vectors: pixels an inch, and at most so many in all.
const (
	basemapDPI    = 200
	basemapPixels = 12e6
)

// vector gives the ground and all basemaps as one picture that lets nothing through, once.
func (b *basemapItem) vector(c Canvas) {
	imager, ok := c.(Imager)
	if !ok || !b.first {
		return
	}
	v := b.view
	k := basemapDPI / (96 * v.unit())
	k = math.Min(k, math.Sqrt(basemapPixels/(float64(v.Width)*float64(v.Height)+1)))
	fine := View{
		Centre: v.Centre, Scale: v.Scale / k, Unit: v.unit() * k,
		Width: max(round(float64(v.Width)*k), 1), Height: max(round(float64(v.Height)*k), 1),
	}
	p := &picture{view: fine}
	b.scene.ground(p)
	b.scene.addBasemaps(p)
	if p.prepare(context.Background()) != nil {
		return
	}
	img := image.NewRGBA(image.Rect(0, 0, fine.Width, fine.Height))
	r := NewRaster(img)
	for _, i := range p.items {
		i.raster(r)
	}
	imager.Image(img, 0, 0, float64(v.Width), float64(v.Height))
}

// webMercator is the system of all tiles.
var webMercator = func() crs.CRS {
	c, _ := crs.ByEPSG(3857)
	return c
}()

// equator is the side of Web Mercator's world in its metres.
const equator = 2 * math.Pi * 6378137

// inTiles is a position in the square of the world that tiles part: 0 to 1 from the west and from the north. ok is false where the
// position has none.
func inTiles(p orb.Point) (u, v float64, ok bool) {
	m := webMercator.FromProject(p)
	u, v = m[0]/equator+0.5, 0.5-m[1]/equator
	return u, v, u >= -1 && u <= 2 && v >= -1 && v <= 2
}

// tilePlan is which tiles a view is drawn with.
type tilePlan struct {
	z              uint8
	halved         uint8
	x0, y0, x1, y1 uint32 // the first and last column and row
	side           int    // pixels of a picture
	none           bool
}

// finest is how much smaller than on the screen the letters of a basemap may be on a medium of more pixels.
const finest = 1.5

// plan chooses the level whose pixels are nearest in size to the view's, and of it the tiles that the view and the archive's bounds
// share. Where these are more than there is room for, it is a level above.
func (t *Tiles) plan(v View) tilePlan {
	geographic := crs.WGS84.FromProject(v.Centre)
	wanted := v.Scale * math.Max(1, v.unit()/finest) / crs.GridFactor(v.Centre)
	whole := equator * math.Cos(geographic[1]*math.Pi/180) / float64(t.side) // metres a pixel of level 0
	exact := math.Log2(whole / wanted)
	if math.IsNaN(exact) {
		return tilePlan{none: true}
	}
	z := math.Min(math.Max(math.Round(exact), float64(t.info.MinZoom)), float64(t.lastZoom()))
	halved := math.Min(math.Max(math.Round(z-exact), 0), 5)
	most := t.limit / 2 / (4 * t.side * t.side)
	for ; z >= float64(t.info.MinZoom); z-- {
		p := t.cover(v, uint8(z))
		p.halved, p.side = uint8(halved), max(t.side>>uint8(halved), 1)
		if p.none || p.count() <= most {
			return p
		}
	}
	return tilePlan{none: true}
}

// cover gives the tiles of a level that a view and the archive's bounds share.
func (t *Tiles) cover(v View, z uint8) tilePlan {
	const steps = 24
	low, high := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for i := range steps + 1 {
		for j := range steps + 1 {
			x, y := float64(i)/steps*float64(v.Width), float64(j)/steps*float64(v.Height)
			if u, w, ok := inTiles(v.ToWorld(x, y)); ok {
				low = [2]float64{math.Min(low[0], u), math.Min(low[1], w)}
				high = [2]float64{math.Max(high[0], u), math.Max(high[1], w)}
			}
		}
	}
	west, south := unitOf(t.info.Bounds.Min)
	east, north := unitOf(t.info.Bounds.Max)
	low = [2]float64{math.Max(low[0], west), math.Max(low[1], north)}
	high = [2]float64{math.Min(high[0], east), math.Min(high[1], south)}
	if !(low[0] < high[0] && low[1] < high[1]) {
		return tilePlan{none: true}
	}
	n := math.Exp2(float64(z))
	first := func(u float64) uint32 { return uint32(math.Min(math.Max(math.Floor(u*n+1e-9), 0), n-1)) }
	last := func(u float64) uint32 { return uint32(math.Min(math.Max(math.Ceil(u*n-1e-9)-1, 0), n-1)) }
	return tilePlan{z: z, x0: first(low[0]), y0: first(low[1]), x1: last(high[0]), y1: last(high[1])}
}

// unitOf is a position in degrees in the square of the world.
func unitOf(p orb.Point) (u, v float64) {
	lat := math.Min(math.Max(p[1], -tile.MaxLatitude), tile.MaxLatitude) * math.Pi / 180
	return p[0]/360 + 0.5, 0.5 - math.Asinh(math.Tan(lat))/(2*math.Pi)
}

// count is how many tiles there are.
func (p tilePlan) count() int {
	if p.none {
		return 0
	}
	return (int(p.x1-p.x0) + 1) * (int(p.y1-p.y0) + 1)
}

// keys lists the tiles row by row.
func (p tilePlan) keys() []picKey {
	if p.none {
		return []picKey{}
	}
	out := make([]picKey, 0, p.count())
	for y := p.y0; y <= p.y1; y++ {
		for x := p.x0; x <= p.x1; x++ {
			out = append(out, picKey{tile.Key{Z: p.z, X: x, Y: y}, p.halved})
		}
	}
	return out
}

// credit names who made the basemap: as its file says, else by its name.
func (b *shownBasemap) credit() string {
	if b.Tiles.info.Attribution != "" {
		return b.Tiles.info.Attribution
	}
	return b.Layer.Name
}
