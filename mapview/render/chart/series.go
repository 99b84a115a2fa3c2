package chart

import (
	"math"
	"strings"
	"time"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// Measure is the figure of a series that a chart shows.
type Measure struct {
	Kind MeasureKind
	To   float64 // of Within: metres or seconds, one of the query's limits
}

// MeasureKind is a kind of figure.
type MeasureKind string

// The kinds of figures.
const (
	Mean   MeasureKind = "mean"
	Median MeasureKind = "median"
	P90    MeasureKind = "p90"
	Within MeasureKind = "within" // share of the people at or under a limit
)

// of gives a group's figure in metres, seconds or percent; NaN where there is none.
func (m Measure) of(g *model.Group) float64 {
	switch m.Kind {
	case Median:
		return g.Median
	case P90:
		return g.P90
	case Within:
		for _, b := range g.Bands {
			if b.To == m.To && g.People > 0 {
				return 100 * float64(b.People) / float64(g.People)
			}
		}
		return math.NaN()
	}
	return g.Mean
}

// mostSeries is how many lines a chart shows at most: more are not told apart.
const mostSeries = 8

// OfSeries makes the chart of a series: a line for everybody and one for each group, up to eight, in minutes, kilometres,
// metres or percent. The upright axis begins at 0.
func OfSeries(p *i18n.Printer, s *model.Series, m Measure, look Look, t symbology.Theme) *Line {
	l := &Line{Look: look}
	groups := min(1+len(s.Points[0].Groups), mostSeries)
	top := 0.0
	for k := range groups {
		line := Series{}
		line.Colour, line.Mark, line.Dash = Styles(k, t)
		for i := range s.Points {
			g := groupAt(&s.Points[i], k)
			line.Name = p.Text(g.Name)
			v := m.of(g)
			line.Points = append(line.Points, Point{day(s.Points[i].Date), v})
			if v > top {
				top = v
			}
		}
		l.Series = append(l.Series, line)
	}
	divisor := l.scale(p, s.Query.Impedance, m, top)
	for k := range l.Series {
		for i := range l.Series[k].Points {
			l.Series[k].Points[i].Y /= divisor
		}
	}
	l.X = dateTicks(p, s)
	return l
}

// groupAt is group k of a point, everybody for 0.
func groupAt(p *model.SeriesPoint, k int) *model.Group {
	if k == 0 {
		return &p.All
	}
	return &p.Groups[k-1]
}

// scale chooses the unit and the ticks, and gives what a metre, second or percent is divided by.
func (l *Line) scale(p *i18n.Printer, i model.Impedance, m Measure, top float64) float64 {
	unit, divisor := "map.unit.m", 1.0
	switch {
	case m.Kind == Within:
		l.Unit = "%"
		l.Y = Scale(0, 100, 6, p.Float)
		return 1
	case i == model.Time:
		unit, divisor = "map.unit.min", 60
	case top >= 1000:
		unit, divisor = "map.unit.km", 1000
	}
	l.Unit = p.T(unit)
	l.Y = Scale(0, top/divisor, 6, p.Float)
	return divisor
}

// day is a date as a number of days.
func day(iso string) float64 {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return 0
	}
	return float64(t.Unix()) / 86400
}

// dateTicks writes the dates under the chart: the years alone where all are the same day of different years.
func dateTicks(p *i18n.Printer, s *model.Series) []Tick {
	years := true
	for i := 1; i < len(s.Points); i++ {
		years = years && s.Points[i].Date[4:] == s.Points[0].Date[4:]
	}
	var out []Tick
	for i := range s.Points {
		label := p.Date(s.Points[i].Date)
		if years {
			label, _, _ = strings.Cut(s.Points[i].Date, "-")
		}
		out = append(out, Tick{day(s.Points[i].Date), label})
	}
	return out
}
