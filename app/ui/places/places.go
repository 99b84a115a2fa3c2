// Package places is the panel of the service places: a list by service type that can be searched, whose chosen place
// is the one chosen everywhere.
package places

import (
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
)

// Place is one service place.
type Place struct {
	ID     string
	Name   string
	Town   string
	Closed bool
}

// Group is the places of one service type.
type Group struct {
	Type   string
	Name   string
	Symbol image.Image // nil for none
	Places []Place
}

// Panel is the searchable list.
type Panel struct {
	// OnSelect is told the id of a place that the user chose.
	OnSelect func(id string)

	printer *i18n.Printer
	search  *widget.Entry
	list    *widget.List
	object  fyne.CanvasObject

	groups []Group
	closed map[string]bool // groups that are folded up
	rows   []row
	chosen string
	quiet  bool // a selection of the program's, not the user's
}

// row is a group's head (place nil) or one of its places.
type row struct {
	group *Group
	place *Place
	count int
}

// SymbolSize is the side of the symbol beside a group, in units.
const SymbolSize = 16

// scrollRoom is kept free at the right edge for the scroll bar.
const scrollRoom = 10

// New makes an empty panel.
func New(p *i18n.Printer) *Panel {
	panel := &Panel{printer: p, search: widget.NewEntry(), closed: map[string]bool{}}
	panel.search.SetPlaceHolder(p.T("ui.places.search"))
	panel.search.OnChanged = func(string) { panel.arrange() }
	panel.list = widget.NewList(func() int { return len(panel.rows) }, newRow, panel.fill)
	panel.list.HideSeparators = true
	panel.list.OnSelected = panel.selected
	panel.object = container.NewBorder(panel.search, nil, nil, nil, panel.list)
	return panel
}

// Object is the panel for the window's layout.
func (p *Panel) Object() fyne.CanvasObject { return p.object }

// Set shows the places of a project.
func (p *Panel) Set(groups []Group) {
	p.groups = groups
	p.arrange()
}

// Unfold shows the places of one type and folds the others up.
func (p *Panel) Unfold(service string) {
	for _, g := range p.groups {
		p.closed[g.Type] = g.Type != service
	}
	p.arrange()
}

// Select shows the place with this id as chosen, without telling OnSelect. The empty id chooses none.
func (p *Panel) Select(id string) {
	p.chosen = id
	p.mark()
}

// mark puts the list's selection on the chosen place.
func (p *Panel) mark() {
	p.quiet = true
	defer func() { p.quiet = false }()
	for i, r := range p.rows {
		if r.place != nil && r.place.ID == p.chosen && p.chosen != "" {
			p.list.Select(i)
			return
		}
	}
	p.list.UnselectAll()
}

// arrange lays out the rows that the search and the folded groups leave.
func (p *Panel) arrange() {
	p.rows = p.rows[:0]
	words := strings.Fields(strings.ToLower(p.search.Text))
	for i := range p.groups {
		g := &p.groups[i]
		var found []row
		for j := range g.Places {
			if matches(&g.Places[j], words) {
				found = append(found, row{group: g, place: &g.Places[j]})
			}
		}
		if len(found) == 0 {
			continue
		}
		p.rows = append(p.rows, row{group: g, count: len(found)})
		if !p.closed[g.Type] || len(words) > 0 {
			p.rows = append(p.rows, found...)
		}
	}
	p.list.Refresh()
	p.mark()
}

// matches tells whether every word is in the place's name or town.
func matches(place *Place, words []string) bool {
	text := strings.ToLower(place.Name + " " + place.Town)
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// selected folds a group or tells of a place.
func (p *Panel) selected(i widget.ListItemID) {
	if p.quiet || i >= len(p.rows) {
		return
	}
	r := p.rows[i]
	if r.place == nil {
		p.closed[r.group.Type] = !p.closed[r.group.Type]
		p.list.Unselect(i)
		p.arrange()
		return
	}
	p.chosen = r.place.ID
	if p.OnSelect != nil {
		p.OnSelect(p.chosen)
	}
}

// newRow makes a row's objects: symbol, name, and town or count.
func newRow() fyne.CanvasObject {
	symbol := canvas.NewImageFromImage(nil)
	symbol.FillMode = canvas.ImageFillContain
	symbol.SetMinSize(fyne.NewSquareSize(SymbolSize))
	name := widgets.Cut("")
	note := widgets.NewCaption("")
	note.Align = fyne.TextAlignTrailing
	return container.NewBorder(nil, nil, container.NewCenter(symbol), widgets.Line(0, container.NewCenter(note), widgets.Gap(scrollRoom)), name)
}

// fill shows row i in objects made by newRow.
func (p *Panel) fill(i widget.ListItemID, o fyne.CanvasObject) {
	if i >= len(p.rows) {
		return
	}
	parts := o.(*fyne.Container).Objects
	name := parts[0].(*widget.Label)
	symbol := parts[1].(*fyne.Container).Objects[0].(*canvas.Image)
	note := parts[2].(*fyne.Container).Objects[0].(*fyne.Container).Objects[0].(*widgets.Text)
	r := p.rows[i]
	if r.place == nil {
		symbol.Image = r.group.Symbol
		name.TextStyle.Bold, name.Importance = true, widget.MediumImportance
		name.SetText(r.group.Name)
		note.SetText(p.printer.Int(int64(r.count)))
	} else {
		symbol.Image = nil
		name.TextStyle.Bold, name.Importance = false, widget.MediumImportance
		if r.place.Closed {
			name.Importance = widget.LowImportance
		}
		name.SetText(r.place.Name)
		note.SetText(p.town(r.place))
	}
	note.Color = look.ColorNameMuted
	note.Rank = theme.SizeNameCaptionText
	symbol.Refresh()
	o.Refresh()
}

// town is the note of a place: where it is, and that it is closed.
func (p *Panel) town(place *Place) string {
	if place.Closed {
		return p.printer.T("ui.places.closed")
	}
	return place.Town
}
