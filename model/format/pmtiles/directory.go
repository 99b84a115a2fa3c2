package pmtiles

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"

	"nabar/model/format/tile"
)

// entry is one line of a directory: run tiles from number id on share one place in the data, or, with a run of 0, the tiles
// from id on stand in a directory of their own.
type entry struct {
	id     uint64
	offset uint64
	length uint32
	run    uint32
}

var errDirectory = errors.New("pmtiles: damaged directory")

// readDirectory reads an unpacked directory: the count of its entries, then the differences of their numbers, their runs,
// lengths and offsets, each column for itself, as variable-length integers.
func readDirectory(data []byte) ([]entry, error) {
	r := varints{data}
	n, ok := r.next()
	if !ok || n > uint64(len(r.data))/4 { // an entry takes at least four bytes
		return nil, errDirectory
	}
	out := make([]entry, n)
	id := uint64(0)
	for i := range out {
		step, ok := r.next()
		if !ok || i > 0 && step == 0 || step > math.MaxUint64-id {
			return nil, errDirectory
		}
		id += step
		out[i].id = id
	}
	for i := range out {
		if out[i].run, ok = r.small(); !ok {
			return nil, errDirectory
		}
	}
	for i := range out {
		if out[i].length, ok = r.small(); !ok || out[i].length == 0 {
			return nil, errDirectory
		}
	}
	for i := range out {
		v, ok := r.next()
		switch {
		case !ok || v == 0 && i == 0:
			return nil, errDirectory
		case v == 0: // right behind the one before
			out[i].offset = out[i-1].offset + uint64(out[i-1].length)
		default:
			out[i].offset = v - 1
		}
	}
	return out, nil
}

// varints reads variable-length integers.
type varints struct{ data []byte }

// next gives the next number; ok is false where there is none.
func (r *varints) next() (v uint64, ok bool) {
	v, n := binary.Uvarint(r.data)
	if n <= 0 {
		return 0, false
	}
	r.data = r.data[n:]
	return v, true
}

// small gives the next number if it fits 32 bits.
func (r *varints) small() (uint32, bool) {
	v, ok := r.next()
	return uint32(v), ok && v <= math.MaxUint32
}

// find gives the entry that a tile's number falls under.
func find(entries []entry, id uint64) (entry, bool) {
	i, exact := slices.BinarySearchFunc(entries, id, func(e entry, id uint64) int {
		switch {
		case e.id < id:
			return -1
		case e.id > id:
			return 1
		}
		return 0
	})
	if !exact {
		i--
	}
	if i < 0 {
		return entry{}, false
	}
	e := entries[i]
	return e, e.run == 0 || id-e.id < uint64(e.run)
}

// number is a tile's number: all tiles of the levels above it, then its place along the Hilbert curve of its own level.
func number(k tile.Key) uint64 {
	base := (uint64(1)<<(2*k.Z) - 1) / 3
	x, y := k.X, k.Y
	d := uint64(0)
	for s := uint32(1) << k.Z >> 1; s > 0; s >>= 1 {
		var rx, ry uint32
		if x&s > 0 {
			rx = 1
		}
		if y&s > 0 {
			ry = 1
		}
		d += uint64(s) * uint64(s) * uint64(3*rx^ry)
		if ry == 0 { // turn the quarter
			if rx == 1 {
				x, y = s-1-x&(s-1), s-1-y&(s-1)
			}
			x, y = y, x
		}
		x, y = x&(s-1), y&(s-1)
	}
	return base + d
}
