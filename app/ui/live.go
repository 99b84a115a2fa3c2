package ui

import (
	"context"
	"math"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/trial"
	"nabar/app/ui/widgets"
	"nabar/mapview"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/scenario"
	"nabar/model/symbology"
)

// carriedSize is how large the picture of a symbol that is dragged is made, in units.
const carriedSize = 26

// roadReach is how near a road the pointer must be to mean it, in units.
const roadReach = 8

// trying is what the planner tries out. Tries run one at a time in the background, and only the newest wish is kept.
type trying struct {
	key    rankingKey // what it is tried out in
	turn   int        // counts the beginnings; what comes late from one before is dropped
	live   *session.Live
	before *session.Tried
	fixed  []scenario.Modification // what has been dropped, closed and opened
	roads  []session.Road          // those of fixed that are closed
	drag   *dragged                // what is under way; nil for nothing
	wish   *wish                   // the newest one that no try has been begun for
	busy   bool
	tried  *session.Tried
	scene  *render.Scene // of tried
	hover  *session.Road
	onMap  bool // the map is coloured by the change
	fault  string
}

// dragged is a place that is being dragged.
type dragged struct {
	ids   []string
	names []string
	at    orb.Point // of the pointer
}

// wish is a try that is to be made.
type wish struct {
	steps []scenario.Modification
	away  []string // facilities that the map leaves out: the pointer carries them
	onMap bool
	moved int  // the last move of the mouse that it takes in
	keep  bool // make the steps part of a scenario afterwards
	name  string
}

// toggleTrial begins trying, or ends it.
func (w *Window) toggleTrial() {
	if w.trialOn() {
		w.endTrial()
		return
	}
	w.beginTrial()
}

// beginTrial makes the project ready for trying out something, and tries steps at once.
func (w *Window) beginTrial(steps ...scenario.Modification) {
	if !w.writable() || w.state.missing != "" {
		return
	}
	w.useTool(trialling{still{w}})
	t := &w.trial
	*t = trying{key: rankingKey{w.state.choice, w.state.snapshot}, turn: t.turn + 1, fixed: steps, onMap: t.onMap}
	w.prepareTrial()
	w.card.Hide()
}

// prepareTrial prepares what is tried out in, in the background. What is fixed is tried as soon as it is ready.
func (w *Window) prepareTrial() {
	t := &w.trial
	t.live, t.before, t.busy, t.wish = nil, nil, true, nil
	turn, query, s := t.turn, t.key.choice.query(), w.session
	go func() {
		live, err := s.Live(context.Background(), query, nil)
		var before *session.Tried
		if err == nil {
			before, err = live.Try(context.Background())
		}
		w.dispatch(func() {
			if w.trial.turn != turn {
				return
			}
			w.trial.live, w.trial.before, w.trial.busy = live, before, false
			if err != nil {
				w.endTrial()
				w.fail(err)
				return
			}
			w.tryNow()
		})
	}()
	w.showTrial()
}

// followTrial prepares the trial anew where the window shows something else than what is tried out in. What is fixed stays.
func (w *Window) followTrial() {
	t := &w.trial
	if t.key == (rankingKey{w.state.choice, w.state.snapshot}) { // the map may have another look
		if t.live != nil && t.drag == nil {
			w.tryNow()
		}
		w.showTrial()
		return
	}
	if w.state.missing != "" || w.state.readOnly {
		w.endTrial()
		return
	}
	t.turn++
	t.key = rankingKey{w.state.choice, w.state.snapshot}
	t.tried, t.scene, t.drag, t.fault = nil, nil, nil, ""
	w.prepareTrial()
}

// endTrial goes back to the usual tool.
func (w *Window) endTrial() { w.dropTool() }

// leaveTrial shows the project as it is again.
func (w *Window) leaveTrial() {
	t := &w.trial
	*t = trying{turn: t.turn + 1, onMap: t.onMap}
	w.trialCard.Hide()
	if w.state.scene != nil {
		w.overlay.Set(w.state.scene, w.theme(), w.view.View().Unit)
		w.overlay.View(w.view.View())
	}
	w.showSelection(false)
}

