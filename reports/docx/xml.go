package docx

import (
	"encoding/xml"
	"strconv"
	"strings"

	"nabar/mapview/render"
	"nabar/model/symbology"
)

// declaration starts every part.
const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// mainSpace declares the name spaces that the parts with text use.
const mainSpace = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
	` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
	` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
	` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
	` xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`

// esc escapes text for elements and attributes; what XML cannot hold becomes U+FFFD.
func esc(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder never fails
	return b.String()
}

// look is the direct formatting of a run.
type look struct {
	style        string // of characters; "" for none
	bold, italic bool
	colour       symbology.Colour
	lang         string // "" for the document's
}

// run writes text in one look; a line feed breaks the line.
func run(text string, l look) string {
	if text == "" {
		return ""
	}
	var b strings.Builder
	b.WriteString("<w:r>" + l.properties())
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteString("<w:br/>")
		}
		for k, piece := range strings.Split(line, "\t") {
			if k > 0 {
				b.WriteString("<w:tab/>")
			}
			if piece != "" {
				b.WriteString(`<w:t xml:space="preserve">` + esc(piece) + "</w:t>")
			}
		}
	}
	b.WriteString("</w:r>")
	return b.String()
}

// properties writes a look in the order that the schema asks for.
func (l look) properties() string {
	out := ""
	if l.style != "" {
		out += `<w:rStyle w:val="` + l.style + `"/>`
	}
	if l.bold {
		out += "<w:b/><w:bCs/>"
	}
	if l.italic {
		out += "<w:i/><w:iCs/>"
	}
	if !l.colour.IsZero() {
		out += `<w:color w:val="` + hex(l.colour) + `"/>`
	}
	if l.lang != "" {
		out += `<w:lang w:val="` + esc(l.lang) + `"/>`
	}
	if out == "" {
		return ""
	}
	return "<w:rPr>" + out + "</w:rPr>"
}

// field writes a field with the text that it shows until it is computed anew.
func field(instruction, shown string, l look) string {
	return `<w:fldSimple w:instr=" ` + esc(instruction) + ` ">` + run(shown, l) + "</w:fldSimple>"
}

// hex writes a colour as Word does, without its opacity.
func hex(c symbology.Colour) string {
	return strings.ToUpper(strings.TrimPrefix(symbology.Colour{R: c.R, G: c.G, B: c.B, A: 255}.String(), "#"))
}

// twips writes points in twentieths of one, the unit of most lengths.
func twips(points float64) string { return strconv.Itoa(int(points*20 + 0.5)) }

// emu writes points in English metric units, the unit of drawings.
func emu(points float64) string { return strconv.Itoa(int(points*12700 + 0.5)) }

// boldFont measures the text of tables; it is the widest that stands there.
var boldFont = render.Font{Face: render.Bold, Size: cellSize}
