package session_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/internal/roadgen"
	"nabar/internal/testdata"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/symbology"
)

const (
	mapWidth, mapHeight = 1600, 1000
	madeNodes           = 434_000 // has 500 000 edges
)

// benchMap is what the drawing of maps is measured on: a snapshot, a result to colour its squares by, and three scales.
type benchMap struct {
	name     string
	snapshot *model.Snapshot
	result   *model.Result
	views    []render.View
}

// scene is the map of it.
func (m *benchMap) scene() *render.Scene {
	return render.NewScene(render.SceneInput{Snapshot: m.snapshot, Result: m.result})
}

// look sets the three views: all of b, and two that are nearer.
func (m *benchMap) look(b orb.Bound, at orb.Point, scales ...float64) *benchMap {
	m.views = []render.View{render.Fit(b, mapWidth, mapHeight, 20)}
	for _, s := range scales {
		m.views = append(m.views, render.View{Centre: at, Scale: s, Width: mapWidth, Height: mapHeight})
	}
	return m
}

// coloured gives every square a made-up cost, so that all classes are drawn.
func coloured(s *model.Snapshot) *model.Result {
	r := &model.Result{Query: model.Query{Service: "dagligvaror", Impedance: model.Distance}}
	for i := range s.Cells {
		c := &s.Cells[i]
		cost := 15000 * (1 + math.Sin(c.Centre[0]/9000)*math.Cos(c.Centre[1]/7000))
		r.Cells = append(r.Cells, model.CellCost{Cell: c.ID, People: c.People, Cost: cost})
	}
	return r
}

// gotlandMap is the real network of one kommun and its squares.
func gotlandMap(b *testing.B, s *session.Session) *benchMap {
	b.Helper()
	full, err := s.Snapshot(ctx, nil)
	if err != nil {
		b.Fatal(err)
	}
	snapshot := &model.Snapshot{Roads: full.Roads, Cells: full.Cells, Types: full.Types}
	m := &benchMap{name: "gotland", snapshot: snapshot, result: coloured(snapshot)}
	return m.look(render.PrepareRoads(full.Roads).Bounds(), orb.Point{703_000, 6_390_000}, 25, 4)
}

