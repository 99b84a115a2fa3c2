package ui

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/mapview"
	"nabar/mapview/render"
	"nabar/model"
)

// The size of the comparison of scenarios, in units.
const (
	contrastWidth  = 1240
	contrastHeight = 760
	contrastList   = 340
	factorLabel    = 320
	stateWidth     = 300 // of the choice of a map
)

// askContrast asks which scenarios shall be compared; the first that is ticked is what the others are compared with.
func (w *Window) askContrast() {
	if !w.state.open || w.state.missing != "" {
		return
	}
	p := w.printer
	if len(w.state.scenarios) == 0 {
		ask.Tell(w.win, p, p.T("live.contrast_title"), p.T("live.contrast_none"))
		return
	}
	options := []string{p.T("ui.scenarios.baseline")}
	for _, sc := range w.state.scenarios {
		options = append(options, sc.Name)
	}
	sheet := ask.NewSheet(w.win, p.T("live.contrast_title"))
	choice := widget.NewCheckGroup(options, nil)
	choice.SetSelected(options[:min(len(options), 3)])
	show := func() {
		var names []string
		for i, o := range options {
			switch {
			case !slices.Contains(choice.Selected, o):
			case i == 0:
				names = append(names, "")
			default:
				names = append(names, o)
			}
		}
		sheet.Hide()
		w.contrast(names)
	}
	list := container.NewVScroll(choice)
	list.SetMinSize(fyne.NewSize(contrastList, min(choice.MinSize().Height, contrastList)))
	sheet.Set(widgets.Stack(look.Step2, widgets.MinWidth(contrastList, widgets.Wrapped(p.T("live.contrast_ask"))), list), sheet.Hide,
		widget.NewButton(p.T("ui.cancel"), sheet.Hide), ask.Primary(p.T("live.contrast_yes"), show))
	sheet.Show(fyne.Size{}, nil)
}

// contrast compares scenarios, "" for the project as it is, and shows how they differ.
func (w *Window) contrast(names []string) {
	q := w.state.choice.query()
	var c *session.Contrast
	var tables []model.Table
	var scenes []*render.Scene
	w.work(i18n.M("ui.job.compare"), func(ctx context.Context, progress model.Progress) (err error) {
		if c, err = w.session.ContrastScenarios(ctx, names, q, progress); err != nil {
			return err
		}
		tables = w.session.ContrastTables(ctx, c)
		for _, r := range c.Results {
			scene, err := w.session.Scene(ctx, session.SceneChoice{Query: r.Query, Dark: w.prefs.dark()})
			if err != nil {
				return err
			}
			scenes = append(scenes, scene)
		}
		return nil
	}, func() { w.showContrast(names, c, tables, scenes) })
}

// showContrast shows scenarios beside each other: sentences, tables and maps.
func (w *Window) showContrast(names []string, c *session.Contrast, tables []model.Table, scenes []*render.Scene) {
	p := w.printer
	sheet := ask.NewSheet(w.win, p.T("live.contrast_title"))
	sentences := widgets.Stack(look.Step1)
	for i, change := range c.Changes {
		if change != nil {
			sentences.Add(widgets.Wrapped(p.T("live.say_sentence", c.Labels[i], change.Summary)))
		}
	}
	tabs := container.NewAppTabs()
	for _, t := range tables {
		short, _, _ := strings.Cut(t.Name, " – ")
		tabs.Append(container.NewTabItem(short, widgets.Inset(look.Step2, 0, w.newTable(t, nil).Object())))
	}
	maps, pair := w.contrastMaps(names, c, scenes, sheet.Hide)
	tabs.Append(container.NewTabItem(p.T("live.tab_maps"), maps))
	closeAll := func() {
		pair.Close()
		sheet.Hide()
	}
	factors := widget.NewButton(p.T("live.factors"), func() {
		closeAll()
		w.askFactors(c.Factors, func() { w.contrast(names) })
	})
	inPlan := widget.NewButton(p.T("live.in_plan"), func() {
		chosen := session.PlanScenarios{Names: names, Service: c.Results[0].Query.Service, Impedance: c.Results[0].Query.Impedance}
		w.edit(func(ctx context.Context) error { return w.session.SetPlanScenarios(ctx, chosen) })
	})
	if w.state.readOnly {
		inPlan.Disable()
		factors.Disable()
	}
	body := container.NewBorder(sentences, nil, nil, nil, tabs)
	sheet.Set(body, closeAll, factors, inPlan, ask.Primary(p.T("ui.close"), closeAll))
	sheet.Show(fyne.NewSize(contrastWidth, contrastHeight), nil)
}

