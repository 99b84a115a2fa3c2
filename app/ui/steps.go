package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"github.com/paulmach/orb"

	"nabar/app/ui/ask"
	"nabar/app/ui/modify"
	"nabar/app/ui/scenarios"
	"nabar/mapview"
	"nabar/model"
	"nabar/model/scenario"
)

// pickReach is how near a road a click must be to mean it, in units.
const pickReach = 10

// scenarioView is the tree of scenarios, with the steps of the one that is chosen or that can't be computed.
func (w *Window) scenarioView() scenarios.View {
	st := &w.state
	v := scenarios.View{Chosen: st.choice.scenario, Open: w.openScenario().Name, Writable: !st.readOnly}
	for _, sc := range scenarioTree(st.scenarios) {
		v.Rows = append(v.Rows, scenarios.Row{Name: sc.Name, Depth: depth(st.scenarios, sc)})
	}
	for _, step := range w.openScenario().Steps {
		v.Steps = append(v.Steps, scenarios.Step{Text: w.printer.Text(step.Describe(w.serviceTypes())), Off: step.Off})
	}
	if v.Open != v.Chosen && w.brokenFault != "" {
		v.Fault = w.brokenFault
	}
	return v
}

// serviceTypes are those of the project.
func (w *Window) serviceTypes() []model.ServiceType {
	if w.state.snapshot == nil {
		return model.DefaultServiceTypes()
	}
	return w.state.snapshot.Types
}

// openScenario is the scenario whose steps are shown.
func (w *Window) openScenario() scenario.Scenario {
	name := w.state.choice.scenario
	if name == "" && w.brokenFault != "" {
		name = w.editing
	}
	sc, _ := scenario.Find(w.state.scenarios, name)
	return sc
}

// scenarioTree orders scenarios so that each stands after the one that it builds on. Those of a circle come last.
func scenarioTree(all []scenario.Scenario) (out []scenario.Scenario) {
	var add func(parent int64)
	add = func(parent int64) {
		for _, sc := range all {
			if sc.Parent == parent && !slices.ContainsFunc(out, func(o scenario.Scenario) bool { return o.ID == sc.ID }) {
				out = append(out, sc)
				add(sc.ID)
			}
		}
	}
	add(0)
	for _, sc := range all {
		if !slices.ContainsFunc(out, func(o scenario.Scenario) bool { return o.ID == sc.ID }) {
			out = append(out, sc)
		}
	}
	return out
}

// depth is how many scenarios one builds on.
func depth(all []scenario.Scenario, sc scenario.Scenario) int {
	chain, err := scenario.Chain(all, sc)
	if err != nil {
		return 0
	}
	return len(chain) - 1
}

// scenarioActions are what the panel of scenarios can ask for.
func (w *Window) scenarioActions() scenarios.Actions {
	return scenarios.Actions{
		Choose: w.chooseScenario,
		Remove: w.askRemoveScenario,
		RemoveStep: func(step int) {
			w.changeOpen(func(ctx context.Context, name string) (scenario.Scenario, error) {
				return w.session.RemoveSteps(ctx, name, step)
			})
		},
		Switch: func(step int, on bool) {
			w.changeOpen(func(ctx context.Context, name string) (scenario.Scenario, error) {
				return w.session.SwitchSteps(ctx, name, on, step)
			})
		},
		Menu: w.scenarioItems, StepMenu: w.stepItems, AddMenu: w.kindItems,
	}
}

// changeOpen changes the scenario whose steps are shown, and shows it. Where that is refused the panel shows how it is.
func (w *Window) changeOpen(change func(ctx context.Context, name string) (scenario.Scenario, error)) {
	name := w.openScenario().Name
	w.changeNamed(func(ctx context.Context) (scenario.Scenario, error) { return change(ctx, name) })
}

// changeNamed changes a scenario and shows it.
func (w *Window) changeNamed(change func(context.Context) (scenario.Scenario, error)) {
	w.edit(func(ctx context.Context) error {
		sc, err := change(ctx)
		w.dispatch(func() {
			if err != nil {
				w.setScenarios()
				return
			}
			w.chooseScenario(sc.Name)
		})
		return err
	})
}

// askRemoveScenario removes a scenario when the user says so.
func (w *Window) askRemoveScenario(name string) {
	p := w.printer
	ask.Confirm(w.win, p, p.T("ui.scenarios.remove_title"), p.T("ui.scenarios.remove_text", name), p.T("ui.scenarios.remove_yes"), func() {
		w.edit(func(ctx context.Context) error { return w.session.RemoveScenario(ctx, name) })
	})
}

