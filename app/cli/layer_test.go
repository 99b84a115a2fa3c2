package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// schools is a project with a layer of five points with a number and a kind.
func schools(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	project, file := filepath.Join(dir, "p.gpkg"), filepath.Join(dir, "skolor.csv")
	done(t, "new", project, "--kommun", "980")
	text := "namn;stadium;elever;x;y\n" +
		"Åskolan;F-6;120;697000;6390000\nÖstra;F-6;80;697500;6390500\nBerg;7-9;300;698000;6391000\nGymnasiet;Gy;900;698500;6391500\nUtan;F-6;;699000;6392000\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	done(t, "import", project, file, "--as", "layer", "--map", "x=x", "--map", "y=y", "--name", "Skolor")
	return project
}

// classes gives the labels and counts of an answer of layer style.
func classes(r map[string]any) (labels []string, counts []float64) {
	for _, c := range r["classes"].([]any) {
		k := c.(map[string]any)
		labels, counts = append(labels, k["label"].(string)), append(counts, k["count"].(float64))
	}
	return labels, counts
}

func TestStyleFromTheCommandLine(t *testing.T) {
	project := schools(t)
	tests := []struct {
		name   string
		args   []string
		labels string
		counts []float64
		qml    []string // in the style that QGIS reads
	}{
		{
			"classes",
			[]string{"--column", "elever", "--method", "jenks", "--classes", "3", "--ramp", "heat"},
			"högst 120|120–300|över 300|utan värde",
			[]float64{2, 1, 1, 1},
			[]string{`type="graduatedSymbol"`, `upper="120"`, `class="SimpleMarker"`},
		},
		{
			"own limits",
			[]string{"--column", "elever", "--breaks", "100,500"},
			"högst 100|100–500|över 500|utan värde",
			[]float64{1, 2, 1, 1},
			[]string{`lower="100" upper="500"`},
		},
		{
			"categories",
			[]string{"--column", "stadium", "--categories", "--label", "namn", "--size-by", "elever"},
			"F-6|7-9|Gy",
			[]float64{3, 1, 1},
			[]string{`type="categorizedSymbol"`, `value="F-6"`},
		},
		{"one colour", []string{"--fill", "#123456"}, "", nil, []string{`type="singleSymbol"`, `18,52,86,255`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := answer(t, append([]string{"layer", "style", project, "skolor"}, tt.args...)...)
			labels, counts := classes(r)
			if strings.Join(labels, "|") != tt.labels {
				t.Errorf("classes %v, want %s", labels, tt.labels)
			}
			for i, n := range tt.counts {
				if counts[i] != n {
					t.Errorf("%s has %v, want %v", labels[i], counts[i], n)
				}
			}
			styles := ""
			for _, row := range rowsByGDAL(t, project, "layer_styles")[1:] {
				styles += strings.Join(row, " ")
			}
			for _, want := range tt.qml {
				if !strings.Contains(styles, want) {
					t.Errorf("QGIS does not read %s", want)
				}
			}
		})
	}
	png := filepath.Join(t.TempDir(), "karta.png")
	done(t, "render", project, "--out", png)
	done(t, "undo", project)
	list := answer(t, "layer", "list", project)["layers"].([]any)[0].(map[string]any)
	if style := list["style"].(map[string]any); style["column"] != "stadium" {
		t.Errorf("after undo the style is %v", style)
	}
	answer(t, "layer", "style", project, "Skolor", "--own-look")
	if list := answer(t, "layer", "list", project)["layers"].([]any)[0].(map[string]any); list["style"] != nil && list["style"].(map[string]any)["column"] != nil {
		t.Errorf("own look: %v", list["style"])
	}
}

