package chart_test

import (
	"fmt"
	"image"
	"image/draw"
	"math"
	"testing"

	"nabar/internal/golden"
	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/mapview/render/chart"
	"nabar/model"
	"nabar/model/symbology"
)

// drawn paints a chart on the theme's paper.
func drawn(w, h int, t symbology.Theme, paint func(c render.Canvas, w, h float64)) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, image.NewUniform(symbology.PaletteOf(t).Paper.NRGBA()), image.Point{}, draw.Src)
	paint(render.NewRaster(img), float64(w), float64(h))
	return img
}

// years makes a chart with a series for each row of values, one value a year from 2015 on.
func years(t symbology.Theme, names []string, rows ...[]float64) *chart.Line {
	p := i18n.For(i18n.Swedish)
	l := &chart.Line{Look: chart.LookOf(t, 13), Unit: "km"}
	top := 0.0
	for i, row := range rows {
		s := chart.Series{Name: names[i]}
		s.Colour, s.Mark, s.Dash = chart.Styles(i, t)
		for k, v := range row {
			s.Points = append(s.Points, chart.Point{X: float64(2015 + k), Y: v})
			if !math.IsNaN(v) {
				top = max(top, v)
			}
		}
		l.Series = append(l.Series, s)
	}
	l.Y = chart.Scale(0, top, 6, p.Float)
	for k := range rows[0] {
		l.X = append(l.X, chart.Tick{At: float64(2015 + k), Label: fmt.Sprint(2015 + k)})
	}
	return l
}

func TestGoldenLine(t *testing.T) {
	nan := math.NaN()
	names := []string{"Alla", "Kvinnor", "Män", "65 år och äldre", "0–5 år"}
	many := [][]float64{
		{4.1, 4.1, 4.3, 4.3, 5.2, 5.2, 5.0, 5.9, 5.9, 5.9, 6.1},
		{4.0, 4.0, 4.2, 4.2, 5.1, 5.1, 4.9, 5.8, 5.8, 5.8, 6.0},
		{4.2, 4.2, 4.4, 4.4, 5.3, 5.3, 5.1, 6.0, 6.0, 6.0, 6.2},
		{5.9, 5.9, 6.2, 6.2, nan, nan, 7.4, 8.8, 8.8, 8.8, 9.1},
		{3.0, 3.0, 3.1, 3.1, 3.3, 3.3, 3.2, 3.9, 3.9, 3.9, 4.0},
	}
	golden.Image(t, "line-light", drawn(640, 300, symbology.Light, years(symbology.Light, names, many...).Paint))
	golden.Image(t, "line-dark", drawn(640, 300, symbology.Dark, years(symbology.Dark, names[:2], many[0], many[3]).Paint))
	golden.Image(t, "line-one", drawn(300, 160, symbology.Light, years(symbology.Light, names, many[0]).Paint))
}

func TestGoldenBars(t *testing.T) {
	look := chart.LookOf(symbology.Light, 12)
	bars := chart.Bars{Look: look, Rows: []chart.Bar{
		{Label: "inom 5 km", Value: "12 345 (62 %)", Share: 0.62, Colour: symbology.RGB(0x0f4c5c)},
		{Label: "inom 10 km", Value: "18 900 (95 %)", Share: 0.95, Colour: symbology.RGB(0x0f4c5c)},
		{Label: "nås inte", Value: "20 (0 %)", Share: 0.001, Colour: symbology.RGB(0xcc4a12)},
	}}
	golden.Image(t, "bars", drawn(420, 90, symbology.Light, bars.Paint))
	bars.Rows[0].Parts = []chart.Part{{Share: 0.4, Colour: symbology.RGB(0x0f4c5c)}, {Share: 0.22, Colour: symbology.RGB(0x9cc9d1)}, {}}
	for i := range bars.Rows {
		bars.Rows[i].Note = "kvinnor 61,9 %, män 62,1 %"
	}
	golden.Image(t, "bars-noted", drawn(420, 130, symbology.Light, bars.Paint))
}

