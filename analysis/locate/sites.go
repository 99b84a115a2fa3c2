package locate

import (
	"context"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"nabar/analysis/access"
	"nabar/analysis/network"
	"nabar/analysis/route"
	"nabar/internal/i18n"
	"nabar/model"
)

// places are the places of the service that are there, by what may become of them. Each is a list of facilities.
type places struct {
	locked    [][]int
	movable   [][]int // with Query.Keep all that are not forbidden
	forbidden [][]int
}

// listing is a candidate that is no node: a listed spot or a place that is there.
type listing struct {
	name       string
	at         orb.Point
	joins      []network.Join
	facilities []int // of a place
}

// situation finds what stays whatever is chosen, and what each square has today and with that.
func (r *roads) situation(ctx context.Context) (err error) {
	q := model.Query{Service: r.query.Service, Impedance: r.query.Impedance}
	if r.group, err = r.p.PeopleOf(r.query.Group); err != nil {
		return err
	}
	open := r.p.Open(r.query.Service)
	today, err := r.p.Demand(ctx, q, &r.group, open)
	if err != nil {
		return err
	}
	people := int64(0)
	for _, d := range today {
		r.today = append(r.today, d.Nearest)
		r.by = append(r.by, d.By)
		people += d.Weight
	}
	if people == 0 {
		return i18n.Errorf("analysis.nobody_lives")
	}
	if r.places, err = r.sorted(); err != nil {
		return err
	}
	r.demand = today
	if len(r.places.movable)+len(r.places.forbidden) > 0 {
		r.demand, err = r.p.Demand(ctx, q, &r.group, slices.Concat(r.places.locked...))
	}
	return err
}

// sorted sorts the places by what the query says of them.
func (r *roads) sorted() (out places, err error) {
	q := &r.query
	if len(r.p.Open(q.Service)) == 0 && len(q.Movable)+len(q.Forbidden)+q.Keep == 0 {
		return out, nil
	}
	all, err := r.p.Places(q.Service)
	if err != nil {
		if len(q.Movable)+len(q.Forbidden)+q.Keep == 0 {
			return out, nil // there are facilities, but none has joined: nobody reaches any
		}
		return out, err
	}
	known := map[string]bool{AllPlaces: true}
	for _, place := range all {
		ids := r.ids(place)
		for _, id := range ids {
			known[id] = true
		}
		named := func(list []string) bool {
			return slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(list, id) })
		}
		switch {
		case named(q.Forbidden):
			out.forbidden = append(out.forbidden, place)
		case q.Keep > 0 || slices.Contains(q.Movable, AllPlaces) || named(q.Movable):
			out.movable = append(out.movable, place)
		default:
			out.locked = append(out.locked, place)
		}
	}
	for _, id := range slices.Concat(q.Movable, q.Forbidden) {
		if !known[id] {
			return out, i18n.Errorf("siting.place_unknown", id)
		}
	}
	return out, nil
}

// ids are the ids of the facilities of a place.
func (r *roads) ids(place []int) []string {
	out := make([]string, len(place))
	for i, f := range place {
		out[i] = r.p.Snapshot().Facilities[f].ID
	}
	return out
}

// spots joins the listed spots to the network, and adds the places that may be chosen. Their candidates follow the nodes'.
func (r *roads) spots() {
	if r.query.Keep == 0 {
		for _, spot := range r.query.Spots {
			join, ok := r.net.Snap(spot.At, r.p.Snapshot().Params.SnapLimit)
			if !ok {
				r.lost = append(r.lost, spot.Name)
				continue
			}
			r.listed = append(r.listed, listing{name: spot.Name, at: spot.At, joins: []network.Join{join}})
		}
	}
	for _, place := range r.places.movable {
		first := r.p.Snapshot().Facilities[place[0]]
		r.listed = append(r.listed, listing{name: first.Name, at: first.At, joins: r.p.Joins(place), facilities: place})
	}
}

// wide tells whether costs beyond the query's limit matter, as they do where catchments are counted or several objectives
// are set side by side.
func (r *roads) wide() bool {
	return r.everything || r.query.bounded()
}

// list adds the offers of the listed candidates, each found by a search back from it.
func (r *roads) list(ctx context.Context) error {
	var joins []network.Join
	var squares []int
	limit := int64(0)
	for i, d := range r.demand {
		if d.Joined {
			joins, squares = append(joins, d.Join), append(squares, i)
			limit = max(limit, int64(r.p0.Base[i]))
		}
	}
	spots := route.NewSpots(r.net, r.metric, joins)
	first := len(r.nodes)
	r.p0.Candidates = first + len(r.listed)
	for from := 0; from < len(r.listed); from += squareChunk {
		part := r.listed[from:min(from+squareChunk, len(r.listed))]
		found, errs := make([][]route.Reached, len(part)), make([]error, len(part))
		parallel(len(part), func(k int) {
			found[k], errs[k] = route.NewCatchment(spots).Around(ctx, part[k].joins, min(limit, math.MaxInt32-1), nil)
		})
		for k := range part {
			if errs[k] != nil {
				return errs[k]
			}
			for _, s := range found[k] {
				i := squares[s.Spot]
				if s.Cost < int64(r.p0.Base[i]) {
					r.p0.Near[i] = append(r.p0.Near[i], Offer{int32(first + from + k), int32(s.Cost)})
				}
			}
		}
	}
	return ctx.Err()
}

