// Package importer is the dialog that brings files into the project: first what the program makes of the file, where
// every guess can be overruled; then the import with its progress; last what came in of all files and what did not.
//
// Invariants: nothing is changed before the user has seen the preview and said yes; every row that was left out is
// listed with its reason.
package importer

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/mapview"
	"nabar/model"
)

// Project is what the dialog needs of the session.
type Project interface {
	Preview(ctx context.Context, path string, opt session.ImportOptions) (session.Preview, error)
	Import(ctx context.Context, path string, opt session.ImportOptions, progress model.Progress) ([]session.ImportReport, error)
	Start(name i18n.Message, fn func(ctx context.Context, progress model.Progress) error) *session.Job
	Layers(ctx context.Context) ([]model.Layer, error)
	Kommun() model.Kommun
}

// Config is what the dialog lives in.
type Config struct {
	Window    fyne.Window
	Printer   *i18n.Printer
	Dispatch  mapview.Dispatcher
	Project   Project
	Clipboard fyne.Clipboard
	// Done is told after each file that came in.
	Done func([]session.ImportReport)
}

const (
	dialogWidth  = 940
	dialogHeight = 680
)

// Dialog goes through files one after the other.
type Dialog struct {
	Config
	queue   []string
	files   int // how many there are in all; 0 on the page that is about all of them
	reports []session.ImportReport
	path    string
	opt     session.ImportOptions
	preview session.Preview
	written string        // the new layer's name as the user has written it
	layers  []model.Layer // those that the project has
	names   []string      // the layers of the file
	turn    int           // counts the previews asked for, so that a slow one does not overwrite a later one
	cancel  context.CancelFunc

	file  *widgets.Text
	sheet *ask.Sheet
	yes   *widget.Button
}

// Show opens the dialog on files, the first one's preview first.
func Show(c Config, paths []string) *Dialog {
	d := &Dialog{Config: c, queue: paths, files: len(paths), file: widgets.NewCaption(""), sheet: ask.NewSheet(c.Window, "")}
	d.sheet.Show(fyne.NewSize(dialogWidth, dialogHeight), nil)
	d.next()
	return d
}

// next shows the preview of the next file, or closes the dialog after the last.
func (d *Dialog) next() {
	if len(d.queue) == 0 {
		d.close()
		return
	}
	d.path, d.queue = d.queue[0], d.queue[1:]
	d.names = nil
	d.again(session.ImportOptions{})
}

// again looks at the file anew, with all choices open but those of opt.
func (d *Dialog) again(opt session.ImportOptions) {
	d.opt, d.written = opt, ""
	d.look()
}

// close ends the dialog.
func (d *Dialog) close() {
	if d.cancel != nil {
		d.cancel()
	}
	d.turn++
	d.sheet.Hide()
}

// set shows a page with its title and buttons; escape is what the Escape key does.
func (d *Dialog) set(titleKey string, page fyne.CanvasObject, escape func(), buttons ...fyne.CanvasObject) {
	title := d.Printer.T(titleKey)
	if d.files > 1 {
		title = d.Printer.T("ui.import.of", title, d.files-len(d.queue), d.files)
	}
	d.sheet.SetTitle(title)
	d.file.SetText(filepath.Base(d.path))
	if d.files == 0 {
		d.file.SetText("")
	}
	d.sheet.Set(container.NewBorder(d.file, nil, nil, nil, widgets.Inset(look.Step2, 0, page)), escape, buttons...)
}

