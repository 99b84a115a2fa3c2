package entries

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/model/plan"
)

// The widths of numbers and ticks in rows, in units.
const (
	numberWidth = 110
	flagWidth   = 150
)

// row is one line of a field of rows.
type row struct {
	object fyne.CanvasObject
	values []func() string
}

// rows makes the lines of a field with a cell for each column, and buttons that add and remove lines.
func (f *Form) rows(field *plan.Field, text string) (fyne.CanvasObject, func() string, func(string)) {
	var all []*row
	stack := container.NewVBox()
	add := func(cells []string) {
		r := f.row(field, cells, func(r *row) {
			all = slices.DeleteFunc(all, func(o *row) bool { return o == r })
			stack.Remove(r.object)
		})
		all = append(all, r)
		stack.Add(r.object)
	}
	say := func(text string) {
		all = nil
		stack.RemoveAll()
		for _, cells := range plan.Cells(text, field) {
			add(cells)
		}
	}
	say(text)
	more := widget.NewButtonWithIcon(f.printer.T("action.ui.add_row"), theme.ContentAddIcon(), func() { add(make([]string, len(field.Columns))) })
	more.Importance = widget.LowImportance
	value := func() string {
		cells := make([][]string, len(all))
		for i, r := range all {
			for _, v := range r.values {
				cells[i] = append(cells[i], v())
			}
		}
		return plan.Join(cells)
	}
	return widgets.Stack(look.Step1, stack, container.NewHBox(more)), value, say
}

// row makes one line; gone is told when it is taken away.
func (f *Form) row(field *plan.Field, cells []string, gone func(*row)) *row {
	r := &row{}
	var objects []fyne.CanvasObject
	var widths []float32
	for c := range field.Columns {
		object, value, _ := f.field(&field.Columns[c], cells[c])
		label := f.printer.Text(field.Columns[c].Label())
		width := float32(0) // a share of what is left
		switch field.Columns[c].Type {
		case plan.Whole:
			label, width = label+", kr", numberWidth
		case plan.Number:
			width = numberWidth
		case plan.Flag:
			width = flagWidth
		}
		switch o := object.(type) {
		case *widgets.Entry:
			o.SetPlaceHolder(label)
		case *widget.SelectEntry:
			o.SetPlaceHolder(label)
		}
		r.values = append(r.values, value)
		objects, widths = append(objects, object), append(widths, width)
	}
	remove := widget.NewButtonWithIcon("", theme.ContentRemoveIcon(), func() { gone(r) })
	remove.Importance = widget.LowImportance
	r.object = container.NewBorder(nil, nil, nil, remove, widgets.Columns(widths, objects...))
	return r
}
