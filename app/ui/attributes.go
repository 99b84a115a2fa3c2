package ui

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"nabar/app/ui/ask"
	panel "nabar/app/ui/rows"
	"nabar/model"
)

// The size that the window of a layer's rows opens with, in units.
const (
	rowsWidth  = 1000
	rowsHeight = 560
)

// rowsWindow is the window of a layer's rows. It stands beside the map, and what is chosen in one is chosen in the other.
type rowsWindow struct {
	win    fyne.Window
	panel  *panel.Panel
	layer  model.Layer
	cancel context.CancelFunc // of the reading under way
	turn   int                // counts the readings, so that a page of an earlier one is not taken for one of the later
	saving bool               // the next change of the layer is the window's own
}

// showRows opens the window of a layer's rows, or brings it forward.
func (w *Window) showRows(l model.Layer) {
	if r := w.rows[l.ID]; r != nil {
		r.win.RequestFocus()
		return
	}
	r := &rowsWindow{win: w.app.NewWindow(w.printer.T("rows.ui.title", l.Name)), layer: l}
	if w.rows == nil {
		w.rows = map[int64]*rowsWindow{}
	}
	w.rows[l.ID] = r
	w.readRows(r)
	r.win.Resize(fyne.NewSize(rowsWidth, rowsHeight))
	r.win.SetOnClosed(func() {
		r.cancel()
		if w.rows[l.ID] == r {
			delete(w.rows, l.ID)
		}
	})
	r.win.Show()
}

// closeRows takes the windows of rows away.
func (w *Window) closeRows() {
	for _, r := range w.rows {
		r.win.Close()
	}
	w.rows = nil
}

// readRows reads a layer's rows anew, page by page in the background.
func (w *Window) readRows(r *rowsWindow) {
	if r.cancel != nil {
		r.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel = cancel
	r.turn++
	turn, l := r.turn, r.layer
	head := w.session.RowsHead(l)
	p := panel.New(w.printer, head, func(fn func()) { w.dispatch(fn) })
	r.panel = p
	p.Table.OnExport = func(t model.Table) { w.askTableOver(r.win, t) }
	p.Table.Set(head) // with the button that writes it to a file
	p.Table.OnSelectMany = func(ids []string) { w.selectRows(r, ids) }
	if !w.state.readOnly {
		p.Table.OnEdit = func(id string, column int) { w.askCell(r, id, column) }
	}
	r.win.SetContent(w.withRowTools(l, p.Object()))
	go func() {
		err := w.session.Rows(ctx, l, func(page []model.TableRow) error {
			w.dispatch(func() {
				if turn == r.turn {
					p.Append(page)
				}
			})
			return ctx.Err()
		})
		w.dispatch(func() {
			switch {
			case turn != r.turn || ctx.Err() != nil:
			case err != nil:
				w.fail(err)
			default:
				p.Done()
				w.markRow(r)
			}
		})
	}()
}

// followRows shows what has become of the layers whose rows are shown: gone, or other rows.
func (w *Window) followRows() {
	for id, r := range w.rows {
		now, there := w.layerOf(id)
		switch {
		case !there:
			r.win.Close()
		case now.Revision != r.layer.Revision && !r.saving:
			r.layer = now
			w.readRows(r)
		default:
			r.saving = r.saving && now.Revision == r.layer.Revision
			r.layer = now
		}
	}
}

// layerOf is the layer of an id as the window shows it.
func (w *Window) layerOf(id int64) (model.Layer, bool) {
	for _, l := range w.state.layers {
		if l.ID == id {
			return l, true
		}
	}
	return model.Layer{}, false
}

// askCell asks for another value of a cell and writes it. Only the row is read anew.
func (w *Window) askCell(r *rowsWindow, row string, column int) {
	id, err := strconv.ParseInt(row, 10, 64)
	if err != nil || column >= len(r.layer.Fields) {
		return
	}
	ctx, l, p := context.Background(), r.layer, w.printer
	old, err := w.session.CellText(ctx, l, id, column)
	if err != nil {
		ask.Error(r.win, p, err)
		return
	}
	name := l.Fields[column].Name
	ask.Line(r.win, p, p.T("rows.ui.edit"), name, old, p.T("rows.ui.save"), func(text string) {
		if text == old {
			return
		}
		r.saving = true
		go func() {
			err := w.session.SetCell(ctx, l, id, column, text)
			var cells model.TableRow
			if err == nil {
				cells, err = w.session.Row(ctx, l, id)
			}
			w.dispatch(func() {
				if err != nil {
					r.saving = false
					ask.Error(r.win, p, err)
					return
				}
				r.panel.Table.Replace(cells)
			})
		}()
	})
}

// markRows shows the selection in the windows of rows.
func (w *Window) markRows() {
	for _, r := range w.rows {
		w.markRow(r)
	}
}

// markRow shows the selection in one window of rows, where it holds it.
func (w *Window) markRow(r *rowsWindow) {
	switch i := w.facility(w.selected.facility); {
	case w.selected.rows != nil && w.selected.rows.layer.ID == r.layer.ID:
		r.panel.Table.SelectMany(w.selected.rows.texts())
	case i >= 0 && w.state.snapshot.Facilities[i].Layer == r.layer.Name:
		r.panel.Table.Select(strconv.FormatInt(w.state.snapshot.Facilities[i].FID, 10))
	case w.selected.comment != 0 && r.layer.Role == model.RoleComments:
		r.panel.Table.Select(w.commentRow())
	case w.selected.cell != "" && r.layer.Role == model.RolePopulation:
		r.panel.Table.Select(r.panel.Table.IDOf(r.layer.Mapping[model.PartCellID], w.selected.cell))
	default:
		r.panel.Table.Select("")
	}
}

// selectRows chooses on the map and everywhere what rows are of.
func (w *Window) selectRows(r *rowsWindow, rows []string) {
	ids := make([]int64, 0, len(rows))
	for _, row := range rows {
		if id, err := strconv.ParseInt(row, 10, 64); err == nil {
			ids = append(ids, id)
		}
	}
	w.chooseFeatures(r.layer, ids, true)
}
