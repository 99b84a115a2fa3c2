// Package versions holds the dialogs of the plan's versions: to keep one, and to follow the plan up.
package versions

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/plan"
	"nabar/model/version"
)

const (
	formWidth  = 640
	formHeight = 600
	labelWidth = 170
	mostFaults = 6 // that the form lists
)

// Form asks which version is to be kept.
type Form struct {
	printer  *i18n.Printer
	sheet    *ask.Sheet
	decision model.Decision
	today    string
	faults   []plan.Finding
	done     func(session.VersionRequest)

	stage                                     *widget.Select
	name, note, body, paragraph, number, date *widgets.Entry
	decided                                   *fyne.Container
	despite                                   *widget.Check
	fault                                     *widget.Label
	keep                                      *widget.Button
}

// Show opens the form. decision are the cover's facts, found is what the completeness check has found, and done is told what the
// user wants.
func Show(w fyne.Window, p *i18n.Printer, decision model.Decision, today string, found []plan.Finding, done func(session.VersionRequest)) *Form {
	f := &Form{printer: p, sheet: ask.NewSheet(w, p.T("version.ui.keep_title")), decision: decision, today: today, done: done}
	f.faults = slices.DeleteFunc(slices.Clone(found), func(f plan.Finding) bool { return f.Level != plan.Fault })
	f.fault = widgets.Wrapped("")
	f.fault.Importance = widget.DangerImportance
	f.fault.Hide()
	f.name, f.note = f.line(""), f.line("")
	f.body, f.paragraph, f.number, f.date = f.line(decision.Body), f.line(decision.Paragraph), f.line(decision.CaseNumber), f.line(decision.Date)
	f.paragraph.SetPlaceHolder(p.T("ui.plan.paragraph_hint"))
	f.date.SetPlaceHolder(p.T("ui.plan.date_hint"))
	f.number.SetPlaceHolder(p.T("ui.plan.number_hint"))
	f.despite = widget.NewCheck(p.T("version.ui.despite"), nil)
	f.stage = widget.NewSelect(f.stages(), func(string) { f.follow() })
	f.decided = f.decisionRows()
	f.keep = ask.Primary(p.T("version.ui.keep_yes"), f.save)
	top := widgets.Facts(labelWidth, widget.NewLabel(p.T("version.column.stage")), f.stage, widget.NewLabel(p.T("version.ui.name")), widgets.Inset(2, 0, f.name),
		widget.NewLabel(p.T("version.column.note")), widgets.Inset(2, 0, f.note))
	body := widgets.Stack(look.Step2, widgets.Wrapped(p.T("version.ui.keep_text")), top, f.decided)
	f.sheet.Set(container.NewBorder(nil, f.fault, nil, nil, container.NewVScroll(widgets.Inset(0, look.Step2, body))), f.sheet.Hide,
		widget.NewButton(p.T("ui.cancel"), f.sheet.Hide), f.keep)
	f.stage.SetSelectedIndex(0)
	f.sheet.Show(fyne.NewSize(formWidth, formHeight), f.name)
	return f
}

// line makes an entry of one line.
func (f *Form) line(text string) *widgets.Entry {
	e := widgets.NewEntry(text)
	e.OnEscape = f.sheet.Hide
	return e
}

// stages are what the stages are called.
func (f *Form) stages() []string {
	var out []string
	for _, s := range version.Stages() {
		out = append(out, f.printer.Text(s.Label()))
	}
	return out
}

// decisionRows are what a decided version needs, and what the plan still lacks.
func (f *Form) decisionRows() *fyne.Container {
	p := f.printer
	rows := widgets.Facts(labelWidth,
		widget.NewLabel(p.T("ui.plan.body")), widgets.Inset(2, 0, f.body), widget.NewLabel(p.T("ui.plan.date")), widgets.Inset(2, 0, f.date),
		widget.NewLabel(p.T("ui.plan.paragraph")), widgets.Inset(2, 0, f.paragraph), widget.NewLabel(p.T("ui.plan.number")), widgets.Inset(2, 0, f.number))
	all := widgets.Stack(look.Step2, rows)
	if len(f.faults) == 0 {
		return all
	}
	var said []string
	for _, found := range f.faults[:min(len(f.faults), mostFaults)] {
		said = append(said, "• "+p.Text(found.Text))
	}
	if more := len(f.faults) - mostFaults; more > 0 {
		said = append(said, p.T("version.ui.more", more))
	}
	all.Add(widgets.Wrapped(p.T("version.ui.faults", len(f.faults)) + "\n" + strings.Join(said, "\n")))
	all.Add(f.despite)
	return all
}

