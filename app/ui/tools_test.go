package ui

import (
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/paulmach/orb"

	"nabar/app/ui/tools"
	"nabar/model"
	"nabar/model/shape"
)

// on is where a place lies in the map's widget.
func (b *bench) on(p orb.Point) fyne.Position {
	v := b.view.View()
	x, y := v.ToScreen(p)
	return fyne.NewPos(float32(x/v.Unit), float32(y/v.Unit))
}

// middle is the place in the middle of the map, moved by metres.
func (b *bench) middle(east, north float64) orb.Point {
	c := b.view.View().Centre
	return orb.Point{c[0] + east, c[1] + north}
}

// click clicks on a place with keys held.
func (b *bench) click(p orb.Point, held fyne.KeyModifier) {
	at := b.on(p)
	b.view.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
	b.view.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary, Modifier: held})
	b.view.MouseUp(&desktop.MouseEvent{})
	b.view.Tapped(&fyne.PointEvent{Position: at})
}

// drag drags from one place to another with keys held.
func (b *bench) drag(from, to orb.Point, held fyne.KeyModifier) {
	b.view.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: b.on(from)}, Button: desktop.MouseButtonPrimary, Modifier: held})
	at := b.on(to)
	for _, share := range []float32{0.5, 1} {
		a := b.on(from)
		b.view.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: a.AddXY((at.X-a.X)*share, (at.Y-a.Y)*share)}, Dragged: fyne.NewDelta(1, 1)})
	}
	b.release()
}

func (b *bench) press1(name fyne.KeyName) { b.view.TypedKey(&fyne.KeyEvent{Name: name}) }

// drawnLayer is a window with a layer of points at metres from the middle of the map, which shows some kilometres.
func drawnLayer(t *testing.T, kind model.GeometryType, shapes ...orb.Geometry) (*bench, model.Layer) {
	t.Helper()
	b := openBench(t)
	fields := []model.Field{{Name: "namn", Type: model.Text}, {Name: "antal", Type: model.Integer}}
	l, err := b.session.NewLayer(t.Context(), "Ritat", kind, fields)
	if err != nil {
		t.Fatal(err)
	}
	c := b.view.View().Centre
	b.view.FitBound(c.Bound().Pad(2000))
	for i, g := range shapes {
		texts := map[string]string{"namn": string(rune('A' + i)), "antal": string(rune('1' + i))}
		if _, err := b.session.AddFeature(t.Context(), l, shape.Shift(g, c[0], c[1]), texts); err != nil {
			t.Fatal(err)
		}
	}
	b.until("the layer is shown", func() bool {
		now, there := b.layerOf(l.ID)
		return there && now.Features == len(shapes) && b.calm()
	})
	l, _ = b.layerOf(l.ID)
	return b, l
}

// selectedNames are the names of the selected features of the drawn layer.
func (b *bench) selectedNames(l model.Layer) string {
	rows := b.selected.rows
	if rows == nil || rows.layer.ID != l.ID {
		return ""
	}
	table, _, err := b.session.SelectedTable(b.t.Context(), l, rows.ids)
	if err != nil {
		b.t.Fatal(err)
	}
	var out []string
	for _, row := range table.Rows {
		out = append(out, row.Cells[0].Text)
	}
	return strings.Join(out, "")
}

