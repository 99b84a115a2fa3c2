package session_test

import (
	"slices"
	"strings"
	"testing"

	"nabar/app/session"
	"nabar/model/scenario"
)

// TestContrastPartsStandByThemselves has a sentence, all tables and maps, each with an id of its own and a title, which are the same
// when the comparison is made again; every map can be drawn, and that of what differs has the comparison's legend.
func TestContrastPartsStandByThemselves(t *testing.T) {
	s := village(t)
	_, err := s.AddScenario(ctx, plan("Utan A", scenario.ClosePlace{ID: "A"}))
	must(t, err)
	_, err = s.AddScenario(ctx, plan("Utan B", scenario.ClosePlace{ID: "B"}))
	must(t, err)
	names := []string{"", "Utan A", "Utan B"}
	parts := func() []session.ContrastPart {
		t.Helper()
		c, err := s.ContrastScenarios(ctx, names, groceries, nil)
		must(t, err)
		return s.ContrastParts(ctx, c)
	}
	first, again := parts(), parts()
	if len(first) != 2+6+3+2 || len(again) != len(first) {
		t.Fatalf("%d parts, then %d", len(first), len(again))
	}
	var ids []string
	for i, part := range first {
		kinds := 0
		for _, there := range []bool{part.Sentence != "", part.Table != nil, part.Map != nil} {
			if there {
				kinds++
			}
		}
		if kinds != 1 || part.Title == "" || slices.Contains(ids, part.ID) || again[i].ID != part.ID || again[i].Title != part.Title {
			t.Errorf("%+v", part)
		}
		ids = append(ids, part.ID)
		if part.Map == nil {
			continue
		}
		scene, err := s.Scene(ctx, *part.Map)
		must(t, err)
		longer := false
		for _, item := range scene.Legend().Items {
			longer = longer || strings.Contains(item.Label, "längre:")
		}
		if difference := strings.HasPrefix(part.ID, "difference"); difference != longer {
			t.Errorf("%s: the legend tells of longer ways: %v", part.ID, longer)
		}
	}
	if !slices.Contains(ids, "table shifts") || !slices.Contains(ids, "difference 2") {
		t.Errorf("%q", ids)
	}
}
