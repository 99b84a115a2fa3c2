package tools

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
)

// AreaActions are what the user can ask for.
type AreaActions struct {
	Mode        func(polygon bool)
	Keep, Leave func()
}

// Area is the panel of the tool that draws an area and tells of it.
type Area struct {
	modes  *modes
	size   *widgets.KeyFigure
	keep   *widget.Button
	body   *fyne.Container
	object fyne.CanvasObject
}

// NewArea makes the panel.
func NewArea(p *i18n.Printer, a AreaActions) *Area {
	out := &Area{size: widgets.NewKeyFigure("", ""), body: container.NewStack(), keep: widget.NewButton(p.T("tools.ui.keep_area"), a.Keep)}
	out.modes = newModes([]string{p.T("tools.ui.area_circle"), p.T("tools.ui.area_polygon")}, func(i int) { a.Mode(i == 1) })
	out.modes.set(0)
	out.object = frame(p.T("tools.ui.tool_area"), a.Leave, out.body, out.modes.RadioGroup, container.NewBorder(nil, nil, nil, container.NewCenter(out.keep), out.size))
	enable(false, out.keep)
	return out
}

// Object is the panel for the window's layout.
func (a *Area) Object() fyne.CanvasObject { return a.object }

// SetMode shows what is drawn.
func (a *Area) SetMode(polygon bool) {
	i := 0
	if polygon {
		i = 1
	}
	a.modes.set(i)
}

// SetSize shows how large the area is, and what that is.
func (a *Area) SetSize(size, what string) { a.size.Set(size, what) }

// SetBody shows what is told of the area. keep is whether it can be kept.
func (a *Area) SetBody(o fyne.CanvasObject, keep bool) {
	a.body.Objects = []fyne.CanvasObject{o}
	a.body.Refresh()
	enable(keep, a.keep)
}

// Body is what is told of the area.
func (a *Area) Body() fyne.CanvasObject { return a.body }
