package render

import (
	"fmt"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"nabar/assets"
)

// Face is one of the five faces of Source Sans 3 that the program carries.
type Face uint8

// The faces.
const (
	Regular Face = iota
	Light
	Italic
	Semibold
	Bold
	faces
)

// Name is the face's name in the font files: "Regular", "Light", "It", "Semibold", "Bold".
func (f Face) Name() string {
	return [faces]string{"Regular", "Light", "It", "Semibold", "Bold"}[f]
}

// Font is a face at a size in canvas units for each em.
type Font struct {
	Face Face
	Size float64
}

// CapHeight and Ascent are the heights of capitals and of the highest letters over the baseline, and Descent the depth
// of the lowest below it, as parts of the font's size.
const (
	CapHeight = 0.66
	Ascent    = 0.75
	Descent   = 0.21
)

// glyph is one letter in font units, Y downwards: its outline and how far it moves the pen.
type glyph struct {
	index   sfnt.GlyphIndex
	path    Path
	advance float64
}

// faceData is one parsed face with what has been read of it so far. It grows under its lock; a *glyph handed out never
// changes.
type faceData struct {
	mu     sync.Mutex
	font   *sfnt.Font
	buffer sfnt.Buffer
	em     float64
	glyphs map[rune]*glyph
	kerns  map[[2]sfnt.GlyphIndex]float64
}

var loadedFaces [faces]struct {
	once sync.Once
	data *faceData
}

// face gives a face, read at first use. The files are embedded: that they can be read is for the tests to say.
func face(f Face) *faceData {
	slot := &loadedFaces[f]
	slot.once.Do(func() {
		data, err := assets.Fonts.ReadFile("fonts/SourceSans3-" + f.Name() + ".ttf")
		if err != nil {
			panic(fmt.Sprintf("embedded font: %v", err))
		}
		parsed, err := sfnt.Parse(data)
		if err != nil {
			panic(fmt.Sprintf("embedded font %s: %v", f.Name(), err))
		}
		slot.data = &faceData{
			font: parsed, em: float64(parsed.UnitsPerEm()),
			glyphs: map[rune]*glyph{}, kerns: map[[2]sfnt.GlyphIndex]float64{},
		}
	})
	return slot.data
}

// glyph gives a letter; one that the font does not have is its replacement box. The lock is held by the caller.
func (d *faceData) glyph(r rune) *glyph {
	if g, ok := d.glyphs[r]; ok {
		return g
	}
	index, err := d.font.GlyphIndex(&d.buffer, r)
	if err != nil {
		index = 0
	}
	g := &glyph{index: index}
	ppem := fixed.I(int(d.em))
	if advance, err := d.font.GlyphAdvance(&d.buffer, index, ppem, font.HintingNone); err == nil {
		g.advance = float64(advance) / 64
	}
	if segments, err := d.font.LoadGlyph(&d.buffer, index, ppem, nil); err == nil {
		g.path = outline(segments)
	}
	d.glyphs[r] = g
	return g
}

// outline turns a glyph's segments into a path; quadratic curves become cubic ones.
func outline(segments sfnt.Segments) Path {
	var p Path
	var x, y float64
	at := func(q fixed.Point26_6) (float64, float64) { return float64(q.X) / 64, float64(q.Y) / 64 }
	for _, s := range segments {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if !p.Empty() {
				p.Close()
			}
			x, y = at(s.Args[0])
			p.MoveTo(x, y)
		case sfnt.SegmentOpLineTo:
			x, y = at(s.Args[0])
			p.LineTo(x, y)
		case sfnt.SegmentOpQuadTo:
			cx, cy := at(s.Args[0])
			ex, ey := at(s.Args[1])
			p.CurveTo(x+(cx-x)*2/3, y+(cy-y)*2/3, ex+(cx-ex)*2/3, ey+(cy-ey)*2/3, ex, ey)
			x, y = ex, ey
		case sfnt.SegmentOpCubeTo:
			ax, ay := at(s.Args[0])
			bx, by := at(s.Args[1])
			x, y = at(s.Args[2])
			p.CurveTo(ax, ay, bx, by, x, y)
		}
	}
	if !p.Empty() {
		p.Close()
	}
	return p
}

// kern gives the correction between two letters in font units. The lock is held by the caller.
func (d *faceData) kern(a, b sfnt.GlyphIndex) float64 {
	pair := [2]sfnt.GlyphIndex{a, b}
	if k, ok := d.kerns[pair]; ok {
		return k
	}
	k, err := d.font.Kern(&d.buffer, a, b, fixed.I(int(d.em)), font.HintingNone)
	if err != nil {
		k = 0 // the font says nothing of this pair
	}
	d.kerns[pair] = float64(k) / 64
	return d.kerns[pair]
}

// layout calls each for every letter of text with its pen position in font units, and gives the whole width.
func (d *faceData) layout(text string, each func(g *glyph, x float64)) float64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	x := 0.0
	var last *glyph
	for _, r := range text {
		g := d.glyph(r)
		if last != nil {
			x += d.kern(last.index, g.index)
		}
		if each != nil {
			each(g, x)
		}
		x += g.advance
		last = g
	}
	return x
}

// Width measures a line of text in canvas units, with kerning.
func (f Font) Width(text string) float64 {
	d := face(f.Face)
	return d.layout(text, nil) / d.em * f.Size
}

// outlines appends the letters of t as one path, placed as t says.
func (t *Text) outlines(p *Path) {
	d := face(t.Font.Face)
	scale := t.Font.Size / d.em
	from := len(p.XY)
	width := d.layout(t.Text, func(g *glyph, x float64) {
		p.Verbs = append(p.Verbs, g.path.Verbs...)
		for i := 0; i < len(g.path.XY); i += 2 {
			p.XY = append(p.XY, (g.path.XY[i]+x)*scale, g.path.XY[i+1]*scale)
		}
	}) * scale
	left := t.X - anchorShare(t.Anchor)*width
	for i := from; i < len(p.XY); i += 2 {
		p.XY[i] += left
		p.XY[i+1] += t.Y
	}
}

// anchorShare is the part of a text's width that lies left of its X.
func anchorShare(a Anchor) float64 {
	return [...]float64{Start: 0, Middle: 0.5, End: 1}[a]
}

// Wrap breaks text into lines no wider than width where there are spaces; a word that is wider stands alone on its line.
func (f Font) Wrap(text string, width float64) []string {
	var lines []string
	line := ""
	for word := range strings.SplitSeq(text, " ") {
		switch {
		case line == "":
			line = word
		case f.Width(line+" "+word) <= width:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}