// chosen is the stage that is chosen.
func (f *Form) chosen() version.Stage { return version.Stages()[max(f.stage.SelectedIndex(), 0)] }

// follow shows what the chosen stage needs, and proposes a name.
func (f *Form) follow() {
	widgets.Show(f.decided, f.chosen().Decided())
	f.name.SetPlaceHolder(f.printer.T("version.name", f.chosen().Label(), i18n.Date(f.today)))
}

// Choose chooses a stage, as a test does.
func (f *Form) Choose(s version.Stage) { f.stage.SetSelectedIndex(slices.Index(version.Stages(), s)) }

// Say fills in the decision, as a test does.
func (f *Form) Say(name, body, date, paragraph, number string, despite bool) {
	f.name.SetText(name)
	f.body.SetText(body)
	f.date.SetText(date)
	f.paragraph.SetText(paragraph)
	f.number.SetText(number)
	f.despite.SetChecked(despite)
}

// Fault is what the form complains of, "" for nothing.
func (f *Form) Fault() string {
	if !f.fault.Visible() {
		return ""
	}
	return f.fault.Text
}

// Save presses the button.
func (f *Form) Save() { f.save() }

// save hands the wish over where nothing is missing.
func (f *Form) save() {
	text := func(e *widgets.Entry) string { return strings.TrimSpace(e.Text) }
	r := session.VersionRequest{Stage: f.chosen(), Name: text(f.name), Note: text(f.note), Date: f.today, Decision: f.decision}
	if r.Stage.Decided() {
		d := &r.Decision
		d.Body, d.Date, d.Paragraph, d.CaseNumber, r.Despite = text(f.body), text(f.date), text(f.paragraph), text(f.number), f.despite.Checked
		if complaint := f.lacking(d); complaint != "" {
			f.fault.SetText(complaint)
			f.fault.Show()
			return
		}
	}
	f.sheet.Hide()
	f.done(r)
}

// lacking says what keeps the version from being decided, "" for nothing.
func (f *Form) lacking(d *model.Decision) string {
	for _, need := range []struct{ key, value string }{
		{"body", d.Body}, {"date", d.Date}, {"paragraph", d.Paragraph}, {"case_number", d.CaseNumber},
	} {
		if need.value == "" {
			return f.printer.T("version.needs", i18n.M("version.fact."+need.key))
		}
	}
	if _, err := time.Parse(time.DateOnly, d.Date); err != nil {
		return f.printer.T("version.date_wrong", d.Date)
	}
	if len(f.faults) > 0 && !f.despite.Checked {
		return f.printer.T("version.ui.despite_needed", len(f.faults))
	}
	return ""
}

// AskFollowUp asks which year is followed up, and of which version; done is told what the user wants.
func AskFollowUp(w fyne.Window, p *i18n.Printer, year int64, all []version.Version, done func(session.FollowUpOptions)) {
	sheet := ask.NewSheet(w, p.T("followup.ui.title"))
	fault := widgets.Wrapped("")
	fault.Importance = widget.DangerImportance
	fault.Hide()
	entry := widgets.NewEntry(strconv.FormatInt(year, 10))
	entry.OnEscape = sheet.Hide
	names := []string{p.T("followup.ui.none")}
	chosen := 0
	for i := range all {
		names = append(names, all[i].Name)
		if all[i].Stage.Decided() {
			chosen = i + 1
		}
	}
	against := widget.NewSelect(names, nil)
	against.SetSelectedIndex(chosen)
	write := func() {
		y, err := strconv.ParseInt(strings.TrimSpace(entry.Text), 10, 64)
		if err != nil || y < 1900 || y > 2200 {
			fault.SetText(p.T("followup.ui.year_wrong", entry.Text))
			fault.Show()
			return
		}
		sheet.Hide()
		o := session.FollowUpOptions{Year: y}
		if i := against.SelectedIndex(); i > 0 {
			o.Plan = all[i-1].Name
		}
		done(o)
	}
	rows := widgets.Facts(labelWidth, widget.NewLabel(p.T("followup.ui.year")), widgets.Inset(2, 0, entry), widget.NewLabel(p.T("followup.ui.plan")), against)
	body := widgets.MinWidth(formWidth*2/3, widgets.Stack(look.Step2, widgets.Wrapped(p.T("followup.ui.text")), rows, fault))
	sheet.Set(body, sheet.Hide, widget.NewButton(p.T("ui.cancel"), sheet.Hide), ask.Primary(p.T("followup.ui.write"), write))
	sheet.Show(fyne.Size{}, entry)
}
