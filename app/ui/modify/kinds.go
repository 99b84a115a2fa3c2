package modify

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/mapview"
	"nabar/model/scenario"
)

// fields makes the rows of a kind's form and gives what reads them.
func (f *Form) fields(kind scenario.Kind, m scenario.Modification) func() scenario.Modification {
	switch kind {
	case scenario.KindClose:
		place := f.place(given[scenario.ClosePlace](m).ID)
		return func() scenario.Modification { return scenario.ClosePlace{ID: place()} }
	case scenario.KindOpen:
		return f.open(given[scenario.OpenPlace](m))
	case scenario.KindMove:
		was := given[scenario.MovePlace](m)
		place, at := f.place(was.ID), f.point(was.At)
		return func() scenario.Modification { return scenario.MovePlace{ID: place(), At: at()} }
	case scenario.KindConvert:
		was := given[scenario.Convert](m)
		place, types, form := f.place(was.ID), f.types(was.Types), f.text("mods.field_form", was.Form)
		return func() scenario.Modification {
			return scenario.Convert{ID: place(), Types: types(), Form: trimmed(form)}
		}
	case scenario.KindServices:
		was := given[scenario.AddServices](m)
		place, types, form := f.place(was.ID), f.types(was.Types), f.text("mods.field_form", was.Form)
		return func() scenario.Modification {
			return scenario.AddServices{ID: place(), Types: types(), Form: trimmed(form)}
		}
	case scenario.KindHours:
		return f.hours(given[scenario.SetHours](m))
	case scenario.KindMobile:
		return f.mobile(given[scenario.MobileShop](m))
	case scenario.KindLocker:
		was := given[scenario.ParcelLocker](m)
		name, at := f.text("mods.field_name", was.Name), f.point(was.At)
		return func() scenario.Modification { return scenario.ParcelLocker{Name: trimmed(name), At: at()} }
	case scenario.KindDelivery:
		return f.delivery(given[scenario.DeliveryZone](m))
	}
	return f.moreFields(kind, m)
}

// moreFields are the forms of roads and people.
func (f *Form) moreFields(kind scenario.Kind, m scenario.Modification) func() scenario.Modification {
	switch kind {
	case scenario.KindNewRoad:
		return f.newRoad(given[scenario.NewRoad](m))
	case scenario.KindRoad:
		return f.changeRoad(given[scenario.ChangeRoad](m))
	case scenario.KindCloseRoad:
		was := given[scenario.CloseRoad](m)
		road, name := f.road(was.Layer, was.FID), f.text("mods.field_road_name", was.Name)
		return func() scenario.Modification {
			layer, fid := road()
			return scenario.CloseRoad{Layer: layer, FID: fid, Name: trimmed(name)}
		}
	case scenario.KindCloseFerry:
		was := given[scenario.CloseFerry](m)
		road, name := f.road(was.Layer, was.FID), f.text("mods.field_road_name", was.Name)
		return func() scenario.Modification {
			layer, fid := road()
			return scenario.CloseFerry{Layer: layer, FID: fid, Name: trimmed(name)}
		}
	case scenario.KindPeople:
		return f.people(given[scenario.ChangePeople](m))
	case scenario.KindHousing:
		return f.housing(given[scenario.AddPeople](m))
	case scenario.KindForecast:
		return f.forecast(given[scenario.Forecast](m))
	}
	return func() scenario.Modification { return scenario.FerriesOff{} }
}

func (f *Form) open(was scenario.OpenPlace) func() scenario.Modification {
	name, types, at := f.text("mods.field_name", was.Name), f.types(was.Types), f.point(was.At)
	return func() scenario.Modification {
		return scenario.OpenPlace{Name: trimmed(name), Types: types(), At: at()}
	}
}

