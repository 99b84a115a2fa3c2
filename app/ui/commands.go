package ui

import (
	"context"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/decision"
	"nabar/app/ui/files"
	"nabar/app/ui/findings"
	"nabar/app/ui/importer"
	"nabar/app/ui/layers"
	"nabar/app/ui/look"
	"nabar/app/ui/project"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/kommuner"
)

// projectEndings are the endings of a project file, importEndings those of files that can be read in.
var (
	projectEndings = []string{".gpkg"}
	importEndings  = []string{".gpkg", ".geojson", ".json", ".csv", ".tsv", ".txt", ".mbtiles", ".pmtiles"}
)

// open opens a project file in the background.
func (w *Window) open(path string) {
	w.work(i18n.M("ui.job.open", filepath.Base(path)), func(ctx context.Context, progress model.Progress) error {
		if err := w.session.Open(ctx, path); err != nil {
			return err
		}
		_, err := w.session.Snapshot(ctx, progress)
		return err
	}, func() {})
}

// openDemo opens the fictional demo kommun, which is made the first time.
func (w *Window) openDemo() {
	dir, err := os.UserConfigDir()
	if err != nil {
		dir = os.TempDir()
	}
	w.work(i18n.M("ui.job.demo"), func(ctx context.Context, progress model.Progress) error {
		return w.session.OpenDemo(ctx, filepath.Join(dir, "nabar"), progress)
	}, func() {})
}

// beside is where files are written unless the user says otherwise: beside the project, or among the user's documents
// where the project is the demo.
func (w *Window) beside() string {
	if w.session.HasProject() && !w.state.kommun.Fictional {
		return filepath.Dir(w.session.Path())
	}
	return files.Documents()
}

// lastOr is the folder that files were last taken from, else another.
func (w *Window) lastOr(other string) string {
	if dir := w.prefs.folder(); dir != "" {
		return dir
	}
	return other
}

// askOpen asks for a project and opens it.
func (w *Window) askOpen() {
	p := w.printer
	opt := files.Options{
		Title: p.T("ui.open.title"), Confirm: p.T("ui.open.yes"), Kind: p.T("ui.files.projects"),
		Dir: w.beside(), Extensions: projectEndings,
	}
	files.Open(w.win, p, w.dispatch, opt, func(paths []string) {
		w.open(paths[0])
	})
}

// askNew asks for a kommun and a file, and makes a project of them.
func (w *Window) askNew() {
	p := w.printer
	project.Show(w.win, p, kommuner.All(), func(k model.Kommun) {
		opt := files.Options{
			Title: p.T("ui.new.save"), Confirm: p.T("ui.new.create"), Kind: p.T("ui.files.projects"),
			Dir: w.beside(), Name: k.Name + ".gpkg", Extensions: projectEndings,
		}
		files.Save(w.win, p, w.dispatch, opt, func(path string) { w.create(path, k) })
	})
}

// create makes a new project file and opens it. A file that the user has agreed to write over is removed first.
func (w *Window) create(path string, k model.Kommun) {
	w.work(i18n.M("ui.job.new", k.Name), func(ctx context.Context, _ model.Progress) error {
		if path == w.session.Path() {
			return i18n.Errorf("ui.new.is_open", filepath.Base(path))
		}
		if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
			return i18n.Errorf("ui.new.not_removed", filepath.Base(path), err)
		}
		return w.session.Create(ctx, path, k.Code)
	}, func() {})
}

// askImport asks for files and shows what is in them.
func (w *Window) askImport() {
	p := w.printer
	if !w.writable() {
		return
	}
	opt := files.Options{
		Title: p.T("ui.import.choose"), Confirm: p.T("ui.import.preview"), Kind: p.T("ui.files.imports"),
		Dir: w.lastOr(w.beside()), Extensions: importEndings, Many: true,
	}
	files.Open(w.win, p, w.dispatch, opt, func(paths []string) {
		w.prefs.setFolder(filepath.Dir(paths[0]))
		w.importFiles(paths)
	})
}

