package model

import "nabar/internal/i18n"

// CatchmentOptions say which catchments are asked for, and into what their people are parted.
type CatchmentOptions struct {
	Facilities []string    // IDs of those that there are; nil for all that are open
	By         []Breakdown // BySex and ByAge
	Within     float64     // metres or seconds: all within the limit of each facility, so that catchments overlap; 0 for those whose nearest it is
}

// Catchments are the people that each open facility of a service type serves.
type Catchments struct {
	Query      Query
	Within     float64 // 0 where each person belongs to the nearest facility
	People     int     // in the squares that count
	Reached    int     // of these, those in any catchment
	Unreached  int     // Reached + Unreached = People
	Catchments []Catchment
	Remarks    []i18n.Message // as of Figures
	Params     Params
	Inputs     []InputRef
	Engine     string
}

// Catchment is the people that one facility serves.
type Catchment struct {
	ID     string
	Name   string
	Joined bool    // it has joined the road network; else it has nobody
	All    Group   // everybody in it; its Bands are by distance or time within the catchment
	Groups []Group // in the order asked for, the same for every catchment
	Share  float64 // of all people that count, 0 to 1
	Cells  []CatchmentCell
}

// CatchmentCell is a square of a catchment, with what it costs to reach the facility in metres or seconds.
type CatchmentCell struct {
	Cell   string
	People int
	Cost   float64
}
