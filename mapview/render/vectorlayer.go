package render

import (
	"slices"
	"strings"

	"nabar/model"
	"nabar/model/symbology"
)

// Columns that hold a feature's name and its importance where the layer's style does not tell, best first.
var (
	labelColumns = []string{"namn", "name", "ortnamn", "tatort", "tätort", "tatortnamn", "area_name", "label"}
	rankColumns  = []string{"bef", "befolkning", "beftotalt", "population", "people", "area_ha", "rank"}
)

// VectorLayerOf makes a layer ready to be shown: it takes the geometries of its features, and their names and
// importance from the columns that the layer's style names, else from columns that are commonly called so.
func VectorLayerOf(l model.Layer, features []model.Feature) VectorLayer {
	style, err := symbology.ParseStyle(l.Style)
	if err != nil {
		style = symbology.Style{} // shown as if it had none, as NewScene does
	}
	label := column(l.Fields, style.Label, labelColumns)
	rank := column(l.Fields, style.Rank, rankColumns)
	out := VectorLayer{Layer: l}
	for i := range features {
		f := &features[i]
		if f.Geometry == nil {
			continue
		}
		out.Geometries = append(out.Geometries, f.Geometry)
		if label >= 0 {
			text, _ := value(f, label).(string) // a name that is no text is none
			out.Labels = append(out.Labels, text)
		}
		if rank >= 0 {
			out.Ranks = append(out.Ranks, number(value(f, rank)))
		}
	}
	return out
}

// column finds the field that is called as chosen, else the first that is called as one of the common names, else -1.
func column(fields []model.Field, chosen string, common []string) int {
	if chosen != "" {
		common = []string{chosen}
	}
	for _, name := range common {
		if i := slices.IndexFunc(fields, func(f model.Field) bool { return strings.EqualFold(f.Name, name) }); i >= 0 {
			return i
		}
	}
	return -1
}

// value gives a feature's value in a column, nil where the row is short.
func value(f *model.Feature, i int) any {
	if i >= len(f.Values) {
		return nil
	}
	return f.Values[i]
}

// number reads a numeric value; all else counts 0.
func number(v any) float64 {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case float64:
		return v
	}
	return 0
}
