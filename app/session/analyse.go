package session

import (
	"context"
	"slices"
	"time"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
	"nabar/model/scenario"
	"nabar/model/symbology"
)

// Analyse gives the result of a query: the stored one where its inputs are as they were, else computed and stored.
func (s *Session) Analyse(ctx context.Context, q model.Query, progress model.Progress) (*model.Result, error) {
	if stored, err := s.Stored(ctx, q); err != nil || (stored != nil && !stored.Stale) {
		return stored, err
	}
	return s.Compute(ctx, q, progress)
}

// Stored is the kept result of a query, nil where there is none. It may be stale.
func (s *Session) Stored(ctx context.Context, q model.Query) (*model.Result, error) {
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	if q, err = s.settled(ctx, q); err != nil {
		return nil, err
	}
	r, found, err := p.Result(ctx, q)
	if err != nil || !found || q.Pipos && r.Params.Rules != model.PiposRules {
		return nil, err
	}
	return r, nil
}

// Compute analyses anew and stores the result, where the project can be written.
func (s *Session) Compute(ctx context.Context, q model.Query, progress model.Progress) (*model.Result, error) {
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	start := time.Now()
	ready, err := s.ready(ctx, q, progress)
	if err != nil {
		return nil, err
	}
	result, err := ready.analyse(ctx, ready.query(q))
	if err != nil {
		return nil, err
	}
	result.Timings.Total = milliseconds(time.Since(start))
	return result, s.store(ctx, p, ready, result)
}

// resultLook gives a result's layer the service's name and, in QGIS, the colours that the map here has.
func (s *Session) resultLook(snapshot *model.Snapshot, r *model.Result) project.ResultLook {
	column := "cost_m"
	if r.Query.Impedance == model.Time {
		column = "cost_s"
	}
	labels := symbology.BandLabels(s.Printer(), r.Query.Bands, r.Query.Impedance)
	look := project.ResultLook{QML: symbology.QGISStyle(column, r.Query.Bands, labels)}
	if p := snapshot.Profile; p != nil && r.Query.Profile != "" {
		look.Profile = s.Printer().Text(p.Label())
	}
	for _, t := range snapshot.Types {
		if t.ID == r.Query.Service {
			look.Service = s.TypeName(t)
		}
	}
	return look
}

// milliseconds is a duration as the command line tells it.
func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// withBands fills in the usual bands and puts the user's in order.
func withBands(q model.Query) model.Query {
	if q.Impedance == "" {
		q.Impedance = model.Distance
	}
	if scenario.IsBaseline(q.Scenario) {
		q.Scenario = ""
	}
	if len(q.Bands) == 0 {
		q.Bands = model.DefaultBands(q.Impedance)
		return q
	}
	q.Bands = slices.Compact(slices.Sorted(slices.Values(q.Bands)))
	return q
}

// knownService refuses a service type that the project does not have, and names those that it has.
func (s *Session) knownService(ctx context.Context, id string) error {
	types, err := s.ServiceTypes(ctx)
	if err != nil {
		return err
	}
	names := ""
	for i, t := range types {
		if t.ID == id {
			return nil
		}
		if i > 0 {
			names += ", "
		}
		names += t.ID
	}
	return i18n.Errorf("session.service_unknown", id, names)
}

// complete tells what a project still lacks before anything can be computed.
func complete(s *model.Snapshot) error {
	switch {
	case s.Roads.Len() == 0:
		return i18n.Errorf("session.no_roads")
	case len(s.Cells) == 0:
		return i18n.Errorf("session.no_population")
	case len(s.Facilities) == 0:
		return i18n.Errorf("session.no_services")
	}
	return nil
}

// Check looks at the network and how squares and service places join it.
func (s *Session) Check(ctx context.Context, progress model.Progress) (model.NetworkReport, error) {
	snapshot, err := s.Snapshot(ctx, nil)
	if err != nil {
		return model.NetworkReport{}, err
	}
	if snapshot.Roads.Len() == 0 {
		return model.NetworkReport{}, i18n.Errorf("session.no_roads")
	}
	prepared, err := s.prepared(ctx, progress)
	if err != nil {
		return model.NetworkReport{}, err
	}
	return prepared.Check(), nil
}

// Present are the service types that have a facility in the project, in the project's order.
func (s *Session) Present(ctx context.Context) ([]model.ServiceType, error) {
	snapshot, err := s.Snapshot(ctx, nil)
	if err != nil {
		return nil, err
	}
	has := map[string]bool{}
	for i := range snapshot.Facilities {
		if f := &snapshot.Facilities[i]; f.OpenOn(snapshot.Params.Date) {
			has[f.Type] = true
		}
	}
	var present []model.ServiceType
	for _, t := range snapshot.Types {
		if has[t.ID] {
			present = append(present, t)
		}
	}
	return present, nil
}

// AnalyseAll brings the results of every present service type up to date, by distance and by time, and gives them in
// the project's order, distance before time.
func (s *Session) AnalyseAll(ctx context.Context, progress model.Progress) ([]model.Result, error) {
	progress = orSilent(progress)
	snapshot, err := s.Snapshot(ctx, part(progress, 0, 0.2))
	if err != nil {
		return nil, err
	}
	if err := complete(snapshot); err != nil {
		return nil, err
	}
	types, err := s.Present(ctx)
	if err != nil {
		return nil, err
	}
	var out []model.Result
	for i, t := range types {
		for j, impedance := range []model.Impedance{model.Distance, model.Time} {
			at := func(k int) float64 { return 0.2 + 0.8*share(k, 2*len(types)) }
			q := model.Query{Service: t.ID, Impedance: impedance}
			r, err := s.Analyse(ctx, q, part(progress, at(2*i+j), at(2*i+j+1)))
			if err != nil {
				return nil, err
			}
			out = append(out, *r)
		}
	}
	return out, nil
}