func TestScaleHoldsTheValuesInRoundSteps(t *testing.T) {
	plain := func(v float64, d int) string { return fmt.Sprintf("%.*f", d, v) }
	cases := []struct {
		low, high float64
		most      int
		want      []string
	}{
		{0, 6.2, 6, []string{"0", "2", "4", "6", "8"}},
		{0, 10, 6, []string{"0", "2", "4", "6", "8", "10"}},
		{0, 0.34, 5, []string{"0.0", "0.1", "0.2", "0.3", "0.4"}},
		{0, 48211, 4, []string{"0", "20000", "40000", "60000"}},
		{0, 0, 5, []string{"0.0", "0.5", "1.0"}},
		{-3, 4, 5, []string{"-4", "-2", "0", "2", "4"}},
	}
	for _, c := range cases {
		var got []string
		for _, tick := range chart.Scale(c.low, c.high, c.most, plain) {
			got = append(got, tick.Label)
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%g to %g in %d: %v, want %v", c.low, c.high, c.most, got, c.want)
		}
	}
	for high := 0.001; high < 1e7; high *= 1.37 {
		for most := 2; most < 9; most++ {
			ticks := chart.Scale(0, high, most, plain)
			if n := len(ticks); n > most || ticks[0].At != 0 || ticks[n-1].At < high*(1-1e-9) {
				t.Fatalf("0 to %g in %d: %v", high, most, ticks)
			}
		}
	}
}

func TestNearFindsTheValueUnderThePointer(t *testing.T) {
	l := years(symbology.Light, []string{"A", "B"}, []float64{1, 2, math.NaN()}, []float64{4, 4, 4})
	found := map[[2]int]bool{}
	for x := 0.0; x < 400; x += 2 {
		for y := 0.0; y < 200; y += 2 {
			if s, p, ok := l.Near(x, y, 400, 200, 8); ok {
				found[[2]int{s, p}] = true
			}
		}
	}
	if len(found) != 5 || found[[2]int{0, 2}] {
		t.Errorf("found %v, want every point but the gap", found)
	}
}

func TestEmptyChartsArePainted(t *testing.T) {
	l := chart.Line{Look: chart.LookOf(symbology.Light, 12)}
	drawn(100, 50, symbology.Light, l.Paint)
	b := chart.Bars{Look: l.Look}
	drawn(100, 50, symbology.Light, b.Paint)
}

// TestChartOfASeries holds the chart to its series: kilometres from metres, years under it, a line for each group.
func TestChartOfASeries(t *testing.T) {
	p := i18n.For(i18n.Swedish)
	group := func(name string, mean float64, within int) model.Group {
		return model.Group{Name: i18n.Plain(name), People: 100, Mean: mean, Bands: []model.Band{{To: 5000, People: within}}}
	}
	s := &model.Series{Query: model.Query{Impedance: model.Distance}, Points: []model.SeriesPoint{
		{Date: "2015-12-31", All: group("Alla", 4000, 70), Groups: []model.Group{group("Kvinnor", 4100, 68)}},
		{Date: "2016-12-31", All: group("Alla", math.NaN(), 0), Groups: []model.Group{group("Kvinnor", math.NaN(), 0)}},
		{Date: "2017-12-31", All: group("Alla", 6200, 35), Groups: []model.Group{group("Kvinnor", 6300, 30)}},
	}}
	l := chart.OfSeries(p, s, chart.Measure{Kind: chart.Mean}, chart.LookOf(symbology.Light, 12), symbology.Light)
	if l.Unit != "km" || len(l.Series) != 2 || l.Series[0].Points[0].Y != 4 || !math.IsNaN(l.Series[0].Points[1].Y) || l.Series[1].Points[2].Y != 6.3 {
		t.Errorf("chart %+v", l)
	}
	if l.X[0].Label != "2015" || l.Y[0].At != 0 || l.Y[len(l.Y)-1].At != 8 {
		t.Errorf("axes %v, %v", l.X, l.Y)
	}
	l = chart.OfSeries(p, s, chart.Measure{Kind: chart.Within, To: 5000}, l.Look, symbology.Light)
	if l.Unit != "%" || l.Series[0].Points[2].Y != 35 || l.Y[len(l.Y)-1].At != 100 {
		t.Errorf("shares %+v", l)
	}
	s.Points[1].Date = "2016-05-01"
	if l = chart.OfSeries(p, s, chart.Measure{Kind: chart.Median}, l.Look, symbology.Light); l.X[1].Label != p.Date("2016-05-01") {
		t.Errorf("dates %v", l.X)
	}
}
