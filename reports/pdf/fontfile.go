package pdf

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode/utf16"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"

	"nabar/mapview/render"
)

// writeFont writes a face: a font program of the characters that the document shows, and all that says how to read it.
// The codes in the text are the glyphs' numbers in that program.
func (f *finisher) writeFont(face *face) (int, error) {
	program, err := face.program()
	if err != nil {
		return 0, err
	}
	name := subsetPrefix(face.name, face.used) + "+" + face.name
	descriptor, err := face.descriptor()
	if err != nil {
		return 0, err
	}
	file := f.packedStream(fmt.Sprintf("/Length1 %d", len(program)), program)
	descriptorNumber := f.add("<</Type/FontDescriptor/FontName/%s%s/FontFile2 %d 0 R>>", name, descriptor, file)
	descendant := f.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"+
		"/FontDescriptor %d 0 R/CIDToGIDMap/Identity/DW 0/W[%s]>>", name, descriptorNumber, face.widths())
	unicode := f.packedStream("", toUnicode(face.used))
	return f.add("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>",
		name, descendant, unicode), nil
}

// program makes the face's font program.
func (f *face) program() ([]byte, error) {
	t, err := readTrueType(f.data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.name, err)
	}
	glyphs := []int{0}
	for _, r := range f.used {
		glyphs = append(glyphs, int(f.own(r).index))
	}
	return t.subset(glyphs)
}

// subsetPrefix gives the six letters that mark a subset: equal subsets have equal ones.
func subsetPrefix(name string, runes []rune) string {
	sum := sha256.Sum256([]byte(name + string(runes)))
	out := make([]byte, 6)
	for i := range out {
		out[i] = 'A' + sum[i]%26
	}
	return string(out)
}

// descriptor writes the face's metrics.
func (f *face) descriptor() (string, error) {
	m, err := f.font.Metrics(&f.buffer, fixed.I(1000), font.HintingNone)
	if err != nil {
		return "", fmt.Errorf("metrics of %s: %w", f.name, err)
	}
	b, err := f.font.Bounds(&f.buffer, fixed.I(1000), font.HintingNone)
	if err != nil {
		return "", fmt.Errorf("bounds of %s: %w", f.name, err)
	}
	stem, slant := 80, 0
	switch f.kind {
	case render.Light:
		stem = 50
	case render.Semibold, render.Bold, render.MoreSemibold:
		stem = 120
	case render.Italic:
		slant = -11
	}
	const symbolic = 4 // the character codes are our own
	return fmt.Sprintf("/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle %d/Ascent %d/Descent %d/CapHeight %d/StemV %d", symbolic,
		b.Min.X.Floor(), -b.Max.Y.Ceil(), b.Max.X.Ceil(), -b.Min.Y.Floor(), slant,
		m.Ascent.Round(), -m.Descent.Round(), m.CapHeight.Round(), stem), nil
}

// widths writes the advance of each used character.
func (f *face) widths() string {
	var b strings.Builder
	b.WriteString("1[")
	for _, r := range f.used {
		fmt.Fprintf(&b, "%d ", f.own(r).advance)
	}
	return b.String() + "]"
}

// toUnicode maps the codes to the characters that they are, a hundred to a section as the format demands.
func toUnicode(runes []rune) []byte {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for from := 0; from < len(runes); from += 100 {
		part := runes[from:min(from+100, len(runes))]
		fmt.Fprintf(&b, "%d beginbfchar\n", len(part))
		for i, r := range part {
			fmt.Fprintf(&b, "<%04X> <", from+i+1)
			for _, u := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, "%04X", u)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return []byte(b.String())
}
