package render

import (
	"context"
	"fmt"
	"image"
	"sync"
	"sync/atomic"
)

// bandRows is the height of the bands that a picture is drawn in. It does not depend on the number of workers, so that
// the bytes do not either.
const bandRows = 96

// workers is how many bands are drawn at the same time.
const workers = 2

// Draw paints the view over all of dst, whose size must be the view's. When ctx ends it stops within a few
// milliseconds and gives its error; dst is then partly painted.
func (s *Scene) Draw(ctx context.Context, dst *image.RGBA, v View) error {
	return s.draw(ctx, dst, v, workers)
}

func (s *Scene) draw(ctx context.Context, dst *image.RGBA, v View, workers int) error {
	if dst.Rect.Dx() != v.Width || dst.Rect.Dy() != v.Height {
		return fmt.Errorf("render: image of %d x %d for a view of %d x %d",
			dst.Rect.Dx(), dst.Rect.Dy(), v.Width, v.Height)
	}
	if v.Width <= 0 || v.Height <= 0 {
		return ctx.Err()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	p := s.compose(v)
	if g, ok := p.items[0].(*groundItem); ok {
		g.kept = s.grounds.of(v, s.in.Theme, s.in.Snapshot.Border)
	}
	if err := p.prepare(ctx); err != nil {
		return err
	}
	bands := (v.Height + bandRows - 1) / bandRows
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(workers, bands) {
		wait.Go(func() {
			r := newBand(dst, 0, min(bandRows, v.Height))
			r.texts = s.texts
			for b := int(next.Add(1)) - 1; b < bands && ctx.Err() == nil; b = int(next.Add(1)) - 1 {
				r.move(b*bandRows, min((b+1)*bandRows, v.Height))
				p.band(ctx, r)
			}
		})
	}
	wait.Wait()
	return ctx.Err()
}

// band paints all items in the band of r.
func (p *picture) band(ctx context.Context, r *Raster) {
	for _, i := range p.items {
		if ctx.Err() != nil {
			return
		}
		i.raster(r)
	}
}

// Paint draws the same picture as Draw on a canvas, in one group that is clipped to the view's frame, with the details
// that the view's scale can show.
func (s *Scene) Paint(c Canvas, v View) {
	var frame Path
	frame.Rect(0, 0, float64(v.Width), float64(v.Height))
	c.Begin(Group{Name: "map", Clip: &frame})
	for _, i := range s.compose(v).items {
		i.vector(c)
	}
	c.End()
}
