package session

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
	"nabar/model/role"
	"nabar/model/symbology"
)

// StyleOf is the style that a layer is drawn with; its zero fields stand for the layer's own look.
func (s *Session) StyleOf(l model.Layer) symbology.Style {
	style, err := symbology.ParseStyle(l.Style)
	if err != nil {
		return symbology.Style{} // as the map does
	}
	return style
}

// Classes is a style whose classes have been found, and how many of the layer's rows each has.
type Classes struct {
	Style  symbology.Style
	Names  []string
	Counts []int     // of each class, and last of what belongs to none
	Values []float64 // of all rows, NaN for none; nil for categories
}

// Classify finds the classes that a layer's style asks for: the limits by Style.Method in at most n classes, or the categories,
// for an empty Ramp. Values of the same column in the layers of with count too, so that their maps can be compared. Nothing is
// stored.
func (s *Session) Classify(ctx context.Context, l model.Layer, style symbology.Style, n int, with ...model.Layer) (Classes, error) {
	if style.Column == "" {
		return Classes{Style: style}, s.checkStyle(l, style)
	}
	if style.Ramp == "" {
		return s.categorise(ctx, l, style, with)
	}
	out := Classes{Style: style}
	out.Style.Categories, out.Style.Fills, out.Style.Labels = nil, nil, nil
	if err := s.checkStyle(l, out.Style); err != nil {
		return Classes{}, err
	}
	var pooled []float64
	for i, layer := range append([]model.Layer{l}, with...) {
		values, err := s.numbers(ctx, layer, style.Column)
		if err != nil {
			return Classes{}, err
		}
		if pooled = append(pooled, values...); i == 0 {
			out.Values = values
		}
	}
	if !slices.ContainsFunc(pooled, func(v float64) bool { return !math.IsNaN(v) }) {
		return Classes{}, i18n.Errorf("style.no_numbers", style.Column, l.Name)
	}
	if style.Method != symbology.Own {
		out.Style.Breaks = symbology.Breaks(style.Method, pooled, n)
	}
	out.Names, out.Counts = out.Style.ClassNames(s.Printer()), symbology.Counts(out.Style.Breaks, out.Values)
	return out, nil
}

// categorise finds the most common values of a column; all others share one look.
func (s *Session) categorise(ctx context.Context, l model.Layer, style symbology.Style, with []model.Layer) (Classes, error) {
	counts, all := map[string]int{}, map[string]int{}
	for i, layer := range append([]model.Layer{l}, with...) {
		err := s.column(ctx, layer, style.Column, func(v any) {
			text := WriteValue(v)
			all[text]++
			if i == 0 {
				counts[text]++
			}
		})
		if err != nil {
			return Classes{}, err
		}
	}
	style.Breaks, style.Fills, style.Labels, style.Method = nil, nil, nil, ""
	old := style.Categories
	style.Categories = nil
	values := make([]string, 0, len(all))
	for v := range all {
		values = append(values, v)
	}
	slices.SortFunc(values, func(a, b string) int { return cmp.Or(cmp.Compare(all[b], all[a]), cmp.Compare(a, b)) })
	for i, v := range values[:min(len(values), symbology.MostCategories)] {
		c := symbology.Category{Value: v, Shape: symbology.CategoryShape(i)}
		if k := slices.IndexFunc(old, func(c symbology.Category) bool { return c.Value == v }); k >= 0 {
			c = old[k] // as the user has made it
		}
		style.Categories = append(style.Categories, c)
	}
	out := Classes{Style: style, Names: style.ClassNames(s.Printer()), Counts: make([]int, len(style.Categories)+1)}
	for v, n := range counts {
		i := style.CategoryOf(v)
		if i < 0 {
			i = len(style.Categories)
		}
		out.Counts[i] += n
	}
	return out, nil
}

// column gives every value of a column, nil for none.
func (s *Session) column(ctx context.Context, l model.Layer, name string, yield func(any)) error {
	p, err := s.current()
	if err != nil {
		return err
	}
	i := columnNamed(l, name)
	if i < 0 {
		return i18n.Errorf("style.no_column", name, l.Name, strings.Join(columnNames(l), ", "))
	}
	return p.Features(ctx, l, func(f model.Feature) error {
		yield(f.Values[i])
		return nil
	})
}

// numbers are the values of a column as numbers, NaN where there is none.
func (s *Session) numbers(ctx context.Context, l model.Layer, column string) (out []float64, err error) {
	return out, s.column(ctx, l, column, func(v any) { out = append(out, orNaN(v)) })
}

// columnNames are the names of a layer's columns.
func columnNames(l model.Layer) []string {
	out := make([]string, len(l.Fields))
	for i, f := range l.Fields {
		out[i] = f.Name
	}
	return out
}

