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
	grid := container.NewGridWithColumns(len(field.Columns))
	for c := range field.Columns {
		object, value, _ := f.field(&field.Columns[c], cells[c])
		switch o := object.(type) {
		case *widgets.Entry:
			o.SetPlaceHolder(f.printer.Text(field.Columns[c].Label()))
		case *widget.SelectEntry:
			o.SetPlaceHolder(f.printer.Text(field.Columns[c].Label()))
		}
		r.values = append(r.values, value)
		grid.Add(object)
	}
	remove := widget.NewButtonWithIcon("", theme.ContentRemoveIcon(), func() { gone(r) })
	remove.Importance = widget.LowImportance
	r.object = container.NewBorder(nil, nil, nil, remove, grid)
	return r
}
