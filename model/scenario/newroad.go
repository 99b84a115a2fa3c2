package scenario

import (
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// NewRoad builds a road. Each end joins the nearest road within Reach: at that road's own end where that lies within
// endReach of the point, else at the point, where the road is parted. An end with no road that near stays where it was drawn;
// one of the two must join. Ferries, motorways and closed roads are not joined. In the changed project the road is
// number 1 of a layer of its own, with the new road's id as its name.
type NewRoad struct {
	ID     string         `json:"id"`
	Name   string         `json:"name,omitempty"`
	Line   orb.LineString `json:"line"`               // SWEREF 99 TM, in the direction of driving where OneWay
	Speed  int            `json:"speed_kmh"`          // both ways; 0 for the project's speed of roads without one
	OneWay bool           `json:"one_way,omitempty"`  // only along the line
	Length float64        `json:"length_m,omitempty"` // 0 for the drawn length
	Reach  float64        `json:"reach_m,omitempty"`  // how far its ends may lie from a road; 0 for 100 m
}

// UsualReach and MostReach are how far, in metres, an end of a new road may lie from the road that it joins: unless it is told,
// and at most.
const (
	UsualReach = 100
	MostReach  = 5000
)

const (
	endReach = 20 // metres: a join this near a road's end is at the end
	shortest = 1  // metres of a new road
)

// newRoad is a road that has been built.
type newRoad struct {
	id   string
	road model.Road
}

// cut is where a new road joins another one on the way.
type cut struct {
	share float64 // of the drawn length, from the start
	at    orb.Point
}

// Kind implements Modification.
func (NewRoad) Kind() Kind { return KindNewRoad }

// Describe implements Modification.
func (m NewRoad) Describe([]model.ServiceType) i18n.Message {
	what := i18n.M("mods.new_road_what")
	if m.Name != "" {
		what = i18n.Plain(m.Name)
	}
	length := m.Length
	if length == 0 {
		length = lineLength(m.Line)
	}
	out := i18n.M("mods.new_road", what, i18n.Metres(length))
	if m.Speed > 0 {
		out = i18n.M("mods.new_road_speed", what, i18n.Metres(length), m.Speed)
	}
	if m.OneWay {
		out = i18n.M("mods.one_way", out)
	}
	return out
}

func (m NewRoad) id() string { return m.ID }

func (m NewRoad) withID(id string) Modification {
	m.ID = id
	return m
}

// lineLength is the length of a line in metres.
func lineLength(line orb.LineString) (sum float64) {
	for i := 1; i < len(line); i++ {
		sum += apart(line[i-1], line[i])
	}
	return sum
}

// apart is the distance between two points. Each product is rounded by itself, so that it is the same on every machine.
func apart(a, b orb.Point) float64 {
	dx, dy := a[0]-b[0], a[1]-b[1]
	return math.Sqrt(float64(dx*dx) + float64(dy*dy))
}

// modify builds the road and joins its ends.
func (m NewRoad) modify(d *draft) {
	if !m.sound(d) {
		d.doubtful[m.ID] = true
		return
	}
	line := slices.Clone(m.Line)
	reach := m.Reach
	if reach == 0 {
		reach = UsualReach
	}
	ends := [2]int{0, len(line) - 1}
	var joins [2]meeting
	for k, end := range ends {
		joins[k] = d.nearestRoad(line[end], reach)
	}
	if joins[0].road < 0 && joins[1].road < 0 {
		d.fault(i18n.M("mods.fault_no_join", i18n.Metres(reach)))
		d.doubtful[m.ID] = true
		return
	}
	for k, end := range ends {
		if joins[k].road >= 0 {
			line[end] = joins[k].at
		}
	}
	if lineLength(line) < shortest {
		d.fault(i18n.M("mods.fault_short"))
		d.doubtful[m.ID] = true
		return
	}
	for _, j := range joins {
		if j.road >= 0 && !j.end {
			d.cuts[j.road] = append(d.cuts[j.road], j.cut)
		}
	}
	road := model.Road{FID: 1, Line: line, Length: m.Length, SpeedF: uint8(m.Speed), SpeedB: uint8(m.Speed), Class: -1}
	if m.OneWay {
		road.Flags = model.ForbiddenBackward
	}
	d.newRoads = append(d.newRoads, newRoad{m.ID, road})
}

// sound notes what is wrong with the road itself.
func (m NewRoad) sound(d *draft) bool {
	before := len(d.faults)
	if m.ID == "" || slices.ContainsFunc(d.newRoads, func(r newRoad) bool { return strings.EqualFold(r.id, m.ID) }) ||
		d.out.Roads != nil && slices.ContainsFunc(d.out.Roads.ByLayer(), func(l model.RoadLayer) bool { return strings.EqualFold(l.Layer, m.ID) }) {
		d.fault(i18n.M("mods.fault_road_id", m.ID))
	}
	if len(m.Line) < 2 {
		d.fault(i18n.M("mods.fault_line"))
	}
	for _, p := range m.Line {
		if !d.checkPosition(p) {
			break
		}
	}
	if m.Speed != 0 && (m.Speed < leastSpeed || m.Speed > mostSpeed) {
		d.fault(i18n.M("mods.fault_speed", leastSpeed, mostSpeed))
	}
	if drawn := lineLength(m.Line); m.Length != 0 && !(m.Length >= drawn/2 && m.Length <= 10*drawn) {
		d.fault(i18n.M("mods.fault_length"))
	}
	if !(m.Reach >= 0 && m.Reach <= MostReach) {
		d.fault(i18n.M("mods.fault_reach", i18n.Metres(MostReach)))
	}
	return len(d.faults) == before
}

// meeting is where an end meets a road; road is -1 where it meets none.
type meeting struct {
	road int // as roadsOf numbers them
	end  bool
	cut
}

// nearestRoad finds where a point joins: the nearest point on any road that can be joined, the first of equal ones.
func (d *draft) nearestRoad(p orb.Point, reach float64) meeting {
	best := meeting{road: -1}
	least := reach
	try := func(i int, xy []float64) {
		along := 0.0
		for k := 0; k+3 < len(xy); k += 2 {
			a, b := orb.Point{xy[k], xy[k+1]}, orb.Point{xy[k+2], xy[k+3]}
			side := apart(a, b)
			if min(a[0], b[0])-least <= p[0] && p[0] <= max(a[0], b[0])+least && min(a[1], b[1])-least <= p[1] && p[1] <= max(a[1], b[1])+least {
				at, t := onSegment(a, b, p)
				if far := apart(at, p); far < least || far == least && best.road < 0 {
					least, best = far, meeting{road: i, cut: cut{share: along + float64(t*side), at: at}}
				}
			}
			along += side
		}
		if best.road == i {
			best.settle(xy, along)
		}
	}
	for i := range d.out.Roads.Len() {
		if joinable(d.out.Roads.Flags[i]) {
			if xy := d.out.Roads.Vertices(i); sound(xy) {
				try(i, xy)
			}
		}
	}
	for k := range d.newRoads {
		if r := &d.newRoads[k].road; joinable(r.Flags) {
			var xy []float64
			for _, q := range r.Line {
				xy = append(xy, q[0], q[1])
			}
			try(d.out.Roads.Len()+k, xy)
		}
	}
	return best
}

// RoadAt is the road of a snapshot that is nearest to a point, within a reach in metres: its layer and its number in it, as
// modifications name it. Roads that are closed are found too. Of equally near ones it is the first.
func RoadAt(s *model.Snapshot, p orb.Point, reach float64) (layer string, fid int64, ok bool) {
	if s.Roads == nil {
		return "", 0, false
	}
	best := -1
	for i := range s.Roads.Len() {
		xy := s.Roads.Vertices(i)
		for k := 0; k+3 < len(xy); k += 2 {
			a, b := orb.Point{xy[k], xy[k+1]}, orb.Point{xy[k+2], xy[k+3]}
			if p[0] < min(a[0], b[0])-reach || p[0] > max(a[0], b[0])+reach {
				continue
			}
			at, _ := onSegment(a, b, p)
			if far := apart(at, p); far < reach || far == reach && best < 0 {
				best, reach = i, far
			}
		}
	}
	for _, l := range s.Roads.ByLayer() {
		if l.From <= best && best < l.To {
			return l.Layer, s.Roads.FID[best], true
		}
	}
	return "", 0, false
}

// joinable tells whether new roads may join one with some flags.
func joinable(f model.RoadFlags) bool {
	return f&bothForbidden != bothForbidden && f&(model.Ferry|model.Motorway) == 0
}

// sound tells whether coordinates make a line.
func sound(xy []float64) bool {
	return len(xy) >= 4 && !slices.ContainsFunc(xy, func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) })
}

