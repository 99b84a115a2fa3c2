package model

import "math"

// Carry keeps people whole where each count of a list is multiplied: what rounding takes from one is carried on to the
// next, so that the sum is right to half a person. The zero value is ready.
type Carry struct{ done int }

// Next gives the whole people of the next count, where all up to it together are sum. It is never negative.
func (c *Carry) Next(sum float64) int {
	n := max(int(math.Round(sum))-c.done, 0)
	c.done += n
	return n
}
