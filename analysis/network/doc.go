// Package network builds a road graph from a project's roads and joins points to it.
//
// Three things are kept apart so that a new weight or a new search costs little: the edges and their Topology (which
// roads meet where), a Metric (what it costs to drive them), and the searches of package route. An Index finds the
// nearest road.
//
// Invariants: lengths are whole centimetres and times whole milliseconds; end points nearer to each
// other than the join radius are one node; edges closed both ways are not in the graph; component 0 is the longest and the only one that
// points are joined to, judged with all ferries open; the same roads give the same arrays. Nothing here reads files, the clock or the core count.
// A Network is immutable once built and safe for concurrent use.
package network
