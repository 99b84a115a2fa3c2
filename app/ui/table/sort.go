package table

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2/widget"

	"nabar/model"
	"nabar/model/rows"
)

// atOnce is how many rows are put in order while the window waits: it takes some milliseconds.
const atOnce = 3000

// arrange puts the rows in order and leaves out those that are not sought: at once, or for a long table in the background, where
// an earlier order that is under way is given up.
func (t *Table) arrange() {
	if t.cancel != nil {
		t.cancel()
	}
	t.turn++
	view, data, p := t.view, t.data, t.printer
	if t.Dispatch == nil || len(data.Rows) <= atOnce {
		order, _ := view.Order(context.Background(), p, &data) // fails only when cancelled
		t.arranged(order)
		return
	}
	filters := make(map[int]rows.Filter, len(view.Filters))
	for c, f := range view.Filters {
		filters[c] = f
	}
	view.Filters = filters
	ctx, cancel := context.WithCancel(context.Background())
	t.cancel = cancel
	turn := t.turn
	go func() {
		defer cancel()
		order, err := view.Order(ctx, p, &data)
		t.Dispatch(func() {
			if err == nil && turn == t.turn {
				t.arranged(order)
			}
		})
	}()
}

// arranged shows the rows in an order.
func (t *Table) arranged(order []int) {
	t.order = order
	t.grid.Refresh()
	t.tellArranged()
}

// Search shows the rows that contain a text in any cell; all for "".
func (t *Table) Search(text string) {
	t.view.Search = text
	t.arrange()
}

// Filter shows the rows whose cell in a column is as a user's text says, as rows.ParseFilter has it; all for "". A text that
// can't be read gives its problem and changes nothing.
func (t *Table) Filter(column int, text string) error {
	if column < 0 || column >= len(t.data.Columns) {
		return nil
	}
	f, none, err := rows.ParseFilter(t.data.Columns[column], text)
	if err != nil {
		return err
	}
	if t.view.Filters == nil {
		t.view.Filters = map[int]rows.Filter{}
	}
	if delete(t.view.Filters, column); !none {
		t.view.Filters[column] = f
	}
	t.arrange()
	return nil
}

// IDOf is the id of the first row whose cell in the column of a head is written so, thousands apart; "" for none.
func (t *Table) IDOf(head, text string) string {
	column := slices.IndexFunc(t.data.Columns, func(c model.TableColumn) bool { return c.Head == head })
	if column < 0 {
		return ""
	}
	number, err := rows.ParseNumber(text)
	for i := range t.data.Rows {
		c := rows.Cell(&t.data, i, column)
		if !t.data.Columns[column].Number && c.Text == text || t.data.Columns[column].Number && err == nil && c.Number == number {
			return t.data.Rows[i].ID
		}
	}
	return ""
}

// Count is how many rows are shown, and of how many.
func (t *Table) Count() (shown, all int) { return len(t.order), len(t.data.Rows) }

// Statistics sums up a column in one line, over the chosen rows where more than one is, else over all that are shown.
func (t *Table) Statistics(column int) string {
	if column < 0 || column >= len(t.data.Columns) {
		return ""
	}
	return rows.Describe(t.printer, t.data.Columns[column], rows.Summarise(&t.data, t.wanted(), column))
}

// clicked is the cell that was clicked last, and when.
type clicked struct {
	row, column int
	at          time.Time
}

// doubleClick is how soon the second click on a cell comes that begins an edit.
const doubleClick = 500 * time.Millisecond

// again tells whether a click on a cell is the second of two, and remembers it.
func (t *Table) again(row, column int) bool {
	now := time.Now()
	second := t.clicked.row == row && t.clicked.column == column && now.Sub(t.clicked.at) < doubleClick
	t.clicked = clicked{row, column, now}
	if second {
		t.clicked.at = time.Time{}
	}
	return second
}

// Click chooses the row of a cell, and at the second click on the cell asks for another value.
func (t *Table) Click(row, column int) {
	t.grid.at = widget.TableCellID{Row: row, Col: column}
	t.choose(row)
	if t.again(row, column) {
		t.edit(row, column)
	}
}

// edit asks for another value of a cell.
func (t *Table) edit(row, column int) {
	if t.OnEdit != nil && row >= 0 && row < len(t.order) {
		t.OnEdit(t.data.Rows[t.order[row]].ID, column)
	}
}
