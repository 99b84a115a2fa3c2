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
	asked map[manuscript.Binding]reports.Wanted // what has been gathered, or could not be
	shown map[livingKey]*manuscript.Shown       // what living things show of it, nil for nothing
}

// livingKey tells living things apart by what they show.
type livingKey struct {
	kind    manuscript.LivingKind
	what    string
	binding manuscript.Binding
}

// shownNow is what living things show of an input, in their order. What has been asked before is not made again, so that a page can
// follow the writer.
func (s *Session) shownNow(in reports.Input, all []*manuscript.Living) []*manuscript.Shown {
	s.mu.Lock()
	kept := s.texts
	s.mu.Unlock()
	known := map[livingKey]*manuscript.Shown{}
	if kept != nil && kept.input.Snapshot == in.Snapshot && kept.lang == in.Printer.Lang() {
		known = kept.shown
	}
	var missing []*manuscript.Living
	for _, l := range all {
		if _, made := known[keyOf(l)]; !made && l.Known() {
			missing = append(missing, l)
		}
	}
	if len(missing) > 0 {
		more := map[livingKey]*manuscript.Shown{}
		maps.Copy(more, known)
		known = more
		for i, shown := range reports.Living(in, missing) {
			known[keyOf(missing[i])] = shown
		}
		s.mu.Lock()
		if s.texts != nil && s.texts == kept {
			s.texts = &textCache{kept.lang, kept.input, kept.bound, kept.asked, known}
		}
		s.mu.Unlock()
	}
	out := make([]*manuscript.Shown, len(all))
	for i, l := range all {
		if l.Known() {
			out[i] = known[keyOf(l)]
		}
	}
	return out
}

// keyOf tells what a living thing shows.
func keyOf(l *manuscript.Living) livingKey { return livingKey{l.Kind, l.What, l.Binding} }

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
		kept = &textCache{lang: lang, input: in}
	}
	kept, err := s.gather(ctx, m, kept, part(progress, 0.8, 1))
	if err != nil {
		return reports.Input{}, err
	}
	s.mu.Lock()
	s.texts = kept
	s.mu.Unlock()
	in := kept.input
	in.Bound = kept.bound
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

// gather computes what the living things of a document are bound to beside what every plan has. What can't be told, such as a
// scenario that is gone, is left out: the document says so where it stands.
func (s *Session) gather(ctx context.Context, m *manuscript.Manuscript, kept *textCache, progress model.Progress) (*textCache, error) {
	wanted := map[manuscript.Binding]reports.Wanted{}
	var order []manuscript.Binding
	m.EachLiving(func(_ *manuscript.Chapter, _ *manuscript.Block, l *manuscript.Living) {
		w := reports.Want(l)
		if !l.Known() || !w.Any() {
			return
		}
		had := kept.asked[w.Binding]
		if seen, more := wanted[w.Binding]; more {
			had = seen
		}
		if all := had.And(w); all != kept.asked[w.Binding] {
			if _, seen := wanted[w.Binding]; !seen {
				order = append(order, w.Binding)
			}
			wanted[w.Binding] = all
		}
	})
	if len(order) == 0 {
		return kept, nil
	}
	out := &textCache{kept.lang, kept.input, maps.Clone(kept.bound), maps.Clone(kept.asked), map[livingKey]*manuscript.Shown{}}
	if out.bound == nil {
		out.bound, out.asked = map[manuscript.Binding]*reports.Bound{}, map[manuscript.Binding]reports.Wanted{}
	}
	for key, shown := range kept.shown {
		if shown != nil { // what showed nothing may show something now
			out.shown[key] = shown
		}
	}
	for i, key := range order {
		if err := s.bindTo(ctx, wanted[key], &kept.input, out.bound, part(progress, share(i, len(order)), share(i+1, len(order)))); err != nil {
			return nil, err
		}
		out.asked[key] = wanted[key]
	}
	return out, nil
}

// bindTo gathers what is wanted of one binding and is not there yet.
func (s *Session) bindTo(ctx context.Context, w reports.Wanted, in *reports.Input, out map[manuscript.Binding]*reports.Bound, progress model.Progress) error {
	b := &reports.Bound{}
	if known := out[w.Binding]; known != nil {
		*b = *known
	}
	if w.Year && b.Year == nil {
		b.Year = told(s.followYear(ctx, w.Binding.Year, progress))
		out[w.Binding] = b
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
