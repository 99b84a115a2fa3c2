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

// FigureOptions say into what the figures of a query are parted, and what is figured out beside them.
type FigureOptions struct {
	By       []string // "sex", "age", or the name of a layer with areas
	NeedFrom float64  // metres or seconds from which the need of transport is summed; 0 for the usual
	Joint    bool     // how many of the project's service types people have within reach
}

// Figures computes the figures of a query for everybody and by group. Nothing of it is stored.
func (s *Session) Figures(ctx context.Context, q model.Query, o FigureOptions, progress model.Progress) (*model.Figures, error) {
	options, err := s.figureOptions(ctx, o)
	if err != nil {
		return nil, err
	}
	ready, err := s.ready(ctx, q, progress)
	if err != nil {
		return nil, err
	}
	return ready.Figures(ctx, withBands(q), options)
}

// figureOptions reads the areas and service types that the options name.
func (s *Session) figureOptions(ctx context.Context, o FigureOptions) (model.FigureOptions, error) {
	out := model.FigureOptions{NeedFrom: o.NeedFrom}
	for _, by := range o.By {
		b := model.Breakdown(by)
		if b != model.BySex && b != model.ByAge {
			areas, err := s.areas(ctx, by)
			if err != nil {
				return out, err
			}
			b, out.Areas = model.ByArea, append(out.Areas, areas...)
		}
		if !slices.Contains(out.By, b) {
			out.By = append(out.By, b)
		}
	}
	if !o.Joint {
		return out, nil
	}
	types, err := s.ServiceTypes(ctx)
	for _, t := range types {
		out.Services = append(out.Services, t.ID)
	}
	return out, err
}

// areas reads the areas of a layer. Rows of the same code are one area, or of the same name where there are no codes.
func (s *Session) areas(ctx context.Context, name string) ([]model.Area, error) {
	layer, err := s.layer(ctx, name)
	if err != nil {
		return nil, err
	}
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	codes, names := areaColumns(layer)
	var out []model.Area
	at := map[string]int{}
	err = p.Features(ctx, layer, func(f model.Feature) error {
		var shape orb.MultiPolygon
		switch g := f.Geometry.(type) {
		case orb.Polygon:
			shape = orb.MultiPolygon{g}
		case orb.MultiPolygon:
			shape = g
		default:
			return nil
		}
		area := model.Area{ID: cellText(f, codes), Name: cellText(f, names)}
		if area.Name == "" {
			area.Name = area.ID
		}
		if area.ID == "" {
			area.ID = area.Name
		}
		if area.ID == "" {
			area.ID, area.Name = fmt.Sprint(f.ID), s.Printer().T("figures.area_numbered", f.ID)
		}
		if i, known := at[area.ID]; known {
			out[i].Shape = append(out[i].Shape, shape...)
			return nil
		}
		at[area.ID] = len(out)
		area.Shape = slices.Clone(shape)
		out = append(out, area)
		return nil
	})
	if err == nil && out == nil {
		err = i18n.Errorf("figures.layer_no_areas", name)
	}
	return out, err
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
	like := func(expression *regexp.Regexp) int {
		return slices.IndexFunc(layer.Fields, func(f model.Field) bool { return expression.MatchString(f.Name) })
	}
	if code < 0 {
		code = like(codeColumn)
	}
	if name < 0 {
		name = like(nameColumn)
	}
	if name < 0 {
		name = slices.IndexFunc(layer.Fields, func(f model.Field) bool { return f.Type == model.Text })
	}
	return code, name
}

// cellText is the text of a feature's column, "" where there is none.
func cellText(f model.Feature, column int) string {
	if column < 0 || f.Values[column] == nil {
		return ""
	}
	return strings.TrimSpace(fmt.Sprint(f.Values[column]))
}
