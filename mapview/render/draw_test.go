package render

import (
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"image"
	"math"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

func replaceSpace(s string) string { return strings.ReplaceAll(s, " ", i18n.NBSP) }

func drawn(t testing.TB, s *Scene, v View, workers int) *image.RGBA {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, v.Width, v.Height))
	if err := s.draw(context.Background(), img, v, workers); err != nil {
		t.Fatal(err)
	}
	return img
}

func TestSameBytesForAnyNumberOfWorkers(t *testing.T) {
	for _, theme := range []symbology.Theme{symbology.Light, symbology.Dark} {
		s := testScene(theme, "dagligvaror", true)
		for _, zoom := range []float64{0.3, 1, 7} {
			v := testView().Zoom(zoom, 200, 200)
			one := drawn(t, s, v, 1)
			for _, workers := range []int{2, 4, 16} {
				if !bytes.Equal(one.Pix, drawn(t, s, v, workers).Pix) {
					t.Errorf("theme %d, zoom %v: %d workers draw other bytes than one", theme, zoom, workers)
				}
			}
		}
	}
}

func TestSceneServesManyAtOnce(t *testing.T) {
	s := testScene(symbology.Light, "", true)
	want := drawn(t, s, testView(), 1)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if got := drawn(t, s, testView(), 2); !bytes.Equal(want.Pix, got.Pix) {
				t.Error("a picture drawn beside others differs")
			}
		})
	}
	wait.Wait()
}

func TestDrawHonoursItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	img := image.NewRGBA(image.Rect(0, 0, 600, 400))
	if err := testScene(symbology.Light, "", false).Draw(ctx, img, testView()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := DrawSheet(ctx, testScene(symbology.Light, "", false), testView(), SheetOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("sheet: got %v", err)
	}
}

func TestDrawRefusesAnotherSize(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 10, 10))
	if err := testScene(symbology.Light, "", false).Draw(context.Background(), img, testView()); err == nil {
		t.Error("drew 600 x 400 on 10 x 10")
	}
}

func TestEmptyScene(t *testing.T) {
	s := NewScene(SceneInput{})
	img := drawn(t, s, View{Scale: 10, Width: 40, Height: 30}, 2)
	want := symbology.PaletteOf(symbology.Light).Land
	for i := 0; i < len(img.Pix); i += 4 {
		if img.Pix[i] != want.R || img.Pix[i+1] != want.G || img.Pix[i+2] != want.B || img.Pix[i+3] != 255 {
			t.Fatalf("pixel %d is %v", i/4, img.Pix[i:i+4])
		}
	}
	if s.Bounds() != (orb.Bound{}) || s.Mark() != "" || s.Credits() != "" {
		t.Errorf("an empty scene has bounds %v, mark %q, credits %q", s.Bounds(), s.Mark(), s.Credits())
	}
}

// TestSquaresHaveNoSeams draws nothing but squares at odd scales: each pixel within them must have a class's very colour.
func TestSquaresHaveNoSeams(t *testing.T) {
	snap := testSnapshot()
	snap.Roads, snap.Facilities, snap.Border = nil, nil, nil
	s := NewScene(SceneInput{Snapshot: snap})
	c := s.fills[0].fill
	r := rand.New(rand.NewPCG(7, 8))
	for range 40 {
		v := View{Centre: at(4000+100*r.Float64(), 4000+100*r.Float64()), Scale: 80 + 60*r.Float64(), Width: 30, Height: 30}
		img := drawn(t, s, v, 2)
		for i := 0; i < len(img.Pix); i += 4 {
			if img.Pix[i] != c.R || img.Pix[i+1] != c.G || img.Pix[i+2] != c.B {
				t.Fatalf("seam at pixel %d of %+v", i/4, v)
			}
		}
	}
}

