package cli

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
)

// profileListCommand shows the ways of travelling.
func profileListCommand() command {
	return command{
		name: "profile list", args: []string{"P.gpkg"},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			all, err := c.session.Profiles(ctx)
			if err != nil {
				return err
			}
			if c.json {
				out := make([]travelJSON, len(all))
				for i, p := range all {
					out[i] = c.travelToJSON(p)
				}
				return c.answer(map[string]any{"profiles": out})
			}
			for _, p := range all {
				c.say("profile.line", p.Label(), p.ID, p.Describe())
			}
			return nil
		},
	}
}

// profileFlags are the flags that change a profile. The last one of each counts.
type profileFlags struct {
	like    string
	changes []func(*model.Profile) error
}

// add makes the flags known to a call.
func (f *profileFlags) add(c *call) {
	c.flags.StringVar(&f.like, "like", "", "")
	on := func(name string, change func(*model.Profile, string) error) {
		c.flags.Func(name, "", func(text string) error {
			f.changes = append(f.changes, func(p *model.Profile) error { return change(p, strings.TrimSpace(text)) })
			return nil
		})
	}
	number := func(name string, into func(*model.Profile, float64)) {
		on(name, func(p *model.Profile, text string) error {
			v, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", "."), 64)
			if err != nil {
				return usage("profile.flag_number", name, text)
			}
			into(p, v)
			return nil
		})
	}
	yes := func(name, on1, off string, into func(*model.Profile, bool)) {
		on(name, func(p *model.Profile, text string) error {
			if text != on1 && text != off {
				return usage("profile.flag_word", name, text, on1, off)
			}
			into(p, text == on1)
			return nil
		})
	}
	on("name", func(p *model.Profile, text string) error {
		p.Name = text
		return nil
	})
	number("speed", func(p *model.Profile, v float64) { p.Speed = v })
	number("cap", func(p *model.Profile, v float64) { p.Cap = v })
	number("factor", func(p *model.Profile, v float64) { p.Factor = v })
	number("ferry-speed", func(p *model.Profile, v float64) { p.FerrySpeed = &v })
	number("ferry-wait", func(p *model.Profile, v float64) { p.FerryWait = &v })
	number("connector-speed", func(p *model.Profile, v float64) { p.ConnectorSpeed = &v })
	yes("motorways", "yes", "no", func(p *model.Profile, v bool) { p.Motorways = v })
	yes("one-way", "yes", "no", func(p *model.Profile, v bool) { p.OneWay = v })
	yes("ferries", "open", "closed", func(p *model.Profile, open bool) {
		p.Ferries = model.FerriesClosed
		if open {
			p.Ferries = model.FerriesAsSet
		}
	})
	on("bar", barClasses)
	on("class", slowClass)
}

// barClasses reads "8,9": the road classes that may not be used; "none" lets all be used again.
func barClasses(p *model.Profile, text string) error {
	p.Barred = nil
	if text == "none" {
		return nil
	}
	for _, part := range strings.Split(text, ",") {
		class, err := strconv.ParseInt(strings.TrimSpace(part), 10, 8)
		if err != nil {
			return usage("profile.flag_number", "bar", part)
		}
		p.Barred = append(p.Barred, int8(class))
	}
	return nil
}

// slowClass reads "9=0.7": how fast roads of a class are of what they would be.
func slowClass(p *model.Profile, text string) error {
	left, right, _ := strings.Cut(text, "=")
	class, err := strconv.ParseInt(strings.TrimSpace(left), 10, 8)
	factor, bad := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(right), ",", "."), 64)
	if err != nil || bad != nil {
		return usage("profile.flag_class", text)
	}
	p.Classes = slices.DeleteFunc(slices.Clone(p.Classes), func(c model.ClassFactor) bool { return c.Class == int8(class) })
	p.Classes = append(p.Classes, model.ClassFactor{Class: int8(class), Factor: factor})
	return nil
}

// profileSetCommand changes a way of travelling or adds one.
func profileSetCommand() command {
	var f profileFlags
	return command{
		name: "profile set", args: []string{"P.gpkg", "ID"},
		flags: f.add,
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			p, err := f.profile(ctx, c)
			if err != nil {
				return err
			}
			if err := c.session.SetProfile(ctx, p); err != nil {
				return err
			}
			if p, err = c.session.Profile(ctx, p.ID); err != nil {
				return err
			}
			if c.json {
				return c.answer(c.travelToJSON(p))
			}
			c.say("profile.line", p.Label(), p.ID, p.Describe())
			return nil
		},
	}
}

// profile is the one that the call names with the flags' changes, or a new one made from the one that --like names, the
// car unless it says another.
func (f *profileFlags) profile(ctx context.Context, c *call) (model.Profile, error) {
	p, err := c.session.Profile(ctx, c.args[1])
	given := false
	c.flags.Visit(func(fl *flag.Flag) { given = given || fl.Name == "like" })
	if err != nil || given {
		like, bad := c.session.Profile(ctx, f.like)
		if bad != nil {
			return p, bad
		}
		id, name := strings.ToLower(c.args[1]), c.args[1]
		if err == nil {
			id, name = p.ID, p.Name
		}
		p = like
		p.ID, p.Name = id, name
	}
	for _, change := range f.changes {
		if err := change(&p); err != nil {
			return p, err
		}
	}
	return p, nil
}

