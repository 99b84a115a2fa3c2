package docx

import (
	"strconv"
	"strings"

	"nabar/reports"
)

// The margins, in points.
const (
	marginSide = 62.0
	marginTop  = 78.0
	marginFoot = 68.0
)

// section is a run of pages of one format.
type section struct {
	format        reports.Page
	width, height float64 // of the page
}

// newSection gives the section of a format. Word knows no sheet longer than 22 inches: larger ones become A3.
func newSection(p reports.Page) section {
	p.Size = min(p.Size, reports.A3)
	w, h := p.Points()
	return section{p, w, h}
}

// text is the width between the margins.
func (s section) text() float64 { return s.width - 2*marginSide }

// fill is the height of a figure that fills a page: it leaves room for the heading and a lead above it and for the caption
// below.
func (s section) fill() float64 { return s.height - 342 }

// properties writes the section's format and its headers.
func (b *body) properties(first bool) string {
	s := b.section
	id := strconv.Itoa(b.furniture(s.text()) + 1)
	out := `<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader` + id + `"/>`
	if first {
		out += `<w:headerReference w:type="first" r:id="rIdHeaderFirst"/>`
	}
	out += `<w:footerReference w:type="default" r:id="rIdFooter` + id + `"/><w:pgSz w:w="` + twips(s.width) + `" w:h="` + twips(s.height) + `"`
	if s.format.Landscape {
		out += ` w:orient="landscape"`
	}
	out += `/><w:pgMar w:top="` + twips(marginTop) + `" w:right="` + twips(marginSide) + `" w:bottom="` + twips(marginFoot) +
		`" w:left="` + twips(marginSide) + `" w:header="` + twips(36) + `" w:footer="` + twips(34) + `" w:gutter="0"/>`
	if first {
		out += "<w:titlePg/>"
	}
	return out + "</w:sectPr>"
}

// furniture gives the number of the header and footer for a width of text, from 0.
func (b *body) furniture(width float64) int {
	for i, w := range b.widths {
		if w == width {
			return i
		}
	}
	b.widths = append(b.widths, width)
	return len(b.widths) - 1
}

// page ends the section, in a paragraph that takes no room, and begins one of another format.
func (b *body) page(p reports.Page) {
	next := newSection(p)
	if next == b.section {
		return
	}
	b.put(`<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>`, b.properties(b.sections == 0), "</w:pPr></w:p>")
	b.sections++
	b.section, b.newPage, b.airy = next, false, false
}

// header writes a running header, whose right end stands at a width.
func header(d *reports.Document, width float64) []byte {
	return []byte(declaration + "<w:hdr" + mainSpace + shapeSpace + `><w:p><w:pPr><w:pStyle w:val="Header"/>` + rightEnd(width) + `</w:pPr>` +
		watermark(d) + run(d.Header[0], look{}) + "<w:r><w:tab/></w:r>" + run(d.Header[1], look{}) + "</w:p></w:hdr>")
}

// firstHeader is that of the cover: the watermark alone.
func firstHeader(d *reports.Document) []byte {
	return []byte(declaration + "<w:hdr" + mainSpace + shapeSpace + "><w:p>" + watermark(d) + "</w:p></w:hdr>")
}

// rightEnd sets the tabulator of the right end.
func rightEnd(width float64) string {
	return `<w:tabs><w:tab w:val="clear" w:pos="` + twips(standard.text()) + `"/><w:tab w:val="right" w:pos="` + twips(width) + `"/></w:tabs>`
}

// standard is the section of upright A4.
var standard = newSection(reports.Page{})

// shapeSpace declares the name spaces of Word's own shapes.
const shapeSpace = ` xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"`

// watermark writes the document's word as Word does: a text along a path, behind the page's text.
func watermark(d *reports.Document) string {
	if d.Watermark == "" {
		return ""
	}
	const height = 110.0
	width := min(float64(len([]rune(d.Watermark)))*height*0.62, 520)
	points := func(v float64) string { return strconv.FormatFloat(v, 'f', 0, 64) + "pt" }
	return `<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"` +
		` path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>` +
		`<v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>` +
		`<v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>` +
		`<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" alt="` + esc(d.Watermark) + `" style="position:absolute;` +
		`margin-left:0;margin-top:0;width:` + points(width) + `;height:` + points(height) + `;rotation:315;z-index:-251658752;` +
		`mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin"` +
		` o:allowincell="f" fillcolor="#` + strings.ToLower(hex(reports.Rule)) + `" stroked="f"><v:fill opacity=".5"/>` +
		`<v:textpath style="font-family:&quot;` + fontName + `&quot;;font-size:1pt;font-weight:bold" string="` + esc(d.Watermark) + `"/></v:shape></w:pict></w:r>`
}
