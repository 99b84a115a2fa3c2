package crs

import (
	"fmt"
	"strconv"
	"strings"
)

// node is one keyword of a WKT definition with what stands in its brackets.
type node struct {
	keyword string
	texts   []string // quoted strings and bare words, in order
	numbers []float64
	nodes   []*node
}

// maxNesting bounds how deep brackets may go; real definitions need six levels.
const maxNesting = 32

// readWKT parses a definition in WKT 1 or 2; brackets may be round. What follows the first definition is ignored.
func readWKT(s string) (*node, bool) {
	p := wktParser{text: s}
	return p.node(0)
}

// wktParser reads a definition from front to back.
type wktParser struct {
	text string
	pos  int
}

// skip passes over white space.
func (p *wktParser) skip() {
	for p.pos < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.pos]) >= 0 {
		p.pos++
	}
}

// next gives the byte at hand, 0 at the end.
func (p *wktParser) next() byte {
	p.skip()
	if p.pos >= len(p.text) {
		return 0
	}
	return p.text[p.pos]
}

// word reads up to a bracket, comma, quote or space.
func (p *wktParser) word() string {
	p.skip()
	rest := p.text[p.pos:]
	if end := strings.IndexAny(rest, "[](),\" \t\r\n"); end >= 0 {
		rest = rest[:end]
	}
	p.pos += len(rest)
	return rest
}

// quoted reads a string in double quotes; a doubled quote stands for one.
func (p *wktParser) quoted() (string, bool) {
	var b strings.Builder
	for p.pos++; p.pos < len(p.text); p.pos++ {
		if p.text[p.pos] == '"' {
			if p.pos+1 >= len(p.text) || p.text[p.pos+1] != '"' {
				p.pos++
				return b.String(), true
			}
			p.pos++
		}
		b.WriteByte(p.text[p.pos])
	}
	return "", false
}

// node reads KEYWORD[…].
func (p *wktParser) node(depth int) (*node, bool) {
	n := &node{keyword: strings.ToUpper(p.word())}
	if n.keyword == "" || depth > maxNesting || p.next() != '[' && p.next() != '(' {
		return nil, false
	}
	p.pos++
	for {
		if !p.item(n, depth) {
			return nil, false
		}
		switch p.next() {
		case ',':
			p.pos++
		case ']', ')':
			p.pos++
			return n, true
		default:
			return nil, false
		}
	}
}

// item reads one thing between commas into n.
func (p *wktParser) item(n *node, depth int) bool {
	if p.next() == '"' {
		s, ok := p.quoted()
		n.texts = append(n.texts, s)
		return ok
	}
	start := p.pos
	word := p.word()
	if c := p.next(); c == '[' || c == '(' {
		p.pos = start
		child, ok := p.node(depth + 1)
		if ok {
			n.nodes = append(n.nodes, child)
		}
		return ok
	}
	if v, err := strconv.ParseFloat(word, 64); err == nil {
		n.numbers = append(n.numbers, v)
	} else if word != "" {
		n.texts = append(n.texts, word)
	}
	return true
}

// name is the first text in the brackets.
func (n *node) name() string {
	if len(n.texts) == 0 {
		return ""
	}
	return n.texts[0]
}

// title is what to call the system in a sentence.
func (n *node) title() string {
	if authority, code := n.authority(); authority != "" {
		return fmt.Sprintf("%s (%s:%d)", shorten(n.name()), shorten(authority), code)
	}
	return shorten(n.name())
}

// child gives the first direct child with one of the keywords.
func (n *node) child(keywords ...string) *node {
	for _, c := range n.nodes {
		for _, k := range keywords {
			if c.keyword == k {
				return c
			}
		}
	}
	return nil
}

// authority gives the definition's own code, as in AUTHORITY["EPSG","3006"] or ID["EPSG",3006].
func (n *node) authority() (string, int) {
	a := n.child("AUTHORITY", "ID")
	if a == nil {
		return "", 0
	}
	if len(a.numbers) > 0 {
		return a.name(), int(a.numbers[0])
	}
	if len(a.texts) > 1 {
		if code, err := strconv.Atoi(a.texts[1]); err == nil {
			return a.name(), code
		}
	}
	return "", 0
}

// datum tells whether the geodetic datum is a modern one, that is SWEREF 99 or what is taken as the same, or RT 90.
func (n *node) datum() (modern, old bool) {
	d := n.find(3, "DATUM", "ENSEMBLE", "TRF")
	if d == nil {
		return false, false
	}
	name := letters(d.name())
	for _, word := range []string{"sweref99", "wgs84", "wgs1984", "worldgeodeticsystem1984", "etrs89", "etrs1989", "europeanterrestrialreferencesystem1989"} {
		if strings.Contains(name, word) {
			return true, false
		}
	}
	return false, strings.Contains(name, "rt90") || strings.Contains(name, "rt1990") || strings.Contains(name, "rikets")
}

