package render

import (
	"slices"

	"nabar/model"
	"nabar/model/symbology"
)

// Legend says in words what the map's colours and shapes mean. It holds what the map can show, not only what a view
// happens to show, so that it stays the same while the map moves.
type Legend struct {
	Title    string // e.g. "Dagligvaror"
	Subtitle string // what the classes measure; "" where there are none
	Items    []LegendItem
}

// LegendItem is one line of a legend.
type LegendItem struct {
	Kind   LegendKind
	Label  string
	Fill   symbology.Colour // of a square
	Hatch  symbology.Colour // of the lines on it; alpha 0 for none
	Symbol symbology.Symbol // of a service
	Stroke symbology.Colour // of a line, or around an area
	Width  float64          // of the line, or across the disc, in reference pixels
	Dash   []float64        // in reference pixels
	Done   bool             // of a pin: it is hollow
	Mark   Mark             // around the symbol, in the stroke's colour
}

// LegendKind is the form of a legend's sample.
type LegendKind uint8

// The kinds of samples.
const (
	SquareSample LegendKind = iota
	SymbolSample
	LineSample
	AreaSample
	DiscSample
	PinSample
	CrossSample
)

// Legend gives the legend of the scene.
func (s *Scene) Legend() Legend {
	p := s.in.Printer
	l := Legend{Title: p.T("map.legend.title")}
	if s.in.Service != "" {
		l.Title = s.serviceName(s.in.Service)
	}
	if c := s.in.Comparison; c != nil {
		l.Subtitle = p.T("series.map_change_" + string(c.B.Query.Impedance))
	} else if r := s.in.Result; r != nil {
		l.Subtitle = p.T(symbology.CostLabel(r.Query))
		if r.Params.Rules != 0 {
			l.Subtitle = p.T("pipos.legend", l.Subtitle)
		}
	}
	if s.look.cells > 0 {
		l.Items = append(l.Items, s.classItems()...)
	}
	l.Items = append(l.Items, s.symbolItems()...)
	l.Items = append(l.Items, s.discItems()...)
	l.Items = append(l.Items, s.pinItems()...)
	l.Items = append(l.Items, s.plannedItems()...)
	return Legend{l.Title, l.Subtitle, append(l.Items, s.lineItems()...)}
}

// serviceName is what a service type is called.
func (s *Scene) serviceName(id string) string {
	for _, t := range s.in.Snapshot.Types {
		if t.ID == id && t.Name != "" {
			return t.Name
		}
	}
	if s.in.Printer.Has("service." + id) {
		return s.in.Printer.T("service." + id)
	}
	return id
}

// classItems are the classes of the squares.
func (s *Scene) classItems() []LegendItem {
	if s.changes != nil {
		return s.changeItems()
	}
	if s.in.Result == nil {
		if len(s.cells.ids) == 0 {
			return nil
		}
		if s.peopleLook != nil {
			return s.rowItems()
		}
		if s.people != nil {
			return s.peopleItems()
		}
		return []LegendItem{{Kind: SquareSample, Label: s.in.Printer.T("map.legend.people"), Fill: s.fills[0].fill}}
	}
	labels := symbology.BandLabels(s.in.Printer, s.breaks, s.in.Result.Query.Impedance)
	var out []LegendItem
	for i, f := range s.fills {
		out = append(out, LegendItem{Kind: SquareSample, Label: labels[i], Fill: f.fill, Hatch: f.hatch})
	}
	return out
}

// peopleItems are the classes of squares that are coloured by their people.
func (s *Scene) peopleItems() []LegendItem {
	names := s.people.ClassNames(s.in.Printer)
	var out []LegendItem
	for i, f := range s.fills {
		out = append(out, LegendItem{Kind: SquareSample, Label: s.in.Printer.T("style.people", names[i]), Fill: f.fill})
	}
	return out
}

