package access

import (
	"context"
	"math"
	"slices"

	"nabar/internal/i18n"
	"nabar/model"
)

// explainers tell each figure's case, by its ID in the catalogue of definitions. The others are told by the ranking.
var explainers = map[string]func(*explainer){
	"people": (*explainer).people, "reached": (*explainer).reached, "mean": (*explainer).mean, "median": (*explainer).median,
	"p90": (*explainer).p90, "max": (*explainer).max, "second": (*explainer).second, "band": (*explainer).band, "parts": (*explainer).parts,
	"nearest": (*explainer).nearest, "connector": (*explainer).connector, "person_cost": (*explainer).personCost,
	"need": (*explainer).need, "distribution": (*explainer).distribution, "curve": (*explainer).curve, "index": (*explainer).index, "palma": (*explainer).palma,
}

// Explain tells how a figure came about, with the case's own numbers. It gives a Problem where Figures does, for a figure
// that there is none of, and for a square that does not count.
func (p *Prepared) Explain(ctx context.Context, q model.Query, o model.FigureOptions, a model.Asked) (*model.Explanation, error) {
	c, err := p.choose(ctx, q, o, false)
	if err != nil {
		return nil, err
	}
	x := &explainer{chosen: c, asked: a, e: &model.Explanation{
		Asked: a, Query: c.query, Of: c.main.group.Name, Basis: p.basis(c.query), Inputs: slices.Clone(p.snapshot.Inputs), Engine: Version,
	}}
	x.count()
	tell, known := explainers[a.Figure]
	switch {
	case a.Figure == "cell":
		err = x.cell()
	case a.Figure == "kth":
		err = x.kth(ctx)
	case a.Figure == "joint" || a.Figure == "counts":
		err = x.joint(ctx)
	case !known:
		err = i18n.Errorf("explain.no_case", a.Figure)
	case x.here0.people == 0:
		err = i18n.Errorf("panel.nobody_chosen")
	default:
		tell(x)
	}
	return x.e, err
}

// sum is squares with the people in them.
type sum struct {
	squares int
	people  int64 // in parts
}

// add counts a square where somebody of the group lives.
func (s *sum) add(people int64) {
	if people > 0 {
		s.squares++
		s.people += people
	}
}

// explainer writes one explanation.
type explainer struct {
	*chosen
	asked                        model.Asked
	e                            *model.Explanation
	here0, reach0, unjoined, cut sum   // all, those who reach, those too far from a road, those without a way
	total                        int64 // people times cost
}

// count sums the squares up.
func (x *explainer) count() {
	w := x.main.weights.of
	for i, c := range x.here.costs {
		x.here0.add(w[i])
		switch {
		case c != notReached:
			x.reach0.add(w[i])
			x.total += w[i] * c
		case x.prepared.cells[x.squares.index[i]].ok:
			x.cut.add(w[i])
		default:
			x.unjoined.add(w[i])
		}
	}
}

// persons gives parts of people as people.
func (x *explainer) persons(parts int64) float64 {
	return float64(parts) / float64(x.main.weights.parts)
}

// line adds a line.
func (x *explainer) line(key string, args ...any) {
	x.e.Lines = append(x.e.Lines, i18n.M("explain.line."+key, args...))
}

// term adds a number for scripts.
func (x *explainer) term(name string, v float64) {
	x.e.Terms = append(x.e.Terms, model.Term{Name: name, Value: v})
}

// Cost writes a cost as it is shown: metres or seconds.
func Cost(i model.Impedance, v float64) any { return unit(i)(v) }

// Travel writes people times cost: person-kilometres or person-hours.
func Travel(i model.Impedance, v float64) any {
	if i == model.Time {
		return i18n.M("explain.person_hours", v/3600)
	}
	return i18n.M("explain.person_km", v/1000)
}

// cost writes a cost of the query.
func (x *explainer) cost(v float64) any { return Cost(x.query.Impedance, v) }

// travel writes people times cost of the query.
func (x *explainer) travel(v float64) any { return Travel(x.query.Impedance, v) }

// exact writes a cost in metres or seconds.
func (x *explainer) exact(v float64) any {
	if x.query.Impedance == model.Time {
		return i18n.M("explain.seconds", v)
	}
	return i18n.M("explain.metres", v)
}

// value is the figure itself.
func (x *explainer) value(v any) { x.e.Value = i18n.M("explain.value", v) }

// number writes people: whole ones, with a decimal where a class of ages was shared out.
func (x *explainer) number(parts int64) any {
	if parts%x.main.weights.parts == 0 {
		return parts / x.main.weights.parts
	}
	return x.persons(parts)
}

// witness points at a square, by its position among those chosen.
func (x *explainer) witness(i int32, key string) {
	c := x.squares.cells[i]
	people := x.number(x.main.weights.of[i])
	x.e.Witnesses = append(x.e.Witnesses, model.Witness{Cell: c.ID, What: i18n.M("explain.witness."+key, c.ID, people, x.exact(x.here.metric.Value(x.here.costs[i])))})
}

func (x *explainer) people() {
	x.value(x.main.weights.whole(x.here0.people))
	x.line("people", x.here0.squares, x.number(x.here0.people))
	x.term("squares", float64(x.here0.squares))
	x.term("people", x.persons(x.here0.people))
}

