package entries

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model/plan"
)

const (
	formWidth  = 860
	formHeight = 680
	labelWidth = 210
)

// Question is what a form asks for.
type Question struct {
	Title   string
	Book    plan.Book
	Item    plan.Item // a copy that the form may change
	Options map[string][]session.Option
	// Save keeps the entry and tells whether that was refused, on the window's thread.
	Save func(item plan.Item, done func(error))
}

// Form asks for the fields of an entry.
type Form struct {
	printer *i18n.Printer
	q       Question
	sheet   *ask.Sheet
	fault   *widget.Label
	fields  []plan.Field
	values  []func() string
	say     []func(string)
}

// Show opens the form. It stays open where what it says is refused.
func Show(w fyne.Window, p *i18n.Printer, q Question) *Form {
	f := &Form{printer: p, q: q, sheet: ask.NewSheet(w, q.Title), fault: widgets.Wrapped(""), fields: plan.Fields(q.Item.Kind())}
	f.fault.Importance = widget.DangerImportance
	f.fault.Hide()
	var rows []fyne.CanvasObject
	for i := range f.fields {
		field := &f.fields[i]
		object, value, say := f.field(field, q.Book.Text(q.Item, field))
		f.values, f.say = append(f.values, value), append(f.say, say)
		label := p.Text(field.Label())
		if field.Need {
			label += " *"
		}
		rows = append(rows, widgets.Wrapped(label), widgets.Inset(2, 0, object))
	}
	body := container.NewBorder(nil, f.fault, nil, nil, container.NewVScroll(widgets.Inset(look.Step1, look.Step2, widgets.Facts(labelWidth, rows...))))
	f.sheet.Set(body, f.sheet.Hide, widget.NewButton(p.T("ui.cancel"), f.sheet.Hide), ask.Primary(p.T("action.ui.save"), f.Save))
	f.sheet.Show(fyne.NewSize(formWidth, formHeight), nil)
	return f
}

// Say writes a field as a user does.
func (f *Form) Say(key, text string) {
	for i := range f.fields {
		if f.fields[i].Key == key {
			f.say[i](text)
		}
	}
}

// Fault is what the form says is wrong, "" where nothing is.
func (f *Form) Fault() string {
	if !f.fault.Visible() {
		return ""
	}
	return f.fault.Text
}

// Save reads the fields and hands the entry over.
func (f *Form) Save() {
	for i := range f.fields {
		if err := f.q.Book.Set(f.q.Item, &f.fields[i], f.values[i]()); err != nil {
			f.fail(err)
			return
		}
	}
	f.q.Save(f.q.Item, func(err error) {
		if err != nil {
			f.fail(err)
			return
		}
		f.sheet.Hide()
	})
}

func (f *Form) fail(err error) {
	f.fault.SetText(f.printer.Error(err))
	f.fault.Show()
}

// field makes the widget of a field that says a text, with what reads it and what writes it.
func (f *Form) field(field *plan.Field, text string) (object fyne.CanvasObject, value func() string, say func(string)) {
	switch field.Type {
	case plan.Block, plan.Lines:
		return f.block(field, text)
	case plan.Choice, plan.One:
		return f.choice(f.options(field), text)
	case plan.Many:
		return f.many(f.options(field), text)
	case plan.Flag:
		c := widget.NewCheck(f.printer.Text(field.Label()), nil)
		c.SetChecked(text != "")
		return c, func() string { return map[bool]string{true: "x"}[c.Checked] }, func(s string) { c.SetChecked(s != "") }
	case plan.Rows:
		return f.rows(field, text)
	}
	if options := f.options(field); options != nil {
		return f.named(options, text)
	}
	e := f.line(text)
	if field.Type == plan.Date {
		e.SetPlaceHolder(f.printer.T("action.ui.date_hint"))
	}
	return e, func() string { return e.Text }, e.SetText
}

// line makes an entry of one line.
func (f *Form) line(text string) *widgets.Entry {
	e := widgets.NewEntry(text)
	e.OnEscape = f.sheet.Hide
	return e
}

// options are what a field can say, nil where it is free.
func (f *Form) options(field *plan.Field) []session.Option {
	var out []session.Option
	for _, id := range field.Choices() {
		out = append(out, session.Option{ID: id, Name: f.printer.Text(field.ChoiceLabel(id))})
	}
	if out != nil {
		return out
	}
	return f.q.Options[field.Of]
}

// block makes an entry of several lines. Lines that are chosen among options are ticked instead.
func (f *Form) block(field *plan.Field, text string) (fyne.CanvasObject, func() string, func(string)) {
	if options := f.options(field); options != nil {
		object, value, say := f.many(options, strings.ReplaceAll(text, "\n", ", "))
		return object, func() string { return strings.ReplaceAll(value(), ", ", "\n") }, say
	}
	e := widget.NewMultiLineEntry()
	e.Wrapping = fyne.TextWrapWord
	e.SetMinRowsVisible(2)
	e.SetText(text)
	if field.Type == plan.Lines {
		e.SetPlaceHolder(f.printer.T("action.ui.hint_lines"))
	}
	return e, func() string { return e.Text }, e.SetText
}

// choice makes a list of which one or none is chosen.
func (f *Form) choice(options []session.Option, text string) (fyne.CanvasObject, func() string, func(string)) {
	names := []string{f.printer.T("action.ui.none")}
	for _, o := range options {
		names = append(names, o.Name)
	}
	s := widget.NewSelect(names, nil)
	say := func(id string) {
		s.SetSelectedIndex(1 + slices.IndexFunc(options, func(o session.Option) bool { return o.ID == id }))
	}
	say(text)
	return s, func() string {
		if i := s.SelectedIndex(); i > 0 {
			return options[i-1].ID
		}
		return ""
	}, say
}

// many makes a list of ticks; the ids are joined by commas.
func (f *Form) many(options []session.Option, text string) (fyne.CanvasObject, func() string, func(string)) {
	checks := make([]*widget.Check, len(options))
	stack := container.NewVBox()
	for i, o := range options {
		checks[i] = widget.NewCheck(o.Name, nil)
		stack.Add(checks[i])
	}
	say := func(text string) {
		ids := strings.Split(text, ", ")
		for i, o := range options {
			checks[i].SetChecked(slices.Contains(ids, o.ID))
		}
	}
	say(text)
	return stack, func() string {
		var ids []string
		for i, o := range options {
			if checks[i].Checked {
				ids = append(ids, o.ID)
			}
		}
		return strings.Join(ids, ", ")
	}, say
}

// named makes a line where what the project has can be chosen by name and anything else written.
func (f *Form) named(options []session.Option, text string) (fyne.CanvasObject, func() string, func(string)) {
	ids, names := map[string]string{}, map[string]string{}
	var list []string
	for _, o := range options {
		name := o.Name
		if _, taken := ids[name]; taken || name == "" {
			name = strings.TrimSpace(o.Name + " (" + o.ID + ")")
		}
		ids[name], names[o.ID] = o.ID, name
		list = append(list, name)
	}
	e := widget.NewSelectEntry(list)
	say := func(id string) {
		if name := names[id]; name != "" {
			id = name
		}
		e.SetText(id)
	}
	say(text)
	return e, func() string {
		written := strings.TrimSpace(e.Text)
		if id, ok := ids[written]; ok {
			return id
		}
		return written
	}, say
}
