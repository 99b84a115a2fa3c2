package session

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// DefaultRiskLimit is the usual limit of what counts as having a service, in metres or seconds.
func DefaultRiskLimit(i model.Impedance) float64 {
	if i == model.Time {
		return 900
	}
	return 10000
}

// RoadRisks tells for each road what people lose when it alone is closed, for the services named or, where there are none,
// for all that have a place. The query's own service and limits do not matter; limit 0 is DefaultRiskLimit. Nothing is stored; see SaveRoadRisks.
func (s *Session) RoadRisks(ctx context.Context, q model.Query, services []string, limit float64, progress model.Progress) (*model.RoadRisks, error) {
	progress = orSilent(progress)
	start := time.Now()
	ready, err := s.readyForSome(ctx, q, services, part(progress, 0, 0.1))
	if err != nil {
		return nil, err
	}
	q.Service, q.Bands = "", nil
	q = ready.query(q)
	if limit == 0 {
		limit = DefaultRiskLimit(q.Impedance)
	}
	r, err := ready.RoadRisks(ctx, q, services, limit, part(progress, 0.1, 1))
	if err != nil {
		return nil, err
	}
	r.Inputs = append(r.Inputs, ready.inputs...)
	r.Timings.Load, r.Timings.Total = milliseconds(ready.loaded), milliseconds(time.Since(start))
	return r, nil
}

// readyForSome makes the engine for queries about some service types, or all.
func (s *Session) readyForSome(ctx context.Context, q model.Query, services []string, progress model.Progress) (engine, error) {
	for _, service := range services {
		if err := s.knownService(ctx, service); err != nil {
			return engine{}, err
		}
	}
	types, err := s.ServiceTypes(ctx)
	if err != nil {
		return engine{}, err
	}
	if len(types) == 0 {
		return engine{}, i18n.Errorf("session.no_services")
	}
	q.Service, q.Bands = types[0].ID, nil
	return s.ready(ctx, q, progress)
}

// riskBreaks are the upper limits of the classes of roads by the people who lose a service; above them lies one more.
var riskBreaks = []float64{0, 9, 99, 999}

// SaveRoadRisks keeps the roads whose closing makes anything worse for anybody as a layer, in classes by the people who
// lose a service, as one step that can be taken back, and gives the layer's name. A layer of that name that the program made
// takes its place; name "" is its usual one.
func (s *Session) SaveRoadRisks(ctx context.Context, q model.Query, r *model.RoadRisks, name string) (string, error) {
	snapshot, err := s.QuerySnapshot(ctx, q, nil)
	if err != nil {
		return "", err
	}
	kept := slices.DeleteFunc(slices.Clone(r.Roads), func(one model.RoadRisk) bool { return one.Worse == 0 })
	if len(kept) == 0 {
		return "", i18n.Errorf("prep.no_roads")
	}
	layer := s.riskLayer(ctx, r, len(kept), strings.TrimSpace(name))
	names, err := s.roadNamer(ctx, snapshot)
	if err != nil {
		return "", err
	}
	rows := slices.Collect(s.riskRows(ctx, r, kept, snapshot, names)) // before the project is locked: names are read from it
	err = s.putResult(ctx, i18n.M("prep.step", layer.Name), &layer, slices.Values(rows), "", nil)
	return layer.Name, err
}

// riskLayer describes the layer.
func (s *Session) riskLayer(ctx context.Context, r *model.RoadRisks, count int, name string) model.Layer {
	p := s.Printer()
	if name == "" {
		said := []string{p.Value(reachLimit(r.Query.Impedance, r.Limit)), r.Query.Scenario, r.Query.Profile, r.Query.Date, r.Query.Demand}
		name = p.T("prep.layer", strings.Join(slices.DeleteFunc(said, func(s string) bool { return s == "" }), ", "))
	}
	style := symbology.Style{Kind: symbology.LineKind, Column: p.T("prep.column.people"), Breaks: riskBreaks, Ramp: symbology.Heat, Width: 3}
	for i := range len(riskBreaks) + 1 {
		style.Labels = append(style.Labels, p.T(fmt.Sprint("prep.class.", i)))
	}
	l := model.Layer{
		Name: name, Role: model.RoleResult, Geometry: model.MultiLineStringType, Visible: true, Opacity: 1, Style: style.JSON(),
		Source: model.Import{CRS: "EPSG:3006", Date: time.Now().Format(time.DateOnly), Imported: count, Made: s.riskMade(ctx, r)},
	}
	for _, c := range []struct {
		key  string
		kind model.FieldType
	}{
		{"road_layer", model.Text},
		{"road", model.Integer},
		{"length", model.Real},
		{"people", model.Integer},
		{"unreached", model.Integer},
		{"worse", model.Integer},
		{"extra_" + string(r.Query.Impedance), model.Real},
		{"services", model.Text},
		{"near", model.Text},
		{"road_name", model.Text},
	} {
		l.Fields = append(l.Fields, model.Field{Name: p.T("prep.column." + c.key), Type: c.kind})
	}
	return l
}

// personCosts is person-metres in person-kilometres, person-seconds in person-hours.
func personCosts(i model.Impedance, v float64) float64 {
	if i == model.Time {
		return v / 3600
	}
	return v / 1000
}

