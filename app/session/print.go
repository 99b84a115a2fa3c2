package session

import (
	"context"
	"fmt"
	"image"
	"io"
	"math"
	"path/filepath"
	"strings"
	"unicode"

	"nabar/internal/atomicfile"
	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/reports/pdf"
)

// AtlasServices is the Atlas that has a sheet for each service type.
const AtlasServices = "services"

// The resolutions that a sheet can be drawn at, in pixels an inch.
const (
	DefaultDPI = 300
	leastDPI   = 30
	mostDPI    = 1200
)

// maxSheetPixels is the largest picture of a sheet: A1 at 300 pixels an inch has 70 million.
const maxSheetPixels = 100e6

// PrintOrder says what map sheets are wanted.
type PrintOrder struct {
	Sheet            // what the map shows; its width and height are not looked at
	Template string  // id of a render.Template
	Scale    float64 // the D of 1:D; 0 for the largest round scale that shows everything
	Title    string  // "" for what the map shows
	Date     string  // ISO date at the sheet's foot and in the file; "" for none
	DPI      float64 // of a picture; 0 for DefaultDPI
	Atlas    string  // "", AtlasServices, or the name of a layer with areas: a sheet for each, which takes its bound
	Files    bool    // an atlas as a PDF for each sheet instead of pages of one
}

// PrintedSheet is one sheet that was written.
type PrintedSheet struct {
	Name  string  // of the service type or area; "" for a sheet that is no part of an atlas
	File  string  // that it is in
	Page  int     // in that file, from 1
	Scale float64 // the D of 1:D
}

// sheetDraft is a sheet that is not computed yet.
type sheetDraft struct {
	name  string
	order PrintOrder
}

// Print writes map sheets: .pdf as vectors, an atlas as one file with bookmarks; .png as pictures, an atlas as files that are
// numbered and named after their part. Each sheet's figures are computed where they are not stored.
func (s *Session) Print(ctx context.Context, path string, order PrintOrder, progress model.Progress) ([]PrintedSheet, error) {
	progress = orSilent(progress)
	ext := strings.ToLower(filepath.Ext(path))
	if ext != ".png" && ext != ".pdf" {
		return nil, i18n.Errorf("session.format_out", ext, ".png, .pdf")
	}
	if err := order.check(ext == ".png"); err != nil {
		return nil, err
	}
	drafts, err := s.drafts(ctx, order)
	if err != nil {
		return nil, err
	}
	whole := ext == ".pdf" && (len(drafts) == 1 || !order.Files)
	out := make([]PrintedSheet, len(drafts))
	for i, d := range drafts {
		out[i] = PrintedSheet{Name: d.name, File: path, Page: 1}
		if whole {
			out[i].Page = i + 1
		} else if order.Atlas != "" {
			out[i].File = partPath(path, i+1, len(drafts), d.name)
		}
		if err := atomicfile.Check(out[i].File); err != nil {
			return nil, err
		}
	}
	if whole {
		return out, s.printBook(ctx, drafts, out, progress)
	}
	for i := range drafts {
		step := part(progress, float64(i)/float64(len(drafts)), float64(i+1)/float64(len(drafts)))
		if ext == ".pdf" {
			err = s.printBook(ctx, drafts[i:i+1], out[i:i+1], step)
		} else {
			err = s.printPicture(ctx, drafts[i], &out[i], step)
		}
		if err != nil {
			return out[:i], err
		}
	}
	return out, nil
}

// check refuses what can't be drawn.
func (o *PrintOrder) check(pixels bool) error {
	t, ok := render.TemplateOf(o.Template)
	if !ok {
		var known []string
		for _, t := range render.Templates() {
			known = append(known, t.ID)
		}
		return i18n.Errorf("sheet.template_unknown", o.Template, strings.Join(known, ", "))
	}
	if o.Scale != 0 && (o.Scale < 100 || o.Scale > 1e8 || math.IsNaN(o.Scale)) {
		return i18n.Errorf("sheet.scale_wrong")
	}
	if o.DPI == 0 {
		o.DPI = DefaultDPI
	}
	if !pixels {
		return nil
	}
	area := t.Width * t.Height / (25.4 * 25.4) // square inches
	most := math.Min(mostDPI, math.Floor(math.Sqrt(maxSheetPixels/area)))
	if o.DPI < leastDPI || o.DPI > most || math.IsNaN(o.DPI) {
		return i18n.Errorf("sheet.dpi_wrong", leastDPI, int(most))
	}
	return nil
}

