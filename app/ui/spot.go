package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/detail"
	"nabar/app/ui/look"
	"nabar/app/ui/placeform"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/mapview"
	"nabar/model"
	"nabar/model/symbology"
)

// spotting is the editing of service places and comments on the map.
type spotting struct {
	drag  string                            // the facility that is being dragged, "" for none
	hover bool                              // the road is shown at the pointer
	find  func(orb.Point) session.PlaceRoad // nil until the roads are ready
	turn  int                               // counts what is begun; what comes late from one before is dropped
	form  *placeform.Form                   // that was opened last
}

// mostUses is how many uses of a place a question lists.
const mostUses = 8

// spotItems are the menu's entries of editing service places.
func (w *Window) spotItems() []*fyne.MenuItem {
	can := w.state.open && !w.state.readOnly
	return []*fyne.MenuItem{
		fyne.NewMenuItemSeparator(),
		w.item("spot.menu.add", can, w.askPlace),
		ticked(w.item("spot.menu.move", can && len(w.state.types) > 0, w.toggleMoving), w.tool.name() == moveTool),
		w.item("spot.menu.edit", can && len(w.state.types) > 0, func() { w.withChosen(w.askEditPlace) }),
		w.item("spot.menu.remove", can && len(w.state.types) > 0, func() { w.withChosen(w.askRemovePlace) }),
		fyne.NewMenuItemSeparator(),
		w.item("spot.menu.comment", can, w.askComment),
	}
}

// withChosen does something with the service place that is chosen, or says that one must be.
func (w *Window) withChosen(do func(id string)) {
	if !w.editable(w.selected.facility) {
		w.status.Idle(w.printer.T("spot.ui.choose_first"))
		return
	}
	do(w.selected.facility)
}

// editable tells whether a facility is a row of the project: what a scenario opens is not.
func (w *Window) editable(id string) bool {
	i := w.facility(id)
	return i >= 0 && w.state.snapshot.Facilities[i].Layer != ""
}

// beginSpot ends what else goes on on the map and finds the roads in the background.
func (w *Window) beginSpot() {
	if w.trialOn() {
		w.endTrial()
	}
	w.spot.turn++
	turn := w.spot.turn
	go func() {
		find, err := w.session.RoadFinder(context.Background())
		w.dispatch(func() {
			if w.spot.turn == turn && err == nil { // without roads the place is kept all the same
				w.spot.find = find
			}
		})
	}()
}

// roadWord says how far the road is from a point, "" as long as that is not known.
func (w *Window) roadWord(at orb.Point) string {
	if w.spot.find == nil {
		return ""
	}
	r := w.spot.find(at)
	return w.printer.Text(r.Say())
}

// tetherTo shows the road that a place at a point would join, and how far it is.
func (w *Window) tetherTo(at orb.Point) {
	if w.spot.find == nil {
		return
	}
	r := w.spot.find(at)
	var to *orb.Point
	if r.Found {
		to = &r.At
	}
	w.view.ShowTether(at, to, w.printer.Text(r.Say()))
}

// hoverSpot shows the road at the pointer while a place is being pointed out, and tells whether one is.
func (w *Window) hoverSpot(p *mapview.Pointer) bool {
	switch {
	case !w.spot.hover:
		return false
	case p == nil:
		w.view.HideTether()
	default:
		w.tetherTo(p.At)
	}
	return true
}

// pointOut lets the user point at the map, with the road shown at the pointer.
func (w *Window) pointOut(done func([]orb.Point)) {
	w.beginSpot()
	w.pickOnMap(mapview.PointShape, func(points []orb.Point) {
		w.spot.hover = false
		w.view.HideTether()
		done(points)
	})
	w.spot.hover = true
}

// askPlace lets the user point out where a new place lies, and asks what it is.
func (w *Window) askPlace() {
	if !w.writable() {
		return
	}
	w.pointOut(func(points []orb.Point) {
		if points != nil {
			w.askNewPlace(points[0])
		}
	})
	w.status.Idle(w.printer.T("spot.ui.add_hint"))
}

// askNewPlace opens the form of a new place at a point.
func (w *Window) askNewPlace(at orb.Point) {
	q := w.placeQuestion(w.printer.T("spot.ui.add_title"))
	q.New, q.At = true, orb.Point{at[0], at[1]}
	if w.choice.service != "" {
		q.Chosen = []string{w.choice.service}
	}
	q.Save = func(a placeform.Answer, done func(error)) {
		w.savePlace(func(ctx context.Context) (session.PlaceReport, error) {
			return w.session.AddPlace(ctx, session.PlaceDraft{Types: a.Types, At: *a.At, Facts: a.Facts})
		}, done)
	}
	w.spot.form = placeform.Show(w.win, w.printer, q)
}

