package locate

import (
	"context"
	"errors"
	"math"
	"testing"
	"time"

	"nabar/internal/testdata/gotland"
	"nabar/model"
)

// endsWithin is how soon long work ends when it is cancelled.
const endsWithin = 500 * time.Millisecond

// cutShort cancels work after some time and tells whether it was still under way; that it then ends at once with the context's
// error is held to.
func cutShort(t *testing.T, after time.Duration, work func(context.Context) error) bool {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	type moment struct {
		clock  time.Time
		worked time.Duration
	}
	when := make(chan moment, 1)
	timer := time.AfterFunc(after, func() {
		when <- moment{time.Now(), processor()}
		cancel()
	})
	defer timer.Stop()
	err := work(ctx)
	end := moment{time.Now(), processor()}
	if err == nil {
		return false // it was done before
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled after %v: %v", after, err)
		return true
	}
	cancelled := <-when
	if took := min(end.clock.Sub(cancelled.clock), end.worked-cancelled.worked); took > slower*endsWithin {
		t.Errorf("cancelled after %v it went on for %v", after, took)
	}
	return true
}

// TestSolversEndAtOnce cancels every solver on a problem that takes it long, early and late.
func TestSolversEndAtOnce(t *testing.T) {
	p := onGraph(t, standard(900, 90, 7))
	hard := Options{Effort: math.MaxInt64 / 8}
	for name, solve := range map[string]func(context.Context) error{
		"p-median": func(ctx context.Context) error { _, err := Median(ctx, p, hard); return err },
		"coverage": func(ctx context.Context) error { _, err := Covering(ctx, p, 14, hard); return err },
		"p-center": func(ctx context.Context) error { _, err := Center(ctx, p, hard); return err },
		"least":    func(ctx context.Context) error { _, err := Least(ctx, p, 14, hard); return err },
		"limited": func(ctx context.Context) error {
			_, err := Limited(ctx, p, Limits{Objective: PMedian, Least: 9, Most: 11}, hard)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, after := range []time.Duration{0, 20 * time.Millisecond, 150 * time.Millisecond, 400 * time.Millisecond} {
				if !cutShort(t, after, solve) {
					t.Logf("done within %v", after)
				}
			}
		})
	}
}

// TestSitingEndsAtOnce cancels the siting of new shops on a real kommun in every part of it: measuring, search, trade-offs.
func TestSitingEndsAtOnce(t *testing.T) {
	p := prepare(t, gotland.Snapshot(t))
	q := Query{Service: "dagligvaror", Impedance: model.Distance, Objective: PMedian, New: 8}
	limits := q
	limits.MinPeople, limits.MaxPeople = 900, 1000
	under := 0
	for _, after := range []time.Duration{50 * time.Millisecond, 300 * time.Millisecond, 900 * time.Millisecond} {
		for _, work := range []func(context.Context) error{
			func(ctx context.Context) error { _, err := OnRoads(ctx, p, q, nil, nil); return err },
			func(ctx context.Context) error { _, err := OnRoads(ctx, p, limits, nil, nil); return err },
			func(ctx context.Context) error {
				_, err := Compare(ctx, p, TradeoffQuery{Query: q, Most: 8, Steps: 8}, nil)
				return err
			},
		} {
			if cutShort(t, after, work) {
				under++
			}
		}
	}
	if under < 5 {
		t.Errorf("only %d were under way when they were cancelled", under)
	}
}
