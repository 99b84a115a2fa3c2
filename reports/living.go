package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"
	"slices"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/manuscript"
	"nabar/model/plan"
	"nabar/model/version"
)

// Bound is what the project says about a binding that is not among the figures that every plan has. What it was not asked for,
// and what can't be told, is nil.
type Bound struct {
	Figures *model.Figures    // of those whom the binding is about, with its limit among the bands, by sex and age
	Result  *model.Result     // with its squares and places, for maps, charts and tables
	Change  *model.Comparison // what the scenario makes of the project as it is
	Series  *model.Series     // from the first date on
	Year    *version.FollowUp // the year beside the one before and beside the decided plan
}

// Wanted is what must be gathered for something living beside the figures that every plan has.
type Wanted struct {
	Binding                         manuscript.Binding
	Figures, Result, Change, Series bool
	Year                            bool
}

// Any tells whether anything must be gathered.
func (w Wanted) Any() bool { return w.Figures || w.Result || w.Change || w.Series || w.Year }

// And is what either wants of one binding.
func (w Wanted) And(o Wanted) Wanted {
	return Wanted{o.Binding, w.Figures || o.Figures, w.Result || o.Result, w.Change || o.Change, w.Series || o.Series, w.Year || o.Year}
}

// scope is the part of a binding that figures are gathered for.
func scope(b manuscript.Binding) manuscript.Binding {
	b.Year, b.Form = 0, ""
	b.Impedance = b.Measure()
	return b
}

// Want tells what something living needs beside the figures that every plan has.
func Want(l *manuscript.Living) Wanted {
	w := Wanted{Binding: scope(l.Binding)}
	odd := !l.Plain() || l.Limit != 0 && !slices.Contains(model.DefaultBands(l.Measure()), l.Limit)
	switch l.Kind {
	case manuscript.Figure:
		w.Figures = !inPlan(l.What) && (odd || l.What == "need" && l.Measure() == model.Time)
	case manuscript.Sentence:
		w.Change = slices.Contains([]string{"scenario", "scenario_losers", "scenario_unreached"}, l.What) && l.Scenario != ""
		w.Series = l.What == "development" || l.What == "opened_closed"
		w.Figures = !w.Change && !w.Series && l.Service != "" && (odd || l.Measure() == model.Time)
	case manuscript.KeyRow, manuscript.Map, manuscript.Chart, manuscript.Grid:
		w.Result = l.Service != "" && l.Scenario != ""
	case manuscript.Followed:
		w.Binding, w.Year = yearScope(l), true
	}
	return w
}

// yearScope is the binding that a year's follow-up is gathered for.
func yearScope(l *manuscript.Living) manuscript.Binding {
	return manuscript.Binding{Year: l.Year, Impedance: model.Distance}
}

// inPlan tells whether a figure is counted in what has been entered, not in results.
func inPlan(what string) bool {
	return slices.Contains([]string{"actions", "actions_done", "goals", "grants", "granted"}, what)
}

// values are the figures of one binding, whatever they stand in.
type values struct {
	i                                      model.Impedance
	facilities, people, reached, unreached int
	mean, median, p90, max, second         float64
	bands                                  []model.Band
	need                                   *model.Need
}

// within is how many have at most so far.
func (v *values) within(to float64) (int, bool) {
	for _, b := range v.bands {
		if b.To == to {
			return b.People, true
		}
	}
	return 0, false
}

// ofResult are the figures of a result.
func ofResult(r *model.Result) *values {
	return &values{r.Query.Impedance, r.Facilities, r.People, r.Reached, r.Unreached, r.Mean, r.Median, r.P90, r.Max, r.SecondMean, r.Bands, nil}
}

// ofFigures are the figures of everybody whom figures are of.
func ofFigures(f *model.Figures, g *model.Group) *values {
	return &values{f.Query.Impedance, f.Facilities, g.People, g.Reached, g.Unreached, g.Mean, g.Median, g.P90, g.Max, g.SecondMean, g.Bands, &g.Need}
}

// bound is what was gathered for a binding, empty where nothing was.
func (b *builder) bound(bind manuscript.Binding) *Bound {
	if found := b.in.Bound[scope(bind)]; found != nil {
		return found
	}
	return &Bound{}
}

// valuesOf are the figures of a binding, nil where there are none.
func (b *builder) valuesOf(bind manuscript.Binding) *values {
	if f := b.bound(bind).Figures; f != nil {
		return ofFigures(f, &f.All)
	}
	if !bind.Plain() {
		return nil
	}
	for i := range b.in.Results {
		r := &b.in.Results[i]
		if r.Query.Service != bind.Service || r.Query.Impedance != bind.Measure() || r.Query.Scenario != "" {
			continue
		}
		v := ofResult(r)
		if f := b.figuresOf(bind.Service, bind.Measure()); f != nil {
			v.need = &f.All.Need
		}
		return v
	}
	return nil
}