// tryNow wishes for the figures of what is tried now.
func (w *Window) tryNow() { w.try(wish{steps: w.trial.fixed}) }

// try wishes for figures. A wish that no try has been begun for gives way.
func (w *Window) try(next wish) {
	t := &w.trial
	if t.wish != nil && t.wish.keep {
		return // what is about to be kept is not overtaken
	}
	next.onMap, next.moved = t.onMap, w.clock.moves
	t.wish = &next
	w.nextTry()
}

// nextTry begins the try that is wished for, where none is under way.
func (w *Window) nextTry() {
	t := &w.trial
	if t.busy || t.wish == nil || t.live == nil {
		return
	}
	now := *t.wish
	t.wish, t.busy = nil, true
	turn, live, base, closed, begun := t.turn, t.live, w.state.scene, w.closedLines(), time.Now()
	dress, picture := w.trialDress(), w.view.Ahead()
	go func() {
		tried, err := live.Try(context.Background(), now.steps...)
		var scene *render.Scene
		var kept scenario.Scenario
		if err == nil {
			scene = trialScene(base, tried, now, closed)
			if err = picture.Draw(context.Background(), dress(scene)); err == nil && now.keep {
				kept, err = live.Keep(context.Background(), now.name)
			}
		}
		computed := time.Now()
		w.dispatch(func() {
			if w.trial.turn != turn {
				return
			}
			w.trial.busy = false
			w.triedOut(now, tried, scene, err)
			if err == nil {
				w.clock.drawn(now.moved, begun, computed)
				picture.Show()
			}
			w.placeDragged()
			if now.keep && err == nil {
				w.keptTrial(kept)
			}
			w.nextTry()
		})
	}()
}

// trialScene is the map with a try. What the pointer carries is left out of it.
func trialScene(base *render.Scene, tried *session.Tried, now wish, closed []orb.LineString) *render.Scene {
	t := render.Trial{Snapshot: tried.Snapshot, Result: tried.Result, Closed: closed}
	if now.onMap {
		t.Comparison = tried.Change
	}
	if len(now.away) > 0 {
		seen := *tried.Snapshot
		seen.Facilities = slices.DeleteFunc(slices.Clone(seen.Facilities), func(f model.Facility) bool { return slices.Contains(now.away, f.ID) })
		t.Snapshot = &seen
	}
	return base.WithTrial(t)
}

// triedOut shows a try, or why there is none.
func (w *Window) triedOut(now wish, tried *session.Tried, scene *render.Scene, err error) {
	t := &w.trial
	t.fault = ""
	if err != nil {
		t.fault = w.printer.Error(err)
		if now.keep {
			w.fail(err)
		}
		w.showTrial()
		return
	}
	t.tried, t.scene = tried, scene
	if now.onMap {
		w.overlay.Set(scene, w.theme(), w.view.View().Unit)
		w.overlay.View(w.view.View())
	}
	w.showTrial()
}

// trialMap is the map of the trial with the road under the pointer.
func (w *Window) trialMap() *render.Scene { return w.trialDress()(w.trial.scene) }

// trialDress is what the map of a trial wears now: the attention on some people, the road under the pointer.
func (w *Window) trialDress() func(*render.Scene) *render.Scene {
	focus, road := w.figures.attention(w.state.snapshot), w.trial.hover
	if w.trial.drag != nil {
		road = nil
	}
	return func(scene *render.Scene) *render.Scene {
		if focus != nil {
			scene = scene.WithFocus(focus)
		}
		if road != nil {
			scene = scene.WithRoutes(road.Lines...)
		}
		return scene
	}
}

// showTrial shows the card.
func (w *Window) showTrial() {
	t := &w.trial
	in := trial.Input{
		Printer: w.printer, Name: w.typeName(t.key.choice.service), Before: t.before, Tried: t.tried, Fault: t.fault, OnMap: t.onMap,
		Changes: len(t.fixed) > 0, Road: t.hover,
	}
	if t.hover != nil {
		_, in.Shut = w.closedRoad(t.hover)
	}
	for _, m := range t.fixed {
		in.Steps = append(in.Steps, m.Describe(w.state.snapshot.Types))
	}
	w.trialCard.Set(trial.Describe(in))
}