// symbolItems are the service types that the map holds, the chosen one first.
func (s *Scene) symbolItems() []LegendItem {
	present := map[string]bool{}
	for i := range s.places {
		for k := range s.places[i].symbols {
			if sym := &s.places[i].symbols[k]; sym.look == s.symbol(sym.service) { // others are explained by their layer
				present[sym.service] = true
			}
		}
	}
	item := func(id string) LegendItem {
		return LegendItem{Kind: SymbolSample, Label: s.serviceName(id), Symbol: s.symbol(id)}
	}
	var out []LegendItem
	if present[s.in.Service] {
		out = append(out, item(s.in.Service))
		return slices.Concat(out, s.serviceItems(s.in.Service), s.markedItems(item))
	}
	if out = s.serviceItems(s.in.Service); s.in.Service != "" && len(out) > 0 {
		return append(out, s.markedItems(item)...)
	}
	for _, t := range s.in.Snapshot.Types {
		if present[t.ID] {
			out = append(out, item(t.ID))
		}
	}
	return out
}

// markedItems are the service types beside the chosen one that a scenario's marked places show.
func (s *Scene) markedItems(item func(string) LegendItem) (out []LegendItem) {
	for _, t := range s.in.Snapshot.Types {
		marked := func(p place) bool {
			return slices.ContainsFunc(p.symbols, func(sym placeSymbol) bool { return sym.service == t.ID && sym.mark != NoMark })
		}
		if t.ID != s.in.Service && slices.ContainsFunc(s.places, marked) {
			out = append(out, item(t.ID))
		}
	}
	return out
}

// lineItems are roads, ferries, the border and the extra layers.
func (s *Scene) lineItems() []LegendItem {
	var out []LegendItem
	line := func(key string, c symbology.Colour, width float64, dash []float64) {
		out = append(out, LegendItem{Kind: LineSample, Label: s.in.Printer.T(key), Stroke: c, Width: width, Dash: dash})
	}
	if s.in.StyledRoads != nil && s.look.roads > 0 {
		out = append(out, s.in.StyledRoads.legend(s)...)
	} else if s.look.roads > 0 && len(s.roads.tiers[symbology.MinorTier].boxes)+len(s.roads.tiers[symbology.LocalTier].boxes) > 0 {
		style := symbology.RoadStyleOf(symbology.LocalTier, 10, s.in.Theme)
		line("map.legend.road", style.Colour, 1.4, nil)
	}
	if s.look.roads > 0 && len(s.roads.tiers[symbology.FerryTier].boxes) > 0 {
		style := symbology.RoadStyleOf(symbology.FerryTier, 10, s.in.Theme)
		line("map.legend.ferry", style.Colour, 1.5, style.Dash)
	}
	if len(s.in.Snapshot.Border) > 0 && s.look.border > 0 {
		line("map.legend.border", s.palette.Border, 1.3, borderDash)
	}
	for i := range s.layers {
		l := &s.layers[i]
		item, ok := layerItem(l)
		switch {
		case l.kind == symbology.ClassKind, l.style.Classed():
			out = append(out, s.layerClasses(l)...)
		case ok && len(l.style.Fills) > 0:
			out = append(out, fillItems(l, item)...)
		case ok:
			out = append(out, item)
		}
	}
	return out
}

// layerClasses are the name of a layer that is coloured by a column, and its classes.
func (s *Scene) layerClasses(l *shownLayer) []LegendItem {
	out := []LegendItem{{Kind: AreaSample, Label: l.Layer.Name}}
	names := l.style.ClassNames(s.in.Printer)
	for i, c := range l.colours {
		if i == len(l.colours)-1 && l.style.Classed() && !l.unclassed() {
			continue
		}
		if i < len(names) {
			out = append(out, l.classItem(i, names[i], c.Fade(l.opacity)))
		}
	}
	return out
}

// legendLine is how wide a sample of a line is at most, in reference pixels.
const legendLine = 4

