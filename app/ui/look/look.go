// Package look is the program's looks: one petrol and one accent as in the printed plan, Source Sans 3, steps of 4, 8,
// 12 and 16 units, light by default and dark by choice.
//
// Invariant: every pair of text and ground that the program puts together has a contrast of at least 4.5 to 1.
package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"nabar/assets"
)

// The steps that all distances in the window are made of, in units.
const (
	Step1 float32 = 4
	Step2 float32 = 8
	Step3 float32 = 12
	Step4 float32 = 16
)

// The program's own names of colours and sizes, beside Fyne's.
const (
	ColorNameAccent fyne.ThemeColorName = "accent" // the one colour beside petrol
	ColorNameMuted  fyne.ThemeColorName = "muted"  // text of the second rank
	ColorNameBar    fyne.ThemeColorName = "bar"    // ground of toolbar and status bar
	ColorNameTrack  fyne.ThemeColorName = "track"  // what a bar of a chart runs on
	ColorNameVeil   fyne.ThemeColorName = "veil"   // over what is old and about to change

	SizeNameFigure fyne.ThemeSizeName = "figure" // key figures
)

// Theme is the light or the dark look.
type Theme struct {
	dark     bool
	fallback fyne.Theme
	fonts    map[string]fyne.Resource
}

// New makes the light or the dark look.
func New(dark bool) *Theme {
	t := &Theme{dark: dark, fallback: theme.DefaultTheme(), fonts: map[string]fyne.Resource{}}
	for _, face := range []string{"Regular", "Semibold", "Bold", "It"} {
		name := "SourceSans3-" + face + ".ttf"
		data, err := assets.Fonts.ReadFile("fonts/" + name)
		if err != nil {
			panic("embedded font: " + err.Error()) // a broken build, caught by the tests
		}
		t.fonts[face] = fyne.NewStaticResource(name, data)
	}
	return t
}

// AppIcon is the program's icon.
func AppIcon() fyne.Resource {
	data, err := assets.Icons.ReadFile("icons/nabar.png")
	if err != nil {
		panic("embedded icon: " + err.Error()) // a broken build, caught by the tests
	}
	return fyne.NewStaticResource("nabar.png", data)
}

// Icon is one of the program's own pictures, by its name without ending, in the colour of the theme.
func Icon(name string) fyne.Resource {
	data, err := assets.Icons.ReadFile("icons/" + name + ".svg")
	if err != nil {
		panic("embedded icon: " + err.Error()) // a broken build, caught by the tests
	}
	return theme.NewThemedResource(fyne.NewStaticResource(name+".svg", data))
}

// Dark tells which of the two looks it is.
func (t *Theme) Dark() bool { return t.dark }

// Color gives the look's colour; the system's wish for light or dark does not count, the user's choice does.
func (t *Theme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	palette, variant := light, theme.VariantLight
	if t.dark {
		palette, variant = dark, theme.VariantDark
	}
	if c, ok := palette[name]; ok {
		return c
	}
	return t.fallback.Color(name, variant)
}

// Font gives Source Sans 3; monospace and symbols are Fyne's.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace, style.Symbol:
		return t.fallback.Font(style)
	case style.Bold:
		return t.fonts["Semibold"]
	case style.Italic:
		return t.fonts["It"]
	}
	return t.fonts["Regular"]
}

// Icon gives Fyne's icons.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return t.fallback.Icon(name) }

var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameText:               15,
	theme.SizeNameCaptionText:        13,
	theme.SizeNameSubHeadingText:     17,
	theme.SizeNameHeadingText:        22,
	SizeNameFigure:                   26,
	theme.SizeNamePadding:            Step1,
	theme.SizeNameInnerPadding:       6,
	theme.SizeNameInlineIcon:         18,
	theme.SizeNameLineSpacing:        3,
	theme.SizeNameScrollBar:          10,
	theme.SizeNameScrollBarSmall:     3,
	theme.SizeNameSeparatorThickness: 1,
	theme.SizeNameSplitThickness:     1,
	theme.SizeNameInputRadius:        4,
	theme.SizeNameButtonRadius:       4,
	theme.SizeNameSelectionRadius:    3,
	theme.SizeNameDialogRadius:       6,
	theme.SizeNamePopupRadius:        4,
	theme.SizeNameMenuRadius:         4,
	theme.SizeNameModalBlurRadius:    0,
}

// Size gives the look's measures.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		return s
	}
	return t.fallback.Size(name)
}

// rgb makes an opaque colour of 0xRRGGBB.
func rgb(hex uint32) color.NRGBA { return alpha(hex, 0xff) }

// alpha makes a colour of 0xRRGGBB that lets through what lies under it.
func alpha(hex uint32, a uint8) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: a}
}

type palette map[fyne.ThemeColorName]color.NRGBA

