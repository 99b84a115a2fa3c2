package session

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// divided is one way to part people, or several together: the areas, and by what they are made.
type divided struct {
	breakdown   model.Breakdown
	areas       []model.Area
	settlements []model.Area
	by          []model.Division
	remarks     []i18n.Message
}

// add puts what another way is made by to this.
func (d *divided) add(o *divided) {
	d.by, d.remarks = append(d.by, o.by...), append(d.remarks, o.remarks...)
}

// settlementWords are how a call may ask for built-up areas, smaller ones and what is outside.
var settlementWords = []string{string(model.BySettlement), "ort", "tatort-smaort"}

// breakdown reads one way to part people: "sex", "age", "settlement", a layer of areas, or a column of one: then rows of
// the same value are one group. A column of a table without positions is joined to areas by the kommun's code.
func (s *Session) breakdown(ctx context.Context, by string) (*divided, error) {
	d := &divided{breakdown: model.Breakdown(by)}
	if d.breakdown == model.BySex || d.breakdown == model.ByAge {
		return d, nil
	}
	layers, err := s.Layers(ctx)
	if err != nil {
		return nil, err
	}
	layer, column, found := layerColumn(layers, by)
	if !found && slices.Contains(settlementWords, strings.ToLower(by)) {
		d.breakdown = model.BySettlement
		d.settlements, err = s.settlements(ctx, layers, d)
		return d, err
	}
	if !found {
		_, err := s.layer(ctx, by) // names the layers that there are
		return nil, err
	}
	d.breakdown = model.ByArea
	switch {
	case column < 0:
		d.areas, err = s.areas(ctx, layer.Name)
		d.by = append(d.by, division(layer, "", layer))
	case layer.Geometry == model.NoGeometry:
		d.areas, err = s.joinedAreas(ctx, layers, layer, column, d)
	default:
		d.by = append(d.by, division(layer, layer.Fields[column].Name, layer))
		d.areas, err = s.merged(ctx, layer, func(f model.Feature) (string, bool) { return cellText(f, column), true })
	}
	return d, err
}

// division names what people are parted by: areas of one layer, with values from the same or another.
func division(areas model.Layer, column string, values model.Layer) model.Division {
	d := model.Division{
		Layer: areas.Name, Column: column, Source: values.Source.File, SHA256: values.Source.SHA256, Edition: values.Source.Edition,
	}
	if values.ID != areas.ID {
		d.Table = values.Name
	}
	return d
}

// layerColumn finds the layer that a text names, or a layer and one of its columns with a full stop between. The column
// is -1 where the text names a layer alone.
func layerColumn(layers []model.Layer, text string) (layer model.Layer, column int, found bool) {
	for _, l := range layers {
		if strings.EqualFold(l.Name, text) {
			return l, -1, true
		}
	}
	for _, l := range layers {
		if len(text) <= len(l.Name)+1 || !strings.EqualFold(text[:min(len(text), len(l.Name)+1)], l.Name+".") {
			continue
		}
		name := text[len(l.Name)+1:]
		if i := slices.IndexFunc(l.Fields, func(f model.Field) bool { return strings.EqualFold(f.Name, name) }); i >= 0 {
			return l, i, true
		}
	}
	return model.Layer{}, -1, false
}

// areas reads the areas of a layer. Rows of the same code are one area, or of the same name where there are no codes.
func (s *Session) areas(ctx context.Context, name string) ([]model.Area, error) {
	layer, err := s.layer(ctx, name)
	if err != nil {
		return nil, err
	}
	codes, names := areaColumns(layer)
	g := newGathering()
	err = s.eachShape(ctx, layer, func(f model.Feature, shape orb.MultiPolygon) {
		id, name := s.areaName(f, codes, names)
		g.add(id, name, shape)
	})
	if err == nil && g.out == nil {
		err = i18n.Errorf("figures.layer_no_areas", name)
	}
	return g.out, err
}

// areaName is what an area is known by, from its columns with code and name: each stands in for the other, and the row's
// number for both.
func (s *Session) areaName(f model.Feature, codes, names int) (id, name string) {
	id, name = cellText(f, codes), cellText(f, names)
	if name == "" {
		name = id
	}
	if id == "" {
		id = name
	}
	if id == "" {
		id, name = fmt.Sprint(f.ID), s.Printer().T("figures.area_numbered", f.ID)
	}
	return id, name
}

