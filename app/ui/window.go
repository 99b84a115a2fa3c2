package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/comments"
	"nabar/app/ui/detail"
	"nabar/app/ui/layers"
	"nabar/app/ui/legend"
	"nabar/app/ui/look"
	"nabar/app/ui/losses"
	"nabar/app/ui/places"
	"nabar/app/ui/results"
	"nabar/app/ui/scenarios"
	"nabar/app/ui/status"
	"nabar/app/ui/toolbar"
	"nabar/app/ui/trial"
	"nabar/app/ui/viewlist"
	"nabar/internal/i18n"
	"nabar/mapview"
	"nabar/model"
)

// Window is the program's window.
type Window struct {
	app      fyne.App
	win      fyne.Window
	session  *session.Session
	printer  *i18n.Printer
	dispatch mapview.Dispatcher
	prefs    prefs

	bar       *toolbar.Bar
	layers    *layers.Panel
	places    *places.Panel
	results   *results.Panel
	losses    *losses.Panel
	comments  *comments.Panel
	scenarios *scenarios.Panel
	editing   string // the scenario that was chosen last

	brokenFault string             // why that can't be computed, "" where it can: its steps are shown all the same
	versus      *scenarios.Card    // the chosen scenario against the project as it is
	tabs        *container.AppTabs // results and losses
	status      *status.Bar
	card        *detail.Card
	overlay     *legend.Overlay
	view        *mapview.Map
	viewList    *viewlist.List // while it is shown
	trialCard   *trial.Card
	tool        tool            // that is chosen; never nil
	toolPanel   *fyne.Container // beside the map, in place of the figures
	wait        *waiting
	left        fyne.CanvasObject
	right       fyne.CanvasObject

	choice      choice
	state       state
	selected    selection
	choosing    int         // counts the choices, so that a slow one does not overwrite a later one
	shownRows   *rowsChoice // those that the map is drawn with
	roads       roads
	ranking     ranking
	comparison  comparison
	figures     figures
	support     *supportWindow               // nil where it is not open
	stage       *presentation                // nil where none is shown
	commentForm *comments.Form               // that was opened last
	rows        map[int64]*rowsWindow        // the windows of rows that are open, by layer
	planning    map[planning]*planningWindow // those that are open
	writing     *writingTab                  // nil where it has not been opened
	writes      bool                         // it stands in front of the map
	deck        deck
	trial       trying
	spot        spotting
	clock       *clock
	loading     bool
	again       bool
	tried       *model.Snapshot // whose figures the window has had computed by itself
	asked       rankingKey      // the unusual choice whose figures it has
	jobs        []*session.Job
	word        string // the last word about what was done, in the status bar
	leave       func() // ends the subscription
}

// choice is what the toolbar decides for the whole window.
type choice struct {
	service   string
	impedance model.Impedance
	scenario  string // "" for the project as it is
	profile   string // "" for the car
	date      string // ISO date of the facilities; "" for the project's own
	demand    string // "" for the usual population
	from      origin // what it is compared with on the map
}

// usual is the choice by car, now and for the usual population.
func (c choice) usual() choice {
	c.profile, c.date, c.demand = "", "", ""
	return c
}

// query asks for what is chosen.
func (c choice) query() model.Query {
	return model.Query{
		Service: c.service, Impedance: c.impedance, Scenario: c.scenario, Profile: c.profile, Date: c.date, Demand: c.demand,
	}
}

// The size that the window opens with, in units.
const (
	windowWidth  = 1440
	windowHeight = 900
)

// New makes the window of a session. It is not shown yet: see Start.
func New(a fyne.App, s *session.Session) *Window {
	return newWindow(a, s, mapview.OnWindowThread)
}

func newWindow(a fyne.App, s *session.Session, dispatch mapview.Dispatcher) *Window {
	w := &Window{app: a, session: s, printer: s.Printer(), dispatch: dispatch, prefs: prefs{a.Preferences()}, clock: newClock()}
	w.choice.impedance = model.Distance
	w.tool = identify{still{w}}
	speak(w.printer)
	a.Settings().SetTheme(look.New(w.prefs.dark()))
	a.SetIcon(look.AppIcon())
	w.win = a.NewWindow(w.printer.T("app.name"))
	w.win.SetPadded(false)
	w.win.SetMaster()
	w.win.Resize(fyne.NewSize(windowWidth, windowHeight))
	w.build()
	w.win.SetOnDropped(w.dropped)
	w.win.SetCloseIntercept(w.close)
	w.win.Canvas().SetOnTypedKey(w.typed)
	news := mapview.NewLatest(dispatch)
	w.leave = s.Subscribe(func(e session.Event) {
		if e.Kind == session.JobProgress {
			news.Do(w.showJobs)
			return
		}
		w.dispatch(func() { w.heard(e) })
	})
	return w
}

