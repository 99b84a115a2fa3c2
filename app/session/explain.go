package session

import (
	"context"
	"slices"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/method"
)

// Explain tells how a figure of a query came about, with the case's own numbers, for those whom the options choose. A
// figure about the closing of a service place is told of the one that is asked for, else of the one whose closing means most.
func (s *Session) Explain(ctx context.Context, q model.Query, o FigureOptions, a model.Asked, progress model.Progress) (*model.Explanation, error) {
	if !method.Known(a.Figure) {
		return nil, i18n.Errorf("explain.no_case", a.Figure)
	}
	if a.Figure == "joint" || a.Figure == "counts" {
		o.Joint = true
	}
	ready, err := s.ready(ctx, q, progress)
	if err != nil {
		return nil, err
	}
	var e *model.Explanation
	if method.IsLoss(a.Figure) {
		e, err = s.explainLoss(ctx, ready, q, a)
	} else {
		e, err = s.explainFigure(ctx, ready, q, o, a)
	}
	if err != nil {
		return nil, err
	}
	e.Inputs = append(e.Inputs, ready.inputs...)
	e.Basis = append(s.choices(ctx, ready.query(q)), e.Basis...)
	return e, nil
}

// explainFigure explains a figure of the analysis. The limit that is asked for is made one of the query's.
func (s *Session) explainFigure(ctx context.Context, ready engine, q model.Query, o FigureOptions, a model.Asked) (*model.Explanation, error) {
	options, _, err := s.figureOptions(ctx, ready.base, o)
	if err != nil {
		return nil, err
	}
	q = ready.query(q)
	if a.Limit > 0 && !slices.Contains(q.Bands, a.Limit) {
		q.Bands = slices.Sorted(slices.Values(append(slices.Clone(q.Bands), a.Limit)))
	}
	return ready.Explain(ctx, q, options, a)
}

// choices are those of a query's choices that differ from the usual.
func (s *Session) choices(ctx context.Context, q model.Query) []i18n.Message {
	var out []i18n.Message
	add := func(key string, value i18n.Message) {
		if s.Printer().Text(value) != "" {
			out = append(out, i18n.M("explain.basis."+key, value))
		}
	}
	add("scenario", i18n.Plain(q.Scenario))
	add("profile", s.profileLabel(ctx, q.Profile))
	add("demand", i18n.Plain(q.Demand))
	if q.Pipos {
		out = append(out, i18n.M("explain.basis.pipos"))
	}
	return out
}

// explainLoss explains what the closing of one service place means.
func (s *Session) explainLoss(ctx context.Context, ready engine, q model.Query, a model.Asked) (*model.Explanation, error) {
	r, err := ready.Rank(ctx, ready.query(q))
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(r.Facilities, func(f model.FacilityLoss) bool { return f.ID == a.Facility || a.Facility == "" })
	if i < 0 {
		return nil, i18n.Errorf("explain.no_facility", a.Facility)
	}
	f := &r.Facilities[i]
	a.Facility = f.ID
	e := &model.Explanation{Asked: a, Query: r.Query, Of: i18n.Plain(f.Name), Inputs: r.Inputs, Engine: r.Engine}
	s.loss(ctx, e, f)
	return e, nil
}

// loss writes the lines of a loss.
func (s *Session) loss(ctx context.Context, e *model.Explanation, f *model.FacilityLoss) {
	cost := func(v float64) any { return access.Cost(e.Query.Impedance, v) }
	travel := func(v float64) any { return access.Travel(e.Query.Impedance, v) }
	line := func(key string, args ...any) { e.Lines = append(e.Lines, i18n.M("explain.line."+key, args...)) }
	line("loss_people", f.PeopleNearest, f.Name)
	line("loss_without", f.LeftWithout)
	if f.LeftWithout < f.PeopleNearest {
		line("loss_extra", travel(f.Extra), cost(f.MeanExtra), cost(f.MaxExtra))
	}
	values := map[string]any{
		"loss_people": f.PeopleNearest, "loss_without": f.LeftWithout, "loss_extra": travel(f.Extra), "loss_mean": cost(f.MeanExtra), "loss_max": cost(f.MaxExtra),
	}
	for _, b := range f.NewlyBeyond {
		line("loss_beyond", b.People, cost(b.To))
		if e.Asked.Limit == b.To || values["loss_beyond"] == nil {
			values["loss_beyond"] = b.People
		}
	}
	var services i18n.Message
	for _, id := range f.ServicesLost {
		if services.IsZero() {
			services = s.ServiceLabel(ctx, id)
		} else {
			services = i18n.M("figures.list", services, s.ServiceLabel(ctx, id))
		}
	}
	if services.IsZero() {
		line("loss_no_services")
	} else {
		line("loss_services", services)
	}
	values["loss_services"] = len(f.ServicesLost)
	for _, l := range []struct {
		figure, name string
		last         bool
	}{{"loss_town", f.Town, f.LastInTown}, {"loss_kommun", f.Kommun, f.LastInKommun}} {
		key := "loss_not_last"
		switch {
		case l.name == "":
			key = "loss_unknown"
		case l.last:
			key = "loss_last"
		}
		if e.Asked.Figure == l.figure {
			line(key, l.name)
			values[l.figure] = i18n.M("explain.line."+key, l.name)
		}
	}
	e.Value = i18n.M("explain.value", values[e.Asked.Figure])
	e.Terms = []model.Term{
		{Name: "people", Value: float64(f.PeopleNearest)},
		{Name: "without", Value: float64(f.LeftWithout)},
		{Name: "extra", Value: f.Extra},
		{Name: "mean_extra", Value: f.MeanExtra},
		{Name: "max_extra", Value: f.MaxExtra},
	}
}
