package route

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/paulmach/orb"

	"nabar/analysis/network"
	"nabar/model"
)

// cases is how many random plots each property is tried on.
const cases = 10_000

// plot is a small network from its roads, with shops and homes on them, so that it can be drawn otherwise and built anew.
// Road i is edge i. Speeds make a centimetre a whole number of milliseconds, so that times are as exact as lengths.
type plot struct {
	crossings []orb.Point
	roads     []plotRoad
	shops     []stand // by rank
	homes     []stand
}

// plotRoad runs from one crossing to another by a point of its own; of no length it is a loop.
type plotRoad struct {
	from, to int
	by       orb.Point
	cm       int32
	speedF   uint8
	speedB   uint8
	flags    model.RoadFlags
}

// stand is a point that has joined a road.
type stand struct {
	road, position, connector int32
	place                     int32 // of a shop
}

// newPlot makes one-way roads, parallel ones, loops, loops of no length, islands, and points at the very ends of roads.
func newPlot(r *rand.Rand) plot {
	var p plot
	for i := range 2 + r.IntN(6) {
		p.crossings = append(p.crossings, orb.Point{1000 * float64(i), float64(i*i%7) * 500})
	}
	for i := range 1 + r.IntN(2*len(p.crossings)) {
		road := plotRoad{
			from: r.IntN(len(p.crossings)), to: r.IntN(len(p.crossings)), by: orb.Point{10 * float64(i), -9000 - 10*float64(i)},
			cm: int32(1 + r.IntN(40)), speedF: uint8(36 / (1 + r.IntN(4))), speedB: uint8(36 / (1 + r.IntN(4))),
		}
		switch r.IntN(8) {
		case 0:
			road.flags = model.ForbiddenForward
		case 1, 2:
			road.flags = model.ForbiddenBackward
		case 3:
			road.to = road.from
			road.cm *= int32(r.IntN(2))
		}
		p.roads = append(p.roads, road)
	}
	for range 1 + r.IntN(5) {
		p.shops = append(p.shops, p.stand(r))
	}
	for range 1 + r.IntN(5) {
		p.homes = append(p.homes, p.stand(r))
	}
	return p
}

// stand is a point somewhere on some road, at its very end one time in three.
func (p *plot) stand(r *rand.Rand) stand {
	road := int32(r.IntN(len(p.roads)))
	cm := p.roads[road].cm
	s := stand{road: road, position: int32(r.IntN(int(cm) + 1)), connector: int32(r.IntN(3)), place: int32(r.IntN(4))}
	switch r.IntN(6) {
	case 0:
		s.position = 0
	case 1:
		s.position = cm
	}
	return s
}

// copy is the plot with roads, shops and homes of its own.
func (p plot) copy() plot {
	return plot{slices.Clone(p.crossings), slices.Clone(p.roads), slices.Clone(p.shops), slices.Clone(p.homes)}
}

// build makes the network.
func (p *plot) build() (*network.Network, error) {
	set := &model.RoadSet{}
	for i, road := range p.roads {
		a, b := p.crossings[road.from], p.crossings[road.to]
		line := orb.LineString{a, road.by, b}
		if road.cm == 0 {
			line = orb.LineString{a, b}
		}
		set.Add(model.Road{
			FID: int64(i + 1), Line: line, Length: float64(road.cm) / 100, SpeedF: road.speedF, SpeedB: road.speedB, Flags: road.flags,
		})
	}
	params := model.DefaultParams()
	params.ConnectorSpeed = 36
	n, err := network.Build(context.Background(), set, params)
	if err == nil && len(n.Edges) != len(p.roads) {
		err = fmt.Errorf("%d edges of %d roads", len(n.Edges), len(p.roads))
	}
	return n, err
}

// join is a stand as the network has it.
func (s stand) join() network.Join {
	return network.Join{Edge: s.road, Position: s.position, Connector: s.connector}
}

// nearest lists for each home the costs to its three nearest places and the ranks of their shops, and None where there are
// fewer.
func (p *plot) nearest(i model.Impedance, limit int64) ([][]Label, error) {
	n, err := p.build()
	if err != nil {
		return nil, err
	}
	var sources []Source
	for _, s := range p.shops {
		sources = append(sources, Source{Join: s.join(), Place: s.place})
	}
	field, err := within(n, i, 3, sources, limit)
	if err != nil {
		return nil, err
	}
	var out [][]Label
	for _, h := range p.homes {
		out = append(out, field.At(h.join(), nil))
	}
	return out, nil
}

// searches are kept from one network to the next: making their queues is what takes most time on networks this small.
var searches = sync.Pool{New: func() any { return &SeveralSearch{} }}