// chosen tells of each chosen candidate what it is, and what is given up.
func (r *roads) chosen(out *Result, s *Solution) (sources []route.Source) {
	stays := map[int]bool{}
	for _, c := range s.Chosen {
		if int(c) < len(r.nodes) {
			node := r.nodes[c]
			out.Sites = append(out.Sites, Site{Node: node, At: r.net.Points[node]})
			continue
		}
		l := &r.listed[int(c)-len(r.nodes)]
		if l.facilities == nil {
			out.Sites = append(out.Sites, Site{Node: -1, At: l.at, Name: l.name})
			continue
		}
		stays[l.facilities[0]] = true
	}
	sortSites(out.Sites)
	for _, place := range r.places.movable {
		if stays[place[0]] {
			out.Kept = append(out.Kept, r.place(place))
		} else {
			out.Given = append(out.Given, r.place(place))
		}
	}
	for _, place := range r.places.forbidden {
		out.Given = append(out.Given, r.place(place))
	}
	out.Unjoined = r.lost
	return r.sources(out, stays)
}

// place tells of a place.
func (r *roads) place(facilities []int) Place {
	f := &r.p.Snapshot().Facilities[facilities[0]]
	return Place{IDs: r.ids(facilities), Name: f.Name, At: f.At}
}

// sources are the sites, and after them the places that stay though they need not have, as facilities. The number of each is
// that of its site, or of the kept place after all sites.
func (r *roads) sources(out *Result, stays map[int]bool) (sources []route.Source) {
	for k, site := range out.Sites {
		join := network.Join{}
		if site.Node >= 0 {
			join = r.atNode(site)
		} else {
			join, _ = r.net.Snap(site.At, r.p.Snapshot().Params.SnapLimit)
		}
		sources = append(sources, route.Source{Join: join, Place: int32(k)})
	}
	number := int32(len(out.Sites))
	for _, place := range r.places.movable {
		if stays[place[0]] {
			for _, join := range r.p.Joins(place) {
				sources = append(sources, route.Source{Join: join, Place: number})
			}
			number++
		}
	}
	return sources
}

// catchment is the limits of a query on how many may have a chosen place nearest, in the weights of the problem.
func (r *roads) catchment(q *Query) Limits {
	l := Limits{Objective: q.Objective, Within: int32(r.metric.Limit(q.Within)), Least: int64(q.MinPeople) * r.group.Parts, Most: math.MaxInt64}
	if q.MaxPeople > 0 {
		l.Most = int64(q.MaxPeople) * r.group.Parts
	}
	if q.capacities() {
		r.capacities(&l)
	}
	return l
}

// capacities adds the limits of the places that are there.
func (r *roads) capacities(l *Limits) {
	l.MostOf = map[int32]int64{}
	for k := range r.listed {
		if most, limited := r.room(r.listed[k].facilities); limited {
			l.MostOf[int32(len(r.nodes)+k)] = int64(most) * r.group.Parts
		}
	}
	number := map[int]int32{} // by facility
	for _, place := range r.places.locked {
		if most, limited := r.room(place); limited {
			for _, f := range place {
				number[f] = int32(len(l.FixedMost))
			}
			l.FixedMost = append(l.FixedMost, int64(most)*r.group.Parts)
		}
	}
	for _, d := range r.demand {
		f, limited := number[d.By]
		if !limited {
			f = -1
		}
		l.Fixed = append(l.Fixed, f)
	}
}

// room is how many a place has room for, where the query tells.
func (r *roads) room(facilities []int) (most int, limited bool) {
	for _, id := range r.ids(facilities) {
		if n, told := r.query.Capacity[id]; told {
			most, limited = most+n, true
		}
	}
	if !limited && r.query.Room > 0 && len(facilities) > 0 {
		return r.query.Room, true
	}
	return most, limited
}

// loads tells how many have each place with a limit nearest, by the weights of facilities with what was chosen and as it is.
func (r *roads) loads(out *Result, after, before map[int]int64) {
	for _, place := range r.places.locked {
		most, limited := r.room(place)
		if !limited {
			continue
		}
		l := Load{Place: r.place(place), Most: most}
		var now, was int64
		for _, f := range place {
			now, was = now+after[f], was+before[f]
		}
		l.People, l.Before = r.whole(now), r.whole(was)
		out.Loads = append(out.Loads, l)
	}
	for _, kept := range out.Kept {
		var was int64
		var facilities []int
		for f := range r.p.Snapshot().Facilities {
			if slices.Contains(kept.IDs, r.p.Snapshot().Facilities[f].ID) {
				facilities, was = append(facilities, f), was+before[f]
			}
		}
		if most, limited := r.room(facilities); limited {
			out.Loads = append(out.Loads, Load{Place: kept, Most: most, Before: r.whole(was)})
		}
	}
}

// everybody is the weight of all squares.
func everybody(demand []access.Demand) (sum int64) {
	for _, d := range demand {
		sum += d.Weight
	}
	return sum
}
