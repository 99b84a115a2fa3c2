package session

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
)

// robustPercent is by how many per cent people are varied.
const robustPercent = 10

// trialAreas is how many areas are varied at most, those with the most people.
const trialAreas = 8

// trial is one set of circumstances that figures are tried under.
type trial struct {
	model.Trial
	prepare func(context.Context) (*access.Prepared, model.Query, error)
}

// trials are the circumstances that a query is tried under: the winter's speeds, ten per cent more and fewer people everywhere, in
// one age group at a time and in one area at a time, and staffed places alone. What makes no difference is left out: the
// winter where the query is by it already, ages that the squares don't tell or that cut through their classes, staffed places
// where all are.
func (s *Session) trials(ctx context.Context, ready engine, q model.Query) ([]trial, error) {
	var out []trial
	usual := ready.query(q)
	if usual.Profile == "" {
		out = append(out, trial{model.Trial{ID: model.TrialWinter}, func(ctx context.Context) (*access.Prepared, model.Query, error) {
			winter := q
			winter.Profile = model.WinterID
			cold, err := s.ready(ctx, winter, nil)
			if err != nil {
				return nil, winter, err
			}
			return cold.Prepared, cold.query(winter), nil
		}})
	}
	derive := func(t model.Trial, changed *model.Snapshot) {
		out = append(out, trial{t, func(ctx context.Context) (*access.Prepared, model.Query, error) {
			p, err := ready.Derive(ctx, changed, nil)
			return p, usual, err
		}})
	}
	changes, err := s.peopleTrials(ctx, ready.snapshot)
	if err != nil {
		return nil, err
	}
	for _, c := range changes {
		changed, err := scenario.Apply(ready.snapshot, []scenario.Scenario{{Steps: stepsOf([]scenario.Modification{c.change})}})
		if err == nil { // there are such people
			derive(c.Trial, changed)
		}
	}
	unstaffed := func(f model.Facility) bool { return f.Type == q.Service && !f.Staffed }
	if slices.ContainsFunc(ready.snapshot.Facilities, unstaffed) {
		staffed := *ready.snapshot
		staffed.Facilities = slices.DeleteFunc(slices.Clone(ready.snapshot.Facilities), unstaffed)
		derive(model.Trial{ID: model.TrialStaffed}, &staffed)
	}
	for i := range out {
		if out[i].Varied.IsZero() {
			out[i].Varied = i18n.M("prep.trial." + out[i].ID)
		}
	}
	return out, nil
}

// peopleTrial is one change of the people.
type peopleTrial struct {
	model.Trial
	change scenario.ChangePeople
}

// trialAges are the ages that are varied one at a time: the young, those of working age, the old.
var trialAges = []scenario.AgeSpan{{From: 0, To: 19}, {From: 20, To: 64}, {From: 65, To: -1}}

// peopleTrials are the changes of the people, everywhere and in parts.
func (s *Session) peopleTrials(ctx context.Context, snapshot *model.Snapshot) ([]peopleTrial, error) {
	var out []peopleTrial
	add := func(kind, id string, who i18n.Message, change scenario.ChangePeople) {
		for _, sign := range []float64{1, -1} {
			name, key := model.TrialMore, "more.trial.more"
			if sign < 0 {
				name, key = model.TrialFewer, "more.trial.fewer"
			}
			t := model.Trial{ID: name, Kind: kind}
			if id != "" {
				t.ID, t.Varied = name+" "+id, i18n.M(key, who)
			}
			change.Percent = sign * robustPercent
			out = append(out, peopleTrial{t, change})
		}
	}
	add("", "", i18n.Message{}, scenario.ChangePeople{})
	for _, ages := range trialAges {
		id := strconv.Itoa(ages.From) + "-"
		if ages.To >= 0 {
			id += strconv.Itoa(ages.To)
		}
		add(model.TrialAges, id, ageWords(ages), scenario.ChangePeople{Ages: &ages})
	}
	areas, err := s.trialAreas(ctx, snapshot)
	for _, a := range areas {
		words := i18n.M("more.trial.in", a.Name)
		if key := "more.half." + a.ID; s.Printer().Has(key) {
			words = i18n.M(key)
		}
		add(model.TrialAreas, a.ID, words, scenario.ChangePeople{Area: a.Shape, Where: a.Name})
	}
	return out, err
}

