package locate

import (
	"context"
	"slices"
)

// choice is a set of open candidates with the tables that tell at once what it would bring to swap any open one for
// any closed one (Whitaker 1983; Resende & Werneck 2007):
//
//	profit(in, out) = gain(in) − loss(out) + extra(in, out)
//
// gain is what all would save with one more candidate, loss what those served by out would pay to change to their
// second nearest, and extra corrects for those who lose out but have in as near. As extra never exceeds loss, no swap
// brings more than the gain of what comes in, which spares most of the table at each look.
type choice struct {
	c          *core
	open       []int32 // by slot
	slot       []int32 // of each candidate, -1 where closed
	one, two   []int32 // of each demand point the nearest and second nearest open candidate, -1 for the base
	d1, d2     []int64 // and their costs
	gain, loss []int64 // by candidate; by slot
	extra      []int64 // by candidate and slot
	value      int64
	work       int64 // entries looked at
	touched    []int32
	mark       []bool
}

// newChoice opens some candidates.
func newChoice(c *core, open []int32) *choice {
	n, m := c.demand(), c.candidates()
	s := &choice{
		c: c, slot: make([]int32, m), one: make([]int32, n), two: make([]int32, n), d1: make([]int64, n), d2: make([]int64, n),
		gain: make([]int64, m), loss: make([]int64, len(open)), extra: make([]int64, m*len(open)), mark: make([]bool, n),
	}
	s.set(open)
	return s
}

// set opens some candidates instead of those that are open, as many.
func (s *choice) set(open []int32) {
	s.open = append(s.open[:0], open...)
	for j := range s.slot {
		s.slot[j] = -1
	}
	for r, j := range open {
		s.slot[j] = int32(r)
	}
	clear(s.gain)
	clear(s.loss)
	clear(s.extra)
	s.value = 0
	s.work += int64(len(s.extra))
	for i := range s.one {
		s.nearest(int32(i))
		s.tell(int32(i), 1)
	}
}

// nearest finds what serves demand point i.
func (s *choice) nearest(i int32) {
	s.one[i], s.two[i] = -1, -1
	s.d1[i], s.d2[i] = s.c.base[i], s.c.base[i]
	row := &s.c.row
	first, end := row.first[i], row.first[i+1]
	k := first
	for ; k < end; k++ {
		j := row.at[k]
		if s.slot[j] < 0 {
			continue
		}
		if s.one[i] >= 0 {
			s.two[i], s.d2[i] = j, int64(row.cost[k])
			break
		}
		s.one[i], s.d1[i] = j, int64(row.cost[k])
	}
	s.work += int64(k - first)
}

// tell adds what demand point i means to the tables, with sign 1, or takes it away, with sign −1.
func (s *choice) tell(i int32, sign int64) {
	w := s.c.weight[i] * sign
	d1, d2 := s.d1[i], s.d2[i]
	s.value += w * d1
	row := &s.c.row
	k, end := row.first[i], row.first[i+1]
	s.work -= int64(k)
	if s.one[i] < 0 {
		for ; k < end; k++ {
			s.gain[row.at[k]] += w * (d1 - int64(row.cost[k]))
		}
		s.work += int64(k)
		return
	}
	r, p := int(s.slot[s.one[i]]), len(s.open)
	s.loss[r] += w * (d2 - d1)
	for ; k < end && int64(row.cost[k]) < d1; k++ {
		j := int(row.at[k])
		s.gain[j] += w * (d1 - int64(row.cost[k]))
		s.extra[j*p+r] += w * (d2 - d1)
	}
	for ; k < end && int64(row.cost[k]) < d2; k++ {
		s.extra[int(row.at[k])*p+r] += w * (d2 - int64(row.cost[k]))
	}
	s.work += int64(k)
}

// best is the swap with the greatest profit, and false where none has any.
func (s *choice) best() (in, out int32, found bool) {
	profit, p := int64(0), len(s.open)
	for j, gain := range s.gain {
		if gain <= profit || s.slot[j] >= 0 {
			continue
		}
		for r, e := range s.extra[j*p : (j+1)*p] {
			if v := gain - s.loss[r] + e; v > profit {
				profit, in, out = v, int32(j), int32(r)
			}
		}
		s.work += int64(p)
	}
	s.work += int64(len(s.gain)) / 4
	return in, out, profit > 0
}

// bestOf is the most profitable swap, be it a loss, of one of the candidates that come in for one of those that go.
func (s *choice) bestOf(ins, outs []int32) (in, out int32) {
	most, p := int64(-infinite), len(s.open)
	for _, j := range ins {
		for _, o := range outs {
			r := s.slot[o]
			if v := s.gain[j] - s.loss[r] + s.extra[int(j)*p+int(r)]; v > most {
				most, in, out = v, j, r
			}
		}
	}
	s.work += int64(len(ins) * len(outs))
	return in, out
}

// swap opens a candidate instead of the one in a slot.
func (s *choice) swap(in, r int32) {
	old := s.open[r]
	s.touched = s.touched[:0]
	touch := func(i int32) {
		if !s.mark[i] {
			s.mark[i] = true
			s.touched = append(s.touched, i)
			s.tell(i, -1)
		}
	}
	col := &s.c.col
	for k := col.first[in]; k < col.first[in+1]; k++ {
		if i := col.at[k]; int64(col.cost[k]) < s.d2[i] {
			touch(i)
		}
	}
	for k := col.first[old]; k < col.first[old+1]; k++ {
		if i := col.at[k]; s.one[i] == old || s.two[i] == old {
			touch(i)
		}
	}
	s.slot[old], s.slot[in], s.open[r] = -1, r, in
	for _, i := range s.touched {
		s.mark[i] = false
		s.nearest(i)
		s.tell(i, 1)
	}
}

// descend swaps for as long as there is profit.
func (s *choice) descend(ctx context.Context) {
	for ctx.Err() == nil {
		in, out, found := s.best()
		if !found {
			return
		}
		s.swap(in, out)
	}
}

// chosen is a copy of the open candidates, ascending.
func (s *choice) chosen() []int32 { return slices.Sorted(slices.Values(s.open)) }
