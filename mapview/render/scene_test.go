package render

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// testOrigin is the lower left corner of the test kommun, 12 km wide and 8 km high.
var testOrigin = orb.Point{500000, 6500000}

func at(e, n float64) orb.Point { return orb.Point{testOrigin[0] + e, testOrigin[1] + n} }

func ring(points ...orb.Point) orb.Ring { return append(orb.Ring(points), points[0]) }

// testSnapshot is a small kommun with everything that a map shows: roads of all classes, a ferry, squares, a border,
// and places with one, two and five services.
func testSnapshot() *model.Snapshot {
	s := &model.Snapshot{
		Kommun: model.Kommun{Code: "9901", Name: "Provkommun", Fictional: true},
		Roads:  &model.RoadSet{}, Types: model.DefaultServiceTypes(), Params: model.DefaultParams(),
		Border: orb.MultiPolygon{{ring(at(500, 600), at(11000, 300), at(11600, 7000), at(6000, 7700), at(800, 6900))}},
		Inputs: []model.InputRef{{Layer: "Vägnät", Source: "nvdb.gpkg"}, {Layer: "Rutor", Edition: "2024"}},
	}
	for class := range int8(10) {
		n := 800 + 650*float64(class)
		var line orb.LineString
		for e := 200.0; e <= 11800; e += 400 {
			line = append(line, at(e, n+150*math.Sin(e/900+float64(class))))
		}
		s.Roads.Add(model.Road{FID: int64(class), Line: line, Class: class})
	}
	s.Roads.Add(model.Road{FID: 10, Line: orb.LineString{at(7800, 5200), at(9800, 6100)}, Class: 5, Flags: model.Ferry})
	s.Roads.Add(model.Road{FID: 11, Line: orb.LineString{at(2600, 500), at(2700, 7200)}, Class: 4})
	for i := range 7 {
		for j := range 7 {
			s.Cells = append(s.Cells, model.Cell{
				ID: fmt.Sprintf("%d-%d", i, j), Centre: at(1000+float64(i)*1000, 1000+float64(j)*1000), Size: 1000,
				People: 1 + i, Inside: true,
			})
		}
	}
	add := func(e, n float64, town string, types ...string) {
		for _, t := range types {
			id := fmt.Sprint("f", len(s.Facilities))
			s.Facilities = append(s.Facilities, model.Facility{
				ID: id, Name: "Butiken i " + town, Type: t, Town: town, At: at(e+float64(len(s.Facilities)%3), n), Layer: "Service",
			})
		}
	}
	add(3000, 3000, "Storby", "dagligvaror", "drivmedel", "post", "apotek", "betaltjanster")
	add(6500, 2200, "Mellanby", "dagligvaror", "post")
	add(9300, 6000, "Önsta", "dagligvaror")
	add(5200, 6100, "NORRÄNGE", "drivmedel")
	s.Facilities = append(s.Facilities, model.Facility{ID: "stängd", Type: "dagligvaror", At: at(8000, 2000), Closed: "2020-01-01"})
	return s
}

// testResult gives the squares costs that grow with the distance from Storby; every ninth is not reached.
func testResult(s *model.Snapshot) *model.Result {
	r := &model.Result{Query: model.Query{Service: "dagligvaror", Impedance: model.Distance}}
	for i := range s.Cells {
		c := &s.Cells[i]
		cost := 2.2 * math.Hypot(c.Centre[0]-testOrigin[0]-3000, c.Centre[1]-testOrigin[1]-3000)
		if i%9 == 8 {
			cost = math.NaN()
		}
		r.Cells = append(r.Cells, model.CellCost{Cell: c.ID, People: c.People, Cost: cost})
	}
	return r
}

// testLayers are a lake with an island and a name, a built-up area, a line and a layer of points.
func testLayers() []VectorLayer {
	lake := orb.Polygon{
		ring(at(7200, 4600), at(9000, 4300), at(10600, 5200), at(10400, 6700), at(8600, 6900), at(7500, 6000)),
		ring(at(9000, 5700), at(9000, 6300), at(9600, 6300), at(9600, 5700)),
	}
	built := orb.Polygon{ring(at(2300, 2500), at(3600, 2300), at(3800, 3500), at(2500, 3600))}
	return []VectorLayer{
		{Layer: model.Layer{Name: "Sjöar", Geometry: model.PolygonType, Visible: true}, Geometries: []orb.Geometry{lake}, Labels: []string{"Storsjön"}},
		{Layer: model.Layer{Name: "Tätorter", Geometry: model.PolygonType, Visible: true}, Geometries: []orb.Geometry{built}},
		{Layer: model.Layer{Name: "Leder", Geometry: model.LineStringType, Visible: true}, Geometries: []orb.Geometry{orb.LineString{at(4000, 7200), at(6000, 5000), at(7000, 7000)}}},
		{Layer: model.Layer{Name: "Skolor", Geometry: model.PointType, Visible: true}, Geometries: []orb.Geometry{at(4300, 4300), orb.MultiPoint{at(5000, 1500)}}},
		{Layer: model.Layer{Name: "Dolt", Geometry: model.PointType}, Geometries: []orb.Geometry{at(1000, 1000)}},
	}
}

// testScene puts it all together.
func testScene(theme symbology.Theme, service string, classes bool) *Scene {
	s := testSnapshot()
	in := SceneInput{Snapshot: s, Service: service, Extra: testLayers(), Printer: i18n.For(i18n.Swedish), Theme: theme}
	if classes {
		in.Result = testResult(s)
	}
	return NewScene(in)
}

func testView() View { return Fit(orb.Bound{Min: at(0, 0), Max: at(12000, 8000)}, 600, 400, 0) }
