package table

import (
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
)

// wktDepth bounds how deep geometry collections may lie in each other.
const wktDepth = 8

// wktWords are the words that well-known text starts with.
var wktWords = []string{
	"POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION", "SRID=",
}

// looksWKT tells whether a cell starts as well-known text does.
func looksWKT(s string) bool {
	if len(s) < len("POINT(0 0)") {
		return false
	}
	for _, w := range wktWords {
		if len(s) > len(w) && strings.EqualFold(s[:len(w)], w) {
			next := s[len(w)]
			return w == "SRID=" || next == ' ' || next == '(' || next|0x20 == 'z' || next|0x20 == 'm'
		}
	}
	return false
}

// WKT is a geometry read from well-known text.
type WKT struct {
	Geometry orb.Geometry // nil for an empty one
	SRID     int          // of extended WKT ("SRID=3006;POINT(…)"), else 0
	Dropped  bool         // heights or measures stood there and were left out
}

// ParseWKT reads OGC well-known text of the seven simple types, with the Z, M, ZM and SRID extensions. The message says
// why a text is none; it is empty where the text could be read.
func ParseWKT(text string) (WKT, i18n.Message) {
	p := wktParser{rest: strings.TrimSpace(text)}
	out := WKT{SRID: p.srid()}
	g, ok := p.geometry(0)
	p.space()
	if !ok || p.rest != "" {
		return WKT{}, i18n.M("table.bad_wkt", Clip(text))
	}
	out.Geometry, out.Dropped = g, p.dropped
	return out, i18n.Message{}
}

// wktParser walks through one text.
type wktParser struct {
	rest    string
	dropped bool
}

// srid takes the prefix of extended WKT.
func (p *wktParser) srid() int {
	if len(p.rest) < 5 || !strings.EqualFold(p.rest[:5], "SRID=") {
		return 0
	}
	digits, rest, found := strings.Cut(p.rest[5:], ";")
	code, err := strconv.Atoi(digits)
	if !found || err != nil {
		return 0
	}
	p.rest = rest
	return code
}

// space skips white space.
func (p *wktParser) space() { p.rest = strings.TrimLeft(p.rest, " \t\r\n") }

// word takes a run of letters, in upper case.
func (p *wktParser) word() string {
	p.space()
	i := 0
	for i < len(p.rest) && p.rest[i]|0x20 >= 'a' && p.rest[i]|0x20 <= 'z' {
		i++
	}
	w := p.rest[:i]
	p.rest = p.rest[i:]
	return strings.ToUpper(w)
}

// take takes one character.
func (p *wktParser) take(c byte) bool {
	p.space()
	if p.rest == "" || p.rest[0] != c {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

// geometry takes one geometry of any type. An empty one is nil.
func (p *wktParser) geometry(depth int) (orb.Geometry, bool) {
	kind := p.word()
	for _, suffix := range []string{"ZM", "Z", "M"} {
		if base, ok := strings.CutSuffix(kind, suffix); ok && isWKTWord(base) {
			kind = base
		}
	}
	if !isWKTWord(kind) || depth > wktDepth {
		return nil, false
	}
	before := p.rest
	switch p.word() {
	case "EMPTY":
		return nil, true
	case "Z", "M", "ZM":
		afterward := p.rest
		if p.word() == "EMPTY" {
			return nil, true
		}
		p.rest = afterward
	case "":
		p.rest = before
	default:
		return nil, false
	}
	return p.body(kind, depth)
}

// isWKTWord tells whether w names a geometry type.
func isWKTWord(w string) bool {
	for _, known := range wktWords {
		if w == known {
			return true
		}
	}
	return false
}

// body takes what stands behind the name of a type.
func (p *wktParser) body(kind string, depth int) (orb.Geometry, bool) {
	switch kind {
	case "POINT":
		ps, ok := p.points()
		if !ok || len(ps) != 1 {
			return nil, false
		}
		return ps[0], true
	case "MULTIPOINT":
		ps, ok := p.multiPoint()
		return orb.MultiPoint(ps), ok
	case "LINESTRING":
		ps, ok := p.points()
		return orb.LineString(ps), ok && len(ps) > 1
	case "MULTILINESTRING":
		var out orb.MultiLineString
		ok := p.list(func() bool {
			ps, ok := p.points()
			out = append(out, ps)
			return ok && len(ps) > 1
		})
		return out, ok
	case "POLYGON":
		g, ok := p.polygon()
		return g, ok
	case "MULTIPOLYGON":
		var out orb.MultiPolygon
		ok := p.list(func() bool {
			g, ok := p.polygon()
			out = append(out, g)
			return ok
		})
		return out, ok
	}
	var out orb.Collection
	ok := p.list(func() bool {
		g, ok := p.geometry(depth + 1)
		if g != nil {
			out = append(out, g)
		}
		return ok
	})
	return out, ok
}

// list takes a bracketed list of one or more items.
func (p *wktParser) list(item func() bool) bool {
	if !p.take('(') {
		return false
	}
	for {
		if !item() {
			return false
		}
		if !p.take(',') {
			return p.take(')')
		}
	}
}

// points takes a bracketed list of positions.
func (p *wktParser) points() ([]orb.Point, bool) {
	var out []orb.Point
	ok := p.list(func() bool {
		pt, ok := p.point()
		out = append(out, pt)
		return ok
	})
	return out, ok
}

// multiPoint takes positions with or without brackets of their own: both are in use.
func (p *wktParser) multiPoint() ([]orb.Point, bool) {
	var out []orb.Point
	ok := p.list(func() bool {
		bracket := p.take('(')
		pt, ok := p.point()
		out = append(out, pt)
		return ok && (!bracket || p.take(')'))
	})
	return out, ok
}

// polygon takes rings. A ring is closed where its text is not; fewer than three corners are none.
func (p *wktParser) polygon() (orb.Polygon, bool) {
	var out orb.Polygon
	ok := p.list(func() bool {
		ps, ok := p.points()
		if !ok || len(ps) < 3 {
			return false
		}
		if ps[0] != ps[len(ps)-1] {
			ps = append(ps, ps[0])
		}
		out = append(out, ps)
		return len(ps) >= 4
	})
	return out, ok
}

// point takes two numbers and drops up to two more.
func (p *wktParser) point() (orb.Point, bool) {
	var out orb.Point
	for i := range out {
		v, ok := p.number()
		if !ok {
			return out, false
		}
		out[i] = v
	}
	for range 2 {
		p.space()
		if p.rest == "" || p.rest[0] == ',' || p.rest[0] == ')' {
			break
		}
		if _, ok := p.number(); !ok {
			return out, false
		}
		p.dropped = true
	}
	return out, true
}

// number takes one finite number.
func (p *wktParser) number() (float64, bool) {
	p.space()
	i := 0
	for i < len(p.rest) && strings.IndexByte("+-.0123456789eE", p.rest[i]) >= 0 {
		i++
	}
	v, err := strconv.ParseFloat(p.rest[:i], 64)
	p.rest = p.rest[i:]
	return v, err == nil && !math.IsInf(v, 0)
}

// Clip shortens a cell for a message.
func Clip(s string) string {
	const most = 40
	r := []rune(strings.ToValidUTF8(s[:min(len(s), 8*most)], "?"))
	if len(r) <= most {
		return string(r)
	}
	return string(r[:most]) + "…"
}
