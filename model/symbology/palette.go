package symbology

// Theme chooses between the light and the dark look.
type Theme uint8

// The themes. Print is always Light.
const (
	Light Theme = iota
	Dark
)

// Palette is the house's colours for one theme, named by what they are for.
type Palette struct {
	Petrol Colour // the house's own
	Accent Colour // what must be seen: selection, marks; used sparingly
	Ink    Colour // text
	Muted  Colour // secondary text and thin lines
	Rule   Colour // hairlines
	Paper  Colour // the sheet that panels and documents lie on
	Panel  Colour // key figures, table heads

	Land    Colour // within the border, or everywhere where there is none
	Outside Colour // beyond the border
	Water   Colour
	Shore   Colour // the line around water
	BuiltUp Colour
	Border  Colour
	Halo    Colour // around labels and symbols
	People  Colour // inhabited squares that have no class
	Place   Colour // names of places
	Area    Colour // outline of imported areas
}

var palettes = [...]Palette{
	Light: {
		Petrol: RGB(0x0f4c5c), Accent: RGB(0xcc4a12), Ink: RGB(0x1d2b31), Muted: RGB(0x5a696f), Rule: RGB(0xd5dcde),
		Paper: RGB(0xffffff), Panel: RGB(0xedf2f3),
		Land: RGB(0xfaf8f2), Outside: RGB(0xebe9e2), Water: RGB(0xd3e4ec), Shore: RGB(0x9fc0cf), BuiltUp: RGB(0xe9dfd2),
		Border: RGB(0x0f4c5c), Halo: RGB(0xffffff), People: RGB(0xd5dedc), Place: RGB(0x1d2b31), Area: RGB(0x6d7f62),
	},
	Dark: {
		Petrol: RGB(0x7fc3d2), Accent: RGB(0xff8a4c), Ink: RGB(0xe9eeee), Muted: RGB(0xa3b1b5), Rule: RGB(0x3b474c),
		Paper: RGB(0x1b2225), Panel: RGB(0x273135),
		Land: RGB(0x242c30), Outside: RGB(0x1a2023), Water: RGB(0x173541), Shore: RGB(0x2e5868), BuiltUp: RGB(0x353c3d),
		Border: RGB(0x7fc3d2), Halo: RGB(0x161c1f), People: RGB(0x55636a), Place: RGB(0xe9eeee), Area: RGB(0x93a986),
	},
}

// PaletteOf gives the palette of a theme.
func PaletteOf(t Theme) Palette { return palettes[t&1] }
