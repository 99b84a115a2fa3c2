// Package rows is the table of a layer's rows: what is sought and filtered above it, and the statistics of a column below.
package rows

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/table"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

// Panel is a table with its search, its filters and the statistics of a column.
type Panel struct {
	Table *table.Table

	printer *i18n.Printer
	search  *widgets.Entry
	column  *widget.Select
	filter  *widgets.Entry
	written map[int]string // filter of each column, as it was written
	count   *widgets.Text
	stats   *widgets.Text
	said    [2]string // in count and stats
	loading bool
	object  fyne.CanvasObject
}

// The widths of the fields above the table.
const (
	searchWidth = 220
	columnWidth = 180
	filterWidth = 180
)

// New makes the panel of a table without rows. dispatch runs a function on the window's thread.
func New(p *i18n.Printer, head model.Table, dispatch func(func())) *Panel {
	out := &Panel{Table: table.New(p), printer: p, written: map[int]string{}, count: widgets.NewCaption(""), stats: widgets.NewCaption(""), loading: true}
	out.Table.Dispatch, out.Table.OnArranged = dispatch, out.show
	out.search, out.filter = widgets.NewEntry(""), widgets.NewEntry("")
	out.search.SetPlaceHolder(p.T("rows.ui.search"))
	out.filter.SetPlaceHolder(p.T("rows.ui.filter"))
	out.search.OnChanged = out.Table.Search
	out.search.OnEscape = func() { out.search.SetText("") }
	out.filter.OnEscape = func() { out.filter.SetText("") }
	out.filter.OnChanged = out.refine
	names := make([]string, len(head.Columns))
	for i, c := range head.Columns {
		names[i] = c.Head
	}
	out.column = widget.NewSelect(names, func(string) { out.turn() })
	out.Table.Set(head)
	if len(names) > 0 {
		out.column.SetSelectedIndex(0)
	}
	bar := widgets.Line(look.Step2, widgets.MinWidth(searchWidth, out.search), widgets.MinWidth(columnWidth, out.column),
		widgets.MinWidth(filterWidth, out.filter), container.NewCenter(out.count))
	out.object = widgets.Pad(look.Step3, container.NewBorder(widgets.Inset(0, 0, bar), widgets.Inset(look.Step1, 0, out.stats), nil, nil, out.Table.Object()))
	out.show()
	return out
}

// Object is the panel for a window's layout.
func (p *Panel) Object() fyne.CanvasObject { return p.object }

// Append shows a further page of rows.
func (p *Panel) Append(page []model.TableRow) { p.Table.Append(page) }

// Done tells that all rows have come.
func (p *Panel) Done() {
	p.loading = false
	p.Table.Done()
	p.show()
}

// Search seeks a text in all cells, as if it were written in the field.
func (p *Panel) Search(text string) { p.search.SetText(text) }

// Filter filters by a column, as if it were chosen and written.
func (p *Panel) Filter(column int, text string) {
	p.column.SetSelectedIndex(column)
	p.filter.SetText(text)
}

// Says is what stands above and below the table: how many rows are shown, and the statistics of the column.
func (p *Panel) Says() (count, stats string) { return p.said[0], p.said[1] }

// turn shows the filter and the statistics of the column that was chosen.
func (p *Panel) turn() {
	p.filter.OnChanged = nil
	p.filter.SetText(p.written[p.column.SelectedIndex()])
	p.filter.OnChanged = p.refine
	p.show()
}

// refine filters by what is written. What can't be read is said in place of the count.
func (p *Panel) refine(text string) {
	column := p.column.SelectedIndex()
	p.written[column] = text
	if err := p.Table.Filter(column, text); err != nil {
		p.say(p.printer.Error(err), p.said[1])
	}
}

// show tells how many rows are shown and sums up the column.
func (p *Panel) show() {
	if p.count == nil || p.column == nil {
		return
	}
	shown, all := p.Table.Count()
	key := "rows.ui.count"
	if p.loading {
		key = "rows.ui.loading"
	}
	stats := ""
	if column := p.column.SelectedIndex(); column >= 0 && !p.loading {
		stats = p.printer.T("rows.stats", p.column.Selected, p.Table.Statistics(column))
	}
	count := p.printer.T(key, shown, all)
	if n := p.Table.Chosen(); n > 1 {
		count = p.printer.T("tools.ui.rows_chosen", count, n)
	}
	p.say(count, stats)
}

// say writes the lines above and below the table.
func (p *Panel) say(count, stats string) {
	p.said = [2]string{count, stats}
	p.count.SetText(count)
	p.stats.SetText(stats)
}
