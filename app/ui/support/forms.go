package support

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model/support"
)

const (
	formWidth  = 620
	formHeight = 560
	labelWidth = 290
)

// FactsForm asks for facts about a place.
type FactsForm struct {
	printer      *i18n.Printer
	sheet        *ask.Sheet
	fault        *widget.Label
	before       map[string]support.Fact
	numbers      map[string]*widgets.Entry
	choices      map[string]*widget.Select
	source, date *widgets.Entry
	done         func(map[string]*support.Fact)
}

// ShowFacts opens the form of the facts that a set of rules asks for. before is what has been said; fn is told what
// has changed, nil for a fact that is taken back.
func ShowFacts(w fyne.Window, p *i18n.Printer, title string, set *support.Set, before map[string]support.Fact, fn func(map[string]*support.Fact)) *FactsForm {
	f := &FactsForm{
		printer: p, sheet: ask.NewSheet(w, title), fault: danger(), before: before, numbers: map[string]*widgets.Entry{},
		choices: map[string]*widget.Select{}, done: fn,
	}
	var rows []fyne.CanvasObject
	for _, t := range support.FactTypes() {
		if t.Entered && asked(set, t.ID) {
			rows = append(rows, widget.NewLabel(f.label(t, set.Currency)), widgets.Inset(2, 0, f.entry(t)))
		}
	}
	f.source, f.date = f.line(""), f.line("")
	f.source.SetPlaceHolder(p.T("support.ui.source_hint"))
	f.date.SetPlaceHolder(p.T("support.ui.date_hint"))
	rows = append(rows, widget.NewLabel(p.T("support.ui.fact_source")), widgets.Inset(2, 0, f.source), widget.NewLabel(p.T("support.ui.fact_date")), widgets.Inset(2, 0, f.date))
	body := container.NewBorder(widgets.Note(p.T("support.ui.facts_note")), f.fault, nil, nil, container.NewVScroll(widgets.Inset(look.Step2, 0, widgets.Facts(labelWidth, rows...))))
	f.sheet.Set(body, f.sheet.Hide, widget.NewButton(p.T("ui.cancel"), f.sheet.Hide), ask.Primary(p.T("support.ui.save"), f.save))
	f.sheet.Show(fyne.NewSize(formWidth, formHeight), nil)
	return f
}

// danger is the line that tells what is wrong.
func danger() *widget.Label {
	l := widgets.Wrapped("")
	l.Importance = widget.DangerImportance
	l.Hide()
	return l
}

// asked tells whether a set asks for a fact. The year of the turnover goes with the turnover.
func asked(set *support.Set, fact string) bool {
	for i := range set.Rules {
		if slices.ContainsFunc(set.Rules[i].Conditions, func(c support.Condition) bool {
			return c.Fact == fact || fact == support.LastYearBooked && c.Fact == support.Turnover
		}) {
			return true
		}
	}
	return false
}

// label is a fact's name with its unit.
func (f *FactsForm) label(t support.FactType, currency string) string {
	name := f.printer.T("support.fact." + t.ID)
	switch t.Unit {
	case support.Money:
		return name + ", " + currency
	case support.Hours:
		return name + ", h"
	}
	return name
}

// entry is where a fact is said.
func (f *FactsForm) entry(t support.FactType) fyne.CanvasObject {
	fact, said := f.before[t.ID]
	if t.Unit != support.Truth {
		text := ""
		if said {
			text = strconv.FormatFloat(fact.Value, 'f', -1, 64)
		}
		f.numbers[t.ID] = f.line(text)
		return f.numbers[t.ID]
	}
	s := widget.NewSelect([]string{f.printer.T("support.unknown"), f.printer.T("support.yes"), f.printer.T("support.no")}, nil)
	switch {
	case !said:
		s.SetSelectedIndex(0)
	case fact.Value != 0:
		s.SetSelectedIndex(1)
	default:
		s.SetSelectedIndex(2)
	}
	f.choices[t.ID] = s
	return s
}

// line makes an entry of one line.
func (f *FactsForm) line(text string) *widgets.Entry {
	e := widgets.NewEntry(text)
	e.OnEscape = f.sheet.Hide
	return e
}

