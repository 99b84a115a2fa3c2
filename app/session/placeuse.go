package session

import (
	"context"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/plan"
	"nabar/model/scenario"
)

// PlaceUses is what refers to some facilities.
type PlaceUses struct {
	Steps    []i18n.Message // modifications of scenarios
	Entries  []i18n.Message // of the plan, the ledger and the register
	Results  int            // stored results whose figures count them
	Comments int            // that are pinned on them
}

// All are the uses as lines.
func (u *PlaceUses) All() []i18n.Message {
	out := slices.Concat(u.Steps, u.Entries)
	if u.Results > 0 {
		out = append(out, i18n.M("spot.use_results", u.Results))
	}
	if u.Comments > 0 {
		out = append(out, i18n.M("spot.use_comments", u.Comments))
	}
	return out
}

// PlaceUses tells what refers to facilities, by their ids. A modification of what a scenario made of one counts too.
func (s *Session) PlaceUses(ctx context.Context, ids ...string) (out PlaceUses, err error) {
	p, err := s.current()
	if err != nil || len(ids) == 0 {
		return out, err
	}
	is := func(id string) bool {
		return slices.ContainsFunc(ids, func(o string) bool { return id == o || strings.HasPrefix(id, o+"/") })
	}
	if out.Steps, err = s.stepUses(ctx, is); err != nil {
		return out, err
	}
	book, err := p.Plan(ctx)
	if err != nil {
		return out, err
	}
	out.Entries = entryUses(book, is)
	results, err := p.Results(ctx)
	if err != nil {
		return out, err
	}
	for i := range results {
		if slices.ContainsFunc(results[i].Places, func(f model.PlaceFigure) bool { return is(f.ID) }) {
			out.Results++
		}
	}
	comments, err := s.Comments(ctx)
	for i := range comments {
		if is(comments[i].Facility) {
			out.Comments++
		}
	}
	return out, err
}

// stepUses names the modifications of scenarios that change one of some facilities.
func (s *Session) stepUses(ctx context.Context, is func(id string) bool) (out []i18n.Message, err error) {
	types, err := s.typesOrDefault(ctx)
	if err != nil {
		return nil, err
	}
	all, err := s.Scenarios(ctx)
	for _, sc := range all {
		for i, step := range sc.Steps {
			if id := scenario.PlaceOf(step.Modification); id != "" && is(id) {
				out = append(out, i18n.M("spot.use_step", sc.Name, i+1, step.Describe(types)))
			}
		}
	}
	return out, err
}

// entryUses names the entries with a field that holds one of some facilities.
func entryUses(book plan.Book, is func(id string) bool) (out []i18n.Message) {
	for _, item := range book {
		for _, f := range plan.Fields(item.Kind()) {
			if f.Of == "facility" && is(book.Text(item, &f)) {
				out = append(out, i18n.M("spot.use_entry", item.Kind().Label(), book.Name(item)))
				break
			}
		}
	}
	return out
}

// PlaceRoad is the road that a service place at a point would join.
type PlaceRoad struct {
	Found  bool      // there is a road at all
	At     orb.Point // on it
	Metres float64   // from the point, straight
	Joined bool      // near enough: a place that lies farther off is reached by nobody
	Limit  float64   // metres; how near that is
	Layer  string
	FID    int64
	Name   i18n.Message // in words: by its name or number, and the places that it lies between
}

// Say tells how far the road is.
func (r *PlaceRoad) Say() i18n.Message {
	switch {
	case !r.Found:
		return i18n.M("spot.road_none")
	case !r.Joined:
		return i18n.M("spot.road_far", i18n.Metres(r.Metres), i18n.Metres(r.Limit))
	}
	if !r.Name.IsZero() {
		return i18n.M("spot.road_named", i18n.Metres(r.Metres), r.Name)
	}
	return i18n.M("spot.road", i18n.Metres(r.Metres))
}

// farthestRoad is how far off the nearest road is looked for, in metres.
const farthestRoad = 50_000

// RoadFinder gives the function that finds the road that a place would join: well under a millisecond a call. It is for one goroutine.
func (s *Session) RoadFinder(ctx context.Context) (func(orb.Point) PlaceRoad, error) {
	snapshot, err := s.Snapshot(ctx, nil)
	if err != nil {
		return nil, err
	}
	if snapshot.Roads.Len() == 0 {
		return func(orb.Point) PlaceRoad { return PlaceRoad{} }, nil
	}
	ready, err := s.prepared(ctx, nil)
	if err != nil {
		return nil, err
	}
	names, err := s.roadNamer(ctx, snapshot)
	if err != nil {
		return nil, err
	}
	limit := snapshot.Params.SnapLimit
	return func(at orb.Point) PlaceRoad {
		net := ready.Network()
		j, ok := net.Snap(at, farthestRoad)
		if !ok {
			return PlaceRoad{Limit: limit}
		}
		road := roadOf(net.Roads, int(net.Edges[j.Edge].Road))
		metres := math.Hypot(j.At[0]-at[0], j.At[1]-at[1])
		return PlaceRoad{
			Found: true, At: j.At, Metres: metres, Joined: metres <= limit, Limit: limit, Layer: road.Layer, FID: road.FID,
			Name: names.words("road", road.Layer, road.FID),
		}
	}, nil
}
