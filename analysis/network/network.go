package network

import (
	"github.com/paulmach/orb"

	"nabar/model"
)

// EdgeFlags say how an edge may be used.
type EdgeFlags uint8

// The edge flags. An edge of a Network has at least one of the first two, also where it is closed.
const (
	OpenForward  EdgeFlags = 1 << iota // driving along the drawn direction is allowed
	OpenBackward                       // driving against it is allowed
	Ferry                              // a ferry: nothing joins it, waiting time is counted at boarding
	Motorway                           // nothing joins it
	Closed                             // a closed ferry, or a road that the profile bars: it holds the network together, but has no arcs
)

// Edge is one usable road of the graph, running from node From to node To in the drawn direction.
type Edge struct {
	Road      int32     // index in the RoadSet
	From, To  int32     // nodes
	Length    int32     // centimetres: the register's, else the drawn one
	TimeF     int32     // milliseconds from From to To, without waiting for a ferry
	TimeB     int32     // milliseconds from To to From
	Component int32     // index in Network.Components
	Flags     EdgeFlags // directions, ferry, motorway
	Drawn     float64   // metres, the geometry's own length
}

// Has tells whether all of the given flags are set.
func (e *Edge) Has(f EdgeFlags) bool { return e.Flags&f == f }

// Star is one half of the topology in compressed form: the arcs at node v are First[v] to First[v+1], sorted by
// neighbour and then edge.
type Star struct {
	First []int32 // nodes + 1
	Node  []int32 // the neighbour at the arc's other end
	Arc   []int32 // edge<<1, plus 1 where the arc runs against the drawn direction
}

// Topology says which nodes are neighbours. Nodes are numbered along a Hilbert curve.
type Topology struct {
	Nodes int
	Out   Star // arcs that leave a node
	In    Star // arcs that arrive at a node
}

// Component is one connected part of the network.
type Component struct {
	Nodes  int
	Edges  int
	Length int64     // centimetres
	At     orb.Point // on one of its roads
}

// LeftOut lists the roads that are not in the graph, as indices in the RoadSet.
type LeftOut struct {
	Forbidden []int32 // closed in both directions
	Broken    []int32 // fewer than two points, or coordinates that are no positions
}

// Network is the road graph of a project.
type Network struct {
	Roads      *model.RoadSet
	Params     model.Params   // with the profile's own
	Profile    *model.Profile // nil for the car of the register
	Edges      []Edge         // in the order of the roads
	Topology   Topology
	Points     []orb.Point // where each node lies: one of the end points that meet there
	Components []Component // longest first; 0 is the one that points are joined to
	LeftOut    LeftOut
	Closed     []int32 // ferries that do not run and roads that the profile bars, as indices in the RoadSet; they are among the edges

	distance, time Metric
	index          *Index
}

// Length is the total length of all edges in centimetres.
func (n *Network) Length() int64 {
	var sum int64
	for i := range n.Components {
		sum += n.Components[i].Length
	}
	return sum
}

// Metric gives the costs of an impedance.
func (n *Network) Metric(i model.Impedance) *Metric {
	if i == model.Time {
		return &n.time
	}
	return &n.distance
}
