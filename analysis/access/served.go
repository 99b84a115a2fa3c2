package access

import (
	"cmp"
	"context"
	"slices"

	"nabar/analysis/network"
	"nabar/analysis/route"
	"nabar/internal/i18n"
	"nabar/model"
)

// Serving is what answers a query: its open facilities, or those of them that are asked for.
type Serving struct {
	Query      model.Query    // with its limits filled in
	Open       []int          // in the order of their ids, as indices in the snapshot
	Facilities []int          // those of them that have joined the network
	Sources    []route.Source // the same, as a search takes them
}

// Serving finds the open facilities of a query; of those with ids alone, where some are given. It gives a Problem where
// the service type is unknown, where it has no such facility, and where none has joined the network.
func (p *Prepared) Serving(q model.Query, ids []string) (*Serving, error) {
	q, service, err := p.complete(q)
	if err != nil {
		return nil, err
	}
	s := &Serving{Query: q, Open: p.open(q.Service)}
	if len(s.Open) == 0 {
		return nil, i18n.Errorf("analysis.no_facilities", service)
	}
	for _, id := range ids {
		if !slices.ContainsFunc(s.Open, func(f int) bool { return p.snapshot.Facilities[f].ID == id }) {
			return nil, i18n.Errorf("reach.no_facility", service, id)
		}
	}
	if len(ids) > 0 {
		s.Open = slices.DeleteFunc(s.Open, func(f int) bool { return !slices.Contains(ids, p.snapshot.Facilities[f].ID) })
	}
	for _, f := range s.Open {
		if p.facilities[f].ok {
			s.Facilities = append(s.Facilities, f)
		}
	}
	if s.Sources = p.sources(s.Facilities, p.places(s.Facilities)); len(s.Facilities) == 0 {
		return nil, i18n.Errorf("analysis.no_joined_facilities", service, i18n.Metres(p.snapshot.Params.SnapLimit))
	}
	return s, nil
}

// Metric gives the costs of an impedance that the figures are counted by.
func (p *Prepared) Metric(i model.Impedance) *network.Metric { return p.net.Metric(i) }

// Served tells whom each open facility of a query serves, the largest catchment first: the people whose nearest it
// is, exactly as in Analyse, or all within a limit of it. It gives a Problem where Analyse does, but where nobody is
// reached.
func (p *Prepared) Served(ctx context.Context, q model.Query, o model.CatchmentOptions) (*model.Catchments, error) {
	serving, err := p.Serving(q, o.Facilities)
	if err != nil {
		return nil, err
	}
	q = serving.Query
	s := p.counted()
	out := &model.Catchments{
		Query: q, Within: o.Within, People: s.everybody().people(),
		Params: p.snapshot.Params, Inputs: slices.Clone(p.snapshot.Inputs), Engine: Version,
	}
	if out.People == 0 {
		return nil, i18n.Errorf("analysis.nobody_lives")
	}
	g := &catching{p: p, query: q, squares: s, by: o.By, members: map[int][]member{}}
	if o.Within > 0 {
		err = g.within(ctx, serving.Facilities, p.net.Metric(q.Impedance).Limit(o.Within))
	} else {
		err = g.nearest(ctx, serving.Facilities, serving.Sources)
	}
	if err != nil {
		return nil, err
	}
	g.parts, out.Remarks = s.parted(o.By)
	for _, f := range serving.Open {
		out.Catchments = append(out.Catchments, g.catchment(f, out.People))
	}
	slices.SortStableFunc(out.Catchments, func(a, b model.Catchment) int {
		return cmp.Or(cmp.Compare(b.All.People, a.All.People), cmp.Compare(a.ID, b.ID))
	})
	out.Reached = g.reached()
	out.Unreached = out.People - out.Reached
	return out, nil
}

// people is the whole number of a group's people.
func (w weights) people() int {
	sum := int64(0)
	for _, n := range w.of {
		sum += n
	}
	return w.whole(sum)
}

// parted parts the people by sex and age, as asked for.
func (s *squares) parted(by []model.Breakdown) (parts []part, remarks []i18n.Message) {
	for _, b := range by {
		part := s.bySex
		if b == model.ByAge {
			part = s.byAge
		}
		some, said := part()
		parts, remarks = append(parts, some...), append(remarks, said...)
	}
	return parts, remarks
}

// member is a square of a catchment: its index among the squares that count, and its cost.
type member struct {
	square int
	cost   int64
}

// catching is the state of Served.
type catching struct {
	p       *Prepared
	query   model.Query
	squares *squares
	by      []model.Breakdown
	parts   []part
	members map[int][]member // by facility, as its index in the snapshot
}

// nearest gives each square to its nearest facility.
func (g *catching) nearest(ctx context.Context, ranks []int, sources []route.Source) error {
	field, err := g.p.costs(ctx, g.query.Impedance, sources)
	if err != nil {
		return err
	}
	g.each(field, route.MaxCost, func(l route.Label) int { return ranks[l.Facility()] })
	return nil
}

// within gives each facility all squares within a limit of it.
func (g *catching) within(ctx context.Context, ranks []int, limit int64) error {
	for _, f := range ranks {
		field, _, err := g.p.search(ctx, g.query.Impedance, []int{f})
		if err != nil {
			return err
		}
		g.each(field, limit, func(route.Label) int { return f })
	}
	return nil
}

// each gives the squares that a field reaches within a limit to the facilities that their labels lead to.
func (g *catching) each(field Costs, limit int64, facility func(route.Label) int) {
	for i, cell := range g.squares.index {
		if !g.p.cells[cell].ok {
			continue
		}
		if l := field.At(g.p.cells[cell].join)[0]; l != route.None && l.Cost() <= limit {
			f := facility(l)
			g.members[f] = append(g.members[f], member{i, l.Cost()})
		}
	}
}

// reached counts the people in any catchment once.
func (g *catching) reached() int {
	in := make([]bool, len(g.squares.cells))
	sum := 0
	for _, members := range g.members {
		for _, m := range members {
			if !in[m.square] {
				in[m.square] = true
				sum += g.squares.cells[m.square].People
			}
		}
	}
	return sum
}

// catchment figures out the catchment of a facility.
func (g *catching) catchment(facility, people int) model.Catchment {
	f, metric := &g.p.snapshot.Facilities[facility], g.p.net.Metric(g.query.Impedance)
	own, costs := &squares{}, []int64{}
	out := model.Catchment{ID: f.ID, Name: f.Name, Joined: g.p.facilities[facility].ok}
	for _, m := range g.members[facility] {
		c := g.squares.cells[m.square]
		own.cells, costs = append(own.cells, c), append(costs, m.cost)
		out.Cells = append(out.Cells, model.CatchmentCell{Cell: c.ID, People: c.People, Cost: metric.Value(m.cost)})
	}
	r := newReach(metric, g.query.Bands, model.DefaultNeed(g.query.Impedance), costs)
	out.All = r.group(own.everybody())
	out.All.Name = i18n.M("figures.everybody")
	parts, _ := own.parted(g.by)
	for _, p := range g.parts {
		at := slices.IndexFunc(parts, func(o part) bool { return o.group.By == p.group.By && o.group.ID == p.group.ID })
		if at < 0 { // no square here tells of it
			p.group.Unknown, p.weights = out.All.People, weights{of: make([]int64, len(own.cells)), parts: 1}
			parts, at = append(parts, p), len(parts)
		}
		out.Groups = append(out.Groups, groups(parts[at:at+1], r, r)...)
	}
	out.Share = float64(out.All.People) / float64(max(people, 1))
	return out
}