// riskRows are the roads as rows of the layer, the worst last, so that it lies above the others.
func (s *Session) riskRows(ctx context.Context, r *model.RoadRisks, roads []model.RoadRisk, snapshot *model.Snapshot, names *roadNamer) iter.Seq[model.Feature] {
	return func(yield func(model.Feature) bool) {
		for i := len(roads) - 1; i >= 0; i-- {
			one := &roads[i]
			f := model.Feature{ID: int64(len(roads) - i), Geometry: roadLines(snapshot.Roads, one), Values: []any{
				one.Layer, one.FID, thousandths(one.Length), int64(one.People), int64(mostUnreached(one)), int64(one.Worse),
				thousandths(personCosts(r.Query.Impedance, one.Extra)), s.lostServices(ctx, one), Near(snapshot, one.At),
				s.Printer().Text(names.words("road", one.Layer, one.FID)),
			}}
			if !yield(f) {
				return
			}
		}
	}
}

// roadLines are the parts of a road, which stand one after the other in a layer.
func roadLines(roads *model.RoadSet, r *model.RoadRisk) orb.MultiLineString {
	var out orb.MultiLineString
	for i := r.Road; i < roads.Len() && (i == r.Road || roads.FID[i] == r.FID); i++ {
		xy := roads.Vertices(i)
		line := make(orb.LineString, len(xy)/2)
		for k := range line {
			line[k] = orb.Point{xy[2*k], xy[2*k+1]}
		}
		out = append(out, line)
	}
	return out
}

// mostUnreached is how many people no longer reach the service that most people no longer reach.
func mostUnreached(r *model.RoadRisk) int {
	most := 0
	for i := range r.Services {
		most = max(most, r.Services[i].Unreached)
	}
	return most
}

// lostServices names the services that anybody loses, with how many people do.
func (s *Session) lostServices(ctx context.Context, r *model.RoadRisk) string {
	var out []string
	for i := range r.Services {
		if one := &r.Services[i]; one.Lost > 0 {
			out = append(out, s.Printer().T("prep.service_lost", s.ServiceLabel(ctx, one.Service), one.Lost))
		}
	}
	return strings.Join(out, ", ")
}

// Near names what lies nearest to a position as the crow flies: the town of the nearest service place, or its name.
func Near(snapshot *model.Snapshot, at orb.Point) string {
	best, least := "", -1.0
	for i := range snapshot.Facilities {
		f := &snapshot.Facilities[i]
		name := f.Town
		if name == "" {
			name = f.Name
		}
		if d := planar.DistanceSquared(at, f.At); name != "" && (least < 0 || d < least) {
			best, least = name, d
		}
	}
	return best
}

// riskMade says what and how the layer was made of.
func (s *Session) riskMade(ctx context.Context, r *model.RoadRisks) []string {
	p := s.Printer()
	var names []string
	for _, id := range r.Services {
		names = append(names, p.Text(s.ServiceLabel(ctx, id)))
	}
	made := []string{
		p.T("prep.made.what", reachLimit(r.Query.Impedance, r.Limit)), p.T("prep.made.services", strings.Join(names, ", ")),
		p.T("prep.made.tried", r.Tried),
	}
	for _, in := range r.Inputs {
		made = append(made, p.T("reach.made.input", in.Layer, in.Source, fmt.Sprint(in.Revision), in.SHA256))
	}
	return append(made, p.T("reach.made.engine", Version, r.Engine))
}

// RoadRisksTable sets the worst roads out as a table, a row for each, as many as most; 0 for all that make anything worse.
func (s *Session) RoadRisksTable(ctx context.Context, q model.Query, r *model.RoadRisks, most int) (model.Table, error) {
	snapshot, err := s.QuerySnapshot(ctx, q, nil)
	if err != nil {
		return model.Table{}, err
	}
	names, err := s.roadNamer(ctx, snapshot)
	if err != nil {
		return model.Table{}, err
	}
	p := s.Printer()
	unit, divisor := costUnit(p, r.Query.Impedance)
	t := model.Table{Name: p.T("prep.table", reachLimit(r.Query.Impedance, r.Limit)), Columns: []model.TableColumn{
		{Head: p.T("prep.column.road_name")},
		{Head: p.T("prep.column.near")},
		{Head: p.T("prep.column.length"), Unit: "m", Number: true},
		{Head: p.T("prep.column.people"), Number: true},
		{Head: p.T("prep.column.unreached"), Number: true},
		{Head: p.T("prep.column.worse"), Number: true},
		{Head: p.T("prep.column.extra_" + string(r.Query.Impedance)), Number: true, Decimals: 1},
		{Head: p.T("prep.column.most"), Unit: unit, Number: true, Decimals: 1},
		{Head: p.T("prep.column.services")},
	}}
	for i := range r.Roads {
		one := &r.Roads[i]
		if one.Worse == 0 || most > 0 && len(t.Rows) == most {
			continue
		}
		far := 0.0
		for k := range one.Services {
			far = max(far, one.Services[k].MaxExtra)
		}
		t.Rows = append(t.Rows, model.TableRow{ID: RoadName(one.Layer, one.FID), Cells: []model.TableCell{
			model.Words(p.Text(names.words("road", one.Layer, one.FID))), model.Words(Near(snapshot, one.At)), model.Amount(one.Length),
			model.Amount(float64(one.People)), model.Amount(float64(mostUnreached(one))), model.Amount(float64(one.Worse)),
			model.Amount(personCosts(r.Query.Impedance, one.Extra)), model.Amount(far / divisor), model.Words(s.lostServices(ctx, one)),
		}})
	}
	return t, nil
}
