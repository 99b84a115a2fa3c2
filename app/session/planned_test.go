package session_test

import (
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/scenario"
)

// TestSceneMarksWhatAScenarioChanges has new roads, stops, lockers and zones in the legend of the scenario's map, with the service
// or without, in a comparison too, and none in that of the project as it is.
func TestSceneMarksWhatAScenarioChanges(t *testing.T) {
	s := village(t)
	zone := orb.MultiPolygon{{{{500000, 6699000}, {502000, 6699000}, {502000, 6701000}, {500000, 6701000}, {500000, 6699000}}}}
	_, err := s.AddScenario(ctx, plan("Allt",
		scenario.NewRoad{Line: orb.LineString{{502000, 6700000}, {504000, 6702000}}, Name: "Genvägen"},
		scenario.MobileShop{Name: "Bussen", Types: []string{"dagligvaror"}, Stops: []scenario.Stop{{At: orb.Point{505000, 6700000}, Days: []int{2}}}},
		scenario.ParcelLocker{At: orb.Point{506000, 6700000}},
		scenario.DeliveryZone{Types: []string{"dagligvaror"}, Area: zone},
		scenario.ClosePlace{ID: "B"},
		scenario.CloseRoad{Layer: layer(t, s, model.RoleRoads).Name, FID: 2},
		scenario.AddPeople{At: orb.Point{503000, 6700000}, People: 30},
	))
	must(t, err)
	in := groceries
	in.Scenario = "Allt"
	_, err = s.Analyse(ctx, in, nil)
	must(t, err)
	labels := func(c session.SceneChoice) (out []string) {
		t.Helper()
		scene, err := s.Scene(ctx, c)
		must(t, err)
		for _, item := range scene.Legend().Items {
			out = append(out, item.Label)
		}
		return out
	}
	change, err := s.Compare(ctx, "", "Allt", groceries, nil)
	must(t, err)
	want := []string{"ny väg", "hållplats för butiksbuss", "ny paketautomat", "hemsändning", "stänger", "avstängd väg eller färja"}
	for name, c := range map[string]session.SceneChoice{"result": {Query: in}, "plain": {Query: model.Query{Scenario: "allt"}}, "change": {Query: in, Comparison: change}} {
		have := labels(c)
		for _, label := range want {
			if !slices.Contains(have, label) {
				t.Errorf("%s: no %q in %q", name, label, have)
			}
		}
	}
	for _, label := range labels(session.SceneChoice{Query: groceries}) {
		if slices.Contains(want, label) {
			t.Errorf("the project as it is has %q", label)
		}
	}
	post := labels(session.SceneChoice{Query: model.Query{Service: "post", Impedance: model.Distance, Scenario: "Allt"}})
	if slices.Contains(post, "hemsändning") || slices.Contains(post, "stänger") {
		t.Errorf("groceries' zone or place is told of on the map of post: %q", post)
	}
	scene, err := s.Scene(ctx, session.SceneChoice{Query: in})
	must(t, err)
	v := render.View{Centre: orb.Point{503000, 6700000}, Scale: 5, Width: 200, Height: 200}
	if hit := scene.Hit(v, 101, 98); hit.Cell < 0 || scene.Snapshot().Cells[hit.Cell].People != 30 {
		t.Errorf("the new homes are not on the map: %+v", hit)
	}
}
