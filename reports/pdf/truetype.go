package pdf

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
)

// trueType is a font file taken apart: the tables that a glyph's outline and width are read from.
type trueType struct {
	tables map[string][]byte
	long   bool // offsets in loca are 32 bits wide
	hmtx   int  // glyphs with a width of their own
}

// readTrueType finds the tables of a font file with outlines of the TrueType kind.
func readTrueType(data []byte) (*trueType, error) {
	t := &trueType{tables: map[string][]byte{}}
	if len(data) < 12 {
		return nil, fmt.Errorf("font program: cut short")
	}
	for i := range int(binary.BigEndian.Uint16(data[4:])) {
		at := 12 + 16*i
		if at+16 > len(data) {
			return nil, fmt.Errorf("font program: cut short")
		}
		from, n := int(binary.BigEndian.Uint32(data[at+8:])), int(binary.BigEndian.Uint32(data[at+12:]))
		if from < 0 || n < 0 || from+n > len(data) {
			return nil, fmt.Errorf("font program: table outside the file")
		}
		t.tables[string(data[at:at+4])] = data[from : from+n]
	}
	for name, least := range map[string]int{"head": 54, "hhea": 36, "maxp": 6, "loca": 4, "glyf": 0, "hmtx": 4} {
		if table, ok := t.tables[name]; !ok || len(table) < least {
			return nil, fmt.Errorf("font program: no table %s", name)
		}
	}
	t.long = binary.BigEndian.Uint16(t.tables["head"][50:]) == 1
	t.hmtx = int(binary.BigEndian.Uint16(t.tables["hhea"][34:]))
	return t, nil
}

// outline gives a glyph's bytes, nil for one without an outline.
func (t *trueType) outline(glyph int) ([]byte, error) {
	loca, glyf := t.tables["loca"], t.tables["glyf"]
	var from, to int
	switch {
	case t.long && 4*glyph+8 <= len(loca):
		from, to = int(binary.BigEndian.Uint32(loca[4*glyph:])), int(binary.BigEndian.Uint32(loca[4*glyph+4:]))
	case !t.long && 2*glyph+4 <= len(loca):
		from, to = 2*int(binary.BigEndian.Uint16(loca[2*glyph:])), 2*int(binary.BigEndian.Uint16(loca[2*glyph+2:]))
	default:
		return nil, fmt.Errorf("font program: no glyph %d", glyph)
	}
	if from > to || to > len(glyf) {
		return nil, fmt.Errorf("font program: glyph %d outside its table", glyph)
	}
	return glyf[from:to], nil
}

// metric gives a glyph's advance and left bearing as they stand in the file.
func (t *trueType) metric(glyph int) [4]byte {
	hmtx := t.tables["hmtx"]
	var out [4]byte
	if last := t.hmtx - 1; glyph > last {
		copy(out[:2], hmtx[4*last:])
		if at := 4*t.hmtx + 2*(glyph-t.hmtx); at+2 <= len(hmtx) {
			copy(out[2:], hmtx[at:])
		}
		return out
	}
	copy(out[:], hmtx[4*glyph:])
	return out
}

// The flags of a composite glyph's components.
const (
	argsAreWords = 1
	hasScale     = 8
	moreFollow   = 32
	hasXYScale   = 64
	hasTwoByTwo  = 128
)

// components calls each with the place of every component's glyph number in a composite outline.
func components(outline []byte, each func(at int)) error {
	if len(outline) < 10 || int16(binary.BigEndian.Uint16(outline)) >= 0 {
		return nil
	}
	at := 10
	for {
		if at+4 > len(outline) {
			return fmt.Errorf("font program: composite glyph is cut short")
		}
		flags := binary.BigEndian.Uint16(outline[at:])
		each(at + 2)
		at += 6
		if flags&argsAreWords != 0 {
			at += 2
		}
		switch {
		case flags&hasScale != 0:
			at += 2
		case flags&hasXYScale != 0:
			at += 4
		case flags&hasTwoByTwo != 0:
			at += 8
		}
		if flags&moreFollow == 0 {
			return nil
		}
	}
}

// subset makes a font program of the given glyphs, numbered from 0 in their order; the first is to be .notdef. Glyphs that
// composites are made of follow behind.
func (t *trueType) subset(glyphs []int) ([]byte, error) {
	all := slices.Clone(glyphs)
	place := map[int]int{}
	for i, g := range all {
		if _, twice := place[g]; !twice {
			place[g] = i
		}
	}
	var glyf, hmtx []byte
	loca := make([]byte, 4)
	for i := 0; i < len(all); i++ { // all grows while components are found
		source, err := t.outline(all[i])
		if err != nil {
			return nil, err
		}
		outline := slices.Clone(source)
		err = components(outline, func(at int) {
			part := int(binary.BigEndian.Uint16(outline[at:]))
			if _, ok := place[part]; !ok {
				place[part] = len(all)
				all = append(all, part)
			}
			binary.BigEndian.PutUint16(outline[at:], uint16(place[part]))
		})
		if err != nil {
			return nil, err
		}
		glyf = append(glyf, outline...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		m := t.metric(all[i])
		hmtx = append(hmtx, m[:]...)
	}
	return t.assemble(glyf, loca, hmtx, len(all)), nil
}

// assemble writes the file of a subset of n glyphs.
func (t *trueType) assemble(glyf, loca, hmtx []byte, n int) []byte {
	head, hhea, maxp := slices.Clone(t.tables["head"]), slices.Clone(t.tables["hhea"]), slices.Clone(t.tables["maxp"])
	binary.BigEndian.PutUint32(head[8:], 0)  // the file's checksum, set below
	binary.BigEndian.PutUint16(head[50:], 1) // wide offsets
	binary.BigEndian.PutUint16(hhea[34:], uint16(n))
	binary.BigEndian.PutUint16(maxp[4:], uint16(n))
	tables := map[string][]byte{"glyf": glyf, "head": head, "hhea": hhea, "hmtx": hmtx, "loca": loca, "maxp": maxp}
	for _, name := range []string{"cvt ", "fpgm", "prep"} {
		if data, ok := t.tables[name]; ok {
			tables[name] = data
		}
	}
	out := writeTables(tables)
	for i := range len(tables) {
		if at := 12 + 16*i; string(out[at:at+4]) == "head" {
			from := binary.BigEndian.Uint32(out[at+8:])
			binary.BigEndian.PutUint32(out[from+8:], 0xb1b0afba-checksum(out))
		}
	}
	return out
}

// writeTables writes a font file's directory and tables, in the order of their names.
func writeTables(tables map[string][]byte) []byte {
	names := slices.Sorted(maps.Keys(tables))
	power, log := 1, 0
	for power*2 <= len(names) {
		power, log = power*2, log+1
	}
	out := binary.BigEndian.AppendUint32(nil, 0x00010000)
	for _, v := range []int{len(names), 16 * power, log, 16 * (len(names) - power)} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	at := 12 + 16*len(names)
	for _, name := range names {
		data := tables[name]
		out = append(out, name...)
		out = binary.BigEndian.AppendUint32(out, checksum(data))
		out = binary.BigEndian.AppendUint32(out, uint32(at))
		out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
		at += (len(data) + 3) &^ 3
	}
	for _, name := range names {
		out = append(out, tables[name]...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	return out
}

// checksum adds up the 32-bit words of a table.
func checksum(data []byte) uint32 {
	sum := uint32(0)
	for i := 0; i < len(data); i += 4 {
		var word [4]byte
		copy(word[:], data[i:])
		sum += binary.BigEndian.Uint32(word[:])
	}
	return sum
}
