package siting

import (
	"math"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/look"
	"nabar/app/ui/table"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model"
)

const (
	chartHigh  = 210
	sitesHigh  = 170
	choiceHigh = 190
)

// Drawn is a chart as it is painted into a box.
type Drawn func(c render.Canvas, w, h float64)

// outcome are the parts that show an answer.
type outcome struct {
	hint    *widget.Label
	choices *table.Table // with trade-offs
	charts  [2]*widgets.Drawing
	head    *widgets.Text
	figures *fyne.Container
	proof   *widget.Label
	sites   *table.Table
	trials  *table.Table
	boxes   [3]fyne.CanvasObject // about choices, sites and trials
	object  fyne.CanvasObject
}

// newOutcome makes the parts without an answer.
func newOutcome(d *Dialog) outcome {
	p := d.Printer
	o := outcome{
		hint: widgets.Wrapped(p.T("siting.ui.hint")), choices: table.New(p), head: widgets.NewHeading(""), figures: container.NewGridWithColumns(3),
		proof: widgets.Wrapped(""), sites: table.New(p), trials: table.New(p), charts: [2]*widgets.Drawing{widgets.NewDrawing(), widgets.NewDrawing()},
	}
	o.choices.OnSelect = func(id string) {
		if k, err := strconv.Atoi(id); err == nil && d.answer != nil && k != d.chosen {
			d.chosen = k
			d.showChoice()
		}
	}
	o.boxes = [3]fyne.CanvasObject{
		widgets.MinSize(fyne.NewSize(0, choiceHigh), o.choices.Object()), widgets.MinSize(fyne.NewSize(0, sitesHigh), o.sites.Object()),
		widgets.MinSize(fyne.NewSize(0, choiceHigh), o.trials.Object()),
	}
	o.object = widgets.Stack(look.Step3, o.hint, o.charts[0], o.charts[1], o.boxes[0], o.head, o.figures, o.proof, o.boxes[1], o.boxes[2])
	return o
}

// show shows the answer, or that there is none.
func (d *Dialog) show() {
	o, has := &d.parts, d.answer != nil
	several := has && len(d.answer.Choices) > 1
	widgets.Show(o.hint, !has)
	for _, part := range []fyne.CanvasObject{o.head, o.figures, o.proof, o.boxes[1]} {
		widgets.Show(part, has)
	}
	widgets.Show(o.boxes[0], several)
	for k, chart := range o.charts {
		drawn := Drawn(nil)
		if several && d.answer.Curves != nil && (k == 0 || len(d.answer.Curves.Front) > 1) {
			drawn = d.Chart(d.answer.Curves, k == 1)
		}
		chart.Set(drawn, d.Printer.T("siting.ui.chart"), chartHigh)
		widgets.Show(chart, drawn != nil)
	}
	widgets.Show(o.boxes[2], has && d.tried[d.chosen] != nil)
	enable(d.stop, d.cancel != nil)
	enable(d.test, has && d.cancel == nil && len(d.current().Sites) > 0)
	enable(d.mark, has && d.Writable && len(d.current().Sites) > 0)
	enable(d.open, has && d.Writable && len(d.current().Sites)+len(d.current().Given) > 0)
	if several {
		o.choices.Set(choiceTable(d.Printer, d.answer.Choices))
	}
	if has {
		d.showChoice()
	}
	o.object.Refresh()
}

// current is the chosen choice; an empty one without an answer.
func (d *Dialog) current() *session.LocateResult {
	if d.answer == nil {
		return &session.LocateResult{}
	}
	return &d.answer.Choices[d.chosen]
}

// showChoice shows the chosen choice.
func (d *Dialog) showChoice() {
	o, r, p := &d.parts, d.current(), d.Printer
	o.head.SetText(p.T("siting.ui.head", len(r.Sites), len(r.Kept), len(r.Given)))
	o.figures.RemoveAll()
	sites, steady, bands := siteTable(p, r), d.tried[d.chosen], []string(nil)
	if steady != nil {
		bands, sites = bandsOf(p, r, steady), steadySites(p, sites, steady)
		o.trials.Set(trialTable(p, steady))
	}
	widgets.Show(o.boxes[2], steady != nil)
	for k, f := range figuresOf(p, r) {
		figure := widgets.Stack(0, widgets.NewKeyFigure(f[0], f[1]))
		if k < len(bands) {
			figure.Add(widgets.NewCaption(bands[k]))
		}
		o.figures.Add(figure)
	}
	o.proof.SetText(proof(p, r))
	o.sites.Set(sites)
	enable(d.test, d.cancel == nil && len(r.Sites) > 0)
	enable(d.open, d.Writable && len(r.Sites)+len(r.Given) > 0)
	enable(d.mark, d.Writable && len(r.Sites) > 0)
	o.object.Refresh()
}

