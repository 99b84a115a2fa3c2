package render

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"math"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"nabar/internal/golden"
	"nabar/internal/i18n"
	"nabar/internal/tiletest"
	"nabar/model"
	"nabar/model/crs"
	"nabar/model/format/tile"
	"nabar/model/symbology"
)

// memory is an archive whose tiles are made when they are asked for.
type memory struct {
	info  tile.Info
	make  func(k tile.Key) []byte
	gate  chan struct{} // where there is one, every tile waits for it
	mu    sync.Mutex
	asked map[tile.Key]int
}

func (m *memory) Format() string  { return "memory" }
func (m *memory) Info() tile.Info { return m.info }
func (m *memory) Close() error    { return nil }
func (m *memory) First(context.Context) ([]byte, error) {
	return m.make(tile.Key{Z: m.info.MinZoom}), nil
}

func (m *memory) Tile(ctx context.Context, k tile.Key) ([]byte, error) {
	if m.gate != nil {
		select {
		case <-m.gate:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	m.mu.Lock()
	if m.asked == nil {
		m.asked = map[tile.Key]int{}
	}
	m.asked[k]++
	m.mu.Unlock()
	if k.Z < m.info.MinZoom || k.Z > m.info.MaxZoom {
		return nil, nil
	}
	return m.make(k), nil
}

// archiveOf is an archive of the whole world.
func archiveOf(low, high uint8, make func(k tile.Key) []byte) *memory {
	return &memory{info: tile.Info{Kind: tile.PNG, MinZoom: low, MaxZoom: high, Bounds: tile.World(), Attribution: "© Provverket"}, make: make}
}

// encoded is a picture as PNG.
func encoded(img image.Image) []byte {
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, img); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// measure is a tile whose colours say where each pixel lies: red and green grow by four for each pixel to the east and south.
var measure = sync.OnceValue(func() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 256, 256))
	for y := range 256 {
		for x := range 256 {
			img.SetRGBA(x, y, color.RGBA{uint8(4 * x), uint8(4 * y), 77, 255})
		}
	}
	return encoded(img)
})

// baseScene is a scene of nothing but a basemap.
func baseScene(t *Tiles, live bool) *Scene {
	return NewScene(SceneInput{
		Basemaps: []Basemap{{Layer: model.Layer{Name: "Karta", Role: model.RoleBasemap, Visible: true, Opacity: 1}, Tiles: t}},
		Printer:  i18n.For("sv"), Live: live,
	})
}

func shownIn(t *testing.T, s *Scene, v View) *image.RGBA {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, v.Width, v.Height))
	if err := s.Draw(t.Context(), img, v); err != nil {
		t.Fatal(err)
	}
	return img
}

// TestBasemapLiesWhereItIs reads from the colour of every pixel which pixel of which tile it shows, and compares with the full
// projection: from Skåne to the Finnish border, from a street to the whole country.
func TestBasemapLiesWhereItIs(t *testing.T) {
	tiles := NewTiles(archiveOf(0, 18, func(tile.Key) []byte { return measure() }), nil)
	scene := baseScene(tiles, false)
	for _, v := range []View{
		{Centre: orb.Point{697456, 6390123}, Scale: 50, Width: 500, Height: 300},
		{Centre: orb.Point{380000, 6155000}, Scale: 0.7, Width: 300, Height: 300},
		{Centre: orb.Point{915000, 7335000}, Scale: 9, Width: 400, Height: 333},
		{Centre: orb.Point{600000, 6900000}, Scale: 1700, Width: 700, Height: 950},
		{Centre: orb.Point{697456, 6390123}, Scale: 20, Width: 300, Height: 210, Unit: 2},
	} {
		img := shownIn(t, scene, v)
		p := tiles.plan(v)
		per := math.Exp2(float64(p.z)) * 256
		size := equator * math.Cos(crs.WGS84.FromProject(v.Centre)[1]*math.Pi/180) / per // of the tiles' pixels, in metres
		if ratio := size / v.Scale / math.Max(1, v.unit()/finest); ratio < 0.69 || ratio > 1.45 {
			t.Errorf("%+v: the tiles' pixels are %v of the view's", v, ratio)
		}
		worst := 0.0
		for y := range v.Height {
			for x := range v.Width {
				m := webMercator.FromProject(v.ToWorld(float64(x)+0.5, float64(y)+0.5))
				wantX, wantY := (m[0]/equator+0.5)*per-0.5, (0.5-m[1]/equator)*per-0.5
				c := img.RGBAAt(x, y)
				if c.B != 77 {
					t.Fatalf("%+v: no map at %d, %d: %v", v, x, y, c)
				}
				for _, k := range [2][2]float64{{wantX, float64(c.R)}, {wantY, float64(c.G)}} {
					at := math.Mod(k[0], 64) // the colours begin anew every 64 pixels
					if at > 62 || at < 1 {
						continue
					}
					worst = math.Max(worst, math.Abs(k[1]/4-at))
				}
			}
		}
		if worst*size/v.Scale > 0.5 {
			t.Errorf("%+v: off by %.2f of the tiles' pixels", v, worst)
		}
		t.Logf("1:%.0f, level %d: within %.3f pixels", v.Denominator(), p.z, worst*size/v.Scale)
	}
}