// look previews the file with the choices made so far, in the background.
func (d *Dialog) look() {
	if d.cancel != nil {
		d.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	d.cancel = cancel
	d.turn++
	turn, path, opt := d.turn, d.path, d.opt
	if d.preview.Path != path {
		d.set("ui.import.title", d.waiting(), d.close, d.button("ui.cancel", d.close))
	}
	go func() {
		preview, err := d.Project.Preview(ctx, path, opt)
		var layers []model.Layer
		if err == nil {
			layers, err = d.Project.Layers(ctx)
		}
		if err == nil && preview.Basemap == nil && len(preview.Layers) == 0 && opt.Layer != "" {
			err = i18n.Errorf("ui.import.no_such_layer", opt.Layer)
		}
		d.Dispatch(func() {
			if turn != d.turn {
				return
			}
			cancel()
			if err != nil {
				d.refused(err)
				return
			}
			d.preview, d.layers = preview, layers
			d.showForm()
		})
	}()
}

// waiting is the page while a file is looked at.
func (d *Dialog) waiting() fyne.CanvasObject {
	bar := widgets.NewProgress()
	bar.Set(-1)
	text := widgets.NewText(d.Printer.T("ui.import.looking"))
	return container.NewCenter(widgets.MinWidth(320, widgets.Stack(look.Step2, text, bar)))
}

// refused is the page of a file that can't be read. One that can be when its layer is named gets a field for the name.
func (d *Dialog) refused(err error) {
	d.preview = session.Preview{}
	text := widgets.Wrapped(d.Printer.Error(err))
	text.Importance = widget.DangerImportance
	page := widgets.Stack(look.Step3, text)
	leave := d.button("ui.close", d.close)
	buttons := []fyne.CanvasObject{leave}
	if len(d.queue) > 0 {
		leave.SetText(d.Printer.T("ui.cancel"))
		buttons = append(buttons, d.button("ui.import.skip_file", d.next))
	}
	var name *widgets.Entry
	if errors.Is(err, i18n.Errorf("import.gpkg_forbidden")) || d.opt.Layer != "" {
		name = d.layerEntry()
		page.Add(widgets.Facts(labelWidth, d.field("ui.import.layer", name)...))
		leave.SetText(d.Printer.T("ui.cancel"))
		buttons = append(buttons, ask.Primary(d.Printer.T("ui.import.preview"), func() { name.OnSubmitted(name.Text) }))
	}
	d.set("ui.import.title", page, d.close, buttons...)
	if name != nil {
		d.Window.Canvas().Focus(name)
	}
}

// layerEntry is the field for the name of the one layer to read.
func (d *Dialog) layerEntry() *widgets.Entry {
	e := widgets.NewEntry(d.opt.Layer)
	e.OnEscape = d.close
	e.OnSubmitted = func(name string) {
		if name = strings.TrimSpace(name); name != "" {
			d.again(session.ImportOptions{Layer: name})
		}
	}
	return e
}

// button makes a button of a page.
func (d *Dialog) button(key string, fn func()) *widget.Button {
	return widget.NewButton(d.Printer.T(key), fn)
}

// run imports the file as previewed.
func (d *Dialog) run() {
	bar := widgets.NewProgress()
	what := widgets.NewText(d.Printer.T("ui.import.running"))
	var reports []session.ImportReport
	news := mapview.NewLatest(d.Dispatch)
	path, opt := d.path, d.opt
	if d.preview.Basemap != nil {
		opt.Name = d.basemapName()
	} else if len(d.preview.Layers) == 1 {
		opt.Name = d.name(d.preview.Layers[0])
	}
	job := d.Project.Start(i18n.M("ui.job.import", filepath.Base(path)), func(ctx context.Context, progress model.Progress) (err error) {
		reports, err = d.Project.Import(ctx, path, opt, func(m i18n.Message, share float64) {
			progress(m, share)
			news.Do(func() {
				what.SetText(d.Printer.Text(m))
				bar.Set(share)
			})
		})
		return err
	})
	page := container.NewCenter(widgets.MinWidth(420, widgets.Stack(look.Step2, what, bar)))
	d.set("ui.import.title", page, job.Cancel, d.button("ui.cancel", job.Cancel))
	go func() {
		err := job.Wait()
		d.Dispatch(func() { d.ended(job, reports, err) })
	}()
}

// ended goes on to the next file, and shows what came in after the last; or it goes back to the preview and tells what
// went wrong.
func (d *Dialog) ended(job *session.Job, reports []session.ImportReport, err error) {
	switch {
	case err == nil:
		if d.Done != nil {
			d.Done(reports)
		}
		d.reports = append(d.reports, reports...)
		if len(d.queue) > 0 {
			d.next()
			return
		}
		d.showReport(d.reports)
	case job.Cancelled():
		d.showForm()
	default:
		d.showForm()
		ask.Error(d.Window, d.Printer, err)
	}
}
