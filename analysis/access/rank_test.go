package access

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/internal/testdata/gotland"
	"nabar/model"
)

// without is a snapshot in which some facilities are no more.
func without(s *model.Snapshot, ids ...string) *model.Snapshot {
	less := *s
	less.Facilities = slices.DeleteFunc(slices.Clone(s.Facilities), func(f model.Facility) bool { return slices.Contains(ids, f.ID) })
	return &less
}

// closed computes a loss by closing facilities and analysing anew.
func closed(t *testing.T, s *model.Snapshot, before *model.Result, ids ...string) model.Loss {
	t.Helper()
	after := make([]model.CellCost, len(before.Cells))
	for i := range after {
		after[i].Cost = math.NaN()
	}
	r, err := prepare(t, without(s, ids...)).Analyse(t.Context(), before.Query)
	switch {
	case err == nil:
		after = r.Cells
	case errors.Is(err, i18n.Errorf("analysis.no_facilities")), errors.Is(err, i18n.Errorf("analysis.no_joined_facilities")),
		errors.Is(err, i18n.Errorf("analysis.nobody_reached")):
	default:
		t.Fatal(err)
	}
	l := model.Loss{MeanExtra: math.NaN()}
	for _, b := range before.Query.Bands {
		l.NewlyBeyond = append(l.NewlyBeyond, model.Band{To: b})
	}
	moved := 0
	for i, c := range before.Cells {
		if slices.Contains(ids, c.Nearest) {
			l.PeopleNearest += c.People
			if math.IsNaN(after[i].Cost) {
				l.LeftWithout += c.People
			} else if c.People > 0 {
				moved += c.People
				l.Extra += float64(c.People) * (after[i].Cost - c.Cost)
				l.MaxExtra = max(l.MaxExtra, after[i].Cost-c.Cost)
			}
		} else if !math.IsNaN(c.Cost) && after[i].Cost != c.Cost {
			t.Fatalf("square %s changed from %v to %v, though its nearest %s did not close", c.Cell, c.Cost, after[i].Cost, c.Nearest)
		}
		for k, b := range before.Query.Bands {
			if c.Cost <= b && !(after[i].Cost <= b) {
				l.NewlyBeyond[k].People += c.People
			}
		}
	}
	if moved > 0 {
		l.MeanExtra = l.Extra / float64(moved)
	}
	return l
}

// sameLoss compares losses, of which one may be computed in floating point.
func sameLoss(a, b model.Loss) bool {
	close := func(x, y float64) bool {
		return math.IsNaN(x) && math.IsNaN(y) || math.Abs(x-y) <= 1e-6*(1+math.Abs(x))
	}
	return a.PeopleNearest == b.PeopleNearest && a.LeftWithout == b.LeftWithout && close(a.Extra, b.Extra) &&
		close(a.MeanExtra, b.MeanExtra) && close(a.MaxExtra, b.MaxExtra) && reflect.DeepEqual(a.NewlyBeyond, b.NewlyBeyond)
}

