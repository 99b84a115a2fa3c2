package scenario

import (
	"slices"
	"strconv"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"nabar/internal/i18n"
	"nabar/model"
)

// MobileShop is a shop on wheels. Each stop is a service place with its days a week, for each of the service types; all
// stops are one place together, so that one is no alternative to another. The facilities have the id, a full stop and the
// number of the stop, from 1, and for the second and further types a slash and the type.
type MobileShop struct {
	ID    string   `json:"id"`
	Name  string   `json:"name,omitempty"`
	Types []string `json:"types"` // ServiceType.ID
	Stops []Stop   `json:"stops"`
}

// Stop is where a mobile shop halts.
type Stop struct {
	At    orb.Point `json:"at"` // SWEREF 99 TM
	Name  string    `json:"name,omitempty"`
	Days  []int     `json:"days"` // of the week: 1 for Monday to 7 for Sunday, ascending
	Hours string    `json:"hours,omitempty"`
}

// DeliveryZone is an area within which goods of some service types are brought home. It shortens nobody's way: the people who
// live there are told apart as served at home, and stay in all figures of distance as they are.
type DeliveryZone struct {
	ID    string           `json:"id"`
	Types []string         `json:"types"`
	Area  orb.MultiPolygon `json:"area"`
	Where string           `json:"where,omitempty"` // what the area is called
	Days  int              `json:"days,omitempty"`  // a week, 1 to 7; 0 for not told
}

// mobileForm is the form of a mobile shop's stops.
const mobileForm = "Butiksbuss"

// Kind implements Modification.
func (MobileShop) Kind() Kind { return KindMobile }

// Kind implements Modification.
func (DeliveryZone) Kind() Kind { return KindDelivery }

// Describe implements Modification.
func (m MobileShop) Describe(types []model.ServiceType) i18n.Message {
	least, most := 7, 0
	for _, s := range m.Stops {
		least, most = min(least, len(s.Days)), max(most, len(s.Days))
	}
	days := i18n.M("mods.days", most)
	if least < most {
		days = i18n.M("mods.days_between", least, most)
	}
	return i18n.M("mods.mobile", known(m.Name, m.ID), typeList(types, m.Types), len(m.Stops), days)
}

// Describe implements Modification.
func (m DeliveryZone) Describe(types []model.ServiceType) i18n.Message {
	where := i18n.M("scenario.people_area")
	if m.Where != "" {
		where = i18n.M("mods.people_in", m.Where)
	}
	if m.Days > 0 {
		return i18n.M("mods.delivery_days", typeList(types, m.Types), where, i18n.M("mods.days", m.Days))
	}
	return i18n.M("mods.delivery", typeList(types, m.Types), where)
}

func (m MobileShop) id() string { return m.ID }

func (m MobileShop) withID(id string) Modification {
	m.ID = id
	return m
}

func (m DeliveryZone) id() string { return m.ID }

func (m DeliveryZone) withID(id string) Modification {
	m.ID = id
	return m
}

// stopID is the id of the facility for a type at a stop.
func (m MobileShop) stopID(stop, kind int) string {
	return partID(m.ID+"."+strconv.Itoa(stop+1), m.Types[kind], kind)
}

// stopName is what a stop is called: the shop's name and its own.
func (m MobileShop) stopName(stop int) string {
	if name := m.Stops[stop].Name; name != "" {
		return known(m.Name, m.ID) + ", " + name
	}
	return known(m.Name, m.ID) + " " + strconv.Itoa(stop+1)
}

// labels are what the facilities are called, by id.
func (m MobileShop) labels() map[string]string {
	out := map[string]string{}
	for s := range m.Stops {
		for k := range m.Types {
			out[m.stopID(s, k)] = m.stopName(s)
		}
	}
	return out
}

// modify puts a facility in for every stop and type.
func (m MobileShop) modify(d *draft) {
	good := d.checkTypes(m.Types)
	if len(m.Stops) == 0 {
		d.fault(i18n.M("mods.fault_no_stops"))
	}
	for s, stop := range m.Stops {
		sound := d.checkPosition(stop.At)
		if !soundDays(stop.Days) {
			d.fault(i18n.M("mods.fault_days", m.stopName(s)))
			sound = false
		}
		for k, t := range m.Types {
			d.add(model.Facility{
				ID: m.stopID(s, k), Name: m.stopName(s), Type: t, Form: mobileForm, At: stop.At,
				Hours: stop.Hours, Staffed: true, Days: len(stop.Days), Vehicle: m.ID,
			}, good && sound)
		}
	}
}

// soundDays tells whether days are those of a week, each once and in order.
func soundDays(days []int) bool {
	for i, day := range days {
		if day < 1 || day > 7 || i > 0 && day <= days[i-1] {
			return false
		}
	}
	return len(days) > 0
}

// modify notes where goods are brought home.
func (m DeliveryZone) modify(d *draft) {
	good := d.checkTypes(m.Types)
	if m.Days < 0 || m.Days > 7 {
		d.fault(i18n.M("mods.fault_week"))
		good = false
	}
	bound := m.Area.Bound()
	if !slices.ContainsFunc(d.out.Cells, func(c model.Cell) bool {
		return len(m.Area) > 0 && bound.Contains(c.Centre) && planar.MultiPolygonContains(m.Area, c.Centre)
	}) {
		d.fault(i18n.M("scenario.fault_area"))
		good = false
	}
	if !good {
		return
	}
	zones := slices.Clone(d.out.Deliveries)
	at, _ := slices.BinarySearchFunc(zones, m.ID, func(z model.Delivery, id string) int { return compareIDs(z.ID, id) })
	d.out.Deliveries = slices.Insert(zones, at, model.Delivery{ID: m.ID, Name: m.Where, Types: m.Types, Area: m.Area, Days: m.Days})
	d.zones = true
}