// placeQuestion is what the forms of new and old places have in common.
func (w *Window) placeQuestion(title string) placeform.Question {
	q := placeform.Question{Title: title, Road: w.roadWord, Pick: w.pointOut}
	for _, t := range w.serviceTypes() {
		q.Types = append(q.Types, placeform.Type{ID: t.ID, Label: w.session.TypeName(t)})
	}
	for i := range w.state.snapshot.Facilities {
		if form := w.state.snapshot.Facilities[i].Form; form != "" && !slices.Contains(q.Forms, form) {
			q.Forms = append(q.Forms, form)
		}
	}
	if ombud := w.printer.T("spot.ui.ombud"); !slices.Contains(q.Forms, ombud) {
		q.Forms = append(q.Forms, ombud)
	}
	slices.Sort(q.Forms)
	return q
}

// askEditPlace opens the form of a place as the project has it, whatever scenario is shown.
func (w *Window) askEditPlace(id string) {
	if !w.writable() {
		return
	}
	w.beginSpot()
	go func() {
		ctx := context.Background()
		base, err := w.session.Snapshot(ctx, nil)
		var facts map[string]string
		if err == nil {
			facts, err = w.session.PlaceFacts(ctx, id)
		}
		w.dispatch(func() {
			if err != nil {
				w.fail(err)
				return
			}
			w.editPlace(base, id, facts)
		})
	}()
}

// editPlace opens the form of a place.
func (w *Window) editPlace(base *model.Snapshot, id string, facts map[string]string) {
	group := session.PlaceServices(base, id)
	q := w.placeQuestion("")
	q.Facts, q.Services = facts, len(group)
	for _, i := range group {
		f := &base.Facilities[i]
		q.Chosen = append(q.Chosen, f.Type)
		if f.ID == id {
			q.Title, q.At, q.Own = w.printer.T("spot.ui.edit_title", f.Name), f.At, f.Type
		}
	}
	if w.choice.scenario != "" {
		q.Note = w.printer.T("spot.ui.baseline")
	}
	q.Save = func(a placeform.Answer, done func(error)) {
		w.savePlace(func(ctx context.Context) (session.PlaceReport, error) {
			return w.session.EditPlace(ctx, id, session.PlaceChange{Types: a.Types, At: a.At, Facts: a.Facts, Alone: a.Alone})
		}, done)
	}
	w.spot.form = placeform.Show(w.win, w.printer, q)
}

// savePlace changes a place off the window's thread, chooses it, and tells what no longer fits.
func (w *Window) savePlace(change func(context.Context) (session.PlaceReport, error), done func(error)) {
	go func() {
		r, err := change(context.Background())
		w.dispatch(func() {
			done(err)
			if err != nil {
				return
			}
			if len(r.Places) > 0 {
				w.selected = selection{facility: r.Places[0].ID}
				w.status.Idle(w.printer.Text(r.Road.Say()))
			}
			w.tellBroken(r)
		})
	}()
}

// tellBroken lists what refers to services that are gone.
func (w *Window) tellBroken(r session.PlaceReport) {
	if len(r.Broken) > 0 {
		ask.Tell(w.win, w.printer, w.printer.T("spot.ui.broken_title", r.Name), w.printer.T("spot.broken")+"\n"+w.lines(r.Broken))
	}
}

// lines writes messages as a list, the first ones of many.
func (w *Window) lines(all []i18n.Message) string {
	var out []string
	for i, m := range all {
		if i == mostUses && len(all) > mostUses+1 {
			out = append(out, w.printer.T("spot.sheet_more", len(all)-i))
			break
		}
		out = append(out, w.printer.T("spot.cli_item", m))
	}
	return strings.Join(out, "\n")
}

// askRemovePlace says what refers to a place, and removes it where the user wants that.
func (w *Window) askRemovePlace(id string) {
	if !w.writable() {
		return
	}
	go func() {
		ctx := context.Background()
		base, err := w.session.Snapshot(ctx, nil)
		var ids []string
		var uses session.PlaceUses
		if err == nil {
			for _, i := range session.PlaceServices(base, id) {
				ids = append(ids, base.Facilities[i].ID)
			}
			uses, err = w.session.PlaceUses(ctx, ids...)
		}
		w.dispatch(func() {
			if err != nil {
				w.fail(err)
				return
			}
			w.confirmRemoval(base, id, len(ids), uses)
		})
	}()
}

// confirmRemoval asks whether a place goes.
func (w *Window) confirmRemoval(base *model.Snapshot, id string, services int, uses session.PlaceUses) {
	p := w.printer
	i := slices.IndexFunc(base.Facilities, func(f model.Facility) bool { return f.ID == id })
	if i < 0 {
		return
	}
	name := base.Facilities[i].Name
	text := p.T("spot.ui.remove_text", name)
	if services > 1 {
		text = p.T("spot.ui.remove_all", name, services)
	}
	if all := uses.All(); len(all) > 0 {
		text += "\n\n" + p.T("spot.ui.uses") + "\n" + w.lines(all)
	}
	ask.Confirm(w.win, p, p.T("spot.ui.remove_title"), text, p.T("spot.ui.remove_yes"), func() {
		w.edit(func(ctx context.Context) error {
			_, err := w.session.RemovePlace(ctx, id, false)
			return err
		})
	})
}