// save hands over what has changed.
func (f *FactsForm) save() {
	out := map[string]*support.Fact{}
	say := func(id string, v float64) {
		if was, said := f.before[id]; !said || was.Value != v {
			out[id] = &support.Fact{Value: v, Source: strings.TrimSpace(f.source.Text), Date: strings.TrimSpace(f.date.Text)}
		}
	}
	unsay := func(id string) {
		if _, said := f.before[id]; said {
			out[id] = nil
		}
	}
	for id, e := range f.numbers {
		v, given, ok := readNumber(e.Text)
		switch {
		case !ok:
			f.fail(f.printer.T("support.fact_value", e.Text, i18n.M("support.fact."+id), i18n.M("support.value_number")))
			return
		case given:
			say(id, v)
		default:
			unsay(id)
		}
	}
	for id, s := range f.choices {
		switch s.SelectedIndex() {
		case 1:
			say(id, 1)
		case 2:
			say(id, 0)
		default:
			unsay(id)
		}
	}
	f.sheet.Hide()
	if len(out) > 0 {
		f.done(out)
	}
}

func (f *FactsForm) fail(text string) {
	f.fault.SetText(text)
	f.fault.Show()
}

// readNumber reads a number as people write it: with thousands apart and a decimal comma. given is false for an empty text.
func readNumber(text string) (v float64, given, ok bool) {
	text = strings.NewReplacer(" ", "", i18n.NBSP, "", ",", ".").Replace(strings.TrimSpace(text))
	if text == "" {
		return 0, false, true
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, true, err == nil && v >= 0 && !math.IsInf(v, 0)
}

// LimitsForm asks for the limits of a set of rules.
type LimitsForm struct {
	printer                 *i18n.Printer
	sheet                   *ask.Sheet
	fault                   *widget.Label
	set                     support.Set
	values                  map[string]*widgets.Entry // by rule and condition
	ops                     map[string]*widget.Select
	edition, source, margin *widgets.Entry
	assume                  *widget.Check
	done                    func(support.Set)
}

// ops are the comparisons as they are chosen.
var ops = []support.Op{support.Over, support.AtLeast, support.Under, support.AtMost}

// ShowLimits opens the form of a set's limits; fn is told the set that the user wants. reset takes the project's changes
// away; it is nil for a set that has none.
func ShowLimits(w fyne.Window, p *i18n.Printer, set support.Set, fn func(support.Set), reset func()) *LimitsForm {
	f := &LimitsForm{
		printer: p, sheet: ask.NewSheet(w, p.Text(set.Label())), fault: danger(), set: set.Clone(),
		values: map[string]*widgets.Entry{}, ops: map[string]*widget.Select{}, done: fn,
	}
	line := func(text string) *widgets.Entry {
		e := widgets.NewEntry(text)
		e.OnEscape = f.sheet.Hide
		return e
	}
	f.edition, f.source, f.margin = line(set.Edition), line(set.Source), line(strconv.FormatFloat(math.Round(set.Margin*1e4)/100, 'f', -1, 64))
	f.assume = widget.NewCheck(p.T("support.ui.assume"), nil)
	f.assume.Checked = set.AssumeFull
	rows := []fyne.CanvasObject{
		widget.NewLabel(p.T("support.ui.edition")), widgets.Inset(2, 0, f.edition),
		widget.NewLabel(p.T("support.ui.source")), widgets.Inset(2, 0, f.source),
		widget.NewLabel(p.T("support.ui.margin")), widgets.Inset(2, 0, f.margin),
	}
	for i := range f.set.Rules {
		rows = append(rows, f.ruleRows(&f.set.Rules[i], line)...)
	}
	buttons := []fyne.CanvasObject{widget.NewButton(p.T("ui.cancel"), f.sheet.Hide), ask.Primary(p.T("support.ui.save"), f.save)}
	if reset != nil {
		buttons = append([]fyne.CanvasObject{widget.NewButton(p.T("support.ui.reset"), func() {
			f.sheet.Hide()
			reset()
		})}, buttons...)
	}
	content := widgets.Stack(look.Step2, widgets.Facts(labelWidth, rows...), f.assume)
	body := container.NewBorder(widgets.Note(p.T("support.ui.limits_note")), f.fault, nil, nil, container.NewVScroll(widgets.Inset(look.Step2, 0, content)))
	f.sheet.Set(body, f.sheet.Hide, buttons...)
	f.sheet.Show(fyne.NewSize(formWidth+80, formHeight), nil)
	return f
}

// ruleRows are the conditions of a rule that have a value.
func (f *LimitsForm) ruleRows(rule *support.Rule, line func(string) *widgets.Entry) (rows []fyne.CanvasObject) {
	p := f.printer
	for k := range rule.Conditions {
		c := &rule.Conditions[k]
		if c.Op == support.Yes {
			continue
		}
		key := rule.ID + "." + c.ID
		words := make([]string, len(ops))
		for i, o := range ops {
			words[i] = p.T("support.ui.op." + o.Word())
		}
		s := widget.NewSelect(words, nil)
		s.SetSelectedIndex(slices.Index(ops, c.Op))
		f.ops[key], f.values[key] = s, line(strconv.FormatFloat(c.Value, 'f', -1, 64))
		label := widgets.Wrapped(p.Text(rule.Label()) + ": " + p.T("support.fact."+c.Fact))
		unit := widgets.NewCaption(unitOf(c.Fact, f.set.Currency))
		rows = append(rows, label, widgets.Inset(2, 0, container.NewBorder(nil, nil, s, widgets.MinWidth(36, unit), f.values[key])))
	}
	return rows
}

// unitOf is the unit that a fact's value is entered in.
func unitOf(fact, currency string) string {
	t, _ := support.FindFact(fact)
	switch t.Unit {
	case support.Metres:
		return "m"
	case support.Money:
		return currency
	case support.Hours:
		return "h"
	}
	return ""
}

// save hands the set over. One with another edition is a set of its own, beside the one that it was made from.
func (f *LimitsForm) save() {
	p := f.printer
	percent, given, ok := readNumber(f.margin.Text)
	if !ok || !given || percent >= 100 {
		f.fail(p.T("cli.support_margin_wrong", f.margin.Text))
		return
	}
	set := f.set.Clone()
	for i := range set.Rules {
		rule := &set.Rules[i]
		for k := range rule.Conditions {
			c := &rule.Conditions[k]
			e := f.values[rule.ID+"."+c.ID]
			if e == nil {
				continue
			}
			v, given, ok := readNumber(e.Text)
			if !ok || !given {
				f.fail(p.T("support.fact_value", e.Text, i18n.M("support.fact."+c.Fact), i18n.M("support.value_number")))
				return
			}
			c.Op = ops[f.ops[rule.ID+"."+c.ID].SelectedIndex()]
			if v != c.Value {
				c.Value, c.Own = v, true
			}
		}
	}
	edition := strings.TrimSpace(f.edition.Text)
	if edition != set.Edition {
		set.Name = f.name(&set)
		set.ID += "/" + edition
	}
	set.Edition, set.Source, set.Margin, set.AssumeFull, set.BuiltIn = edition, strings.TrimSpace(f.source.Text), percent/100, f.assume.Checked, false
	f.sheet.Hide()
	f.done(set)
}

// name is the set's name without its edition.
func (f *LimitsForm) name(set *support.Set) string {
	if set.Name != "" {
		return set.Name
	}
	return f.printer.T("support.set." + set.ID)
}

func (f *LimitsForm) fail(text string) {
	f.fault.SetText(text)
	f.fault.Show()
}

// Say writes a number into the form, as a user does.
func (f *FactsForm) Say(fact, text string) { f.numbers[fact].SetText(text) }

// Choose answers a question of the form: 0 for unknown, 1 for yes, 2 for no.
func (f *FactsForm) Choose(fact string, answer int) { f.choices[fact].SetSelectedIndex(answer) }

// Save hands over what has changed, as the form's button does.
func (f *FactsForm) Save() { f.save() }

// Limit writes a limit into the form, by rule and condition.
func (f *LimitsForm) Limit(key string, op support.Op, text string) {
	f.ops[key].SetSelectedIndex(slices.Index(ops, op))
	f.values[key].SetText(text)
}

// Edition writes the edition.
func (f *LimitsForm) Edition(text string) { f.edition.SetText(text) }

// Save hands the set over, as the form's button does.
func (f *LimitsForm) Save() { f.save() }
