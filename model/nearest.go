package model

import "nabar/internal/i18n"

// Nearest tells how far people have to the nearest places of a service, one after another: to the k-th nearest at a place
// of its own, for everybody and by sex and age.
type Nearest struct {
	Query   Query
	Places  int // that have joined the network
	Ranks   []NearestRank
	Cells   []NearestCell  // that count, in the order of the snapshot
	Remarks []i18n.Message // what the reader must know of the groups
	Params  Params
	Inputs  []InputRef
	Engine  string
}

// NearestRank are the figures of the k-th nearest place; whoever does not reach so many places is unreached.
type NearestRank struct {
	Rank   int // 1 for the nearest
	All    Group
	Groups []Group // by sex and age
}

// NearestCell is a square with the places that are nearest to it.
type NearestCell struct {
	Cell   string
	People int
	Near   []NearPlace // the nearest first; shorter where fewer are reached
}

// NearPlace is a place, by that of its facilities which is nearest, with what it costs to get there: metres or seconds.
type NearPlace struct {
	Facility string
	Cost     float64
}
