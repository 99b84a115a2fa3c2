// Package travel holds the dialogs about how, when and for whom figures are computed: the ways of travelling with their
// rules, and the date and the populations that count.
package travel

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

const (
	dialogWidth  = 760
	dialogHeight = 640
	labelWidth   = 210
	listWidth    = 190
	most         = 60 // letters of a name
)

// Actions are what the dialog of the ways of travelling asks for.
type Actions struct {
	Save   func(model.Profile)
	Remove func(id string) // a built-in one is restored
}

// Profiles is the dialog of the ways of travelling: a list to the left, the rules of the chosen one to the right.
type Profiles struct {
	printer  *i18n.Printer
	actions  Actions
	all      []model.Profile
	at       int
	readOnly bool
	sheet    *ask.Sheet
	list     *fyne.Container
	fault    *widget.Label
	remove   *widget.Button

	name, speed, limit, factor, barred, classes, ferrySpeed, ferryWait, connector *widgets.Entry

	motorways, oneWay, ferries *widget.Check
}

// ShowProfiles opens the dialog on the profile of an id; builtIn tells which can't be removed, only restored.
func ShowProfiles(w fyne.Window, p *i18n.Printer, all []model.Profile, id string, readOnly bool, a Actions) *Profiles {
	d := &Profiles{printer: p, actions: a, all: slices.Clone(all), readOnly: readOnly, sheet: ask.NewSheet(w, p.T("profile.ui_title"))}
	d.fault = widgets.Wrapped("")
	d.fault.Importance = widget.DangerImportance
	d.fault.Hide()
	for _, e := range []**widgets.Entry{&d.name, &d.speed, &d.limit, &d.factor, &d.barred, &d.classes, &d.ferrySpeed, &d.ferryWait, &d.connector} {
		*e = widgets.NewEntry("")
		(*e).OnEscape = d.sheet.Hide
	}
	d.motorways, d.oneWay = widget.NewCheck(p.T("profile.ui_motorways"), nil), widget.NewCheck(p.T("profile.ui_one_way"), nil)
	d.ferries = widget.NewCheck(p.T("profile.ui_ferries"), nil)
	d.hints()
	d.list = widgets.Stack(0)
	d.remove = widget.NewButton(p.T("profile.ui_remove"), d.removed)
	save := ask.Primary(p.T("profile.ui_save"), d.save)
	if readOnly {
		save.Disable()
	}
	left := widgets.MinWidth(listWidth, container.NewVScroll(d.list))
	rules := container.NewVScroll(widgets.Inset(0, look.Step2, d.rows()))
	body := container.NewBorder(nil, d.fault, container.NewHBox(left, widget.NewSeparator()), nil, rules)
	d.sheet.Set(body, d.sheet.Hide, d.remove, widget.NewButton(p.T("ui.close"), d.sheet.Hide), save)
	d.choose(max(slices.IndexFunc(d.all, func(p model.Profile) bool { return p.ID == id }), 0))
	d.sheet.Show(fyne.NewSize(dialogWidth, dialogHeight), nil)
	return d
}

// hints show what an empty entry means.
func (d *Profiles) hints() {
	p := d.printer
	d.speed.SetPlaceHolder(p.T("profile.ui_speed_hint"))
	d.limit.SetPlaceHolder(p.T("profile.ui_cap_hint"))
	d.barred.SetPlaceHolder(p.T("profile.ui_barred_hint"))
	d.classes.SetPlaceHolder(p.T("profile.ui_classes_hint"))
	for _, e := range []*widgets.Entry{d.ferrySpeed, d.ferryWait, d.connector} {
		e.SetPlaceHolder(p.T("profile.ui_as_set"))
	}
}

