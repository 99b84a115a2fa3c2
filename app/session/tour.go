package session

import (
	"context"
	"math"
	"strings"
	"time"

	"nabar/analysis/tour"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
	"nabar/model/symbology"
)

// Parts of an answer; see package tour.
type (
	TourResult = tour.Result
	TourTrip   = tour.Trip
	TourStop   = tour.Stop
)

// TourQuery asks for round trips.
type TourQuery struct {
	From     string  // id of a service place, or a position "E,N", where rounds begin and end
	Stops    string  // as in LocateSpots; "" where Beyond is given
	Beyond   float64 // metres or seconds: the squares of the people who have longer to the base query's service, with a load of their people
	Capacity int64   // most load of a round, each listed stop 1; 0 for no limit
	Longest  float64 // most metres or seconds of a round; 0 for no limit
}

// Tour finds round trips along the roads by the measure, and in the scenario, of a base query, whose service counts where
// Beyond is given. It stores nothing. Cancelling ends it within half a second.
func (s *Session) Tour(ctx context.Context, base model.Query, q TourQuery, progress model.Progress) (*TourResult, error) {
	progress = orSilent(progress)
	base = withBands(base)
	if base.Service == "" {
		types, err := s.ServiceTypes(ctx)
		if err != nil {
			return nil, err
		}
		if len(types) == 0 {
			return nil, i18n.Errorf("session.no_services")
		}
		base.Service = types[0].ID
	}
	ready, err := s.ready(ctx, base, part(progress, 0, 0.3))
	if err != nil {
		return nil, err
	}
	out := tour.Query{Impedance: base.Impedance, Capacity: q.Capacity, Longest: q.Longest}
	if out.Start, err = startOf(ready.Snapshot(), q.From); err != nil {
		return nil, err
	}
	if q.Beyond > 0 && q.Stops == "" {
		out.Stops, err = squaresBeyond(ctx, ready, ready.query(base), q.Beyond)
	} else {
		out.Stops, err = s.tourStops(ctx, q.Stops)
	}
	if err != nil {
		return nil, err
	}
	return tour.OnRoads(ctx, ready.Prepared, out, part(progress, 0.3, 1))
}

// startOf finds where rounds begin.
func startOf(snapshot *model.Snapshot, from string) (tour.Stop, error) {
	for _, f := range snapshot.Facilities {
		if f.ID == from {
			return tour.Stop{Name: f.Name, At: f.At}, nil
		}
	}
	if at, ok := positions(from); ok && len(at) == 1 {
		return tour.Stop{Name: at[0].Name, At: at[0].At}, nil
	}
	return tour.Stop{}, i18n.Errorf("tour.start_unknown", from)
}

// tourStops are listed stops.
func (s *Session) tourStops(ctx context.Context, text string) (out []tour.Stop, err error) {
	spots, err := s.LocateSpots(ctx, text)
	if err != nil {
		return nil, err
	}
	for _, spot := range spots {
		out = append(out, tour.Stop{Name: spot.Name, At: spot.At, Load: 1})
	}
	if len(out) == 0 {
		err = i18n.Errorf("tour.no_stops")
	}
	return out, err
}

// squaresBeyond are the squares of those who have longer than a limit or don't reach the service.
func squaresBeyond(ctx context.Context, ready engine, q model.Query, limit float64) (out []tour.Stop, err error) {
	r, err := ready.Analyse(ctx, q)
	if err != nil {
		return nil, err
	}
	cost := map[string]float64{}
	for _, c := range r.Cells {
		cost[c.Cell] = c.Cost
	}
	for _, c := range ready.Snapshot().Cells {
		if v, counts := cost[c.ID]; counts && c.People > 0 && (math.IsNaN(v) || v > limit) {
			out = append(out, tour.Stop{Name: c.ID, At: c.Centre, Load: int64(c.People)})
		}
	}
	if len(out) == 0 {
		err = i18n.Errorf("tour.nobody_beyond")
	}
	return out, err
}

// SaveTour keeps rounds as a layer of lines, in place of one of that name that the program made, as one step that can be undone.
// It gives the layer's name.
func (s *Session) SaveTour(ctx context.Context, r *TourResult, name string) (string, error) {
	p := s.Printer()
	if name = strings.TrimSpace(name); name == "" {
		name = p.T("tour.layer", r.Start.Name)
	}
	colour := symbology.RGB(0xcc4a12)
	style := symbology.Style{Kind: symbology.LineKind, Width: 3, Stroke: &colour}
	column := "tour.column.metres"
	if r.Impedance == model.Time {
		column = "tour.column.seconds"
	}
	layer := model.Layer{
		Name: name, Role: model.RoleResult, Geometry: model.LineStringType, Visible: true, Opacity: 1, Style: style.JSON(),
		Source: model.Import{
			CRS: "EPSG:3006", Date: time.Now().Format(time.DateOnly), Imported: len(r.Trips),
			Made: []string{p.T("tour.made", r.Start.Name, r.Stations, p.Percent(r.Gap))},
		},
		Fields: []model.Field{
			{Name: p.T("tour.column.round"), Type: model.Integer},
			{Name: p.T("tour.column.stops"), Type: model.Text},
			{Name: p.T(column), Type: model.Real},
			{Name: p.T("tour.column.load"), Type: model.Integer},
		},
	}
	return s.keepMade(ctx, layer, func(yield func(model.Feature) error) error {
		for i := range r.Trips {
			if err := yield(tripRow(int64(i+1), &r.Trips[i])); err != nil {
				return err
			}
		}
		return nil
	})
}

// keepMade keeps rows as a layer, in place of one of its name that the program made, as one step that can be undone. It gives
// the layer's name.
func (s *Session) keepMade(ctx context.Context, layer model.Layer, rows func(yield func(model.Feature) error) error) (string, error) {
	err := s.edit(ctx, i18n.M("tour.step", layer.Name), func(tx *project.Tx) error {
		layers, err := tx.Layers()
		if err != nil {
			return err
		}
		for _, old := range layers {
			if strings.EqualFold(old.Name, layer.Name) && old.Role == model.RoleResult && old.Source.Made != nil {
				if err := tx.RemoveLayer(old.ID); err != nil {
					return err
				}
			}
		}
		added, err := tx.AddLayer(layer, rows)
		layer.Name = added.Name
		return err
	})
	return layer.Name, err
}

// tripRow is a round as a row of its layer.
func tripRow(number int64, t *TourTrip) model.Feature {
	var names []string
	for _, stop := range t.Stops {
		names = append(names, stop.Name)
	}
	return model.Feature{ID: number, Geometry: t.Line, Values: []any{number, strings.Join(names, ", "), thousandths(t.Cost), t.Load}}
}
