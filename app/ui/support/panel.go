package support

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/table"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/support"
)

var nan = math.NaN()

// cardWidth is the width of the evidence, in units.
const cardWidth = 400

// Actions are what the user can ask for.
type Actions struct {
	Rules  func(id string)                                // another set of rules
	Select func(place *support.Place, next *support.Next) // a place, and the next one by the chosen rule; nil for none
	Facts  func(place *support.Place)                     // what is known of a place; nil for all places
	Limits func()                                         // the limits of the rules
	Export func(table model.Table)                        // what is shown
}

// Panel shows a report.
type Panel struct {
	printer *i18n.Printer
	actions Actions
	sets    []support.Set
	report  *support.Report
	rule    string
	chosen  string

	rules, forms *widget.Select
	counts       *fyne.Container
	table        *table.Table
	title        *widget.Label
	lines        *fyne.Container
	facts        *widget.Button
	remarks      *fyne.Container
	object       fyne.CanvasObject
	quiet        bool // a choice of the program's, not the user's
}

// New makes an empty panel.
func New(p *i18n.Printer, a Actions) *Panel {
	s := &Panel{
		printer: p, actions: a, counts: widgets.Line(look.Step4), table: table.New(p), title: widgets.Wrapped(""),
		lines: widgets.Stack(0), remarks: widgets.Stack(0),
	}
	s.rules, s.forms = widget.NewSelect(nil, s.choseRules), widget.NewSelect(nil, s.choseForm)
	s.table.Tone, s.table.OnSelect, s.table.OnExport = tone, s.choose, a.Export
	s.title.TextStyle.Bold = true
	s.facts = widget.NewButton(p.T("support.ui.facts"), func() { a.Facts(s.place()) })
	limits := widget.NewButton(p.T("support.ui.limits"), a.Limits)
	everyone := widget.NewButton(p.T("support.ui.facts_all"), func() { a.Facts(nil) })
	head := widgets.Stack(look.Step2,
		container.NewBorder(nil, nil, widgets.NewCaption(p.T("support.ui.rules")), limits, s.rules),
		container.NewBorder(nil, nil, widgets.NewCaption(p.T("support.ui.form")), everyone, s.forms),
		s.counts)
	card := container.NewBorder(s.title, container.NewHBox(s.facts), nil, nil, container.NewVScroll(widgets.Inset(look.Step2, 0, s.lines)))
	right := container.NewBorder(nil, nil, widget.NewSeparator(), nil, widgets.MinWidth(cardWidth, widgets.Inset(0, look.Step3, card)))
	middle := container.NewBorder(nil, nil, nil, right, widgets.Inset(0, look.Step2, s.table.Object()))
	s.object = widgets.Pad(look.Step4, container.NewBorder(head, s.remarks, nil, nil, widgets.Inset(look.Step3, 0, middle)))
	return s
}

// Object is the panel for the window's layout.
func (s *Panel) Object() fyne.CanvasObject { return s.object }

// Set shows a report among the sets of rules that there are. The form and the place that are chosen stay where they are there.
func (s *Panel) Set(sets []support.Set, r *support.Report) {
	s.sets, s.report = sets, r
	s.quiet = true
	s.rules.Options = nil
	for i := range sets {
		s.rules.Options = append(s.rules.Options, s.setName(&sets[i]))
		if sets[i].ID == r.Rules.ID {
			s.rules.SetSelectedIndex(i)
		}
	}
	s.rules.Refresh()
	if r.Rules.Rule(s.rule) == nil && len(r.Rules.Rules) > 0 {
		s.rule = r.Rules.Rules[0].ID
	}
	s.forms.Options = nil
	for i := range r.Rules.Rules {
		s.forms.Options = append(s.forms.Options, s.printer.Text(r.Rules.Rules[i].Label()))
		if r.Rules.Rules[i].ID == s.rule {
			s.forms.SetSelectedIndex(i)
		}
	}
	s.forms.Refresh()
	s.quiet = false
	s.remarks.RemoveAll()
	for _, remark := range r.Remarks() {
		s.remarks.Add(widgets.Note(s.printer.Text(remark)))
	}
	s.show()
}

