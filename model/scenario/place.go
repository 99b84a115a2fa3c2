package scenario

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// ClosePlace closes one facility. Others under the same roof have ids of their own and stay.
type ClosePlace struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"` // what it was called when the step was made
}

// OpenPlace opens a new place with one facility for each service type. The first has the place's id, each further one
// the id, a slash and its type.
type OpenPlace struct {
	ID    string    `json:"id"`
	Types []string  `json:"types"` // ServiceType.ID
	At    orb.Point `json:"at"`    // SWEREF 99 TM
	Name  string    `json:"name,omitempty"`
}

// MovePlace moves one facility to another position. It keeps its id.
type MovePlace struct {
	ID   string    `json:"id"`
	At   orb.Point `json:"at"`
	Name string    `json:"name,omitempty"`
}

// Convert makes something else of one facility: it gets the first of the service types and keeps its id, and each
// further type becomes a facility beside it, with the id, a slash and the type.
type Convert struct {
	ID    string   `json:"id"`
	Types []string `json:"types"`
	Name  string   `json:"name,omitempty"`
	Form  string   `json:"form,omitempty"` // of what it becomes: "Apoteksombud"
}

// Kind implements Modification.
func (ClosePlace) Kind() Kind { return KindClose }

// Kind implements Modification.
func (OpenPlace) Kind() Kind { return KindOpen }

// Kind implements Modification.
func (MovePlace) Kind() Kind { return KindMove }

// Kind implements Modification.
func (Convert) Kind() Kind { return KindConvert }

// Describe implements Modification.
func (m ClosePlace) Describe([]model.ServiceType) i18n.Message {
	return i18n.M("scenario.close", known(m.Name, m.ID))
}

// Describe implements Modification.
func (m OpenPlace) Describe(types []model.ServiceType) i18n.Message {
	if m.Name != "" {
		return i18n.M("scenario.open_named", m.Name, typeList(types, m.Types), position(m.At))
	}
	return i18n.M("scenario.open", typeList(types, m.Types), position(m.At))
}

// Describe implements Modification.
func (m MovePlace) Describe([]model.ServiceType) i18n.Message {
	return i18n.M("scenario.move", known(m.Name, m.ID), position(m.At))
}

// Describe implements Modification.
func (m Convert) Describe(types []model.ServiceType) i18n.Message {
	return i18n.M("scenario.convert", known(m.Name, m.ID), formed(typeList(types, m.Types), m.Form))
}

// label is what an opened place is called: its name, or its id where it was given none.
func (m OpenPlace) label() string { return known(m.Name, m.ID) }

// labels are what the facilities are called, by id.
func (m OpenPlace) labels() map[string]string {
	out := map[string]string{}
	for i, t := range m.Types {
		out[partID(m.ID, t, i)] = m.label()
	}
	return out
}

func (m OpenPlace) id() string { return m.ID }

func (m OpenPlace) withID(id string) Modification {
	m.ID = id
	return m
}

// position writes a point as maps do.
func position(at orb.Point) i18n.Message {
	return i18n.M("scenario.position", whole(at[1]), whole(at[0]))
}

// whole rounds a coordinate to the metre. One that is no number is written as 0; Resolve refuses it.
func whole(v float64) int64 {
	if math.IsNaN(v) || math.Abs(v) > 1e12 {
		return 0
	}
	return int64(math.Round(v))
}

// typeList writes service types as words in a sentence: "apotek och post".
func typeList(types []model.ServiceType, ids []string) i18n.Message {
	words := make([]i18n.Message, len(ids))
	for i, id := range ids {
		words[i] = TypeWord(types, id)
	}
	return Sentence(words)
}

// TypeWord is a service type as a word inside a sentence.
func TypeWord(types []model.ServiceType, id string) i18n.Message {
	for _, t := range types {
		if t.ID == id && t.Name != "" {
			return i18n.Plain(t.Name)
		}
	}
	if slices.ContainsFunc(model.DefaultServiceTypes(), func(t model.ServiceType) bool { return t.ID == id }) {
		return i18n.M("scenario.type_" + id)
	}
	return i18n.Plain(id)
}

// Sentence joins the parts of a sentence: "a, b och c".
func Sentence(parts []i18n.Message) i18n.Message {
	return join(parts, "scenario.list_comma", "scenario.list_and")
}

// join makes one message of several: between the last two stands one key, between the others another.
func join(parts []i18n.Message, between, last string) i18n.Message {
	switch len(parts) {
	case 0:
		return i18n.Plain("")
	case 1:
		return parts[0]
	}
	out := parts[0]
	for _, p := range parts[1 : len(parts)-1] {
		out = i18n.M(between, out, p)
	}
	return i18n.M(last, out, parts[len(parts)-1])
}

// modify takes the facility away.
func (m ClosePlace) modify(d *draft) {
	if i, ok := d.find(m.ID, m.Name); ok {
		d.remove(i)
	}
}

// modify puts the facilities of a new place in.
func (m OpenPlace) modify(d *draft) {
	good := d.checkTypes(m.Types)
	good = d.checkPosition(m.At) && good
	for i, t := range m.Types {
		f := model.Facility{ID: partID(m.ID, t, i), Name: m.label(), Type: t, At: m.At}
		d.add(f, good)
	}
}

// modify moves the facility.
func (m MovePlace) modify(d *draft) {
	good := d.checkPosition(m.At)
	if i, ok := d.find(m.ID, m.Name); ok && good {
		d.facilities()[i].At = m.At
	}
}

// modify gives the facility its new types. What the source says of its form and range held for the old type.
func (m Convert) modify(d *draft) {
	good := d.checkTypes(m.Types)
	i, ok := d.find(m.ID, m.Name)
	if !ok {
		return
	}
	if !good {
		return
	}
	was := d.facilities()[i]
	for k, t := range m.Types {
		f := was
		if t != was.Type {
			f.Type, f.Form, f.FullRange = t, m.Form, false
		}
		if k == 0 {
			d.facilities()[i] = f
			continue
		}
		f.ID, f.Layer, f.FID = partID(m.ID, t, k), "", 0
		d.add(f, true)
	}
}

// partID is the id of the facility for the type with an index at a place with several.
func partID(id, service string, index int) string {
	if index == 0 {
		return id
	}
	return id + "/" + service
}
