// Package access computes who has how far to a service: the figures that maps and documents show.
//
// Prepare builds the network and joins squares and facilities to it, Analyse answers one query, Check tells what is
// doubtful about the data. The rules are those of docs/method.md.
//
// Invariants: assigned and unreached people add up to all people, in whole numbers; what is not reached is never
// part of a mean; limits are inclusive; equal input gives equal figures, whatever the clock, the number of
// processors or the order of maps. A Prepared is safe for concurrent use; Accelerate makes it faster and changes no answer.
package access
