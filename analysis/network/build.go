package network

import (
	"context"
	"math"
	"sync"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

const (
	// maxLength, in centimetres, is the longest edge that is believed: 10 000 km. It keeps sums far from overflow.
	maxLength = 1e9
	// maxCoordinate, in metres, is beyond every position on Earth in a metric system.
	maxCoordinate = 1e8
	// hair, in metres, makes the join radius exclusive: end points are one node when they lie nearer than it. Registers
	// hold roads that are exactly one metre long, which a radius of one metre must not swallow.
	hair = 1e-5
	// maxReach, in metres, bounds radii and limits, so that a connector in centimetres fits its type.
	maxReach = 1e7
)

// Build makes the graph of a set of roads. It gives a Problem when there is no usable road or when a parameter can't
// be used, and the context's error when that ends. Time O(n log n) in the roads' end points.
func Build(ctx context.Context, roads *model.RoadSet, p model.Params) (*Network, error) {
	return BuildFor(ctx, roads, p, nil)
}

// BuildFor is Build for a way of travelling; nil is the car of the register.
//
// What hangs together does not depend on which roads the profile may use: a road that it bars is an edge without arcs, as
// a closed ferry is, and nothing joins it. People whose only way out is barred stay where they are and are unreached,
// instead of joining a road that they can't get to.
func BuildFor(ctx context.Context, roads *model.RoadSet, p model.Params, profile *model.Profile) (*Network, error) {
	p = profile.Params(p)
	if err := checkParams(p); err != nil {
		return nil, err
	}
	if roads == nil || roads.Len() == 0 {
		return nil, i18n.Errorf("analysis.no_roads")
	}
	n := &Network{Roads: roads, Params: p, Profile: profile}
	n.addEdges()
	if len(n.Edges) == len(n.Closed) {
		return nil, i18n.Errorf("analysis.no_usable_roads")
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	n.addNodes()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	n.addComponents()
	var index sync.WaitGroup
	index.Go(func() { n.index = newIndex(n) }) // needs the components alone
	n.addTopology()
	n.distance = newMetric(n, model.Distance)
	n.time = newMetric(n, model.Time)
	index.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return n, nil
}

// checkParams refuses parameters that no graph can be built with.
func checkParams(p model.Params) error {
	for _, v := range []float64{p.DefaultSpeed, p.FerrySpeed} {
		if !(v > 0) || math.IsInf(v, 0) {
			return i18n.Errorf("analysis.bad_speed")
		}
	}
	for _, v := range []float64{p.JoinRadius, p.SnapLimit, p.PlaceRadius, p.FerryWait, p.ConnectorSpeed} {
		if !(v >= 0) || v > maxReach {
			return i18n.Errorf("analysis.bad_parameter")
		}
	}
	return nil
}

// addEdges takes in the usable roads and lists the others. Closed ferries are edges too: see addComponents.
func (n *Network) addEdges() {
	n.Edges = make([]Edge, 0, n.Roads.Len())
	for i := range n.Roads.Len() {
		flags := n.Profile.Directions(n.Roads.Flags[i])
		drawn, sound := drawnLength(n.Roads.Vertices(i))
		switch {
		case !sound:
			n.LeftOut.Broken = append(n.LeftOut.Broken, int32(i))
		case n.shut(flags):
			n.LeftOut.Forbidden = append(n.LeftOut.Forbidden, int32(i))
		default:
			e := n.newEdge(int32(i), drawn)
			if e.Has(Closed) {
				n.Closed = append(n.Closed, int32(i))
			}
			n.Edges = append(n.Edges, e)
		}
	}
}

// shut tells whether nobody may drive a road. Pipos leaves ferries that don't run out of the network.
func (n *Network) shut(flags model.RoadFlags) bool {
	const both = model.ForbiddenForward | model.ForbiddenBackward
	stopped := n.stopped(flags) && n.Params.Rules.Has(model.CountedPart)
	return flags&both == both || stopped
}

// stopped tells whether a road is a ferry that does not run.
func (n *Network) stopped(flags model.RoadFlags) bool {
	return flags&model.Ferry != 0 && (n.Params.FerriesOff || flags&model.Stopped != 0)
}

// drawnLength is the length of a line in metres; sound is false where it is no line.
func drawnLength(xy []float64) (length float64, sound bool) {
	if len(xy) < 4 {
		return 0, false
	}
	for _, v := range xy {
		if !(math.Abs(v) <= maxCoordinate) {
			return 0, false
		}
	}
	for i := 2; i < len(xy); i += 2 {
		length += math.Sqrt(squared(xy[i]-xy[i-2], xy[i+1]-xy[i-1]))
	}
	return length, true
}

// newEdge gives road i its length, times and flags.
func (n *Network) newEdge(i int32, drawn float64) Edge {
	road := n.Roads
	e := Edge{Road: i, Drawn: drawn, Length: edgeLength(road.Length[i], drawn)}
	flags := n.Profile.Directions(road.Flags[i])
	fallback, speedF, speedB := n.Params.DefaultSpeed, road.SpeedF[i], road.SpeedB[i]
	if n.Profile.Bars(road.Class[i], flags) {
		e.Flags |= Closed
	}
	if flags&model.Ferry != 0 {
		e.Flags |= Ferry
		fallback = n.Params.FerrySpeed
		if n.Params.Rules.Has(model.SetFerries) {
			speedF, speedB = 0, 0
		}
		if n.stopped(road.Flags[i]) {
			e.Flags |= Closed
		}
	}
	if flags&model.Motorway != 0 {
		e.Flags |= Motorway
	}
	if flags&model.ForbiddenForward == 0 {
		e.Flags |= OpenForward
	}
	if flags&model.ForbiddenBackward == 0 {
		e.Flags |= OpenBackward
	}
	e.TimeF = travelTime(e.Length, n.speed(i, speedF, fallback))
	e.TimeB = travelTime(e.Length, n.speed(i, speedB, fallback))
	return e
}

// speed is how fast one goes on road i, where the register has a speed or else the fallback. A ferry goes as fast as it
// goes, whoever is on board.
func (n *Network) speed(i int32, register uint8, fallback float64) float64 {
	v := float64(register)
	if register == 0 {
		v = fallback
	}
	if n.Roads.Flags[i]&model.Ferry != 0 {
		return v
	}
	return n.Profile.RoadSpeed(v, n.Roads.Class[i])
}

// HasRegisterLength tells whether a register's length, in metres, can be used: at least half a centimetre, and no
// longer than any road.
func HasRegisterLength(metres float64) bool {
	return metres*100 >= 0.5 && metres*100 <= maxLength
}

// edgeLength is the register's length where it has one, else the drawn one, in centimetres.
func edgeLength(register, drawn float64) int32 {
	if !HasRegisterLength(register) {
		register = drawn
	}
	return int32(math.Min(math.Round(register*100), maxLength))
}

// travelTime is the time in milliseconds for a length in centimetres; speeds are km/h, and 1 km/h is 1 cm in 36 ms.
func travelTime(length int32, speed float64) int32 {
	return int32(math.Min(math.Round(float64(length)*36/speed), math.MaxInt32))
}

// addNodes joins the end points to nodes and numbers these along a Hilbert curve.
func (n *Network) addNodes() {
	ends := make([]orb.Point, 0, 2*len(n.Edges))
	for i := range n.Edges {
		xy := n.Roads.Vertices(int(n.Edges[i].Road))
		ends = append(ends, orb.Point{xy[0], xy[1]}, orb.Point{xy[len(xy)-2], xy[len(xy)-1]})
	}
	group, groups := n.groupEnds(ends)
	points := make([]orb.Point, groups)
	seen := make([]bool, groups)
	for i, g := range group {
		if !seen[g] || before(ends[i], points[g]) {
			points[g], seen[g] = ends[i], true
		}
	}
	rank := curveRank(points)
	n.Points = make([]orb.Point, groups)
	for g, p := range points {
		n.Points[rank[g]] = p
	}
	for i := range n.Edges {
		n.Edges[i].From = rank[group[2*i]]
		n.Edges[i].To = rank[group[2*i+1]]
	}
	n.Topology.Nodes = groups
}

// groupEnds tells which end points are one node, and how many nodes there are.
func (n *Network) groupEnds(ends []orb.Point) (group []int32, groups int) {
	if n.Params.Rules.Has(model.RoundedNodes) {
		return roundedGroups(ends)
	}
	return Cluster(ends, n.Params.JoinRadius-hair)
}

// before orders points by easting, then northing.
func before(a, b orb.Point) bool { return a[0] < b[0] || a[0] == b[0] && a[1] < b[1] }

// curveRank gives each point its place along a Hilbert curve.
func curveRank(points []orb.Point) []int32 {
	box := orb.MultiPoint(points).Bound()
	x := newExtent(box.Min[0], box.Min[1], box.Max[0], box.Max[1])
	keys := make([]keyed, len(points))
	for i, p := range points {
		keys[i] = keyed{uint64(x.key(p[0], p[1])), int32(i)}
	}
	rank := make([]int32, len(points))
	for r, k := range sortByKey(keys, 2*hilbertOrder) {
		rank[k.index] = int32(r)
	}
	return rank
}