// colourTrial colours the map by the change, or by the figures again.
func (w *Window) colourTrial(on bool) {
	w.trial.onMap = on
	if !on && w.state.scene != nil {
		w.overlay.Set(w.state.scene, w.theme(), w.view.View().Unit)
		w.overlay.View(w.view.View())
	}
	w.tryNow()
}

// grabbed begins dragging the place under the pointer, where there is one and something is being tried out.
func (w *Window) grabbed(p mapview.Pointer) bool {
	t := &w.trial
	if t.live == nil || t.scene == nil {
		return false
	}
	hit := t.scene.Hit(p.View, p.X, p.Y)
	if len(hit.Facilities) == 0 {
		return false
	}
	snapshot := t.scene.Snapshot()
	first := &snapshot.Facilities[hit.Facilities[0]] // all of a symbol are of one type
	t.drag, t.hover = &dragged{}, nil
	for _, i := range hit.Facilities {
		f := &snapshot.Facilities[i]
		t.drag.ids, t.drag.names = append(t.drag.ids, f.ID), append(t.drag.names, f.Name)
	}
	symbol := symbology.SymbolOf(first.Type, snapshot.Types)
	if w.prefs.dark() {
		symbol = symbol.OnDark()
	}
	w.view.ShowCarried(widgets.SymbolImage(symbol, carriedSize))
	if w.facility(first.ID) >= 0 {
		w.selected = selection{facility: first.ID}
		w.placeMark(w.view.View())
	}
	return true
}

// steps are what is fixed with the dragged places at a point, in place of where they were dropped before.
func (t *trying) steps(at orb.Point) []scenario.Modification {
	out := slices.DeleteFunc(slices.Clone(t.fixed), func(m scenario.Modification) bool {
		move, ok := m.(scenario.MovePlace)
		return ok && slices.Contains(t.drag.ids, move.ID)
	})
	for i, id := range t.drag.ids {
		out = append(out, scenario.MovePlace{ID: id, Name: t.drag.names[i], At: orb.Point{math.Round(at[0]), math.Round(at[1])}})
	}
	return out
}

// carried has the figures follow what is dragged. Symbol, position, map and figures are painted together, when the try is
// ready.
func (w *Window) carried(p mapview.Pointer) bool {
	if w.trial.drag == nil {
		return false
	}
	w.clock.moved(time.Now())
	w.trial.drag.at = p.At
	w.try(wish{steps: w.trial.steps(p.At), away: w.trial.drag.ids})
	return w.trial.busy
}

// placeDragged puts the symbol that is dragged under the pointer, and tells where that is.
func (w *Window) placeDragged() {
	if w.trial.drag != nil {
		w.view.PlaceCarried()
		w.status.Pointer(&w.trial.drag.at)
	}
}

// droppedPlace fixes what was dragged where it was let go and keeps it as one step, or puts it back.
func (w *Window) droppedPlace(p mapview.Pointer, given bool) {
	t := &w.trial
	if t.drag == nil {
		return
	}
	if given {
		t.fixed = t.steps(p.At)
	}
	t.drag = nil
	w.tryNow()
	if given {
		w.keepTrial()
	}
}

// keepTrial makes what is tried steps of the chosen scenario, or asks for the name of a new one.
func (w *Window) keepTrial() {
	t := &w.trial
	if !w.trialOn() || len(t.fixed) == 0 {
		return
	}
	if t.key.choice.scenario != "" {
		w.try(wish{steps: t.fixed, keep: true})
		return
	}
	p := w.printer
	ask.Line(w.win, p, p.T("live.name_title"), p.T("ui.scenarios.name"), w.trialName(), p.T("live.keep"), func(name string) {
		w.try(wish{steps: w.trial.fixed, keep: true, name: name})
	})
}

// trialName is what a scenario of the steps may be called.
func (w *Window) trialName() string {
	steps := w.trial.fixed
	name := ""
	switch m := steps[len(steps)-1].(type) {
	case scenario.MovePlace:
		name = w.printer.T("live.name_move", m.Name)
	case scenario.ClosePlace:
		name = w.printer.T("ui.scenarios.without", m.Name)
	default:
		name = w.printer.T("live.name_road")
	}
	if len(steps) > 1 {
		name = w.printer.T("live.name_more", name)
	}
	return name
}

