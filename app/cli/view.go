package cli

import (
	"context"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// viewListCommand shows the kept views of the map.
func viewListCommand() command {
	return command{
		name: "view list", args: []string{"P.gpkg"},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			views, err := c.session.Views(ctx)
			if err != nil {
				return err
			}
			if c.json {
				if views == nil {
					views = []model.MapView{}
				}
				return c.answer(map[string]any{"views": views})
			}
			if len(views) == 0 {
				c.say("views.cli_none")
			}
			for _, v := range views {
				c.sayView(v)
			}
			return nil
		},
	}
}

// sayView prints a view on a line.
func (c *call) sayView(v model.MapView) {
	whole := func(i int) string { return strconv.Itoa(int(math.Round(v.Bounds[i]))) }
	var shows []string
	for _, s := range []string{v.Service, string(v.Impedance), v.Scenario, v.Profile, v.Date, v.Demand} {
		if s != "" {
			shows = append(shows, s)
		}
	}
	c.say("views.cli_line", v.Name, whole(0)+","+whole(1)+","+whole(2)+","+whole(3), strings.Join(shows, ", "))
}

// viewAddCommand keeps a view.
func viewAddCommand() command {
	var q queryFlags
	var bounds string
	return command{
		name: "view add", args: []string{"P.gpkg", "NAME"},
		flags: func(c *call) {
			q.add(c)
			q.addScenario(c)
			c.flags.StringVar(&bounds, "bounds", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			var b orb.Bound
			if bounds != "" {
				var ok bool
				if b, ok = parseBounds(bounds); !ok {
					return usage("views.cli_bounds", bounds)
				}
			}
			var query model.Query
			if q.service != "" {
				var err error
				if query, err = q.query(); err != nil {
					return err
				}
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			if bounds == "" {
				var err error
				if b, err = c.session.Bounds(ctx); err != nil {
					return err
				}
			}
			v := model.NewMapView(c.args[1], b, query)
			if err := c.session.SaveView(ctx, v); err != nil {
				return err
			}
			if c.json {
				return c.answer(v)
			}
			c.sayView(v)
			return nil
		},
	}
}

// parseBounds reads "E,N,E,N".
func parseBounds(text string) (b orb.Bound, ok bool) {
	parts := strings.Split(text, ",")
	if len(parts) != 4 {
		return b, false
	}
	var v [4]float64
	for i, part := range parts {
		var err error
		if v[i], err = strconv.ParseFloat(strings.TrimSpace(part), 64); err != nil {
			return b, false
		}
	}
	return orb.Bound{Min: orb.Point{v[0], v[1]}, Max: orb.Point{v[2], v[3]}}, true
}

// viewRemoveCommand removes a view.
func viewRemoveCommand() command {
	return command{
		name: "view remove", args: []string{"P.gpkg", "NAME"},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			if err := c.session.RemoveView(ctx, c.args[1]); err != nil {
				return err
			}
			if c.json {
				return c.answer(map[string]any{"removed": c.args[1]})
			}
			c.say("views.cli_removed", i18n.Plain(c.args[1]))
			return nil
		},
	}
}
