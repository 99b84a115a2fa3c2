package session

import (
	"context"
	"math"
	"strings"

	"nabar/model"
	"nabar/model/symbology"
)

// ContrastTables set states beside each other: the people who reach the service and how many have at most how far, how far it
// is, who comes farther and nearer, the figures by sex, age and area, what the changes cost in a year, and who loses and who gains
// by sex, age and area.
func (s *Session) ContrastTables(ctx context.Context, c *Contrast) []model.Table {
	service := strings.ToLower(s.Printer().Text(s.ServiceLabel(ctx, c.Results[0].Query.Service)))
	b := contrastTables{s: s, c: c, service: service}
	b.unit, b.divisor = costUnit(s.Printer(), c.Results[0].Query.Impedance)
	return []model.Table{b.people(), b.lengths(), b.changes(), b.groups(), b.costs(), b.shifts(ctx)}
}

// shifts is the table of who loses and who gains in each group and state.
func (b *contrastTables) shifts(ctx context.Context) model.Table {
	var states []ShiftState
	for i, groups := range b.c.Shifts {
		if b.c.Changes[i] != nil {
			states = append(states, ShiftState{b.c.Labels[i], groups})
		}
	}
	return b.s.ShiftTable(ctx, b.c.Results[0].Query, states)
}

// contrastTables writes the tables of a contrast.
type contrastTables struct {
	s       *Session
	c       *Contrast
	service string
	unit    string
	divisor float64
}

// t gives a text.
func (b *contrastTables) t(key string, args ...any) string {
	return b.s.Printer().T("live."+key, args...)
}

// label is the name of a state.
func (b *contrastTables) label(i int) string { return b.s.Printer().Text(b.c.Labels[i]) }

// beside is an empty table with the states as columns, and after each but the first its difference from that.
func (b *contrastTables) beside(name, unit string, decimals int) model.Table {
	t := model.Table{Name: b.t(name, b.service), Columns: []model.TableColumn{{Head: b.t("col_figure")}}}
	for i := range b.c.Labels {
		t.Columns = append(t.Columns, model.TableColumn{Head: b.label(i), Unit: unit, Number: true, Decimals: decimals})
	}
	for i := range b.c.Labels[1:] {
		t.Columns = append(t.Columns, model.TableColumn{Head: b.t("col_difference", b.c.Labels[i+1]), Unit: unit, Number: true, Decimals: decimals})
	}
	return t
}

// row adds a figure of every state.
func (b *contrastTables) row(t *model.Table, label string, value func(i int) float64) {
	row := model.TableRow{ID: label, Cells: []model.TableCell{model.Words(label)}}
	for i := range b.c.Labels {
		row.Cells = append(row.Cells, model.Amount(value(i)))
	}
	for i := range b.c.Labels[1:] {
		row.Cells = append(row.Cells, model.Amount(value(i+1)-value(0)))
	}
	t.Rows = append(t.Rows, row)
}

// people is the table of whole people.
func (b *contrastTables) people() model.Table {
	t := b.beside("table_people", "", 0)
	r := b.c.Results
	b.row(&t, b.t("row_places"), func(i int) float64 { return float64(r[i].Facilities) })
	b.row(&t, b.t("row_people"), func(i int) float64 { return float64(r[i].People) })
	b.row(&t, b.t("row_reached"), func(i int) float64 { return float64(r[i].Reached) })
	b.row(&t, b.t("row_unreached"), func(i int) float64 { return float64(r[i].Unreached) })
	for k, label := range symbology.BandLimits(b.s.Printer(), r[0].Query.Bands, r[0].Query.Impedance) {
		b.row(&t, b.t("within", label), func(i int) float64 { return float64(r[i].Bands[k].People) })
	}
	return t
}

// lengths is the table of how far it is.
func (b *contrastTables) lengths() model.Table {
	t := b.beside("table_lengths", b.unit, 2)
	r := b.c.Results
	for _, f := range []struct {
		key   string
		value func(*model.Result) float64
	}{
		{"row_mean", func(r *model.Result) float64 { return r.Mean }},
		{"row_median", func(r *model.Result) float64 { return r.Median }},
		{"row_p90", func(r *model.Result) float64 { return r.P90 }},
		{"row_max", func(r *model.Result) float64 { return r.Max }},
		{"row_second", func(r *model.Result) float64 { return r.SecondMean }},
	} {
		b.row(&t, b.t(f.key), func(i int) float64 { return f.value(r[i]) / b.divisor })
	}
	for _, g := range b.groupList() {
		b.row(&t, b.t("row_mean_of", g.Name), func(i int) float64 {
			if of := groupOf(b.c.Figures[i], g); of != nil {
				return of.Mean / b.divisor
			}
			return math.NaN()
		})
	}
	return t
}

