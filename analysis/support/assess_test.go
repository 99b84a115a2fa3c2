package support

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
	rules "nabar/model/support"
)

// world builds a snapshot by hand.
type world struct{ s *model.Snapshot }

func newWorld() *world {
	return &world{&model.Snapshot{Roads: &model.RoadSet{}, Types: model.DefaultServiceTypes(), Params: model.DefaultParams()}}
}

// road adds a road of E, N pairs.
func (w *world) road(flags model.RoadFlags, xy ...float64) *world {
	r := model.Road{FID: int64(w.s.Roads.Len() + 1), SpeedF: 50, SpeedB: 50, Flags: flags}
	for i := 0; i < len(xy); i += 2 {
		r.Line = append(r.Line, orb.Point{xy[i], xy[i+1]})
	}
	w.s.Roads.Add(r)
	return w
}

// people adds a square.
func (w *world) people(n int, e, north float64) *world {
	w.s.Cells = append(w.s.Cells, model.Cell{ID: fmt.Sprint(len(w.s.Cells)), People: n, Women: -1, Men: -1, Centre: orb.Point{e, north}, Size: 250, Inside: true})
	return w
}

// shop adds a grocery; its range is "full", "some" or "?".
func (w *world) shop(id, assortment string, e, n float64) *world {
	w.s.Facilities = append(w.s.Facilities, model.Facility{
		ID: id, Name: "Butik " + id, Type: "dagligvaror", At: orb.Point{e, n}, FullRange: assortment == "full", RangeTold: assortment != "?",
	})
	return w
}

// service adds a place of another type.
func (w *world) service(id, kind string, e, n float64) *world {
	w.s.Facilities = append(w.s.Facilities, model.Facility{ID: id, Type: kind, At: orb.Point{e, n}})
	return w
}

