package scenarios

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

// Card tells what changes from one state of the project to another. It is hidden where there is nothing to compare.
type Card struct {
	OnMap   func(on bool) // the map shall show the change, or no longer
	OnTable func()        // the user wants all figures
	OnEnd   func()        // the user wants to compare no longer

	printer *i18n.Printer
	head    *widgets.Text
	summary *widget.Label
	figures *fyne.Container
	onMap   *widget.Check
	table   *widget.Button
	end     *widget.Button
	object  *fyne.Container
}

// CardView is what a card shows.
type CardView struct {
	Title string // what is compared with what; "" hides the card
	With  *model.Comparison
	OnMap bool // the map shows it
	Ends  bool // the user can end it: it is not the scenario's own
}

// NewCard makes a hidden card.
func NewCard(p *i18n.Printer) *Card {
	c := &Card{printer: p, head: widgets.NewHeading(""), summary: widgets.Wrapped(""), figures: container.NewGridWithColumns(3)}
	c.onMap = widget.NewCheck(p.T("series.card_map"), nil)
	c.table = small(p.T("series.card_table"), func() { call(c.OnTable) })
	c.end = small(p.T("series.card_end"), func() { call(c.OnEnd) })
	c.object = widgets.Stack(0,
		widgets.Inset(look.Step3, look.Step4, widgets.Stack(look.Step2, c.head, c.summary, c.figures, container.NewHBox(c.onMap, c.table, c.end))),
		widget.NewSeparator())
	c.object.Hide()
	return c
}

// small makes a button that does not shout.
func small(text string, fn func()) *widget.Button {
	b := widget.NewButton(text, fn)
	b.Importance = widget.LowImportance
	return b
}

// call calls fn where there is one.
func call(fn func()) {
	if fn != nil {
		fn()
	}
}

// Object is the card for the window's layout.
func (c *Card) Object() fyne.CanvasObject { return c.object }

// Set shows a comparison. Without one the card says that it is being made.
func (c *Card) Set(v CardView) {
	if v.Title == "" {
		c.object.Hide()
		return
	}
	p := c.printer
	c.head.SetText(v.Title)
	c.figures.RemoveAll()
	text := p.T("ui.scenarios.comparing")
	if v.With != nil {
		text = p.Text(v.With.Summary)
		c.add(v.With.Worse.People, "ui.scenarios.worse")
		c.add(v.With.Better.People, "ui.scenarios.better")
		c.add(v.With.Unchanged, "ui.scenarios.unchanged")
	}
	c.onMap.OnChanged = nil
	c.onMap.SetChecked(v.OnMap)
	c.onMap.OnChanged = func(on bool) {
		if c.OnMap != nil {
			c.OnMap(on)
		}
	}
	widgets.Show(c.table, v.With != nil)
	widgets.Show(c.end, v.Ends)
	widgets.Show(c.onMap, !v.Ends)
	c.summary.SetText(text)
	c.object.Show()
	c.object.Refresh()
}

// add shows a number of people. By how much they get it worse or better is in the summary.
func (c *Card) add(people int, key string) {
	c.figures.Add(widgets.NewKeyFigure(c.printer.Int(int64(people)), c.printer.T(key)))
}