// groupList are the groups of the first state that has any.
func (b *contrastTables) groupList() []model.Group {
	for _, f := range b.c.Figures {
		if f != nil {
			return f.Groups
		}
	}
	return nil
}

// groupOf finds the same group in another state's figures, nil where it is not there.
func groupOf(f *model.Figures, g model.Group) *model.Group {
	if f == nil {
		return nil
	}
	for i := range f.Groups {
		if f.Groups[i].By == g.By && f.Groups[i].ID == g.ID {
			return &f.Groups[i]
		}
	}
	return nil
}

// number is a column of numbers.
func (b *contrastTables) number(key, unit string, decimals int) model.TableColumn {
	return model.TableColumn{Head: b.t(key), Unit: unit, Number: true, Decimals: decimals}
}

// limits are the columns of a count at each limit.
func (b *contrastTables) limits(keys ...string) []model.TableColumn {
	var out []model.TableColumn
	for _, label := range symbology.BandLimits(b.s.Printer(), b.c.Results[0].Query.Bands, b.c.Results[0].Query.Impedance) {
		for _, key := range keys {
			out = append(out, model.TableColumn{Head: b.t(key, label), Number: true})
		}
	}
	return out
}

// changes is the table of who comes farther and nearer in each state.
func (b *contrastTables) changes() model.Table {
	t := model.Table{Name: b.t("table_changes", b.service), Columns: append([]model.TableColumn{
		{Head: b.t("col_state")},
		b.number("worse", "", 0), b.number("col_worse_mean", b.unit, 2), b.number("col_worse_most", b.unit, 2),
		b.number("better", "", 0), b.number("col_better_mean", b.unit, 2), b.number("lost", "", 0), b.number("gained", "", 0),
	}, b.limits("col_beyond", "col_within")...)}
	for i, c := range b.c.Changes {
		if c == nil {
			continue
		}
		row := model.TableRow{ID: b.label(i), Cells: []model.TableCell{
			model.Words(b.label(i)), model.Amount(float64(c.Worse.People)), model.Amount(c.Worse.Mean / b.divisor),
			model.Amount(orNone(c.Worse) / b.divisor), model.Amount(float64(c.Better.People)), model.Amount(c.Better.Mean / b.divisor),
			model.Amount(float64(c.NewlyUnreached)), model.Amount(float64(c.NewlyReached)),
		}}
		for _, band := range c.Bands {
			row.Cells = append(row.Cells, model.Amount(float64(band.Beyond)), model.Amount(float64(band.Within)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// groups is the table of each group in each state against the first: how far it is, and how many more or fewer have at most
// how far.
func (b *contrastTables) groups() model.Table {
	t := model.Table{Name: b.t("table_groups", b.service), Columns: append([]model.TableColumn{
		{Head: b.t("col_group")},
		{Head: b.t("col_state")},
		b.number("row_people", "", 0), b.number("row_mean", b.unit, 2),
		b.number("col_mean_change", b.unit, 2), b.number("col_reached_change", "", 0),
	}, b.limits("col_change_within")...)}
	for _, g := range b.groupList() {
		before := groupOf(b.c.Figures[0], g)
		for i := range b.c.Labels[1:] {
			after := groupOf(b.c.Figures[i+1], g)
			if before == nil || after == nil {
				continue
			}
			name := b.s.Printer().Text(g.Name)
			row := model.TableRow{ID: string(g.By) + " " + g.ID + " " + b.label(i+1), Cells: []model.TableCell{
				model.Words(name), model.Words(b.label(i + 1)), model.Amount(float64(after.People)), model.Amount(after.Mean / b.divisor),
				model.Amount((after.Mean - before.Mean) / b.divisor), model.Amount(float64(after.Reached - before.Reached)),
			}}
			for k := range after.Bands {
				row.Cells = append(row.Cells, model.Amount(float64(after.Bands[k].People-before.Bands[k].People)))
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// costs is the table of what the changes cost in a year.
func (b *contrastTables) costs() model.Table {
	t := model.Table{Name: b.t("table_costs", b.service), Columns: []model.TableColumn{
		{Head: b.t("col_state")},
		b.number("cost_person_km", "km", 0), b.number("cost_hours", "h", 0), b.number("cost_vehicle_km", "km", 0),
		b.number("cost_co2", "t", 1), b.number("cost_people", "", 0), b.number("cost_deliveries", "", 0), b.number("cost_price", "kr", 0),
		b.number("cost_state", "kr", 0),
	}}
	for i, c := range b.c.Costs {
		if i == 0 {
			continue
		}
		row := model.TableRow{ID: b.label(i), Cells: []model.TableCell{model.Words(b.label(i))}}
		for _, v := range []float64{c.PersonKm, c.Hours, c.VehicleKm, c.CO2, c.People, c.Deliveries, c.Price, c.StatePays} {
			row.Cells = append(row.Cells, model.Amount(v))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
