package check

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf16"
)

var reSubset = regexp.MustCompile(`^[A-Z]{6}\+.`)

// fonts holds every font of the file to being embedded as a subset that shows each code that is used.
func (c *checker) fonts() {
	for _, n := range slices.Sorted(maps.Keys(c.objects)) {
		d, ok := c.objects[n].(dict)
		if !ok || c.name(d["Type"]) != "Font" {
			continue
		}
		switch c.name(d["Subtype"]) {
		case "Type0":
			c.font(n, d)
		case "CIDFontType2":
		default:
			c.fault("font", 0, "font %d is of the kind %q", n, c.name(d["Subtype"]))
		}
	}
}

// font holds one font with its descendant to the standards.
func (c *checker) font(n ref, d dict) {
	base := c.name(d["BaseFont"])
	kids := c.array(d["DescendantFonts"])
	if len(kids) != 1 {
		c.fault("font", 0, "%s has %d descendants", base, len(kids))
		return
	}
	kid := c.dict(kids[0])
	descriptor := c.dict(kid["FontDescriptor"])
	c.need(reSubset.MatchString(base), "font", "%s is no subset", base)
	c.need(c.name(kid["BaseFont"]) == base && c.name(descriptor["FontName"]) == base, "font", "%s has several names", base)
	c.need(c.name(d["Encoding"]) == "Identity-H" && c.name(kid["CIDToGIDMap"]) == "Identity", "font", "%s has codes of its own", base)
	program, ok := c.get(descriptor["FontFile2"]).(*stream)
	if !ok {
		c.fault("font", 0, "%s is not embedded", base)
		return
	}
	data, err := program.bytes()
	if err != nil {
		c.fault("font", 0, "%s: %v", base, err)
		return
	}
	advances, err := widthsOf(data)
	if err != nil {
		c.fault("font", 0, "%s: %v", base, err)
		return
	}
	unicode := c.toUnicode(base, d["ToUnicode"])
	stated := c.statedWidths(kid["W"])
	for _, code := range slices.Sorted(maps.Keys(c.codes[n])) {
		where := c.codes[n][code]
		switch w, ok := stated[code]; {
		case code == 0 || code >= len(advances):
			c.fault("glyph", 0, "%s: %s shows glyph %d, which is none", base, where, code)
		case !ok || math.Abs(w-advances[code]) > 1:
			c.fault("font", 0, "%s: glyph %d is %v wide, the file says %v", base, code, advances[code], w)
		case unicode[code] == "":
			c.fault("glyph", 0, "%s: %s shows glyph %d, whose letter is not told", base, where, code)
		}
	}
}

// statedWidths reads the widths of codes, in the form of a first code and an array.
func (c *checker) statedWidths(v any) map[int]float64 {
	out := map[int]float64{}
	list := c.array(v)
	for i := 0; i+1 < len(list); i += 2 {
		from, _ := c.number(list[i])
		for k, w := range c.array(list[i+1]) {
			out[int(from)+k], _ = c.number(w)
		}
	}
	return out
}

var reMapping = regexp.MustCompile(`<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>\n`)

// toUnicode reads what letters codes are; a code may stand for no letter that is none.
func (c *checker) toUnicode(base string, v any) map[int]string {
	s, ok := c.get(v).(*stream)
	if !ok {
		c.fault("font", 0, "%s has no map to letters", base)
		return nil
	}
	data, err := s.bytes()
	if err != nil {
		c.fault("font", 0, "%s: %v", base, err)
		return nil
	}
	out := map[int]string{}
	for _, m := range reMapping.FindAllSubmatch(data, -1) {
		code, _ := strconv.ParseUint(string(m[1]), 16, 16)
		var units []uint16
		for i := 0; i < len(m[2]); i += 4 {
			u, _ := strconv.ParseUint(string(m[2][i:i+4]), 16, 16)
			units = append(units, uint16(u))
		}
		letters := string(utf16.Decode(units))
		for _, r := range letters {
			if r == 0 || r == 0xfeff || r == 0xfffe || r == 0xfffd {
				c.fault("glyph", 0, "%s: glyph %d is said to be U+%04X", base, code, r)
			}
		}
		out[int(code)] = letters
	}
	return out
}

// widthsOf reads the advances of all glyphs of a font program, in thousandths of its size.
func widthsOf(data []byte) ([]float64, error) {
	tables := map[string][]byte{}
	if len(data) < 12 {
		return nil, fmt.Errorf("the font program is cut short")
	}
	for i := range int(binary.BigEndian.Uint16(data[4:])) {
		at := 12 + 16*i
		if at+16 > len(data) {
			return nil, fmt.Errorf("the font program is cut short")
		}
		from, n := uint64(binary.BigEndian.Uint32(data[at+8:])), uint64(binary.BigEndian.Uint32(data[at+12:]))
		if from+n > uint64(len(data)) {
			return nil, fmt.Errorf("the font program is cut short")
		}
		tables[string(data[at:at+4])] = data[from : from+n]
	}
	head, hhea, maxp, hmtx := tables["head"], tables["hhea"], tables["maxp"], tables["hmtx"]
	if len(head) < 54 || len(hhea) < 36 || len(maxp) < 6 || tables["glyf"] == nil || tables["loca"] == nil {
		return nil, fmt.Errorf("the font program lacks tables")
	}
	em := float64(binary.BigEndian.Uint16(head[18:]))
	long, all := int(binary.BigEndian.Uint16(hhea[34:])), int(binary.BigEndian.Uint16(maxp[4:]))
	if em == 0 || long == 0 || len(hmtx) < 4*long {
		return nil, fmt.Errorf("the font program lacks widths")
	}
	out := make([]float64, all)
	for i := range out {
		out[i] = float64(binary.BigEndian.Uint16(hmtx[4*min(i, long-1):])) * 1000 / em
	}
	return out, nil
}
