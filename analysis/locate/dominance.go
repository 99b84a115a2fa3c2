package locate

import "slices"

// drop takes out of a covering what can't matter (Toregas & ReVelle 1972): candidates that cover no more than another
// one does, and, where everybody is to be covered, demand points that are covered whenever another one is. Each may make
// more of the other possible, so it goes on until nothing more is dropped.
func (b *builder) drop(everybody bool, choose int) {
	for round := 0; round < dropRounds; round++ {
		covered := make([][]int32, len(b.ids)) // by candidate
		coverers := make([][]int32, len(b.points))
		for i, d := range b.points {
			for _, o := range d.offers {
				covered[uint32(o)] = append(covered[uint32(o)], int32(i))
				coverers[i] = append(coverers[i], int32(uint32(o)))
			}
		}
		dropped := 0
		gone := make([]bool, len(b.ids))
		within(covered, coverers, func(less, _ int32) bool {
			if !gone[less] && len(b.ids)-dropped > choose {
				gone[less] = true
				dropped++
			}
			return gone[less]
		})
		b.without(gone)
		if everybody && b.dropPoints() > 0 {
			continue
		}
		if dropped == 0 {
			return
		}
	}
}

// dropRounds bounds the work of drop: most is gone after two or three.
const dropRounds = 6

// dropPoints takes out the demand points that are covered whenever another one is, and counts them.
func (b *builder) dropPoints() int {
	covered := make([][]int32, len(b.ids))
	coverers := make([][]int32, len(b.points))
	for i, d := range b.points {
		for _, o := range d.offers {
			covered[uint32(o)] = append(covered[uint32(o)], int32(i))
			coverers[i] = append(coverers[i], int32(uint32(o)))
		}
	}
	gone := make([]bool, len(b.points))
	within(coverers, covered, func(_, more int32) bool {
		gone[more] = true
		return false
	})
	left := b.points[:0]
	for i, d := range b.points {
		if !gone[i] {
			left = append(left, d)
		}
	}
	dropped := len(b.points) - len(left)
	b.points = left
	return dropped
}

// without takes candidates out and numbers the others anew.
func (b *builder) without(gone []bool) {
	number := make([]uint64, len(b.ids))
	left := b.ids[:0]
	for c, id := range b.ids {
		number[c] = uint64(len(left))
		if !gone[c] {
			left = append(left, id)
		}
	}
	b.ids = left
	for i := range b.points {
		kept := b.points[i].offers[:0]
		for _, o := range b.points[i].offers {
			if c := uint32(o); !gone[c] {
				kept = append(kept, o>>32<<32|number[c])
			}
		}
		b.points[i].offers = kept
	}
}

// within calls found for pairs of sets of which less lies within more; of equal sets the later is the lesser. sets are
// lists of elements, holders the sets that hold each element. When found gives true, no more pairs with less are told.
func within(sets, holders [][]int32, found func(less, more int32) bool) {
	words := (len(holders) + 63) / 64
	bits := make([]uint64, words*len(sets))
	for s, elements := range sets {
		for _, e := range elements {
			bits[s*words+int(e)>>6] |= 1 << (e & 63)
		}
	}
	for s, elements := range sets {
		less := int32(s)
		if len(elements) == 0 {
			continue
		}
		rarest := slices.MinFunc(elements, func(a, b int32) int { return len(holders[a]) - len(holders[b]) })
		for _, more := range holders[rarest] {
			larger := len(sets[more]) > len(elements) || len(sets[more]) == len(elements) && more < less
			if larger && inside(bits[s*words:(s+1)*words], bits[int(more)*words:(int(more)+1)*words]) && found(less, more) {
				break
			}
		}
	}
}

// inside tells whether all bits of a are set in b.
func inside(a, b []uint64) bool {
	for k, word := range a {
		if word&^b[k] != 0 {
			return false
		}
	}
	return true
}