// writable tells whether the project can be changed, and says why where it can't.
func (w *Window) writable() bool {
	if !w.state.open {
		w.fail(i18n.Errorf("ui.import.no_project"))
		return false
	}
	if reason, readOnly := w.session.ReadOnly(); readOnly {
		w.fail(&i18n.Problem{Message: reason})
		return false
	}
	return true
}

// importFiles shows the import dialog on files.
func (w *Window) importFiles(paths []string) {
	importer.Show(importer.Config{
		Window: w.win, Printer: w.printer, Dispatch: w.dispatch, Project: w.session, Clipboard: w.app.Clipboard(),
		Done: func([]session.ImportReport) { w.tried = nil },
	}, paths)
}

// dropped reads files in that were dropped on the window.
func (w *Window) dropped(_ fyne.Position, uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		paths = append(paths, u.Path())
	}
	if len(paths) == 0 {
		return
	}
	if w.writable() {
		w.importFiles(paths)
	}
}

// written is a widget that text is being written in, with steps of its own to take back.
type written interface {
	Undo()
	Redo()
}

// undo takes the last step back: of the text that is being written, else of the project.
func (w *Window) undo() {
	if e, ok := w.win.Canvas().Focused().(written); ok {
		e.Undo()
		return
	}
	if w.writes {
		w.undoText()
		return
	}
	w.edit(func(ctx context.Context) error {
		_, err := w.session.Undo(ctx)
		return err
	})
}

// redo does again what was taken back.
func (w *Window) redo() {
	if e, ok := w.win.Canvas().Focused().(written); ok {
		e.Redo()
		return
	}
	if w.writes {
		w.redoText()
		return
	}
	w.edit(func(ctx context.Context) error {
		_, err := w.session.Redo(ctx)
		return err
	})
}

// layerActions are what the panel of layers can ask for.
func (w *Window) layerActions() layers.Actions {
	p := w.printer
	return layers.Actions{
		Show: func(l model.Layer, on bool) {
			w.edit(func(ctx context.Context) error { return w.session.ShowLayer(ctx, l, on) })
		},
		Opacity: func(l model.Layer, v float64) {
			w.edit(func(ctx context.Context) error { return w.session.SetOpacity(ctx, l, v) })
		},
		Move: func(l model.Layer, up bool) {
			w.edit(func(ctx context.Context) error { return w.session.MoveLayer(ctx, l, up) })
		},
		Rename: func(l model.Layer) {
			ask.Line(w.win, p, p.T("ui.layers.rename_title"), p.T("ui.layers.name"), l.Name, p.T("ui.layers.rename_yes"), func(name string) {
				w.edit(func(ctx context.Context) error { return w.session.RenameLayer(ctx, l, name) })
			})
		},
		Zoom:    func(l model.Layer) { w.view.FitBound(l.Bounds) },
		Profile: func(l model.Layer) { w.showProfile(l.Name, "") },
		Place: func(l model.Layer, at int) {
			w.edit(func(ctx context.Context) error { return w.session.PlaceLayer(ctx, l, at) })
		},
		Heading: func(group string, on bool) {
			w.edit(func(ctx context.Context) error { return w.session.ShowGroup(ctx, group, on) })
		},
		Group: w.askGroup, Style: w.askStyle, Scales: w.askScales, Export: w.askExport,
		Rows: w.showRows, Find: w.findBasemap,
		About: func(l model.Layer) {
			ask.Show(w.win, p, l.Name, fyne.NewSize(620, 520), layers.About(p, l))
		},
		Remake: func(l model.Layer) {
			w.work(i18n.M("reach.job_remake", l.Name), func(ctx context.Context, progress model.Progress) error {
				return w.session.RemakeLayer(ctx, l, progress)
			}, w.reload)
		},
		Remove: func(l model.Layer) {
			ask.Confirm(w.win, p, p.T("ui.layers.remove_title"), p.T("ui.layers.remove_text", l.Name), p.T("ui.layers.remove_yes"), func() {
				w.edit(func(ctx context.Context) error { return w.session.RemoveLayer(ctx, l) })
			})
		},
	}
}

