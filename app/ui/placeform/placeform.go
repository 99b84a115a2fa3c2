// Package placeform is the form of a service place: a new one, or one that is changed. It gives what the user has changed and
// nothing else; whether that can be is for the session to say, and the form then shows why not.
package placeform

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"

	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/role"
)

const (
	formWidth  = 900
	formHeight = 520
	labelWidth = 130
)

// Type is a service type to choose.
type Type struct{ ID, Label string }

// Answer is what the form says.
type Answer struct {
	Types []string          // nil where they stay
	At    *orb.Point        // nil where it stays
	Facts map[string]string // those that were changed; all that are told of a new place
	Alone bool              // the one service alone
}

// Question is what the form asks.
type Question struct {
	Title    string
	Note     string // under the title, "" for none
	New      bool
	Types    []Type
	Chosen   []string // types that the place has
	Own      string   // type of the one service that was chosen
	At       orb.Point
	Facts    map[string]string
	Forms    []string // that other places have, to choose from
	Services int      // how many go together
	// Road says how far the road is from a point.
	Road func(orb.Point) string
	// Pick lets the user point at the map, and gives nil where that was left.
	Pick func(done func([]orb.Point))
	// Save keeps the place, and tells on the window's thread how that went.
	Save func(a Answer, done func(error))
}

// field is one fact's widget.
type field struct {
	fact  role.PlaceFact
	value func() string
	say   func(string)
	first string // as it stood when the form was opened
}

// Form is the form while it is open.
type Form struct {
	q        Question
	printer  *i18n.Printer
	sheet    *ask.Sheet
	fault    *widget.Label
	types    []*widget.Check
	position *widgets.Entry
	first    string // the position as it stood
	road     *widgets.Text
	fields   []*field
	name     fyne.Focusable
	alone    *widget.Check
	save     *widget.Button
}

// Show opens the form.
func Show(w fyne.Window, p *i18n.Printer, q Question) *Form {
	f := &Form{q: q, printer: p, sheet: ask.NewSheet(w, q.Title), fault: widgets.Wrapped("")}
	f.fault.Importance = widget.DangerImportance
	f.fault.Hide()
	head := widgets.Facts(labelWidth, widget.NewLabel(p.T("spot.ui.types")), f.typeBoxes(), widget.NewLabel(p.T("spot.ui.position")), f.positionRow())
	left, right := f.columns()
	body := widgets.Stack(look.Step2)
	if q.Note != "" {
		body.Add(widgets.Note(q.Note))
	}
	body.Add(head)
	body.Add(container.NewGridWithColumns(2, left, widgets.Inset(0, look.Step2, right)))
	f.alone = widget.NewCheck(p.T("spot.ui.alone"), func(bool) { f.chooseAlone() })
	if q.Services > 1 {
		body.Add(f.alone)
	}
	f.save = ask.Primary(p.T("spot.ui.save"), f.Save)
	scroll := container.NewVScroll(widgets.Inset(0, look.Step2, body))
	f.sheet.Set(container.NewBorder(nil, f.fault, nil, nil, scroll), f.sheet.Hide, widget.NewButton(p.T("ui.cancel"), f.sheet.Hide), f.save)
	f.show()
	return f
}

// show shows the sheet with the keyboard in the name.
func (f *Form) show() {
	f.sheet.Show(fyne.NewSize(formWidth, formHeight), f.name)
}

// typeBoxes are the service types to tick.
func (f *Form) typeBoxes() fyne.CanvasObject {
	row := container.NewGridWithColumns(3)
	for _, t := range f.q.Types {
		box := widget.NewCheck(t.Label, nil)
		box.SetChecked(slices.Contains(f.q.Chosen, t.ID))
		f.types = append(f.types, box)
		row.Add(box)
	}
	return row
}

// chooseAlone shows the types of what is edited: of the one service, or of all.
func (f *Form) chooseAlone() {
	chosen := f.q.Chosen
	if f.alone.Checked {
		chosen = []string{f.q.Own}
	}
	for i, t := range f.q.Types {
		f.types[i].SetChecked(slices.Contains(chosen, t.ID))
	}
}

// positionRow is the position, written or pointed out on the map, with how far the road is.
func (f *Form) positionRow() fyne.CanvasObject {
	f.first = widgets.PointText(f.q.At)
	f.road = widgets.NewCaption("")
	f.position = f.line(f.first)
	f.position.SetPlaceHolder("E, N")
	f.position.OnChanged = func(string) { f.tellRoad() }
	pick := widget.NewButton(f.printer.T("spot.ui.point"), func() {
		f.sheet.Hide()
		f.q.Pick(func(points []orb.Point) {
			if points != nil {
				f.position.SetText(widgets.PointText(points[0]))
			}
			f.show()
		})
	})
	f.tellRoad()
	return widgets.Columns([]float32{190, 150, 0}, f.position, pick, f.road)
}

// tellRoad says how far the road is from the position.
func (f *Form) tellRoad() {
	at, ok := widgets.ReadPoint(f.position.Text)
	if !ok {
		f.road.SetText("")
		return
	}
	f.road.SetText(f.q.Road(at))
}

// line makes an entry of one line.
func (f *Form) line(text string) *widgets.Entry {
	e := widgets.NewEntry(text)
	e.OnEscape = f.sheet.Hide
	return e
}

