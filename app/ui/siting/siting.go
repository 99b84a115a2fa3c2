// Package siting is the dialog of where the next place does most good: what is asked for, and then the best choices with
// their figures before and after, how good they are at most, and what one objective costs in another.
//
// Invariants: the dialog asks and shows, and computes nothing; what is shown answers what the form says now.
package siting

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

const (
	dialogWidth  = 1080
	dialogHeight = 760
	formWidth    = 360
	labelWidth   = 132
)

// Query is what the form asks for.
type Query struct {
	session.LocateQuery
	Candidates string // as Session.LocateSpots reads it
	Capacities string // as Session.LocateRoom reads it
	Tradeoffs  bool   // several objectives for up to New places, and the curve for New
}

// Answer are the choices that answer a query: one, or with Tradeoffs those of the curves and of the front.
type Answer struct {
	Choices []session.LocateResult
	Curves  *session.Tradeoffs // nil without Tradeoffs
}

// Config is what the dialog needs.
type Config struct {
	Window   fyne.Window
	Printer  *i18n.Printer
	Theme    symbology.Theme
	Base     model.Query // what the window shows: the service, measure and scenario that are asked about
	Service  string      // what the service is called
	Layers   []string    // layers whose points or areas may be candidates
	Writable bool
	// Find has a query answered: progress hears how far it is, done the answer, or nil where there is none. It gives what
	// cancels.
	Find func(q Query, progress func(share float64), done func(*Answer)) (cancel func())
	// Try has a choice tried under other circumstances, as Find finds one.
	Try func(r *session.LocateResult, progress func(share float64), done func(*session.LocateSteady)) (cancel func())
	// Chart draws an answer's curves or, with front, its curve between mean and worst-off.
	Chart func(t *session.Tradeoffs, front bool) Drawn
	// Open has a choice kept as a scenario, which the window then shows; Mark has its sites put on the map.
	Open func(r *session.LocateResult)
	Mark func(r *session.LocateResult)
}

// Dialog is the dialog while it is shown.
type Dialog struct {
	Config
	sheet  *ask.Sheet
	form   form
	parts  outcome
	run    *widget.Button
	stop   *widget.Button
	test   *widget.Button
	open   *widget.Button
	mark   *widget.Button
	bar    *widgets.Progress
	query  Query
	answer *Answer
	chosen int                           // of the answer's choices
	tried  map[int]*session.LocateSteady // of its choices
	cancel func()
	turn   int // counts the queries, so that a slow answer is not shown for a later one
}

// Show opens the dialog.
func Show(c Config) *Dialog {
	p := c.Printer
	d := &Dialog{Config: c, sheet: ask.NewSheet(c.Window, p.T("siting.ui.title", c.Service)), bar: widgets.NewProgress()}
	d.run = ask.Primary(p.T("siting.ui.run"), d.find)
	d.stop = widget.NewButton(p.T("siting.ui.stop"), d.halt)
	d.test = widget.NewButton(p.T("more.ui.try"), d.try)
	d.open = widget.NewButton(p.T("siting.ui.open"), func() { d.use(d.Open) })
	d.mark = widget.NewButton(p.T("siting.ui.mark"), func() { d.use(d.Mark) })
	d.parts = newOutcome(d)
	d.form = newForm(d)
	left := container.NewVScroll(widgets.Inset(0, look.Step2, d.form.object))
	right := container.NewVScroll(widgets.Inset(0, look.Step4, d.parts.object))
	body := container.NewBorder(nil, d.bar, widgets.MinWidth(formWidth, left), nil, right)
	d.sheet.Set(body, d.leave, widget.NewButton(p.T("ui.close"), d.leave), d.mark, d.open, d.test, d.stop, d.run)
	d.changed()
	d.sheet.Show(fyne.NewSize(dialogWidth, dialogHeight), nil)
	return d
}

// leave closes the dialog and ends the work.
func (d *Dialog) leave() {
	d.halt()
	d.sheet.Hide()
}

// changed reads the form anew: what was found before is no longer what it says.
func (d *Dialog) changed() {
	d.halt()
	d.answer = nil
	q, err := d.form.read()
	d.query = q
	d.form.show(err)
	enable(d.run, err == nil)
	d.show()
}

// find has what the form says answered.
func (d *Dialog) find() {
	d.halt()
	turn := d.turn
	d.bar.Set(-1)
	d.cancel = d.Find(d.query, func(share float64) {
		if turn == d.turn {
			d.bar.Set(share)
		}
	}, func(a *Answer) {
		if turn != d.turn {
			return
		}
		d.cancel = nil
		d.bar.Set(0)
		d.answer, d.chosen, d.tried = a, 0, map[int]*session.LocateSteady{}
		d.show()
	})
	d.show()
}

// halt ends the work, if any.
func (d *Dialog) halt() {
	d.turn++
	if d.cancel != nil {
		d.cancel()
		d.cancel = nil
	}
	d.bar.Set(0)
	if d.stop != nil {
		enable(d.stop, false)
	}
}

// use closes the dialog and does something with the chosen choice.
func (d *Dialog) use(do func(*session.LocateResult)) {
	if d.answer != nil {
		d.sheet.Hide()
		do(&d.answer.Choices[d.chosen])
	}
}

// enable enables or disables a button.
func enable(b *widget.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}
