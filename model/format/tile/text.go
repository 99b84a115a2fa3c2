package tile

import (
	"html"
	"math"
	"strconv"
	"strings"
	"unicode"

	"github.com/paulmach/orb"
)

// longestText is how many letters of a name or an attribution are kept.
const longestText = 300

// Plain makes plain text of what archives write as HTML: tags go, entities become letters, white space is one space.
func Plain(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case r == '<':
			depth++
		case r == '>' && depth > 0:
			depth--
		case depth == 0:
			b.WriteRune(r)
		}
	}
	text := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, html.UnescapeString(b.String()))
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > longestText {
		text = string(runes[:longestText-1]) + "…"
	}
	return text
}

// MaxLatitude is where Web Mercator's square world ends, north and south, in degrees.
const MaxLatitude = 85.0511287798066

// World is all that tiles can show.
func World() orb.Bound {
	return orb.Bound{Min: orb.Point{-180, -MaxLatitude}, Max: orb.Point{180, MaxLatitude}}
}

// ParseBounds reads "west,south,east,north" in degrees; ok is false where it makes no rectangle of the world.
func ParseBounds(text string) (b orb.Bound, ok bool) {
	parts := strings.Split(text, ",")
	if len(parts) != 4 {
		return b, false
	}
	var v [4]float64
	for i, part := range parts {
		var err error
		if v[i], err = strconv.ParseFloat(strings.TrimSpace(part), 64); err != nil || math.IsNaN(v[i]) {
			return b, false
		}
	}
	return Clip(orb.Bound{Min: orb.Point{v[0], v[1]}, Max: orb.Point{v[2], v[3]}})
}

// Clip cuts a rectangle in degrees to the world; ok is false where nothing is left.
func Clip(b orb.Bound) (orb.Bound, bool) {
	w := World()
	for i := range 2 {
		b.Min[i] = math.Max(b.Min[i], w.Min[i])
		b.Max[i] = math.Min(b.Max[i], w.Max[i])
	}
	return b, b.Min[0] < b.Max[0] && b.Min[1] < b.Max[1]
}

// Box is the rectangle of a tile in degrees.
func Box(k Key) orb.Bound {
	n := math.Exp2(float64(k.Z))
	lat := func(y float64) float64 { return math.Atan(math.Sinh(math.Pi*(1-2*y/n))) * 180 / math.Pi }
	x, y := float64(k.X), float64(k.Y)
	return orb.Bound{Min: orb.Point{x/n*360 - 180, lat(y + 1)}, Max: orb.Point{(x+1)/n*360 - 180, lat(y)}}
}
