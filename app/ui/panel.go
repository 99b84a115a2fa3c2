package ui

import (
	"context"
	"slices"
	"strings"
	"time"

	"nabar/app/session"
	"nabar/app/ui/explain"
	"nabar/app/ui/files"
	"nabar/app/ui/results"
	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/method"
)

// figures are what the panel shows beside the stored result: of whom, where they live, and the figures once they are known.
type figures struct {
	who    who
	key    figureKey  // what is asked for
	have   *figureKey // what the figures are of; nil where there are none
	data   *model.Figures
	areas  []session.AreaLayer
	fault  error        // why there are none
	focus  render.Focus // of the map; nil for all alike
	cancel context.CancelFunc
}

// who are the people that the figures are of.
type who struct {
	group string // "" for everybody
	layer string // of areas
	area  string // ID in the layer, "" for the whole kommun
}

// figureKey tells figures apart.
type figureKey struct {
	rankingKey
	who who
}

// veilAfter is how long the old figures stay as they are while new ones are on their way; what is quick does not flicker.
const veilAfter = 120 * time.Millisecond

// options asks the session for all that the panel shows.
func (f *figures) options(who who) session.FigureOptions {
	o := session.FigureOptions{By: []string{string(model.BySex), string(model.ByAge)}, Joint: true, Detail: true, Of: who.group, Within: who.area}
	if who.layer != "" {
		o.By = append(o.By, who.layer)
	} else if len(f.areas) > 0 {
		o.By = append(o.By, f.areas[0].Name)
	}
	return o
}

