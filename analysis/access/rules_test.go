package access

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// TestRules computes by hand what one square of 10 people has to the nearest and second nearest shop.
func TestRules(t *testing.T) {
	east := road(0, 0, 0, 1000, 0)
	for name, c := range map[string]struct {
		roads          []model.Road
		home           orb.Point
		shops          []orb.Point
		change         func(*model.Params)
		metres, second float64 // NaN: not reached
		seconds        float64
	}{
		"connectors at straight length, in time none": {
			roads: []model.Road{east}, home: orb.Point{100, 40}, shops: []orb.Point{{700, -30}},
			metres: 40 + 600 + 30, second: math.NaN(), seconds: 60,
		},
		"connectors with a speed": {
			roads: []model.Road{east}, home: orb.Point{100, 40}, shops: []orb.Point{{700, -30}},
			change: func(p *model.Params) { p.ConnectorSpeed = 3.6 },
			metres: 670, second: math.NaN(), seconds: 60 + 70,
		},
		"one-way: home to service": {
			// back is not allowed: on to 1000, round by 1000 + 1000 + 1000, and in from 0
			roads: []model.Road{road(model.ForbiddenBackward, 0, 0, 1000, 0), road(0, 1000, 0, 1000, 1000, 0, 1000, 0, 0)},
			home:  orb.Point{600, 0}, shops: []orb.Point{{200, 0}},
			metres: 400 + 3000 + 200, second: math.NaN(), seconds: 360,
		},
		"register's length, drawn share": {
			roads: []model.Road{{Line: orb.LineString{{0, 0}, {1000, 0}}, Length: 1500, SpeedF: 36, SpeedB: 36}},
			home:  orb.Point{100, 0}, shops: []orb.Point{{900, 0}},
			metres: 0.8 * 1500, second: math.NaN(), seconds: 120,
		},
		"ferry without speed goes at 10 km/h": {
			roads: []model.Road{east, {Line: orb.LineString{{1000, 0}, {3000, 0}}, Flags: model.Ferry}, road(0, 3000, 0, 4000, 0)},
			home:  orb.Point{500, 0}, shops: []orb.Point{{3500, 0}},
			metres: 3000, second: math.NaN(), seconds: 100 + 720,
		},
		"ferry with a wait": {
			roads: []model.Road{east, {Line: orb.LineString{{1000, 0}, {3000, 0}}, Flags: model.Ferry}, road(0, 3000, 0, 4000, 0)},
			home:  orb.Point{500, 0}, shops: []orb.Point{{3500, 0}},
			change: func(p *model.Params) { p.FerryWait = 300; p.FerrySpeed = 20 },
			metres: 3000, second: math.NaN(), seconds: 100 + 360 + 300,
		},
		"an island with its ferry closed keeps its shop": {
			roads: []model.Road{east, {Line: orb.LineString{{1000, 0}, {1200, 0}}, Flags: model.Ferry}, road(0, 1200, 0, 1900, 0)},
			home:  orb.Point{1300, 0}, shops: []orb.Point{{900, 0}, {1800, 0}},
			change: func(p *model.Params) { p.FerriesOff = true },
			metres: 500, second: math.NaN(), seconds: 50,
		},
		"nothing joins a closed ferry, nor the other shore": {
			roads: []model.Road{east, {Line: orb.LineString{{1000, 0}, {1200, 0}}, Flags: model.Ferry}, road(0, 1200, 0, 1900, 0)},
			home:  orb.Point{1160, 30}, shops: []orb.Point{{900, 0}, {1800, 0}},
			change: func(p *model.Params) { p.FerriesOff = true; p.ConnectorSpeed = 3.6 },
			metres: 50 + 600, second: math.NaN(), seconds: 50 + 60,
		},
		"nothing joins a ferry or motorway": {
			roads: []model.Road{
				road(0, 0, 0, 0, 1000), road(model.Motorway, 0, 0, 1000, 0),
				{Line: orb.LineString{{0, 1000}, {1000, 1000}}, Flags: model.Ferry},
			},
			home: orb.Point{100, 0}, shops: []orb.Point{{100, 1000}},
			metres: 100 + 1000 + 100, second: math.NaN(), seconds: 100,
		},
		"closed both ways": {
			roads: []model.Road{
				road(0, 0, 0, 1000, 0, 1000, 900, 0, 900), road(model.ForbiddenBackward|model.ForbiddenForward, 0, 0, 0, 900),
			},
			home: orb.Point{0, 0}, shops: []orb.Point{{0, 900}},
			metres: 1000 + 900 + 1000, second: math.NaN(), seconds: 290,
		},
		"shops within 30 m are one place": {
			roads: []model.Road{east}, home: orb.Point{0, 0}, shops: []orb.Point{{100, 0}, {130, 0}, {700, 0}},
			metres: 100, second: 700, seconds: 10,
		},
		"a chain of shops is one place": {
			roads: []model.Road{east}, home: orb.Point{0, 0}, shops: []orb.Point{{160, 0}, {100, 0}, {130, 0}, {700, 0}},
			metres: 100, second: 700, seconds: 10,
		},
		"shops 31 m apart are two": {
			roads: []model.Road{east}, home: orb.Point{0, 0}, shops: []orb.Point{{100, 0}, {131, 0}, {700, 0}},
			metres: 100, second: 131, seconds: 10,
		},
		"a smaller place": {
			roads: []model.Road{east}, home: orb.Point{0, 0}, shops: []orb.Point{{100, 0}, {130, 0}},
			change: func(p *model.Params) { p.PlaceRadius = 0 },
			metres: 100, second: 130, seconds: 10,
		},
		"the nearest as the crow flies is not the nearest": {
			roads: []model.Road{road(0, 0, 0, 2000, 0, 2000, 100, 0, 100)},
			home:  orb.Point{0, 0}, shops: []orb.Point{{0, 100}, {1500, 0}},
			metres: 1500, second: 4100, seconds: 150,
		},
		"a shop on an island joins the largest part": {
			roads: []model.Road{east, road(0, 0, 2000, 100, 2000)},
			home:  orb.Point{0, 0}, shops: []orb.Point{{50, 2000}},
			metres: 2000 + 50, second: math.NaN(), seconds: 5,
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := kommun(c.roads, []model.Cell{square(10, c.home[0], c.home[1])}, c.shops...)
			if c.change != nil {
				c.change(&s.Params)
			}
			r := analyse(t, s, model.Distance)
			if r.Mean != c.metres || r.Median != c.metres || r.P90 != c.metres || r.Max != c.metres || r.Cells[0].Cost != c.metres {
				t.Errorf("distance: %+v, want %v", r, c.metres)
			}
			if got := r.SecondMean; got != c.second && !(math.IsNaN(got) && math.IsNaN(c.second)) {
				t.Errorf("second %v, want %v", got, c.second)
			}
			if r := analyse(t, s, model.Time); r.Mean != c.seconds {
				t.Errorf("time %v s, want %v s", r.Mean, c.seconds)
			}
		})
	}
}

