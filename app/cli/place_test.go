package cli_test

import (
	"path/filepath"
	"testing"
)

// idOf is the id of the first service of an answer about a place.
func idOf(a map[string]any) string {
	return a["places"].([]any)[0].(map[string]any)["id"].(string)
}

// TestPlacesFromTheCommandLine adds, moves, edits and removes a service place, and holds the figures to those worked out by hand.
func TestPlacesFromTheCommandLine(t *testing.T) {
	project := village(t)
	mean := func() any { return answer(t, "analyse", project, "--service", "dagligvaror")["mean"] }
	before := mean()
	near(t, "mean before", before, (100*510+50*500)/150.0)
	a := answer(t, "place", "add", project, "Nyboden", "--type", "dagligvaror+post", "--at", "508400,6700040", "--reserve", "ja", "--source", "Aby byalag",
		"--hours", "9–18", "--closed", "2099-12-31", "--capacity", "90", "--town", "Aby", "--full-range", "nej")
	road := a["road"].(map[string]any)
	if len(a["places"].([]any)) != 2 || road["distance_m"] != 40.0 || road["joined"] != true || len(a["columns"].([]any)) == 0 {
		t.Fatalf("added: %v", a)
	}
	near(t, "mean with it", mean(), (100*510+50*140)/150.0)
	id := idOf(a)
	a = answer(t, "place", "move", project, id, "508500,6700000")
	if len(a["places"].([]any)) != 2 {
		t.Errorf("moved: %v", a)
	}
	near(t, "mean moved", mean(), 100*510/150.0)
	a = answer(t, "place", "edit", project, id, "--name", "Nya boden", "--type", "dagligvaror")
	if a["name"] != "Nya boden" || len(a["places"].([]any)) != 1 || idOf(a) != id {
		t.Errorf("edited: %v", a)
	}
	done(t, "scenario", "add", project, "Utan", "--close", id)
	if a := answer(t, "place", "remove", project, id, "--dry-run"); len(a["uses"].([]any)) != 2 {
		t.Errorf("uses: %v", a)
	}
	if a := answer(t, "place", "remove", project, id); len(a["broken"].([]any)) != 1 {
		t.Errorf("removed: %v", a)
	}
	if mean() != before {
		t.Error("the figures are not those of before")
	}
	done(t, "undo", project)
	if places := answer(t, "place", "list", project, "--service", "dagligvaror")["places"].([]any); len(places) != 3 {
		t.Errorf("after undo: %v", places)
	}
	refused(t, 2, "E,N", "place", "move", project, id, "norrut")
	refused(t, 2, "place edit", "place", "edit", project, id)
	refused(t, 1, "servicetyp", "place", "add", project, "Ny", "--at", "505000,6700000")
	refused(t, 1, "datum", "place", "add", project, "Ny", "--at", "505000,6700000", "--type", "post", "--closed", "snart")
	refused(t, 1, "id Z", "place", "remove", project, "Z")
}

// TestFirstPlaceFromTheCommandLine adds a place to a project without any layer.
func TestFirstPlaceFromTheCommandLine(t *testing.T) {
	project := filepath.Join(t.TempDir(), "tom.gpkg")
	done(t, "new", project, "--kommun", "980")
	a := answer(t, "place", "add", project, "Boden", "--type", "dagligvaror", "--at", "505000,6700000")
	if a["layer"] != "Serviceställen" || a["road"] != nil {
		t.Errorf("answer %v", a)
	}
	if out := done(t, "place", "list", project); out == "" {
		t.Error("nothing is listed")
	}
}