// assess tries the world by a set.
func (w *world) assess(t testing.TB, set rules.Set, facts rules.Facts) *rules.Report {
	t.Helper()
	p, err := access.Prepare(context.Background(), w.s, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Assess(context.Background(), p, set, facts)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// far is a set with one rule about distance alone.
func far(op rules.Op, metres, margin float64) rules.Set {
	return rules.Set{ID: "prov", Edition: "1", Source: "prov", Margin: margin, Rules: []rules.Rule{{
		ID: "r", Service: "dagligvaror", Against: rules.FullRange,
		Conditions: []rules.Condition{{ID: "avstand", Fact: rules.NextDistance, Op: op, Value: metres}},
	}}}
}

// of finds the outcome of a rule for a place.
func of(t testing.TB, r *rules.Report, place, rule string) *rules.Outcome {
	t.Helper()
	for i := range r.Places {
		if r.Places[i].ID == place {
			if o := r.Places[i].Of(rule); o != nil {
				return o
			}
		}
	}
	t.Fatalf("no outcome of %s for %s", rule, place)
	return nil
}

// ordinary are facts that meet all that is entered in the Swedish ordinance.
func ordinary(place string) rules.Facts {
	return rules.Facts{place: {rules.Turnover: {Value: 8e6}, rules.YearRound: {Value: 1}, rules.FixedPremises: {Value: 1}}}
}

func TestThresholdsToTheMetre(t *testing.T) {
	cases := []struct {
		name   string
		metres float64
		op     rules.Op
		margin float64
		want   rules.Verdict
		holds  bool
	}{
		{"10 000 m is not over 10 km", 10000, rules.Over, 0, rules.Not, false},
		{"10 000 m is at least 10 km", 10000, rules.AtLeast, 0, rules.Eligible, true},
		{"a centimetre more is over", 10000.01, rules.Over, 0, rules.Eligible, true},
		{"a centimetre less is under", 9999.99, rules.AtLeast, 0, rules.Not, false},
		{"at the threshold it is borderline", 10000, rules.Over, 0.1, rules.Borderline, false},
		{"the margin includes its lower end", 9000, rules.Over, 0.1, rules.Borderline, false},
		{"below it is not", 8999.99, rules.Over, 0.1, rules.Not, false},
		{"the margin includes its upper end", 11000, rules.Over, 0.1, rules.Borderline, true},
		{"above it is", 11000.01, rules.Over, 0.1, rules.Eligible, true},
	}
	for _, c := range cases {
		w := newWorld().road(0, 0, 0, c.metres, 0).shop("A", "full", 0, 0).shop("B", "full", c.metres, 0)
		o := of(t, w.assess(t, far(c.op, 10000, c.margin), nil), "A", "r")
		if o.Verdict != c.want || o.Checks[0].Holds == nil || *o.Checks[0].Holds != c.holds || o.Next.ID != "B" || o.Next.Metres != c.metres {
			t.Errorf("%s: %+v, next %+v", c.name, o, o.Next)
		}
	}
}

func TestTheNextShopStandsAtAnotherPlace(t *testing.T) {
	// A and B share a roof, 25 m apart, D is a kiosk without full range; C is 12 km off.
	w := newWorld().road(0, 0, 0, 12000, 0).shop("A", "full", 0, 0).shop("B", "full", 25, 0).shop("D", "some", 3000, 0).shop("C", "full", 12000, 0)
	r := w.assess(t, far(rules.Over, 10000, 0.1), nil)
	for id, want := range map[string]float64{"A": 12000, "B": 11975, "C": 11975, "D": 2975} {
		if o := of(t, r, id, "r"); o.Next == nil || math.Abs(o.Next.Metres-want) > 1e-6 {
			t.Errorf("%s: next %+v, want %v", id, o.Next, want)
		}
	}
}

func TestOneWayRoadsAreDrivenAsTheyMay(t *testing.T) {
	// From A to B 8 km straight, one way; back only round by 8 + 2·6 = 20 km.
	w := newWorld().road(model.ForbiddenBackward, 0, 0, 8000, 0).road(0, 8000, 0, 8000, 6000, 0, 6000, 0, 0).
		shop("A", "full", 0, 0).shop("B", "full", 8000, 0)
	r := w.assess(t, far(rules.Over, 10000, 0.1), nil)
	if a, b := of(t, r, "A", "r"), of(t, r, "B", "r"); a.Next.Metres != 8000 || a.Verdict != rules.Not || b.Next.Metres != 20000 || b.Verdict != rules.Eligible {
		t.Errorf("A %+v %v, B %+v %v", a.Next, a.Verdict, b.Next, b.Verdict)
	}
}

// archipelago has a town of 100, an island of 10 over a 1 km ferry, and an island with a bridge.
func archipelago() *world {
	return newWorld().road(0, 0, 0, 5000, 0).people(100, 0, 0).shop("stan", "full", 0, 0).
		road(model.Ferry, 5000, 0, 6000, 0).road(0, 6000, 0, 7000, 0).people(10, 7000, 0).shop("on", "full", 7000, 0).
		road(0, 0, 0, 0, 4000).shop("bro", "full", 0, 4000)
}

func TestAnIslandIsWhereOnlyAFerryLeads(t *testing.T) {
	for _, off := range []bool{false, true} {
		w := archipelago()
		w.s.Params.FerriesOff = off
		r := w.assess(t, rules.BuiltIn()[0], ordinary(rules.Everyone))
		island, mainland := of(t, r, "on", "sarskilt_driftstod"), of(t, r, "bro", "sarskilt_driftstod")
		if island.Verdict != rules.Eligible || mainland.Verdict != rules.Not {
			t.Errorf("ferries off %v: island %v, bridge %v", off, island.Verdict, mainland.Verdict)
		}
		if off != (island.Next == nil) {
			t.Errorf("ferries off %v: next from the island %+v", off, island.Next)
		}
		if r.People != 100 || r.Places[1].ID != "on" || r.Places[1].IslandPeople != 10 {
			t.Errorf("judged against %d people; places %+v", r.People, r.Places)
		}
	}
}

func TestTheMainlandIsWhereMostPeopleLive(t *testing.T) {
	// The side with the shorter roads has the people.
	w := newWorld().road(0, 0, 0, 100, 0).people(50, 0, 0).shop("A", "full", 0, 0).
		road(model.Ferry, 100, 0, 900, 0).road(0, 900, 0, 90000, 0).people(49, 900, 0).shop("B", "full", 900, 0)
	r := w.assess(t, rules.BuiltIn()[0], nil)
	if a, b := r.Places[0], r.Places[1]; a.IslandPeople != 0 || b.IslandPeople != 49 {
		t.Errorf("A %+v B %+v", a, b)
	}
	w.s.Cells = nil // without people the longer roads decide
	r = w.assess(t, rules.BuiltIn()[0], nil)
	check := of(t, r, "A", "sarskilt_driftstod").Checks[3]
	if check.Condition != "o" || check.Answer != rules.Met {
		t.Errorf("without people A's island is %+v", check)
	}
}

func TestWhatIsUnknownMakesBorderline(t *testing.T) {
	base := func() *world {
		return newWorld().road(0, 0, 0, 20000, 0).people(1, 0, 0).shop("A", "full", 0, 0).shop("B", "full", 20000, 0)
	}
	set := rules.BuiltIn()[0]
	driftstod := func(w *world, f rules.Facts) *rules.Outcome {
		return of(t, w.assess(t, set, f), "A", "sarskilt_driftstod")
	}
	if o := driftstod(base(), nil); o.Verdict != rules.Borderline || len(o.Unknowns(set.Rule(o.Rule))) == 0 {
		t.Errorf("without facts: %+v", o)
	}
	if o := driftstod(base(), ordinary("A")); o.Verdict != rules.Eligible {
		t.Errorf("with facts: %+v", o)
	}
	if o := driftstod(base(), ordinary("A").With("A", rules.Turnover, &rules.Fact{Value: 20e6})); o.Verdict != rules.Not {
		t.Errorf("with too much turnover: %+v", o)
	}
	if o := driftstod(base(), ordinary("A").With("A", rules.Turnover, &rules.Fact{Value: 11e6})); o.Verdict != rules.Borderline {
		t.Errorf("with turnover at the limit: %+v", o)
	}
	// One that surely fails is refused, whatever else is unknown.
	if o := driftstod(base(), rules.Facts{"A": {rules.YearRound: {}}}); o.Verdict != rules.Not {
		t.Errorf("closed in winter: %+v", o)
	}
	// What the user says of an island goes before the network.
	near := newWorld().road(0, 0, 0, 2000, 0).people(1, 0, 0).shop("A", "full", 0, 0).shop("B", "full", 2000, 0)
	if o := driftstod(near, ordinary("A").With("A", rules.Island, &rules.Fact{Value: 1, Source: "kommunen"})); o.Verdict != rules.Eligible {
		t.Errorf("an island by the user's word: %+v", o)
	}
}

func TestAShopOfUntoldRangeLeavesTheDistanceOpen(t *testing.T) {
	w := newWorld().road(0, 0, 0, 20000, 0).shop("A", "full", 0, 0).shop("K", "?", 2000, 0).shop("B", "full", 20000, 0)
	set := far(rules.Over, 10000, 0.1)
	o := of(t, w.assess(t, set, nil), "A", "r")
	if o.Verdict != rules.Borderline || o.Next.ID != "B" || o.Perhaps == nil || o.Perhaps.ID != "K" || *o.Checks[0].Low != 2000 {
		t.Errorf("untold: %+v", o)
	}
	for value, want := range map[float64]rules.Verdict{0: rules.Eligible, 1: rules.Not} {
		facts := rules.Facts{"K": {rules.HasFullRange: {Value: value}}}
		if o := of(t, w.assess(t, set, facts), "A", "r"); o.Verdict != want || o.Perhaps != nil {
			t.Errorf("told %v: %+v", value, o)
		}
	}
	set.AssumeFull = true
	if o := of(t, w.assess(t, set, nil), "A", "r"); o.Verdict != rules.Not || o.Next.ID != "K" {
		t.Errorf("assumed full: %+v", o)
	}
}

func TestWhoReachesNobodyIsBorderline(t *testing.T) {
	w := newWorld().road(0, 0, 0, 20000, 0).shop("A", "full", 0, 0)
	if o := of(t, w.assess(t, far(rules.Over, 10000, 0.1), nil), "A", "r"); o.Verdict != rules.Borderline || o.Next != nil {
		t.Errorf("alone: %+v", o)
	}
	w = newWorld().road(0, 0, 0, 20000, 0).shop("A", "full", 0, 9000).shop("B", "full", 0, 0)
	r := w.assess(t, far(rules.Over, 10000, 0.1), nil)
	if o := of(t, r, "A", "r"); o.Verdict != rules.Borderline || r.Places[0].Joined {
		t.Errorf("without road: %+v", o)
	}
}

func TestExampleSets(t *testing.T) {
	set := func(id string) rules.Set {
		for _, s := range rules.BuiltIn() {
			if s.ID == id {
				return s
			}
		}
		t.Fatal(id)
		return rules.Set{}
	}
	facts := rules.Facts{"A": {rules.Households: {Value: 150}, rules.Turnover: {Value: 1.5e6}}}
	for metres, want := range map[float64]rules.Verdict{4999: rules.Not, 5000: rules.Borderline, 9999.99: rules.Borderline, 10000: rules.Eligible} {
		w := newWorld().road(0, 0, 0, metres, 0).shop("A", "some", 0, 0).shop("B", "some", metres, 0)
		if o := of(t, w.assess(t, set(rules.Merkur), facts), "A", "merkur_butik"); o.Verdict != want {
			t.Errorf("Merkur at %v m: %v, want %v", metres, o.Verdict, want)
		}
	}
	w := newWorld().road(0, 0, 0, 9000, 0).shop("A", "some", 0, 0).shop("B", "some", 9000, 0)
	if o := of(t, w.assess(t, set(rules.VillageShop), facts), "A", "kylabutiksstod"); o.Verdict != rules.Not {
		t.Errorf("a village shop without other services: %v", o.Verdict)
	}
	w.service("P", "post", 10, 0)
	if o := of(t, w.assess(t, set(rules.VillageShop), facts), "A", "kylabutiksstod"); o.Verdict != rules.Eligible {
		t.Errorf("a village shop with post: %v", o.Verdict)
	}
	w = newWorld().road(0, 0, 0, 30000, 0).shop("A", "full", 0, 0).service("1", "betaltjanster", 0, 0).service("2", "betaltjanster", 30000, 0)
	if o := of(t, w.assess(t, set(rules.Cash), nil), "1", "kontanter"); o.Verdict != rules.Eligible {
		t.Errorf("cash 30 km apart: %v", o.Verdict)
	}
}

// TestNextAgainstAllPairs compares with the way between each two shops on random networks.
func TestNextAgainstAllPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 17))
	for round := range 150 {
		w := newWorld()
		for range 14 {
			flags := []model.RoadFlags{0, 0, model.ForbiddenBackward, model.Ferry}[r.IntN(4)]
			w.road(flags, float64(r.IntN(5)*1000), float64(r.IntN(5)*1000), float64(r.IntN(5)*1000+37), float64(r.IntN(5)*1000+19))
		}
		for i := range 6 {
			w.shop(fmt.Sprint(i), []string{"full", "some"}[r.IntN(2)], float64(r.IntN(5000)), float64(r.IntN(5000)))
		}
		p, err := access.Prepare(context.Background(), w.s, nil)
		if err != nil {
			continue // only ferries: nothing to join
		}
		report, err := Assess(context.Background(), p, far(rules.Over, 1000, 0.1), nil)
		if err != nil {
			t.Fatal(err)
		}
		for i, place := range report.Places {
			checkNearest(t, p, w.s, i, place, round)
		}
	}
}

