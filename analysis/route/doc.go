// Package route searches a road network: the nearest facility, and the nearest at another place, for every node and
// for any point that has joined the network.
//
// Travel is from the point to the facility, so the searches run from the facilities along arcs turned round. A label
// holds cost and facility in one number: one addition moves it along an arc and one comparison chooses between two,
// first by cost, then by the facility's rank. Equal costs thus fall the same way in every search, in any order of
// work.
//
// Invariants: the outcome is a function of network, metric and sources alone; costs are exact sums of the metric's
// integers; what can't be reached has the label None, never a number.
package route
