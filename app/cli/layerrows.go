package cli

import (
	"context"
	"math"
	"strconv"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/rows"
)

// rowsFlags choose among a layer's rows.
type rowsFlags struct {
	sort, search, stats, out string
	down                     bool
	limit                    int
	filters                  []string
}

// add makes the flags known to a call.
func (f *rowsFlags) add(c *call) {
	c.flags.StringVar(&f.sort, "sort", "", "")
	c.flags.StringVar(&f.search, "search", "", "")
	c.flags.StringVar(&f.stats, "stats", "", "")
	c.flags.StringVar(&f.out, "out", "", "")
	c.flags.BoolVar(&f.down, "descending", false, "")
	c.flags.IntVar(&f.limit, "limit", 100, "")
	c.flags.Func("filter", "", func(text string) error {
		f.filters = append(f.filters, text)
		return nil
	})
}

// view is the choice of rows that the flags make.
func (f *rowsFlags) view(t *model.Table) (v rows.View, stats int, err error) {
	v, stats = rows.View{By: -1, Down: f.down, Search: f.search, Filters: map[int]rows.Filter{}}, -1
	if f.sort != "" {
		if v.By, err = columnOf(t, f.sort); err != nil {
			return v, stats, err
		}
	}
	if f.stats != "" {
		if stats, err = columnOf(t, f.stats); err != nil {
			return v, stats, err
		}
	}
	for _, text := range f.filters {
		name, what, ok := strings.Cut(text, ":")
		if !ok {
			return v, stats, usage("rows.filter_form", text)
		}
		i, err := columnOf(t, name)
		if err != nil {
			return v, stats, err
		}
		filter, none, err := rows.ParseFilter(t.Columns[i], what)
		if err != nil {
			return v, stats, err
		}
		if !none {
			v.Filters[i] = filter
		}
	}
	return v, stats, nil
}

// columnOf finds a column by its name, in any case.
func columnOf(t *model.Table, name string) (int, error) {
	var names []string
	for i, c := range t.Columns {
		if strings.EqualFold(c.Head, strings.TrimSpace(name)) {
			return i, nil
		}
		names = append(names, c.Head)
	}
	return -1, i18n.Errorf("style.no_column", name, t.Name, strings.Join(names, ", "))
}

// layerRowsCommand shows the rows of a layer.
func layerRowsCommand() command {
	var f rowsFlags
	return command{
		name: "layer rows", args: []string{"P.gpkg", "LAGER"}, flags: f.add,
		run: func(ctx context.Context, c *call) error {
			l, err := c.openLayer(ctx)
			if err != nil {
				return err
			}
			t, err := c.session.RowsTable(ctx, l)
			if err != nil {
				return err
			}
			view, stats, err := f.view(&t)
			if err != nil {
				return err
			}
			order, err := view.Order(ctx, c.printer, &t)
			if err != nil {
				return err
			}
			if f.out != "" {
				return c.session.WriteTable(f.out, pick(t, order))
			}
			return c.sayRows(t, order, f.limit, stats)
		},
	}
}

// pick is a table of some rows of another.
func pick(t model.Table, order []int) model.Table {
	out := t
	out.Rows = make([]model.TableRow, len(order))
	for i, k := range order {
		out.Rows[i] = t.Rows[k]
	}
	return out
}

// sayRows answers with rows, and the statistics of a column where one is asked for.
func (c *call) sayRows(t model.Table, order []int, limit, stats int) error {
	shown := pick(t, order[:min(limit, len(order))])
	if !c.json {
		for _, row := range shown.Rows {
			c.say("rows.line", row.ID, i18n.Plain(c.cells(&t, row)))
		}
		c.say("rows.count", len(shown.Rows), len(order), len(t.Rows))
		if stats >= 0 {
			c.say("rows.stats", t.Columns[stats].Head, rows.Describe(c.printer, t.Columns[stats], rows.Summarise(&t, order, stats)))
		}
		return nil
	}
	out := map[string]any{"layer": t.Name, "total": len(t.Rows), "matching": len(order), "rows": rowsJSON(&shown)}
	if stats >= 0 {
		out["stats"] = statsJSON(t.Columns[stats].Head, rows.Summarise(&t, order, stats))
	}
	return c.answer(out)
}

// orNull is a number for JSON, null for none.
func orNull(v float64) any {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return v
}

// rowsJSON gives each row as an object of its columns, with its id.
func rowsJSON(t *model.Table) []map[string]any {
	out := make([]map[string]any, len(t.Rows))
	for i, row := range t.Rows {
		values := map[string]any{}
		for k, c := range t.Columns {
			if c.Number {
				values[c.Head] = orNull(row.Cells[k].Number)
			} else {
				values[c.Head] = row.Cells[k].Text
			}
		}
		id, _ := strconv.ParseInt(row.ID, 10, 64) // ids are written by the session
		out[i] = map[string]any{"fid": id, "values": values}
	}
	return out
}

// layerSetCommand changes a cell of a layer's row.
func layerSetCommand() command {
	return command{
		name: "layer set", args: []string{"P.gpkg", "LAGER", "FID", "KOLUMN", "VÄRDE"},
		run: func(ctx context.Context, c *call) error {
			l, err := c.openLayer(ctx)
			if err != nil {
				return err
			}
			id, err := parseID(c.args[2])
			if err != nil {
				return err
			}
			head := c.session.RowsHead(l)
			column, err := columnOf(&head, c.args[3])
			if err != nil {
				return err
			}
			if err := c.session.SetCell(ctx, l, id, column, c.args[4]); err != nil {
				return err
			}
			if c.json {
				return c.answer(map[string]any{"layer": l.Name, "fid": id, "column": l.Fields[column].Name, "value": c.args[4]})
			}
			c.say("rows.set", l.Name, id, l.Fields[column].Name, i18n.Plain(c.args[4]))
			return nil
		},
	}
}