// classItem is the sample of a class.
func (l *shownLayer) classItem(class int, label string, c symbology.Colour) LegendItem {
	switch l.kind {
	case symbology.PointKind:
		shape := l.style.Shape
		if class < len(l.style.Categories) && l.style.Categories[class].Shape != "" {
			shape = l.style.Categories[class].Shape
		}
		return LegendItem{Kind: SymbolSample, Label: label, Symbol: symbology.Symbol{Shape: shape, Colour: c}}
	case symbology.LineKind:
		return LegendItem{Kind: LineSample, Label: label, Stroke: c, Width: min(l.style.Width, legendLine), Dash: l.style.Dash}
	}
	return LegendItem{Kind: AreaSample, Label: label, Fill: c}
}

// unclassed tells whether any of the layer's things is in no class.
func (l *shownLayer) unclassed() bool {
	for k := range l.Geometries {
		if l.class(k) == len(l.colours)-1 {
			return true
		}
	}
	return false
}

// layerItem is the sample of an extra layer; names of places need none.
func layerItem(l *shownLayer) (LegendItem, bool) {
	item := LegendItem{Label: l.Layer.Name, Fill: l.style.Fill.Fade(l.opacity), Stroke: l.style.Stroke.Fade(l.opacity)}
	item.Width, item.Dash = l.style.Width, l.style.Dash
	switch l.kind {
	case symbology.PlaceKind, symbology.LandKind, symbology.GroundKind: // a background explains itself
		return item, false
	case symbology.PointKind:
		item.Kind, item.Symbol = SymbolSample, symbology.Symbol{Shape: l.style.Shape, Colour: item.Fill}
	case symbology.LineKind:
		item.Kind = LineSample
	default:
		item.Kind = AreaSample
	}
	return item, len(l.Geometries) > 0
}

// fillItems are the samples of a layer of several fills.
func fillItems(l *shownLayer, item LegendItem) []LegendItem {
	var out []LegendItem
	for class, label := range l.style.Labels[:min(len(l.style.Labels), len(l.style.Fills))] {
		item.Label, item.Fill = label, l.colours[class].Fade(l.opacity)
		out = append(out, item)
	}
	return out
}

// legendMetrics are the sizes of a legend in canvas units.
type legendMetrics struct {
	unit, row, sample, gap, pad float64
	title, text                 Font
}

func metrics(l Legend, unit float64) legendMetrics {
	sample := 24.0
	for _, item := range l.Items {
		if item.Kind == DiscSample {
			sample = max(sample, item.Width+2)
		}
	}
	return legendMetrics{
		unit: unit, row: 19 * unit, sample: sample * unit, gap: 9 * unit, pad: 12 * unit,
		title: Font{Semibold, 14.5 * unit}, text: Font{Regular, 12 * unit},
	}
}

// Size measures the legend as Paint draws it, in canvas units, without a panel around it. unit is View.Unit.
func (l Legend) Size(unit float64) (width, height float64) {
	m := metrics(l, unit)
	width = max(m.title.Width(l.Title), m.text.Width(l.Subtitle))
	for _, item := range l.Items {
		width = max(width, m.sample+m.gap+m.text.Width(item.Label))
	}
	height = m.head(l) + m.parting(l)*m.gap*0.7
	for _, item := range l.Items {
		height += m.height(item)
	}
	return width, height
}

// height is that of an item's row.
func (m *legendMetrics) height(item LegendItem) float64 {
	if item.Kind == DiscSample {
		return max(m.row, (item.Width+4)*m.unit)
	}
	return m.row
}

// head is the height of the legend's words above its items.
func (m *legendMetrics) head(l Legend) float64 {
	h := 20 * m.unit
	if l.Subtitle != "" {
		h += 16 * m.unit
	}
	return h + 4*m.unit
}

// parting counts the places where one kind of sample follows another.
func (m *legendMetrics) parting(l Legend) float64 {
	n := 0.0
	for i := 1; i < len(l.Items); i++ {
		if parted(l.Items[i-1].Kind, l.Items[i].Kind) {
			n++
		}
	}
	return n
}

// parted tells whether there is a little air between samples of two kinds.
func parted(a, b LegendKind) bool { return a != b && (a == SquareSample || a == SymbolSample) }

