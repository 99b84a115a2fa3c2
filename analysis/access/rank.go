package access

import (
	"cmp"
	"context"
	"math"
	"slices"

	"nabar/analysis/network"
	"nabar/analysis/route"
	"nabar/internal/i18n"
	"nabar/model"
)

// Rank tells what the closing of each open facility of a type would mean, and of each place. The figures are exactly
// the differences to what Analyse gives without the facility, or without all facilities of the type at the place. It
// gives a Problem where Analyse does.
func (p *Prepared) Rank(ctx context.Context, q model.Query) (*model.Ranking, error) {
	start := p.clock()
	c, err := p.closings(ctx, q)
	if err != nil {
		return nil, err
	}
	places := c.losses(c.byPlace, func(l route.Label) int { return int(c.places[l.Facility()]) })
	single := places // without siblings every facility is a place, and both are numbered alike
	if c.siblings() {
		if single, err = c.alone(ctx); err != nil {
			return nil, err
		}
	}
	switch {
	case c.people == 0:
		return nil, i18n.Errorf("analysis.nobody_lives")
	case c.reached == 0:
		return nil, i18n.Errorf("analysis.nobody_reached", c.service)
	}
	r := &model.Ranking{
		Query: c.query, People: c.people, Reached: c.reached, Facilities: c.facilityLosses(single), Places: c.placeLosses(places),
		Params: p.snapshot.Params, Inputs: slices.Clone(p.snapshot.Inputs), Engine: Version, Timings: p.timings,
	}
	r.Timings.Search = p.since(start)
	r.Timings.Total = r.Timings.Build + r.Timings.Snap + r.Timings.Search
	return r, nil
}

// closings is what the closings of a type are computed from.
type closings struct {
	p       *Prepared
	query   model.Query
	service i18n.Message
	metric  *network.Metric
	limits  []int64 // of the bands
	open    []int   // open facilities by id, as indices in the snapshot
	target          // those that have joined
	places  []int32 // place of each of ranks; places are numbered by their first facility
	members [][]int // ranks at each place
	around  *surroundings
	byPlace nearest
	people  int // in the squares that count
	reached int
}

// nearest appends the labels of what is nearest to a square that has joined the network.
type nearest func(cell int, list []route.Label) []route.Label

// closings searches for the nearest and second nearest place.
func (p *Prepared) closings(ctx context.Context, q model.Query) (*closings, error) {
	q, service, err := p.complete(q)
	if err != nil {
		return nil, err
	}
	c := &closings{p: p, query: q, service: service, metric: p.net.Metric(q.Impedance), open: p.open(q.Service)}
	if len(c.open) == 0 {
		return nil, i18n.Errorf("analysis.no_facilities", service)
	}
	c.target = p.target(c.open)
	if len(c.ranks) == 0 {
		return nil, p.noneJoined(service)
	}
	found, err := p.nearby(ctx, q.Impedance, c.target)
	if err != nil {
		return nil, err
	}
	c.byPlace = found.nearest
	for rank := range c.ranks {
		place := c.sources[rank].Place
		c.places = append(c.places, place)
		if int(place) == len(c.members) {
			c.members = append(c.members, nil)
		}
		c.members[place] = append(c.members[place], rank)
	}
	for _, to := range q.Bands {
		c.limits = append(c.limits, c.metric.Limit(to))
	}
	c.around = newSurroundings(p.snapshot, c.open)
	return c, nil
}

// alone gives the losses by facility where each is an alternative to all others, those at its own place among them.
func (c *closings) alone(ctx context.Context) ([]loss, error) {
	found, err := c.p.nearby(ctx, c.query.Impedance, c.apart())
	if err != nil {
		return nil, err
	}
	return c.losses(found.nearest, route.Label.Facility), nil
}

// nearest appends what a search of two found at a square.
func (o *outcome) nearest(cell int, list []route.Label) []route.Label {
	return append(list, o.pairs[cell][:]...)
}

// several searches for the nearest of the target at a number of places.
func (c *closings) several(ctx context.Context, count int, to target) (nearest, error) {
	field, err := route.NewSeveralSearch(c.p.net, c.metric, count).Run(ctx, to.sources, route.MaxCost)
	if err != nil {
		return nil, err
	}
	return func(cell int, list []route.Label) []route.Label { return field.At(c.p.cells[cell].join, list) }, nil
}

// losses sums over the squares that count what each closing takes from them; of tells what a label belongs to.
func (c *closings) losses(near nearest, of func(route.Label) int) []loss {
	out := make([]loss, len(c.ranks))
	for i := range out {
		out[i].beyond = make([]int, len(c.limits))
	}
	c.eachSquare(near, func(people int, labels []route.Label) {
		out[of(labels[0])].add(people, labels[0], labels[1], c.limits)
	})
	return out
}

