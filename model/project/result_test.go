package project

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// figures is a result with everything in it, over the inputs given.
func figures(q model.Query, layers ...model.Layer) *model.Result {
	r := &model.Result{
		Query: q, Facilities: 2, People: 12, Reached: 10, Unreached: 2, Mean: 1234.5, Median: 0.1, P90: 9e9, Max: 3, SecondMean: math.NaN(),
		Bands: []model.Band{{To: 1000, People: 4}, {To: 2000, People: 10}},
		Cells: []model.CellCost{
			{Cell: "6970006390000", People: 10, Nearest: "a", Cost: 640.25, Second: "", SecondCost: math.NaN()},
			{Cell: "6980006390000", People: 2, Cost: math.NaN(), SecondCost: math.NaN()},
			{Cell: "okänd", People: 0, Nearest: "b", Cost: 0, Second: "a", SecondCost: 1},
		},
		Places: []model.PlaceFigure{{ID: "a", Name: "Å'bo", PeopleNearest: 10, Joined: true}, {ID: "b", Name: "B"}},
		Params: model.DefaultParams(), Engine: "1", Timings: model.Timings{Total: 5},
	}
	for _, l := range layers {
		r.Inputs = append(r.Inputs, model.InputRef{Layer: l.Name, Role: l.Role, Source: l.Source.File, SHA256: l.Source.SHA256, Revision: l.Revision, Edition: "2024"})
	}
	return r
}

var resultCells = []model.Cell{
	{ID: "6970006390000", Centre: orb.Point{697500, 6390500}, Size: 1000, People: 10},
	{ID: "6980006390000", Centre: orb.Point{698125, 6390125}, Size: 250, People: 2},
}

// same compares results; NaN is NaN.
func sameResult(t *testing.T, got, want *model.Result) {
	t.Helper()
	g, w := *got, *want
	g.ID, w.ID, g.Timings, w.Timings = 0, 0, model.Timings{}, model.Timings{}
	for _, r := range []*model.Result{&g, &w} {
		if math.IsNaN(r.SecondMean) {
			r.SecondMean = -1
		}
		cells := append([]model.CellCost{}, r.Cells...)
		for i := range cells {
			if math.IsNaN(cells[i].Cost) {
				cells[i].Cost = -1
			}
			if math.IsNaN(cells[i].SecondCost) {
				cells[i].SecondCost = -1
			}
		}
		r.Cells = cells
	}
	if !reflect.DeepEqual(g, w) {
		t.Errorf("got  %+v\nwant %+v", g, w)
	}
}

var groceries = model.Query{Service: "dagligvaror", Impedance: model.Distance, Bands: []float64{1000, 2000}}

func TestResultComesBackAsItWas(t *testing.T) {
	p := newProject(t)
	l := addShops(t, p)
	want := figures(groceries, l)
	if err := p.SaveResult(t.Context(), want, resultCells, ResultLook{QML: "<qgis/>"}); err != nil {
		t.Fatal(err)
	}
	p = reopen(t, p)
	got, found, err := p.Result(t.Context(), groceries)
	if err != nil || !found {
		t.Fatal(found, err)
	}
	sameResult(t, got, want)
	if _, found, err := p.Result(t.Context(), model.Query{Service: "dagligvaror", Impedance: model.Distance}); found || err != nil {
		t.Error("a result of other limits was found", err)
	}
	if step, _ := p.CanUndo(t.Context()); i18n.For("sv").Text(step.Name) != "Importera Butiker på Gotland" {
		t.Errorf("a result is an undo step: %v", step)
	}
	layer, err := p.LayerByName(t.Context(), "resultat dagligvaror avstånd")
	if err != nil {
		t.Fatal(err)
	}
	if layer.Features != 3 || layer.Role != model.RoleResult || layer.Table != "resultat_dagligvaror_avstand" || layer.ID >= 0 {
		t.Errorf("%+v", layer)
	}
	rows := all(t, p, layer)
	square := orb.Polygon{{{697000, 6390000}, {698000, 6390000}, {698000, 6391000}, {697000, 6391000}, {697000, 6390000}}}
	if !reflect.DeepEqual(rows[0], model.Feature{ID: 1, Geometry: square, Values: []any{"6970006390000", int64(10), "a", 640.25, nil, nil}}) {
		t.Errorf("%+v", rows[0])
	}
	if rows[2].Geometry != nil {
		t.Errorf("%+v", rows[2])
	}
}

