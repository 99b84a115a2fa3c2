package render

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// RowStyle is how the rows of roads, squares or service places look where the user has styled their layer: the look of those
// that the map knows in another form than as the rows of a layer.
type RowStyle struct {
	Layer model.Layer
	// Class is the index of the class or category of each row by its key, see FeatureKey and Cell.ID; a row that is not listed is in
	// none.
	Class map[string]int
	Size  map[string]float64 // the number that a row's size is by
	Name  map[string]string  // what a row is called, where the style names a column
}

// FeatureKey is the key of a road or a service place in a RowStyle: its row id.
func FeatureKey(fid int64) string { return strconv.FormatInt(fid, 10) }

// rowLook is a RowStyle completed for a theme.
type rowLook struct {
	RowStyle
	style   symbology.Style
	colours []symbology.Colour // of the classes, and last that of what is in none
}

// newRowLook completes a style; rest is the colour of what is in no class, where the style has none.
func newRowLook(r RowStyle, kind symbology.Kind, rest symbology.Colour, t symbology.Theme) *rowLook {
	style, err := symbology.ParseStyle(r.Layer.Style)
	if err != nil {
		style = symbology.Style{} // as for other layers
	}
	style.Kind = kind
	out := &rowLook{RowStyle: r, style: style}
	if style.Classed() {
		out.colours = append(slices.Clone(style.ClassColours(t)), symbology.OtherColour(t))
		return out
	}
	for _, c := range []*symbology.Colour{style.Fill, style.Stroke} {
		if c != nil && (kind != symbology.LineKind || c == style.Stroke) && !c.IsZero() {
			rest = *c
			break
		}
	}
	out.colours = []symbology.Colour{rest}
	return out
}

// class is the index of a row's colour.
func (r *rowLook) class(key string) int {
	if c, ok := r.Class[key]; ok && c >= 0 && c < len(r.colours)-1 {
		return c
	}
	return len(r.colours) - 1
}

// Full sizes of what is drawn by a number where the style does not tell, in reference pixels.
const (
	fullSymbol = 28
	fullLine   = 8
)

// size is how large a row is drawn, in reference pixels, where its size is by a number.
func (r *rowLook) size(key string) float64 {
	full := cmp.Or(r.style.Size, fullSymbol)
	v, ok := r.Size[key]
	if !ok {
		return leastSymbol
	}
	return math.Max(leastSymbol, full*r.style.Share(v, true))
}

// gatherRowStyles takes up the styles of the layers of service places and squares that are shown.
func (s *Scene) gatherRowStyles() {
	s.styled = map[string]*rowLook{}
	for _, r := range s.in.Styled {
		switch {
		case !r.Layer.Visible:
		case r.Layer.Role == model.RoleServices:
			s.styled[r.Layer.Name] = newRowLook(r, symbology.PointKind, symbology.Colour{}, s.in.Theme)
		case r.Layer.Role == model.RolePopulation:
			s.peopleLook = newRowLook(r, symbology.AreaKind, s.palette.People, s.in.Theme)
		}
	}
}

// serviceLook is the symbol of a service place, and its size where that is by a number, else 0: the type's own, with colour and shape
// of the style of its layer where that has one.
func (s *Scene) serviceLook(f *model.Facility) (symbology.Symbol, float64) {
	look := s.symbol(f.Type)
	r := s.styled[f.Layer]
	if r == nil {
		return look, 0
	}
	key := FeatureKey(f.FID)
	class := r.class(key)
	if c := r.colours[class]; !c.IsZero() {
		look.Colour = c
	}
	if r.style.Shape != "" {
		look.Shape = r.style.Shape
	}
	if class < len(r.style.Categories) && r.style.Categories[class].Shape != "" {
		look.Shape = r.style.Categories[class].Shape
	}
	if r.style.SizeBy == "" {
		return look, 0
	}
	return look, r.size(key)
}

// serviceLabel is what a service place is called on the map.
func (s *Scene) serviceLabel(f *model.Facility) string {
	r := s.styled[f.Layer]
	switch {
	case r == nil || r.style.Label == "":
		return f.Name
	case r.style.Label == symbology.NoLabel:
		return ""
	}
	return r.Name[FeatureKey(f.FID)]
}

// serviceItems explain the styled layers of service places that the map shows; service is the type that is chosen, "" for all.
func (s *Scene) serviceItems(service string) []LegendItem {
	var out []LegendItem
	for _, in := range s.in.Styled {
		r := s.styled[in.Layer.Name]
		if r == nil || r.Layer.Role != model.RoleServices {
			continue
		}
		used := map[int]symbology.Symbol{}
		for i := range s.in.Snapshot.Facilities {
			f := &s.in.Snapshot.Facilities[i]
			if f.Layer == r.Layer.Name && (service == "" || f.Type == service) && f.OpenOn(s.in.Snapshot.Params.Date) {
				look, _ := s.serviceLook(f)
				if _, known := used[r.class(FeatureKey(f.FID))]; !known {
					used[r.class(FeatureKey(f.FID))] = look
				}
			}
		}
		if r.style.Classed() {
			out = append(out, r.items(s.in.Printer, used)...)
		} else if look, ok := used[0]; ok && !r.colours[0].IsZero() {
			out = append(out, LegendItem{Kind: SymbolSample, Label: r.Layer.Name, Symbol: look})
		}
	}
	return out
}