// rightFacts are the facts that stand in the right column; the others stand in the left one.
var rightFacts = []string{
	model.PartFullRange, model.PartStaffed, model.PartReserve, model.PartOpened, model.PartClosed, model.PartCapacity, model.PartTold,
}

// columns are the facts in two columns.
func (f *Form) columns() (left, right fyne.CanvasObject) {
	var pairs [2][]fyne.CanvasObject
	for _, fact := range role.PlaceFacts() {
		side := 0
		if slices.Contains(rightFacts, fact.Part) {
			side = 1
		}
		label := f.printer.Text(fact.Label())
		if fact.Part == model.PartName {
			label += " *"
		}
		object, one := f.field(fact)
		f.fields = append(f.fields, one)
		pairs[side] = append(pairs[side], widget.NewLabel(label), widgets.Inset(2, 0, object))
	}
	return widgets.Facts(labelWidth, pairs[0]...), widgets.Facts(labelWidth, pairs[1]...)
}

// truths are the answers to yes or no in the order in which they are offered.
var truths = []model.Known{model.Untold, model.Yes, model.No}

// field makes the widget of a fact.
func (f *Form) field(fact role.PlaceFact) (fyne.CanvasObject, *field) {
	text := f.q.Facts[fact.Part]
	one := &field{fact: fact}
	var object fyne.CanvasObject
	switch {
	case fact.Kind == role.TruthFact:
		object = f.truth(one, text)
	case fact.Part == model.PartForm:
		e := widget.NewSelectEntry(f.q.Forms)
		e.SetText(text)
		object, one.value, one.say = e, func() string { return e.Text }, e.SetText
	default:
		if fact.Kind == role.AmountFact && f.printer.Lang() == i18n.Swedish {
			text = strings.Replace(text, ".", ",", 1)
		}
		e := f.line(text)
		if fact.Kind == role.DateFact {
			e.SetPlaceHolder(f.printer.T("spot.ui.date_hint"))
		}
		if fact.Part == model.PartTold {
			e.SetPlaceHolder(f.printer.T("spot.ui.told_hint"))
		}
		if fact.Part == model.PartName {
			f.name = e
		}
		object, one.value, one.say = e, func() string { return e.Text }, e.SetText
	}
	one.first = one.value()
	return object, one
}

// truth is a choice of unknown, yes and no.
func (f *Form) truth(one *field, text string) fyne.CanvasObject {
	s := widget.NewSelect([]string{f.printer.T("spot.ui.unknown"), f.printer.T("spot.ui.yes"), f.printer.T("spot.ui.no")}, nil)
	one.value = func() string { return string(truths[max(s.SelectedIndex(), 0)]) }
	one.say = func(text string) { s.SetSelectedIndex(max(slices.Index(truths, model.Known(text)), 0)) }
	one.say(text)
	return s
}

// Say writes a fact, by its part, as a user does.
func (f *Form) Say(part, text string) {
	for _, one := range f.fields {
		if one.fact.Part == part {
			one.say(text)
		}
	}
}

// Tick ticks a type or takes the tick away.
func (f *Form) Tick(id string, on bool) {
	for i, t := range f.q.Types {
		if t.ID == id {
			f.types[i].SetChecked(on)
		}
	}
}

// PutAt writes the position.
func (f *Form) PutAt(text string) { f.position.SetText(text) }

// Road is what the form says of the road.
func (f *Form) Road() string { return f.road.Content }

// Fault is what the form says is wrong, "" where nothing is.
func (f *Form) Fault() string {
	if !f.fault.Visible() {
		return ""
	}
	return f.fault.Text
}

// read gives what was changed; ok is false where the position can't be read.
func (f *Form) read() (a Answer, ok bool) {
	a = Answer{Facts: map[string]string{}, Alone: f.alone.Checked}
	before := f.q.Chosen
	if a.Alone {
		before = []string{f.q.Own}
	}
	for i, t := range f.q.Types {
		if f.types[i].Checked {
			a.Types = append(a.Types, t.ID)
		}
	}
	if !f.q.New && len(a.Types) == len(before) && !slices.ContainsFunc(a.Types, func(t string) bool { return !slices.Contains(before, t) }) {
		a.Types = nil
	} else if a.Types == nil {
		a.Types = []string{} // none is an answer, which the session refuses
	}
	if f.q.New || f.position.Text != f.first {
		at, readable := widgets.ReadPoint(f.position.Text)
		if !readable {
			return a, false
		}
		a.At = &at
	}
	for _, one := range f.fields {
		if v := one.value(); v != one.first || f.q.New && v != "" {
			a.Facts[one.fact.Part] = v
		}
	}
	return a, true
}

// Save reads the form and hands it over. What can't be kept stays in the form, with the reason.
func (f *Form) Save() {
	a, ok := f.read()
	if !ok {
		f.fail(f.printer.T("spot.ui.position_wrong"))
		return
	}
	if !f.q.New && a.Types == nil && a.At == nil && len(a.Facts) == 0 {
		f.sheet.Hide()
		return
	}
	f.save.Disable()
	f.q.Save(a, func(err error) {
		f.save.Enable()
		if err != nil {
			f.fail(f.printer.Error(err))
			return
		}
		f.sheet.Hide()
	})
}

// fail says what is wrong.
func (f *Form) fail(text string) {
	f.fault.SetText(text)
	f.fault.Show()
}
