package access

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model"
	"nabar/model/scenario"
)

// TestShiftGroupsByHand moves the western shop of the row to 4 km: who lives at 1 km gets 2 km longer, at 4 km 4 km shorter.
// Women lose and gain each by themselves, though as many win as lose in sum.
func TestShiftGroupsByHand(t *testing.T) {
	const e, n = 600000, 6600000
	s := row()
	for i, women := range []int{6, 6, 15, 0} {
		s.Cells[i].Women, s.Cells[i].Men = women, s.Cells[i].People-women
	}
	base := prepare(t, s)
	after := derived(t, base, with(t, s, scenario.MovePlace{ID: "S1", At: orb.Point{e + 4000, n}}))
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance, Bands: []float64{1000}}
	c := compare(t, figuresOf(t, base, q), figuresOf(t, after, q))
	west := model.Area{ID: "v", Name: "Väster", Shape: orb.MultiPolygon{{{{e, n - 1}, {e + 2000, n - 1}, {e + 2000, n + 1}, {e, n + 1}, {e, n - 1}}}}}
	groups, remarks := ShiftGroups(after.Snapshot(), c, model.FigureOptions{By: []model.Breakdown{model.BySex, model.ByArea}, Areas: []model.Area{west}})
	if len(remarks) > 0 {
		t.Errorf("%v", remarks)
	}
	want := []struct {
		id                                            string
		people, lose, gain, unchanged, beyond, within int
	}{
		{"", 70, 10, 20, 40, 10, 20},
		{"women", 27, 6, 6, 15, 6, 6},
		{"men", 43, 4, 14, 25, 4, 14},
		{"v", 10, 10, 0, 0, 10, 0},
		{"inside", 10, 10, 0, 0, 10, 0},
		{"outside", 60, 0, 20, 40, 0, 20},
	}
	if len(groups) != len(want) {
		t.Fatalf("%+v", groups)
	}
	for i, w := range want {
		g := &groups[i]
		if g.ID != w.id || g.People != w.people || g.Lose() != w.lose || g.Gain() != w.gain || g.Unchanged != w.unchanged ||
			g.Bands[0].Beyond != w.beyond || g.Bands[0].Within != w.within {
			t.Errorf("%s: %+v", w.id, g)
		}
	}
	if w := groups[1]; w.Worse.Mean != 2000 || w.Better.Mean != 4000 || w.Better.Sum != 24000 || !math.IsNaN(groups[3].Better.Mean) {
		t.Errorf("women %+v", w)
	}
}

// TestShiftGroupsAgreeWithSquares holds the groups of random kommuner to sums over their squares: everybody to the comparison
// itself, each sex to its own counts, and an age that cuts through no class likewise.
func TestShiftGroupsAgreeWithSquares(t *testing.T) {
	r := rand.New(rand.NewPCG(61, 62))
	compared := 0
	for range 80 {
		s := peopled(randomKommun(r), r)
		base, err := Prepare(t.Context(), s, nil, WithClock(still))
		if err != nil {
			continue
		}
		p := derived(t, base, with(t, s, scenario.MovePlace{ID: "S1", At: spotIn(r)}, scenario.ChangePeople{Percent: 40}))
		q := model.Query{Service: "dagligvaror", Impedance: model.Distance, Bands: []float64{300, 900}}
		c := compare(t, figuresOf(t, base, q), figuresOf(t, p, q))
		groups, _ := ShiftGroups(p.Snapshot(), c, model.FigureOptions{By: []model.Breakdown{model.BySex, model.ByAge}})
		all := &groups[0]
		if all.People != c.People || all.Worse != c.Worse && c.Worse.People > 0 || all.Gain() != c.Better.People+c.NewlyReached || all.NewlyUnreached != c.NewlyUnreached {
			t.Fatalf("everybody %+v, the comparison %+v", all, c)
		}
		for i := range groups[1:] {
			g := &groups[i+1]
			if g.By == model.BySex {
				compared++
				checkShift(t, p.Snapshot(), c, g, func(cell *model.Cell) int { return map[string]int{"women": cell.Women, "men": cell.Men}[g.ID] })
			}
			if sum := g.Lose() + g.Gain() + g.Unchanged + g.Added; sum < g.People || sum > g.People+2 {
				t.Fatalf("the parts of %s are %d of %d", g.ID, sum, g.People)
			}
		}
	}
	if compared < 60 {
		t.Errorf("%d groups were compared", compared)
	}
}

// checkShift sums a group anew from the squares.
func checkShift(t *testing.T, s *model.Snapshot, c *model.Comparison, g *model.GroupShift, of func(*model.Cell) int) {
	t.Helper()
	people := map[string]int{}
	for i := range s.Cells {
		people[s.Cells[i].ID] = max(of(&s.Cells[i]), 0)
	}
	kinds, extra, less, beyond, total := map[model.ShiftKind]int{}, 0.0, 0.0, make([]int, len(c.Bands)), 0
	for _, shift := range c.Cells {
		n := people[shift.Cell]
		kinds[shift.Kind] += n
		total += n
		extra += max(shift.After-shift.Before, 0) * float64(n) * flag(shift.Kind == model.ShiftWorse)
		less += max(shift.Before-shift.After, 0) * float64(n) * flag(shift.Kind == model.ShiftBetter)
		for k, b := range c.Bands {
			if shift.Before <= b.To && !(shift.After <= b.To) {
				beyond[k] += n
			}
		}
	}
	if g.People != total || g.Lose() != kinds[model.ShiftWorse]+kinds[model.ShiftUnreached] || g.Gain() != kinds[model.ShiftBetter]+kinds[model.ShiftReached] ||
		g.Unchanged != kinds[model.ShiftUnchanged] {
		t.Fatalf("%s: %+v, by the squares %d of %v", g.ID, g, total, kinds)
	}
	if !(math.Abs(g.Worse.Sum-extra) < 1e-3) && !math.IsNaN(extra) || !(math.Abs(g.Better.Sum-less) < 1e-3) && !math.IsNaN(less) {
		t.Fatalf("%s: longer %v and %v, shorter %v and %v", g.ID, g.Worse.Sum, extra, g.Better.Sum, less)
	}
	for k := range beyond {
		if g.Bands[k].Beyond != beyond[k] {
			t.Fatalf("%s: %d beyond %v, by the squares %d", g.ID, g.Bands[k].Beyond, g.Bands[k].To, beyond[k])
		}
	}
}

// flag is 1 or 0.
func flag(on bool) float64 {
	if on {
		return 1
	}
	return 0
}
