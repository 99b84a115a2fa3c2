// Package decision is the form of the plan's decision block: what stands on the cover, and the planner's own words for
// the summary.
package decision

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

const (
	dialogWidth  = 640
	dialogHeight = 660
	labelWidth   = 170
	introLines   = 6
)

// Form edits a decision block.
type Form struct {
	printer *i18n.Printer
	done    func(model.Decision)
	sheet   *ask.Sheet
	fault   *widget.Label

	title, subtitle, period, body, paragraph, number, date, responsible *widgets.Entry

	intro  *widget.Entry
	status *widget.SelectEntry
}

// Show opens the form on d; fn is told what the user wants instead. A project that can't be changed shows it only.
func Show(w fyne.Window, p *i18n.Printer, d model.Decision, readOnly bool, fn func(model.Decision)) *Form {
	f := &Form{printer: p, done: fn, fault: widgets.Wrapped(""), sheet: ask.NewSheet(w, p.T("ui.plan.details"))}
	f.fault.Importance = widget.DangerImportance
	f.fault.Hide()
	f.title, f.subtitle, f.period = f.line(d.Title), f.line(d.Subtitle), f.line(d.Period)
	f.body, f.paragraph, f.number = f.line(d.Body), f.line(d.Paragraph), f.line(d.CaseNumber)
	f.date, f.responsible = f.line(d.Date), f.line(d.Responsible)
	f.status = widget.NewSelectEntry([]string{p.T("ui.plan.draft"), p.T("ui.plan.referral"), p.T("ui.plan.adopted")})
	f.status.SetText(d.Status)
	f.intro = widget.NewMultiLineEntry()
	f.intro.Wrapping = fyne.TextWrapWord
	f.intro.SetMinRowsVisible(introLines)
	f.intro.SetText(d.Introduction)
	f.placeHolders()

	save := ask.Primary(p.T("ui.plan.save"), f.save)
	if readOnly {
		save.Disable()
	}
	body := container.NewBorder(nil, f.fault, nil, nil, container.NewVScroll(widgets.Inset(0, look.Step2, f.rows())))
	f.sheet.Set(body, f.sheet.Hide, widget.NewButton(p.T("ui.cancel"), f.sheet.Hide), save)
	f.sheet.Show(fyne.NewSize(dialogWidth, dialogHeight), f.title)
	return f
}

// line makes an entry of one line.
func (f *Form) line(text string) *widgets.Entry {
	e := widgets.NewEntry(text)
	e.OnEscape = f.sheet.Hide
	return e
}

// placeHolders show how each line is commonly written.
func (f *Form) placeHolders() {
	p := f.printer
	f.period.SetPlaceHolder(p.T("ui.plan.period_hint"))
	f.number.SetPlaceHolder(p.T("ui.plan.number_hint"))
	f.paragraph.SetPlaceHolder(p.T("ui.plan.paragraph_hint"))
	f.date.SetPlaceHolder(p.T("ui.plan.date_hint"))
	f.responsible.SetPlaceHolder(p.T("ui.plan.responsible_hint"))
	f.intro.SetPlaceHolder(p.T("ui.plan.introduction_hint"))
}

// rows are the labelled entries, in the order of the cover.
func (f *Form) rows() fyne.CanvasObject {
	var rows []fyne.CanvasObject
	add := func(key string, e fyne.CanvasObject) {
		label := widget.NewLabel(f.printer.T(key))
		rows = append(rows, label, widgets.Inset(2, 0, e))
	}
	add("ui.plan.title", f.title)
	add("ui.plan.subtitle", f.subtitle)
	add("ui.plan.period", f.period)
	add("ui.plan.status", f.status)
	add("ui.plan.number", f.number)
	add("ui.plan.body", f.body)
	add("ui.plan.paragraph", f.paragraph)
	add("ui.plan.date", f.date)
	add("ui.plan.responsible", f.responsible)
	add("ui.plan.introduction", f.intro)
	return widgets.Facts(labelWidth, rows...)
}

// save hands the block over, if its date is one.
func (f *Form) save() {
	d := f.value()
	if d.Date != "" {
		if _, err := time.Parse(time.DateOnly, d.Date); err != nil {
			f.fault.SetText(f.printer.T("ui.plan.bad_date"))
			f.fault.Show()
			return
		}
	}
	f.sheet.Hide()
	f.done(d)
}

// value is the block as the entries have it.
func (f *Form) value() model.Decision {
	text := func(e *widgets.Entry) string { return strings.TrimSpace(e.Text) }
	return model.Decision{
		Title: text(f.title), Subtitle: text(f.subtitle), Period: text(f.period), Status: strings.TrimSpace(f.status.Text),
		Body: text(f.body), Paragraph: text(f.paragraph), CaseNumber: text(f.number), Date: text(f.date),
		Responsible: text(f.responsible), Introduction: strings.TrimSpace(f.intro.Text),
	}
}