// drafts are the sheets of an order, in the order in which they are printed.
func (s *Session) drafts(ctx context.Context, order PrintOrder) ([]sheetDraft, error) {
	switch order.Atlas {
	case "":
		return []sheetDraft{{order: order}}, nil
	case AtlasServices:
		types, err := s.Present(ctx)
		if err != nil {
			return nil, err
		}
		if len(types) == 0 {
			return nil, i18n.Errorf("sheet.no_services")
		}
		var out []sheetDraft
		for _, t := range types {
			d := sheetDraft{s.TypeName(t), order}
			d.order.Query.Service = t.ID
			if d.order.Query.Impedance == "" {
				d.order.Query.Impedance = model.Distance
			}
			if order.From != nil {
				from := *order.From
				from.Service = t.ID
				d.order.From = &from
			}
			out = append(out, d)
		}
		return out, nil
	}
	areas, err := s.LayerAreas(ctx, order.Atlas)
	if err != nil {
		return nil, err
	}
	var out []sheetDraft
	for _, a := range areas {
		if len(a.Shape) > 0 {
			d := sheetDraft{a.Name, order}
			d.order.Bound = a.Shape.Bound()
			out = append(out, d)
		}
	}
	if len(out) == 0 {
		return nil, i18n.Errorf("figures.layer_no_areas", order.Atlas)
	}
	return out, nil
}

// paperSheet computes what a draft shows. title names it in a list of bookmarks, alt tells it in words.
func (s *Session) paperSheet(ctx context.Context, d sheetDraft, progress model.Progress) (sheet *render.PaperSheet, alt string, err error) {
	choice, err := s.sheetChoice(ctx, d.order.Sheet, progress)
	if err != nil {
		return nil, "", err
	}
	scene, err := s.Scene(ctx, choice)
	if err != nil {
		return nil, "", err
	}
	scene = scene.WithPins(d.order.Comments)
	template, _ := render.TemplateOf(d.order.Template)
	sheet = &render.PaperSheet{
		Template: template, Scene: scene, Bound: d.order.Bound, Denominator: d.order.Scale, Title: d.order.Title, Date: d.order.Date,
	}
	if sheet.Bound.IsZero() {
		sheet.Bound = scene.Bounds()
	}
	if d.order.Comments {
		if sheet.Notes, err = s.notes(ctx, sheet.Bound); err != nil {
			return nil, "", err
		}
	}
	own := s.sheetTitle(ctx, d.order.Sheet)
	switch {
	case sheet.Title == "":
		sheet.Title = own
	case d.order.Atlas == AtlasServices:
		sheet.Title = s.Printer().T("sheet.part", sheet.Title, d.name)
	}
	if d.name != "" && d.order.Atlas != AtlasServices {
		sheet.Title = s.Printer().T("sheet.part", sheet.Title, d.name)
	}
	if sheet.Logo, err = s.Logo(ctx); err != nil {
		return nil, "", err
	}
	var result *model.Result
	if d.order.Query.Service != "" && d.order.From == nil {
		if result, err = s.Stored(ctx, d.order.Query); err != nil {
			return nil, "", err
		}
	}
	return sheet, s.sheetAlt(sheet, result), nil
}

// sheetAlt says what a sheet's map shows, for those who don't see it: from the result's own figures.
func (s *Session) sheetAlt(sheet *render.PaperSheet, r *model.Result) string {
	p := s.Printer()
	laid := sheet.Lay(72)
	said := []string{p.T("sheet.alt", sheet.Title, p.Int(int64(math.Round(laid.Denominator))))}
	if r == nil {
		var labels []string
		for _, item := range sheet.Scene.Legend().Items {
			labels = append(labels, item.Label)
		}
		return strings.Join(append(said, p.T("sheet.alt_legend", strings.Join(labels, ", "))), " ")
	}
	said = append(said, p.T("sheet.alt_places", r.Facilities, r.People))
	for _, band := range r.Bands {
		var to any = i18n.Metres(band.To)
		if r.Query.Impedance == model.Time {
			to = i18n.Seconds(band.To)
		}
		said = append(said, p.T("sheet.alt_band", band.People, to))
	}
	return strings.Join(append(said, p.T("sheet.alt_unreached", r.Unreached)), " ")
}

