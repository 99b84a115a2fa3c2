package render

import (
	"context"
	"image"
	"image/draw"
	"testing"

	"nabar/internal/golden"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// paper gives an empty picture in the theme's paper.
func paper(w, h int, theme symbology.Theme) (*image.RGBA, *Raster) {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, image.NewUniform(symbology.PaletteOf(theme).Paper.NRGBA()), image.Point{}, draw.Src)
	return img, NewRaster(img)
}

func TestGoldenShapes(t *testing.T) {
	types := model.DefaultServiceTypes()
	for range len(symbology.Shapes()) - len(types) {
		types = append(types, model.ServiceType{ID: string(rune('a' + len(types)))})
	}
	img, c := paper(480, 100, symbology.Light)
	ground := Path{}
	ground.Rect(0, 50, 480, 50)
	c.Path(&ground, Paint{Fill: symbology.Ramp(6, symbology.Light)[3]})
	for i, st := range types {
		look := symbology.SymbolOf(st.ID, types)
		DrawSymbol(c, look, 20+40*float64(i), 25, 24, symbology.RGB(0xffffff))
		DrawSymbol(c, look, 20+40*float64(i), 75, 14, symbology.RGB(0xffffff))
	}
	golden.Image(t, "shapes", img)
}

func TestGoldenLegend(t *testing.T) {
	for name, theme := range map[string]symbology.Theme{"legend-light": symbology.Light, "legend-dark": symbology.Dark} {
		l := testScene(theme, "dagligvaror", true).Legend()
		w, h := l.Size(1)
		img, c := paper(int(w)+24, int(h)+24, theme)
		l.Paint(c, 12, 12, 1, theme)
		golden.Image(t, name, img)
	}
}

func TestGoldenRoads(t *testing.T) {
	s := testSnapshot()
	s.Cells, s.Facilities, s.Border = nil, nil, nil
	scene := NewScene(SceneInput{Snapshot: s})
	img := image.NewRGBA(image.Rect(0, 0, 480, 200))
	for i, scale := range []float64{2, 8, 25, 60} { // metres a pixel, side by side
		part := image.NewRGBA(image.Rect(0, 0, 120, 200))
		v := View{Centre: at(3000, 3600), Scale: scale, Width: 120, Height: 200}
		if scale < 20 {
			v.Centre = at(2650, 3450)
		}
		if err := scene.Draw(context.Background(), part, v); err != nil {
			t.Fatal(err)
		}
		draw.Draw(img, image.Rect(120*i, 0, 120*i+120, 200), part, image.Point{}, draw.Src)
	}
	golden.Image(t, "roads", img)
}

func TestGoldenScenes(t *testing.T) {
	for _, c := range []struct {
		name    string
		theme   symbology.Theme
		service string
		classes bool
		zoom    float64
	}{
		{"scene-light", symbology.Light, "dagligvaror", true, 1},
		{"scene-dark", symbology.Dark, "dagligvaror", true, 1},
		{"scene-plain", symbology.Light, "", false, 1},
		{"scene-near", symbology.Light, "", true, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := testView()
			if c.zoom != 1 {
				x, y := v.ToScreen(at(3000, 3000))
				v = v.Zoom(c.zoom, x, y)
			}
			img, err := DrawSheet(context.Background(), testScene(c.theme, c.service, c.classes), v,
				SheetOptions{NoLegend: true, Title: map[bool]string{true: "Provkommun"}[c.zoom == 1]})
			if err != nil {
				t.Fatal(err)
			}
			golden.Image(t, c.name, img)
		})
	}
}

func TestGoldenCanvas(t *testing.T) {
	img, c := paper(300, 120, symbology.Light)
	p := symbology.PaletteOf(symbology.Light)
	var clip, bar, line, curve Path
	clip.Circle(60, 60, 50)
	bar.Rect(0, 20, 120, 30)
	c.Begin(Group{Name: "clipped", Clip: &clip})
	c.Path(&bar, Paint{Fill: p.Petrol})
	line.Line(0, 0, 120, 120)
	c.Path(&line, Paint{Stroke: p.Accent.Fade(0.5), Width: 12})
	c.End()
	curve.MoveTo(130, 100)
	curve.CurveTo(160, -20, 200, 140, 280, 20)
	c.Path(&curve, Paint{Stroke: p.Ink, Width: 2, Dash: []float64{8, 4}})
	for i, face := range []Face{Light, Regular, Italic, Semibold, Bold} {
		c.Text(Text{X: 290, Y: 30 + 18*float64(i), Text: "Räckvidd åäö", Font: Font{face, 14}, Anchor: End, Colour: p.Ink, Halo: p.Halo, HaloWidth: 2})
	}
	c.Text(Text{X: 60, Y: 116, Text: i18n.For("sv").Distance(12345), Font: Font{Regular, 10}, Anchor: Middle, Colour: p.Muted})
	golden.Image(t, "canvas", img)
}
