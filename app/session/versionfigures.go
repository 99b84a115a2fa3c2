package session

import (
	"math"
	"slices"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/version"
)

// figures is the table of how far people have: one row for each figure that either version has.
func (w *versionWords) figures(all []version.FigureChange) model.Table {
	t := w.table("figures", "service", "figure", "unit")
	for _, head := range []string{w.a.Name, w.b.Name, w.p.T("version.column.difference")} {
		t.Columns = append(t.Columns, model.TableColumn{Head: head, Number: true, Decimals: 1})
	}
	for i := range all {
		for _, line := range w.figureLines(&all[i]) {
			t.Rows = append(t.Rows, model.TableRow{ID: number(len(t.Rows)), Cells: []model.TableCell{
				model.Words(line.service), model.Words(line.name), model.Words(line.unit),
				model.Amount(line.before), model.Amount(line.after), model.Amount(line.after - line.before),
			}})
		}
	}
	return t
}

// figureLine is one number of both versions; NaN where one has none.
type figureLine struct {
	service, name, unit string
	before, after       float64
}

// figureLines are the numbers of a service that both versions, or one of them, tell.
func (w *versionWords) figureLines(c *version.FigureChange) []figureLine {
	one := c.After
	if one == nil {
		one = c.Before
	}
	var out []figureLine
	unit, divisor := costUnit(w.p, one.Impedance)
	add := func(name, unit string, divisor float64, value func(f *version.Figure) *float64) {
		line := figureLine{one.Name, name, unit, math.NaN(), math.NaN()}
		if c.Before != nil {
			line.before = figureOr(value(c.Before)) / divisor
		}
		if c.After != nil {
			line.after = figureOr(value(c.After)) / divisor
		}
		out = append(out, line)
	}
	whole := func(n int) *float64 { v := float64(n); return &v }
	if one.Impedance != model.Time {
		add(w.p.T("version.figure.facilities"), "", 1, func(f *version.Figure) *float64 { return whole(f.Facilities) })
		add(w.p.T("version.figure.people"), "", 1, func(f *version.Figure) *float64 { return whole(f.People) })
		add(w.p.T("version.figure.unreached"), "", 1, func(f *version.Figure) *float64 { return whole(f.Unreached) })
	}
	for _, f := range []struct {
		key   string
		value func(f *version.Figure) *float64
	}{
		{"mean", func(f *version.Figure) *float64 { return f.Mean }},
		{"median", func(f *version.Figure) *float64 { return f.Median }},
		{"p90", func(f *version.Figure) *float64 { return f.P90 }},
		{"max", func(f *version.Figure) *float64 { return f.Max }},
		{"second", func(f *version.Figure) *float64 { return f.SecondMean }},
	} {
		add(w.p.T("version.figure."+f.key), unit, divisor, f.value)
	}
	for _, limit := range figureLimits(c) {
		name := w.p.T("version.figure.within", i18n.Plain(w.p.Float(limit/divisor, limitDecimals(limit/divisor))), i18n.Plain(unit))
		add(name, "", 1, func(f *version.Figure) *float64 {
			if n, told := f.Within(limit); told {
				return whole(n)
			}
			return nil
		})
	}
	return out
}

// limitDecimals is how many decimals a limit needs.
func limitDecimals(v float64) int {
	if v == math.Trunc(v) {
		return 0
	}
	return 1
}

// figureLimits are those of the bands of either version, in order.
func figureLimits(c *version.FigureChange) []float64 {
	var out []float64
	for _, f := range []*version.Figure{c.Before, c.After} {
		if f != nil {
			for _, b := range f.Bands {
				out = append(out, b.To)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// figureOr gives a number, NaN for none.
func figureOr(v *float64) float64 {
	if v == nil {
		return math.NaN()
	}
	return *v
}
