// Package route searches a road network: the nearest facility, and the nearest at another place, for every node and
// for any point that has joined the network.
//
// Travel is from the point to the facility, so the searches run from the facilities along arcs turned round. A label
// holds cost and facility in one number: one addition moves it along an arc and one comparison chooses between two,
// first by cost, then by the facility's rank. Equal costs thus fall the same way in every search, in any order of
// work.
//
// There are two engines. Search is a bucket search that needs no preparing, and the truth that the other is held to. Sweep
// is for speed: an Order in which the nodes are taken out (it depends on which roads meet alone, and can be kept), a
// Hierarchy built from it, Weights that lay a metric on that, and then one pass over all nodes for several service types
// at once. The three are kept apart because they change at different times: the first two with the roads, the third with
// lengths, speeds and closures, the pass with the facilities. PathSearch finds a single way.
//
// Invariants: the outcome is a function of network, metric and sources alone; costs are exact sums of the metric's
// integers; what can't be reached has the label None, never a number.
package route
