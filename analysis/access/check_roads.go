package access

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"nabar/analysis/network"
	"nabar/internal/i18n"
	"nabar/model"
)

// lengthTolerance is how far the register's length may differ from the drawn one, as a share of the drawn one.
const lengthTolerance = 0.20

// roadAt is a point on a road: its first vertex.
func (p *Prepared) roadAt(road int32) orb.Point {
	xy := p.net.Roads.Vertices(int(road))
	if len(xy) < 2 {
		return orb.Point{}
	}
	return orb.Point{xy[0], xy[1]}
}

// looseParts lists the components that nothing joins.
func (p *Prepared) looseParts() []model.Finding {
	var out []model.Finding
	parts := p.net.Components[1:]
	for i, c := range parts {
		if i == maxListed {
			break
		}
		out = append(out, finding(model.SeverityWarning, "loose", near(c.At), c.Edges, i18n.Metres(float64(c.Length)/100)))
	}
	if len(parts) > maxListed {
		var length int64
		edges := 0
		for _, c := range parts[maxListed:] {
			length += c.Length
			edges += c.Edges
		}
		out = append(out, finding(model.SeverityWarning, "loose_more", everywhere(), len(parts)-maxListed, edges,
			i18n.Metres(float64(length)/100)))
	}
	return out
}

// oneWayTraps tells of squares and facilities that one-way roads shut in or out: they join the largest component,
// but where they do one can't drive both to and from the most of it.
func (p *Prepared) oneWayTraps() []model.Finding {
	strong := p.net.StronglyConnected()
	trapped := func(j network.Join) bool {
		e := &p.net.Edges[j.Edge]
		return !strong[e.From] || !strong[e.To]
	}
	squares, people, places := 0, 0, 0
	var at orb.Point
	for i := range p.snapshot.Cells {
		if c := &p.snapshot.Cells[i]; c.Inside && p.cells[i].ok && trapped(p.cells[i].join) {
			if squares == 0 {
				at = c.Centre
			}
			squares++
			people += c.People
		}
	}
	for i := range p.facilities {
		if p.facilities[i].ok && trapped(p.facilities[i].join) {
			if squares == 0 && places == 0 {
				at = p.snapshot.Facilities[i].At
			}
			places++
		}
	}
	if squares == 0 && places == 0 {
		return nil
	}
	return []model.Finding{finding(model.SeverityWarning, "trap", firstNear(at), squares, people, places)}
}

// brokenRoads tells of roads without a usable geometry.
func (p *Prepared) brokenRoads() []model.Finding {
	if broken := p.net.LeftOut.Broken; len(broken) > 0 {
		return []model.Finding{finding(model.SeverityWarning, "broken", i18n.M("analysis.where.layer", p.net.Roads.LayerName),
			len(broken))}
	}
	return nil
}

// forbiddenRoads tells of roads that are closed both ways.
func (p *Prepared) forbiddenRoads() []model.Finding {
	if roads := p.net.LeftOut.Forbidden; len(roads) > 0 {
		return []model.Finding{finding(model.SeverityNote, "forbidden", firstNear(p.roadAt(roads[0])), len(roads))}
	}
	return nil
}

// closedFerries tells of ferries that the parameters close.
func (p *Prepared) closedFerries() []model.Finding {
	roads := slices.DeleteFunc(slices.Clone(p.net.Closed), func(i int32) bool { return p.net.Roads.Flags[i]&model.Ferry == 0 })
	if len(roads) > 0 {
		return []model.Finding{finding(model.SeverityNote, "ferries_off", firstNear(p.roadAt(roads[0])), len(roads))}
	}
	return nil
}

// oddLengths tells of roads whose length in the register is far from the drawn one.
func (p *Prepared) oddLengths() []model.Finding {
	count, worst := 0, int32(0)
	most := 0.0
	for i := range p.net.Edges {
		e := &p.net.Edges[i]
		register := p.net.Roads.Length[e.Road]
		if !network.HasRegisterLength(register) || math.Abs(register-e.Drawn) <= lengthTolerance*e.Drawn {
			continue
		}
		count++
		if off := math.Abs(register - e.Drawn); off > most {
			most, worst = off, e.Road
		}
	}
	if count == 0 {
		return nil
	}
	return []model.Finding{finding(model.SeverityWarning, "odd_length", near(p.roadAt(worst)), count, i18n.Share(lengthTolerance),
		i18n.Metres(most))}
}

// missingLengths tells of roads without a length, unless the register has none at all.
func (p *Prepared) missingLengths() []model.Finding {
	count, first := 0, int32(0)
	for i := range p.net.Edges {
		road := p.net.Edges[i].Road
		if network.HasRegisterLength(p.net.Roads.Length[road]) {
			continue
		}
		if count == 0 {
			first = road
		}
		count++
	}
	switch count {
	case 0:
		return nil
	case len(p.net.Edges):
		return []model.Finding{finding(model.SeverityNote, "no_lengths", i18n.M("analysis.where.layer", p.net.Roads.LayerName))}
	}
	return []model.Finding{finding(model.SeverityNote, "missing_length", firstNear(p.roadAt(first)), count)}
}

// missingSpeeds tells of roads and ferries without a speed in a direction that may be driven.
func (p *Prepared) missingSpeeds() []model.Finding {
	var out []model.Finding
	for _, ferry := range []bool{true, false} {
		count, first, length := 0, int32(0), 0.0
		for i := range p.net.Edges {
			e := &p.net.Edges[i]
			if e.Has(network.Ferry) != ferry || !p.lacksSpeed(e) {
				continue
			}
			if count == 0 {
				first = e.Road
			}
			count++
			length += float64(e.Length) / 100
		}
		switch {
		case count == 0:
		case ferry:
			out = append(out, finding(model.SeverityNote, "ferry_speed", firstNear(p.roadAt(first)), count,
				i18n.Metres(length), p.net.Params.FerrySpeed))
		default:
			out = append(out, finding(model.SeverityNote, "road_speed", firstNear(p.roadAt(first)), count,
				i18n.Metres(length), p.net.Params.DefaultSpeed))
		}
	}
	return out
}

// lacksSpeed tells whether an open direction of an edge has no speed in the register.
func (p *Prepared) lacksSpeed(e *network.Edge) bool {
	return e.Has(network.OpenForward) && p.net.Roads.SpeedF[e.Road] == 0 ||
		e.Has(network.OpenBackward) && p.net.Roads.SpeedB[e.Road] == 0
}
