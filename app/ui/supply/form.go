package supply

import (
	"math"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/mapview/render/chart"
	"nabar/model"
)

const (
	labelWidth = 124
	curveHigh  = 130
	curveSteps = 120 // points of the drawn curve
)

// form asks what is measured. Lengths are in km or minutes.
type form struct {
	d        *Dialog
	services *widget.CheckGroup
	method   *widget.Select
	decay    *widget.Select
	group    *widget.Select
	entries  map[string]*widgets.Entry
	rows     map[string]fyne.CanvasObject // of the entries that belong to some decays alone
	curve    *widgets.Drawing
	define   *widget.Label
	fault    *widget.Label
	object   fyne.CanvasObject
}

// Groups are the groups that can be chosen, as package access names them.
var Groups = []string{"", "women", "men", "0-5", "6-15", "16-19", "20-64", "65-", "70-", "80-"}

// parameters are the entries, and the decays that each belongs to; none for all.
var parameters = []struct {
	key   string
	forms string
}{
	{"limit", ""}, {"half", "exponential gaussian logistic"}, {"width", "logistic"}, {"from", "power"}, {"exponent", "power"}, {"zones", "step"}, {"capacity", ""},
}

// newForm makes the form; what the window shows is chosen.
func newForm(d *Dialog) form {
	p := d.Printer
	f := form{
		d: d, entries: map[string]*widgets.Entry{}, rows: map[string]fyne.CanvasObject{}, curve: widgets.NewDrawing(),
		define: widgets.Wrapped(""), fault: widgets.Wrapped(""),
	}
	f.fault.Importance = widget.DangerImportance
	var names, methods, forms, groupNames []string
	for _, s := range d.Services {
		names = append(names, s.Name)
	}
	for _, m := range session.SupplyMethods() {
		methods = append(methods, p.T("supply.method."+string(m)))
	}
	for _, form := range session.DecayForms() {
		forms = append(forms, p.T("supply.form."+string(form)))
	}
	for _, g := range Groups {
		groupNames = append(groupNames, GroupName(p, g))
	}
	f.services = widget.NewCheckGroup(names, nil)
	for _, s := range d.Services {
		if s.ID == d.Base.Service {
			f.services.SetSelected([]string{s.Name})
		}
	}
	f.method, f.decay, f.group = widget.NewSelect(methods, nil), widget.NewSelect(forms, nil), widget.NewSelect(groupNames, nil)
	f.method.SetSelectedIndex(0)
	f.decay.SetSelectedIndex(1)
	f.group.SetSelectedIndex(0)
	f.object = f.arrange()
	f.services.OnChanged = func([]string) { d.changed() }
	f.method.OnChanged = func(string) { f.otherMethod() }
	f.decay.OnChanged = func(string) { d.changed() }
	f.group.OnChanged = func(string) { d.changed() }
	return f
}

// GroupName is what a group is called.
func GroupName(p *i18n.Printer, id string) string {
	from, to, ages := strings.Cut(id, "-")
	switch {
	case id == "":
		return p.T("figures.everybody")
	case !ages:
		return p.T("figures." + id)
	case to == "":
		return p.T("figures.age_from", from)
	}
	return p.T("figures.age_range", from, to)
}

// arrange lays the form out.
func (f *form) arrange() fyne.CanvasObject {
	p := f.d.Printer
	row := func(label string, o fyne.CanvasObject) fyne.CanvasObject {
		caption := container.NewVBox(layout.NewSpacer(), widgets.NewCaption(label), layout.NewSpacer())
		return container.NewBorder(nil, nil, widgets.MinWidth(labelWidth, caption), nil, o)
	}
	out := widgets.Stack(look.Step2,
		widgets.NewCaption(p.T("supply.ui.services")), f.services,
		row(p.T("supply.ui.method"), f.method), row(p.T("supply.ui.decay"), f.decay))
	for _, parameter := range parameters {
		e := widgets.NewEntry("")
		e.OnChanged = func(string) { f.d.changed() }
		e.OnEscape = f.d.sheet.Hide
		f.entries[parameter.key] = e
		f.rows[parameter.key] = row(p.T("supply.ui."+parameter.key, unit(f.d.Base.Impedance)), e)
		out.Add(f.rows[parameter.key])
	}
	out.Add(row(p.T("supply.ui.group"), f.group))
	out.Add(f.curve)
	out.Add(f.define)
	out.Add(f.fault)
	return out
}

// unit is what lengths are written in, and size how many metres or seconds it has.
func unit(i model.Impedance) string {
	if i == model.Time {
		return "min"
	}
	return "km"
}

func size(i model.Impedance) float64 {
	if i == model.Time {
		return 60
	}
	return 1000
}

// otherMethod chooses the method's usual decay.
func (f *form) otherMethod() {
	usual, err := session.SupplyQuery{Services: []string{"-"}, Method: f.chosenMethod()}.Complete()
	if err == nil {
		for i, form := range session.DecayForms() {
			if form == usual.Decay.Form && f.decay.SelectedIndex() != i {
				f.decay.SetSelectedIndex(i) // tells of the change
				return
			}
		}
	}
	f.d.changed()
}

// chosenMethod is the method that is chosen.
func (f *form) chosenMethod() session.SupplyMethod {
	return session.SupplyMethods()[max(f.method.SelectedIndex(), 0)]
}

