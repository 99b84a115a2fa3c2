package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"github.com/paulmach/orb"

	panel "nabar/app/ui/support"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/support"
)

// The size that the window of support conditions opens with, in units.
const (
	supportWidth  = 1120
	supportHeight = 760
)

// supportWindow is the window of the conditions for support. It stands beside the map, which shows the road to the next
// place of what is chosen in it.
type supportWindow struct {
	win    fyne.Window
	panel  *panel.Panel
	rules  string // id of the set; "" for the first
	report *support.Report
	sets   []support.Set
	turn   int // counts the reports asked for, so that a slow one does not overwrite a later one
}

// showSupport opens the window of support conditions, or brings it forward.
func (w *Window) showSupport() {
	if w.support != nil {
		w.support.win.RequestFocus()
		return
	}
	s := &supportWindow{win: w.app.NewWindow(w.printer.T("support.ui.title"))}
	w.support = s
	s.panel = panel.New(w.printer, panel.Actions{
		Rules: func(id string) {
			s.rules = id
			w.loadSupport(true)
		},
		Select: w.selectSupported, Facts: w.askFacts, Limits: w.askLimits, Export: func(t model.Table) { w.askTableOver(s.win, t) },
	})
	s.win.SetContent(s.panel.Object())
	s.win.Resize(fyne.NewSize(supportWidth, supportHeight))
	s.win.SetOnClosed(func() {
		if w.support == s {
			w.support = nil
		}
	})
	s.win.Show()
	w.loadSupport(true)
}

// closeSupport takes the window of support conditions away.
func (w *Window) closeSupport() {
	if s := w.support; s != nil {
		w.support = nil
		s.win.Close()
	}
}

// loadSupport has the report shown: the kept one where it still holds, else a new one. Where it is not forced, a report that
// holds is left as it is.
func (w *Window) loadSupport(force bool) {
	s := w.support
	if s == nil || !w.session.HasProject() {
		return
	}
	s.turn++
	turn, rules := s.turn, s.rules
	var sets []support.Set
	var report *support.Report
	find := func(ctx context.Context, progress model.Progress) (err error) {
		if sets, err = w.session.SupportSets(ctx); err != nil {
			return err
		}
		set, err := w.session.SupportSet(ctx, rules)
		if err != nil {
			set = sets[0] // the chosen one is gone: undone, or removed
		}
		if report, err = w.session.StoredSupport(ctx, set.ID); err != nil || report != nil && !report.Stale {
			return err
		}
		report, err = w.session.Support(ctx, set.ID, "", progress)
		return err
	}
	show := func() {
		if w.support == s && turn == s.turn {
			s.rules, s.report, s.sets = report.Rules.ID, report, sets
			s.panel.Set(sets, report)
		}
	}
	if force {
		w.work(i18n.M("support.progress"), find, show)
		return
	}
	go func() {
		err := find(context.Background(), nil)
		w.dispatch(func() {
			if err == nil {
				show()
			}
		})
	}()
}

// selectSupported chooses a place everywhere, and has the map show the road to the next one.
func (w *Window) selectSupported(place *support.Place, next *support.Next) {
	w.roads.instead = nil
	w.selectFacility(place.ID, true)
	if next == nil {
		return
	}
	report, from, to := w.support.report, place.ID, next.ID
	go func() {
		line, err := w.session.SupportWay(context.Background(), report, from, to)
		w.dispatch(func() {
			if err == nil && line != nil && w.selected.facility == from {
				w.roads.instead = &otherRoad{from, line}
				w.showRoad(line)
			}
		})
	}()
}

// otherRoad is a road that the map shows in place of the one to the nearest place of the type.
type otherRoad struct {
	facility string // that it leads from
	line     orb.LineString
}

// askFacts asks for facts about a place, or about all where it is nil.
func (w *Window) askFacts(place *support.Place) {
	s := w.support
	if s == nil || s.report == nil || !w.writable() {
		return
	}
	id, title := support.Everyone, w.printer.T("support.ui.facts_all")
	if place != nil {
		id, title = place.ID, w.printer.T("support.ui.facts_of", place.Name)
	}
	facts, err := w.session.SupportFacts(context.Background())
	if err != nil {
		w.fail(err)
		return
	}
	panel.ShowFacts(s.win, w.printer, title, &s.report.Rules, facts[id], func(values map[string]*support.Fact) {
		w.edit(func(ctx context.Context) error { return w.session.SetSupportFacts(ctx, id, values) })
	})
}

// askLimits asks for the limits of the rules.
func (w *Window) askLimits() {
	s := w.support
	if s == nil || s.report == nil || !w.writable() {
		return
	}
	var set support.Set
	for i := range s.sets {
		if s.sets[i].ID == s.report.Rules.ID {
			set = s.sets[i]
		}
	}
	var reset func()
	if !set.BuiltIn {
		reset = func() {
			w.edit(func(ctx context.Context) error { return w.session.RemoveSupportSet(ctx, set.ID) })
		}
	}
	panel.ShowLimits(s.win, w.printer, set, func(changed support.Set) {
		s.rules = changed.ID
		w.edit(func(ctx context.Context) error { return w.session.KeepSupportSet(ctx, changed) })
	}, reset)
}