// addPeopleCircles draws the circles of squares whose size is by a number, the larger ones first.
func (s *Scene) addPeopleCircles(p *picture) {
	r := s.peopleLook
	if r == nil || r.style.SizeBy == "" || s.look.cells == 0 || s.in.Result != nil || s.in.Comparison != nil {
		return
	}
	unit := p.view.unit()
	order := make([]int, 0, len(s.cells.ids))
	for i, id := range s.cells.ids {
		if r.Size[id] > 0 && s.cells.people[i] > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(r.Size[s.cells.ids[b]], r.Size[s.cells.ids[a]]) })
	p.add(groupItem{"people"})
	for _, i := range order {
		x, y := p.view.ToScreen(s.cells.boxes[i].Center())
		size := r.size(s.cells.ids[i]) * unit
		if !p.view.frame().overlaps(box{x, y, x, y}.grow(size)) {
			continue
		}
		var circle Path
		circle.Circle(x, y, size/2)
		c := s.peopleColour(i)
		p.add(newPathItem(circle, Paint{Fill: c.Fade(0.75 * s.look.cells), Stroke: s.palette.Halo.Fade(s.look.cells), Width: 0.8 * unit}))
	}
	p.add(groupItem{})
}

// peopleColour is the colour of a circle of people.
func (s *Scene) peopleColour(i int) symbology.Colour {
	r := s.peopleLook
	if !r.style.Classed() && r.style.Fill == nil {
		return s.palette.Petrol
	}
	return r.colours[r.class(s.cells.ids[i])]
}

// classifyRows gives every inhabited square its class by the style of its layer.
func (s *Scene) classifyRows() {
	r := s.peopleLook
	s.fills = nil
	for _, c := range r.colours {
		s.fills = append(s.fills, classFill{fill: c})
	}
	for i, people := range s.cells.people {
		s.classes[i] = noClass
		if people > 0 && r.style.SizeBy == "" { // else circles show them
			s.classes[i] = int8(r.class(s.cells.ids[i]))
		}
	}
}

// rowItems explain the style of the squares.
func (s *Scene) rowItems() []LegendItem {
	r := s.peopleLook
	if !r.style.Classed() {
		if r.style.SizeBy != "" {
			return s.sizeItems()
		}
		return []LegendItem{{Kind: SquareSample, Label: s.in.Printer.T("map.legend.people"), Fill: r.colours[0]}}
	}
	used := map[int]symbology.Symbol{}
	for i, id := range s.cells.ids {
		if s.cells.people[i] > 0 {
			used[r.class(id)] = symbology.Symbol{}
		}
	}
	out := r.items(s.in.Printer, used)
	if r.style.SizeBy != "" {
		out = append(out, s.sizeItems()...)
	}
	return out
}

// sizeItems explain the circles of people: the greatest and a quarter of it.
func (s *Scene) sizeItems() []LegendItem {
	r := s.peopleLook
	out := []LegendItem{}
	for _, share := range []float64{1, 0.25} {
		v := roundDown(r.style.SizeTop * share)
		if v <= 0 {
			continue
		}
		full := cmp.Or(r.style.Size, fullSymbol)
		out = append(out, LegendItem{
			Kind: DiscSample, Label: s.in.Printer.T("base.legend_size", r.style.SizeBy, s.in.Printer.Float(v, decimalsOf(v))),
			Fill: s.palette.Petrol.Fade(0.75), Stroke: s.palette.Halo, Width: full * r.style.Share(v, true),
		})
	}
	return out
}

// items are the layer's name and those of its classes that are used.
func (r *rowLook) items(p *i18n.Printer, used map[int]symbology.Symbol) []LegendItem {
	out := []LegendItem{{Kind: AreaSample, Label: r.Layer.Name}}
	names := r.style.ClassNames(p)
	for i, c := range r.colours {
		look, is := used[i]
		if i >= len(names) || !is && (i == len(r.colours)-1 || r.style.Ramp == "") {
			continue
		}
		item := LegendItem{Kind: SquareSample, Label: names[i], Fill: c}
		switch {
		case r.style.Kind == symbology.AreaKind && r.style.SizeBy != "", r.style.Ramp != "" && r.style.Kind == symbology.PointKind:
			item.Kind, item.Symbol = SymbolSample, symbology.Symbol{Shape: symbology.Circle, Colour: c}
		case r.style.Kind == symbology.PointKind:
			item.Kind, item.Symbol = SymbolSample, symbology.Symbol{Shape: cmp.Or(look.Shape, symbology.Circle), Colour: c}
		case r.style.Kind == symbology.LineKind:
			item.Kind, item.Stroke, item.Width = LineSample, c, min(cmp.Or(r.style.Width, 2), legendLine)
		}
		out = append(out, item)
	}
	return out
}
