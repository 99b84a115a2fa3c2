package cli

import (
	"context"
	"strings"

	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/role"
)

// placeFlags are what a call tells of a service place.
type placeFlags struct {
	types []string
	at    *orb.Point
	facts map[string]string
	alone bool
	layer string
}

// factFlags are the flags of the facts that are not called as their parts are.
var factFlags = map[string]string{
	model.PartPostTown: "town", model.PartFullRange: "full-range", model.PartChain: "operator", model.PartTold: "source",
}

// add makes the flags known to a call.
func (f *placeFlags) add(c *call) {
	f.facts = map[string]string{}
	for _, fact := range role.PlaceFacts() {
		name := fact.Part
		if other, ok := factFlags[name]; ok {
			name = other
		}
		c.flags.Func(name, "", func(text string) error {
			f.facts[fact.Part] = text
			return nil
		})
	}
	c.flags.Func("type", "", func(text string) error {
		f.types = parseTypes(text)
		return nil
	})
	c.positionFlag("at", &f.at)
	c.flags.BoolVar(&f.alone, "alone", false, "")
	c.flags.StringVar(&f.layer, "layer", "", "")
}

// positionFlag makes a flag known that is a position; into stays nil where it is not given.
func (c *call) positionFlag(name string, into **orb.Point) {
	c.flags.Func(name, "", func(text string) error {
		at, ok := parsePosition(text)
		if !ok {
			return usage("spot.cli_position", text)
		}
		*into = &at
		return nil
	})
}

// serviceJSON is one service of a place.
type serviceJSON struct {
	ID   string  `json:"id"`
	Name string  `json:"name"`
	Type string  `json:"type"`
	E    float64 `json:"e"`
	N    float64 `json:"n"`
}

// placeReportJSON is what became of a place.
type placeReportJSON struct {
	Name    string        `json:"name"`
	Layer   string        `json:"layer"`
	Places  []serviceJSON `json:"places"`
	Road    *roadJSON     `json:"road"`
	Columns []string      `json:"columns"`
	Broken  []string      `json:"broken"`
}

// roadJSON is the road that a place joins.
type roadJSON struct {
	DistanceM float64 `json:"distance_m"`
	Joined    bool    `json:"joined"`
	E         float64 `json:"e"`
	N         float64 `json:"n"`
	Layer     string  `json:"layer"`
	FID       int64   `json:"fid"`
	Name      string  `json:"name"`
}

// sayPlace answers with what became of a place; key is the line that says what was done.
func (c *call) sayPlace(key string, r session.PlaceReport) error {
	if c.json {
		out := placeReportJSON{Name: r.Name, Layer: r.Layer, Places: servicesJSON(r.Places), Columns: r.Columns, Broken: []string{}}
		if out.Columns == nil {
			out.Columns = []string{}
		}
		if r.Road.Found {
			out.Road = &roadJSON{r.Road.Metres, r.Road.Joined, r.Road.At[0], r.Road.At[1], r.Road.Layer, r.Road.FID, c.printer.Text(r.Road.Name)}
		}
		for _, m := range r.Broken {
			out.Broken = append(out.Broken, c.printer.Text(m))
		}
		return c.answer(out)
	}
	c.say(key, r.Name, r.Layer)
	for i := range r.Places {
		f := &r.Places[i]
		c.say("spot.cli_line", f.ID, c.session.ServiceLabel(context.Background(), f.Type), f.Name)
	}
	if len(r.Places) > 0 {
		c.say("spot.cli_road", r.Road.Say())
	}
	if len(r.Columns) > 0 {
		c.say("spot.cli_columns", r.Layer, strings.Join(r.Columns, ", "))
	}
	if len(r.Broken) > 0 {
		c.say("spot.broken")
		for _, m := range r.Broken {
			c.say("spot.cli_item", m)
		}
	}
	return nil
}

// servicesJSON is facilities as JSON has them.
func servicesJSON(all []model.Facility) []serviceJSON {
	out := []serviceJSON{}
	for i := range all {
		f := &all[i]
		out = append(out, serviceJSON{f.ID, f.Name, f.Type, f.At[0], f.At[1]})
	}
	return out
}

