package scenario

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
)

// Baseline is the name of what every scenario begins with: the project as it is.
const Baseline = "nuläge"

// Scenario is a named list of modifications of its parent.
type Scenario struct {
	ID     int64  // given by the project; 0 for one that it does not hold yet
	Name   string // unique in the project, whatever the case
	Parent int64  // ID of the scenario that this one changes; 0 for the baseline
	Steps  []Step // in the order in which they are made
}

// Step is one modification, which can be switched off without being lost.
type Step struct {
	Modification
	Off bool
}

// Modification is one change. The kinds below are all there are.
type Modification interface {
	// Kind is the word that the modification is stored under.
	Kind() Kind
	// Describe is the modification in one line, for the service types of a project.
	Describe(types []model.ServiceType) i18n.Message

	modify(d *draft)
}

// Kind names a sort of modification.
type Kind string

// The kinds, as projects store them.
const (
	KindClose     Kind = "close"
	KindOpen      Kind = "open"
	KindMove      Kind = "move"
	KindConvert   Kind = "convert"
	KindCloseRoad Kind = "close_road"
	KindFerries   Kind = "ferries_off"
	KindPeople    Kind = "people"

	KindServices   Kind = "services"    // AddServices
	KindHours      Kind = "hours"       // SetHours
	KindLocker     Kind = "locker"      // ParcelLocker
	KindMobile     Kind = "mobile"      // MobileShop
	KindDelivery   Kind = "delivery"    // DeliveryZone
	KindRoad       Kind = "road"        // ChangeRoad
	KindNewRoad    Kind = "new_road"    // NewRoad
	KindCloseFerry Kind = "close_ferry" // CloseFerry
	KindHousing    Kind = "housing"     // AddPeople
	KindForecast   Kind = "forecast"    // Forecast
)

// IsBaseline tells whether a name means the project as it is: "nuläge" in any case, without its dots or in English, or
// nothing at all.
func IsBaseline(name string) bool {
	name = strings.TrimSpace(name)
	return name == "" || slices.ContainsFunc([]string{Baseline, "nulage", "baseline"}, func(word string) bool {
		return strings.EqualFold(word, name)
	})
}

// Find gives the scenario of a name, in any case.
func Find(all []Scenario, name string) (Scenario, bool) {
	i := slices.IndexFunc(all, func(s Scenario) bool { return strings.EqualFold(s.Name, strings.TrimSpace(name)) })
	if i < 0 {
		return Scenario{}, false
	}
	return all[i], true
}

// Children are the names of the scenarios that change the one with an ID.
func Children(all []Scenario, id int64) []string {
	var names []string
	for _, s := range all {
		if s.Parent == id {
			names = append(names, s.Name)
		}
	}
	return names
}

// Chain lists a scenario's ancestors from the first that changes the baseline, and the scenario itself last. It gives a
// Problem where a parent is missing or where the parents go in a circle.
func Chain(all []Scenario, s Scenario) ([]Scenario, error) {
	chain := []Scenario{s}
	for at := s; at.Parent != 0; {
		i := slices.IndexFunc(all, func(o Scenario) bool { return o.ID == at.Parent })
		if i < 0 {
			return nil, i18n.Errorf("scenario.no_parent", at.Name)
		}
		at = all[i]
		if slices.ContainsFunc(chain, func(o Scenario) bool { return o.ID == at.ID }) {
			return nil, i18n.Errorf("scenario.circle", s.Name, at.Name)
		}
		chain = append(chain, at)
	}
	slices.Reverse(chain)
	return chain, nil
}

// Checksum tells whether two chains mean the same: it changes with the scenario's name and with every step that is
// switched on, in it and in its parents, and with nothing else.
func Checksum(chain []Scenario) (string, error) {
	sum := sha256.New()
	for i, s := range chain {
		if i == len(chain)-1 {
			sum.Write([]byte(s.Name))
		}
		for _, step := range s.Steps {
			if step.Off {
				continue
			}
			content, err := json.Marshal(step.Modification)
			if err != nil {
				return "", err
			}
			sum.Write([]byte("\n" + string(step.Kind()) + " "))
			sum.Write(content)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// ParamsOf are the parameters that a chain computes with, where the project has p.
func ParamsOf(chain []Scenario, p model.Params) model.Params {
	for _, s := range chain {
		for _, step := range s.Steps {
			if step.Kind() == KindFerries && !step.Off {
				p.FerriesOff = true
			}
		}
	}
	return p
}

// maker is a modification that makes something with an id of its own, which later steps may refer to.
type maker interface {
	Modification
	id() string
	withID(id string) Modification
}

// IDOf is the id of what a modification makes, "" for one that makes nothing.
func IDOf(m Modification) string {
	if made, ok := m.(maker); ok {
		return made.id()
	}
	return ""
}

// WithoutID is a modification as it was before it was given an id, to be put into another scenario.
func WithoutID(m Modification) Modification {
	if made, ok := m.(maker); ok {
		return made.withID("")
	}
	return m
}

// WithIDOf is a modification with the id of another of its kind, where that has one.
func WithIDOf(m, old Modification) Modification {
	if made, ok := m.(maker); ok && m.Kind() == old.Kind() {
		return made.withID(IDOf(old))
	}
	return m
}

// WithIDs gives what the scenario makes an id where it has none: the scenario's name and a number. taken tells which ids
// are in use. An id is given once and stays, so that a new name of the scenario breaks nothing.
func (s Scenario) WithIDs(taken func(id string) bool) Scenario {
	s.Steps = slices.Clone(s.Steps)
	used := map[string]bool{}
	for _, step := range s.Steps {
		used[IDOf(step.Modification)] = true
	}
	number := 0
	for i, step := range s.Steps {
		made, ok := step.Modification.(maker)
		if !ok || made.id() != "" {
			continue
		}
		id := ""
		for id == "" || used[id] || taken(id) {
			number++
			id = s.Name + "+" + strconv.Itoa(number)
		}
		used[id] = true
		s.Steps[i].Modification = made.withID(id)
	}
	return s
}

// WithNames writes into steps that name no facility what it is called in a snapshot, so that a step says what it is
// about even when the facility is gone. Places that earlier steps of the chain open are known too.
func (s Scenario) WithNames(base *model.Snapshot, parents []Scenario) Scenario {
	names := map[string]string{}
	for i := range base.Facilities {
		names[base.Facilities[i].ID] = base.Facilities[i].Name
	}
	s.Steps = slices.Clone(s.Steps)
	for _, of := range append(slices.Clone(parents), s) {
		for _, step := range of.Steps {
			if m, ok := step.Modification.(interface{ labels() map[string]string }); ok {
				maps.Copy(names, m.labels())
			}
		}
	}
	for i, step := range s.Steps {
		s.Steps[i].Modification = named(step.Modification, names)
	}
	return s
}

// named is a modification that tells what the facility it changes is called.
func named(m Modification, names map[string]string) Modification {
	switch m := m.(type) {
	case ClosePlace:
		m.Name = known(m.Name, names[m.ID])
		return m
	case MovePlace:
		m.Name = known(m.Name, names[m.ID])
		return m
	case Convert:
		m.Name = known(m.Name, names[m.ID])
		return m
	case AddServices:
		m.Name = known(m.Name, names[m.ID])
		return m
	case SetHours:
		m.Name = known(m.Name, names[m.ID])
		return m
	}
	return m
}

// known is the first of two names that says something.
func known(name, other string) string {
	if name == "" {
		return other
	}
	return name
}
