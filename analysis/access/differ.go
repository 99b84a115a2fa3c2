package access

import (
	"context"
	"errors"
	"math"
	"slices"

	"nabar/analysis/route"
	"nabar/internal/i18n"
	"nabar/model"
)

// DefaultTolerance is within how many metres the distances of a square are equal: room for what other programs lose by
// calculating with 32-bit numbers, and less than any rule makes out on most squares.
const DefaultTolerance = 10

// Differ compares the distances of a query with another program's and gives each square that differs the rules that explain
// it, found by computing with one rule switched at a time. tolerance is metres, inclusive; below 0 for DefaultTolerance. The
// snapshot's own rules must be the program's. Of squares that stand twice in the reference the first counts. It gives a
// Problem where Analyse does, and where no square of the reference is one of the snapshot's.
//
// Time is that of about ten preparations of the network: each set of rules that can matter has a network of its own.
func Differ(ctx context.Context, s *model.Snapshot, q model.Query, ref *model.Reference, tolerance float64, progress model.Progress) (*model.Differences, error) {
	if tolerance < 0 {
		tolerance = DefaultTolerance
	}
	if progress == nil {
		progress = func(i18n.Message, float64) {}
	}
	d := &differ{ctx: ctx, base: s, query: q, tolerance: tolerance, known: map[choice]*reading{}, progress: progress}
	own, err := d.first()
	if err != nil {
		return nil, err
	}
	pairs, out, err := d.pair(ref)
	if err != nil {
		return nil, err
	}
	out.Unit, out.Step = unitAndStep(ref, pairs, own)
	d.step, d.metres = out.Step, out.Unit.Metres()
	if err := d.compare(out, pairs, own); err != nil {
		return nil, err
	}
	d.summarise(out)
	return out, nil
}

// choice is a way to compute: some rules, with the ferries as the project has them or turned about.
type choice struct {
	rules   model.Rules
	ferries bool
}

// reading is what one way to compute gives for each square that counts: up to route.MaxSeveral facilities with their cost
// in metres, the nearest first.
type reading struct {
	near [][]facilityCost
}

// facilityCost is the way to one facility.
type facilityCost struct {
	facility string
	metres   float64
}

// cost is the distance of a square, NaN where it is unreached.
func (r *reading) cost(i int) float64 {
	if len(r.near[i]) == 0 {
		return math.NaN()
	}
	return r.near[i][0].metres
}

// nearest is the facility that is nearest to a square, "" where it is unreached.
func (r *reading) nearest(i int) string {
	if len(r.near[i]) == 0 {
		return ""
	}
	return r.near[i][0].facility
}

// differ compares. Ways to compute are computed when they are first asked for.
type differ struct {
	ctx          context.Context
	base         *model.Snapshot
	query        model.Query
	tolerance    float64
	step, metres float64 // of the reference
	known        map[choice]*reading
	joined       []bool // of each square that counts, by the own rules
	progress     model.Progress
}

// first computes by the own rules, where everything must be in order.
func (d *differ) first() (*reading, error) {
	p, err := d.prepare(choice{})
	if err != nil {
		return nil, err
	}
	if _, err := p.Analyse(d.ctx, d.query); err != nil {
		return nil, err
	}
	r, err := p.several(d.ctx, d.query)
	if err != nil {
		return nil, err
	}
	for _, i := range p.counted().index {
		d.joined = append(d.joined, p.cells[i].ok)
	}
	d.known[choice{}] = r
	return r, nil
}

// prepare makes the engine of a choice.
func (d *differ) prepare(c choice) (*Prepared, error) {
	d.progress(i18n.M("pipos.progress", len(d.known)+1), float64(len(d.known))/10)
	s := *d.base
	s.Params.Rules = c.rules
	s.Params.FerriesOff = s.Params.FerriesOff != c.ferries
	return Prepare(d.ctx, &s, nil)
}

// read gives a choice's reading. Where nothing can be computed by it, nobody is reached.
func (d *differ) read(c choice) (*reading, error) {
	if r, ok := d.known[c]; ok {
		return r, nil
	}
	p, err := d.prepare(c)
	if err != nil {
		return nil, err
	}
	r, err := p.several(d.ctx, d.query)
	var none *i18n.Problem
	if errors.As(err, &none) {
		r, err = &reading{near: make([][]facilityCost, len(d.joined))}, nil
	}
	d.known[c] = r
	return r, err
}

// several reads the nearest facilities of every square that counts, each facility being an alternative to all others.
func (p *Prepared) several(ctx context.Context, q model.Query) (*reading, error) {
	c, err := p.closings(ctx, q)
	if err != nil {
		return nil, err
	}
	near, err := c.several(ctx, route.MaxSeveral, c.apart())
	if err != nil {
		return nil, err
	}
	out := &reading{}
	var list []route.Label
	for _, i := range p.counted().index {
		var found []facilityCost
		if p.cells[i].ok {
			list = near(i, list[:0])
			found = c.named(list)
		}
		out.near = append(out.near, found)
	}
	return out, nil
}

// named writes labels as facilities with metres.
func (c *closings) named(list []route.Label) (out []facilityCost) {
	for _, l := range list {
		if l != route.None {
			out = append(out, facilityCost{c.p.snapshot.Facilities[c.ranks[l.Facility()]].ID, c.metric.Value(l.Cost())})
		}
	}
	return out
}

// pairing is a square with what the reference says of it, nil where it says nothing.
type pairing struct {
	cell  *model.Cell
	index int // among the squares that count
	ref   *model.ReferenceCell
}

