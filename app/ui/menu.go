package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"nabar/internal/i18n"
	"nabar/model"
)

// setMenu shows the menu as it is now: entries that can't be used are dim, undo and redo name their step.
func (w *Window) setMenu() {
	if w.stage != nil {
		return
	}
	w.win.SetMainMenu(fyne.NewMainMenu(
		w.textKeys(w.fileMenu()), w.textKeys(w.editMenu()), w.viewMenu(), w.textKeys(w.mapMenu()), w.textKeys(w.analysisMenu()), w.textKeys(w.scenarioMenu()),
		w.planMenu(), w.helpMenu()))
}

// item makes an entry that is dim where it can't be used.
func (w *Window) item(key string, can bool, fn func()) *fyne.MenuItem {
	m := fyne.NewMenuItem(w.printer.T(key), fn)
	m.Disabled = !can
	return m
}

// keyed gives an entry a key together with Ctrl (⌘ on macOS).
func keyed(m *fyne.MenuItem, key fyne.KeyName, more fyne.KeyModifier) *fyne.MenuItem {
	m.Shortcut = &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault | more}
	return m
}

// ticked gives an entry a tick where it is on.
func ticked(m *fyne.MenuItem, on bool) *fyne.MenuItem {
	m.Checked = on
	return m
}

func (w *Window) fileMenu() *fyne.Menu {
	st := &w.state
	return fyne.NewMenu(w.printer.T("ui.menu.file"),
		keyed(w.item("ui.menu.new", true, w.askNew), fyne.KeyN, 0),
		keyed(w.item("ui.menu.open", true, w.askOpen), fyne.KeyO, 0),
		w.item("ui.menu.demo", true, w.openDemo),
		fyne.NewMenuItemSeparator(),
		keyed(w.item("ui.menu.import", st.open && !st.readOnly, w.askImport), fyne.KeyI, 0),
		fyne.NewMenuItemSeparator(),
		w.item("ui.menu.backup", st.open, w.askBackup),
		w.item("ui.menu.map_image", st.open, w.askMapImage),
		fyne.NewMenuItemSeparator(),
		quit(w.item("ui.menu.quit", true, w.close)))
}

// quit marks the entry that ends the program, so that Fyne adds none of its own.
func quit(m *fyne.MenuItem) *fyne.MenuItem {
	m.IsQuit = true
	return m
}

func (w *Window) editMenu() *fyne.Menu {
	st := &w.state
	undo := w.step("ui.menu.undo", "ui.menu.undo_step", st.undo, st.canUndo && !st.readOnly, w.undo)
	undo.Shortcut = &fyne.ShortcutUndo{}
	redo := w.step("ui.menu.redo", "ui.menu.redo_step", st.redo, st.canRedo && !st.readOnly, w.redo)
	redo.Shortcut = &fyne.ShortcutRedo{}
	return fyne.NewMenu(w.printer.T("ui.menu.edit"), append([]*fyne.MenuItem{undo, redo}, w.spotItems()...)...)
}

// step is the entry of undo or redo, which names the step that it is about.
func (w *Window) step(plain, named string, step i18n.Message, can bool, fn func()) *fyne.MenuItem {
	m := w.item(plain, can, fn)
	if can {
		m.Label = w.printer.T(named, step)
	}
	return m
}

func (w *Window) viewMenu() *fyne.Menu {
	language := w.item("ui.menu.language", true, nil)
	language.ChildMenu = fyne.NewMenu("",
		ticked(fyne.NewMenuItem("Svenska", func() { w.setLanguage(i18n.Swedish) }), w.printer.Lang() == i18n.Swedish),
		ticked(fyne.NewMenuItem("English", func() { w.setLanguage(i18n.English) }), w.printer.Lang() == i18n.English))
	return fyne.NewMenu(w.printer.T("ui.menu.view"),
		ticked(w.item("ui.menu.left", true, w.toggleLeft), w.prefs.left()),
		ticked(w.item("ui.menu.right", true, w.toggleRight), w.prefs.right()),
		ticked(w.item("ui.menu.legend", true, w.toggleLegend), w.prefs.legend()),
		fyne.NewMenuItemSeparator(),
		ticked(w.item("ui.menu.dark", true, w.toggleDark), w.prefs.dark()),
		language,
		fyne.NewMenuItemSeparator(),
		ticked(w.item("ui.menu.full", true, w.toggleFull), w.win.FullScreen()))
}

func (w *Window) mapMenu() *fyne.Menu {
	open := w.state.open
	return fyne.NewMenu(w.printer.T("ui.menu.map"),
		keyed(w.item("ui.menu.zoom_in", open, w.view.ZoomIn), fyne.KeyPlus, 0),
		keyed(w.item("ui.menu.zoom_out", open, w.view.ZoomOut), fyne.KeyMinus, 0),
		keyed(w.item("ui.menu.home", open, w.view.Home), fyne.Key0, 0),
		w.item("views.menu.selection", open && (w.selected.facility != "" || w.selected.cell != "" || w.selected.rows != nil), w.zoomSelection),
		w.item("views.menu.result", open && w.state.missing == "", w.zoomResult),
		fyne.NewMenuItemSeparator(),
		alt(w.item("views.menu.back", open, w.view.Back), fyne.KeyLeft),
		alt(w.item("views.menu.forward", open, w.view.Forward), fyne.KeyRight),
		keyed(w.item("views.menu.save", open && !w.state.readOnly, w.askSaveView), fyne.KeyB, 0),
		w.viewsMenu("views.menu.show", open, w.showView),
		w.item("base.views.menu", open, w.arrangeViews),
		fyne.NewMenuItemSeparator(),
		w.toolsMenu(),
		fyne.NewMenuItemSeparator(),
		keyed(w.item("views.menu.present", open, w.present), fyne.KeyF5, 0),
		keyed(w.item("sheet.ui.menu", open, w.askPrint), fyne.KeyP, fyne.KeyModifierShift))
}

