package ui

import (
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"nabar/app/ui/legend"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/symbology"
)

const (
	presentLegend = 1.7 // times the size that the legend has beside the panels
	presentTitle  = 34
	presentFigure = 44
	presentNote   = 20
)

// presentation is the map for a room of people: the whole screen, a large legend and the key figures.
type presentation struct {
	at      int // of the kept view that is shown, -1 for none yet
	overlay *legend.Overlay
	words   *fyne.Container
	said    *fyne.Container // the comments
	paper   *canvas.Rectangle
	ground  *canvas.Rectangle
	full    bool // the window filled the screen before
	pins    bool // comments are shown
}

// present begins the presentation with the first kept view.
func (w *Window) present() {
	if !w.state.open || w.state.scene == nil || w.stage != nil {
		return
	}
	s := &presentation{at: -1, overlay: legend.New(w.printer), words: widgets.Stack(0), ground: canvas.NewRectangle(nil), said: widgets.Stack(0), paper: canvas.NewRectangle(nil), full: w.win.FullScreen()}
	s.ground.CornerRadius = 6
	w.stage = s
	w.selectNone()
	panel := container.NewStack(s.ground, widgets.Inset(look.Step3, look.Step4, s.words))
	corner := container.NewVBox(container.NewHBox(panel))
	w.win.SetMainMenu(nil)
	w.win.SetContent(container.NewStack(w.view, s.overlay.Object(), widgets.Pad(look.Step4, corner), w.stageComments()))
	w.win.SetFullScreen(true)
	w.win.Canvas().Unfocus()
	w.showScene()
	if len(w.state.views) > 0 {
		w.presentView(1)
	}
	w.showPresentation()
}

// endPresent brings the window back as it was.
func (w *Window) endPresent() {
	s := w.stage
	w.stage = nil
	w.win.SetFullScreen(s.full)
	w.win.SetContent(w.arrange())
	w.showScene()
	w.setMenu()
}

// presentKey steps through views and scenarios while the presentation is shown.
func (w *Window) presentKey(ev *fyne.KeyEvent) bool {
	if w.stage == nil {
		return false
	}
	switch ev.Name {
	case fyne.KeyEscape, fyne.KeyF11:
		w.endPresent()
	case fyne.KeyRight, fyne.KeySpace, fyne.KeyPageDown:
		w.presentView(1)
	case fyne.KeyLeft, fyne.KeyPageUp:
		w.presentView(-1)
	case fyne.KeyDown:
		w.presentScenario(1)
	case fyne.KeyUp:
		w.presentScenario(-1)
	case fyne.KeyK:
		w.stage.pins = !w.stage.pins
		w.showScene()
		w.showPresentation()
	default:
		return false
	}
	return true
}

// presentView shows the next or the previous kept view.
func (w *Window) presentView(by int) {
	n := len(w.state.views)
	if n == 0 {
		w.presentScenario(by)
		return
	}
	if w.stage.at < 0 && by < 0 {
		w.stage.at = 0
	}
	w.stage.at = (w.stage.at + by + n) % n
	w.showView(w.state.views[w.stage.at])
	w.showPresentation()
}

// presentScenario shows the next or the previous scenario in the same view; the project as it is comes first.
func (w *Window) presentScenario(by int) {
	names := append([]string{""}, w.scenarioNames()...)
	at := 0
	for i, name := range names {
		if name == w.choice.scenario {
			at = i
		}
	}
	w.chooseScenario(names[(at+by+len(names))%len(names)])
}

// showPresentation shows legend, title and key figures of what the map shows now.
func (w *Window) showPresentation() {
	s := w.stage
	if s == nil || w.state.scene == nil {
		return
	}
	v := w.view.View()
	palette := symbology.PaletteOf(w.theme())
	s.ground.FillColor = palette.Paper.Fade(0.93).NRGBA()
	line := func(text string, size float32, c symbology.Colour, bold bool) fyne.CanvasObject {
		t := canvas.NewText(text, c.NRGBA())
		t.TextSize, t.TextStyle.Bold = size, bold
		return t
	}
	objects := []fyne.CanvasObject{line(w.presentTitle(), presentTitle, palette.Petrol, true)}
	if sub := w.presentState(); sub != "" {
		objects = append(objects, line(sub, presentNote, palette.Muted, false))
	}
	for _, f := range w.presentFigures() {
		objects = append(objects, line(f[0], presentFigure, palette.Ink, true), line(f[1], presentNote, palette.Muted, false))
	}
	s.words.Objects = objects
	s.words.Refresh()
	s.ground.Refresh()
	w.showStageComments(line)
	scene := w.state.scene.WithPins(s.pins)
	s.overlay.Enlarge(w.stageLegend(scene))
	s.overlay.Set(scene, w.theme(), v.Unit)
	s.overlay.View(v)
}

// stageLegend is how much larger than usual the legend is: as large as the room under the title lets it be.
func (w *Window) stageLegend(scene *render.Scene) float64 {
	const around = 6 * look.Step4 // the title's and the legend's own margins
	_, high := scene.Legend().Size(1)
	room := w.win.Canvas().Size().Height - w.stage.words.MinSize().Height - around
	return min(max(float64(room)/high, 1), presentLegend)
}

// presentTitle is the name of the kept view, else of the service type.
func (w *Window) presentTitle() string {
	if at := w.stage.at; at >= 0 && at < len(w.state.views) {
		return w.state.views[at].Name
	}
	return w.state.kommun.Name + ": " + w.typeName(w.choice.service)
}

// presentState says which scenario is shown, and by what way.
func (w *Window) presentState() string {
	var parts []string
	if w.choice.scenario != "" {
		parts = append(parts, w.printer.T("views.ui.scenario", w.choice.scenario))
	} else {
		parts = append(parts, w.printer.T("ui.scenarios.baseline"))
	}
	if way := w.printer.Text(w.state.way); way != "" {
		parts = append(parts, way)
	}
	return strings.Join(parts, " · ")
}

// presentFigures are the key figures of the result with their words: the middle, the share within the middle band, and who
// is not reached.
func (w *Window) presentFigures() [][2]string {
	r, p := w.state.result, w.printer
	if r == nil || r.People == 0 {
		return nil
	}
	cost := func(v float64) string {
		if r.Query.Impedance == model.Time {
			return p.Value(i18n.Seconds(v))
		}
		return p.Value(i18n.Metres(v))
	}
	var out [][2]string
	if !math.IsNaN(r.Median) && r.Reached > 0 {
		out = append(out, [2]string{cost(r.Median), p.T("views.ui.median")})
	}
	if n := len(r.Bands); n > 0 {
		band := r.Bands[n/2]
		out = append(out, [2]string{p.Value(i18n.Share(float64(band.People) / float64(r.People))), p.T("views.ui.within", cost(band.To))})
	}
	if r.Unreached > 0 {
		out = append(out, [2]string{p.Int(int64(r.Unreached)), p.T("views.ui.unreached")})
	}
	return out
}