// rows are the labelled entries.
func (d *Profiles) rows() fyne.CanvasObject {
	p := d.printer
	var pairs []fyne.CanvasObject
	add := func(key string, o fyne.CanvasObject) {
		label := ""
		if key != "" {
			label = p.T(key)
		}
		pairs = append(pairs, widget.NewLabel(label), widgets.Inset(2, 0, o))
	}
	add("profile.ui_name", d.name)
	add("profile.ui_speed", d.speed)
	add("profile.ui_cap", d.limit)
	add("profile.ui_factor", d.factor)
	add("profile.ui_classes", d.classes)
	add("profile.ui_roads", d.motorways)
	add("", d.oneWay)
	add("profile.ui_barred", d.barred)
	add("profile.ui_ferry", d.ferries)
	add("profile.ui_ferry_speed", d.ferrySpeed)
	add("profile.ui_ferry_wait", d.ferryWait)
	add("profile.ui_connector", d.connector)
	return widgets.Facts(labelWidth, pairs...)
}

// choose shows a profile; the index after the last is a new one, like the one that was shown.
func (d *Profiles) choose(i int) {
	if i == len(d.all) {
		fresh := d.all[d.at]
		fresh.ID, fresh.Name = "", d.printer.T("profile.ui_new_name")
		d.all = append(d.all, fresh)
	}
	d.at = i
	d.list.RemoveAll()
	for k, p := range d.all {
		b := widget.NewButton(widgets.Fit(d.printer.Text(p.Label()), theme.SizeNameText, listWidth-3*look.Step4), func() { d.choose(k) })
		b.Alignment, b.Importance = widget.ButtonAlignLeading, widget.LowImportance
		if k == i {
			b.Icon = theme.ConfirmIcon()
		}
		d.list.Add(b)
	}
	if fresh := d.all[len(d.all)-1].ID == ""; !d.readOnly && !fresh {
		add := widget.NewButtonWithIcon(d.printer.T("profile.ui_new"), theme.ContentAddIcon(), func() { d.choose(len(d.all)) })
		add.Alignment, add.Importance = widget.ButtonAlignLeading, widget.LowImportance
		d.list.Add(add)
	}
	d.show(d.all[i])
}

// show fills the entries in.
func (d *Profiles) show(p model.Profile) {
	d.fault.Hide()
	d.name.SetText(d.printer.Text(p.Label()))
	d.speed.SetText(d.optional(p.Speed))
	d.limit.SetText(d.optional(p.Cap))
	d.factor.SetText(d.number(p.Factor * 100))
	var barred, classes []string
	for _, c := range p.Barred {
		barred = append(barred, fmt.Sprint(c))
	}
	for _, c := range p.Classes {
		classes = append(classes, fmt.Sprintf("%d: %s", c.Class, d.number(c.Factor*100)))
	}
	d.barred.SetText(strings.Join(barred, ", "))
	d.classes.SetText(strings.Join(classes, "; "))
	d.motorways.SetChecked(p.Motorways)
	d.oneWay.SetChecked(p.OneWay)
	d.ferries.SetChecked(p.Ferries != model.FerriesClosed)
	d.ferrySpeed.SetText(d.pointer(p.FerrySpeed, 1))
	d.ferryWait.SetText(d.pointer(p.FerryWait, 60))
	d.connector.SetText(d.pointer(p.ConnectorSpeed, 1))
	d.remove.SetText(d.printer.T("profile.ui_remove"))
	if isBuiltIn(p.ID) {
		d.remove.SetText(d.printer.T("profile.ui_restore"))
	}
	d.remove.Enable()
	if d.readOnly || p.ID == "" {
		d.remove.Disable()
	}
}

// isBuiltIn tells whether every project has a profile of the id.
func isBuiltIn(id string) bool {
	return slices.ContainsFunc(model.DefaultProfiles(), func(p model.Profile) bool { return p.ID == id })
}

// number writes a number as it is entered.
func (d *Profiles) number(v float64) string {
	text := strconv.FormatFloat(math.Round(v*1000)/1000, 'f', -1, 64)
	if d.printer.Lang() == i18n.Swedish {
		text = strings.ReplaceAll(text, ".", ",")
	}
	return text
}

// optional writes a number, nothing for 0.
func (d *Profiles) optional(v float64) string {
	if v == 0 {
		return ""
	}
	return d.number(v)
}

