package session

import (
	"context"
	"strings"

	"nabar/analysis/locate"
	"nabar/internal/i18n"
	"nabar/mapview/render/chart"
	"nabar/model"
	"nabar/model/scenario"
	"nabar/model/symbology"
)

// The question what several objectives cost in each other, and its answer; see package locate.
type (
	TradeoffQuery = locate.TradeoffQuery
	Tradeoffs     = locate.Tradeoffs
)

// Tradeoffs finds the best choices of several objectives for each number of new places, and the curve between mean and
// worst-off. It stores nothing; cancelling is as in Locate.
func (s *Session) Tradeoffs(ctx context.Context, q TradeoffQuery, progress model.Progress) (*Tradeoffs, error) {
	progress = orSilent(progress)
	if q.Impedance == "" {
		q.Impedance = model.Distance
	}
	ready, err := s.ready(ctx, model.Query{
		Service: q.Service, Impedance: q.Impedance, Scenario: q.Scenario, Profile: q.Profile, Date: q.Date, Demand: q.Demand,
	}, part(progress, 0, 0.2))
	if err != nil {
		return nil, err
	}
	return locate.Compare(ctx, ready.Prepared, q, part(progress, 0.2, 1))
}

// TradeoffMeasure is what a chart of curves shows.
type TradeoffMeasure string

// The measures of a chart.
const (
	TradeoffMean     TradeoffMeasure = "mean"
	TradeoffFarthest TradeoffMeasure = "farthest"
	TradeoffCovered  TradeoffMeasure = "covered"
)

// ofChart is a result's figure as a chart shows it, in km or minutes or percent.
func (m TradeoffMeasure) ofChart(r *LocateResult) float64 {
	scale := 1000.0
	if r.Impedance == model.Time {
		scale = 60
	}
	switch m {
	case TradeoffFarthest:
		return r.Farthest / scale
	case TradeoffCovered:
		return 100 * float64(r.Covered) / float64(max(r.People, 1))
	}
	return r.Mean / scale
}

// unit is what a measure's numbers are in.
func (m TradeoffMeasure) unit(p *i18n.Printer, i model.Impedance) string {
	switch {
	case m == TradeoffCovered:
		return "%"
	case i == model.Time:
		return p.T("map.unit.min")
	}
	return p.T("map.unit.km")
}

// TradeoffChart draws a measure over the number of new places, a line for each objective.
func (s *Session) TradeoffChart(t *Tradeoffs, m TradeoffMeasure, theme symbology.Theme, letters float64) *chart.Line {
	p := s.Printer()
	l := &chart.Line{
		Look: chart.LookOf(theme, letters), Title: p.T("siting.chart."+string(m), reachLimit(t.Impedance, t.Within)),
		Unit: m.unit(p, t.Impedance), X: chart.Scale(0, float64(max(t.Most, 1)), min(t.Most, 10)+1, p.Float),
	}
	top := 0.0
	for k, kind := range t.Kinds {
		line := chart.Series{Name: p.T("siting.kind." + string(kind))}
		line.Colour, line.Mark, line.Dash = chart.Styles(k, theme)
		for i := range t.Curves {
			if r := &t.Curves[i]; r.Objective == kind || i == 0 {
				v := m.ofChart(r)
				line.Points = append(line.Points, chart.Point{X: float64(r.New), Y: v})
				if v > top {
					top = v
				}
			}
		}
		l.Series = append(l.Series, line)
	}
	l.Y = chart.Scale(0, top, 6, p.Float)
	return l
}

// FrontChart draws the curve between mean and worst-off.
func (s *Session) FrontChart(t *Tradeoffs, theme symbology.Theme, letters float64) *chart.Line {
	p := s.Printer()
	line := chart.Series{Name: p.T("siting.front_line")}
	line.Colour, line.Mark, line.Dash = chart.Styles(0, theme)
	low, high, bottom, top := 0.0, 0.0, 0.0, 0.0
	for i := range t.Front {
		at := chart.Point{X: TradeoffMean.ofChart(&t.Front[i]), Y: TradeoffFarthest.ofChart(&t.Front[i])}
		line.Points = append(line.Points, at)
		if i == 0 {
			low, top = at.X, at.Y
		}
		high, bottom = at.X, at.Y // the best mean comes first, with the longest way
	}
	unit := TradeoffMean.unit(p, t.Impedance)
	return &chart.Line{
		Look: chart.LookOf(theme, letters), Title: p.T("siting.chart.front", t.New, unit), Unit: unit,
		X: chart.Scale(low, max(high, low+0.01), 6, p.Float), Y: chart.Scale(bottom, max(top, bottom+0.01), 6, p.Float), Series: []chart.Series{line},
	}
}

// WriteTradeoffChart writes a chart of an answer as a picture, .png: the curves by a measure, or the front for "".
func (s *Session) WriteTradeoffChart(path string, t *Tradeoffs, m TradeoffMeasure) error {
	if m == "" {
		return writeChart(path, s.FrontChart(t, symbology.Light, seriesLetters))
	}
	return writeChart(path, s.TradeoffChart(t, m, symbology.Light, seriesLetters))
}

// SaveTradeoffs keeps the choices for the number that was asked about, of each objective and along the front, as scenarios
// whose names begin with a text. Each is a step that can be undone.
func (s *Session) SaveTradeoffs(ctx context.Context, t *Tradeoffs, name string) (out []scenario.Scenario, err error) {
	if strings.TrimSpace(name) == "" {
		return nil, i18n.Errorf("live.no_name")
	}
	add := func(r *LocateResult, as string) error {
		sc, err := s.SaveLocated(ctx, r, as)
		if err == nil {
			out = append(out, sc)
		}
		return err
	}
	for i := range t.Curves {
		if r := &t.Curves[i]; r.New == t.New && r.New > 0 {
			if err := add(r, name+" – "+s.Printer().T("siting.kind."+string(r.Objective))); err != nil {
				return out, err
			}
		}
	}
	for i := range t.Front {
		if err := add(&t.Front[i], s.Printer().T("siting.front_name", name, i+1)); err != nil {
			return out, err
		}
	}
	return out, nil
}
