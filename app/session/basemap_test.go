package session_test

import (
	"bytes"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/internal/tiletest"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/crs"
	"nabar/model/format/tile"
)

// quarters are tiles of the levels 0 to 10 over the village, whose four quarters meet at a known place: north-west red, north-east green,
// south-west blue and south-east yellow.
func quarters(t *testing.T, meeting orb.Point) tiletest.Tiles {
	t.Helper()
	p := crs.WGS84.FromProject(meeting)
	out := tiletest.Tiles{}
	for z := range uint8(13) {
		n := math.Exp2(float64(z))
		u := (p[0]/360 + 0.5) * n
		v := (0.5 - math.Asinh(math.Tan(p[1]*math.Pi/180))/(2*math.Pi)) * n
		for dx := -2; dx <= 2; dx++ {
			for dy := -2; dy <= 2; dy++ {
				k := tile.Key{Z: z, X: uint32(int(u) + dx), Y: uint32(int(v) + dy)}
				if !k.Valid() {
					continue
				}
				out[k] = tiletest.Picture(t, 256, func(x, y int) color.RGBA {
					east := float64(k.X)+(float64(x)+0.5)/256 > u
					south := float64(k.Y)+(float64(y)+0.5)/256 > v
					return corner(east, south)
				})
			}
		}
	}
	return out
}

// corner is the colour of a quarter.
func corner(east, south bool) color.RGBA {
	c := color.RGBA{200, 30, 30, 255}
	switch {
	case east && south:
		c = color.RGBA{220, 210, 20, 255}
	case east:
		c = color.RGBA{20, 160, 40, 255}
	case south:
		c = color.RGBA{30, 50, 200, 255}
	}
	return c
}

// TestBasemap adds an archive of each kind, and looks at what is drawn in the window, on a sheet and in the project.
func TestBasemap(t *testing.T) {
	for kind, write := range map[string]func(meeting orb.Point) string{
		"mbtiles": func(m orb.Point) string {
			return tiletest.MBTiles(t, "Fjärrkarta.mbtiles", map[string]string{"format": "png", "attribution": "© Provverket"}, quarters(t, m))
		},
		"pmtiles": func(m orb.Point) string {
			return tiletest.PMTiles(t, "Fjärrkarta.pmtiles", tiletest.PMOptions{
				Kind: 2, Gzip: true, Leaves: 30, Metadata: `{"attribution":"© Provverket"}`, Bounds: [4]float64{10, 55, 25, 69},
			}, quarters(t, m))
		},
	} {
		t.Run(kind, func(t *testing.T) {
			s := village(t)
			bounds, err := s.Bounds(ctx)
			must(t, err)
			meeting := bounds.Center()
			path := write(meeting)
			preview, err := s.Preview(ctx, path, session.ImportOptions{})
			must(t, err)
			if b := preview.Basemap; b == nil || b.MaxZoom != 12 || b.Attribution != "© Provverket" || len(b.Warnings) > 0 {
				t.Fatalf("%+v", preview.Basemap)
			}
			reports, err := s.Import(ctx, path, session.ImportOptions{}, nil)
			must(t, err)
			if r := reports[0]; r.Layer != "Fjärrkarta" || r.Role != model.RoleBasemap || r.Format != kind || r.CRS != "EPSG:3857" {
				t.Errorf("%+v", r)
			}
			layers, err := s.Layers(ctx)
			must(t, err)
			l := layers[0]
			if l.Role != model.RoleBasemap || l.Source.Attribution != "© Provverket" || len(l.Source.SHA256) != 64 || l.Bounds.IsZero() {
				t.Errorf("the lowest layer is %+v", l)
			}
			checkQuarters(t, s, meeting)

			// It stays at the bottom, and goes and comes with undo.
			must(t, s.PlaceLayer(ctx, l, len(layers)-1))
			must(t, s.MoveLayer(ctx, layers[1], false))
			layers, err = s.Layers(ctx)
			must(t, err)
			if layers[0].Role != model.RoleBasemap {
				t.Error("the basemap has left the bottom")
			}
			must(t, s.RemoveLayer(ctx, layers[0]))
			if maps, _, err := s.Basemaps(ctx); err != nil || len(maps) != 0 {
				t.Errorf("%v, %v", maps, err)
			}
			if _, err := s.Undo(ctx); err != nil {
				t.Fatal(err)
			}
			checkQuarters(t, s, meeting)
		})
	}
}