// figureText is what a figure in running text says; ok is false where it can't be told.
func (b *builder) figureText(l *manuscript.Living) (text string, value float64, ok bool) {
	if inPlan(l.What) {
		return b.enteredText(l)
	}
	if l.What == "people" && l.Plain() {
		if len(b.in.Results) == 0 {
			return "", 0, false
		}
		n := b.in.Results[0].People
		return b.p.Int(int64(n)), float64(n), true
	}
	v := b.valuesOf(l.Binding)
	if v == nil {
		return "", 0, false
	}
	if cost, is := v.cost(l.What); is {
		if math.IsNaN(cost) || v.reached == 0 {
			return "", 0, false
		}
		return b.cost(v.i, cost), cost, true
	}
	return b.countText(l, v)
}

// cost is a figure that is a distance or a time.
func (v *values) cost(what string) (float64, bool) {
	switch what {
	case "mean":
		return v.mean, true
	case "median":
		return v.median, true
	case "p90":
		return v.p90, true
	case "max":
		return v.max, true
	case "second":
		return v.second, true
	}
	return 0, false
}

// cost writes a distance or a time.
func (b *builder) cost(i model.Impedance, v float64) string { return cost(b.p, i, v) }

// countText is what a figure says that is a count or a share.
func (b *builder) countText(l *manuscript.Living, v *values) (string, float64, bool) {
	whole := func(n int) (string, float64, bool) { return b.p.Int(int64(n)), float64(n), true }
	switch l.What {
	case "people":
		return whole(v.people)
	case "unreached":
		return whole(v.unreached)
	case "facilities":
		return whole(v.facilities)
	case "need":
		if v.need == nil {
			return "", 0, false
		}
		return b.p.T("text.unit.need."+string(v.i), int64(math.Round(v.need.Cost/needUnit(v.i)))), v.need.Cost, true
	}
	n, ok := v.within(l.Limit)
	if !ok {
		return "", 0, false
	}
	if l.What == "beyond" || l.What == "beyond_share" {
		n = v.people - n
	}
	if l.What == "within" || l.What == "beyond" {
		return whole(n)
	}
	if v.people == 0 {
		return "", 0, false
	}
	return share(b.p, n, v.people), float64(n) / float64(v.people), true
}

// needUnit is what a person-kilometre or a person-hour holds of person-metres or person-seconds.
func needUnit(i model.Impedance) float64 {
	if i == model.Time {
		return 3600
	}
	return 1000
}

// enteredText is a figure of what has been entered.
func (b *builder) enteredText(l *manuscript.Living) (string, float64, bool) {
	n := int64(0)
	switch l.What {
	case "goals":
		n = int64(len(plan.Of[*plan.Goal](b.in.Plan)))
	case "actions", "actions_done":
		for _, a := range plan.Of[*plan.Action](b.in.Plan) {
			if l.What == "actions" || a.Status == "done" {
				n++
			}
		}
	default:
		sum := b.grantSum(l.Year, l.Form)
		if n = int64(sum.Count); l.What == "granted" {
			return b.p.Int(sum.Granted) + i18n.NBSP + "kr", float64(sum.Granted), true
		}
	}
	return b.p.Int(n), float64(n), true
}

// grantSum sums what was granted of a form in a year; 0 and "" are all.
func (b *builder) grantSum(year int64, form string) plan.Sum {
	var out plan.Sum
	for _, s := range b.in.Plan.FollowUp(year) {
		if form == "" || s.Form == form {
			out.Include(&s)
		}
	}
	return out
}

// identity tells what something living was made from: another identity means that its inputs are others.
func (b *builder) identity(l *manuscript.Living) string {
	var from any
	switch {
	case l.Kind == manuscript.Figure && inPlan(l.What), slices.Contains([]manuscript.LivingKind{
		manuscript.Actions, manuscript.Ledger, manuscript.Register, manuscript.Outcome, manuscript.Bank, manuscript.Opinions,
	}, l.Kind):
		var entries []string
		for _, item := range b.in.Plan {
			content, _ := plan.Encode(item)
			entries = append(entries, string(content))
		}
		from = entries
	case l.Kind == manuscript.Followed:
		from = []any{b.in.Snapshot.Inputs, b.in.Snapshot.Params, len(b.in.Plan)}
	default:
		var engines []string
		for i := range b.in.Results {
			if e := b.in.Results[i].Engine; !slices.Contains(engines, e) {
				engines = append(engines, e)
			}
		}
		from = []any{b.in.Snapshot.Inputs, b.in.Snapshot.Params, engines}
	}
	return digest(from)
}

// digest is a short name of what something is made of.
func digest(from any) string {
	content, _ := json.Marshal(from)
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:8])
}
