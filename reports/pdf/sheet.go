package pdf

import (
	"io"
	"math"
	"strings"

	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/reports"
)

// Sheet is a map on a page of its own.
type Sheet struct {
	Scene   *render.Scene
	View    render.View // in pixels of 1/96 inch
	Options render.SheetOptions
	Printer *i18n.Printer // of the page's language and of its text alternative
	Alt     string        // what the map says, for those who don't see it; "" for its title and legend
}

// pointsPerPixel turns pixels of 1/96 inch into points.
const pointsPerPixel = 0.75

// WriteSheet writes the map with legend, scale bar and sources on a page of the view's size, tagged like every document.
func WriteSheet(w io.Writer, s Sheet) error {
	title := s.Options.Title
	if title == "" {
		title = s.Scene.Legend().Title
	}
	l := newLayout(&reports.Document{Printer: s.Printer, Title: title, Creator: s.Printer.T("app.name")})
	l.fonts.where = title
	_, err := l.write(w, []*page{s.page(l)})
	return err
}

// page draws the sheet.
func (s Sheet) page(l *layout) *page {
	v := onPaper(s.View)
	p := &page{fonts: l.fonts, width: float64(v.Width), height: float64(v.Height), alphas: l.alphas, images: &l.images}
	e := l.root.child("Figure")
	e.alt = s.alternative(l.doc.Title)
	e.attrs = "<</O /Layout /Placement /Block /BBox [0 0 " + number(p.width) + " " + number(p.height) + "]>>"
	p.tag(e)
	p.picture(0, 0, p.width, p.height, func(c render.Canvas, _, _ float64) { render.PaintSheet(c, s.Scene, v, s.Options) })
	p.endMark()
	return p
}

// onPaper gives a view in points.
func onPaper(v render.View) render.View {
	unit := v.Unit
	if unit <= 0 {
		unit = 1
	}
	v.Unit = unit * pointsPerPixel
	v.Scale /= pointsPerPixel
	v.Width = int(math.Round(float64(v.Width) * pointsPerPixel))
	v.Height = int(math.Round(float64(v.Height) * pointsPerPixel))
	return v
}

// alternative says what the map shows: by default its title and its legend.
func (s Sheet) alternative(title string) string {
	if s.Alt != "" {
		return s.Alt
	}
	var labels []string
	for _, item := range s.Scene.Legend().Items {
		labels = append(labels, item.Label)
	}
	return s.Printer.T("report.sheet.alt", title, strings.Join(labels, ", "))
}
