package session

import (
	"context"
	"encoding/json"
	"slices"

	"nabar/model"
)

// FigureOptions say whom the figures of a query are of, into what they are parted, and what is figured out beside them.
type FigureOptions struct {
	By       []string // "sex", "age", "settlement", or areas: LAYER, LAYER.COLUMN or TABLE.COLUMN
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
	figures   map[figureKey]*model.Figures
	divisions map[string]*divided // by what a call names them
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
	return s.figuresOf(ctx, ready, ready.query(q), o)
}

// figuresOf computes the figures of a query that is settled, or gives those that are kept.
func (s *Session) figuresOf(ctx context.Context, ready engine, q model.Query, o FigureOptions) (*model.Figures, error) {
	asked, err := json.Marshal([]any{q, o})
	if err != nil {
		return nil, err
	}
	key := figureKey{ready.snapshot, string(asked)}
	var f *model.Figures
	s.withFigures(ready.base, func(c *figureCache) { f = c.figures[key] })
	if f != nil {
		return f, nil
	}
	options, parted, err := s.figureOptions(ctx, ready.base, o)
	if err != nil {
		return nil, err
	}
	if f, err = ready.Figures(ctx, q, options); err != nil {
		return nil, err
	}
	f.Divisions, f.Remarks = parted.by, append(f.Remarks, parted.remarks...)
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

// figureOptions reads the areas and service types that the options name, and tells by what people are parted.
func (s *Session) figureOptions(ctx context.Context, base *model.Snapshot, o FigureOptions) (model.FigureOptions, *divided, error) {
	all := &divided{}
	out := model.FigureOptions{NeedFrom: o.NeedFrom, Of: o.Of, Within: o.Within, Detail: o.Detail}
	for _, by := range o.By {
		d, err := s.keptDivision(ctx, base, by)
		if err != nil {
			return out, nil, err
		}
		all.add(d)
		out.Areas, out.Settlements = append(out.Areas, d.areas...), append(out.Settlements, d.settlements...)
		if !slices.Contains(out.By, d.breakdown) {
			out.By = append(out.By, d.breakdown)
		}
	}
	if !o.Joint {
		return out, all, nil
	}
	types, err := s.ServiceTypes(ctx)
	for _, t := range types {
		out.Services = append(out.Services, t.ID)
	}
	return out, all, err
}

// keptDivision gives one way to part people, read once.
func (s *Session) keptDivision(ctx context.Context, base *model.Snapshot, by string) (*divided, error) {
	var d *divided
	s.withFigures(base, func(c *figureCache) { d = c.divisions[by] })
	if d != nil {
		return d, nil
	}
	d, err := s.breakdown(ctx, by)
	if err != nil {
		return nil, err
	}
	s.withFigures(base, func(c *figureCache) {
		if c.divisions == nil {
			c.divisions = map[string]*divided{}
		}
		c.divisions[by] = d
	})
	return d, nil
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
		d, err := s.keptDivision(ctx, snapshot, l.Name)
		if err != nil || l.Role == model.RoleArea && len(d.areas) < 2 {
			continue // without areas, or with the kommun alone, there is nothing to choose
		}
		out = append(out, AreaLayer{l.Name, d.areas})
	}
	return out, nil
}
