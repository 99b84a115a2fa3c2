package access

import (
	"context"
	"slices"

	"nabar/internal/i18n"
	"nabar/model"
)

// Figures computes a query's figures for everybody or for those who are chosen, and by group, how evenly travel is spread,
// and on request the joint measure of several service types. Each type is searched once, however many groups there are. It
// gives a Problem where Analyse does, and where nobody is chosen.
func (p *Prepared) Figures(ctx context.Context, q model.Query, o model.FigureOptions) (*model.Figures, error) {
	return p.figures(ctx, q, o, false)
}

// figures computes what Figures does. Where unreached is set, that nobody reaches the service is an answer and no Problem.
func (p *Prepared) figures(ctx context.Context, q model.Query, o model.FigureOptions, unreached bool) (*model.Figures, error) {
	c, err := p.choose(ctx, q, o, unreached)
	if err != nil {
		return nil, err
	}
	all := c.here.group(c.main.weights)
	switch {
	case all.People == 0 && !c.some():
		return nil, i18n.Errorf("analysis.nobody_lives")
	case all.People == 0:
		return nil, i18n.Errorf("panel.nobody_chosen")
	case all.Reached == 0 && !c.some() && !unreached:
		return nil, i18n.Errorf("analysis.nobody_reached", c.service)
	}
	parts, remarks := c.breakdowns()
	all.Name, all.Approximate, all.Unknown = c.main.group.Name, c.main.group.Approximate, c.main.group.Unknown
	groups := c.groups(parts)
	f := &model.Figures{
		Query: c.query, Facilities: len(p.open(c.query.Service)), All: all, Groups: groups,
		Params: p.snapshot.Params, Inputs: slices.Clone(p.snapshot.Inputs), Engine: Version,
	}
	if !c.some() {
		remarks = append(remarks, sums(all.People, groups)...)
	}
	f.Remarks = remarks
	if all.Reached > 0 {
		f.Equity = c.here.equity(c.main.weights)
	}
	if o.Detail {
		c.detail(f, parts)
	}
	if o.Services != nil {
		f.Joint, err = c.joint(ctx, parts)
	}
	return f, err
}

// squares are the squares that count.
type squares struct {
	cells []*model.Cell
	index []int // of each in the snapshot
}

// counted lists the squares that count.
func (p *Prepared) counted() *squares { return countedIn(p.snapshot) }

// countedIn lists the squares of a snapshot that count.
func countedIn(snapshot *model.Snapshot) *squares {
	s := &squares{}
	for i := range snapshot.Cells {
		if c := &snapshot.Cells[i]; c.Inside {
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
func (c *chosen) breakdowns() (parts []part, remarks []i18n.Message) {
	for _, by := range c.options.By {
		var some []part
		var said []i18n.Message
		switch by {
		case model.BySex:
			some, said = c.squares.bySex()
		case model.ByAge:
			some, said = c.squares.byAge()
		case model.ByArea:
			some = c.whole.byArea(c.options.Areas, c.everywhere)
		case model.BySettlement:
			some = c.whole.bySettlement(c.options.Settlements, c.everywhere)
		}
		parts, remarks = append(parts, some...), append(remarks, said...)
	}
	return parts, remarks
}

// groups figures out all groups.
func (c *chosen) groups(parts []part) []model.Group {
	return groups(parts, c.here, c.all)
}

// groups figures out groups: those by area of all squares, the others of those here.
func groups(parts []part, here, all *reach) []model.Group {
	var out []model.Group
	for _, p := range parts {
		r := here
		if p.group.By == model.ByArea || p.group.By == model.BySettlement {
			r = all
		}
		g := r.group(p.weights)
		g.By, g.ID, g.Name, g.Approximate, g.Unknown = p.group.By, p.group.ID, p.group.Name, p.group.Approximate, p.group.Unknown
		out = append(out, g)
	}
	return out
}
