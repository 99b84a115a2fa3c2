package ui

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/files"
	"nabar/app/ui/look"
	"nabar/app/ui/table"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/mapview/render/chart"
	"nabar/model"
	"nabar/model/symbology"
)

// development is the sheet that follows the figures over years.
type development struct {
	w        *Window
	query    model.Query
	sheet    *ask.Sheet
	from, to *widgets.Entry
	measure  *widget.Select
	measures []chart.Measure
	bySex    *widget.Check
	editions *widget.Check
	drawing  *widgets.Drawing
	table    *table.Table
	notes    *widget.Label
	fault    *widget.Label
	save     *widget.Button
	series   *model.Series
	asked    int // counts the questions, so that a slow answer does not cover a later one
}

// Sizes of the sheet, in units.
const (
	chartHigh     = 270
	chartLetters  = 13
	yearWidth     = 80
	yearsAtFirst  = 10
	developedWide = 1040
	developedHigh = 760
)

// showDevelopment shows how the figures of what is chosen have developed over the last years.
func (w *Window) showDevelopment() {
	if !w.state.open || w.state.missing != "" {
		return
	}
	d := newDevelopment(w)
	d.sheet.Show(fyne.NewSize(developedWide, developedHigh), d.from)
	d.compute()
}

// newDevelopment makes the sheet, not shown yet.
func newDevelopment(w *Window) *development {
	p := w.printer
	d := &development{w: w, query: w.state.choice.query(), drawing: widgets.NewDrawing(), notes: widgets.Wrapped(""), fault: widgets.Wrapped("")}
	d.query.Date = ""
	d.sheet = ask.NewSheet(w.win, p.T("series.development_title", w.typeName(d.query.Service)))
	last := session.LastYear(w.state.snapshot)
	d.from, d.to = d.year(last-yearsAtFirst), d.year(last)
	d.measure = widget.NewSelect(d.measureNames(), func(string) { d.show() })
	d.measure.SetSelectedIndex(0)
	d.bySex = widget.NewCheck(p.T("series.by_sex"), func(bool) { d.compute() })
	d.editions = widget.NewCheck(p.T("series.by_edition"), func(bool) { d.compute() })
	d.fault.Importance = widget.DangerImportance
	d.fault.Hide()
	d.notes.Hide()
	d.table = w.newTable(model.Table{}, nil)
	d.save = widget.NewButton(p.T("series.save_chart"), d.askChart)
	d.save.Disable()
	choices := container.NewHBox(
		widget.NewLabel(p.T("series.years")), widgets.MinWidth(yearWidth, d.from), widget.NewLabel("–"), widgets.MinWidth(yearWidth, d.to),
		widget.NewButton(p.T("series.show"), d.compute), widgets.Gap(look.Step4), d.measure, d.bySex, d.editions)
	top := widgets.Stack(look.Step2, choices, d.fault, d.drawing, d.notes)
	d.sheet.Set(container.NewBorder(top, nil, nil, nil, d.table.Object()), d.sheet.Hide, d.save, ask.Primary(p.T("ui.close"), d.sheet.Hide))
	return d
}

// year is the entry of a year.
func (d *development) year(y int) *widgets.Entry {
	e := widgets.NewEntry(strconv.Itoa(y))
	e.OnEscape = d.sheet.Hide
	e.OnSubmitted = func(string) { d.compute() }
	return e
}

// measureNames are the figures that the chart can show.
func (d *development) measureNames() []string {
	p := d.w.printer
	d.measures = []chart.Measure{{Kind: chart.Mean}, {Kind: chart.Median}, {Kind: chart.P90}}
	names := []string{p.T("series.col_mean"), p.T("series.col_median"), p.T("series.col_p90")}
	bands := d.query.Bands
	if bands == nil {
		bands = model.DefaultBands(d.query.Impedance)
	}
	for i, label := range symbology.BandLimits(p, bands, d.query.Impedance) {
		d.measures = append(d.measures, chart.Measure{Kind: chart.Within, To: bands[i]})
		names = append(names, p.T("series.col_within", label))
	}
	return names
}

// compute takes the series of the chosen years in the background.
func (d *development) compute() {
	from, errA := strconv.Atoi(strings.TrimSpace(d.from.Text))
	to, errB := strconv.Atoi(strings.TrimSpace(d.to.Text))
	if errA != nil || errB != nil || from < 1000 || to > 9999 || to < from {
		d.complain(d.w.printer.T("series.years_hint"))
		return
	}
	o := session.SeriesOptions{Dates: session.YearDates(from, to), Editions: d.editions.Checked}
	if d.bySex.Checked {
		o.By = []string{string(model.BySex)}
	}
	d.asked++
	asked, w := d.asked, d.w
	var series *model.Series
	var fault error
	w.work(i18n.M("series.job"), func(ctx context.Context, progress model.Progress) error {
		series, fault = w.session.Series(ctx, d.query, o, progress)
		return ctx.Err()
	}, func() {
		switch {
		case asked != d.asked:
		case fault != nil:
			d.complain(w.printer.Error(fault))
		default:
			d.series = series
			d.show()
		}
	})
}

// complain says what is wrong with what was entered.
func (d *development) complain(text string) {
	d.fault.SetText(text)
	d.fault.Show()
}

// show draws the chart and fills the table.
func (d *development) show() {
	if d.series == nil {
		return
	}
	ctx, w := context.Background(), d.w
	d.fault.Hide()
	d.save.Enable()
	data := w.session.SeriesTable(ctx, d.series)
	line := w.session.SeriesChart(ctx, d.series, d.chosen(), w.theme(), chartLetters)
	d.drawing.Set(line.Paint, line.Title+". "+data.TSV(w.printer, func(s string) string { return s }), chartHigh)
	d.table.Set(data)
	var notes []string
	for _, m := range d.series.Remarks {
		notes = append(notes, w.printer.Text(m))
	}
	d.notes.SetText(strings.Join(notes, " "))
	widgets.Show(d.notes, len(notes) > 0)
}

// chosen is the figure that the chart shows.
func (d *development) chosen() chart.Measure { return d.measures[max(d.measure.SelectedIndex(), 0)] }

// askChart asks where the chart shall be written as a picture, and writes it.
func (d *development) askChart() {
	p := d.w.printer
	opt := files.Options{
		Title: p.T("series.save_chart"), Confirm: p.T("series.save"), Kind: p.T("series.picture_files"),
		Name: p.T("series.table", d.w.typeName(d.query.Service)) + ".png", Extensions: []string{".png"},
	}
	series, measure := d.series, d.chosen()
	files.Save(d.w.win, p, d.w.dispatch, opt, func(path string) {
		d.w.edit(func(ctx context.Context) error { return d.w.session.WriteSeriesChart(ctx, path, series, measure) })
	})
}
