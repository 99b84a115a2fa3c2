package network

import (
	"math"

	"nabar/model"
)

// Metric is what it costs to drive the arcs of a Topology: centimetres for distance, milliseconds for time.
type Metric struct {
	Impedance model.Impedance
	Out       []int32 // cost of each arc of Topology.Out
	In        []int32 // cost of each arc of Topology.In

	edges          []Edge
	connectorSpeed float64
	freeConnectors bool
}

// newMetric weighs the arcs.
//
// Waiting for a ferry is counted when one drives on board: on the arcs that leave a node where a road meets the
// ferry. A crossing that the register holds in several pieces thus waits once.
func newMetric(n *Network, i model.Impedance) Metric {
	m := Metric{
		Impedance: i, edges: n.Edges, connectorSpeed: n.Params.ConnectorSpeed,
		freeConnectors: n.Params.Rules.Has(model.FreeConnectors),
	}
	var quay []bool
	wait := int64(0)
	if i == model.Time && n.Params.FerryWait > 0 {
		quay = n.quays()
		wait = int64(math.Round(n.Params.FerryWait * 1000))
	}
	cost := func(arc int32) int32 {
		e := &n.Edges[arc>>1]
		full, from := m.Whole(arc>>1, arc&1 == 1), e.From
		if arc&1 == 1 {
			from = e.To
		}
		if wait > 0 && e.Has(Ferry) && quay[from] {
			full += wait
		}
		return int32(min(full, math.MaxInt32))
	}
	m.Out = make([]int32, len(n.Topology.Out.Arc))
	for a, arc := range n.Topology.Out.Arc {
		m.Out[a] = cost(arc)
	}
	m.In = make([]int32, len(n.Topology.In.Arc))
	for a, arc := range n.Topology.In.Arc {
		m.In[a] = cost(arc)
	}
	return m
}

// quays marks the nodes that a road leads to.
func (n *Network) quays() []bool {
	quay := make([]bool, n.Topology.Nodes)
	for i := range n.Edges {
		if e := &n.Edges[i]; !e.Has(Ferry) {
			quay[e.From], quay[e.To] = true, true
		}
	}
	return quay
}

// Whole is the cost of driving all of an edge, along or against the drawn direction, without waiting.
func (m *Metric) Whole(edge int32, backward bool) int64 {
	e := &m.edges[edge]
	switch {
	case m.Impedance == model.Distance:
		return int64(e.Length)
	case backward:
		return int64(e.TimeB)
	}
	return int64(e.TimeF)
}

// FromStart is the cost along the drawn direction from the edge's start to a position in centimetres. Costs between
// two positions are the difference, so that parts always add up to the whole.
func (m *Metric) FromStart(edge, position int32) int64 {
	return m.part(edge, position, false)
}

// FromEnd is the cost against the drawn direction from the edge's end back to a position in centimetres.
func (m *Metric) FromEnd(edge, position int32) int64 {
	return m.part(edge, m.edges[edge].Length-position, true)
}

// part is the cost of the first centimetres of an edge in one direction, rounded to the nearest unit.
func (m *Metric) part(edge, cm int32, backward bool) int64 {
	length := int64(m.edges[edge].Length)
	if m.Impedance == model.Distance || length == 0 {
		return int64(cm)
	}
	return (2*m.Whole(edge, backward)*int64(cm) + length) / (2 * length)
}

// Connector is the cost of a connector of the given length in centimetres. In time it is 0 unless the parameters
// give a speed, and by the rule of free connectors always.
func (m *Metric) Connector(cm int32) int64 {
	switch {
	case m.freeConnectors:
		return 0
	case m.Impedance == model.Distance:
		return int64(cm)
	case m.connectorSpeed > 0:
		return int64(math.Min(math.Round(float64(cm)*36/m.connectorSpeed), math.MaxInt32))
	}
	return 0
}

// Value writes a cost in the impedance's unit: metres or seconds.
func (m *Metric) Value(cost int64) float64 { return float64(cost) / float64(m.scale()) }

// Limit is the largest cost at or under a limit in metres or seconds; limits are inclusive.
func (m *Metric) Limit(value float64) int64 {
	v := value * float64(m.scale())
	if v >= math.MaxInt64/2 {
		return math.MaxInt64 / 2
	}
	return int64(math.Floor(v + 1e-4)) // 0.29 m is 29 cm, not the 28.999… that the product gives
}

// scale is the number of cost units in a metre or a second.
func (m *Metric) scale() int64 {
	if m.Impedance == model.Time {
		return 1000
	}
	return 100
}