func (f *Form) hours(was scenario.SetHours) func() scenario.Modification {
	staff := ""
	if was.Staffed != nil {
		staff = fmt.Sprint(*was.Staffed)
	}
	place, hours := f.place(was.ID), f.text("mods.field_hours", was.Hours)
	list, staffed := f.selection("mods.field_staffed", staff, []Choice{
		{"", f.printer.T("mods.form_as_now")}, {"true", f.printer.T("mods.form_staffed")}, {"false", f.printer.T("mods.form_unstaffed")},
	})
	f.row("mods.field_staffed", list)
	return func() scenario.Modification {
		m := scenario.SetHours{ID: place(), Hours: trimmed(hours)}
		if said := staffed(); said != "" {
			on := said == "true"
			m.Staffed = &on
		}
		return m
	}
}

// mobile has a line for each stop: "E, N: 1, 4: name".
func (f *Form) mobile(was scenario.MobileShop) func() scenario.Modification {
	name, types := f.text("mods.field_name", was.Name), f.types(was.Types)
	stops := widget.NewMultiLineEntry()
	stops.SetMinRowsVisible(5)
	stops.SetPlaceHolder(f.printer.T("mods.form_stops"))
	lines := make([]string, len(was.Stops))
	for i, s := range was.Stops {
		lines[i] = stopLine(s)
	}
	stops.SetText(strings.Join(lines, "\n"))
	add := f.picker("mods.form_stop", mapview.PointShape, func(p []orb.Point) {
		text := strings.TrimRight(stops.Text, "\n")
		if text != "" {
			text += "\n"
		}
		stops.SetText(text + stopLine(scenario.Stop{At: p[0], Days: []int{1}}))
	})
	f.row("mods.field_stops", widgets.Stack(look.Step1, fyne.CanvasObject(stops), add))
	return func() scenario.Modification {
		m := scenario.MobileShop{Name: trimmed(name), Types: types()}
		for _, line := range strings.Split(stops.Text, "\n") {
			if strings.TrimSpace(line) == "" {
				continue
			}
			stop, ok := readStop(line)
			if !ok {
				f.bad("mods.field_stops")
			}
			m.Stops = append(m.Stops, stop)
		}
		if len(m.Stops) == 0 || m.Name == "" {
			f.bad("mods.field_stops")
		}
		return m
	}
}

// stopLine writes a stop as a line.
func stopLine(s scenario.Stop) string {
	days := make([]string, len(s.Days))
	for i, d := range s.Days {
		days[i] = strconv.Itoa(d)
	}
	out := widgets.PointText(s.At) + ": " + strings.Join(days, ", ")
	if s.Name != "" || s.Hours != "" {
		out += ": " + s.Name
	}
	if s.Hours != "" {
		out += ": " + s.Hours
	}
	return out
}

// readStop reads a line: position, days by number, and if told name and hours, with colons between. Hours may hold colons.
func readStop(line string) (s scenario.Stop, ok bool) {
	parts := strings.SplitN(line, ":", 4)
	if len(parts) < 2 {
		return s, false
	}
	if s.At, ok = widgets.ReadPoint(parts[0]); !ok {
		return s, false
	}
	for _, word := range strings.FieldsFunc(parts[1], func(r rune) bool { return r == ',' || r == ' ' || r == '+' }) {
		day, err := strconv.Atoi(word)
		if err != nil {
			return s, false
		}
		s.Days = append(s.Days, day)
	}
	slices.Sort(s.Days)
	if len(parts) > 2 {
		s.Name = strings.TrimSpace(parts[2])
	}
	if len(parts) > 3 {
		s.Hours = strings.TrimSpace(parts[3])
	}
	return s, true
}

func (f *Form) delivery(was scenario.DeliveryZone) func() scenario.Modification {
	types, area, days := f.types(was.Types), f.area(false, was.Area, was.Where), f.number("mods.field_days", float64(was.Days))
	return func() scenario.Modification {
		m := scenario.DeliveryZone{Types: types(), Days: f.whole("mods.field_days", days())}
		m.Area, m.Where = area()
		return m
	}
}

// whole is a whole number.
func (f *Form) whole(key string, v float64) int {
	if v != math.Trunc(v) || math.Abs(v) > 1e9 {
		f.bad(key)
		return 0
	}
	return int(v)
}

