package model

import "nabar/internal/i18n"

// Trial is one set of circumstances that figures are tried under.
type Trial struct {
	ID     string       // TrialWinter and the like; of a part of the people "more 65-" or "fewer" and the area's ID
	Kind   string       // TrialAges or TrialAreas where one part of the people is varied at a time, else ""
	Varied i18n.Message // what is varied, in words
}

// Told is the trial itself, for what holds one.
func (t Trial) Told() Trial { return t }

// RankTrial is a ranking computed under other circumstances than the usual ones.
type RankTrial struct {
	Trial
	Ranking *Ranking // nil where nobody reaches the service then, or no place is left
}

// The trials of a ranking.
const (
	TrialWinter  = "winter"  // by the speeds of the winter profile
	TrialMore    = "more"    // ten per cent more people
	TrialFewer   = "fewer"   // ten per cent fewer
	TrialStaffed = "staffed" // staffed places alone
	TrialAges    = "ages"    // kind: ten per cent more or fewer in one age group
	TrialAreas   = "areas"   // kind: ten per cent more or fewer in one area
)

// Robustness tells whether a ranking stands when circumstances differ.
type Robustness struct {
	Query  Query
	Trials []TrialOrder
	Places []RobustPlace // in the order of the ranking that was tried
}

// TrialOrder is how a trial's order agrees with the usual one.
type TrialOrder struct {
	Trial
	Places int     // that are in both rankings; the others are in neither figure
	Same   int     // of these, those with the same number among them
	Tau    float64 // Kendall's tau-b of what the places are ordered by: 1 the same order, −1 the reverse; NaN where one is all ties
}

// RobustPlace is one facility of a ranking in all its trials. The band is over the usual figure and those of the trials that the
// facility is in.
type RobustPlace struct {
	ID, Name           string
	Rank               int     // from 1
	RankMin, RankMax   int     // least and greatest
	Extra              float64 // of Loss: person-metres or person-seconds
	ExtraMin, ExtraMax float64
	People             int
	PeopleMin          int
	PeopleMax          int
	Same, Tried        int // trials in which it has the same number, of those that it is in
}