// printBook writes sheets as the pages of one PDF.
func (s *Session) printBook(ctx context.Context, drafts []sheetDraft, out []PrintedSheet, progress model.Progress) error {
	title := drafts[0].order.Title
	if title == "" && len(drafts) == 1 {
		title = s.sheetTitle(ctx, drafts[0].order.Sheet)
	} else if title == "" {
		title = s.Printer().T("sheet.atlas_title", s.Kommun().Name)
	}
	book := pdf.NewSheetBook(s.Printer(), title, drafts[0].order.Date)
	for i, d := range drafts {
		from, to := float64(i)/float64(len(drafts)), float64(i+1)/float64(len(drafts))
		progress(i18n.M("session.progress_map"), from)
		sheet, alt, err := s.paperSheet(ctx, d, part(progress, from, to))
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		name := d.name
		if name == "" {
			name = sheet.Title
		}
		book.Add(sheet, name, alt)
		out[i].Scale = sheet.Lay(72).Denominator
	}
	return atomicfile.Write(out[0].File, func(w io.Writer) error { return checked(w, book.Write) })
}

// printPicture writes a sheet as pixels.
func (s *Session) printPicture(ctx context.Context, d sheetDraft, out *PrintedSheet, progress model.Progress) error {
	img, scale, err := s.drawDraft(ctx, d, d.order.DPI, progress)
	if err != nil {
		return err
	}
	out.Scale = scale
	return atomicfile.Write(out.File, func(w io.Writer) error { return writeDensePNG(w, img, d.order.DPI) })
}

// drawDraft draws a sheet at a resolution and tells its scale.
func (s *Session) drawDraft(ctx context.Context, d sheetDraft, dpi float64, progress model.Progress) (*image.RGBA, float64, error) {
	sheet, _, err := s.paperSheet(ctx, d, progress)
	if err != nil {
		return nil, 0, err
	}
	laid := sheet.Lay(dpi)
	img := image.NewRGBA(image.Rect(0, 0, laid.Width, laid.Height))
	if err := laid.Draw(ctx, img); err != nil {
		return nil, 0, err
	}
	return img, laid.Denominator, nil
}

// SheetPreview is a sheet of an order as it will be printed.
type SheetPreview struct {
	Image  *image.RGBA
	Sheets []string // names of all sheets of the order, "" for the only one
	Scale  float64
}

// PreviewSheet draws sheet number index, from 0, of an order with a longer side of so many pixels. An index beyond the last
// gives the last.
func (s *Session) PreviewSheet(ctx context.Context, order PrintOrder, index, side int) (SheetPreview, error) {
	if err := order.check(false); err != nil {
		return SheetPreview{}, err
	}
	drafts, err := s.drafts(ctx, order)
	if err != nil {
		return SheetPreview{}, err
	}
	var out SheetPreview
	for _, d := range drafts {
		out.Sheets = append(out.Sheets, d.name)
	}
	t, _ := render.TemplateOf(order.Template)
	dpi := float64(max(side, 100)) / (max(t.Width, t.Height) / 25.4)
	out.Image, out.Scale, err = s.drawDraft(ctx, drafts[min(max(index, 0), len(drafts)-1)], dpi, nil)
	return out, err
}

// partPath is the file of an atlas's part: "kartor-03-Fårö.png".
func partPath(path string, number, of int, name string) string {
	ext := filepath.Ext(path)
	clean := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '-'
	}, name)
	clean = strings.Trim(clean, "-")
	if runes := []rune(clean); len(runes) > 60 {
		clean = string(runes[:60])
	}
	digits := max(len(fmt.Sprint(of)), 2)
	return fmt.Sprintf("%s-%0*d-%s%s", strings.TrimSuffix(path, ext), digits, number, clean, ext)
}
