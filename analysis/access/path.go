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
	pool, known := p.paths[i]
	if !known {
		return nil, 0, false
	}
	search := pool.Get().(*route.PathSearch)
	defer pool.Put(search)
	path, ok, err := search.Find(context.Background(), start, end)
	if err != nil || !ok {
		return nil, 0, false
	}
	road := path.Line(p.net)
	line := make(orb.LineString, 0, len(road)+2)
	if from != road[0] {
		line = append(line, from)
	}
	line = append(line, road...)
	if to != line[len(line)-1] {
		line = append(line, to)
	}
	return line, p.net.Metric(i).Value(path.Cost), true
}
