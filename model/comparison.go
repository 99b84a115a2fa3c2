package model

import "nabar/internal/i18n"

// Comparison tells who wins and who loses when the figures of A become those of B: the baseline and a scenario, two dates,
// two editions of the squares, two ways of travelling. People are those of B, and each is in one of the six groups: worse,
// better, unchanged, newly unreached, newly reached, and the people of squares that A does not have.
type Comparison struct {
	A, B           *Result
	People         int
	Worse, Better  Shift
	Unchanged      int // equally far, or reached by neither
	NewlyUnreached int // reached in A alone
	NewlyReached   int // reached in B alone
	Added          int // people of squares that are in B alone: another edition has them, and nobody's way has changed
	Gone           int // people of A in squares that are in A alone; they are no part of People
	Bands          []BandShift
	Cells          []CellShift // every square that counts, in B's order; then those in A alone, in A's order
	Cost           TravelCost
	Summary        i18n.Message // one sentence
}

// Shift is people who reach a service before and after, and whose way has become longer, or shorter.
type Shift struct {
	People int
	Mean   float64 // metres or seconds by which it has, one way; NaN where there is nobody
	Max    float64 // 0 where there is nobody
	Sum    float64 // Σ people·difference: person-metres or person-seconds
}

// BandShift is a limit before and after. It counts with B's people on both sides.
type BandShift struct {
	To     float64
	Before int // at or under the limit in A
	After  int // in B
	Beyond int // at or under it in A and not in B: over the limit now, or unreached
	Within int // at or under it in B and not in A
	Added  int // at or under it in B, in squares that A does not have; Before - Beyond + Within + Added = After
}

// ShiftKind says which of the five groups a square's people are in.
type ShiftKind string

// The groups of a comparison.
const (
	ShiftWorse     ShiftKind = "worse"
	ShiftBetter    ShiftKind = "better"
	ShiftUnchanged ShiftKind = "unchanged"
	ShiftUnreached ShiftKind = "unreached" // newly
	ShiftReached   ShiftKind = "reached"   // newly
	ShiftAdded     ShiftKind = "added"     // the square is in B alone
	ShiftGone      ShiftKind = "gone"      // the square is in A alone; its people are A's
)

// CellShift is one square before and after. Costs are NaN where unreached.
type CellShift struct {
	Cell   string
	People int
	Kind   ShiftKind
	Before float64 // metres or seconds
	After  float64
}

// TravelCost is what B costs more than A in travel by all who reach a service in both, one way and one time each; below
// 0 where it costs less. A figure that nobody has asked for is NaN.
type TravelCost struct {
	PersonKm    float64 // to the nearest by distance
	PersonHours float64 // to the nearest by time
}

// GroupShift is the people of one group in a comparison, who lose and who gain each by themselves. As in Comparison each is in one
// of the groups Worse, Better, Unchanged, NewlyUnreached, NewlyReached and Added.
type GroupShift struct {
	By             Breakdown // "" for everybody
	ID             string    // as in Group
	Name           i18n.Message
	Approximate    bool // age classes were shared out by single years; the counts are rounded
	Unknown        int  // people of squares that don't tell; they are not in the group
	People         int
	Worse, Better  Shift
	Unchanged      int
	NewlyUnreached int
	NewlyReached   int
	Added          int
	Bands          []BandShift
}

// Lose is how many of the group have longer or no longer reach the service.
func (g *GroupShift) Lose() int { return g.Worse.People + g.NewlyUnreached }

// Gain is how many of the group have shorter or reach the service for the first time.
func (g *GroupShift) Gain() int { return g.Better.People + g.NewlyReached }