func TestSelectTool(t *testing.T) {
	b, l := drawnLayer(t, model.PointType, orb.Point{-1000, 0}, orb.Point{0, 0}, orb.Point{1000, 0}, orb.Point{1000, 1000})
	b.toggleTool(selectTool)
	tool := b.tool.(*selecting)
	tool.layer = l.ID
	tool.follow()
	b.showRows(l)
	r := b.rows[l.ID]
	b.until("the rows are read", func() bool { _, all := r.panel.Table.Count(); return all == 4 && b.calm() })
	wait := func(what, want string) {
		t.Helper()
		turn := tool.turn
		b.until(what, func() bool { return turn == tool.turn && b.calm() && b.selectedNames(l) == want })
	}
	b.click(b.middle(-1000, 0), 0)
	wait("a click selects", "A")
	if got := r.panel.Table.Selected(); got != "1" {
		t.Errorf("the table has row %q chosen", got)
	}
	b.click(b.middle(1000, 0), fyne.KeyModifierShift)
	wait("Shift adds", "AC")
	if r.panel.Table.Chosen() != 2 {
		t.Errorf("the table has %d rows chosen", r.panel.Table.Chosen())
	}
	b.click(b.middle(-1000, 0), fyne.KeyModifierShortcutDefault)
	wait("Ctrl takes away", "C")
	before := b.view.View().Centre
	b.drag(b.middle(-1500, -300), b.middle(300, 300), 0)
	wait("a box selects", "AB")
	if b.view.View().Centre != before {
		t.Error("the map moved with the box")
	}
	b.drag(b.middle(700, 700), b.middle(1300, 1300), fyne.KeyModifierShift)
	wait("a box with Shift adds", "ABD")
	tool.invert()
	wait("the others", "C")
	tool.ui.Write("antal >= 2 och inte namn = c", tools.Anew)
	tool.find("antal >= 2 och inte namn = c", tools.Anew)
	wait("a condition selects", "BD")
	tool.find("namn = b", tools.Take)
	wait("a condition takes away", "D")
	tool.find("antal >= 1", tools.Add)
	wait("a condition adds", "ABCD")
	tool.find("antal < 3", tools.Among)
	wait("a condition keeps", "AB")
	tool.find("antl > 1", tools.Anew)
	b.until("a fault is told", func() bool { return strings.Contains(tool.ui.Fault(), "tecken 1: antl är ingen kolumn") })
	tool.sumUp(1)
	b.until("the selection is summed up", func() bool {
		return b.calm() && strings.Contains(strings.Join(textsOf(tool.ui.Object()), " "), "summa 3")
	})
	tool.setMode(true)
	for _, p := range [][2]float64{{500, -500}, {1500, -500}, {1500, 1500}, {500, 1500}} {
		b.click(b.middle(p[0], p[1]), 0)
	}
	b.press1(fyne.KeyReturn)
	wait("an area selects", "CD")
	b.zoomSelection()
	if got := b.view.View().Bound(); !got.Contains(b.selected.rows.frame.Min) || !got.Contains(b.selected.rows.frame.Max) {
		t.Error("the selection is not shown")
	}
	r.panel.Table.Held = func() fyne.KeyModifier { return fyne.KeyModifierShift }
	r.panel.Table.Click(0, 0)
	r.panel.Table.Click(2, 0)
	b.until("rows select on the map", func() bool { return b.calm() && b.selectedNames(l) == "ABC" && len(b.shownRows.shapes) == 3 })
	b.press1(fyne.KeyEscape)
	b.until("Escape leaves the tool", func() bool { return b.tool.name() == identifyTool && b.calm() })
	if b.selectedNames(l) != "ABC" {
		t.Error("leaving the tool loses the selection")
	}
	b.press1(fyne.KeyEscape)
	if b.selected.rows != nil || r.panel.Table.Chosen() != 0 {
		t.Error("Escape does not clear the selection")
	}
	b.click(b.middle(0, 0), 0)
	b.until("a plain click on the map selects the row", func() bool { return b.calm() && r.panel.Table.Chosen() == 1 })
	if !b.card.Visible() || b.card.Title() != "B" {
		t.Errorf("the card tells of %q", b.card.Title())
	}
	b.toggleTool(measureTool)
	if b.card.Visible() {
		t.Error("the card lies over the map of a tool")
	}
	b.dropTool()
	if !b.card.Visible() {
		t.Error("the card does not come back")
	}
}

func TestMeasureTool(t *testing.T) {
	b, _ := drawnLayer(t, model.PointType)
	b.toggleTool(measureTool)
	tool := b.tool.(*measuring)
	b.click(b.middle(0, 0), 0)
	b.view.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: b.on(b.middle(1000, 0))}})
	if len(tool.shown.Legs) != 1 || !strings.Contains(tool.shown.Main, "m") {
		t.Errorf("under way: %+v", tool.shown)
	}
	b.click(b.middle(1000, 0), 0)
	b.click(b.middle(1000, 1000), 0)
	b.press1(fyne.KeyReturn)
	want := b.printer.Length(shape.Length(tool.points))
	if len(tool.shown.Legs) != 2 || tool.shown.Main != want || !tool.done {
		t.Errorf("a line: %+v, want %s", tool.shown, want)
	}
	tool.copy()
	if got := b.app.Clipboard().Content(); !strings.Contains(got, want) || strings.Count(got, "\n") != 3 {
		t.Errorf("copied %q", got)
	}
	b.click(b.middle(-500, 0), 0) // begins anew
	if len(tool.points) != 1 || tool.done {
		t.Errorf("%d points after the next click", len(tool.points))
	}

	tool.setMode(tools.Surface)
	for _, p := range [][2]float64{{0, 0}, {1000, 0}, {1000, 1000}, {0, 1000}} {
		b.click(b.middle(p[0], p[1]), 0)
	}
	b.press1(fyne.KeyReturn)
	square := orb.Polygon{append(orb.Ring(tool.points), tool.points[0])}
	if want := b.printer.Area(shape.Area(square)); tool.shown.Main != want || !strings.Contains(tool.shown.Main, "km²") && !strings.Contains(tool.shown.Main, "ha") {
		t.Errorf("an area: %+v, want %s", tool.shown, want)
	}

	tool.setMode(tools.Road)
	places := b.state.snapshot.Facilities
	from, to := places[0].At, orb.Point{}
	for i := range places {
		if shape.Distance(from, places[i].At) > 1000 {
			to = places[i].At
			break
		}
	}
	b.view.FitBound(orb.MultiPoint{from, to}.Bound().Pad(500))
	b.click(from, 0)
	b.click(to, 0)
	b.until("the road is measured", func() bool { return tool.road != nil && len(tool.routes()) == 1 && b.calm() })
	m, err := b.session.MeasureRoad(t.Context(), b.choice.query(), tool.points, nil)
	if err != nil || tool.shown.Main != b.printer.Length(m.Metres) || tool.shown.Other != b.printer.Time(m.Seconds) {
		t.Errorf("along the roads: %+v, want %+v, %v", tool.shown, m, err)
	}
	b.press1(fyne.KeyEscape)
	if b.tool.name() != identifyTool || b.view.Sketching() {
		t.Error("Escape does not end measuring")
	}
}

