package session

import (
	"context"
	"fmt"
	"image"
	"image/draw"
	"math"
	"slices"
	"strconv"
	"strings"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/mapview/render/chart"
	"nabar/model"
	"nabar/model/symbology"
)

// SeriesOptions say at which dates figures are taken, and for whom.
type SeriesOptions struct {
	Dates    []string // ISO, in any order
	By       []string // "sex", "age", or the name of a layer with areas
	Editions bool     // each date takes the people of the edition that fits it, see Editions
}

// maxDates is how many dates a series may have.
const maxDates = 200

// YearDates are the last days of the years from one to another: what Statistics Sweden's counts of people tell of.
func YearDates(from, to int) []string {
	var out []string
	for y := from; y <= to && len(out) <= maxDates; y++ {
		out = append(out, fmt.Sprintf("%04d-12-31", y))
	}
	return out
}

// Series computes a query's figures at several dates, with what opened and closed between them. Nothing of it is stored. A
// date that is none, or a query without any date, is a Problem; so is a type that nobody reaches at any of the dates.
func (s *Session) Series(ctx context.Context, q model.Query, o SeriesOptions, progress model.Progress) (*model.Series, error) {
	progress = orSilent(progress)
	dates := slices.Compact(slices.Sorted(slices.Values(o.Dates)))
	switch {
	case len(dates) == 0:
		return nil, i18n.Errorf("series.no_dates")
	case len(dates) > maxDates:
		return nil, i18n.Errorf("series.too_many_dates", len(dates), maxDates)
	}
	moments, remarks, err := s.moments(ctx, q, dates, o.Editions, part(progress, 0, 0.6))
	if err != nil {
		return nil, err
	}
	q.Date = ""
	options, parted, err := s.figureOptions(ctx, moments.base, FigureOptions{By: o.By})
	if err != nil {
		return nil, err
	}
	out, err := access.Series(ctx, moments.all, withBands(q), options, part(progress, 0.6, 1))
	if err != nil {
		return nil, err
	}
	out.Query.Scenario, out.Query.Profile, out.Query.Demand = moments.query.Scenario, moments.query.Profile, moments.query.Demand
	out.Remarks = slices.Concat(remarks, out.Remarks, parted.remarks)
	return out, nil
}

// seriesMoments is the project at each date of a series.
type seriesMoments struct {
	all   []access.Moment
	base  *model.Snapshot
	query model.Query // by the project's own names
}

// moments prepares the project at each date, on one network.
func (s *Session) moments(ctx context.Context, q model.Query, dates []string, editions bool, progress model.Progress) (*seriesMoments, []i18n.Message, error) {
	all, err := s.Editions(ctx)
	if err != nil {
		return nil, nil, err
	}
	out := &seriesMoments{}
	for i, date := range dates {
		q.Date = date
		if edition := fitting(all, date); editions && edition != nil {
			q.Demand = edition.Demand
		}
		ready, err := s.ready(ctx, q, part(progress, share(i, len(dates)), share(i+1, len(dates))))
		if err != nil {
			return nil, nil, err
		}
		chosen := ready.query(q)
		moment := access.Moment{Date: date, Demand: chosen.Demand, Prepared: ready.Prepared}
		if k := slices.IndexFunc(all, func(e Edition) bool { return strings.EqualFold(e.Demand, chosen.Demand) }); k >= 0 {
			moment.Edition = all[k].Date
		}
		out.all, out.base = append(out.all, moment), ready.base
		if i == 0 {
			out.query = chosen
		}
	}
	var remarks []i18n.Message
	switch first := out.all[0].Edition; {
	case editions && len(all) < 2:
		remarks = append(remarks, i18n.M("series.one_edition"))
	case !editions && first != "":
		remarks = append(remarks, i18n.M("series.same_people", i18n.Date(first)))
	}
	if editions {
		out.query.Demand = ""
	}
	return out, remarks, nil
}

// SeriesTable sets a series out as a table: a row for each date and group.
func (s *Session) SeriesTable(ctx context.Context, series *model.Series) model.Table {
	p := s.Printer()
	t := model.Table{Name: p.T("series.table", s.ServiceLabel(ctx, series.Query.Service))}
	unit, divisor := costUnit(p, series.Query.Impedance)
	words := func(key string) { t.Columns = append(t.Columns, model.TableColumn{Head: p.T("series.col_" + key)}) }
	amount := func(head, unit string, decimals int) {
		t.Columns = append(t.Columns, model.TableColumn{Head: head, Unit: unit, Number: true, Decimals: decimals})
	}
	words("date")
	words("group")
	for _, key := range []string{"facilities", "places", "people", "reached"} {
		amount(p.T("series.col_"+key), "", 0)
	}
	for _, key := range []string{"mean", "median", "p90"} {
		amount(p.T("series.col_"+key), unit, 2)
	}
	for _, label := range symbology.BandLimits(p, series.Query.Bands, series.Query.Impedance) {
		amount(p.T("series.col_within", label), "", 0)
	}
	words("edition")
	words("opened")
	words("closed")
	for i := range series.Points {
		at := &series.Points[i]
		for k, g := range append([]model.Group{at.All}, at.Groups...) {
			t.Rows = append(t.Rows, seriesRow(p, at, &g, k, divisor))
		}
	}
	return t
}

