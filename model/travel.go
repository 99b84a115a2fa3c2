package model

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"

	"nabar/internal/i18n"
)

// Profile is a way of travelling: which roads it may use, which directions hold for it, and how fast it goes. The zero
// value with Factor 1, Motorways and OneWay is the car of the register: see CarProfile.
type Profile struct {
	ID   string `json:"id"`             // unique, lower case: what queries and results name it by
	Name string `json:"name,omitempty"` // "" for the built-in ones, whose name is the translation of "profile.name_"+ID

	Motorways bool      `json:"motorways"`        // may be used
	Barred    []int8    `json:"barred,omitempty"` // road classes 0 to 9 that may not be used; roads without a class are not barred
	Ferries   FerryRule `json:"ferries,omitempty"`
	OneWay    bool      `json:"one_way"` // forbidden directions hold; else all roads may be used both ways, those closed to cars too

	FerrySpeed *float64 `json:"ferry_speed_kmh,omitempty"` // in place of Params.FerrySpeed; nil for that
	FerryWait  *float64 `json:"ferry_wait_s,omitempty"`    // in place of Params.FerryWait; nil for that

	Speed   float64       `json:"speed_kmh,omitempty"` // the same on all roads; 0 for the register's
	Cap     float64       `json:"cap_kmh,omitempty"`   // no faster than this; 0 for no cap
	Factor  float64       `json:"factor"`              // times the speed, after the cap; 1 for as it is
	Classes []ClassFactor `json:"classes,omitempty"`   // times that, on roads of a class

	ConnectorSpeed *float64 `json:"connector_speed_kmh,omitempty"` // in place of Params.ConnectorSpeed; nil for that
}

// ClassFactor makes roads of a class slower, such as in winter.
type ClassFactor struct {
	Class  int8    `json:"class"`
	Factor float64 `json:"factor"`
}

// FerryRule says whether a profile travels by ferry.
type FerryRule string

// The rules of ferries.
const (
	FerriesAsSet  FerryRule = ""       // as Params.FerriesOff says
	FerriesClosed FerryRule = "closed" // never
)

// The ids of the built-in profiles. CarID is what a query without a profile means.
const (
	CarID     = "bil"
	WinterID  = "vinter"
	BicycleID = "cykel"
	WalkingID = "gang"
)

// The speeds of the built-in profiles in km/h, and the winter's part of the speed. docs/method.md names their sources.
const (
	walkingSpeed = 5
	bicycleSpeed = 15
	winterFactor = 0.8
)

// CarProfile is the car as the road register has it.
func CarProfile() Profile { return Profile{ID: CarID, Motorways: true, OneWay: true, Factor: 1} }

// DefaultProfiles are the built-in ways of travelling, the car first.
func DefaultProfiles() []Profile {
	winter := CarProfile()
	winter.ID, winter.Factor = WinterID, winterFactor
	speed := func(v float64) *float64 { return &v }
	return []Profile{
		CarProfile(),
		winter,
		{ID: BicycleID, OneWay: true, Speed: bicycleSpeed, Factor: 1, ConnectorSpeed: speed(bicycleSpeed)},
		{ID: WalkingID, Speed: walkingSpeed, Factor: 1, ConnectorSpeed: speed(walkingSpeed)},
	}
}

// Label is what the profile is called.
func (p Profile) Label() i18n.Message {
	if p.Name != "" {
		return i18n.Plain(p.Name)
	}
	return i18n.M("profile.name_" + p.ID)
}

// IsCar tells whether the profile travels just as the car of the register does, whatever it is called.
func (p *Profile) IsCar() bool {
	if p == nil {
		return true
	}
	car := CarProfile()
	car.ID, car.Name = p.ID, p.Name
	return reflect.DeepEqual(*p, car)
}

// Same tells whether two profiles travel alike, whatever they are called; nil is the car.
func (p *Profile) Same(other *Profile) bool {
	if p.IsCar() || other.IsCar() {
		return p.IsCar() && other.IsCar()
	}
	a, b := *p, *other
	a.ID, a.Name, b.ID, b.Name = "", "", "", ""
	return reflect.DeepEqual(a, b)
}

