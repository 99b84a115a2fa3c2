package model

// ServedOtherwise tells of people whose service is not a place that stays: what their distance alone does not say. It is told beside
// a result and changes none of its figures.
type ServedOtherwise struct {
	// Home is the people who live where goods of the type are brought home, whatever their distance to a place. Bands count
	// those of them who have a place at or under a limit, as Result.Bands do for all.
	Home      int
	Unreached int // of these, who reach no place
	Bands     []Band
	Zones     []ZonePeople // each zone by itself; who lives in two is in both
	Days      []DaysPeople // whose nearest place is a stop of a mobile shop, by days a week, ascending
}

// ZonePeople is the people in an area of home deliveries.
type ZonePeople struct {
	ID     string
	Name   string
	Days   int // a week; 0 unknown
	People int
}

// DaysPeople is the people whose nearest place is there so many days a week.
type DaysPeople struct {
	Days   int
	People int
}
