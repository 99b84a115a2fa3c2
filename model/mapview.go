package model

import "github.com/paulmach/orb"

// MapView is a view of the map that is kept by a name: what part of the world, and what is shown of it.
type MapView struct {
	Name      string     `json:"name"`
	Bounds    [4]float64 `json:"bounds"` // least E and N, greatest E and N, SWEREF 99 TM
	Service   string     `json:"service,omitempty"`
	Impedance Impedance  `json:"impedance,omitempty"`
	Scenario  string     `json:"scenario,omitempty"`
	Profile   string     `json:"profile,omitempty"`
	Date      string     `json:"date,omitempty"`
	Demand    string     `json:"demand,omitempty"`
}

// NewMapView keeps a part of the world and what a query asks for.
func NewMapView(name string, b orb.Bound, q Query) MapView {
	return MapView{
		Name: name, Bounds: [4]float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}, Service: q.Service, Impedance: q.Impedance,
		Scenario: q.Scenario, Profile: q.Profile, Date: q.Date, Demand: q.Demand,
	}
}

// Bound is the part of the world that the view shows.
func (v MapView) Bound() orb.Bound {
	return orb.Bound{Min: orb.Point{v.Bounds[0], v.Bounds[1]}, Max: orb.Point{v.Bounds[2], v.Bounds[3]}}
}

// Query is what the view shows.
func (v MapView) Query() Query {
	return Query{Service: v.Service, Impedance: v.Impedance, Scenario: v.Scenario, Profile: v.Profile, Date: v.Date, Demand: v.Demand}
}
