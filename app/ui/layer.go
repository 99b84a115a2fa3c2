package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/ask"
	"nabar/app/ui/files"
	"nabar/app/ui/layers"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/rows"
	"nabar/model/symbology"
)

// askGroup asks under which heading a layer shall stand.
func (w *Window) askGroup(l model.Layer) {
	p := w.printer
	ask.Line(w.win, p, p.T("layers.ui.group_title"), p.T("layers.ui.group_name"), l.Group, p.T("layers.ui.group_yes"), func(group string) {
		w.edit(func(ctx context.Context) error { return w.session.GroupLayer(ctx, l, group) })
	})
}

// askScales asks between which scales a layer shall be shown.
func (w *Window) askScales(l model.Layer) {
	p, style := w.printer, w.session.StyleOf(l)
	field := func(v float64) *widgets.Entry {
		if v == 0 {
			return widgets.NewEntry("")
		}
		return widgets.NewEntry(p.Float(v, 0))
	}
	from, to := field(style.ScaleFrom), field(style.ScaleTo)
	sheet := ask.NewSheet(w.win, p.T("layers.ui.scales_title", l.Name))
	body := widgets.Stack(look.Step1, widgets.NewCaption(p.T("layers.ui.scale_from")), from, widgets.NewCaption(p.T("layers.ui.scale_to")), to)
	sheet.Set(widgets.MinWidth(360, body), sheet.Hide, widget.NewButton(p.T("ui.cancel"), sheet.Hide), ask.Primary(p.T("layers.ui.scales_yes"), func() {
		limits := [2]float64{}
		for i, text := range []string{from.Text, to.Text} {
			if strings.TrimSpace(text) == "" {
				continue
			}
			v, err := rows.ParseNumber(text)
			if err != nil || v < 0 {
				w.fail(i18n.Errorf("layers.bad_scale", text))
				return
			}
			limits[i] = v
		}
		sheet.Hide()
		w.edit(func(ctx context.Context) error { return w.session.SetScales(ctx, l, limits[0], limits[1]) })
	}))
	sheet.Show(fyne.Size{}, from)
}

// askExport asks where a layer shall be written, and writes it.
func (w *Window) askExport(l model.Layer) {
	p := w.printer
	opt := files.Options{
		Title: p.T("layers.ui.export_title"), Confirm: p.T("panel.table.export"), Kind: p.T("layers.ui.export_kind"),
		Name: l.Name + ".gpkg", Extensions: []string{".gpkg", ".geojson", ".csv", ".xlsx", ".shp"},
	}
	files.Save(w.win, p, w.dispatch, opt, func(path string) {
		var remarks []i18n.Message
		w.work(i18n.M("session.progress_write", l.Name), func(ctx context.Context, progress model.Progress) (err error) {
			remarks, err = w.session.Export(ctx, l.Name, path, progress)
			return err
		}, func() {
			if len(remarks) == 0 {
				return
			}
			lines := make([]string, len(remarks))
			for i, m := range remarks {
				lines[i] = p.Text(m)
			}
			ask.Tell(w.win, p, l.Name, strings.Join(lines, "\n"))
		})
	})
}

// askStyle shows the dialog of a layer's style. Classes are found in the background while choices are made.
func (w *Window) askStyle(l model.Layer) {
	turn := 0
	var form *layers.StyleForm
	find := func(style symbology.Style, n int) {
		turn++
		mine := turn
		go func() {
			classes, err := w.session.Classify(context.Background(), l, style, n)
			w.dispatch(func() {
				if mine == turn {
					form.Show(layers.Preview(classes), err)
				}
			})
		}()
	}
	form = layers.NewStyleForm(w.printer, w.theme(), l, w.session.StyleOf(l), find)
	sheet := ask.NewSheet(w.win, w.printer.T("style.ui.title", l.Name))
	sheet.Set(form.Object(), sheet.Hide, widget.NewButton(w.printer.T("ui.cancel"), sheet.Hide), ask.Primary(w.printer.T("style.ui.save"), func() {
		style, ok := form.Style()
		if !ok {
			return // what is wrong stands in the form
		}
		sheet.Hide()
		w.edit(func(ctx context.Context) error { return w.session.SetStyle(ctx, style, l) })
	}))
	sheet.Show(fyne.NewSize(560, 620), nil)
	form.Refresh()
}
