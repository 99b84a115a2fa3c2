package crs

import (
	"math"

	"github.com/paulmach/orb"
)

// kind is how a system's coordinates relate to latitude and longitude.
type kind uint8

const (
	transverse kind = iota // transverse Mercator
	geographic             // degrees
	spherical              // Web Mercator
)

// definition is one row of the table of systems.
type definition struct {
	epsg  int
	name  string
	kind  kind
	alias bool // computed as another system, not offered for choice

	// The projection as its standard states it, for recognising and writing definitions.
	meridian, scale, falseEasting float64

	tm *transverseMercator // what is computed; nil unless kind is transverse
}

// same tells whether coordinates are the project's own.
func (d *definition) same() bool { return d.tm == project }

// toGeographic gives longitude and latitude in degrees.
func (d *definition) toGeographic(p orb.Point) orb.Point {
	switch d.kind {
	case transverse:
		return d.tm.inverse(p)
	case spherical:
		return orb.Point{
			p[0] / earthRadius * degrees,
			math.Atan(math.Sinh(p[1]/earthRadius)) * degrees,
		}
	}
	return p
}

// fromGeographic is the inverse of toGeographic.
func (d *definition) fromGeographic(p orb.Point) orb.Point {
	switch d.kind {
	case transverse:
		return d.tm.forward(p)
	case spherical:
		return orb.Point{
			p[0] / degrees * earthRadius,
			math.Asinh(math.Tan(p[1]/degrees)) * earthRadius,
		}
	}
	return p
}

// earthRadius is Web Mercator's sphere in metres: the equatorial radius of WGS 84.
const earthRadius = 6378137

// degrees is how many go on a radian.
const degrees = 180 / math.Pi

// project is the projection that every layer of a project is kept in.
var project = newTransverseMercator(15, 0.9996, 500000, 0)

// The geographic systems that are taken as WGS 84 differ in name alone.
var definitions = []definition{
	{epsg: 3006, name: "SWEREF 99 TM", meridian: 15, scale: 0.9996, falseEasting: 500000, tm: project},
	{epsg: 4326, name: "WGS 84", kind: geographic},
	zone(3007, "SWEREF 99 12 00", 12),
	zone(3008, "SWEREF 99 13 30", 13.5),
	zone(3012, "SWEREF 99 14 15", 14.25),
	zone(3009, "SWEREF 99 15 00", 15),
	zone(3013, "SWEREF 99 15 45", 15.75),
	zone(3010, "SWEREF 99 16 30", 16.5),
	zone(3014, "SWEREF 99 17 15", 17.25),
	zone(3011, "SWEREF 99 18 00", 18),
	zone(3015, "SWEREF 99 18 45", 18.75),
	zone(3016, "SWEREF 99 20 15", 20.25),
	zone(3017, "SWEREF 99 21 45", 21.75),
	zone(3018, "SWEREF 99 23 15", 23.25),
	rt90,
	{epsg: 3857, name: "WGS 84 / Pseudo-Mercator", kind: spherical},
	{epsg: 4619, name: "SWEREF 99", kind: geographic, alias: true},
	{epsg: 4258, name: "ETRS89", kind: geographic, alias: true},
	{epsg: 25833, name: "ETRS89 / UTM zone 33N", meridian: 15, scale: 0.9996, falseEasting: 500000, alias: true, tm: project},
	{epsg: 32633, name: "WGS 84 / UTM zone 33N", meridian: 15, scale: 0.9996, falseEasting: 500000, alias: true, tm: project},
}

// rt90 is defined on Bessel's ellipsoid and reached from SWEREF 99 by a Helmert transformation. Lantmäteriet gives a
// transverse Mercator projection straight from GRS 80 that stands in for both within some millimetres; that is what is
// computed here. EPSG's own parameters are rounded: PROJ lies up to 0.35 m away.
var rt90 = definition{
	epsg: 3021, name: "RT 90 2.5 gon V", meridian: 15 + 48.0/60 + 29.8/3600, scale: 1, falseEasting: 1500000,
	tm: newTransverseMercator(15+48.0/60+22.624306/3600, 1.00000561024, 1500064.274, -667.711),
}

// zone gives a local SWEREF 99 zone.
func zone(epsg int, name string, meridian float64) definition {
	return definition{
		epsg: epsg, name: name, meridian: meridian, scale: 1, falseEasting: 150000,
		tm: newTransverseMercator(meridian, 1, 150000, 0),
	}
}