// settle makes the distance along the road a share, and takes its end where that is near.
func (j *meeting) settle(xy []float64, length float64) {
	first, last := orb.Point{xy[0], xy[1]}, orb.Point{xy[len(xy)-2], xy[len(xy)-1]}
	from, to := apart(j.at, first), apart(j.at, last)
	switch {
	case min(from, to) > endReach && length > 0:
		j.share /= length
	case from <= to:
		j.end, j.at = true, first
	default:
		j.end, j.at = true, last
	}
}

// onSegment is the point of a segment that is nearest to another, and its share of the way from a to b.
func onSegment(a, b, p orb.Point) (orb.Point, float64) {
	dx, dy := b[0]-a[0], b[1]-a[1]
	square := float64(dx*dx) + float64(dy*dy)
	if square == 0 {
		return a, 0
	}
	t := min(max((float64((p[0]-a[0])*dx)+float64((p[1]-a[1])*dy))/square, 0), 1)
	return orb.Point{a[0] + float64(t*dx), a[1] + float64(t*dy)}, t
}

// withNewRoads are the roads with those that were built, and with the roads parted that they join. New ones come last, by
// id; what is parted stays where it was, in pieces from its start.
func (d *draft) withNewRoads() *model.RoadSet {
	old := d.out.Roads
	out := &model.RoadSet{LayerName: old.LayerName}
	parted := slices.Sorted(maps.Keys(d.cuts))
	for _, layer := range old.ByLayer() {
		out.Layers = append(out.Layers, model.RoadLayer{Layer: layer.Layer, From: out.Len()})
		from := layer.From
		for _, i := range parted {
			if i < layer.From || i >= layer.To {
				continue
			}
			addRun(out, old, from, i)
			addPieces(out, roadAt(old, i), d.cuts[i])
			from = i + 1
		}
		addRun(out, old, from, layer.To)
	}
	n := old.Len()
	order := make([]int, len(d.newRoads))
	for k := range order {
		order[k] = k
	}
	slices.SortFunc(order, func(a, b int) int { return compareIDs(d.newRoads[a].id, d.newRoads[b].id) })
	for _, k := range order {
		out.Layers = append(out.Layers, model.RoadLayer{Layer: d.newRoads[k].id, From: out.Len()})
		addPieces(out, d.newRoads[k].road, d.cuts[n+k])
	}
	return out
}

