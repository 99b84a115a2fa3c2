package session

import (
	"context"
	"strings"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// ShiftGroups parts a comparison's people into groups, with all who lose and all who gain in each: everybody first, then by what is
// asked for, as in FigureOptions.By; nil is by sex, by age and by the first layer of areas. The remarks are what the reader must
// know of the groups.
func (s *Session) ShiftGroups(ctx context.Context, c *model.Comparison, by []string) ([]model.GroupShift, []i18n.Message, error) {
	if by == nil {
		var err error
		if by, err = s.usualGroups(ctx); err != nil {
			return nil, nil, err
		}
	}
	base, err := s.Snapshot(ctx, nil)
	if err != nil {
		return nil, nil, err
	}
	options, parted, err := s.figureOptions(ctx, base, FigureOptions{By: by})
	if err != nil {
		return nil, nil, err
	}
	snapshot, err := s.QuerySnapshot(ctx, c.B.Query, nil)
	if err != nil {
		return nil, nil, err
	}
	groups, remarks := access.ShiftGroups(snapshot, c, options)
	return groups, append(remarks, parted.remarks...), nil
}

// usualGroups are by what people are parted unless something else is asked for.
func (s *Session) usualGroups(ctx context.Context) ([]string, error) {
	by := []string{string(model.BySex), string(model.ByAge)}
	layers, err := s.AreaLayers(ctx)
	if err == nil && len(layers) > 0 {
		by = append(by, layers[0].Name)
	}
	return by, err
}

// ShiftState is one state that is compared, with the groups of its comparison.
type ShiftState struct {
	Label  i18n.Message
	Groups []model.GroupShift
}

// ShiftTable sets out who loses and who gains in each group, a row for each group and state. The states must be of one query's
// service, measure and limits.
func (s *Session) ShiftTable(ctx context.Context, q model.Query, states []ShiftState) model.Table {
	p := s.Printer()
	unit, divisor := costUnit(p, q.Impedance)
	t := model.Table{Name: p.T("more.table_shifts", strings.ToLower(p.Text(s.ServiceLabel(ctx, q.Service))))}
	words := func(key string) { t.Columns = append(t.Columns, model.TableColumn{Head: p.T(key)}) }
	amount := func(unit string, decimals int, key string, args ...any) {
		t.Columns = append(t.Columns, model.TableColumn{Head: p.T(key, args...), Unit: unit, Number: true, Decimals: decimals})
	}
	words("live.col_group")
	if len(states) > 1 {
		words("live.col_state")
	}
	amount("", 0, "more.col_lose")
	amount(unit, 2, "live.col_worse_mean")
	amount("", 0, "more.col_gain")
	amount(unit, 2, "live.col_better_mean")
	amount("", 0, "live.lost")
	amount("", 0, "live.gained")
	amount("", 0, "live.row_people")
	for _, label := range symbology.BandLimits(p, q.Bands, q.Impedance) {
		amount("", 0, "live.col_beyond", label)
		amount("", 0, "live.col_within", label)
	}
	for k := range shiftRows(states) {
		for _, state := range states {
			if k < len(state.Groups) {
				t.Rows = append(t.Rows, shiftRow(p, &state, &state.Groups[k], divisor, len(states) > 1))
			}
		}
	}
	return t
}

// shiftRows is how many groups there are.
func shiftRows(states []ShiftState) int {
	n := 0
	for _, state := range states {
		n = max(n, len(state.Groups))
	}
	return n
}

// shiftRow is the row of a group.
func shiftRow(p *i18n.Printer, state *ShiftState, g *model.GroupShift, divisor float64, named bool) model.TableRow {
	row := model.TableRow{ID: string(g.By) + " " + g.ID + " " + p.Text(state.Label), Cells: []model.TableCell{model.Words(p.Text(g.Name))}}
	if named {
		row.Cells = append(row.Cells, model.Words(p.Text(state.Label)))
	}
	for _, v := range []float64{
		float64(g.Lose()), g.Worse.Mean / divisor, float64(g.Gain()), g.Better.Mean / divisor,
		float64(g.NewlyUnreached), float64(g.NewlyReached), float64(g.People),
	} {
		row.Cells = append(row.Cells, model.Amount(v))
	}
	for _, b := range g.Bands {
		row.Cells = append(row.Cells, model.Amount(float64(b.Beyond)), model.Amount(float64(b.Within)))
	}
	return row
}
