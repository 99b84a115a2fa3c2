package table

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"nabar/model/crs"
)

// fold brings a column's name to lower case letters and digits alone, å ä ö to a a o.
func fold(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == 'å' || r == 'ä':
			b.WriteByte('a')
		case r == 'ö':
			b.WriteByte('o')
		}
	}
	return b.String()
}

// axis is what a column's name says that it holds.
type axis int

const (
	noAxis axis = iota
	eastAxis
	northAxis
	lonAxis
	latAxis
	xAxis // easting in computing and in Pipos, northing in older Swedish tables: the values decide
	yAxis
)

// axisWords are the folded names of axes, without what axisNoise takes off.
var axisWords = map[string]axis{
	"e": eastAxis, "east": eastAxis, "easting": eastAxis, "ost": eastAxis, "oster": eastAxis, "ostlig": eastAxis,
	"ostvarde": eastAxis, "o": eastAxis,
	"n": northAxis, "north": northAxis, "northing": northAxis, "nord": northAxis, "norr": northAxis,
	"nordlig": northAxis, "nordvarde": northAxis,
	"lon": lonAxis, "long": lonAxis, "lng": lonAxis, "longitud": lonAxis, "longitude": lonAxis,
	"lat": latAxis, "latitud": latAxis, "latitude": latAxis,
	"x": xAxis, "y": yAxis,
}

// axisNoise stands around the name of an axis: the system, the word coordinate. Longer words come first.
var axisNoise = strings.NewReplacer(
	"sweref99tm", "", "sweref99", "", "sweref", "", "epsg3006", "", "epsg4326", "", "wgs84", "", "rt9025gonv", "", "rt90", "",
	"koordinater", "", "koordinaten", "", "koordinat", "", "koord", "", "coordinate", "", "coord", "", "centroid", "",
	"punkt", "", "point", "", "geo", "", "decimal", "",
)

// axisOf reads a column's name.
func axisOf(name string) axis {
	folded := fold(name)
	if a := axisWords[folded]; a != noAxis {
		return a
	}
	folded = zonePattern.ReplaceAllString(folded, "")
	return axisWords[axisNoise.Replace(folded)]
}

// namedSystem tells whether a column's name names a system: "sweref" ones before the vaguer.
func namedSystem(name string) bool {
	return strings.Contains(fold(name), "sweref") || systemOf(name) != crs.CRS{}
}

// zonePattern is a local SWEREF 99 zone in a folded name: sweref991330, sweref991500, sweref992015.
var zonePattern = regexp.MustCompile(`sweref99(1[2-9]|2[0-3])(00|15|30|45)`)

// zoneCodes are the EPSG codes of the local zones by central meridian, degrees and minutes.
var zoneCodes = map[string]int{
	"1200": 3007, "1330": 3008, "1500": 3009, "1630": 3010, "1800": 3011, "1415": 3012,
	"1545": 3013, "1715": 3014, "1845": 3015, "2015": 3016, "2145": 3017, "2315": 3018,
}

// systemOf gives the coordinate system that a column's name tells, zero where it tells none.
func systemOf(name string) crs.CRS {
	folded := fold(name)
	code := 0
	if m := zonePattern.FindStringSubmatch(folded); m != nil {
		code = zoneCodes[m[1]+m[2]]
	}
	switch {
	case code != 0:
	case strings.Contains(folded, "sweref99tm"), strings.Contains(folded, "3006"):
		code = 3006
	case strings.Contains(folded, "rt90"):
		code = 3021
	case strings.Contains(folded, "wgs84"), strings.Contains(folded, "4326"):
		code = 4326
	}
	c, _ := crs.ByEPSG(code)
	return c
}

// wktNames are the folded names of columns of well-known text.
var wktNames = map[string]bool{
	"wkt": true, "geom": true, "geometry": true, "geometri": true, "thegeom": true, "geomwkt": true, "wktgeom": true,
	"shape": true, "wellknowntext": true,
}

// Names makes column names of a heading: trimmed, on one line, none empty, none twice (SQLite takes upper and lower
// case for the same). Nameless columns get their number.
func Names(heading []string) []string {
	seen := make(map[string]bool, len(heading))
	out := make([]string, len(heading))
	for i, cell := range heading {
		name := strings.Join(strings.Fields(cell), " ")
		if name == "" {
			name = ColumnName(i)
		}
		base := name
		for n := 2; seen[strings.ToLower(name)]; n++ {
			name = base + "_" + strconv.Itoa(n)
		}
		seen[strings.ToLower(name)] = true
		out[i] = name
	}
	return out
}

// ColumnName is the name of the column at index i in a table without a heading.
func ColumnName(i int) string { return fmt.Sprintf("kolumn_%d", i+1) }

// IsHeading tells whether first is a heading, given some of the rows under it. A column speaks for a heading where its
// first cell is text above numbers, and against it where the first cell is a number as the others are (years above
// figures excepted). Where no column speaks the first row is taken for a heading, as nearly all tables have one.
func IsHeading(first []string, rows [][]string) bool {
	votes := 0
	for i, cell := range first {
		if looksWKT(trim(cell)) {
			return false
		}
		votes += headingVote(cell, i, rows)
	}
	return votes >= 0
}

// headingVote is +1 for a heading, -1 against, 0 for no opinion.
func headingVote(cell string, column int, rows [][]string) int {
	var below Column
	repeated := false
	for _, row := range rows {
		if column < len(row) {
			below.Add(row[column])
			repeated = repeated || (row[column] == cell && !IsNull(cell))
		}
	}
	n, number := ParseNumber(cell)
	numbers := below.values > 0 && below.numbers == below.values
	year := number && n.Whole && n.Digits == 4 && n.Int >= 1900 && n.Int <= 2100
	switch {
	case IsNull(cell):
		return 0
	case number && numbers && !year:
		return -1
	case !number && numbers:
		return 1
	case !number && repeated:
		return -1
	}
	return 0
}