// plain makes tiles of one colour for each level.
func plain(t *testing.T, colours map[uint8]color.RGBA) func(tile.Key) []byte {
	byLevel := map[uint8][]byte{}
	for z, c := range colours {
		byLevel[z] = tiletest.Plain(t, 256, c)
	}
	return func(k tile.Key) []byte { return byLevel[k.Z] }
}

var (
	red   = color.RGBA{200, 0, 0, 255}
	green = color.RGBA{0, 160, 0, 255}
	home  = View{Centre: orb.Point{697456, 6390123}, Scale: 30, Width: 300, Height: 200}
)

// TestBasemapLevels: deeper than the last level its tiles are enlarged, and where a level has holes, the one above shows through.
func TestBasemapLevels(t *testing.T) {
	tiles := NewTiles(archiveOf(6, 9, plain(t, map[uint8]color.RGBA{6: red, 9: green})), nil)
	scene := baseScene(tiles, false)
	near := home
	near.Scale = 0.5
	far := home
	far.Scale = 900
	for name, c := range map[string]struct {
		view View
		want color.RGBA
	}{"beyond the last level": {near, green}, "in a hole": {home.AtDenominator(1_500_000), red}, "above the first level": {far, red}} {
		img := shownIn(t, scene, c.view)
		for _, at := range []image.Point{{0, 0}, {150, 100}, {299, 199}} {
			if got := img.RGBAAt(at.X, at.Y); got != c.want {
				t.Errorf("%s, at %v: %v, want %v", name, at, got, c.want)
			}
		}
	}
}

// TestBasemapBounds: beyond what the archive covers the ground is seen, and no tile is asked for.
func TestBasemapBounds(t *testing.T) {
	a := archiveOf(0, 12, plain(t, map[uint8]color.RGBA{12: green}))
	key := tile.Key{Z: 12, X: 2259, Y: 1233}
	a.info.MinZoom, a.info.Bounds = 12, tile.Box(key)
	scene := baseScene(NewTiles(a, nil), false)
	middle := crs.WGS84.ToProject(a.info.Bounds.Center())
	img := shownIn(t, scene, View{Centre: middle, Scale: 22, Width: 600, Height: 600})
	land := symbology.PaletteOf(symbology.Light).Land
	if img.RGBAAt(300, 300) != green || img.RGBAAt(5, 5) != (color.RGBA{land.R, land.G, land.B, 255}) {
		t.Errorf("middle %v, corner %v", img.RGBAAt(300, 300), img.RGBAAt(5, 5))
	}
	if len(a.asked) != 1 || a.asked[key] != 1 {
		t.Errorf("asked for %v", a.asked)
	}
	shownIn(t, scene, View{Centre: orb.Point{400000, 7000000}, Scale: 22, Width: 600, Height: 600})
	if len(a.asked) != 1 {
		t.Errorf("asked for %v", a.asked)
	}
}

