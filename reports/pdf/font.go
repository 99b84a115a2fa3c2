package pdf

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"

	"nabar/assets"
	"nabar/mapview/render"
	"nabar/model/symbology"
)

// fallback stands for a character that the fonts lack.
const fallback = '□'

// faceCount is the number of faces; render.Bold is the last.
const faceCount = int(render.Bold) + 1

// fonts are the faces of one document, with what the document uses of them. Every document has its own: gofpdf writes
// into the font data that it is given.
type fonts struct {
	faces    [faceCount]*face
	replaced map[rune]int // characters without a glyph, and how often they were met
}

// face is one font file. Widths and kerns are in thousandths of the size, which is the unit of PDF's text operators.
type face struct {
	name   string // PostScript name
	data   []byte
	font   *sfnt.Font
	buffer sfnt.Buffer
	glyphs map[rune]glyph
	kerns  map[[2]sfnt.GlyphIndex]int
	used   map[rune]bool
}

// glyph is one character of a face; index 0 where the face lacks it.
type glyph struct {
	index   sfnt.GlyphIndex
	advance int
}

// loadFonts reads the embedded faces. embed.FS hands out a copy of the bytes at each call.
func loadFonts() (*fonts, error) {
	fs := &fonts{replaced: map[rune]int{}}
	for i := range fs.faces {
		name := "SourceSans3-" + render.Face(i).Name()
		data, err := assets.Fonts.ReadFile("fonts/" + name + ".ttf")
		if err != nil {
			return nil, fmt.Errorf("embedded font: %w", err)
		}
		parsed, err := sfnt.Parse(data)
		if err != nil {
			return nil, fmt.Errorf("embedded font %s: %w", name, err)
		}
		fs.faces[i] = &face{
			name: name, data: data, font: parsed,
			glyphs: map[rune]glyph{}, kerns: map[[2]sfnt.GlyphIndex]int{}, used: map[rune]bool{},
		}
	}
	return fs, nil
}

// glyph looks a character up.
func (f *face) glyph(r rune) glyph {
	if g, ok := f.glyphs[r]; ok {
		return g
	}
	var g glyph
	if index, err := f.font.GlyphIndex(&f.buffer, r); err == nil && r <= 0xffff {
		g.index = index
	}
	if advance, err := f.font.GlyphAdvance(&f.buffer, g.index, fixed.I(1000), font.HintingNone); err == nil {
		g.advance = advance.Round()
	}
	f.glyphs[r] = g
	return g
}

// kern gives the correction between two glyphs, 0 where the font names none.
func (f *face) kern(a, b sfnt.GlyphIndex) int {
	pair := [2]sfnt.GlyphIndex{a, b}
	if k, ok := f.kerns[pair]; ok {
		return k
	}
	k, err := f.font.Kern(&f.buffer, a, b, fixed.I(1000), font.HintingNone)
	if err != nil {
		k = 0
	}
	f.kerns[pair] = k.Round()
	return f.kerns[pair]
}

// usedRunes lists the characters that the document shows in this face, in order.
func (f *face) usedRunes() []rune {
	out := make([]rune, 0, len(f.used))
	for r := range f.used {
		out = append(out, r)
	}
	slices.Sort(out)
	return out
}

// clean gives text as the fonts can show it: letters and accents composed, control characters as spaces, soft hyphens
// left out, and a box for what has no glyph. All faces hold the same characters.
func (fs *fonts) clean(text string) string {
	text = norm.NFC.String(strings.ToValidUTF8(text, string(fallback)))
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r < 0x20 || (r >= 0x7f && r < 0xa0):
			return ' '
		case r == 0xad || r == 0x200b || r == 0xfeff || (r >= 0x200c && r <= 0x200f):
			return -1
		case fs.faces[render.Regular].glyph(r).index == 0:
			fs.replaced[r]++
			return fallback
		}
		return r
	}, text)
}

// width measures clean text in points, with kerning.
func (fs *fonts) width(f render.Font, text string) float64 {
	face := fs.faces[f.Face]
	sum, last := 0, glyph{}
	for i, r := range text {
		g := face.glyph(r)
		if i > 0 {
			sum += face.kern(last.index, g.index)
		}
		sum += g.advance
		last = g
	}
	return float64(sum) * f.Size / 1000
}

// show gives the operand and operator that draw clean text: hexadecimal character codes, parted where pairs are kerned.
// The codes are the characters' Unicode values.
func (fs *fonts) show(f render.Face, text string) string {
	face := fs.faces[f]
	var b strings.Builder
	b.WriteString("[<")
	var last glyph
	for i, r := range text {
		g := face.glyph(r)
		face.used[r] = true
		if i > 0 {
			if k := face.kern(last.index, g.index); k != 0 {
				b.WriteString(">" + strconv.Itoa(-k) + "<")
			}
		}
		b.WriteString(hex.EncodeToString([]byte{byte(r >> 8), byte(r)}))
		last = g
	}
	b.WriteString(">] TJ")
	return b.String()
}

// ink is a font in a colour.
type ink struct {
	render.Font
	colour symbology.Colour
}

func inked(f render.Face, size float64, c symbology.Colour) ink {
	return ink{render.Font{Face: f, Size: size}, c}
}
