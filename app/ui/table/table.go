// Package table is the one table of the window: every list of figures is shown, sorted, copied and written to files by
// it.
//
// Invariants: numbers stand to the right under a head that tells their unit; a click on a head sorts by it, words in
// Swedish order, what is no number last whichever way; what is copied and written is what is shown, in its order; only
// the cells in sight exist.
package table

import (
	"context"
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
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
	// OnSelectMany, where there is one, is told the ids of all chosen rows in OnSelect's stead: Shift chooses from the last chosen row
	// to the one that is clicked, Ctrl one more or one fewer, Ctrl+A all that are shown.
	OnSelectMany func(ids []string)
	// Held tells which keys are held down; the screen's own unless it is set.
	Held func() fyne.KeyModifier
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
	chosen  map[string]bool // by id
	last    string          // that was chosen last
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
	t := &Table{printer: p, chosen: map[string]bool{}, Held: keysHeld, view: rows.View{By: -1}, title: widgets.NewHeading(""), copied: widgets.NewCaption("")}
	t.grid = newGrid(t)
	t.copy = tool(theme.ContentCopyIcon(), p.T("panel.table.copy"), t.Copy)
	t.export = tool(theme.DocumentSaveIcon(), p.T("panel.table.export"), func() {
		if t.OnExport != nil {
			t.OnExport(t.Wanted())
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

// Wanted is what is copied and written to files: the chosen rows where more than one is, else all that are shown.
func (t *Table) Wanted() model.Table {
	out := t.data
	out.Rows = nil
	for _, k := range t.wanted() {
		out.Rows = append(out.Rows, t.data.Rows[k])
	}
	return out
}

// wanted are the indexes of the rows that Wanted holds.
func (t *Table) wanted() []int {
	if len(t.chosen) < 2 {
		return t.order
	}
	return slices.DeleteFunc(slices.Clone(t.order), func(k int) bool { return !t.chosen[t.data.Rows[k].ID] })
}

// Copy puts all of the table, or the chosen rows where more than one is, on the clipboard as spreadsheets take it.
func (t *Table) Copy() {
	shown := t.Wanted()
	fyne.CurrentApp().Clipboard().SetContent(shown.TSV(t.printer, csv.Harmless))
	t.copied.SetText(t.printer.T("panel.table.copied", len(shown.Rows)))
}

// Select shows the row with an id as chosen, none for "", without telling OnSelect.
func (t *Table) Select(id string) {
	if id == "" {
		t.SelectMany(nil)
		return
	}
	t.SelectMany([]string{id})
}

// SelectMany shows the rows with some ids as chosen, without telling anybody. The first of them is brought into sight.
func (t *Table) SelectMany(ids []string) {
	same := len(ids) == len(t.chosen)
	for _, id := range ids {
		same = same && t.chosen[id]
	}
	if same {
		return
	}
	t.chosen = map[string]bool{}
	for _, id := range ids {
		t.chosen[id] = true
	}
	for i, k := range t.order {
		if t.chosen[t.data.Rows[k].ID] {
			t.grid.ScrollTo(widget.TableCellID{Row: i})
			break
		}
	}
	t.grid.Refresh()
	t.tellArranged()
}

// Selected is the id of the chosen row, "" where none or several are.
func (t *Table) Selected() string {
	if len(t.chosen) == 1 {
		for id := range t.chosen {
			return id
		}
	}
	return ""
}

// Chosen is how many rows are chosen.
func (t *Table) Chosen() int { return len(t.chosen) }

// choose is a row that the user chose.
func (t *Table) choose(row int) {
	if row < 0 || row >= len(t.order) {
		return
	}
	id := t.data.Rows[t.order[row]].ID
	held := t.Held()
	switch {
	case id == "":
		return
	case t.OnSelectMany != nil && held&fyne.KeyModifierShift != 0 && t.last != "":
		t.chosen = t.between(t.last, id)
	case t.OnSelectMany != nil && held&fyne.KeyModifierShortcutDefault != 0:
		t.chosen = maps.Clone(t.chosen)
		if t.chosen[id] {
			delete(t.chosen, id)
		} else {
			t.chosen[id] = true
		}
		t.last = id
	case len(t.chosen) == 1 && t.chosen[id] && t.OnEdit != nil:
		return // chosen already: a second click may be the beginning of an edit
	default:
		t.chosen, t.last = map[string]bool{id: true}, id
	}
	t.grid.Refresh()
	t.tellArranged()
	t.tellChosen(id)
}

// tellChosen tells what the user has chosen.
func (t *Table) tellChosen(id string) {
	switch {
	case t.OnSelectMany != nil:
		t.OnSelectMany(t.chosenIDs())
	case t.OnSelect != nil:
		t.OnSelect(id)
	}
}

// chooseAll chooses all rows that are shown.
func (t *Table) chooseAll() {
	if t.OnSelectMany == nil {
		return
	}
	t.chosen = map[string]bool{}
	for _, k := range t.order {
		t.chosen[t.data.Rows[k].ID] = true
	}
	t.grid.Refresh()
	t.tellArranged()
	t.tellChosen("")
}

// chosenIDs are the ids of the chosen rows, in the table's own order.
func (t *Table) chosenIDs() []string {
	out := make([]string, 0, len(t.chosen))
	for i := range t.data.Rows {
		if id := t.data.Rows[i].ID; t.chosen[id] {
			out = append(out, id)
		}
	}
	return out
}

// between are the rows that are shown from one to another; the other alone where the one is not shown.
func (t *Table) between(from, to string) map[string]bool {
	out := map[string]bool{to: true}
	index := func(id string) int {
		return slices.IndexFunc(t.order, func(k int) bool { return t.data.Rows[k].ID == id })
	}
	a, b := index(from), index(to)
	if a < 0 || b < 0 {
		return out
	}
	for _, k := range t.order[min(a, b) : max(a, b)+1] {
		out[t.data.Rows[k].ID] = true
	}
	return out
}

// keysHeld are the keys that are held down, where the screen tells.
func keysHeld() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}

// tellArranged tells that what is summed up may be another.
func (t *Table) tellArranged() {
	if t.OnArranged != nil {
		t.OnArranged()
	}
}

// Height is what the table needs to show at most some of its rows.
func (t *Table) Height(rows int) float32 {
	n := min(rows, len(t.data.Rows))
	return t.copy.MinSize().Height + headHeight + float32(n)*(rowHeight+theme.SeparatorThicknessSize()) + look.Step3 + theme.ScrollBarSize()
}
