package scenario

import (
	"bytes"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
)

// Conflict is two steps of scenarios that were merged that contradict each other. The second was switched off.
type Conflict struct {
	First, Second Step
}

// Merge makes one scenario of two: all their steps since what they have in common, which becomes its parent, those of the first
// before those of the second. A step that both have stands once. A step of the second that contradicts one of the first
// is switched off and told. It gives a Problem where a parent is missing or where both are the same.
func Merge(all []Scenario, a, b Scenario, name string) (Scenario, []Conflict, error) {
	if a.ID == b.ID {
		return Scenario{}, nil, i18n.Errorf("mods.merge_same", a.Name)
	}
	first, err := Chain(all, a)
	if err != nil {
		return Scenario{}, nil, err
	}
	second, err := Chain(all, b)
	if err != nil {
		return Scenario{}, nil, err
	}
	out := Scenario{Name: name}
	shared := 0
	for shared < len(first) && shared < len(second) && first[shared].ID == second[shared].ID {
		out.Parent = first[shared].ID
		shared++
	}
	for _, s := range first[shared:] {
		out.Steps = append(out.Steps, s.Steps...)
	}
	mine := len(out.Steps)
	var conflicts []Conflict
	for _, s := range second[shared:] {
		for _, step := range s.Steps {
			if slices.ContainsFunc(out.Steps[:mine], func(o Step) bool { return o.Off == step.Off && same(o.Modification, step.Modification) }) {
				continue
			}
			i := slices.IndexFunc(out.Steps[:mine], func(o Step) bool { return !o.Off && contradict(o.Modification, step.Modification) })
			if i >= 0 && !step.Off {
				conflicts = append(conflicts, Conflict{out.Steps[i], step})
				step.Off = true
			}
			out.Steps = append(out.Steps, step)
		}
	}
	return out, conflicts, nil
}

// same tells whether two modifications are one.
func same(a, b Modification) bool {
	if a.Kind() != b.Kind() {
		return false
	}
	one, err := Encode(a)
	if err != nil {
		return false
	}
	other, err := Encode(b)
	return err == nil && bytes.Equal(one, other)
}

// contradict tells whether two modifications can't both be meant: they change the same thing, or make two things of one id.
func contradict(a, b Modification) bool {
	if id := IDOf(a); id != "" && id == IDOf(b) {
		return true
	}
	if id := PlaceOf(a); id != "" && id == PlaceOf(b) {
		return a.Kind() == b.Kind() || closes(a) || closes(b) || a.Kind() == KindConvert || b.Kind() == KindConvert
	}
	if road, ok := roadOf(a); ok {
		other, ok := roadOf(b)
		return ok && road == other
	}
	people, ok := peopleOf(a)
	others, also := peopleOf(b)
	return ok && also && people.meets(others)
}

// closes tells whether a modification closes a place.
func closes(m Modification) bool { return m.Kind() == KindClose }

// PlaceOf is the id of the facility that a modification changes, "" where it changes none.
func PlaceOf(m Modification) string {
	switch m := m.(type) {
	case ClosePlace:
		return m.ID
	case MovePlace:
		return m.ID
	case Convert:
		return m.ID
	case AddServices:
		return m.ID
	case SetHours:
		return m.ID
	}
	return ""
}

// roadKey tells roads apart.
type roadKey struct {
	layer string
	fid   int64
}

// roadOf is the road that a modification changes.
func roadOf(m Modification) (roadKey, bool) {
	switch m := m.(type) {
	case CloseRoad:
		return roadKey{strings.ToLower(m.Layer), m.FID}, true
	case ChangeRoad:
		return roadKey{strings.ToLower(m.Layer), m.FID}, true
	case CloseFerry:
		return roadKey{strings.ToLower(m.Layer), m.FID}, true
	}
	return roadKey{}, false
}

// peopleKey is whom a modification of the population is about.
type peopleKey struct {
	ages  *AgeSpan
	every bool // everywhere
	bound orb.Bound
}

// peopleOf is whom a modification is about.
func peopleOf(m Modification) (peopleKey, bool) {
	switch m := m.(type) {
	case ChangePeople:
		return peopleKey{ages: m.Ages, every: len(m.Area) == 0, bound: m.Area.Bound()}, true
	case Forecast:
		k := peopleKey{every: len(m.Areas) == 0}
		for i := range m.Areas {
			if b := m.Areas[i].bound(); i == 0 {
				k.bound = b
			} else {
				k.bound = k.bound.Union(b)
			}
		}
		return k, true
	}
	return peopleKey{}, false
}

// meets tells whether somebody may be meant by both.
func (k peopleKey) meets(o peopleKey) bool {
	if a, b := k.ages, o.ages; a != nil && b != nil && (a.To >= 0 && a.To < b.From || b.To >= 0 && b.To < a.From) {
		return false
	}
	return k.every || o.every || k.bound.Intersects(o.bound)
}