// scenarioItems are what can be done with a scenario.
func (w *Window) scenarioItems(name string) []*fyne.MenuItem {
	p := w.printer
	all := w.state.scenarios
	sc, _ := scenario.Find(all, name)
	build := fyne.NewMenuItem(p.T("mods.build_on"), nil)
	build.ChildMenu = fyne.NewMenu("")
	on := func(label, parent string, is bool) {
		item := fyne.NewMenuItem(label, func() {
			w.changeNamed(func(ctx context.Context) (scenario.Scenario, error) { return w.session.SetParent(ctx, name, parent) })
		})
		item.Checked = is
		build.ChildMenu.Items = append(build.ChildMenu.Items, item)
	}
	on(p.T("ui.scenarios.baseline"), "", sc.Parent == 0)
	merge := fyne.NewMenuItem(p.T("mods.merge_with"), nil)
	merge.ChildMenu = fyne.NewMenu("")
	for _, other := range all {
		if other.ID == sc.ID {
			continue
		}
		on(other.Name, other.Name, sc.Parent == other.ID)
		merge.ChildMenu.Items = append(merge.ChildMenu.Items, fyne.NewMenuItem(other.Name, func() { w.askMerge(name, other.Name) }))
	}
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(p.T("mods.rename"), func() {
			ask.Line(w.win, p, p.T("mods.rename_title"), p.T("ui.scenarios.name"), name, p.T("mods.rename_yes"), func(as string) {
				w.changeNamed(func(ctx context.Context) (scenario.Scenario, error) {
					return w.session.ChangeScenario(ctx, name, func(sc *scenario.Scenario) error {
						sc.Name = as
						return nil
					})
				})
			})
		}),
		fyne.NewMenuItem(p.T("mods.duplicate"), func() {
			ask.Line(w.win, p, p.T("mods.copy_title"), p.T("ui.scenarios.name"), p.T("mods.new_copy", name), p.T("mods.copy_yes"), func(as string) {
				w.changeNamed(func(ctx context.Context) (scenario.Scenario, error) { return w.session.CopyScenario(ctx, name, as) })
			})
		}),
		build,
	}
	if len(merge.ChildMenu.Items) > 0 {
		items = append(items, merge)
	}
	return append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(p.T("mods.remove"), func() { w.askRemoveScenario(name) }))
}

// askMerge makes one scenario of two, and lists where they contradict each other.
func (w *Window) askMerge(a, b string) {
	p := w.printer
	ask.Line(w.win, p, p.T("mods.merge_title"), p.T("ui.scenarios.name"), p.T("mods.merged_name", a, b), p.T("mods.merge_yes"), func(as string) {
		w.changeNamed(func(ctx context.Context) (scenario.Scenario, error) {
			sc, conflicts, err := w.session.MergeScenarios(ctx, a, b, as)
			if err == nil && len(conflicts) > 0 {
				w.dispatch(func() { w.tellConflicts(conflicts) })
			}
			return sc, err
		})
	})
}

// tellConflicts lists what contradicts.
func (w *Window) tellConflicts(conflicts []scenario.Conflict) {
	p, types := w.printer, w.serviceTypes()
	lines := []string{p.T("mods.conflicts", len(conflicts))}
	for _, c := range conflicts {
		lines = append(lines, p.T("cli.scenario_conflict", c.Second.Describe(types), c.First.Describe(types)))
	}
	ask.Tell(w.win, p, p.T("mods.conflicts_title"), strings.Join(lines, "\n"))
}

// stepItems are what can be done with a step.
func (w *Window) stepItems(i int) []*fyne.MenuItem {
	p, open := w.printer, w.openScenario()
	if i >= len(open.Steps) {
		return nil
	}
	move := func(key string, to int) *fyne.MenuItem {
		item := fyne.NewMenuItem(p.T(key), func() {
			w.changeOpen(func(ctx context.Context, name string) (scenario.Scenario, error) {
				return w.session.MoveStep(ctx, name, i, to)
			})
		})
		item.Disabled = to < 0 || to >= len(open.Steps)
		return item
	}
	m := open.Steps[i].Modification
	edit := fyne.NewMenuItem(p.T("mods.edit"), func() { w.editStep(m.Kind(), i, m) })
	edit.Disabled = m.Kind() == scenario.KindFerries
	to := fyne.NewMenuItem(p.T("mods.copy_to"), nil)
	to.ChildMenu = fyne.NewMenu("")
	for _, other := range w.state.scenarios {
		if other.ID != open.ID {
			to.ChildMenu.Items = append(to.ChildMenu.Items, fyne.NewMenuItem(other.Name, func() {
				w.edit(func(ctx context.Context) error {
					_, err := w.session.CopySteps(ctx, open.Name, other.Name, i)
					return err
				})
			}))
		}
	}
	items := []*fyne.MenuItem{edit, move("mods.up", i-1), move("mods.down", i+1)}
	if len(to.ChildMenu.Items) > 0 {
		items = append(items, to)
	}
	return append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(p.T("mods.remove_step"), func() { w.scenarioActions().RemoveStep(i) }))
}