// within searches a network for the nearest places.
func within(n *network.Network, i model.Impedance, count int, sources []Source, limit int64) (*SeveralField, error) {
	s := searches.Get().(*SeveralSearch)
	defer searches.Put(s)
	s.net, s.metric, s.count, s.mean = n, n.Metric(i), count, meanCost(n.Metric(i))
	return s.Run(context.Background(), sources, limit)
}

// between is what it costs from one stand to another, None where there is no way. The network must be the plot's.
func (p *plot) between(n *network.Network, i model.Impedance, from, to stand) (Label, error) {
	field, err := within(n, i, 1, []Source{{Join: to.join()}}, MaxCost)
	if err != nil {
		return None, err
	}
	return field.At(from.join(), nil)[0], nil
}

// tries compares the nearest places of a plot with those of a changed one, home by home.
func tries(p, changed plot, i model.Impedance, right func(before, after Label) bool) error {
	before, err := p.nearest(i, MaxCost)
	if err != nil {
		return err
	}
	after, err := changed.nearest(i, MaxCost)
	if err != nil {
		return err
	}
	for home := range before {
		for k := range before[home] {
			if !right(before[home][k], after[home][k]) {
				return fmt.Errorf("home %d by %s: place %d cost %v, then %v (changed to %+v)", home, i, k+1, before[home], after[home], changed)
			}
		}
	}
	return nil
}

// notLonger and notShorter compare costs; None is the longest of all.
func notLonger(before, after Label) bool {
	return after == None && before == None || after>>facilityBits <= before>>facilityBits
}
func notShorter(before, after Label) bool { return notLonger(after, before) }
func same(before, after Label) bool       { return before == after }

// doubled tells whether a cost is twice another's, at the same shop.
func doubled(before, after Label) bool {
	if before == None || after == None {
		return before == after
	}
	return after.Cost() == 2*before.Cost() && after.Facility() == before.Facility()
}

// TestProperties tries what must hold of every network. A failure prints the network, and the seed that makes it again.
func TestProperties(t *testing.T) {
	for seed, c := range []struct {
		name  string
		holds func(p plot, i model.Impedance, r *rand.Rand) error
	}{
		{"adding a place never lengthens", addingNeverLengthens},
		{"removing a place never shortens", removingNeverShortens},
		{"doubling weights doubles costs", doublingDoubles},
		{"renumbering roads and nodes changes nothing", renumberingChangesNothing},
		{"turning roads round changes nothing", turningChangesNothing},
		{"splitting edges changes nothing", splittingChangesNothing},
		{"a larger limit contains the smaller", largerContainsSmaller},
		{"roads open both ways cost the same there and back", undirectedIsSymmetric},
		{"a detour is never shorter", triangleHolds},
		{"a closed road never shortens", closingNeverShortens},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for number := range uint64(cases) {
				r := rand.New(rand.NewPCG(uint64(seed), number))
				p := newPlot(r)
				i := []model.Impedance{model.Distance, model.Time}[number%2]
				if err := c.holds(p, i, r); err != nil {
					t.Fatalf("%v\nseed rand.NewPCG(%d, %d), network %+v", err, seed, number, p)
				}
			}
		})
	}
}

func addingNeverLengthens(p plot, i model.Impedance, r *rand.Rand) error {
	more := p.copy()
	more.shops = append(more.shops, p.stand(r))
	return tries(p, more, i, notLonger)
}

func removingNeverShortens(p plot, i model.Impedance, r *rand.Rand) error {
	fewer := p.copy()
	gone := p.shops[r.IntN(len(p.shops))].place
	fewer.shops = slices.DeleteFunc(fewer.shops, func(s stand) bool { return s.place == gone })
	return tries(p, fewer, i, notShorter)
}

func doublingDoubles(p plot, i model.Impedance, _ *rand.Rand) error {
	double := p.copy()
	for k := range double.roads {
		double.roads[k].cm *= 2
	}
	for _, stands := range [][]stand{double.shops, double.homes} {
		for k := range stands {
			stands[k].position *= 2
			stands[k].connector *= 2
		}
	}
	return tries(p, double, i, doubled)
}

// renumberingChangesNothing draws the roads in another order and the crossings elsewhere, which gives the nodes other
// numbers.
func renumberingChangesNothing(p plot, i model.Impedance, r *rand.Rand) error {
	other := p.copy()
	r.Shuffle(len(other.crossings), func(a, b int) {
		other.crossings[a], other.crossings[b] = other.crossings[b], other.crossings[a]
	})
	to := r.Perm(len(p.roads))
	for k, road := range p.roads {
		other.roads[to[k]] = road
	}
	for _, stands := range [][]stand{other.shops, other.homes} {
		for k := range stands {
			stands[k].road = int32(to[stands[k].road])
		}
	}
	return tries(p, other, i, same)
}