// TestRankAgreesWithClosing closes each facility, place and pair of places in turn and analyses anew.
func TestRankAgreesWithClosing(t *testing.T) {
	r := rand.New(rand.NewPCG(91, 92))
	facilities, siblings, places, pairs, left := 0, 0, 0, 0, 0
	for round := range 500 {
		s := randomKommun(r)
		p := prepare(t, s)
		for _, imp := range []model.Impedance{model.Distance, model.Time} {
			q := model.Query{Service: "dagligvaror", Impedance: imp, Bands: []float64{30, 60, 150, 400, 900}}
			before, err := p.Analyse(t.Context(), q)
			if err != nil {
				continue
			}
			got, err := p.Rank(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range got.Facilities {
				if want := closed(t, s, before, f.ID); !sameLoss(f.Loss, want) {
					t.Fatalf("round %d %s, %s closed: %+v, want %+v", round, imp, f.ID, f.Loss, want)
				}
				facilities++
				siblings += len(f.Siblings)
				left += f.LeftWithout
			}
			alone := map[string]model.Loss{}
			for _, place := range got.Places {
				want := closed(t, s, before, place.IDs...)
				if !sameLoss(place.Loss, want) {
					t.Fatalf("round %d %s, %v closed: %+v, want %+v", round, imp, place.IDs, place.Loss, want)
				}
				alone[place.IDs[0]] = want
				places++
			}
			pairs += checkPairs(t, s, p, before, alone)
		}
	}
	t.Logf("%d facilities, %d siblings, %d places, %d pairs, %d left without", facilities, siblings, places, pairs, left)
	if facilities < 3000 || siblings < 800 || places < 2500 || pairs < 3000 || left < 10_000 {
		t.Error("too few cases of a kind")
	}
}

// checkPairs closes every two places together and gives their number.
func checkPairs(t *testing.T, s *model.Snapshot, p *Prepared, before *model.Result, alone map[string]model.Loss) (pairs int) {
	t.Helper()
	got, err := p.RankPairs(t.Context(), before.Query)
	if err != nil {
		t.Fatal(err)
	}
	listed := map[[2]string]model.PairLoss{}
	ids := map[string][]string{}
	ranking, err := p.Rank(t.Context(), before.Query)
	if err != nil {
		t.Fatal(err)
	}
	for _, place := range ranking.Places {
		ids[place.IDs[0]] = place.IDs
	}
	for _, l := range got {
		listed[[2]string{l.A[0], l.B[0]}] = l
	}
	for a := range alone {
		for b := range alone {
			if a >= b {
				continue
			}
			pairs++
			want := closed(t, s, before, append(slices.Clone(ids[a]), ids[b]...)...)
			sum := model.Loss{
				PeopleNearest: alone[a].PeopleNearest + alone[b].PeopleNearest, LeftWithout: alone[a].LeftWithout + alone[b].LeftWithout,
				Extra: alone[a].Extra + alone[b].Extra,
			}
			l, has := listed[[2]string{a, b}]
			if !has { // then both add up
				l.Loss = want
				l.PeopleNearest, l.LeftWithout, l.Extra = sum.PeopleNearest, sum.LeftWithout, sum.Extra
			}
			if !sameLoss(l.Loss, want) {
				t.Fatalf("%s and %s: %+v (listed %v), want %+v", a, b, l, has, want)
			}
			if has && (math.Abs(l.Beyond-(want.Extra-sum.Extra)) > 1e-3 || l.NewlyWithout != want.LeftWithout-sum.LeftWithout) {
				t.Fatalf("%s and %s: beyond %v and %d, alone %+v, both %+v", a, b, l.Beyond, l.NewlyWithout, sum, want)
			}
		}
	}
	return pairs
}

// TestRankAccelerated ranks and figures out with the fast search, which must change nothing.
func TestRankAccelerated(t *testing.T) {
	r := rand.New(rand.NewPCG(95, 96))
	ranked := 0
	for range 60 {
		s := peopled(randomKommun(r), r)
		plain, fast := prepare(t, s), prepare(t, s)
		if _, err := fast.Accelerate(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		for _, q := range groceries {
			want, err := plain.Rank(t.Context(), q)
			if err != nil {
				continue
			}
			got, err := fast.Rank(t.Context(), q)
			if err != nil || fmt.Sprintf("%+v", *got) != fmt.Sprintf("%+v", *want) {
				t.Fatalf("%+v, %v, want %+v", got, err, want)
			}
			ranked++
			o := model.FigureOptions{By: []model.Breakdown{model.BySex, model.ByAge}}
			a, err := plain.Figures(t.Context(), q, o)
			if err != nil {
				t.Fatal(err)
			}
			if b, err := fast.Figures(t.Context(), q, o); err != nil || fmt.Sprintf("%+v", *b) != fmt.Sprintf("%+v", *a) {
				t.Fatalf("%+v, %v, want %+v", b, err, a)
			}
		}
	}
	if ranked < 90 {
		t.Errorf("only %d rankings", ranked)
	}
}

// street is a road of 10 km with people at 1, 2 and 8 km.
func street(shops ...orb.Point) *model.Snapshot {
	return kommun([]model.Road{road(0, 0, 0, 10000, 0)},
		[]model.Cell{square(100, 1000, 0), square(10, 2000, 0), square(50, 8000, 0)}, shops...)
}

func TestRankByHand(t *testing.T) {
	s := street(orb.Point{1000, 0}, orb.Point{4000, 0}, orb.Point{9000, 0})
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance, Bands: []float64{1000, 2999, 3000, 5000}}
	r, err := prepare(t, s).Rank(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	// S1: 100 people from 0 to 3 000 m, 10 from 1 000 to 2 000 m. S3: 50 from 1 000 to 4 000 m. S2: nobody's nearest.
	want := []model.FacilityLoss{
		{ID: "S1", Loss: model.Loss{
			PeopleNearest: 110, Extra: 310_000, MeanExtra: 310_000.0 / 110, MaxExtra: 3000,
			NewlyBeyond: []model.Band{{To: 1000, People: 110}, {To: 2999, People: 100}, {To: 3000, People: 0}, {To: 5000, People: 0}},
		}},
		{ID: "S3", Loss: model.Loss{
			PeopleNearest: 50, Extra: 150_000, MeanExtra: 3000, MaxExtra: 3000,
			NewlyBeyond: []model.Band{{To: 1000, People: 50}, {To: 2999, People: 50}, {To: 3000, People: 50}, {To: 5000, People: 0}},
		}},
		{ID: "S2", Loss: model.Loss{
			MeanExtra:   math.NaN(),
			NewlyBeyond: []model.Band{{To: 1000}, {To: 2999}, {To: 3000}, {To: 5000}},
		}},
	}
	for i, w := range want {
		if got := r.Facilities[i]; got.ID != w.ID || !got.Joined || !sameLoss(got.Loss, w.Loss) {
			t.Errorf("%d: %+v, want %+v", i, got, w)
		}
	}
	if r.People != 160 || r.Reached != 160 || len(r.Places) != 3 {
		t.Errorf("ranking %+v", r)
	}
	pairs, err := prepare(t, s).RankPairs(t.Context(), q)
	if err != nil || len(pairs) != 2 {
		t.Fatalf("pairs %+v, %v", pairs, err)
	}
	// S1 and S2: 100 people from 3 000 to 8 000 m, 10 from 2 000 to 7 000 m: 550 km more than S1's own 310 km.
	if l := pairs[0]; l.A[0] != "S1" || l.B[0] != "S2" || l.Beyond != 550_000 || l.Extra != 860_000 || l.MaxExtra != 8000 || l.NewlyWithout != 0 {
		t.Errorf("pair %+v", l)
	}
}

func TestRankOfTheLast(t *testing.T) {
	r, err := prepare(t, street(orb.Point{1000, 0})).Rank(t.Context(), model.Query{Service: "dagligvaror", Impedance: model.Time})
	if err != nil {
		t.Fatal(err)
	}
	l := r.Facilities[0]
	if l.LeftWithout != 160 || l.Extra != 0 || l.MaxExtra != 0 || !math.IsNaN(l.MeanExtra) || l.NewlyBeyond[3].People != 160 {
		t.Errorf("the last shop: %+v", l)
	}
}

func TestRankKnowsSurroundings(t *testing.T) {
	s := street(orb.Point{1000, 0}, orb.Point{1020, 0}, orb.Point{4000, 0}, orb.Point{9000, 0}, orb.Point{9000, 9000})
	s.Params.SnapLimit = 500
	towns := []string{"Aby", " aby ", "Bby", "", "Cby"}
	kommuns := []string{"Falu kommun", "falu", "Falu  Kommun", "Borås", "Borås kommun"}
	for i := range s.Facilities {
		s.Facilities[i].Town, s.Facilities[i].Municipality = towns[i], kommuns[i]
	}
	for i, f := range []struct {
		kind   string
		at     orb.Point
		closed string
	}{
		{"post", orb.Point{1000, 30}, ""},
		{"apotek", orb.Point{970, 0}, ""},
		{"drivmedel", orb.Point{1000, 30.01}, ""},
		{"betaltjanster", orb.Point{1000, 0}, "2020-01-01"},
		{"post", orb.Point{4000, 0}, ""},
	} {
		s.Facilities = append(s.Facilities, model.Facility{ID: fmt.Sprint("o", i), Type: f.kind, At: f.at, Closed: f.closed})
	}
	r, err := prepare(t, s).Rank(t.Context(), model.Query{Service: "dagligvaror", Impedance: model.Distance})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]model.FacilityLoss{
		"S1": {Joined: true, Siblings: []string{"S2"}, ServicesLost: []string{"post", "apotek"}, Last: model.Last{Town: "Aby", Kommun: "Falu kommun"}},
		"S2": {Joined: true, Siblings: []string{"S1"}, Last: model.Last{Town: "aby", Kommun: "falu"}},
		"S3": {Joined: true, ServicesLost: []string{"post"}, Last: model.Last{Town: "Bby", LastInTown: true, Kommun: "Falu  Kommun"}},
		"S4": {Joined: true, Last: model.Last{Kommun: "Borås"}},
		"S5": {Last: model.Last{Town: "Cby", LastInTown: true, Kommun: "Borås kommun"}},
	}
	for _, f := range r.Facilities {
		got := model.FacilityLoss{Joined: f.Joined, Siblings: f.Siblings, ServicesLost: f.ServicesLost, Last: f.Last}
		if !reflect.DeepEqual(got, want[f.ID]) {
			t.Errorf("%s: %+v, want %+v", f.ID, got, want[f.ID])
		}
	}
	first := r.Places[slices.IndexFunc(r.Places, func(l model.PlaceLoss) bool { return l.IDs[0] == "S1" })]
	if !reflect.DeepEqual(first.IDs, []string{"S1", "S2"}) || !first.LastInTown || first.LastInKommun || len(first.ServicesLost) != 2 || len(r.Places) != 3 {
		t.Errorf("the place of S1: %+v", first)
	}
}

// TestRankInTheBorder knows the project's kommun by its border, whatever the source says.
func TestRankInTheBorder(t *testing.T) {
	s := street(orb.Point{1000, 0}, orb.Point{9000, 0})
	s.Kommun = model.Kommun{Code: "0980", Name: "Gotland"}
	s.Border = orb.MultiPolygon{{{{0, -100}, {5000, -100}, {5000, 100}, {0, 100}, {0, -100}}}}
	s.Facilities[0].Municipality = "okänd"
	r, err := prepare(t, s).Rank(t.Context(), model.Query{Service: "dagligvaror", Impedance: model.Distance})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]model.Last{"S1": {Kommun: "Gotland", LastInKommun: true}, "S2": {}}
	for _, f := range r.Facilities {
		if f.Last != want[f.ID] {
			t.Errorf("%s: %+v, want %+v", f.ID, f.Last, want[f.ID])
		}
	}
}

