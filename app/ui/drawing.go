package ui

import (
	"context"
	"reflect"
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

// hold is what is being dragged over the map.
type hold struct {
	vertex *shape.Vertex // nil for the whole feature
	insert bool          // the vertex is a new one, after vertex
	from   orb.Point     // where the drag began
	now    orb.Geometry  // the shape as it would become
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

// load takes a feature up for editing, or anew after an edit.
func (t *drawing) load(id int64) {
	l, there := t.chosenLayer()
	if !there {
		return
	}
	t.turn++
	turn := t.turn
	go func() {
		found, err := t.w.session.FeaturesOf(context.Background(), l, []int64{id})
		t.w.dispatch(func() {
			if turn == t.turn && t.w.tool == tool(t) {
				t.loaded(l, found, err)
			}
		})
	}()
}

// loaded shows the feature that was read; one that is gone is let go.
func (t *drawing) loaded(l model.Layer, found []model.Feature, err error) {
	if err != nil || len(found) == 0 || found[0].Geometry == nil {
		t.drop()
		return
	}
	f := found[0]
	same := t.of != nil && t.of.ID == f.ID
	if same && reflect.DeepEqual(*t.of, f) {
		return
	}
	values := same && reflect.DeepEqual(t.of.Values, f.Values)
	t.of = &f
	if !same {
		t.vertex = nil
	}
	if t.vertex != nil && !slices.ContainsFunc(shape.Vertices(f.Geometry), func(p shape.Place) bool { return p.Vertex == *t.vertex }) {
		t.vertex = nil
	}
	if !values {
		t.ui.Ask(l.Fields, t.w.session.ValueTexts(l, f))
	}
	t.handles()
	t.show()
}

// handles shows the feature with its handles.
func (t *drawing) handles() {
	if t.of == nil {
		if t.fresh == nil {
			t.w.view.SetDrawn(mapview.Drawn{})
		}
		return
	}
	t.w.view.SetDrawn(t.handled(t.of.Geometry, nil))
}

// handled is a shape with its handles, and what a vertex is drawn to.
func (t *drawing) handled(g orb.Geometry, snap *mapview.Snap) mapview.Drawn {
	d := mapview.Drawn{Lines: lines(g), Snap: snap}
	for _, v := range shape.Vertices(g) {
		d.Handles = append(d.Handles, mapview.Handle{At: v.At, Chosen: t.vertex != nil && *t.vertex == v.Vertex})
	}
	for _, v := range shape.Middles(g) {
		d.Handles = append(d.Handles, mapview.Handle{At: v.At, Middle: true})
	}
	return d
}

// reach is how near a handle the pointer must be, in metres.
func (t *drawing) reach(p mapview.Pointer) float64 { return handleReach * p.View.Scale * p.View.Unit }

// handleReach is how near a handle the pointer must be, in units.
const handleReach = 9

// handleAt is the handle under the pointer: a vertex, else the middle of a segment.
func (t *drawing) handleAt(p mapview.Pointer) (v shape.Vertex, middle, ok bool) {
	if t.of == nil {
		return v, false, false
	}
	nearest := func(places []shape.Place) (shape.Vertex, bool) {
		best, found := t.reach(p), shape.Vertex{}
		hit := false
		for _, place := range places {
			if d := shape.Distance(place.At, p.At); d <= best {
				best, found, hit = d, place.Vertex, true
			}
		}
		return found, hit
	}
	if v, ok = nearest(shape.Vertices(t.of.Geometry)); ok {
		return v, false, true
	}
	v, ok = nearest(shape.Middles(t.of.Geometry))
	return v, true, ok
}

// tapped chooses a vertex, puts one in at the middle of a segment, or chooses another feature.
func (t *drawing) tapped(p mapview.Pointer) {
	if !t.edit {
		return
	}
	v, middle, ok := t.handleAt(p)
	switch {
	case ok && middle:
		for _, m := range shape.Middles(t.of.Geometry) {
			if m.Vertex == v {
				t.vertex = &shape.Vertex{Part: v.Part, Ring: v.Ring, Index: v.Index + 1}
				t.reshape(func(g orb.Geometry) (orb.Geometry, error) { return shape.Insert(g, v, m.At) })
			}
		}
	case ok:
		t.vertex = &v
		t.handles()
		t.show()
	default:
		t.choose(p)
	}
}

// choose takes up the feature under a click, or lets go where there is none.
func (t *drawing) choose(p mapview.Pointer) {
	l, there := t.chosenLayer()
	if !there {
		return
	}
	reach := hitReach * p.View.Scale * p.View.Unit
	t.turn++
	turn := t.turn
	go func() {
		f, found, err := t.w.session.FeatureAt(context.Background(), l, p.At, reach)
		t.w.dispatch(func() {
			switch {
			case turn != t.turn || t.w.tool != tool(t):
			case err != nil || !found:
				t.drop()
			default:
				t.fault, t.remark, t.of = "", "", nil
				t.loaded(l, []model.Feature{f}, nil)
			}
		})
	}()
}

// pointed tells whether there is something to take hold of.
func (t *drawing) pointed(p *mapview.Pointer) bool {
	t.still.pointed(p)
	if p == nil || t.of == nil {
		return false
	}
	t.magnet.look(p.At)
	if _, _, ok := t.handleAt(*p); ok {
		return true
	}
	return shape.Distance(t.of.Geometry, p.At) <= t.reach(*p)
}

// grabbed takes hold of a vertex, of the middle of a segment, or of the whole feature.
func (t *drawing) grabbed(p mapview.Pointer) bool {
	if !t.edit || t.of == nil {
		return false
	}
	t.magnet.look(p.At)
	v, middle, ok := t.handleAt(p)
	switch {
	case ok && middle:
		t.hold = &hold{vertex: &v, insert: true, from: p.At, now: t.of.Geometry}
	case ok:
		t.vertex = &v
		t.hold = &hold{vertex: &v, from: p.At, now: t.of.Geometry}
	case shape.Distance(t.of.Geometry, p.At) <= t.reach(p):
		t.hold = &hold{from: p.At, now: t.of.Geometry}
	default:
		return false
	}
	return true
}

// moved is the shape that what is held makes with the pointer at a place, and what that snaps to.
func (t *drawing) moved(at orb.Point) (orb.Geometry, *mapview.Snap) {
	h := t.hold
	if h.vertex == nil {
		return shape.Shift(t.of.Geometry, at[0]-h.from[0], at[1]-h.from[1]), nil
	}
	var mark *mapview.Snap
	if snap, ok := t.magnet.snap(at, t.of.Geometry); ok {
		at, mark = snap.At, &snap
	}
	change := shape.Move
	if h.insert {
		change = shape.Insert
	}
	g, err := change(t.of.Geometry, *h.vertex, at)
	if err != nil {
		return t.of.Geometry, nil
	}
	return g, mark
}

// carried lets the shape follow the pointer.
func (t *drawing) carried(p mapview.Pointer) bool {
	if t.hold == nil {
		return false
	}
	t.magnet.look(p.At)
	g, mark := t.moved(p.At)
	t.hold.now = g
	t.w.view.SetDrawn(t.handled(g, mark))
	return false
}

// dropped keeps the shape as it is let go, as one step, or puts it back.
func (t *drawing) dropped(p mapview.Pointer, given bool) {
	h := t.hold
	if h == nil {
		return
	}
	g := h.now
	t.hold = nil
	if !given || t.of == nil || orb.Equal(g, t.of.Geometry) {
		t.handles()
		return
	}
	if h.insert {
		t.vertex = &shape.Vertex{Part: h.vertex.Part, Ring: h.vertex.Ring, Index: h.vertex.Index + 1}
	}
	t.reshape(func(orb.Geometry) (orb.Geometry, error) { return g, nil })
}

// reshape gives the feature another shape as one step.
func (t *drawing) reshape(change func(orb.Geometry) (orb.Geometry, error)) {
	l, there := t.chosenLayer()
	if !there || t.of == nil {
		return
	}
	id := t.of.ID
	t.try(func(ctx context.Context) ([]i18n.Message, error) { return t.w.session.Reshape(ctx, l, id, change) }, func() {})
}

// removeVertex takes the chosen vertex away.
func (t *drawing) removeVertex() {
	if t.vertex == nil || t.of == nil {
		return
	}
	v := *t.vertex
	t.vertex = nil
	t.reshape(func(g orb.Geometry) (orb.Geometry, error) { return shape.Remove(g, v) })
}

// removeFeature removes the feature; undo brings it back.
func (t *drawing) removeFeature() {
	l, there := t.chosenLayer()
	if !there || t.of == nil {
		return
	}
	id := t.of.ID
	t.try(func(ctx context.Context) ([]i18n.Message, error) {
		return nil, t.w.session.DeleteFeatures(ctx, l, []int64{id})
	}, t.drop)
}

// key removes by Delete: the chosen vertex, else the feature. Escape lets go of the feature first.
func (t *drawing) key(ev *fyne.KeyEvent) bool {
	switch {
	case ev.Name == fyne.KeyEscape && t.fresh != nil:
		t.discard()
	case ev.Name == fyne.KeyEscape && t.of != nil:
		t.drop()
	case (ev.Name == fyne.KeyDelete || ev.Name == fyne.KeyBackspace) && t.vertex != nil:
		t.removeVertex()
	case ev.Name == fyne.KeyDelete && t.of != nil:
		t.removeFeature()
	default:
		return false
	}
	return true
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