// check looks the network over and shows what was found.
func (w *Window) check() {
	var report model.NetworkReport
	w.work(i18n.M("ui.job.check"), func(ctx context.Context, progress model.Progress) (err error) {
		report, err = w.session.Check(ctx, progress)
		return err
	}, func() {
		ask.Show(w.win, w.printer, w.printer.T("ui.check.title"), fyne.NewSize(760, 620), findings.Content(w.printer, report))
	})
}

// askDetails shows the form of the decision block.
func (w *Window) askDetails() {
	d, err := w.session.Decision(context.Background())
	if err != nil {
		w.fail(err)
		return
	}
	decision.Show(w.win, w.printer, d, w.state.readOnly, func(d model.Decision) {
		w.edit(func(ctx context.Context) error { return w.session.SetDecision(ctx, d) })
	})
}

// askBackup asks where a copy of the project shall lie, and makes it.
func (w *Window) askBackup() {
	p := w.printer
	name := p.T("ui.backup.name", w.state.kommun.Name)
	opt := files.Options{
		Title: p.T("ui.backup.title"), Confirm: p.T("ui.backup.yes"), Kind: p.T("ui.files.projects"),
		Dir: w.beside(), Name: name + ".gpkg", Extensions: projectEndings,
	}
	files.Save(w.win, p, w.dispatch, opt, func(path string) {
		w.work(i18n.M("ui.job.backup"), func(ctx context.Context, _ model.Progress) error {
			return w.session.Backup(ctx, path)
		}, func() {})
	})
}

// toggleLeft shows or hides the lists to the left.
func (w *Window) toggleLeft() {
	w.prefs.setLeft(!w.prefs.left())
	w.showPanels()
	w.setMenu()
}

// toggleRight shows or hides the figures to the right.
func (w *Window) toggleRight() {
	w.prefs.setRight(!w.prefs.right())
	w.showPanels()
	w.setMenu()
}

// toggleLegend shows or hides the map's legend.
func (w *Window) toggleLegend() {
	w.prefs.setLegend(!w.prefs.legend())
	w.overlay.ShowLegend(w.prefs.legend())
	w.setMenu()
}

// toggleDark changes between the light and the dark look.
func (w *Window) toggleDark() {
	w.prefs.setDark(!w.prefs.dark())
	w.app.Settings().SetTheme(look.New(w.prefs.dark()))
	w.connectMap()
	w.reload()
}

// toggleFull fills the screen with the window, or no longer.
func (w *Window) toggleFull() {
	w.win.SetFullScreen(!w.win.FullScreen())
	w.setMenu()
}

// key offers a key to the presentation and to what is tried out on the map, and tells whether it was of use.
// Escape lets go of what is chosen, also where the map has the keyboard.
func (w *Window) key(ev *fyne.KeyEvent) bool {
	if w.presentKey(ev) || w.tool.key(ev) {
		return true
	}
	if ev.Name != fyne.KeyEscape {
		return false
	}
	switch {
	case w.tool.name() != identifyTool:
		w.dropTool()
		return true
	case w.selected.facility != "" || w.selected.cell != "" || w.selected.rows != nil || w.selected.comment != 0:
		w.selectNone()
		return true
	}
	return false
}

// typed are the keys that no widget wants.
func (w *Window) typed(ev *fyne.KeyEvent) {
	if w.writes && ev.Name != fyne.KeyF1 && ev.Name != fyne.KeyF11 {
		return // the map is not seen
	}
	if w.win.Canvas().Overlays().Top() == nil && w.key(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyEscape:
		if w.win.Canvas().Overlays().Top() == nil {
			w.selectNone()
		}
	case fyne.KeyF1:
		w.showKeys()
	case fyne.KeyF11:
		w.toggleFull()
	default:
		w.view.TypedKey(ev)
	}
}
