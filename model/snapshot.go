package model

import (
	"slices"
	"time"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
)

// Snapshot is all that an analysis reads, taken from the project at one moment. It is immutable.
type Snapshot struct {
	Kommun     Kommun
	Roads      *RoadSet
	Cells      []Cell
	Facilities []Facility
	Border     orb.MultiPolygon // the kommun's border; empty where none was imported
	Types      []ServiceType
	Params     Params
	Profile    *Profile   // how people travel; nil for the car of the register
	Inputs     []InputRef // identity of every layer that was read
	// Deliveries are where goods are brought home. They change no distance: who is served so is told apart, see ServedOtherwise.
	Deliveries []Delivery
}

// Delivery is an area within which goods of some service types are brought home.
type Delivery struct {
	ID    string
	Name  string
	Types []string // ServiceType.ID
	Area  orb.MultiPolygon
	Days  int // days a week on which goods come, 1 to 7; 0 unknown
}

// InputRef is the identity of one input of a result.
type InputRef struct {
	Layer    string // name
	Role     Role
	Source   string // file name
	SHA256   string
	Revision int64
	Edition  string
}

// Cell is one demand square.
type Cell struct {
	ID     string // SCB rutid or the row's id
	Centre orb.Point
	Size   float64 // side in metres
	People int
	Women  int // -1 where the source does not tell
	Men    int // -1 where the source does not tell
	Ages   []AgeCount
	// Inside is true where the centre lies in the kommun's border (or there is no border): only such squares count
	// in results, the others are there so that nothing is clipped from the inputs.
	Inside bool
}

// AgeCount is the people of a square in one age class, both ends inclusive; To is -1 for "and older".
type AgeCount struct {
	From, To int
	People   int
	Women    int // -1 where the source does not tell
	Men      int
}

// Facility is one service at one position. Several at one position (within Params.PlaceRadius) are one place.
type Facility struct {
	ID           string // the source's own id, unique; else "layer:row"
	Layer        string
	FID          int64
	Name         string
	Type         string // ServiceType.ID
	Form         string
	Chain        string
	Town         string
	Address      string
	At           orb.Point
	Opened       string // ISO date, "" unknown
	Closed       string // ISO date of the first day on which it is not open, "" for no end that is known
	AsOf         string // ISO date of the day that its layer tells of: that of the import; "" unknown
	Hours        string
	Staffed      bool
	FullRange    bool
	RangeTold    bool // the source says whether the range is full; FullRange is false where it does not
	Municipality string
	// Days is on how many days a week a stop of a mobile shop is visited, 1 to 7; 0 for a place that stays.
	Days int
	// Vehicle is the id of the mobile shop that this is a stop of, "" for a place that stays. Its stops are one place: they
	// are no alternatives to each other.
	Vehicle string
	Reserve Known  // whether it has reserve power
	Told    string // who or what says so, "" where the layer does not tell
}

// Known is a yes or no that a source may not tell.
type Known string

// The values of Known.
const (
	Untold Known = ""
	Yes    Known = "yes"
	No     Known = "no"
)

// OpenOn tells whether the facility is open on an ISO date: from its opening date on and before its closing date. The
// empty date is the day that the facility's layer tells of, so that what will close later is open and what will open later
// is not; where that day is unknown too, a facility with a closing date is closed.
func (f *Facility) OpenOn(date string) bool {
	if date == "" {
		date = f.AsOf
	}
	if date == "" {
		return f.Closed == ""
	}
	return (f.Opened == "" || f.Opened <= date) && (f.Closed == "" || f.Closed > date)
}

// IsDate tells whether a text is a day as dates are written here: 2026-03-01.
func IsDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// ServiceType is one kind of service. Name is empty for the types that the program knows by ID: their name is the
// translation of "service."+ID.
type ServiceType struct {
	ID   string
	Name string
	// Match lists the words in a source that mean this type, lower case: "livsmedel", "shop=supermarket".
	Match []string
}

// DefaultServiceTypes are the five basic commercial services of the Swedish regional service programmes.
func DefaultServiceTypes() []ServiceType {
	return []ServiceType{
		{ID: "dagligvaror", Match: []string{"dagligvaror", "dagligvara", "dagligvarubutik", "livsmedel", "livsmedelsbutik", "shop=supermarket", "shop=convenience", "supermarket", "convenience", "grocery"}},
		{ID: "drivmedel", Match: []string{"drivmedel", "drivmedelsstation", "bensinstation", "amenity=fuel", "fuel"}},
		{ID: "post", Match: []string{"post", "postombud", "paket", "paketombud", "posttjänster", "post och paket", "utlämning", "paketautomat", "företagscenter", "amenity=post_office", "amenity=parcel_locker", "post_office", "parcel_locker"}},
		{ID: "apotek", Match: []string{"apotek", "apoteksvaror", "apoteksombud", "amenity=pharmacy", "pharmacy"}},
		{ID: "betaltjanster", Match: []string{"betaltjänster", "betaltjanster", "kontantuttag", "betalningsförmedling", "dagskasseinsättning", "dagskassa", "bankomat", "amenity=atm", "atm"}},
	}
}

