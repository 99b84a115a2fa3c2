package crs

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"nabar/internal/i18n"
)

// maxText bounds the definitions that Parse looks at; real ones have some thousand characters.
const maxText = 64 << 10

// codeForm matches the ways in which an EPSG code is written: "3006", "EPSG:3006", "+init=epsg:3006",
// "urn:ogc:def:crs:EPSG::3006", "http://www.opengis.net/def/crs/EPSG/0/3006", "…/gml/srs/epsg.xml#3006".
var codeForm = regexp.MustCompile(`(?i)^(?:(?:.*[^a-z])?epsg(?:\.xml|\.io)?[:/#][0-9.]*[:/#]?)?([0-9]{4,6})$`)

// crs84Form matches the names of WGS 84 with longitude first.
var crs84Form = regexp.MustCompile(`(?i)^(?:.*[:/])?crs:?84h?$`)

// Parse recognises a system by an EPSG code, an OGC URN or address, CRS84, a friendly name ("SWEREF 99 TM"), or a
// definition in WKT (versions 1 and 2, and ESRI's dialect as in old .prj files). Anything else gives a *i18n.Problem
// that lists nothing but says what was not understood.
func Parse(s string) (CRS, error) {
	s = strings.TrimSpace(strings.TrimPrefix(s, "\ufeff"))
	if s == "" {
		return CRS{}, i18n.Errorf("crs.empty")
	}
	if len(s) > maxText {
		return CRS{}, i18n.Errorf("crs.unknown", shorten(s))
	}
	if m := codeForm.FindStringSubmatch(s); m != nil {
		return parseCode(m[1])
	}
	if crs84Form.MatchString(s) {
		return WGS84, nil
	}
	if c, ok := byName(s); ok {
		return c, nil
	}
	if strings.ContainsAny(s, "[(") {
		return parseWKT(s)
	}
	return CRS{}, i18n.Errorf("crs.unknown", shorten(s))
}

// parseCode looks up a code written in digits.
func parseCode(digits string) (CRS, error) {
	code, err := strconv.Atoi(digits)
	if err != nil {
		return CRS{}, i18n.Errorf("crs.unknown", shorten(digits))
	}
	if c, ok := ByEPSG(code); ok {
		return c, nil
	}
	return CRS{}, i18n.Errorf("crs.unsupported", "EPSG:"+digits)
}

// otherNames are the names of systems besides those of the table, as letters and digits alone.
var otherNames = map[string]int{
	"sweref99":                          4619,
	"gcssweref99":                       4619,
	"rt9025gonw":                        3021,
	"rt9025gonvest":                     3021,
	"rt9025gonväst":                     3021,
	"rt90":                              3021,
	"wgs1984":                           4326,
	"gcswgs1984":                        4326,
	"wgs84geodetic":                     4326,
	"gcsetrs1989":                       4258,
	"webmercator":                       3857,
	"pseudomercator":                    3857,
	"wgs1984webmercator":                3857,
	"wgs1984webmercatorauxiliarysphere": 3857,
	"popularvisualisationcrsmercator":   3857,
	"etrs1989utmzone33n":                25833,
	"wgs1984utmzone33n":                 32633,
}

// byName finds a system by its name, whatever the case, spaces and marks.
func byName(s string) (CRS, bool) {
	if len(s) > 80 {
		return CRS{}, false
	}
	want := letters(s)
	if code, ok := otherNames[want]; ok {
		return ByEPSG(code)
	}
	for i := range definitions {
		if letters(definitions[i].name) == want {
			return CRS{&definitions[i]}, true
		}
	}
	return CRS{}, false
}

// letters keeps the letters and digits of s, in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// shorten gives the beginning of a text, fit for a sentence.
func shorten(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// parseWKT recognises a definition by its own code, else by its projection's numbers, else by its name.
func parseWKT(s string) (CRS, error) {
	root, ok := readWKT(s)
	if !ok {
		return CRS{}, i18n.Errorf("crs.unknown", shorten(s))
	}
	if strings.HasPrefix(root.keyword, "COMP") && len(root.nodes) > 0 {
		root = root.nodes[0] // a plane system with heights: the plane is what counts
	}
	if authority, code := root.authority(); strings.EqualFold(authority, "EPSG") {
		if c, ok := ByEPSG(code); ok {
			return c, nil
		}
		return CRS{}, i18n.Errorf("crs.unsupported", root.title())
	}
	if c, ok := byParameters(root); ok {
		return c, nil
	}
	return CRS{}, i18n.Errorf("crs.unsupported", root.title())
}

// byParameters recognises a definition that carries no code of ours.
func byParameters(root *node) (CRS, bool) {
	modern, old := root.datum()
	switch root.keyword {
	case "GEOGCS", "GEOGCRS", "GEODCRS":
		if !modern || !near(root.unit(), 1/degrees, 1e-9) {
			return CRS{}, false
		}
		if c, ok := byName(root.name()); ok && c.Geographic() {
			return c, true
		}
		return WGS84, true
	case "PROJCS", "PROJCRS":
		if c, ok := byName(root.name()); ok && c.def.kind == spherical {
			return c, true
		}
		if !modern && !old || root.unit() != 1 {
			return CRS{}, false
		}
		return byProjection(root, old)
	}
	return CRS{}, false
}

// byProjection finds the system whose transverse Mercator has the definition's numbers. Those with the same numbers
// differ in name alone: the definition's own name decides, else the first.
func byProjection(root *node, old bool) (CRS, bool) {
	if !strings.Contains(letters(root.projection()), "transversemercator") || root.parameter("latitudeof") != 0 {
		return CRS{}, false
	}
	meridian := root.parameter("centralmeridian", "longitudeof")
	scale := root.parameter("scalefactor")
	east, north := root.parameter("falseeasting"), root.parameter("falsenorthing")
	var found CRS
	for i := range definitions {
		d := &definitions[i]
		if d.kind != transverse || (d.epsg == rt90.epsg) != old {
			continue
		}
		if near(meridian, d.meridian, 1e-6) && near(scale, d.scale, 1e-9) && near(east, d.falseEasting, 1e-3) && near(north, 0, 1e-3) {
			if letters(root.name()) == letters(d.name) {
				return CRS{d}, true
			}
			if found.IsZero() {
				found = CRS{d}
			}
		}
	}
	return found, !found.IsZero()
}

// near tells whether two numbers agree within a tolerance; NaN never does.
func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }
