package ui

import (
	"context"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/files"
	"nabar/app/ui/look"
	"nabar/app/ui/table"
	"nabar/app/ui/versions"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/plan"
	"nabar/model/version"
)

// versionSheet lists the versions of the plan over the window.
type versionSheet struct {
	w                      *Window
	sheet                  *ask.Sheet
	all                    []version.Version
	table                  *table.Table
	print, compare, remove *widget.Button
	with                   *widget.Select
}

// showVersions lists the versions.
func (w *Window) showVersions() { w.openVersions(nil) }

// openVersions lists the versions and then calls opened, where there is one.
func (w *Window) openVersions(opened func(*versionSheet)) {
	if !w.state.open {
		return
	}
	var all []version.Version
	w.work(i18n.M("version.ui.job_list"), func(ctx context.Context, _ model.Progress) (err error) {
		all, err = w.session.Versions(ctx)
		return err
	}, func() {
		s := newVersionSheet(w, all)
		if opened != nil {
			opened(s)
		}
	})
}

// newVersionSheet shows the list.
func newVersionSheet(w *Window, all []version.Version) *versionSheet {
	p := w.printer
	s := &versionSheet{w: w, sheet: ask.NewSheet(w.win, p.T("version.table.list")), all: all}
	s.table = w.newTable(w.session.VersionTable(all), func(string) { s.follow() })
	s.print = widget.NewButton(p.T("version.ui.print"), func() { s.askPrint() })
	s.compare = widget.NewButton(p.T("version.ui.compare"), func() { s.showComparison() })
	s.remove = widget.NewButton(p.T("version.ui.remove"), func() { s.askRemove() })
	names := []string{p.T("version.now")}
	for i := range all {
		names = append(names, all[i].Name)
	}
	s.with = widget.NewSelect(names, nil)
	s.with.SetSelectedIndex(0)
	buttons := widgets.Line(look.Step2, s.print, s.remove, widgets.Gap(look.Step3), s.compare, s.with)
	body := s.table.Object()
	if len(all) == 0 {
		body = container.NewVBox(widgets.Wrapped(p.T("version.ui.none")))
	}
	keep := ask.Primary(p.T("version.ui.keep"), func() {
		s.sheet.Hide()
		w.askVersion(nil)
	})
	if w.state.readOnly || w.state.missing != "" {
		keep.Disable()
	}
	s.sheet.Set(container.NewBorder(nil, widgets.Inset(look.Step2, 0, buttons), nil, nil, body), s.sheet.Hide, widget.NewButton(p.T("ui.close"), s.sheet.Hide), keep)
	s.sheet.Show(fyne.NewSize(tablesWidth, tablesHeight), nil)
	s.follow()
	return s
}

// chosen is the version that is chosen, nil for none.
func (s *versionSheet) chosen() *version.Version {
	i := slices.IndexFunc(s.all, func(v version.Version) bool { return strconv.FormatInt(v.ID, 10) == s.table.Selected() })
	if i < 0 {
		return nil
	}
	return &s.all[i]
}

// follow lets what can be done be done.
func (s *versionSheet) follow() {
	can := s.chosen() != nil
	for _, b := range []fyne.Disableable{s.print, s.compare, s.with} {
		if can {
			b.Enable()
		} else {
			b.Disable()
		}
	}
	if can && !s.w.state.readOnly {
		s.remove.Enable()
	} else {
		s.remove.Disable()
	}
}

// askPrint asks where the chosen version shall be written, and writes it as it was.
func (s *versionSheet) askPrint() {
	w, v := s.w, s.chosen()
	p := w.printer
	var endings []string
	for _, f := range v.Files {
		endings = append(endings, "."+f.Format)
	}
	opt := files.Options{
		Title: p.T("version.ui.print"), Confirm: p.T("ui.plan.write_yes"), Kind: p.T("version.ui.files"), Dir: w.beside(),
		Name: p.T("ui.plan.file", w.state.kommun.Name) + " " + v.Name + ".pdf", Extensions: endings,
	}
	s.sheet.Hide()
	files.Save(w.win, p, w.dispatch, opt, func(path string) {
		w.work(i18n.M("ui.job.plan"), func(ctx context.Context, _ model.Progress) error {
			return w.session.PrintVersion(ctx, v.ID, path)
		}, func() { w.show(path, "ui.plan.done") })
	})
}

// showComparison sets the chosen version beside another, or beside the project as it is.
func (s *versionSheet) showComparison() {
	w, v, i := s.w, s.chosen(), s.with.SelectedIndex()
	s.sheet.Hide()
	var data []model.Table
	title := w.printer.T("version.ui.compared", v.Name, s.with.Selected)
	w.work(i18n.M("version.ui.job_compare"), func(ctx context.Context, progress model.Progress) (err error) {
		b := &version.Version{}
		if i > 0 {
			b = &s.all[i-1]
		} else if b, err = w.session.VersionNow(ctx, progress); err != nil {
			return err
		}
		data = w.session.VersionTables(v, b)
		return nil
	}, func() { w.showTables(title, w.tableTabs(data)) })
}