// RoadSet holds the roads of a project in packed arrays: road i is the vertices XY[2*Start[i] : 2*Start[i+1]].
// All slices but XY and Start have one value for each road.
type RoadSet struct {
	LayerName string
	Layers    []RoadLayer // where each layer's roads begin; empty where all are of LayerName
	FID       []int64
	XY        []float64 // E, N pairs
	Start     []int32   // len = roads + 1; in vertices
	Length    []float64 // metres; 0 where the register has none (then the drawn length counts)
	SpeedF    []uint8   // km/h along the drawn direction; 0 unknown
	SpeedB    []uint8
	Class     []int8 // 0 to 9; -1 unknown
	Flags     []RoadFlags
}

// RoadLayer is the roads of one layer in a RoadSet: those from index From up to To.
type RoadLayer struct {
	Layer    string
	From, To int
}

// Begin makes the roads that are added from now on those of a layer.
func (r *RoadSet) Begin(layer string) {
	r.LayerName = layer
	r.Layers = append(r.Layers, RoadLayer{Layer: layer, From: r.Len()})
}

// ByLayer lists the layers that the roads are of, in the order in which they were added.
func (r *RoadSet) ByLayer() []RoadLayer {
	if len(r.Layers) == 0 {
		return []RoadLayer{{Layer: r.LayerName, To: r.Len()}}
	}
	out := slices.Clone(r.Layers)
	for i := range out {
		out[i].To = r.Len()
		if i+1 < len(out) {
			out[i].To = out[i+1].From
		}
	}
	return out
}

// RoadFlags are the yes-or-no attributes of a road.
type RoadFlags uint8

// The road flags.
const (
	ForbiddenForward RoadFlags = 1 << iota // no driving along the drawn direction
	ForbiddenBackward
	Ferry
	Motorway
	Gone    // the road is not there at all, as a scenario that closes it says: no way of travelling opens it
	Stopped // a ferry that does not run: it keeps the network together, as all do where Params.FerriesOff
)

// Len is the number of roads.
func (r *RoadSet) Len() int { return len(r.FID) }

// Vertices gives road i's coordinates as E, N pairs, not to be changed.
func (r *RoadSet) Vertices(i int) []float64 { return r.XY[2*r.Start[i] : 2*r.Start[i+1]] }

// Road is one road to be added to a RoadSet.
type Road struct {
	FID            int64
	Line           orb.LineString
	Length         float64
	SpeedF, SpeedB uint8
	Class          int8
	Flags          RoadFlags
}

// Add appends a road.
func (r *RoadSet) Add(road Road) {
	if len(r.Start) == 0 {
		r.Start = append(r.Start, 0)
	}
	for _, p := range road.Line {
		r.XY = append(r.XY, p[0], p[1])
	}
	r.FID = append(r.FID, road.FID)
	r.Start = append(r.Start, int32(len(r.XY)/2))
	r.Length = append(r.Length, road.Length)
	r.SpeedF = append(r.SpeedF, road.SpeedF)
	r.SpeedB = append(r.SpeedB, road.SpeedB)
	r.Class = append(r.Class, road.Class)
	r.Flags = append(r.Flags, road.Flags)
}

// Params are the choices that figures depend on. They are stored with every result.
type Params struct {
	JoinRadius   float64 `json:"join_radius_m"`   // end points this near are one node
	SnapLimit    float64 `json:"snap_limit_m"`    // longest connector from a square or place to the road
	PlaceRadius  float64 `json:"place_radius_m"`  // services this near are one place
	FerrySpeed   float64 `json:"ferry_speed_kmh"` // used where the register has no speed for a ferry
	FerryWait    float64 `json:"ferry_wait_s"`
	FerriesOff   bool    `json:"ferries_off"`
	DefaultSpeed float64 `json:"default_speed_kmh"` // roads without a speed
	// ConnectorSpeed is the speed on the connector in km/h; 0 means that it takes no time.
	ConnectorSpeed float64 `json:"connector_speed_kmh"`
	Date           string  `json:"date"`            // ISO date that the facilities are taken at; "" is now
	Rules          Rules   `json:"rules,omitempty"` // 0 for the program's own rules, PiposRules to compute as Pipos does
}

// DefaultParams are the rules that make figures comparable between kommuner.
func DefaultParams() Params {
	return Params{JoinRadius: 1, SnapLimit: 5000, PlaceRadius: 30, FerrySpeed: 10, DefaultSpeed: 50}
}

// Label is what the type is called.
func (t ServiceType) Label() i18n.Message {
	if t.Name != "" {
		return i18n.Plain(t.Name)
	}
	return i18n.M("service." + t.ID)
}
