package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"github.com/paulmach/orb"

	"nabar/app/ui/tools"
	"nabar/internal/i18n"
	"nabar/mapview"
	"nabar/model"
	"nabar/model/shape"
)

// drawing is the tool that draws features and edits them: their shapes by the handles on the map, their values in a form.
type drawing struct {
	still
	ui     *tools.Draw
	layers []model.Layer // that can be drawn in, the topmost first
	layer  int64         // id of the chosen one, 0 for none
	edit   bool          // shapes are edited; else new ones are drawn
	fresh  orb.Geometry  // that has been drawn and not been saved, nil for none
	of     *model.Feature
	vertex *shape.Vertex // of it that is chosen, nil for none
	hold   *hold         // what is being dragged, nil for nothing
	magnet magnet
	form   *tools.LayerForm // of a new layer, nil where none has been asked for
	fault  string
	remark string
	turn   int
}

func newDrawing(w *Window) *drawing {
	t := &drawing{still: still{w}}
	t.magnet.w = w
	t.ui = tools.NewDraw(w.printer, tools.DrawActions{
		Layer: t.chooseLayer, Mode: t.setMode, NewLayer: t.askLayer, Leave: w.dropTool, Save: t.save, Discard: t.discard,
		RemoveVertex: t.removeVertex, RemoveIt: t.removeFeature,
	})
	return t
}

// editFeature chooses the tool that draws, with a feature ready to be edited.
func (w *Window) editFeature(l model.Layer, id int64) {
	if !w.writable() {
		return
	}
	t := newDrawing(w)
	t.layer, t.edit = l.ID, true
	w.useTool(t)
	t.load(id)
}

func (*drawing) name() toolName             { return drawTool }
func (t *drawing) panel() fyne.CanvasObject { return t.ui.Object() }

func (t *drawing) begin() {
	t.follow()
	t.arm()
}

// follow shows the layers as they are now, and the feature as it has become.
func (t *drawing) follow() {
	t.layers = nil
	t.magnet.forget()
	for _, l := range slices.Backward(t.w.state.layers) {
		if _, err := t.w.session.Editability(l); err == nil {
			t.layers = append(t.layers, l)
		}
	}
	if _, there := t.chosenLayer(); !there {
		t.layer = 0
		for _, l := range t.layers {
			if l.Role == model.RoleLayer {
				t.layer = l.ID
				break
			}
		}
		t.of, t.vertex, t.fresh = nil, nil, nil
	}
	if t.of != nil {
		t.load(t.of.ID)
	}
	if !t.edit && t.fresh == nil && !t.w.view.Sketching() {
		t.arm()
	}
	t.show()
}

// chosenLayer is the layer that is drawn in.
func (t *drawing) chosenLayer() (model.Layer, bool) {
	i := slices.IndexFunc(t.layers, func(l model.Layer) bool { return l.ID == t.layer })
	if i < 0 {
		return model.Layer{}, false
	}
	return t.layers[i], true
}

// show tells the panel how things are.
func (t *drawing) show() {
	p := t.w.printer
	s := tools.DrawState{Layer: -1, Edit: t.edit, Fault: t.fault, Remark: t.remark, Fresh: t.fresh != nil, Vertex: t.vertex != nil}
	for i, l := range t.layers {
		s.Layers = append(s.Layers, l.Name)
		if l.ID == t.layer {
			s.Layer = i
		}
	}
	l, there := t.chosenLayer()
	if there {
		means, _ := t.w.session.Editability(l)
		if !means.IsZero() {
			s.Means = p.Text(means)
		}
	}
	switch {
	case !there:
		s.Hint = p.T("tools.ui.hint_no_layer")
	case t.fresh != nil:
		s.Title, s.Hint = p.T("tools.ui.new_feature"), p.T("tools.ui.hint_save")
	case t.of != nil:
		s.Title, s.Hint = p.T("tools.ui.feature", t.of.ID), p.T("tools.ui.hint_edit")
	case t.edit:
		s.Hint = p.T("tools.ui.hint_choose")
	default:
		s.Hint = p.T("tools.ui.hint_draw_" + string(sketchOf(l)))
	}
	t.ui.Set(s)
}

// chooseLayer draws in another layer from now on.
func (t *drawing) chooseLayer(i int) {
	t.layer = t.layers[i].ID
	t.drop()
	t.arm()
}

// setMode has shapes edited, or new ones drawn.
func (t *drawing) setMode(edit bool) {
	t.edit = edit
	t.drop()
	t.arm()
}

// drop lets go of what is being drawn or edited.
func (t *drawing) drop() {
	t.turn++
	t.fresh, t.of, t.vertex, t.hold, t.fault, t.remark = nil, nil, nil, nil, "", ""
	t.w.view.SetDrawn(mapview.Drawn{})
	t.show()
}

