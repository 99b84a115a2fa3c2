package symbology

import "slices"

// RampName names a ramp of colours that a layer's classes can have.
type RampName string

// The ramps. The last two part at a pale middle, for differences; all others go from light to dark, so that their order is
// read in grey and by the colour-blind.
const (
	Lagoon     RampName = "lagoon" // that of the distance bands
	Heat       RampName = "heat"   // people per square
	Plum       RampName = "plum"
	Forest     RampName = "forest"
	Grey       RampName = "grey"
	BlueOrange RampName = "blue-orange" // that of the maps of changes
	PurpleLeaf RampName = "purple-green"
)

// RampNames lists the ramps in the order in which a user is offered them.
func RampNames() []RampName {
	return []RampName{Lagoon, Heat, Plum, Forest, Grey, BlueOrange, PurpleLeaf}
}

// hues are the anchors of the ramps that go one way, from light to dark. The lightness is set apart from them.
var hues = map[RampName][]Colour{
	Lagoon: rampAnchors,
	Heat:   {RGB(0xfdf0b8), RGB(0xfbc76b), RGB(0xef8a43), RGB(0xcf4a3c), RGB(0x931f4c), RGB(0x4a1038)},
	Plum:   {RGB(0xf4e3f0), RGB(0xd9aed6), RGB(0xb274b8), RGB(0x84479a), RGB(0x552a76), RGB(0x2f1550)},
	Forest: {RGB(0xeef4c9), RGB(0xbcd98f), RGB(0x7bb661), RGB(0x428a4d), RGB(0x1f5f40), RGB(0x0e3a2e)},
	Grey:   {RGB(0xf0f0f0), RGB(0x2a2a2a)},
}

// Diverging tells whether a ramp parts at a pale middle.
func (r RampName) Diverging() bool { return r == BlueOrange || r == PurpleLeaf }

// Known tells whether there is such a ramp.
func (r RampName) Known() bool { return slices.Contains(RampNames(), r) }

// Colours gives n colours of the ramp, those of Lagoon where there is no such ramp.
func (r RampName) Colours(n int, t Theme, reversed bool) []Colour {
	var out []Colour
	switch anchors, ok := hues[r]; {
	case r.Diverging():
		out = diverging(r, n, t)
	case ok:
		out = sequence(anchors, n, t)
	default:
		out = Ramp(n, t)
	}
	if reversed {
		slices.Reverse(out)
	}
	return out
}

// divergingEnds are the far colours of the ramps that part, equally far from the middle in lightness.
var divergingEnds = map[RampName][2][2]Colour{
	BlueOrange: changeEnds,
	PurpleLeaf: {
		Light: {RGB(0x74368f), RGB(0x22702f)},
		Dark:  {RGB(0xd09ce8), RGB(0x7cc97c)},
	},
}

// diverging gives n colours of a ramp that parts; an even number of them has no middle.
func diverging(r RampName, n int, t Theme) []Colour {
	out := parting(divergingEnds[r][t&1], changeMiddle[t&1], n/2)
	if n%2 == 0 {
		out = slices.Delete(out, n/2, n/2+1)
	}
	return out
}

// parting gives 2n+1 colours from one end over the middle to the other. The least step is still told from none.
func parting(ends [2]Colour, middle Colour, n int) []Colour {
	out := make([]Colour, 2*n+1)
	from := toOklab(middle)
	out[n] = middle
	for side, end := range ends {
		far := toOklab(end)
		for k := 1; k <= n; k++ {
			f := 0.25 + 0.75*float64(k)/float64(n)
			c := oklab{from.l + (far.l-from.l)*f, from.a + (far.a-from.a)*f, from.b + (far.b-from.b)*f}.colour()
			if side == 0 {
				out[n-k] = c
			} else {
				out[n+k] = c
			}
		}
	}
	return out
}

// MostCategories is how many values of a column have a colour of their own; all others share one.
const MostCategories = 8

// categories are colours that are told apart by the colour-blind too, after Okabe and Ito's set ("Color universal design",
// 2008): its hues, darkened where they would not stand out from the land.
var categories = [...][MostCategories]Colour{
	Light: {
		RGB(0x0072b2), RGB(0xe69f00), RGB(0x009e73), RGB(0xcc79a7), RGB(0x1d2b31), RGB(0x56b4e9), RGB(0xc0480a), RGB(0xe6d832),
	},
	Dark: {
		RGB(0x2f88c4), RGB(0xf0ab10), RGB(0x10c490), RGB(0xd888cc), RGB(0xe9eeee), RGB(0x7cc8f5), RGB(0xe0632a), RGB(0xf0e442),
	},
}

// CategoryColour is the colour of category i, and OtherColour that of what has none.
func CategoryColour(i int, t Theme) Colour {
	if i < 0 || i >= MostCategories {
		return OtherColour(t)
	}
	return categories[t&1][i]
}

// OtherColour is the colour of values that are in no class and no category.
func OtherColour(t Theme) Colour { return [...]Colour{Light: RGB(0xa9a49d), Dark: RGB(0x7a7f82)}[t&1] }

// CategoryShape is the shape of the points of category i: as told apart as the colours are, without any.
func CategoryShape(i int) Shape {
	all := Shapes()
	if i < 0 {
		return Circle
	}
	return all[i%len(all)]
}
