package ui

import (
	"fyne.io/fyne/v2"
	"github.com/paulmach/orb"

	"nabar/app/ui/toolbar"
	"nabar/app/ui/widgets"
	"nabar/mapview"
)

// toolName tells tools apart; it ends the keys of their texts.
type toolName string

// The tools of the map. The usual one tells of what is clicked.
const (
	identifyTool toolName = "identify"
	trialTool    toolName = "trial"
	moveTool     toolName = "move"
	selectTool   toolName = "select"
	measureTool  toolName = "measure"
	drawTool     toolName = "draw"
	areaTool     toolName = "area"
)

// tool is what clicks, drags, moves and keys on the map do. One is always chosen, and no more than one.
type tool interface {
	name() toolName
	begin()                                      // it has been chosen, and its panel is shown
	end()                                        // another one is about to be
	panel() fyne.CanvasObject                    // beside the map, in place of the figures; nil for none
	chosen()                                     // another thing is selected
	follow()                                     // the window shows another state
	tapped(p mapview.Pointer)                    //
	pointed(p *mapview.Pointer) (something bool) // nil where the pointer has left
	grabbed(p mapview.Pointer) bool              // whether a drag carries something
	carried(p mapview.Pointer) (placed bool)     //
	dropped(p mapview.Pointer, given bool)       //
	key(ev *fyne.KeyEvent) bool                  // whether it was of use
	routes() []orb.LineString                    // that the map is drawn with
}

// still is a tool that does nothing, for others to begin from.
type still struct{ w *Window }

func (still) chosen()                               {}
func (still) begin()                                {}
func (still) end()                                  {}
func (still) panel() fyne.CanvasObject              { return nil }
func (still) follow()                               {}
func (still) tapped(mapview.Pointer)                {}
func (still) grabbed(mapview.Pointer) bool          { return false }
func (still) carried(mapview.Pointer) (placed bool) { return false }
func (still) dropped(mapview.Pointer, bool)         {}
func (still) key(*fyne.KeyEvent) bool               { return false }
func (still) routes() []orb.LineString              { return nil }

func (t still) pointed(p *mapview.Pointer) bool {
	if p == nil {
		t.w.status.Pointer(nil)
		return t.w.hoverSpot(nil)
	}
	t.w.status.Pointer(&p.At)
	return t.w.hoverSpot(p)
}

// identify is the usual tool: a click tells of what lies there.
type identify struct{ still }

func (identify) name() toolName { return identifyTool }

func (t identify) tapped(p mapview.Pointer) { t.w.tapped(p) }

func (t identify) pointed(p *mapview.Pointer) bool {
	if busy := t.still.pointed(p); busy || p == nil || t.w.state.scene == nil {
		return busy
	}
	return t.w.something(*p)
}

// something tells whether there is something to choose under the pointer.
func (w *Window) something(p mapview.Pointer) bool {
	if _, pin := w.state.scene.PinAt(p.View, p.X, p.Y); pin {
		return true
	}
	hit := w.state.scene.Hit(p.View, p.X, p.Y)
	return len(hit.Facilities) > 0 || hit.Cell >= 0
}

// trialling is the tool that tries something out; see Window.trial.
type trialling struct{ still }

func (trialling) name() toolName                          { return trialTool }
func (t trialling) end()                                  { t.w.leaveTrial() }
func (t trialling) panel() fyne.CanvasObject              { return t.w.trialCard.Object() }
func (t trialling) follow()                               { t.w.followTrial() }
func (t trialling) grabbed(p mapview.Pointer) bool        { return t.w.grabbed(p) }
func (t trialling) carried(p mapview.Pointer) bool        { return t.w.carried(p) }
func (t trialling) dropped(p mapview.Pointer, given bool) { t.w.droppedPlace(p, given) }
func (t trialling) key(ev *fyne.KeyEvent) bool            { return t.w.trialKey(ev) }

func (t trialling) tapped(p mapview.Pointer) {
	switch {
	case t.w.tappedRoad(p):
	case t.w.trial.scene != nil:
		t.w.tappedInTrial(p)
	default:
		t.w.tapped(p)
	}
}

func (t trialling) pointed(p *mapview.Pointer) bool {
	t.still.pointed(p)
	if p == nil || t.w.state.scene == nil {
		t.w.hoverRoad(nil)
		return false
	}
	return t.w.hoverRoad(p) || t.w.something(*p)
}

// useTool chooses a tool in place of the one before.
func (w *Window) useTool(t tool) {
	old := w.tool
	w.tool = identify{still{w}} // what the old one asks for while it ends is not its own any more
	old.end()
	w.view.StopDrawing()
	w.view.SetDrawn(mapview.Drawn{})
	w.view.OnBox = nil
	w.status.Idle("")
	w.tool = t
	w.showTool()
	t.begin()
	w.showCard()
	w.showScene()
}

// showTool shows the panel of the tool, and which one is chosen.
func (w *Window) showTool() {
	w.toolPanel.RemoveAll()
	o := w.tool.panel()
	if o != nil {
		w.toolPanel.Add(o)
	}
	w.toolPanel.Refresh()
	widgets.Show(w.tabs, o == nil) // what is covered takes as long to paint as what is seen
	w.showPanels()
	w.bar.Set(w.barState())
	w.setMenu()
}

// dropTool goes back to the usual tool.
func (w *Window) dropTool() { w.useTool(identify{still{w}}) }

// trialOn tells whether something is being tried out.
func (w *Window) trialOn() bool { return w.tool.name() == trialTool }

// toggleTool chooses a tool, or goes back to the usual one where it is chosen already.
func (w *Window) toggleTool(name toolName) {
	switch {
	case w.tool.name() == name || name == identifyTool:
		w.dropTool()
	case name == trialTool:
		w.beginTrial()
	case !w.state.open:
	case name == selectTool:
		w.useTool(newSelecting(w))
	case name == measureTool:
		w.useTool(newMeasuring(w))
	case name == drawTool && w.writable():
		w.useTool(newDrawing(w))
	case name == areaTool:
		w.useTool(newProfiling(w))
	}
}

// toolChoices are the tools that can be used, the usual one first.
func (w *Window) toolChoices() []toolbar.Service {
	if !w.state.open || w.state.scene == nil {
		return nil
	}
	var out []toolbar.Service
	for _, name := range []toolName{identifyTool, selectTool, measureTool, drawTool, areaTool} {
		if name != drawTool || !w.state.readOnly {
			out = append(out, toolbar.Service{ID: string(name), Name: w.printer.T("tools.ui.tool_" + string(name))})
		}
	}
	return out
}

// toolKeys are the keys that choose a tool, together with Ctrl.
var toolKeys = map[toolName]fyne.KeyName{selectTool: fyne.KeyU, measureTool: fyne.KeyM, drawTool: fyne.KeyD, areaTool: fyne.KeyR}

// toolsMenu lists the tools of the map.
func (w *Window) toolsMenu() *fyne.MenuItem {
	choices := w.toolChoices()
	m := w.item("tools.ui.tools", len(choices) > 0, nil)
	m.ChildMenu = fyne.NewMenu("")
	for _, c := range choices {
		name := toolName(c.ID)
		item := ticked(fyne.NewMenuItem(c.Name, func() { w.toggleTool(name) }), name == w.tool.name())
		if key, has := toolKeys[name]; has {
			keyed(item, key, 0)
		}
		m.ChildMenu.Items = append(m.ChildMenu.Items, item)
	}
	return m
}
