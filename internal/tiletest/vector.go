package tiletest

import "encoding/binary"

// VectorLayer is a layer of a vector tile.
type VectorLayer struct {
	Name     string
	Extent   uint64 // 0 for the usual 4096
	Features []VectorFeature
}

// VectorFeature is a feature of a vector tile: its kind is 1 for points, 2 for lines, 3 for areas, its parts are pairs of X and
// Y.
type VectorFeature struct {
	Kind  uint64
	Parts [][]int64
	Tags  map[string]string // at most one, so that the bytes are the same each time
}

// Vector is a vector tile.
func Vector(layers ...VectorLayer) []byte {
	var out []byte
	for _, l := range layers {
		body := bytesField(nil, 1, []byte(l.Name))
		body = numberField(body, 15, 2)
		n := uint64(0)
		for _, f := range l.Features {
			var feature []byte
			for k, v := range f.Tags {
				feature = bytesField(feature, 2, binary.AppendUvarint(binary.AppendUvarint(nil, n), n))
				body = bytesField(bytesField(body, 3, []byte(k)), 4, bytesField(nil, 1, []byte(v)))
				n++
			}
			feature = numberField(feature, 3, f.Kind)
			body = bytesField(body, 2, bytesField(feature, 4, geometry(f)))
		}
		if l.Extent > 0 {
			body = numberField(body, 5, l.Extent)
		}
		out = bytesField(out, 3, body)
	}
	return out
}

// geometry writes the commands of a feature.
func geometry(f VectorFeature) []byte {
	var out []byte
	var x, y int64
	step := func(px, py int64) {
		for _, d := range [2]int64{px - x, py - y} {
			out = binary.AppendUvarint(out, uint64(d<<1)^uint64(d>>63))
		}
		x, y = px, py
	}
	for _, part := range f.Parts {
		out = binary.AppendUvarint(out, 1|1<<3)
		step(part[0], part[1])
		if rest := len(part)/2 - 1; rest > 0 {
			out = binary.AppendUvarint(out, 2|uint64(rest)<<3)
			for i := 2; i < len(part); i += 2 {
				step(part[i], part[i+1])
			}
		}
		if f.Kind == 3 {
			out = binary.AppendUvarint(out, 7|1<<3)
		}
	}
	return out
}

func bytesField(out []byte, number uint64, data []byte) []byte {
	out = binary.AppendUvarint(out, number<<3|2)
	return append(binary.AppendUvarint(out, uint64(len(data))), data...)
}

func numberField(out []byte, number, v uint64) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(out, number<<3), v)
}