// keptTrial goes on from what has been kept: the window shows the scenario, and nothing further is tried in it yet.
func (w *Window) keptTrial(kept scenario.Scenario) {
	w.trial.fixed, w.trial.roads = nil, nil
	w.showTrial()
	w.chooseScenario(kept.Name)
}

// resetTrial tries nothing.
func (w *Window) resetTrial() {
	w.trial.fixed, w.trial.roads = nil, nil
	w.tryNow()
	w.showTrial()
}

// closedLines are the lines of the roads that are closed.
func (w *Window) closedLines() []orb.LineString {
	var out []orb.LineString
	for _, r := range w.trial.roads {
		out = append(out, r.Lines...)
	}
	return out
}

// closedRoad finds a road among those that are closed.
func (w *Window) closedRoad(r *session.Road) (int, bool) {
	i := slices.IndexFunc(w.trial.roads, func(o session.Road) bool { return o.Layer == r.Layer && o.FID == r.FID })
	return i, i >= 0
}

// roadUnder is the road under the pointer, nil for none or where a symbol lies above it.
func (w *Window) roadUnder(p mapview.Pointer) *session.Road {
	t := &w.trial
	if t.live == nil || t.scene == nil || t.drag != nil || len(t.scene.Hit(p.View, p.X, p.Y).Facilities) > 0 {
		return nil
	}
	r, ok := t.live.RoadAt(p.At, roadReach*p.View.Scale*p.View.Unit)
	if !ok {
		return nil
	}
	return &r
}

// hoverRoad shows the road that a click would close.
func (w *Window) hoverRoad(p *mapview.Pointer) bool {
	t := &w.trial
	if t.scene == nil {
		return false
	}
	var now *session.Road
	if p != nil {
		now = w.roadUnder(*p)
	}
	same := now == nil && t.hover == nil || now != nil && t.hover != nil && now.Layer == t.hover.Layer && now.FID == t.hover.FID
	if !same {
		t.hover = now
		w.showTrial()
		w.view.RenewRenderer(w.trialMap())
	}
	return now != nil
}

// tappedRoad closes the road under a click, or opens it again, and tells whether there is one.
func (w *Window) tappedRoad(p mapview.Pointer) bool {
	r := w.roadUnder(p)
	if r == nil {
		return false
	}
	t := &w.trial
	if i, shut := w.closedRoad(r); shut {
		t.roads = slices.Delete(slices.Clone(t.roads), i, i+1)
		t.fixed = slices.DeleteFunc(slices.Clone(t.fixed), func(m scenario.Modification) bool { return m == r.Step() })
	} else {
		t.roads, t.fixed = append(slices.Clone(t.roads), *r), append(slices.Clone(t.fixed), r.Step())
	}
	w.tryNow()
	w.showTrial()
	return true
}

// tappedInTrial chooses the place under a click as the trial has it; squares are not chosen, their figures are not the
// trial's.
func (w *Window) tappedInTrial(p mapview.Pointer) {
	hit := w.trial.scene.Hit(p.View, p.X, p.Y)
	if len(hit.Facilities) == 0 {
		w.selectNone()
		return
	}
	w.selectFacility(w.trial.scene.Snapshot().Facilities[hit.Facilities[0]].ID, false)
}

// tryStep tries a step beside those that are tried already.
func (w *Window) tryStep(step scenario.Modification) {
	if !w.trialOn() {
		w.beginTrial(step)
		return
	}
	w.trial.fixed = append(slices.Clone(w.trial.fixed), step)
	w.card.Hide()
	w.tryNow()
	w.showTrial()
}

// trialKey takes the keys of a trial: Return keeps, Escape leaves.
func (w *Window) trialKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		w.keepTrial()
	case fyne.KeyEscape:
		w.endTrial()
	default:
		return false
	}
	return true
}

// trialItem is the menu's entry of trying.
func (w *Window) trialItem() *fyne.MenuItem {
	st := &w.state
	return ticked(keyed(w.item("live.menu", st.open && st.missing == "" && !st.readOnly, w.toggleTrial), fyne.KeyT, 0), w.trialOn())
}
