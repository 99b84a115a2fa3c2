package widgets

import (
	"image/color"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/model/symbology"
)

func themedApp(t *testing.T) fyne.App {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(look.New(false))
	return a
}

func TestTextFollowsTheTheme(t *testing.T) {
	a := themedApp(t)
	text := NewHeading("Lager")
	line := test.WidgetRenderer(text).Objects()[0].(*canvas.Text)
	before := line.Color
	a.Settings().SetTheme(look.New(true))
	text.Refresh()
	if line.Color == before {
		t.Error("the heading keeps the light theme's colour in the dark one")
	}
	text.SetText("Serviceställen")
	if line.Text != "Serviceställen" {
		t.Errorf("shows %q", line.Text)
	}
}

func TestColumnsShareWhatIsLeft(t *testing.T) {
	themedApp(t)
	a, b, c := widget.NewLabel("a"), widget.NewLabel("b"), widget.NewLabel("c")
	row := Columns([]float32{0, 80, 60}, a, b, c)
	row.Resize(fyne.NewSize(300, 40))
	if got, want := a.Size().Width, 300-80-60-2*look.Step2; got != want {
		t.Errorf("the first column is %g wide, want %g", got, want)
	}
	if got := c.Position().X + c.Size().Width; got != 300 {
		t.Errorf("the last column ends at %g, want 300", got)
	}
}

func TestFactsWrapTheirValues(t *testing.T) {
	themedApp(t)
	long := Wrapped("Ett långt värde som inte ryms på en rad utan måste brytas till flera i den smala spalten")
	label, next := widget.NewLabel("Fil"), widget.NewLabel("Datum")
	facts := Facts(100, label, long, next, widget.NewLabel("2026-11-22"))
	facts.Resize(fyne.NewSize(260, 400))
	if long.Size().Width != 160 {
		t.Errorf("the value is %g wide, want 160", long.Size().Width)
	}
	if got, want := next.Position().Y, long.Position().Y+long.Size().Height; got < want-0.5 {
		t.Errorf("the next row begins at %g, the value ends at %g", got, want)
	}
}

func TestBarsAreAsLongAsTheirShares(t *testing.T) {
	themedApp(t)
	bars := NewBars()
	red := color.NRGBA{R: 255, A: 255}
	bars.Set([]Bar{
		{Label: "1 km", Value: "250", Note: "25,0 %", Parts: []Part{{0.25, red}}},
		{Label: "5 km", Value: "750", Note: "75,0 %", Parts: []Part{{0.25, red}, {0.5, red}}},
		{Label: "nås inte", Value: "1", Note: "0,0 %", Parts: []Part{{0.00001, red}}},
	})
	bars.Resize(fyne.NewSize(340, 100))
	r := test.WidgetRenderer(bars).(*barsRenderer)
	track := r.rows[0].track.Size().Width
	if track < barMinimum {
		t.Fatalf("the bars have %g units to run in", track)
	}
	if got := r.rows[0].parts[0].Size().Width; math.Abs(float64(got-track/4)) > 0.01 {
		t.Errorf("a quarter is %g of %g", got, track)
	}
	if a, b := r.rows[1].parts[0], r.rows[1].parts[1]; a.Position().X+a.Size().Width != b.Position().X {
		t.Error("the parts of a bar don't meet")
	}
	if got := r.rows[2].parts[0].Size().Width; got < 1 {
		t.Errorf("one person in a hundred thousand is a bar of %g", got)
	}
	for i, row := range r.rows {
		if right := row.note.Position().X + row.note.Size().Width; math.Abs(float64(right-340)) > 0.01 {
			t.Errorf("row %d: the share ends at %g, want 340", i, right)
		}
		if row.value.Alignment != fyne.TextAlignTrailing {
			t.Errorf("row %d: the number is not right-aligned", i)
		}
	}
}

func TestKeyFigure(t *testing.T) {
	themedApp(t)
	k := NewKeyFigure("3,9\u00a0km", "i genomsnitt")
	k.Set("4,1\u00a0km", "i genomsnitt")
	if k.Value() != "4,1\u00a0km" {
		t.Errorf("shows %q", k.Value())
	}
}

func TestSymbolImageHoldsTheSymbolsColour(t *testing.T) {
	s := symbology.Symbol{Shape: symbology.Circle, Colour: symbology.RGB(0xcc4a12)}
	img := SymbolImage(s, 16)
	b := img.Bounds()
	if b.Dx() != 64 || b.Dy() != 64 {
		t.Fatalf("picture is %v", b)
	}
	r, g, bl, a := img.At(32, 32).RGBA()
	if r>>8 != 0xcc || g>>8 != 0x4a || bl>>8 != 0x12 || a != 0xffff {
		t.Errorf("the middle is %d %d %d %d", r>>8, g>>8, bl>>8, a>>8)
	}
	if _, _, _, a := img.At(0, 0).RGBA(); a != 0 {
		t.Error("the corner is not clear")
	}
}

func TestFit(t *testing.T) {
	test.NewTempApp(t)
	text := "Kan försvinna med det: Drivmedel, Post, Apotek, Betaltjänster"
	full := fyne.MeasureText(text, theme.CaptionTextSize(), fyne.TextStyle{}).Width
	for _, c := range []struct {
		name  string
		width float32
		whole bool
	}{{"unknown room", 0, true}, {"enough room", full, true}, {"too little", full - 1, false}, {"hardly any", 20, false}} {
		got := Fit(text, theme.SizeNameCaptionText, c.width)
		if (got == text) != c.whole {
			t.Errorf("%s: %q", c.name, got)
		}
		if !c.whole && (!strings.HasSuffix(got, "…") || fyne.MeasureText(got, theme.CaptionTextSize(), fyne.TextStyle{}).Width > c.width) {
			t.Errorf("%s: %q does not fit", c.name, got)
		}
	}
}
