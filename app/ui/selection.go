package ui

import (
	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/app/ui/detail"
	"nabar/mapview"
	"nabar/mapview/render"
	"nabar/model"
)

// selection is the one thing that is chosen: a facility or a square, features of a layer, or nothing. Where one feature is chosen that
// is a facility or a square, it is both.
type selection struct {
	facility string              // model.Facility.ID
	cell     string              // model.Cell.ID
	others   []int               // the services at the same place, when it was chosen on the map
	comment  int                 // session.Comment.Number, 0 for none
	rows     *rowsChoice         // features of a layer, chosen on the map or in its table
	hit      *session.FeatureHit // that a click fell on, nil for none or not known yet
}

// tapped chooses what lies under a click.
func (w *Window) tapped(p mapview.Pointer) {
	st := &w.state
	if st.scene == nil {
		return
	}
	w.roads.instead = nil
	w.choosing++
	if w.tappedPin(p) {
		return
	}
	hit := st.scene.Hit(p.View, p.X, p.Y)
	switch {
	case len(hit.Facilities) > 0:
		i := w.preferred(hit.Facilities)
		w.selected = selection{facility: st.snapshot.Facilities[i].ID, others: hit.Facilities}
		w.showSelection(false)
	case hit.Cell >= 0 && hit.Cell < len(st.snapshot.Cells): // a map of changes also has squares that are no longer there
		w.selected = selection{cell: st.snapshot.Cells[hit.Cell].ID}
		w.showSelection(false)
		w.findFeature(p.At)
	default:
		w.selectNone()
		w.findFeature(p.At)
	}
}

// preferred is the facility of the chosen service type among several, else the first.
func (w *Window) preferred(facilities []int) int {
	for _, i := range facilities {
		if w.state.snapshot.Facilities[i].Type == w.choice.service {
			return i
		}
	}
	return facilities[0]
}

// selectFacility chooses a facility; where move is set the map goes there if it lies outside.
func (w *Window) selectFacility(id string, move bool) {
	w.selected = selection{facility: id}
	w.showSelection(move)
}

// selectNone chooses nothing.
func (w *Window) selectNone() {
	w.choosing++
	w.selected = selection{}
	w.showSelection(false)
}

// reselect shows the selection in a new state; what is no longer there is no longer chosen.
func (w *Window) reselect() {
	if w.selected.facility != "" && w.facility(w.selected.facility) < 0 {
		w.selected = selection{}
	}
	if w.selected.cell != "" && w.cell(w.selected.cell) < 0 {
		w.selected = selection{}
	}
	if w.selected.comment != 0 && w.comment(w.selected.comment) == nil {
		w.selected = selection{}
	}
	w.selected.others = nil
	w.renewRows()
	w.showSelection(false)
}

// showSelection shows the selection in every panel and on the map.
func (w *Window) showSelection(move bool) {
	w.places.Select(w.selected.facility)
	w.results.Select(w.selected.facility)
	w.losses.Select(w.selected.facility)
	w.comments.Select(w.selected.comment)
	w.markRows()
	if i := w.facility(w.selected.facility); i >= 0 && move {
		w.view.Centre(w.state.snapshot.Facilities[i].At)
	}
	w.status.Selected(w.selectedText())
	w.tool.chosen()
	if w.shownRows != w.selected.rows {
		w.showScene()
	}
	w.findRoads()
	w.showCard()
	w.placeMark(w.view.View())
}

