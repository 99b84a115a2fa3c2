package look

import (
	"bytes"
	"image"
	"image/color"
	_ "image/png"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// TestContrast holds text against every ground that it is put on, by WCAG 2.1's formula.
func TestContrast(t *testing.T) {
	pairs := []struct {
		text, ground fyne.ThemeColorName
		least        float64
	}{
		{theme.ColorNameForeground, theme.ColorNameBackground, 7},
		{theme.ColorNameForeground, ColorNameBar, 7},
		{theme.ColorNameForeground, theme.ColorNameButton, 7},
		{theme.ColorNameForeground, theme.ColorNameMenuBackground, 7},
		{theme.ColorNameForeground, theme.ColorNameOverlayBackground, 7},
		{theme.ColorNameForeground, theme.ColorNameInputBackground, 7},
		{theme.ColorNameForeground, theme.ColorNameHeaderBackground, 7},
		{ColorNameMuted, theme.ColorNameBackground, 4.5},
		{ColorNameMuted, ColorNameBar, 4.5},
		{theme.ColorNamePlaceHolder, theme.ColorNameInputBackground, 4.5},
		{theme.ColorNamePrimary, theme.ColorNameBackground, 4.5},
		{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary, 4.5},
		{theme.ColorNameError, theme.ColorNameBackground, 4.5},
		{theme.ColorNameWarning, theme.ColorNameBackground, 4.5},
		{theme.ColorNameWarning, ColorNameBar, 4.5},
		{theme.ColorNameSuccess, theme.ColorNameBackground, 4.5},
		{ColorNameAccent, theme.ColorNameBackground, 4.5},
		{theme.ColorNameForegroundOnError, theme.ColorNameError, 4.5},
		{theme.ColorNameInputBorder, theme.ColorNameInputBackground, 2},
	}
	test.NewTempApp(t)
	for _, dark := range []bool{false, true} {
		th := New(dark)
		for _, p := range pairs {
			got := contrast(th.Color(p.text, 0), th.Color(p.ground, 0))
			if got < p.least {
				t.Errorf("dark %v: %s on %s has a contrast of %.2f, want %.1f", dark, p.text, p.ground, got, p.least)
			}
		}
	}
}

func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	if la < lb {
		la, lb = lb, la
	}
	return (la + 0.05) / (lb + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.03928 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func TestContrastFormula(t *testing.T) {
	if got := contrast(color.Black, color.White); math.Abs(got-21) > 0.01 {
		t.Errorf("black on white is %.2f, want 21", got)
	}
}

func TestEveryNameIsKnown(t *testing.T) {
	test.NewTempApp(t)
	for _, dark := range []bool{false, true} {
		th := New(dark)
		test.AssertAllColorNamesDefined(t, th, "look")
		for _, own := range []fyne.ThemeColorName{ColorNameAccent, ColorNameMuted, ColorNameBar, ColorNameTrack} {
			if _, _, _, a := th.Color(own, 0).RGBA(); a == 0 {
				t.Errorf("dark %v: %s is not to be seen", dark, own)
			}
		}
	}
}

func TestFontsAreOurs(t *testing.T) {
	test.NewTempApp(t)
	th := New(false)
	for style, want := range map[fyne.TextStyle]string{
		{}:             "SourceSans3-Regular.ttf",
		{Bold: true}:   "SourceSans3-Semibold.ttf",
		{Italic: true}: "SourceSans3-It.ttf",
	} {
		if got := th.Font(style).Name(); got != want {
			t.Errorf("%+v is set in %s, want %s", style, got, want)
		}
	}
	if th.Font(fyne.TextStyle{Monospace: true}).Name() == "SourceSans3-Regular.ttf" {
		t.Error("monospace is not monospace")
	}
}

func TestIconIsAPicture(t *testing.T) {
	if _, kind, err := image.DecodeConfig(bytes.NewReader(AppIcon().Content())); err != nil || kind != "png" {
		t.Errorf("the icon is %q (%v)", kind, err)
	}
}
