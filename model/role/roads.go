package role

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"nabar/internal/i18n"
	"nabar/model"
)

// RoadsVersion grows whenever equal rows may give other roads than before: roads that were packed and kept are then
// read anew. A test says when it is due.
const RoadsVersion = 1

// RoadDecoder turns rows into roads, by the columns of NVDB, of OpenStreetMap, or of both.
type RoadDecoder struct {
	length, speedF, speedB, forbidF, forbidB   column
	class, ferry, motorway, network            column
	highway, maxspeed, oneway, route, junction column
}

// NewRoadDecoder prepares a decoder for rows with these fields. A mapping that names a column which is not there gives
// a *i18n.Problem; a part without a column is unknown for all roads.
func NewRoadDecoder(fields []model.Field, m model.Mapping) (*RoadDecoder, error) {
	c := columns{fields: fields, mapping: m}
	d := &RoadDecoder{
		length: c.part(model.PartLength),
		speedF: c.part(model.PartSpeedForward), speedB: c.part(model.PartSpeedBackward),
		forbidF: c.part(model.PartForbidForward), forbidB: c.part(model.PartForbidBack),
		class: c.part(model.PartClass), ferry: c.part(model.PartFerry),
		motorway: c.part(model.PartMotorway), network: c.part(model.PartNetwork),
		highway: c.part(model.PartHighway), maxspeed: c.part(model.PartMaxSpeed),
		oneway: c.part(model.PartOneway), route: c.part(model.PartRoute), junction: c.part(model.PartJunction),
	}
	return d, c.err
}

// Decode gives the roads of a row: one for a line, one for each part of a multi-line, which then share the register's
// length by their drawn lengths. A row that no road comes of gives the reason.
func (d *RoadDecoder) Decode(f model.Feature) ([]model.Road, *i18n.Message) {
	lines, why := drawn(f.Geometry)
	if why != nil {
		return nil, why
	}
	road := model.Road{FID: f.ID, Class: -1}
	if !d.drivable(&f) {
		return nil, reason("import.row_not_road")
	}
	d.nvdb(&f, &road)
	d.osm(&f, &road)
	total, measured := 0.0, make([]float64, len(lines))
	for i, line := range lines {
		measured[i] = planar.Length(line)
		total += measured[i]
	}
	register, ok := number(d.length.value(&f))
	if !ok || register < 0 {
		register = 0
	}
	var out []model.Road
	for i, line := range lines {
		if !(measured[i] > 0) || math.IsInf(total, 0) {
			continue
		}
		part := road
		part.Line = line
		part.Length = register * (measured[i] / total)
		out = append(out, part)
	}
	if len(out) == 0 {
		return nil, reason("import.row_no_length")
	}
	return out, nil
}

// reason makes the message of a skipped row.
func reason(key string, args ...any) *i18n.Message {
	m := i18n.M(key, args...)
	return &m
}

// drawn gives the lines of a geometry.
func drawn(g orb.Geometry) ([]orb.LineString, *i18n.Message) {
	switch g := g.(type) {
	case nil:
		return nil, reason("import.row_no_geometry")
	case orb.LineString:
		return []orb.LineString{g}, nil
	case orb.MultiLineString:
		return g, nil
	case orb.Collection:
		var out []orb.LineString
		for _, part := range g {
			if lines, why := drawn(part); why == nil {
				out = append(out, lines...)
			}
		}
		if len(out) > 0 {
			return out, nil
		}
	}
	return nil, reason("import.row_not_line")
}

// drivable tells whether a row is of the road network: NVDB keeps ways for cycling and walking beside it, and
// OpenStreetMap calls them highways too.
func (d *RoadDecoder) drivable(f *model.Feature) bool {
	if v := d.network.value(f); v != nil {
		if n, ok := number(v); ok && n != 1 {
			return false
		}
		if s := fold(text(v)); strings.Contains(s, "cykel") || strings.Contains(s, "gang") {
			return false
		}
	}
	if !d.highway.given || isFerryRoute(d.route.value(f)) {
		return true
	}
	_, ok := osmClass[strings.TrimSuffix(strings.ToLower(text(d.highway.value(f))), "_link")]
	return ok
}

