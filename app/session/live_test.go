package session_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"nabar/model"
	"nabar/model/scenario"
)

// written writes a result without the times it took, its number and what only stored results have.
func written(r *model.Result) string {
	c := *r
	c.Timings, c.ID, c.Inputs, c.Query.Scenario = model.Timings{}, 0, nil, ""
	return fmt.Sprintf("%+v", c)
}

// TestLiveGivesWhatAScenarioGives tries things out in the village, keeps the last and compares with the scenario's figures.
// Ahandeln stands at 501 000 E; square 1 (100 people) at 500 500 and square 2 (50) at 508 500. Moved to 505 000 it has
// 4 500 m to square 1, and the shop at 509 000 stays the nearest of square 2.
func TestLiveGivesWhatAScenarioGives(t *testing.T) {
	s := village(t)
	live, err := s.Live(ctx, groceries, nil)
	must(t, err)
	move := scenario.MovePlace{ID: "A", At: orb.Point{505000, 6700000}}
	for name, steps := range map[string][]scenario.Modification{
		"move":           {move},
		"close":          {scenario.ClosePlace{ID: "A"}},
		"close a road":   {scenario.CloseRoad{Layer: layer(t, s, model.RoleRoads).Name, FID: 1}},
		"close all":      {scenario.ClosePlace{ID: "A"}, scenario.ClosePlace{ID: "B"}},
		"ferries":        {scenario.FerriesOff{}}, // what a live analysis does not follow
		"people, opened": {scenario.ChangePeople{Percent: 10}, scenario.OpenPlace{ID: "ny", Types: []string{"dagligvaror"}, At: orb.Point{508500, 6700000}}},
		"nothing":        nil,
	} {
		t.Run(name, func(t *testing.T) {
			tried, err := live.Try(ctx, steps...)
			must(t, err)
			if len(steps) == 0 {
				if written(tried.Result) != written(live.Before()) || tried.Change.Unchanged != tried.Change.People {
					t.Errorf("without a step %+v became %+v", live.Before(), tried.Result)
				}
				return
			}
			kept, err := live.Keep(ctx, name)
			must(t, err)
			c, err := s.Compare(ctx, "", kept.Name, groceries, nil)
			must(t, err)
			if got, want := written(tried.Result), written(c.B); got != want {
				t.Errorf("tried %s\nkept  %s", got, want)
			}
			if got, want := fmt.Sprint(tried.Change.Cells, tried.Change.Worse, tried.Change.Bands), fmt.Sprint(c.Cells, c.Worse, c.Bands); got != want {
				t.Errorf("tried %s\nkept  %s", got, want)
			}
		})
	}
	tried, err := live.Try(ctx, move)
	must(t, err)
	if first := tried.Result.Cells[0]; first.Cost != 4500 || tried.Change.Worse.People != 100 {
		t.Errorf("the first square has %v m, %d people have it farther", first.Cost, tried.Change.Worse.People)
	}
}

// TestLiveChangesAScenarioFurther keeps what was tried in the scenario that it was tried in, as one step to undo.
func TestLiveChangesAScenarioFurther(t *testing.T) {
	s := village(t)
	_, err := s.AddScenario(ctx, plan("Utan B", scenario.ClosePlace{ID: "B"}))
	must(t, err)
	q := groceries
	q.Scenario = "Utan B"
	live, err := s.Live(ctx, q, nil)
	must(t, err)
	if _, err := live.Keep(ctx, ""); err == nil {
		t.Error("kept nothing")
	}
	if _, err := live.Try(ctx, scenario.ClosePlace{ID: "B"}); err == nil {
		t.Error("closed what is closed")
	}
	_, err = live.Try(ctx, scenario.MovePlace{ID: "A", At: orb.Point{505000, 6700000}})
	must(t, err)
	kept, err := live.Keep(ctx, "")
	must(t, err)
	if len(kept.Steps) != 2 || kept.Name != "Utan B" {
		t.Errorf("kept %+v", kept)
	}
	_, err = s.Undo(ctx)
	must(t, err)
	if sc, err := s.Scenario(ctx, "Utan B"); err != nil || len(sc.Steps) != 1 {
		t.Errorf("after undo %+v, %v", sc, err)
	}
}

// BenchmarkGotlandLiveMove moves grocery shops about: all indicators, by sex and age, and who wins and loses.
func BenchmarkGotlandLiveMove(b *testing.B) {
	s := gotland(b)
	if _, err := s.Analyse(ctx, groceries, nil); err != nil {
		b.Fatal(err)
	}
	s.Settle(ctx) // the faster search is made ready in the background
	live, err := s.Live(ctx, groceries, nil)
	if err != nil {
		b.Fatal(err)
	}
	var shops []model.Facility
	for _, f := range live.Snapshot().Facilities {
		if f.Type == groceries.Service {
			shops = append(shops, f)
		}
	}
	r := rand.New(rand.NewPCG(1, 1))
	var took []time.Duration
	b.ReportAllocs()
	for b.Loop() {
		shop := shops[r.IntN(len(shops))]
		at := orb.Point{shop.At[0] + 20000*r.Float64() - 10000, shop.At[1] + 20000*r.Float64() - 10000}
		start := time.Now()
		if _, err := live.Try(ctx, scenario.MovePlace{ID: shop.ID, At: at}); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	milliseconds := func(i int) float64 { return float64(took[i].Microseconds()) / 1000 }
	b.ReportMetric(milliseconds(len(took)/2), "p50-ms")
	b.ReportMetric(milliseconds(len(took)*95/100), "p95-ms")
	b.ReportMetric(milliseconds(len(took)-1), "worst-ms")
}
