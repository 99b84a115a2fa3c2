package ui

import (
	"context"

	"fyne.io/fyne/v2/theme"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/siting"
	"nabar/internal/i18n"
	"nabar/model"
)

const (
	frontSteps = 8 // points of the curve between mean and worst-off
)

// askSiting asks where the next place does most good, and shows the best choices.
func (w *Window) askSiting() {
	base := w.state.choice.query()
	c := siting.Config{
		Window: w.win, Printer: w.printer, Theme: w.theme(), Base: base, Service: w.typeName(base.Service),
		Writable: !w.state.readOnly, Find: w.findSites, Try: w.trySites, Open: w.openSites, Mark: w.markSites, Chart: w.siteChart,
	}
	for _, l := range w.state.layers {
		if l.Role != model.RoleRoads && l.Role != model.RolePopulation && l.Role != model.RoleResult {
			c.Layers = append(c.Layers, l.Name)
		}
	}
	siting.Show(c)
}

// findSites has a query answered in the background, as a job that the status bar shows too.
func (w *Window) findSites(q siting.Query, progress func(float64), done func(*siting.Answer)) (cancel func()) {
	var out siting.Answer
	return w.forDialog(i18n.M("siting.ui.job"), progress, func(ctx context.Context, tell model.Progress) (err error) {
		if q.Spots, err = w.session.LocateSpots(ctx, q.Candidates); err != nil {
			return err
		}
		if q.Capacity, q.Room, err = w.session.LocateRoom(ctx, q.Service, q.Capacities); err != nil {
			return err
		}
		out, err = w.answerSites(ctx, q, tell)
		return err
	}, func(ok bool) {
		if ok {
			done(&out)
		} else {
			done(nil)
		}
	})
}

// trySites has a choice tried under other circumstances in the background.
func (w *Window) trySites(r *session.LocateResult, progress func(float64), done func(*session.LocateSteady)) (cancel func()) {
	var out *session.LocateSteady
	return w.forDialog(i18n.M("more.ui.try"), progress, func(ctx context.Context, tell model.Progress) (err error) {
		out, err = w.session.RobustSites(ctx, r, tell)
		return err
	}, func(ok bool) {
		if !ok {
			out = nil
		}
		done(out)
	})
}

// forDialog does work for a dialog in the background, as a job that the status bar shows too. The dialog hears how far it is and
// whether it went well, on the window's thread; a fault that is not the user's own cancelling is shown. It gives what cancels.
func (w *Window) forDialog(name i18n.Message, progress func(float64), fn func(context.Context, model.Progress) error, done func(ok bool)) (cancel func()) {
	job := w.session.Start(name, func(ctx context.Context, tell model.Progress) error {
		told := -1.0
		return fn(ctx, func(what i18n.Message, share float64) {
			tell(what, share)
			if share-told >= 0.01 {
				told = share
				w.dispatch(func() { progress(share) })
			}
		})
	})
	go func() {
		err := job.Wait()
		w.dispatch(func() {
			if err != nil && !job.Cancelled() {
				w.fail(err)
			}
			done(err == nil)
		})
	}()
	return job.Cancel
}

// answerSites answers a query.
func (w *Window) answerSites(ctx context.Context, q siting.Query, progress model.Progress) (siting.Answer, error) {
	if !q.Tradeoffs {
		r, err := w.session.Locate(ctx, q.LocateQuery, progress)
		if err != nil {
			return siting.Answer{}, err
		}
		return siting.Answer{Choices: []session.LocateResult{r.LocateResult}}, nil
	}
	t, err := w.session.Tradeoffs(ctx, session.TradeoffQuery{Query: q.LocateQuery, Most: q.New, Steps: frontSteps}, progress)
	if err != nil {
		return siting.Answer{}, err
	}
	out := siting.Answer{Curves: t, Choices: append([]session.LocateResult(nil), t.Front...)}
	out.Choices = append(out.Choices, t.Curves[1:]...)
	return out, nil
}

// siteChart draws the curves of an answer.
func (w *Window) siteChart(t *session.Tradeoffs, front bool) siting.Drawn {
	letters := float64(theme.CaptionTextSize())
	if front {
		return w.session.FrontChart(t, w.theme(), letters).Paint
	}
	return w.session.TradeoffChart(t, session.TradeoffMean, w.theme(), letters).Paint
}

// openSites asks for a name, keeps a choice as a scenario and shows it.
func (w *Window) openSites(r *session.LocateResult) {
	p := w.printer
	name := p.T("siting.ui.scenario", w.typeName(r.Service))
	ask.Line(w.win, p, p.T("ui.scenarios.add_title"), p.T("ui.scenarios.name"), name, p.T("ui.scenarios.add_yes"), func(name string) {
		w.edit(func(ctx context.Context) error {
			added, err := w.session.SaveLocated(ctx, r, name)
			if err == nil {
				w.dispatch(func() { w.chooseScenario(added.Name) })
			}
			return err
		})
	})
}

// markSites puts the new places of a choice on the map as a layer.
func (w *Window) markSites(r *session.LocateResult) {
	w.edit(func(ctx context.Context) error {
		_, err := w.session.KeepSites(ctx, r, "")
		return err
	})
}

// askDelivery asks what home deliveries would cost where a place closes, against support to it.
func (w *Window) askDelivery() {
	base := w.state.choice.query()
	siting.ShowDelivery(siting.DeliveryConfig{
		Window: w.win, Printer: w.printer, Service: base.Service, Name: w.typeName(base.Service),
		Select: func(id string) { w.selectFacility(id, true) },
		Find: func(q session.DeliveryQuery, done func(*session.DeliveryResult)) {
			var r *session.DeliveryResult
			w.work(i18n.M("delivery.progress"), func(ctx context.Context, progress model.Progress) (err error) {
				r, err = w.session.HomeDelivery(ctx, base, q, progress)
				return err
			}, func() { done(r) })
		},
	})
}

// askTour asks from how far away people are called at on a round from the chosen place, and puts the round on the map.
func (w *Window) askTour() {
	if !w.writable() {
		return
	}
	p := w.printer
	if w.facility(w.selected.facility) < 0 {
		w.fail(i18n.Errorf("tour.ui.choose"))
		return
	}
	base, from := w.state.choice.query(), w.selected.facility
	unit, size := "km", 1000.0
	if base.Impedance == model.Time {
		unit, size = "min", 60
	}
	ask.Line(w.win, p, p.T("tour.ui.title"), p.T("tour.ui.beyond", unit), "10", p.T("tour.ui.run"), func(text string) {
		limit, err := siting.Number(text)
		if err == nil && !(limit > 0) {
			err = i18n.Errorf("siting.ui.within_wrong")
		}
		if err != nil {
			w.fail(err)
			return
		}
		w.drawTour(base, session.TourQuery{From: from, Beyond: limit * size})
	})
}

// drawTour plans a round and keeps it as a layer.
func (w *Window) drawTour(base model.Query, q session.TourQuery) {
	w.work(i18n.M("tour.progress.search"), func(ctx context.Context, progress model.Progress) error {
		r, err := w.session.Tour(ctx, base, q, progress)
		if err != nil {
			return err
		}
		_, err = w.session.SaveTour(ctx, r, "")
		return err
	}, w.reload)
}