// checkStyle refuses a style that names what the layer does not have, or whose limits are out of order.
func (s *Session) checkStyle(l model.Layer, style symbology.Style) error {
	label := style.Label
	if label == symbology.NoLabel {
		label = ""
	}
	for _, name := range []string{style.Column, style.SizeBy, label} {
		if name != "" && columnNamed(l, name) < 0 {
			return i18n.Errorf("style.no_column", name, l.Name, strings.Join(columnNames(l), ", "))
		}
	}
	for i, b := range style.Breaks {
		if math.IsNaN(b) || math.IsInf(b, 0) || i > 0 && b <= style.Breaks[i-1] {
			return i18n.Errorf("style.bad_breaks")
		}
	}
	if len(style.Breaks) >= symbology.MostClasses {
		return i18n.Errorf("style.many_breaks", symbology.MostClasses-1)
	}
	if style.Ramp != "" && !style.Ramp.Known() {
		return i18n.Errorf("style.no_ramp", string(style.Ramp))
	}
	if style.ScaleTo > 0 && style.ScaleFrom > style.ScaleTo {
		return i18n.Errorf("style.bad_scale")
	}
	return nil
}

// SetStyle draws layers with a style from now on, here and in QGIS. It is one step that can be undone. The size of a style that
// draws by a number is completed with the greatest number of all the layers.
func (s *Session) SetStyle(ctx context.Context, style symbology.Style, layers ...model.Layer) error {
	for _, l := range layers {
		if err := s.checkStyle(l, style); err != nil {
			return err
		}
		if style.SizeBy == "" {
			continue
		}
		values, err := s.numbers(ctx, l, style.SizeBy)
		if err != nil {
			return err
		}
		for _, v := range values {
			if v > style.SizeTop {
				style.SizeTop = v
			}
		}
	}
	looks := make([]symbology.Style, len(layers))
	for i, l := range layers {
		var err error
		if looks[i], err = s.qgisLook(ctx, l, style); err != nil {
			return err
		}
	}
	return s.edit(ctx, i18n.M("style.step", layers[0].Name), func(tx *project.Tx) error {
		for i, l := range layers {
			if l.Style = style.JSON(); style.IsZero() {
				l.Style = nil
			}
			if err := tx.UpdateLayer(l); err != nil {
				return err
			}
			if err := tx.SetQGISStyle(l.ID, symbology.QGISLayerStyle(s.Printer(), l, looks[i]), ""); err != nil {
				return err
			}
		}
		return nil
	})
}

// qgisLook is the style that QGIS gets: the chosen one, or the layer's own look where the choice says nothing of colours.
func (s *Session) qgisLook(ctx context.Context, l model.Layer, style symbology.Style) (symbology.Style, error) {
	if style.Column != "" || style.Fill != nil || style.Stroke != nil {
		return style, nil
	}
	types, err := s.ServiceTypes(ctx)
	if err != nil || l.Role != model.RoleServices {
		return ownLook(l, types, nil), err
	}
	p, err := s.current()
	if err != nil {
		return style, err
	}
	var rows []model.Feature
	err = p.Features(ctx, l, func(f model.Feature) error {
		rows = append(rows, f)
		return nil
	})
	return ownLook(l, types, rows), err
}

// ownLook is the style that QGIS shows a layer with as it is imported: service places by type with the program's symbols, roads
// by class, all else in its kind's look.
func ownLook(l model.Layer, types []model.ServiceType, rows []model.Feature) symbology.Style {
	switch l.Role {
	case model.RoleServices:
		return servicesLook(l, types, rows)
	case model.RoleRoads:
		return roadsLook(l)
	case model.RolePopulation:
		p := symbology.PaletteOf(symbology.Light)
		return symbology.Style{Fill: &p.People, Stroke: &symbology.Colour{}, Kind: symbology.AreaKind}
	}
	return symbology.Style{}
}

// servicesLook gives each word of the column of types the symbol of its type.
func servicesLook(l model.Layer, types []model.ServiceType, rows []model.Feature) symbology.Style {
	p := symbology.PaletteOf(symbology.Light)
	column := l.Mapping[model.PartType]
	at := columnNamed(l, column)
	d, err := role.NewFacilityDecoder(l.Name, l.Fields, l.Mapping, types)
	if err != nil || at < 0 {
		return symbology.Style{Fill: &p.Petrol}
	}
	style := symbology.Style{Column: column, Fill: &p.Petrol, Size: 12}
	for _, f := range rows {
		word := WriteValue(f.Values[at])
		facility, why := d.Decode(f)
		if why != nil || word == "" || style.CategoryOf(word) >= 0 {
			continue
		}
		look := symbology.SymbolOf(facility.Type, types)
		style.Categories = append(style.Categories, symbology.Category{Value: word, Fill: &look.Colour, Shape: look.Shape})
	}
	slices.SortFunc(style.Categories, func(a, b symbology.Category) int { return cmp.Compare(a.Value, b.Value) })
	return style
}

// roadsLook colours roads by class, the large ones dark.
func roadsLook(l model.Layer) symbology.Style {
	line := symbology.RoadStyleOf(symbology.SecondaryTier, 1000, symbology.Light).Colour
	style := symbology.Style{Kind: symbology.LineKind, Stroke: &line, Width: 1.4}
	if column := l.Mapping[model.PartClass]; columnNamed(l, column) >= 0 {
		style.Column, style.Breaks = column, []float64{1, 4, 6}
		style.Ramp, style.Reversed = symbology.Grey, true
	}
	return style
}
