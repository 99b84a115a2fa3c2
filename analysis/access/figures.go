package access

import (
	"context"
	"slices"

	"nabar/analysis/route"
	"nabar/internal/i18n"
	"nabar/model"
)

// Figures computes a query's figures for everybody and by group, how evenly travel is spread, and on request the joint
// measure of several service types. Each type is searched once, however many groups there are. It gives a Problem where
// Analyse does.
func (p *Prepared) Figures(ctx context.Context, q model.Query, o model.FigureOptions) (*model.Figures, error) {
	q, service, err := p.complete(q)
	if err != nil {
		return nil, err
	}
	if o.NeedFrom <= 0 {
		o.NeedFrom = model.DefaultNeed(q.Impedance)
	}
	s := p.counted()
	costs, err := p.costs(ctx, q, service, s)
	if err != nil {
		return nil, err
	}
	r := newReach(p.net.Metric(q.Impedance), q.Bands, o.NeedFrom, costs)
	everybody := s.everybody()
	all := r.group(everybody)
	switch {
	case all.People == 0:
		return nil, i18n.Errorf("analysis.nobody_lives")
	case all.Reached == 0:
		return nil, i18n.Errorf("analysis.nobody_reached", service)
	}
	parts, remarks := s.breakdowns(o)
	all.Name = i18n.M("figures.everybody")
	groups := r.groups(parts)
	f := &model.Figures{
		Query: q, Facilities: len(p.open(q.Service)), All: all, Groups: groups, Equity: r.equity(everybody),
		Remarks: append(remarks, sums(all.People, groups)...),
		Params:  p.snapshot.Params, Inputs: slices.Clone(p.snapshot.Inputs), Engine: Version,
	}
	if o.Services != nil {
		f.Joint, err = p.joint(ctx, q, o, s, parts)
	}
	return f, err
}

// costs gives for each square that counts the cost to the nearest facility of the query's type.
func (p *Prepared) costs(ctx context.Context, q model.Query, service i18n.Message, s *squares) ([]int64, error) {
	facilities := p.open(q.Service)
	if len(facilities) == 0 {
		return nil, i18n.Errorf("analysis.no_facilities", service)
	}
	field, ranks, err := p.search(ctx, q.Impedance, facilities)
	if err != nil {
		return nil, err
	}
	if len(ranks) == 0 {
		return nil, i18n.Errorf("analysis.no_joined_facilities", service, i18n.Metres(p.snapshot.Params.SnapLimit))
	}
	costs := make([]int64, len(s.cells))
	for i, cell := range s.index {
		costs[i] = notReached
		if !p.cells[cell].ok {
			continue
		}
		if first := field.At(p.cells[cell].join)[0]; first != route.None {
			costs[i] = first.Cost()
		}
	}
	return costs, nil
}

// squares are the squares that count.
type squares struct {
	cells []*model.Cell
	index []int // of each in the snapshot
}

// counted lists the squares that count.
func (p *Prepared) counted() *squares {
	s := &squares{}
	for i := range p.snapshot.Cells {
		if c := &p.snapshot.Cells[i]; c.Inside {
			s.cells, s.index = append(s.cells, c), append(s.index, i)
		}
	}
	return s
}

// everybody are all people.
func (s *squares) everybody() weights {
	w := weights{of: make([]int64, len(s.cells)), parts: 1}
	for i, c := range s.cells {
		w.of[i] = int64(c.People)
	}
	return w
}

// part is a group that people are parted into, before its figures are known.
type part struct {
	group   model.Group // By, ID, Name, Approximate and Unknown
	weights weights
}

// breakdowns parts the people in the ways asked for, and says what the reader must know about each.
func (s *squares) breakdowns(o model.FigureOptions) (parts []part, remarks []i18n.Message) {
	for _, by := range o.By {
		var some []part
		var said []i18n.Message
		switch by {
		case model.BySex:
			some, said = s.bySex()
		case model.ByAge:
			some, said = s.byAge()
		case model.ByArea:
			some = s.byArea(o.Areas)
		}
		parts, remarks = append(parts, some...), append(remarks, said...)
	}
	return parts, remarks
}

// groups figures out all groups.
func (r *reach) groups(parts []part) []model.Group {
	var out []model.Group
	for _, p := range parts {
		g := r.group(p.weights)
		g.By, g.ID, g.Name, g.Approximate, g.Unknown = p.group.By, p.group.ID, p.group.Name, p.group.Approximate, p.group.Unknown
		out = append(out, g)
	}
	return out
}
