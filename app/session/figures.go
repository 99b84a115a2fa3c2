package session

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// FigureOptions say whom the figures of a query are of, into what they are parted, and what is figured out beside them.
type FigureOptions struct {
	By       []string // "sex", "age", or the name of a layer with areas
	NeedFrom float64  // metres or seconds from which the need of transport is summed; 0 for the usual
	Joint    bool     // how many of the project's service types people have within reach
	Of       string   // "women", "men" or an age group such as "70-", "" for everybody
	Within   string   // the ID of an area of a layer in By, or "inside" or "outside", "" for the whole kommun
	Detail   bool     // curves, places and squares too
}

// figureKey tells computed figures apart. The snapshot is that of the query's scenario.
type figureKey struct {
	snapshot *model.Snapshot
	asked    string
}

// figureCache holds what was figured out of one snapshot and its scenarios, so that going back to what was shown takes no
// time, and the areas that were read for it.
type figureCache struct {
	figures map[figureKey]*model.Figures
	areas   map[string][]model.Area // by layer
}

// maxFigures is how many figures are kept; then all are forgotten.
const maxFigures = 200

// Figures computes the figures of a query for those whom the options choose, and by group. They are not stored with the
// project, but kept as long as it is as it was: asking again takes no time. They must not be changed.
func (s *Session) Figures(ctx context.Context, q model.Query, o FigureOptions, progress model.Progress) (*model.Figures, error) {
	ready, err := s.ready(ctx, q, progress)
	if err != nil {
		return nil, err
	}
	asked, err := json.Marshal([]any{ready.query(q), o})
	if err != nil {
		return nil, err
	}
	key := figureKey{ready.snapshot, string(asked)}
	var f *model.Figures
	s.withFigures(ready.base, func(c *figureCache) { f = c.figures[key] })
	if f != nil {
		return f, nil
	}
	options, err := s.figureOptions(ctx, ready.base, o)
	if err != nil {
		return nil, err
	}
	if f, err = ready.Figures(ctx, ready.query(q), options); err != nil {
		return nil, err
	}
	s.withFigures(ready.base, func(c *figureCache) {
		if len(c.figures) >= maxFigures {
			c.figures = nil
		}
		if c.figures == nil {
			c.figures = map[figureKey]*model.Figures{}
		}
		c.figures[key] = f
	})
	return f, nil
}

// withFigures uses the cache, where it is still of the project as base has it.
func (s *Session) withFigures(base *model.Snapshot, use func(*figureCache)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cache.snapshot == base {
		use(&s.cache.figures)
	}
}

// figureOptions reads the areas and service types that the options name.
func (s *Session) figureOptions(ctx context.Context, base *model.Snapshot, o FigureOptions) (model.FigureOptions, error) {
	out := model.FigureOptions{NeedFrom: o.NeedFrom, Of: o.Of, Within: o.Within, Detail: o.Detail}
	for _, by := range o.By {
		b := model.Breakdown(by)
		if b != model.BySex && b != model.ByAge {
			areas, err := s.keptAreas(ctx, base, by)
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

// keptAreas gives the areas of a layer, read once.
func (s *Session) keptAreas(ctx context.Context, base *model.Snapshot, name string) ([]model.Area, error) {
	var areas []model.Area
	s.withFigures(base, func(c *figureCache) { areas = c.areas[name] })
	if areas != nil {
		return areas, nil
	}
	areas, err := s.areas(ctx, name)
	if err != nil {
		return nil, err
	}
	s.withFigures(base, func(c *figureCache) {
		if c.areas == nil {
			c.areas = map[string][]model.Area{}
		}
		c.areas[name] = areas
	})
	return areas, nil
}

// AreaLayer is a layer whose areas figures can be chosen and parted by.
type AreaLayer struct {
	Name  string
	Areas []model.Area // in the layer's order
}

// AreaLayers are the layers with areas to choose among: those imported as areas, and others whose areas have codes, such as
// settlements. One that holds the kommun alone is not among them.
func (s *Session) AreaLayers(ctx context.Context) ([]AreaLayer, error) {
	layers, err := s.Layers(ctx)
	if err != nil {
		return nil, err
	}
	snapshot, err := s.Snapshot(ctx, nil)
	if err != nil {
		return nil, err
	}
	var out []AreaLayer
	for _, l := range layers {
		polygons := l.Geometry == model.PolygonType || l.Geometry == model.MultiPolygonType
		code, _ := areaColumns(l)
		if fits := l.Role == model.RoleArea || l.Role == model.RoleLayer && code >= 0; !polygons || !fits {
			continue
		}
		areas, err := s.keptAreas(ctx, snapshot, l.Name)
		if err != nil || l.Role == model.RoleArea && len(areas) < 2 {
			continue // without areas, or with the kommun alone, there is nothing to choose
		}
		out = append(out, AreaLayer{l.Name, areas})
	}
	return out, nil
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
