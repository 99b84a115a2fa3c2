package session

import (
	"context"
	"io"
	"iter"
	"path/filepath"
	"strings"

	"nabar/internal/atomicfile"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/support"
)

// ExportSupport writes a report to a file, a row for each place and form of support: .csv, .xlsx or .geojson by its ending.
// Each row names the rules with their edition.
func (s *Session) ExportSupport(ctx context.Context, r *support.Report, path string) error {
	write := plainWriter(strings.ToLower(filepath.Ext(path)))
	if write == nil {
		return i18n.Errorf("session.format_out", filepath.Ext(path), ".csv, .xlsx, .geojson")
	}
	return atomicfile.Write(path, func(w io.Writer) error { return write(w, s.supportLayer(r), s.supportRows(ctx, r)) })
}

// supportLayer are the columns of an exported report.
func (s *Session) supportLayer(r *support.Report) model.Layer {
	l := model.Layer{Name: s.Printer().T("support.layer"), Role: model.RoleResult, Geometry: model.PointType, Features: len(r.Places)}
	for _, c := range []struct {
		key  string
		kind model.FieldType
	}{
		{"id", model.Text},
		{"name", model.Text},
		{"town", model.Text},
		{"service", model.Text},
		{"form", model.Text},
		{"status", model.Text},
		{"next", model.Text},
		{"distance", model.Real},
		{"perhaps", model.Text},
		{"perhaps_distance", model.Real},
		{"island", model.Boolean},
		{"unmet", model.Text},
		{"near", model.Text},
		{"unknown", model.Text},
		{"rules", model.Text},
		{"source", model.Text},
	} {
		l.Fields = append(l.Fields, model.Field{Name: s.Printer().T("support.column." + c.key), Type: c.kind})
	}
	return l
}

// supportRows are the rows of an exported report.
func (s *Session) supportRows(ctx context.Context, r *support.Report) iter.Seq2[model.Feature, error] {
	p := s.Printer()
	return func(yield func(model.Feature, error) bool) {
		id := int64(0)
		for i := range r.Places {
			for k := range r.Places[i].Outcomes {
				if err := ctx.Err(); err != nil {
					yield(model.Feature{}, err)
					return
				}
				id++
				place, o := &r.Places[i], &r.Places[i].Outcomes[k]
				rule := r.Rules.Rule(o.Rule)
				row := []any{
					place.ID, place.Name, place.Town, p.Text(s.ServiceLabel(ctx, place.Service)), p.Text(rule.Label()),
					p.T("support.verdict." + string(o.Verdict)),
				}
				row = append(row, nextCells(o.Next)...)
				row = append(row, nextCells(o.Perhaps)...)
				row = append(row, place.IslandPeople > 0)
				for _, answer := range []support.Answer{support.Unmet, support.Near, support.Unknown} {
					row = append(row, checksText(p, r, o, answer))
				}
				row = append(row, p.Text(r.Rules.Label()), rule.Source)
				if !yield(model.Feature{ID: id, Geometry: place.At, Values: row}, nil) {
					return
				}
			}
		}
	}
}

// nextCells are name and metres of a next place, empty where there is none.
func nextCells(n *support.Next) []any {
	if n == nil {
		return []any{nil, nil}
	}
	return []any{n.Name, n.Metres}
}

// checksText lists the conditions of an outcome that were answered in a way.
func checksText(p *i18n.Printer, r *support.Report, o *support.Outcome, answer support.Answer) string {
	var texts []string
	rule := r.Rules.Rule(o.Rule)
	for _, c := range o.Checks {
		if condition := rule.Condition(c.Condition); c.Answer == answer && !condition.Guide {
			texts = append(texts, p.Text(condition.Text(rule, r.Rules.Currency)))
		}
	}
	return strings.Join(texts, "; ")
}
