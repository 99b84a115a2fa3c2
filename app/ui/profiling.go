package ui

import (
	"context"
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"github.com/paulmach/orb"

	"nabar/app/ui/ask"
	"nabar/app/ui/profile"
	"nabar/app/ui/tools"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/mapview"
	"nabar/model"
	"nabar/model/shape"
)

// profiling is the tool that draws a circle or an area and tells of who lives there and how far they have.
type profiling struct {
	still
	ui      *tools.Area
	polygon bool
	area    *model.Area // that was drawn, nil for none yet
	turn    int
}

func newProfiling(w *Window) *profiling {
	t := &profiling{still: still{w}}
	t.ui = tools.NewArea(w.printer, tools.AreaActions{Mode: t.setMode, Keep: t.keep, Leave: w.dropTool})
	return t
}

func (*profiling) name() toolName             { return areaTool }
func (t *profiling) panel() fyne.CanvasObject { return t.ui.Object() }

func (t *profiling) begin() { t.setMode(t.polygon) }

// follow works the profile out anew: measure, scenario or data may be others.
func (t *profiling) follow() {
	if t.area != nil {
		t.tell()
	}
}

// setMode draws circles or other areas from now on.
func (t *profiling) setMode(polygon bool) {
	t.polygon = polygon
	t.forget()
	t.arm()
}

// forget takes what was drawn away.
func (t *profiling) forget() {
	t.turn++
	t.area = nil
	t.w.view.SetDrawn(mapview.Drawn{})
	key := "tools.ui.circle_hint"
	if t.polygon {
		key = "tools.ui.polygon_hint"
	}
	t.ui.SetSize("–", t.sizeIs())
	t.ui.SetBody(widgets.Note(t.w.printer.T(key)), false)
}

// sizeIs tells what the large figure is.
func (t *profiling) sizeIs() string {
	if t.polygon {
		return t.w.printer.T("tools.ui.surface")
	}
	return t.w.printer.T("tools.ui.radius")
}

// arm makes the map ready for the next area.
func (t *profiling) arm() {
	t.w.view.StopDrawing()
	t.w.win.Canvas().Focus(t.w.view)
	kind := mapview.CircleShape
	if t.polygon {
		kind = mapview.AreaShape
	}
	t.w.view.Draw(mapview.Sketch{Shape: kind, Done: t.finished, Changed: t.changed})
}

// changed shows how large the area is so far.
func (t *profiling) changed(points []orb.Point, at *orb.Point) {
	if len(points) == 0 || at == nil {
		return
	}
	if t.area != nil {
		t.forget()
	}
	if !t.polygon {
		t.ui.SetSize(t.w.printer.Value(i18n.Measured(radius(points[0], *at))), t.sizeIs())
		return
	}
	ring := append(append(orb.Ring(nil), points...), *at, points[0])
	t.ui.SetSize(t.w.printer.Value(i18n.Surface(shape.Area(orb.Polygon{ring}))), t.sizeIs())
}

// radius is that of a circle in whole steps, so that it is what its name says: 10 m, above a kilometre 100 m.
func radius(centre, rim orb.Point) float64 {
	r := math.Hypot(rim[0]-centre[0], rim[1]-centre[1])
	step := 10.0
	if r >= 1000 {
		step = 100
	}
	return max(math.Round(r/step)*step, step)
}

// finished tells of what was drawn, and lets another area be drawn.
func (t *profiling) finished(points []orb.Point) {
	if points == nil {
		t.w.dropTool()
		return
	}
	var area model.Area
	var err error
	if t.polygon {
		if area, err = t.w.session.Polygon(points); err == nil {
			err = shape.Check(area.Shape)
		}
	} else {
		area, err = t.w.session.Circle(points[0], radius(points[0], points[1]))
	}
	if err != nil {
		t.forget()
		t.ui.SetBody(widgets.Note(t.w.printer.Error(err)), false)
		t.arm()
		return
	}
	t.area = &area
	drawn := mapview.Drawn{Dots: points}
	if t.polygon {
		drawn.Lines = [][]orb.Point{area.Shape[0][0]}
		t.ui.SetSize(t.w.printer.Value(i18n.Surface(shape.Area(area.Shape))), t.sizeIs())
	} else {
		r := radius(points[0], points[1])
		drawn.Dots = points[:1]
		drawn.Circles = [][2]orb.Point{{points[0], {points[0][0] + r, points[0][1]}}}
		t.ui.SetSize(t.w.printer.Value(i18n.Measured(r)), t.sizeIs())
	}
	t.w.view.SetDrawn(drawn)
	t.tell()
	t.arm()
}

// tell has the profile worked out in the background and shown. The newest wish counts.
func (t *profiling) tell() {
	t.turn++
	turn, area, q := t.turn, *t.area, t.w.choice.query()
	t.ui.SetBody(widgets.Note(t.w.printer.T("areas.ui.working")), true)
	go func() {
		a, err := t.w.session.AreaProfile(context.Background(), area, "", q, nil)
		t.w.dispatch(func() {
			switch {
			case turn != t.turn || t.w.tool != tool(t):
			case err != nil:
				t.ui.SetBody(widgets.Note(t.w.printer.Error(err)), true)
			default:
				t.ui.SetBody(profile.Content(t.w.printer, a, t.w.typeName, t.w.exportTable), true)
			}
		})
	}()
}

// keep asks for a name and keeps the area in the layer of own areas.
func (t *profiling) keep() {
	if t.area == nil || !t.w.writable() {
		return
	}
	p, area := t.w.printer, *t.area
	ask.Line(t.w.win, p, p.T("tools.ui.keep_area_title"), p.T("ui.layers.name"), area.Name, p.T("rows.ui.save"), func(name string) {
		name = strings.TrimSpace(name)
		t.w.edit(func(ctx context.Context) error {
			layer, err := t.w.session.KeepArea(ctx, area, name)
			if err == nil {
				t.w.dispatch(func() { t.w.status.Idle(p.T("tools.ui.area_kept", name, layer)) })
			}
			return err
		})
	})
}
