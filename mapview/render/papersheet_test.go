package render

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model/crs"
	"nabar/model/symbology"
)

// ground is the distance between two near places on the ground, by the radii of curvature of GRS 80 and their latitude and
// longitude: no map projection but the inverse takes part.
func ground(t *testing.T, a, b orb.Point) float64 {
	t.Helper()
	c, ok := crs.ByEPSG(4326)
	if !ok {
		t.Fatal("no latitude and longitude")
	}
	const axis, e2 = 6378137.0, 0.00669438002290
	p, q := c.FromProject(a), c.FromProject(b)
	rad := math.Pi / 180
	sin := math.Sin((p[1] + q[1]) / 2 * rad)
	w := math.Sqrt(1 - e2*sin*sin)
	m, n := axis*(1-e2)/(w*w*w), axis/w
	return math.Hypot(m*(q[1]-p[1])*rad, n*math.Cos((p[1]+q[1])/2*rad)*(q[0]-p[0])*rad)
}

func TestScaleIsTrueOnTheGround(t *testing.T) {
	scene := testScene(symbology.Light, "dagligvaror", true)
	for _, c := range []struct {
		name  string
		e, n  float64
		scale float64
	}{
		{"Strömstad, far west", 281_000, 6_540_000, 50_000},
		{"on the central meridian", 500_000, 6_700_000, 50_000},
		{"Gotland", 700_000, 6_380_000, 20_000},
		{"Haparanda, far east", 915_000, 7_330_000, 100_000},
	} {
		for _, template := range Templates() {
			sheet := PaperSheet{Template: template, Scene: scene, Denominator: c.scale, Title: "Karta"}
			sheet.Bound = orb.Point{c.e, c.n}.Bound()
			for _, perInch := range []float64{72, 300} {
				v := sheet.Lay(perInch).View
				x, y := float64(v.Width)/2, float64(v.Height)/2
				inch := perInch / 2 // to each side
				got := ground(t, v.ToWorld(x-inch, y), v.ToWorld(x+inch, y))
				if want := c.scale * 0.0254; math.Abs(got/want-1) > 2e-5 {
					t.Errorf("%s, %s at %g: an inch is %.3f m on the ground, want %.3f", c.name, template.ID, perInch, got, want)
				}
				bar := ScaleBar(v)
				if long := ground(t, v.ToWorld(x-bar.Length/2, y), v.ToWorld(x+bar.Length/2, y)); math.Abs(long/bar.Metres-1) > 2e-5 {
					t.Errorf("%s, %s: a bar of %g m is %.2f m on the ground", c.name, template.ID, bar.Metres, long)
				}
			}
		}
	}
}

func TestLargestRoundScaleThatShowsAll(t *testing.T) {
	scene := testScene(symbology.Light, "dagligvaror", true)
	for _, template := range Templates() {
		for _, size := range []float64{700, 3_000, 47_000, 320_000} {
			sheet := PaperSheet{Template: template, Scene: scene, Title: "Karta"}
			sheet.Bound = orb.Bound{Min: orb.Point{600_000, 6_500_000}, Max: orb.Point{600_000 + size, 6_500_000 + 0.8*size}}
			laid := sheet.Lay(72)
			shows := func(v View) bool {
				b := v.Bound()
				return b.Contains(sheet.Bound.Min) && b.Contains(sheet.Bound.Max)
			}
			if !shows(laid.View) {
				t.Errorf("%s at 1:%.0f does not show %.0f m", template.ID, laid.Denominator, size)
			}
			larger := sheet
			larger.Denominator = laid.Denominator * 0.6 // beyond the next larger round scale, and beyond the margin
			if shows(larger.Lay(72).View) {
				t.Errorf("%s: 1:%.0f is smaller than it needs be", template.ID, laid.Denominator)
			}
			if again := sheet.Lay(300); again.Denominator != laid.Denominator {
				t.Errorf("%s: 1:%.0f in points and 1:%.0f in pixels", template.ID, laid.Denominator, again.Denominator)
			}
		}
	}
}

func TestRoundDenominator(t *testing.T) {
	for d, want := range map[float64]float64{
		1: 500, 500: 500, 501: 600, 9_999: 10_000, 10_000: 10_000, 10_001: 15_000, 22_000: 25_000, 49_000: 50_000,
		50_001: 60_000, 61_000: 75_000, 76_000: 100_000, 480_000: 500_000,
	} {
		if got := RoundDenominator(d); got != want {
			t.Errorf("1:%g became 1:%g, want 1:%g", d, got, want)
		}
	}
}