// cost is a figure with its unit.
func cost(i model.Impedance, v float64) any {
	if i == model.Time {
		return i18n.Seconds(v)
	}
	return i18n.Metres(v)
}

// figuresOf are a choice's figures, and what they were before.
func figuresOf(p *i18n.Printer, r *session.LocateResult) [][2]string {
	out := [][2]string{
		{p.Value(cost(r.Impedance, r.Mean)), p.T("siting.ui.mean", cost(r.Impedance, r.MeanBefore))},
		{p.Value(cost(r.Impedance, r.Farthest)), p.T("siting.ui.farthest", cost(r.Impedance, r.FarthestBefore))},
	}
	if r.Within > 0 {
		out = append(out, [2]string{p.Int(int64(r.Covered)), p.T("siting.ui.covered", cost(r.Impedance, r.Within), r.CoveredBefore)})
	}
	if r.Reached < r.People || r.ReachedBefore < r.People {
		out = append(out, [2]string{p.Int(int64(r.People - r.Reached)), p.T("siting.ui.unreached", r.People-r.ReachedBefore)})
	}
	return out
}

// proof says in plain words how good a choice is.
func proof(p *i18n.Printer, r *session.LocateResult) string {
	text := p.T("siting.ui.optimal", r.Candidates)
	if !r.Optimal {
		text = p.T("siting.ui.gap", i18n.Share(math.Ceil(r.Gap*1000)/1000), r.Candidates)
	}
	if r.Stopped {
		text += " " + p.T("siting.ui.stopped")
	}
	if len(r.Unjoined) > 0 {
		text += " " + p.T("siting.ui.unjoined", len(r.Unjoined))
	}
	return text
}

// siteTable lists the new places, those that stay by choice, and those that go.
func siteTable(p *i18n.Printer, r *session.LocateResult) model.Table {
	t := model.Table{Name: p.T("siting.ui.sites"), Columns: []model.TableColumn{
		{Head: p.T("siting.ui.place")},
		{Head: p.T("siting.ui.what")},
		{Head: p.T("siting.ui.people"), Number: true},
		{Head: "N", Number: true},
		{Head: "E", Number: true},
	}}
	add := func(name, what string, people, n, e float64) {
		t.Rows = append(t.Rows, model.TableRow{ID: strconv.Itoa(len(t.Rows)), Cells: []model.TableCell{
			model.Words(name), model.Words(what), model.Amount(people), model.Amount(n), model.Amount(e),
		}})
	}
	for k, s := range r.Sites {
		name := s.Name
		if name == "" {
			name = p.T("siting.new_place", k+1)
		}
		add(name, p.T("siting.ui.what.new"), float64(s.People), s.At[1], s.At[0])
	}
	loaded := map[string]bool{}
	for _, l := range r.Loads {
		loaded[strings.Join(l.IDs, " ")] = true
		add(l.Name, p.T("more.ui.what_room", l.Most), float64(l.People), l.At[1], l.At[0])
	}
	for _, s := range r.Kept {
		if !loaded[strings.Join(s.IDs, " ")] {
			add(s.Name, p.T("siting.ui.what.kept"), float64(s.People), s.At[1], s.At[0])
		}
	}
	for _, s := range r.Given {
		add(s.Name, p.T("siting.ui.what.given"), math.NaN(), s.At[1], s.At[0])
	}
	return t
}

// choiceTable lists choices side by side.
func choiceTable(p *i18n.Printer, all []session.LocateResult) model.Table {
	unit, scale := "km", 1000.0
	if all[0].Impedance == model.Time {
		unit, scale = "min", 60
	}
	t := model.Table{Name: p.T("siting.ui.choices"), Columns: []model.TableColumn{
		{Head: p.T("siting.ui.choice")},
		{Head: p.T("siting.ui.count"), Number: true},
		{Head: p.T("siting.ui.column_mean", unit), Number: true, Decimals: 2},
		{Head: p.T("siting.ui.column_farthest", unit), Number: true, Decimals: 2},
		{Head: p.T("siting.ui.column_covered"), Number: true},
		{Head: p.T("siting.ui.column_gap"), Number: true, Decimals: 2},
	}}
	for k := range all {
		r := &all[k]
		covered := math.NaN()
		if r.Within > 0 {
			covered = float64(r.Covered)
		}
		t.Rows = append(t.Rows, model.TableRow{ID: strconv.Itoa(k), Cells: []model.TableCell{
			model.Words(p.T("siting.kind." + string(r.Objective))), model.Amount(float64(r.New)), model.Amount(r.Mean / scale),
			model.Amount(r.Farthest / scale), model.Amount(covered), model.Amount(100 * r.Gap),
		}})
	}
	return t
}