// TestBasemapDamage: tiles that are too large, damaged or unreadable are blank, and the map is drawn.
func TestBasemapDamage(t *testing.T) {
	a := archiveOf(0, 12, func(k tile.Key) []byte {
		switch k.X % 3 {
		case 0:
			return []byte("\x89PNG\r\n\x1a\nskräp")
		case 1:
			return []byte("annat")
		}
		return measure()
	})
	if _, err := NewTiles(a, nil).picture(t.Context(), picKey{Key: tile.Key{Z: 3, X: 0}}); err != nil {
		t.Error(err)
	}
	wide := home
	wide.Width = 1200
	shownIn(t, baseScene(NewTiles(a, nil), false), wide)
}

// TestBasemapNeverBlank holds every tile back but the coarse one: the picture comes soon and shows that; the news of the others
// comes, and the next picture has them.
func TestBasemapNeverBlank(t *testing.T) {
	a := archiveOf(0, 12, plain(t, map[uint8]color.RGBA{6: red, 9: red, 11: green, 12: green}))
	news := make(chan struct{}, 100)
	tiles := NewTiles(a, func() { news <- struct{}{} })
	if _, err := tiles.picture(t.Context(), picKey{Key: tiles.plan(home).keys()[0].Up(3)}); err != nil {
		t.Fatal(err)
	}
	for _, k := range tiles.plan(home).keys() {
		if _, err := tiles.picture(t.Context(), picKey{Key: k.Up(3)}); err != nil {
			t.Fatal(err)
		}
	}
	a.gate = make(chan struct{})
	scene := baseScene(tiles, true)
	begin := time.Now()
	img := shownIn(t, scene, home)
	if took := time.Since(begin); took > 2*time.Second {
		t.Errorf("waited %v", took)
	}
	for _, at := range []image.Point{{0, 0}, {150, 100}, {299, 199}} {
		if got := img.RGBAAt(at.X, at.Y); got == green || got.R == 0xfa && got.G == 0xf8 {
			t.Errorf("at %v: %v", at, got)
		}
	}
	close(a.gate)
	for deadline := time.After(10 * time.Second); ; {
		select {
		case <-news:
		case <-deadline:
			t.Fatal("no news of the tiles")
		}
		if img = shownIn(t, scene, home); img.RGBAAt(150, 100) == green && img.RGBAAt(0, 0) == green {
			break
		}
	}
	before := len(a.asked)
	shownIn(t, scene, home)
	if len(a.asked) != before {
		t.Error("a picture that is complete was looked up again")
	}
}

// TestBasemapMemory: however far the map wanders, no more is kept than the limit.
func TestBasemapMemory(t *testing.T) {
	tiles := NewTiles(archiveOf(0, 14, func(tile.Key) []byte { return measure() }), nil)
	tiles.limit = 6 << 20
	scene := baseScene(tiles, false)
	for i := range 12 {
		v := home
		v.Centre[0] += 9000 * float64(i)
		shownIn(t, scene, v)
		if tiles.bytes > tiles.limit {
			t.Fatalf("%d bytes are kept", tiles.bytes)
		}
		sum := 0
		for _, e := range tiles.kept {
			sum += weight(e.Value.(*keptPicture).img)
		}
		if sum != tiles.bytes || len(tiles.kept) != tiles.order.Len() {
			t.Fatalf("%d bytes are kept, %d counted", sum, tiles.bytes)
		}
	}
}

func TestBasemapCancelled(t *testing.T) {
	a := archiveOf(0, 12, func(tile.Key) []byte { return measure() })
	tiles := NewTiles(a, nil)
	a.gate = make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(30*time.Millisecond, cancel)
	begin := time.Now()
	err := baseScene(tiles, false).Draw(ctx, image.NewRGBA(image.Rect(0, 0, home.Width, home.Height)), home)
	if !errors.Is(err, context.Canceled) || time.Since(begin) > 500*time.Millisecond {
		t.Errorf("%v after %v", err, time.Since(begin))
	}
}

// imageSpy is a canvas that takes pictures.
type imageSpy struct {
	*Raster
	img        image.Image
	x, y, w, h float64
	times      int
}

func (s *imageSpy) Image(img image.Image, x, y, w, h float64) {
	s.img, s.x, s.y, s.w, s.h = img, x, y, w, h
	s.times++
}

