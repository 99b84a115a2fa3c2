package table

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
)

const (
	rowHeight   = 24
	headHeight  = 38 // two lines: what it is, and the unit
	leastColumn = 52
	mostColumn  = 190 // a longer text is cut
	measured    = 200 // rows that a column is measured by, so that a long table is shown at once
	arrowRoom   = 12  // beside a head
)

// grid is the cells in sight, with the heads above and the first column to the left that stay where they are.
type grid struct {
	widget.Table
	t  *Table
	at widget.TableCellID // that was chosen last
}

// newGrid makes the grid of a table.
func newGrid(t *Table) *grid {
	g := &grid{t: t}
	g.Length = func() (int, int) { return len(t.order), len(t.data.Columns) }
	g.CreateCell = func() fyne.CanvasObject { return newCell() }
	g.UpdateCell = func(id widget.TableCellID, o fyne.CanvasObject) { t.fill(id, o.(*cell)) }
	g.CreateHeader = func() fyne.CanvasObject { return newHead(t) }
	g.UpdateHeader = func(id widget.TableCellID, o fyne.CanvasObject) { t.fillHead(id.Col, o.(*head)) }
	g.OnSelected = func(id widget.TableCellID) {
		g.Unselect(id) // the row is what is chosen, and is shown so
		t.Click(id.Row, id.Col)
	}
	g.ShowHeaderRow, g.StickyColumnCount, g.HideSeparators = true, 1, true
	g.ExtendBaseWidget(g)
	g.SetRowHeight(-1, headHeight)
	return g
}

// TypedShortcut copies the table or chooses all of it.
func (g *grid) TypedShortcut(s fyne.Shortcut) {
	switch s.(type) {
	case *fyne.ShortcutCopy:
		g.t.Copy()
	case *fyne.ShortcutSelectAll:
		g.t.chooseAll()
	}
}

// TypedKey chooses a row by Return too, and begins an edit by F2.
func (g *grid) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyF2:
		g.t.edit(g.at.Row, g.at.Col)
		return
	case fyne.KeyReturn, fyne.KeyEnter:
		ev = &fyne.KeyEvent{Name: fyne.KeySpace}
	}
	g.Table.TypedKey(ev)
}

// MinSize is that of a few rows; the panel gives it more.
func (g *grid) MinSize() fyne.Size {
	return fyne.NewSize(3*leastColumn, headHeight+2*rowHeight)
}

// Resize gives the room that the columns leave to the first one.
func (g *grid) Resize(size fyne.Size) {
	g.t.spread(size.Width)
	g.Table.Resize(size)
}

// fill shows a cell.
func (t *Table) fill(id widget.TableCellID, c *cell) {
	if id.Row >= len(t.order) || id.Col >= len(t.data.Columns) {
		return
	}
	row := t.order[id.Row]
	tone := theme.ColorNameForeground
	if t.Tone != nil && id.Col < len(t.data.Rows[row].Cells) {
		if own := t.Tone(id.Col, t.data.Rows[row].Cells[id.Col]); own != "" {
			tone = own
		}
	}
	c.set(t.text(row, id.Col), t.data.Columns[id.Col].Number, t.chosen[t.data.Rows[row].ID], id.Row%2 == 1, tone)
}

// fillHead shows the head of a column.
func (t *Table) fillHead(column int, h *head) {
	if column < 0 || column >= len(t.data.Columns) {
		return
	}
	arrow := none
	if column == t.view.By {
		arrow = up
		if t.view.Down {
			arrow = down
		}
	}
	h.set(column, &t.data.Columns[column], arrow)
}

// measure finds how wide each column needs to be.
func (t *Table) measure() {
	t.widths = make([]float32, len(t.data.Columns))
	size := theme.Size(theme.SizeNameCaptionText)
	wide := func(s string, bold bool) float32 {
		return fyne.MeasureText(s, size, fyne.TextStyle{Bold: bold}).Width
	}
	for c := range t.data.Columns {
		col := &t.data.Columns[c]
		w := max(wide(col.Head, true), wide(col.Unit, false)) + arrowRoom
		for row := range min(len(t.data.Rows), measured) {
			w = max(w, wide(t.text(row, c), false))
		}
		t.widths[c] = min(max(w+2*look.Step1, leastColumn), mostColumn)
	}
	t.spread(t.grid.Size().Width)
}

// spread sets the widths of the columns; what they leave of the room goes to the first.
func (t *Table) spread(room float32) {
	gap := theme.Size(theme.SizeNamePadding)
	for _, w := range t.widths {
		room -= w + gap
	}
	for c, w := range t.widths {
		if c == 0 {
			w += max(room, 0)
		}
		t.grid.SetColumnWidth(c, w)
	}
}
