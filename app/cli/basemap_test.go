package cli_test

import (
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nabar/internal/tiletest"
)

func TestBasemapCalls(t *testing.T) {
	project := datedVillage(t)
	file := tiletest.PMTiles(t, "bakgrund.pmtiles", tiletest.PMOptions{Kind: 2, Bounds: [4]float64{-180, -85, 180, 85}},
		tiletest.Tiles{{}: tiletest.Plain(t, 256, color.RGBA{200, 220, 180, 255})})
	a := answer(t, "import", project, file, "--as", "basemap", "--name", "Bakgrund")
	if a["layer"] != "Bakgrund" || a["as"] != "basemap" || a["format"] != "pmtiles" || a["crs"] != "EPSG:3857" || len(a["warnings"].([]any)) != 1 {
		t.Errorf("%v", a)
	}
	lowest := func() map[string]any {
		layers := answer(t, "layer", "list", project)["layers"].([]any)
		return layers[len(layers)-1].(map[string]any)
	}
	if l := lowest(); l["name"] != "Bakgrund" || l["file"] != file || l["problem"] != nil {
		t.Errorf("%v", l)
	}
	out := filepath.Join(t.TempDir(), "karta.png")
	done(t, "render", project, "--out", out, "--size", "300x200")
	moved := filepath.Join(t.TempDir(), "annat namn.pmtiles")
	if err := os.Rename(file, moved); err != nil {
		t.Fatal(err)
	}
	if l := lowest(); l["problem"] == nil {
		t.Errorf("%v", l)
	}
	_, stdout, stderr := call(t, "render", project, "--out", out, "--size", "300x200")
	if !strings.Contains(stderr, "bakgrund.pmtiles") {
		t.Errorf("%q, %q", stdout, stderr)
	}
	done(t, "layer", "find", project, "Bakgrund", moved)
	if l := lowest(); l["problem"] != nil || l["file"] != moved {
		t.Errorf("%v", l)
	}
	done(t, "undo", project)
	if l := lowest(); l["problem"] == nil {
		t.Errorf("undone: %v", l)
	}
	done(t, "layer", "change", project, "Bakgrund", "--opacity", "0.5", "--scale-to", "50000")
	if l := lowest(); l["opacity"] != 0.5 || l["scale_to"] != 50000.0 {
		t.Errorf("%v", l)
	}
}
