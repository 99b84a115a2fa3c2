package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

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
	"nabar/app/ui/widgets"
	"nabar/mapview"
	"nabar/mapview/render"
	"nabar/model/symbology"
)

const (
	leftWidth     = 280
	rightWidth    = 380
	layersHigh    = 250 // units that the list of layers takes at most
	scenariosHigh = 300 // units that the list of scenarios takes at most
)

// makePanels makes the panels and connects what the user does in them.
func (w *Window) makePanels() {
	p := w.printer
	w.bar = toolbar.New(p, toolbar.Actions{
		Open: w.askOpen, Import: w.askImport, Undo: w.undo, Redo: w.redo, Plan: w.askPlan,
		Service: w.chooseService, Impedance: w.chooseImpedance, Scenario: w.chooseScenario,
		Profile: w.chooseProfile, Demand: w.chooseDemand, Try: w.toggleTrial,
		Tool: func(id string) { w.toggleTool(toolName(id)) },
	})
	w.layers = layers.New(p, w.layerActions())
	w.places = places.New(p)
	w.places.OnSelect = func(id string) { w.selectFacility(id, true) }
	w.results = results.New(p)
	w.results.OnSelect = func(id string) { w.selectFacility(id, true) }
	w.results.OnCompute = w.compute
	w.results.OnChoose, w.results.OnWhy, w.results.OnExport = w.choosePeople, w.why, w.exportTable
	w.losses = losses.New(p)
	w.losses.OnSelect = func(id string) { w.selectFacility(id, true) }
	w.losses.OnAll = w.showAllLosses
	w.losses.OnWhy = w.whyLoss
	w.comments = comments.New(p, w.commentActions())
	w.scenarios = scenarios.New(p, w.scenarioActions())
	w.versus = scenarios.NewCard(p)
	w.versus.OnMap, w.versus.OnTable, w.versus.OnEnd = w.changeOnMap, w.showChange, w.endChange
	w.tabs = w.rightTabs()
	w.status = status.New(p)
	w.card = detail.New(w.selectNone)
	w.trialCard = trial.New(p, trial.Actions{Keep: w.keepTrial, Reset: w.resetTrial, Leave: w.endTrial, OnMap: w.colourTrial})
	w.toolPanel = container.NewStack()
	if o := w.tool.panel(); o != nil {
		w.toolPanel.Add(o)
	}
	w.overlay = legend.New(p)
	w.overlay.ShowLegend(w.prefs.legend())
	w.wait = newWaiting(p)
	if w.view == nil {
		w.view = mapview.New(w.dispatch)
	}
	w.connectMap()
}

// connectMap tells the map whom to tell.
func (w *Window) connectMap() {
	w.view.OnViewChanged = func(v render.View) {
		w.overlay.View(v)
		if w.stage != nil {
			w.stage.overlay.View(v)
			if w.stage.pins {
				w.showPresentation()
			}
		}
		if w.state.scene != nil {
			w.status.Scale(v.Denominator())
		}
		w.placeMark(v)
	}
	w.view.OnPointer = func(p *mapview.Pointer) bool { return w.tool.pointed(p) }
	w.view.OnTapped = func(p mapview.Pointer) { w.tool.tapped(p) }
	w.view.OnGrab = func(p mapview.Pointer) bool { return w.tool.grabbed(p) }
	w.view.OnCarry = func(p mapview.Pointer) bool { return w.tool.carried(p) }
	w.view.OnDrop = func(p mapview.Pointer, given bool) { w.tool.dropped(p, given) }
	w.view.OnKey = w.key
	w.view.OnError = w.fail
	w.view.OnFirstPicture = func() { w.wait.hide() }
	w.view.SetMarkColour(symbology.PaletteOf(w.theme()).Accent.NRGBA())
}

// theme is the map's look that goes with the window's.
func (w *Window) theme() symbology.Theme {
	if w.prefs.dark() {
		return symbology.Dark
	}
	return symbology.Light
}

