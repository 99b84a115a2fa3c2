package access

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/internal/testdata/gotland"
	"nabar/model"
)

// differGroceries compares groceries by distance with a reference or fails.
func differGroceries(t *testing.T, s *model.Snapshot, ref *model.Reference, tolerance float64) *model.Differences {
	t.Helper()
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance}
	d, err := Differ(context.Background(), s, q, ref, tolerance, nil)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// differKommun is a road along the equator of the test, in two pieces whose ends lie 0.2 m apart with a half metre between,
// with a shop at 1 km and one at 9 km, and an island that a ferry of 3 km leads to.
func differKommun() *model.Snapshot {
	s := kommun([]model.Road{
		road(0, 0, 0, 10000.4, 0), road(0, 10000.6, 0, 14000, 0),
		road(model.Ferry, 0, 0, 0, 3000), road(0, 0, 3000, 3000, 3000),
	}, []model.Cell{
		square(1, 2000, 300), square(2, 12000, 0), square(4, 3000, 0), square(8, 5000, 0), square(16, 5500, 0),
		square(32, 4000, 0), square(64, 4200, 0), square(128, 3300, 0), square(256, 9000, 6000), square(512, 2500, 0),
		square(1024, 2600, 0), square(2048, 100, 3000), square(4096, 2700, 0), square(8192, 2800, 0),
	}, orb.Point{1000, 0}, orb.Point{9000, 0})
	s.Cells[13].Inside = false
	return s
}

// causesByHand is what another program says of each square, in kilometres, and why that differs; -1 is unreached.
var causesByHand = []struct {
	cell   string
	km     float64
	people int
	want   []model.Cause
}{
	// 1 300 m with the connector
	{"ruta 1", 1.0, 1, []model.Cause{model.CauseConnector}},
	// joins the end of the other piece for nothing
	{"ruta 2", 1.0, 2, []model.Cause{model.CauseConnector, model.CauseNodes}},
	// 2 000 m, within the tolerance
	{"ruta 3", 2.005, 4, nil},
	// metres among kilometres
	{"ruta 4", 4000, 8, []model.Cause{model.CauseUnit}},
	// 3 500 m to the nearer one
	{"ruta 5", 4.5, 16, []model.Cause{model.CauseFacility}},
	// 3 000 m
	{"ruta 6", 0.123, 32, []model.Cause{model.CauseShorter}},
	// 3 200 m
	{"ruta 7", 9.87, 64, []model.Cause{model.CauseLonger}},
	// 2 300 m
	{"ruta 8", -1, 128, []model.Cause{model.CauseElsewhere}},
	// 6 km from the road
	{"ruta 9", 5, 256, []model.Cause{model.CauseUnjoined}},
	// 512 people
	{"ruta 10", 1.5, 511, []model.Cause{model.CausePopulation}},
	// 4 100 m by the ferry
	{"ruta 12", -1, -1, []model.Cause{model.CauseFerry}},
	// 1 700 m
	{"ruta 13", 1.0, 1, []model.Cause{model.CauseShorter, model.CausePopulation}},
	// outside the kommun
	{"ruta 14", 1.0, 1, nil},
	{"ruta 15", 1.0, 7, []model.Cause{model.CauseOnlyThere}},
}

// byHand is the reference of causesByHand.
func differByHand() *model.Reference {
	ref := &model.Reference{Source: "pipos.csv", Unit: model.UnitKm}
	for i, c := range causesByHand {
		km := c.km
		if km < 0 {
			km = math.NaN()
		}
		ref.Cells = append(ref.Cells, model.ReferenceCell{Row: int64(i + 2), Cell: c.cell, Cost: km, People: c.people})
	}
	ref.Cells = append(ref.Cells, ref.Cells[0])
	return ref
}

