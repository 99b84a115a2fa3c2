// Package locate finds where to put the next service places: least person-distance (p-median), most people within a
// limit (maximal covering), the worst-off as near as possible (p-center), and the least number of places that covers
// everybody (set cover).
//
// One search serves them all. Covering is a p-median whose costs are 0 within the limit and 1 beyond it; p-center and
// set cover ask that question for one limit or one number after another. The search looks for good choices by greedy
// starts, interchange (Teitz & Bart 1968, with the tables of Resende & Werneck 2007) and path relinking, proves how good
// they can be at most by Lagrangian relaxation (Cornuéjols, Fisher & Nemhauser 1977; Beasley 1985), and closes the gap by
// branch and bound.
//
// Invariants: all arithmetic that a bound rests on is in whole numbers, so a bound is a proof and not a rounding;
// a choice is optimal exactly when its value equals its bound. The same problem gives the same choice whatever the
// clock and the number of processors: random numbers are seeded, effort is counted in steps, and what runs at the same
// time is put together in a fixed order. Only an ended context cuts a search short, and then the solution says so.
package locate
