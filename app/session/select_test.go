package session_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/internal/testdata"
	"nabar/model"
	"nabar/model/shape"
)

// TestSelectAgreesWithReadingEverything chooses among many points by made boxes and conditions, and compares with a plain scan.
func TestSelectAgreesWithReadingEverything(t *testing.T) {
	s := session.New("sv")
	defer s.Close()
	must(t, s.Create(ctx, filepath.Join(t.TempDir(), "p.gpkg"), "0980"))
	l := manyRows(t, s, 3000) // at E 600 000 + i, N 6 390 000, antal i % 97
	r := rand.New(rand.NewPCG(4, 4))
	for range 30 {
		from, width, low := r.IntN(3000), r.IntN(600), r.IntN(97)
		c := session.Choice{Where: fmt.Sprintf("antal >= %d", low)}
		if r.IntN(3) > 0 {
			c.Area = session.Box(orb.Bound{Min: orb.Point{600000 + float64(from), 6389999}, Max: orb.Point{600000 + float64(from+width), 6390001}})
		}
		want := []int64{}
		for i := range 3000 {
			if i%97 >= low && (c.Area == nil || i >= from && i <= from+width) {
				want = append(want, int64(i+2)) // rows of a file are counted with its head
			}
		}
		got, err := s.Select(ctx, l, c)
		must(t, err)
		if !slices.Equal(got, want) {
			t.Fatalf("%+v: %d features, want %d", c, len(got), len(want))
		}
		rest, err := s.Invert(ctx, l, got)
		must(t, err)
		if len(rest)+len(got) != 3000 || slices.ContainsFunc(rest, func(id int64) bool { return slices.Contains(got, id) }) {
			t.Errorf("inverted %d of %d", len(rest), 3000-len(got))
		}
		table, frame, err := s.SelectedTable(ctx, l, got)
		must(t, err)
		if len(table.Rows) != len(got) || len(got) > 0 && frame.Min[0] != 600000+float64(got[0]-2) {
			t.Errorf("%d rows from %v", len(table.Rows), frame.Min)
		}
	}
	_, err := s.Select(ctx, l, session.Choice{Where: "antl > 1"})
	if err == nil || !strings.Contains(i18n.For("sv").Error(err), "antl är ingen kolumn") {
		t.Errorf("a condition that can't be read: %v", err)
	}
	if f, found, err := s.FeatureAt(ctx, l, orb.Point{600100.4, 6390003}, 5); err != nil || !found || f.ID != 102 {
		t.Errorf("a click chooses %d, %v, %v", f.ID, found, err)
	}
	if _, found, _ := s.FeatureAt(ctx, l, orb.Point{600100.4, 6390006}, 5); found {
		t.Error("a click far away chooses something")
	}
}

// TestHitPrefersWhatIsSmallAndOnTop clicks where a point, a line and two areas lie on each other.
func TestHitPrefersWhatIsSmallAndOnTop(t *testing.T) {
	s := village(t)
	at := orb.Point{503000, 6700300}
	draw := func(name string, kind model.GeometryType, shapes ...orb.Geometry) {
		t.Helper()
		l, err := s.NewLayer(ctx, name, kind, nil)
		must(t, err)
		for i, g := range shapes {
			_, err := s.AddFeature(ctx, l, g, map[string]string{"namn": fmt.Sprintf("%s %d", name, i+1)})
			must(t, err)
		}
	}
	draw("Linjer", model.LineStringType, orb.LineString{{502000, 6700300}, {504000, 6700300}})
	draw("Ytor", model.PolygonType, orb.Bound{Min: orb.Point{502000, 6700100}, Max: orb.Point{504000, 6700900}}.ToPolygon(),
		orb.Bound{Min: orb.Point{502900, 6700200}, Max: orb.Point{503100, 6700400}}.ToPolygon())
	for _, c := range []struct {
		at   orb.Point
		want string
	}{
		{at, "Linjer 1"},
		{orb.Point{503000, 6700350}, "Ytor 2"},
		{orb.Point{502500, 6700500}, "Ytor 1"},
		{orb.Point{502500, 6700308}, "Linjer 1"},
		{orb.Point{501500, 6700500}, ""},
	} {
		hit, err := s.HitAt(ctx, c.at, 10)
		must(t, err)
		got := ""
		if hit != nil {
			got = hit.Name
		}
		if got != c.want {
			t.Errorf("at %v: %q, want %q", c.at, got, c.want)
		}
	}
}