// TestCausesByHand finds the cause of every square that was altered, and lists no other.
func TestCausesByHand(t *testing.T) {
	d := differGroceries(t, differKommun(), differByHand(), 10)
	found := map[string][]model.Cause{}
	for _, row := range d.Squares {
		found[row.Cell] = row.Causes
	}
	for _, c := range causesByHand {
		if !slices.Equal(found[c.cell], c.want) {
			t.Errorf("%s: %v, want %v", c.cell, found[c.cell], c.want)
		}
		delete(found, c.cell)
	}
	if !slices.Equal(found["ruta 11"], []model.Cause{model.CauseOnlyHere}) || len(found) != 1 {
		t.Errorf("besides: %v", found)
	}
	if d.Unit != model.UnitKm || d.Step != 1 || d.Outside != 1 || d.Twice != 1 || d.Compared != 12 || d.Equal != 1 || d.Differing != 13 {
		t.Errorf("%+v", d)
	}
	if want := 8191 - 4 + 7; d.Concerned != want {
		t.Errorf("%d people concerned, want %d", d.Concerned, want)
	}
	squares, people := 0, 0
	for _, c := range d.Causes {
		squares, people = squares+c.Squares, people+c.People
	}
	if squares != d.Differing || people != d.Concerned {
		t.Errorf("the causes sum to %d squares with %d people", squares, people)
	}
}

// TestComponentAsCause has a long road and more roads that are short: by length the square drives along the long one.
func TestComponentAsCause(t *testing.T) {
	s := kommun([]model.Road{
		road(0, 0, 0, 9000, 0),
		road(0, 0, 1000, 100, 1000), road(0, 100, 1000, 200, 1000), road(0, 200, 1000, 300, 1000),
	}, []model.Cell{square(10, 5000, 200)}, orb.Point{150, 1000})
	metres := math.Hypot(4700, 800) + 150
	ref := &model.Reference{Cells: []model.ReferenceCell{{Cell: "ruta 1", Cost: math.Round(metres), People: 10}}}
	d := differGroceries(t, s, ref, 1)
	if len(d.Squares) != 1 || !slices.Equal(d.Squares[0].Causes, []model.Cause{model.CauseComponent}) || d.Unit != model.UnitMetre {
		t.Errorf("%+v", d)
	}
}

// TestRoundingAsCause tells whole kilometres from other causes, and finds the unit by itself.
func TestRoundingAsCause(t *testing.T) {
	s := differKommun()
	ref := &model.Reference{Cells: []model.ReferenceCell{
		{Cell: "ruta 8", Cost: 2, People: -1},  // 2.3 km
		{Cell: "ruta 5", Cost: 3, People: -1},  // 3.5 km, rounded down
		{Cell: "ruta 1", Cost: 20, People: -1}, // 1.3 km
		{Cell: "ruta 3", Cost: 2, People: -1},  // 2 km
		{Cell: "ruta 12", Cost: 4, People: -1}, // 4.1 km
	}}
	d := differGroceries(t, s, ref, 10)
	want := map[string][]model.Cause{"ruta 8": {model.CauseRounding}, "ruta 5": {model.CauseRounding}, "ruta 12": {model.CauseRounding}, "ruta 1": {model.CauseLonger}}
	for _, row := range d.Squares {
		if c, ok := want[row.Cell]; ok && !slices.Equal(row.Causes, c) {
			t.Errorf("%s: %v, want %v", row.Cell, row.Causes, c)
		} else if !ok && row.Causes[0] != model.CauseOnlyHere {
			t.Errorf("%s: %v", row.Cell, row.Causes)
		}
	}
	if d.Unit != model.UnitKm || d.Step != 1000 {
		t.Errorf("in %s, rounded to %v m", d.Unit, d.Step)
	}
}