// sketchOf is what a layer's features are drawn as.
func sketchOf(l model.Layer) model.GeometryType {
	switch l.Geometry {
	case model.PointType, model.MultiPointType:
		return model.PointType
	case model.LineStringType, model.MultiLineStringType:
		return model.LineStringType
	}
	return model.PolygonType
}

// arm makes the map ready for the next shape, where new ones are drawn.
func (t *drawing) arm() {
	l, there := t.chosenLayer()
	t.w.view.StopDrawing()
	t.w.win.Canvas().Focus(t.w.view)
	if t.edit || !there {
		return
	}
	kind := map[model.GeometryType]mapview.Shape{
		model.PointType: mapview.PointShape, model.LineStringType: mapview.LineShape, model.PolygonType: mapview.AreaShape,
	}[sketchOf(l)]
	t.w.view.Draw(mapview.Sketch{Shape: kind, Done: t.drawn, Snap: func(at orb.Point) (mapview.Snap, bool) { return t.magnet.snap(at, nil) }})
}

// drawn takes a shape that was drawn and asks for its values. One that is not sound is refused with why, and can be drawn anew.
func (t *drawing) drawn(points []orb.Point) {
	l, there := t.chosenLayer()
	if points == nil || !there {
		t.w.dropTool()
		return
	}
	g := drawnAs(sketchOf(l), points)
	if err := shape.Check(g); err != nil {
		t.fault = t.w.printer.Error(err)
		t.show()
		t.arm()
		return
	}
	t.fresh, t.fault, t.remark = g, "", ""
	t.outline(g)
	focus := t.ui.Ask(l.Fields, make([]string, len(l.Fields)))
	t.show()
	if focus != nil {
		t.w.win.Canvas().Focus(focus)
	}
}

// drawnAs is the shape that points make.
func drawnAs(kind model.GeometryType, points []orb.Point) orb.Geometry {
	switch kind {
	case model.PointType:
		return points[0]
	case model.LineStringType:
		return orb.LineString(points)
	}
	return orb.Polygon{append(append(orb.Ring(nil), points...), points[0])}
}

// outline shows a shape over the map without handles.
func (t *drawing) outline(g orb.Geometry) {
	t.w.view.SetDrawn(mapview.Drawn{Lines: lines(g), Dots: dots(g)})
}

// lines are the lines and rings of a shape, dots its points.
func lines(g orb.Geometry) (out [][]orb.Point) {
	switch g := g.(type) {
	case orb.LineString:
		return [][]orb.Point{g}
	case orb.MultiLineString:
		for _, l := range g {
			out = append(out, l)
		}
	case orb.Polygon:
		for _, r := range g {
			out = append(out, r)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			out = append(out, lines(p)...)
		}
	}
	return out
}

func dots(g orb.Geometry) []orb.Point {
	switch g := g.(type) {
	case orb.Point:
		return []orb.Point{g}
	case orb.MultiPoint:
		return g
	}
	return nil
}

// save keeps what was drawn, or the values of what is edited, in the background.
func (t *drawing) save(texts map[string]string) {
	l, there := t.chosenLayer()
	if !there {
		return
	}
	if g := t.fresh; g != nil {
		t.try(func(ctx context.Context) ([]i18n.Message, error) {
			_, err := t.w.session.AddFeature(ctx, l, g, texts)
			return nil, err
		}, func() {
			t.drop()
			t.arm()
		})
		return
	}
	if of := t.of; of != nil && len(texts) > 0 {
		t.try(func(ctx context.Context) ([]i18n.Message, error) {
			return nil, t.w.session.ChangeValues(ctx, l, of.ID, texts)
		}, func() {})
	}
}

// discard forgets what was drawn.
func (t *drawing) discard() {
	t.drop()
	t.arm()
}

// try edits the project in the background; done goes on where it was not refused. The state that then comes shows the edit.
func (t *drawing) try(fn func(context.Context) ([]i18n.Message, error), done func()) {
	go func() {
		remarks, err := fn(context.Background())
		t.w.dispatch(func() {
			if t.w.tool != tool(t) {
				if err != nil {
					t.w.fail(err)
				}
				return
			}
			t.fault, t.remark = "", ""
			if err != nil {
				t.fault = t.w.printer.Error(err)
				t.handles() // as it was
				t.show()
				return
			}
			done()
			for _, m := range remarks {
				t.remark += t.w.printer.Text(m) + "\n"
			}
			t.show()
		})
	}()
}

// askLayer asks for a new layer and draws in it.
func (t *drawing) askLayer() {
	w := t.w
	t.form = tools.NewLayerForm(w.win, w.printer, func(name string, kind model.GeometryType, fields []model.Field, done func(error)) {
		go func() {
			l, err := w.session.NewLayer(context.Background(), name, kind, fields)
			w.dispatch(func() {
				done(err)
				if err == nil && w.tool == tool(t) {
					t.drop()
					t.layers = append([]model.Layer{l}, t.layers...)
					t.layer, t.edit = l.ID, false
					t.show()
					t.arm()
				}
			})
		}()
	})
}
