package access

import (
	"context"

	"github.com/paulmach/orb"

	"nabar/analysis/network"
	"nabar/analysis/route"
	"nabar/model"
)

// Route is the way from a square of the snapshot, by its index there, to the facility with an id: the line that is
// driven with the connectors at both ends, and its cost in metres or seconds. The cost is exactly that of Analyse where
// the facility is the square's nearest or second nearest. ok is false where there is no such square, facility, measure or
// way, or where one of the two has not joined the network. Of facilities that share an id the first is meant.
func (p *Prepared) Route(cell int, facility string, i model.Impedance) (line orb.LineString, cost float64, ok bool) {
	if cell < 0 || cell >= len(p.cells) || !p.cells[cell].ok {
		return nil, 0, false
	}
	for f := range p.snapshot.Facilities {
		if at := &p.snapshot.Facilities[f]; at.ID == facility {
			if !p.facilities[f].ok {
				return nil, 0, false
			}
			return p.between(p.snapshot.Cells[cell].Centre, at.At, p.cells[cell].join, p.facilities[f].join, i)
		}
	}
	return nil, 0, false
}

// RouteBetween is the way from one position to another, as Route. Both join the network as squares do.
func (p *Prepared) RouteBetween(from, to orb.Point, i model.Impedance) (line orb.LineString, cost float64, ok bool) {
	start, ok := p.net.Snap(from, p.snapshot.Params.SnapLimit)
	if !ok {
		return nil, 0, false
	}
	end, ok := p.net.Snap(to, p.snapshot.Params.SnapLimit)
	if !ok {
		return nil, 0, false
	}
	return p.between(from, to, start, end, i)
}

// between drives from one join to another and adds the connectors.
func (p *Prepared) between(from, to orb.Point, start, end network.Join, i model.Impedance) (orb.LineString, float64, bool) {
	path, ok := p.path(start, end, i)
	if !ok {
		return nil, 0, false
	}
	return lineOf(p.net, path, from, to), p.net.Metric(i).Value(path.Cost), true
}

// path finds the cheapest way from one join to another.
func (p *Prepared) path(start, end network.Join, i model.Impedance) (*route.Path, bool) {
	pool, known := p.paths[i]
	if !known {
		return nil, false
	}
	search := pool.Get().(*route.PathSearch)
	defer pool.Put(search)
	path, ok, err := search.Find(context.Background(), start, end)
	return path, ok && err == nil
}

// lineOf is the line of a path with the connectors at both ends.
func lineOf(n *network.Network, path *route.Path, from, to orb.Point) orb.LineString {
	road := path.Line(n)
	line := make(orb.LineString, 0, len(road)+2)
	if from != road[0] {
		line = append(line, from)
	}
	line = append(line, road...)
	if to != line[len(line)-1] {
		line = append(line, to)
	}
	return line
}

// Drive is a way that is driven: the line with both connectors, and how long and how slow it is.
type Drive struct {
	Line    orb.LineString
	Metres  float64
	Seconds float64
}

// DriveBetween is the shortest or the quickest way from one position to another, measured both ways along that same road. Both
// positions join the network as squares do; ok is false where RouteBetween's is.
func (p *Prepared) DriveBetween(from, to orb.Point, i model.Impedance) (Drive, bool) {
	start, joined := p.net.Snap(from, p.snapshot.Params.SnapLimit)
	end, also := p.net.Snap(to, p.snapshot.Params.SnapLimit)
	if !joined || !also {
		return Drive{}, false
	}
	path, ok := p.path(start, end, i)
	if !ok {
		return Drive{}, false
	}
	by := func(i model.Impedance) float64 {
		m := p.net.Metric(i)
		return m.Value(along(p.net, path, m))
	}
	return Drive{lineOf(p.net, path, from, to), by(model.Distance), by(model.Time)}, true
}

// along is what a path costs by a metric, also another one than it was found by.
func along(n *network.Network, path *route.Path, m *network.Metric) int64 {
	sum := m.Connector(path.From.Connector) + m.Connector(path.To.Connector)
	for _, l := range path.Legs {
		e := &n.Edges[l.Edge]
		switch {
		case min(l.From, l.To) == 0 && max(l.From, l.To) == e.Length:
			sum += wholeLeg(n, m, l)
		case l.Backward:
			sum += m.FromEnd(l.Edge, l.To) - m.FromEnd(l.Edge, l.From)
		default:
			sum += m.FromStart(l.Edge, l.To) - m.FromStart(l.Edge, l.From)
		}
	}
	return sum
}

// wholeLeg is what it costs to drive all of an edge from its node, with the wait for a ferry where one goes on board.
func wholeLeg(n *network.Network, m *network.Metric, l route.Leg) int64 {
	node, arc := n.Edges[l.Edge].From, l.Edge<<1
	if l.Backward {
		node, arc = n.Edges[l.Edge].To, arc|1
	}
	out := &n.Topology.Out
	for a := out.First[node]; a < out.First[node+1]; a++ {
		if out.Arc[a] == arc {
			return int64(m.Out[a])
		}
	}
	return m.Whole(l.Edge, l.Backward)
}
