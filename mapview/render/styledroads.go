package render

import (
	"cmp"
	"math"

	"nabar/model"
	"nabar/model/symbology"
)

// StyledRoads are the roads of a project made ready for a style that the user has given their layer: joined end to end within each
// class and width. They never change; one StyledRoads serves any number of scenes.
type StyledRoads struct {
	rows  RowStyle
	style symbology.Style
	roads *Roads // its tiers are the classes by width steps, then the ferries
	used  []bool // classes that any road is in
}

// PrepareStyledRoads makes roads ready. It takes about 1 µs a vertex.
func PrepareStyledRoads(set *model.RoadSet, rows RowStyle) *StyledRoads {
	style, err := symbology.ParseStyle(rows.Layer.Style)
	if err != nil {
		style = symbology.Style{}
	}
	style.Kind = symbology.LineKind
	out := &StyledRoads{rows: rows, style: style}
	classes := len(style.ClassColours(symbology.Light)) + 1
	out.used = make([]bool, classes)
	out.roads = prepareRoads(set, classes*(widthSteps+1)+1, func(i int, layer string) int {
		if set.Flags[i]&model.Ferry != 0 {
			return classes * (widthSteps + 1)
		}
		class, step := classes-1, widthSteps
		if key := FeatureKey(set.FID[i]); layer == rows.Layer.Name {
			if c, ok := rows.Class[key]; ok && c >= 0 && c < classes-1 {
				class = c
			}
			if style.SizeBy != "" {
				step = int(math.Ceil(style.Share(rows.Size[key], false) * widthSteps))
			}
		}
		out.used[class] = true
		return class*(widthSteps+1) + step
	})
	return out
}

// The widths of roads of one look by scale, in metres for each reference pixel, where the style does not tell.
var (
	styledScales = []float64{1, 10, 40, 150, 500}
	styledWidths = []float64{5, 3, 1.8, 1.1, 0.7}
)

// items gives the styled roads of a view in drawing order: ferries, then the classes, the first on top as in the legend.
func (r *StyledRoads) items(s *Scene, v View) []*roadsItem {
	look := newRowLook(r.rows, symbology.LineKind, symbology.RoadStyleOf(symbology.SecondaryTier, 1000, s.in.Theme).Colour, s.in.Theme)
	ferry := symbology.RoadStyleOf(symbology.FerryTier, v.reference(), s.in.Theme)
	usual := symbology.Interpolate(styledScales, styledWidths, v.reference())
	var out []*roadsItem
	for t := len(r.roads.tiers) - 1; t >= 0; t-- {
		colour, width, dash := ferry.Colour, ferry.Width, ferry.Dash
		if t < len(r.roads.tiers)-1 {
			colour, width, dash = look.colours[min(t/(widthSteps+1), len(look.colours)-1)], cmp.Or(r.style.Width, usual), r.style.Dash
			if r.style.SizeBy != "" {
				width = max(hairline, cmp.Or(r.style.Width, fullLine)*float64(t%(widthSteps+1))/widthSteps)
			}
		}
		item := roadsItem{
			view: v, roads: r.roads, tier: symbology.RoadTier(t), level: level(v.Scale), colour: colour.Fade(s.look.roads),
			width: width * v.unit(), dash: scaled(dash, v.unit()),
		}
		if item.lines = r.roads.visible(item.tier, v, width*v.unit()+1); len(item.lines) > 0 {
			out = append(out, &item)
		}
	}
	return out
}

// legend explains the styled roads.
func (r *StyledRoads) legend(s *Scene) []LegendItem {
	look := newRowLook(r.rows, symbology.LineKind, symbology.RoadStyleOf(symbology.SecondaryTier, 1000, s.in.Theme).Colour, s.in.Theme)
	if !r.style.Classed() {
		width := min(cmp.Or(r.style.Width, 1.4), legendLine)
		return []LegendItem{{Kind: LineSample, Label: s.in.Printer.T("map.legend.road"), Stroke: look.colours[0], Width: width, Dash: r.style.Dash}}
	}
	used := map[int]symbology.Symbol{}
	for class, is := range r.used {
		if is {
			used[class] = symbology.Symbol{}
		}
	}
	return look.items(s.in.Printer, used)
}
