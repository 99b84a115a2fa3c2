package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/scenarios"
	"nabar/app/ui/widgets"
	"nabar/model"
)

// origin is what the choice is compared with on the map: the project with a scenario, a date, some people and a way of
// travelling. It is nothing unless on is set.
type origin struct {
	on                              bool
	scenario, profile, date, demand string
}

// origin gives the query that the choice is compared with: the user's, else the project as it is where a scenario is chosen.
func (c choice) origin() (model.Query, bool) {
	q := c.query()
	if c.from.on {
		q.Scenario, q.Profile, q.Date, q.Demand = c.from.scenario, c.from.profile, c.from.date, c.from.demand
		return q, true
	}
	q.Scenario = ""
	return q, c.scenario != ""
}

// againstBaseline tells whether a scenario is compared with what it builds on, all else alike: no wish of its own is needed.
func (c choice) againstBaseline() bool {
	return c.scenario != "" && c.from == origin{on: c.from.on, profile: c.profile, date: c.date, demand: c.demand}
}

// versusView is what the card of the comparison shows.
func (w *Window) versusView() scenarios.CardView {
	st := &w.state
	from, wanted := st.choice.origin()
	if !wanted {
		return scenarios.CardView{}
	}
	p := w.printer
	v := scenarios.CardView{With: w.comparison.compared(rankingKey{st.choice, st.snapshot}), OnMap: st.choice.from.on, Title: p.T("ui.scenarios.compared")}
	if st.choice.from.on && !st.choice.againstBaseline() {
		v.Ends = true
		v.Title = p.T("series.card_title", w.session.StateLabel(from), w.session.StateLabel(st.choice.query()))
	}
	return v
}

// changeOnMap shows what a scenario changes on the map, or the scenario itself again.
func (w *Window) changeOnMap(on bool) {
	c := w.choice
	c.from = origin{}
	if on {
		c.from = origin{on: true, profile: c.profile, date: c.date, demand: c.demand}
	}
	w.choose(c)
}

// endChange shows the choice itself again.
func (w *Window) endChange() {
	c := w.choice
	c.from = origin{}
	w.choose(c)
}

// sideForm chooses one side of a comparison.
type sideForm struct {
	scenario *widget.Select
	profile  *widget.Select
	profiles []model.Profile
	demand   *widget.Select
	date     *widgets.Entry
	editions []session.Edition
	baseline string
	usual    string
}

// newSide makes the entries of one side, filled with what it is now.
func (w *Window) newSide(now origin, editions []session.Edition, leave func()) *sideForm {
	p := w.printer
	f := &sideForm{baseline: p.T("ui.scenarios.baseline"), usual: p.T("series.people_usual"), date: widgets.NewEntry(now.date), editions: editions}
	options := []string{f.baseline}
	for _, sc := range w.state.scenarios {
		options = append(options, sc.Name)
	}
	f.scenario = widget.NewSelect(options, nil)
	f.scenario.SetSelected(f.baseline)
	if now.scenario != "" {
		f.scenario.SetSelected(now.scenario)
	}
	f.profiles = w.state.profiles
	f.profile = widget.NewSelect(nil, nil)
	for _, way := range f.profiles {
		name := p.Text(way.Label())
		f.profile.Options = append(f.profile.Options, name)
		if way.ID == now.profile || f.profile.Selected == "" {
			f.profile.SetSelected(name)
		}
	}
	f.date.SetPlaceHolder(p.T("series.date_hint"))
	f.date.OnEscape = leave
	people := []string{f.usual}
	for _, e := range editions {
		if e.Demand != "" {
			people = append(people, e.Demand)
		}
	}
	f.demand = widget.NewSelect(people, nil)
	f.demand.SetSelected(f.usual)
	if slices.Contains(people, now.demand) {
		f.demand.SetSelected(now.demand)
	}
	return f
}

// rows are the entries with their labels.
func (f *sideForm) rows(w *Window, heading string) fyne.CanvasObject {
	p := w.printer
	pairs := []fyne.CanvasObject{
		widget.NewLabel(p.T("series.side_scenario")), f.scenario,
		widget.NewLabel(p.T("series.side_date")), f.date,
		widget.NewLabel(p.T("series.side_way")), f.profile,
	}
	if len(f.demand.Options) > 1 {
		pairs = append(pairs, widget.NewLabel(p.T("series.side_people")), f.demand)
	}
	return widgets.Stack(look.Step1, widgets.NewHeading(heading), widgets.Facts(sideLabel, pairs...))
}

// Widths of the dialog that asks what to compare, in units.
const (
	sideLabel   = 110
	changeWidth = 420
)

// origin is what is entered; ok is false where the date is none.
func (f *sideForm) origin() (o origin, ok bool) {
	o = origin{on: true, date: strings.TrimSpace(f.date.Text)}
	if f.scenario.Selected != f.baseline {
		o.scenario = f.scenario.Selected
	}
	if i := f.profile.SelectedIndex(); i >= 0 {
		if o.profile = f.profiles[i].ID; o.profile == model.CarID {
			o.profile = ""
		}
	}
	if f.demand.Selected != f.usual {
		o.demand = f.demand.Selected
	}
	return o, o.date == "" || model.IsDate(o.date)
}

// askChange asks from what to what the change shall be shown, and shows it.
func (w *Window) askChange() {
	if !w.state.open || w.state.missing != "" {
		return
	}
	editions, err := w.session.Editions(context.Background())
	if err != nil {
		w.fail(err)
		return
	}
	p, c := w.printer, w.choice
	sheet := ask.NewSheet(w.win, p.T("series.change_title"))
	start := c.from
	if !start.on {
		start = origin{profile: c.profile}
	}
	from := w.newSide(start, editions, sheet.Hide)
	to := w.newSide(origin{scenario: c.scenario, profile: c.profile, date: c.date, demand: c.demand}, editions, sheet.Hide)
	fault := widgets.Wrapped("")
	fault.Importance = widget.DangerImportance
	fault.Hide()
	show := func() {
		a, okA := from.origin()
		b, okB := to.origin()
		if !okA || !okB {
			fault.SetText(p.T("series.date_wrong"))
			fault.Show()
			return
		}
		sheet.Hide()
		c := w.choice
		c.from, c.scenario, c.profile, c.date, c.demand = a, b.scenario, b.profile, b.date, b.demand
		w.choose(c)
	}
	from.date.OnSubmitted, to.date.OnSubmitted = func(string) { show() }, func(string) { show() }
	body := widgets.MinWidth(changeWidth, widgets.Stack(look.Step3,
		from.rows(w, p.T("series.change_from")), to.rows(w, p.T("series.change_to")), fault))
	sheet.Set(body, sheet.Hide, widget.NewButton(p.T("ui.cancel"), sheet.Hide), ask.Primary(p.T("series.change_show"), show))
	sheet.Show(fyne.Size{}, from.date)
}
