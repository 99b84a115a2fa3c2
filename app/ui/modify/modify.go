// Package modify holds the forms of a scenario's modifications: one for each kind, in which places are chosen from lists and
// positions, roads and areas by clicks on the map. A form makes a modification of what was filled in; whether it fits the
// project is for the session to say, and the form then shows why it does not.
package modify

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"

	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/mapview"
	"nabar/model/scenario"
)

const (
	formWidth  = 620
	labelWidth = 190
)

// Choice is something to choose: what it is and what it is called.
type Choice struct{ ID, Label string }

// Offer is what a form has to choose from.
type Offer struct {
	Types   []Choice // service types
	Places  []Choice // facilities of the project as the scenario has it
	Areas   []string // layers of areas
	Columns []string // LAYER.COLUMN that may hold a forecast
	// RoadAt is the road at a point of the map.
	RoadAt func(orb.Point) (layer string, fid int64, ok bool)
	// Reach is how many metres a click on the map may be beside what it means, at the scale that the map has now.
	Reach func() float64
	// Pick lets the user draw a shape on the map, and gives nil where that was left.
	Pick func(shape mapview.Shape, done func([]orb.Point))
	// Save keeps the modification, and tells on the window's thread how that went.
	Save func(m scenario.Modification, done func(error))
}

// Kinds are the kinds that have a form, in the order in which a menu offers them.
func Kinds() []scenario.Kind {
	return []scenario.Kind{
		scenario.KindClose, scenario.KindOpen, scenario.KindMove, scenario.KindConvert, scenario.KindServices, scenario.KindHours,
		scenario.KindMobile, scenario.KindLocker, scenario.KindDelivery,
		scenario.KindNewRoad, scenario.KindRoad, scenario.KindCloseRoad, scenario.KindCloseFerry, scenario.KindFerries,
		scenario.KindPeople, scenario.KindHousing, scenario.KindForecast,
	}
}

// Form is the form of one modification.
type Form struct {
	printer *i18n.Printer
	offer   Offer
	sheet   *ask.Sheet
	fault   *widget.Label
	pairs   []fyne.CanvasObject // a label and a field for each row
	read    func() scenario.Modification
	wrong   string // the first field that can't be read, "" where all can
	save    *widget.Button
}

// Show opens the form of a kind, filled in with a modification of that kind, or empty where it is nil.
func Show(w fyne.Window, p *i18n.Printer, kind scenario.Kind, m scenario.Modification, o Offer) *Form {
	f := &Form{printer: p, offer: o, sheet: ask.NewSheet(w, p.T("mods.kind_"+string(kind))), fault: widgets.Wrapped("")}
	f.fault.Importance = widget.DangerImportance
	f.fault.Hide()
	f.read = f.fields(kind, m)
	f.save = ask.Primary(p.T("mods.form_save"), f.done)
	body := widgets.Stack(look.Step2, widgets.Note(p.T("mods.about_"+string(kind))), widgets.Facts(labelWidth, f.pairs...), f.fault)
	f.sheet.Set(container.NewVScroll(widgets.MinWidth(formWidth, body)), f.sheet.Hide, widget.NewButton(p.T("ui.cancel"), f.sheet.Hide), f.save)
	f.show()
	return f
}

// show shows the sheet, as high as its rows need.
func (f *Form) show() {
	f.sheet.Show(fyne.NewSize(formWidth+2*look.Step4, 190+46*float32(len(f.pairs)/2)), nil)
}

// done reads the form and has it kept. What can't be kept stays in the form, with the reason.
func (f *Form) done() {
	f.wrong = ""
	m := f.read()
	if f.wrong != "" {
		f.tell(f.printer.T("mods.form_wrong", f.wrong))
		return
	}
	f.save.Disable()
	f.offer.Save(m, func(err error) {
		f.save.Enable()
		if err != nil {
			f.tell(f.printer.Error(err))
			return
		}
		f.sheet.Hide()
	})
}

// tell says what is wrong.
func (f *Form) tell(text string) {
	f.fault.SetText(text)
	f.fault.Show()
}

// row adds a field with its label.
func (f *Form) row(key string, field fyne.CanvasObject) {
	f.pairs = append(f.pairs, widget.NewLabel(f.printer.T(key)), widgets.Inset(2, 0, field))
}

// bad notes a field that can't be read.
func (f *Form) bad(key string) {
	if f.wrong == "" {
		f.wrong = f.printer.T(key)
	}
}

// pick lets the user draw on the map: the form goes away and comes back.
func (f *Form) pick(shape mapview.Shape, done func([]orb.Point)) {
	f.sheet.Hide()
	f.offer.Pick(shape, func(points []orb.Point) {
		if points != nil {
			done(points)
		}
		f.show()
	})
}

// given is a modification as one of its kind, empty where there is none.
func given[M scenario.Modification](m scenario.Modification) M {
	of, _ := m.(M)
	return of
}

// trimmed is what an entry says.
func trimmed(e *widgets.Entry) string { return strings.TrimSpace(e.Text) }
