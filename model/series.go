package model

import "nabar/internal/i18n"

// Series are the figures of one query at several dates, with what opened and closed between them. Everything but the date
// of the service places is the same throughout, and the people too unless editions were asked for.
type Series struct {
	Query   Query         // without date; its demand is the one that was asked for
	Points  []SeriesPoint // by date, the first date first
	Remarks []i18n.Message
	Params  Params // but for the date, which is each point's own
	Inputs  []InputRef
	Engine  string
}

// SeriesPoint are the figures at one date. They are those that Figures gives for that date; where nobody reaches the
// service, everybody is unreached and means are NaN.
type SeriesPoint struct {
	Date       string // ISO
	Demand     string // name of the demand set whose people are counted, "" for the project's usual people
	Edition    string // that these people are of, as the source writes it; "" unknown
	Facilities int    // open facilities of the type
	Places     int    // those within the place radius of each other counted as one, of those that have joined the network
	All        Group
	Groups     []Group
	Opened     []FacilityEvent // since the point before, by date and name; a facility that came and went between is in both
	Closed     []FacilityEvent
}

// FacilityEvent is a facility that opened or closed.
type FacilityEvent struct {
	ID, Name, Town string
	Date           string // ISO, "" where the source does not tell
}