// placeListCommand lists the service places.
func placeListCommand() command {
	var service string
	return command{
		name: "place list", args: []string{"P.gpkg"},
		flags: func(c *call) { c.flags.StringVar(&service, "service", "", "") },
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			snapshot, err := c.session.Snapshot(ctx, c.progress())
			if err != nil {
				return err
			}
			var chosen []model.Facility
			for _, f := range snapshot.Facilities {
				if service == "" || f.Type == service {
					chosen = append(chosen, f)
				}
			}
			if c.json {
				return c.answer(map[string]any{"places": servicesJSON(chosen)})
			}
			for i := range chosen {
				c.say("spot.cli_line", chosen[i].ID, c.session.ServiceLabel(ctx, chosen[i].Type), chosen[i].Name)
			}
			return nil
		},
	}
}

// placeAddCommand adds a service place.
func placeAddCommand() command {
	var f placeFlags
	return command{
		name: "place add", args: []string{"P.gpkg", "NAMN"}, flags: f.add,
		run: func(ctx context.Context, c *call) error {
			if f.at == nil {
				return usage("spot.cli_position", "")
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			f.facts[model.PartName] = c.args[1]
			r, err := c.session.AddPlace(ctx, session.PlaceDraft{Types: f.types, At: *f.at, Facts: f.facts, Layer: f.layer})
			if err != nil {
				return err
			}
			return c.sayPlace("spot.cli_added", r)
		},
	}
}

// placeChange is a subcommand that changes the place of an id.
func placeChange(name, key string, args []string, change func(f *placeFlags, c *call) error) command {
	var f placeFlags
	return command{
		name: "place " + name, args: append([]string{"P.gpkg", "ID"}, args...), flags: f.add,
		run: func(ctx context.Context, c *call) error {
			if err := change(&f, c); err != nil {
				return err
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			r, err := c.session.EditPlace(ctx, c.args[1], session.PlaceChange{Types: f.types, At: f.at, Facts: f.facts, Alone: f.alone})
			if err != nil {
				return err
			}
			return c.sayPlace(key, r)
		},
	}
}

// placeMoveCommand moves a service place.
func placeMoveCommand() command {
	return placeChange("move", "spot.cli_moved", []string{"E,N"}, func(f *placeFlags, c *call) error {
		at, ok := parsePosition(c.args[2])
		if !ok {
			return usage("spot.cli_position", c.args[2])
		}
		f.at = &at
		return nil
	})
}

// placeEditCommand changes what is told of a service place.
func placeEditCommand() command {
	return placeChange("edit", "spot.cli_edited", nil, func(f *placeFlags, _ *call) error {
		if f.types == nil && f.at == nil && len(f.facts) == 0 {
			return usage("spot.cli_nothing", i18n.M("cli.usage_place_edit"))
		}
		return nil
	})
}

// placeRemoveCommand takes a service place away. With --dry-run it only tells what refers to it.
func placeRemoveCommand() command {
	var alone, dry bool
	return command{
		name: "place remove", args: []string{"P.gpkg", "ID"},
		flags: func(c *call) {
			c.flags.BoolVar(&alone, "alone", false, "")
			c.flags.BoolVar(&dry, "dry-run", false, "")
		},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			if dry {
				return c.sayUses(ctx, c.args[1], alone)
			}
			r, err := c.session.RemovePlace(ctx, c.args[1], alone)
			if err != nil {
				return err
			}
			return c.sayPlace("spot.cli_removed", r)
		},
	}
}

// sayUses answers with what refers to a place.
func (c *call) sayUses(ctx context.Context, id string, alone bool) error {
	snapshot, err := c.session.Snapshot(ctx, c.progress())
	if err != nil {
		return err
	}
	var ids []string
	for _, i := range session.PlaceServices(snapshot, id) {
		if f := &snapshot.Facilities[i]; !alone || f.ID == id {
			ids = append(ids, f.ID)
		}
	}
	if len(ids) == 0 {
		return i18n.Errorf("spot.unknown", id)
	}
	uses, err := c.session.PlaceUses(ctx, ids...)
	if err != nil {
		return err
	}
	said := []string{}
	for _, m := range uses.All() {
		said = append(said, c.printer.Text(m))
	}
	if c.json {
		return c.answer(map[string]any{"places": ids, "uses": said})
	}
	if len(said) == 0 {
		c.say("spot.no_uses")
	}
	for _, line := range said {
		c.say("spot.cli_item", i18n.Plain(line))
	}
	return nil
}