// Checksum changes with the profile's name and with every rule of it.
func (p Profile) Checksum() string {
	content, _ := json.Marshal(p) // plain data: can't fail
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// Params are the parameters that a network of the profile is built with, where the project has p.
func (p *Profile) Params(of Params) Params {
	if p == nil {
		return of
	}
	of.FerriesOff = of.FerriesOff || p.Ferries == FerriesClosed
	for _, own := range []struct {
		value *float64
		into  *float64
	}{{p.FerrySpeed, &of.FerrySpeed}, {p.FerryWait, &of.FerryWait}, {p.ConnectorSpeed, &of.ConnectorSpeed}} {
		if own.value != nil {
			*own.into = *own.value
		}
	}
	return of
}

// RoadSpeed is the speed in km/h on a road of a class, where the register has a speed or, without one, the default. It is
// never more than what the profile with a factor of 1 and without a cap would give.
func (p *Profile) RoadSpeed(register float64, class int8) float64 {
	if p == nil {
		return register
	}
	v := register
	if p.Speed > 0 {
		v = p.Speed
	}
	if p.Cap > 0 {
		v = min(v, p.Cap)
	}
	v *= p.Factor
	for _, c := range p.Classes {
		if c.Class == class {
			v *= c.Factor
		}
	}
	return v
}

// Bars tells whether the profile may not use a road, directions apart.
func (p *Profile) Bars(class int8, flags RoadFlags) bool {
	if p == nil {
		return false
	}
	return !p.Motorways && flags&Motorway != 0 || flags&Ferry == 0 && slices.Contains(p.Barred, class)
}

// Directions are a road's flags as they hold for the profile. A road that is not there is there for nobody.
func (p *Profile) Directions(flags RoadFlags) RoadFlags {
	if p == nil || p.OneWay || flags&Gone != 0 {
		return flags
	}
	return flags &^ (ForbiddenForward | ForbiddenBackward)
}

const (
	leastSpeed, mostSpeed   = 0.5, 250 // km/h
	leastFactor, mostFactor = 0.01, 2
	mostWait                = 24 * 3600 // s
)

// Check refuses a profile that makes no sense, with a Problem that says what is wrong.
func (p Profile) Check() error {
	name := p.Label()
	if strings.TrimSpace(p.ID) == "" || p.ID != strings.ToLower(p.ID) || strings.ContainsAny(p.ID, " \t\n,") {
		return i18n.Errorf("profile.bad_id", p.ID)
	}
	within := func(v *float64, low, high float64) bool { return v == nil || *v >= low && *v <= high }
	optional := func(v float64) bool { return v == 0 || v >= leastSpeed && v <= mostSpeed }
	switch {
	case !optional(p.Speed), !optional(p.Cap), !within(p.FerrySpeed, leastSpeed, mostSpeed):
		return i18n.Errorf("profile.bad_speed", name, leastSpeed, mostSpeed)
	case p.ConnectorSpeed != nil && !optional(*p.ConnectorSpeed):
		return i18n.Errorf("profile.bad_speed", name, leastSpeed, mostSpeed)
	case !within(p.FerryWait, 0, mostWait):
		return i18n.Errorf("profile.bad_wait", name)
	case p.Ferries != FerriesAsSet && p.Ferries != FerriesClosed:
		return i18n.Errorf("profile.bad_ferries", name, string(p.Ferries))
	}
	factors := append([]ClassFactor{{Factor: p.Factor}}, p.Classes...)
	for _, c := range factors {
		if !within(&c.Factor, leastFactor, mostFactor) {
			return i18n.Errorf("profile.bad_factor", name, i18n.Share(leastFactor), i18n.Share(mostFactor))
		}
	}
	classes := slices.Clone(p.Barred)
	for _, c := range p.Classes {
		classes = append(classes, c.Class)
	}
	if slices.ContainsFunc(classes, func(c int8) bool { return c < 0 || c > 9 }) {
		return i18n.Errorf("profile.bad_class", name)
	}
	return nil
}

// Tidy puts what has no order in order, so that equal profiles have equal checksums.
func (p Profile) Tidy() Profile {
	p.ID, p.Name = strings.ToLower(strings.TrimSpace(p.ID)), strings.Join(strings.Fields(p.Name), " ")
	p.Barred = slices.Compact(slices.Sorted(slices.Values(p.Barred)))
	p.Classes = slices.DeleteFunc(slices.Clone(p.Classes), func(c ClassFactor) bool { return c.Factor == 1 })
	slices.SortFunc(p.Classes, func(a, b ClassFactor) int {
		return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(a.Factor, b.Factor))
	})
	if len(p.Barred) == 0 {
		p.Barred = nil
	}
	if len(p.Classes) == 0 {
		p.Classes = nil
	}
	p.Factor = math.Round(p.Factor*1e6) / 1e6
	return p
}

// FindProfile gives the profile of an id or a name, in any case; the name as a printer writes it.
func FindProfile(all []Profile, text string, printer *i18n.Printer) (Profile, bool) {
	text = strings.TrimSpace(text)
	i := slices.IndexFunc(all, func(p Profile) bool { return strings.EqualFold(p.ID, text) })
	if i < 0 {
		i = slices.IndexFunc(all, func(p Profile) bool { return strings.EqualFold(printer.Text(p.Label()), text) })
	}
	if i < 0 {
		return Profile{}, false
	}
	return all[i], true
}
