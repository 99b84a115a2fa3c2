package tools

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

// drawnTypes are the types of a column, in the order in which they are offered.
var drawnTypes = []model.FieldType{model.Text, model.Integer, model.Real, model.Boolean, model.DateType}

// drawnKinds are what a layer can hold, in the order in which they are offered.
var drawnKinds = []model.GeometryType{model.PointType, model.LineStringType, model.PolygonType}

// LayerForm asks for a new layer.
type LayerForm struct {
	printer *i18n.Printer
	sheet   *ask.Sheet
	name    *widgets.Entry
	kind    *widget.Select
	columns *fyne.Container
	rows    []columnRow
	fault   fault
	make    func(name string, kind model.GeometryType, fields []model.Field, done func(error))
}

// columnRow is a column of the layer.
type columnRow struct {
	name   *widgets.Entry
	kind   *widget.Select
	object fyne.CanvasObject
}

// NewLayerForm opens the form. make makes the layer and tells done, on the window's thread, whether that was refused; the form stays
// open where it was.
func NewLayerForm(w fyne.Window, p *i18n.Printer, make func(string, model.GeometryType, []model.Field, func(error))) *LayerForm {
	f := &LayerForm{printer: p, sheet: ask.NewSheet(w, p.T("tools.ui.new_layer_title")), name: widgets.NewEntry(""), columns: widgets.Stack(look.Step1), fault: newFault(), make: make}
	var kinds []string
	for _, k := range drawnKinds {
		kinds = append(kinds, p.T("tools.ui.kind_"+string(k)))
	}
	f.kind = widget.NewSelect(kinds, nil)
	f.kind.SetSelectedIndex(0)
	f.name.OnEscape = f.sheet.Hide
	f.name.OnSubmitted = func(string) { f.Make() }
	f.AddColumn(p.T("tools.ui.column_name"), model.Text)
	add := widget.NewButtonWithIcon(p.T("tools.ui.add_column"), theme.ContentAddIcon(), func() { f.AddColumn("", model.Text) })
	add.Importance = widget.LowImportance
	scroll := container.NewVScroll(f.columns)
	scroll.SetMinSize(fyne.NewSize(420, 170))
	body := widgets.Stack(look.Step3, named(p.T("ui.layers.name"), f.name), named(p.T("tools.ui.kind"), f.kind),
		named(p.T("tools.ui.columns_title"), scroll), container.NewHBox(add), f.fault.Label)
	f.sheet.Set(body, f.sheet.Hide, widget.NewButton(p.T("ui.cancel"), f.sheet.Hide), ask.Primary(p.T("tools.ui.make_layer"), f.Make))
	f.sheet.Show(fyne.Size{}, f.name)
	return f
}

// AddColumn adds a column to the form.
func (f *LayerForm) AddColumn(name string, kind model.FieldType) {
	var types []string
	chosen := 0
	for i, t := range drawnTypes {
		types = append(types, f.printer.T("tools.ui.type_"+string(t)))
		if t == kind {
			chosen = i
		}
	}
	r := columnRow{name: widgets.NewEntry(name), kind: widget.NewSelect(types, nil)}
	r.kind.SetSelectedIndex(chosen)
	r.name.OnEscape = f.sheet.Hide
	remove := widget.NewButtonWithIcon("", theme.CancelIcon(), nil)
	remove.Importance = widget.LowImportance
	r.object = container.NewBorder(nil, nil, nil, widgets.Line(look.Step1, widgets.MinWidth(130, r.kind), remove), r.name)
	object := r.object
	remove.OnTapped = func() { f.removeColumn(object) }
	f.rows = append(f.rows, r)
	f.columns.Add(r.object)
}

// removeColumn takes a column out of the form.
func (f *LayerForm) removeColumn(o fyne.CanvasObject) {
	for i := range f.rows {
		if f.rows[i].object == o {
			f.rows = append(f.rows[:i], f.rows[i+1:]...)
			break
		}
	}
	f.columns.Remove(o)
}

// Write writes the name of the layer and chooses what it holds, as a user does.
func (f *LayerForm) Write(name string, kind model.GeometryType) {
	f.name.SetText(name)
	for i, k := range drawnKinds {
		if k == kind {
			f.kind.SetSelectedIndex(i)
		}
	}
}

// Make has the layer made.
func (f *LayerForm) Make() {
	var fields []model.Field
	for _, r := range f.rows {
		fields = append(fields, model.Field{Name: r.name.Text, Type: drawnTypes[max(r.kind.SelectedIndex(), 0)]})
	}
	f.make(f.name.Text, drawnKinds[max(f.kind.SelectedIndex(), 0)], fields, func(err error) {
		if err != nil {
			f.fault.say(f.printer.Error(err))
			return
		}
		f.sheet.Hide()
	})
}

// Fault is what is wrong, "" for nothing.
func (f *LayerForm) Fault() string { return f.fault.Text }
