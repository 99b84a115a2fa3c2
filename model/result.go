package model

import (
	"math"

	"nabar/internal/i18n"
)

// Impedance is what is measured along the roads.
type Impedance string

// The impedances: distance in metres, time in seconds.
const (
	Distance Impedance = "distance"
	Time     Impedance = "time"
)

// DefaultBands are the upper limits that a result is counted in: metres or seconds.
func DefaultBands(i Impedance) []float64 {
	if i == Time {
		return []float64{300, 600, 1200, 1800}
	}
	return []float64{1000, 2000, 5000, 10000, 20000}
}

// Query says what to compute.
type Query struct {
	Service   string // ServiceType.ID
	Scenario  string // name of the scenario; "" for the project as it is
	Profile   string // id of the travel profile; "" for the car
	Date      string // ISO date that the facilities are taken at; "" for the project's own, Params.Date
	Demand    string // name of the demand set; "" for the project's usual population
	Impedance Impedance
	Bands     []float64 // upper limits, ascending; nil for DefaultBands
	Pipos     bool      // by Pipos' rules; a result is not kept where the project has other rules
}

// Result is one computed figure set, as stored and shown: reports and maps never compute.
type Result struct {
	ID         int64
	Query      Query
	Facilities int // open facilities of the type, in and outside the kommun
	People     int // in the squares that count
	Reached    int
	Unreached  int // Reached + Unreached = People
	Mean       float64
	Median     float64
	P90        float64
	Max        float64
	SecondMean float64 // mean over the people who reach a second place; NaN where nobody does
	Bands      []Band  // cumulative, inclusive
	Cells      []CellCost
	Places     []PlaceFigure
	Params     Params
	Inputs     []InputRef
	Engine     string // version of the engine
	Stale      bool   // an input has changed since
	Timings    Timings
}

// Band counts the people at or under a limit.
type Band struct {
	To     float64
	People int
}

// BandPart counts the people between two limits, the upper included; To is NaN for those beyond the last.
type BandPart struct {
	From, To float64
	People   int
}

// BandParts parts the people who are reached by bands, which count at or under their limit: those in each, and those beyond
// the last. With the unreached the parts are all people.
func BandParts(bands []Band, reached int) []BandPart {
	var out []BandPart
	from, within := 0.0, 0
	for _, b := range bands {
		out = append(out, BandPart{from, b.To, b.People - within})
		from, within = b.To, b.People
	}
	return append(out, BandPart{from, math.NaN(), reached - within})
}

// CellCost is one square of a result. Cost and Second are NaN where not reached; the facility IDs are then empty.
type CellCost struct {
	Cell       string
	People     int
	Nearest    string
	Cost       float64
	Second     string
	SecondCost float64
}

// PlaceFigure is one facility in a result.
type PlaceFigure struct {
	ID            string
	Name          string
	PeopleNearest int // people whose nearest it is
	Joined        bool
}

// Timings are milliseconds of each step of the computation. They are shown, never stored.
type Timings struct {
	Load, Build, Snap, Search, Total float64
}

// NetworkReport is what a check of the project's network and demand says.
type NetworkReport struct {
	Nodes        int
	Edges        int
	Components   int
	LargestShare float64 // of the length
	LengthM      float64
	Snap         SnapReport
	Findings     []Finding
}

// SnapReport tells how far the squares lie from the roads that they join.
type SnapReport struct {
	DemandMaxM     float64
	DemandP95M     float64 // weighted by squares, not people
	UnjoinedPeople int
	UnjoinedCells  int
}

// Severity grades a finding.
type Severity string

// The severities, from worst to least.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
	SeverityNote    Severity = "note"
)

// Finding is one thing that a check noticed: what, where, and what to do.
type Finding struct {
	Severity Severity
	What     i18n.Message
	Where    i18n.Message
	Remedy   i18n.Message
}

// Decision is the decision block of a plan's cover.
type Decision struct {
	Title        string `json:"title"`  // "Serviceplan"
	Period       string `json:"period"` // "2026–2030"
	Subtitle     string `json:"subtitle"`
	Status       string `json:"status"`      // "Utkast", "Samrådshandling", "Antagen"
	Body         string `json:"body"`        // deciding body: "Kommunfullmäktige"
	Paragraph    string `json:"paragraph"`   // "§ 45"
	CaseNumber   string `json:"case_number"` // diarienummer "KS 2026/0123"
	Date         string `json:"date"`        // ISO
	Responsible  string `json:"responsible"`
	Introduction string `json:"introduction"` // the planner's own words for the summary; "" for none
}

// Progress is called by long work with what it does and how far it is, 0 to 1 (below 0: unknown). It returns at once.
type Progress func(what i18n.Message, share float64)