// TestFigures has squares at known distances east of one shop and a second shop at 10 km.
func TestFigures(t *testing.T) {
	s := kommun([]model.Road{road(0, 0, 0, 10000, 0)}, []model.Cell{
		square(50, 1000, 0), square(39, 2000, 0), square(1, 2000.01, 0), square(10, 5000, 0), square(0, 9999, 0),
		square(7, 5000, 20000), // beyond the limit for joining
	}, orb.Point{0, 0}, orb.Point{10000, 0})
	s.Cells = append(s.Cells, model.Cell{ID: "utanför", People: 1000, Centre: orb.Point{0, 0}}) // not Inside
	r := analyse(t, s, model.Distance, 999.99, 1000, 2000, 2000.01, 5000, 50000)
	if r.People != 107 || r.Reached != 100 || r.Unreached != 7 || r.Facilities != 2 || len(r.Cells) != 6 {
		t.Errorf("people %+v", r)
	}
	if want := (50*1000 + 39*2000 + 2000.01 + 10*5000) / 100; math.Abs(r.Mean-want) > 1e-9 {
		t.Errorf("mean %v, want %v", r.Mean, want)
	}
	if r.Median != 1000 || r.P90 != 2000.01 || r.Max != 5000 {
		t.Errorf("median %v, P90 %v, max %v", r.Median, r.P90, r.Max)
	}
	if want := (50*9000 + 39*8000 + 7999.99 + 10*5000) / 100; math.Abs(r.SecondMean-want) > 1e-9 {
		t.Errorf("second %v, want %v", r.SecondMean, want)
	}
	want := []model.Band{{To: 999.99}, {To: 1000, People: 50}, {To: 2000, People: 89}, {To: 2000.01, People: 90}, {To: 5000, People: 100}, {To: 50000, People: 100}}
	if fmt.Sprint(r.Bands) != fmt.Sprint(want) {
		t.Errorf("bands %v, want %v", r.Bands, want)
	}
	if far := r.Cells[5]; far.Nearest != "" || far.Second != "" || !math.IsNaN(far.Cost) || !math.IsNaN(far.SecondCost) {
		t.Errorf("unreached square %+v", far)
	}
	if tie := r.Cells[3]; tie.Nearest != "S1" || tie.Second != "S2" || tie.Cost != tie.SecondCost {
		t.Errorf("a tie goes to the lower id: %+v", tie)
	}
	if r.Places[0].PeopleNearest != 100 || r.Places[1].PeopleNearest != 0 {
		t.Errorf("places %+v", r.Places)
	}
	if r.Engine != Version || len(r.Inputs) != 1 || r.Params != s.Params {
		t.Errorf("identity of the result: %+v", r)
	}
}

