package symbology

import (
	"math"

	"nabar/model"
)

// RoadTier groups the road classes that look alike. Tiers are drawn from the first to the last.
type RoadTier uint8

// The tiers, from least to most important. Ferries lie under all roads.
const (
	FerryTier RoadTier = iota
	MinorTier          // classes 8 and 9: forest and estate roads
	LocalTier          // class 7 and roads of unknown class
	TertiaryTier
	SecondaryTier
	PrimaryTier
	MainTier // classes 0 and 1, and motorways
	RoadTiers
)

// TierOf gives the tier of a road by its class, 0 to 9 or -1, and flags.
func TierOf(class int8, flags model.RoadFlags) RoadTier {
	switch {
	case flags&model.Ferry != 0:
		return FerryTier
	case flags&model.Motorway != 0, class == 0, class == 1:
		return MainTier
	case class < 0:
		return LocalTier
	case class <= 2:
		return PrimaryTier
	case class <= 4:
		return SecondaryTier
	case class <= 6:
		return TertiaryTier
	case class == 7:
		return LocalTier
	}
	return MinorTier
}

// RoadStyle is how the roads of one tier are drawn at one scale. Width 0 means: not at all. A casing is drawn under
// all cores of the same tier.
type RoadStyle struct {
	Colour      Colour
	Width       float64 // reference pixels
	Casing      Colour
	CasingWidth float64 // the whole width, 0 for none
	Dash        []float64
}

// roadScales are the scales, in metres for each reference pixel, that roadWidths tells the widths at.
var roadScales = []float64{0.5, 1, 3, 10, 30, 80, 200}

var roadWidths = [RoadTiers][]float64{
	FerryTier:     {1.6, 1.5, 1.4, 1.3, 1.1, 0.9, 0.7},
	MinorTier:     {3.6, 2.4, 1.2, 0.75, 0.42, 0, 0},
	LocalTier:     {5, 3.4, 1.8, 1.0, 0.6, 0.34, 0.18},
	TertiaryTier:  {7, 4.6, 2.6, 1.5, 0.85, 0.6, 0.4},
	SecondaryTier: {9, 6, 3.4, 2.1, 1.35, 0.95, 0.6},
	PrimaryTier:   {11, 7.5, 4.2, 2.7, 1.8, 1.25, 0.8},
	MainTier:      {13, 9, 5, 3.3, 2.3, 1.6, 1.0},
}

// casedFrom is the scale at and below which a tier is drawn as a light core in a darker casing.
var casedFrom = [RoadTiers]float64{
	MinorTier: 1.6, LocalTier: 4, TertiaryTier: 12, SecondaryTier: 45, PrimaryTier: 100, MainTier: 160,
}

// roadColours are those of one theme.
type roadColours struct {
	core, main, casing, line, minor, ferry Colour
}

var roadPalettes = [...]roadColours{
	Light: {
		core: RGB(0xffffff), main: RGB(0xfff1d6), casing: RGB(0x75838a), line: RGB(0x6d7b81), minor: RGB(0x8b969a),
		ferry: RGB(0x3f7f9b),
	},
	Dark: {
		core: RGB(0x7d8b91), main: RGB(0xb3a88e), casing: RGB(0x14191b), line: RGB(0x85949a), minor: RGB(0x66747a),
		ferry: RGB(0x5d9fb9),
	},
}

// RoadStyleOf gives the style of a tier at a scale in metres for each reference pixel.
func RoadStyleOf(tier RoadTier, scale float64, t Theme) RoadStyle {
	colours := roadPalettes[t&1]
	width := Interpolate(roadScales, roadWidths[tier], scale)
	s := RoadStyle{Width: width, Colour: colours.line}
	switch {
	case width == 0:
		return RoadStyle{}
	case tier == FerryTier:
		s.Colour, s.Dash = colours.ferry, []float64{5, 4}
	case scale <= casedFrom[tier]:
		s.Colour, s.Casing = colours.core, colours.casing
		if tier == MainTier {
			s.Colour = colours.main
		}
		s.CasingWidth = width + math.Min(1.7, 0.7+width*0.28)
	case tier <= LocalTier:
		s.Colour = colours.minor
	}
	return s
}

// Interpolate reads a table of ys at ascending positive xs at x: straight between them on a logarithmic x, flat beyond
// the ends. Sizes that depend on the map's scale are kept in such tables.
func Interpolate(xs, ys []float64, x float64) float64 {
	if x <= xs[0] {
		return ys[0]
	}
	for i := 1; i < len(xs); i++ {
		if x <= xs[i] {
			f := math.Log(x/xs[i-1]) / math.Log(xs[i]/xs[i-1])
			return ys[i-1] + (ys[i]-ys[i-1])*f
		}
	}
	return ys[len(ys)-1]
}
