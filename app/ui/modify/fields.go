package modify

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/mapview"
)

// text is a line of text.
func (f *Form) text(key, value string) *widgets.Entry {
	e := widgets.NewEntry(value)
	e.OnEscape = f.sheet.Hide
	f.row(key, e)
	return e
}

// number is a number, "" for none. read gives 0 for none.
func (f *Form) number(key string, value float64) (read func() float64) {
	_, read = f.numberEntry(key, value)
	return read
}

// numberEntry is number with what it is written in.
func (f *Form) numberEntry(key string, value float64) (e *widgets.Entry, read func() float64) {
	text := ""
	if value != 0 {
		text = strings.Replace(strconv.FormatFloat(value, 'f', -1, 64), ".", ",", 1)
	}
	e = f.text(key, text)
	return e, func() float64 {
		if trimmed(e) == "" {
			return 0
		}
		v, err := strconv.ParseFloat(strings.NewReplacer(",", ".", "−", "-", " ", "", i18n.NBSP, "", "%", "").Replace(e.Text), 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			f.bad(key)
		}
		return v
	}
}

// choose is one of several. One that is not among them stays by its id.
func (f *Form) choose(key, id string, among []Choice) (read func() string) {
	s, read := f.selection(key, id, among)
	f.row(key, s)
	return read
}

// selection is the list of choose, without a row of its own.
func (f *Form) selection(key, id string, among []Choice) (*widget.Select, func() string) {
	if id != "" && !slices.ContainsFunc(among, func(c Choice) bool { return c.ID == id }) {
		among = append(slices.Clone(among), Choice{id, id})
	}
	labels := make([]string, len(among))
	for i, c := range among {
		labels[i] = c.Label
	}
	s := widget.NewSelect(labels, nil)
	s.PlaceHolder = f.printer.T("mods.form_choose")
	if i := slices.IndexFunc(among, func(c Choice) bool { return c.ID == id }); i >= 0 {
		s.SetSelectedIndex(i)
	}
	return s, func() string {
		if i := s.SelectedIndex(); i >= 0 {
			return among[i].ID
		}
		f.bad(key)
		return ""
	}
}

// place is a facility; its name comes with it.
func (f *Form) place(id string) (read func() string) {
	return f.choose("mods.field_place", id, f.offer.Places)
}

// types are service types, in the order of the project; at least one.
func (f *Form) types(chosen []string) (read func() []string) {
	g := container.NewGridWithColumns(2)
	boxes := make([]*widget.Check, len(f.offer.Types))
	for i, t := range f.offer.Types {
		boxes[i] = widget.NewCheck(t.Label, nil)
		boxes[i].SetChecked(slices.Contains(chosen, t.ID))
		g.Add(boxes[i])
	}
	f.row("mods.field_types", g)
	return func() (out []string) {
		for _, id := range chosen { // those that were chosen keep their order: the first keeps the id of the place
			if i := slices.IndexFunc(f.offer.Types, func(t Choice) bool { return t.ID == id }); i >= 0 && boxes[i].Checked {
				out = append(out, id)
			}
		}
		for i, t := range f.offer.Types {
			if boxes[i].Checked && !slices.Contains(out, t.ID) {
				out = append(out, t.ID)
			}
		}
		if len(out) == 0 {
			f.bad("mods.field_types")
		}
		return out
	}
}

// check is a yes or no.
func (f *Form) check(key string, on bool) *widget.Check {
	c := widget.NewCheck(f.printer.T(key), nil)
	c.SetChecked(on)
	f.pairs = append(f.pairs, widget.NewLabel(""), c)
	return c
}

// picker is a button that leads to the map.
func (f *Form) picker(label string, shape mapview.Shape, done func([]orb.Point)) *widget.Button {
	return widget.NewButton(f.printer.T(label), func() { f.pick(shape, done) })
}