func TestStyleIsRefused(t *testing.T) {
	project := schools(t)
	refused(t, 1, "ingen kolumn finnsej", "layer", "style", project, "Skolor", "--column", "finnsej")
	refused(t, 1, "inga tal", "layer", "style", project, "Skolor", "--column", "namn")
	refused(t, 1, "stigande", "layer", "style", project, "Skolor", "--column", "elever", "--breaks", "5,2")
	refused(t, 1, "färgskala", "layer", "style", project, "Skolor", "--column", "elever", "--ramp", "regnbåge")
	refused(t, 2, "Metoden", "layer", "style", project, "Skolor", "--column", "elever", "--method", "x")
	refused(t, 2, "ingen färg", "layer", "style", project, "Skolor", "--fill", "röd")
	refused(t, 1, "Vägar", "layer", "style", project, "Vägar")
}

// TestClassesAreSharedBetweenLayers styles two layers with the classes of both.
func TestClassesAreSharedBetweenLayers(t *testing.T) {
	project := schools(t)
	file := filepath.Join(t.TempDir(), "nya.csv")
	if err := os.WriteFile(file, []byte("namn;elever;x;y\nNy;5000;697000;6390000\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	done(t, "import", project, file, "--as", "layer", "--map", "x=x", "--map", "y=y", "--name", "Nya skolor")
	r := answer(t, "layer", "style", project, "Skolor", "--column", "elever", "--method", "equal", "--classes", "2", "--with", "Nya skolor")
	if breaks := r["style"].(map[string]any)["breaks"].([]any); breaks[0] != 2540.0 {
		t.Errorf("limits %v are not those of both layers", breaks)
	}
	for _, l := range answer(t, "layer", "list", project)["layers"].([]any) {
		if style := l.(map[string]any)["style"].(map[string]any); style["breaks"].([]any)[0] != 2540.0 {
			t.Errorf("%v has limits of its own", l)
		}
	}
}

func TestLayersAreRenamedAndRemoved(t *testing.T) {
	project := schools(t)
	list := answer(t, "layer", "rename", project, "Skolor", "Alla skolor")["layers"].([]any)
	if name := list[0].(map[string]any)["name"]; name != "Alla skolor" {
		t.Errorf("name %v", name)
	}
	if list := answer(t, "layer", "remove", project, "Alla skolor")["layers"].([]any); len(list) != 0 {
		t.Errorf("left %v", list)
	}
	done(t, "undo", project)
	if list := answer(t, "layer", "list", project)["layers"].([]any); len(list) != 1 {
		t.Errorf("after undo %v", list)
	}
}

// TestEveryImportIsStyledForQGIS holds that services have their symbols by type there.
func TestEveryImportIsStyledForQGIS(t *testing.T) {
	project := village(t)
	rows := rowsByGDAL(t, project, "layer_styles")
	if len(rows)-1 != 4 {
		t.Errorf("%d styles for 4 layers", len(rows)-1)
	}
	all := ""
	for _, row := range rows {
		all += strings.Join(row, " ")
	}
	for _, want := range []string{`type="categorizedSymbol"`, `class="SimpleLine"`, `class="SimpleFill"`} {
		if !strings.Contains(all, want) {
			t.Errorf("no style has %s", want)
		}
	}
}

func TestLayerOrderGroupsAndScales(t *testing.T) {
	project := village(t)
	list := answer(t, "layer", "list", project)["layers"].([]any)
	name := func(list []any, i int) string { return list[i].(map[string]any)["name"].(string) }
	top, third := name(list, 0), name(list, 2)
	list = answer(t, "layer", "order", project, third, "1")["layers"].([]any)
	if name(list, 0) != third || name(list, 1) != top {
		t.Errorf("order %v", list)
	}
	list = answer(t, "layer", "change", project, third, "--visible", "no", "--opacity", "0.5", "--group", "Underlag", "--scale-from", "5000", "--scale-to", "100000")["layers"].([]any)
	l := list[0].(map[string]any)
	if l["visible"] != false || l["opacity"] != 0.5 || l["group"] != "Underlag" || l["scale_from"] != 5000.0 || l["scale_to"] != 100000.0 {
		t.Errorf("changed to %v", l)
	}
	refused(t, 2, "ingen plats", "layer", "order", project, third, "9")
	refused(t, 1, "första skalan", "layer", "change", project, third, "--scale-from", "9", "--scale-to", "5")
	refused(t, 2, "varken", "layer", "change", project, third, "--visible", "kanske")
}
