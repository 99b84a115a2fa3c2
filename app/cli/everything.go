package cli

import (
	"context"
	"time"

	"nabar/app/session"
)

// everythingJSON is all indicators of all service types, by distance and by time.
type everythingJSON struct {
	Results []everyJSON `json:"results"`
	Timings struct {
		Total float64 `json:"total"`
	} `json:"timings_ms"`
}

// everyJSON is all that is computed of one service type by one measure; the ranking's service and measure are the same. The
// joint measure of all types stands with the first of each measure.
type everyJSON struct {
	resultJSON
	figuresJSON
	Ranking rankingJSON `json:"ranking"`
}

// analyseAll computes all indicators of all service types.
func (c *call) analyseAll(ctx context.Context, q *queryFlags, more *figureFlags, cells string) error {
	if q.service != "" || q.bands != "" || cells != "" {
		return usage("national.all_alone")
	}
	start := time.Now()
	q.service = "-" // every one; which does not matter
	query, err := q.query()
	if err != nil {
		return err
	}
	if err := more.check(); err != nil {
		return err
	}
	if err := c.open(ctx); err != nil {
		return err
	}
	all, err := c.session.Everything(ctx, query, more.options(), c.progress())
	if err != nil {
		return err
	}
	more.equity = true
	if !c.json {
		for _, e := range all {
			c.sayEverything(ctx, more, e)
		}
		return nil
	}
	out := everythingJSON{Results: []everyJSON{}}
	for _, e := range all {
		out.Results = append(out.Results, everyJSON{toJSON(e.Result), more.toJSON(c, e.Figures), rankingToJSON(e.Ranking, nil, false)})
	}
	out.Timings.Total = float64(time.Since(start).Microseconds()) / 1000
	return c.answer(out)
}

// mostRanked is how many places of each ranking are printed.
const mostRanked = 5

// sayEverything prints one type by one measure, with the places that would be missed the most.
func (c *call) sayEverything(ctx context.Context, more *figureFlags, e session.Everything) {
	c.sayResult(ctx, e.Result)
	more.say(ctx, c, e.Figures)
	short := *e.Ranking
	short.Facilities = short.Facilities[:min(mostRanked, len(short.Facilities))]
	c.say("national.most_missed", len(short.Facilities), len(e.Ranking.Facilities))
	c.sayRanking(ctx, &short)
}