// find gives the first node of a keyword within some levels.
func (n *node) find(levels int, keywords ...string) *node {
	if c := n.child(keywords...); c != nil || levels == 0 {
		return c
	}
	for _, c := range n.nodes {
		if f := c.find(levels-1, keywords...); f != nil {
			return f
		}
	}
	return nil
}

// unit is the size of the coordinates' unit in metres or radians; 0 where it is not told.
func (n *node) unit() float64 {
	u := n.child("UNIT", "LENGTHUNIT", "ANGLEUNIT")
	for _, holder := range []string{"CS", "AXIS"} {
		if c := n.child(holder); u == nil && c != nil {
			u = c.child("UNIT", "LENGTHUNIT", "ANGLEUNIT")
		}
	}
	if u == nil || len(u.numbers) == 0 {
		return 0
	}
	return u.numbers[0]
}

// projection is the name of the method, in WKT 1 or 2.
func (n *node) projection() string {
	if p := n.find(1, "PROJECTION", "METHOD"); p != nil {
		return p.name()
	}
	return ""
}

// parameter is the value of the parameter whose name starts with one of the given; 0 where there is none.
func (n *node) parameter(names ...string) float64 {
	holder := n
	if c := n.child("CONVERSION"); c != nil {
		holder = c
	}
	for _, c := range holder.nodes {
		if c.keyword != "PARAMETER" || len(c.numbers) == 0 {
			continue
		}
		for _, name := range names {
			if strings.HasPrefix(letters(c.name()), name) {
				return c.numbers[0]
			}
		}
	}
	return 0
}

// WKT is the system's definition in WKT 1, as gpkg_spatial_ref_sys and .prj files hold it. It is empty for the zero CRS.
func (c CRS) WKT() string {
	if c.def == nil {
		return ""
	}
	d := c.def
	switch d.kind {
	case geographic:
		return d.geographicWKT()
	case spherical:
		return fmt.Sprintf(`PROJCS["%s",%s,PROJECTION["Mercator_1SP"],PARAMETER["central_meridian",0],PARAMETER["scale_factor",1],`+
			`PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],`+
			`AXIS["Easting",EAST],AXIS["Northing",NORTH],`+
			`EXTENSION["PROJ4","+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs"],`+
			`AUTHORITY["EPSG","%d"]]`, d.name, WGS84.WKT(), d.epsg)
	}
	axes := `AXIS["Northing",NORTH],AXIS["Easting",EAST]`
	if d.alias {
		axes = `AXIS["Easting",EAST],AXIS["Northing",NORTH]` // UTM zones state it the other way round
	}
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	return fmt.Sprintf(`PROJCS["%s",%s,PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],`+
		`PARAMETER["central_meridian",%s],PARAMETER["scale_factor",%s],PARAMETER["false_easting",%s],`+
		`PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],%s,AUTHORITY["EPSG","%d"]]`,
		d.name, d.geographicWKT(), number(d.meridian), number(d.scale), number(d.falseEasting), axes, d.epsg)
}

// geographicWKT defines the geographic system that d is, or that it projects.
func (d *definition) geographicWKT() string {
	base := map[int]int{4326: 4326, 32633: 4326, 4258: 4258, 25833: 4258, 3021: 4124}[d.epsg]
	name, datum, ellipsoid, code := "SWEREF99", "SWEREF99", `"GRS 1980",6378137,298.257222101,AUTHORITY["EPSG","7019"]`, 4619
	datumCode := 6619
	switch base {
	case 4326:
		name, datum, ellipsoid, code, datumCode = "WGS 84", "WGS_1984", `"WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]`, 4326, 6326
	case 4258:
		name, datum, code, datumCode = "ETRS89", "European_Terrestrial_Reference_System_1989", 4258, 6258
	case 4124:
		name, datum, ellipsoid, code, datumCode = "RT90", "Rikets_koordinatsystem_1990", `"Bessel 1841",6377397.155,299.1528128,AUTHORITY["EPSG","7004"]`, 4124, 6124
	}
	return fmt.Sprintf(`GEOGCS["%s",DATUM["%s",SPHEROID[%s],AUTHORITY["EPSG","%d"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],`+
		`UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],`+
		`AUTHORITY["EPSG","%d"]]`, name, datum, ellipsoid, datumCode, code)
}
