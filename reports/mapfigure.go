package reports

import (
	"strings"

	"nabar/mapview/render"
	"nabar/model"
)

// mapMargin is the room between the kommun and the map's frame, in points.
const mapMargin = 14

// paperUnit is a reference pixel of 1/96 inch in points.
const paperUnit = 0.75

// mapFigure adds the full-page map of a result.
func (b *builder) mapFigure(s *service, r *model.Result) {
	if b.in.Scene == nil {
		return
	}
	scene := b.in.Scene(r)
	if scene == nil {
		return
	}
	p := b.p
	b.doc.Add(Figure{
		Caption: p.T("report.map."+string(r.Query.Impedance), s.nearest),
		Alt:     b.mapAlt(s, r),
		Width:   471, Height: 420, Fill: true,
		Paint: func(c render.Canvas, w, h float64) { paintMap(c, scene, w, h) },
	})
}

// mapAlt says what the map shows, for those who don't see it.
func (b *builder) mapAlt(s *service, r *model.Result) string {
	p, i := b.p, r.Query.Impedance
	parts := []string{p.T("report.map.alt."+string(i), b.in.Kommun.Name, s.nearest, r.Facilities)}
	var said []string
	for _, band := range r.Bands {
		said = append(said, p.T("report.map.alt.band", band.People, limitLabel(p, i, band.To)))
	}
	if len(said) > 0 {
		parts = append(parts, upperFirst(strings.Join(said, ", "))+".")
	}
	return sentences(append(parts, unreachedSentence(p, r), p.T("report.map.alt.table"))...)
}

// paintMap draws the map.
func paintMap(c render.Canvas, scene *render.Scene, w, h float64) {
	view := render.Fit(scene.Bounds(), int(w), int(h), mapMargin)
	view.Unit = paperUnit
	scene.Paint(c, view)
}
