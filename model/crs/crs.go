// Package crs turns coordinates of the systems that Swedish data comes in into SWEREF 99 TM and back: SWEREF 99 TM and
// its twelve local zones, RT 90 2.5 gon V, WGS 84 and Web Mercator.
//
// Invariants: X is always easting or longitude and Y northing or latitude, whatever axis order a standard prescribes;
// degrees are decimal; WGS 84, ETRS 89 and SWEREF 99 are taken as one, as PROJ does (they differ by some decimetres on
// the ground, less than the data they come with). Within Sweden the results agree with PROJ within 1 mm, for RT 90
// within 1 m. The package is pure: nothing is read, and it is safe for concurrent use.
package crs

import (
	"fmt"

	"github.com/paulmach/orb"
)

// CRS is one coordinate reference system. Values are comparable: two are the same system exactly when they are equal.
// The zero CRS is no system; its coordinates are taken as they are.
type CRS struct{ def *definition }

// The systems that the program itself uses: the project's own, and that of GeoJSON.
var (
	SWEREF99TM = mustCode(3006)
	WGS84      = mustCode(4326)
)

// mustCode gives a system that the table is known to hold.
func mustCode(code int) CRS {
	c, ok := ByEPSG(code)
	if !ok {
		panic(fmt.Sprintf("EPSG:%d is missing from the table", code))
	}
	return c
}

// ByEPSG gives the system of an EPSG code, and whether it is one that the program knows. Besides those of Supported it
// takes codes that mean the same for our purposes, such as 4619 (SWEREF 99, geographic) and 25833 (ETRS 89 / UTM 33N).
func ByEPSG(code int) (CRS, bool) {
	if code == 4979 { // WGS 84 with heights, which are dropped
		code = 4326
	}
	for i := range definitions {
		if definitions[i].epsg == code {
			return CRS{&definitions[i]}, true
		}
	}
	return CRS{}, false
}

// Supported lists the systems that a user may choose among, the commonest first.
func Supported() []CRS {
	var out []CRS
	for i := range definitions {
		if !definitions[i].alias {
			out = append(out, CRS{&definitions[i]})
		}
	}
	return out
}

// IsZero tells whether c is no system at all.
func (c CRS) IsZero() bool { return c.def == nil }

// EPSG is the system's code, 0 for the zero CRS.
func (c CRS) EPSG() int {
	if c.def == nil {
		return 0
	}
	return c.def.epsg
}

// Name is the system's usual name in Sweden, the same in every language.
func (c CRS) Name() string {
	if c.def == nil {
		return ""
	}
	return c.def.name
}

// String gives "EPSG:3006", or nothing for the zero CRS.
func (c CRS) String() string {
	if c.def == nil {
		return ""
	}
	return fmt.Sprintf("EPSG:%d", c.def.epsg)
}

// Geographic tells whether coordinates are degrees.
func (c CRS) Geographic() bool { return c.def != nil && c.def.kind == geographic }

// ToProject turns a position into SWEREF 99 TM metres. Positions far outside the system's area give values that mean
// nothing, possibly NaN or infinite.
func (c CRS) ToProject(p orb.Point) orb.Point {
	if c.def == nil || c.def.same() {
		return p
	}
	return project.forward(c.def.toGeographic(p))
}

// FromProject turns SWEREF 99 TM metres into a position of this system.
func (c CRS) FromProject(p orb.Point) orb.Point {
	if c.def == nil || c.def.same() {
		return p
	}
	return c.def.fromGeographic(project.inverse(p))
}