// checkNearest compares a place's next with the nearest of all by single ways.
func checkNearest(t *testing.T, p *access.Prepared, s *model.Snapshot, i int, place rules.Place, round int) {
	t.Helper()
	best := math.Inf(1)
	for k := range s.Facilities {
		there := &s.Facilities[k]
		if k == i || !there.FullRange || math.Hypot(there.At[0]-place.At[0], there.At[1]-place.At[1]) <= s.Params.PlaceRadius {
			continue
		}
		if _, metres, ok := p.RouteBetween(place.At, there.At, model.Distance); ok {
			best = min(best, metres)
		}
	}
	next := place.Outcomes[0].Next
	switch {
	case next == nil && !math.IsInf(best, 1):
		t.Errorf("round %d, %s: none, want %v", round, place.ID, best)
	case next != nil && math.Abs(next.Metres-best) > 0.005:
		t.Errorf("round %d, %s: %v, want %v", round, place.ID, next.Metres, best)
	}
}

func TestSameInputSameReport(t *testing.T) {
	a, b := archipelago().assess(t, rules.BuiltIn()[0], nil), archipelago().assess(t, rules.BuiltIn()[0], nil)
	if !reflect.DeepEqual(a, b) {
		t.Error("two reports of the same project differ")
	}
}

func TestFaultySetsAreRefused(t *testing.T) {
	faulty := func(change func(*rules.Set)) rules.Set {
		s := far(rules.Over, 10000, 0.1)
		change(&s)
		return s
	}
	for key, set := range map[string]rules.Set{
		"support.set_unnamed":     faulty(func(s *rules.Set) { s.Source = "" }),
		"support.margin_wrong":    faulty(func(s *rules.Set) { s.Margin = math.NaN() }),
		"support.condition_wrong": faulty(func(s *rules.Set) { s.Rules[0].Conditions[0].Op = "≈" }),
	} {
		if err := Check(&set); !errors.Is(err, i18n.Errorf(key)) {
			t.Errorf("%s: %v", key, err)
		}
	}
	for _, set := range rules.BuiltIn() {
		if err := Check(&set); err != nil {
			t.Errorf("%s: %v", set.ID, err)
		}
	}
}

func TestCancel(t *testing.T) {
	p, err := access.Prepare(context.Background(), archipelago().s, nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Assess(ctx, p, rules.BuiltIn()[0], nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
