// Package detail is the card over the map that tells of what is chosen: a service place or a square.
package detail

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
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
	object *fyne.Container
}

// Text is what a card says.
type Text struct {
	Title string
	Lines []string
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
	c.object = widgets.Pad(look.Step3, container.NewBorder(container.NewHBox(card), nil, nil, nil))
	c.object.Hide()
	return c
}

// Object is the card for the window's layout.
func (c *Card) Object() fyne.CanvasObject { return c.object }

// Show shows a text.
func (c *Card) Show(t Text) {
	c.title.SetText(t.Title)
	c.lines.RemoveAll()
	for _, line := range t.Lines {
		l := widgets.NewText(line)
		c.lines.Add(l)
	}
	c.object.Show()
	c.object.Refresh()
}

// Hide takes the card away.
func (c *Card) Hide() { c.object.Hide() }

// Visible tells whether the card is shown.
func (c *Card) Visible() bool { return c.object.Visible() }

// Title is the title that is shown.
func (c *Card) Title() string { return c.title.Text }

// OfFacility tells of a service place and the other services at the same place.
func OfFacility(p *i18n.Printer, s *model.Snapshot, r *model.Result, chosen int, others []int, typeName func(string) string) Text {
	f := &s.Facilities[chosen]
	t := Text{Title: f.Name}
	add := func(line string) {
		if line != "" {
			t.Lines = append(t.Lines, line)
		}
	}
	add(service(typeName, f))
	add(address(f))
	add(f.Hours)
	if f.Opened != "" {
		add(p.T("ui.detail.opened", i18n.Date(f.Opened)))
	}
	if f.Closed != "" {
		add(p.T("ui.detail.closed", i18n.Date(f.Closed)))
	}
	if figure := place(r, f.ID); figure != nil {
		if figure.Joined {
			add(p.T("ui.detail.nearest_for", figure.PeopleNearest))
		} else {
			add(p.T("ui.results.not_joined"))
		}
	}
	for _, i := range others {
		if i != chosen {
			add(p.T("ui.detail.also", service(typeName, &s.Facilities[i]), s.Facilities[i].Name))
		}
	}
	return t
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

// OfCell tells of a square: how many live there and how far they have.
func OfCell(p *i18n.Printer, s *model.Snapshot, r *model.Result, cell int) Text {
	c := &s.Cells[cell]
	t := Text{Title: p.T("ui.detail.people", c.People)}
	if c.Women >= 0 && c.Men >= 0 {
		t.Lines = append(t.Lines, p.T("ui.detail.sexes", c.Women, c.Men))
	}
	if !c.Inside {
		t.Lines = append(t.Lines, p.T("ui.detail.outside"))
	}
	cost := figures(r, c.ID)
	if cost == nil {
		return t
	}
	if cost.Nearest == "" {
		t.Lines = append(t.Lines, p.T("ui.detail.unreached"))
		return t
	}
	names := map[string]string{}
	for i := range s.Facilities {
		names[s.Facilities[i].ID] = s.Facilities[i].Name
	}
	t.Lines = append(t.Lines, p.T("ui.detail.nearest", length(r, cost.Cost), names[cost.Nearest]))
	if cost.Second != "" {
		t.Lines = append(t.Lines, p.T("ui.detail.second", length(r, cost.SecondCost), names[cost.Second]))
	}
	return t
}

// length is a cost in the result's unit.
func length(r *model.Result, cost float64) any {
	if r.Query.Impedance == model.Time {
		return i18n.Seconds(cost)
	}
	return i18n.Metres(cost)
}

// figures are those of a square, nil where the result has none.
func figures(r *model.Result, id string) *model.CellCost {
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
