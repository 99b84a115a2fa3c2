package session

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// costUnit is the unit that tables write costs in, and what a metre or second is divided by.
func costUnit(p *i18n.Printer, i model.Impedance) (unit string, divisor float64) {
	if i == model.Time {
		return p.T("map.unit.min"), 60
	}
	return p.T("map.unit.km"), 1000
}

// ChangeTables set a comparison out as two tables: the groups of people with how much longer or shorter their way has become,
// and the limits before and after.
func (s *Session) ChangeTables(ctx context.Context, c *model.Comparison) (groups, limits model.Table) {
	p := s.Printer()
	i := c.B.Query.Impedance
	unit, divisor := costUnit(p, i)
	service := strings.ToLower(p.Text(s.ServiceLabel(ctx, c.B.Query.Service)))
	nan := math.NaN()
	groups = model.Table{Name: p.T("series.table_groups", service), Columns: []model.TableColumn{
		{Head: p.T("series.col_change")},
		{Head: p.T("series.col_people"), Number: true},
		{Head: p.T("series.col_mean"), Unit: unit, Number: true, Decimals: 2},
		{Head: p.T("series.col_most"), Unit: unit, Number: true, Decimals: 2},
	}}
	group := func(key string, people int, mean, most float64) {
		groups.Rows = append(groups.Rows, model.TableRow{ID: key, Cells: []model.TableCell{
			model.Words(p.T("series.change_" + key)), model.Amount(float64(people)), model.Amount(mean / divisor), model.Amount(most / divisor),
		}})
	}
	group("worse", c.Worse.People, c.Worse.Mean, orNone(c.Worse))
	group("better", c.Better.People, c.Better.Mean, orNone(c.Better))
	group("unchanged", c.Unchanged, nan, nan)
	group("unreached", c.NewlyUnreached, nan, nan)
	group("reached", c.NewlyReached, nan, nan)
	if c.Added+c.Gone > 0 {
		group("added", c.Added, nan, nan)
		group("gone", c.Gone, nan, nan)
	}
	limits = model.Table{Name: p.T("series.table_limits", service), Columns: []model.TableColumn{{Head: p.T("series.col_limit")}}}
	for _, key := range []string{"before", "after", "beyond", "inside", "newsquares"} {
		limits.Columns = append(limits.Columns, model.TableColumn{Head: p.T("series.col_" + key), Number: true})
	}
	for k, label := range symbology.BandLimits(p, c.B.Query.Bands, i) {
		b := c.Bands[k]
		row := model.TableRow{ID: label, Cells: []model.TableCell{model.Words(p.T("series.col_within", label))}}
		for _, n := range []int{b.Before, b.After, b.Beyond, b.Within, b.Added} {
			row.Cells = append(row.Cells, model.Amount(float64(n)))
		}
		limits.Rows = append(limits.Rows, row)
	}
	return groups, limits
}

// orNone is the greatest difference of a group, NaN where nobody is in it.
func orNone(s model.Shift) float64 {
	if s.People == 0 {
		return math.NaN()
	}
	return s.Max
}

// RankAll ranks the places of every service type that is present, in the project's order. A type that can't be ranked, such as
// one without any place by a road, is left out.
func (s *Session) RankAll(ctx context.Context, q model.Query, progress model.Progress) ([]*model.Ranking, error) {
	progress = orSilent(progress)
	types, err := s.Present(ctx)
	if err != nil {
		return nil, err
	}
	var out []*model.Ranking
	var fault error
	for i, t := range types {
		q.Service = t.ID
		r, err := s.Rank(ctx, q, part(progress, share(i, len(types)), share(i+1, len(types))))
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			fault = err
			continue
		}
		out = append(out, r)
	}
	if out == nil && fault != nil {
		return nil, fault
	}
	if out == nil {
		return nil, i18n.Errorf("session.no_services")
	}
	return out, nil
}

// LossesTable sets rankings out as one table, a row for each facility, the greatest extra travel of all types first. They must
// be by one impedance and with the same limits.
func (s *Session) LossesTable(ctx context.Context, rankings []*model.Ranking) model.Table {
	p := s.Printer()
	t := model.Table{Name: p.T("series.table_losses")}
	if len(rankings) == 0 {
		return t
	}
	i := rankings[0].Query.Impedance
	unit, divisor := costUnit(p, i)
	sum, sumUnit := 1000.0, p.T("series.unit_personkm")
	if i == model.Time {
		sum, sumUnit = 3600, p.T("series.unit_personhours")
	}
	words := func(key string) { t.Columns = append(t.Columns, model.TableColumn{Head: p.T("series.col_" + key)}) }
	amount := func(head, unit string, decimals int) {
		t.Columns = append(t.Columns, model.TableColumn{Head: head, Unit: unit, Number: true, Decimals: decimals})
	}
	words("place")
	words("service")
	words("town")
	amount(p.T("series.col_nearest"), "", 0)
	amount(p.T("series.col_extra"), sumUnit, 0)
	amount(p.T("series.col_farther"), unit, 2)
	amount(p.T("series.col_most"), unit, 2)
	amount(p.T("series.col_without"), "", 0)
	for _, label := range symbology.BandLimits(p, rankings[0].Query.Bands, i) {
		amount(p.T("series.col_beyond_limit", label), "", 0)
	}
	words("last")
	words("with")
	const extra = 4 // the column that the rows are ordered by
	for _, r := range rankings {
		service := p.Text(s.ServiceLabel(ctx, r.Query.Service))
		for k := range r.Facilities {
			f := &r.Facilities[k]
			row := model.TableRow{ID: f.ID, Cells: []model.TableCell{
				model.Words(f.Name), model.Words(service), model.Words(f.Town), model.Amount(float64(f.PeopleNearest)),
				model.Amount(f.Extra / sum), model.Amount(f.MeanExtra / divisor), model.Amount(f.MaxExtra / divisor), model.Amount(float64(f.LeftWithout)),
			}}
			for _, b := range f.NewlyBeyond {
				row.Cells = append(row.Cells, model.Amount(float64(b.People)))
			}
			row.Cells = append(row.Cells, model.Words(s.lastWord(f.Last)), model.Words(s.serviceList(ctx, f.ServicesLost)))
			t.Rows = append(t.Rows, row)
		}
	}
	slices.SortStableFunc(t.Rows, func(a, b model.TableRow) int { return cmp.Compare(b.Cells[extra].Number, a.Cells[extra].Number) })
	return t
}

// lastWord says whether a place is the last in its kommun or town.
func (s *Session) lastWord(l model.Last) string {
	switch {
	case l.LastInKommun:
		return s.Printer().T("series.last_kommun")
	case l.LastInTown:
		return s.Printer().T("series.last_town", l.Town)
	}
	return ""
}

// serviceList names service types.
func (s *Session) serviceList(ctx context.Context, ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = s.Printer().Text(s.ServiceLabel(ctx, id))
	}
	return strings.Join(names, ", ")
}
