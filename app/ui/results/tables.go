package results

import (
	"math"

	"nabar/model"
)

// tables are the figures by sex, by age, by area and by place, as far as they are told.
func (d *describer) tables() []Table {
	var out []Table
	for _, by := range []model.Breakdown{model.BySex, model.ByAge, model.ByArea} {
		rows := []model.TableRow{d.row("all", d.name(&d.f.All), &d.f.All)}
		for i := range d.f.Groups {
			if g := &d.f.Groups[i]; g.By == by {
				rows = append(rows, d.row(g.ID, d.name(g), g))
			}
		}
		if len(rows) > 1 {
			out = append(out, Table{string(by), d.p.T("panel.by_" + string(by)), model.Table{Name: d.p.T("panel.table_" + string(by)), Columns: d.columns(by), Rows: rows}})
		}
	}
	if len(d.f.Places) > 0 {
		out = append(out, Table{placeTable, d.p.T("panel.by_place"), d.places()})
	}
	return out
}

// columns are those of a table of groups.
func (d *describer) columns(by model.Breakdown) []model.TableColumn {
	p := d.p
	_, unit := d.unit()
	number := func(key, unit string, decimals int) model.TableColumn {
		return model.TableColumn{Head: p.T("panel.col_" + key), Unit: unit, Number: true, Decimals: decimals}
	}
	out := []model.TableColumn{{Head: p.T("panel.col_" + string(by))}, number("people", p.T("panel.unit_people"), 0)}
	for _, to := range d.f.Query.Bands {
		out = append(out, model.TableColumn{Head: p.T("panel.col_within", Limit(p, d.f.Query.Impedance, to)), Unit: "%", Number: true, Decimals: 1})
	}
	out = append(out, number("mean", unit, 1), number("median", unit, 1), number("p90", unit, 1), number("max", unit, 1), number("second", unit, 1),
		number("unreached", p.T("panel.unit_people"), 0),
		model.TableColumn{Head: p.T("panel.col_need", Limit(p, d.f.Query.Impedance, d.f.All.Need.From)), Unit: p.T("panel.unit_people"), Number: true})
	travel := "panel.unit_person_km"
	if d.f.Query.Impedance == model.Time {
		travel = "panel.unit_person_hours"
	}
	return append(out, number("travel", p.T(travel), 0))
}

// row is a group's row.
func (d *describer) row(id, name string, g *model.Group) model.TableRow {
	size, _ := d.unit()
	cells := []model.TableCell{model.Words(name), model.Amount(float64(g.People))}
	for _, b := range g.Bands {
		part := math.NaN()
		if g.People > 0 {
			part = 100 * share(b.People, g.People)
		}
		cells = append(cells, model.Amount(part))
	}
	for _, v := range []float64{g.Mean / size, g.Median / size, g.P90 / size, g.Max / size, g.SecondMean / size, float64(g.Unreached), float64(g.Need.People)} {
		cells = append(cells, model.Amount(v))
	}
	travel := g.Need.Cost / 1000
	if d.f.Query.Impedance == model.Time {
		travel = g.Need.Cost / 3600
	}
	return model.TableRow{ID: id, Cells: append(cells, model.Amount(travel))}
}

// places are the service places with the people whose nearest each is.
func (d *describer) places() model.Table {
	p := d.p
	towns := map[string]string{}
	if d.Snapshot != nil {
		for i := range d.Snapshot.Facilities {
			towns[d.Snapshot.Facilities[i].ID] = d.Snapshot.Facilities[i].Town
		}
	}
	t := model.Table{Name: p.T("panel.table_place"), Columns: []model.TableColumn{
		{Head: p.T("panel.col_place")},
		{Head: p.T("panel.col_nearest"), Unit: p.T("panel.unit_people"), Number: true},
		{Head: p.T("panel.col_share"), Unit: "%", Number: true, Decimals: 1},
		{Head: p.T("panel.col_town")},
	}}
	for _, f := range d.f.Places {
		part, town := math.NaN(), towns[f.ID]
		if d.f.All.People > 0 {
			part = 100 * share(f.PeopleNearest, d.f.All.People)
		}
		if !f.Joined {
			town = p.T("ui.results.not_joined")
		}
		t.Rows = append(t.Rows, model.TableRow{ID: f.ID, Cells: []model.TableCell{
			model.Words(f.Name), model.Amount(float64(f.PeopleNearest)), model.Amount(part), model.Words(town),
		}})
	}
	return t
}
