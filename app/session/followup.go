package session

import (
	"context"
	"math"
	"slices"
	"strconv"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/plan"
	"nabar/model/version"
)

// FollowUpOptions say what is followed up.
type FollowUpOptions struct {
	Year  int64
	Plan  string // name or number of the version that is followed up; "" for the last decided one
	Years int    // how many years the trends show, the year among them; 0 for five
}

// mostTrendYears is how many years a trend may show.
const mostTrendYears = 30

// FollowUp compares a year with the one before and with the plan as it was decided: access, what opened and closed, actions,
// goals, support and register. A year before which the project knows nothing gives no figures for that.
func (s *Session) FollowUp(ctx context.Context, o FollowUpOptions, progress model.Progress) (*version.FollowUp, error) {
	progress = orSilent(progress)
	if o.Years == 0 {
		o.Years = 5
	}
	if o.Year < 1900 || o.Year > 2200 || o.Years < 2 || o.Years > mostTrendYears {
		return nil, i18n.Errorf("followup.year_wrong", strconv.FormatInt(o.Year, 10), mostTrendYears)
	}
	against, err := s.followed(ctx, o.Plan)
	if err != nil {
		return nil, err
	}
	b, err := s.PlanBook(ctx)
	if err != nil {
		return nil, err
	}
	figures, err := s.PlanFigures(ctx, b, part(progress, 0, 0.3))
	if err != nil {
		return nil, err
	}
	f := version.NewFollowUp(b, against, o.Year, figures)
	return f, s.access(ctx, f, o.Years, part(progress, 0.3, 1))
}

// followed is the version that is followed up, nil where none is named and none has been decided.
func (s *Session) followed(ctx context.Context, name string) (*version.Version, error) {
	if name != "" {
		return s.FindVersion(ctx, name)
	}
	all, err := s.Versions(ctx)
	return lastDecided(all), err
}

// access follows how far people have to every type of service over the years.
func (s *Session) access(ctx context.Context, f *version.FollowUp, years int, progress model.Progress) error {
	types, err := s.Present(ctx)
	if err != nil {
		return err
	}
	to := int(f.Year)
	editions, err := s.Editions(ctx)
	if err != nil {
		return err
	}
	for i, t := range types {
		q := model.Query{Service: t.ID, Impedance: model.Distance}
		series, err := s.Series(ctx, q, SeriesOptions{Dates: YearDates(to-years+1, to), Editions: len(editions) > 1},
			part(progress, share(i, len(types)), share(i+1, len(types))))
		if err != nil {
			return err
		}
		f.Trends = append(f.Trends, series)
		f.Access = append(f.Access, s.accessOf(ctx, f, series))
		last := series.Points[len(series.Points)-1]
		f.Opened = slices.Concat(f.Opened, events(t.ID, last.Opened))
		f.Closed = slices.Concat(f.Closed, events(t.ID, last.Closed))
	}
	return nil
}

// accessOf sets the figures of a service beside each other.
func (s *Session) accessOf(ctx context.Context, f *version.FollowUp, series *model.Series) version.Access {
	a := version.Access{Service: series.Query.Service, Name: s.Printer().Text(s.ServiceLabel(ctx, series.Query.Service))}
	n := len(series.Points)
	a.Limit = followLimit(series.Points[n-1].All.Bands)
	a.This, a.Last = momentOf(&series.Points[n-1], a.Limit), momentOf(&series.Points[n-2], a.Limit)
	if f.Plan == nil {
		return a
	}
	if was := f.Plan.Record.Figure(a.Service, model.Distance); was != nil {
		within, _ := was.Within(a.Limit)
		a.Decided = &version.Moment{Facilities: was.Facilities, People: was.People, Unreached: was.Unreached, Mean: figureOr(was.Mean), Within: within}
	}
	return a
}

// usualLimit is what services in the countryside are often judged by, in metres.
const usualLimit = 5000

// followLimit is the limit that a follow-up tells of: five kilometres where they are a limit, else the middle one.
func followLimit(bands []model.Band) float64 {
	if i := slices.IndexFunc(bands, func(b model.Band) bool { return b.To == usualLimit }); i >= 0 || len(bands) == 0 {
		return usualLimit
	}
	return bands[len(bands)/2].To
}

// momentOf are the figures of one date; nil where nobody is counted.
func momentOf(p *model.SeriesPoint, limit float64) *version.Moment {
	if p.All.People == 0 {
		return nil
	}
	m := &version.Moment{Facilities: p.Facilities, People: p.All.People, Unreached: p.All.People - p.All.Reached, Mean: p.All.Mean}
	if p.All.Reached == 0 {
		m.Mean = math.NaN()
	}
	for _, b := range p.All.Bands {
		if b.To == limit {
			m.Within = b.People
		}
	}
	return m
}

// events are what opened or closed.
func events(service string, all []model.FacilityEvent) []version.Event {
	var out []version.Event
	for _, e := range all {
		name := e.Name
		if name == "" {
			name = e.ID
		}
		out = append(out, version.Event{Service: service, Name: name, Town: e.Town, Date: e.Date})
	}
	return out
}

// followYear is the follow-up of a year, the latest for 0, of the last decided plan.
func (s *Session) followYear(ctx context.Context, year int64, progress model.Progress) (*version.FollowUp, error) {
	if year == 0 {
		var err error
		if year, err = s.FollowUpYear(ctx); err != nil {
			return nil, err
		}
	}
	return s.FollowUp(ctx, FollowUpOptions{Year: year}, progress)
}

// FollowUpYear is the year that a follow-up is about where none is said: the last whose end the service places tell of, or
// the one of the register or the ledger if that is later.
func (s *Session) FollowUpYear(ctx context.Context) (int64, error) {
	snapshot, err := s.Snapshot(ctx, nil)
	if err != nil {
		return 0, err
	}
	b, err := s.PlanBook(ctx)
	if err != nil {
		return 0, err
	}
	year := int64(LastYear(snapshot))
	for _, y := range b.Years() {
		year = max(year, y)
	}
	for _, g := range plan.Of[*plan.Grant](b) {
		year = max(year, *g.Year)
	}
	return year, nil
}