var light = palette{
	theme.ColorNameBackground:          rgb(0xffffff),
	theme.ColorNameForeground:          rgb(0x17282d),
	theme.ColorNamePrimary:             rgb(0x0f4c5c),
	theme.ColorNameForegroundOnPrimary: rgb(0xffffff),
	theme.ColorNameHyperlink:           rgb(0x0f4c5c),
	theme.ColorNameButton:              rgb(0xe7eef0),
	theme.ColorNameDisabledButton:      rgb(0xf1f4f5),
	theme.ColorNameDisabled:            rgb(0x8b989c),
	theme.ColorNamePlaceHolder:         rgb(0x5b6b70),
	theme.ColorNameHover:               alpha(0x0f4c5c, 0x16),
	theme.ColorNamePressed:             alpha(0x0f4c5c, 0x2c),
	theme.ColorNameFocus:               alpha(0x2b8496, 0x80),
	theme.ColorNameSelection:           alpha(0x2b8496, 0x38),
	theme.ColorNameInputBackground:     rgb(0xf6f9f9),
	theme.ColorNameInputBorder:         rgb(0x9fb0b5),
	theme.ColorNameSeparator:           rgb(0xd6dfe2),
	theme.ColorNameHeaderBackground:    rgb(0xf0f4f5),
	theme.ColorNameMenuBackground:      rgb(0xffffff),
	theme.ColorNameOverlayBackground:   rgb(0xffffff),
	theme.ColorNameScrollBar:           alpha(0x17282d, 0x66),
	theme.ColorNameScrollBarBackground: alpha(0x17282d, 0x0a),
	theme.ColorNameShadow:              alpha(0x17282d, 0x38),
	theme.ColorNameError:               rgb(0xb3261e),
	theme.ColorNameForegroundOnError:   rgb(0xffffff),
	theme.ColorNameSuccess:             rgb(0x2b6b3b),
	theme.ColorNameForegroundOnSuccess: rgb(0xffffff),
	theme.ColorNameWarning:             rgb(0x9a5b00),
	theme.ColorNameForegroundOnWarning: rgb(0xffffff),
	ColorNameAccent:                    rgb(0xcc4a12),
	ColorNameMuted:                     rgb(0x52636a),
	ColorNameBar:                       rgb(0xf0f4f5),
	ColorNameTrack:                     rgb(0xe7eef0),
	ColorNameVeil:                      alpha(0xffffff, 0x99),
}

var dark = palette{
	theme.ColorNameBackground:          rgb(0x152023),
	theme.ColorNameForeground:          rgb(0xe6edef),
	theme.ColorNamePrimary:             rgb(0x7fc3d2),
	theme.ColorNameForegroundOnPrimary: rgb(0x0d1a1d),
	theme.ColorNameHyperlink:           rgb(0x7fc3d2),
	theme.ColorNameButton:              rgb(0x26363a),
	theme.ColorNameDisabledButton:      rgb(0x1d2a2d),
	theme.ColorNameDisabled:            rgb(0x6f7f84),
	theme.ColorNamePlaceHolder:         rgb(0x9fb0b5),
	theme.ColorNameHover:               alpha(0x7fc3d2, 0x1e),
	theme.ColorNamePressed:             alpha(0x7fc3d2, 0x3a),
	theme.ColorNameFocus:               alpha(0x7fc3d2, 0x80),
	theme.ColorNameSelection:           alpha(0x7fc3d2, 0x40),
	theme.ColorNameInputBackground:     rgb(0x1b282b),
	theme.ColorNameInputBorder:         rgb(0x4d6268),
	theme.ColorNameSeparator:           rgb(0x2f4247),
	theme.ColorNameHeaderBackground:    rgb(0x1c2a2e),
	theme.ColorNameMenuBackground:      rgb(0x1c2a2e),
	theme.ColorNameOverlayBackground:   rgb(0x1a272a),
	theme.ColorNameScrollBar:           alpha(0xe6edef, 0x66),
	theme.ColorNameScrollBarBackground: alpha(0xe6edef, 0x0a),
	theme.ColorNameShadow:              alpha(0x000000, 0x80),
	theme.ColorNameError:               rgb(0xf2887f),
	theme.ColorNameForegroundOnError:   rgb(0x1d0b09),
	theme.ColorNameSuccess:             rgb(0x86c896),
	theme.ColorNameForegroundOnSuccess: rgb(0x0b1a0f),
	theme.ColorNameWarning:             rgb(0xe6b366),
	theme.ColorNameForegroundOnWarning: rgb(0x1d1402),
	ColorNameAccent:                    rgb(0xff8a4c),
	ColorNameMuted:                     rgb(0xa7b6bb),
	ColorNameBar:                       rgb(0x1c2a2e),
	ColorNameTrack:                     rgb(0x26363a),
	ColorNameVeil:                      alpha(0x152023, 0x99),
}

// ButtonColumn is the room at the right of the map that its own buttons take: nothing else stands there.
const ButtonColumn = 60