func TestPartsOfASheetLieApartWithinThePaper(t *testing.T) {
	scene := testScene(symbology.Light, "dagligvaror", true)
	logo := image.NewRGBA(image.Rect(0, 0, 300, 100))
	for _, template := range Templates() {
		title := "Restid till dagligvaror " + strings.Repeat("med ett mycket långt namn ", 6)
		laid := (&PaperSheet{Template: template, Scene: scene, Bound: scene.Bounds(), Title: title, Date: "2026-11-30", Logo: logo}).Lay(96)
		whole := image.Rect(0, 0, laid.Width, laid.Height)
		var boxes []image.Rectangle
		for _, p := range laid.Parts {
			b := image.Rect(p.X, p.Y, p.X+p.W, p.Y+p.H)
			if b.Empty() || !b.In(whole) {
				t.Errorf("%s: part %d at %v of %v", template.ID, p.Role, b, whole)
			}
			for i, other := range boxes {
				if b.Overlaps(other) {
					t.Errorf("%s: parts %d and %d lie over each other", template.ID, p.Role, laid.Parts[i].Role)
				}
			}
			boxes = append(boxes, b)
			var texts recorder
			if p.Role == MapPart {
				continue // names may be cut by the frame
			}
			p.Paint(&texts)
			for _, text := range texts.texts {
				if tb := textBox(text); tb.x0 < -1 || tb.x1 > float64(p.W)+1 || text.Y > float64(p.H)+1 || text.Y < 0 {
					t.Errorf("%s: %q is cut: %v in %d × %d", template.ID, text.Text, tb, p.W, p.H)
				}
			}
		}
	}
}

func TestSheetShowsWhatTheScreenShows(t *testing.T) {
	scene := testScene(symbology.Light, "dagligvaror", true)
	template, _ := TemplateOf("a4-landscape")
	laid := (&PaperSheet{Template: template, Scene: scene, Bound: scene.Bounds(), Title: "Karta"}).Lay(60)
	img := image.NewRGBA(image.Rect(0, 0, laid.Width, laid.Height))
	if err := laid.Draw(context.Background(), img); err != nil {
		t.Fatal(err)
	}
	screen := drawn(t, scene, laid.View, 1)
	other, n := 0, 0
	for _, p := range laid.Parts {
		if p.Role != MapPart {
			continue
		}
		for y := 3; y < p.H-3; y++ { // within the frame
			for x := 3; x < p.W-3; x++ {
				n++
				if screen.RGBAAt(x, y) != img.RGBAAt(p.X+x, p.Y+y) {
					other++
				}
			}
		}
	}
	if share := float64(other) / float64(n); n == 0 || share > 0.03 { // the mark of the fictional kommun lies over it
		t.Errorf("%.1f %% of the map is not what the screen shows", 100*share)
	}
	again := image.NewRGBA(img.Rect)
	if err := laid.Draw(context.Background(), again); err != nil || !bytes.Equal(img.Pix, again.Pix) {
		t.Errorf("drawn twice, two pictures (%v)", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if laid.Draw(ctx, again) == nil {
		t.Error("a cancelled sheet was drawn")
	}
}

func TestSheetMarksAFictionalKommun(t *testing.T) {
	snapshot := testSnapshot()
	template, _ := TemplateOf("a3-portrait")
	for _, fictional := range []bool{true, false} {
		snapshot.Kommun.Fictional = fictional
		scene := NewScene(SceneInput{Snapshot: snapshot})
		var c recorder
		for _, p := range (&PaperSheet{Template: template, Scene: scene, Bound: scene.Bounds(), Title: "Karta"}).Lay(72).Parts {
			p.Paint(&c)
		}
		found := false
		for _, text := range c.texts {
			found = found || text.Text == "Fiktiv kommun"
		}
		if found != fictional {
			t.Errorf("fictional %v, marked %v", fictional, found)
		}
	}
}

func TestLogoIsDrawnInItsBox(t *testing.T) {
	img, c := paper(40, 40, symbology.Light)
	logo := image.NewRGBA(image.Rect(0, 0, 4, 4))
	for i := range logo.Pix {
		logo.Pix[i] = []byte{200, 0, 0, 255}[i%4]
	}
	placeLogo(c, logo, 20, 30)
	if red := (color.RGBA{200, 0, 0, 255}); img.RGBAAt(10, 15) != red || img.RGBAAt(25, 15) == red || img.RGBAAt(10, 35) == red {
		t.Error("the logo does not fill its box alone")
	}
}
