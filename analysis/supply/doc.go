// Package supply measures how much service people have within reach, where nearest measures how far they have to it: all
// places count, the nearer the more (gravity, cumulative), and on request those who share a place count too (two-step
// floating catchment areas).
//
// OnRoads answers a Query on a prepared project. Costs are those of package access, along real roads. The measures are sums
// over pairs of square and place, taken place by place, so that no table of pairs is ever held.
//
// Invariants: equal input gives equal figures to the last bit, whatever the number of processors or their kind: sums have
// one order, and the weights come of plain arithmetic, no library's exponential. A square without any place within the limit
// has no value; it is never 0 and never part of a mean. People with a value and without add up to all, in whole numbers.
package supply