// profileRemoveCommand takes one of the user's own ways of travelling away, or makes a built-in one what it was.
func profileRemoveCommand() command {
	return command{
		name: "profile remove", args: []string{"P.gpkg", "ID"},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			p, err := c.session.Profile(ctx, c.args[1])
			if err != nil {
				return err
			}
			if err := c.session.RemoveProfile(ctx, p.ID); err != nil {
				return err
			}
			key := "profile.removed"
			if project.IsBuiltIn(p.ID) {
				key = "profile.was_reset"
			}
			if c.json {
				return c.answer(map[string]any{"removed": p.ID, "built_in": project.IsBuiltIn(p.ID)})
			}
			c.say(key, p.Label())
			return nil
		},
	}
}

// travelJSON is a way of travelling as scripts read it: its rules, and what it is called.
type travelJSON struct {
	model.Profile
	Label   string   `json:"label"`
	BuiltIn bool     `json:"built_in"`
	About   []string `json:"about"`
}

// travelToJSON writes one profile.
func (c *call) travelToJSON(p model.Profile) travelJSON {
	out := travelJSON{Profile: p, Label: c.printer.Text(p.Label()), BuiltIn: project.IsBuiltIn(p.ID), About: []string{}}
	for _, m := range p.Rules() {
		out.About = append(out.About, c.printer.Text(m))
	}
	return out
}

// demandListCommand shows the demand sets.
func demandListCommand() command {
	return command{
		name: "demand list", args: []string{"P.gpkg"},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			return c.tellDemand(ctx, "")
		},
	}
}

// demandSetCommand adds a demand set or replaces one.
func demandSetCommand() command {
	var parts []string
	var usual bool
	return command{
		name: "demand set", args: []string{"P.gpkg", "NAME"},
		flags: func(c *call) {
			c.flags.Func("part", "", func(text string) error {
				parts = append(parts, text)
				return nil
			})
			c.flags.BoolVar(&usual, "usual", false, "")
		},
		run: func(ctx context.Context, c *call) error {
			if len(parts) == 0 {
				return usage("profile.part_missing", i18n.M("cli.usage_demand_set"))
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			set := model.DemandSet{Name: c.args[1]}
			for _, text := range parts {
				part, err := c.demandPart(ctx, text)
				if err != nil {
					return err
				}
				set.Parts = append(set.Parts, part)
			}
			if err := c.session.SetDemandSet(ctx, set, usual); err != nil {
				return err
			}
			return c.tellDemand(ctx, c.args[1])
		},
	}
}

// demandPart reads "LAYER=2.5" or "LAYER:COLUMN=2.5". A layer may have a colon in its name.
func (c *call) demandPart(ctx context.Context, text string) (model.DemandPart, error) {
	left, right, ok := cutLast(text, "=")
	weight, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(right), ",", "."), 64)
	if !ok || err != nil {
		return model.DemandPart{}, usage("profile.part_wrong", text)
	}
	part := model.DemandPart{Layer: left, Weight: weight}
	layers, err := c.session.Layers(ctx)
	if err != nil {
		return part, err
	}
	if layer, column, ok := cutLast(left, ":"); ok && !slices.ContainsFunc(layers, func(l model.Layer) bool { return strings.EqualFold(l.Name, left) }) {
		part.Layer, part.Column = layer, column
	}
	return part, nil
}

// demandRemoveCommand takes a demand set away.
func demandRemoveCommand() command {
	return command{
		name: "demand remove", args: []string{"P.gpkg", "NAME"},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			if err := c.session.RemoveDemandSet(ctx, c.args[1]); err != nil {
				return err
			}
			return c.tellDemand(ctx, "")
		},
	}
}

// demandJSON is a demand set as scripts read it.
type demandJSON struct {
	model.DemandSet
	Usual bool `json:"usual"`
}

// tellDemand answers with all demand sets, or with the one of a name.
func (c *call) tellDemand(ctx context.Context, name string) error {
	sets, err := c.session.DemandSets(ctx)
	if err != nil {
		return err
	}
	out := []demandJSON{}
	for _, s := range sets.Sets {
		out = append(out, demandJSON{s, s.Name == sets.Usual})
	}
	if name != "" {
		out = slices.DeleteFunc(out, func(s demandJSON) bool { return !strings.EqualFold(s.Name, strings.Join(strings.Fields(name), " ")) })
	}
	switch {
	case c.json && name != "":
		return c.answer(out[0])
	case c.json:
		return c.answer(map[string]any{"demand": out})
	case len(out) == 0:
		c.say("profile.demand_none")
	}
	for _, s := range out {
		key := "profile.demand_line"
		if s.Usual {
			key = "profile.demand_line_usual"
		}
		var parts []string
		for _, p := range s.Parts {
			parts = append(parts, c.printer.T("profile.demand_part", partName(p), fmt.Sprint(p.Weight)))
		}
		c.say(key, s.Name, strings.Join(parts, " + "))
	}
	return nil
}

// partName names a layer, and the column that counts in it where that is another than its people.
func partName(p model.DemandPart) string {
	if p.Column == "" {
		return p.Layer
	}
	return p.Layer + ":" + p.Column
}
