// Package supply is the dialog of how much service is within reach: what is measured and how the weight of a place falls
// with the way there, drawn as it is chosen; then the outcome in figures, by class and by group.
//
// Invariants: the dialog asks and shows, and measures nothing; a measure is of what the form says now, or is not shown.
package supply

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/table"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

const (
	dialogWidth  = 1080
	dialogHeight = 760
	formWidth    = 380
	tableHigh    = 250
)

// Service is a service type that can be measured.
type Service struct{ ID, Name string }

// Config is what the dialog needs.
type Config struct {
	Window   fyne.Window
	Printer  *i18n.Printer
	Theme    symbology.Theme
	Services []Service
	Base     model.Query // what the window shows: its service is chosen to begin with, travel is by its measure
	Columns  []string    // of the service places, that can hold their capacity
	Writable bool
	// Measure has a query answered with the capacities of a column, "" for none, and tells the answer on the window's thread.
	Measure func(q session.SupplyQuery, column string, done func(*session.SupplyResult))
	// Keep has a measure kept as a layer of the map.
	Keep func(r *session.SupplyResult)
}

// Dialog is the dialog while it is shown.
type Dialog struct {
	Config
	sheet *ask.Sheet
	form  form
	parts outcome
	run   *widget.Button
	keep  *widget.Button

	query  session.SupplyQuery // as the form says
	result *session.SupplyResult
	turn   int // counts the queries, so that a slow answer is not shown for a later one
}

// outcome are the parts that show a measure.
type outcome struct {
	hint    *widget.Label
	head    *widgets.Text
	figures *fyne.Container
	bars    *widgets.Bars
	groups  *table.Table
	remarks *widget.Label
	object  fyne.CanvasObject
}

// Show opens the dialog.
func Show(c Config) *Dialog {
	p := c.Printer
	d := &Dialog{Config: c, sheet: ask.NewSheet(c.Window, p.T("supply.ui.title"))}
	d.run = ask.Primary(p.T("supply.ui.run"), d.measure)
	d.keep = widget.NewButton(p.T("supply.ui.keep"), d.store)
	d.parts = newOutcome(p)
	d.form = newForm(d)
	body := container.NewBorder(nil, nil, widgets.MinWidth(formWidth, container.NewVScroll(widgets.Inset(0, look.Step2, d.form.object))), nil,
		container.NewVScroll(widgets.Inset(0, look.Step4, d.parts.object)))
	d.sheet.Set(body, d.sheet.Hide, widget.NewButton(p.T("ui.close"), d.sheet.Hide), d.keep, d.run)
	d.changed()
	d.sheet.Show(fyne.NewSize(dialogWidth, dialogHeight), nil)
	return d
}

// changed reads the form anew: what was measured before is no longer what it says.
func (d *Dialog) changed() {
	d.turn++
	d.result = nil
	q, err := d.form.read()
	if err == nil {
		d.query, err = q.Complete()
	}
	d.form.show(&d.query, err)
	if err != nil {
		d.run.Disable()
	} else {
		d.run.Enable()
	}
	d.show()
}

// measure has what the form says measured.
func (d *Dialog) measure() {
	turn := d.turn
	d.Measure(d.query, d.form.column(), func(r *session.SupplyResult) {
		if turn == d.turn {
			d.result = r
			d.show()
		}
	})
}

// store has the measure kept, and closes.
func (d *Dialog) store() {
	if d.result != nil {
		d.sheet.Hide()
		d.Keep(d.result)
	}
}

// newOutcome makes the parts without a measure.
func newOutcome(p *i18n.Printer) outcome {
	o := outcome{
		hint: widgets.Wrapped(p.T("supply.ui.hint")), head: widgets.NewHeading(""), figures: container.NewGridWithColumns(4),
		bars: widgets.NewBars(), groups: table.New(p), remarks: widgets.Wrapped(""),
	}
	o.object = widgets.Stack(look.Step3, o.hint, o.head, o.figures, o.bars, widgets.MinSize(fyne.NewSize(0, tableHigh), o.groups.Object()), o.remarks)
	return o
}

// show shows the measure, or that there is none.
func (d *Dialog) show() {
	o, r := &d.parts, d.result
	has := r != nil
	widgets.Show(o.hint, !has)
	for _, part := range []fyne.CanvasObject{o.head, o.figures, o.bars, o.remarks} {
		widgets.Show(part, has)
	}
	widgets.Show(o.groups.Object(), has && len(r.Groups) > 0)
	if has && d.Writable {
		d.keep.Enable()
	} else {
		d.keep.Disable()
	}
	o.figures.RemoveAll()
	if has {
		o.head.SetText(d.Printer.T("supply.ui.head", r.Name, r.Query.Unit()))
		for _, f := range keyFigures(d.Printer, r) {
			o.figures.Add(widgets.NewKeyFigure(f[0], f[1]))
		}
		o.bars.Set(bars(d.Printer, r, d.Theme))
		o.groups.Set(groupTable(d.Printer, r))
		text := ""
		for _, m := range r.Remarks {
			text += d.Printer.Text(m) + "\n"
		}
		o.remarks.SetText(text)
	}
	o.object.Refresh()
}

// keyFigures are a measure's figures with what they mean.
func keyFigures(p *i18n.Printer, r *session.SupplyResult) [][2]string {
	value := func(v float64) string { return p.Float(v, r.Decimals()+1) }
	a := &r.All
	return [][2]string{
		{value(a.Mean), p.T("supply.column_mean")},
		{value(a.Median), p.T("supply.column_median")},
		{value(a.P10), p.T("supply.column_p10")},
		{p.Int(int64(a.Without)), p.T("supply.ui.without")},
	}
}

// bars are the people in each class, in the map's colours, and those who have nothing within the limit.
func bars(p *i18n.Printer, r *session.SupplyResult, t symbology.Theme) []widgets.Bar {
	labels, colours := r.ClassLabels(p), symbology.Ramp(len(r.Breaks)+1, t)
	var out []widgets.Bar
	for i, people := range append(slices.Clone(r.All.InClass), r.All.Without) {
		colour := symbology.UnreachableHatch(t)
		if i < len(colours) {
			colour = colours[i]
		}
		share := float64(people) / float64(max(r.All.People, 1))
		out = append(out, widgets.Bar{
			Label: labels[i], Value: p.Int(int64(people)), Note: p.Percent(share), Parts: []widgets.Part{{Share: share, Color: colour.NRGBA()}},
		})
	}
	return out
}

// groupTable are women and men, and the ages, under each other.
func groupTable(p *i18n.Printer, r *session.SupplyResult) model.Table {
	t := model.Table{Name: p.T("supply.ui.groups"), Columns: []model.TableColumn{{Head: p.T("supply.column_group")}}}
	decimals := map[string]int{"people": 0, "without": 0}
	for _, key := range []string{"people", "without", "mean", "median", "p10", "max"} {
		d, whole := decimals[key]
		if !whole {
			d = r.Decimals() + 1
		}
		t.Columns = append(t.Columns, model.TableColumn{Head: p.T("supply.column_" + key), Number: true, Decimals: d})
	}
	for i := range r.Groups {
		f := &r.Groups[i]
		name := p.Text(f.Group.Name)
		if f.Group.Approximate {
			name = p.T("supply.ui.about", name)
		}
		t.Rows = append(t.Rows, model.TableRow{ID: f.Group.ID, Cells: []model.TableCell{
			model.Words(name), model.Amount(float64(f.People)), model.Amount(float64(f.Without)),
			model.Amount(f.Mean), model.Amount(f.Median), model.Amount(f.P10), model.Amount(f.Max),
		}})
	}
	return t
}
