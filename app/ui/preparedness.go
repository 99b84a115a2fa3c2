package ui

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/detail"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

// riskRows is how many roads the table of the worst ones shows; the layer has them all.
const riskRows = 500

// showRoadRisks closes every road, one at a time, keeps those that make anything worse as a layer, which the map then
// shows, and sets the worst out in a table. A row shows its road on the map.
func (w *Window) showRoadRisks() {
	if !w.writable() || w.state.missing != "" {
		return
	}
	q := w.state.choice.query()
	var r *model.RoadRisks
	var data model.Table
	w.work(i18n.M("prep.job_roads"), func(ctx context.Context, progress model.Progress) (err error) {
		if r, err = w.session.RoadRisks(ctx, q, nil, 0, progress); err != nil {
			return err
		}
		if _, err = w.session.SaveRoadRisks(ctx, q, r, ""); err != nil {
			return err
		}
		data, err = w.session.RoadRisksTable(ctx, q, r, riskRows)
		return err
	}, func() {
		w.reload()
		var sheet *ask.Sheet
		t := w.newTable(data, func(row string) {
			sheet.Hide()
			w.showRiskyRoad(r, row)
		})
		sheet = w.showTables(data.Name, t.Object())
	})
}

// crisisMenu is the entry with what a kommun prepares for.
func (w *Window) crisisMenu() *fyne.MenuItem {
	menu := w.item("prep.menu", w.state.open && w.state.missing == "", nil)
	menu.ChildMenu = fyne.NewMenu("")
	for _, kind := range []session.CrisisKind{session.PowerCut, session.FerriesStop} {
		menu.ChildMenu.Items = append(menu.ChildMenu.Items, w.item("prep.crisis."+string(kind), true, func() {
			w.askCrisis(session.CrisisQuery{Kind: kind})
		}))
	}
	menu.ChildMenu.Items = append(menu.ChildMenu.Items,
		w.item("more.crisis.menu_ferry", true, w.askFerryStop), w.item("more.crisis.menu_road", true, w.askRoadCut))
	menu.ChildMenu.Items = append(menu.ChildMenu.Items, w.item("prep.menu_roads", !w.state.readOnly, w.showRoadRisks))
	return menu
}

// askCrisis computes what a crisis takes from people and shows it: a sentence, a table, and a button that makes a
// scenario of it, of which the map then shows the difference.
func (w *Window) askCrisis(q session.CrisisQuery) {
	q.Query = w.state.choice.query()
	var r *session.Crisis
	var data, squares model.Table
	w.work(i18n.M("prep.job_crisis"), func(ctx context.Context, progress model.Progress) (err error) {
		if r, err = w.session.Crisis(ctx, q, progress); err == nil {
			data, squares = w.session.CrisisTable(ctx, r), w.session.CrisisSquaresTable(ctx, r)
		}
		return err
	}, func() { w.showCrisis(r, data, squares) })
}

// askFerryStop asks which ferry does not run, and shows what that takes from people.
func (w *Window) askFerryStop() {
	p := w.printer
	ferries, err := w.session.Ferries(context.Background())
	if err == nil && len(ferries) == 0 {
		err = i18n.Errorf("more.crisis.no_ferries")
	}
	if err != nil {
		w.fail(err)
		return
	}
	data := model.Table{Name: p.T("more.crisis.which_ferry"), Columns: []model.TableColumn{{Head: p.T("more.crisis.ferry")}}}
	for i, f := range ferries {
		data.Rows = append(data.Rows, model.TableRow{ID: strconv.Itoa(i), Cells: []model.TableCell{model.Words(p.Text(f.Name))}})
	}
	var sheet *ask.Sheet
	t := w.newTable(data, func(row string) {
		if i, err := strconv.Atoi(row); err == nil {
			sheet.Hide()
			w.askCrisis(session.CrisisQuery{Kind: session.FerryStop, Layer: ferries[i].Layer, FID: ferries[i].FID})
		}
	})
	sheet = w.showTables(data.Name, t.Object())
}

