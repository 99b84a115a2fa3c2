package model

import "github.com/paulmach/orb"

// RoadRisks tells for each road of a project what people lose when it alone is closed in both directions.
type RoadRisks struct {
	Query    Query   // its service is "" and its limits are none: all types are told of
	Limit    float64 // metres or seconds: whoever has a service within it and then has not, has lost it
	Services []string
	People   int        // in the squares that count
	Roads    []RoadRisk // those whose closing changes anything for anybody; by People, Extra, layer and number
	Tried    int        // roads that were closed, one at a time
	Anew     int        // of these, those for which the whole network had to be prepared anew
	Params   Params
	Inputs   []InputRef
	Engine   string
	Timings  Timings
}

// RoadRisk is what the closing of one road means, with all parts of it. Squares and places that had joined it, or a road
// that it cuts off, join the nearest road that is left.
type RoadRisk struct {
	Layer    string
	FID      int64
	Road     int     // index of its first part in the RoadSet
	Length   float64 // metres of all parts
	Class    int     // of the first part; -1 unknown
	Ferry    bool
	At       orb.Point // half way along its first part
	People   int       // who lose at least one service: they no longer reach it, or no longer within the limit
	Worse    int       // who have farther to at least one service or lose it
	Extra    float64   // Σ people·(cost after − cost before) of all types, of those who still reach: person-metres or person-seconds
	Rejoined int       // people in squares that join another road
	Services []ServiceRisk
}

// ServiceRisk is what the closing of a road means for one service type.
type ServiceRisk struct {
	Service   string
	Lost      int     // people who lose it
	Unreached int     // of these, those who reach none any longer
	Worse     int     // who have farther or lose it
	Extra     float64 // Σ people·(cost after − cost before) of those who still reach
	MaxExtra  float64 // greatest of anyone who still reaches; 0 where none has farther
}
