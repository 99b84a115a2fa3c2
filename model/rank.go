package model

// Ranking tells for every open facility of a service type what its closing would mean, and the same for every place.
type Ranking struct {
	Query      Query
	People     int            // in the squares that count
	Reached    int            // of these, those who reach a facility today
	Facilities []FacilityLoss // by extra, greatest first, then by ID
	Places     []PlaceLoss    // likewise, by the first ID of each; a place closes with all its facilities of the type
	Params     Params         // that the figures depend on
	Inputs     []InputRef     // that were read
	Engine     string         // version of the engine
	Timings    Timings        // of this computation
}

// Loss is what people lose when something closes and they travel to the nearest that is left. Costs are metres or
// seconds, one way; each person counts once.
type Loss struct {
	PeopleNearest int     // whose nearest it is: all who lose anything
	LeftWithout   int     // of these, those who reach no other; they are in no mean and no sum
	Extra         float64 // Σ people·(cost after − cost before), over those who reach another: person-metres or person-seconds
	MeanExtra     float64 // Extra by the people who reach another; NaN where there are none
	MaxExtra      float64 // greatest of anyone who reaches another; 0 where there are none
	NewlyBeyond   []Band  // for each limit the people at or under it before and not after, those left without among them
}

// FacilityLoss is what the closing of one facility alone means. Where another of the type stands at the same place,
// people go there.
type FacilityLoss struct {
	ID, Name string
	Joined   bool     // it has joined the road network; else nobody has it nearest
	Siblings []string // IDs of the other facilities of the type at the same place
	Loss
	ServicesLost []string // other service types within the place radius of it: what may go with it, in the project's order
	Last
}

// PlaceLoss is what the closing of all facilities of the type at one place means.
type PlaceLoss struct {
	IDs  []string // in order
	Name string   // that of the first
	Loss
	ServicesLost []string
	Last
}

// Last tells whether a closing leaves a town or kommun without the service type.
type Last struct {
	Town         string // post town as the source writes it; "" where it tells none, and then LastInTown is false
	LastInTown   bool
	Kommun       string // as the source writes it, or the project's own for what lies in its border; "" where unknown
	LastInKommun bool
}

// PairLoss is the closing of two places at once. Only pairs that matter to each other are listed: some people's nearest
// and second nearest are these two. For all others the losses simply add up.
type PairLoss struct {
	A, B         []string // the facilities' IDs at each place, the place whose first ID comes first before the other
	Names        [2]string
	Loss                 // of closing both
	Beyond       float64 // Extra less that of the two places alone; below 0 where people who reached another no longer do
	NewlyWithout int     // people left without when both close, who would not be if either did alone
}
