package access

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// box is an area with straight edges.
func box(id string, x0, y0, x1, y1 float64) model.Area {
	return model.Area{ID: id, Name: id, Shape: orb.MultiPolygon{{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}}}}
}

// reduced is a kommun where nobody but those who are chosen lives, and no square but those in the area counts.
func reduced(s *model.Snapshot, of string, in func(orb.Point) bool) *model.Snapshot {
	out := *s
	out.Cells = nil
	for _, c := range s.Cells {
		switch of {
		case "women":
			c.People = max(c.Women, 0)
		case "men":
			c.People = max(c.Men, 0)
		case "65-":
			c.People = 0
			for _, class := range c.Ages {
				if class.From >= 65 {
					c.People += class.People
				}
			}
		}
		c.Inside = c.Inside && in(c.Centre)
		out.Cells = append(out.Cells, c)
	}
	return &out
}

// TestChosenPeopleAreAsIfTheyWereAlone holds the figures of a group in an area against those of a kommun without anybody
// else.
func TestChosenPeopleAreAsIfTheyWereAlone(t *testing.T) {
	r := rand.New(rand.NewPCG(201, 202))
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance, Bands: []float64{200, 600, 1200}}
	checked := 0
	for range 60 {
		s := peopled(randomKommun(r), r)
		middle := s.Cells[r.IntN(len(s.Cells))].Centre
		areas := []model.Area{box("west", 0, 0, middle[0]+0.5, 1e8), box("south", 0, 0, 1e8, middle[1]+0.5)}
		west := func(p orb.Point) bool { return p[0] < middle[0]+0.5 }
		either := func(p orb.Point) bool { return west(p) || p[1] < middle[1]+0.5 }
		for _, within := range []struct {
			id string
			in func(orb.Point) bool
		}{{"west", west}, {"inside", either}, {"outside", func(p orb.Point) bool { return !either(p) }}, {"", func(orb.Point) bool { return true }}} {
			for _, of := range []string{"women", "65-", ""} {
				got, err := prepare(t, s).Figures(t.Context(), q, model.FigureOptions{Of: of, Within: within.id, Areas: areas, Services: []string{"dagligvaror", "post"}, Detail: true})
				alone := prepare(t, reduced(s, of, within.in))
				want, wrong := alone.Figures(t.Context(), q, model.FigureOptions{Services: []string{"dagligvaror", "post"}, Detail: true})
				if wrong != nil || err != nil {
					continue // nobody lives there, or nobody reaches a shop: the two tell of it in their own ways
				}
				if !sameGroup(got.All, want.All) || !reflect.DeepEqual(got.All.Curve, want.All.Curve) || !reflect.DeepEqual(got.Places, want.Places) {
					t.Fatalf("%q in %q: %+v, want %+v", of, within.id, got.All, want.All)
				}
				if !sameGroup(got.Joint.All, want.Joint.All) || !reflect.DeepEqual(got.Joint.Counts, want.Joint.Counts) {
					t.Fatalf("%q in %q: joint %+v, want %+v", of, within.id, got.Joint, want.Joint)
				}
				if math.Abs(got.Equity.Index-want.Equity.Index) > 1e-12 {
					t.Fatalf("%q in %q: index %v, want %v", of, within.id, got.Equity.Index, want.Equity.Index)
				}
				result, err := alone.Analyse(t.Context(), q)
				if err != nil {
					t.Fatal(err)
				}
				if a, b := got.All.SecondMean, result.SecondMean; a != b && !(math.IsNaN(a) && math.IsNaN(b)) {
					t.Fatalf("second nearest %v, want %v", a, b)
				}
				checkSquares(t, s, got.Squares, of, within.in)
				checked++
			}
		}
	}
	if checked < 200 {
		t.Errorf("only %d checked", checked)
	}
}

// checkSquares looks at which squares the map shows.
func checkSquares(t *testing.T, s *model.Snapshot, squares []model.Square, of string, in func(orb.Point) bool) {
	t.Helper()
	alone := reduced(s, of, in)
	for _, q := range squares {
		if within := in(s.Cells[q.Cell].Centre); q.Within != within || q.Lived != (within && alone.Cells[q.Cell].People > 0) {
			t.Fatalf("square %d: %+v", q.Cell, q)
		}
	}
}

// TestAreasOfAGroup parts a group by area: all together are the group.
func TestAreasOfAGroup(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	s := peopled(randomKommun(r), r)
	areas := []model.Area{box("west", 0, 0, 700600, 1e8)}
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance}
	f, err := prepare(t, s).Figures(t.Context(), q, model.FigureOptions{By: []model.Breakdown{model.ByArea}, Areas: areas, Of: "women", Within: "west"})
	if err != nil {
		t.Fatal(err)
	}
	women, _ := prepare(t, s).Figures(t.Context(), q, model.FigureOptions{Of: "women"})
	west, in, out := f.Groups[0], f.Groups[1], f.Groups[2]
	if !sameGroup(west, in) || !sameGroup(west, f.All) || in.People+out.People != women.All.People {
		t.Errorf("west %d, inside %d, outside %d, chosen %d, women %d", west.People, in.People, out.People, f.All.People, women.All.People)
	}
}

func TestWhoIsChosenMustBeThere(t *testing.T) {
	s := kommun([]model.Road{road(0, 0, 0, 20000, 0)}, []model.Cell{square(5, 1000, 0)}, orb.Point{0, 0})
	p := prepare(t, s)
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance}
	far := []model.Area{box("far", 50000, 0, 60000, 100)}
	for key, o := range map[string]model.FigureOptions{
		"panel.unknown_group": {Of: "7-9"},
		"panel.unknown_area":  {Within: "x", Areas: far},
		"panel.nobody_chosen": {Within: "far", Areas: far},
	} {
		_, err := p.Figures(t.Context(), q, o)
		if problem, ok := err.(*i18n.Problem); !ok || problem.Key != key {
			t.Errorf("%s: %v", key, err)
		}
	}
}
