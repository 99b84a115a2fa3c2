package access

import (
	"cmp"
	"math"
	"slices"

	"nabar/analysis/network"
	"nabar/analysis/route"
	"nabar/model"
)

// tally gathers the squares of one query. All sums are whole numbers: cost units times people.
type tally struct {
	query   model.Query
	metric  *network.Metric
	cells   []model.CellCost
	people  int
	reached int
	groups  []costGroup // one for each inhabited square that reaches a facility
	second  costGroup   // sum over those who reach a second place: cost is the sum, not one cost
	nearest map[int]int // people by the facility that is their nearest
}

// costGroup is people with the same cost.
type costGroup struct {
	cost   int64
	people int
}

// tally reads what was found at every square that counts.
func (p *Prepared) tally(q model.Query, found *outcome) *tally {
	ranks := found.ranks
	t := &tally{query: q, metric: p.net.Metric(q.Impedance), nearest: map[int]int{}}
	for i := range p.snapshot.Cells {
		c := &p.snapshot.Cells[i]
		if !c.Inside {
			continue
		}
		pair := found.pairs[i]
		t.add(c, pair)
		cell := model.CellCost{Cell: c.ID, People: c.People, Cost: math.NaN(), SecondCost: math.NaN()}
		if pair[0] != route.None {
			f := ranks[pair[0].Facility()]
			t.nearest[f] += c.People
			cell.Nearest, cell.Cost = p.snapshot.Facilities[f].ID, t.metric.Value(pair[0].Cost())
		}
		if pair[1] != route.None {
			f := ranks[pair[1].Facility()]
			cell.Second, cell.SecondCost = p.snapshot.Facilities[f].ID, t.metric.Value(pair[1].Cost())
		}
		t.cells = append(t.cells, cell)
	}
	slices.SortFunc(t.groups, func(a, b costGroup) int { return cmp.Compare(a.cost, b.cost) })
	return t
}

// add counts the people of one square.
func (t *tally) add(c *model.Cell, pair route.Pair) {
	t.people += c.People
	if c.People == 0 || pair[0] == route.None {
		return
	}
	t.reached += c.People
	t.groups = append(t.groups, costGroup{pair[0].Cost(), c.People})
	if pair[1] != route.None {
		t.second.people += c.People
		t.second.cost += pair[1].Cost() * int64(c.People)
	}
}

// result turns the sums into figures. Somebody must be reached.
func (t *tally) result() *model.Result {
	r := &model.Result{
		Query: t.query, People: t.people, Reached: t.reached, Unreached: t.people - t.reached,
		Mean: t.mean(), Median: t.quantile(1, 2), P90: t.quantile(9, 10),
		Max: t.metric.Value(t.groups[len(t.groups)-1].cost), SecondMean: math.NaN(), Cells: t.cells,
	}
	if t.second.people > 0 {
		r.SecondMean = t.metric.Value(t.second.cost) / float64(t.second.people)
	}
	for _, to := range t.query.Bands {
		r.Bands = append(r.Bands, model.Band{To: to, People: t.within(t.metric.Limit(to))})
	}
	return r
}

// mean is the mean cost of the people who reach a facility.
func (t *tally) mean() float64 {
	var sum int64
	for _, g := range t.groups {
		sum += g.cost * int64(g.people)
	}
	return t.metric.Value(sum) / float64(t.reached)
}

// quantile is the least cost at which at least num/den of the people reached are at or under it.
func (t *tally) quantile(num, den int) float64 {
	sum := 0
	for _, g := range t.groups {
		if sum += g.people; sum*den >= t.reached*num {
			return t.metric.Value(g.cost)
		}
	}
	return math.NaN()
}

// within counts the people at or under a cost.
func (t *tally) within(limit int64) int {
	sum := 0
	for _, g := range t.groups {
		if g.cost > limit {
			break
		}
		sum += g.people
	}
	return sum
}
