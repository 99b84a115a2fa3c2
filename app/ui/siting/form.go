package siting

import (
	"math"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/look"
	"nabar/app/ui/supply"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

// The questions of the form, in their order: the objectives, which of the places that are there matter most, and
// trade-offs.
const (
	askKeep  = "keep"
	askTrade = "trade"
)

var questions = []string{string(session.PMedian), string(session.Coverage), string(session.PCenter), string(session.Fewest), askKeep, askTrade}

// form asks what is looked for.
type form struct {
	d          *Dialog
	question   *widget.Select
	candidates *widget.Select
	places     *widget.Select
	group      *widget.Select
	entries    map[string]*widgets.Entry
	room       *widgets.Entry // of the places that are there: a number, a column or some ids
	rows       map[string]fyne.CanvasObject
	define     *widget.Label
	fault      *widget.Label
	object     fyne.CanvasObject
}

// fields are the entries, and whether a question has them.
var fields = []struct {
	key string
	has func(question string) bool
}{
	{"number", func(q string) bool { return q != string(session.Fewest) }},
	{"within", func(q string) bool {
		return q == string(session.Coverage) || q == string(session.Fewest) || q == askTrade
	}},
	{"least", func(q string) bool { return q != string(session.Fewest) && q != askTrade }},
	{"most", func(q string) bool { return q != string(session.Fewest) && q != askTrade }},
}

// newForm makes the form.
func newForm(d *Dialog) form {
	p := d.Printer
	f := form{d: d, entries: map[string]*widgets.Entry{}, rows: map[string]fyne.CanvasObject{}, define: widgets.Wrapped(""), fault: widgets.Wrapped("")}
	f.fault.Importance = widget.DangerImportance
	names := func(prefix string, keys []string) (out []string) {
		for _, k := range keys {
			out = append(out, p.T(prefix+k))
		}
		return out
	}
	var groups []string
	for _, g := range supply.Groups {
		groups = append(groups, supply.GroupName(p, g))
	}
	f.question = widget.NewSelect(names("siting.ui.ask.", questions), nil)
	f.candidates = widget.NewSelect(append(names("siting.ui.at.", []string{session.AtNodes, session.AtTowns}), d.Layers...), nil)
	f.places = widget.NewSelect(names("siting.ui.places.", []string{"stay", "move"}), nil)
	f.group = widget.NewSelect(groups, nil)
	for _, s := range []*widget.Select{f.question, f.candidates, f.places, f.group} {
		s.SetSelectedIndex(0)
	}
	f.arrange()
	for _, s := range []*widget.Select{f.question, f.candidates, f.places, f.group} {
		s.OnChanged = func(string) { d.changed() }
	}
	return f
}

// arrange lays the form out.
func (f *form) arrange() {
	p := f.d.Printer
	row := func(label string, o fyne.CanvasObject) fyne.CanvasObject {
		caption := container.NewVBox(layout.NewSpacer(), widgets.NewCaption(label), layout.NewSpacer())
		return container.NewBorder(nil, nil, widgets.MinWidth(labelWidth, caption), nil, o)
	}
	usual := map[string]string{"number": "1", "within": "5"}
	unit := "km"
	if f.d.Base.Impedance == model.Time {
		unit, usual["within"] = "min", "10"
	}
	f.rows["candidates"], f.rows["places"] = row(p.T("siting.ui.candidates"), f.candidates), row(p.T("siting.ui.existing"), f.places)
	out := widgets.Stack(look.Step2, f.question, f.define)
	for _, field := range fields {
		e := widgets.NewEntry(usual[field.key])
		e.OnChanged = func(string) { f.d.changed() }
		e.OnEscape = func() { f.d.sheet.Escape() }
		f.entries[field.key] = e
		f.rows[field.key] = row(p.T("siting.ui."+field.key, unit), e)
		out.Add(f.rows[field.key])
	}
	f.room = widgets.NewEntry("")
	f.room.SetPlaceHolder(p.T("more.ui.room_hint"))
	f.room.OnChanged = func(string) { f.d.changed() }
	f.room.OnEscape = func() { f.d.sheet.Escape() }
	f.rows["room"] = row(p.T("more.ui.room"), f.room)
	out.Add(f.rows["room"])
	out.Add(f.rows["candidates"])
	out.Add(f.rows["places"])
	out.Add(row(p.T("supply.ui.group"), f.group))
	out.Add(f.fault)
	f.object = out
}

// asked is the question that is chosen.
func (f *form) asked() string { return questions[max(f.question.SelectedIndex(), 0)] }

// read makes the query that the form asks for.
func (f *form) read() (q Query, err error) {
	asked, base := f.asked(), f.d.Base
	q.LocateQuery = session.LocateQuery{
		Service: base.Service, Impedance: base.Impedance, Scenario: base.Scenario, Profile: base.Profile, Date: base.Date, Demand: base.Demand,
		Objective: session.LocateObjective(asked), Group: supply.Groups[max(f.group.SelectedIndex(), 0)],
	}
	values := map[string]float64{}
	for _, field := range fields {
		if !field.has(asked) {
			continue
		}
		if values[field.key], err = Number(f.entries[field.key].Text); err != nil {
			return q, err
		}
	}
	q.New, q.MinPeople, q.MaxPeople = int(values["number"]), int(values["least"]), int(values["most"])
	q.Within = values["within"] * 1000
	if base.Impedance == model.Time {
		q.Within = values["within"] * 60
	}
	switch asked {
	case askKeep:
		q.Objective, q.Keep, q.New = session.PMedian, q.New, 0
	case askTrade:
		q.Objective, q.Tradeoffs = session.PMedian, true
	}
	if asked != string(session.Fewest) {
		q.Capacities = strings.TrimSpace(f.room.Text)
	}
	if at := f.candidates.SelectedIndex(); at == 1 {
		q.Candidates = session.AtTowns
	} else if at > 1 {
		q.Candidates = f.d.Layers[at-2]
	}
	if f.places.SelectedIndex() == 1 {
		q.Movable = []string{session.AllPlaces}
	}
	return q, check(asked, &q)
}

// check refuses numbers that ask for nothing.
func check(asked string, q *Query) error {
	switch {
	case asked == askKeep && q.Keep < 1, asked != askKeep && asked != string(session.Fewest) && q.New < 1 && q.Movable == nil, asked == askTrade && q.New < 1:
		return i18n.Errorf("siting.ui.number_wrong")
	case (asked == string(session.Coverage) || asked == string(session.Fewest)) && !(q.Within > 0):
		return i18n.Errorf("siting.ui.within_wrong")
	case q.MaxPeople > 0 && q.MinPeople > q.MaxPeople:
		return i18n.Errorf("siting.limits_wrong", q.MinPeople, q.MaxPeople)
	}
	return nil
}

// Number reads what was written, with a comma or a point; nothing is 0.
func Number(text string) (float64, error) {
	if text = strings.TrimSpace(text); text == "" {
		return 0, nil
	}
	v, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil || !(v >= 0) || math.IsInf(v, 0) {
		return 0, i18n.Errorf("siting.ui.text_wrong", text)
	}
	return v, nil
}

// show shows the entries that belong to the question, what it means, and what is wrong.
func (f *form) show(err error) {
	asked := f.asked()
	for _, field := range fields {
		widgets.Show(f.rows[field.key], field.has(asked))
	}
	widgets.Show(f.rows["room"], asked != string(session.Fewest))
	widgets.Show(f.rows["candidates"], asked != askKeep)
	widgets.Show(f.rows["places"], asked != askKeep)
	f.define.SetText(f.d.Printer.T("siting.ui.define." + asked))
	widgets.Show(f.fault, err != nil)
	if err != nil {
		f.fault.SetText(f.d.Printer.Error(err))
	}
	f.object.Refresh()
}