// Paint draws the legend with its upper left corner at (x, y), in the colours of a theme.
func (l Legend) Paint(c Canvas, x, y, unit float64, theme symbology.Theme) {
	m, p := metrics(l, unit), symbology.PaletteOf(theme)
	c.Begin(Group{Name: "legend"})
	defer c.End()
	c.Text(Text{X: x, Y: y + 13*unit, Text: l.Title, Font: m.title, Colour: p.Petrol})
	if l.Subtitle != "" {
		c.Text(Text{X: x, Y: y + 30*unit, Text: l.Subtitle, Font: m.text, Colour: p.Muted})
	}
	y += m.head(l)
	for i, item := range l.Items {
		if i > 0 && parted(l.Items[i-1].Kind, item.Kind) {
			y += m.gap * 0.7
		}
		middle := y + m.height(item)/2
		item.Paint(c, x, middle, m.sample, unit, p)
		c.Text(Text{
			X: x + m.sample + m.gap, Y: middle + CapHeight*m.text.Size/2, Text: item.Label, Font: m.text, Colour: p.Ink,
		})
		y += m.height(item)
	}
}

// Paint draws the sample of an item, width wide, with its left edge at x and its middle at height y.
func (i LegendItem) Paint(c Canvas, x, y, width, unit float64, p symbology.Palette) {
	var path Path
	switch i.Kind {
	case SymbolSample:
		if i.Mark != NoMark {
			markPath(&path, i.Mark, x+width/2, y, 7*unit, unit)
			c.Path(&path, Paint{Stroke: i.Stroke, Width: markWidth * unit, Dash: scaled(i.Mark.dash(), unit)})
			DrawSymbol(c, i.Symbol, x+width/2, y, 7*unit, p.Halo)
			return
		}
		DrawSymbol(c, i.Symbol, x+width/2, y, 13*unit, p.Halo)
		return
	case PinSample:
		i.paintPin(c, x+width/2, y, unit, p)
		return
	case CrossSample:
		shutCross(&path, x+width/2, y, shutSize*unit)
		c.Path(&path, Paint{Stroke: i.Stroke, Width: 2.6 * unit})
		return
	case DiscSample:
		path.Circle(x+width/2, y, i.Width/2*unit)
		c.Path(&path, Paint{Fill: i.Fill, Stroke: i.Stroke, Width: unit})
		return
	case LineSample:
		path.Line(x, y, x+width, y)
		c.Path(&path, Paint{Stroke: i.Stroke, Width: i.Width * unit, Dash: scaled(i.Dash, unit)})
		return
	}
	b := box{x, y - 7*unit, x + width, y + 7*unit}
	path.Rect(b.x0, b.y0, b.x1-b.x0, b.y1-b.y0)
	c.Path(&path, Paint{Fill: i.Fill, Stroke: i.Stroke, Width: i.Width * unit, Dash: scaled(i.Dash, unit)})
	if !i.Hatch.IsZero() {
		path.Reset()
		hatch(&path, b, hatchPeriod*unit, b.x0+b.y0)
		c.Path(&path, Paint{Stroke: i.Hatch, Width: unit})
	}
}

// Credits gives the line that names where the map's data comes from, "" where nothing was imported.
func (s *Scene) Credits() string {
	var names []string
	for _, in := range s.in.Snapshot.Inputs {
		names = appendNew(names, credit(s.in.Snapshot.Kommun, in))
	}
	for i := range s.bases {
		names = appendNew(names, s.bases[i].credit())
	}
	if len(names) == 0 {
		return ""
	}
	list := names[0]
	for _, n := range names[1:] {
		list += ", " + n
	}
	return s.in.Printer.T("map.credits", list)
}

// appendNew appends what is not yet there.
func appendNew(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}

// credit names the source of a layer: the authority that is known by the file's name, else the layer.
func credit(kommun model.Kommun, in model.InputRef) string {
	if !kommun.Fictional {
		for _, k := range knownSources {
			if k.matches(in.Source) {
				return k.name
			}
		}
	}
	if in.Edition != "" {
		return in.Layer + " (" + in.Edition + ")"
	}
	return in.Layer
}