// askRoadCut lists the roads that take most from people when they are cut, and shows what the chosen one takes.
func (w *Window) askRoadCut() {
	q := w.state.choice.query()
	var r *model.RoadRisks
	var data model.Table
	w.work(i18n.M("prep.job_roads"), func(ctx context.Context, progress model.Progress) (err error) {
		if r, err = w.session.RoadRisks(ctx, q, nil, 0, progress); err == nil {
			data, err = w.session.RoadRisksTable(ctx, q, r, riskRows)
		}
		return err
	}, func() {
		var sheet *ask.Sheet
		t := w.newTable(data, func(row string) {
			if one := riskOf(r, row); one != nil {
				sheet.Hide()
				w.view.Centre(one.At)
				w.askCrisis(session.CrisisQuery{Kind: session.RoadCut, Layer: one.Layer, FID: one.FID})
			}
		})
		body := container.NewBorder(widgets.Wrapped(w.printer.T("more.crisis.which_road")), nil, nil, nil, t.Object())
		sheet = w.showTables(w.printer.T("more.crisis.menu_road"), body)
	})
}

// showCrisis shows the answer.
func (w *Window) showCrisis(r *session.Crisis, data, squares model.Table) {
	said := widgets.Stack(look.Step2, widgets.Wrapped(w.printer.Text(r.Summary)))
	for _, m := range r.Remarks {
		said.Add(widgets.Wrapped(w.printer.Text(m)))
	}
	var sheet *ask.Sheet
	save := widget.NewButton(w.printer.T("prep.save_crisis"), func() {
		sheet.Hide()
		w.saveCrisis(r)
	})
	if w.state.readOnly || len(r.Steps) == 0 {
		save.Disable()
	}
	onMap := widget.NewButton(w.printer.T("more.crisis.on_map"), func() {
		sheet.Hide()
		w.mapCrisis(r)
	})
	if w.state.readOnly || len(r.Squares) == 0 {
		onMap.Disable()
	}
	said.Add(container.NewHBox(save, onMap))
	list := w.newTable(squares, func(id string) {
		sheet.Hide()
		w.showSquare(id)
	})
	tabs := container.NewAppTabs(
		container.NewTabItem(w.printer.T("more.crisis.tab_groups"), widgets.Inset(look.Step2, 0, w.newTable(data, nil).Object())),
		container.NewTabItem(w.printer.T("more.crisis.tab_squares", len(r.Squares)), widgets.Inset(look.Step2, 0, list.Object())),
	)
	sheet = w.showTables(data.Name, container.NewBorder(said, nil, nil, nil, tabs))
}

// mapCrisis keeps the squares that lose something as a layer, which the map then shows.
func (w *Window) mapCrisis(r *session.Crisis) {
	w.work(i18n.M("more.crisis.on_map"), func(ctx context.Context, _ model.Progress) error {
		_, err := w.session.SaveCrisisSquares(ctx, r, "")
		return err
	}, w.reload)
}

// showSquare brings a square to the middle of the map.
func (w *Window) showSquare(id string) {
	cells := w.state.snapshot.Cells
	if i := slices.IndexFunc(cells, func(c model.Cell) bool { return c.ID == id }); i >= 0 {
		w.view.Centre(cells[i].Centre)
	}
}

// saveCrisis makes a scenario of a crisis and chooses it.
func (w *Window) saveCrisis(r *session.Crisis) {
	name := ""
	w.work(i18n.M("prep.save_crisis"), func(ctx context.Context, _ model.Progress) error {
		sc, err := w.session.SaveCrisis(ctx, r, "")
		name = sc.Name
		return err
	}, func() {
		w.reload()
		w.chooseScenario(name)
	})
}

// reserve is the button of a place's card that says whether it has reserve power, and makes it the next thing: yes, no, unknown.
func (w *Window) reserve(facility int) []detail.Action {
	f := &w.state.snapshot.Facilities[facility]
	known, err := w.session.ReservePower(context.Background(), w.state.snapshot)
	is, open := known[f.ID]
	if err != nil || w.state.readOnly || !open {
		return nil
	}
	next := map[model.Known]model.Known{model.Untold: model.Yes, model.Yes: model.No, model.No: model.Untold}[is]
	return []detail.Action{{Label: w.printer.T("prep.ui_reserve", session.ReserveWord(is)), Do: func() {
		w.edit(func(ctx context.Context) error {
			return w.session.SetReservePower(ctx, map[string]model.Known{f.ID: next})
		})
	}}}
}

// showRiskyRoad brings the road of a row to the middle of the map.
func (w *Window) showRiskyRoad(r *model.RoadRisks, row string) {
	if one := riskOf(r, row); one != nil {
		w.view.Centre(one.At)
	}
}

// riskOf finds the road of a row, nil for none.
func riskOf(r *model.RoadRisks, row string) *model.RoadRisk {
	for i := range r.Roads {
		if one := &r.Roads[i]; session.RoadName(one.Layer, one.FID) == row {
			return one
		}
	}
	return nil
}