// toggleMoving begins or ends the moving of places by dragging their symbols.
func (w *Window) toggleMoving() {
	if w.tool.name() == moveTool {
		w.dropTool()
		return
	}
	if !w.writable() {
		return
	}
	w.beginSpot()
	w.chooseScenario("") // a scenario's own positions are its modifications
	w.useTool(moving{still{w}})
}

// moving is the tool that moves service places by dragging their symbols; else it does what the usual one does.
type moving struct{ still }

func (moving) name() toolName                          { return moveTool }
func (t moving) tapped(p mapview.Pointer)              { t.w.tapped(p) }
func (t moving) pointed(p *mapview.Pointer) bool       { return identify(t).pointed(p) }
func (t moving) grabbed(p mapview.Pointer) bool        { return t.w.grabbedSpot(p) }
func (t moving) carried(p mapview.Pointer) bool        { t.w.carriedSpot(p); return false }
func (t moving) dropped(p mapview.Pointer, given bool) { t.w.droppedSpot(p, given) }

func (t moving) begin() {
	t.w.status.Idle(t.w.printer.T("spot.ui.move_hint"))
	t.w.win.Canvas().Focus(t.w.view)
}

// follow ends the moving where a scenario has been chosen: what would be dragged is not what is seen then.
func (t moving) follow() {
	if t.w.state.choice.scenario != "" && t.w.choice.scenario != "" {
		t.w.dropTool()
	}
}

func (t moving) end() {
	t.w.spot.drag = ""
	t.w.view.HideTether()
}

// grabbedSpot begins dragging the place under the pointer. A scenario's own places stay: they are its modifications.
func (w *Window) grabbedSpot(p mapview.Pointer) bool {
	if w.state.scene == nil {
		return false
	}
	hit := w.state.scene.Hit(p.View, p.X, p.Y)
	if len(hit.Facilities) == 0 {
		return false
	}
	f := &w.state.snapshot.Facilities[w.preferred(hit.Facilities)]
	if !w.editable(f.ID) {
		return false
	}
	w.spot.drag = f.ID
	symbol := symbology.SymbolOf(f.Type, w.state.snapshot.Types)
	if w.prefs.dark() {
		symbol = symbol.OnDark()
	}
	w.view.ShowCarried(widgets.SymbolImage(symbol, carriedSize))
	w.selectFacility(f.ID, false)
	w.card.Hide()
	return true
}

// carriedSpot shows the road that the dragged place would join.
func (w *Window) carriedSpot(p mapview.Pointer) {
	if w.spot.drag != "" {
		w.tetherTo(p.At)
		w.status.Pointer(&p.At)
	}
}

// droppedSpot moves the dragged place to where it was let go, as one step.
func (w *Window) droppedSpot(p mapview.Pointer, given bool) {
	id := w.spot.drag
	if id == "" {
		return
	}
	w.spot.drag = ""
	w.view.HideTether()
	if given {
		at := whole(p.At)
		w.savePlace(func(ctx context.Context) (session.PlaceReport, error) {
			return w.session.EditPlace(ctx, id, session.PlaceChange{At: &at})
		}, func(err error) {
			if err != nil {
				w.fail(err)
			}
		})
	}
}

// withRowTools puts what can be done with service places or comments under the table of their rows.
func (w *Window) withRowTools(l model.Layer, table fyne.CanvasObject) fyne.CanvasObject {
	if w.state.readOnly || l.Role != model.RoleServices && l.Role != model.RoleComments {
		return table
	}
	tools := container.NewHBox()
	add := func(key string, do func()) {
		tools.Add(widget.NewButton(w.printer.T(key), func() {
			w.win.RequestFocus()
			do()
		}))
	}
	if l.Role == model.RoleComments {
		add("spot.menu.comment", w.askComment)
		return container.NewBorder(nil, widgets.Pad(look.Step2, tools), nil, nil, table)
	}
	add("spot.menu.add", w.askPlace)
	add("spot.menu.edit", func() { w.withChosen(w.askEditPlace) })
	add("spot.menu.remove", func() { w.withChosen(w.askRemovePlace) })
	return container.NewBorder(nil, widgets.Pad(look.Step2, tools), nil, nil, table)
}

// spotActions are what the card of a service place offers for editing it.
func (w *Window) spotActions(i int) []detail.Action {
	f := &w.state.snapshot.Facilities[i]
	if w.state.readOnly || f.Layer == "" || w.trialOn() {
		return nil
	}
	p := w.printer
	return []detail.Action{
		{Label: p.T("spot.ui.edit"), Do: func() { w.askEditPlace(f.ID) }},
		{Label: p.T("spot.ui.remove"), Do: func() { w.askRemovePlace(f.ID) }},
		{Label: p.T("spot.ui.comment_here"), Do: func() { w.askCommentOn(f.ID, f.At) }},
	}
}

// whole is a point in whole metres.
func whole(at orb.Point) orb.Point {
	out, _ := widgets.ReadPoint(widgets.PointText(at))
	return out
}
