package ui

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/app/ui/detail"
	"nabar/model"
)

// rowsChoice are features of a layer, as the selection holds them.
type rowsChoice struct {
	layer  model.Layer
	ids    []int64 // in order
	shapes []orb.Geometry
	frame  orb.Bound // about the shapes; zero where there are none
}

// texts are the ids as tables have them.
func (r *rowsChoice) texts() []string {
	out := make([]string, len(r.ids))
	for i, id := range r.ids {
		out[i] = strconv.FormatInt(id, 10)
	}
	return out
}

// chooseFeatures makes features of a layer the one selection; where move is set the map goes there if they lie outside. Their shapes
// are read in the background, and the newest choice counts.
func (w *Window) chooseFeatures(l model.Layer, ids []int64, move bool) {
	w.choosing++
	turn := w.choosing
	go func() {
		features, err := w.session.FeaturesOf(context.Background(), l, ids)
		rows := &rowsChoice{layer: l}
		for _, f := range features {
			rows.ids = append(rows.ids, f.ID)
			if f.Geometry == nil {
				continue
			}
			if len(rows.shapes) == 0 {
				rows.frame = f.Geometry.Bound()
			}
			rows.frame = rows.frame.Union(f.Geometry.Bound())
			rows.shapes = append(rows.shapes, f.Geometry)
		}
		w.dispatch(func() {
			switch {
			case turn != w.choosing:
			case err != nil:
				w.fail(err)
			default:
				w.choseFeatures(rows, move)
			}
		})
	}()
}

// choseFeatures shows features as the selection. One that is a service place or a square is that too.
func (w *Window) choseFeatures(rows *rowsChoice, move bool) {
	if len(rows.ids) == 0 {
		w.selectNone()
		return
	}
	if rows.layer.Role == model.RoleComments && len(rows.ids) == 1 && w.chooseCommentRow(rows.ids[0]) {
		return
	}
	w.selected = selection{rows: rows}
	if len(rows.ids) == 1 {
		w.selected.facility = w.facilityOf(rows)
		w.selected.cell = w.cellOf(rows)
	}
	if w.selected.facility != "" || w.selected.cell != "" {
		rows.shapes = nil // marked as what it is
	}
	if move && rows.frame != (orb.Bound{}) {
		w.view.Centre(rows.frame.Center())
	}
	w.showSelection(move)
}

// facilityOf is the service place that a chosen feature is, "" for none.
func (w *Window) facilityOf(rows *rowsChoice) string {
	snapshot := w.state.snapshot
	if snapshot == nil || rows.layer.Role != model.RoleServices {
		return ""
	}
	for i := range snapshot.Facilities {
		if f := &snapshot.Facilities[i]; f.Layer == rows.layer.Name && f.FID == rows.ids[0] {
			return f.ID
		}
	}
	return ""
}

// cellOf is the square that a chosen feature is, "" for none.
func (w *Window) cellOf(rows *rowsChoice) string {
	snapshot := w.state.snapshot
	if snapshot == nil || rows.layer.Role != model.RolePopulation {
		return ""
	}
	for i := range snapshot.Cells {
		if c := &snapshot.Cells[i]; rows.frame.Contains(c.Centre) && square(c) == rows.frame {
			return c.ID
		}
	}
	return ""
}

// renewRows follows what has become of the layer whose features are selected: gone, or other features.
func (w *Window) renewRows() {
	rows := w.selected.rows
	if rows == nil {
		return
	}
	l, there := w.layerOf(rows.layer.ID)
	switch {
	case !there:
		w.selected.rows, w.selected.hit = nil, nil
	case l.Revision != rows.layer.Revision:
		w.chooseFeatures(l, rows.ids, false)
	}
}

// selectedText tells how much is selected, "" for nothing.
func (w *Window) selectedText() string {
	if rows := w.selected.rows; rows != nil {
		return w.printer.T("tools.ui.selected_in", len(rows.ids), rows.layer.Name)
	}
	return ""
}

// hitReach is how near a point or a line a click must be to mean it, in units.
const hitReach = 6

// findFeature looks in the background for the feature of a plain layer that a click fell on: the card tells of it, and its row is
// chosen where its table is open. Where the click chose a square it only leads to the profile of the area around that.
func (w *Window) findFeature(at orb.Point) {
	v := w.view.View()
	reach := hitReach * v.Scale * v.Unit
	w.choosing++
	turn := w.choosing
	go func() {
		hit, err := w.session.HitAt(context.Background(), at, reach)
		w.dispatch(func() {
			if err != nil || hit == nil || turn != w.choosing {
				return
			}
			w.selected.hit = hit
			if w.selected.cell == "" {
				g := hit.Feature.Geometry
				w.selected.rows = &rowsChoice{layer: hit.Layer, ids: []int64{hit.Feature.ID}, shapes: []orb.Geometry{g}, frame: g.Bound()}
				w.markRows()
				w.status.Selected(w.selectedText())
				w.tool.chosen()
				w.showScene()
			}
			w.showCard()
		})
	}()
}

// mostLines is how many columns the card of a feature tells.
const mostLines = 6

// featureCard tells of a feature of a plain layer.
func (w *Window) featureCard(hit *session.FeatureHit) detail.Text {
	p := w.printer
	text := detail.Text{Title: hit.Name, Lines: []string{hit.Layer.Name}}
	if text.Title == "" {
		text.Title = p.T("tools.ui.feature", hit.Feature.ID)
	}
	for i, c := range w.session.RowOf(hit.Layer, hit.Feature) {
		if c != "" && len(text.Lines) <= mostLines {
			text.Lines = append(text.Lines, hit.Layer.Fields[i].Name+": "+c)
		}
	}
	if hit.Area {
		text.Action, text.Do = p.T("areas.ui.profile"), func() { w.showProfile(hit.Layer.Name, hit.AreaID) }
	}
	if around := hit.Around; around != nil {
		text.Action, text.Do = p.T("areas.ui.profile_of", around.Name), func() { w.showProfile(around.Layer.Name, around.AreaID) }
	}
	text.More = append(text.More, detail.Action{Label: p.T("rows.ui.menu"), Do: func() { w.showRows(hit.Layer) }})
	if _, err := w.session.Editability(hit.Layer); err == nil && !w.state.readOnly {
		text.More = append(text.More, detail.Action{Label: p.T("tools.ui.edit_feature"), Do: func() { w.editFeature(hit.Layer, hit.Feature.ID) }})
	}
	return text
}

// combine is a selection after a choice: anew, more with Shift, the other way with Ctrl.
func combine(before, chosen []int64, held fyne.KeyModifier) []int64 {
	switch {
	case held&fyne.KeyModifierShift != 0:
		out := append(slices.Clone(before), chosen...)
		slices.Sort(out)
		return slices.Compact(out)
	case held&fyne.KeyModifierShortcutDefault != 0:
		if len(chosen) == 1 && !slices.Contains(before, chosen[0]) {
			return combine(before, chosen, fyne.KeyModifierShift)
		}
		return without(before, chosen)
	}
	return chosen
}

// without are the ids that are not among others.
func without(ids, others []int64) []int64 {
	return slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { _, in := slices.BinarySearch(others, id); return in })
}