func (x *explainer) reached() {
	x.value(x.main.weights.whole(x.here0.people) - x.main.weights.whole(x.reach0.people))
	x.line("people", x.here0.squares, x.number(x.here0.people))
	x.line("reached", x.reach0.squares, x.number(x.reach0.people))
	x.line("unjoined", x.unjoined.squares, x.number(x.unjoined.people), i18n.Metres(x.prepared.snapshot.Params.SnapLimit))
	x.line("cut", x.cut.squares, x.number(x.cut.people))
	x.term("people", x.persons(x.here0.people))
	x.term("reached", x.persons(x.reach0.people))
	x.term("unjoined", x.persons(x.unjoined.people))
	x.term("no_way", x.persons(x.cut.people))
	for i, c := range x.here.costs {
		if c == notReached && x.main.weights.of[i] > 0 && len(x.e.Witnesses) < 3 {
			x.e.Witnesses = append(x.e.Witnesses, model.Witness{Cell: x.squares.cells[i].ID, What: i18n.M("explain.witness.unreached", x.squares.cells[i].ID, x.number(x.main.weights.of[i]))})
		}
	}
}

// sums tells what all travel together and how many they are; the terms are as unrounded as they come.
func (x *explainer) sums() (travel, people float64) {
	travel, people = x.here.metric.Value(x.total)/float64(x.main.weights.parts), x.persons(x.reach0.people)
	x.line("travel", x.number(x.reach0.people), x.reach0.squares, x.travel(travel))
	x.term("sum", travel)
	x.term("reached", people)
	return travel, people
}

func (x *explainer) mean() {
	travel, people := x.sums()
	mean := travel / people
	x.value(x.cost(mean))
	x.line("mean", x.travel(travel), x.number(x.reach0.people), x.cost(mean), x.exact(mean))
	x.term("mean", mean)
	x.left()
}

// left tells of those who are not part of a figure.
func (x *explainer) left() {
	if out := x.here0.people - x.reach0.people; out > 0 {
		x.line("left", x.number(out))
	}
}

func (x *explainer) median() { x.quantile(1, 2, "half") }
func (x *explainer) p90()    { x.quantile(9, 10, "ninety") }

// quantile shows the square at which a share of the people is passed.
func (x *explainer) quantile(num, den int64, share string) {
	before := int64(0)
	w := x.main.weights.of
	for _, i := range x.here.order {
		c := x.here.costs[i]
		if c == notReached || w[i] == 0 {
			continue
		}
		if (before+w[i])*den < x.reach0.people*num {
			before += w[i]
			continue
		}
		v := x.here.metric.Value(c)
		needed := x.persons(x.reach0.people) * float64(num) / float64(den)
		x.value(x.cost(v))
		x.line(share, x.number(x.reach0.people), needed)
		x.line("passed", x.number(before), x.squares.cells[i].ID, x.number(w[i]), x.number(before+w[i]), x.exact(v))
		x.witness(i, "at")
		x.term("reached", x.persons(x.reach0.people))
		x.term("needed", needed)
		x.term("before", x.persons(before))
		x.term("with", x.persons(before+w[i]))
		x.term("value", v)
		x.left()
		return
	}
	x.value(x.cost(math.NaN()))
	x.left()
}

func (x *explainer) max() {
	x.value(x.cost(math.NaN()))
	for _, i := range slices.Backward(x.here.order) {
		if x.here.costs[i] == notReached || x.main.weights.of[i] == 0 {
			continue
		}
		v := x.here.metric.Value(x.here.costs[i])
		x.value(x.cost(v))
		x.line("max", x.squares.cells[i].ID, x.number(x.main.weights.of[i]), x.exact(v), x.name(take(x.found.nearest, x.keep)[i]))
		x.witness(i, "at")
		x.term("value", v)
		break
	}
	x.left()
}

// name is what a facility is called.
func (x *explainer) name(f int32) string {
	if f < 0 {
		return "–"
	}
	facility := &x.prepared.snapshot.Facilities[f]
	if facility.Name == "" {
		return facility.ID
	}
	return facility.Name
}

func (x *explainer) second() {
	var reach sum
	total := int64(0)
	for i, c := range x.here.second {
		if c != notReached {
			reach.add(x.main.weights.of[i])
			total += x.main.weights.of[i] * c
		}
	}
	travel, people := x.here.metric.Value(total)/float64(x.main.weights.parts), x.persons(reach.people)
	mean := travel / people
	x.value(x.cost(mean))
	x.line("second", x.number(reach.people), reach.squares, x.travel(travel))
	if reach.people > 0 {
		x.line("mean", x.travel(travel), x.number(reach.people), x.cost(mean), x.exact(mean))
	}
	if out := x.reach0.people - reach.people; out > 0 {
		x.line("no_second", x.number(out))
	}
	x.term("sum", travel)
	x.term("reached", people)
	x.term("mean", mean)
}

// kth tells of the nearest places one after another, for everybody: the search for more than two knows no groups but sex and
// age, which the list of them shows.
func (x *explainer) kth(ctx context.Context) error {
	n, err := x.prepared.NearestPlaces(ctx, x.query, MaxNearest)
	if err != nil {
		return err
	}
	x.e.Of = i18n.M("figures.everybody")
	for _, r := range n.Ranks {
		x.line("kth", r.Rank, r.All.Reached, Travel(x.query.Impedance, r.All.PersonCost), x.cost(r.All.Mean))
		x.term("mean", r.All.Mean)
		x.value(x.cost(r.All.Mean))
	}
	return nil
}