// checkQuarters draws the map and reads the colours around the place where the quarters meet, some pixels away from it.
func checkQuarters(t *testing.T, s *session.Session, meeting orb.Point) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "karta.png")
	half := 40.0 * 3
	bound := orb.Bound{Min: orb.Point{meeting[0] - half, meeting[1] - half}, Max: orb.Point{meeting[0] + half, meeting[1] + half}}
	layers, err := s.Layers(ctx)
	must(t, err)
	hidden := 0
	for _, l := range layers {
		if l.Role != model.RoleBasemap && l.Visible {
			must(t, s.ShowLayer(ctx, l, false))
			hidden++
		}
	}
	must(t, s.RenderSheet(ctx, out, session.Sheet{Width: 800, Height: 800, Bound: bound}, nil))
	for range hidden {
		_, err := s.Undo(ctx)
		must(t, err)
	}
	data, err := os.ReadFile(out)
	must(t, err)
	img, err := png.Decode(bytes.NewReader(data))
	must(t, err)
	view := render.Fit(bound, 800, 800, 0)
	p := crs.WGS84.FromProject(meeting)
	off := 0
	for y := 300; y < 500; y += 3 {
		for x := 300; x < 500; x += 3 {
			at := crs.WGS84.FromProject(view.ToWorld(float64(x)+0.5, float64(y)+0.5))
			pixel := 256 * math.Exp2(12)
			du := (at[0] - p[0]) / 360 * pixel
			dv := (math.Asinh(math.Tan(p[1]*math.Pi/180)) - math.Asinh(math.Tan(at[1]*math.Pi/180))) / (2 * math.Pi) * pixel
			if math.Abs(du) < 1.5 || math.Abs(dv) < 1.5 { // the archive's own pixels mix there
				continue
			}
			r, g, b, _ := img.At(x, y).RGBA()
			if got, want := (color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 255}), corner(du > 0, dv > 0); got != want {
				off++
				if off < 4 {
					t.Errorf("at %d, %d: %v, want %v", x, y, got, want)
				}
			}
		}
	}
}

// TestBasemapMoves: a project that is moved with its basemap shows it; where the file is left behind the map goes on without, says so,
// and is told where it is.
func TestBasemapMoves(t *testing.T) {
	s := village(t)
	bounds, err := s.Bounds(ctx)
	must(t, err)
	source := tiletest.MBTiles(t, "bakgrund.mbtiles", nil, quarters(t, bounds.Center()))
	folder := filepath.Join(filepath.Dir(s.Path()), "kartor")
	must(t, os.Mkdir(folder, 0o700))
	beside := filepath.Join(folder, "bakgrund.mbtiles")
	data, err := os.ReadFile(source)
	must(t, err)
	must(t, os.WriteFile(beside, data, 0o600))
	_, err = s.Import(ctx, beside, session.ImportOptions{}, nil)
	must(t, err)
	if l := layerNamed(t, s, "bakgrund"); l.Source.Path != "kartor/bakgrund.mbtiles" {
		t.Errorf("the path is %q", l.Source.Path)
	}
	states := func() session.BasemapState {
		t.Helper()
		_, all, err := s.Basemaps(ctx)
		must(t, err)
		return all[layerNamed(t, s, "bakgrund").ID]
	}
	if st := states(); st.Problem != nil || st.Changed || st.Path != beside {
		t.Errorf("%+v", st)
	}

	// To another computer: in another folder, then beside the project.
	away := t.TempDir()
	project, err := os.ReadFile(s.Path())
	must(t, err)
	moved := filepath.Join(away, "projekt.gpkg")
	must(t, os.WriteFile(moved, project, 0o600))
	must(t, s.Open(ctx, moved))
	if st := states(); key(st.Problem) != "base.missing" {
		t.Errorf("%+v", st)
	}
	notes, err := s.BasemapNotes(ctx)
	must(t, err)
	if len(notes) != 1 || !strings.Contains(i18n.For("sv").Text(notes[0]), "bakgrund.mbtiles") {
		t.Errorf("%v", notes)
	}
	must(t, s.RenderSheet(ctx, filepath.Join(away, "utan.png"), session.Sheet{Width: 200, Height: 200}, nil))
	must(t, os.WriteFile(filepath.Join(away, "bakgrund.mbtiles"), data, 0o600))
	if st := states(); st.Problem != nil {
		t.Errorf("%+v", st)
	}
	must(t, os.Remove(filepath.Join(away, "bakgrund.mbtiles")))

	// The same file under another name, then another file.
	same, err := s.FindBasemap(ctx, layerNamed(t, s, "bakgrund"), source, nil)
	if must(t, err); !same || states().Problem != nil {
		t.Errorf("same %v, %+v", same, states())
	}
	other := tiletest.MBTiles(t, "annan.mbtiles", map[string]string{"attribution": "Annan"}, quarters(t, bounds.Center()))
	same, err = s.FindBasemap(ctx, layerNamed(t, s, "bakgrund"), other, nil)
	if must(t, err); same || layerNamed(t, s, "bakgrund").Source.Attribution != "Annan" {
		t.Errorf("same %v, %+v", same, layerNamed(t, s, "bakgrund").Source)
	}
	_, err = s.Undo(ctx)
	must(t, err)
	if l := layerNamed(t, s, "bakgrund"); l.Source.Attribution != "" {
		t.Errorf("undone, %+v", l.Source)
	}
}