// Start shows the window and opens a project in the background: the file that is named, else the one that was open
// last, else the demo kommun.
func (w *Window) Start(path string) {
	w.win.Show()
	if path == "" {
		path = w.prefs.lastProject()
	}
	if path == "" {
		w.openDemo()
		return
	}
	w.open(path)
}

// close ends all work, the project and the window.
func (w *Window) close() {
	w.closeWriting()
	w.leave()
	w.closeSupport()
	w.closeRows()
	w.closePlanning()
	w.view.Close()
	if err := w.session.Close(); err != nil {
		fyne.LogError("closing the project", err)
	}
	w.win.Close()
}

// build makes all panels in the present language and lays them out. It is done again when the language changes.
func (w *Window) build() {
	wrote := w.writing != nil
	w.closeWriting()
	w.closeSupport()
	w.closeRows()
	w.closePlanning()
	if w.view != nil && !w.trialOn() {
		w.dropTool() // its panel is in the language before
	}
	w.makePanels()
	w.win.SetContent(w.arrange())
	w.setMenu()
	if wrote {
		w.openWriting()
	}
}

// fail shows an error.
func (w *Window) fail(err error) { ask.Error(w.win, w.printer, err) }

// edit changes the project off the window's thread; the session's events then bring the change to the panels.
func (w *Window) edit(fn func(context.Context) error) {
	go func() {
		if err := fn(context.Background()); err != nil {
			w.dispatch(func() { w.fail(err) })
		}
	}()
}

// work runs fn as a job that the status bar shows, and tells done on the window's thread. An error that is not the
// user's own cancelling is shown.
func (w *Window) work(name i18n.Message, fn func(context.Context, model.Progress) error, done func()) {
	job := w.session.Start(name, fn)
	go func() {
		err := job.Wait()
		w.dispatch(func() {
			switch {
			case err == nil:
				done()
				return
			case !job.Cancelled():
				w.fail(err)
			}
			w.wait.hide()
		})
	}()
}

// heard follows the session's events.
func (w *Window) heard(e session.Event) {
	w.heardWriting(e)
	switch e.Kind {
	case session.TextChanged: // what else it changes has events of its own
	case session.JobStarted:
		w.jobs = append(w.jobs, e.Job)
		w.showJobs()
	case session.JobDone:
		w.jobEnded(e.Job)
	case session.TilesArrived:
		w.view.Again()
	case session.ProjectOpened:
		w.tried = nil
		w.choice = w.choice.usual()
		w.choice.scenario = ""
		w.selected, w.figures = selection{}, figures{}
		w.closeWriting()
		w.closeSupport()
		w.closeRows()
		w.closePlanning()
		w.dropTool()
		w.view.Forget()
		w.prefs.setLastProject(w.session.Path())
		w.reload()
	default:
		w.reload()
		w.loadSupport(false)
		if e.Kind == session.LayersChanged { // comes with every edit, once
			w.loadPlanning()
		}
	}
}

// jobEnded takes a job off the status bar.
func (w *Window) jobEnded(job *session.Job) {
	for i, j := range w.jobs {
		if j == job {
			w.jobs = append(w.jobs[:i], w.jobs[i+1:]...)
			break
		}
	}
	w.word = ""
	if done := job.Name.Key + "_done"; job.Err() == nil && w.printer.Has(done) {
		w.word = w.printer.T(done, job.Name.Args...)
	} else if job.Cancelled() {
		w.word = w.printer.T("ui.status.cancelled")
	}
	w.showJobs()
}

// showJobs shows the job that was started last, or that nothing goes on.
func (w *Window) showJobs() {
	if len(w.jobs) == 0 {
		w.status.Idle(w.word)
		return
	}
	job := w.jobs[len(w.jobs)-1]
	what, share := job.Progress()
	text := w.printer.Text(job.Name)
	if !what.IsZero() {
		text = w.printer.Text(what)
	}
	w.status.Busy(text, share, job.Cancel)
	w.wait.progress(text, share)
}
