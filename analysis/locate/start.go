package locate

import (
	"math/bits"
	"math/rand/v2"
	"slices"
)

// greedy opens one candidate after another: the one that saves most, of all or of a small random sample. A sample
// gives starts that differ and are nearly as good ("sample greedy", Resende & Werneck 2004).
func (c *core) greedy(r *rand.Rand, all bool) (chosen []int32, work int64) {
	near := slices.Clone(c.base)
	closed := make([]int32, c.candidates())
	for j := range closed {
		closed[j] = int32(j)
	}
	sample := max(2, bits.Len(uint(len(closed)/c.choose)))
	for len(chosen) < c.choose {
		look := closed
		if !all && sample < len(closed) {
			for k := range sample {
				o := k + r.IntN(len(closed)-k)
				closed[k], closed[o] = closed[o], closed[k]
			}
			look = closed[:sample]
		}
		best, most := 0, int64(-1)
		for k, j := range look {
			if g := c.saving(near, j); g > most {
				best, most = k, g
			}
			work += int64(c.col.first[j+1] - c.col.first[j])
		}
		j := closed[best]
		closed[best] = closed[len(closed)-1]
		closed = closed[:len(closed)-1]
		chosen = append(chosen, j)
		for k := c.col.first[j]; k < c.col.first[j+1]; k++ {
			near[c.col.at[k]] = min(near[c.col.at[k]], int64(c.col.cost[k]))
		}
	}
	return chosen, work
}

// saving is what candidate j would save when demand is served at the costs in near.
func (c *core) saving(near []int64, j int32) int64 {
	sum := int64(0)
	for k := c.col.first[j]; k < c.col.first[j+1]; k++ {
		if i := c.col.at[k]; int64(c.col.cost[k]) < near[i] {
			sum += c.weight[i] * (near[i] - int64(c.col.cost[k]))
		}
	}
	return sum
}
