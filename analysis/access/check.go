package access

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

const (
	// maxListed is how many findings of one kind are told one by one; the rest are told as a number.
	maxListed = 10
	// farFromRoad, in metres, is a connector that is worth a note.
	farFromRoad = 1000
)

// Check tells what the network consists of, how far the squares lie from it and what is doubtful about the data.
// Findings come worst first and then in the order of the checks; of one kind at most ten are told one by one.
func (p *Prepared) Check() model.NetworkReport {
	n := p.net
	r := model.NetworkReport{
		Nodes: n.Topology.Nodes, Edges: len(n.Edges), Components: len(n.Components),
		LengthM: float64(n.Length()) / 100, Snap: p.snapReport(),
	}
	if total := n.Length(); total > 0 {
		r.LargestShare = float64(n.Components[0].Length) / float64(total)
	}
	for _, check := range []func() []model.Finding{
		p.looseParts, p.oneWayTraps, p.brokenRoads, p.forbiddenRoads, p.closedFerries, p.oddLengths, p.missingLengths,
		p.missingSpeeds, p.unjoinedFacilities, p.duplicateFacilities, p.emptyTypes, p.unjoinedCells, p.farCells,
		p.duplicateCells, p.border,
	} {
		r.Findings = append(r.Findings, check()...)
	}
	slices.SortStableFunc(r.Findings, func(a, b model.Finding) int { return weight(a.Severity) - weight(b.Severity) })
	return r
}

// weight orders the severities, the worst first.
func weight(s model.Severity) int {
	return slices.Index([]model.Severity{model.SeverityError, model.SeverityWarning, model.SeverityNote}, s)
}

// snapReport measures the connectors of the squares that count.
func (p *Prepared) snapReport() model.SnapReport {
	var r model.SnapReport
	var connectors []int32
	for i := range p.snapshot.Cells {
		c := &p.snapshot.Cells[i]
		switch {
		case !c.Inside:
		case p.cells[i].ok:
			connectors = append(connectors, p.cells[i].join.Connector)
		default:
			r.UnjoinedCells++
			r.UnjoinedPeople += c.People
		}
	}
	if len(connectors) > 0 {
		slices.Sort(connectors)
		r.DemandMaxM = float64(connectors[len(connectors)-1]) / 100
		r.DemandP95M = float64(connectors[(95*len(connectors)+99)/100-1]) / 100
	}
	return r
}

// finding makes a Finding of the kind key, whose sentences are analysis.find.KEY.what and analysis.find.KEY.remedy.
func finding(s model.Severity, key string, where i18n.Message, args ...any) model.Finding {
	return model.Finding{
		Severity: s,
		What:     i18n.M("analysis.find."+key+".what", args...),
		Where:    where,
		Remedy:   i18n.M("analysis.find."+key+".remedy", args...),
	}
}

// near says where something is: by its coordinates, where these are a position on Earth.
func near(p orb.Point) i18n.Message {
	if !(math.Abs(p[0]) < 1e8 && math.Abs(p[1]) < 1e8) {
		return i18n.M("analysis.where.nowhere")
	}
	return i18n.M("analysis.where.near", int64(p[1]), int64(p[0]))
}

// firstNear says where the first of several is.
func firstNear(p orb.Point) i18n.Message {
	return i18n.M("analysis.where.first", int64(p[1]), int64(p[0]))
}

// everywhere says that something concerns the whole project.
func everywhere() i18n.Message { return i18n.M("analysis.where.all") }
