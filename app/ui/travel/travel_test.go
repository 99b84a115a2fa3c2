package travel

import (
	"image/png"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"nabar/internal/i18n"
	"nabar/model"
)

// window makes a window to show dialogs in.
func window(t *testing.T) fyne.Window {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, widget.NewLabel(""))
	w.Resize(fyne.NewSize(1000, 760))
	return w
}

// picture writes what a window shows where NABAR_PICTURES names a folder, to be looked at.
func picture(t *testing.T, w fyne.Window, name string) {
	t.Helper()
	dir := os.Getenv("NABAR_PICTURES")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, w.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}

// press presses the button of a text in what lies on top.
func press(t *testing.T, w fyne.Window, text string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(w.Canvas().Overlays().Top()) {
		if b, ok := o.(*widget.Button); ok && b.Text == text {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("no button %q", text)
}

// TestProfilesComeBackAsTheyWere saves each built-in profile untouched.
func TestProfilesComeBackAsTheyWere(t *testing.T) {
	w := window(t)
	all := model.DefaultProfiles()
	wait := 300.0
	all[1].Classes, all[1].Barred, all[1].FerryWait = []model.ClassFactor{{Class: 9, Factor: 0.7}, {Class: 3, Factor: 0.925}}, []int8{0, 4}, &wait
	for _, p := range all {
		var saved []model.Profile
		ShowProfiles(w, i18n.For("sv"), all, p.ID, false, Actions{Save: func(p model.Profile) { saved = append(saved, p) }})
		picture(t, w, "profile_"+p.ID+".png")
		press(t, w, "Spara")
		if len(saved) != 1 || !reflect.DeepEqual(saved[0], p.Tidy()) {
			t.Errorf("%s came back as %+v", p.ID, saved)
		}
	}
}

func TestProfileIsEdited(t *testing.T) {
	w := window(t)
	var saved []model.Profile
	var removed []string
	show := func(readOnly bool) *Profiles {
		return ShowProfiles(w, i18n.For("sv"), model.DefaultProfiles(), model.BicycleID, readOnly, Actions{
			Save:   func(p model.Profile) { saved = append(saved, p) },
			Remove: func(id string) { removed = append(removed, id) },
		})
	}
	d := show(false)
	press(t, w, "Nytt färdsätt")
	d.name.SetText("  Elcykel, snabb ")
	d.speed.SetText("22,5")
	d.classes.SetText("8: 90; 9: 80 %")
	d.barred.SetText("0,1 2")
	d.oneWay.SetChecked(false)
	d.ferries.SetChecked(false)
	d.connector.SetText("")
	press(t, w, "Spara")
	want := model.Profile{
		ID: "elcykel-snabb", Name: "Elcykel, snabb", Speed: 22.5, Factor: 1, Ferries: model.FerriesClosed, Barred: []int8{0, 1, 2},
		Classes: []model.ClassFactor{{Class: 8, Factor: 0.9}, {Class: 9, Factor: 0.8}},
	}
	if len(saved) != 1 || !reflect.DeepEqual(saved[0], want) {
		t.Errorf("saved %+v, want %+v", saved, want)
	}
	for entry, words := range map[string]string{"fort": "är inget tal", "0,1": "mellan"} {
		d = show(false)
		d.speed.SetText(entry)
		press(t, w, "Spara")
		if !d.fault.Visible() || !strings.Contains(d.fault.Text, words) || !d.sheet.Visible() {
			t.Errorf("%q: %q", entry, d.fault.Text)
		}
		picture(t, w, "profile_fault.png")
		press(t, w, "Stäng")
	}
	d = show(false)
	d.barred.SetText("12")
	press(t, w, "Spara")
	if !d.fault.Visible() {
		t.Error("class 12 is taken")
	}
	press(t, w, "Återställ")
	if len(removed) != 1 || removed[0] != model.BicycleID || len(saved) != 1 {
		t.Errorf("removed %v, saved %d", removed, len(saved))
	}
	show(true)
	press(t, w, "Spara")
	press(t, w, "Återställ")
	if len(saved) != 1 || len(removed) != 1 {
		t.Error("a project that can't be changed is")
	}
}

func TestSeason(t *testing.T) {
	w := window(t)
	view := SeasonView{
		Date: "2020-01-01", Demand: "sommar",
		Sets: model.DemandSets{Usual: "bofast", Sets: []model.DemandSet{
			{Name: "bofast", Parts: []model.DemandPart{{Layer: "Rutor", Weight: 1}}},
			{Name: "sommar", Parts: []model.DemandPart{{Layer: "rutor", Weight: 1}, {Layer: "Fritidshus", Column: "antal", Weight: 2.5}}},
		}},
		Layers: []Layer{{Name: "Rutor", People: true, Columns: []string{"beftotalt", "dagbef"}}, {Name: "Fritidshus", Columns: []string{"yta", "antal"}}},
	}
	var told []any
	actions := SeasonActions{
		Choose: func(date, demand string) { told = append(told, date, demand) },
		Save:   func(set model.DemandSet, usual bool) { told = append(told, set, usual) },
		Remove: func(name string) { told = append(told, name) },
	}
	check := func(what string, want ...any) {
		t.Helper()
		if !reflect.DeepEqual(told, want) {
			t.Errorf("%s: %+v, want %+v", what, told, want)
		}
		told = nil
	}
	ShowSeason(w, i18n.For("sv"), view, actions)
	picture(t, w, "season.png")
	press(t, w, "Visa")
	check("shown as it was", "2020-01-01", "sommar")
	ShowSeason(w, i18n.For("sv"), view, actions)
	press(t, w, "Spara befolkningen")
	check("saved as it was", model.DemandSet{Name: "sommar", Parts: []model.DemandPart{{Layer: "Rutor", Weight: 1}, {Layer: "Fritidshus", Column: "antal", Weight: 2.5}}}, false)
	d := ShowSeason(w, i18n.For("sv"), view, actions)
	d.demand.SetSelectedIndex(1)
	if !d.usual.Checked || d.name.Text != "bofast" {
		t.Error("the usual population is not marked")
	}
	d.demand.SetSelectedIndex(0)
	d.name.SetText("dag")
	d.usual.SetChecked(true)
	d.parts[0].column.SetSelected("dagbef")
	d.parts[0].weight.SetText("0,5")
	press(t, w, "Spara befolkningen")
	check("a new one", model.DemandSet{Name: "dag", Parts: []model.DemandPart{{Layer: "Rutor", Column: "dagbef", Weight: 0.5}}}, true)
	d = ShowSeason(w, i18n.For("sv"), view, actions)
	d.date.SetText("i fjol")
	press(t, w, "Visa")
	if !d.fault.Visible() {
		t.Error("last year is taken for a date")
	}
	d.parts[0].weight.SetText("-1")
	press(t, w, "Spara befolkningen")
	if !strings.Contains(d.fault.Text, "vikten") {
		t.Errorf("%q", d.fault.Text)
	}
	press(t, w, "Ta bort befolkningen")
	check("removed", "sommar")
}