func turningChangesNothing(p plot, i model.Impedance, r *rand.Rand) error {
	other := p.copy()
	turned := make([]bool, len(p.roads))
	for k := range other.roads {
		road := &other.roads[k]
		if turned[k] = r.IntN(2) == 0; !turned[k] {
			continue
		}
		road.from, road.to, road.speedF, road.speedB = road.to, road.from, road.speedB, road.speedF
		if road.flags != 0 {
			road.flags ^= model.ForbiddenForward | model.ForbiddenBackward
		}
	}
	for _, stands := range [][]stand{other.shops, other.homes} {
		for k := range stands {
			if s := &stands[k]; turned[s.road] {
				s.position = p.roads[s.road].cm - s.position
			}
		}
	}
	return tries(p, other, i, same)
}

// splittingChangesNothing cuts roads in two at a whole centimetre.
func splittingChangesNothing(p plot, i model.Impedance, r *rand.Rand) error {
	other := p.copy()
	for k := range p.roads {
		cm := p.roads[k].cm
		if cm < 2 || r.IntN(2) == 0 {
			continue
		}
		cut, middle := int32(1+r.IntN(int(cm)-1)), len(other.crossings)
		first, second := other.roads[k], other.roads[k]
		other.crossings = append(other.crossings, first.by)
		first.to, second.from = middle, middle
		first.cm, second.cm = cut, cm-cut
		first.by[0] += 3000
		second.by[0] += 6000
		other.roads[k] = first
		other.roads = append(other.roads, second)
		for _, stands := range [][]stand{other.shops, other.homes} {
			for n := range stands {
				if s := &stands[n]; s.road == int32(k) && (s.position > cut || s.position == cut && r.IntN(2) == 0) {
					s.road, s.position = int32(len(other.roads)-1), s.position-cut
				}
			}
		}
	}
	return tries(p, other, i, same)
}

func largerContainsSmaller(p plot, i model.Impedance, r *rand.Rand) error {
	small := int64(r.IntN(150))
	near, err := p.nearest(i, small)
	if err != nil {
		return err
	}
	far, err := p.nearest(i, small+int64(r.IntN(150)))
	if err != nil {
		return err
	}
	for home := range near {
		for k, l := range near[home] {
			if l != None && (l.Cost() > small || far[home][k] != l) || l == None && far[home][k] != None && far[home][k].Cost() <= small {
				return fmt.Errorf("home %d by %s: %v within %d, %v within more", home, i, near[home], small, far[home])
			}
		}
	}
	return nil
}

func undirectedIsSymmetric(p plot, i model.Impedance, _ *rand.Rand) error {
	p = p.copy()
	for k := range p.roads {
		p.roads[k].flags, p.roads[k].speedB = 0, p.roads[k].speedF
	}
	n, err := p.build()
	if err != nil {
		return err
	}
	there, err := p.between(n, i, p.homes[0], p.shops[0])
	if err != nil {
		return err
	}
	back, err := p.between(n, i, p.shops[0], p.homes[0])
	if err == nil && there != back {
		err = fmt.Errorf("%v there and %v back by %s", there, back, i)
	}
	return err
}

func triangleHolds(p plot, i model.Impedance, r *rand.Rand) error {
	n, err := p.build()
	if err != nil {
		return err
	}
	a, b, c := p.stand(r), p.stand(r), p.stand(r)
	b.connector = 0 // whoever passes b does not leave the road there
	var cost [3]Label
	for k, way := range [][2]stand{{a, b}, {b, c}, {a, c}} {
		if cost[k], err = p.between(n, i, way[0], way[1]); err != nil {
			return err
		}
	}
	if cost[0] != None && cost[1] != None && (cost[2] == None || cost[2].Cost() > cost[0].Cost()+cost[1].Cost()) {
		return fmt.Errorf("%v and %v, but %v without the stop, by %s: %+v %+v %+v", cost[0], cost[1], cost[2], i, a, b, c)
	}
	return nil
}

// closingNeverShortens forbids one direction of a road on which nobody stands.
func closingNeverShortens(p plot, i model.Impedance, r *rand.Rand) error {
	other := p.copy()
	k := r.IntN(len(p.roads))
	if other.roads[k].flags == 0 {
		other.roads[k].flags = []model.RoadFlags{model.ForbiddenForward, model.ForbiddenBackward}[r.IntN(2)]
	}
	return tries(p, other, i, notShorter)
}
