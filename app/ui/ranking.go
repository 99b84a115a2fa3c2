package ui

import (
	"context"

	"nabar/app/ui/losses"
	"nabar/internal/i18n"
	"nabar/model"
)

// ranking is what the closing of each place would mean. It is worked out for what is shown, when it is to be seen.
type ranking struct {
	of   rankingKey  // what it is asked for
	have *rankingKey // what it is of; nil where there is none
	data *model.Ranking
	// robust tells whether it stands when circumstances are varied.
	robust *model.Robustness
}

// rankingKey tells rankings apart.
type rankingKey struct {
	choice   choice
	snapshot *model.Snapshot
}

// showLosses brings the ranking forward, and tries once more where it was cancelled.
func (w *Window) showLosses() {
	if !w.prefs.right() {
		w.toggleRight()
	}
	if have := w.ranking.have; len(w.jobs) == 0 && (have == nil || *have != w.ranking.of) {
		w.ranking.of = rankingKey{}
	}
	w.tabs.SelectIndex(lossesTab)
	w.rank()
}

// rank has the ranking worked out where it is in front and not of what the window shows. Each is tried once, so that
// a fault is told once.
func (w *Window) rank() {
	st := &w.state
	key := rankingKey{st.choice, st.snapshot}
	if w.tabs.SelectedIndex() != lossesTab || st.missing != "" || !st.open || w.ranking.of == key {
		return
	}
	w.ranking.of = key
	var r *model.Ranking
	var robust *model.Robustness
	w.work(i18n.M("ui.job.losses"), func(ctx context.Context, progress model.Progress) (err error) {
		if r, err = w.session.Rank(ctx, key.choice.query(), progress); err != nil {
			return err
		}
		robust, err = w.session.Robust(ctx, key.choice.query(), progress)
		return err
	}, func() {
		if w.ranking.of == key {
			w.ranking.have, w.ranking.data, w.ranking.robust = &key, r, robust
			w.setLosses()
			w.reload() // for the map
		}
	})
}

// setLosses shows the ranking, where it is of what the window shows.
func (w *Window) setLosses() {
	st := &w.state
	in := losses.Input{
		Printer: w.printer, Query: st.choice.query(), Missing: w.noFigures(), TypeName: w.typeName, Service: w.printer.T("ui.losses.title"),
	}
	if st.choice.service != "" {
		in.Service, in.Symbol = w.typeName(st.choice.service), w.symbol(st.choice.service, losses.SymbolSize)
	}
	if have := w.ranking.have; have != nil && *have == (rankingKey{st.choice, st.snapshot}) {
		in.Ranking, in.Robust = w.ranking.data, w.ranking.robust
	}
	w.losses.Set(losses.Describe(in))
	w.losses.Select(w.selected.facility)
}

// noFigures says why there can be no figures, "" where there can.
func (w *Window) noFigures() string {
	if !w.state.open {
		return w.printer.T("ui.results.no_project")
	}
	return w.state.missing
}