// swedenMap is all inhabited squares of the country.
func swedenMap(b *testing.B) *benchMap {
	b.Helper()
	f, err := os.Open(filepath.Join(testdata.Dir(b, "sverige"), "scb_befolkning_1km_2024.csv"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	s := &model.Snapshot{Types: model.DefaultServiceTypes()}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		id, _, _ := strings.Cut(lines.Text(), ";")
		id = strings.Trim(id, "\"\ufeff")
		e, errE := strconv.ParseFloat(id[:min(6, len(id))], 64)
		n, errN := strconv.ParseFloat(id[min(6, len(id)):], 64)
		if errE == nil && errN == nil {
			s.Cells = append(s.Cells, model.Cell{ID: id, Centre: orb.Point{e + 500, n + 500}, Size: 1000, People: 1, Inside: true})
		}
	}
	if err := lines.Err(); err != nil || len(s.Cells) != 103_464 {
		b.Fatalf("%d squares, %v", len(s.Cells), err)
	}
	m := &benchMap{name: "sweden", snapshot: s, result: coloured(s)}
	return m.look(m.scene().Bounds(), orb.Point{660_000, 6_600_000}, 200, 40)
}

// madeMap is an invented network of 500 000 edges.
func madeMap() *benchMap {
	set := roadgen.Generate(7, madeNodes, orb.Bound{Min: orb.Point{400_000, 6_400_000}, Max: orb.Point{600_000, 6_600_000}})
	shares := []int8{1, 3, 4, 5, 5, 6, 7, 7, 7, 8, 8, 8, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9}
	for i := range set.Class {
		set.Class[i] = shares[(i/8)%len(shares)]
	}
	m := &benchMap{name: "made", snapshot: &model.Snapshot{Roads: set, Types: model.DefaultServiceTypes()}}
	return m.look(render.PrepareRoads(set).Bounds(), orb.Point{500_000, 6_500_000}, 40, 6)
}

// BenchmarkMap draws maps of 1600 × 1000 at three scales, from the whole to near.
func BenchmarkMap(b *testing.B) {
	for _, make := range []func(*testing.B) *benchMap{
		func(b *testing.B) *benchMap { return gotlandMap(b, gotland(b)) }, swedenMap, func(*testing.B) *benchMap { return madeMap() },
	} {
		m := make(b)
		s := m.scene()
		img := image.NewRGBA(image.Rect(0, 0, mapWidth, mapHeight))
		for _, v := range m.views {
			b.Run(fmt.Sprintf("%s/%.0fm", m.name, v.Scale), func(b *testing.B) {
				b.ReportAllocs()
				report := perOperation(b)
				for b.Loop() {
					if err := s.Draw(ctx, img, v); err != nil {
						b.Fatal(err)
					}
				}
				report()
			})
		}
	}
}

// peerTier is how the roads of a tier are drawn in a view, in pixels.
type peerTier struct {
	Tier        int       `json:"tier"`
	Colour      string    `json:"colour"`
	Width       float64   `json:"width"`
	Casing      string    `json:"casing"`
	CasingWidth float64   `json:"casing_width"`
	Dash        []float64 `json:"dash"`
}

// peerView is a view that another program is to draw as well, and how long it took here.
type peerView struct {
	Set           string     `json:"set"`
	Bounds        [4]float64 `json:"bounds"`
	Width, Height int
	Tiers         []peerTier `json:"tiers"`
	Fills         []string   `json:"fills"`
	MS            []float64  `json:"ms"`
}

// BenchmarkMapForPeers writes what scripts/bench-map has another program draw: layers as text, views with their styles, and
// the times of drawing them here. It runs where NABAR_MAPS names a folder.
func BenchmarkMapForPeers(b *testing.B) {
	dir := os.Getenv("NABAR_MAPS")
	if dir == "" {
		b.Skip("NABAR_MAPS names no folder: scripts/bench-map does")
	}
	var views []peerView
	for _, m := range []*benchMap{gotlandMap(b, gotland(b)), swedenMap(b), madeMap()} {
		writeLayers(b, dir, m)
		s := m.scene()
		img := image.NewRGBA(image.Rect(0, 0, mapWidth, mapHeight))
		for i, v := range m.views {
			p := peerLook(m, v)
			for range 9 {
				start := time.Now()
				if err := s.Draw(ctx, img, v); err != nil {
					b.Fatal(err)
				}
				p.MS = append(p.MS, float64(time.Since(start).Microseconds())/1000)
			}
			slices.Sort(p.MS)
			views = append(views, p)
			f, err := os.Create(filepath.Join(dir, fmt.Sprintf("%s-%d-nabar.png", m.name, i)))
			if err != nil {
				b.Fatal(err)
			}
			if err := png.Encode(f, img); err != nil {
				b.Fatal(err)
			}
			f.Close()
		}
	}
	data, err := json.Marshal(views)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "views.json"), data, 0o644)
	}
	if err != nil {
		b.Fatal(err)
	}
}

// peerLook tells another program a view and its styles.
func peerLook(m *benchMap, v render.View) peerView {
	bound := v.Bound()
	p := peerView{
		Set: m.name, Bounds: [4]float64{bound.Min[0], bound.Min[1], bound.Max[0], bound.Max[1]}, Width: v.Width, Height: v.Height,
	}
	hex := func(c symbology.Colour) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
	for t := symbology.RoadTier(0); t < symbology.RoadTiers; t++ {
		if s := symbology.RoadStyleOf(t, v.Scale, symbology.Light); s.Width > 0 {
			p.Tiers = append(p.Tiers, peerTier{int(t), hex(s.Colour), s.Width, hex(s.Casing), s.CasingWidth, s.Dash})
		}
	}
	for _, c := range symbology.Ramp(len(model.DefaultBands(model.Distance))+1, symbology.Light) {
		p.Fills = append(p.Fills, hex(c))
	}
	return p
}

// writeLayers writes roads as "tier e n e n …" and squares as "class e n size" with their lower left corner.
func writeLayers(b *testing.B, dir string, m *benchMap) {
	b.Helper()
	f, err := os.Create(filepath.Join(dir, m.name+".txt"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	defer w.Flush()
	if set := m.snapshot.Roads; set != nil {
		for i := range set.Len() {
			fmt.Fprintf(w, "road %d", symbology.TierOf(set.Class[i], set.Flags[i]))
			for _, v := range set.Vertices(i) {
				fmt.Fprintf(w, " %.1f", v)
			}
			fmt.Fprintln(w)
		}
	}
	breaks := model.DefaultBands(model.Distance)
	for i := range m.snapshot.Cells {
		c := &m.snapshot.Cells[i]
		fmt.Fprintf(w, "square %d %.0f %.0f %.0f\n", symbology.Classify(breaks, m.result.Cells[i].Cost), c.Centre[0]-c.Size/2, c.Centre[1]-c.Size/2, c.Size)
	}
}
