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

// Card compares a scenario with the project as it is. It is hidden where there is nothing to compare.
type Card struct {
	printer *i18n.Printer
	head    *widgets.Text
	summary *widget.Label
	figures *fyne.Container
	object  *fyne.Container
}

// NewCard makes a hidden card.
func NewCard(p *i18n.Printer) *Card {
	c := &Card{printer: p, head: widgets.NewHeading(p.T("ui.scenarios.compared")), summary: widgets.Wrapped(""), figures: container.NewGridWithColumns(3)}
	c.object = widgets.Stack(0,
		widgets.Inset(look.Step3, look.Step4, widgets.Stack(look.Step2, c.head, c.summary, c.figures)), widget.NewSeparator())
	c.object.Hide()
	return c
}

// Object is the card for the window's layout.
func (c *Card) Object() fyne.CanvasObject { return c.object }

// Set shows how a scenario compares. Without a comparison the card says that one is being made; without a name it goes.
func (c *Card) Set(name string, with *model.Comparison) {
	if name == "" {
		c.object.Hide()
		return
	}
	p := c.printer
	c.figures.RemoveAll()
	text := p.T("ui.scenarios.comparing")
	if with != nil {
		text = p.Text(with.Summary)
		c.add(with.Worse.People, "ui.scenarios.worse")
		c.add(with.Better.People, "ui.scenarios.better")
		c.add(with.Unchanged, "ui.scenarios.unchanged")
	}
	c.summary.SetText(text)
	c.object.Show()
	c.object.Refresh()
}

// add shows a number of people. By how much they get it worse or better is in the summary.
func (c *Card) add(people int, key string) {
	c.figures.Add(widgets.NewKeyFigure(c.printer.Int(int64(people)), c.printer.T(key)))
}
