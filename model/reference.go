package model

import (
	"regexp"

	"nabar/internal/i18n"
)

// inspireCell is the form of INSPIRE's ids of squares: northing and easting of the lower left corner.
var inspireCell = regexp.MustCompile(`^(?:SE_)?CRS3006RES\d{1,6}mN(\d{7})E(\d{6})$`)

// CanonicalCell writes the id of a square in one way: SCB's thirteen digits for INSPIRE's ids too, and else as it stands.
func CanonicalCell(id string) string {
	if m := inspireCell.FindStringSubmatch(id); m != nil {
		return m[2] + m[1]
	}
	return id
}

// Parts that columns of another program's result play, beside PartCellID and PartPeople.
const (
	PartReferenceCost    = "reference_cost"    // distance to the nearest place
	PartReferenceNearest = "reference_nearest" // id or name of that place
)

// ReferenceUnit is what a reference's distances are told in.
type ReferenceUnit string

// The units of a reference; "" is not known yet.
const (
	UnitKm    ReferenceUnit = "km"
	UnitMetre ReferenceUnit = "m"
)

// Metres is the length of one unit.
func (u ReferenceUnit) Metres() float64 {
	if u == UnitKm {
		return 1000
	}
	return 1
}

// Reference is a result by squares that another program has computed.
type Reference struct {
	Source  string // file or layer
	SHA256  string // of the file; "" for a layer
	Mapping Mapping
	Unit    ReferenceUnit // "" where neither the user nor the column's name tells
	Cells   []ReferenceCell
	Skipped []Skipped
}

// ReferenceCell is one square of a reference.
type ReferenceCell struct {
	Row     int64
	Cell    string  // as CanonicalCell gives it
	Cost    float64 // in the reference's unit; NaN where the square is told to be unreached
	People  int     // -1 where it is not told
	Nearest string  // "" where it is not told
}

// Cause is a reason why a square differs from a reference.
type Cause string

// The causes. Those of single rules are in the order in which they are tried.
const (
	CauseConnector  Cause = "connector"  // FreeConnectors
	CauseNodes      Cause = "nodes"      // RoundedNodes
	CauseComponent  Cause = "component"  // CountedPart
	CauseFerry      Cause = "ferry"      // ferries closed in one and not in the other
	CauseUnit       Cause = "unit"       // this square is told in another unit than the others
	CauseRounding   Cause = "rounding"   // the reference's distances are rounded
	CauseFacility   Cause = "facility"   // the way to another facility of ours
	CauseUnjoined   Cause = "unjoined"   // ours is too far from a road, theirs is not
	CauseUnreached  Cause = "unreached"  // no way here, one there
	CauseElsewhere  Cause = "elsewhere"  // a way here, none there: another part of the network or no road near
	CauseShorter    Cause = "shorter"    // shorter than any rule gives: a place or road that the project lacks
	CauseLonger     Cause = "longer"     // longer than any rule gives: a place or road that the reference lacks
	CauseBetween    Cause = "between"    // none of all that was tried
	CausePopulation Cause = "population" // other people
	CauseOnlyHere   Cause = "only_here"  // inhabited here and not in the reference
	CauseOnlyThere  Cause = "only_there" // in the reference and not here
)

// CauseOf is the cause that a single rule is.
func CauseOf(r Rules) Cause {
	switch r {
	case FreeConnectors:
		return CauseConnector
	case RoundedNodes:
		return CauseNodes
	}
	return CauseComponent
}

// Label says a cause in words.
func (c Cause) Label() i18n.Message { return i18n.M("pipos.cause." + string(c)) }

// Differences tells where a project's figures and a reference differ, and why. Distances are metres.
type Differences struct {
	Query     Query
	Source    string
	SHA256    string
	Mapping   Mapping
	Unit      ReferenceUnit
	Step      float64 // metres that the reference's distances are rounded to
	Tolerance float64 // metres within which distances are equal
	Rows      int     // read from the reference
	Skipped   []Skipped
	Twice     int // rows about a square that stands before already; they are left aside
	Outside   int // squares of the reference that lie outside the kommun; they are left aside
	Compared  int // squares that both have
	People    int // ours in these
	Equal     int // of these, those that do not differ
	Differing int // len(Squares)
	Concerned int // people in the squares that differ: ours, or theirs where we have none
	Own       float64
	ByPipos   float64 // mean by Pipos' rules
	Theirs    float64 // means over the people of the squares that both have and all three reach; NaN where there are none
	Causes    []CauseSum
	Squares   []Difference
	Params    Params
	Inputs    []InputRef
	Engine    string
}

// Rounding says what the reference's distances are rounded to.
func (d *Differences) Rounding() i18n.Message {
	if d.Step < 1 {
		return i18n.M("pipos.step_none")
	}
	return i18n.M("pipos.step", i18n.Metres(d.Step))
}

// Difference is one square that differs. Distances are metres; NaN where it is not reached or not there.
type Difference struct {
	Cell         string
	People       int // -1 where it is not there
	TheirPeople  int // -1 where it is not told
	Own          float64
	ByPipos      float64
	Theirs       float64
	Nearest      string // facility IDs, by the project's rules and by Pipos'
	PiposNearest string
	TheirNearest string
	Causes       []Cause
}

// CauseSum sums the squares that differ for the same causes.
type CauseSum struct {
	Causes  []Cause
	Squares int
	People  int
	Mean    float64 // of |theirs − own| over the squares where both are reached; NaN where there are none
	Max     float64
}
