package access

import (
	"math"
	"reflect"
	"testing"

	"nabar/model"
)

// ranked is a ranking of facilities with what they are ordered by, the greatest first.
func ranked(extra map[string]float64, order ...string) *model.Ranking {
	r := &model.Ranking{}
	for _, id := range order {
		f := model.FacilityLoss{ID: id, Name: "Butik " + id}
		f.Extra, f.PeopleNearest = extra[id], int(extra[id])/10
		r.Facilities = append(r.Facilities, f)
	}
	return r
}

func TestKendallTau(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		a, b []float64
		want float64
	}{
		{[]float64{1, 2, 3}, []float64{10, 20, 30}, 1},
		{[]float64{1, 2, 3}, []float64{3, 2, 1}, -1},
		{[]float64{1, 2, 3, 4}, []float64{1, 2, 4, 3}, 4.0 / 6}, // five pairs agree, one does not
		{[]float64{1, 1, 2}, []float64{1, 2, 3}, 2 / math.Sqrt(6)},
		{[]float64{1, 1}, []float64{1, 2}, nan},
		{nil, nil, nan},
	} {
		if got := KendallTau(c.a, c.b); math.Abs(got-c.want) > 1e-12 || math.IsNaN(got) != math.IsNaN(c.want) {
			t.Errorf("%v and %v: %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

// TestRobust has three places. In winter the first two change places; of the staffed ones the second is missing, and
// the third, which is then the second, has kept its number among them.
func TestRobust(t *testing.T) {
	usual := ranked(map[string]float64{"A": 900, "B": 800, "C": 100}, "A", "B", "C")
	got := Robust(usual, []model.RankTrial{
		{Trial: model.Trial{ID: model.TrialWinter}, Ranking: ranked(map[string]float64{"A": 950, "B": 1000, "C": 120}, "B", "A", "C")},
		{Trial: model.Trial{ID: model.TrialStaffed}, Ranking: ranked(map[string]float64{"A": 2000, "C": 90}, "A", "C")},
		{Trial: model.Trial{ID: model.TrialFewer}},
	})
	want := []model.RobustPlace{
		{ID: "A", Name: "Butik A", Rank: 1, RankMin: 1, RankMax: 2, Extra: 900, ExtraMin: 900, ExtraMax: 2000, People: 90, PeopleMin: 90, PeopleMax: 200, Same: 1, Tried: 2},
		{ID: "B", Name: "Butik B", Rank: 2, RankMin: 1, RankMax: 2, Extra: 800, ExtraMin: 800, ExtraMax: 1000, People: 80, PeopleMin: 80, PeopleMax: 100, Same: 0, Tried: 1},
		{ID: "C", Name: "Butik C", Rank: 3, RankMin: 3, RankMax: 3, Extra: 100, ExtraMin: 90, ExtraMax: 120, People: 10, PeopleMin: 9, PeopleMax: 12, Same: 2, Tried: 2},
	}
	if !reflect.DeepEqual(got.Places, want) {
		t.Errorf("places\n%+v\nwant\n%+v", got.Places, want)
	}
	for i, w := range []model.TrialOrder{
		{Trial: model.Trial{ID: "winter"}, Places: 3, Same: 1, Tau: 1.0 / 3}, {Trial: model.Trial{ID: "staffed"}, Places: 2, Same: 2, Tau: 1}, {Trial: model.Trial{ID: "fewer"}},
	} {
		g := got.Trials[i]
		if g.ID != w.ID || g.Places != w.Places || g.Same != w.Same || w.Places > 0 && math.Abs(g.Tau-w.Tau) > 1e-12 {
			t.Errorf("trial %+v, want %+v", g, w)
		}
	}
	if !math.IsNaN(got.Trials[2].Tau) {
		t.Errorf("a trial without a ranking agrees by %v", got.Trials[2].Tau)
	}
}
