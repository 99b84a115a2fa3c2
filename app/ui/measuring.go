package ui

import (
	"context"
	"math"

	"fyne.io/fyne/v2"
	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/app/ui/tools"
	"nabar/internal/i18n"
	"nabar/mapview"
	"nabar/model/shape"
)

// measuring is the tool that measures: along a line, along the roads, and areas.
type measuring struct {
	still
	ui     *tools.Measure
	mode   tools.MeasureMode
	points []orb.Point          // that are set
	done   bool                 // the shape is finished; the next click begins another
	road   *session.RoadMeasure // of points, nil while it is not known
	fault  string
	shown  tools.Measured
	turn   int
}

func newMeasuring(w *Window) *measuring {
	t := &measuring{still: still{w}}
	t.ui = tools.NewMeasure(w.printer, tools.MeasureActions{Mode: t.setMode, Copy: t.copy, Leave: w.dropTool})
	return t
}

func (*measuring) name() toolName             { return measureTool }
func (t *measuring) panel() fyne.CanvasObject { return t.ui.Object() }

func (t *measuring) begin() {
	t.show(nil)
	t.arm()
}

// follow measures anew along roads: the way of travelling, the scenario or the roads may be others.
func (t *measuring) follow() {
	if t.mode == tools.Road && len(t.points) > 1 {
		t.measureRoad()
	}
}

// setMode measures something else.
func (t *measuring) setMode(mode tools.MeasureMode) {
	t.mode = mode
	t.clear()
	t.show(nil)
	t.arm()
}

// clear forgets what has been measured.
func (t *measuring) clear() {
	t.turn++
	t.points, t.done, t.road, t.fault = nil, false, nil, ""
	t.w.view.SetDrawn(mapview.Drawn{})
	t.w.showScene()
}

// arm makes the map ready for the next shape.
func (t *measuring) arm() {
	t.w.view.StopDrawing()
	t.w.win.Canvas().Focus(t.w.view)
	kind := mapview.LineShape
	if t.mode == tools.Surface {
		kind = mapview.AreaShape
	}
	t.w.view.Draw(mapview.Sketch{Shape: kind, Band: t.mode == tools.Road, Done: t.finished, Changed: t.changed})
}

// changed shows the measure so far, with the pointer as the next point.
func (t *measuring) changed(points []orb.Point, at *orb.Point) {
	if len(points) == 0 && !t.done {
		t.points = nil
		t.show(nil)
		return
	}
	if len(points) == 0 {
		return // what was measured before stands until the next click
	}
	if t.done {
		t.clear()
	}
	if more := len(points) != len(t.points); more {
		t.points = append([]orb.Point(nil), points...)
		if t.mode == tools.Road {
			t.measureRoad()
		}
	}
	t.show(at)
}

// finished keeps the shape on the map until the next one is begun.
func (t *measuring) finished(points []orb.Point) {
	if points == nil {
		t.w.dropTool()
		return
	}
	t.points, t.done = points, true
	line := points
	if t.mode == tools.Surface {
		line = append(append([]orb.Point(nil), points...), points[0])
	}
	d := mapview.Drawn{Dots: points}
	if t.mode != tools.Road {
		d.Lines = [][]orb.Point{line}
	}
	t.w.view.SetDrawn(d)
	t.show(nil)
	t.arm()
}

// measureRoad measures along the roads in the background. The newest wish counts.
func (t *measuring) measureRoad() {
	t.turn++
	turn, points, q := t.turn, t.points, t.w.choice.query()
	if len(points) < 2 {
		t.road = nil
		t.w.showScene()
		return
	}
	go func() {
		road, err := t.w.session.MeasureRoad(context.Background(), q, points, nil)
		t.w.dispatch(func() {
			if turn != t.turn || t.w.tool != tool(t) {
				return
			}
			t.road, t.fault = road, ""
			if err != nil {
				t.fault = t.w.printer.Error(err)
			}
			t.show(nil)
			t.w.showScene()
		})
	}()
}

