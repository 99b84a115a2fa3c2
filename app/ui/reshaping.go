package ui

import (
	"context"
	"reflect"
	"slices"

	"fyne.io/fyne/v2"
	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/mapview"
	"nabar/model"
	"nabar/model/shape"
)

// hold is what is being dragged over the map.
type hold struct {
	vertex *shape.Vertex // nil for the whole feature
	insert bool          // the vertex is a new one, after vertex
	from   orb.Point     // where the drag began
	now    orb.Geometry  // the shape as it would become
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