// pointer writes a number in another unit, nothing where there is none.
func (d *Profiles) pointer(v *float64, unit float64) string {
	if v == nil {
		return ""
	}
	return d.number(*v / unit)
}

// save hands the profile over, if it is one.
func (d *Profiles) save() {
	p, err := d.value()
	if err == nil {
		err = p.Check()
	}
	if err != nil {
		d.fault.SetText(d.printer.Error(err))
		d.fault.Show()
		return
	}
	d.sheet.Hide()
	d.actions.Save(p)
}

// removed asks for the profile to be removed or restored.
func (d *Profiles) removed() {
	d.sheet.Hide()
	d.actions.Remove(d.all[d.at].ID)
}

// reading reads numbers; the first that is none is kept as the fault.
type reading struct{ err error }

func (r *reading) number(label, text string) (v float64, given bool) {
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "%"))
	if text == "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", "."), 64)
	if err != nil && r.err == nil {
		r.err = i18n.Errorf("profile.ui_no_number", label, text)
	}
	return v, true
}

// pointer reads a number in another unit, nil where nothing is written.
func (r *reading) pointer(label, text string, unit float64) *float64 {
	v, given := r.number(label, text)
	if !given {
		return nil
	}
	v *= unit
	return &v
}

// value is the profile as the entries have it.
func (d *Profiles) value() (model.Profile, error) {
	p := d.all[d.at]
	var r reading
	t := d.printer.T
	name := strings.Join(strings.Fields(d.name.Text), " ")
	if p.ID == "" {
		p.ID = d.freeID(name)
	}
	if !isBuiltIn(p.ID) || name != t("profile.name_"+p.ID) {
		p.Name = name
	} else {
		p.Name = ""
	}
	p.Speed, _ = r.number(t("profile.ui_speed"), d.speed.Text)
	p.Cap, _ = r.number(t("profile.ui_cap"), d.limit.Text)
	factor, _ := r.number(t("profile.ui_factor"), d.factor.Text)
	p.Factor = factor / 100
	p.Barred, p.Classes = nil, nil
	for _, part := range strings.FieldsFunc(d.barred.Text, func(c rune) bool { return c == ',' || c == ' ' || c == ';' }) {
		v, _ := r.number(t("profile.ui_barred"), part)
		p.Barred = append(p.Barred, class(v))
	}
	for _, part := range strings.Split(d.classes.Text, ";") {
		left, right, _ := strings.Cut(part, ":")
		c, given := r.number(t("profile.ui_classes"), left)
		f, _ := r.number(t("profile.ui_classes"), right)
		if given {
			p.Classes = append(p.Classes, model.ClassFactor{Class: class(c), Factor: f / 100})
		}
	}
	p.Motorways, p.OneWay, p.Ferries = d.motorways.Checked, d.oneWay.Checked, model.FerriesAsSet
	if !d.ferries.Checked {
		p.Ferries = model.FerriesClosed
	}
	p.FerrySpeed = r.pointer(t("profile.ui_ferry_speed"), d.ferrySpeed.Text, 1)
	p.FerryWait = r.pointer(t("profile.ui_ferry_wait"), d.ferryWait.Text, 60)
	p.ConnectorSpeed = r.pointer(t("profile.ui_connector"), d.connector.Text, 1)
	if name == "" && r.err == nil {
		r.err = i18n.Errorf("profile.ui_no_name")
	}
	return p.Tidy(), r.err
}

// class is a road class; what is none becomes one that Check refuses.
func class(v float64) int8 {
	if v != math.Trunc(v) || v < 0 || v > 9 {
		return -1
	}
	return int8(v)
}

// freeID makes an id of a name: its letters and digits, with a number where that is taken.
func (d *Profiles) freeID(name string) string {
	base := strings.ToLower(strings.Join(strings.FieldsFunc(name, func(c rune) bool { return strings.ContainsRune(" \t,;:/", c) }), "-"))
	if len(base) > most {
		base = base[:most]
	}
	id := base
	for n := 2; slices.ContainsFunc(d.all, func(p model.Profile) bool { return p.ID == id }); n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	return id
}
