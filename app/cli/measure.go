package cli

import (
	"context"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/shape"
)

// measureFlags name what is measured.
type measureFlags struct {
	line, polygon string
	road          bool
	query         queryFlags
}

// legJSON is a leg of what was measured: metres, along roads also seconds; null where there is no road.
type legJSON struct {
	From    [2]float64 `json:"from"`
	To      [2]float64 `json:"to"`
	Metres  *float64   `json:"metres"`
	Seconds *float64   `json:"seconds,omitempty"`
	Points  int        `json:"points,omitempty"` // of the road that is driven
}

// measureCommand measures a line, a way along the roads, or an area.
func measureCommand() command {
	var f measureFlags
	return command{
		name: "measure", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.StringVar(&f.line, "line", "", "")
			c.flags.StringVar(&f.polygon, "polygon", "", "")
			c.flags.BoolVar(&f.road, "road", false, "")
			c.flags.StringVar(&f.query.impedance, "impedance", string(model.Distance), "")
			f.query.addScenario(c)
			f.query.way.add(c)
		},
		run: func(ctx context.Context, c *call) error {
			query, err := f.query.anyService()
			if err != nil {
				return err
			}
			if (f.line == "") == (f.polygon == "") || f.polygon != "" && f.road {
				return usage("tools.measure_one")
			}
			points, err := parsePositions(f.line + f.polygon)
			if err != nil {
				return err
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			switch {
			case f.polygon != "":
				return c.measureArea(points)
			case f.road:
				return c.measureRoad(ctx, query, points)
			}
			return c.measureLine(points)
		},
	}
}

// measureLine tells the length of a line, leg by leg.
func (c *call) measureLine(points []orb.Point) error {
	if err := shape.Check(orb.LineString(points)); err != nil {
		return err
	}
	legs := []legJSON{}
	for i := 1; i < len(points); i++ {
		m := shape.Leg(points[i-1], points[i])
		legs = append(legs, legJSON{From: points[i-1], To: points[i], Metres: number(m)})
		if !c.json {
			c.say("tools.leg", i, i18n.Measured(m), i18n.Measured(shape.Length(points[:i+1])))
		}
	}
	if c.json {
		return c.answer(map[string]any{"kind": "line", "metres": number(shape.Length(points)), "legs": legs})
	}
	c.say("tools.total", i18n.Measured(shape.Length(points)))
	return nil
}

// measureArea tells the surface of a polygon and the way around it.
func (c *call) measureArea(points []orb.Point) error {
	area, err := c.session.Polygon(points)
	if err != nil {
		return err
	}
	if err := shape.Check(area.Shape); err != nil {
		return err
	}
	surface, around := shape.Area(area.Shape), shape.Total(area.Shape)
	if c.json {
		return c.answer(map[string]any{"kind": "area", "area_m2": number(surface), "perimeter_m": number(around)})
	}
	c.say("tools.surface", i18n.Surface(surface), i18n.Measured(around))
	return nil
}

// measureRoad tells how far and how long it is along the roads, leg by leg.
func (c *call) measureRoad(ctx context.Context, q model.Query, points []orb.Point) error {
	if err := shape.Check(orb.LineString(points)); err != nil {
		return err
	}
	m, err := c.session.MeasureRoad(ctx, q, points, c.progress())
	if err != nil {
		return err
	}
	legs := []legJSON{}
	for i, leg := range m.Legs {
		one := legJSON{From: points[i], To: points[i+1]}
		if leg.Found {
			one.Metres, one.Seconds, one.Points = number(leg.Metres), number(leg.Seconds), len(leg.Line)
		}
		legs = append(legs, one)
		switch {
		case c.json:
		case leg.Found:
			c.say("tools.road_leg", i+1, i18n.Measured(leg.Metres), i18n.Seconds(leg.Seconds))
		default:
			c.say("tools.road_none", i+1)
		}
	}
	if !c.json {
		if m.Whole {
			c.say("tools.road_total", i18n.Measured(m.Metres), i18n.Seconds(m.Seconds))
		}
		return nil
	}
	out := map[string]any{"kind": "road", "impedance": string(q.Impedance), "metres": nil, "seconds": nil, "legs": legs}
	if m.Whole {
		out["metres"], out["seconds"] = number(m.Metres), number(m.Seconds)
	}
	return c.answer(out)
}
