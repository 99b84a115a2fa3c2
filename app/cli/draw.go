package cli

import (
	"context"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/shape"
)

// drawnKinds are the geometries that layers are drawn with, by what the command line calls them.
var drawnKinds = map[string]model.GeometryType{"point": model.PointType, "line": model.LineStringType, "polygon": model.PolygonType}

// columnTypes are the types of columns, by what the command line calls them.
var columnTypes = map[string]model.FieldType{
	"text": model.Text, "integer": model.Integer, "number": model.Real, "yesno": model.Boolean, "date": model.DateType,
}

// drawNewCommand makes an empty layer.
func drawNewCommand() command {
	var kind string
	var fields []model.Field
	return command{
		name: "draw new", args: []string{"P.gpkg", "LAGER"},
		flags: func(c *call) {
			c.flags.StringVar(&kind, "type", "", "")
			c.flags.Func("column", "", func(text string) error {
				name, what, ok := cutLast(text, ":")
				t, known := columnTypes[strings.ToLower(what)]
				if !ok || !known {
					return i18n.Errorf("tools.column_form", text)
				}
				fields = append(fields, model.Field{Name: name, Type: t})
				return nil
			})
		},
		run: func(ctx context.Context, c *call) error {
			geometry, known := drawnKinds[strings.ToLower(kind)]
			if !known {
				return usage("tools.type_wrong", kind)
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			l, err := c.session.NewLayer(ctx, c.args[1], geometry, fields)
			if err != nil {
				return err
			}
			return c.drew(l, 0, "tools.made_layer", nil, l.Name)
		},
	}
}

// drew answers with what was done to a feature of a layer.
func (c *call) drew(l model.Layer, id int64, key string, remarks []i18n.Message, args ...any) error {
	if !c.json {
		c.say(key, args...)
		for _, m := range remarks {
			c.note(m)
		}
		return nil
	}
	out := map[string]any{"layer": l.Name, "remarks": list(c.texts(remarks))}
	if id != 0 {
		out["fid"] = id
	}
	return c.answer(out)
}

// shapeFlags give a shape.
type shapeFlags struct{ point, line, polygon string }

func (f *shapeFlags) add(c *call) {
	c.flags.StringVar(&f.point, "point", "", "")
	c.flags.StringVar(&f.line, "line", "", "")
	c.flags.StringVar(&f.polygon, "polygon", "", "")
}

// shape is the one that is given; nil where none is.
func (f *shapeFlags) shape(c *call) (orb.Geometry, error) {
	n := 0
	for _, text := range []string{f.point, f.line, f.polygon} {
		if text != "" {
			n++
		}
	}
	if n > 1 {
		return nil, usage("tools.shape_one")
	}
	points, err := parsePositions(f.point + f.line + f.polygon)
	switch {
	case err != nil || n == 0:
		return nil, err
	case f.point != "" && len(points) == 1:
		return points[0], nil
	case f.point != "":
		return nil, usage("tools.position_wrong", f.point)
	case f.line != "":
		return orb.LineString(points), nil
	}
	area, err := c.session.Polygon(points)
	if err != nil {
		return nil, err
	}
	return area.Shape[0], nil
}

// valuesFlag reads COLUMN=VALUE into texts.
func valuesFlag(c *call, texts map[string]string) {
	c.flags.Func("set", "", func(text string) error {
		column, value, ok := strings.Cut(text, "=")
		if !ok {
			return i18n.Errorf("tools.set_form", text)
		}
		texts[column] = value
		return nil
	})
}

// drawAddCommand draws a feature.
func drawAddCommand() command {
	var f shapeFlags
	texts := map[string]string{}
	return command{
		name: "draw add", args: []string{"P.gpkg", "LAGER"},
		flags: func(c *call) {
			f.add(c)
			valuesFlag(c, texts)
		},
		run: func(ctx context.Context, c *call) error {
			l, err := c.openLayer(ctx)
			if err != nil {
				return err
			}
			g, err := f.shape(c)
			if err != nil {
				return err
			}
			if g == nil {
				return usage("tools.shape_one")
			}
			means, err := c.session.Editability(l)
			if err != nil {
				return err
			}
			id, err := c.session.AddFeature(ctx, l, g, texts)
			if err != nil {
				return err
			}
			return c.drew(l, id, "tools.drew", messages(means), id, l.Name)
		},
	}
}

// messages is a message, if it says anything.
func messages(m i18n.Message) []i18n.Message {
	if m.IsZero() {
		return nil
	}
	return []i18n.Message{m}
}

// drawShapeCommand gives a feature another shape: whole, moved, or with one vertex changed.
func drawShapeCommand() command {
	var f shapeFlags
	var by, move, insert, remove string
	return command{
		name: "draw shape", args: []string{"P.gpkg", "LAGER", "FID"},
		flags: func(c *call) {
			f.add(c)
			c.flags.StringVar(&by, "by", "", "")
			c.flags.StringVar(&move, "move", "", "")
			c.flags.StringVar(&insert, "insert", "", "")
			c.flags.StringVar(&remove, "remove", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			id, err := parseID(c.args[2])
			if err != nil {
				return err
			}
			l, err := c.openLayer(ctx)
			if err != nil {
				return err
			}
			g, err := f.shape(c)
			if err != nil {
				return err
			}
			change, err := reshaping(g, by, move, insert, remove)
			if err != nil {
				return err
			}
			means, err := c.session.Editability(l)
			if err != nil {
				return err
			}
			remarks, err := c.session.Reshape(ctx, l, id, change)
			if err != nil {
				return err
			}
			return c.drew(l, id, "tools.reshaped", append(messages(means), remarks...), id, l.Name)
		},
	}
}

// reshaping is the change of a shape that a call asks for.
func reshaping(g orb.Geometry, by, move, insert, remove string) (func(orb.Geometry) (orb.Geometry, error), error) {
	n := 0
	for _, text := range []string{by, move, insert, remove} {
		if text != "" {
			n++
		}
	}
	if (g != nil) == (n == 1) || n > 1 {
		return nil, usage("tools.change_one")
	}
	switch {
	case g != nil:
		return func(orb.Geometry) (orb.Geometry, error) { return g, nil }, nil
	case by != "":
		step, ok := parsePosition(by)
		if !ok {
			return nil, usage("tools.position_wrong", by)
		}
		return func(old orb.Geometry) (orb.Geometry, error) { return shape.Shift(old, step[0], step[1]), nil }, nil
	case remove != "":
		v, _, err := parseVertex(remove, false)
		return func(old orb.Geometry) (orb.Geometry, error) { return shape.Remove(old, v) }, err
	case move != "":
		v, at, err := parseVertex(move, true)
		return func(old orb.Geometry) (orb.Geometry, error) { return shape.Move(old, v, at) }, err
	}
	v, at, err := parseVertex(insert, true)
	return func(old orb.Geometry) (orb.Geometry, error) { return shape.Insert(old, v, at) }, err
}

// parseVertex reads INDEX, RING/INDEX or PART/RING/INDEX, and after a colon the position where one is wanted.
func parseVertex(text string, positioned bool) (v shape.Vertex, at orb.Point, err error) {
	which, position, has := strings.Cut(text, ":")
	wrong := usage("tools.vertex_wrong", text)
	if has != positioned {
		return v, at, wrong
	}
	if positioned {
		var ok bool
		if at, ok = parsePosition(position); !ok {
			return v, at, wrong
		}
	}
	words := strings.Split(which, "/")
	if len(words) > 3 {
		return v, at, wrong
	}
	numbers := [3]int{}
	for i, word := range words {
		if numbers[3-len(words)+i], err = strconv.Atoi(word); err != nil {
			return v, at, wrong
		}
	}
	return shape.Vertex{Part: numbers[0], Ring: numbers[1], Index: numbers[2]}, at, nil
}

// drawSetCommand changes values of a feature.
func drawSetCommand() command {
	texts := map[string]string{}
	return command{
		name: "draw set", args: []string{"P.gpkg", "LAGER", "FID"},
		flags: func(c *call) { valuesFlag(c, texts) },
		run: func(ctx context.Context, c *call) error {
			id, err := parseID(c.args[2])
			if err != nil {
				return err
			}
			if len(texts) == 0 {
				return usage("tools.set_missing")
			}
			l, err := c.openLayer(ctx)
			if err != nil {
				return err
			}
			if err := c.session.ChangeValues(ctx, l, id, texts); err != nil {
				return err
			}
			return c.drew(l, id, "tools.valued", nil, id, l.Name)
		},
	}
}

// drawRemoveCommand removes features.
func drawRemoveCommand() command {
	return command{
		name: "draw remove", args: []string{"P.gpkg", "LAGER", "FID", "FID..."},
		run: func(ctx context.Context, c *call) error {
			var ids []int64
			for _, text := range c.args[2:] {
				id, err := parseID(text)
				if err != nil {
					return err
				}
				ids = append(ids, id)
			}
			l, err := c.openLayer(ctx)
			if err != nil {
				return err
			}
			if err := c.session.DeleteFeatures(ctx, l, ids); err != nil {
				return err
			}
			return c.drew(l, 0, "tools.removed", nil, len(ids), l.Name)
		},
	}
}
