package ui

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"nabar/app/session"
	"nabar/app/ui/areas"
	"nabar/app/ui/ask"
	"nabar/app/ui/detail"
	"nabar/app/ui/files"
	"nabar/app/ui/look"
	"nabar/app/ui/table"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

// catchmentSize is that of the dialog with the catchments.
var catchmentSize = fyne.NewSize(1080, 620)

// askReach asks which service areas to draw.
func (w *Window) askReach() {
	if !w.writable() {
		return
	}
	in := areas.Input{Query: w.state.choice.query(), Facility: w.selected.facility}
	for _, t := range w.state.types {
		in.Services = append(in.Services, areas.Service{ID: t.ID, Name: w.session.TypeName(t)})
	}
	if i := w.facility(in.Facility); i >= 0 {
		in.Name, in.OfService = w.state.snapshot.Facilities[i].Name, w.state.snapshot.Facilities[i].Type
	}
	areas.Show(w.win, w.printer, in, w.drawReach)
}

// reaching is the button of a facility's card that draws its service area, by the measure that the window shows.
func (w *Window) reaching(facility int) []detail.Action {
	f := &w.state.snapshot.Facilities[facility]
	if w.state.readOnly || w.state.missing != "" || !f.OpenOn(w.state.snapshot.Params.Date) {
		return nil
	}
	return []detail.Action{{Label: w.printer.T("reach.show"), Do: func() {
		q := session.ReachQuery{Query: w.state.choice.query(), Facilities: []string{f.ID}}
		q.Service, q.Bands = f.Type, session.DefaultReachLimits(q.Impedance)
		w.drawReach(q)
	}}}
}

// drawReach draws service areas as a layer, and shows whom the places serve.
func (w *Window) drawReach(q session.ReachQuery) {
	var c *model.Catchments
	within := 0.0
	if q.Sharing == session.ReachEach || q.Sharing == "" {
		within = q.Bands[len(q.Bands)-1]
	}
	w.work(i18n.M("reach.job"), func(ctx context.Context, progress model.Progress) error {
		r, err := w.session.Reach(ctx, q, progress)
		if err != nil {
			return err
		}
		if c, err = w.session.Catchments(ctx, q.Query, []string{"sex", "age"}, within, nil); err != nil {
			return err
		}
		_, err = w.session.SaveReach(ctx, r, "")
		return err
	}, func() {
		w.reload()
		w.showCatchments(c, q.Facilities)
	})
}

// askCatchments works out whom each place of the chosen service serves, and shows it.
func (w *Window) askCatchments() {
	var c *model.Catchments
	w.work(i18n.M("reach.job_catchments"), func(ctx context.Context, progress model.Progress) (err error) {
		c, err = w.session.Catchments(ctx, w.state.choice.query(), []string{"sex", "age"}, 0, progress)
		return err
	}, func() { w.showCatchments(c, nil) })
}

// showCatchments shows whom places serve: a table to sort, copy and write to a file. A row chooses the place on the map.
func (w *Window) showCatchments(c *model.Catchments, ids []string) {
	p := w.printer
	name := p.T("reach.table.nearest", w.typeName(c.Query.Service))
	if c.Within > 0 {
		name = p.T("reach.table.overlap", w.typeName(c.Query.Service), limitText(c.Query.Impedance, c.Within))
	}
	t := table.New(p)
	t.OnSelect = func(id string) { w.selectFacility(id, true) }
	t.OnExport = func(data model.Table) {
		opt := files.Options{
			Title: p.T("reach.table.save"), Confirm: p.T("reach.table.save_yes"), Kind: p.T("reach.table.kind"),
			Dir: w.beside(), Name: name + ".xlsx", Extensions: []string{".xlsx", ".csv"},
		}
		files.Save(w.win, p, w.dispatch, opt, func(path string) {
			w.work(i18n.M("reach.job_save", filepath.Base(path)), func(context.Context, model.Progress) error {
				return w.session.WriteTable(path, data)
			}, func() {})
		})
	}
	t.Set(areas.Table(p, name, c, ids))
	t.Sort(1, true)
	notes := widgets.Stack(look.Step1)
	for _, m := range c.Remarks {
		notes.Add(widgets.Wrapped(p.Text(m)))
	}
	s := ask.NewSheet(w.win, p.T("reach.table.title"))
	s.Set(container.NewBorder(nil, notes, nil, nil, t.Object()), s.Hide, ask.Primary(p.T("ui.close"), s.Hide))
	s.Show(catchmentSize, nil)
}

// limitText is a limit with its unit.
func limitText(i model.Impedance, v float64) any {
	if i == model.Time {
		return i18n.Seconds(v)
	}
	return i18n.Metres(v)
}