// ageWords says who is in a span of ages.
func ageWords(a scenario.AgeSpan) i18n.Message {
	if a.To < 0 {
		return i18n.M("more.trial.old", a.From)
	}
	return i18n.M("more.trial.ages", a.From, a.To)
}

// trialAreas are the areas with the most people of the first layer of areas, or, without one, the halves of the kommun.
func (s *Session) trialAreas(ctx context.Context, snapshot *model.Snapshot) ([]model.Area, error) {
	layers, err := s.AreaLayers(ctx)
	if err != nil || len(layers) == 0 {
		return halves(snapshot), err
	}
	people := map[string]int{}
	for _, a := range layers[0].Areas {
		bound := a.Shape.Bound()
		for i := range snapshot.Cells {
			if c := &snapshot.Cells[i]; c.Inside && bound.Contains(c.Centre) && planar.MultiPolygonContains(a.Shape, c.Centre) {
				people[a.ID] += c.People
			}
		}
	}
	areas := slices.DeleteFunc(slices.Clone(layers[0].Areas), func(a model.Area) bool { return people[a.ID] == 0 })
	slices.SortStableFunc(areas, func(a, b model.Area) int { return cmp.Compare(people[b.ID], people[a.ID]) })
	return areas[:min(trialAreas, len(areas))], nil
}

// halves are the northern, southern, western and eastern half of the kommun, each with half of the people.
func halves(snapshot *model.Snapshot) []model.Area {
	var box orb.Bound
	var cells []*model.Cell
	total := 0
	for i := range snapshot.Cells {
		c := &snapshot.Cells[i]
		if !c.Inside || c.People <= 0 {
			continue
		}
		if cells == nil {
			box = c.Centre.Bound()
		}
		box = box.Extend(c.Centre)
		cells, total = append(cells, c), total+c.People
	}
	if len(cells) < 2 {
		return nil
	}
	middle := func(axis int) float64 {
		order := slices.Clone(cells)
		slices.SortStableFunc(order, func(a, b *model.Cell) int { return cmp.Compare(a.Centre[axis], b.Centre[axis]) })
		sum := 0
		for _, c := range order {
			if sum += c.People; 2*sum >= total {
				return c.Centre[axis] + 0.5 // between two squares
			}
		}
		return box.Max[axis]
	}
	box = box.Pad(1)
	half := func(id string, cut func(b *orb.Bound)) model.Area {
		b := box
		cut(&b)
		return model.Area{ID: id, Name: id, Shape: orb.MultiPolygon{b.ToPolygon()}}
	}
	e, n := middle(0), middle(1)
	all := []model.Area{
		half("north", func(b *orb.Bound) { b.Min[1] = n }), half("south", func(b *orb.Bound) { b.Max[1] = n }),
		half("west", func(b *orb.Bound) { b.Max[0] = e }), half("east", func(b *orb.Bound) { b.Min[0] = e }),
	}
	return slices.DeleteFunc(all, func(a model.Area) bool { // where all live on one line a half has everybody or nobody
		people := 0
		for _, c := range cells {
			if a.Shape.Bound().Contains(c.Centre) {
				people += c.People
			}
		}
		return people == 0 || people == total
	})
}

// VariedWords says in a few words what trials vary: those of ages and areas are one each.
func VariedWords[T interface{ Told() model.Trial }](trials []T) []i18n.Message {
	var out []i18n.Message
	seen := map[string]bool{}
	for _, one := range trials {
		t := one.Told()
		switch {
		case t.Kind == "":
			out = append(out, t.Varied)
		case !seen[t.Kind]:
			seen[t.Kind] = true
			out = append(out, i18n.M("more.trial.each_"+t.Kind))
		}
	}
	return out
}
