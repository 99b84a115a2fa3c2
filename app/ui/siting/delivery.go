package siting

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/table"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

// DeliveryConfig is what the dialog of home deliveries against support needs.
type DeliveryConfig struct {
	Window  fyne.Window
	Printer *i18n.Printer
	Service string // id of the service type
	Name    string // what it is called
	// Find has a query answered, and tells the answer on the window's thread.
	Find func(q session.DeliveryQuery, done func(*session.DeliveryResult))
	// Select has a place chosen on the map.
	Select func(id string)
}

// Delivery is that dialog while it is shown: a limit and all assumptions to the left, the places to the right.
type Delivery struct {
	DeliveryConfig
	sheet   *ask.Sheet
	within  *widgets.Entry // km
	factors map[string]*widgets.Entry
	fault   *widget.Label
	table   *table.Table
	run     *widget.Button
	query   session.DeliveryQuery
	turn    int
}

// ShowDelivery opens the dialog.
func ShowDelivery(c DeliveryConfig) *Delivery {
	p := c.Printer
	d := &Delivery{
		DeliveryConfig: c, sheet: ask.NewSheet(c.Window, p.T("delivery.ui.title", c.Name)), within: widgets.NewEntry("10"),
		factors: map[string]*widgets.Entry{}, fault: widgets.Wrapped(""), table: table.New(p),
	}
	d.fault.Importance = widget.DangerImportance
	d.run = ask.Primary(p.T("delivery.ui.run"), d.find)
	d.table.OnSelect = c.Select
	d.within.OnChanged = func(string) { d.changed() }
	form := widgets.Stack(look.Step1, row(p.T("delivery.ui.within"), d.within), widgets.NewCaption(p.T("delivery.ui.factors")))
	for _, f := range session.DeliveryFactors() {
		e := widgets.NewEntry(written(p, f.Value))
		e.OnChanged = func(string) { d.changed() }
		d.factors[f.Key] = e
		source := f.Source
		if source == "" {
			source = p.T("delivery.own")
		}
		form.Add(row(p.T("delivery.factor."+f.Key)+" ("+source+")", e))
	}
	form.Add(d.fault)
	left := container.NewVScroll(widgets.Inset(0, look.Step2, form))
	d.sheet.Set(container.NewBorder(nil, nil, widgets.MinWidth(formWidth, left), nil, widgets.Inset(0, look.Step3, d.table.Object())),
		d.sheet.Hide, widget.NewButton(p.T("ui.close"), d.sheet.Hide), d.run)
	d.changed()
	d.sheet.Show(fyne.NewSize(dialogWidth+200, dialogHeight), nil)
	return d
}

// factorWidth is that of an assumption's entry.
const factorWidth = 84

// row is a wrapped caption with an entry to its right.
func row(label string, o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(nil, nil, nil, container.NewVBox(layout.NewSpacer(), widgets.MinWidth(factorWidth, o), layout.NewSpacer()), widgets.Wrapped(label))
}

// written is a number as it is written in an entry.
func written(p *i18n.Printer, v float64) string {
	text := strconv.FormatFloat(v, 'f', -1, 64)
	if p.Lang() == i18n.Swedish {
		return strings.Replace(text, ".", ",", 1)
	}
	return text
}

// changed reads the form anew: what was found before is no longer what it says.
func (d *Delivery) changed() {
	d.turn++
	q := session.DeliveryQuery{Service: d.Service, Factors: map[string]float64{}}
	v, err := Number(d.within.Text)
	q.Within = 1000 * v
	if err == nil && !(v > 0) {
		err = i18n.Errorf("siting.ui.within_wrong")
	}
	for _, f := range session.DeliveryFactors() {
		v, bad := Number(d.factors[f.Key].Text)
		if bad != nil && err == nil {
			err = bad
		}
		if v != f.Value {
			q.Factors[f.Key] = v
		}
	}
	d.query = q
	enable(d.run, err == nil)
	widgets.Show(d.fault, err != nil)
	if err != nil {
		d.fault.SetText(d.Printer.Error(err))
	}
	d.table.Set(deliveryTable(d.Printer, nil))
}

// find has what the form says answered.
func (d *Delivery) find() {
	turn := d.turn
	d.Find(d.query, func(r *session.DeliveryResult) {
		if turn == d.turn {
			d.table.Set(deliveryTable(d.Printer, r.Rows))
		}
	})
}

// deliveryTable lists places with what comes of their closing; money in kronor a year.
func deliveryTable(p *i18n.Printer, rows []session.DeliveryRow) model.Table {
	t := model.Table{Name: p.T("delivery.ui.table"), Columns: []model.TableColumn{{Head: p.T("delivery.ui.place")}}}
	for _, key := range []string{"people", "round", "rounds", "cost", "refund", "kommun", "support"} {
		t.Columns = append(t.Columns, model.TableColumn{Head: p.T("delivery.ui." + key), Number: true})
	}
	t.Columns = append(t.Columns, model.TableColumn{Head: p.T("delivery.ui.outcome")})
	for _, r := range rows {
		t.Rows = append(t.Rows, model.TableRow{ID: r.IDs[0], Cells: []model.TableCell{
			model.Words(r.Name), model.Amount(float64(r.People)), model.Amount(r.Round / 1000), model.Amount(r.Rounds), model.Amount(r.Cost),
			model.Amount(r.Refund), model.Amount(r.Kommun), model.Amount(r.Support), model.Words(p.T("delivery.outcome." + string(r.Outcome))),
		}})
	}
	return t
}
