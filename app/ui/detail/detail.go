// Package detail is the card over the map that tells of what is chosen: a service place or a square.
package detail

import (
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

const width = 280

// Card is the card. It is hidden until something is chosen.
type Card struct {
	title  *widget.Label
	lines  *fyne.Container
	row    *fyne.Container // the card with what keeps it to its side
	left   []fyne.CanvasObject
	right  []fyne.CanvasObject
	object *fyne.Container
}

// markRow is the room that the mark of a fictional kommun takes above a card to the right.
const markRow = 36

// Text is what a card says.
type Text struct {
	Title string
	Lines []string
	// Action is the label of the button below, "" for none, and Do what it does.
	Action string
	Do     func()
	More   []Action // further buttons
	Long   string   // a text of several lines, above the lines; "" for none
	Tools  []Action // small buttons beside each other, below the others
}

// Action is a button of a card.
type Action struct {
	Label string
	Do    func()
}

// New makes a hidden card; onClose is told when the user closes it.
func New(onClose func()) *Card {
	c := &Card{title: widgets.Wrapped(""), lines: widgets.Stack(0)}
	c.title.TextStyle.Bold = true
	closer := widget.NewButtonWithIcon("", theme.CancelIcon(), onClose)
	closer.Importance = widget.LowImportance
	head := container.NewBorder(nil, nil, nil, container.NewVBox(closer), c.title)
	body := widgets.MinWidth(width, widgets.Stack(0, head, widgets.Inset(0, theme.InnerPadding(), c.lines)))
	plane := widgets.NewGround(theme.ColorNameOverlayBackground)
	card := container.NewStack(plane, widgets.Inset(look.Step1, 0, widgets.Stack(0, body, widgets.MinSize(fyne.NewSize(0, look.Step1)))))
	below := widgets.Stack(0, widgets.MinSize(fyne.NewSize(0, markRow)), card)
	c.left = []fyne.CanvasObject{card}
	c.right = []fyne.CanvasObject{layout.NewSpacer(), below, widgets.MinSize(fyne.NewSize(look.ButtonColumn, 0))}
	c.row = container.NewHBox(c.left...)
	c.object = widgets.Pad(look.Step3, container.NewBorder(c.row, nil, nil, nil))
	c.object.Hide()
	return c
}

// Object is the card for the window's layout.
func (c *Card) Object() fyne.CanvasObject { return c.object }

// Show shows a text.
func (c *Card) Show(t Text) {
	c.title.SetText(t.Title)
	c.lines.RemoveAll()
	if t.Long != "" {
		c.lines.Add(widgets.Inset(0, -theme.InnerPadding(), widgets.Wrapped(t.Long)))
	}
	for _, line := range t.Lines {
		l := widgets.NewText(line)
		c.lines.Add(l)
	}
	actions := t.More
	if t.Action != "" {
		actions = append([]Action{{t.Action, t.Do}}, t.More...)
	}
	for _, a := range actions {
		c.lines.Add(widgets.Inset(look.Step1, 0, container.NewHBox(widget.NewButton(widgets.Fit(a.Label, theme.SizeNameText, width-2*look.Step4), a.Do))))
	}
	if len(t.Tools) > 0 {
		tools := container.NewHBox()
		for _, a := range t.Tools {
			b := widget.NewButton(a.Label, a.Do)
			b.Importance = widget.LowImportance
			tools.Add(b)
		}
		c.lines.Add(widgets.Inset(0, -theme.InnerPadding(), tools))
	}
	c.object.Show()
	c.object.Refresh()
}

// Aside puts the card to the right of the map, or back to the left: it must not cover what it tells of.
func (c *Card) Aside(right bool) {
	c.row.Objects = c.left
	if right {
		c.row.Objects = c.right
	}
	c.row.Refresh()
}

// Hide takes the card away.
func (c *Card) Hide() { c.object.Hide() }

// Visible tells whether the card is shown.
func (c *Card) Visible() bool { return c.object.Visible() }

// Title is the title that is shown.
func (c *Card) Title() string { return c.title.Text }

// About is what a card is written from.
type About struct {
	Printer  *i18n.Printer
	Snapshot *model.Snapshot
	Result   *model.Result // nil where there is none
	Ways     []Way         // from what is chosen, as far as they are known yet; the nearest first
	TypeName func(string) string
}

// Way is how far the road to a facility is.
type Way struct {
	Facility        string
	Metres, Seconds float64 // NaN where there is no such road
}

// Facility tells of a service place, of the other services at the same place, and of those of its type that are nearest.
func (a About) Facility(chosen int, others []int) Text {
	p, s := a.Printer, a.Snapshot
	f := &s.Facilities[chosen]
	t := Text{Title: f.Name}
	t.add(service(a.TypeName, f), address(f), f.Hours)
	if f.Opened != "" {
		t.add(p.T("ui.detail.opened", i18n.Date(f.Opened)))
	}
	if f.Closed != "" {
		t.add(p.T("ui.detail.closed", i18n.Date(f.Closed)))
	}
	if f.Told != "" {
		t.add(p.T("spot.ui.told", f.Told))
	}
	if figure := place(a.Result, f.ID); figure != nil {
		if figure.Joined {
			t.add(p.T("ui.detail.nearest_for", figure.PeopleNearest))
		} else {
			t.add(p.T("ui.results.not_joined"))
		}
	}
	for _, i := range others {
		if i != chosen {
			t.add(p.T("ui.detail.also", service(a.TypeName, &s.Facilities[i]), s.Facilities[i].Name))
		}
	}
	for i, w := range a.Ways {
		key := "ui.detail.next"
		if i > 0 {
			key = "ui.detail.after"
		}
		t.add(p.T(key, a.name(w.Facility), a.both(w)))
	}
	return t
}

// add appends the lines that say something.
func (t *Text) add(lines ...string) {
	for _, line := range lines {
		if line != "" {
			t.Lines = append(t.Lines, line)
		}
	}
}

// both writes the length of a way and the time that it takes, as far as they are known.
func (a About) both(w Way) string {
	var parts []string
	if !math.IsNaN(w.Metres) {
		parts = append(parts, a.Printer.Distance(w.Metres))
	}
	if !math.IsNaN(w.Seconds) {
		parts = append(parts, a.Printer.Time(w.Seconds))
	}
	return strings.Join(parts, ", ")
}

// name is a facility's name.
func (a About) name(id string) string {
	for i := range a.Snapshot.Facilities {
		if a.Snapshot.Facilities[i].ID == id {
			return a.Snapshot.Facilities[i].Name
		}
	}
	return id
}

// service is the type and, where told, the form of a facility.
func service(typeName func(string) string, f *model.Facility) string {
	name := typeName(f.Type)
	if f.Form != "" && f.Form != name {
		return name + " (" + f.Form + ")"
	}
	return name
}

// address is street and town, as far as they are known.
func address(f *model.Facility) string {
	switch {
	case f.Address == "":
		return f.Town
	case f.Town == "":
		return f.Address
	}
	return f.Address + ", " + f.Town
}

// place is a facility's figures in a result, nil where it has none.
func place(r *model.Result, id string) *model.PlaceFigure {
	if r == nil {
		return nil
	}
	for i := range r.Places {
		if r.Places[i].ID == id {
			return &r.Places[i]
		}
	}
	return nil
}

// Cell tells of a square: how many live there and how far they have.
func (a About) Cell(cell int) Text {
	p, c := a.Printer, &a.Snapshot.Cells[cell]
	t := Text{Title: p.T("ui.detail.people", c.People)}
	if c.Women >= 0 && c.Men >= 0 {
		t.add(p.T("ui.detail.sexes", c.Women, c.Men))
	}
	if !c.Inside {
		t.add(p.T("ui.detail.outside"))
	}
	cost := Figures(a.Result, c.ID)
	switch {
	case cost == nil:
	case cost.Nearest == "":
		t.add(p.T("ui.detail.unreached"))
	default:
		t.add(p.T("ui.detail.nearest", a.name(cost.Nearest), a.length(cost.Nearest, cost.Cost)))
		if cost.Second != "" {
			t.add(p.T("ui.detail.second", a.name(cost.Second), a.length(cost.Second, cost.SecondCost)))
		}
		for _, w := range a.Ways {
			if w.Facility != cost.Nearest && w.Facility != cost.Second {
				t.add(p.T("ui.detail.after", a.name(w.Facility), a.both(w)))
			}
		}
	}
	return t
}

// length writes how far a facility is: the figure's cost, or the way by both measures once it is known.
func (a About) length(id string, cost float64) string {
	for _, w := range a.Ways {
		if w.Facility == id {
			return a.both(w)
		}
	}
	if a.Result.Query.Impedance == model.Time {
		return a.Printer.Time(cost)
	}
	return a.Printer.Distance(cost)
}

// Figures are those of a square, nil where the result has none.
func Figures(r *model.Result, id string) *model.CellCost {
	if r == nil {
		return nil
	}
	for i := range r.Cells {
		if r.Cells[i].Cell == id {
			return &r.Cells[i]
		}
	}
	return nil
}
