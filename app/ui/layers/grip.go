package layers

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// grip is what a layer is dragged by to another place in the list; with the keys, the arrows move it.
type grip struct {
	widget.Icon
	drop    func(rows int) // as many rows down as it was dragged, up below 0
	height  func() float32 // of a row
	moved   float32
	focused bool
}

// newGrip makes the grip of a row.
func newGrip(height func() float32, drop func(rows int)) *grip {
	g := &grip{height: height, drop: drop}
	g.ExtendBaseWidget(g)
	g.SetResource(theme.NewDisabledResource(theme.MenuIcon()))
	return g
}

// Dragged is Fyne's hook.
func (g *grip) Dragged(e *fyne.DragEvent) { g.moved += e.Dragged.DY }

// DragEnd drops the layer.
func (g *grip) DragEnd() {
	rows := int(math.Round(float64(g.moved / g.height())))
	g.moved = 0
	if rows != 0 {
		g.drop(rows)
	}
}

// Cursor shows that the row can be moved.
func (g *grip) Cursor() desktop.Cursor { return desktop.VResizeCursor }

// FocusGained is Fyne's hook.
func (g *grip) FocusGained() { g.light(true) }

// FocusLost is Fyne's hook.
func (g *grip) FocusLost() { g.light(false) }

// light shows whether the keys go to the grip.
func (g *grip) light(on bool) {
	g.focused = on
	if on {
		g.SetResource(theme.NewPrimaryThemedResource(theme.MenuIcon()))
		return
	}
	g.SetResource(theme.NewDisabledResource(theme.MenuIcon()))
}

// TypedRune is Fyne's hook.
func (g *grip) TypedRune(rune) {}

// TypedKey moves the layer by a row.
func (g *grip) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		g.drop(-1)
	case fyne.KeyDown:
		g.drop(1)
	}
}
