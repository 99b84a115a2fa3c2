package layers

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

var bounds = orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{1, 1}}

func three() []model.Layer {
	return []model.Layer{
		{ID: 1, Name: "Vägnät", Visible: true, Opacity: 1, Bounds: bounds},
		{ID: 2, Name: "Befolkning", Visible: false, Opacity: 0.5, Bounds: bounds},
		{ID: 3, Name: "Anteckningar", Visible: true, Opacity: 1},
	}
}

// find gives the first object of a kind in a row.
func find[T fyne.CanvasObject](o fyne.CanvasObject) (found T, ok bool) {
	if v, is := o.(T); is {
		return v, true
	}
	if c, is := o.(*fyne.Container); is {
		for _, child := range c.Objects {
			if v, is := find[T](child); is {
				return v, true
			}
		}
	}
	return found, false
}

func TestTopmostLayerStandsFirst(t *testing.T) {
	test.NewTempApp(t)
	p := New(i18n.For("sv"), Actions{})
	p.Set(three(), nil, false)
	var names []string
	for _, row := range p.rows.Objects {
		label, _ := find[*widget.Label](row)
		names = append(names, label.Text)
	}
	if got := strings.Join(names, ", "); got != "Anteckningar, Befolkning, Vägnät" {
		t.Errorf("rows are %s", got)
	}
}

func TestTickShowsAndHides(t *testing.T) {
	test.NewTempApp(t)
	var got model.Layer
	var on bool
	p := New(i18n.For("sv"), Actions{Show: func(l model.Layer, visible bool) { got, on = l, visible }})
	p.Set(three(), nil, false)
	tick, _ := find[*widget.Check](p.rows.Objects[1])
	if tick.Checked {
		t.Error("a hidden layer is ticked")
	}
	test.Tap(tick)
	if got.ID != 2 || !on {
		t.Errorf("asked to show %v of layer %d", on, got.ID)
	}
}

func TestSameLayersKeepTheirRows(t *testing.T) {
	test.NewTempApp(t)
	p := New(i18n.For("sv"), Actions{})
	p.Set(three(), nil, false)
	row := p.rows.Objects[0]
	p.Set(three(), nil, false)
	if p.rows.Objects[0] != row {
		t.Error("rows are made anew though nothing has changed")
	}
	changed := three()
	changed[2].Name = "Noter"
	p.Set(changed, nil, false)
	if label, _ := find[*widget.Label](p.rows.Objects[0]); label.Text != "Noter" {
		t.Errorf("a renamed layer is still called %q", label.Text)
	}
}

func TestMenu(t *testing.T) {
	test.NewTempApp(t)
	var asked string
	note := func(s string) func(model.Layer) { return func(l model.Layer) { asked = s + " " + l.Name } }
	p := New(i18n.For("sv"), Actions{
		Style: note("style"), Rows: note("rows"), Export: note("export"), Rename: note("rename"), Zoom: note("zoom"), About: note("about"), Remove: note("remove"),
		Move: func(l model.Layer, up bool) { asked = map[bool]string{true: "up ", false: "down "}[up] + l.Name },
	})
	p.Set(three(), nil, false)
	tests := []struct {
		layer    int
		entry    string
		disabled bool
		want     string
	}{
		{0, "Zooma till", false, "zoom Vägnät"},
		{2, "Zooma till", true, ""},
		{0, "Flytta uppåt", false, "up Vägnät"},
		{0, "Flytta nedåt", true, ""},
		{2, "Flytta uppåt", true, ""},
		{0, "Utseende …", false, "style Vägnät"},
		{0, "Öppna tabellen …", false, "rows Vägnät"},
		{0, "Exportera …", false, "export Vägnät"},
		{2, "Flytta nedåt", false, "down Anteckningar"},
		{1, "Byt namn …", false, "rename Befolkning"},
		{1, "Om lagret …", false, "about Befolkning"},
		{1, "Ta bort …", false, "remove Befolkning"},
	}
	for _, tt := range tests {
		t.Run(tt.entry+" "+three()[tt.layer].Name, func(t *testing.T) {
			item := entry(t, p.Menu(tt.layer, nil), tt.entry)
			if item.Disabled != tt.disabled {
				t.Fatalf("disabled is %v", item.Disabled)
			}
			if tt.disabled {
				return
			}
			if item.Action(); asked != tt.want {
				t.Errorf("asked for %q, want %q", asked, tt.want)
			}
		})
	}
}

func entry(t *testing.T, m *fyne.Menu, label string) *fyne.MenuItem {
	t.Helper()
	for _, item := range m.Items {
		if item.Label == label {
			return item
		}
	}
	t.Fatalf("no entry %q", label)
	return nil
}

func TestReadOnlyProjectCanOnlyBeLookedAt(t *testing.T) {
	test.NewTempApp(t)
	p := New(i18n.For("sv"), Actions{})
	p.Set(three(), nil, true)
	if tick, _ := find[*widget.Check](p.rows.Objects[0]); !tick.Disabled() {
		t.Error("layers can be hidden")
	}
	m := p.Menu(1, nil)
	for label, want := range map[string]bool{"Byt namn …": true, "Ta bort …": true, "Om lagret …": false, "Zooma till": false} {
		if got := entry(t, m, label).Disabled; got != want {
			t.Errorf("%s: disabled is %v, want %v", label, got, want)
		}
	}
}

func TestEmptyProjectSaysWhatToDo(t *testing.T) {
	test.NewTempApp(t)
	p := New(i18n.For("sv"), Actions{})
	p.Set(nil, nil, false)
	note, ok := find[*widget.RichText](p.rows)
	if !ok || !strings.Contains(note.String(), "Läs in") {
		t.Error("an empty panel says nothing")
	}
}

func TestFactsTellWhereALayerComesFrom(t *testing.T) {
	p := i18n.For("sv")
	l := model.Layer{
		Role: model.RoleServices, Features: 1234,
		Source: model.Import{
			File: "service.csv", Size: 2_400_000, SHA256: "ab12", Format: "csv", CRS: "EPSG:3006", Encoding: "windows-1252",
			Date: "2026-11-22", Read: 1300, Imported: 1234, Skipped: make([]model.Skipped, 66),
		},
	}
	got := map[string]string{}
	for _, f := range facts(p, l) {
		got[f.label] = f.value
	}
	want := map[string]string{
		"Används som": "Serviceställen", "Antal objekt": "1\u00a0234", "Fil": "service.csv", "Storlek": "2,4\u00a0MB",
		"Inläst": "22\u00a0november\u00a02026", "Filformat": "Texttabell (CSV)", "Teckenkodning": "windows-1252", "Koordinatsystem i filen": "SWEREF 99 TM (EPSG:3006)",
		"Rader": "1\u00a0300 lästa, 1\u00a0234 inlästa, 66 överhoppade", "Fingeravtryck (SHA-256)": "ab12",
	}
	for label, value := range want {
		if got[label] != value {
			t.Errorf("%s is %q, want %q", label, got[label], value)
		}
	}
	if _, there := got["Uppgifterna avser"]; there {
		t.Error("an unknown edition takes a line")
	}
}

func TestSkippedTextStopsInTime(t *testing.T) {
	rows := []model.Skipped{{Row: 2, Reason: "saknar läge"}, {Row: 1007, Reason: "okänd typ"}, {Row: 9, Reason: "tom"}}
	got := SkippedText(i18n.For("sv"), rows, 2)
	want := "Rad 2: saknar läge\nRad 1\u00a0007: okänd typ\n… och 1 till"
	if got != want {
		t.Errorf("text is %q, want %q", got, want)
	}
}
