package session

import (
	"context"
	"image"
	"image/png"
	"io"
	"path/filepath"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/atomicfile"
	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/reports/pdf"
)

// maxSide is the longest side of a map sheet in pixels.
const maxSide = 10000

// sheetMargin is the room around the kommun on a sheet, in pixels.
const sheetMargin = 40

// Sheet says what a map sheet shows and how large it is.
type Sheet struct {
	Query         model.Query  // Service "" draws the project without a result
	From          *model.Query // where there is one, the change from it to Query is drawn instead of the result
	Bound         orb.Bound    // what is to be seen; empty for the whole kommun
	Losses        bool         // what the closing of each place would mean is drawn too
	Comments      bool         // comments are drawn as pins; on paper their texts stand in a list under the map
	Width, Height int          // pixels; on paper 96 of them are an inch
}

// Fits tells whether the sheet's size can be drawn.
func (s Sheet) Fits() bool {
	return s.Width >= 100 && s.Height >= 100 && s.Width <= maxSide && s.Height <= maxSide
}

// RenderSheet writes a map of the whole kommun with legend, scale bar and sources: .png as a picture, .pdf as vectors.
func (s *Session) RenderSheet(ctx context.Context, path string, sheet Sheet, progress model.Progress) error {
	progress = orSilent(progress)
	ext := strings.ToLower(filepath.Ext(path))
	if ext != ".png" && ext != ".pdf" {
		return i18n.Errorf("session.format_out", ext, ".png, .pdf")
	}
	if err := atomicfile.Check(path); err != nil {
		return err
	}
	choice, err := s.sheetChoice(ctx, sheet, part(progress, 0, 0.6))
	if err != nil {
		return err
	}
	progress(i18n.M("session.progress_map"), 0.6)
	scene, err := s.Scene(ctx, choice)
	if err != nil {
		return err
	}
	scene = scene.WithPins(sheet.Comments)
	bound, margin := sheet.Bound, 0
	if bound.IsZero() {
		bound, margin = scene.Bounds(), sheetMargin
	}
	view := render.Fit(bound, sheet.Width, sheet.Height, margin)
	options := render.SheetOptions{Title: s.sheetTitle(ctx, sheet)}
	if ext == ".pdf" {
		return atomicfile.Write(path, func(w io.Writer) error {
			return checked(w, func(w io.Writer) error {
				return pdf.WriteSheet(w, pdf.Sheet{Scene: scene, View: view, Options: options, Printer: s.Printer()})
			})
		})
	}
	img, err := render.DrawSheet(ctx, scene, view, options)
	if err != nil {
		return err
	}
	return writePNG(path, img)
}

// sheetChoice computes what a sheet shows.
func (s *Session) sheetChoice(ctx context.Context, sheet Sheet, progress model.Progress) (choice SceneChoice, err error) {
	choice.Query = sheet.Query
	switch {
	case sheet.Query.Service == "":
		return choice, nil
	case sheet.From != nil:
		choice.Comparison, err = s.Change(ctx, *sheet.From, sheet.Query, progress)
	default:
		_, err = s.Analyse(ctx, sheet.Query, progress)
	}
	if err == nil && sheet.Losses {
		choice.Ranking, err = s.Rank(ctx, sheet.Query, progress)
	}
	return choice, err
}

// sheetTitle names what the map shows.
func (s *Session) sheetTitle(ctx context.Context, sheet Sheet) string {
	q := sheet.Query
	if sheet.From != nil && q.Service != "" {
		service := strings.ToLower(s.Printer().Text(s.ServiceLabel(ctx, q.Service)))
		return s.Printer().T("series.sheet_change", s.Kommun().Name, service, s.StateLabel(*sheet.From), s.StateLabel(q))
	}
	if q.Service == "" {
		return s.Kommun().Name
	}
	q = withBands(q)
	key := "session.map_title_" + string(q.Impedance)
	title := s.Printer().T(key, s.Kommun().Name, strings.ToLower(s.Printer().Text(s.ServiceLabel(ctx, q.Service))))
	if sc, err := s.Scenario(ctx, q.Scenario); q.Scenario != "" && err == nil {
		title = s.Printer().T("scenario.title", title, sc.Name)
	}
	if way := s.WayLabel(q); !way.IsZero() {
		title = s.Printer().T("profile.title", title, way)
	}
	return title
}

// writePNG writes a picture.
func writePNG(path string, img image.Image) error {
	return atomicfile.Write(path, func(w io.Writer) error { return png.Encode(w, img) })
}