// TestBasemapOnPaper: where the map is drawn with vectors, the basemaps are one opaque picture that shows the same.
func TestBasemapOnPaper(t *testing.T) {
	chequers := func(k tile.Key) []byte {
		if (k.X+k.Y)%2 == 0 {
			return tiletest.Plain(t, 256, red)
		}
		return tiletest.Plain(t, 256, green)
	}
	a := archiveOf(0, 12, chequers)
	a.info.Bounds = orb.Bound{Min: orb.Point{18, 57.5}, Max: orb.Point{19, 57.7}}
	scene := baseScene(NewTiles(a, nil), false)
	v := home
	v.Unit = 0.75
	raster := shownIn(t, scene, v)
	spy := &imageSpy{Raster: NewRaster(image.NewRGBA(image.Rect(0, 0, v.Width, v.Height)))}
	scene.Paint(spy, v)
	if spy.times != 1 || spy.x != 0 || spy.w != float64(v.Width) || spy.h != float64(v.Height) {
		t.Fatalf("%d pictures, at %v, %v", spy.times, spy.x, spy.w)
	}
	got := spy.img.(*image.RGBA)
	if !got.Opaque() {
		t.Error("the picture lets something through")
	}
	k := float64(got.Rect.Dx()) / float64(v.Width)
	if math.Abs(k-basemapDPI/72.0) > 0.01 {
		t.Errorf("%v pixels a point", k)
	}
	different := 0
	for y := range v.Height {
		for x := range v.Width {
			p, q := raster.RGBAAt(x, y), got.RGBAAt(int((float64(x)+0.5)*k), int((float64(y)+0.5)*k))
			if max(int(p.R)-int(q.R), int(q.R)-int(p.R), int(p.G)-int(q.G), int(q.G)-int(p.G)) > 60 {
				different++
			}
		}
	}
	// The picture may take a finer level, whose chequers are smaller: only the same level is the same picture.
	if scene.bases[0].Tiles.plan(v).z == scene.bases[0].Tiles.plan(View{Centre: v.Centre, Scale: v.Scale / k, Unit: v.Unit * k, Width: 1, Height: 1}).z &&
		different > v.Width*v.Height/50 {
		t.Errorf("%d pixels differ", different)
	}
}

// TestBasemapIsCredited: who made it stands with the other sources, once, and only while it is shown.
func TestBasemapIsCredited(t *testing.T) {
	tiles := NewTiles(archiveOf(0, 1, plain(t, map[uint8]color.RGBA{0: red})), nil)
	if got := baseScene(tiles, false).Credits(); got != "Källor: © Provverket" {
		t.Errorf("%q", got)
	}
	hidden := NewScene(SceneInput{Basemaps: []Basemap{{Layer: model.Layer{Name: "Karta"}, Tiles: tiles}}, Printer: i18n.For("sv")})
	if got := hidden.Credits(); got != "" {
		t.Errorf("%q", got)
	}
}

// townTile is a vector tile with a wood, a lake, a built-up area and roads, alike everywhere.
func townTile() []byte {
	area := func(class string, ring ...int64) tiletest.VectorFeature {
		return tiletest.VectorFeature{Kind: 3, Parts: [][]int64{ring}, Tags: map[string]string{"class": class}}
	}
	road := func(class string, line ...int64) tiletest.VectorFeature {
		return tiletest.VectorFeature{Kind: 2, Parts: [][]int64{line}, Tags: map[string]string{"class": class}}
	}
	return tiletest.Vector(
		tiletest.VectorLayer{Name: "landcover", Features: []tiletest.VectorFeature{area("wood", 0, 0, 2000, 0, 1800, 1500, 0, 1900)}},
		tiletest.VectorLayer{Name: "landuse", Features: []tiletest.VectorFeature{area("residential", 2300, 2300, 3900, 2400, 3800, 3900, 2200, 3700)}},
		tiletest.VectorLayer{Name: "water", Features: []tiletest.VectorFeature{area("lake", 2500, 300, 3700, 500, 3400, 1600, 2700, 1500)}},
		tiletest.VectorLayer{Name: "waterway", Features: []tiletest.VectorFeature{road("stream", 2900, 1500, 1500, 4096)}},
		tiletest.VectorLayer{Name: "building", Features: []tiletest.VectorFeature{area("", 2700, 2700, 3100, 2700, 3100, 3000, 2700, 3000)}},
		tiletest.VectorLayer{Name: "boundary", Features: []tiletest.VectorFeature{road("", 0, 2100, 4096, 2100)}},
		tiletest.VectorLayer{Name: "transportation", Features: []tiletest.VectorFeature{
			road("motorway", 0, 3300, 4096, 2600), road("minor", 2600, 2300, 3300, 3900), road("path", 0, 0, 4096, 4096), road("okänd", 500, 0, 700, 4096),
		}},
		tiletest.VectorLayer{Name: "transportation_name", Features: []tiletest.VectorFeature{road("motorway", 0, 100, 4096, 100)}},
	)
}

