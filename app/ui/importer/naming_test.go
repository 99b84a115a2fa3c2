package importer

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"nabar/app/session"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/crs"
	"nabar/model/format"
	"nabar/model/role"
)

// layerOf is a layer in a role, with a column of kommun codes where codes are given.
func layerOf(r model.Role, name string, codes ...any) session.LayerPreview {
	l := session.LayerPreview{Info: format.LayerInfo{Name: name}, Guess: role.Guess{Role: r}}
	if len(codes) > 0 {
		l.Info.Fields = []model.Field{{Name: "namn"}, {Name: "kod"}}
		l.Guess.Mapping = model.Mapping{model.PartAreaCode: "kod"}
	}
	for _, c := range codes {
		l.Sample = append(l.Sample, model.Feature{Values: []any{"x", c}})
	}
	return l
}

func TestProposedNames(t *testing.T) {
	one := layerOf(model.RoleArea, "omr")
	one.Sample = make([]model.Feature, 1)
	several := layerOf(model.RoleArea, "omr")
	several.Sample = make([]model.Feature, 3)
	tests := []struct {
		name    string
		layer   session.LayerPreview
		project []string
		want    string
	}{
		{"roads", layerOf(model.RoleRoads, "DK_O_24_TNE"), nil, "Vägnät"},
		{"second roads, in any case", layerOf(model.RoleRoads, "x"), []string{"vägnät"}, "Vägnät 2"},
		{"third roads", layerOf(model.RoleRoads, "x"), []string{"Vägnät 2", "Vägnät"}, "Vägnät 3"},
		{"a gap is filled", layerOf(model.RoleRoads, "x"), []string{"Vägnät 2"}, "Vägnät"},
		{"people", layerOf(model.RolePopulation, "x"), nil, "Befolkning"},
		{"services", layerOf(model.RoleServices, "x"), []string{"Vägnät"}, "Serviceställen"},
		{"border by its code", layerOf(model.RoleArea, "x", "0114", "0980"), nil, "Kommungräns"},
		{"border whose code is a number", layerOf(model.RoleArea, "x", int64(980)), nil, "Kommungräns"},
		{"other areas with codes", layerOf(model.RoleArea, "x", "0114", "0115"), nil, "Område"},
		{"one area without a code", one, nil, "Kommungräns"},
		{"areas without codes", several, nil, "Område"},
		{"something to look at", layerOf(model.RoleLayer, "tätorter"), []string{"Tätorter"}, "tätorter 2"},
		{"something without a name", layerOf(model.RoleLayer, ""), nil, "sjöar"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := &Dialog{Config: Config{Printer: i18n.For("sv"), Project: &fake{}}, path: "/data/sjöar.geojson"}
			for _, name := range tt.project {
				d.layers = append(d.layers, model.Layer{Name: name})
			}
			if got := d.name(tt.layer); got != tt.want {
				t.Errorf("proposes %q, want %q", got, tt.want)
			}
		})
	}
}

// entry finds the entry that shows a text.
func (b *bench) entry(shown string) *widgets.Entry {
	b.t.Helper()
	for _, o := range b.objects() {
		if e, ok := o.(*widgets.Entry); ok && e.Text == shown {
			return e
		}
	}
	b.t.Fatalf("no entry shows %q", shown)
	return nil
}

func TestImportGetsTheNameOfTheForm(t *testing.T) {
	tests := []struct{ name, written, want string }{
		{"as proposed", "", "Serviceställen 2"},
		{"as written", " Butiker 2026 ", "Butiker 2026"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := &fake{layers: []session.LayerPreview{services()}, project: []model.Layer{{Name: "Serviceställen"}}}
			b := open(t, f, "/data/service.csv")
			b.until("the preview is shown", b.ready)
			e := b.entry("Serviceställen 2")
			e.SetText(tt.written)
			n := len(f.previews)
			b.choice("windows-1252").SetSelected("utf-8")
			b.until("the file is previewed anew", func() bool { return len(f.previews) > n && len(b.jobs) == 0 && b.ready() })
			b.entry(b.name(b.preview.Layers[0]))
			b.press("ui.import.do")
			b.until("the import is done", func() bool { return len(b.done) == 1 })
			if got := f.imports[0].Name; got != tt.want {
				t.Errorf("imported as %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSeveralLayersKeepTheirNames(t *testing.T) {
	f := &fake{layers: []session.LayerPreview{services(), layerOf(model.RoleLayer, "annat")}}
	b := open(t, f, "/data/fler.gpkg")
	b.until("the preview is shown", b.ready)
	b.press("ui.import.do")
	b.until("the import is done", func() bool { return len(b.done) == 1 })
	if got := f.imports[0].Name; got != "" {
		t.Errorf("both layers are called %q", got)
	}
}

func TestRefusedFileAsksForItsLayer(t *testing.T) {
	f := &fake{previewErr: i18n.Errorf("import.gpkg_forbidden", "fil.gpkg", 1, "vy"), layers: []session.LayerPreview{services()}}
	b := open(t, f, "/data/fil.gpkg")
	b.until("the reason is shown", func() bool { return b.button("ui.import.preview") != nil })
	b.press("ui.import.preview")
	if len(f.previews) != 1 {
		t.Error("previewed without a name")
	}
	f.previewErr = nil
	test.Type(b.entry(""), "finns inte")
	b.press("ui.import.preview")
	b.until("the wrong name is told", func() bool { return b.says("finns inte") })
	b.entry("finns inte").SetText("service")
	b.press("ui.import.preview")
	b.until("the layer is previewed", b.ready)
	if got := f.previews[len(f.previews)-1].Layer; got != "service" {
		t.Errorf("previewed %q", got)
	}
}

func TestGuessedSystemIsSaidOnce(t *testing.T) {
	l := services()
	l.CRSKnown = false
	guessed := i18n.For("sv").T("ui.import.crs_guessed", crs.SWEREF99TM.Name())
	for _, told := range []bool{false, true} {
		l.Info.CRSTold = told
		b := open(t, &fake{layers: []session.LayerPreview{l}}, "/data/service.csv")
		b.until("the preview is shown", b.ready)
		if b.says(guessed) == told {
			t.Errorf("the reader tells of the system: %v; so does the form: %v", told, told)
		}
	}
}
