package ui

import (
	"context"

	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/app/ui/detail"
)

// roads are the roads that belong to the selection: what the card tells of them, and the one that the map shows.
type roads struct {
	of      selectionKey
	ways    []detail.Way
	line    orb.LineString
	turn    int // counts the searches, so that a slow one does not overwrite a later one
	cancel  context.CancelFunc
	instead *otherRoad // nil for the road to the nearest place
}

// selectionKey tells selections apart.
type selectionKey struct {
	facility, cell string
	choice         choice
}

// nearbyCount is how many other places are told of beside a chosen one.
const nearbyCount = 2

// findRoads looks in the background for the roads of what is chosen. Those of the same selection stay until the new
// ones are there, those of another go at once.
func (w *Window) findRoads() {
	r := &w.roads
	if r.cancel != nil {
		r.cancel()
	}
	r.turn++
	key := selectionKey{w.selected.facility, w.selected.cell, w.state.choice}
	if r.of != key {
		r.of, r.ways = key, nil
		w.showRoad(nil)
	}
	search := w.roadSearch()
	if search == nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel = cancel
	turn := r.turn
	go func() {
		ways, err := search(ctx)
		w.dispatch(func() {
			if turn != r.turn {
				return
			}
			cancel()
			if err != nil {
				w.fail(err)
				return
			}
			w.foundRoads(ways)
		})
	}()
}

// roadSearch is the search that the selection asks for, nil for none.
func (w *Window) roadSearch() func(context.Context) ([]session.Way, error) {
	st := &w.state
	if st.result == nil || st.missing != "" {
		return nil
	}
	s, q := w.session, st.choice.query()
	if i := w.facility(w.selected.facility); i >= 0 {
		q.Service = st.snapshot.Facilities[i].Type
		id := w.selected.facility
		return func(ctx context.Context) ([]session.Way, error) { return s.Nearby(ctx, q, id, nearbyCount) }
	}
	if cell := w.selected.cell; detail.Figures(st.result, cell) != nil {
		return func(ctx context.Context) ([]session.Way, error) {
			ways, _, err := s.NearestTo(ctx, q, cell, session.MaxNearest)
			return ways, err
		}
	}
	return nil
}

// foundRoads shows the roads of the selection: all on the card, the first one on the map.
func (w *Window) foundRoads(ways []session.Way) {
	w.roads.ways = nil
	for _, way := range ways {
		w.roads.ways = append(w.roads.ways, detail.Way{Facility: way.Facility, Metres: way.Metres, Seconds: way.Seconds})
	}
	var line orb.LineString
	if len(ways) > 0 {
		line = ways[0].Line
	}
	if other := w.roads.instead; other != nil && other.facility == w.selected.facility {
		line = other.line
	}
	w.showRoad(line)
	w.showCard()
}

// showRoad shows a road on the map, nil for none.
func (w *Window) showRoad(line orb.LineString) {
	if line == nil && w.roads.line == nil {
		return
	}
	w.roads.line = line
	w.showScene()
}

// showScene has the map drawn with the road that is to be seen on it.
func (w *Window) showScene() {
	scene := w.state.scene
	if scene == nil {
		return
	}
	if w.trialOn() && w.trial.scene != nil {
		w.view.RenewRenderer(w.trialMap())
		return
	}
	if w.stage != nil {
		scene = scene.WithPins(w.stage.pins)
	}
	if focus := w.figures.attention(w.state.snapshot); focus != nil {
		scene = scene.WithFocus(focus)
	}
	lines := w.newRoads()
	if w.roads.line != nil {
		lines = append(lines, w.roads.line)
	}
	lines = append(lines, w.tool.routes()...)
	w.shownRows = w.selected.rows
	if rows := w.selected.rows; rows != nil {
		scene = scene.WithSelected(rows.shapes)
	}
	if len(lines) > 0 {
		scene = scene.WithRoutes(lines...)
	}
	w.view.SetRenderer(scene)
}
