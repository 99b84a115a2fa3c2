package route

import "math"

// ten and two are the words of one position.
type (
	ten [10]uint64
	two [2]uint64
)

// block is the words of all positions: one of the two is there.
type block struct {
	tens []ten
	twos []two
}

// at gives the words of a position.
func (b *block) at(position int32) []uint64 {
	if b.tens != nil {
		return b.tens[position][:]
	}
	return b.twos[position][:]
}

// pass is what the kernels work on.
type pass struct {
	block
	w       *Weights
	reached []uint64 // a bit for each position that the labels rose to
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
		{words: 10, perType: 1, offer: offerOne, rise: rise10, fall: fall10},
		{words: 2, perType: 1, alone: 2, offer: offerOne, rise: rise2, fall: fall2},
	}
	pairs = [2]kernel{
		{words: 10, perType: 2, offer: offerPair, rise: risePairs10, fall: fallPairs10},
		{words: 2, perType: 2, alone: 2, offer: offerPair, rise: risePairs2, fall: fallPairs2},
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

// fall10 fills positions of ten labels, four at a time: that many stay in registers.
func fall10(p *pass, from, to int32) {
	words, links, shift := p.tens, p.w.links, p.shift&63
	begin := p.w.first[from]
	for position := from; position < to; position++ {
		end := p.w.first[position+1]
		row, own := links[begin:end], &words[position]
		begin = end
		if !p.isReached(position) {
			*own = ten{far, far, far, far, far, far, far, far, far, far}
		}
		a, b, c, d := own[0], own[1], own[2], own[3]
		for _, link := range row {
			up, cost := &words[link.up], uint64(link.cost)<<shift
			a, b, c, d = min(a, up[0]+cost), min(b, up[1]+cost), min(c, up[2]+cost), min(d, up[3]+cost)
		}
		own[0], own[1], own[2], own[3] = a, b, c, d
		a, b, c, d = own[4], own[5], own[6], own[7]
		for _, link := range row {
			up, cost := &words[link.up], uint64(link.cost)<<shift
			a, b, c, d = min(a, up[4]+cost), min(b, up[5]+cost), min(c, up[6]+cost), min(d, up[7]+cost)
		}
		own[4], own[5], own[6], own[7] = a, b, c, d
		a, b = own[8], own[9]
		for _, link := range row {
			up, cost := &words[link.up], uint64(link.cost)<<shift
			a, b = min(a, up[8]+cost), min(b, up[9]+cost)
		}
		own[8], own[9] = a, b
	}
}

// fall2 fills positions of two labels.
func fall2(p *pass, from, to int32) {
	words, links, shift := p.twos, p.w.links, p.shift&63
	begin := p.w.first[from]
	for position := from; position < to; position++ {
		end := p.w.first[position+1]
		row, own := links[begin:end], &words[position]
		begin = end
		if !p.isReached(position) {
			*own = two{far, far}
		}
		a, b := own[0], own[1]
		for _, link := range row {
			up, cost := &words[link.up], uint64(link.cost)<<shift
			a, b = min(a, up[0]+cost), min(b, up[1]+cost)
		}
		own[0], own[1] = a, b
	}
}

// fallPairs10 fills positions of five pairs, two at a time.
func fallPairs10(p *pass, from, to int32) {
	words, links, shift, same := p.tens, p.w.links, p.shift&63, p.same
	begin := p.w.first[from]
	for position := from; position < to; position++ {
		end := p.w.first[position+1]
		row, own := links[begin:end], &words[position]
		begin = end
		if !p.isReached(position) {
			*own = ten{far, far, far, far, far, far, far, far, far, far}
		}
		a, b, c, d := own[0], own[1], own[2], own[3]
		for _, link := range row {
			up, cost := &words[link.up], uint64(link.cost)<<shift
			a, b = merge(a, b, up[0]+cost, up[1]+cost, same)
			c, d = merge(c, d, up[2]+cost, up[3]+cost, same)
		}
		own[0], own[1], own[2], own[3] = a, b, c, d
		a, b, c, d = own[4], own[5], own[6], own[7]
		for _, link := range row {
			up, cost := &words[link.up], uint64(link.cost)<<shift
			a, b = merge(a, b, up[4]+cost, up[5]+cost, same)
			c, d = merge(c, d, up[6]+cost, up[7]+cost, same)
		}
		own[4], own[5], own[6], own[7] = a, b, c, d
		a, b = own[8], own[9]
		for _, link := range row {
			up, cost := &words[link.up], uint64(link.cost)<<shift
			a, b = merge(a, b, up[8]+cost, up[9]+cost, same)
		}
		own[8], own[9] = a, b
	}
}

// fallPairs2 fills positions of one pair.
func fallPairs2(p *pass, from, to int32) {
	words, links, shift, same := p.twos, p.w.links, p.shift&63, p.same
	begin := p.w.first[from]
	for position := from; position < to; position++ {
		end := p.w.first[position+1]
		row, own := links[begin:end], &words[position]
		begin = end
		if !p.isReached(position) {
			*own = two{far, far}
		}
		a, b := own[0], own[1]
		for _, link := range row {
			up, cost := &words[link.up], uint64(link.cost)<<shift
			a, b = merge(a, b, up[0]+cost, up[1]+cost, same)
		}
		own[0], own[1] = a, b
	}
}

// above gives the links of a position and what they cost downwards, from those above to it.
func (p *pass) above(position int32) (up []int32, down []uint32) {
	h := p.w.hierarchy
	begin, end := h.first[position], h.first[position+1]
	return h.up[begin:end], p.w.down[begin:end]
}

// rise10 hands a position's ten labels up.
func rise10(p *pass, position int32) {
	own := &p.tens[position]
	links, down := p.above(position)
	for i, link := range links {
		if down[i] != never {
			up, cost := &p.tens[link], uint64(down[i])<<p.shift
			for i := range own {
				up[i] = min(up[i], own[i]+cost)
			}
		}
	}
}

// rise2 hands a position's two labels up.
func rise2(p *pass, position int32) {
	own := &p.twos[position]
	links, down := p.above(position)
	for i, link := range links {
		if down[i] != never {
			up, cost := &p.twos[link], uint64(down[i])<<p.shift
			up[0], up[1] = min(up[0], own[0]+cost), min(up[1], own[1]+cost)
		}
	}
}

// risePairs10 hands a position's five pairs up.
func risePairs10(p *pass, position int32) {
	own := &p.tens[position]
	links, down := p.above(position)
	for i, link := range links {
		if down[i] != never {
			up, cost := &p.tens[link], uint64(down[i])<<p.shift
			for i := 0; i < len(own); i += 2 {
				up[i], up[i+1] = merge(up[i], up[i+1], own[i]+cost, own[i+1]+cost, p.same)
			}
		}
	}
}

// risePairs2 hands a position's pair up.
func risePairs2(p *pass, position int32) {
	own := &p.twos[position]
	links, down := p.above(position)
	for i, link := range links {
		if down[i] != never {
			up, cost := &p.twos[link], uint64(down[i])<<p.shift
			up[0], up[1] = merge(up[0], up[1], own[0]+cost, own[1]+cost, p.same)
		}
	}
}
