package symbology

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
)

// QGISLayerStyle gives the style of any layer in QGIS's own form (QML): one symbol, categories or graduated classes, with the
// light map's colours, so that QGIS shows what the program does. Names and sizes by value are left to QGIS's user.
func QGISLayerStyle(p *i18n.Printer, l model.Layer, s Style) string {
	if s.Kind == "" {
		s.Kind = KindOf(l)
	}
	colours, names := s.ClassColours(Light), s.ClassNames(p)
	full := s.Complete(Light)
	q := qgisWriter{geometry: l.Geometry, style: full}
	switch {
	case len(colours) == 0 || s.Column == "":
		q.renderer = `type="singleSymbol"`
		q.symbol(full.plainColour(l.Geometry), full.Shape)
	case len(s.Categories) > 0:
		q.renderer = `type="categorizedSymbol" attr="` + escape(s.Column) + `"`
		for i, c := range s.Categories {
			q.category(c.Value, names[i])
			q.symbol(colours[i], c.Shape)
		}
		q.category("", names[len(names)-1])
		q.symbol(OtherColour(Light), full.Shape)
	default:
		q.renderer = `type="graduatedSymbol" graduatedMethod="GraduatedColor" attr="` + escape(s.Column) + `"`
		for i, c := range colours {
			q.graduated(s.Breaks, i, names[min(i, len(names)-1)])
			q.symbol(c, full.Shape)
		}
	}
	return q.document()
}

// plainColour is what a layer of one look is painted with: areas may be outlines alone.
func (s Style) plainColour(g model.GeometryType) Colour {
	if g == model.LineStringType || g == model.MultiLineStringType {
		return *s.Stroke
	}
	return *s.Fill
}

// qgisWriter gathers the parts of a QML document.
type qgisWriter struct {
	geometry         model.GeometryType
	style            Style
	renderer         string
	entries, symbols strings.Builder
	n                int
	tag              string
}

// category adds a value; QGIS takes the empty one for all others.
func (q *qgisWriter) category(value, label string) {
	q.tag = "categories"
	fmt.Fprintf(&q.entries, "      <category render=\"true\" symbol=\"%d\" value=\"%s\" label=\"%s\"/>\n", q.n, escape(value), escape(label))
}

// qgisEnd stands for what has no limit: QGIS wants a number at both ends of a class.
const qgisEnd = 1e15

// graduated adds class i. QGIS takes the first class that a value fits, so that limits are inclusive there too.
func (q *qgisWriter) graduated(breaks []float64, i int, label string) {
	q.tag = "ranges"
	lower, upper := -qgisEnd, qgisEnd
	if i > 0 {
		lower = breaks[i-1]
	}
	if i < len(breaks) {
		upper = breaks[i]
	}
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	fmt.Fprintf(&q.entries, "      <range render=\"true\" symbol=\"%d\" lower=\"%s\" upper=\"%s\" label=\"%s\"/>\n", q.n, number(lower), number(upper), escape(label))
}

// qgisMarkers are QGIS's names of the shapes, or of the nearest that it has.
var qgisMarkers = map[Shape]string{
	Circle: "circle", Drop: "octagon", Envelope: "trapezoid", Cross: "cross_fill", Diamond: "diamond", Triangle: "triangle",
	Square: "square", Star: "star", Pentagon: "pentagon", Hexagon: "hexagon", Wedge: "triangle", Ring: "circle",
}

// symbol adds the symbol of one entry.
func (q *qgisWriter) symbol(c Colour, shape Shape) {
	rgb := func(c Colour) string { return fmt.Sprintf("%d,%d,%d,%d", c.R, c.G, c.B, c.A) }
	millimetres := func(pixels float64) string { // of 1/96 inch
		return strconv.FormatFloat(math.Round(pixels*25.4/96*100)/100, 'f', -1, 64)
	}
	kind, layer := "fill", "SimpleFill"
	settings := [][2]string{
		{"color", rgb(c)},
		{"style", "solid"},
		{"outline_color", rgb(*q.style.Stroke)},
		{"outline_width", millimetres(q.style.Width)},
		{"outline_style", "solid"},
	}
	switch {
	case q.geometry == model.LineStringType || q.geometry == model.MultiLineStringType:
		kind, layer = "line", "SimpleLine"
		settings = [][2]string{{"line_color", rgb(c)}, {"line_width", millimetres(q.style.Width)}, {"line_style", "solid"}}
	case q.geometry == model.PointType || q.geometry == model.MultiPointType:
		kind, layer = "marker", "SimpleMarker"
		if shape == "" {
			shape = q.style.Shape
		}
		settings = [][2]string{
			{"name", qgisMarkers[shape]},
			{"color", rgb(c)},
			{"size", millimetres(q.style.Size)},
			{"outline_color", rgb(*q.style.Stroke)},
			{"outline_width", "0.2"},
			{"outline_style", "solid"},
		}
		if shape == Wedge {
			settings = append(settings, [2]string{"angle", "180"})
		}
	default:
		if c.IsZero() {
			settings[1][1] = "no"
		}
		if q.style.Stroke.IsZero() || q.style.Width == 0 {
			settings[4][1] = "no"
		}
	}
	q.symbols.WriteString(qgisSymbolOf(q.n, kind, layer, settings))
	q.n++
}

// document writes the whole.
func (q *qgisWriter) document() string {
	kind := 2 // areas
	switch q.geometry {
	case model.PointType, model.MultiPointType:
		kind = 0
	case model.LineStringType, model.MultiLineStringType:
		kind = 1
	}
	entries := ""
	if q.tag != "" {
		entries = "    <" + q.tag + ">\n" + q.entries.String() + "    </" + q.tag + ">\n"
	}
	return `<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology">
  <renderer-v2 ` + q.renderer + ` symbollevels="0" forceraster="0" enableorderby="0">
` + entries + `    <symbols>
` + q.symbols.String() + `    </symbols>
  </renderer-v2>
  <layerGeometryType>` + strconv.Itoa(kind) + `</layerGeometryType>
</qgis>
`
}
