package locate

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb/planar"

	"nabar/model"
)

// SameSite is how near, in metres as the crow flies, a site of a trial's own best choice must be to count as the same.
const SameSite = 1000

// Tried is what a choice of sites comes to under other circumstances.
type Tried struct {
	model.Trial
	Value float64 // of the objective with the sites that were chosen; NaN where that can't be told
	Best  *Result // the best choice under these circumstances; nil where there is none
	Loss  float64 // how much worse the chosen sites are than that, as a share of the best; NaN where either is not known
	Same  int     // chosen sites that have one of the best within SameSite

	Mean, Farthest float64 // with the chosen sites; NaN where nobody is reached
	Reached        int
	Covered        int   // within Query.Within, where that is given
	People         []int // who have each chosen site nearest
}

// SteadySite is one chosen site in all trials; the band holds the usual figure too.
type SteadySite struct {
	Same, Tried          int // trials whose own best choice has it, of those that have one
	PeopleMin, PeopleMax int
}

// Steadiness tells whether a choice of sites stands when circumstances differ. Bands hold the usual figures too.
type Steadiness struct {
	Trials                   []Tried
	Sites                    []SteadySite // of the chosen
	MeanMin, MeanMax         float64
	FarthestMin, FarthestMax float64
	CoveredMin, CoveredMax   int
	LossMax                  float64 // of all trials; NaN where none is known
}

// Steady sets a choice against trials of it, of which Value, Best, Mean, Farthest, Covered and People are told. It gives them
// their Loss and Same.
func Steady(usual *Result, trials []Tried) *Steadiness {
	s := &Steadiness{
		Trials: slices.Clone(trials), MeanMin: usual.Mean, MeanMax: usual.Mean, FarthestMin: usual.Farthest, FarthestMax: usual.Farthest,
		CoveredMin: usual.Covered, CoveredMax: usual.Covered, LossMax: math.NaN(),
	}
	for _, site := range usual.Sites {
		s.Sites = append(s.Sites, SteadySite{PeopleMin: site.People, PeopleMax: site.People})
	}
	for i := range s.Trials {
		s.add(usual, &s.Trials[i])
	}
	return s
}

// add takes in one trial.
func (s *Steadiness) add(usual *Result, t *Tried) {
	widen(&s.MeanMin, &s.MeanMax, t.Mean)
	widen(&s.FarthestMin, &s.FarthestMax, t.Farthest)
	s.CoveredMin, s.CoveredMax = min(s.CoveredMin, t.Covered), max(s.CoveredMax, t.Covered)
	for k := range s.Sites {
		if k < len(t.People) {
			s.Sites[k].PeopleMin, s.Sites[k].PeopleMax = min(s.Sites[k].PeopleMin, t.People[k]), max(s.Sites[k].PeopleMax, t.People[k])
		}
	}
	t.Loss = loss(usual.Objective, t)
	if !math.IsNaN(t.Loss) && !(s.LossMax >= t.Loss) {
		s.LossMax = t.Loss
	}
	if t.Best == nil {
		return
	}
	again := matched(usual.Sites, t.Best.Sites)
	for k := range s.Sites {
		s.Sites[k].Tried++
		if again[k] {
			s.Sites[k].Same++
			t.Same++
		}
	}
}

// widen takes a figure into a band.
func widen(low, high *float64, v float64) {
	if math.IsNaN(v) {
		return
	}
	if !(*low <= v) {
		*low = v
	}
	if !(*high >= v) {
		*high = v
	}
}

// loss is how much worse the chosen sites are than the best, never below 0: both are rounded. Where they reach different
// numbers of people sums say nothing, and it is NaN.
func loss(objective Objective, t *Tried) float64 {
	if t.Best == nil || math.IsNaN(t.Value) {
		return math.NaN()
	}
	switch objective {
	case Coverage:
		if t.Best.Value <= 0 {
			return math.NaN()
		}
		return max(0, (t.Best.Value-t.Value)/t.Best.Value)
	case PMedian, PCenter:
		if t.Reached != t.Best.Reached || t.Best.Value <= 0 {
			return math.NaN()
		}
		return max(0, (t.Value-t.Best.Value)/t.Best.Value)
	}
	return math.NaN()
}

// matched tells which sites have a site of others within SameSite, each of the others serving one: the nearest pairs first.
func matched(sites, others []Site) []bool {
	type pair struct {
		site, other int
		apart       float64
	}
	var pairs []pair
	for i := range sites {
		for j := range others {
			if apart := planar.Distance(sites[i].At, others[j].At); apart <= SameSite {
				pairs = append(pairs, pair{i, j, apart})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(a.apart, b.apart) })
	out, used := make([]bool, len(sites)), make([]bool, len(others))
	for _, p := range pairs {
		if !out[p.site] && !used[p.other] {
			out[p.site], used[p.other] = true, true
		}
	}
	return out
}
