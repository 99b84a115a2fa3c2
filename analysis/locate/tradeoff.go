package locate

import (
	"context"
	"errors"
	"slices"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
)

// TradeoffQuery asks what several objectives cost in each other.
type TradeoffQuery struct {
	Query             // its New is the number that the front is of; its Objective does not count
	Kinds []Objective // that are set side by side; nil: PMedian and PCenter, and Coverage where Within is given
	Most  int         // how many new places the curves go to; they begin at none
	Steps int         // how many points of the front are looked for between the best mean and the best worst-off; 0 for none
}

// Limits of a TradeoffQuery, which keep it within a minute on a kommun.
const (
	mostPlaces = 20
	mostSteps  = 40
)

// Tradeoffs are the answer. Every choice is proven as far as its own Bound says.
type Tradeoffs struct {
	TradeoffQuery
	Curves []Result // by number of new places, then in the order of Kinds; the first is as it is, with no objective
	Front  []Result // the least sum where nobody has longer than each point's Farthest; the best mean first
}

// Compare finds the best choice of each objective for every number of new places, and the curve between mean and worst-off
// for one number. That curve is found by the ε-constraint: the least sum where nobody has longer than ε, for ε in even
// steps (Haimes, Lasdon & Wismer 1971). What is worse in both than another point is left out.
//
// Errors and progress are those of OnRoads.
func Compare(ctx context.Context, p *access.Prepared, q TradeoffQuery, progress model.Progress) (*Tradeoffs, error) {
	if progress == nil {
		progress = func(i18n.Message, float64) {}
	}
	if q.Kinds == nil {
		q.Kinds = []Objective{PMedian, PCenter}
		if q.Within > 0 {
			q.Kinds = append(q.Kinds, Coverage)
		}
	}
	if err := q.check(); err != nil {
		return nil, err
	}
	q.Objective = PMedian
	progress(i18n.M("locate.progress.costs"), 0)
	r, err := newRoads(ctx, p, q.Query, true, func(share float64) { progress(i18n.M("locate.progress.costs"), 0.2*share) })
	if err != nil {
		return nil, err
	}
	c := &comparison{roads: r, out: &Tradeoffs{TradeoffQuery: q}, all: len(q.Kinds)*q.Most + q.Steps, progress: progress}
	if err := c.curves(ctx); err != nil {
		return nil, err
	}
	if q.Steps > 0 {
		err = c.front(ctx)
	}
	return c.out, err
}

// check refuses what can't be answered.
func (q *TradeoffQuery) check() error {
	for _, kind := range q.Kinds {
		switch {
		case !slices.Contains([]Objective{PMedian, Coverage, PCenter}, kind):
			return i18n.Errorf("siting.kind_unknown", string(kind))
		case kind == Coverage && !(q.Within > 0):
			return i18n.Errorf("locate.within_wrong")
		}
	}
	if q.Most < 0 || q.Most > mostPlaces || q.Steps < 0 || q.Steps > mostSteps || q.Keep > 0 {
		return i18n.Errorf("siting.tradeoff_wrong", mostPlaces, mostSteps)
	}
	return nil
}

// comparison is one TradeoffQuery under way.
type comparison struct {
	roads    *roads
	out      *Tradeoffs
	done     int
	all      int // questions
	progress model.Progress
}

// options are a question's share of progress and effort.
func (c *comparison) options() Options {
	done := float64(c.done)
	c.done++
	all := float64(max(c.all, 1))
	return Options{Effort: usualEffort / 4, Progress: func(share float64) {
		c.progress(i18n.M("locate.progress.search"), min(0.2+0.8*(done+share)/all, 1))
	}}
}

// curves answers each objective for each number.
func (c *comparison) curves(ctx context.Context) error {
	query := c.out.Query
	query.New, query.Objective = 0, ""
	today, err := c.roads.result(ctx, &query, &Solution{Chosen: c.movable()})
	if err != nil {
		return err
	}
	c.out.Curves = append(c.out.Curves, *today)
	for query.New = 1; query.New <= c.out.Most; query.New++ {
		for _, query.Objective = range c.out.Kinds {
			s, err := c.roads.solve(ctx, &query, c.options())
			if noChoice(err) { // with another number there may be one
				continue
			}
			if err != nil {
				return err
			}
			r, err := c.roads.result(ctx, &query, s)
			if err != nil {
				return err
			}
			c.out.Curves = append(c.out.Curves, *r)
		}
	}
	return nil
}

// movable are the candidates that are places: open as it is.
func (c *comparison) movable() (out []int32) {
	for k := range c.roads.listed {
		if c.roads.listed[k].facilities != nil {
			out = append(out, int32(len(c.roads.nodes)+k))
		}
	}
	return out
}

// front finds the curve between mean and worst-off.
func (c *comparison) front(ctx context.Context) error {
	r, query := c.roads, c.out.Query
	query.Objective = PMedian
	p := r.p0
	p.New = query.New + len(r.places.movable)
	mean, err := r.best(ctx, &query, &p, c.options())
	if err != nil {
		return err
	}
	query.Objective = PCenter
	worst, err := r.best(ctx, &query, &p, c.options())
	query.Objective = PMedian
	if err != nil {
		return err
	}
	high, low := int64(p.farthest(mean.Chosen, mean.Unreached)), worst.Value
	c.all += 2
	var points []*Solution
	points = append(points, mean)
	for k := 1; k <= c.out.Steps && low < high; k++ {
		ceiling := high - (high-low)*int64(k)/int64(c.out.Steps)
		s, err := r.best(ctx, &query, p.below(int32(ceiling)), c.options())
		if err != nil && !noChoice(err) {
			return err
		}
		if err == nil && s.Unreached == mean.Unreached {
			points = append(points, s)
		}
	}
	for _, s := range points {
		one, err := r.result(ctx, &query, s)
		if err != nil {
			return err
		}
		c.out.Front = append(c.out.Front, *one)
	}
	c.out.Front = best(c.out.Front)
	return nil
}

// noChoice tells whether a search ended because no choice keeps the limits on catchments.
func noChoice(err error) bool {
	return errors.Is(err, i18n.Errorf("siting.limits_none")) || errors.Is(err, i18n.Errorf("siting.limits_not_found"))
}

// below is the problem where nobody may have longer than a ceiling: what lies beyond serves nobody.
func (p *Problem) below(ceiling int32) *Problem {
	out := *p
	out.Near, out.Base = make([][]Offer, len(p.Near)), make([]int32, len(p.Near))
	for i, near := range p.Near {
		if out.Base[i] = p.base(i); out.Base[i] > ceiling {
			out.Base[i] = None
		}
		for _, o := range near {
			if o.Cost <= ceiling {
				out.Near[i] = append(out.Near[i], o)
			}
		}
	}
	return &out
}

// best leaves out what is no better than another in both mean and worst-off. The best mean comes first.
func best(all []Result) (out []Result) {
	for i := range all {
		worse := slices.ContainsFunc(all[:i], func(o Result) bool { return o.Mean <= all[i].Mean && o.Farthest <= all[i].Farthest })
		for j := i + 1; j < len(all) && !worse; j++ {
			o := &all[j]
			worse = o.Mean <= all[i].Mean && o.Farthest <= all[i].Farthest && (o.Mean < all[i].Mean || o.Farthest < all[i].Farthest)
		}
		if !worse {
			out = append(out, all[i])
		}
	}
	slices.SortStableFunc(out, func(a, b Result) int {
		switch {
		case a.Mean < b.Mean:
			return -1
		case a.Mean > b.Mean:
			return 1
		}
		return 0
	})
	return out
}
