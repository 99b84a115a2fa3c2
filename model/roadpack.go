package model

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math"
)

// roadMagic begins packed roads. Its number grows with every change of what follows.
const roadMagic = "nabar roads 1\n"

// ErrRoads tells that packed roads are damaged or of another version of the program. The remedy is to read the layers.
var ErrRoads = errors.New("model: the packed roads can't be read")

// How a column of numbers is packed. The first that gives every value back to the last bit is taken.
const (
	packHundredths byte = iota // whole hundredths, as differences
	packThousandths
	packSingle // float32
	packDouble // float64
)

// packScale is the number of units in one, for the ways that pack whole numbers.
var packScale = map[byte]float64{packHundredths: 100, packThousandths: 1000}

// MarshalBinary packs the roads so that they can be kept and read faster than from their layers: about a fifth of their
// size in memory. UnmarshalBinary gives back the same roads to the last bit. It ends in a digest of all that stands before.
func (r *RoadSet) MarshalBinary() ([]byte, error) {
	w := packer{out: make([]byte, 0, 32*r.Len()+4*len(r.XY)+len(roadMagic)+sha256.Size)}
	w.out = append(w.out, roadMagic...)
	w.text(r.LayerName)
	w.count(len(r.Layers))
	for _, l := range r.Layers {
		w.text(l.Layer)
		w.count(l.From)
		w.count(l.To)
	}
	w.count(r.Len())
	w.count(len(r.XY) / 2)
	last := int64(0)
	for i, fid := range r.FID {
		w.signed(fid - last)
		last = fid
		w.count(int(r.Start[i+1] - r.Start[i]))
	}
	w.numbers(r.XY, 2)
	w.numbers(r.Length, 0)
	w.out = append(append(w.out, r.SpeedF...), r.SpeedB...)
	for _, c := range r.Class {
		w.out = append(w.out, byte(c))
	}
	for _, f := range r.Flags {
		w.out = append(w.out, byte(f))
	}
	digest := sha256.Sum256(w.out)
	return append(w.out, digest[:]...), nil
}

// packer writes.
type packer struct{ out []byte }

func (w *packer) count(n int)    { w.out = binary.AppendUvarint(w.out, uint64(n)) }
func (w *packer) signed(n int64) { w.out = binary.AppendVarint(w.out, n) }

func (w *packer) text(s string) {
	w.count(len(s))
	w.out = append(w.out, s...)
}

// numbers writes a column in the tightest way that loses nothing. Whole numbers are written as differences to the value so
// many places before; 0 places for none.
func (w *packer) numbers(values []float64, apart int) {
	way := packDouble
	for _, try := range []byte{packHundredths, packThousandths, packSingle} {
		if fits(values, try) {
			way = try
			break
		}
	}
	w.out = append(w.out, way)
	scale := packScale[way]
	before := [2]int64{}
	for i, v := range values {
		switch way {
		case packDouble:
			w.out = binary.LittleEndian.AppendUint64(w.out, math.Float64bits(v))
		case packSingle:
			w.out = binary.LittleEndian.AppendUint32(w.out, math.Float32bits(float32(v)))
		default:
			whole := int64(math.Round(v * scale))
			if apart == 0 {
				w.signed(whole)
				continue
			}
			w.signed(whole - before[i%apart])
			before[i%apart] = whole
		}
	}
}

// fits tells whether a way of packing gives every value back to the last bit, the sign of a zero too.
func fits(values []float64, way byte) bool {
	scale := packScale[way]
	for _, v := range values {
		back := float64(float32(v))
		if scale > 0 {
			whole := math.Round(v * scale)
			if !(math.Abs(whole) < 1<<53) {
				return false
			}
			back = float64(int64(whole)) / scale
		}
		if math.Float64bits(back) != math.Float64bits(v) {
			return false
		}
	}
	return true
}

