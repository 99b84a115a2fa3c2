package session

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"nabar/analysis/access"
	"nabar/analysis/reach"
	"nabar/analysis/route"
	"nabar/internal/i18n"
	"nabar/model"
)

// ReachSharing says how the areas of several places go together; see package reach.
type ReachSharing = reach.Sharing

// The ways of sharing, and how far areas may reach from the road in metres.
const (
	ReachEach  = reach.Each
	ReachSplit = reach.Split
	ReachAll   = reach.All

	ReachBuffer      = reach.DefaultBuffer
	ReachLeastBuffer = reach.LeastBuffer
	ReachMostBuffer  = reach.MostBuffer
)

// ReachQuery asks for the areas from where a service is reached.
type ReachQuery struct {
	model.Query          // Bands are the limits; nil for DefaultReachLimits
	Facilities  []string // IDs; nil for all that are open
	Sharing     ReachSharing
	Rings       bool    // each area without what a smaller limit holds
	Buffer      float64 // metres from the road; 0 for ReachBuffer
}

// Reached is the answer to a ReachQuery.
type Reached struct {
	Query     ReachQuery  // with all that was left open filled in
	Areas     []ReachArea // by place in the order of their ids, then by limit
	Crossings []reach.Crossing
	Params    model.Params
	Inputs    []model.InputRef
	Engine    string
	Timings   model.Timings // of this computation, in milliseconds; Search is the drawing too
}

// ReachArea is one area.
type ReachArea struct {
	Facility string // ID; "" for one area of all
	Name     string // of the place
	Limit    float64
	Class    int // index of the limit
	Shape    orb.MultiPolygon
	RoadKM   float64 // length of the roads in it, without ferries
	AreaKM2  float64
	People   int // who reach the place within the limit; in rings, less those of a smaller one
	Women    int // -1 where the squares don't tell
	Men      int
}

// DefaultReachLimits are the usual limits of areas, in metres or seconds.
func DefaultReachLimits(i model.Impedance) []float64 {
	if i == model.Time {
		return []float64{300, 600, 900}
	}
	return []float64{2000, 5000, 10000}
}

// Reach draws the areas from where a service is reached within limits. It stores nothing; see SaveReach.
func (s *Session) Reach(ctx context.Context, q ReachQuery, progress model.Progress) (*Reached, error) {
	start := time.Now()
	if err := q.fill(); err != nil {
		return nil, err
	}
	progress = orSilent(progress)
	ready, err := s.ready(ctx, q.Query, part(progress, 0, 0.4))
	if err != nil {
		return nil, err
	}
	q.Query = ready.query(q.Query)
	serving, err := ready.Serving(q.Query, q.Facilities)
	if err != nil {
		return nil, err
	}
	out := &Reached{Query: q, Params: ready.snapshot.Params, Inputs: slices.Clone(ready.snapshot.Inputs), Engine: access.Version}
	out.Inputs = append(out.Inputs, ready.inputs...)
	metric := ready.Metric(q.Impedance)
	request := reach.Request{Sources: serving.Sources, Sharing: q.Sharing, Rings: q.Rings, Buffer: q.Buffer}
	for _, to := range q.Bands {
		request.Limits = append(request.Limits, metric.Limit(to))
	}
	what := i18n.M("reach.progress.draw")
	drawn, err := reach.Areas(ctx, route.NewAreaSearch(ready.Network(), metric), request, func(share float64) { progress(what, 0.4+0.6*share) })
	if err != nil {
		return nil, err
	}
	out.Crossings = drawn.Crossings
	for _, a := range drawn.Areas {
		one := ReachArea{Limit: q.Bands[a.Band], Class: a.Band, Shape: a.Shape, RoadKM: float64(a.Length) / 1e5, AreaKM2: planar.Area(a.Shape) / 1e6}
		if a.Source >= 0 {
			f := &ready.snapshot.Facilities[serving.Facilities[a.Source]]
			one.Facility, one.Name = f.ID, f.Name
		}
		out.Areas = append(out.Areas, one)
	}
	if err := out.count(ctx, ready); err != nil {
		return nil, err
	}
	out.Timings.Load, out.Timings.Total = milliseconds(ready.loaded), milliseconds(time.Since(start))
	out.Timings.Search = out.Timings.Total - out.Timings.Load
	return out, nil
}

