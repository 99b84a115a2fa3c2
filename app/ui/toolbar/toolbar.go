// Package toolbar is the row under the menu: opening, undo and redo, the choices that decide what the whole window
// shows, and the button that writes the serviceplan.
package toolbar

import (
	"slices"

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

// Actions are what the user can ask for.
type Actions struct {
	Open, Import, Undo, Redo, Plan, Try func()
	Service                             func(id string)
	Impedance                           func(model.Impedance)
	Scenario                            func(name string) // "" for the project as it is
	Profile                             func(id string)
	Demand                              func(name string) // "" for the usual population
	Tool                                func(id string)
}

// Service is one entry of the choice of service types.
type Service struct{ ID, Name string }

// State is what the bar shows.
type State struct {
	Undo, Redo bool
	Services   []Service
	Service    string
	Impedance  model.Impedance
	Scenarios  []string
	Scenario   string // "" for the project as it is
	Profiles   []Service
	Profile    string   // id
	Demands    []string // populations beside the usual one; where there are none there is nothing to choose
	Demand     string   // "" for the usual one
	Import     bool
	Plan       bool
	Try        bool
	Trying     bool      // something is being tried out
	Tools      []Service // of the map; none where there is nothing to use them on
	Tool       string    // id of the chosen one; the first is the usual one
}

const (
	serviceWidth   = 170
	impedanceWidth = 130
	scenarioWidth  = 150
	profileWidth   = 110
	demandWidth    = 120
)

var impedances = []model.Impedance{model.Distance, model.Time}

// Bar is the toolbar.
type Bar struct {
	actions                           Actions
	state                             State
	open, load, undo, redo, plan, try *widget.Button
	tool                              *widget.Button
	service, impedance, scenario      *widget.Select
	serviceCaption, measureCaption    *widgets.Text
	scenarioCaption                   *widgets.Text
	profile, demand                   *widget.Select
	demandBox                         *fyne.Container
	room                              *roomy
	usual                             string
	baseline                          string
	object                            fyne.CanvasObject
	quiet                             bool // the program chooses, not the user
}

// New makes a toolbar with nothing to choose.
func New(p *i18n.Printer, a Actions) *Bar {
	b := &Bar{
		actions:         a,
		open:            quiet(p.T("ui.toolbar.open"), theme.FolderOpenIcon(), a.Open),
		load:            quiet(p.T("ui.toolbar.import"), theme.DownloadIcon(), a.Import),
		undo:            quiet(p.T("ui.toolbar.undo"), theme.ContentUndoIcon(), a.Undo),
		redo:            quiet(p.T("ui.toolbar.redo"), theme.ContentRedoIcon(), a.Redo),
		plan:            widget.NewButtonWithIcon(p.T("ui.toolbar.plan"), theme.DocumentPrintIcon(), a.Plan),
		try:             quiet(p.T("live.button"), theme.ViewRefreshIcon(), a.Try),
		tool:            quiet(p.T("tools.ui.tools"), icon(""), nil),
		serviceCaption:  widgets.NewCaption(p.T("ui.toolbar.service")),
		measureCaption:  widgets.NewCaption(p.T("ui.toolbar.measure")),
		scenarioCaption: widgets.NewCaption(p.T("ui.toolbar.scenario")),
		baseline:        p.T("ui.scenarios.baseline"),
		usual:           p.T("profile.demand_usual"),
	}
	b.plan.Importance = widget.HighImportance
	b.tool.OnTapped = b.offerTools
	b.service = widget.NewSelect(nil, b.choseService)
	b.service.PlaceHolder = p.T("ui.toolbar.no_service")
	var names []string
	for _, i := range impedances {
		names = append(names, p.T("impedance."+string(i)))
	}
	b.impedance = widget.NewSelect(names, b.choseImpedance)
	b.scenario = widget.NewSelect(nil, b.choseScenario)
	b.profile, b.demand = widget.NewSelect(nil, b.choseProfile), widget.NewSelect(nil, b.choseDemand)
	b.profile.PlaceHolder = p.T("profile.name_" + model.CarID)
	b.object = b.arrange()
	b.Set(State{Impedance: model.Distance})
	return b
}

// quiet is a button without a ground of its own.
func quiet(text string, icon fyne.Resource, fn func()) *widget.Button {
	b := widget.NewButtonWithIcon(text, icon, fn)
	b.Importance = widget.LowImportance
	return b
}

// arrange lays the bar out. In a narrow window the captions give way, as every choice tells what it is by its value,
// and then the words of undo, redo and the tools.
func (b *Bar) arrange() fyne.CanvasObject {
	b.demandBox = widgets.MinWidth(demandWidth, b.demand)
	service, measure, scenario := container.NewCenter(b.serviceCaption), container.NewCenter(b.measureCaption), container.NewCenter(b.scenarioCaption)
	gaps := []fyne.CanvasObject{gap(), gap()}
	extras := []fyne.CanvasObject{service, measure, scenario, gaps[0], gaps[1]}
	b.room = newRoomy(extras, b.undo, b.redo, b.tool)
	row := container.New(b.room,
		b.open, b.load, divider(), b.undo, b.redo, b.tool, divider(),
		service, widgets.MinWidth(serviceWidth, b.service), gaps[0],
		measure, widgets.MinWidth(impedanceWidth, b.impedance), widgets.MinWidth(profileWidth, b.profile), b.demandBox, gaps[1],
		scenario, widgets.MinWidth(scenarioWidth, b.scenario))
	return container.NewStack(widgets.NewGround(look.ColorNameBar),
		widgets.Inset(look.Step2, look.Step3, container.NewBorder(nil, nil, nil, widgets.Line(look.Step2, b.try, b.plan), row)))
}

// gap is room between two choices.
func gap() fyne.CanvasObject { return widgets.MinWidth(look.Step2, layout.NewSpacer()) }

// divider is a thin line between groups of buttons.
func divider() fyne.CanvasObject {
	return widgets.Inset(look.Step1, look.Step2, widget.NewSeparator())
}

// Object is the bar for the window's layout.
func (b *Bar) Object() fyne.CanvasObject { return b.object }

// Set shows what can be done and chosen now. The callbacks are not told.
func (b *Bar) Set(s State) {
	b.quiet = true
	defer func() { b.quiet = false }()
	b.state = s
	enable(b.undo, s.Undo)
	enable(b.redo, s.Redo)
	enable(b.plan, s.Plan)
	enable(b.load, s.Import)
	enable(b.try, s.Try)
	b.showTrying(s.Trying)
	b.showTool()
	var names []string
	chosen := -1
	for i, t := range s.Services {
		names = append(names, t.Name)
		if t.ID == s.Service {
			chosen = i
		}
	}
	b.service.SetOptions(names)
	if chosen >= 0 {
		b.service.SetSelectedIndex(chosen)
	} else {
		b.service.ClearSelected()
	}
	b.setScenarios(s)
	b.setWays(s)
	enable(b.service, len(names) > 0)
	enable(b.impedance, len(names) > 0)
	for i, m := range impedances {
		if m == s.Impedance {
			b.impedance.SetSelectedIndex(i)
		}
	}
}

// showTrying shows whether something is being tried out.
func (b *Bar) showTrying(on bool) {
	wanted := widget.LowImportance
	if on {
		wanted = widget.WarningImportance
	}
	if b.try.Importance != wanted {
		b.try.Importance = wanted
		b.try.Refresh()
	}
}

// setScenarios shows the project as it is and its scenarios.
func (b *Bar) setScenarios(s State) {
	b.scenario.SetOptions(append([]string{b.baseline}, s.Scenarios...))
	b.scenario.SetSelectedIndex(slices.Index(s.Scenarios, s.Scenario) + 1)
	enable(b.scenario, len(s.Scenarios) > 0)
}

// setWays shows the ways of travelling, and the populations where there are several.
func (b *Bar) setWays(s State) {
	var names []string
	for _, p := range s.Profiles {
		names = append(names, p.Name)
	}
	b.profile.SetOptions(names)
	if i := slices.IndexFunc(s.Profiles, func(p Service) bool { return p.ID == s.Profile }); i >= 0 {
		b.profile.SetSelectedIndex(i)
	} else {
		b.profile.ClearSelected()
	}
	enable(b.profile, len(names) > 0)
	b.demand.SetOptions(append([]string{b.usual}, s.Demands...))
	b.demand.SetSelectedIndex(slices.Index(s.Demands, s.Demand) + 1)
	if several := len(s.Demands) > 0; several != b.demandBox.Visible() {
		widgets.Show(b.demandBox, several)
		b.object.Refresh() // the others make room
	}
}

// enable lets a widget be used or not.
func enable(w fyne.Disableable, on bool) {
	if on {
		w.Enable()
	} else {
		w.Disable()
	}
}

func (b *Bar) choseService(string) {
	if i := b.service.SelectedIndex(); !b.quiet && i >= 0 && i < len(b.state.Services) {
		b.actions.Service(b.state.Services[i].ID)
	}
}

func (b *Bar) choseScenario(string) {
	switch i := b.scenario.SelectedIndex(); {
	case b.quiet || i < 0 || i > len(b.state.Scenarios):
	case i == 0:
		b.actions.Scenario("")
	default:
		b.actions.Scenario(b.state.Scenarios[i-1])
	}
}

func (b *Bar) choseProfile(string) {
	if i := b.profile.SelectedIndex(); !b.quiet && i >= 0 && i < len(b.state.Profiles) {
		b.actions.Profile(b.state.Profiles[i].ID)
	}
}

func (b *Bar) choseDemand(string) {
	switch i := b.demand.SelectedIndex(); {
	case b.quiet || i < 0 || i > len(b.state.Demands):
	case i == 0:
		b.actions.Demand("")
	default:
		b.actions.Demand(b.state.Demands[i-1])
	}
}

func (b *Bar) choseImpedance(string) {
	if i := b.impedance.SelectedIndex(); !b.quiet && i >= 0 {
		b.actions.Impedance(impedances[i])
	}
}
