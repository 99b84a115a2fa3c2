package session_test

import (
	"slices"
	"testing"

	"nabar/app/session"
	"nabar/model"
	"nabar/model/symbology"
)

// TestStylesOfInputsReachTheMap styles roads, squares and service places by a column of theirs, and reads the map's legend.
func TestStylesOfInputsReachTheMap(t *testing.T) {
	s := village(t)
	layers, err := s.Layers(ctx)
	must(t, err)
	legend := func() (out []string) {
		scene, err := s.Scene(ctx, session.SceneChoice{})
		must(t, err)
		for _, item := range scene.Legend().Items {
			out = append(out, item.Label)
		}
		return out
	}
	usual := legend()
	met := 0
	for _, l := range layers {
		var column string
		switch l.Role {
		case model.RoleRoads:
			column = l.Mapping[model.PartClass]
		case model.RolePopulation:
			column = l.Mapping[model.PartPeople]
		case model.RoleServices:
			column = l.Mapping[model.PartType]
		}
		if column == "" {
			continue
		}
		met++
		for _, style := range []symbology.Style{{Column: column}, {Column: column, Ramp: symbology.Heat, Method: symbology.Quantile}} {
			if l.Role == model.RoleServices && style.Ramp != "" {
				continue // words have no quantiles
			}
			classes, err := s.Classify(ctx, l, style, 3)
			must(t, err)
			must(t, s.SetStyle(ctx, classes.Style, l))
			got := legend()
			if !slices.Contains(got, l.Name) || !slices.Contains(got, classes.Names[0]) {
				t.Errorf("%s by %+v: the legend is %q, want %q in it", l.Name, style, got, classes.Names[0])
			}
			_, err = s.Undo(ctx)
			must(t, err)
		}
		if got := legend(); !slices.Equal(got, usual) {
			t.Errorf("undone, the legend is %q, want %q", got, usual)
		}
	}
	if met < 2 {
		t.Errorf("only %d layers could be styled", met)
	}
}