// kindItems are the kinds of steps that can be added.
func (w *Window) kindItems() []*fyne.MenuItem {
	var out []*fyne.MenuItem
	for _, kind := range modify.Kinds() {
		if kind == scenario.KindNewRoad || kind == scenario.KindPeople { // places, roads, people
			out = append(out, fyne.NewMenuItemSeparator())
		}
		out = append(out, fyne.NewMenuItem(w.printer.T("mods.kind_"+string(kind)), func() {
			if kind == scenario.KindFerries {
				w.changeOpen(func(ctx context.Context, name string) (scenario.Scenario, error) {
					return w.session.AddSteps(ctx, name, scenario.FerriesOff{})
				})
				return
			}
			w.editStep(kind, -1, nil)
		}))
	}
	return out
}

// editStep opens the form of a step of the scenario whose steps are shown, or of a new one where i is below 0.
func (w *Window) editStep(kind scenario.Kind, i int, m scenario.Modification) *modify.Form {
	name := w.openScenario().Name
	offer := w.offer()
	offer.Save = func(m scenario.Modification, done func(error)) { w.offerSave(name, i, m, done) }
	return modify.Show(w.win, w.printer, kind, m, offer)
}

// offerSave keeps what a form made, as a new step where i is below 0, and shows the scenario.
func (w *Window) offerSave(name string, i int, m scenario.Modification, done func(error)) {
	go func() {
		var err error
		if i < 0 {
			_, err = w.session.AddSteps(context.Background(), name, m)
		} else {
			_, err = w.session.ChangeStep(context.Background(), name, i, m)
		}
		w.dispatch(func() {
			done(err)
			if err == nil {
				w.chooseScenario(name)
			}
		})
	}()
}

// offer is what forms have to choose from.
func (w *Window) offer() modify.Offer {
	st := &w.state
	o := modify.Offer{Pick: w.pickOnMap, RoadAt: w.roadAt, Reach: w.clickReach}
	for _, t := range w.serviceTypes() {
		o.Types = append(o.Types, modify.Choice{ID: t.ID, Label: w.session.TypeName(t)})
	}
	for _, g := range w.groups() {
		for _, place := range g.Places {
			o.Places = append(o.Places, modify.Choice{ID: place.ID, Label: strings.Join(compact(place.Name, g.Name, place.Town), ", ")})
		}
	}
	distinct(o.Places)
	for _, l := range st.layers {
		surface := l.Geometry == model.PolygonType || l.Geometry == model.MultiPolygonType || l.Geometry == model.AnyGeometry
		if surface && l.Role != model.RolePopulation {
			o.Areas = append(o.Areas, l.Name)
		}
		if l.Role != model.RoleLayer && l.Role != model.RoleArea || l.Geometry == model.NoGeometry {
			continue
		}
		for _, f := range l.Fields {
			if f.Type == model.Integer || f.Type == model.Real {
				o.Columns = append(o.Columns, l.Name+"."+f.Name)
			}
		}
	}
	return o
}

// compact leaves out what says nothing.
func compact(words ...string) []string {
	return slices.DeleteFunc(words, func(s string) bool { return s == "" })
}

// distinct gives those that are called the same their ids too.
func distinct(all []modify.Choice) {
	count := map[string]int{}
	for _, c := range all {
		count[c.Label]++
	}
	for i, c := range all {
		if count[c.Label] > 1 {
			all[i].Label += " (" + c.ID + ")"
		}
	}
}

// pickOnMap lets the user draw a shape on the map; the status bar says how.
func (w *Window) pickOnMap(shape mapview.Shape, done func([]orb.Point)) {
	if w.tool.name() != identifyTool && !w.trialOn() {
		w.dropTool()
	}
	hint := "mods.pick_hint"
	if shape != mapview.PointShape {
		hint = "mods.line_hint"
	}
	w.card.Hide()
	w.status.Idle(w.printer.T(hint))
	w.win.Canvas().Focus(w.view)
	w.view.Sketch(shape, func(points []orb.Point) {
		w.status.Idle("")
		done(points)
	})
}

// roadAt is the road under a point of the map.
func (w *Window) roadAt(at orb.Point) (layer string, fid int64, ok bool) {
	return scenario.RoadAt(w.state.snapshot, at, w.clickReach())
}

// clickReach is how many metres a click may be beside what it means.
func (w *Window) clickReach() float64 {
	v := w.view.View()
	return pickReach * v.Scale * v.Unit
}

// newRoads are the roads that the chosen scenario and those that it builds on have built, as they were drawn.
func (w *Window) newRoads() (out []orb.LineString) {
	sc, ok := scenario.Find(w.state.scenarios, w.state.choice.scenario)
	if !ok {
		return nil
	}
	chain, err := scenario.Chain(w.state.scenarios, sc)
	if err != nil {
		return nil
	}
	for _, s := range chain {
		for _, step := range s.Steps {
			if m, is := step.Modification.(scenario.NewRoad); is && !step.Off {
				out = append(out, m.Line)
			}
		}
	}
	return out
}