func TestFadedAndHiddenLayers(t *testing.T) {
	snap := testSnapshot()
	snap.Facilities, snap.Border, snap.Roads = nil, nil, nil
	pixel := func(l model.Layer) symbology.Colour {
		s := NewScene(SceneInput{Snapshot: snap, Layers: []model.Layer{l}})
		img := drawn(t, s, View{Centre: at(6000, 4200), Scale: 90, Width: 5, Height: 5}, 1)
		return symbology.Colour{R: img.Pix[0], G: img.Pix[1], B: img.Pix[2], A: img.Pix[3]}
	}
	p := symbology.PaletteOf(symbology.Light)
	for name, c := range map[string]struct {
		layer model.Layer
		want  symbology.Colour
	}{
		"shown":  {model.Layer{Role: model.RolePopulation, Visible: true, Opacity: 1}, p.People},
		"half":   {model.Layer{Role: model.RolePopulation, Visible: true, Opacity: 0.5}, p.People.Fade(0.5).Over(p.Land)},
		"hidden": {model.Layer{Role: model.RolePopulation, Opacity: 1}, p.Land},
		"other":  {model.Layer{Role: model.RoleRoads}, p.People},
	} {
		if got := pixel(c.layer); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// recorder is a Canvas that notes what it is given.
type recorder struct {
	open, deepest int
	groups        []string
	paths         []Path
	paints        []Paint
	texts         []Text
}

func (r *recorder) Begin(g Group) {
	r.open++
	r.deepest = max(r.deepest, r.open)
	r.groups = append(r.groups, g.Name)
}
func (r *recorder) End() { r.open-- }
func (r *recorder) Path(p *Path, how Paint) {
	r.paths = append(r.paths, Path{append([]Verb{}, p.Verbs...), append([]float64{}, p.XY...)})
	r.paints = append(r.paints, how)
}
func (r *recorder) Text(t Text) { r.texts = append(r.texts, t) }

func TestPaintGivesWholePathsAndClosedGroups(t *testing.T) {
	for _, zoom := range []float64{0.2, 1, 20, 400} {
		var r recorder
		v := testView().Zoom(zoom, 137, 211)
		PaintSheet(&r, testScene(symbology.Light, "dagligvaror", true), v, SheetOptions{Title: "Titel"})
		if r.open != 0 || len(r.groups) == 0 {
			t.Fatalf("zoom %v: %d groups left open of %q", zoom, r.open, r.groups)
		}
		for i, p := range r.paths {
			want := 0
			for _, verb := range p.Verbs {
				want += [...]int{MoveTo: 2, LineTo: 2, CurveTo: 6, Close: 0}[verb]
			}
			if want != len(p.XY) || len(p.Verbs) == 0 || p.Verbs[0] != MoveTo {
				t.Fatalf("zoom %v, path %d: %d coordinates for %d", zoom, i, len(p.XY), want)
			}
			for _, c := range p.XY {
				if math.IsNaN(c) || math.Abs(c) > 2000 {
					t.Fatalf("zoom %v, path %d: coordinate %v of a picture of 600 x 400", zoom, i, c)
				}
			}
		}
	}
}

// TestVectorsShowWhatPixelsShow paints the same scene by both hands; they differ only along edges, by a pixel's rounding.
func TestVectorsShowWhatPixelsShow(t *testing.T) {
	s := testScene(symbology.Light, "dagligvaror", true)
	v := testView()
	pixels := drawn(t, s, v, 2)
	vectors := image.NewRGBA(pixels.Rect)
	s.Paint(NewRaster(vectors), v)
	off := 0
	for i := 0; i < len(pixels.Pix); i += 4 {
		for k := range 3 {
			if d := int(pixels.Pix[i+k]) - int(vectors.Pix[i+k]); d > 60 || d < -60 {
				off++
				break
			}
		}
	}
	if share := float64(off) / float64(len(pixels.Pix)/4); share > 0.02 {
		t.Errorf("%.1f %% of the pixels differ clearly", 100*share)
	}
}

// pdfSize is a Canvas that counts what the paths would take in a PDF: one decimal, deflated.
type pdfSize struct {
	buffer bytes.Buffer
	flate  *flate.Writer
}

func (p *pdfSize) Begin(Group) {}
func (p *pdfSize) End()        {}
func (p *pdfSize) Text(Text)   {}
func (p *pdfSize) Path(path *Path, _ Paint) {
	i := 0
	for _, verb := range path.Verbs {
		n := [...]int{MoveTo: 2, LineTo: 2, CurveTo: 6, Close: 0}[verb]
		for _, c := range path.XY[i : i+n] {
			fmt.Fprintf(p.flate, "%.1f ", c)
		}
		fmt.Fprintln(p.flate, string("mlch"[verb]))
		i += n
	}
}

func TestFullPageMapStaysSmall(t *testing.T) {
	snap := &model.Snapshot{Roads: syntheticRoads()}
	s := NewScene(SceneInput{Snapshot: snap})
	v := Fit(s.Bounds(), 470, 640, 10)
	v.Unit = 0.75
	var p pdfSize
	p.flate, _ = flate.NewWriter(&p.buffer, flate.DefaultCompression) // the level is valid
	s.Paint(&p, v)
	if err := p.flate.Close(); err != nil {
		t.Fatal(err)
	}
	if size := p.buffer.Len(); size > 500_000 || size < 10_000 {
		t.Errorf("a full page of %d segments takes %d bytes", len(snap.Roads.XY)/2-snap.Roads.Len(), size)
	}
}

// syntheticRoads is a network of the size of a large kommun: 28 500 edges with 275 000 segments on 60 x 120 km, in the
// shares of classes that registers have.
func syntheticRoads() *model.RoadSet {
	r := rand.New(rand.NewPCG(11, 12))
	set := &model.RoadSet{}
	shares := []int8{3, 3, 4, 5, 5, 6, 7, 7, 7, 8, 8, 8, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9}
	e, n, heading := 30000.0, 60000.0, 0.0
	for i := range 28493 {
		if i%4 == 0 { // a new road begins somewhere
			e, n, heading = 60000*r.Float64(), 120000*r.Float64(), 2*math.Pi*r.Float64()
		}
		class := shares[(i/4)%len(shares)]
		line := orb.LineString{at(e, n)}
		for range 6 + r.IntN(8) {
			heading += 0.5 * (r.Float64() - 0.5)
			step := 14 + 18*r.Float64()
			e, n = e+step*math.Sin(heading), n+step*math.Cos(heading)
			line = append(line, at(e, n))
		}
		set.Add(model.Road{FID: int64(i), Line: line, Class: class})
	}
	return set
}

func BenchmarkDraw(b *testing.B) {
	snap := &model.Snapshot{Roads: syntheticRoads(), Types: model.DefaultServiceTypes()}
	for i := range 1600 {
		snap.Cells = append(snap.Cells, model.Cell{
			ID: fmt.Sprint(i), Centre: at(float64(i%40)*1500+500, float64(i/40)*3000+500), Size: 1000, People: 10, Inside: true,
		})
	}
	s := NewScene(SceneInput{Snapshot: snap, Result: testResult(snap)})
	img := image.NewRGBA(image.Rect(0, 0, 1600, 1000))
	for _, scale := range []float64{125, 25, 4} {
		b.Run(fmt.Sprintf("%vm", scale), func(b *testing.B) {
			b.ReportAllocs()
			v := View{Centre: at(30000, 60000), Scale: scale, Width: 1600, Height: 1000}
			for b.Loop() {
				if err := s.Draw(context.Background(), img, v); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkPrepareRoads(b *testing.B) {
	set := syntheticRoads()
	b.ReportAllocs()
	for b.Loop() {
		PrepareRoads(set)
	}
}

func ExampleScene_Draw() {
	snapshot := &model.Snapshot{
		Cells:      []model.Cell{{ID: "5000006500000", Centre: orb.Point{500500, 6500500}, Size: 1000, People: 12, Inside: true}},
		Facilities: []model.Facility{{ID: "1", Name: "Lanthandeln", Type: "dagligvaror", At: orb.Point{500700, 6500400}}},
		Types:      model.DefaultServiceTypes(),
	}
	scene := NewScene(SceneInput{Snapshot: snapshot, Printer: i18n.For(i18n.English)})
	view := Fit(scene.Bounds(), 200, 200, 20)
	picture := image.NewRGBA(image.Rect(0, 0, view.Width, view.Height))
	if err := scene.Draw(context.Background(), picture, view); err != nil {
		fmt.Println(err)
	}
	x, y := view.ToScreen(orb.Point{500700, 6500400})
	hit := scene.Hit(view, x+3, y)
	fmt.Println(snapshot.Facilities[hit.Facilities[0]].Name, hit.Cell)
	// Output: Lanthandeln 0
}