func TestFacilitiesByDate(t *testing.T) {
	s := kommun([]model.Road{road(0, 0, 0, 1000, 0)}, []model.Cell{square(1, 0, 0)}, orb.Point{100, 0}, orb.Point{400, 0}, orb.Point{900, 0})
	s.Facilities[0].Closed = "2020-06-30"
	s.Facilities[1].Opened = "2021-01-01"
	for date, want := range map[string]float64{"": 400, "2020-06-29": 100, "2020-06-30": 900, "2021-01-01": 400} {
		s.Params.Date = date
		if r := analyse(t, s, model.Distance); r.Mean != want || r.Facilities != len(r.Places) {
			t.Errorf("on %q: %v m, want %v", date, r.Mean, want)
		}
	}
}

func TestFacilityThatDoesNotJoin(t *testing.T) {
	s := kommun([]model.Road{road(0, 0, 0, 1000, 0)}, []model.Cell{square(1, 0, 0)}, orb.Point{0, 6000}, orb.Point{900, 0})
	r := analyse(t, s, model.Distance)
	if r.Facilities != 2 || r.Mean != 900 || r.Places[0].Joined || !r.Places[1].Joined || !math.IsNaN(r.SecondMean) {
		t.Errorf("got %+v", r)
	}
}

// TestEndOfAOneWay stands at the end of a one-way street: from there one may go any way.
func TestEndOfAOneWay(t *testing.T) {
	s := kommun([]model.Road{road(model.ForbiddenBackward, 0, 0, 1000, 0), road(0, 1000, 0, 2000, 0)},
		[]model.Cell{square(1, 1000, 100)}, orb.Point{1500, 0})
	if r := analyse(t, s, model.Distance); r.Mean != 600 {
		t.Errorf("got %v m, want 600 m", r.Mean)
	}
}

