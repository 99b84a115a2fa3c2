package render

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// textBox is the room of a text's capitals.
func textBox(t Text) box {
	w := t.Font.Width(t.Text)
	left := t.X - anchorShare(t.Anchor)*w
	return box{left, t.Y - CapHeight*t.Font.Size, left + w, t.Y}
}

// TestLabelsDoNotCollide crowds a kommun with places: no name may cover another, or a symbol, or reach over the edge.
func TestLabelsDoNotCollide(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 9))
	snap := &model.Snapshot{Types: model.DefaultServiceTypes()}
	for i := range 300 {
		snap.Facilities = append(snap.Facilities, model.Facility{
			ID: fmt.Sprint(i), Name: fmt.Sprint("Lanthandeln nummer ", i), Town: fmt.Sprint("By ", i%80), Type: snap.Types[i%5].ID,
			At: at(8000*r.Float64(), 6000*r.Float64()),
		})
	}
	s := NewScene(SceneInput{Snapshot: snap})
	for _, zoom := range []float64{0.5, 1, 2, 6} {
		v := Fit(orb.Bound{Min: at(0, 0), Max: at(8000, 6000)}, 800, 600, 0).Zoom(zoom, 400, 300)
		symbols := s.fan(v)
		labels := s.labels(v, symbols)
		if len(labels) < 5 {
			t.Errorf("zoom %v: only %d names", zoom, len(labels))
		}
		for i, a := range labels {
			if !v.frame().holds(textBox(a)) {
				t.Errorf("zoom %v: %q reaches over the edge", zoom, a.Text)
			}
			for _, b := range labels[:i] {
				if textBox(a).overlaps(textBox(b)) {
					t.Errorf("zoom %v: %q covers %q", zoom, a.Text, b.Text)
				}
			}
			for k := range symbols {
				if textBox(a).overlaps(symbols[k].box()) {
					t.Errorf("zoom %v: %q covers a symbol", zoom, a.Text)
				}
			}
		}
	}
}

// TestServicesAtOnePlaceStayVisible: five services at one address are five symbols that don't cover each other.
func TestServicesAtOnePlaceStayVisible(t *testing.T) {
	s := testScene(symbology.Light, "", false)
	symbols := s.fan(testView())
	x, y := testView().ToScreen(at(3000, 3000))
	near := 0
	for i, a := range symbols {
		if math.Hypot(a.x-x, a.y-y) < 40 {
			near++
		}
		for _, b := range symbols[:i] {
			if math.Hypot(a.x-b.x, a.y-b.y) < a.size {
				t.Errorf("symbols of %v and %v cover each other", a.look.Shape, b.look.Shape)
			}
		}
	}
	if near != 5 {
		t.Errorf("%d symbols at the place, want 5", near)
	}
}

func TestPlacesGatherWithinTheRadius(t *testing.T) {
	snap := &model.Snapshot{Types: model.DefaultServiceTypes(), Params: model.Params{PlaceRadius: 30}}
	for i, d := range []float64{0, 29.9, 30, 30.1, 500} {
		snap.Facilities = append(snap.Facilities, model.Facility{ID: fmt.Sprint(i), Type: snap.Types[i].ID, At: at(d, 0)})
	}
	s := NewScene(SceneInput{Snapshot: snap})
	var sizes []int
	for _, p := range s.places {
		sizes = append(sizes, len(p.symbols))
	}
	slices.Sort(sizes)
	if !slices.Equal(sizes, []int{1, 1, 3}) {
		t.Errorf("places of %v services, want 1, 1 and 3", sizes)
	}
}

func TestClosedAndHiddenServicesAreNotDrawn(t *testing.T) {
	snap := testSnapshot()
	count := func(layers ...model.Layer) int {
		n := 0
		for _, p := range NewScene(SceneInput{Snapshot: snap, Layers: layers}).places {
			for _, s := range p.symbols {
				n += len(s.facilities)
			}
		}
		return n
	}
	if got := count(); got != 9 {
		t.Errorf("%d open services, want 9", got)
	}
	if got := count(model.Layer{Role: model.RoleServices, Name: "Service"}); got != 0 {
		t.Errorf("%d services of a hidden layer", got)
	}
	snap.Params.Date = "2019-06-01" // then the closed one was open
	if got := count(); got != 10 {
		t.Errorf("%d services in 2019, want 10", got)
	}
}

