// Package areas is the dialog that asks for service areas, and the table of whom each place serves.
package areas

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

// formWidth is that of the dialog's fields, in units.
const formWidth = 420

// Service is a service type that can be asked for.
type Service struct{ ID, Name string }

// Input is what the dialog begins with.
type Input struct {
	Services  []Service
	Query     model.Query // its service and measure are chosen
	Facility  string      // ID of the place that is chosen in the window, "" for none
	Name      string      // of that place
	OfService string      // its service type
}

// form is the dialog's fields.
type form struct {
	in                               Input
	printer                          *i18n.Printer
	service, places, measure, shared *widget.Select
	limits                           *widgets.Entry
	caption                          *widgets.Text
	rings                            *widget.Check
}

// sharings are the ways of sharing in the order of the list.
var sharings = []session.ReachSharing{session.ReachEach, session.ReachSplit, session.ReachAll}

// Show asks; draw is told what the user wants.
func Show(w fyne.Window, p *i18n.Printer, in Input, draw func(session.ReachQuery)) {
	f := newForm(p, in)
	s := ask.NewSheet(w, p.T("reach.title"))
	done := func() {
		q, err := f.query()
		if err != nil {
			ask.Error(w, p, err)
			return
		}
		s.Hide()
		draw(q)
	}
	f.limits.OnEscape = s.Hide
	f.limits.OnSubmitted = func(string) { done() }
	s.Set(widgets.MinWidth(formWidth, f.object()), s.Hide, widget.NewButton(p.T("ui.cancel"), s.Hide), ask.Primary(p.T("reach.draw"), done))
	s.Show(fyne.Size{}, f.limits)
}

// newForm makes the fields with what is usual chosen.
func newForm(p *i18n.Printer, in Input) *form {
	f := &form{in: in, printer: p, caption: widgets.NewCaption(""), limits: widgets.NewEntry(""), rings: widget.NewCheck(p.T("reach.form.rings"), nil)}
	names := make([]string, len(in.Services))
	at := 0
	for i, s := range in.Services {
		names[i] = s.Name
		if s.ID == in.Query.Service {
			at = i
		}
	}
	f.service = widget.NewSelect(names, func(string) { f.setPlaces() })
	f.places = widget.NewSelect(nil, nil)
	f.shared = widget.NewSelect([]string{p.T("reach.form.each"), p.T("reach.form.split"), p.T("reach.form.all")}, nil)
	f.measure = widget.NewSelect([]string{p.T("impedance.distance"), p.T("impedance.time")}, func(string) { f.setLimits() })
	f.service.SetSelectedIndex(at)
	f.shared.SetSelectedIndex(0)
	f.measure.SetSelectedIndex(0)
	if in.Query.Impedance == model.Time {
		f.measure.SetSelectedIndex(1)
	}
	return f
}

// setPlaces offers all places, and the one that is chosen in the window where it is of the service.
func (f *form) setPlaces() {
	f.places.Options = []string{f.printer.T("reach.all_places")}
	i := f.service.SelectedIndex()
	if i >= 0 && f.in.Facility != "" && f.in.Services[i].ID == f.in.OfService {
		f.places.Options = append(f.places.Options, f.in.Name)
	}
	f.places.SetSelectedIndex(len(f.places.Options) - 1)
}

// impedance is the measure that is chosen.
func (f *form) impedance() model.Impedance {
	if f.measure.SelectedIndex() == 1 {
		return model.Time
	}
	return model.Distance
}

// unit is what the limits are written in: kilometres or minutes.
func (f *form) unit() (key string, size float64) {
	if f.impedance() == model.Time {
		return "reach.form.limits_min", 60
	}
	return "reach.form.limits_km", 1000
}

// setLimits writes the usual limits of the measure.
func (f *form) setLimits() {
	key, size := f.unit()
	f.caption.SetText(f.printer.T(key))
	var words []string
	for _, to := range session.DefaultReachLimits(f.impedance()) {
		words = append(words, f.printer.Bare(to/size, 0))
	}
	f.limits.SetText(strings.Join(words, "; "))
}

// query reads the fields.
func (f *form) query() (session.ReachQuery, error) {
	_, size := f.unit()
	limits, err := parseLimits(f.limits.Text, size)
	if err != nil {
		return session.ReachQuery{}, err
	}
	q := session.ReachQuery{Query: f.in.Query, Rings: f.rings.Checked, Sharing: sharings[max(f.shared.SelectedIndex(), 0)]}
	q.Service, q.Impedance, q.Bands = f.in.Services[max(f.service.SelectedIndex(), 0)].ID, f.impedance(), limits
	if f.places.SelectedIndex() == 1 {
		q.Facilities = []string{f.in.Facility}
	}
	return q, nil
}

// parseLimits reads numbers with blanks or semicolons between them, or commas with blanks after them. A comma within a
// number is its decimal mark.
func parseLimits(text string, size float64) ([]float64, error) {
	text = strings.NewReplacer(";", " ", ", ", " ", i18n.NBSP, "").Replace(text)
	var out []float64
	for _, word := range strings.Fields(text) {
		v, err := strconv.ParseFloat(strings.ReplaceAll(word, ",", "."), 64)
		if err != nil || !(v > 0 && v < 1e5) {
			return nil, i18n.Errorf("reach.form.limit_wrong", word)
		}
		out = append(out, v*size)
	}
	if out == nil {
		return nil, i18n.Errorf("reach.form.limits_missing")
	}
	return out, nil
}

// object lays the fields out.
func (f *form) object() fyne.CanvasObject {
	field := func(key string, o fyne.CanvasObject) fyne.CanvasObject {
		return widgets.Stack(look.Step1, widgets.NewCaption(f.printer.T(key)), o)
	}
	return widgets.Stack(look.Step3,
		field("reach.form.service", f.service),
		field("reach.form.places", f.places),
		container.NewGridWithColumns(2, field("reach.form.measure", f.measure), widgets.Stack(look.Step1, f.caption, f.limits)),
		field("reach.form.sharing", f.shared),
		f.rings,
		widgets.Wrapped(f.printer.T("reach.form.note")))
}
