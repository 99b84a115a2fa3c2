package ui

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/files"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

// The size of a map that is written as a picture, in pixels.
const (
	sheetWidth  = 2000
	sheetHeight = 1500
)

// doneWidth is that of the dialog that tells where a file lies, in units.
const doneWidth = 460

// askPlan asks where the chosen document shall be written, writes it and opens it; where the project has none, the serviceplan as
// the program makes it.
func (w *Window) askPlan() {
	if w.writing != nil && w.writing.document() != 0 {
		w.askPrintDocument(w.writing.doc)
		return
	}
	w.askDocument(".pdf", "ui.files.pdf")
}

// askWebPlan does the same with a web page.
func (w *Window) askWebPlan() { w.askDocument(".html", "ui.files.html") }

// askDocument asks for a file with an ending and writes the plan to it.
func (w *Window) askDocument(ending, kind string) {
	if !w.state.open || w.state.missing != "" {
		return
	}
	p := w.printer
	opt := files.Options{
		Title: p.T("ui.plan.write"), Confirm: p.T("ui.plan.write_yes"), Kind: p.T(kind),
		Dir: w.beside(), Name: p.T("ui.plan.file", w.state.kommun.Name) + ending, Extensions: []string{ending},
	}
	files.Save(w.win, p, w.dispatch, opt, func(path string) { w.writePlan(path) })
}

// writePlan writes the plan with progress and then opens it.
func (w *Window) writePlan(path string) {
	w.work(i18n.M("ui.job.plan"), func(ctx context.Context, progress model.Progress) error {
		return w.session.Report(ctx, path, progress)
	}, func() { w.show(path, "ui.plan.done") })
}

// askMapImage asks where the map shall be written as a picture, writes it and opens it.
func (w *Window) askMapImage() {
	p := w.printer
	opt := files.Options{
		Title: p.T("ui.map_image.title"), Confirm: p.T("ui.map_image.yes"), Kind: p.T("ui.files.pictures"),
		Dir: w.beside(), Name: p.T("ui.map_image.file", w.state.kommun.Name) + ".png", Extensions: []string{".png", ".pdf"},
	}
	files.Save(w.win, p, w.dispatch, opt, func(path string) {
		w.work(i18n.M("ui.job.map_image"), func(ctx context.Context, progress model.Progress) error {
			return w.session.RenderSheet(ctx, path, session.Sheet{Query: w.choice.query(), Width: sheetWidth, Height: sheetHeight}, progress)
		}, func() { w.show(path, "ui.map_image.done") })
	})
}

// show opens a written file in the system's viewer and tells where it lies.
func (w *Window) show(path, doneKey string) {
	p := w.printer
	text := widgets.Wrapped(p.T(doneKey, filepath.Base(path)))
	where := widgets.Note(filepath.Dir(path))
	body := widgets.Stack(0, text, where)
	if err := w.launch(path); err != nil {
		body.Add(widgets.Wrapped(p.T("ui.plan.no_viewer")))
	}
	sheet := ask.NewSheet(w.win, p.T("ui.plan.done_title"))
	folder := widget.NewButtonWithIcon(p.T("ui.plan.folder"), theme.FolderOpenIcon(), func() {
		if err := w.launch(filepath.Dir(path)); err != nil {
			w.fail(i18n.Errorf("ui.plan.no_folder", filepath.Dir(path), err))
		}
	})
	again := widget.NewButtonWithIcon(p.T("ui.plan.open"), theme.DocumentIcon(), func() {
		if err := w.launch(path); err != nil {
			w.fail(i18n.Errorf("ui.plan.not_opened", filepath.Base(path), err))
		}
	})
	sheet.Set(widgets.MinWidth(doneWidth, body), sheet.Hide, folder, again, ask.Primary(p.T("ui.close"), sheet.Hide))
	sheet.Show(fyne.Size{}, nil)
}

// launch opens a file or folder in the system's own program.
func (w *Window) launch(path string) error {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive letter on Windows
	}
	return w.app.OpenURL(&url.URL{Scheme: "file", Path: path})
}
