package pdf

import (
	"bytes"
	"encoding/binary"
	"math"
)

// sRGB makes an ICC profile (version 2.1, display) of the colour space of IEC 61966-2-1: its primaries adapted to the
// D50 white of the profile connection space, and its transfer curve in 1 024 steps.
func sRGB() []byte {
	text := func(s string) []byte { return append([]byte("text\x00\x00\x00\x00"), s+"\x00"...) }
	curve := transferCurve()
	tags := []struct {
		name string
		data []byte
	}{
		{"desc", description("sRGB IEC61966-2.1")},
		{"cprt", text("No copyright, use freely")},
		{"wtpt", xyz(0.9642, 1, 0.8249)},
		{"rXYZ", xyz(0.43607, 0.22249, 0.01392)},
		{"gXYZ", xyz(0.38515, 0.71687, 0.09708)},
		{"bXYZ", xyz(0.14307, 0.06061, 0.71410)},
		{"rTRC", curve},
		{"gTRC", curve},
		{"bTRC", curve},
	}
	var table, body bytes.Buffer
	put := func(b *bytes.Buffer, v uint32) { _ = binary.Write(b, binary.BigEndian, v) }
	put(&table, uint32(len(tags)))
	start := 128 + 4 + 12*len(tags)
	curveAt := 0
	for _, t := range tags {
		at := start + body.Len()
		isCurve := t.name[1:] == "TRC"
		if isCurve && curveAt > 0 {
			at = curveAt
		} else {
			body.Write(t.data)
			body.Write(make([]byte, (4-len(t.data)%4)%4))
		}
		if isCurve {
			curveAt = at
		}
		table.WriteString(t.name)
		put(&table, uint32(at))
		put(&table, uint32(len(t.data)))
	}
	head := profileHeader(start + body.Len())
	return append(append(head, table.Bytes()...), body.Bytes()...)
}

// profileHeader makes the 128 bytes at the start of a profile. Its date is that of the standard's edition.
func profileHeader(size int) []byte {
	h := make([]byte, 128)
	binary.BigEndian.PutUint32(h, uint32(size))
	binary.BigEndian.PutUint32(h[8:], 0x02100000)
	copy(h[12:], "mntrRGB XYZ ")
	for i, v := range []uint16{1999, 10, 1, 0, 0, 0} {
		binary.BigEndian.PutUint16(h[24+2*i:], v)
	}
	copy(h[36:], "acsp")
	copy(h[68:], xyz(0.9642, 1, 0.8249)[8:])
	return h
}

// xyz makes a tag of one colour in fixed-point numbers.
func xyz(values ...float64) []byte {
	out := []byte("XYZ \x00\x00\x00\x00")
	for _, v := range values {
		out = binary.BigEndian.AppendUint32(out, uint32(int32(math.Round(v*65536))))
	}
	return out
}

// description makes the tag that names the profile, with its Unicode and Macintosh parts empty.
func description(name string) []byte {
	out := []byte("desc\x00\x00\x00\x00")
	out = binary.BigEndian.AppendUint32(out, uint32(len(name)+1))
	out = append(out, name...)
	return append(out, make([]byte, 1+8+2+1+67)...)
}

// transferCurve makes the tag of the curve from sRGB values to light.
func transferCurve() []byte {
	const steps = 1024
	out := []byte("curv\x00\x00\x00\x00")
	out = binary.BigEndian.AppendUint32(out, steps)
	for i := range steps {
		s := float64(i) / (steps - 1)
		light := s / 12.92
		if s > 0.04045 {
			light = math.Pow((s+0.055)/1.055, 2.4)
		}
		out = binary.BigEndian.AppendUint16(out, uint16(math.Round(light*65535)))
	}
	return out
}
