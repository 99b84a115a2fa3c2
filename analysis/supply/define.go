package supply

import (
	"math"
	"slices"

	"nabar/internal/i18n"
)

// Define says what the query, which must be complete, measures, with its own numbers: first the method, then the decay.
func (q *Query) Define() []i18n.Message {
	written := func(v float64) any { return cost(q.Impedance, v) }
	method := i18n.M("supply.define."+string(q.Method), written(q.Limit), PerPeople)
	d := &q.Decay
	switch {
	case d.alike():
		return []i18n.Message{method, i18n.M("supply.decay.one")}
	case d.Form == Step:
		var zones i18n.Message
		for i, z := range d.Zones {
			one := i18n.M("supply.decay.zone", i18n.Share(z.Weight), written(z.To))
			if i == 0 {
				zones = one
			} else {
				zones = i18n.M("figures.list", zones, one)
			}
		}
		return []i18n.Message{method, i18n.M("supply.decay.step", zones)}
	case d.Form == Logistic:
		return []i18n.Message{method, i18n.M("supply.decay.logistic", written(d.Half), written(max(d.Half-2*d.Width, 0)), written(d.Half+2*d.Width), written(d.Width))}
	case d.Form == Power:
		return []i18n.Message{method, i18n.M("supply.decay.power", written(d.From), d.Exponent)}
	}
	return []i18n.Message{method, i18n.M("supply.decay."+string(d.Form), written(d.Half))}
}

// alike tells whether all places within the limit count the same.
func (d *Decay) alike() bool { return d.Form == Step && len(d.Zones) == 1 && d.Zones[0].Weight == 1 }

// Unit says what values are in.
func (q *Query) Unit() i18n.Message {
	switch {
	case q.Method.Shares():
		return i18n.M("supply.unit.share", PerPeople)
	case q.Decay.alike():
		return i18n.M("supply.unit.count")
	}
	return i18n.M("supply.unit.place")
}

// ClassLabels gives the words for each class of a result: one for each limit, one for what lies above the last, and last the
// one for squares without a value.
func (r *Result) ClassLabels(p *i18n.Printer) []string {
	decimals := r.Decimals()
	number := func(v float64) string { return p.Float(v, decimals) }
	var out []string
	for i, to := range r.Breaks {
		if i == 0 {
			out = append(out, p.T("supply.class_to", number(to)))
		} else {
			out = append(out, p.T("supply.class_range", number(r.Breaks[i-1]), number(to)))
		}
	}
	if n := len(r.Breaks); n > 0 {
		out = append(out, p.T("supply.class_over", number(r.Breaks[n-1])))
	} else {
		out = append(out, p.T("supply.class_all"))
	}
	return append(out, p.T("supply.none", cost(r.Query.Impedance, r.Query.Limit)))
}

// Decimals is how many decimals values are written with: as many as tell the classes apart, at most six.
func (r *Result) Decimals() int {
	values := r.Breaks
	if len(values) == 0 {
		values = []float64{twoDigits(r.All.Max)}
	}
	for decimals := range 6 {
		if !slices.ContainsFunc(values, func(v float64) bool { return !whole(v, decimals) }) {
			return decimals
		}
	}
	return 6
}

// whole tells whether a number of decimals writes a value as it is.
func whole(v float64, decimals int) bool {
	scaled := v * math.Pow10(decimals)
	return math.Abs(scaled-math.Round(scaled)) < 1e-6
}