// figure has the figures worked out for what is chosen. What was asked for before is no longer wanted.
func (w *Window) figure() {
	st, f := &w.state, &w.figures
	key := figureKey{rankingKey{st.choice, st.snapshot}, f.who}
	if !st.open || st.missing != "" || st.result == nil || f.key == key && f.fault == nil {
		w.setResults()
		return
	}
	if f.cancel != nil {
		f.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	f.key, f.cancel, f.fault = key, cancel, nil
	w.setResults()
	veil := time.AfterFunc(veilAfter, func() { w.dispatch(func() { w.results.Stale(w.figures.pending(key)) }) })
	query := st.choice.query()
	s := w.session
	go func() {
		areas, err := s.AreaLayers(ctx)
		var data *model.Figures
		if err == nil {
			wanted := figures{areas: areas}
			data, err = s.Figures(ctx, query, wanted.options(key.who), nil)
		}
		w.dispatch(func() {
			veil.Stop()
			if w.figures.key == key && ctx.Err() == nil {
				w.figured(key, areas, data, err)
			}
			cancel()
		})
	}()
}

// pending tells whether figures are still on their way.
func (f *figures) pending(key figureKey) bool {
	return f.key == key && f.fault == nil && (f.have == nil || *f.have != key)
}

// figured shows figures that have come, in the panel and on the map at once.
func (w *Window) figured(key figureKey, areas []session.AreaLayer, data *model.Figures, err error) {
	f := &w.figures
	f.areas, f.fault = areas, err
	if err == nil {
		f.have, f.data = &key, data
	}
	f.focus = nil
	if err == nil && (key.who.group != "" || key.who.area != "") {
		f.focus = focus(data, len(w.state.snapshot.Cells))
	}
	w.setResults()
	w.showScene()
}

// focus is where on the map the chosen people live.
func focus(data *model.Figures, cells int) render.Focus {
	out := slices.Repeat(render.Focus{render.Outside}, cells)
	for _, s := range data.Squares {
		switch {
		case s.Lived:
			out[s.Cell] = render.Inside
		case s.Within:
			out[s.Cell] = render.Nobody
		}
	}
	return out
}

// attention is the focus of a map of the snapshot; it is the same for all services.
func (f *figures) attention(s *model.Snapshot) render.Focus {
	if f.have == nil || f.have.snapshot != s {
		return nil
	}
	return f.focus
}

// setResults shows the figures that are known: those that are asked for, else the ones before until they come.
func (w *Window) setResults() {
	in, f := w.describe(), &w.figures
	in.Group, in.Areas, in.Area = f.who.group, w.areaOptions(), f.who.option()
	if f.have != nil && f.have.snapshot == w.state.snapshot && f.have.choice == w.state.choice {
		in.Figures = f.data
	}
	v := results.Describe(in)
	if f.fault != nil && in.Missing == "" {
		v.Notice, v.Warn = w.printer.Error(f.fault), true
	}
	w.results.Set(v)
	w.results.Select(w.selected.facility)
}

// areaSeparator parts a layer from an area in the panel's options. No layer has it in its name.
const areaSeparator = "\x00"

// option is the area as one of the panel's options.
func (o who) option() string {
	if o.area == "" {
		return ""
	}
	return o.layer + areaSeparator + o.area
}

// areaOptions are the areas that can be chosen: for each layer all together, what lies outside, and each.
func (w *Window) areaOptions() []results.Option {
	p := w.printer
	var out []results.Option
	for _, l := range w.figures.areas {
		name := strings.ToLower(l.Name)
		out = append(out,
			results.Option{ID: l.Name + areaSeparator + "inside", Name: p.T("panel.inside", name)},
			results.Option{ID: l.Name + areaSeparator + "outside", Name: p.T("panel.outside", name)})
		one := make([]results.Option, 0, len(l.Areas))
		for _, a := range l.Areas {
			one = append(one, results.Option{ID: l.Name + areaSeparator + a.ID, Name: a.Name})
		}
		out = append(out, results.Sorted(one)...)
	}
	return out
}

// choosePeople shows the figures of other people.
func (w *Window) choosePeople(group, area string) {
	layer, id, _ := strings.Cut(area, areaSeparator)
	w.figures.who = who{group, layer, id}
	w.figure()
}

// why explains a figure.
func (w *Window) why(f results.Figure) {
	who := w.figures.who
	if f.Of != "" {
		who.group = f.Of
	}
	w.explain(model.Asked{Figure: f.ID, Limit: f.Limit}, who)
}

// whyCell explains the way from a square.
func (w *Window) whyCell(cell string) { w.explain(model.Asked{Figure: method.Cell, Cell: cell}, who{}) }

// whyLoss explains what the closing of a place would mean, of the one that means most where none is named.
func (w *Window) whyLoss(id string) {
	w.explain(model.Asked{Figure: "loss_extra", Facility: id}, who{})
}

// explain tells how a number came about.
func (w *Window) explain(asked model.Asked, of who) {
	query, options := w.state.choice.query(), w.figures.options(of)
	options.Detail, options.Joint = false, false
	var e *model.Explanation
	w.work(i18n.M("panel.job_explain"), func(ctx context.Context, progress model.Progress) (err error) {
		e, err = w.session.Explain(ctx, query, options, asked, progress)
		return err
	}, func() { explain.Show(w.win, w.printer, e, w.showCell) })
}

// showCell chooses a square and brings it into sight.
func (w *Window) showCell(id string) {
	i := w.cell(id)
	if i < 0 {
		return
	}
	w.selected = selection{cell: id}
	w.view.Centre(w.state.snapshot.Cells[i].Centre)
	w.showSelection(false)
}

// exportTable asks where a table shall be written, and writes it.
func (w *Window) exportTable(t model.Table) {
	p := w.printer
	opt := files.Options{
		Title: p.T("panel.export_title"), Confirm: p.T("panel.table.export"), Kind: p.T("panel.export_kind"),
		Dir: w.beside(), Name: t.Name + ".xlsx", Extensions: []string{".xlsx", ".csv"},
	}
	files.Save(w.win, p, w.dispatch, opt, func(path string) {
		w.work(i18n.M("panel.job_export"), func(context.Context, model.Progress) error { return w.session.WriteTable(path, t) },
			func() { w.show(path, "panel.export_done") })
	})
}
