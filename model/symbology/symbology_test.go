package symbology

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
)

func TestColourText(t *testing.T) {
	for text, want := range map[string]Colour{
		"#0f4c5c":   {0x0f, 0x4c, 0x5c, 255},
		"#ffffff00": {255, 255, 255, 0},
		"#01020380": {1, 2, 3, 0x80},
	} {
		got, err := ParseColour(text)
		if err != nil || got != want || got.String() != text {
			t.Errorf("ParseColour(%q) = %v, %v, written %q", text, got, err, got.String())
		}
	}
	for _, text := range []string{"", "0f4c5c", "#0f4c5", "#0f4c5cz", "#gg4c5c", "#0f4c5cff00", "#+f4c5c"} {
		if c, err := ParseColour(text); err == nil {
			t.Errorf("ParseColour(%q) = %v without an error", text, c)
		}
	}
}

func FuzzParseColour(f *testing.F) {
	f.Add("#0f4c5c")
	f.Add("#ffffff00")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ParseColour(text)
		if err != nil {
			return
		}
		if again, err := ParseColour(c.String()); err != nil || again != c {
			t.Fatalf("%q read as %v, written %q, read as %v, %v", text, c, c.String(), again, err)
		}
	})
}

func TestOklabRoundTrip(t *testing.T) {
	for v := 0; v < 1<<24; v += 4099 { // coprime to all powers of two: all channels vary
		c := RGB(uint32(v))
		back := toOklab(c).colour()
		if d := max(diff(c.R, back.R), diff(c.G, back.G), diff(c.B, back.B)); d > 1 {
			t.Fatalf("%v came back as %v", c, back)
		}
	}
}

