// Package tour finds round trips: in which order a mobile shop or a delivery van calls at its stops, in one round or in
// several where a van holds so much or a driver works so long.
//
// Up to ten stops every order and every parting into rounds is weighed (Held & Karp 1962). For more, rounds are put together
// by savings (Clarke & Wright 1964) and improved by reversing parts of a round (2-opt, Croes 1958), moving up to three
// stops (Or 1976) and moving and swapping stops between rounds, again and again from shaken rounds. How good that is at most
// is told by a bound of its own: 1-trees with prices on the stops (Held & Karp 1970), and, with a capacity, the way straight to
// each stop by its share of a load (Haimovich & Rinnooy Kan 1985).
//
// Invariants: costs may differ there and back; all arithmetic is in whole numbers, so that the bound is a proof; the same
// stops give the same rounds whatever the clock and the number of processors.
package tour