// showCard tells of what is chosen, or takes the card away.
func (w *Window) showCard() {
	if w.tool.panel() != nil && !w.trialOn() {
		w.card.Hide() // the map is the tool's
		return
	}
	if text, at, ok := w.commentCard(); ok {
		w.card.Aside(w.inLeftHalf(at))
		w.card.Show(text)
		return
	}
	about := detail.About{Printer: w.printer, Snapshot: w.state.snapshot, Result: w.state.result, Ways: w.roads.ways, TypeName: w.typeName}
	if i := w.facility(w.selected.facility); i >= 0 {
		text := about.Facility(i, w.selected.others)
		text.Action, text.Do = w.closing(i)
		text.More = append(w.reaching(i), detail.Action{Label: w.printer.T("areas.ui.around"), Do: func() { w.askAround(w.state.snapshot.Facilities[i].At) }})
		text.More = append(text.More, w.reserve(i)...)
		text.Tools = w.spotActions(i)
		w.card.Aside(w.inLeftHalf(w.state.snapshot.Facilities[i].At))
		w.card.Show(text)
		return
	}
	if i := w.cell(w.selected.cell); i >= 0 {
		w.card.Aside(w.inLeftHalf(w.state.snapshot.Cells[i].Centre))
		text := about.Cell(i)
		if w.state.result != nil && w.state.snapshot.Cells[i].Inside {
			text.Action, text.Do = w.printer.T("panel.why"), func() { w.whyCell(w.state.snapshot.Cells[i].ID) }
		}
		hit := w.selected.hit
		if hit != nil && !hit.Area {
			hit = hit.Around
		}
		if hit != nil {
			text.More = []detail.Action{{Label: w.printer.T("areas.ui.profile_of", hit.Name), Do: func() { w.showProfile(hit.Layer.Name, hit.AreaID) }}}
		}
		text.More = append(text.More, detail.Action{Label: w.printer.T("areas.ui.around"), Do: func() { w.askAround(w.state.snapshot.Cells[i].Centre) }})
		w.card.Show(text)
		return
	}
	if hit := w.selected.hit; hit != nil {
		w.card.Aside(w.inLeftHalf(hit.Feature.Geometry.Bound().Center()))
		w.card.Show(w.featureCard(hit))
		return
	}
	w.card.Hide()
}

// inLeftHalf tells whether a place is seen in the left half of the map.
func (w *Window) inLeftHalf(at orb.Point) bool {
	v := w.view.View()
	x, _ := v.ToScreen(at)
	return x < float64(v.Width)/2
}

// placeMark puts the map's mark on what is chosen. A symbol that stands beside its place is marked where it stands.
func (w *Window) placeMark(v render.View) {
	st := &w.state
	if st.snapshot == nil {
		w.view.Unmark()
		return
	}
	if i := w.facility(w.selected.facility); i >= 0 {
		at := st.snapshot.Facilities[i].At
		if st.scene != nil {
			if x, y, ok := st.scene.Where(v, i); ok {
				at = v.ToWorld(x, y)
			}
		}
		w.view.MarkPoint(at)
		return
	}
	if i := w.cell(w.selected.cell); i >= 0 {
		w.view.MarkSquare(square(&st.snapshot.Cells[i]))
		return
	}
	if c := w.comment(w.selected.comment); c != nil {
		w.view.MarkPoint(c.At)
		return
	}
	w.view.Unmark()
}

// square is the area of a square.
func square(c *model.Cell) orb.Bound {
	half := c.Size / 2
	return orb.Bound{
		Min: orb.Point{c.Centre[0] - half, c.Centre[1] - half},
		Max: orb.Point{c.Centre[0] + half, c.Centre[1] + half},
	}
}

// facility is the index of a facility by its id, -1 where there is none.
func (w *Window) facility(id string) int {
	if id == "" || w.state.snapshot == nil {
		return -1
	}
	for i := range w.state.snapshot.Facilities {
		if w.state.snapshot.Facilities[i].ID == id {
			return i
		}
	}
	return -1
}

// cell is the index of a square by its id, -1 where there is none.
func (w *Window) cell(id string) int {
	if id == "" || w.state.snapshot == nil {
		return -1
	}
	for i := range w.state.snapshot.Cells {
		if w.state.snapshot.Cells[i].ID == id {
			return i
		}
	}
	return -1
}
