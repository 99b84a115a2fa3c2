package cli_test

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

func TestViewsAreKeptAndUndone(t *testing.T) {
	project := datedVillage(t)
	count := func() int { return len(answer(t, "view", "list", project)["views"].([]any)) }
	if count() != 0 {
		t.Fatal("a new project has views")
	}
	v := answer(t, "view", "add", project, "Östra byn", "--bounds", "508000,6699000,510000,6701000", "--service", "dagligvaror", "--impedance", "time")
	if b := v["bounds"].([]any); v["service"] != "dagligvaror" || v["impedance"] != "time" || b[2].(float64) != 510000 {
		t.Errorf("kept %v", v)
	}
	done(t, "view", "add", project, "Hela")
	done(t, "view", "add", project, "hela", "--bounds", "1,2,3,4") // in its place
	if count() != 2 {
		t.Errorf("%d views, want 2", count())
	}
	out := filepath.Join(t.TempDir(), "vy.png")
	done(t, "render", project, "--out", out, "--view", "östra byn", "--size", "400x400")
	f, err := os.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if img, err := png.Decode(f); err != nil || img.Bounds().Dx() != 400 {
		t.Error(err)
	}
	sheet := answer(t, "render", project, "--out", filepath.Join(t.TempDir(), "vy.pdf"), "--view", "Östra byn", "--template", "a4-portrait")
	near(t, "scale", sheet["sheets"].([]any)[0].(map[string]any)["scale"], 15000) // 2 km on 19 cm less the margins
	done(t, "view", "remove", project, "Hela")
	done(t, "undo", project)
	if count() != 2 {
		t.Error("undo does not bring a view back")
	}
	for _, args := range [][]string{
		{"view", "remove", project, "Västra"},
		{"view", "add", project, " "},
		{"view", "add", project, "Tom", "--bounds", "3,2,1,4"},
		{"render", project, "--out", out, "--view", "Västra"},
	} {
		if status, _, errOut := call(t, args...); status != 1 || errOut == "" {
			t.Errorf("%v: status %d, %s", args, status, errOut)
		}
	}
	if status, _, _ := call(t, "view", "add", project, "X", "--bounds", "1,2"); status != 2 {
		t.Errorf("a bound of two numbers: status %d", status)
	}
}