// contrastMaps are two of the scenarios on linked maps, beside each other or under a swipe, and the way to the map of what
// differs.
func (w *Window) contrastMaps(names []string, c *session.Contrast, scenes []*render.Scene, leave func()) (fyne.CanvasObject, *mapview.Pair) {
	p := w.printer
	var labels []string
	for _, l := range c.Labels {
		labels = append(labels, p.Text(l))
	}
	pair := mapview.NewPair(w.dispatch)
	pair.A.SetHome(home(&w.state))
	pair.B.SetHome(home(&w.state))
	left, right := widget.NewSelect(labels, nil), widget.NewSelect(labels, nil)
	left.OnChanged = func(string) { pair.A.SetRenderer(scenes[left.SelectedIndex()]) }
	right.OnChanged = func(string) { pair.B.SetRenderer(scenes[right.SelectedIndex()]) }
	left.SetSelectedIndex(0)
	right.SetSelectedIndex(1)
	swipe := widget.NewCheck(p.T("live.swipe"), pair.SetSwipe)
	difference := widget.NewButton(p.T("live.difference"), func() {
		from, to := names[left.SelectedIndex()], names[right.SelectedIndex()]
		pair.Close()
		leave()
		now := w.choice
		now.scenario, now.from = to, origin{on: true, scenario: from, profile: now.profile, date: now.date, demand: now.demand}
		w.choose(now)
	})
	row := container.NewBorder(nil, nil, widgets.MinWidth(stateWidth, left), widgets.MinWidth(stateWidth, right), container.NewCenter(container.NewHBox(swipe, difference)))
	return container.NewBorder(widgets.Inset(look.Step2, 0, row), nil, nil, nil, pair), pair
}

// askFactors lets the user change the factors of what longer ways cost. done is told when they have been changed, or left.
func (w *Window) askFactors(f model.CostFactors, done func()) {
	if !w.writable() {
		return
	}
	p := w.printer
	sheet := ask.NewSheet(w.win, p.T("live.factors_title"))
	entries := map[string]*widgets.Entry{}
	var pairs []fyne.CanvasObject
	for _, name := range model.CostFactorNames() {
		e := widgets.NewEntry(strings.Replace(strconv.FormatFloat(*f.Factor(name), 'f', -1, 64), ".", p.T("live.decimal"), 1))
		e.OnEscape = sheet.Hide
		entries[name] = e
		label := p.T("live.factor." + name)
		if !strings.HasPrefix(name, "state_") {
			label = p.T("live.factor_own", label)
		}
		pairs = append(pairs, widget.NewLabel(label), e)
	}
	save := func() {
		values := map[string]float64{}
		for name, e := range entries {
			v, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(e.Text), ",", ".", 1), 64)
			if err != nil {
				w.fail(i18n.Errorf("live.factor_text", i18n.M("live.factor."+name), e.Text))
				return
			}
			values[name] = v
		}
		w.edit(func(ctx context.Context) error {
			err := w.session.SetCostFactors(ctx, values)
			if err == nil {
				w.dispatch(func() {
					sheet.Hide()
					done()
				})
			}
			return err
		})
	}
	body := widgets.Stack(look.Step2, widgets.MinWidth(factorLabel*2, widgets.Wrapped(p.T("live.factors_text"))), widgets.Facts(factorLabel, pairs...))
	sheet.Set(body, sheet.Hide, widget.NewButton(p.T("ui.cancel"), sheet.Hide), ask.Primary(p.T("live.factors_save"), save))
	sheet.Show(fyne.Size{}, entries["trips"])
}