// setName is the set's name; one that the project has changed says so.
func (s *Panel) setName(set *support.Set) string {
	name := s.printer.Text(set.Label())
	if !set.BuiltIn {
		name += " (" + s.printer.T("support.rules_changed") + ")"
	}
	return name
}

// Rule is the chosen form of support, nil before there is a report.
func (s *Panel) Rule() *support.Rule {
	if s.report == nil {
		return nil
	}
	return s.report.Rules.Rule(s.rule)
}

// Table is the table, for those who look at the panel from outside.
func (s *Panel) Table() *table.Table { return s.table }

// show fills table and card in.
func (s *Panel) show() {
	rule := s.Rule()
	if rule == nil {
		return
	}
	data, counts := Describe(s.printer, s.report, rule)
	s.table.Set(data)
	s.counts.RemoveAll()
	for _, c := range counts {
		text := widgets.NewText(c.Text)
		text.Color = c.Tone
		s.counts.Add(text)
	}
	s.counts.Refresh()
	if s.place() == nil {
		s.chosen = ""
	}
	s.table.Select(s.chosen)
	s.showCard()
}

// showCard tells of the chosen place.
func (s *Panel) showCard() {
	place, rule := s.place(), s.Rule()
	s.lines.RemoveAll()
	widgets.Show(s.facts, place != nil)
	if place == nil || rule == nil {
		s.title.SetText(s.printer.T("support.ui.choose"))
		s.lines.Refresh()
		return
	}
	s.title.SetText(place.Name)
	for _, l := range Evidence(s.printer, s.report, place, rule) {
		s.lines.Add(line(l))
	}
	s.lines.Refresh()
}

// line shows a line of evidence, broken where the card ends.
func line(l Line) fyne.CanvasObject {
	style := widget.RichTextStyle{ColorName: l.Tone, SizeName: theme.SizeNameText, TextStyle: fyne.TextStyle{}}
	if l.Tone == "" {
		style.ColorName = theme.ColorNameForeground
	}
	if l.Small {
		style.ColorName, style.SizeName = look.ColorNameMuted, theme.SizeNameCaptionText
	}
	text := widget.NewRichText(&widget.TextSegment{Text: l.Text, Style: style})
	if l.Note != "" {
		note := widget.RichTextStyle{ColorName: look.ColorNameMuted, SizeName: theme.SizeNameCaptionText}
		text.Segments = append(text.Segments, &widget.TextSegment{Text: l.Note, Style: note})
	}
	text.Wrapping = fyne.TextWrapWord
	return text
}

// place is the chosen place, nil for none.
func (s *Panel) place() *support.Place {
	if s.report == nil || s.chosen == "" {
		return nil
	}
	for i := range s.report.Places {
		if p := &s.report.Places[i]; p.ID == s.chosen && p.Of(s.rule) != nil {
			return p
		}
	}
	return nil
}

// choose is a place that the user chose.
func (s *Panel) choose(id string) {
	s.chosen = id
	s.showCard()
	s.tell()
}

// tell tells which place is chosen, and which is the next one.
func (s *Panel) tell() {
	place := s.place()
	if place == nil || s.actions.Select == nil {
		return
	}
	o := place.Of(s.rule)
	next, _ := o.Nearest()
	s.actions.Select(place, next)
}

// choseRules is another set that the user chose.
func (s *Panel) choseRules(string) {
	if i := s.rules.SelectedIndex(); !s.quiet && i >= 0 && i < len(s.sets) {
		s.actions.Rules(s.sets[i].ID)
	}
}

// choseForm is another form of support that the user chose.
func (s *Panel) choseForm(string) {
	i := s.forms.SelectedIndex()
	if s.quiet || s.report == nil || i < 0 {
		return
	}
	s.rule = s.report.Rules.Rules[i].ID
	s.show()
	s.tell()
}