func TestResultsReplaceAndStandBesideEachOther(t *testing.T) {
	p := newProject(t)
	p.SetLanguage("en")
	time := model.Query{Service: "apotek", Impedance: model.Time}
	other := groceries
	other.Bands = nil
	for _, q := range []model.Query{groceries, time, other, groceries} {
		r := figures(q)
		r.People = 99
		if err := p.SaveResult(t.Context(), r, nil); err != nil {
			t.Fatal(err)
		}
	}
	results, err := p.Results(t.Context())
	if err != nil || len(results) != 3 {
		t.Fatalf("%d results, %v", len(results), err)
	}
	layers, err := p.ResultLayers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, l := range layers {
		names = append(names, strings.ReplaceAll(l.Name, i18n.NBSP, " "))
	}
	printer := i18n.For("en")
	groceriesName := strings.ToLower(printer.T("service.dagligvaror") + " " + printer.T("impedance.distance"))
	if names[0] != "Result "+groceriesName || names[2] != "Result "+groceriesName+" 2" {
		t.Errorf("%q", names)
	}
	if layers[1].Fields[3].Name != "cost_s" {
		t.Errorf("%+v", layers[1].Fields)
	}
	if err := p.RemoveResult(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	if results, err := p.Results(t.Context()); err != nil || len(results) != 2 {
		t.Errorf("%d results, %v", len(results), err)
	}
	if err := p.RemoveResult(t.Context(), other); err != nil {
		t.Error(err)
	}
}

func TestStale(t *testing.T) {
	p := newProject(t)
	l := addShops(t, p)
	if err := p.SaveResult(t.Context(), figures(groceries, l), resultCells); err != nil {
		t.Fatal(err)
	}
	want := func(what string, stale bool) {
		t.Helper()
		r, found, err := p.Result(t.Context(), groceries)
		if err != nil || !found || r.Stale != stale {
			t.Errorf("%s: found %v stale %v %v", what, found, r.Stale, err)
		}
	}
	want("at first", false)
	changes := []struct {
		name  string
		stale bool
		do    func(*Tx) error
	}{
		{"style", false, func(tx *Tx) error { l.Opacity = 0.3; return tx.UpdateLayer(l) }},
		{"name", false, func(tx *Tx) error { l.Name = "Annat"; return tx.UpdateLayer(l) }},
		{"text", false, func(tx *Tx) error { return tx.SetSetting("decision", 1) }},
		{"layer that nothing is computed from", false, func(tx *Tx) error {
			_, err := tx.AddLayer(model.Layer{Name: "Sjöar", Role: model.RoleLayer, Geometry: model.PolygonType}, feed(nil))
			return err
		}},
		{"feature", true, func(tx *Tx) error { return tx.DeleteFeature(l, 1) }},
		{"mapping", true, func(tx *Tx) error {
			m := l
			m.Mapping = model.Mapping{model.PartID: "Namn"}
			return tx.UpdateLayer(m)
		}},
		{"parameter", true, func(tx *Tx) error {
			params := model.DefaultParams()
			params.FerrySpeed = 20
			return tx.SetSetting(SettingParams, params)
		}},
		{"same parameters, written down", false, func(tx *Tx) error { return tx.SetSetting(SettingParams, model.DefaultParams()) }},
		{"service types", true, func(tx *Tx) error { return tx.SetSetting(SettingTypes, model.DefaultServiceTypes()) }},
		{"kommun", true, func(tx *Tx) error { return tx.SetKommun(model.Kommun{Code: "2084"}) }},
		{"new layer", true, func(tx *Tx) error {
			_, err := tx.AddLayer(model.Layer{Name: "Vägar", Role: model.RoleRoads, Geometry: model.LineStringType}, feed(nil))
			return err
		}},
		{"removed layer", true, func(tx *Tx) error { return tx.RemoveLayer(l.ID) }},
	}
	for _, c := range changes {
		edit(t, p, c.name, c.do)
		want(c.name, c.stale)
		undo(t, p)
		want("undone "+c.name, false)
		redo(t, p)
		want("redone "+c.name, c.stale)
		undo(t, p)
		if c.name == "style" || c.name == "name" {
			l.Opacity, l.Name = 1, shops.Name
		}
	}
	// A new edit after an undo is not mistaken for the one that was undone.
	edit(t, p, "delete", func(tx *Tx) error { return tx.DeleteFeature(l, 1) })
	l2, err := p.LayerByName(t.Context(), l.Name)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.SaveResult(t.Context(), figures(groceries, l2), resultCells); err != nil {
		t.Fatal(err)
	}
	want("saved again", false)
	undo(t, p)
	want("undone", true)
	edit(t, p, "delete another", func(tx *Tx) error { return tx.DeleteFeature(l, 2) })
	want("other edit", true)
	// Inputs that changed while the result was being computed make it stale from the start.
	if err := p.SaveResult(t.Context(), figures(groceries, l), resultCells); err != nil {
		t.Fatal(err)
	}
	want("computed from what was", true)
}

// TestResultMeetsUndo stores results between undo and redo, when rows and names that the undone layer had are free.
func TestResultMeetsUndo(t *testing.T) {
	p := newProject(t)
	def := shops
	def.Name = "Resultat dagligvaror" + i18n.NBSP + "avstånd"
	addLayer(t, p, def, shopRows())
	undo(t, p)
	if err := p.SaveResult(t.Context(), figures(groceries), resultCells); err != nil {
		t.Fatal(err)
	}
	redo(t, p)
	undo(t, p)
	redo(t, p)
	layers, err := p.Layers(t.Context())
	if err != nil || len(layers) != 1 || layers[0].Name != "Resultat dagligvaror avstånd" {
		t.Errorf("%+v %v", layers, err)
	}
	if results, err := p.ResultLayers(t.Context()); err != nil || len(results) != 1 || results[0].Table == layers[0].Table {
		t.Errorf("%+v %v", results, err)
	}
}

func TestEqualProjectsHaveEqualBytes(t *testing.T) {
	var files [2][]byte
	for i := range files {
		p := newProject(t)
		l := addShops(t, p)
		edit(t, p, "delete", func(tx *Tx) error { return tx.DeleteFeature(l, 1) })
		undo(t, p)
		for range 2 {
			if err := p.SaveResult(t.Context(), figures(groceries, l), resultCells, ResultLook{QML: "<qgis/>"}); err != nil {
				t.Fatal(err)
			}
		}
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
		files[i] = bytesOf(t, p.Path())
	}
	if string(files[0]) != string(files[1]) {
		t.Error("two projects made alike differ")
	}
}