// addRun adds the roads of a set from one index up to another as they are.
func addRun(out, r *model.RoadSet, from, to int) {
	if from >= to {
		return
	}
	if len(out.Start) == 0 {
		out.Start = append(make([]int32, 0, len(r.Start)+8), 0)
		out.XY = make([]float64, 0, len(r.XY)+64)
	}
	shift := int32(len(out.XY)/2) - r.Start[from]
	out.XY = append(out.XY, r.XY[2*r.Start[from]:2*r.Start[to]]...)
	for _, s := range r.Start[from+1 : to+1] {
		out.Start = append(out.Start, s+shift)
	}
	out.FID, out.Length = append(out.FID, r.FID[from:to]...), append(out.Length, r.Length[from:to]...)
	out.SpeedF, out.SpeedB = append(out.SpeedF, r.SpeedF[from:to]...), append(out.SpeedB, r.SpeedB[from:to]...)
	out.Class, out.Flags = append(out.Class, r.Class[from:to]...), append(out.Flags, r.Flags[from:to]...)
}

// roadAt is a road of a set.
func roadAt(r *model.RoadSet, i int) model.Road {
	road := model.Road{FID: r.FID[i], Length: r.Length[i], SpeedF: r.SpeedF[i], SpeedB: r.SpeedB[i], Class: r.Class[i], Flags: r.Flags[i]}
	xy := r.Vertices(i)
	for k := 0; k+1 < len(xy); k += 2 {
		road.Line = append(road.Line, orb.Point{xy[k], xy[k+1]})
	}
	return road
}

// addPieces adds a road, parted where it is cut. The lengths of the pieces are whole centimetres that add up to the road's.
func addPieces(out *model.RoadSet, road model.Road, cuts []cut) {
	if len(cuts) == 0 {
		out.Add(road)
		return
	}
	cuts = slices.Clone(cuts)
	slices.SortFunc(cuts, func(a, b cut) int {
		switch {
		case a.share < b.share:
			return -1
		case a.share > b.share:
			return 1
		}
		return 0
	})
	cuts = slices.CompactFunc(cuts, func(a, b cut) bool { return a.share == b.share })
	drawn, length := lineLength(road.Line), road.Length
	if !(length*100 >= 0.5) {
		length = drawn
	}
	total, done := math.Round(length*100), 0.0
	rest, passed := road.Line, 0.0 // what is left of the line, and how much of it lies behind
	for _, c := range cuts {
		var line orb.LineString
		for len(rest) > 1 && passed+apart(rest[0], rest[1]) < c.share*drawn {
			line, passed, rest = append(line, rest[0]), passed+apart(rest[0], rest[1]), rest[1:]
		}
		line = append(line, rest[0], c.at)
		piece := road
		end := math.Round(total * c.share)
		piece.Line, piece.Length = line, (end-done)/100
		out.Add(piece)
		passed += apart(rest[0], c.at)
		rest, done = append(orb.LineString{c.at}, rest[1:]...), end
	}
	road.Line, road.Length = rest, (total-done)/100
	out.Add(road)
}
