package model

import "nabar/internal/i18n"

// AreaProfile tells of an area: who lives there, what is there, and how far those who live there have to each service.
type AreaProfile struct {
	Area      Area
	Query     Query   // measure, limits and scenario; no service type
	Square    float64 // m², as drawn
	People    int     // in the squares of the kommun whose centre lies in the area
	Kommun    int     // people in all of the kommun
	Beyond    int     // people of squares in the area that lie beyond the border; they are not counted
	Groups    []Headcount
	Places    []Facility // open in the area, by type and id
	Services  []AreaService
	Remarks   []i18n.Message
	Params    Params
	Inputs    []InputRef
	Divisions []Division // the layer that the area is of; nil for one that was drawn
	Engine    string
}

// Headcount is how many people of a group live in an area.
type Headcount struct {
	By          Breakdown
	ID          string
	Name        i18n.Message
	People      int
	Approximate bool // age classes were shared out by single years
	Unknown     int  // people of squares that don't tell
}

// AreaService is how far those who live in an area have to a service.
type AreaService struct {
	Service string
	Inside  int // open facilities in the area
	All     *Group
	Groups  []Group      // by sex and age; nil with All
	Kommun  float64      // mean cost of all people of the kommun who reach the service, NaN where nobody does
	Missing i18n.Message // why there are no figures; zero where there are
}