// TestMeasureRoad measures in the village: 60 km/h along one road, the shop 10 m beside it.
func TestMeasureRoad(t *testing.T) {
	s := village(t)
	shop, far := orb.Point{501000, 6700010}, orb.Point{506000, 6700000}
	m, err := s.MeasureRoad(ctx, model.Query{Impedance: model.Distance}, []orb.Point{shop, far, {504000, 6700000}}, nil)
	must(t, err)
	if !m.Whole || m.Legs[0].Metres != 5010 || m.Legs[0].Seconds != 300 || m.Legs[1].Metres != 2000 || m.Metres != 7010 || m.Seconds != 420 {
		t.Errorf("%+v", m)
	}
	if line := m.Legs[0].Line; line[0] != shop || line[len(line)-1] != far {
		t.Errorf("drawn from %v to %v", line[0], line[len(line)-1])
	}
	m, err = s.MeasureRoad(ctx, model.Query{Impedance: model.Time, Profile: "gang"}, []orb.Point{{501000, 6700000}, {502000, 6700000}}, nil)
	must(t, err)
	if m.Metres != 1000 || m.Seconds < 600 || m.Seconds > 900 {
		t.Errorf("a kilometre on foot: %v m, %v s", m.Metres, m.Seconds)
	}
	m, err = s.MeasureRoad(ctx, model.Query{}, []orb.Point{shop, {501000, 6720000}, far}, nil)
	must(t, err)
	if m.Whole || m.Legs[0].Found || m.Legs[1].Found {
		t.Errorf("a way to a place without roads: %+v", m)
	}
	empty := session.New("sv")
	defer empty.Close()
	must(t, empty.Create(ctx, filepath.Join(t.TempDir(), "p.gpkg"), "0980"))
	if _, err := empty.MeasureRoad(ctx, model.Query{}, []orb.Point{shop, far}, nil); err == nil {
		t.Error("measured without roads")
	}
}

// TestRoadsAreShorterStraight tries the triangle inequality in the demo kommun: past a third position it is never nearer, and along
// the roads never nearer than the straight line on the grid. The routes of results cost the same.
func TestRoadsAreShorterStraight(t *testing.T) {
	s := session.New("sv")
	defer s.Close()
	must(t, s.CreateDemo(ctx, filepath.Join(t.TempDir(), "demo.gpkg"), nil))
	snapshot, err := s.Snapshot(ctx, nil)
	must(t, err)
	r := rand.New(rand.NewPCG(8, 1))
	measure := func(i model.Impedance, points ...orb.Point) (float64, bool) {
		m, err := s.MeasureRoad(ctx, model.Query{Impedance: i}, points, nil)
		must(t, err)
		if i == model.Time {
			return m.Seconds, m.Whole
		}
		return m.Metres, m.Whole
	}
	tried := 0
	for range 60 {
		a, b, c := snapshot.Cells[r.IntN(len(snapshot.Cells))].Centre, snapshot.Cells[r.IntN(len(snapshot.Cells))].Centre, snapshot.Cells[r.IntN(len(snapshot.Cells))].Centre
		for _, i := range []model.Impedance{model.Distance, model.Time} {
			straight, ok := measure(i, a, c)
			past, also := measure(i, a, b, c)
			if !ok || !also {
				continue
			}
			tried++
			if straight > past+1e-6 {
				t.Errorf("%s: %v straight, %v past another place", i, straight, past)
			}
			if line := math.Hypot(a[0]-c[0], a[1]-c[1]); i == model.Distance && straight < line*0.99 {
				t.Errorf("%v m along the roads, %v m as the crow flies", straight, line)
			}
		}
	}
	if tried < 60 {
		t.Errorf("only %d tried", tried)
	}
	for range 40 {
		cell, f := &snapshot.Cells[r.IntN(len(snapshot.Cells))], &snapshot.Facilities[r.IntN(len(snapshot.Facilities))]
		way, err := s.Route(ctx, model.Query{Service: f.Type, Impedance: model.Distance}, cell.ID, f.ID)
		must(t, err)
		metres, ok := measure(model.Distance, cell.Centre, f.At)
		if ok != (way != nil) || ok && metres != way.Metres {
			t.Errorf("measured %v m, the route is %+v", metres, way)
		}
	}
}