// tableTabs shows tables as tabs, each with how many rows it has.
func (w *Window) tableTabs(all []model.Table) *container.AppTabs {
	tabs := container.NewAppTabs()
	for i := range all {
		t := &all[i]
		var body fyne.CanvasObject = widgets.Wrapped(w.printer.T("version.ui.same"))
		if len(t.Rows) > 0 {
			body = w.newTable(*t, nil).Object()
		}
		tabs.Append(container.NewTabItem(w.printer.T("version.ui.tab", t.Name, len(t.Rows)), widgets.Inset(look.Step2, 0, body)))
	}
	return tabs
}

// askRemove asks before the chosen version is taken away.
func (s *versionSheet) askRemove() {
	w, v := s.w, s.chosen()
	if !w.writable() {
		return
	}
	p, key := w.printer, "version.ui.remove_text"
	if v.Stage.Decided() {
		key = "version.ui.remove_decided"
	}
	s.sheet.Hide()
	ask.Confirm(w.win, p, p.T("version.ui.remove"), p.T(key, v.Name), p.T("action.ui.remove_yes"), func() {
		w.edit(func(ctx context.Context) error { return w.session.RemoveVersion(ctx, v, true) })
	})
}

// askVersion looks through the plan, asks which version is to be kept, and keeps it.
func (w *Window) askVersion(opened func(*versions.Form)) {
	if !w.writable() || w.state.missing != "" {
		return
	}
	today := time.Now().Format(time.DateOnly)
	var d model.Decision
	var found []plan.Finding
	w.work(i18n.M("version.ui.job_check"), func(ctx context.Context, progress model.Progress) (err error) {
		if d, err = w.session.Decision(ctx); err != nil {
			return err
		}
		found, err = w.session.Completeness(ctx, version.Consultation, nil, today, progress)
		return err
	}, func() {
		f := versions.Show(w.win, w.printer, d, today, found, w.keepVersion)
		if opened != nil {
			opened(f)
		}
	})
}

// keepVersion keeps a version and lists them all.
func (w *Window) keepVersion(r session.VersionRequest) {
	w.work(i18n.M("version.ui.job_keep"), func(ctx context.Context, progress model.Progress) error {
		_, err := w.session.MakeVersion(ctx, r, progress)
		return err
	}, w.showVersions)
}

// showCompleteness lists what the plan must hold and does not yet.
func (w *Window) showCompleteness() {
	if !w.state.open || w.state.missing != "" {
		return
	}
	var found []plan.Finding
	w.work(i18n.M("version.ui.job_check"), func(ctx context.Context, progress model.Progress) (err error) {
		found, err = w.session.Completeness(ctx, version.Adopted, nil, time.Now().Format(time.DateOnly), progress)
		return err
	}, func() {
		p := w.printer
		found = slices.DeleteFunc(found, func(f plan.Finding) bool { return f.Level == plan.Good })
		var body fyne.CanvasObject = widgets.Wrapped(p.T("version.ui.complete"))
		if len(found) > 0 {
			body = w.newTable(w.session.FindingsTable("version.ui.check", found), nil).Object()
		}
		w.showTables(p.T("version.ui.check"), container.NewBorder(widgets.Wrapped(p.T("version.ui.check_text")), nil, nil, nil, body))
	})
}

// askFollowUp asks which year is followed up, and writes it to a file.
func (w *Window) askFollowUp() {
	if !w.state.open || w.state.missing != "" {
		return
	}
	var all []version.Version
	var year int64
	w.work(i18n.M("version.ui.job_list"), func(ctx context.Context, _ model.Progress) (err error) {
		if all, err = w.session.Versions(ctx); err != nil {
			return err
		}
		year, err = w.session.FollowUpYear(ctx)
		return err
	}, func() {
		if year < 1900 {
			year = int64(time.Now().Year() - 1)
		}
		versions.AskFollowUp(w.win, w.printer, year, all, w.writeFollowUp)
	})
}

// writeFollowUp asks where the follow-up shall be written, and writes it.
func (w *Window) writeFollowUp(o session.FollowUpOptions) {
	p := w.printer
	opt := files.Options{
		Title: p.T("followup.ui.title"), Confirm: p.T("ui.plan.write_yes"), Kind: p.T("version.ui.files"), Dir: w.beside(),
		Name:       p.T("followup.ui.file", w.state.kommun.Name, i18n.Plain(strconv.FormatInt(o.Year, 10))) + ".pdf",
		Extensions: []string{".pdf", ".html", ".docx", ".xlsx"},
	}
	files.Save(w.win, p, w.dispatch, opt, func(path string) {
		w.work(i18n.M("followup.ui.job"), func(ctx context.Context, progress model.Progress) error {
			_, err := w.session.WriteFollowUp(ctx, path, o, progress)
			return err
		}, func() { w.show(path, "ui.plan.done") })
	})
}

// askNextPlan asks for the period of the next plan, and begins it.
func (w *Window) askNextPlan() {
	if !w.writable() {
		return
	}
	p := w.printer
	ask.Line(w.win, p, p.T("followup.ui.next_title"), p.T("followup.ui.next_text"), "", p.T("followup.ui.next_yes"), func(period string) {
		w.work(i18n.M("followup.ui.job_next"), func(ctx context.Context, progress model.Progress) error {
			_, err := w.session.NextPlan(ctx, period, progress)
			return err
		}, func() {})
	})
}