// TestDifferOnItself finds no difference to the program's own figures, and nothing but rules to those by Pipos' rules.
func TestDifferOnItself(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 9))
	for round := range 40 {
		s := randomKommun(r)
		for i := range s.Cells {
			s.Cells[i].ID = fmt.Sprintf("%d", i)
		}
		for _, rules := range []model.Rules{0, model.PiposRules} {
			by := *s
			by.Params.Rules = rules
			q := model.Query{Service: "dagligvaror", Impedance: model.Distance}
			own, err := prepare(t, s).Analyse(context.Background(), q)
			if err != nil {
				continue
			}
			other, err := prepare(t, &by).Analyse(context.Background(), q)
			if err != nil {
				continue
			}
			d := differGroceries(t, s, referenceOf(other), 0)
			if rules == 0 && (d.Differing != 0 || d.Own != d.Theirs && !math.IsNaN(d.Own)) {
				t.Fatalf("round %d: %d squares differ from themselves: %+v", round, d.Differing, d.Squares)
			}
			for _, row := range d.Squares {
				onlyRules(t, round, row)
			}
			if rules != 0 && math.Abs(own.Mean-other.Mean) > 1 && d.Differing == 0 {
				t.Fatalf("round %d: the means are %v and %v, and no square differs", round, own.Mean, other.Mean)
			}
		}
	}
}

// onlyRules fails where a square by Pipos' rules has another cause than these.
func onlyRules(t *testing.T, round int, row model.Difference) {
	t.Helper()
	if len(row.Causes) == 0 || !(row.ByPipos == row.Theirs || math.IsNaN(row.ByPipos) && math.IsNaN(row.Theirs)) {
		t.Fatalf("round %d: %+v", round, row)
	}
	for _, c := range row.Causes {
		if !slices.Contains([]model.Cause{model.CauseConnector, model.CauseNodes, model.CauseComponent}, c) {
			t.Fatalf("round %d: %+v", round, row)
		}
	}
}

// referenceOf gives a result out as another program's.
func referenceOf(r *model.Result) *model.Reference {
	ref := &model.Reference{Unit: model.UnitMetre}
	for _, c := range r.Cells {
		ref.Cells = append(ref.Cells, model.ReferenceCell{Cell: model.CanonicalCell(c.Cell), Cost: c.Cost, People: c.People, Nearest: c.Nearest})
	}
	return ref
}

// TestDifferGotland explains every square of a real kommun by Pipos' rules, but for those that were altered.
func TestDifferGotland(t *testing.T) {
	s := gotland.Snapshot(t)
	by := *s
	by.Params.Rules = model.PiposRules
	ref := referenceOf(analyse(t, &by, model.Distance))
	ref.Cells[7].Cost += 123_456
	ref.Cells[8].People++
	ref.Cells = ref.Cells[:len(ref.Cells)-1]
	d := differGroceries(t, s, ref, -1)
	count := map[model.Cause]int{}
	for _, row := range d.Squares {
		for _, c := range row.Causes {
			count[c]++
		}
	}
	if count[model.CauseLonger] != 1 || count[model.CausePopulation] != 1 || count[model.CauseOnlyHere] != 1 || count[model.CauseConnector] < 1000 {
		t.Errorf("causes %v", count)
	}
	if strange := count[model.CauseShorter] + count[model.CauseBetween] + count[model.CauseFacility] + count[model.CauseUnit]; strange != 0 {
		t.Errorf("causes %v", count)
	}
}

// TestDifferRefuses tells of squares of another size.
func TestDifferRefuses(t *testing.T) {
	ref := &model.Reference{Source: "pipos.csv", Cells: []model.ReferenceCell{{Cell: "6950006400250", Cost: 1}}}
	_, err := Differ(context.Background(), differKommun(), model.Query{Service: "dagligvaror", Impedance: model.Distance}, ref, -1, nil)
	if text := i18n.For("sv").Error(err); err == nil || text == "" {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Differ(ctx, differKommun(), model.Query{Service: "dagligvaror", Impedance: model.Distance}, differByHand(), -1, nil); err == nil {
		t.Error("a cancelled comparison was made")
	}
}
