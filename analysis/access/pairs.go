package access

import (
	"cmp"
	"context"
	"slices"

	"nabar/analysis/route"
	"nabar/internal/i18n"
	"nabar/model"
)

// RankPairs tells what it would mean that two places of a type close at once, for every pair that matters to each other:
// where somebody has one of them nearest and the other next. For all other pairs the losses of Rank simply add up. The
// pairs are ordered by how much worse both together are than each alone, in people left without and then in Extra.
func (p *Prepared) RankPairs(ctx context.Context, q model.Query) ([]model.PairLoss, error) {
	c, err := p.closings(ctx, q)
	if err != nil {
		return nil, err
	}
	near, err := c.several(ctx, 3, c.target)
	if err != nil {
		return nil, err
	}
	turns := c.turns(near)
	switch {
	case c.people == 0:
		return nil, i18n.Errorf("analysis.nobody_lives")
	case c.reached == 0:
		return nil, i18n.Errorf("analysis.nobody_reached", c.service)
	}
	var out []model.PairLoss
	for a := range turns {
		for b := range turns[:a] {
			if turns.matter(a, b) {
				out = append(out, c.pair(turns, b, a))
			}
		}
	}
	slices.SortStableFunc(out, func(a, b model.PairLoss) int {
		return cmp.Or(cmp.Compare(b.NewlyWithout, a.NewlyWithout), cmp.Compare(b.Beyond, a.Beyond),
			cmp.Compare(a.A[0], b.A[0]), cmp.Compare(a.B[0], b.B[0]))
	})
	return out, nil
}

// turn sums the people who have one place nearest and another next: what they lose when the first closes, and when
// both do.
type turn struct {
	to        int // the place that is next, noPlace where there is none
	one, both loss
}

// noPlace is where those turn to who reach one place only.
const noPlace = -1

// turnsBy lists for each place the turns that people nearest to it take.
type turnsBy [][]turn

// turns sorts the squares by nearest and second nearest place.
func (c *closings) turns(near nearest) turnsBy {
	out := make(turnsBy, len(c.members))
	c.eachSquare(near, func(people int, labels []route.Label) {
		from, to := c.places[labels[0].Facility()], noPlace
		if labels[1] != route.None {
			to = int(c.places[labels[1].Facility()])
		}
		at := slices.IndexFunc(out[from], func(t turn) bool { return t.to == to })
		if at < 0 {
			at = len(out[from])
			out[from] = append(out[from], turn{to, c.empty(), c.empty()})
		}
		t := &out[from][at]
		t.one.add(people, labels[0], labels[1], c.limits)
		t.both.add(people, labels[0], labels[2], c.limits)
	})
	return out
}

// empty is a loss of nothing.
func (c *closings) empty() loss { return loss{beyond: make([]int, len(c.limits))} }

// matter tells whether anybody would turn from one of two places to the other.
func (t turnsBy) matter(a, b int) bool {
	return slices.ContainsFunc(t[a], func(t turn) bool { return t.to == b }) ||
		slices.ContainsFunc(t[b], func(t turn) bool { return t.to == a })
}

// merge adds the losses of other people.
func (l *loss) merge(o loss) {
	l.nearest += o.nearest
	l.without += o.without
	l.extra += o.extra
	l.most = max(l.most, o.most)
	for i := range o.beyond {
		l.beyond[i] += o.beyond[i]
	}
}

// pair sums what the closing of two places means, each alone and both together.
func (c *closings) pair(turns turnsBy, a, b int) model.PairLoss {
	alone, both := c.empty(), c.empty()
	for _, side := range [][2]int{{a, b}, {b, a}} {
		for _, t := range turns[side[0]] {
			alone.merge(t.one)
			if t.to == side[1] {
				both.merge(t.both)
			} else {
				both.merge(t.one)
			}
		}
	}
	first, second := c.facilitiesAt(c.members[a]), c.facilitiesAt(c.members[b])
	return model.PairLoss{
		A: c.ids(first), B: c.ids(second),
		Names: [2]string{c.p.snapshot.Facilities[first[0]].Name, c.p.snapshot.Facilities[second[0]].Name},
		Loss:  c.figures(both), Beyond: c.metric.Value(both.extra - alone.extra), NewlyWithout: both.without - alone.without,
	}
}
