package render

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"nabar/assets"
)

// Face is one of the five faces of Source Sans 3 that text is set in, or one of those that step in for letters and signs
// that these lack.
type Face uint8

// The faces. Text is set in the first five.
const (
	Regular Face = iota
	Light
	Italic
	Semibold
	Bold
	MoreRegular  // letters, as Skolt Sámi ǩ
	MoreSemibold // the same, heavier
	MoreSymbols  // signs and geometric shapes
	MoreEmoji    // emoji in one colour
	// FaceCount is the number of faces.
	FaceCount
)

// Name is the face's name in the font files: "Regular", "Light", "It", "Semibold", "Bold" of Source Sans 3.
func (f Face) Name() string {
	return [FaceCount]string{"Regular", "Light", "It", "Semibold", "Bold", "MoreRegular", "MoreSemibold", "MoreSymbols", "MoreEmoji"}[f]
}

// File is the name of the face's file among the assets.
func (f Face) File() string {
	return "fonts/" + [FaceCount]string{
		"SourceSans3-Regular", "SourceSans3-Light", "SourceSans3-It", "SourceSans3-Semibold", "SourceSans3-Bold",
		"NotoSansMore-Regular", "NotoSansMore-Semibold", "DejaVuSansMore", "NotoEmojiMore-Regular",
	}[f] + ".ttf"
}

// StandIns are the faces that are asked in turn for a letter that the face lacks.
func (f Face) StandIns() []Face {
	switch f {
	case Regular, Light, Italic:
		return []Face{MoreRegular, MoreSymbols, MoreEmoji}
	case Semibold, Bold:
		return []Face{MoreSemibold, MoreSymbols, MoreEmoji}
	}
	return nil
}

// Silent tells whether a character only says how its neighbours look, and is not drawn: joiners, variation selectors,
// marks of direction, soft hyphens.
func Silent(r rune) bool {
	switch {
	case r == 0xad, r == 0xfeff, r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f,
		r >= 0xfe00 && r <= 0xfe0f, r >= 0xe0000 && r <= 0xe01ef, r == 0x20e3:
		return true
	}
	return false
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
	face   Face
	font   *sfnt.Font
	buffer sfnt.Buffer
	em     float64
	glyphs map[rune]*glyph
	kerns  map[[2]sfnt.GlyphIndex]float64
}

var loadedFaces [FaceCount]struct {
	once sync.Once
	data *faceData
}

// face gives a face, read at first use. The files are embedded: that they can be read is for the tests to say.
func face(f Face) *faceData {
	slot := &loadedFaces[f]
	slot.once.Do(func() {
		data, err := assets.Fonts.ReadFile(f.File())
		if err != nil {
			panic(fmt.Sprintf("embedded font: %v", err))
		}
		parsed, err := sfnt.Parse(data)
		if err != nil {
			panic(fmt.Sprintf("embedded font %s: %v", f.Name(), err))
		}
		slot.data = &faceData{
			face: f, font: parsed, em: float64(parsed.UnitsPerEm()),
			glyphs: map[rune]*glyph{}, kerns: map[[2]sfnt.GlyphIndex]float64{},
		}
	})
	return slot.data
}

// glyph gives a letter: of this face or, where it lacks it, of one that stands in; one that none has is written as its
// number, U+4E2D. The lock is held by the caller.
func (d *faceData) glyph(r rune) *glyph {
	if g, ok := d.glyphs[r]; ok {
		return g
	}
	g := d.own(r)
	if g.index == 0 && r != 0 && len(d.face.StandIns()) > 0 {
		g = d.borrowed(r)
	}
	d.glyphs[r] = g
	return g
}

// borrowed gives a letter that the face lacks, in this face's units and with an index that is paired with no other.
func (d *faceData) borrowed(r rune) *glyph {
	if Silent(r) {
		return &glyph{}
	}
	for _, f := range d.face.StandIns() {
		other := face(f)
		other.mu.Lock()
		g := *other.glyph(r)
		other.mu.Unlock()
		if g.index == 0 {
			continue
		}
		k := d.em / other.em
		g.index, g.advance = 0, g.advance*k
		g.path = Path{Verbs: g.path.Verbs, XY: slices.Clone(g.path.XY)}
		for i := range g.path.XY {
			g.path.XY[i] *= k
		}
		return &g
	}
	return d.spelt(r)
}

// spelt writes a character that no face has as its number.
func (d *faceData) spelt(r rune) *glyph {
	out := &glyph{}
	for _, c := range fmt.Sprintf("[U+%04X]", r) {
		g := d.own(c)
		out.path.Verbs = append(out.path.Verbs, g.path.Verbs...)
		for i := 0; i < len(g.path.XY); i += 2 {
			out.path.XY = append(out.path.XY, g.path.XY[i]+out.advance, g.path.XY[i+1])
		}
		out.advance += g.advance
	}
	return out
}

// own reads a letter of this face; index 0 where it has none. The lock is held by the caller.
func (d *faceData) own(r rune) *glyph {
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
		if last != nil && last.index != 0 && g.index != 0 {
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

// Borrows tells whether a text has letters that its face lacks, and that another stands in for.
func (f Font) Borrows(text string) bool {
	d := face(f.Face)
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range text {
		if r >= ' ' && !Silent(r) && d.own(r).index == 0 {
			return true
		}
	}
	return false
}

// Outline appends the letters of t as one path, for canvases whose reader may lack their typeface.
func (t *Text) Outline(p *Path) { t.outlines(p) }

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
