package route

import "math"

// pass is what the kernels work on.
type pass struct {
	w       *Weights
	words   []uint64
	reached []uint64
	shift   uint
	same    uint64 // the bits of a word that tell the place
}

// kernel is the innermost work for a fixed number of words a position. The loops over words are written out: they are
// where all the time goes, and the compiler keeps the words in registers.
type kernel struct {
	words   int // for each position
	perType int // 1, or 2 with the second nearest
	alone   int // take this kernel when no more types are left
	offer   func(p *pass, to []uint64, label uint64)
	rise    func(p *pass, position int32)
	fall    func(p *pass, from, to int32)
}

// The kernels for many types at a time and for few.
var (
	nearest = [2]kernel{
		{words: 8, perType: 1, offer: offerOne, rise: rise8, fall: fall8},
		{words: 2, perType: 1, alone: 2, offer: offerOne, rise: rise2, fall: fall2},
	}
	pairs = [2]kernel{
		{words: 8, perType: 2, offer: offerPair, rise: risePairs8, fall: fallPairs8},
		{words: 2, perType: 2, alone: 1, offer: offerPair, rise: risePairs2, fall: fallPairs2},
	}
)

// offerOne takes a label where it is the better one.
func offerOne(_ *pass, to []uint64, label uint64) { to[0] = min(to[0], label) }

// offerPair takes a label among the two.
func offerPair(p *pass, to []uint64, label uint64) {
	to[0], to[1] = merge(to[0], to[1], label, math.MaxUint64, p.same)
}

// merge gives the two least of four labels that lead to different places. first and second do, and so do other and
// more. Where first and other lead to one place, the greater of them falls away. There is no branch in it: which way one
// would go can't be foreseen.
func merge(first, second, other, more, same uint64) (uint64, uint64) {
	greater := max(first, other)
	greater |= uint64(int64((first^other)&same-1) >> 63) // all ones where the places are one
	return min(first, other), min(greater, second, more)
}

// isReached tells whether labels rose to a position.
func (p *pass) isReached(position int32) bool { return p.reached[position>>6]>>(position&63)&1 != 0 }

// fall8 fills positions of eight labels.
func fall8(p *pass, from, to int32) {
	words, first, links, shift := p.words, p.w.first, p.w.links, p.shift&63
	for position := from; position < to; position++ {
		own := (*[8]uint64)(words[int(position)*8:])
		a, b, c, d, e, f, g, h := far, far, far, far, far, far, far, far
		if p.isReached(position) {
			a, b, c, d, e, f, g, h = own[0], own[1], own[2], own[3], own[4], own[5], own[6], own[7]
		}
		for _, link := range links[first[position]:first[position+1]] {
			up, cost := (*[8]uint64)(words[int(link.up)*8:]), uint64(link.cost)<<shift
			a, b, c, d = min(a, up[0]+cost), min(b, up[1]+cost), min(c, up[2]+cost), min(d, up[3]+cost)
			e, f, g, h = min(e, up[4]+cost), min(f, up[5]+cost), min(g, up[6]+cost), min(h, up[7]+cost)
		}
		own[0], own[1], own[2], own[3], own[4], own[5], own[6], own[7] = a, b, c, d, e, f, g, h
	}
}

// fall2 fills positions of two labels.
func fall2(p *pass, from, to int32) {
	words, first, links, shift := p.words, p.w.first, p.w.links, p.shift&63
	for position := from; position < to; position++ {
		own := (*[2]uint64)(words[int(position)*2:])
		a, b := far, far
		if p.isReached(position) {
			a, b = own[0], own[1]
		}
		for _, link := range links[first[position]:first[position+1]] {
			up, cost := (*[2]uint64)(words[int(link.up)*2:]), uint64(link.cost)<<shift
			a, b = min(a, up[0]+cost), min(b, up[1]+cost)
		}
		own[0], own[1] = a, b
	}
}

// fallPairs8 fills positions of four pairs.
func fallPairs8(p *pass, from, to int32) {
	words, first, links, shift, same := p.words, p.w.first, p.w.links, p.shift&63, p.same
	for position := from; position < to; position++ {
		own := (*[8]uint64)(words[int(position)*8:])
		a, b, c, d, e, f, g, h := far, far, far, far, far, far, far, far
		if p.isReached(position) {
			a, b, c, d, e, f, g, h = own[0], own[1], own[2], own[3], own[4], own[5], own[6], own[7]
		}
		for _, link := range links[first[position]:first[position+1]] {
			up, cost := (*[8]uint64)(words[int(link.up)*8:]), uint64(link.cost)<<shift
			a, b = merge(a, b, up[0]+cost, up[1]+cost, same)
			c, d = merge(c, d, up[2]+cost, up[3]+cost, same)
			e, f = merge(e, f, up[4]+cost, up[5]+cost, same)
			g, h = merge(g, h, up[6]+cost, up[7]+cost, same)
		}
		own[0], own[1], own[2], own[3], own[4], own[5], own[6], own[7] = a, b, c, d, e, f, g, h
	}
}

// fallPairs2 fills positions of one pair.
func fallPairs2(p *pass, from, to int32) {
	words, first, links, shift, same := p.words, p.w.first, p.w.links, p.shift&63, p.same
	for position := from; position < to; position++ {
		own := (*[2]uint64)(words[int(position)*2:])
		a, b := far, far
		if p.isReached(position) {
			a, b = own[0], own[1]
		}
		for _, link := range links[first[position]:first[position+1]] {
			up, cost := (*[2]uint64)(words[int(link.up)*2:]), uint64(link.cost)<<shift
			a, b = merge(a, b, up[0]+cost, up[1]+cost, same)
		}
		own[0], own[1] = a, b
	}
}

// eachAbove calls f with the words of the positions that one is linked with and can be driven down from, and the cost of
// that as it stands in a word.
func (p *pass) eachAbove(position int32, width int, f func(up []uint64, cost uint64)) {
	h := p.w.hierarchy
	for k := h.first[position]; k < h.first[position+1]; k++ {
		if cost := p.w.down[k]; cost != never {
			at := int(h.up[k]) * width
			f(p.words[at:at+width], uint64(cost)<<p.shift)
		}
	}
}

// rise8 hands a position's eight labels up.
func rise8(p *pass, position int32) {
	own := (*[8]uint64)(p.words[int(position)*8:])
	p.eachAbove(position, 8, func(up []uint64, cost uint64) {
		for i := range own {
			up[i] = min(up[i], own[i]+cost)
		}
	})
}

// rise2 hands a position's two labels up.
func rise2(p *pass, position int32) {
	own := (*[2]uint64)(p.words[int(position)*2:])
	p.eachAbove(position, 2, func(up []uint64, cost uint64) {
		up[0], up[1] = min(up[0], own[0]+cost), min(up[1], own[1]+cost)
	})
}

// risePairs8 hands a position's four pairs up.
func risePairs8(p *pass, position int32) {
	own := (*[8]uint64)(p.words[int(position)*8:])
	p.eachAbove(position, 8, func(up []uint64, cost uint64) {
		for i := 0; i < 8; i += 2 {
			up[i], up[i+1] = merge(up[i], up[i+1], own[i]+cost, own[i+1]+cost, p.same)
		}
	})
}

// risePairs2 hands a position's pair up.
func risePairs2(p *pass, position int32) {
	own := (*[2]uint64)(p.words[int(position)*2:])
	p.eachAbove(position, 2, func(up []uint64, cost uint64) {
		up[0], up[1] = merge(up[0], up[1], own[0]+cost, own[1]+cost, p.same)
	})
}
