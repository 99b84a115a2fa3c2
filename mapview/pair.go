package mapview

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/mapview/render"
)

const (
	grip      = 12 // units about the divider of a swipe that the mouse takes hold of
	divider   = 3  // units that it is drawn wide
	leastSeen = 24 // units of either map that a swipe leaves in sight
)

// Pair is two maps of the same place at the same scale: beside each other, or one over the other with a divider that is
// dragged from side to side. Moving one moves the other.
type Pair struct {
	widget.BaseWidget
	A, B *Map // to the left and to the right

	swipe     bool
	share     float32 // of the width to the left of the divider
	following bool    // one map is being moved after the other
	clip      *container.Clip
	inner     *fyne.Container // of the clip: as large as the whole
	handle    *handle
}

// NewPair makes two maps without pictures, beside each other.
func NewPair(dispatch Dispatcher) *Pair {
	p := &Pair{A: New(dispatch), B: New(dispatch), share: 0.5}
	p.inner = container.New(&whole{p}, p.A)
	p.clip = container.NewClip(p.inner)
	p.clip.ExtendBaseWidget(p.clip)
	p.handle = newHandle(p)
	p.A.OnViewChanged = func(render.View) { p.follow(p.B, p.A) }
	p.B.OnViewChanged = func(render.View) { p.follow(p.A, p.B) }
	p.A.plainCorner()
	p.ExtendBaseWidget(p)
	return p
}

// Close ends the drawing of both maps.
func (p *Pair) Close() {
	p.A.Close()
	p.B.Close()
}

// SetSwipe lays one map over the other, or both beside each other.
func (p *Pair) SetSwipe(on bool) {
	p.swipe = on
	p.Refresh()
}

// Swipe tells whether one map lies over the other.
func (p *Pair) Swipe() bool { return p.swipe }

// MoveDivider puts the divider of a swipe at a share of the width from the left; both maps stay in sight.
func (p *Pair) MoveDivider(share float32) {
	least := float32(0.5)
	if w := p.Size().Width; w > 2*leastSeen {
		least = leastSeen / w
	}
	p.share = min(max(share, least), 1-least)
	p.Refresh()
}

// follow shows in m what o shows.
func (p *Pair) follow(m, o *Map) {
	if p.following {
		return
	}
	p.following = true
	defer func() { p.following = false }()
	if m.centre == o.centre && m.scale == o.scale {
		return
	}
	same := m.scale == o.scale
	m.moved = true
	m.centre, m.scale = o.centre, o.scale
	m.follow(!same || !m.covered())
}

// MinSize is what two maps need.
func (p *Pair) MinSize() fyne.Size {
	p.ExtendBaseWidget(p)
	return fyne.NewSize(480, 240)
}

// CreateRenderer is Fyne's hook.
func (p *Pair) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	return &pairRenderer{p: p, objects: []fyne.CanvasObject{p.B, p.clip, p.handle}}
}

// pairRenderer lays the maps out.
type pairRenderer struct {
	p       *Pair
	objects []fyne.CanvasObject
}

func (r *pairRenderer) Layout(size fyne.Size) {
	p := r.p
	x := float32(int(size.Width * p.share))
	if !p.swipe {
		x = float32(int(size.Width / 2))
		p.B.Move(fyne.NewPos(x+divider, 0))
		p.B.Resize(fyne.NewSize(size.Width-x-divider, size.Height))
	} else {
		p.B.Move(fyne.NewPos(0, 0))
		p.B.Resize(size)
	}
	p.clip.Move(fyne.NewPos(0, 0))
	p.clip.Resize(fyne.NewSize(x, size.Height))
	p.inner.Resize(p.inner.MinSize().Max(p.clip.Size()))
	p.handle.Move(fyne.NewPos(x-(grip-divider)/2, 0))
	p.handle.Resize(fyne.NewSize(grip, size.Height))
}

func (r *pairRenderer) MinSize() fyne.Size { return r.p.MinSize() }

func (r *pairRenderer) Refresh() {
	r.Layout(r.p.Size())
	r.p.handle.Refresh()
	canvas.Refresh(r.p)
}

func (r *pairRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *pairRenderer) Destroy() {}

// whole gives the left map its room: the whole widget under a swipe, of which the clip shows a part.
type whole struct{ p *Pair }

// Layout gives the map all room.
func (w *whole) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

// MinSize is the room that the map takes whatever is seen of it.
func (w *whole) MinSize([]fyne.CanvasObject) fyne.Size {
	if w.p.swipe {
		return w.p.Size()
	}
	return fyne.NewSize(1, 1)
}

// handle is the divider, which the mouse drags in a swipe.
type handle struct {
	widget.BaseWidget
	p    *Pair
	line *canvas.Rectangle
}

var (
	_ fyne.Draggable     = (*handle)(nil)
	_ desktop.Cursorable = (*handle)(nil)
)

func newHandle(p *Pair) *handle {
	h := &handle{p: p, line: canvas.NewRectangle(color.Black)}
	h.ExtendBaseWidget(h)
	return h
}

// Dragged moves the divider.
func (h *handle) Dragged(ev *fyne.DragEvent) {
	if w := h.p.Size().Width; h.p.swipe && w > 0 {
		h.p.MoveDivider(h.p.share + ev.Dragged.DX/w)
	}
}

// DragEnd is Fyne's hook.
func (h *handle) DragEnd() {}

// Cursor shows that the divider can be dragged.
func (h *handle) Cursor() desktop.Cursor {
	if h.p.swipe {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer is Fyne's hook.
func (h *handle) CreateRenderer() fyne.WidgetRenderer {
	return &handleRenderer{h}
}

// handleRenderer draws the line in the middle of the grip.
type handleRenderer struct{ h *handle }

func (r *handleRenderer) Layout(size fyne.Size) {
	r.h.line.Move(fyne.NewPos((size.Width-divider)/2, 0))
	r.h.line.Resize(fyne.NewSize(divider, size.Height))
}
func (r *handleRenderer) MinSize() fyne.Size { return fyne.NewSize(grip, grip) }
func (r *handleRenderer) Refresh() {
	r.h.line.FillColor = theme.Color(theme.ColorNamePrimary)
	r.h.line.Refresh()
}
func (r *handleRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.h.line} }
func (r *handleRenderer) Destroy()                     {}