// merged reads the areas of a layer with one for each value, in the values' order. Rows without value are an area of
// their own at the end; rows that value leaves out belong to none.
func (s *Session) merged(ctx context.Context, layer model.Layer, value func(model.Feature) (string, bool)) ([]model.Area, error) {
	g := newGathering()
	err := s.eachShape(ctx, layer, func(f model.Feature, shape orb.MultiPolygon) {
		if v, of := value(f); of {
			g.add(v, v, shape)
		}
	})
	if err != nil {
		return nil, err
	}
	if g.out == nil {
		return nil, i18n.Errorf("figures.layer_no_areas", layer.Name)
	}
	slices.SortFunc(g.out, func(a, b model.Area) int { return compareValues(a.ID, b.ID) })
	for i := range g.out {
		if g.out[i].ID == "" {
			g.out[i].ID, g.out[i].Name = noValue, s.Printer().T("areas.no_value")
		}
	}
	return g.out, nil
}

// noValue is the id of the areas without a value.
const noValue = "none"

// compareValues orders values as numbers where both are, else as text; no value comes last.
func compareValues(a, b string) int {
	if (a == "") != (b == "") {
		return len(b) - len(a)
	}
	if digits.MatchString(a) && digits.MatchString(b) && len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

// digits is a whole number without sign.
var digits = regexp.MustCompile(`^[0-9]+$`)

// gathering puts shapes of the same id together.
type gathering struct {
	out []model.Area
	at  map[string]int
}

func newGathering() *gathering { return &gathering{at: map[string]int{}} }

// add gives a shape to the area with an id.
func (g *gathering) add(id, name string, shape orb.MultiPolygon) {
	if i, known := g.at[id]; known {
		g.out[i].Shape = append(g.out[i].Shape, shape...)
		return
	}
	g.at[id] = len(g.out)
	g.out = append(g.out, model.Area{ID: id, Name: name, Shape: slices.Clone(shape)})
}

// eachShape goes through the rows of a layer that have a surface.
func (s *Session) eachShape(ctx context.Context, layer model.Layer, do func(model.Feature, orb.MultiPolygon)) error {
	p, err := s.current()
	if err != nil {
		return err
	}
	return p.Features(ctx, layer, func(f model.Feature) error {
		switch g := f.Geometry.(type) {
		case orb.Polygon:
			do(f, orb.MultiPolygon{g})
		case orb.MultiPolygon:
			do(f, g)
		}
		return nil
	})
}

// codeColumn and nameColumn are what the columns of areas are called: those of Statistics Sweden and the like.
var (
	codeColumn = regexp.MustCompile(`(?i)kod$|code$|^(?:smaort|deso|regso|id)$`)
	nameColumn = regexp.MustCompile(`(?i)namn$|name$|^tatort$|^område$|^omrade$`)
)

// areaColumns finds the columns with an area's code and name, -1 for none. What the layer's mapping says goes first; the
// first column that looks like one is taken, as an area's own stands before those of what it lies in.
func areaColumns(layer model.Layer) (code, name int) {
	code, name = fieldIndex(layer, model.PartAreaCode), fieldIndex(layer, model.PartAreaName)
	if code < 0 {
		code = fieldLike(layer, codeColumn)
	}
	if name < 0 {
		name = fieldLike(layer, nameColumn)
	}
	if name < 0 {
		name = slices.IndexFunc(layer.Fields, func(f model.Field) bool { return f.Type == model.Text })
	}
	return code, name
}

// fieldLike is the first column whose name is like an expression, -1 for none.
func fieldLike(layer model.Layer, expression *regexp.Regexp) int {
	return slices.IndexFunc(layer.Fields, func(f model.Field) bool { return expression.MatchString(f.Name) })
}

// cellText is the text of a feature's column, "" where there is none.
func cellText(f model.Feature, column int) string {
	if column < 0 || f.Values[column] == nil {
		return ""
	}
	return strings.TrimSpace(fmt.Sprint(f.Values[column]))
}

// hasSurfaces tells whether a layer may hold areas.
func hasSurfaces(l model.Layer) bool {
	return l.Geometry == model.PolygonType || l.Geometry == model.MultiPolygonType || l.Geometry == model.AnyGeometry
}
