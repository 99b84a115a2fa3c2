package cli

import (
	"context"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/rows"
)

// selectFlags choose among the features of a layer.
type selectFlags struct {
	layer, where, box, polygon, at, stats, out string
	within                                     float64
	limit                                      int
	invert                                     bool
}

func (f *selectFlags) add(c *call) {
	c.flags.StringVar(&f.layer, "layer", "", "")
	c.flags.StringVar(&f.where, "where", "", "")
	c.flags.StringVar(&f.box, "box", "", "")
	c.flags.StringVar(&f.polygon, "polygon", "", "")
	c.flags.StringVar(&f.at, "at", "", "")
	c.flags.Float64Var(&f.within, "within", 10, "")
	c.flags.BoolVar(&f.invert, "invert", false, "")
	c.flags.StringVar(&f.stats, "stats", "", "")
	c.flags.StringVar(&f.out, "out", "", "")
	c.flags.IntVar(&f.limit, "limit", 100, "")
}

// choice is the choice that the flags make; at is the position of a click, nil for none.
func (f *selectFlags) choice(c *call) (choice session.Choice, at *orb.Point, err error) {
	choice.Where = f.where
	ways := 0
	for _, w := range []string{f.box, f.polygon, f.at} {
		if w != "" {
			ways++
		}
	}
	switch {
	case ways > 1 || f.at != "" && f.where != "":
		return choice, nil, usage("tools.select_one")
	case f.box != "":
		corners, err := parsePositions(boxCorners(f.box))
		if err != nil || len(corners) != 2 {
			return choice, nil, usage("tools.box_wrong", f.box)
		}
		choice.Area = session.Box(orb.MultiPoint(corners).Bound())
	case f.polygon != "":
		corners, err := parsePositions(f.polygon)
		if err != nil {
			return choice, nil, err
		}
		area, err := c.session.Polygon(corners)
		if err != nil {
			return choice, nil, err
		}
		choice.Area = area.Shape
	case f.at != "":
		p, ok := parsePosition(f.at)
		if !ok || !(f.within >= 0) {
			return choice, nil, usage("tools.position_wrong", f.at)
		}
		at = &p
	}
	return choice, at, nil
}

// boxCorners writes "E,N,E,N" as two positions.
func boxCorners(text string) string {
	parts := strings.Split(text, ",")
	if len(parts) != 4 {
		return text
	}
	return parts[0] + "," + parts[1] + " " + parts[2] + "," + parts[3]
}

// parsePositions reads positions with spaces between.
func parsePositions(text string) ([]orb.Point, error) {
	var out []orb.Point
	for _, word := range strings.Fields(text) {
		p, ok := parsePosition(word)
		if !ok {
			return nil, usage("tools.position_wrong", word)
		}
		out = append(out, p)
	}
	return out, nil
}

// selectCommand finds features of a layer.
func selectCommand() command {
	var f selectFlags
	return command{
		name: "select", args: []string{"P.gpkg"}, flags: f.add,
		run: func(ctx context.Context, c *call) error {
			if f.layer == "" {
				return usage("tools.layer_missing")
			}
			choice, at, err := f.choice(c)
			if err != nil {
				return err
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			l, err := c.session.Layer(ctx, f.layer)
			if err != nil {
				return err
			}
			ids, err := f.find(ctx, c, l, choice, at)
			if err != nil {
				return err
			}
			return f.tell(ctx, c, l, ids)
		},
	}
}

// find gives the ids that are chosen.
func (f *selectFlags) find(ctx context.Context, c *call, l model.Layer, choice session.Choice, at *orb.Point) (ids []int64, err error) {
	if at != nil {
		feature, found, err := c.session.FeatureAt(ctx, l, *at, f.within)
		if err != nil {
			return nil, err
		}
		if found {
			ids = []int64{feature.ID}
		}
	} else if ids, err = c.session.Select(ctx, l, choice); err != nil {
		return nil, err
	}
	if f.invert {
		return c.session.Invert(ctx, l, ids)
	}
	return ids, nil
}

// tell answers with what is selected.
func (f *selectFlags) tell(ctx context.Context, c *call, l model.Layer, ids []int64) error {
	t, frame, err := c.session.SelectedTable(ctx, l, ids)
	if err != nil {
		return err
	}
	stats := -1
	if f.stats != "" {
		if stats, err = columnOf(&t, f.stats); err != nil {
			return err
		}
	}
	if f.out != "" {
		return c.session.WriteTable(f.out, t)
	}
	order := make([]int, len(t.Rows))
	for i := range order {
		order[i] = i
	}
	shown := pick(t, order[:min(max(f.limit, 0), len(order))])
	if !c.json {
		c.say("tools.selected", len(ids), l.Features, l.Name)
		for _, row := range shown.Rows {
			c.say("rows.line", row.ID, i18n.Plain(c.cells(&t, row)))
		}
		if stats >= 0 {
			c.say("rows.stats", t.Columns[stats].Head, rows.Describe(c.printer, t.Columns[stats], rows.Summarise(&t, order, stats)))
		}
		return nil
	}
	out := map[string]any{"layer": l.Name, "total": l.Features, "selected": len(ids), "fids": list(ids), "rows": rowsJSON(&shown), "bounds": nil}
	if frame != (orb.Bound{}) {
		out["bounds"] = []float64{frame.Min[0], frame.Min[1], frame.Max[0], frame.Max[1]}
	}
	if stats >= 0 {
		out["stats"] = statsJSON(t.Columns[stats].Head, rows.Summarise(&t, order, stats))
	}
	return c.answer(out)
}

// cells writes a row's cells for people to read.
func (c *call) cells(t *model.Table, row model.TableRow) string {
	cells := make([]string, len(t.Columns))
	for i := range t.Columns {
		cells[i] = t.Columns[i].Write(c.printer, row.Cells[i])
	}
	return strings.Join(cells, " | ")
}

// statsJSON is the statistics of a column.
func statsJSON(column string, s rows.Statistics) map[string]any {
	return map[string]any{
		"column": column, "count": s.Count, "empty": s.Empty, "different": s.Different, "min": orNull(s.Least),
		"max": orNull(s.Most), "sum": orNull(s.Sum), "mean": orNull(s.Mean), "median": orNull(s.Median),
	}
}

// parseID reads the number of a row.
func parseID(text string) (int64, error) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, usage("rows.bad_fid", text)
	}
	return id, nil
}