// nvdb reads the road register's columns.
func (d *RoadDecoder) nvdb(f *model.Feature, r *model.Road) {
	r.SpeedF = speed(d.speedF.value(f))
	r.SpeedB = speed(d.speedB.value(f))
	if n, ok := number(d.class.value(f)); ok && n >= 0 && n <= 9 {
		r.Class = int8(n)
	}
	if truth(d.forbidF.value(f)) {
		r.Flags |= model.ForbiddenForward
	}
	if truth(d.forbidB.value(f)) {
		r.Flags |= model.ForbiddenBackward
	}
	if truth(d.ferry.value(f)) {
		r.Flags |= model.Ferry
	}
	// The register's type of road is 1 for a motorway; other numbers are other special roads.
	if n, ok := number(d.motorway.value(f)); ok && (n == 1 || n == -1) || !ok && truth(d.motorway.value(f)) {
		r.Flags |= model.Motorway
	}
}

// osmClass gives the functional class that stands for a value of highway=*. Values that are not listed are no roads for
// cars.
var osmClass = map[string]int8{
	"motorway": 0, "trunk": 1, "primary": 2, "secondary": 3, "tertiary": 5, "unclassified": 7,
	"residential": 8, "living_street": 8, "road": 8, "service": 9, "track": 9,
}

// osm reads OpenStreetMap's tags; what the register's columns say stays where the tags say nothing.
func (d *RoadDecoder) osm(f *model.Feature, r *model.Road) {
	if isFerryRoute(d.route.value(f)) {
		r.Flags |= model.Ferry
	}
	if d.maxspeed.given {
		if v := maxspeed(text(d.maxspeed.value(f))); v > 0 {
			if r.SpeedF == 0 {
				r.SpeedF = v
			}
			if r.SpeedB == 0 {
				r.SpeedB = v
			}
		}
	}
	highway := strings.ToLower(text(d.highway.value(f)))
	if class, ok := osmClass[strings.TrimSuffix(highway, "_link")]; ok {
		r.Class = class
	}
	if strings.TrimSuffix(highway, "_link") == "motorway" {
		r.Flags |= model.Motorway
	}
	junction := strings.ToLower(text(d.junction.value(f)))
	implied := highway == "motorway" || junction == "roundabout" || junction == "circular"
	switch strings.ToLower(text(d.oneway.value(f))) {
	case "-1", "reverse":
		r.Flags |= model.ForbiddenForward
	case "yes", "true", "1", "t", "y":
		r.Flags |= model.ForbiddenBackward
	case "no", "false", "0", "reversible", "alternating":
		// both ways, though perhaps not at the same hour
	default:
		if implied {
			r.Flags |= model.ForbiddenBackward
		}
	}
}

// isFerryRoute tells whether route=* names a ferry.
func isFerryRoute(v any) bool { return strings.EqualFold(text(v), "ferry") }

// speed reads km/h; 0 is unknown.
func speed(v any) uint8 {
	if s, ok := v.(string); ok && strings.Contains(strings.ToLower(s), "mph") {
		return maxspeed(s)
	}
	n, ok := number(v)
	if !ok || n <= 0 {
		return 0
	}
	return uint8(min(math.Round(n), math.MaxUint8))
}

// namedSpeeds are the values of maxspeed=* that are words, for Sweden where they name a country's rule.
var namedSpeeds = []struct {
	word string
	kmh  uint8
}{
	{"living_street", 7}, {"walk", 7}, {"urban", 50}, {"rural", 70}, {"trunk", 90}, {"motorway", 110}, {"none", 120},
}

// kmPerMile turns miles an hour into km/h.
const kmPerMile = 1.609344

// firstNumber finds the number of a speed such as "50", "30 mph", "SE:zone30", "70;50".
var firstNumber = regexp.MustCompile(`\d+(?:\.\d+)?`)

// maxspeed reads OpenStreetMap's speed limits; 0 is unknown.
func maxspeed(s string) uint8 {
	s = strings.ToLower(s)
	if digits := firstNumber.FindString(s); digits != "" {
		n, err := strconv.ParseFloat(digits, 64)
		if err != nil {
			return 0
		}
		if strings.Contains(s, "mph") {
			n *= kmPerMile
		}
		return uint8(min(math.Round(n), math.MaxUint8))
	}
	for _, named := range namedSpeeds {
		if strings.HasSuffix(s, named.word) {
			return named.kmh
		}
	}
	return 0
}
