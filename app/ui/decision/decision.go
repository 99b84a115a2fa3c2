// Package decision is the form of the plan's decision block: what stands on the cover, and the planner's own words for
// the summary.
package decision

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

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
	popup   *widget.PopUp
	fault   *widget.Label

	title, subtitle, period, body, paragraph, number, date, responsible, intro *widget.Entry

	status *widget.SelectEntry
}

// Show opens the form on d; fn is told what the user wants instead. A project that can't be changed shows it only.
func Show(w fyne.Window, p *i18n.Printer, d model.Decision, readOnly bool, fn func(model.Decision)) *Form {
	f := &Form{printer: p, done: fn, fault: widgets.Wrapped("")}
	f.fault.Importance = widget.DangerImportance
	f.fault.Hide()
	f.title, f.subtitle, f.period = line(d.Title), line(d.Subtitle), line(d.Period)
	f.body, f.paragraph, f.number = line(d.Body), line(d.Paragraph), line(d.CaseNumber)
	f.date, f.responsible = line(d.Date), line(d.Responsible)
	f.status = widget.NewSelectEntry([]string{p.T("ui.plan.draft"), p.T("ui.plan.referral"), p.T("ui.plan.adopted")})
	f.status.SetText(d.Status)
	f.intro = widget.NewMultiLineEntry()
	f.intro.Wrapping = fyne.TextWrapWord
	f.intro.SetMinRowsVisible(introLines)
	f.intro.SetText(d.Introduction)
	f.placeHolders()

	save := widget.NewButton(p.T("ui.plan.save"), f.save)
	save.Importance = widget.HighImportance
	if readOnly {
		save.Disable()
	}
	cancel := widget.NewButton(p.T("ui.cancel"), func() { f.popup.Hide() })
	foot := container.NewBorder(nil, nil, nil, widgets.Line(look.Step2, cancel, save), f.fault)
	head := widgets.NewHeading(p.T("ui.plan.details"))
	content := container.NewBorder(head, widgets.Inset(look.Step2, 0, foot), nil, nil, container.NewVScroll(widgets.Inset(look.Step2, look.Step1, f.rows())))
	f.popup = widget.NewModalPopUp(widgets.Pad(look.Step4, content), w.Canvas())
	size := w.Canvas().Size()
	f.popup.Resize(fyne.NewSize(min(dialogWidth, size.Width-look.Step4), min(dialogHeight, size.Height-look.Step4)))
	f.popup.Show()
	w.Canvas().Focus(f.title)
	return f
}

// line makes an entry of one line.
func line(text string) *widget.Entry {
	e := widget.NewEntry()
	e.SetText(text)
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
	f.popup.Hide()
	f.done(d)
}

// value is the block as the entries have it.
func (f *Form) value() model.Decision {
	text := func(e *widget.Entry) string { return strings.TrimSpace(e.Text) }
	return model.Decision{
		Title: text(f.title), Subtitle: text(f.subtitle), Period: text(f.period), Status: strings.TrimSpace(f.status.Text),
		Body: text(f.body), Paragraph: text(f.paragraph), CaseNumber: text(f.number), Date: text(f.date),
		Responsible: text(f.responsible), Introduction: text(f.intro),
	}
}
