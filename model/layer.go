package model

import (
	"github.com/paulmach/orb"
)

// ProjectSRID is the EPSG code that every layer of a project is kept in: SWEREF 99 TM.
const ProjectSRID = 3006

// Kommun names the municipality that a project is about.
type Kommun struct {
	Code string // four digits, e.g. "0980"
	Name string // e.g. "Gotland"
	// Fictional is set for the demo kommun: every output then says so.
	Fictional bool
}

// Role is what a layer is to the program. Its values are those of the command line's --as.
type Role string

// The roles of a layer.
const (
	RoleRoads      Role = "roads"
	RolePopulation Role = "population"
	RoleServices   Role = "services"
	RoleArea       Role = "area"
	RoleLayer      Role = "layer"
	RoleBasemap    Role = "basemap"
	RoleResult     Role = "result"   // made by the program
	RoleScenario   Role = "scenario" // no layer: the modifications that a result was computed with
	RoleProfile    Role = "profile"  // no layer: the way of travelling that a result was computed for
	RoleDemand     Role = "demand"   // no layer: the weighted sum of people that a result was computed for
	RoleComments   Role = "comments" // what people say of places of the map
)

// FieldType is the type of a column.
type FieldType string

// The field types. In Feature.Values they are string, int64, float64, bool, string (ISO date or time) and []byte.
const (
	Text     FieldType = "text"
	Integer  FieldType = "integer"
	Real     FieldType = "real"
	Boolean  FieldType = "boolean"
	DateType FieldType = "date"
	DateTime FieldType = "datetime"
	Blob     FieldType = "blob"
)

// Field is one attribute column of a layer.
type Field struct {
	Name string
	Type FieldType
}

// Feature is one row: a geometry (nil where there is none) and a value (nil for null) for each field of its layer.
type Feature struct {
	ID       int64 // row id, unique in the layer
	Geometry orb.Geometry
	Values   []any
}

// GeometryType is the GeoPackage name of a layer's geometry.
type GeometryType string

// The geometry types. AnyGeometry is a mixture; NoGeometry a plain table.
const (
	PointType           GeometryType = "POINT"
	MultiPointType      GeometryType = "MULTIPOINT"
	LineStringType      GeometryType = "LINESTRING"
	MultiLineStringType GeometryType = "MULTILINESTRING"
	PolygonType         GeometryType = "POLYGON"
	MultiPolygonType    GeometryType = "MULTIPOLYGON"
	AnyGeometry         GeometryType = "GEOMETRY"
	NoGeometry          GeometryType = ""
)

// Mapping tells which column plays which part for the program, e.g. "people" → "beftotalt". See the Part constants.
type Mapping map[string]string

// The parts that columns can play, by role of the layer. They are the ROLE of the command line's --map ROLE=COLUMN.
const (
	// roads
	PartLength        = "length"         // metres, the register's own
	PartSpeedForward  = "speed_forward"  // km/h along the drawn direction
	PartSpeedBackward = "speed_backward" // km/h against it
	PartForbidForward = "forbid_forward" // true where driving along the drawn direction is forbidden
	PartForbidBack    = "forbid_backward"
	PartClass         = "class"    // 0 (largest) to 9
	PartFerry         = "ferry"    // true for a ferry
	PartMotorway      = "motorway" // 1 for a motorway
	PartHighway       = "highway"  // OSM's highway=*
	PartMaxSpeed      = "maxspeed" // OSM's maxspeed=*
	PartOneway        = "oneway"   // OSM's oneway=*
	PartRoute         = "route"    // OSM's route=ferry
	PartJunction      = "junction" // OSM's junction=roundabout
	PartNetwork       = "network"  // NVDB's kind of network: 1 for roads, others for cycling and walking

	// population
	PartCellID = "cell"   // SCB rutid: easting 6 digits and northing 7 of the lower left corner
	PartPeople = "people" // whole people
	PartWomen  = "women"
	PartMen    = "men"
	PartSize   = "size"      // side in metres
	PartAge    = "age"       // prefix: "age:0-5" → column; upper end empty for "100-"
	PartDate   = "date"      // reference date of the counts
	PartWomenA = "women_age" // prefix as PartAge, women only
	PartMenA   = "men_age"   // prefix as PartAge, men only

	// services
	PartID        = "id"
	PartName      = "name"
	PartType      = "type"  // service type in the source's words
	PartTypeMore  = "type2" // second column to look in: OSM keeps shops and amenities apart
	PartForm      = "form"  // e.g. Apoteksombud, Kontantuttag
	PartChain     = "chain" // Huvudman
	PartAddress   = "address"
	PartPostcode  = "postcode"
	PartPostTown  = "post_town"
	PartMunicipal = "municipality"
	PartOpened    = "opened"     // ISO date
	PartClosed    = "closed"     // ISO date
	PartDateOrder = "date_order" // "=mdy" where dates in numbers have the month before the day
	PartHours     = "hours"      // opening hours as text
	PartStaffed   = "staffed"    // bool
	PartFullRange = "full_range" // bool: full range of groceries
	PartReserve   = "reserve"    // bool: has reserve power
	PartSupport   = "support"    // has state support
	PartCapacity  = "capacity"   // how much it can take, in the source's own unit: square metres, pumps, places
	PartTold      = "told"       // who or what says so
	PartEasting   = "x"          // coordinate columns of a table without geometry
	PartNorthing  = "y"
	PartWKT       = "wkt"

	// area
	PartAreaCode = "code"
	PartAreaName = "area_name"
)

// Layer describes one layer of a project. The features themselves stay in the project file.
type Layer struct {
	ID       int64
	Name     string // the user's name, unique in the project
	Table    string // its feature table
	Role     Role
	Geometry GeometryType
	Fields   []Field
	Mapping  Mapping
	Features int
	Bounds   orb.Bound // zero where there are no features
	Visible  bool
	Opacity  float64 // 0 to 1
	Position int     // drawing order, 0 at the bottom
	Group    string  // heading that it stands under in the list of layers, "" for none
	Style    []byte  // JSON of symbology.Style; nil means the role's own
	Source   Import  // where it came from; zero for drawn layers and results
	Revision int64   // grows at every change of the layer's features or mapping
}

// Import is the provenance of a layer: what was read, how, and what was left out.
type Import struct {
	File        string // base name
	Path        string // of a basemap, which stays outside the project: where the file lies as seen from the project's folder, with slashes
	Size        int64  // bytes
	SHA256      string // lower-case hex
	Format      string // "gpkg", "geojson", "csv"
	Layer       string // layer name inside the file
	CRS         string // "EPSG:4326": what the file was in; layers are kept in ProjectSRID
	Encoding    string // "utf-8", "windows-1252"
	Date        string // ISO date of the import
	Edition     string // date or edition of the data itself, where the file tells
	Read        int
	Imported    int
	Skipped     []Skipped
	Warnings    []string // as shown to the user at import, in the user's language
	Attribution string   // of a basemap: who made it, as the file says
	Made        []string // of what and how the program made the layer, in the user's language; nil for imports
}

// Skipped is one row that an import could not use.
type Skipped struct {
	Row    int64  `json:"row"` // row number in the file (header is 1), or feature id
	Reason string `json:"reason"`
}