func TestDrawTool(t *testing.T) {
	b, l := drawnLayer(t, model.LineStringType, orb.LineString{{-1000, 0}, {0, 0}})
	b.toggleTool(drawTool)
	tool := b.tool.(*drawing)
	tool.layer = l.ID
	tool.drop()
	tool.arm()
	end := b.middle(0, 0)
	b.until("the shapes about the pointer are read", func() bool {
		tool.magnet.look(end)
		return b.calm() && covers(tool.magnet.frame, end.Bound())
	})
	near := b.view.View().Scale * b.view.View().Unit * 6
	b.click(orb.Point{end[0] + near, end[1]}, 0) // beside the line's end
	b.click(b.middle(500, 500), 0)
	b.press1(fyne.KeyReturn)
	if tool.fresh == nil || tool.ui.State().Title == "" {
		t.Fatal("the values are not asked for")
	}
	if got := tool.fresh.(orb.LineString)[0]; got != end {
		t.Errorf("the first point lies at %v and did not snap to %v", got, end)
	}
	tool.ui.Write("antal", "många")
	tool.ui.Save()
	b.until("a wrong value is refused", func() bool { return strings.Contains(tool.ui.State().Fault, "många är inget") && b.calm() })
	tool.ui.Write("namn", "Stigen")
	tool.ui.Write("antal", "7")
	tool.ui.Save()
	b.until("the feature is kept", func() bool {
		now, _ := b.layerOf(l.ID)
		return now.Features == 2 && tool.fresh == nil && b.view.Sketching() && b.calm()
	})
	b.undo()
	b.until("undo takes it back", func() bool { now, _ := b.layerOf(l.ID); return now.Features == 1 && b.calm() })
	b.redo()
	b.until("and redo brings it", func() bool { now, _ := b.layerOf(l.ID); return now.Features == 2 && b.calm() })

	tool.setMode(true)
	line := func() orb.LineString {
		f, err := b.session.FeaturesOf(t.Context(), l, []int64{1})
		if err != nil {
			t.Fatal(err)
		}
		return f[0].Geometry.(orb.LineString)
	}
	b.click(b.middle(-300, 0), 0) // the first line
	b.until("it is taken up", func() bool { return tool.of != nil && tool.of.ID == 1 && b.calm() })
	settled := func(points int) func() bool {
		return func() bool { return tool.of != nil && len(tool.of.Geometry.(orb.LineString)) == points && b.calm() }
	}
	b.drag(b.middle(-500, 0), b.middle(-500, 400), 0) // the middle of its only segment
	b.until("a vertex is put in", settled(3))
	if got := line()[1]; math.Abs(got[1]-b.middle(0, 400)[1]) > near {
		t.Errorf("the new vertex lies at %v", got)
	}
	b.drag(b.middle(-1000, 0), b.middle(-1200, -200), 0)
	b.until("a vertex is moved", func() bool { return line()[0][1] < b.middle(0, -100)[1] && settled(3)() })
	b.click(b.middle(-500, 400), 0)
	if tool.vertex == nil || !tool.ui.State().Vertex {
		t.Fatal("no vertex is chosen")
	}
	b.press1(fyne.KeyDelete)
	b.until("it is removed", settled(2))
	before := line()
	b.drag(b.middle(-700, -116), b.middle(-700, 500), 0) // on the line, off the handles
	b.until("all of it is moved", func() bool { return line()[0][1] > before[0][1]+300 && settled(2)() })
	b.undo()
	b.until("and back", func() bool {
		return line()[0] == before[0] && tool.of.Geometry.(orb.LineString)[0] == before[0] && b.calm()
	})
	tool.removeFeature()
	b.until("it is gone", func() bool { now, _ := b.layerOf(l.ID); return now.Features == 1 && tool.of == nil && b.calm() })
	b.press1(fyne.KeyEscape)
	if b.tool.name() != identifyTool {
		t.Error("Escape does not leave the tool")
	}
}