func TestDrawnLayers(t *testing.T) {
	s := village(t)
	fields := []model.Field{{Name: "namn", Type: model.Text}, {Name: "antal", Type: model.Integer}, {Name: "klart", Type: model.Boolean}, {Name: "dag", Type: model.DateType}}
	l, err := s.NewLayer(ctx, " Badplatser ", model.PolygonType, fields)
	must(t, err)
	for name, err := range map[string]error{
		"a name that is taken":    layerError(s.NewLayer(ctx, "badplatser", model.PointType, nil)),
		"no name":                 layerError(s.NewLayer(ctx, " ", model.PointType, nil)),
		"a column twice":          layerError(s.NewLayer(ctx, "A", model.PointType, []model.Field{{Name: "x", Type: model.Text}, {Name: "X ", Type: model.Text}})),
		"a column without a name": layerError(s.NewLayer(ctx, "A", model.PointType, []model.Field{{Name: " ", Type: model.Text}})),
		"pictures":                layerError(s.NewLayer(ctx, "A", model.PointType, []model.Field{{Name: "x", Type: model.Blob}})),
	} {
		if err == nil && name != "a name that is taken" {
			t.Errorf("%s is taken", name)
		}
	}
	square := orb.Polygon{{{502000, 6700000}, {503000, 6700000}, {503000, 6701000}, {502000, 6701000}, {502000, 6700000}}}
	texts := map[string]string{"namn": "Stranden", "antal": "1 200", "klart": "ja", "dag": "2026-03-01"}
	id, err := s.AddFeature(ctx, l, square, texts)
	must(t, err)
	cells := func() string {
		row, err := s.Row(ctx, l, id)
		must(t, err)
		return fmt.Sprint(row.Cells)
	}
	if got := cells(); got != "[{Stranden 0} { 1200} {ja 0} {2026-03-01 0}]" {
		t.Errorf("the row is %s", got)
	}
	before := cells()
	for name, err := range map[string]error{
		"an hourglass":        addError(s.AddFeature(ctx, l, orb.Polygon{{{0 + 502000, 6700000}, {503000, 6701000}, {503000, 6700000}, {502000, 6701000}, {502000, 6700000}}}, nil)),
		"a point among areas": addError(s.AddFeature(ctx, l, orb.Point{502000, 6700000}, nil)),
		"a text as a number":  s.ChangeValues(ctx, l, id, map[string]string{"antal": "många"}),
		"no such column":      s.ChangeValues(ctx, l, id, map[string]string{"nam": "x"}),
		"no such date":        s.ChangeValues(ctx, l, id, map[string]string{"dag": "i morgon"}),
		"a crossing by a move": remarksError(s.Reshape(ctx, l, id, func(g orb.Geometry) (orb.Geometry, error) {
			return shape.Move(g, shape.Vertex{Index: 1}, orb.Point{501000, 6700500})
		})),
	} {
		if err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if cells() != before {
		t.Error("what was refused has changed the row")
	}
	must(t, s.ChangeValues(ctx, l, id, map[string]string{"namn": "Viken", "antal": ""}))
	if got := cells(); !strings.Contains(got, "{Viken 0} { NaN} {ja 0}") {
		t.Errorf("after a change %s", got)
	}
	geometry := func() string {
		g, err := s.RowAt(ctx, l, id)
		must(t, err)
		return fmt.Sprint(g)
	}
	first := geometry()
	_, err = s.Reshape(ctx, l, id, func(g orb.Geometry) (orb.Geometry, error) {
		return shape.Insert(g, shape.Vertex{Index: 0}, orb.Point{502500, 6699900})
	})
	must(t, err)
	second := geometry()
	_, err = s.Reshape(ctx, l, id, func(g orb.Geometry) (orb.Geometry, error) { return shape.Shift(g, 10, 10), nil })
	must(t, err)
	for _, want := range []string{second, first} { // each edit is a step of its own
		_, err = s.Undo(ctx)
		must(t, err)
		if got := geometry(); got != want {
			t.Errorf("undone to %s, want %s", got, want)
		}
	}
	_, err = s.Redo(ctx)
	must(t, err)
	if got := geometry(); got != second {
		t.Errorf("done again %s, want %s", got, second)
	}
	must(t, s.DeleteFeatures(ctx, l, []int64{id}))
	if ids, err := s.Select(ctx, l, session.Choice{}); err != nil || len(ids) != 0 {
		t.Errorf("%v are left, %v", ids, err)
	}
	_, err = s.Undo(ctx)
	must(t, err)
	if got := geometry(); got != second {
		t.Error("undo brings back another feature")
	}
}

func layerError(_ model.Layer, err error) error      { return err }
func addError(_ int64, err error) error              { return err }
func remarksError(_ []i18n.Message, err error) error { return err }

// TestEditingRoadsIsToldAndCounted moves the road end that both edges meet at: the register's length follows, the figures are stale, and
// the loosened end is told.
func TestEditingRoadsIsToldAndCounted(t *testing.T) {
	s := village(t)
	roads := layer(t, s, model.RoleRoads)
	_, err := s.Analyse(ctx, groceries, nil)
	must(t, err)
	means, err := s.Editability(roads)
	if err != nil || means.IsZero() {
		t.Errorf("what an edit of roads means is not told: %v", err)
	}
	if _, err := s.Editability(layer(t, s, model.RolePopulation)); err == nil {
		t.Error("squares can be redrawn")
	}
	if _, err := s.AddFeature(ctx, layer(t, s, model.RolePopulation), orb.Point{500500, 6700000}, nil); err == nil {
		t.Error("a square can be drawn")
	}
	remarks, err := s.Reshape(ctx, roads, 1, func(g orb.Geometry) (orb.Geometry, error) {
		return shape.Move(g, shape.Vertex{Index: 1}, orb.Point{504000, 6700000})
	})
	must(t, err)
	if len(remarks) != 1 || !strings.Contains(i18n.For("sv").Text(remarks[0]), "möter inte längre 1 annan väg") {
		t.Errorf("remarks %v", remarks)
	}
	f, err := s.FeaturesOf(ctx, roads, []int64{1})
	must(t, err)
	if got := f[0].Values[slices.IndexFunc(roads.Fields, func(f model.Field) bool { return f.Name == "extlen" })]; fmt.Sprint(got) != "4000" {
		t.Errorf("the register's length is %v, want 4 000", got)
	}
	result, err := s.Stored(ctx, groceries)
	must(t, err)
	if result == nil || !result.Stale {
		t.Error("the figures are not stale")
	}
	remarks, err = s.Reshape(ctx, layer(t, s, model.RoleRoads), 1, func(g orb.Geometry) (orb.Geometry, error) {
		return shape.Insert(g, shape.Vertex{Index: 0}, orb.Point{502000, 6700100})
	})
	if err != nil || len(remarks) != 0 {
		t.Errorf("a bend loosens %v, %v", remarks, err)
	}
	if _, err := s.AddFeature(ctx, roads, orb.LineString{{505000, 6700000}, {505000, 6700500}}, nil); err != nil {
		t.Errorf("a new road: %v", err)
	}
}

func TestShapesNear(t *testing.T) {
	s := village(t)
	frame := orb.Point{505000, 6700000}.Bound().Pad(50)
	shapes, more, err := s.ShapesNear(ctx, frame, 1000)
	must(t, err)
	if len(shapes) != 3 || more { // two roads and the border
		t.Errorf("%d shapes, more %v", len(shapes), more)
	}
	if _, more, err := s.ShapesNear(ctx, frame, 3); err != nil || !more {
		t.Errorf("the limit does not hold: %v", err)
	}
	must(t, s.ShowLayer(ctx, layer(t, s, model.RoleRoads), false))
	if shapes, _, err = s.ShapesNear(ctx, frame, 1000); err != nil || len(shapes) != 1 {
		t.Errorf("%d shapes with hidden roads, %v", len(shapes), err)
	}
}

// BenchmarkSwedishSelect selects among all inhabited squares of Sweden: by a condition, and by a box of 50 km with a condition.
func BenchmarkSwedishSelect(b *testing.B) {
	file := filepath.Join(testdata.Dir(b, "sverige"), "scb_befolkning_1km_2024.csv")
	s := newProject(b)
	if _, err := s.Import(ctx, file, session.ImportOptions{Name: "Rutor"}, nil); err != nil {
		b.Fatal(err)
	}
	l, err := s.Layer(ctx, "Rutor")
	if err != nil {
		b.Fatal(err)
	}
	where := l.Mapping[model.PartPeople] + " > 100"
	for name, c := range map[string]session.Choice{
		"condition": {Where: where},
		"box":       {Where: where, Area: session.Box(orb.Bound{Min: orb.Point{650000, 6550000}, Max: orb.Point{700000, 6600000}})},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				ids, err := s.Select(ctx, l, c)
				if err != nil || len(ids) == 0 {
					b.Fatal(len(ids), err)
				}
			}
		})
	}
}
