package mapview

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	buttonSize = 34 // units
	buttonGap  = 12 // units from the map's corner
	plateRound = 4
)

// mapButtons is how many buttons the map has.
const mapButtons = 5

// newButtons makes + − and home, and back and forward.
func (m *Map) newButtons() *fyne.Container {
	in := widget.NewButtonWithIcon("", theme.ContentAddIcon(), m.ZoomIn)
	out := widget.NewButtonWithIcon("", theme.ContentRemoveIcon(), m.ZoomOut)
	home := widget.NewButtonWithIcon("", theme.HomeIcon(), m.Home)
	back := widget.NewButtonWithIcon("", theme.NavigateBackIcon(), m.Back)
	forward := widget.NewButtonWithIcon("", theme.NavigateNextIcon(), m.Forward)
	for _, b := range []*widget.Button{in, out, home, back, forward} {
		b.Importance = widget.LowImportance
	}
	return container.New(layout.NewGridLayout(1), in, out, home, back, forward)
}

// place puts the last picture where it belongs in the present view. Without a zoom in between it is held to whole
// device pixels, so that it stays sharp.
func (m *Map) place() {
	m.placeMarks()
	m.PlaceCarried()
	m.placeSketch()
	m.placeTether()
	m.placeDrawn()
	if m.shown.img == nil {
		return
	}
	k := m.pixels()
	v := m.shown.view
	zoom := v.Scale * k / m.scale
	w, h := float64(v.Width)/k*zoom, float64(v.Height)/k*zoom
	size := m.Size()
	x := float64(size.Width)/2 + (v.Centre[0]-m.centre[0])/m.scale - w/2
	y := float64(size.Height)/2 - (v.Centre[1]-m.centre[1])/m.scale - h/2
	if zoom == 1 {
		x, y = math.Round(x*k)/k, math.Round(y*k)/k
	}
	m.image.Resize(fyne.NewSize(float32(w), float32(h)))
	m.image.Move(fyne.NewPos(float32(x), float32(y)))
}

// MinSize is what a map needs to be of use.
func (m *Map) MinSize() fyne.Size {
	m.ExtendBaseWidget(m)
	return fyne.NewSize(240, 200)
}

// Resize shows the home area; once the user has gone elsewhere it keeps the middle of the map in the middle.
func (m *Map) Resize(size fyne.Size) {
	if size == m.Size() {
		return
	}
	m.BaseWidget.Resize(size)
	if !m.moved {
		m.Home()
	}
	m.follow(true)
}

// CreateRenderer is Fyne's hook.
func (m *Map) CreateRenderer() fyne.WidgetRenderer {
	m.ExtendBaseWidget(m)
	m.placeSketch()
	m.placeDrawn()
	r := &mapRenderer{m: m}
	r.objects = []fyne.CanvasObject{m.image, m.marks.frame, m.marks.halo, m.marks.ring, m.drawn.objects, m.sketch.lines, m.tether.box, m.carried, m.band, m.focus, m.plate, m.buttons}
	m.paint()
	return r
}

// mapRenderer lays the few objects of the map out. It draws nothing.
type mapRenderer struct {
	m       *Map
	objects []fyne.CanvasObject
}

func (r *mapRenderer) Layout(size fyne.Size) {
	r.m.focus.Resize(size)
	gap := theme.Padding()
	at, area := fyne.NewPos(size.Width-buttonSize-buttonGap, buttonGap), fyne.NewSize(buttonSize, mapButtons*buttonSize+(mapButtons-1)*gap)
	r.m.buttons.Resize(area)
	r.m.buttons.Move(at)
	r.m.plate.Resize(area)
	r.m.plate.Move(at)
	r.m.place()
}

func (r *mapRenderer) MinSize() fyne.Size { return r.m.MinSize() }

func (r *mapRenderer) Refresh() {
	r.m.paint()
	r.m.place()
	r.m.buttons.Refresh()
}

func (r *mapRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *mapRenderer) Destroy() {}
