package access

import (
	"math"

	"nabar/model"
)

// Robust compares a ranking with trials of it: by how much the figures of each facility differ, and whether the order stands.
// Numbers are compared among the facilities that are in both rankings, so that a place that a trial leaves out moves no other.
func Robust(usual *model.Ranking, trials []model.RankTrial) *model.Robustness {
	out := &model.Robustness{Query: usual.Query}
	for i := range usual.Facilities {
		f := &usual.Facilities[i]
		out.Places = append(out.Places, model.RobustPlace{
			ID: f.ID, Name: f.Name, Rank: i + 1, RankMin: i + 1, RankMax: i + 1, Extra: f.Extra, ExtraMin: f.Extra, ExtraMax: f.Extra,
			People: f.PeopleNearest, PeopleMin: f.PeopleNearest, PeopleMax: f.PeopleNearest,
		})
	}
	for _, t := range trials {
		order := model.TrialOrder{Trial: t.Trial, Tau: math.NaN()}
		if t.Ranking != nil {
			order = tryOrder(out.Places, t)
		}
		out.Trials = append(out.Trials, order)
	}
	return out
}

// tryOrder takes the figures of a trial into the bands of the places.
func tryOrder(places []model.RobustPlace, t model.RankTrial) model.TrialOrder {
	at := map[string]int{}
	for i := range t.Ranking.Facilities {
		at[t.Ranking.Facilities[i].ID] = i
	}
	var both []int // of places, in their order
	for i := range places {
		if _, there := at[places[i].ID]; there {
			both = append(both, i)
		}
	}
	out := model.TrialOrder{Trial: t.Trial, Places: len(both)}
	var usual, now []float64
	for number, i := range both {
		p, here := &places[i], at[places[i].ID]
		f := &t.Ranking.Facilities[here]
		usual, now = append(usual, p.Extra), append(now, f.Extra)
		before := 0 // places of both that come before it in the trial
		for _, other := range both {
			if at[places[other].ID] < here {
				before++
			}
		}
		p.Tried++
		if before == number {
			p.Same++
			out.Same++
		}
		rank := p.Rank + before - number
		p.RankMin, p.RankMax = min(p.RankMin, rank), max(p.RankMax, rank)
		p.ExtraMin, p.ExtraMax = min(p.ExtraMin, f.Extra), max(p.ExtraMax, f.Extra)
		p.PeopleMin, p.PeopleMax = min(p.PeopleMin, f.PeopleNearest), max(p.PeopleMax, f.PeopleNearest)
	}
	out.Tau = KendallTau(usual, now)
	return out
}

// KendallTau is tau-b of two equally long lists: how well they agree about the order of any two, from −1 to 1, with ties
// in either taken out of what could agree. It is NaN where either has nothing but ties. Time is the square of the length.
// M. G. Kendall, The treatment of ties in ranking problems, Biometrika 33 (1945).
func KendallTau(a, b []float64) float64 {
	var agree, untiedA, untiedB int64
	for i := range a {
		for k := range i {
			x, y := sign(a[i]-a[k]), sign(b[i]-b[k])
			agree += x * y
			untiedA += x * x
			untiedB += y * y
		}
	}
	if untiedA == 0 || untiedB == 0 {
		return math.NaN()
	}
	return float64(agree) / math.Sqrt(float64(untiedA)*float64(untiedB))
}

// sign is −1, 0 or 1.
func sign(v float64) int64 {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}