// TestHitFindsEverySymbol asks at every symbol's middle, and compares the square with a search by hand.
func TestHitFindsEverySymbol(t *testing.T) {
	s := testScene(symbology.Light, "dagligvaror", true)
	for _, zoom := range []float64{0.4, 1, 4} {
		v := testView().Zoom(zoom, 250, 250)
		for _, d := range s.fan(v) {
			want := s.places[d.place].symbols[d.index].facilities
			if hit := s.Hit(v, d.x, d.y); !slices.Equal(hit.Facilities, want) {
				t.Errorf("zoom %v: hit %v, want %v", zoom, hit.Facilities, want)
			}
			x, y, ok := s.Where(v, want[0])
			if !ok || x != d.x || y != d.y {
				t.Errorf("facility %d is said to stand at (%v, %v), %v", want[0], x, y, ok)
			}
		}
		for x := 3.3; x < 600; x += 37.1 { // never on an edge
			for y := 3.7; y < 400; y += 31.3 {
				want, p := -1, v.ToWorld(x, y)
				for i, c := range s.Snapshot().Cells {
					if math.Abs(c.Centre[0]-p[0]) < 500 && math.Abs(c.Centre[1]-p[1]) < 500 {
						want = i
					}
				}
				if got := s.Hit(v, x, y).Cell; got != want {
					t.Errorf("zoom %v at (%v, %v): square %d, want %d", zoom, x, y, got, want)
				}
			}
		}
	}
	if hit := s.Hit(testView(), -500, -500); hit.Facilities != nil || hit.Cell != -1 {
		t.Errorf("far outside: %+v", hit)
	}
}

func TestSpreadStaysNearHome(t *testing.T) {
	var symbols []drawnSymbol
	for i := range 20 {
		symbols = append(symbols, drawnSymbol{index: i, x: 100 + float64(i%3), y: 100, size: 14})
	}
	home := slices.Clone(symbols)
	spread(symbols)
	for i := range symbols {
		if d := math.Hypot(symbols[i].x-home[i].x, symbols[i].y-home[i].y); d > 0.8*14+1e-9 || math.IsNaN(d) {
			t.Errorf("symbol %d moved %.1f", i, d)
		}
	}
	two := []drawnSymbol{{x: 50, y: 50, size: 10}, {x: 51, y: 50, size: 10}}
	spread(two)
	if d := two[1].x - two[0].x; d < 10 {
		t.Errorf("two near symbols are %.1f apart", d)
	}
}

func TestLegend(t *testing.T) {
	l := testScene(symbology.Light, "dagligvaror", true).Legend()
	if l.Title != "Dagligvaror" || l.Subtitle == "" {
		t.Errorf("title %q, subtitle %q", l.Title, l.Subtitle)
	}
	var squares, symbols []string
	for _, i := range l.Items {
		switch i.Kind {
		case SquareSample:
			squares = append(squares, i.Label)
		case SymbolSample:
			symbols = append(symbols, i.Label)
		}
	}
	if len(squares) != 7 || squares[6] != "nås inte" {
		t.Errorf("classes %q", squares)
	}
	if !slices.Equal(symbols, []string{"Dagligvaror", "Skolor"}) {
		t.Errorf("symbols %q", symbols)
	}
	all := testScene(symbology.Light, "", false).Legend()
	n := 0
	for _, i := range all.Items {
		if i.Kind == SymbolSample {
			n++
		}
	}
	if n != 6 || all.Subtitle != "" {
		t.Errorf("%d symbols without a choice, subtitle %q", n, all.Subtitle)
	}
}

