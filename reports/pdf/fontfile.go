package pdf

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"

	"nabar/mapview/render"
)

// writeFont writes a face: its subset program and all that says how to read it.
func (f *finisher) writeFont(face *face) (int, error) {
	packed, ok := f.packed.fonts[strings.ToLower(face.name)]
	if !ok {
		return 0, fmt.Errorf("packed file: font %s is missing", face.name)
	}
	runes := face.usedRunes()
	name := subsetPrefix(face.name, runes) + "+" + face.name
	descriptor, err := face.descriptor()
	if err != nil {
		return 0, err
	}
	program := f.stream(fmt.Sprintf("/Filter/FlateDecode/Length1 %d", packed.length), packed.program)
	glyphs := f.stream("/Filter/FlateDecode", packed.codeToGlyf)
	descriptorNumber := f.add("<</Type/FontDescriptor/FontName/%s%s/FontFile2 %d 0 R>>", name, descriptor, program)
	descendant := f.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"+
		"/FontDescriptor %d 0 R/CIDToGIDMap %d 0 R/DW 0/W[%s]>>", name, descriptorNumber, glyphs, face.widths(runes))
	unicode := f.packedStream("", toUnicode(runes))
	return f.add("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>",
		name, descendant, unicode), nil
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
	switch {
	case strings.HasSuffix(f.name, render.Light.Name()):
		stem = 50
	case strings.HasSuffix(f.name, render.Semibold.Name()), strings.HasSuffix(f.name, render.Bold.Name()):
		stem = 120
	case strings.HasSuffix(f.name, render.Italic.Name()):
		slant = -11
	}
	const symbolic = 4 // the character codes are our own
	return fmt.Sprintf("/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle %d/Ascent %d/Descent %d/CapHeight %d/StemV %d", symbolic,
		b.Min.X.Floor(), -b.Max.Y.Ceil(), b.Max.X.Ceil(), -b.Min.Y.Floor(), slant,
		m.Ascent.Round(), -m.Descent.Round(), m.CapHeight.Round(), stem), nil
}

// widths writes the advance of each used character.
func (f *face) widths(runes []rune) string {
	var b strings.Builder
	for i, r := range runes {
		if i == 0 || runes[i-1] != r-1 {
			if i > 0 {
				b.WriteString("]")
			}
			fmt.Fprintf(&b, " %d[", r)
		}
		fmt.Fprintf(&b, "%d ", f.glyph(r).advance)
	}
	if len(runes) > 0 {
		b.WriteString("]")
	}
	return b.String()
}

// toUnicode maps the character codes to the characters that they are, a hundred to a section as the format demands.
func toUnicode(runes []rune) []byte {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for len(runes) > 0 {
		n := min(100, len(runes))
		fmt.Fprintf(&b, "%d beginbfchar\n", n)
		for _, r := range runes[:n] {
			fmt.Fprintf(&b, "<%04X> <%04X>\n", r, r)
		}
		b.WriteString("endbfchar\n")
		runes = runes[n:]
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return []byte(b.String())
}