// routes are the roads that have been measured.
func (t *measuring) routes() []orb.LineString {
	if t.road == nil {
		return nil
	}
	var out []orb.LineString
	for _, leg := range t.road.Legs {
		if leg.Found {
			out = append(out, leg.Line)
		}
	}
	return out
}

// show tells what has been measured, with the pointer as the next point where there is one.
func (t *measuring) show(at *orb.Point) {
	points := append([]orb.Point(nil), t.points...)
	if at != nil && len(points) > 0 && points[len(points)-1] != *at {
		points = append(points, *at)
	}
	switch t.mode {
	case tools.Road:
		t.shown = t.roadText()
	case tools.Surface:
		t.shown = t.areaText(points)
	default:
		t.shown = t.lineText(points)
	}
	t.ui.Set(t.shown)
}

// lineText tells the length of a line, leg by leg with the sum so far.
func (t *measuring) lineText(points []orb.Point) tools.Measured {
	p := t.w.printer
	out := tools.Measured{Main: p.Value(i18n.Measured(shape.Length(points))), MainIs: p.T("tools.ui.in_all"), Note: p.T("tools.ui.measure_hint")}
	sum := 0.0
	for i := 1; i < len(points); i++ {
		leg := shape.Leg(points[i-1], points[i])
		sum += leg
		out.Legs = append(out.Legs, p.T("tools.leg", i, i18n.Measured(leg), i18n.Measured(sum)))
	}
	return out
}

// areaText tells the surface and the way around it.
func (t *measuring) areaText(points []orb.Point) tools.Measured {
	p := t.w.printer
	ring := append(append(orb.Ring(nil), points...), points[:min(1, len(points))]...)
	surface := 0.0
	out := tools.Measured{MainIs: p.T("tools.ui.surface"), OtherIs: p.T("tools.ui.around"), Note: p.T("tools.ui.measure_hint")}
	if len(points) > 2 {
		surface = shape.Area(orb.Polygon{ring})
		if err := shape.Check(orb.Polygon{ring}); err != nil {
			out.Note, surface = p.Error(err), math.NaN()
		}
	}
	out.Main, out.Other = p.Value(i18n.Surface(surface)), p.Value(i18n.Measured(shape.Length(ring)))
	for i := 1; i < len(ring); i++ {
		out.Legs = append(out.Legs, p.T("tools.ui.side", i, i18n.Measured(shape.Leg(ring[i-1], ring[i]))))
	}
	return out
}

// roadText tells how far and how long it is along the roads.
func (t *measuring) roadText() tools.Measured {
	p := t.w.printer
	out := tools.Measured{
		Main: "–", MainIs: p.T("tools.ui.road_metres"), Other: "–", OtherIs: p.T("tools.ui.road_seconds"), Note: t.wayText(),
	}
	if t.fault != "" {
		out.Note = t.fault
		return out
	}
	if t.road == nil {
		return out
	}
	if t.road.Whole {
		out.Main, out.Other = p.Value(i18n.Measured(t.road.Metres)), p.Value(i18n.Seconds(t.road.Seconds))
	}
	for i, leg := range t.road.Legs {
		if leg.Found {
			out.Legs = append(out.Legs, p.T("tools.road_leg", i+1, i18n.Measured(leg.Metres), i18n.Seconds(leg.Seconds)))
		} else {
			out.Legs = append(out.Legs, p.T("tools.ui.road_none", i+1))
		}
	}
	return out
}

// wayText tells by what is measured along the roads: the shortest or the quickest way, and how one travels.
func (t *measuring) wayText() string {
	bar := t.w.barState()
	way := bar.Profile
	for _, s := range bar.Profiles {
		if s.ID == bar.Profile {
			way = s.Name
		}
	}
	return t.w.printer.T("tools.ui.way_"+string(t.w.choice.impedance), way)
}

// copy puts the measure on the clipboard.
func (t *measuring) copy() { t.w.app.Clipboard().SetContent(t.shown.Text()) }
