package access

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"nabar/analysis/network"
	"nabar/analysis/route"
	"nabar/internal/i18n"
	"nabar/model"
)

// Places gives the open facilities of a service type that have joined the network, as indices in the snapshot, a list for
// each place: those within the place radius of each other, transitively, are one. Places are in the order of the ids of
// their first facilities. It gives a Problem where the type is unknown, has no open facility, or none of them joined.
func (p *Prepared) Places(service string) ([][]int, error) {
	_, name, err := p.complete(model.Query{Service: service, Impedance: model.Distance})
	if err != nil {
		return nil, err
	}
	joined, err := p.onRoads(service, name)
	if err != nil {
		return nil, err
	}
	var out [][]int
	for i, place := range p.places(joined) {
		if int(place) == len(out) {
			out = append(out, nil)
		}
		out[place] = append(out[place], joined[i])
	}
	return out, nil
}

// onRoads lists the open facilities of a type that have joined the network, by id, and gives a Problem where there are none.
func (p *Prepared) onRoads(service string, name i18n.Message) ([]int, error) {
	open := p.open(service)
	if len(open) == 0 {
		return nil, i18n.Errorf("analysis.no_facilities", name)
	}
	near := slices.DeleteFunc(open, func(f int) bool { return !p.facilities[f].ok })
	if len(near) == 0 {
		return nil, i18n.Errorf("analysis.no_joined_facilities", name, i18n.Metres(p.snapshot.Params.SnapLimit))
	}
	return near, nil
}

// sources are facilities that have joined, at the places given.
func (p *Prepared) sources(facilities []int, places []int32) []route.Source {
	out := make([]route.Source, len(facilities))
	for rank, f := range facilities {
		out[rank] = route.Source{Join: p.facilities[f].join, Place: places[rank]}
	}
	return out
}

// Costed is a square, by its index in the snapshot, with what it costs from there to a place.
type Costed struct {
	Cell int
	Cost float64 // metres or seconds
}

// catchmentsAtOnce is how many places are searched from before what was found is handed on. It bounds the memory and does
// not depend on the processors.
const catchmentsAtOnce = 64

// Catchments searches back from each of the places, which are lists of facilities as Places gives them, for the squares
// inside the border and outside that reach it at a cost up to a limit in metres or seconds, which is included. It calls
// visit for one place after the other in their order, with the squares in the order of the snapshot; the list holds until
// visit returns.
//
// All processors search; the outcome is the same whatever their number. No cost of a pair is held for longer than visit
// needs it, so memory is that of the searches (8 bytes a node and square for each processor) and of the pairs of
// catchmentsAtOnce places. The context's error is the only one.
func (p *Prepared) Catchments(ctx context.Context, i model.Impedance, places [][]int, limit float64, visit func(place int, squares []Costed)) error {
	metric := p.net.Metric(i)
	spots, cells := p.spots(metric)
	idle := make(chan *route.Catchment, runtime.GOMAXPROCS(0)) // as many as search at a time
	found := make([][]route.Reached, catchmentsAtOnce)
	errs := make([]error, catchmentsAtOnce)
	var squares []Costed
	for from := 0; from < len(places); from += catchmentsAtOnce {
		part := places[from:min(from+catchmentsAtOnce, len(places))]
		inParallel(len(part), func(k int) {
			var search *route.Catchment
			select {
			case search = <-idle:
			default:
				search = route.NewCatchment(spots)
			}
			found[k], errs[k] = search.Around(ctx, p.joins(part[k]), metric.Limit(limit), found[k][:0])
			idle <- search
		})
		for k := range part {
			if errs[k] != nil {
				return errs[k]
			}
			squares = squares[:0]
			for _, r := range found[k] {
				squares = append(squares, Costed{cells[r.Spot], metric.Value(r.Cost)})
			}
			visit(from+k, squares)
		}
	}
	return ctx.Err()
}

// spots sorts the squares that have joined for searches back to them, and gives the index of each in the snapshot.
func (p *Prepared) spots(m *network.Metric) (*route.Spots, []int) {
	var joins []network.Join
	var cells []int
	for i := range p.cells {
		if p.cells[i].ok {
			joins, cells = append(joins, p.cells[i].join), append(cells, i)
		}
	}
	return route.NewSpots(p.net, m, joins), cells
}

// joins are where facilities join the network.
func (p *Prepared) joins(facilities []int) []network.Join {
	out := make([]network.Join, len(facilities))
	for i, f := range facilities {
		out[i] = p.facilities[f].join
	}
	return out
}

// inParallel calls work for each number below n, on all processors.
func inParallel(n int, work func(int)) {
	gate := make(chan struct{}, runtime.GOMAXPROCS(0))
	var all sync.WaitGroup
	for k := range n {
		gate <- struct{}{}
		all.Go(func() {
			work(k)
			<-gate
		})
	}
	all.Wait()
}

// People are the people of a group in each square of a snapshot, inside the border and out.
type People struct {
	Group model.Group // By, ID, Name, Approximate and Unknown
	Of    []int64     // in parts of a person
	Parts int64       // in a person
}

// In is the number of people in a square of the snapshot.
func (p *People) In(cell int) float64 { return float64(p.Of[cell]) / float64(p.Parts) }

// Whole turns a sum of parts into whole people, rounded to the nearest.
func (p *People) Whole(sum int64) int { return weights{parts: p.Parts}.whole(sum) }

// Everybody are all people.
func (p *Prepared) Everybody() People {
	w := p.allSquares().everybody()
	return People{Group: model.Group{Name: i18n.M("figures.everybody")}, Of: w.of, Parts: w.parts}
}

// GroupPeople parts all people by sex and by age, and says what the reader must know about those in the squares that count.
func (p *Prepared) GroupPeople() ([]People, []i18n.Message) {
	everywhere, here := p.allSquares(), p.counted()
	women, _ := everywhere.bySex()
	ages, _ := everywhere.byAge()
	_, remarks := here.bySex()
	_, more := here.byAge()
	var out []People
	for _, part := range append(women, ages...) {
		out = append(out, People{Group: part.group, Of: part.weights.of, Parts: part.weights.parts})
	}
	return out, append(remarks, more...)
}

// allSquares are all squares of the snapshot, those outside the border among them.
func (p *Prepared) allSquares() *squares {
	s := &squares{}
	for i := range p.snapshot.Cells {
		s.cells, s.index = append(s.cells, &p.snapshot.Cells[i]), append(s.index, i)
	}
	return s
}
