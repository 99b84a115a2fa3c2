package mapview

import (
	"context"
	"image"

	"nabar/mapview/render"
)

// Ahead is a picture of the map that its user draws in a goroutine of its own, together with what is to be shown beside
// it, so that both come in one turn of the window's thread. It has no margin: it is for pictures that follow each other fast
// while the map stays.
type Ahead struct {
	m     *Map
	frame frame
}

// Ahead readies the drawing of what is visible now.
func (m *Map) Ahead() *Ahead { return &Ahead{m: m, frame: frame{view: m.View()}} }

// Draw draws the picture by r. It may be called from any goroutine, once.
func (a *Ahead) Draw(ctx context.Context, r Renderer) error {
	v := a.frame.view
	if v.Width <= 0 || v.Height <= 0 {
		return nil
	}
	a.frame.source, a.frame.img = r, a.m.frames.take(v)
	return r.Draw(ctx, a.frame.img, v)
}

// Show puts the picture on the map, whose renderer becomes that of the picture. Where the map has been moved since, a new
// picture is drawn as well.
func (a *Ahead) Show() {
	m := a.m
	if a.frame.img == nil {
		return
	}
	m.frames.renewSource(a.frame.source)
	m.show(a.frame)
	if m.View() != a.frame.view {
		m.redraw()
	}
}

// take gives an idle buffer for a view, or a new one.
func (f *frames) take(v render.View) *image.RGBA {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.buffer(v.Width, v.Height)
}