func (f *Form) newRoad(was scenario.NewRoad) func() scenario.Modification {
	name := f.text("mods.field_road_name", was.Name)
	var within *widgets.Entry
	line := f.drawn("mods.field_line", "mods.form_line", mapview.LineShape, was.Line, func() {
		if reach := math.Round(f.offer.Reach()); reach > scenario.UsualReach { // at a small scale nobody can click nearer
			within.SetText(strconv.FormatFloat(min(reach, scenario.MostReach), 'f', -1, 64))
		}
	})
	speed, oneWay := f.number("mods.field_speed", float64(was.Speed)), f.check("mods.field_one_way", was.OneWay)
	length := f.number("mods.field_length", was.Length)
	var reach func() float64
	within, reach = f.numberEntry("mods.field_reach", was.Reach)
	return func() scenario.Modification {
		return scenario.NewRoad{
			Name: trimmed(name), Line: line(), Speed: f.whole("mods.field_speed", speed()), OneWay: oneWay.Checked, Length: length(), Reach: reach(),
		}
	}
}

func (f *Form) changeRoad(was scenario.ChangeRoad) func() scenario.Modification {
	road, name := f.road(was.Layer, was.FID), f.text("mods.field_road_name", was.Name)
	speed := f.number("mods.field_speed", float64(was.Speed))
	list, way := f.selection("mods.field_direction", string(was.Direction), []Choice{
		{"", f.printer.T("mods.form_as_now")},
		{string(scenario.BothWays), f.printer.T("mods.form_both")},
		{string(scenario.Forward), f.printer.T("mods.form_forward")},
		{string(scenario.Backward), f.printer.T("mods.form_backward")},
	})
	f.row("mods.field_direction", list)
	return func() scenario.Modification {
		layer, fid := road()
		return scenario.ChangeRoad{Layer: layer, FID: fid, Name: trimmed(name), Speed: f.whole("mods.field_speed", speed()), Direction: scenario.Direction(way())}
	}
}

func (f *Form) people(was scenario.ChangePeople) func() scenario.Modification {
	percent := f.number("mods.field_percent", was.Percent)
	from, to := "", ""
	if was.Ages != nil {
		from = strconv.Itoa(was.Ages.From)
		if was.Ages.To >= 0 {
			to = strconv.Itoa(was.Ages.To)
		}
	}
	first, last := f.text("mods.field_age_from", from), f.text("mods.field_age_to", to)
	area := f.area(true, was.Area, was.Where)
	return func() scenario.Modification {
		m := scenario.ChangePeople{Percent: percent()}
		m.Area, m.Where = area()
		if trimmed(first) == "" && trimmed(last) == "" {
			return m
		}
		span := scenario.AgeSpan{To: -1}
		var err error
		if trimmed(first) != "" {
			if span.From, err = strconv.Atoi(trimmed(first)); err != nil {
				f.bad("mods.field_age_from")
			}
		}
		if trimmed(last) != "" {
			if span.To, err = strconv.Atoi(trimmed(last)); err != nil || span.To < span.From {
				f.bad("mods.field_age_to")
			}
		}
		m.Ages = &span
		return m
	}
}

func (f *Form) housing(was scenario.AddPeople) func() scenario.Modification {
	name, at, people := f.text("mods.field_name", was.Name), f.point(was.At), f.number("mods.field_people", float64(was.People))
	average := f.check("mods.field_average", was.Average)
	return func() scenario.Modification {
		m := scenario.AddPeople{Name: trimmed(name), At: at(), People: f.whole("mods.field_people", people()), Average: average.Checked}
		if !m.Average && m.People == was.People {
			m.Women, m.Ages = was.Women, was.Ages
		}
		return m
	}
}

func (f *Form) forecast(was scenario.Forecast) func() scenario.Modification {
	now := ""
	if was.Layer != "" {
		now = was.Layer + "." + was.Column
	}
	choices := make([]Choice, len(f.offer.Columns))
	for i, c := range f.offer.Columns {
		choices[i] = Choice{c, c}
	}
	column := f.choose("mods.field_column", now, choices)
	return func() scenario.Modification {
		id := column()
		i := strings.LastIndex(id, ".")
		if i < 0 {
			return scenario.Forecast{}
		}
		return scenario.Forecast{Layer: id[:i], Column: id[i+1:]}
	}
}