// UnmarshalBinary reads what MarshalBinary wrote into an empty RoadSet, and gives ErrRoads for all else. It takes no more
// memory than the bytes justify.
func (r *RoadSet) UnmarshalBinary(data []byte) error {
	body, sound := bytes.CutPrefix(data, []byte(roadMagic))
	if !sound || len(body) < sha256.Size {
		return ErrRoads
	}
	end := len(data) - sha256.Size
	if sha256.Sum256(data[:end]) != [sha256.Size]byte(data[end:]) {
		return ErrRoads
	}
	u := unpacker{in: body[:len(body)-sha256.Size]}
	var out RoadSet
	u.roads(&out)
	if u.bad || len(u.in) > 0 {
		return ErrRoads
	}
	*r = out
	return nil
}

// unpacker reads; bad is set, and stays, at the first thing that can't be.
type unpacker struct {
	in  []byte
	bad bool
}

// roads reads all.
func (u *unpacker) roads(r *RoadSet) {
	r.LayerName = u.text()
	for range u.count(3) {
		r.Layers = append(r.Layers, RoadLayer{Layer: u.text(), From: u.count(0), To: u.count(0)})
	}
	n, vertices := u.count(7), u.count(2)
	if u.bad || vertices > math.MaxInt32 {
		u.bad = true
		return
	}
	r.FID, r.Start = make([]int64, n), make([]int32, 1, n+1)
	fid, at := int64(0), 0
	for i := range r.FID {
		fid += u.signed()
		at += u.count(0)
		if u.bad || at > vertices {
			u.bad = true
			return
		}
		r.FID[i], r.Start = fid, append(r.Start, int32(at))
	}
	r.XY = u.numbers(2*vertices, 2)
	r.Length = u.numbers(n, 0)
	r.SpeedF, r.SpeedB = bytes.Clone(u.bytes(n)), bytes.Clone(u.bytes(n))
	r.Class, r.Flags = make([]int8, n), make([]RoadFlags, n)
	for i, b := range u.bytes(n) {
		r.Class[i] = int8(b)
	}
	for i, b := range u.bytes(n) {
		r.Flags[i] = RoadFlags(b)
	}
	u.bad = u.bad || at != vertices
}

// count reads a number of things that take at least so many bytes each of those that are left; with 0 it may be any.
func (u *unpacker) count(least uint64) int {
	v, k := binary.Uvarint(u.in)
	if k <= 0 || v > math.MaxInt32 || v*least > uint64(len(u.in)) {
		u.bad = true
		return 0
	}
	u.in = u.in[k:]
	return int(v)
}

func (u *unpacker) signed() int64 {
	v, k := binary.Varint(u.in)
	if k <= 0 {
		u.bad = true
		return 0
	}
	u.in = u.in[k:]
	return v
}

func (u *unpacker) bytes(n int) []byte {
	if u.bad || n > len(u.in) {
		u.bad = true
		return nil
	}
	out := u.in[:n]
	u.in = u.in[n:]
	return out
}

func (u *unpacker) text() string { return string(u.bytes(u.count(1))) }

// numbers reads a column of n.
func (u *unpacker) numbers(n, apart int) []float64 {
	way := u.bytes(1)
	if u.bad {
		return nil
	}
	switch way[0] {
	case packDouble, packSingle:
		return u.floats(n, way[0])
	case packHundredths, packThousandths:
	default:
		u.bad = true
		return nil
	}
	if n > len(u.in) {
		u.bad = true
		return nil
	}
	scale := packScale[way[0]]
	out := make([]float64, n)
	before := [2]int64{}
	for i := range out {
		whole := u.signed()
		if apart > 0 {
			whole += before[i%apart]
			before[i%apart] = whole
		}
		out[i] = float64(whole) / scale
	}
	return out
}

// floats reads a column of n that is packed as it stands.
func (u *unpacker) floats(n int, way byte) []float64 {
	size := 8
	if way == packSingle {
		size = 4
	}
	in := u.bytes(n * size)
	if u.bad {
		return nil
	}
	out := make([]float64, n)
	for i := range out {
		if way == packSingle {
			out[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(in[4*i:])))
		} else {
			out[i] = math.Float64frombits(binary.LittleEndian.Uint64(in[8*i:]))
		}
	}
	return out
}
