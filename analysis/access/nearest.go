package access

import (
	"context"
	"slices"

	"nabar/analysis/network"
	"nabar/analysis/route"
	"nabar/internal/i18n"
	"nabar/model"
)

// MaxNearest is the largest number of places that NearestPlaces tells of.
const MaxNearest = route.MaxSeveral

// NearestPlaces tells how far people have to the nearest place of a query's type, to the second nearest and so on up to
// count, 1 to MaxNearest, each at a place of its own. The first two are those of Analyse. It gives a Problem where Analyse
// does.
func (p *Prepared) NearestPlaces(ctx context.Context, q model.Query, count int) (*model.Nearest, error) {
	n, err := p.nearestTo(ctx, q, count)
	if err != nil {
		return nil, err
	}
	s := p.counted()
	out := &model.Nearest{
		Query: n.query, Places: n.count(), Cells: make([]model.NearestCell, len(s.cells)),
		Params: p.snapshot.Params, Inputs: slices.Clone(p.snapshot.Inputs), Engine: Version,
	}
	costs := make([][]int64, count)
	for k := range costs {
		costs[k] = slices.Repeat([]int64{notReached}, len(s.cells))
	}
	for i, cell := range s.index {
		out.Cells[i] = model.NearestCell{Cell: s.cells[i].ID, People: s.cells[i].People}
		for k, l := range n.near(cell) {
			costs[k][i] = l.Cost()
			out.Cells[i].Near = append(out.Cells[i].Near, n.place(l))
		}
	}
	parts, said := s.bySex()
	ages, more := s.byAge()
	out.Remarks = append(said, more...)
	for k := range costs {
		r := newReach(n.metric, n.query.Bands, model.DefaultNeed(n.query.Impedance), costs[k])
		rank := model.NearestRank{Rank: k + 1, All: r.group(s.everybody()), Groups: groups(append(parts, ages...), r, r)}
		rank.All.Name = i18n.M("figures.everybody")
		out.Ranks = append(out.Ranks, rank)
	}
	switch first := &out.Ranks[0].All; {
	case first.People == 0:
		return nil, i18n.Errorf("analysis.nobody_lives")
	case first.Reached == 0:
		return nil, i18n.Errorf("analysis.nobody_reached", n.service)
	}
	return out, nil
}

// NearestTo lists the places that are nearest to a square of the snapshot, by its index there, at most count of them.
func (p *Prepared) NearestTo(ctx context.Context, q model.Query, cell, count int) ([]model.NearPlace, error) {
	n, err := p.nearestTo(ctx, q, count)
	if err != nil {
		return nil, err
	}
	var out []model.NearPlace
	for _, l := range n.near(cell) {
		out = append(out, n.place(l))
	}
	return out, nil
}

// nearPlaces is a search for the nearest places.
type nearPlaces struct {
	p       *Prepared
	query   model.Query
	service i18n.Message
	metric  *network.Metric
	ranks   []int // facilities by rank, as indices in the snapshot
	places  []int32
	field   *route.SeveralField
}

// nearestTo searches for the nearest places.
func (p *Prepared) nearestTo(ctx context.Context, q model.Query, count int) (n *nearPlaces, err error) {
	if count < 1 || count > MaxNearest {
		return nil, i18n.Errorf("nearest.count_wrong", count, MaxNearest)
	}
	n = &nearPlaces{p: p}
	if n.query, n.service, err = p.complete(q); err != nil {
		return nil, err
	}
	if n.ranks, err = p.onRoads(n.query.Service, n.service); err != nil {
		return nil, err
	}
	n.places, n.metric = p.places(n.ranks), p.net.Metric(n.query.Impedance)
	n.field, err = route.NewSeveralSearch(p.net, n.metric, count).Run(ctx, p.sources(n.ranks, n.places), route.MaxCost)
	return n, err
}

// near are the labels of the places nearest to a square, as many as are reached.
func (n *nearPlaces) near(cell int) []route.Label {
	if cell < 0 || cell >= len(n.p.cells) || !n.p.cells[cell].ok {
		return nil
	}
	list := n.field.At(n.p.cells[cell].join, nil)
	if end := slices.Index(list, route.None); end >= 0 {
		list = list[:end]
	}
	return list
}

// place writes a label in metres or seconds.
func (n *nearPlaces) place(l route.Label) model.NearPlace {
	return model.NearPlace{Facility: n.p.snapshot.Facilities[n.ranks[l.Facility()]].ID, Cost: n.metric.Value(l.Cost())}
}

// count is how many places there are.
func (n *nearPlaces) count() int { return int(slices.Max(n.places)) + 1 }
