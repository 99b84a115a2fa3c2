package access

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/internal/testdata/gotland"
	"nabar/model"
)

// riskOf finds a road by its number.
func riskOf(r *model.RoadRisks, fid int64) *model.RoadRisk {
	for i := range r.Roads {
		if r.Roads[i].FID == fid {
			return &r.Roads[i]
		}
	}
	return nil
}

// TestRoadRisksOfALoop has a shop at (0, 0), a road of 1 km east to (1000, 0), from there a short way and a long way to
// (2000, 0), and a dead end of 500 m at which 10 people live, 400 m in. Without the first road nobody reaches the shop
// but the 5 people beside it, at (200, 0), who join the shop's other road at (0, 0).
func TestRoadRisksOfALoop(t *testing.T) {
	s := kommun([]model.Road{
		road(0, 0, 0, 1000, 0),
		road(0, 1000, 0, 2000, 0),
		road(0, 1000, 0, 1000, 1000, 2000, 1000, 2000, 0),
		road(0, 2000, 0, 2500, 0),
		road(0, 0, 0, -6000, 0),
	}, []model.Cell{square(5, 200, 0), square(10, 2400, 0), square(3, 1000, 500)}, orb.Point{0, 0})
	s.Facilities[0].At = orb.Point{-100, 0}
	r, err := prepare(t, s).RoadRisks(t.Context(), model.Query{}, nil, 3000, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Tried != 5 || r.People != 18 || !reflect.DeepEqual(r.Services, []string{"dagligvaror"}) {
		t.Errorf("tried %d, people %d, services %v", r.Tried, r.People, r.Services)
	}
	short := riskOf(r, 2) // 1,000 m become 3,000 m: from 2,500 m to 4,500 m, beyond the limit
	if short == nil || short.People != 10 || short.Extra != 20000 || short.Services[0].MaxExtra != 2000 || short.Services[0].Unreached != 0 {
		t.Errorf("the short way: %+v", short)
	}
	if short != nil && (short.At != orb.Point{1500, 0} || short.Length != 1000 || short.Rejoined != 0) {
		t.Errorf("the short way lies at %v and is %v m, %d rejoined", short.At, short.Length, short.Rejoined)
	}
	// the long way: its 3 people, 1,600 m away, join (1000, 0) with a connector of 500 m: no change
	if long := riskOf(r, 3); long == nil || long.Rejoined != 3 || long.People != 0 || long.Extra != 0 {
		t.Errorf("the long way: %+v", long)
	}
	// the dead end: its 10 people join (2000, 0), 400 m off: as far as before
	if end := riskOf(r, 4); end == nil || end.Rejoined != 10 || end.People != 0 || end.Extra != 0 {
		t.Errorf("the dead end: %+v", end)
	}
}

// riskText writes figures in the order of the roads.
func riskText(r *model.RoadRisks) string {
	r.Timings, r.Anew = model.Timings{}, 0
	return fmt.Sprintf("%+v", *r)
}

// slowRisks closes each road by a snapshot of its own.
func slowRisks(t *testing.T, p *Prepared, q model.Query, limit float64) string {
	t.Helper()
	run, err := p.newRisks(q, nil, limit)
	if err != nil {
		return err.Error()
	}
	w, err := run.worker(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out := make([]*roadRisk, len(run.roads))
	for k, edges := range run.roads {
		if out[k], err = w.closeAnew(t.Context(), edges); err != nil {
			t.Fatal(err)
		}
	}
	return riskText(run.result(out))
}

// TestRoadRisksAgainstClosingEachRoad compares with networks that are built without each road, on random ones.
func TestRoadRisksAgainstClosingEachRoad(t *testing.T) {
	r := rand.New(rand.NewPCG(2501, 2502))
	told, tried, anew := 0, 0, 0
	for range 120 {
		s := randomKommun(r)
		for i := range s.Roads.FID {
			s.Roads.FID[i] = int64(r.IntN(3*s.Roads.Len())) / 2 // some have parts
		}
		p, err := Prepare(t.Context(), s, nil, WithClock(still))
		if err != nil {
			continue
		}
		for _, i := range []model.Impedance{model.Distance, model.Time} {
			q, limit := model.Query{Impedance: i}, 100+float64(r.IntN(2000))
			want := slowRisks(t, p, q, limit)
			fast, err := p.RoadRisks(t.Context(), q, nil, limit, nil)
			if err != nil {
				if err.Error() != want {
					t.Fatalf("%v, want %v", err, want)
				}
				continue
			}
			told, tried, anew = told+len(fast.Roads), tried+fast.Tried, anew+fast.Anew
			if got := riskText(fast); got != want {
				t.Fatalf("got  %s\nwant %s", got, want)
			}
		}
	}
	if told < 500 || anew*2 > tried {
		t.Errorf("%d roads told of, %d of %d prepared anew", told, anew, tried)
	}
}

func TestRoadRisksSayWhatIsMissing(t *testing.T) {
	p := prepare(t, kommun([]model.Road{road(0, 0, 0, 1000, 0)}, []model.Cell{square(5, 200, 0)}, orb.Point{0, 0}))
	for _, c := range []struct {
		services []string
		limit    float64
		key      string
	}{{nil, 0, "prep.limit_wrong"}, {[]string{"post"}, 1000, "prep.no_places"}} {
		if _, err := p.RoadRisks(t.Context(), model.Query{}, c.services, c.limit, nil); !errors.Is(err, i18n.Errorf(c.key)) {
			t.Errorf("%v within %v: %v, want %s", c.services, c.limit, err, c.key)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.RoadRisks(ended, model.Query{}, nil, 1000, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
}

// TestRoadRisksOfGotland closes some roads of a real network both ways, all of them once where NABAR_THOROUGH is set.
func TestRoadRisksOfGotland(t *testing.T) {
	p := prepare(t, gotland.Snapshot(t))
	run, err := p.newRisks(model.Query{}, nil, 10000)
	if err != nil {
		t.Fatal(err)
	}
	w, err := run.worker(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(2503, 2504))
	for range 12 {
		edges := run.roads[r.IntN(len(run.roads))]
		fast, err := w.close(t.Context(), edges)
		if err != nil {
			t.Fatal(err)
		}
		slow, err := w.closeAnew(t.Context(), edges)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(fast, slow) {
			t.Errorf("road %v: %+v, want %+v", edges, fast, slow)
		}
	}
}

// BenchmarkRoadRisks closes every road of Gotland.
func BenchmarkRoadRisks(b *testing.B) {
	p := prepare(b, gotland.Snapshot(b))
	for b.Loop() {
		start := time.Now()
		r, err := p.RoadRisks(b.Context(), model.Query{}, nil, 10000, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(r.Tried), "roads")
		b.ReportMetric(float64(r.Anew), "anew")
		b.ReportMetric(time.Since(start).Seconds(), "s")
		b.ReportMetric(float64(runtime.GOMAXPROCS(0)), "cores")
	}
}