// eachSquare calls visit for the inhabited squares that reach something, and counts the people.
func (c *closings) eachSquare(near nearest, visit func(people int, labels []route.Label)) {
	c.people, c.reached = 0, 0
	list := make([]route.Label, 0, route.MaxSeveral)
	for i := range c.p.snapshot.Cells {
		cell := &c.p.snapshot.Cells[i]
		if !cell.Inside {
			continue
		}
		c.people += cell.People
		if cell.People == 0 || !c.p.cells[i].ok {
			continue
		}
		if list = near(i, list[:0]); list[0] != route.None {
			c.reached += cell.People
			visit(cell.People, list)
		}
	}
}

// loss is a model.Loss in whole cost units.
type loss struct {
	nearest, without int
	extra, most      int64
	beyond           []int
}

// add counts people who travel to another facility than before, or to none.
func (l *loss) add(people int, before, after route.Label, limits []int64) {
	l.nearest += people
	if after == route.None {
		l.without += people
	} else {
		more := after.Cost() - before.Cost()
		l.extra += int64(people) * more
		l.most = max(l.most, more)
	}
	for i, limit := range limits {
		if before.Cost() <= limit && (after == route.None || after.Cost() > limit) {
			l.beyond[i] += people
		}
	}
}

// figures writes a loss in metres or seconds.
func (c *closings) figures(l loss) model.Loss {
	out := model.Loss{
		PeopleNearest: l.nearest, LeftWithout: l.without, Extra: c.metric.Value(l.extra), MeanExtra: math.NaN(),
		MaxExtra: c.metric.Value(l.most),
	}
	if moved := l.nearest - l.without; moved > 0 {
		out.MeanExtra = out.Extra / float64(moved)
	}
	for i, to := range c.query.Bands {
		people := 0
		if l.beyond != nil {
			people = l.beyond[i]
		}
		out.NewlyBeyond = append(out.NewlyBeyond, model.Band{To: to, People: people})
	}
	return out
}

// facilityLosses writes the losses by facility, the greatest first.
func (c *closings) facilityLosses(losses []loss) []model.FacilityLoss {
	rankOf := map[int]int{}
	for rank, f := range c.ranks {
		rankOf[f] = rank
	}
	var out []model.FacilityLoss
	for _, f := range c.open {
		rank, joined := rankOf[f]
		one := model.FacilityLoss{
			ID: c.p.snapshot.Facilities[f].ID, Name: c.p.snapshot.Facilities[f].Name, Joined: joined,
			ServicesLost: c.around.services(f), Last: c.around.last(f),
		}
		if !joined {
			one.Loss = c.figures(loss{})
			out = append(out, one)
			continue
		}
		place := c.places[rank]
		one.Loss = c.figures(losses[rank])
		for _, other := range c.members[place] {
			if other != rank {
				one.Siblings = append(one.Siblings, c.p.snapshot.Facilities[c.ranks[other]].ID)
			}
		}
		out = append(out, one)
	}
	slices.SortStableFunc(out, func(a, b model.FacilityLoss) int {
		return cmp.Or(cmp.Compare(b.Extra, a.Extra), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// placeLosses writes the losses by place, the greatest first.
func (c *closings) placeLosses(losses []loss) []model.PlaceLoss {
	var out []model.PlaceLoss
	for place, members := range c.members {
		facilities := c.facilitiesAt(members)
		out = append(out, model.PlaceLoss{
			IDs: c.ids(facilities), Name: c.p.snapshot.Facilities[facilities[0]].Name, Loss: c.figures(losses[place]),
			ServicesLost: c.around.services(facilities...), Last: c.around.last(facilities...),
		})
	}
	slices.SortStableFunc(out, func(a, b model.PlaceLoss) int {
		return cmp.Or(cmp.Compare(b.Extra, a.Extra), cmp.Compare(a.IDs[0], b.IDs[0]))
	})
	return out
}

// facilitiesAt gives the facilities of ranks, as indices in the snapshot.
func (c *closings) facilitiesAt(ranks []int) []int {
	out := make([]int, len(ranks))
	for i, rank := range ranks {
		out[i] = c.ranks[rank]
	}
	return out
}

// ids gives the ids of facilities.
func (c *closings) ids(facilities []int) []string {
	out := make([]string, len(facilities))
	for i, f := range facilities {
		out[i] = c.p.snapshot.Facilities[f].ID
	}
	return out
}