// TestGoldenBasemap draws basemaps of pixels and of vectors under a project, in daylight and at night, and a place seen from nearer
// than the last level.
func TestGoldenBasemap(t *testing.T) {
	chequers := archiveOf(0, 16, func(k tile.Key) []byte {
		return tiletest.Picture(t, 64, func(x, y int) color.RGBA {
			if (x/16+y/16)%2 == 0 {
				return color.RGBA{214, 230, 200, 255}
			}
			return color.RGBA{uint8(190 + 10*(k.X%4)), uint8(200 + 10*(k.Y%4)), 214, 255}
		})
	})
	vectors := archiveOf(0, 12, func(tile.Key) []byte { return townTile() })
	vectors.info.Kind = tile.MVT
	v := testView()
	for name, c := range map[string]struct {
		archive tile.Archive
		theme   symbology.Theme
		opacity float64
		zoom    float64
	}{
		"basemap-pixels": {chequers, symbology.Light, 1, 1}, "basemap-night": {chequers, symbology.Dark, 1, 1},
		"basemap-faint": {chequers, symbology.Light, 0.4, 1}, "basemap-vectors": {vectors, symbology.Light, 1, 1},
		"basemap-vectors-near": {vectors, symbology.Light, 1, 6},
	} {
		t.Run(name, func(t *testing.T) {
			s := testSnapshot()
			s.Cells = s.Cells[:len(s.Cells)/3]
			scene := NewScene(SceneInput{
				Snapshot: s, Printer: i18n.For("sv"), Theme: c.theme,
				Basemaps: []Basemap{{Layer: model.Layer{Name: "Karta", Visible: true, Opacity: c.opacity}, Tiles: NewTiles(c.archive, nil)}},
			})
			x, y := v.ToScreen(at(3000, 3000))
			img, err := DrawSheet(t.Context(), scene, v.Zoom(c.zoom, x, y), SheetOptions{NoLegend: true})
			if err != nil {
				t.Fatal(err)
			}
			golden.Image(t, name, img)
		})
	}
}

// BenchmarkBasemap draws a map of 2000 by 1250 pixels whose tiles are there.
func BenchmarkBasemap(b *testing.B) {
	tiles := NewTiles(archiveOf(0, 14, func(tile.Key) []byte { return measure() }), nil)
	scene := baseScene(tiles, false)
	v := View{Centre: home.Centre, Scale: 20, Width: 2000, Height: 1250}
	img := image.NewRGBA(image.Rect(0, 0, v.Width, v.Height))
	for b.Loop() {
		if err := scene.Draw(b.Context(), img, v); err != nil {
			b.Fatal(err)
		}
	}
}

// TestMixing compares the mixing of all channels at once with that of each.
func TestMixing(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	for range 100000 {
		above, below := r.Uint64(), r.Uint64()
		wx, wy := r.Uint32N(257), r.Uint32N(257)
		got := between4(above, below, wx, wy)
		for k := range 4 {
			at := func(v uint64, i int) uint8 { return uint8(v >> (8*k + 32*i)) }
			want := between(at(above, 0), at(above, 1), at(below, 0), at(below, 1), wx, wy)
			if d := int(uint8(got>>(8*k))) - int(want); d < -1 || d > 1 {
				t.Fatalf("%x and %x by %d, %d: channel %d is %d, want %d", above, below, wx, wy, k, uint8(got>>(8*k)), want)
			}
		}
	}
}
