package importer

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/crs"
	"nabar/model/format"
	"nabar/model/role"
)

// fake is a project that notes what it is asked for.
type fake struct {
	*session.Session // starts the jobs
	previews         []session.ImportOptions
	imports          []session.ImportOptions
	layers           []session.LayerPreview
	previewErr       error
	importErr        error
	skipped          []model.Skipped
	project          []model.Layer // that the project has
}

func (f *fake) Layers(context.Context) ([]model.Layer, error) { return f.project, nil }

func (f *fake) Kommun() model.Kommun { return model.Kommun{Code: "0980", Name: "Gotland"} }

func (f *fake) Preview(_ context.Context, path string, opt session.ImportOptions) (session.Preview, error) {
	f.previews = append(f.previews, opt)
	if f.previewErr != nil {
		return session.Preview{}, f.previewErr
	}
	layers := f.layers
	if opt.Layer != "" {
		layers = nil
		for _, l := range f.layers {
			if l.Info.Name == opt.Layer {
				layers = []session.LayerPreview{l}
			}
		}
	}
	return session.Preview{Path: path, File: path, Format: "csv", Layers: layers}, nil
}

func (f *fake) Import(_ context.Context, path string, opt session.ImportOptions, progress model.Progress) ([]session.ImportReport, error) {
	f.imports = append(f.imports, opt)
	for i := range 100 {
		progress(i18n.M("session.progress_read", path), float64(i)/100)
	}
	if f.importErr != nil {
		return nil, f.importErr
	}
	return []session.ImportReport{{Layer: path, Role: model.RoleServices, Read: 3, Imported: 3 - len(f.skipped), Skipped: f.skipped}}, nil
}

func services() session.LayerPreview {
	return session.LayerPreview{
		Info: format.LayerInfo{
			Name: "service", Geometry: model.PointType, Features: 3, Encoding: "windows-1252",
			Fields: []model.Field{{Name: "Namn", Type: model.Text}, {Name: "Servicetyp", Type: model.Text}, {Name: "Id", Type: model.Integer}},
		},
		Guess: role.Guess{Role: model.RoleServices, Mapping: model.Mapping{model.PartName: "Namn", model.PartType: "Servicetyp"}, Sure: true},
		CRS:   crs.SWEREF99TM, CRSKnown: true,
		Sample: []model.Feature{{Values: []any{"ICA Roma", "Livsmedel", int64(1234567)}}, {Values: []any{"Coop", nil, int64(2)}}},
	}
}

type bench struct {
	*Dialog
	t    *testing.T
	jobs chan func()
	done [][]session.ImportReport
}

func open(t *testing.T, f *fake, paths ...string) *bench {
	t.Helper()
	if f.Session == nil {
		f.Session = session.New("sv")
	}
	return openProject(t, f, paths...)
}

func openProject(t *testing.T, f Project, paths ...string) *bench {
	t.Helper()
	a := test.NewTempApp(t)
	w := test.NewTempWindow(t, nil)
	w.Resize(fyne.NewSize(1200, 900))
	b := &bench{t: t, jobs: make(chan func(), 1000)}
	b.Dialog = Show(Config{
		Window: w, Printer: i18n.For("sv"), Dispatch: func(fn func()) { b.jobs <- fn }, Project: f, Clipboard: a.Clipboard(),
		Done: func(r []session.ImportReport) { b.done = append(b.done, r) },
	}, paths)
	return b
}

// until runs the window's thread until something holds.
func (b *bench) until(what string, holds func() bool) {
	b.t.Helper()
	late := time.After(20 * time.Second)
	for !holds() {
		select {
		case fn := <-b.jobs:
			fn()
		case <-late:
			b.t.Fatalf("waited in vain until %s", what)
		}
	}
}

func (b *bench) objects() []fyne.CanvasObject {
	return test.LaidOutObjects(b.Window.Canvas().Overlays().Top())
}

// button finds a button by its text.
func (b *bench) button(key string) *widget.Button {
	for _, o := range b.objects() {
		if btn, ok := o.(*widget.Button); ok && btn.Text == b.Printer.T(key) {
			return btn
		}
	}
	return nil
}

func (b *bench) press(key string) {
	b.t.Helper()
	btn := b.button(key)
	if btn == nil || btn.Disabled() {
		b.t.Fatalf("no button %q to press", b.Printer.T(key))
	}
	test.Tap(btn)
}

// choice finds a choice by what it shows now.
func (b *bench) choice(shown string) *widget.Select {
	b.t.Helper()
	for _, o := range b.objects() {
		if s, ok := o.(*widget.Select); ok && s.Selected == shown {
			return s
		}
	}
	b.t.Fatalf("no choice shows %q", shown)
	return nil
}

func (b *bench) says(text string) bool {
	for _, o := range b.objects() {
		if l, ok := o.(*widget.Label); ok && strings.Contains(l.Text, text) {
			return true
		}
	}
	return false
}

func (b *bench) ready() bool { return b.button("ui.import.do") != nil }

func TestPreviewThenImportThenReport(t *testing.T) {
	f := &fake{layers: []session.LayerPreview{services()}, skipped: []model.Skipped{{Row: 3, Reason: "saknar läge"}}}
	b := open(t, f, "/data/service.csv")
	b.until("the preview is shown", b.ready)
	if len(f.imports) != 0 {
		t.Fatal("imported before the user said yes")
	}
	b.choice("Serviceställen")
	b.choice("SWEREF 99 TM")
	b.choice("windows-1252")
	b.choice("Namn")
	b.press("ui.import.do")
	b.until("the report is shown", func() bool { return b.button("ui.import.done") != nil })
	if len(b.done) != 1 || !b.says("Rad 3: saknar läge") {
		t.Errorf("told %d reports; the left-out row is shown: %v", len(b.done), b.says("Rad 3"))
	}
	b.press("ui.import.copy")
	if got := b.Clipboard.Content(); !strings.Contains(got, "3 rader lästa, 2 inlästa, 1 överhoppade") || !strings.Contains(got, "Rad 3: saknar läge") {
		t.Errorf("copied %q", got)
	}
	b.press("ui.import.done")
	if b.sheet.Visible() {
		t.Error("the dialog stays open")
	}
}