// fill fills in what was left open and refuses what can't be drawn.
func (q *ReachQuery) fill() error {
	if q.Impedance == "" {
		q.Impedance = model.Distance
	}
	if len(q.Bands) == 0 {
		q.Bands = DefaultReachLimits(q.Impedance)
	}
	if q.Buffer == 0 {
		q.Buffer = ReachBuffer
	}
	if q.Sharing == "" {
		q.Sharing = ReachEach
	}
	switch {
	case slices.ContainsFunc(q.Bands, func(v float64) bool { return !(v > 0) || math.IsInf(v, 0) }):
		return i18n.Errorf("reach.limits_wrong")
	case !(q.Buffer >= ReachLeastBuffer && q.Buffer <= ReachMostBuffer):
		return i18n.Errorf("reach.buffer_wrong", i18n.Metres(ReachLeastBuffer), i18n.Metres(ReachMostBuffer))
	}
	return nil
}

// count counts the people within each limit, as the catchments have them.
func (r *Reached) count(ctx context.Context, ready engine) error {
	o := model.CatchmentOptions{Facilities: r.Query.Facilities, By: []model.Breakdown{model.BySex}}
	if r.Query.Sharing == ReachEach {
		o.Within = r.Query.Bands[len(r.Query.Bands)-1]
	}
	c, err := ready.Served(ctx, r.Query.Query, o)
	if err != nil {
		return err
	}
	for i := range r.Areas {
		a := &r.Areas[i]
		told := false
		for _, k := range c.Catchments {
			if a.Facility != "" && a.Facility != k.ID {
				continue
			}
			a.People += r.Query.within(k.All, a.Class)
			for _, g := range k.Groups {
				told = true
				if g.ID == "women" {
					a.Women += r.Query.within(g, a.Class)
				} else {
					a.Men += r.Query.within(g, a.Class)
				}
			}
		}
		if !told {
			a.Women, a.Men = -1, -1
		}
	}
	return nil
}

// within counts the people of a group in an area of a limit.
func (q *ReachQuery) within(g model.Group, class int) int {
	people := g.Bands[class].People
	if q.Rings && class > 0 {
		people -= g.Bands[class-1].People
	}
	return people
}

// Catchments tells whom each place of a service serves; by is "sex", "age" or both.
func (s *Session) Catchments(ctx context.Context, q model.Query, by []string, within float64, progress model.Progress) (*model.Catchments, error) {
	o := model.CatchmentOptions{Within: within}
	for _, b := range by {
		b := model.Breakdown(strings.ToLower(b))
		if b != model.BySex && b != model.ByAge {
			return nil, i18n.Errorf("reach.by_wrong", string(b))
		}
		if !slices.Contains(o.By, b) {
			o.By = append(o.By, b)
		}
	}
	ready, err := s.ready(ctx, q, progress)
	if err != nil {
		return nil, err
	}
	c, err := ready.Served(ctx, ready.query(q), o)
	if err != nil {
		return nil, err
	}
	c.Inputs = append(c.Inputs, ready.inputs...)
	return c, nil
}

// ReachName is what the layer of an answer is called unless the user says otherwise.
func (s *Session) ReachName(ctx context.Context, q ReachQuery) string {
	p := s.Printer()
	limits := make([]string, len(q.Bands))
	for i, to := range q.Bands {
		limits[i] = p.Value(reachLimit(q.Impedance, to))
	}
	name := p.T("reach.layer", s.ServiceLabel(ctx, q.Service), strings.Join(limits, ", "))
	if q.Scenario != "" {
		name = fmt.Sprintf("%s (%s)", name, q.Scenario)
	}
	return name
}

// reachLimit is a limit with its unit.
func reachLimit(i model.Impedance, v float64) any {
	if i == model.Time {
		return i18n.Seconds(v)
	}
	return i18n.Metres(v)
}