func TestRankRefuses(t *testing.T) {
	empty := street(orb.Point{1000, 0})
	empty.Cells = nil
	apart := street(orb.Point{1000, 0})
	apart.Facilities[0].At = orb.Point{90000, 90000}
	one := street(orb.Point{1000, 0})
	for key, c := range map[string]struct {
		s *model.Snapshot
		q model.Query
	}{
		"analysis.nobody_lives":         {empty, model.Query{Service: "dagligvaror", Impedance: model.Distance}},
		"analysis.no_joined_facilities": {apart, model.Query{Service: "dagligvaror", Impedance: model.Distance}},
		"analysis.no_facilities":        {one, model.Query{Service: "post", Impedance: model.Distance}},
		"analysis.unknown_service":      {one, model.Query{Service: "bio", Impedance: model.Distance}},
		"analysis.unknown_impedance":    {one, model.Query{Service: "dagligvaror"}},
	} {
		p := prepare(t, c.s)
		if _, err := p.Rank(t.Context(), c.q); !errors.Is(err, i18n.Errorf(key)) {
			t.Errorf("%s: %v", key, err)
		}
		if _, err := p.RankPairs(t.Context(), c.q); !errors.Is(err, i18n.Errorf(key)) {
			t.Errorf("%s, pairs: %v", key, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := prepare(t, one).RankPairs(ctx, model.Query{Service: "dagligvaror", Impedance: model.Distance}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestGotlandRanking checks a real ranking against the analysis without each shop.
func TestGotlandRanking(t *testing.T) {
	s := gotland.Snapshot(t)
	p := prepare(t, s)
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance}
	r, err := p.Rank(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	before, err := p.Analyse(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	people := 0
	for i, f := range r.Facilities {
		people += f.PeopleNearest
		if i > 0 && cmp.Or(cmp.Compare(r.Facilities[i-1].Extra, f.Extra), cmp.Compare(f.ID, r.Facilities[i-1].ID)) < 0 {
			t.Errorf("%s stands before %s", r.Facilities[i-1].ID, f.ID)
		}
	}
	if people != before.Reached || len(r.Facilities) != before.Facilities {
		t.Errorf("%d people at %d facilities", people, len(r.Facilities))
	}
	for _, f := range r.Facilities[:3] {
		if want := closed(t, s, before, f.ID); !sameLoss(f.Loss, want) {
			t.Errorf("%s: %+v, want %+v", f.ID, f.Loss, want)
		}
	}
}

// BenchmarkRankWithPairs ranks every place and every pair of places of all service types that have facilities, by distance.
func BenchmarkRankWithPairs(b *testing.B) {
	onBoth(b, func(b *testing.B, s *model.Snapshot) {
		p := prepare(b, s)
		for b.Loop() {
			p.outcomes.forget()
			pairs := 0
			for _, kind := range s.Types {
				if len(p.open(kind.ID)) == 0 {
					continue
				}
				q := model.Query{Service: kind.ID, Impedance: model.Distance}
				if _, err := p.Rank(b.Context(), q); err != nil {
					b.Fatal(err)
				}
				both, err := p.RankPairs(b.Context(), q)
				if err != nil {
					b.Fatal(err)
				}
				pairs += len(both)
			}
			b.ReportMetric(float64(pairs), "pairs")
		}
	})
}

// BenchmarkRank ranks all service types that have facilities, by distance.
func BenchmarkRank(b *testing.B) {
	onBoth(b, func(b *testing.B, s *model.Snapshot) {
		p := prepare(b, s)
		if _, err := p.Accelerate(context.Background(), nil); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			p.outcomes.forget()
			for _, kind := range s.Types {
				if len(p.open(kind.ID)) == 0 {
					continue
				}
				if _, err := p.Rank(context.Background(), model.Query{Service: kind.ID, Impedance: model.Distance}); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
