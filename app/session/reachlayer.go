package session

import (
	"context"
	"fmt"
	"iter"
	"math"
	"strings"
	"time"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
	"nabar/model/symbology"
)

// reachAlpha is how strongly areas are painted, so that roads and squares are seen through them.
const reachAlpha = 0x70

// SaveReach keeps an answer as a layer of the project, as one step that can be taken back, and gives the layer's name. A layer
// of that name that the program made takes its place; name "" is ReachName.
func (s *Session) SaveReach(ctx context.Context, r *Reached, name string) (string, error) {
	if len(r.Areas) == 0 {
		return "", i18n.Errorf("reach.nothing")
	}
	layer := s.reachLayer(ctx, r, strings.TrimSpace(name))
	labels := symbology.BandLabels(s.Printer(), r.Query.Bands, r.Query.Impedance)
	column := s.reachColumn(r.Query.Impedance)
	err := s.putResult(ctx, i18n.M("reach.step", layer.Name), &layer, s.reachRows(r), symbology.QGISStyle(column, r.Query.Bands, labels),
		func(tx *project.Tx, id int64) error { return keepReach(tx, id, r) })
	return layer.Name, err
}

// putResult keeps a result layer in place of one of its name that the program made, as one step that can be taken back. The
// layer gets the name that it is kept under. qgis is its look in QGIS, "" for none; note
// keeps what the layer was asked for in the same step, nil for nothing.
func (s *Session) putResult(ctx context.Context, step i18n.Message, layer *model.Layer, rows iter.Seq[model.Feature], qgis string,
	note func(tx *project.Tx, layer int64) error,
) error {
	return s.edit(ctx, step, func(tx *project.Tx) error {
		layers, err := tx.Layers()
		if err != nil {
			return err
		}
		for _, old := range layers {
			if strings.EqualFold(old.Name, layer.Name) && old.Role == model.RoleResult && old.Source.Made != nil {
				if err := tx.RemoveLayer(old.ID); err != nil {
					return err
				}
			}
		}
		added, err := tx.AddLayer(*layer, func(yield func(model.Feature) error) error {
			for f := range rows {
				if err := yield(f); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		layer.Name = added.Name
		if note != nil {
			if err := note(tx, added.ID); err != nil {
				return err
			}
		}
		if qgis == "" {
			return nil
		}
		return tx.SetQGISStyle(added.ID, qgis, "")
	})
}

// ExportReach writes an answer to a file by its ending, as Export does a layer.
func (s *Session) ExportReach(ctx context.Context, r *Reached, path string) ([]i18n.Message, error) {
	if len(r.Areas) == 0 {
		return nil, i18n.Errorf("reach.nothing")
	}
	layer := s.reachLayer(ctx, r, "")
	layer.Features = len(r.Areas)
	rows := s.reachRows(r)
	return s.writeLayer(ctx, layer, path, func(yield func(model.Feature, error) bool) {
		for f := range rows {
			if !yield(f, nil) {
				return
			}
		}
	})
}

// reachColumn is the column with the limit.
func (s *Session) reachColumn(i model.Impedance) string {
	if i == model.Time {
		return s.Printer().T("reach.column.limit_s")
	}
	return s.Printer().T("reach.column.limit_m")
}

// reachLayer describes the layer of an answer: columns, colours, and how it was made.
func (s *Session) reachLayer(ctx context.Context, r *Reached, name string) model.Layer {
	p := s.Printer()
	if name == "" {
		name = s.ReachName(ctx, r.Query)
	}
	style := symbology.Style{Kind: symbology.AreaKind, Column: s.reachColumn(r.Query.Impedance), Breaks: r.Query.Bands, Width: 1.2}
	bands := symbology.BandLabels(p, r.Query.Bands, r.Query.Impedance)
	for i, c := range symbology.Ramp(len(r.Query.Bands)+2, symbology.Light)[1 : len(r.Query.Bands)+1] {
		c.A = reachAlpha
		style.Fills = append(style.Fills, c)
		label := p.T("reach.legend.within", reachLimit(r.Query.Impedance, r.Query.Bands[i]))
		if r.Query.Rings {
			label = p.T("reach.legend.ring", bands[i])
		}
		style.Labels = append(style.Labels, label)
		if i == len(r.Query.Bands)-1 {
			c.A = 0xff
			style.Stroke = &c
		}
	}
	l := model.Layer{
		Name: name, Role: model.RoleResult, Geometry: model.MultiPolygonType, Visible: true, Opacity: 1, Style: style.JSON(),
		Source: model.Import{CRS: "EPSG:3006", Date: time.Now().Format(time.DateOnly), Imported: len(r.Areas), Made: s.reachMade(ctx, r)},
	}
	for _, c := range []struct {
		name string
		kind model.FieldType
	}{
		{p.T("reach.column.name"), model.Text},
		{p.T("reach.column.id"), model.Text},
		{p.T("reach.column.service"), model.Text},
		{s.reachColumn(r.Query.Impedance), model.Real},
		{p.T("reach.column.people"), model.Integer},
		{p.T("reach.column.women"), model.Integer},
		{p.T("reach.column.men"), model.Integer},
		{p.T("reach.column.road_km"), model.Real},
		{p.T("reach.column.area_km2"), model.Real},
	} {
		l.Fields = append(l.Fields, model.Field{Name: c.name, Type: c.kind})
	}
	return l
}

// reachRows are the areas as rows of the layer, the largest limit first, so that smaller ones lie on top of it.
func (s *Session) reachRows(r *Reached) iter.Seq[model.Feature] {
	known := func(n int) any {
		if n < 0 {
			return nil
		}
		return int64(n)
	}
	return func(yield func(model.Feature) bool) {
		id := int64(0)
		for class := len(r.Query.Bands) - 1; class >= 0; class-- {
			for i := range r.Areas {
				a := &r.Areas[i]
				if a.Class != class {
					continue
				}
				id++
				name := a.Name
				if a.Facility == "" {
					name = s.Printer().T("reach.all_places")
				}
				f := model.Feature{ID: id, Geometry: a.Shape, Values: []any{
					name, a.Facility, r.Query.Service, a.Limit, int64(a.People), known(a.Women), known(a.Men),
					thousandths(a.RoadKM), thousandths(a.AreaKM2),
				}}
				if !yield(f) {
					return
				}
			}
		}
	}
}

// thousandths rounds to three decimals.
func thousandths(v float64) float64 { return math.Round(v*1000) / 1000 }

// reachMade says what and how an answer was made of.
func (s *Session) reachMade(ctx context.Context, r *Reached) []string {
	p, q := s.Printer(), &r.Query
	limits := make([]string, len(q.Bands))
	for i, to := range q.Bands {
		limits[i] = p.Value(reachLimit(q.Impedance, to))
	}
	rings := "reach.made.whole"
	if q.Rings {
		rings = "reach.made.rings"
	}
	made := []string{
		p.T("reach.made.what", s.ServiceLabel(ctx, q.Service), i18n.M("reach.by."+string(q.Impedance)), strings.Join(limits, ", ")),
		p.T("reach.made.how", i18n.M("reach.sharing."+string(q.Sharing)), i18n.M(rings), i18n.Metres(q.Buffer)),
	}
	if len(q.Facilities) > 0 {
		made = append(made, p.T("reach.made.places", strings.Join(q.Facilities, ", ")))
	}
	for _, choice := range [][2]string{
		{"reach.made.scenario", q.Scenario}, {"reach.made.profile", p.Text(s.profileLabel(ctx, q.Profile))}, {"reach.made.date", q.Date}, {"reach.made.demand", q.Demand},
	} {
		if choice[1] != "" {
			made = append(made, p.T(choice[0], choice[1]))
		}
	}
	for _, in := range r.Inputs {
		if in.Role != model.RoleScenario {
			made = append(made, p.T("reach.made.input", in.Layer, in.Source, fmt.Sprint(in.Revision), in.SHA256))
		}
	}
	if len(r.Crossings) > 0 {
		made = append(made, p.T("reach.crossings", len(r.Crossings)))
	}
	return append(made, p.T("reach.made.engine", Version, r.Engine))
}
