// Package table is the one table of the window: every list of figures is shown, sorted, copied and written to files by
// it.
//
// Invariants: numbers stand to the right under a head that tells their unit; a click on a head sorts by it, words in
// Swedish order, what is no number last whichever way; what is copied and written is what is shown, in its order; only
// the cells in sight exist.
package table

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/format/csv"
	"nabar/model/rows"
)

// Table shows a model.Table. The keys reach all of it: Tab goes to a head or to the rows, arrows go between cells, Space
// sorts by a head and chooses a row, the copying key copies everything.
type Table struct {
	// OnSelect is told the id of a row that the user chose.
	OnSelect func(id string)
	// OnExport is told the table, in the order shown, that the user wants in a file. Without it there is no such button.
	OnExport func(model.Table)
	// Tone gives a cell another colour than the usual, "" for that. Colour never tells alone: the text says the same.
	Tone func(column int, c model.TableCell) fyne.ThemeColorName

	// OnEdit is told that the user wants to change a cell: by a double click or F2. Without it cells are only read.
	OnEdit func(id string, column int)
	// Dispatch runs a function on the window's thread. With it, long tables are put in order in the background.
	Dispatch func(func())
	// OnArranged is told that the rows were put in order, or were left out.
	OnArranged func()

	printer *i18n.Printer
	data    model.Table
	order   []int // of the rows that are shown
	view    rows.View
	turn    int // counts the orders asked for, so that a slow one does not overwrite a later one
	cancel  context.CancelFunc
	chosen  string
	clicked clicked
	widths  []float32

	grid   *grid
	title  *widgets.Text
	copied *widgets.Text
	copy   *widget.Button
	export *widget.Button
	object fyne.CanvasObject
}

// New makes an empty table.
func New(p *i18n.Printer) *Table {
	t := &Table{printer: p, view: rows.View{By: -1}, title: widgets.NewHeading(""), copied: widgets.NewCaption("")}
	t.grid = newGrid(t)
	t.copy = tool(theme.ContentCopyIcon(), p.T("panel.table.copy"), t.Copy)
	t.export = tool(theme.DocumentSaveIcon(), p.T("panel.table.export"), func() {
		if t.OnExport != nil {
			t.OnExport(t.Shown())
		}
	})
	bar := container.NewBorder(nil, nil, t.title, widgets.Line(0, container.NewCenter(t.copied), t.copy, t.export))
	t.object = container.NewBorder(bar, nil, nil, nil, t.grid)
	return t
}

// tool is a small button above the table.
func tool(icon fyne.Resource, text string, fn func()) *widget.Button {
	b := widget.NewButtonWithIcon(text, icon, fn)
	b.Importance = widget.LowImportance
	return b
}

// Object is the table for a panel's layout. It takes what room it gets; see Height.
func (t *Table) Object() fyne.CanvasObject { return t.object }

// Set shows another table. One with the same columns stays sorted as it is.
func (t *Table) Set(data model.Table) {
	if !sameColumns(t.data.Columns, data.Columns) {
		t.view = rows.View{By: -1}
		t.grid.ScrollToTop()
		t.grid.ScrollToLeading()
	}
	t.data, t.order = data, nil // what was shown is no order of these rows
	t.title.SetText(data.Name)
	t.copied.SetText("")
	widgets.Show(t.export, t.OnExport != nil)
	t.measure()
	t.arrange()
}

// Append adds rows behind those that the table has. They are shown at once where the table is in the order that they come in.
func (t *Table) Append(page []model.TableRow) {
	from := len(t.data.Rows)
	t.data.Rows = append(t.data.Rows, page...)
	if t.plain() {
		for i := range page {
			t.order = append(t.order, from+i)
		}
		if from == 0 {
			t.measure()
		}
		t.arranged(t.order)
	}
}

// Done tells that all rows have come: they are put in the order that was chosen meanwhile.
func (t *Table) Done() {
	if !t.plain() {
		t.arrange()
	}
}

// plain tells whether all rows are shown as they came.
func (t *Table) plain() bool { return t.view.By < 0 && t.view.Search == "" && len(t.view.Filters) == 0 }

// Replace puts other cells into the row of an id. The order stays until the rows are sorted anew.
func (t *Table) Replace(row model.TableRow) {
	i := slices.IndexFunc(t.data.Rows, func(r model.TableRow) bool { return r.ID == row.ID })
	if i < 0 {
		return
	}
	t.data.Rows = slices.Clone(t.data.Rows) // an order may be under way
	t.data.Rows[i] = row
	t.grid.Refresh()
}

// sameColumns tells whether two tables have the same columns.
func sameColumns(a, b []model.TableColumn) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Head != b[i].Head || a[i].Number != b[i].Number {
			return false
		}
	}
	return true
}

// text is a cell as it is written.
func (t *Table) text(row, column int) string {
	if column >= len(t.data.Rows[row].Cells) {
		return ""
	}
	return t.data.Columns[column].Write(t.printer, t.data.Rows[row].Cells[column])
}

// Sort sorts by a column; -1 gives back the order that the rows came in.
func (t *Table) Sort(column int, descending bool) {
	t.view.By, t.view.Down = column, descending
	t.arrange()
}

// Sorted is the column that the rows are sorted by, -1 for none, and whether the last comes first.
func (t *Table) Sorted() (column int, descending bool) { return t.view.By, t.view.Down }

// click sorts by a column as its head is clicked: words from the first, numbers from the greatest, the other way at the
// second click, and as they came at the third.
func (t *Table) click(column int) {
	first := t.data.Columns[column].Number
	switch {
	case t.view.By != column:
		t.Sort(column, first)
	case t.view.Down == first:
		t.Sort(column, !first)
	default:
		t.Sort(-1, false)
	}
}

// Shown is the table with its rows in the order shown.
func (t *Table) Shown() model.Table {
	out := t.data
	out.Rows = make([]model.TableRow, len(t.order))
	for i, k := range t.order {
		out.Rows[i] = t.data.Rows[k]
	}
	return out
}

// Copy puts all of the table on the clipboard, as spreadsheets take it.
func (t *Table) Copy() {
	shown := t.Shown()
	fyne.CurrentApp().Clipboard().SetContent(shown.TSV(t.printer, csv.Harmless))
	t.copied.SetText(t.printer.T("panel.table.copied", len(shown.Rows)))
}

// Select shows the row with an id as chosen, none for "", without telling OnSelect.
func (t *Table) Select(id string) {
	if id == t.chosen {
		return
	}
	t.chosen = id
	for i, k := range t.order {
		if t.data.Rows[k].ID == id && id != "" {
			t.grid.ScrollTo(widget.TableCellID{Row: i})
		}
	}
	t.grid.Refresh()
}

// Selected is the id of the chosen row.
func (t *Table) Selected() string { return t.chosen }

// choose is a row that the user chose.
func (t *Table) choose(row int) {
	if row < 0 || row >= len(t.order) {
		return
	}
	id := t.data.Rows[t.order[row]].ID
	if t.chosen == id && t.OnEdit != nil {
		return // chosen already: a second click may be the beginning of an edit
	}
	t.chosen = id
	t.grid.Refresh()
	if t.OnSelect != nil && id != "" {
		t.OnSelect(id)
	}
}

// Height is what the table needs to show at most some of its rows.
func (t *Table) Height(rows int) float32 {
	n := min(rows, len(t.data.Rows))
	return t.copy.MinSize().Height + headHeight + float32(n)*(rowHeight+theme.SeparatorThicknessSize()) + look.Step3 + theme.ScrollBarSize()
}
