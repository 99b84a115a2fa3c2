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

// DrawActions are what the user can ask for.
type DrawActions struct {
	Layer                  func(int) // by its index among the names
	Mode                   func(edit bool)
	NewLayer, Leave        func()
	Save                   func(texts map[string]string) // what was written for the columns
	Discard                func()                        // what has been drawn and not been saved
	RemoveVertex, RemoveIt func()
}

// DrawState is what the panel shows.
type DrawState struct {
	Layers []string
	Layer  int // -1 for none
	Edit   bool
	Means  string // what an edit of the layer means, "" for nothing
	Hint   string // what to do now
	Fault  string
	Remark string
	Title  string // of the feature whose values are asked for, "" for none
	Fresh  bool   // it has just been drawn
	Vertex bool   // a vertex is chosen
}

// Draw is the panel of the tool that draws and edits features.
type Draw struct {
	printer *i18n.Printer
	actions DrawActions
	layer   *pick
	modes   *modes
	means   *widget.Label
	hint    note
	fault   fault
	remark  *widget.Label
	title   *widgets.Text
	form    *fyne.Container
	fields  []field
	save    *widget.Button
	discard *widget.Button
	vertex  *widget.Button
	remove  *widget.Button
	box     *fyne.Container
	state   DrawState
	object  fyne.CanvasObject
}

// field is a column in the form.
type field struct {
	column model.Field
	before string
	value  func() string
	set    func(string)
	focus  fyne.Focusable
}

// NewDraw makes the panel.
func NewDraw(p *i18n.Printer, a DrawActions) *Draw {
	d := &Draw{
		printer: p, actions: a, layer: newPick(a.Layer), means: widgets.Wrapped(""), hint: newNote(), fault: newFault(),
		remark: widgets.Wrapped(""), title: widgets.NewHeading(""), form: container.NewVBox(),
	}
	d.modes = newModes([]string{p.T("tools.ui.draw_new"), p.T("tools.ui.draw_edit")}, func(i int) { a.Mode(i == 1) })
	d.modes.set(0)
	d.means.Importance, d.remark.Importance = widget.WarningImportance, widget.WarningImportance
	d.save = ask.Primary(p.T("rows.ui.save"), func() { a.Save(d.Texts()) })
	d.discard = low(p.T("tools.ui.discard"), a.Discard)
	d.vertex, d.remove = low(p.T("tools.ui.remove_vertex"), a.RemoveVertex), low(p.T("tools.ui.remove_feature"), a.RemoveIt)
	d.box = widgets.Stack(look.Step2, widget.NewSeparator(), d.title, d.form, container.NewHBox(d.save, d.discard), container.NewHBox(d.vertex, d.remove))
	add := widget.NewButtonWithIcon(p.T("tools.ui.new_layer"), theme.ContentAddIcon(), a.NewLayer)
	d.object = frame(p.T("tools.ui.tool_draw"), a.Leave, nil,
		named(p.T("tools.ui.layer"), d.layer.Select), container.NewHBox(add), d.modes.RadioGroup, d.means, d.hint.RichText, d.fault.Label, d.remark, d.box)
	d.Set(DrawState{Layer: -1})
	return d
}

// Object is the panel for the window's layout.
func (d *Draw) Object() fyne.CanvasObject { return d.object }

// Set shows a state. The form stays as it is written; see Ask.
func (d *Draw) Set(s DrawState) {
	d.state = s
	d.layer.set(s.Layers, s.Layer)
	if s.Edit {
		d.modes.set(1)
	} else {
		d.modes.set(0)
	}
	for l, text := range map[*widget.Label]string{d.means: s.Means, d.remark: s.Remark} {
		if l.Text != text {
			l.SetText(text)
		}
		widgets.Show(l, text != "")
	}
	d.hint.say(s.Hint)
	d.fault.say(s.Fault)
	d.title.SetText(s.Title)
	widgets.Show(d.box, s.Title != "")
	widgets.Show(d.discard, s.Fresh)
	widgets.Show(d.vertex, !s.Fresh && s.Vertex)
	widgets.Show(d.remove, !s.Fresh)
	d.object.Refresh()
}

// State is what is shown.
func (d *Draw) State() DrawState { return d.state }

// Ask asks for the values of a feature: a field for each column, with what it holds now. It gives the first field.
func (d *Draw) Ask(columns []model.Field, texts []string) fyne.Focusable {
	d.fields = nil
	d.form.RemoveAll()
	for i, c := range columns {
		if c.Type == model.Blob {
			continue
		}
		f, o := d.field(c, texts[i])
		d.fields = append(d.fields, f)
		d.form.Add(named(c.Name, o))
	}
	d.form.Refresh()
	if len(d.fields) == 0 {
		return nil
	}
	return d.fields[0].focus
}

// field makes the field of a column.
func (d *Draw) field(c model.Field, text string) (field, fyne.CanvasObject) {
	if c.Type == model.Boolean {
		s := widget.NewSelect([]string{"", d.printer.T("rows.yes"), d.printer.T("rows.no")}, nil)
		s.SetSelected(text)
		return field{c, text, func() string { return s.Selected }, s.SetSelected, s}, s
	}
	e := widgets.NewEntry(text)
	e.OnSubmitted = func(string) { d.save.OnTapped() }
	e.OnEscape = func() {
		if d.state.Fresh {
			d.actions.Discard()
		}
	}
	switch c.Type {
	case model.DateType:
		e.SetPlaceHolder(d.printer.T("tools.ui.date_example"))
	case model.Integer, model.Real:
		e.SetPlaceHolder(d.printer.T("tools.ui.type_" + string(c.Type)))
	}
	return field{c, text, func() string { return e.Text }, e.SetText, e}, e
}

// Texts are what has been written for the columns, those that are as before left out.
func (d *Draw) Texts() map[string]string {
	out := map[string]string{}
	for _, f := range d.fields {
		if text := f.value(); text != f.before {
			out[f.column.Name] = text
		}
	}
	return out
}

// Write writes a value as a user does.
func (d *Draw) Write(column, text string) {
	for _, f := range d.fields {
		if f.column.Name == column {
			f.set(text)
		}
	}
}

// Save presses the button that saves.
func (d *Draw) Save() { d.save.OnTapped() }
