package session

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/manuscript"
	"nabar/reports"
)

// textCache is what documents are made of, kept until an edit changes more than their text.
type textCache struct {
	lang  string
	input reports.Input
	bound map[manuscript.Binding]*reports.Bound
}

// forgetText drops what documents are made of.
func (s *Session) forgetText() {
	s.mu.Lock()
	s.texts = nil
	s.mu.Unlock()
}

// textInput gathers what a document is made of: what every plan has, and what its living things are bound to. A project that
// lacks roads, people or services has a document without their figures.
func (s *Session) textInput(ctx context.Context, m *manuscript.Manuscript, progress model.Progress) (reports.Input, error) {
	progress = orSilent(progress)
	lang := cmp.Or(m.Lang, s.Printer().Lang())
	s.mu.Lock()
	kept := s.texts
	s.mu.Unlock()
	if kept == nil || kept.lang != lang {
		in, err := s.reportInput(ctx, part(progress, 0, 0.8))
		if lacksGround(err) {
			in, err = s.plainInput(ctx)
		}
		if err != nil {
			return reports.Input{}, err
		}
		in.Printer = i18n.For(lang)
		if in.Measured, err = s.PlanFigures(ctx, in.Plan, nil); err != nil {
			return reports.Input{}, err
		}
		kept = &textCache{lang, in, map[manuscript.Binding]*reports.Bound{}}
	}
	bound, err := s.gather(ctx, m, &kept.input, kept.bound, part(progress, 0.8, 1))
	if err != nil {
		return reports.Input{}, err
	}
	kept = &textCache{lang, kept.input, bound}
	s.mu.Lock()
	s.texts = kept
	s.mu.Unlock()
	in := kept.input
	in.Bound = bound
	return in, nil
}

// lacksGround tells whether an error says that the project lacks what figures are computed from.
func lacksGround(err error) bool {
	var p *i18n.Problem
	return errors.As(err, &p) && slices.Contains([]string{"session.no_roads", "session.no_population", "session.no_services"}, p.Key)
}

// plainInput is what a document is made of without figures.
func (s *Session) plainInput(ctx context.Context) (reports.Input, error) {
	snapshot, err := s.Snapshot(ctx, nil)
	if err != nil {
		return reports.Input{}, err
	}
	layers, err := s.Layers(ctx)
	if err != nil {
		return reports.Input{}, err
	}
	decision, err := s.Decision(ctx)
	if err != nil {
		return reports.Input{}, err
	}
	in := reports.Input{
		Kommun: s.Kommun(), Decision: decision, Snapshot: snapshot, Layers: layers, Types: snapshot.Types, Printer: s.Printer(),
		Program: s.program(), Scene: func(*model.Result) *render.Scene { return nil },
	}
	if in.Plan, err = s.PlanBook(ctx); err != nil {
		return in, err
	}
	forms, err := s.SupportSet(ctx, "")
	in.Forms = &forms
	return in, err
}

// gather computes what the living things of a document are bound to beside what every plan has. known are those that have
// been gathered. What can't be told, such as a scenario that is gone, is left out: the document says so where it stands.
func (s *Session) gather(ctx context.Context, m *manuscript.Manuscript, in *reports.Input, known map[manuscript.Binding]*reports.Bound, progress model.Progress) (map[manuscript.Binding]*reports.Bound, error) {
	wanted := map[manuscript.Binding]reports.Wanted{}
	var order []manuscript.Binding
	m.EachLiving(func(_ *manuscript.Chapter, _ *manuscript.Block, l *manuscript.Living) {
		w := reports.Want(l)
		if !l.Known() || !w.Any() {
			return
		}
		all, seen := wanted[w.Binding]
		if !seen {
			order = append(order, w.Binding)
		}
		all.Binding = w.Binding
		all.Figures, all.Result = all.Figures || w.Figures, all.Result || w.Result
		all.Change, all.Series = all.Change || w.Change, all.Series || w.Series
		wanted[w.Binding] = all
	})
	out := maps.Clone(known)
	for i, key := range order {
		if err := s.bindTo(ctx, wanted[key], in, out, part(progress, share(i, len(order)), share(i+1, len(order)))); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// bindTo gathers what is wanted of one binding and is not there yet.
func (s *Session) bindTo(ctx context.Context, w reports.Wanted, in *reports.Input, out map[manuscript.Binding]*reports.Bound, progress model.Progress) error {
	b := &reports.Bound{}
	if known := out[w.Binding]; known != nil {
		*b = *known
	}
	q := model.Query{Service: w.Binding.Service, Impedance: w.Binding.Measure(), Scenario: w.Binding.Scenario, Date: w.Binding.Date}
	if q.Service == "" && len(in.Results) > 0 {
		q.Service = in.Results[0].Query.Service
	}
	if q.Service == "" {
		return ctx.Err()
	}
	if w.Binding.Limit > 0 {
		q.Bands = append(slices.Clone(model.DefaultBands(q.Impedance)), w.Binding.Limit)
	}
	if w.Figures && b.Figures == nil {
		o := FigureOptions{Of: w.Binding.Group, By: []string{"sex", "age"}}
		if layer, area, ok := strings.Cut(w.Binding.Area, "/"); ok {
			o.By, o.Within = append(o.By, layer), area
		}
		b.Figures = told(s.Figures(ctx, q, o, progress))
	}
	q.Bands = nil
	if w.Result && b.Result == nil {
		b.Result = told(s.Analyse(ctx, q, progress))
	}
	if w.Change && b.Change == nil {
		b.Change = told(s.Compare(ctx, "", w.Binding.Scenario, q, progress))
	}
	if w.Series && b.Series == nil {
		b.Series = told(s.development(ctx, w.Binding, q, in, progress))
	}
	out[w.Binding] = b
	return ctx.Err()
}

// told gives what could be told, nil where there is an error.
func told[T any](v *T, err error) *T {
	if err != nil {
		return nil
	}
	return v
}

// development are the figures at the date that a sentence tells from, the project's oldest count of the people where it says
// none, and at the date of the parameters or, where they have none, the latest that a layer of services tells of.
func (s *Session) development(ctx context.Context, b manuscript.Binding, q model.Query, in *reports.Input, progress model.Progress) (*model.Series, error) {
	until := cmp.Or(b.Date, in.Snapshot.Params.Date)
	if until == "" {
		for i := range in.Snapshot.Facilities {
			until = max(until, in.Snapshot.Facilities[i].AsOf)
		}
	}
	since := b.Since
	if since == "" {
		all, err := s.Editions(ctx)
		if err != nil {
			return nil, err
		}
		if len(all) > 1 {
			since = all[0].Date
		}
	}
	if since == "" || since >= until {
		return nil, i18n.Errorf("series.no_dates")
	}
	q.Date = ""
	return s.Series(ctx, q, SeriesOptions{Dates: []string{since, until}, Editions: b.Since == ""}, progress)
}