// read makes the query that the form asks for.
func (f *form) read() (q session.SupplyQuery, err error) {
	q = session.SupplyQuery{Impedance: f.d.Base.Impedance, Method: f.chosenMethod(), Group: Groups[max(f.group.SelectedIndex(), 0)]}
	for _, s := range f.d.Services {
		for _, name := range f.services.Selected {
			if name == s.Name {
				q.Services = append(q.Services, s.ID)
			}
		}
	}
	q.Decay.Form = session.DecayForms()[max(f.decay.SelectedIndex(), 0)]
	scale := size(q.Impedance)
	for _, entry := range []struct {
		key   string
		into  *float64
		scale float64
	}{
		{"limit", &q.Limit, scale},
		{"half", &q.Decay.Half, scale},
		{"width", &q.Decay.Width, scale},
		{"from", &q.Decay.From, scale},
		{"exponent", &q.Decay.Exponent, 1},
	} {
		if f.belongs(entry.key, q.Decay.Form) {
			if *entry.into, err = number(f.entries[entry.key].Text, entry.scale); err != nil {
				return q, err
			}
		}
	}
	if column := f.column(); column == "" {
		if q.Capacity, err = number(f.entries["capacity"].Text, 1); err != nil {
			return q, err
		}
	}
	if f.belongs("zones", q.Decay.Form) {
		q.Decay.Zones, err = zones(f.entries["zones"].Text, scale)
	}
	return q, err
}

// column is the column of the service places that holds their capacity, "" where a number is written.
func (f *form) column() string {
	text := strings.TrimSpace(f.entries["capacity"].Text)
	for _, name := range f.d.Columns {
		if strings.EqualFold(name, text) {
			return name
		}
	}
	return ""
}

// belongs tells whether an entry belongs to a decay.
func (f *form) belongs(key string, form session.DecayForm) bool {
	for _, p := range parameters {
		if p.key == key {
			return p.forms == "" || strings.Contains(p.forms, string(form))
		}
	}
	return false
}

// number reads what was written, with a comma or a point; nothing is 0, the usual.
func number(text string, scale float64) (float64, error) {
	if text = strings.TrimSpace(text); text == "" {
		return 0, nil
	}
	v, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil || !(v > 0) || math.IsInf(v, 0) {
		return 0, i18n.Errorf("supply.ui.number_wrong", text)
	}
	return v * scale, nil
}

// zones reads "10: 1; 20: 0,68".
func zones(text string, scale float64) (out []session.DecayZone, err error) {
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '\n' }) {
		to, weight, _ := strings.Cut(part, ":")
		var z session.DecayZone
		if z.To, err = number(to, scale); err != nil {
			return nil, err
		}
		if z.Weight, err = number(weight, 1); err != nil {
			return nil, err
		}
		out = append(out, z)
	}
	return out, nil
}

// show shows the entries that belong to the decay, what the query measures and how weights fall, or what is wrong.
func (f *form) show(q *session.SupplyQuery, err error) {
	for key, row := range f.rows {
		widgets.Show(row, f.belongs(key, session.DecayForms()[max(f.decay.SelectedIndex(), 0)]))
	}
	widgets.Show(f.fault, err != nil)
	widgets.Show(f.define, err == nil)
	widgets.Show(f.curve, err == nil)
	if err != nil {
		f.fault.SetText(f.d.Printer.Error(err))
		f.object.Refresh()
		return
	}
	f.holders(q)
	text := ""
	for _, m := range q.Define() {
		text += f.d.Printer.Text(m) + " "
	}
	f.define.SetText(strings.TrimSpace(text))
	line := curve(f.d.Printer, q, chart.LookOf(f.d.Theme, float64(theme.CaptionTextSize())))
	colour, _, _ := chart.Styles(0, f.d.Theme)
	line.Series[0].Colour = colour
	f.curve.Set(func(c render.Canvas, w, h float64) { line.Paint(c, w, h) }, f.define.Text, curveHigh)
	f.object.Refresh()
}

// holders show in the empty entries what holds where nothing is written.
func (f *form) holders(q *session.SupplyQuery) {
	p, scale := f.d.Printer, size(q.Impedance)
	written := func(v float64) string {
		text := strconv.FormatFloat(v, 'g', 4, 64)
		if p.Lang() == i18n.Swedish {
			return strings.Replace(text, ".", ",", 1)
		}
		return text
	}
	for key, v := range map[string]float64{
		"limit": q.Limit / scale, "half": q.Decay.Half / scale, "width": q.Decay.Width / scale, "from": q.Decay.From / scale,
		"exponent": q.Decay.Exponent, "capacity": q.Capacity,
	} {
		holder := written(v)
		if key == "capacity" && len(f.d.Columns) > 0 {
			holder = p.T("supply.ui.capacity_hint", i18n.Plain(holder))
		}
		f.entries[key].SetPlaceHolder(holder)
	}
	var all []string
	for _, z := range q.Decay.Zones {
		all = append(all, written(z.To/scale)+": "+written(z.Weight))
	}
	f.entries["zones"].SetPlaceHolder(strings.Join(all, "; "))
}

// curve draws how the weight of a place falls, from where it is to the limit.
func curve(p *i18n.Printer, q *session.SupplyQuery, l chart.Look) *chart.Line {
	scale := size(q.Impedance)
	points := make([]chart.Point, 0, curveSteps+1)
	for i := range curveSteps + 1 {
		at := q.Limit * float64(i) / curveSteps
		points = append(points, chart.Point{X: at / scale, Y: q.Decay.Weight(at)})
	}
	label := func(v float64, decimals int) string { return p.Float(v, decimals) }
	return &chart.Line{
		Look: l, Unit: p.T("supply.ui.weight", unit(q.Impedance)),
		X: chart.Scale(0, q.Limit/scale, 6, label), Y: chart.Scale(0, 1, 3, label),
		Series: []chart.Series{{Points: points, Mark: chart.NoMark}},
	}
}