func (w *Window) analysisMenu() *fyne.Menu {
	st := &w.state
	service := w.item("ui.menu.service", len(st.types) > 0, nil)
	service.ChildMenu = fyne.NewMenu("")
	for _, t := range st.types {
		m := fyne.NewMenuItem(w.session.TypeName(t), func() { w.chooseService(t.ID) })
		service.ChildMenu.Items = append(service.ChildMenu.Items, ticked(m, t.ID == w.choice.service))
	}
	measure := w.item("ui.menu.measure", len(st.types) > 0, nil)
	measure.ChildMenu = fyne.NewMenu("")
	for _, i := range []model.Impedance{model.Distance, model.Time} {
		m := w.item("impedance."+string(i), true, func() { w.chooseImpedance(i) })
		measure.ChildMenu.Items = append(measure.ChildMenu.Items, ticked(m, i == w.choice.impedance))
	}
	can := st.open && st.missing == ""
	sites := w.item("ui.menu.sites", can, nil)
	sites.ChildMenu = fyne.NewMenu("",
		w.item("siting.ui.menu", can, w.askSiting),
		w.item("delivery.ui.menu", can, w.askDelivery),
		w.item("tour.ui.menu", can && !st.readOnly, w.askTour))
	return fyne.NewMenu(w.printer.T("ui.menu.analysis"), service, measure,
		w.item("profile.menu_ways", st.open, w.askProfiles),
		w.item("profile.menu_season", st.open, w.askSeason),
		w.item("ui.menu.compute", can, w.compute),
		fyne.NewMenuItemSeparator(),
		w.item("ui.menu.losses", can, w.showLosses),
		w.item("series.menu_all_losses", can, w.showAllLosses),
		fyne.NewMenuItemSeparator(),
		w.item("reach.menu", can && !st.readOnly, w.askReach),
		w.item("reach.menu_catchments", can, w.askCatchments),
		w.item("supply.ui.menu", can, w.askSupply),
		sites,
		fyne.NewMenuItemSeparator(),
		w.item("series.menu_development", can, w.showDevelopment),
		w.item("series.menu_change", can, w.askChange),
		w.item("live.menu_contrast", can, w.askContrast),
		fyne.NewMenuItemSeparator(),
		w.item("support.ui.menu", st.open, w.showSupport),
		w.item("ui.menu.check", st.open, w.check),
		fyne.NewMenuItemSeparator(),
		w.piposMenu(),
		ticked(w.item("pipos.menu.rules", st.open && !st.readOnly, w.togglePipos), st.rules != 0))
}

func (w *Window) scenarioMenu() *fyne.Menu {
	st := &w.state
	menu := fyne.NewMenu(w.printer.T("ui.menu.scenario"),
		w.item("ui.menu.scenario_new", st.open && !st.readOnly, func() { w.askScenario("") }),
		w.trialItem(),
		w.crisisMenu(),
		fyne.NewMenuItemSeparator(),
		ticked(w.item("ui.scenarios.baseline", st.open, func() { w.chooseScenario("") }), st.choice.scenario == ""))
	for _, sc := range st.scenarios {
		m := fyne.NewMenuItem(sc.Name, func() { w.chooseScenario(sc.Name) })
		menu.Items = append(menu.Items, ticked(m, sc.Name == st.choice.scenario))
	}
	return menu
}

func (w *Window) planMenu() *fyne.Menu {
	st := &w.state
	return fyne.NewMenu(w.printer.T("ui.menu.plan"),
		keyed(w.item("write.menu", st.open, w.toggleWriting), fyne.KeyE, 0),
		w.item("ui.menu.details", st.open, w.askDetails),
		w.item("action.ui.menu", st.open, func() { w.showPlanning(actionPlanning) }),
		w.item("ledger.ui.menu", st.open, func() { w.showPlanning(ledgerPlanning) }),
		w.item("facts.ui.menu", st.open, func() { w.showPlanning(factsPlanning) }),
		w.item("bank.ui.menu", st.open, func() { w.showPlanning(bankPlanning) }),
		w.item("consult.ui.menu", st.open, func() { w.showPlanning(consultPlanning) }),
		fyne.NewMenuItemSeparator(),
		w.item("version.ui.check_menu", st.open && st.missing == "", w.showCompleteness),
		w.item("version.ui.menu", st.open, w.showVersions),
		w.item("followup.ui.menu", st.open && st.missing == "", w.askFollowUp),
		w.item("followup.ui.next", st.open && !st.readOnly, w.askNextPlan),
		fyne.NewMenuItemSeparator(),
		keyed(w.item("ui.menu.write_plan", st.open && st.missing == "", w.askPlan), fyne.KeyP, 0),
		w.item("ui.menu.write_web", st.open && st.missing == "", w.askWebPlan))
}

func (w *Window) helpMenu() *fyne.Menu {
	return fyne.NewMenu(w.printer.T("ui.menu.help"),
		w.item("ui.menu.keys", true, w.showKeys),
		w.item("ui.menu.warnings", w.state.notice != "", w.showWarnings),
		w.item("ui.menu.about", true, w.showAbout))
}