// TestCrossingAreasAreRefusedInTheWindow draws an hourglass, sees why it is refused, and draws on.
func TestCrossingAreasAreRefusedInTheWindow(t *testing.T) {
	b, l := drawnLayer(t, model.PolygonType)
	b.toggleTool(drawTool)
	tool := b.tool.(*drawing)
	tool.layer = l.ID
	tool.arm()
	for _, p := range [][2]float64{{0, 0}, {1000, 1000}, {1000, 0}, {0, 1000}} {
		b.click(b.middle(p[0], p[1]), 0)
	}
	b.press1(fyne.KeyReturn)
	if !strings.Contains(tool.ui.State().Fault, "korsar sig själv") || !b.view.Sketching() || tool.fresh != nil {
		t.Errorf("the fault is %q", tool.ui.State().Fault)
	}
}

func TestNewLayerIsMadeInTheWindow(t *testing.T) {
	b := openBench(t)
	b.toggleTool(drawTool)
	tool := b.tool.(*drawing)
	tool.askLayer()
	tool.form.Write("", model.LineStringType)
	tool.form.Make()
	b.until("no name is refused", func() bool { return tool.form.Fault() != "" })
	tool.form.Write("Gångvägar", model.LineStringType)
	tool.form.AddColumn("belyst", model.Boolean)
	tool.form.Make()
	b.until("the layer is there and drawn in", func() bool {
		l, there := b.layerOf(tool.layer)
		return there && l.Name == "Gångvägar" && len(l.Fields) == 2 && l.Fields[1].Type == model.Boolean && b.view.Sketching() && b.dialogs() == 0 && b.calm()
	})
}

func TestAreaTool(t *testing.T) {
	b := openBench(t)
	b.toggleTool(areaTool)
	tool := b.tool.(*profiling)
	scale := b.view.View().Scale * b.view.View().Unit
	centre := b.view.View().Centre
	b.drag(centre, orb.Point{centre[0] + 150*scale, centre[1]}, 0)
	if tool.area == nil {
		t.Fatal("no circle is drawn")
	}
	want, err := b.session.Circle(centre, radius(centre, orb.Point{centre[0] + 150*scale, centre[1]}))
	if err != nil || tool.area.Name != want.Name {
		t.Errorf("%q is drawn, want %q", tool.area.Name, want.Name)
	}
	figures := func() string { return strings.Join(textsOf(tool.ui.Body()), " ") }
	b.until("its profile is told", func() bool { return strings.Contains(figures(), "av kommunen") && b.calm() })
	a, err := b.session.AreaProfile(t.Context(), want, "", b.choice.query(), nil)
	if err != nil || !strings.Contains(figures(), b.printer.Int(int64(a.People))) {
		t.Errorf("the panel does not tell of %d people: %s", a.People, figures())
	}
	tool.keep()
	if b.dialogs() != 1 {
		t.Error("no name is asked for")
	}
	b.win.Canvas().Overlays().Remove(b.win.Canvas().Overlays().Top())
	tool.setMode(true)
	for _, p := range [][2]float64{{-150, -150}, {150, -150}, {0, 200}} {
		b.click(orb.Point{centre[0] + p[0]*scale, centre[1] + p[1]*scale}, 0)
	}
	b.press1(fyne.KeyReturn)
	b.until("the profile of the polygon is told", func() bool { return tool.area != nil && strings.Contains(figures(), "av kommunen") && b.calm() })
	b.press1(fyne.KeyEscape)
	if b.tool.name() != identifyTool {
		t.Error("Escape does not leave the tool")
	}
}

// TestOneToolAtATime goes from tool to tool by toolbar and menu.
func TestOneToolAtATime(t *testing.T) {
	b := openBench(t)
	for _, name := range []toolName{selectTool, measureTool, trialTool, drawTool, areaTool, selectTool} {
		b.toggleTool(name)
		if b.tool.name() != name || b.trialOn() != (name == trialTool) || len(b.toolPanel.Objects) != 1 || b.tabs.Visible() && name != trialTool {
			t.Errorf("%s: %s is chosen, %d panels", name, b.tool.name(), len(b.toolPanel.Objects))
		}
		if high := b.tool.panel().MinSize().Height; high > 300 {
			t.Errorf("%s: the panel makes a low window %v units high", name, high)
		}
	}
	item(t, b.bar.ToolMenu().Items, "Mät").Action()
	if b.tool.name() != measureTool {
		t.Error("the toolbar does not choose a tool")
	}
	b.setLanguage("en")
	b.until("the window speaks English", func() bool { return b.calm() })
	if b.tool.name() != identifyTool || !b.tabs.Visible() {
		t.Error("the tool stays in the language before")
	}
}