// seriesRow is the row of a group at a date; what opened and closed stands with everybody.
func seriesRow(p *i18n.Printer, at *model.SeriesPoint, g *model.Group, k int, divisor float64) model.TableRow {
	row := model.TableRow{ID: fmt.Sprintf("%s %d", at.Date, k), Cells: []model.TableCell{
		model.Words(at.Date), model.Words(p.Text(g.Name)), model.Amount(float64(at.Facilities)), model.Amount(float64(at.Places)),
		model.Amount(float64(g.People)), model.Amount(float64(g.Reached)),
		model.Amount(g.Mean / divisor), model.Amount(g.Median / divisor), model.Amount(g.P90 / divisor),
	}}
	for _, b := range g.Bands {
		row.Cells = append(row.Cells, model.Amount(float64(b.People)))
	}
	opened, closed := "", ""
	if k == 0 {
		opened, closed = eventNames(at.Opened), eventNames(at.Closed)
	}
	row.Cells = append(row.Cells, model.Words(at.Edition), model.Words(opened), model.Words(closed))
	return row
}

// eventNames lists facilities by name.
func eventNames(events []model.FacilityEvent) string {
	names := make([]string, len(events))
	for i, e := range events {
		names[i] = e.Name
		if e.Name == "" {
			names[i] = e.ID
		}
	}
	return strings.Join(names, ", ")
}

// SeriesChart makes the chart of a series in a theme, with letters of a size.
func (s *Session) SeriesChart(ctx context.Context, series *model.Series, m chart.Measure, t symbology.Theme, size float64) *chart.Line {
	l := chart.OfSeries(s.Printer(), series, m, chart.LookOf(t, size), t)
	l.Title = s.seriesTitle(ctx, series, m)
	return l
}

// seriesTitle says what a chart of a series shows.
func (s *Session) seriesTitle(ctx context.Context, series *model.Series, m chart.Measure) string {
	p := s.Printer()
	service := strings.ToLower(p.Text(s.ServiceLabel(ctx, series.Query.Service)))
	if m.Kind == chart.Within {
		to := symbology.BandLimits(p, []float64{m.To}, series.Query.Impedance)[0]
		return p.T("series.title_within", to, service, s.Kommun().Name)
	}
	return p.T("series.title_"+string(m.Kind)+"_"+string(series.Query.Impedance), service, s.Kommun().Name)
}

// Size of the picture of a chart in pixels, and of its letters.
const (
	seriesWidth, seriesHeight = 1200, 560
	seriesLetters             = 20
)

// WriteSeriesChart writes the chart of a series as a picture, .png.
func (s *Session) WriteSeriesChart(ctx context.Context, path string, series *model.Series, m chart.Measure) error {
	return writeChart(path, s.SeriesChart(ctx, series, m, symbology.Light, seriesLetters))
}

// writeChart writes a chart as a picture, .png.
func writeChart(path string, l *chart.Line) error {
	if ext := strings.ToLower(path[max(0, len(path)-4):]); ext != ".png" {
		return i18n.Errorf("session.format_out", ext, ".png")
	}
	img := image.NewRGBA(image.Rect(0, 0, seriesWidth, seriesHeight))
	draw.Draw(img, img.Rect, image.NewUniform(symbology.PaletteOf(symbology.Light).Paper.NRGBA()), image.Point{}, draw.Src)
	const margin = 24
	inner := img.SubImage(img.Rect.Inset(margin)).(*image.RGBA)
	l.Paint(render.NewRaster(inner), seriesWidth-2*margin, seriesHeight-2*margin)
	return writePNG(path, img)
}

// ParseMeasure reads the figure that a chart shows: "mean", "median", "p90", or a limit in metres or seconds, for the share
// of the people within it.
func ParseMeasure(text string) (chart.Measure, error) {
	switch m := chart.MeasureKind(text); m {
	case chart.Mean, chart.Median, chart.P90:
		return chart.Measure{Kind: m}, nil
	}
	to, err := strconv.ParseFloat(text, 64)
	if err != nil || !(to > 0) || math.IsInf(to, 0) {
		return chart.Measure{}, i18n.Errorf("series.measure_wrong", text)
	}
	return chart.Measure{Kind: chart.Within, To: to}, nil
}

// LastYear is the last year whose end the project's service places tell of, 0 where they tell of no day.
func LastYear(s *model.Snapshot) int {
	last := s.Params.Date
	if last == "" {
		for i := range s.Facilities {
			last = max(last, s.Facilities[i].AsOf)
		}
	}
	if !model.IsDate(last) {
		return 0
	}
	year, _ := strconv.Atoi(last[:4])
	if last[4:] != "-12-31" {
		year--
	}
	return year
}
