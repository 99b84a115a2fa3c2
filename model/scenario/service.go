package scenario

import (
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// AddServices gives a place more services and keeps those that it has: a pharmacy point at the shop. Each type becomes a
// facility beside the one that is named, with its id, a slash and the type.
type AddServices struct {
	ID    string   `json:"id"`
	Types []string `json:"types"`
	Form  string   `json:"form,omitempty"` // of what is added: "Apoteksombud"
	Name  string   `json:"name,omitempty"`
}

// SetHours changes when a facility is open and whether it is staffed. It changes no distance, but what is told of the place
// and what rules of support say.
type SetHours struct {
	ID      string `json:"id"`
	Hours   string `json:"hours,omitempty"`   // "" leaves them as they are
	Staffed *bool  `json:"staffed,omitempty"` // nil leaves it as it is
	Name    string `json:"name,omitempty"`
}

// ParcelLocker puts up a parcel locker: an unstaffed place for post and parcels.
type ParcelLocker struct {
	ID   string    `json:"id"`
	At   orb.Point `json:"at"` // SWEREF 99 TM
	Name string    `json:"name,omitempty"`
}

// What parcel lockers are to sources and rules: a form that role and support know, and the service type.
const (
	lockerForm = "Paketautomat"
	lockerType = "post"
)

// Kind implements Modification.
func (AddServices) Kind() Kind { return KindServices }

// Kind implements Modification.
func (SetHours) Kind() Kind { return KindHours }

// Kind implements Modification.
func (ParcelLocker) Kind() Kind { return KindLocker }

// Describe implements Modification.
func (m AddServices) Describe(types []model.ServiceType) i18n.Message {
	return i18n.M("mods.services", known(m.Name, m.ID), formed(typeList(types, m.Types), m.Form))
}

// formed adds what form services have: "apotek (Apoteksombud)".
func formed(types i18n.Message, form string) i18n.Message {
	if form == "" {
		return types
	}
	return i18n.M("mods.formed", types, form)
}

// Describe implements Modification.
func (m SetHours) Describe([]model.ServiceType) i18n.Message {
	name := known(m.Name, m.ID)
	staff := i18n.M("mods.unstaffed")
	if m.Staffed != nil && *m.Staffed {
		staff = i18n.M("mods.staffed")
	}
	switch {
	case m.Staffed == nil:
		return i18n.M("mods.hours", name, m.Hours)
	case m.Hours == "":
		return i18n.M("mods.staff", name, staff)
	}
	return i18n.M("mods.hours_staff", name, m.Hours, staff)
}

// Describe implements Modification.
func (m ParcelLocker) Describe([]model.ServiceType) i18n.Message {
	if m.Name != "" {
		return i18n.M("mods.locker_named", m.Name, position(m.At))
	}
	return i18n.M("mods.locker", position(m.At))
}

func (m ParcelLocker) id() string { return m.ID }

func (m ParcelLocker) withID(id string) Modification {
	m.ID = id
	return m
}

// labels are what the facility is called.
func (m ParcelLocker) labels() map[string]string { return map[string]string{m.ID: known(m.Name, m.ID)} }

// labels are what the added facilities are called, by id.
func (m AddServices) labels() map[string]string {
	out := map[string]string{}
	if m.Name != "" {
		for _, t := range m.Types {
			out[m.ID+"/"+t] = m.Name
		}
	}
	return out
}

// modify puts the facilities in. What the source says of form and range holds for the service that was there.
func (m AddServices) modify(d *draft) {
	good := d.checkTypes(m.Types)
	i, ok := d.find(m.ID, m.Name)
	if !ok {
		return
	}
	was := d.out.Facilities[i]
	if slices.Contains(m.Types, was.Type) {
		d.fault(i18n.M("mods.fault_has", TypeWord(d.out.Types, was.Type)))
		good = false
	}
	for _, t := range m.Types {
		f := was
		f.ID, f.Layer, f.FID, f.Type, f.Form, f.FullRange, f.RangeTold = m.ID+"/"+t, "", 0, t, m.Form, false, false
		d.add(f, good)
	}
}

// modify changes the facility.
func (m SetHours) modify(d *draft) {
	i, ok := d.find(m.ID, m.Name)
	if m.Staffed == nil && strings.TrimSpace(m.Hours) == "" {
		d.fault(i18n.M("mods.fault_hours"))
		return
	}
	if !ok {
		return
	}
	f := &d.facilities()[i]
	if m.Hours != "" {
		f.Hours = m.Hours
	}
	if m.Staffed != nil {
		f.Staffed = *m.Staffed
	}
}

// modify puts the locker up.
func (m ParcelLocker) modify(d *draft) {
	good := d.checkTypes([]string{lockerType})
	good = d.checkPosition(m.At) && good
	d.add(model.Facility{ID: m.ID, Name: known(m.Name, m.ID), Type: lockerType, Form: lockerForm, At: m.At}, good)
}