func TestTownNames(t *testing.T) {
	names := townNames([]model.Facility{
		{Town: "VISBY", At: at(0, 0)},
		{Town: "Visby", At: at(10, 0)},
		{Town: "ÖSTRA FÅRÖ", At: at(500, 0)},
		{Town: "Hela ön", At: at(0, 0)},
		{Town: "Hela ön", At: at(40000, 0)},
		{Town: "Hela ön", At: at(80000, 0)},
		{Town: "Nedlagda", At: at(0, 0), Closed: "2020-01-01"},
		{At: at(0, 0)},
	})
	var texts []string
	for _, n := range names {
		texts = append(texts, n.text)
	}
	if !slices.Equal(texts, []string{"Visby", "Östra Fårö"}) {
		t.Errorf("%q", texts)
	}
}

func TestCreditsAndMark(t *testing.T) {
	snap := testSnapshot()
	s := NewScene(SceneInput{Snapshot: snap, Printer: i18n.For("sv")})
	if got := s.Credits(); got != "Källor: Vägnät, Rutor (2024)" || s.Mark() != "Fiktiv kommun" {
		t.Errorf("fictional: %q, %q", got, s.Mark())
	}
	snap.Kommun.Fictional = false
	snap.Inputs = append(snap.Inputs, model.InputRef{Layer: "Mer väg", Source: "NVDB_2.gpkg"})
	if got := s.Credits(); got != "Källor: Trafikverket (NVDB), Rutor (2024)" || s.Mark() != "" {
		t.Errorf("real: %q, %q", got, s.Mark())
	}
}

func TestBoundsPreferThePeopledPart(t *testing.T) {
	snap := testSnapshot()
	if got := NewScene(SceneInput{Snapshot: snap}).Bounds(); got != snap.Border.Bound() {
		t.Errorf("an inland border: %v", got)
	}
	snap.Border = orb.MultiPolygon{{ring(at(-40000, -40000), at(60000, -40000), at(60000, 60000), at(-40000, 60000))}}
	if got := NewScene(SceneInput{Snapshot: snap}).Bounds(); got.Min != at(500, 500) || got.Max != at(7500, 7500) {
		t.Errorf("a border far out at sea: %v", got)
	}
}

func TestVectorLayerOf(t *testing.T) {
	l := model.Layer{
		Name: "Orter", Visible: true, Geometry: model.PointType,
		Fields: []model.Field{{Name: "kod", Type: model.Text}, {Name: "NAMN", Type: model.Text}, {Name: "bef", Type: model.Integer}},
	}
	features := []model.Feature{
		{Geometry: at(0, 0), Values: []any{"1", "Storby", int64(900)}},
		{Values: []any{"2", "Utan läge", int64(5)}},
		{Geometry: at(1, 1), Values: []any{"3", nil, 12.5}},
		{Geometry: at(2, 2), Values: []any{"4"}},
	}
	v := VectorLayerOf(l, features)
	if len(v.Geometries) != 3 || !slices.Equal(v.Labels, []string{"Storby", "", ""}) || !slices.Equal(v.Ranks, []float64{900, 12.5, 0}) {
		t.Errorf("%+v", v)
	}
	l.Style = symbology.Style{Label: "kod", Rank: "saknas"}.JSON()
	if v := VectorLayerOf(l, features); !slices.Equal(v.Labels, []string{"1", "3", "4"}) || v.Ranks != nil {
		t.Errorf("chosen columns: %q, %v", v.Labels, v.Ranks)
	}
	l.Style = []byte("{broken")
	if v := VectorLayerOf(l, features); v.Labels[0] != "Storby" {
		t.Errorf("a broken style: %q", v.Labels)
	}
}

func TestAllGeometriesAreShownOrPassedOver(t *testing.T) {
	for _, g := range append(orb.AllGeometries, orb.Polygon{{}}, orb.LineString{at(0, 0)}, orb.Ring{at(0, 0)}) {
		for _, kind := range []symbology.Kind{symbology.WaterKind, symbology.LineKind, symbology.PointKind, symbology.PlaceKind} {
			l := VectorLayer{
				Layer:      model.Layer{Name: "x", Visible: true, Style: symbology.Style{Kind: kind}.JSON()},
				Geometries: []orb.Geometry{g}, Labels: []string{"namn"},
			}
			drawn(t, NewScene(SceneInput{Extra: []VectorLayer{l}}), testView(), 1)
		}
	}
}
