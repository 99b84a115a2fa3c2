package symbology

import (
	"slices"
	"strings"
	"unicode"

	"nabar/model"
)

// Ground is what an area of a GroundKind is.
type Ground uint8

// The kinds of ground, in the order of GroundColours.
const (
	OpenGround Ground = iota
	WoodGround
	BuiltUpGround
	WaterGround
)

// groundWords are the words in the names that land surveys have for areas, Lantmäteriet's objekttyp first of all. The first that
// fits counts.
var groundWords = []struct {
	ground Ground
	words  []string
}{
	{WaterGround, []string{"vatten", "hav", "sjö", "water", "lake", "ocean"}},
	{WoodGround, []string{"skog", "wood", "forest"}},
	{BuiltUpGround, []string{"bebygg", "tätort", "stadskärna", "industri", "built", "urban", "residential"}},
}

// GroundOf tells what an area is by its name in a land survey: "Vattenyta", "Barr- och blandskog", "Sluten bebyggelse".
func GroundOf(name string) Ground {
	name = strings.ToLower(name)
	for _, g := range groundWords {
		if slices.ContainsFunc(g.words, func(w string) bool { return strings.Contains(name, w) }) {
			return g.ground
		}
	}
	return OpenGround
}

// woodColours are those of woods in the themes: quiet, and told from open land and from squares.
var woodColours = [...]Colour{Light: RGB(0xedf0e2), Dark: RGB(0x27332e)}

// GroundColours are the colours of the kinds of ground.
func GroundColours(t Theme) []Colour {
	p := PaletteOf(t)
	return []Colour{OpenGround: p.Land, WoodGround: woodColours[t&1], BuiltUpGround: p.BuiltUp, WaterGround: p.Water}
}

// groundColumns are the columns that tell what each area of a survey's map is.
var groundColumns = []string{"objekttyp", "detaljtyp", "marktyp", "landcover"}

// GroundColumn is the index of the column that tells what each area of a layer is, -1 for none.
func GroundColumn(l model.Layer) int {
	return slices.IndexFunc(l.Fields, func(f model.Field) bool {
		return f.Type == model.Text && slices.ContainsFunc(groundColumns, func(c string) bool { return strings.EqualFold(c, f.Name) })
	})
}

// isGround tells whether a layer of areas is a survey's map of all ground: Lantmäteriet's "mark" and "markytor".
func isGround(l model.Layer) bool {
	return GroundColumn(l) >= 0 && slices.ContainsFunc(nameWords(l.Name), func(w string) bool {
		return strings.HasPrefix(w, "mark") || w == "landcover" || w == "ground"
	})
}

// isLand tells whether a layer of areas is the land, the rest being sea. Its word stands for itself: Gotland and landskap are
// something else.
func isLand(l model.Layer) bool {
	return slices.ContainsFunc(nameWords(l.Name), func(w string) bool {
		return slices.Contains([]string{"land", "landyta", "landytor", "landområde", "landområden", "kustland", "landmass"}, w)
	})
}

// nameWords are the words of a name in lower case.
func nameWords(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) })
}