func TestEveryGuessCanBeOverruled(t *testing.T) {
	f := &fake{layers: []session.LayerPreview{services()}}
	b := open(t, f, "/data/service.csv")
	b.until("the preview is shown", b.ready)
	last := func() session.ImportOptions { return f.previews[len(f.previews)-1] }
	change := func(shown, to string) {
		n := len(f.previews)
		b.choice(shown).SetSelected(to)
		b.until("the file is previewed anew", func() bool { return len(f.previews) > n && len(b.jobs) == 0 && b.ready() })
	}
	change("SWEREF 99 TM", "WGS 84")
	if last().CRS != "EPSG:4326" {
		t.Errorf("system is %q", last().CRS)
	}
	change("windows-1252", "utf-8")
	change("Som i filen", "Tabb")
	if o := last(); o.Encoding != "utf-8" || o.Separator != '\t' {
		t.Errorf("options are %+v", o)
	}
	change("Namn", "Id")
	if got := last().Mapping[model.PartName]; got != "Id" {
		t.Errorf("the name is taken from %q", got)
	}
	change("Serviceställen", "Befolkning")
	if o := last(); o.Role != model.RolePopulation || o.Mapping != nil {
		t.Errorf("another role keeps the columns of the one before: %+v", o)
	}
	b.press("ui.import.do")
	b.until("the import is done", func() bool { return len(b.done) == 1 })
	if f.imports[0].Role != model.RolePopulation || f.imports[0].CRS != "EPSG:4326" {
		t.Errorf("imported with %+v, not as previewed", f.imports[0])
	}
}

func TestChosenLayerIsPreviewedAlone(t *testing.T) {
	other := services()
	other.Info.Name = "annat"
	f := &fake{layers: []session.LayerPreview{services(), other}}
	b := open(t, f, "/data/fler.gpkg")
	b.until("the preview is shown", b.ready)
	if !b.says("annat") {
		t.Error("the layers are not listed")
	}
	b.choice("Alla 2 lager").SetSelected("annat")
	b.until("the layer is previewed", func() bool { return b.opt.Layer == "annat" && len(b.preview.Layers) == 1 })
	b.choice("annat").SetSelected("Alla 2 lager")
	b.until("all are previewed", func() bool { return b.opt.Layer == "" && len(b.preview.Layers) == 2 })
}

func TestUnreadableFileIsSaidToBe(t *testing.T) {
	f := &fake{previewErr: i18n.Errorf("session.no_project")}
	b := open(t, f, "/data/trasig.bin", "/data/service.csv")
	b.until("the reason is shown", func() bool { return b.button("ui.import.skip_file") != nil })
	if !b.says(i18n.For("sv").T("session.no_project")) {
		t.Error("the reason is not said")
	}
	f.previewErr, f.layers = nil, []session.LayerPreview{services()}
	b.press("ui.import.skip_file")
	b.until("the next file is shown", b.ready)
}

func TestLayerThatLacksSomethingCanNotBeImported(t *testing.T) {
	l := services()
	l.Problem = i18n.Errorf("session.crs_unknown", "service")
	b := open(t, &fake{layers: []session.LayerPreview{l}}, "/data/service.csv")
	b.until("the preview is shown", b.ready)
	if !b.button("ui.import.do").Disabled() || !b.says("koordinatsystem") {
		t.Error("the file can be imported, or nothing says why not")
	}
}

func TestFailedImportGoesBackToThePreview(t *testing.T) {
	f := &fake{layers: []session.LayerPreview{services()}, importErr: errors.New("disk full")}
	b := open(t, f, "/data/service.csv")
	b.until("the preview is shown", b.ready)
	b.press("ui.import.do")
	b.until("the error is shown", func() bool { return len(b.Window.Canvas().Overlays().List()) == 2 })
	if len(b.done) != 0 {
		t.Error("a failed import is told as done")
	}
}

func TestSeveralFilesGetOneReport(t *testing.T) {
	f := &fake{layers: []session.LayerPreview{services()}}
	b := open(t, f, "/data/a.csv", "/data/b.csv")
	b.until("the first preview is shown", b.ready)
	b.press("ui.import.do")
	b.until("the second preview is shown", func() bool { return b.path == "/data/b.csv" && b.ready() })
	b.press("ui.import.do")
	b.until("the report is shown", func() bool { return b.button("ui.import.done") != nil })
	if len(b.reports) != 2 || !b.says("/data/a.csv") && len(b.done) != 2 {
		t.Errorf("%d reports, told %d", len(b.reports), len(b.done))
	}
}

func TestClosedDialogIgnoresLateAnswers(t *testing.T) {
	b := open(t, &fake{layers: []session.LayerPreview{services()}}, "/data/service.csv")
	b.close()
	(<-b.jobs)()
	if b.sheet.Visible() {
		t.Error("a late preview opens the dialog again")
	}
}

func TestCells(t *testing.T) {
	p := i18n.For("sv")
	f := model.Feature{Values: []any{"text", nil, true, int64(1234567), 3.25, []byte("abc")}}
	for i, want := range []string{"text", "", "ja", "1234567", "3.25", "3 byte", ""} {
		if got := cell(p, f, i); got != want {
			t.Errorf("value %d is written %q, want %q", i, got, want)
		}
	}
}