func diff(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

func TestContrastOfKnownPairs(t *testing.T) {
	if c := Contrast(RGB(0), RGB(0xffffff)); math.Abs(c-21) > 1e-9 {
		t.Errorf("black on white: %v, want 21", c)
	}
	if c := Contrast(RGB(0x767676), RGB(0xffffff)); math.Abs(c-4.54) > 0.005 {
		t.Errorf("#767676 on white: %v, want 4.54 (the WCAG's well-known grey)", c)
	}
}

func TestOver(t *testing.T) {
	if got := (Colour{200, 100, 0, 128}).Over(RGB(0x000000)); got != (Colour{100, 50, 0, 255}) {
		t.Errorf("half over black: %v", got)
	}
	if got := (Colour{}).Over(RGB(0x123456)); got != RGB(0x123456) {
		t.Errorf("nothing over a colour changed it to %v", got)
	}
}

// Matrices of Machado, Oliveira and Fernandes (2009) for complete deficiency, on linear light.
var deficiencies = map[string][9]float64{
	"normal":       {1, 0, 0, 0, 1, 0, 0, 0, 1},
	"protanopia":   {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
	"deuteranopia": {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
}

func seenWith(m [9]float64, c Colour) Colour {
	r, g, b := linear(c.R), linear(c.G), linear(c.B)
	return Colour{
		encode(m[0]*r + m[1]*g + m[2]*b), encode(m[3]*r + m[4]*g + m[5]*b), encode(m[6]*r + m[7]*g + m[8]*b), 255,
	}
}

// TestRampIsReadByAll holds the ramp to falling lightness and to steps that can be seen, for common and for colour-blind eyes.
func TestRampIsReadByAll(t *testing.T) {
	for _, theme := range []Theme{Light, Dark} {
		for n := 2; n <= 9; n++ {
			for name, m := range deficiencies {
				ramp := Ramp(n, theme)
				for i := 1; i < n; i++ {
					a, b := toOklab(seenWith(m, ramp[i-1])), toOklab(seenWith(m, ramp[i]))
					if a.l-b.l < 0.4/float64(n) {
						t.Errorf("theme %d, %d classes, %s: lightness %.3f to %.3f at class %d", theme, n, name, a.l, b.l, i)
					}
					if d := math.Sqrt((a.l-b.l)*(a.l-b.l) + (a.a-b.a)*(a.a-b.a) + (a.b-b.b)*(a.b-b.b)); d < 0.05 {
						t.Errorf("theme %d, %d classes, %s: classes %d and %d differ by %.3f only", theme, n, name, i-1, i, d)
					}
				}
			}
		}
	}
}

func TestRampStandsOutFromTheLand(t *testing.T) {
	for theme, least := range map[Theme]float64{Light: 1.06, Dark: 1.5} {
		land := PaletteOf(theme).Land
		for i, c := range Ramp(6, theme) {
			if got := Contrast(c, land); got < least {
				t.Errorf("theme %d: class %d has contrast %.2f to the land, want %.2f", theme, i, got, least)
			}
		}
	}
	if Ramp(0, Light) == nil || len(Ramp(1, Light)) != 1 {
		t.Error("short ramps")
	}
}

func TestTextIsReadable(t *testing.T) {
	for _, theme := range []Theme{Light, Dark} {
		p := PaletteOf(theme)
		for name, pair := range map[string][2]Colour{
			"ink on paper": {p.Ink, p.Paper}, "muted on paper": {p.Muted, p.Paper}, "petrol on paper": {p.Petrol, p.Paper},
			"ink on panel": {p.Ink, p.Panel}, "names on land": {p.Place, p.Land}, "names on halo": {p.Place, p.Halo},
			"names beyond the border": {p.Place, p.Outside},
		} {
			if c := Contrast(pair[0], pair[1]); c < 4.5 {
				t.Errorf("theme %d: %s has contrast %.2f, want 4.5", theme, name, c)
			}
		}
	}
}

func TestEveryServiceHasItsOwnShape(t *testing.T) {
	types := model.DefaultServiceTypes()
	for i := range 7 {
		types = append(types, model.ServiceType{ID: fmt.Sprint("egen", i)})
	}
	shapes, colours := map[Shape]string{}, map[Colour]string{}
	for _, st := range types {
		s := SymbolOf(st.ID, types)
		if other, taken := shapes[s.Shape]; taken {
			t.Errorf("%s and %s share the shape %s", st.ID, other, s.Shape)
		}
		if other, taken := colours[s.Colour]; taken {
			t.Errorf("%s and %s share the colour %v", st.ID, other, s.Colour)
		}
		shapes[s.Shape], colours[s.Colour] = st.ID, st.ID
		if c := Contrast(s.Colour, PaletteOf(Light).Halo); c < 4.5 {
			t.Errorf("%s: contrast %.2f to the halo", st.ID, c)
		}
		if c := Contrast(s.OnDark().Colour, PaletteOf(Dark).Halo); c < 4.5 {
			t.Errorf("%s on the dark map: contrast %.2f to the halo", st.ID, c)
		}
	}
	if len(shapes) != len(Shapes()) {
		t.Errorf("%d shapes used of %d", len(shapes), len(Shapes()))
	}
}

func TestClassify(t *testing.T) {
	breaks := []float64{1000, 2000, 5000}
	for cost, want := range map[float64]int{0: 0, 999.99: 0, 1000: 0, 1000.01: 1, 2000: 1, 5000: 2, 5000.01: 3, math.Inf(1): 3} {
		if got := Classify(breaks, cost); got != want {
			t.Errorf("Classify(%v) = %d, want %d", cost, got, want)
		}
	}
	if got := Classify(breaks, math.NaN()); got != Unreachable {
		t.Errorf("Classify(NaN) = %d", got)
	}
	if got := Classify(nil, 7); got != 0 {
		t.Errorf("without limits: %d", got)
	}
}

func TestBandLabels(t *testing.T) {
	for _, c := range []struct {
		lang      string
		breaks    []float64
		impedance model.Impedance
		want      []string
	}{
		{"sv", []float64{1000, 20000}, model.Distance, []string{"0–1 km", "1–20 km", "över 20 km", "nås inte"}},
		{"en", []float64{1000, 20000}, model.Distance, []string{"0–1 km", "1–20 km", "over 20 km", "not reached"}},
		{"sv", []float64{500, 2500}, model.Distance, []string{"0–0,5 km", "0,5–2,5 km", "över 2,5 km", "nås inte"}},
		{"sv", []float64{100, 500}, model.Distance, []string{"0–100 m", "100–500 m", "över 500 m", "nås inte"}},
		{"sv", []float64{300, 600}, model.Time, []string{"0–5 min", "5–10 min", "över 10 min", "nås inte"}},
		{"sv", nil, model.Time, []string{"nås", "nås inte"}},
	} {
		got := BandLabels(i18n.For(c.lang), c.breaks, c.impedance)
		for i := range got {
			got[i] = strings.ReplaceAll(got[i], i18n.NBSP, " ")
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s %v: %q, want %q", c.lang, c.breaks, got, c.want)
		}
	}
}

func TestTierOf(t *testing.T) {
	last := MainTier
	for class := range int8(10) {
		tier := TierOf(class, 0)
		if tier > last {
			t.Errorf("class %d lies over class %d", class, class-1)
		}
		last = tier
	}
	if TierOf(-1, 0) != LocalTier || TierOf(9, model.Motorway) != MainTier || TierOf(0, model.Ferry) != FerryTier {
		t.Error("unknown class, motorway or ferry in the wrong tier")
	}
}

// TestRoadsWidenWithScale: nearer is never thinner, and a more important road never thinner than a lesser one.
func TestRoadsWidenWithScale(t *testing.T) {
	for tier := MinorTier; tier < RoadTiers; tier++ {
		last := math.Inf(1)
		for scale := 0.1; scale < 1000; scale *= 1.1 {
			s := RoadStyleOf(tier, scale, Light)
			if s.Width > last {
				t.Errorf("tier %d grows from %.3f to %.3f at %.2f m a pixel", tier, last, s.Width, scale)
			}
			last = s.Width
			if s.CasingWidth > 0 && s.CasingWidth <= s.Width {
				t.Errorf("tier %d: casing %.2f does not reach out of the core %.2f", tier, s.CasingWidth, s.Width)
			}
			if tier > MinorTier && RoadStyleOf(tier-1, scale, Light).Width > s.Width {
				t.Errorf("tier %d is thinner than the one below at %.2f m a pixel", tier, scale)
			}
		}
	}
}

func TestStyleJSON(t *testing.T) {
	water := RGB(0x336699)
	s := Style{Kind: WaterKind, Fill: &water, Width: 2, Label: "namn"}
	again, err := ParseStyle(s.JSON())
	if err != nil || again.Kind != WaterKind || *again.Fill != water || again.Label != "namn" || again.Stroke != nil {
		t.Errorf("%s came back as %+v, %v", s.JSON(), again, err)
	}
	if empty, err := ParseStyle(nil); err != nil || empty.Kind != "" {
		t.Errorf("nil style: %+v, %v", empty, err)
	}
	var syntax *json.SyntaxError
	if _, err := ParseStyle([]byte("{")); !errors.As(err, &syntax) {
		t.Errorf("broken style: %v", err)
	}
	for _, kind := range []Kind{WaterKind, BuiltUpKind, AreaKind, LineKind, PlaceKind, PointKind} {
		c := Style{Kind: kind}.Complete(Dark)
		if c.Fill == nil || c.Stroke == nil {
			t.Errorf("%s is not complete", kind)
		}
	}
}

func TestKindOf(t *testing.T) {
	for _, c := range []struct {
		name     string
		geometry model.GeometryType
		want     Kind
	}{
		{"Sjöar", model.PolygonType, WaterKind},
		{"Tätorter 2020", model.MultiPolygonType, BuiltUpKind},
		{"Tätorter 2020", model.PointType, PlaceKind},
		{"Ortnamn", model.PointType, PlaceKind},
		{"Skolor", model.PointType, PointKind},
		{"Vattendrag", model.LineStringType, WaterKind},
		{"Skolområden", model.PolygonType, AreaKind},
	} {
		if got := KindOf(model.Layer{Name: c.name, Geometry: c.geometry}); got != c.want {
			t.Errorf("%s (%s) is %s, want %s", c.name, c.geometry, got, c.want)
		}
	}
}

func TestQGISStyle(t *testing.T) {
	breaks := []float64{1000, 2500}
	labels := BandLabels(i18n.For("sv"), breaks, model.Distance)
	qml := QGISStyle(`cost "km" <&>`, breaks, labels)
	var rules []string
	var colours []string
	d := xml.NewDecoder(strings.NewReader(qml))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		attr := map[string]string{}
		for _, a := range e.Attr {
			attr[a.Name.Local] = a.Value
		}
		if e.Name.Local == "rule" {
			rules = append(rules, attr["filter"]+" → "+attr["label"])
		}
		if e.Name.Local == "prop" && attr["k"] == "color" {
			colours = append(colours, attr["v"])
		}
	}
	column := `"cost ""km"" <&>"`
	want := []string{
		column + " <= 1000 → " + labels[0], column + " > 1000 AND " + column + " <= 2500 → " + labels[1],
		column + " > 2500 → " + labels[2], column + " IS NULL → " + labels[3],
	}
	if !slices.Equal(rules, want) {
		t.Errorf("rules\n%s\nwant\n%s", strings.Join(rules, "\n"), strings.Join(want, "\n"))
	}
	first := Ramp(3, Light)[0]
	if len(colours) != 4 || colours[0] != fmt.Sprintf("%d,%d,%d,255", first.R, first.G, first.B) {
		t.Errorf("colours %q", colours)
	}
}

func ExampleClassify() {
	breaks := []float64{1000, 2000, 5000}
	fmt.Println(Classify(breaks, 1000), Classify(breaks, 1000.01), Classify(breaks, 9000), Classify(breaks, math.NaN()))
	// Output: 0 1 3 -1
}

func ExampleBandLabels() {
	for _, label := range BandLabels(i18n.For("sv"), []float64{1000, 2000, 5000}, model.Distance) {
		fmt.Println(strings.ReplaceAll(label, i18n.NBSP, " "))
	}
	// Output:
	// 0–1 km
	// 1–2 km
	// 2–5 km
	// över 5 km
	// nås inte
}
