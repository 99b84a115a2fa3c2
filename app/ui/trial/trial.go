// Package trial is the panel beside the map while a planner tries something out: what would change, told while the mouse
// moves, and the buttons that keep it or leave it.
package trial

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
)

const (
	width      = 292
	noteHeight = 64 // units, three lines, so that the figures stand still when the note changes
	maxSteps   = 3  // that are told
)

// Actions are what the user can ask for.
type Actions struct {
	Keep, Reset, Leave func()
	OnMap              func(on bool)
}

// Card is the card. It is hidden until something is tried.
type Card struct {
	printer    *i18n.Printer
	title      *widgets.Text
	note       *widget.Label
	mean, diff *widgets.KeyFigure
	rows       *fyne.Container
	labels     []*widgets.Text
	values     []*widgets.Text
	steps      *widget.Label
	onMap      *widget.Check
	keep       *widget.Button
	reset      *widget.Button
	object     *fyne.Container
	beneath    fyne.CanvasObject
	told       func(bool)
}

// New makes a hidden card.
func New(p *i18n.Printer, a Actions) *Card {
	c := &Card{printer: p, title: widgets.NewHeading(""), note: widgets.Wrapped(""), steps: widgets.Wrapped(""), told: a.OnMap}
	c.mean, c.diff = widgets.NewKeyFigure("", ""), widgets.NewKeyFigure("", "")
	c.rows = container.New(&rows{})
	c.onMap = widget.NewCheck(p.T("live.on_map"), nil)
	c.keep, c.reset = ask.Primary(p.T("live.keep"), a.Keep), widget.NewButton(p.T("live.reset"), a.Reset)
	leave := widget.NewButton(p.T("live.leave"), a.Leave)
	for _, b := range []*widget.Button{c.reset, leave} {
		b.Importance = widget.LowImportance
	}
	note := container.New(&fixed{noteHeight}, c.note)
	body := widgets.Stack(look.Step2, c.title, note, container.NewGridWithColumns(2, c.mean, c.diff), c.rows, c.onMap, c.steps,
		container.NewHBox(c.keep, c.reset, leave))
	c.object = container.NewStack(container.NewVScroll(widgets.Inset(look.Step4, look.Step4, body)))
	c.object.Hide()
	return c
}

// Object is the card for the window's layout.
func (c *Card) Object() fyne.CanvasObject { return c.object }

// Visible tells whether the card is shown.
func (c *Card) Visible() bool { return c.object.Visible() }

// Replace makes the card take the place of an object, which is hidden while the card is shown: what would be painted only to be
// covered takes as long as what is seen.
func (c *Card) Replace(o fyne.CanvasObject) { c.beneath = o }

// Hide takes the card away.
func (c *Card) Hide() {
	c.object.Hide()
	if c.beneath != nil && !c.beneath.Visible() {
		c.beneath.Show()
	}
}

// Set shows what a try does. Only what differs is drawn anew: it is called for every move of the mouse.
func (c *Card) Set(v View) {
	before := len(c.labels) + len(c.steps.Text)
	c.title.SetText(v.Title)
	if c.note.Text != v.Note {
		c.note.SetText(v.Note)
	}
	c.mean.Set(v.Mean, v.MeanIs)
	c.diff.Set(v.Difference, v.DiffIs)
	c.setRows(v.Rows)
	c.setSteps(v.Steps)
	c.onMap.OnChanged = nil
	if c.onMap.Checked != v.OnMap {
		c.onMap.SetChecked(v.OnMap)
	}
	c.onMap.OnChanged = c.told
	enable(c.keep, v.Keep)
	enable(c.reset, v.Keep)
	if !c.object.Visible() {
		if c.beneath != nil {
			c.beneath.Hide()
		}
		c.object.Show()
		c.object.Refresh()
	} else if before != len(c.labels)+len(c.steps.Text) {
		c.object.Refresh()
	}
}

// setRows shows rows, in the objects of those before where there are any.
func (c *Card) setRows(all []Row) {
	for len(c.labels) < len(all) {
		label, value := widgets.NewCaption(""), widgets.NewNumber("")
		c.labels, c.values = append(c.labels, label), append(c.values, value)
		c.rows.Objects = append(c.rows.Objects, label, value)
	}
	c.labels, c.values, c.rows.Objects = c.labels[:len(all)], c.values[:len(all)], c.rows.Objects[:2*len(all)]
	for i, r := range all {
		c.labels[i].SetText(r.Meaning)
		c.values[i].SetText(r.Value)
	}
	c.rows.Layout.Layout(c.rows.Objects, c.rows.Size())
}

// setSteps tells what is tried, the last ones of many.
func (c *Card) setSteps(all []string) {
	text := ""
	if more := len(all) - maxSteps; more > 0 {
		text, all = c.printer.T("live.more_steps", more)+"\n", all[more:]
	}
	for i, s := range all {
		if i > 0 {
			text += "\n"
		}
		text += s
	}
	if c.steps.Text != text {
		c.steps.SetText(text)
	}
	widgets.Show(c.steps, text != "")
}

// enable lets a button be used or not.
func enable(b *widget.Button, on bool) {
	switch {
	case on && b.Disabled():
		b.Enable()
	case !on && !b.Disabled():
		b.Disable()
	}
}

// rows lays pairs of a label and a number out under each other, the number at the right edge.
type rows struct{}

// Layout puts each pair on a line of its own.
func (rows) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for i := 0; i+1 < len(objects); i += 2 {
		label, value := objects[i].MinSize(), objects[i+1].MinSize()
		high := max(label.Height, value.Height)
		objects[i].Move(fyne.NewPos(0, y+(high-label.Height)/2))
		objects[i].Resize(label)
		objects[i+1].Move(fyne.NewPos(0, y))
		objects[i+1].Resize(fyne.NewSize(size.Width, high))
		y += high
	}
}

// MinSize is the height of all lines.
func (rows) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(width, 0)
	for i := 0; i+1 < len(objects); i += 2 {
		size.Height += max(objects[i].MinSize().Height, objects[i+1].MinSize().Height)
	}
	return size
}

// fixed gives its content a height, whatever it needs.
type fixed struct{ height float32 }

// Layout gives the content all room.
func (f *fixed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
	}
}

// MinSize is the height.
func (f *fixed) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, f.height) }
