package comments

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
)

const (
	formWidth  = 560
	labelWidth = 110
	textLines  = 5
)

// Form is the form of a comment or of a reply while it is open.
type Form struct {
	printer *i18n.Printer
	sheet   *ask.Sheet
	fault   *widget.Label
	text    *widgets.Block
	author  *widget.SelectEntry
	theme   *widget.SelectEntry
	date    *widgets.Entry
	status  *widget.Select
	pairs   []fyne.CanvasObject
	done    func(f *Form)
}

// statuses are the statuses in the order in which they are offered.
var statuses = []session.CommentStatus{session.CommentNew, session.CommentHandled}

// newForm makes a form without fields.
func newForm(w fyne.Window, p *i18n.Printer, title string) *Form {
	f := &Form{printer: p, sheet: ask.NewSheet(w, title), fault: widgets.Wrapped("")}
	f.fault.Importance = widget.DangerImportance
	f.fault.Hide()
	return f
}

// Edit asks for a comment, which begins as it is given. others are those that authors and themes are offered from. save keeps it and
// tells on the window's thread how that went.
func Edit(w fyne.Window, p *i18n.Printer, title, place string, c session.Comment, others []session.Comment, save func(session.Comment, func(error))) *Form {
	f := newForm(w, p, title)
	f.text = widgets.NewBlock(c.Text, textLines, f.sheet.Hide)
	authors, themes := used(others)
	f.author, f.theme = widget.NewSelectEntry(authors), widget.NewSelectEntry(themes)
	f.author.SetText(c.Author)
	f.theme.SetText(c.Theme)
	f.date = f.line(c.Date)
	f.status = widget.NewSelect([]string{p.Text(statuses[0].Label()), p.Text(statuses[1].Label())}, nil)
	f.status.SetSelectedIndex(0)
	if c.Status == session.CommentHandled {
		f.status.SetSelectedIndex(1)
	}
	if place != "" {
		f.row("spot.column.place", widgets.Wrapped(place))
	}
	f.row("spot.column.text", f.text)
	f.row("spot.column.author", f.author)
	f.row("spot.column.theme", f.theme)
	f.row("spot.column.date", f.date)
	f.row("spot.column.status", f.status)
	f.show(nil, func() {
		c.Text, c.Author, c.Theme, c.Date, c.Status = f.text.Text, f.author.Text, f.theme.Text, f.date.Text, statuses[max(f.status.SelectedIndex(), 0)]
		save(c, f.kept)
	})
	return f
}

// Answer asks for the reply to a comment.
func Answer(w fyne.Window, p *i18n.Printer, c session.Comment, others []session.Comment, save func(reply, by, date string, done func(error))) *Form {
	f := newForm(w, p, p.T("spot.ui.answer_title", c.Number))
	f.text = widgets.NewBlock(c.Reply, textLines, f.sheet.Hide)
	var by []string
	for i := range others {
		by = appendNew(by, others[i].ReplyBy)
	}
	f.author = widget.NewSelectEntry(by)
	f.author.SetText(c.ReplyBy)
	f.date = f.line(c.ReplyDate)
	f.row("spot.column.reply", f.text)
	f.row("spot.column.reply_by", f.author)
	f.row("spot.column.date", f.date)
	f.show(widgets.Wrapped(c.Text), func() { save(f.text.Text, f.author.Text, f.date.Text, f.kept) })
	return f
}

// used are the authors and themes that comments have.
func used(all []session.Comment) (authors, themes []string) {
	for i := range all {
		authors, themes = appendNew(authors, all[i].Author), appendNew(themes, all[i].Theme)
	}
	return authors, themes
}

// appendNew appends a text that says something and is not there yet.
func appendNew(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	if s == "" {
		return list
	}
	return append(list, s)
}

// line makes an entry of one line for a date.
func (f *Form) line(text string) *widgets.Entry {
	e := widgets.NewEntry(text)
	e.OnEscape = f.sheet.Hide
	e.SetPlaceHolder(f.printer.T("spot.ui.date_hint"))
	return e
}

// row adds a field with its label.
func (f *Form) row(key string, field fyne.CanvasObject) {
	f.pairs = append(f.pairs, widget.NewLabel(f.printer.T(key)), widgets.Inset(2, 0, field))
}

// show shows the form; above stands over its fields, nil for nothing.
func (f *Form) show(above fyne.CanvasObject, done func()) {
	body := widgets.Stack(look.Step2)
	if above != nil {
		body.Add(above)
	}
	body.Add(widgets.Facts(labelWidth, f.pairs...))
	body.Add(f.fault)
	f.done = func(*Form) { done() }
	f.sheet.Set(container.NewVScroll(widgets.MinWidth(formWidth, body)), f.sheet.Hide,
		widget.NewButton(f.printer.T("ui.cancel"), f.sheet.Hide), ask.Primary(f.printer.T("spot.ui.save"), done))
	f.sheet.Show(fyne.NewSize(formWidth+3*look.Step4, body.MinSize().Height+130), f.text)
}

// kept closes the form, or says why the comment can't be kept.
func (f *Form) kept(err error) {
	if err != nil {
		f.fault.SetText(f.printer.Error(err))
		f.fault.Show()
		return
	}
	f.sheet.Hide()
}

// Say writes the text, and who said it, as a user does.
func (f *Form) Say(text, author string) {
	f.text.SetText(text)
	f.author.SetText(author)
}

// Save does what the button does.
func (f *Form) Save() { f.done(f) }

// Fault is what the form says is wrong, "" where nothing is.
func (f *Form) Fault() string {
	if !f.fault.Visible() {
		return ""
	}
	return f.fault.Text
}