// pair finds the squares of the reference among those that count.
func (d *differ) pair(ref *model.Reference) ([]pairing, *model.Differences, error) {
	out := &model.Differences{
		Query: d.query, Source: ref.Source, SHA256: ref.SHA256, Mapping: ref.Mapping, Tolerance: d.tolerance,
		Rows: len(ref.Cells) + len(ref.Skipped), Skipped: slices.Clone(ref.Skipped),
		Params: d.base.Params, Inputs: slices.Clone(d.base.Inputs), Engine: Version,
	}
	var all []pairing
	at, outside := map[string]int{}, map[string]bool{}
	for i := range d.base.Cells {
		c := &d.base.Cells[i]
		id := model.CanonicalCell(c.ID)
		if !c.Inside {
			outside[id] = true
			continue
		}
		at[id] = len(all)
		all = append(all, pairing{cell: c, index: len(all)})
	}
	common := 0
	for i := range ref.Cells {
		r := &ref.Cells[i]
		k, here := at[r.Cell]
		switch {
		case here && all[k].ref != nil:
			out.Twice++
		case here:
			all[k].ref = r
			common++
		case outside[r.Cell]:
			out.Outside++
		default:
			all = append(all, pairing{ref: r, index: -1})
		}
	}
	if common == 0 {
		return nil, nil, i18n.Errorf("pipos.no_common", ref.Source, exampleOf(ref), model.CanonicalCell(d.base.Cells[0].ID))
	}
	return all, out, nil
}

// exampleOf is the id of a reference's first square.
func exampleOf(ref *model.Reference) string {
	if len(ref.Cells) == 0 {
		return "–"
	}
	return ref.Cells[0].Cell
}

// unitAndStep finds what a reference's distances are told in, where it is not known, and what they are rounded to in metres.
// The unit is the one by which distances are most like ours; the step is that of the decimals that are used, and at most a
// kilometre.
func unitAndStep(ref *model.Reference, pairs []pairing, own *reading) (model.ReferenceUnit, float64) {
	unit := ref.Unit
	if unit == "" {
		unit = likelier(pairs, own)
	}
	step := 1.0
	for range 6 {
		if slices.IndexFunc(ref.Cells, func(c model.ReferenceCell) bool {
			return !math.IsNaN(c.Cost) && math.Abs(c.Cost/step-math.Round(c.Cost/step)) > 1e-4
		}) < 0 {
			break
		}
		step /= 10
	}
	return unit, step * unit.Metres()
}

// likelier chooses between kilometres and metres.
func likelier(pairs []pairing, own *reading) model.ReferenceUnit {
	km, m := 0, 0
	for _, p := range pairs {
		if p.ref == nil || p.cell == nil || !(p.ref.Cost > 0) || !(own.cost(p.index) > 0) {
			continue
		}
		if ratio := p.ref.Cost / own.cost(p.index); math.Abs(math.Log(ratio*1000)) < math.Abs(math.Log(ratio)) {
			km++
		} else {
			m++
		}
	}
	if km > m {
		return model.UnitKm
	}
	return model.UnitMetre
}

// compare goes through the squares.
func (d *differ) compare(out *model.Differences, pairs []pairing, own *reading) error {
	byPipos, err := d.read(choice{rules: model.PiposRules})
	if err != nil {
		return err
	}
	var sum means
	for _, p := range pairs {
		if p.index < 0 {
			out.Squares = append(out.Squares, model.Difference{
				Cell: p.ref.Cell, People: -1, TheirPeople: p.ref.People, Own: math.NaN(), ByPipos: math.NaN(),
				Theirs: p.ref.Cost * d.metres, TheirNearest: p.ref.Nearest, Causes: []model.Cause{model.CauseOnlyThere},
			})
			continue
		}
		row := model.Difference{
			Cell: p.cell.ID, People: p.cell.People, TheirPeople: -1, Own: own.cost(p.index), ByPipos: byPipos.cost(p.index),
			Theirs: math.NaN(), Nearest: own.nearest(p.index), PiposNearest: byPipos.nearest(p.index),
		}
		if p.ref == nil {
			if p.cell.People > 0 {
				row.Causes = []model.Cause{model.CauseOnlyHere}
				out.Squares = append(out.Squares, row)
			}
			continue
		}
		row.TheirPeople, row.Theirs, row.TheirNearest = p.ref.People, hundredth(p.ref.Cost*d.metres), p.ref.Nearest
		out.Compared++
		out.People += row.People
		sum.add(&row)
		if row.Causes, err = d.explain(p.index, p.ref.Cost); err != nil {
			return err
		}
		if row.TheirPeople >= 0 && row.TheirPeople != row.People {
			row.Causes = append(row.Causes, model.CausePopulation)
		}
		if len(row.Causes) == 0 {
			out.Equal++
			continue
		}
		out.Squares = append(out.Squares, row)
	}
	out.Own, out.ByPipos, out.Theirs = sum.means()
	return nil
}

// hundredth holds metres to the centimetre, as costs are: 4.321 km are 4321 m and not 4320.999….
func hundredth(v float64) float64 { return math.Round(v*100) / 100 }

// means sums three distances over the people of the squares that all of them reach.
type means struct {
	people               int
	own, byPipos, theirs float64
}

// add takes a square in.
func (m *means) add(d *model.Difference) {
	if math.IsNaN(d.Own) || math.IsNaN(d.ByPipos) || math.IsNaN(d.Theirs) {
		return
	}
	n := float64(d.People)
	m.people += d.People
	m.own, m.byPipos, m.theirs = m.own+float64(n*d.Own), m.byPipos+float64(n*d.ByPipos), m.theirs+float64(n*d.Theirs)
}

// means gives the three means.
func (m *means) means() (own, byPipos, theirs float64) {
	n := float64(m.people) // 0 by 0 is NaN
	return m.own / n, m.byPipos / n, m.theirs / n
}