func TestAnalyseRefuses(t *testing.T) {
	roads := []model.Road{road(0, 0, 0, 1000, 0)}
	home := []model.Cell{square(1, 0, 0)}
	groceries := model.Query{Service: "dagligvaror", Impedance: model.Distance}
	oneWayOut := kommun([]model.Road{road(0, 0, 0, 1000, 0), road(model.ForbiddenForward, 0, 0, 0, 900)}, home, orb.Point{0, 500})
	for name, c := range map[string]struct {
		s   *model.Snapshot
		q   model.Query
		key string
	}{
		"unknown type":       {kommun(roads, home, orb.Point{}), model.Query{Service: "bio", Impedance: model.Time}, "analysis.unknown_service"},
		"unknown measure":    {kommun(roads, home, orb.Point{}), model.Query{Service: "post", Impedance: "fågelvägen"}, "analysis.unknown_impedance"},
		"falling limits":     {kommun(roads, home, orb.Point{}), model.Query{Service: "post", Impedance: model.Time, Bands: []float64{5, 4}}, "analysis.bad_bands"},
		"negative limit":     {kommun(roads, home, orb.Point{}), model.Query{Service: "post", Impedance: model.Time, Bands: []float64{-4}}, "analysis.bad_bands"},
		"limit of no number": {kommun(roads, home, orb.Point{}), model.Query{Service: "post", Impedance: model.Time, Bands: []float64{math.NaN()}}, "analysis.bad_bands"},
		"no facilities":      {kommun(roads, home), groceries, "analysis.no_facilities"},
		"none near a road":   {kommun(roads, home, orb.Point{0, 9e5}), groceries, "analysis.no_joined_facilities"},
		"no position":        {kommun(roads, home, orb.Point{math.NaN(), 0}), groceries, "analysis.no_joined_facilities"},
		"no people":          {kommun(roads, []model.Cell{square(0, 0, 0)}, orb.Point{}), groceries, "analysis.nobody_lives"},
		"nobody near a road": {kommun(roads, []model.Cell{square(4, 9e5, 0)}, orb.Point{}), groceries, "analysis.nobody_reached"},
		"one-way out only":   {oneWayOut, groceries, "analysis.nobody_reached"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := prepare(t, c.s).Analyse(context.Background(), c.q)
			if !errors.Is(err, &i18n.Problem{Message: i18n.M(c.key)}) {
				t.Errorf("got %v, want %s", err, c.key)
			}
		})
	}
}

func TestPrepareRefuses(t *testing.T) {
	s := kommun([]model.Road{road(0, 0, 0, 1000, 0)}, []model.Cell{square(-1, 0, 0)})
	if _, err := Prepare(context.Background(), s, nil); !errors.Is(err, &i18n.Problem{Message: i18n.M("analysis.negative_people")}) {
		t.Errorf("negative people: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Prepare(ctx, kommun([]model.Road{road(0, 0, 0, 1, 0)}, nil), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestTimings moves the clock by a second a look.
func TestTimings(t *testing.T) {
	now := time.Unix(0, 0)
	tick := func() time.Time { now = now.Add(time.Second); return now }
	var steps []string
	progress := func(what i18n.Message, share float64) { steps = append(steps, fmt.Sprint(what.Key, share)) }
	s := kommun([]model.Road{road(0, 0, 0, 1000, 0)}, []model.Cell{square(1, 0, 0)}, orb.Point{100, 0})
	p, err := Prepare(context.Background(), s, progress, WithClock(tick))
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Analyse(context.Background(), model.Query{Service: "dagligvaror", Impedance: model.Distance})
	if err != nil {
		t.Fatal(err)
	}
	if want := (model.Timings{Build: 1000, Snap: 1000, Search: 1000, Total: 3000}); r.Timings != want {
		t.Errorf("timings %+v, want %+v", r.Timings, want)
	}
	if len(steps) != 3 || steps[2] != "analysis.progress.snap1" {
		t.Errorf("progress %v", steps)
	}
}

func ExamplePrepared_Analyse() {
	s := kommun([]model.Road{road(0, 0, 0, 12000, 0)},
		[]model.Cell{square(30, 500, 0), square(10, 4500, 0)}, orb.Point{0, 0}, orb.Point{10000, 0})
	p, err := Prepare(context.Background(), s, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := p.Analyse(context.Background(), model.Query{Service: "dagligvaror", Impedance: model.Distance})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Reached, "of", r.People, "people, mean", r.Mean, "m, second nearest", r.SecondMean, "m")
	for _, b := range r.Bands {
		fmt.Println("within", b.To, "m:", b.People)
	}
	// Output:
	// 40 of 40 people, mean 1500 m, second nearest 8500 m
	// within 1000 m: 30
	// within 2000 m: 30
	// within 5000 m: 40
	// within 10000 m: 40
	// within 20000 m: 40
}