// point is a position, written or pointed out on the map.
func (f *Form) point(at orb.Point) (read func() orb.Point) {
	text := ""
	if at != (orb.Point{}) {
		text = widgets.PointText(at)
	}
	e := widgets.NewEntry(text)
	e.OnEscape = f.sheet.Hide
	e.SetPlaceHolder(f.printer.T("mods.form_position"))
	f.row("mods.field_position", widgets.Ends(e, f.picker("mods.form_point", mapview.PointShape, func(p []orb.Point) { e.SetText(widgets.PointText(p[0])) })))
	return func() orb.Point {
		at, ok := widgets.ReadPoint(e.Text)
		if !ok {
			f.bad("mods.field_position")
		}
		return at
	}
}

// drawn is a shape that is drawn on the map; then is called once it is.
func (f *Form) drawn(key, button string, shape mapview.Shape, points []orb.Point, then func()) (read func() []orb.Point) {
	told := widget.NewLabel("")
	tell := func() { told.SetText(f.printer.T("mods.form_points", len(points))) }
	tell()
	f.row(key, widgets.Ends(told, f.picker(button, shape, func(p []orb.Point) {
		points = p
		tell()
		then()
	})))
	return func() []orb.Point {
		if len(points) < 2 {
			f.bad(key)
		}
		return points
	}
}

// road is a road by layer and number, written or pointed out on the map.
func (f *Form) road(layer string, fid int64) (read func() (string, int64)) {
	name, number := widgets.NewEntry(layer), widgets.NewEntry("")
	if fid != 0 {
		number.SetText(strconv.FormatInt(fid, 10))
	}
	name.OnEscape, number.OnEscape = f.sheet.Hide, f.sheet.Hide
	name.SetPlaceHolder(f.printer.T("mods.form_layer"))
	number.SetPlaceHolder(f.printer.T("mods.form_number"))
	pick := f.picker("mods.form_road", mapview.PointShape, func(p []orb.Point) {
		if layer, fid, ok := f.offer.RoadAt(p[0]); ok {
			name.SetText(layer)
			number.SetText(strconv.FormatInt(fid, 10))
			return
		}
		f.tell(f.printer.T("mods.form_no_road"))
	})
	f.row("mods.field_road", widgets.Ends(container.NewGridWithColumns(2, name, number), pick))
	return func() (string, int64) {
		n, err := strconv.ParseInt(trimmed(number), 10, 64)
		if err != nil || trimmed(name) == "" {
			f.bad("mods.field_road")
		}
		return trimmed(name), n
	}
}

// area is everywhere (where that is allowed), a layer or one of its areas, or what is drawn on the map.
func (f *Form) area(everywhere bool, area orb.MultiPolygon, where string) (read func() (orb.MultiPolygon, string)) {
	const all, draw, keep = "\x00all", "\x00draw", "\x00keep"
	var options []Choice
	chosen := ""
	if everywhere {
		options, chosen = append(options, Choice{all, f.printer.T("mods.form_everywhere")}), all
	}
	if len(area) > 0 {
		label := where
		if label == "" {
			label = f.printer.T("mods.form_drawn")
		}
		options, chosen = append(options, Choice{keep, label}), keep
	}
	for _, l := range f.offer.Areas {
		options = append(options, Choice{l, f.printer.T("mods.form_layer_area", l)})
	}
	options = append(options, Choice{draw, f.printer.T("mods.form_draw")})
	list, choice := f.selection("mods.field_area", chosen, options)
	part := widgets.NewEntry("")
	part.OnEscape = f.sheet.Hide
	part.SetPlaceHolder(f.printer.T("mods.form_part"))
	var corners []orb.Point
	pick := f.picker("mods.form_draw_area", mapview.AreaShape, func(p []orb.Point) {
		corners = p
		list.SetSelectedIndex(len(options) - 1)
	})
	f.row("mods.field_area", widgets.Stack(look.Step1, widgets.Ends(list, pick), fyne.CanvasObject(part)))
	return func() (orb.MultiPolygon, string) {
		switch id := choice(); id {
		case all, "":
			return nil, ""
		case keep:
			return area, where
		case draw:
			if len(corners) < 3 {
				f.bad("mods.field_area")
				return nil, ""
			}
			return orb.MultiPolygon{{append(slices.Clone(orb.Ring(corners)), corners[0])}}, ""
		default:
			if p := trimmed(part); p != "" {
				return nil, id + ":" + p
			}
			return nil, id
		}
	}
}