// arrange lays the panels out: the map in the middle takes all the room that the others leave.
func (w *Window) arrange() fyne.CanvasObject {
	w.left = w.leftPanel()
	w.right = widgets.Frame(nil, nil, widget.NewSeparator(), nil, widgets.MinWidth(rightWidth, container.NewStack(w.tabs, w.toolPanel)))
	w.trialCard.Replace(w.tabs)
	middle := container.NewStack(w.view, w.overlay.Object(), w.card.Object(), w.wait.object)
	if point := w.clock.point(); point != nil {
		middle.Add(container.NewWithoutLayout(point))
	}
	w.deck.dress(w, middle)
	w.showPanels()
	return widgets.Frame(widgets.Stack(0, w.bar.Object(), w.deck.strip), w.status.Object(), w.left, w.right, w.deck.object)
}

// lossesTab is the tab to the right that shows the ranking; the results come before it.
const lossesTab = 1

// rightTabs are the figures and the ranking; the one that was in front stays there when the window is built anew.
func (w *Window) rightTabs() *container.AppTabs {
	p := w.printer
	tabs := container.NewAppTabs(
		container.NewTabItem(p.T("ui.results.title"), container.NewBorder(w.versus.Object(), nil, nil, nil, w.results.Object())),
		container.NewTabItem(p.T("ui.losses.title"), w.losses.Object()),
		container.NewTabItem(p.T("spot.comments"), w.comments.Object()))
	if w.tabs != nil {
		tabs.SelectIndex(w.tabs.SelectedIndex())
	}
	tabs.OnSelected = func(*container.TabItem) {
		w.rank()
		w.reload() // the map shows what is in front
	}
	return tabs
}

// leftPanel is the lists of layers and of service places.
func (w *Window) leftPanel() fyne.CanvasObject {
	p := w.printer
	head := widgets.Inset(look.Step2, look.Step3, widgets.NewHeading(p.T("ui.layers.title")))
	add := widget.NewButtonWithIcon("", theme.ContentAddIcon(), w.askImport)
	add.Importance = widget.LowImportance
	addScenario := widget.NewButtonWithIcon("", theme.ContentAddIcon(), func() { w.askScenario("") })
	addScenario.Importance = widget.LowImportance
	addPlace := widget.NewButtonWithIcon("", theme.ContentAddIcon(), w.askPlace)
	addPlace.Importance = widget.LowImportance
	upper := widgets.Stack(0,
		container.NewBorder(nil, nil, nil, add, head),
		limit(layersHigh, widgets.Inset(0, look.Step1, w.layers.Object())),
		widgets.Inset(look.Step2, 0, widget.NewSeparator()),
		container.NewBorder(nil, nil, nil, addScenario, widgets.Inset(look.Step1, look.Step3, widgets.NewHeading(p.T("ui.scenarios.title")))),
		limit(scenariosHigh, widgets.Inset(0, look.Step1, w.scenarios.Object())),
		widgets.Inset(look.Step2, 0, widget.NewSeparator()),
		container.NewBorder(nil, nil, nil, addPlace, widgets.Inset(look.Step1, look.Step3, widgets.NewHeading(p.T("ui.places.title")))))
	body := container.NewBorder(upper, nil, nil, nil, widgets.Inset(look.Step1, look.Step2, w.places.Object()))
	return widgets.Frame(nil, nil, nil, widget.NewSeparator(), widgets.MinWidth(leftWidth, body))
}

// limit lets o be as high as it needs, up to a height; what does not fit scrolls.
func limit(height float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&limitLayout{height}, container.NewVScroll(o))
}

type limitLayout struct{ height float32 }

func (l *limitLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
}

func (l *limitLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	content := objects[0].(*container.Scroll).Content.MinSize()
	return fyne.NewSize(content.Width, min(content.Height, l.height))
}

// showPanels shows the side panels that the user wants.
func (w *Window) showPanels() {
	for o, on := range map[fyne.CanvasObject]bool{w.left: w.prefs.left(), w.right: w.prefs.right() || w.tool.panel() != nil} {
		if on && !w.writes {
			o.Show()
		} else {
			o.Hide()
		}
	}
}
