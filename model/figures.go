package model

import (
	"github.com/paulmach/orb"

	"nabar/internal/i18n"
)

// Breakdown says into what people are parted.
type Breakdown string

// The breakdowns.
const (
	BySex  Breakdown = "sex"
	ByAge  Breakdown = "age"
	ByArea Breakdown = "area"
	// BySettlement parts people into those who live in built-up areas, in smaller ones, and outside both.
	BySettlement Breakdown = "settlement"
)

// FigureOptions say what is figured out beside a query's own figures, all from the same search.
type FigureOptions struct {
	By       []Breakdown
	Areas    []Area   // for ByArea; they may overlap
	NeedFrom float64  // metres or seconds from which the need of transport is summed; 0 for DefaultNeed
	Services []string // service types of the joint measure; nil for none
	Of       string   // ID of a group by sex or age that the figures are of, "" for everybody
	Within   string   // ID of an area, or "inside" or "outside", where those people live, "" for the whole kommun
	Detail   bool     // curves, places and squares too
	// Settlements are the areas of BySettlement: one for each kind of settlement, of which there are two.
	Settlements []Area
}

// Division says by what people are parted into areas, so that figures name their edition.
type Division struct {
	Layer   string // layer of the areas
	Column  string // whose values are the groups; "" where each area is one
	Table   string // layer of a table that gives the areas their values; "" for none
	Source  string // file that the values come from
	SHA256  string
	Edition string // of that file; "" where nobody has told
}

// DefaultNeed is the cost from which the need of transport is summed: 5 km, as the state follows it up, or 10 minutes.
func DefaultNeed(i Impedance) float64 {
	if i == Time {
		return 600
	}
	return 5000
}

// Area is a part of the kommun: a settlement, a statistical area, one that the user drew.
type Area struct {
	ID    string // unique among the areas
	Name  string
	Shape orb.MultiPolygon
}

// Figures are the figures of a query for everybody, or for those that the options choose, and by group.
type Figures struct {
	Query      Query
	Facilities int     // open facilities of the type
	All        Group   // everybody, or those who are chosen
	Groups     []Group // in the order of the breakdowns asked for: those by sex and age are of the chosen area, those by area of the chosen group
	Equity     Equity
	Joint      *Joint         // nil unless services were given
	Places     []PlaceFigure  // with the chosen people whose nearest each is; only in detail
	Squares    []Square       // that count, in the order of the snapshot; only in detail
	Remarks    []i18n.Message // what the reader must know: squares that don't tell sex, ages shared out, and the like
	Divisions  []Division     // of the groups by area
	Params     Params
	Inputs     []InputRef
	Engine     string
}

// Square tells whether figures are of a square.
type Square struct {
	Cell   int  // index in the snapshot
	Within bool // it lies in the chosen area
	Lived  bool // and some of the chosen people live in it
}

// Group is the figures of some of the people. Counts are whole people. The people of groups need not sum to all: the
// counts of squares carry noise that protects people, areas may overlap, and squares may not tell.
type Group struct {
	By          Breakdown // "" for everybody
	ID          string    // "women", "men", "6-15", "65-", an area's ID, "inside" (any area), "outside" (all areas)
	Name        i18n.Message
	Approximate bool // age classes were shared out by single years; the counts are rounded
	Unknown     int  // people of squares that don't tell; they are not in the group
	People      int
	Reached     int
	Unreached   int     // Reached + Unreached = People
	Mean        float64 // NaN, as the three that follow, where nobody is reached
	Median      float64
	P90         float64
	Max         float64
	SecondMean  float64      // over those who reach a second place; NaN where nobody does, and in a joint measure
	Curve       []CurvePoint // share of People at or under each cost, unreached among them; for all and by sex, only in detail
	Bands       []Band       // cumulative, inclusive
	PersonCost  float64      // Σ people·cost of those reached, one way: person-metres or person-seconds
	Need        Need
}

// Need is the need of transport: the people who have a limit or more to the service, and what they travel together.
type Need struct {
	From   float64 // metres or seconds, inclusive
	People int     // reached, at the limit or beyond
	Cost   float64 // Σ people·cost, one way: person-metres or person-seconds
}

// Equity tells how evenly what people travel is spread over those who reach the service.
type Equity struct {
	Curve     []CurvePoint // at each tenth of the people from the nearest on, 0 and 1 included; nil where nobody travels
	Index     float64      // concentration index, 0 where all have equally far, towards 1 where few travel all; NaN where nobody travels
	FarShare  float64      // of all travel, borne by the tenth of the people with the farthest to go
	FarMean   float64      // their mean cost
	NearShare float64      // of all travel, borne by the 40 % of the people with the nearest
	NearMean  float64      // their mean cost
	Palma     float64      // FarShare by NearShare; 0.25 where all have equally far, NaN where the nearest travel nothing
	Text      []i18n.Message
}

// CurvePoint is a point of a curve. Of the concentration curve the nearest People share of the people bear the Cost share
// of all travel; of a distribution the People share have at most the Cost, in metres or seconds.
type CurvePoint struct{ People, Cost float64 }

// Joint is how many of several service types people have within reach.
type Joint struct {
	Services []string     // the types that are counted
	Missing  []string     // those that were asked for and have no open facility by a road: they are not counted
	All      Group        // its cost is that of the service farthest away; so its bands count those who have all within
	Groups   []Group      // likewise
	Counts   []JointCount // for each band
}

// JointCount parts the people by how many of the service types they have within a limit, inclusive.
type JointCount struct {
	To     float64
	People []int // People[k] have exactly k types; together all people
}
