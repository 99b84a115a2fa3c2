// Package support is the window of the conditions for state support: which places meet them, why, and what is still
// unknown; and the forms for the limits of the rules and the facts about a place.
//
// Invariants: a verdict is told by a sign and a word, colour only helps; every card names the rules with their edition;
// nothing is computed here.
package support

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/support"
)

// The signs of the verdicts: one shape each, so that they are told apart without colour.
var signs = map[support.Verdict]string{support.Eligible: "●", support.Borderline: "◆", support.Not: "○"}

// tones are their colours.
var tones = map[support.Verdict]fyne.ThemeColorName{
	support.Eligible: theme.ColorNameSuccess, support.Borderline: theme.ColorNameWarning, support.Not: theme.ColorNameForeground,
}

// verdict writes a verdict with its sign.
func verdict(p *i18n.Printer, v support.Verdict) string {
	return signs[v] + " " + p.T("support.verdict."+string(v))
}

// Count is how many places have a verdict.
type Count struct {
	Text string
	Tone fyne.ThemeColorName
}

// Describe is what the window shows of a report for one form of support.
func Describe(p *i18n.Printer, r *support.Report, rule *support.Rule) (table model.Table, counts []Count) {
	table = model.Table{Name: p.Text(rule.Label()), Columns: []model.TableColumn{
		{Head: p.T("support.column.name")},
		{Head: p.T("support.column.town")},
		{Head: p.T("support.column.status")},
		{Head: p.T("support.ui.next"), Unit: "km", Number: true, Decimals: 1},
		{Head: p.T("support.column.next")},
		{Head: p.T("support.column.unknown")},
	}}
	number := map[support.Verdict]int{}
	for i := range r.Places {
		place := &r.Places[i]
		o := place.Of(rule.ID)
		if o == nil {
			continue
		}
		number[o.Verdict]++
		table.Rows = append(table.Rows, model.TableRow{ID: place.ID, Cells: []model.TableCell{
			model.Words(place.Name), model.Words(place.Town), model.Words(verdict(p, o.Verdict)),
			kilometres(o), model.Words(nextName(p, o)), model.Words(facts(p, o.Unknowns(rule))),
		}})
	}
	for _, v := range []support.Verdict{support.Eligible, support.Borderline, support.Not} {
		counts = append(counts, Count{p.T("support.ui.count", verdict(p, v), number[v]), tones[v]})
	}
	return table, counts
}

// statusColumn is the column of the verdict.
const statusColumn = 2

// tone is the colour of a cell.
func tone(column int, c model.TableCell) fyne.ThemeColorName {
	if column == statusColumn {
		for v, sign := range signs {
			if strings.HasPrefix(c.Text, sign) {
				return tones[v]
			}
		}
	}
	return ""
}

// kilometres is how far the next place lies, or a nearer one that perhaps counts.
func kilometres(o *support.Outcome) model.TableCell {
	next, _ := o.Nearest()
	if next == nil {
		return model.Amount(nan)
	}
	return model.Amount(next.Metres / 1000)
}

// nextName is the name of that place, "" where there is none.
func nextName(p *i18n.Printer, o *support.Outcome) string {
	switch next, sure := o.Nearest(); {
	case next == nil:
		return ""
	case !sure:
		return p.T("support.perhaps", next.Name)
	default:
		return next.Name
	}
}

// facts lists facts by their names.
func facts(p *i18n.Printer, ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = p.T("support.fact." + id)
	}
	return strings.Join(names, ", ")
}

// Line is a line of evidence.
type Line struct {
	Text  string
	Tone  fyne.ThemeColorName
	Small bool
	Note  string // below the text, in the second rank
}

// Evidence is what a card tells of a place by a rule: the verdict, the next place, each condition with what is known, and
// where it comes from.
func Evidence(p *i18n.Printer, r *support.Report, place *support.Place, rule *support.Rule) []Line {
	o := place.Of(rule.ID)
	if o == nil {
		return nil
	}
	e := evidence{p: p}
	e.add(verdict(p, o.Verdict)+": "+p.Text(rule.Label()), tones[o.Verdict])
	switch {
	case o.Next != nil:
		e.add(p.T("support.ui.next_line", o.Next.Name, i18n.Metres(o.Next.Metres)), "")
	case o.Perhaps == nil:
		e.add(p.T("support.ui.no_next"), "")
	}
	if o.Perhaps != nil {
		e.add(p.T("support.ui.perhaps_line", o.Perhaps.Name, i18n.Metres(o.Perhaps.Metres)), theme.ColorNameWarning)
	}
	if place.IslandPeople > 0 {
		e.add(p.T("support.ui.island_line", place.IslandPeople), "")
	}
	if place.Far {
		e.add(p.T("support.ui.far_line", i18n.Metres(place.JoinM)), theme.ColorNameWarning)
	}
	for i := range o.Checks {
		e.check(r, rule, &o.Checks[i])
	}
	if place.Hours != "" {
		e.small(p.T("support.ui.hours_line", place.Hours))
	}
	e.small(p.Text(r.Rules.Label()))
	e.small(p.T("support.source", r.Rules.Source))
	return e.lines
}

// evidence gathers lines.
type evidence struct {
	p     *i18n.Printer
	lines []Line
}

func (e *evidence) add(text string, tone fyne.ThemeColorName) {
	e.lines = append(e.lines, Line{Text: text, Tone: tone})
}

func (e *evidence) small(text string) { e.lines = append(e.lines, Line{Text: text, Small: true}) }

// answers are the signs of the answers, with the colour that goes with each.
var answers = map[support.Answer]struct {
	sign string
	tone fyne.ThemeColorName
}{
	support.Met: {"●", theme.ColorNameSuccess}, support.Near: {"◆", theme.ColorNameWarning},
	support.Unknown: {"◆", theme.ColorNameWarning}, support.Unmet: {"○", ""},
}

// check tells of one condition, and below it where the rule and the fact come from.
func (e *evidence) check(r *support.Report, rule *support.Rule, c *support.Check) {
	p, condition := e.p, rule.Condition(c.Condition)
	answer := answers[c.Answer]
	text := answer.sign + " " + p.Text(condition.Text(rule, r.Rules.Currency)) + " – "
	if c.Value != nil && c.Answer != support.Unknown {
		text += p.Text(support.Amount(condition.Fact, *c.Value, r.Rules.Currency)) + ", "
	}
	e.add(text+p.T("support.answer."+string(c.Answer)), answer.tone)
	notes := []string{condition.Source}
	if condition.Group != "" {
		notes = append(notes, p.T("support.ui.alternative"))
	}
	if condition.Own {
		notes = append(notes, p.T("support.own"))
	}
	if condition.Guide {
		notes = append(notes, p.T("support.guide"))
	}
	switch source := strings.TrimSpace(c.Source + " " + p.Date(c.Dated)); {
	case c.Entered && source != "":
		notes = append(notes, p.T("support.entered_source", source))
	case c.Entered:
		notes = append(notes, p.T("support.entered"))
	}
	e.lines[len(e.lines)-1].Note = strings.Join(notes, "; ")
}
