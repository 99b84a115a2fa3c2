package pdf

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"

	"nabar/assets"
	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model/symbology"
)

// stopgap stands for a character that no font has until the error about it is told.
const stopgap = '?'

// fonts are the faces of one document, with what the document uses of them.
type fonts struct {
	faces   [render.FaceCount]*face
	where   string          // what is being set, for the error about a missing character
	missing map[rune]string // characters without a glyph, and where each was met first
}

// face is one font file. Widths and kerns are in thousandths of the size, which is the unit of PDF's text operators.
type face struct {
	name   string // PostScript name
	kind   render.Face
	data   []byte
	font   *sfnt.Font
	buffer sfnt.Buffer
	glyphs map[rune]glyph
	kerns  map[[2]sfnt.GlyphIndex]int
	codes  map[rune]int // of the characters that the document shows, from 1 in the order they were met
	used   []rune       // those characters by code
}

// glyph is one character of a face, or of one that stands in for it; index 0 where none has it.
type glyph struct {
	face    *face
	index   sfnt.GlyphIndex
	advance int
}

// loadFonts names the embedded faces; each is read when it is first asked for a letter.
func loadFonts() *fonts {
	fs := &fonts{missing: map[rune]string{}}
	for i := range fs.faces {
		fs.faces[i] = &face{
			kind: render.Face(i), glyphs: map[rune]glyph{}, kerns: map[[2]sfnt.GlyphIndex]int{}, codes: map[rune]int{},
		}
	}
	return fs
}

// open reads a face's file. The files are embedded: that they can be read is for the tests to say.
func (f *face) open() {
	if f.font != nil {
		return
	}
	data, err := assets.Fonts.ReadFile(f.kind.File())
	if err != nil {
		panic(fmt.Sprintf("embedded font: %v", err))
	}
	if f.font, err = sfnt.Parse(data); err != nil {
		panic(fmt.Sprintf("embedded font %s: %v", f.kind.File(), err))
	}
	f.data = data
	if f.name, err = f.font.Name(&f.buffer, sfnt.NameIDPostScript); err != nil {
		panic(fmt.Sprintf("embedded font %s: %v", f.kind.File(), err))
	}
}

// own looks a character up in the face itself.
func (f *face) own(r rune) glyph {
	f.open()
	g := glyph{face: f}
	if index, err := f.font.GlyphIndex(&f.buffer, r); err == nil {
		g.index = index
	}
	if advance, err := f.font.GlyphAdvance(&f.buffer, g.index, fixed.I(1000), font.HintingNone); err == nil {
		g.advance = advance.Round()
	}
	return g
}

// glyph looks a character up in a face and in those that stand in for it.
func (fs *fonts) glyph(k render.Face, r rune) glyph {
	f := fs.faces[k]
	if g, ok := f.glyphs[r]; ok {
		return g
	}
	g := f.own(r)
	for _, other := range k.StandIns() {
		if g.index != 0 {
			break
		}
		if lent := fs.faces[other].own(r); lent.index != 0 {
			g = lent
		}
	}
	f.glyphs[r] = g
	return g
}

// kern gives the correction between two glyphs of a face, 0 where the font names none.
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

// between gives the correction between two neighbours; letters of different faces have none.
func between(a, b glyph) int {
	if a.face != b.face || a.face == nil {
		return 0
	}
	return a.face.kern(a.index, b.index)
}

// code gives the number that a character has in the file's copy of the face.
func (f *face) code(r rune) int {
	if n, ok := f.codes[r]; ok {
		return n
	}
	f.used = append(f.used, r)
	f.codes[r] = len(f.used)
	return len(f.used)
}

// clean gives text as the fonts can show it: letters and accents composed, control characters as spaces, without what is
// not drawn. What no font has is kept for the error that Render ends with.
func (fs *fonts) clean(text string) string {
	text = norm.NFC.String(strings.ToValidUTF8(text, string(stopgap)))
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r < 0x20 || (r >= 0x7f && r < 0xa0):
			return ' '
		case render.Silent(r):
			return -1
		case fs.glyph(render.Italic, r).index == 0 || fs.glyph(render.Semibold, r).index == 0:
			if _, met := fs.missing[r]; !met {
				fs.missing[r] = fs.where
			}
			return stopgap
		}
		return r
	}, text)
}

// fault names the first of the characters that no font has and where it stands; nil where there is none.
func (fs *fonts) fault() error {
	if len(fs.missing) == 0 {
		return nil
	}
	var names []string
	runes := slices.Sorted(maps.Keys(fs.missing))
	for _, r := range runes {
		names = append(names, fmt.Sprintf("%c (U+%04X)", r, r))
	}
	const most = 6
	if len(names) > most {
		names = append(names[:most], "…")
	}
	return i18n.Errorf("out.glyph_missing", len(runes), strings.Join(names, ", "), fs.missing[runes[0]])
}

// width measures clean text in points, with kerning.
func (fs *fonts) width(f render.Font, text string) float64 {
	sum, last := 0, glyph{}
	for _, r := range text {
		g := fs.glyph(f.Face, r)
		sum += between(last, g) + g.advance
		last = g
	}
	return float64(sum) * f.Size / 1000
}

// show gives the operators that draw clean text in a font: hexadecimal codes, parted where pairs are kerned and where
// another face steps in.
func (fs *fonts) show(f render.Font, text string) string {
	var b strings.Builder
	var last glyph
	for _, r := range text {
		g := fs.glyph(f.Face, r)
		if g.face != last.face {
			if last.face != nil {
				b.WriteString(">] TJ ")
			}
			fmt.Fprintf(&b, "/F%d %s Tf [<", g.face.kind, number(f.Size))
		} else if k := between(last, g); k != 0 {
			b.WriteString(">" + strconv.Itoa(-k) + "<")
		}
		code := g.face.code(r)
		for shift := 12; shift >= 0; shift -= 4 {
			b.WriteByte("0123456789abcdef"[code>>shift&15])
		}
		last = g
	}
	if last.face != nil {
		b.WriteString(">] TJ")
	}
	return b.String()
}

// ink is a font in a colour, set higher than the line by rise.
type ink struct {
	render.Font
	colour symbology.Colour
	rise   float64
}

func inked(f render.Face, size float64, c symbology.Colour) ink {
	return ink{Font: render.Font{Face: f, Size: size}, colour: c}
}
