package session

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/reports"
	"nabar/reports/docx"
	"nabar/reports/html"
	"nabar/reports/sheet"
)

// Report writes the serviceplan to a file, see ReportWith.
func (s *Session) Report(ctx context.Context, path string, progress model.Progress) error {
	_, err := s.ReportWith(ctx, path, ReportOptions{}, progress)
	return err
}

// writer gives the renderer for a file's ending.
func (s *Session) writer(path string) (func(io.Writer, *reports.Document) error, error) {
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case ".pdf":
		return checkedPlan, nil
	case ".html", ".htm":
		return html.Write, nil
	case ".docx":
		return docx.Write, nil
	case ".xlsx":
		return sheet.Write, nil
	case ".zip":
		return sheet.WriteZip, nil
	default:
		return nil, i18n.Errorf("session.format_out", ext, ".pdf, .html, .docx, .xlsx, .zip")
	}
}

// reportInput gathers what the plan shows.
func (s *Session) reportInput(ctx context.Context, progress model.Progress) (reports.Input, error) {
	results, err := s.AnalyseAll(ctx, part(progress, 0, 0.8))
	if err != nil {
		return reports.Input{}, err
	}
	rankings, err := s.rankings(ctx, results)
	if err != nil {
		return reports.Input{}, err
	}
	figures, err := s.groupFigures(ctx, results)
	if err != nil {
		return reports.Input{}, err
	}
	snapshot, err := s.Snapshot(ctx, nil)
	if err != nil {
		return reports.Input{}, err
	}
	network, err := s.Check(ctx, part(progress, 0.8, 1))
	if err != nil {
		return reports.Input{}, err
	}
	layers, err := s.Layers(ctx)
	if err != nil {
		return reports.Input{}, err
	}
	decision, err := s.Decision(ctx)
	if err != nil {
		return reports.Input{}, err
	}
	base, err := s.sceneInput(ctx)
	if err != nil {
		return reports.Input{}, err
	}
	base.HidePins = true
	in := reports.Input{
		Kommun: s.Kommun(), Decision: decision, Results: results, Figures: figures, Rankings: rankings, Snapshot: snapshot,
		Network: network, Layers: layers, Types: snapshot.Types, Printer: s.Printer(), Program: s.program(),
		Scene: func(r *model.Result) *render.Scene {
			in := base
			if r != nil {
				in.Result, in.Service = r, r.Query.Service
			}
			return render.NewScene(in)
		},
	}
	err = s.addEntered(ctx, &in)
	return in, err
}

// addEntered gathers what the planner has entered or kept for the plan: support that was tried, action plan, comparison.
func (s *Session) addEntered(ctx context.Context, in *reports.Input) (err error) {
	if in.Support, err = s.reportSupport(ctx); err != nil {
		return err
	}
	if in.Plan, err = s.PlanBook(ctx); err != nil {
		return err
	}
	forms, err := s.SupportSet(ctx, "")
	if err != nil {
		return err
	}
	in.Forms = &forms
	in.Contrast, err = s.planContrast(ctx)
	return err
}

// groupFigures are the figures by sex and age of the service types of the results, by distance; with the first of them how
// many have all types.
func (s *Session) groupFigures(ctx context.Context, results []model.Result) ([]model.Figures, error) {
	var out []model.Figures
	for i := range results {
		if results[i].Query.Impedance != model.Distance {
			continue
		}
		f, err := s.Figures(ctx, results[i].Query, FigureOptions{By: []string{"sex", "age"}, Joint: out == nil}, nil)
		if err != nil {
			return nil, err
		}
		out = append(out, *f)
	}
	return out, nil
}

// rankings tell what closings would mean for the service types of the results, by distance.
func (s *Session) rankings(ctx context.Context, results []model.Result) ([]model.Ranking, error) {
	var out []model.Ranking
	for i := range results {
		if results[i].Query.Impedance != model.Distance {
			continue
		}
		r, err := s.Rank(ctx, results[i].Query, nil)
		if err != nil {
			return nil, err
		}
		out = append(out, *r)
	}
	return out, nil
}

// program names the program and its version, for documents.
func (s *Session) program() string { return s.Printer().T("app.name") + " " + Version }