// layerNamed is a layer of the project.
func layerNamed(t *testing.T, s *session.Session, name string) model.Layer {
	t.Helper()
	l, err := s.Layer(ctx, name)
	must(t, err)
	return l
}

// TestBasemapPathsOfOthers: a project that somebody sends can't make the computer call another.
func TestBasemapPathsOfOthers(t *testing.T) {
	for _, path := range []string{"//server/share/a.mbtiles", `\\server\share\a.mbtiles`} {
		if filepath.Separator == '/' && strings.HasPrefix(path, `\`) {
			continue
		}
		got, _, err := session.FindBasemapFile("/tmp/p.gpkg", model.Layer{Source: model.Import{File: "a.mbtiles", Path: path}})
		if err == nil || strings.Contains(got, "server") {
			t.Errorf("%s leads to %s", path, got)
		}
	}
}

// TestBasemapRefused: what is no basemap is told, and the project stays as it is.
func TestBasemapRefused(t *testing.T) {
	s := empty(t)
	text := filepath.Join(t.TempDir(), "tabell.csv")
	must(t, os.WriteFile(text, []byte("a;b\n1;2\n"), 0o600))
	tiles := tiletest.MBTiles(t, "bakgrund.mbtiles", nil, tiletest.Tiles{{}: tiletest.Plain(t, 8, color.RGBA{1, 2, 3, 255})})
	for _, c := range []struct {
		path string
		role model.Role
		key  string
	}{
		{text, model.RoleBasemap, "base.not_tiles"}, {tiles, model.RoleRoads, "import.is_basemap"}, {text + "x", "", "import.missing"},
	} {
		before := state(t, filepath.Dir(s.Path()))
		if _, err := s.Import(ctx, c.path, session.ImportOptions{Role: c.role}, nil); key(err) != c.key {
			t.Errorf("%s as %q: %v, want %s", c.path, c.role, err, c.key)
		}
		if state(t, filepath.Dir(s.Path())) != before {
			t.Error("the project has changed")
		}
	}
}

// TestBasemapInDocuments: sheet and plan hold the picture and name who made it.
func TestBasemapInDocuments(t *testing.T) {
	s := village(t)
	bounds, err := s.Bounds(ctx)
	must(t, err)
	_, err = s.Import(ctx, tiletest.MBTiles(t, "a.mbtiles", map[string]string{"attribution": "© Provverket"}, quarters(t, bounds.Center())), session.ImportOptions{}, nil)
	must(t, err)
	dir := t.TempDir()
	for _, name := range []string{"karta.pdf", "plan.pdf", "plan.html"} {
		path := filepath.Join(dir, name)
		if name == "karta.pdf" {
			_, err = s.Print(ctx, path, session.PrintOrder{Template: "a4-portrait"}, nil)
		} else {
			err = s.Report(ctx, path, nil)
		}
		must(t, err)
		data, err := os.ReadFile(path)
		must(t, err)
		want := []string{"/DCTDecode"}
		if name == "plan.html" {
			want = []string{"data:image/jpeg;base64,", "© Provverket"}
		}
		for _, w := range want {
			if !bytes.Contains(data, []byte(w)) {
				t.Errorf("%s: no %s", name, w)
			}
		}
	}
}
