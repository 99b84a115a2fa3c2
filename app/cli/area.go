package cli

import (
	"context"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// areaFlags are the ways to name an area.
type areaFlags struct{ circle, polygon, layer, keep string }

// areaCommand tells of an area: who lives there and how far they have to each service.
func areaCommand() command {
	var q queryFlags
	var f areaFlags
	return command{
		name: "area", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.StringVar(&q.impedance, "impedance", string(model.Distance), "")
			c.flags.StringVar(&q.bands, "bands", "", "")
			q.addScenario(c)
			c.flags.StringVar(&f.circle, "circle", "", "")
			c.flags.StringVar(&f.polygon, "polygon", "", "")
			c.flags.StringVar(&f.layer, "layer", "", "")
			c.flags.StringVar(&f.keep, "keep", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			q.service = "-" // an area's profile is about them all
			query, err := q.query()
			if err != nil {
				return err
			}
			if err := f.check(); err != nil {
				return err
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			area, layer, err := f.area(ctx, c)
			if err != nil {
				return err
			}
			if f.keep != "" {
				if layer, err = c.session.KeepArea(ctx, area, f.keep); err != nil {
					return err
				}
				area.ID, area.Name = f.keep, f.keep
			}
			profile, err := c.session.AreaProfile(ctx, area, layer, query, c.progress())
			if err != nil {
				return err
			}
			if c.json {
				return c.answer(c.profileToJSON(profile))
			}
			c.sayProfile(ctx, profile)
			return nil
		},
	}
}

// check wants one area and no more.
func (f *areaFlags) check() error {
	n := 0
	for _, way := range []string{f.circle, f.polygon, f.layer} {
		if way != "" {
			n++
		}
	}
	if n != 1 {
		return usage("cli.area_one")
	}
	if f.keep != "" && f.layer != "" {
		return usage("cli.area_kept")
	}
	return nil
}

// area makes the area, and names the layer that it is of.
func (f *areaFlags) area(ctx context.Context, c *call) (area model.Area, layer string, err error) {
	switch {
	case f.circle != "":
		position, radius, ok := cutLast(f.circle, ",")
		at, sound := parsePosition(position)
		metres, number := parseNumber(radius)
		if !ok || !sound || !number {
			return area, "", usage("cli.area_circle_wrong", f.circle)
		}
		area, err = c.session.Circle(at, metres)
		return area, "", err
	case f.polygon != "":
		var corners []orb.Point
		for _, corner := range strings.Fields(f.polygon) {
			at, ok := parsePosition(corner)
			if !ok {
				return area, "", usage("cli.area_polygon_wrong", corner)
			}
			corners = append(corners, at)
		}
		area, err = c.session.Polygon(corners)
		return area, "", err
	}
	return c.session.NamedArea(ctx, f.layer)
}

// profileJSON is an area's profile as scripts read it.
type profileJSON struct {
	Area      string            `json:"area"`
	ID        string            `json:"id"`
	Impedance string            `json:"impedance"`
	Scenario  string            `json:"scenario,omitempty"`
	SquareM   float64           `json:"area_m2"`
	People    int               `json:"people"`
	Kommun    int               `json:"people_kommun"`
	Share     *float64          `json:"share_of_kommun"`
	Beyond    int               `json:"people_beyond_border"`
	Groups    []headcountJSON   `json:"groups"`
	Places    []placeInJSON     `json:"places"`
	Services  []areaServiceJSON `json:"services"`
	Divisions []divisionJSON    `json:"divisions,omitempty"`
	Remarks   []string          `json:"remarks"`
}

// headcountJSON is how many people of a group live in an area.
type headcountJSON struct {
	By          string `json:"by"`
	Group       string `json:"group"`
	Name        string `json:"name"`
	People      int    `json:"people"`
	Approximate bool   `json:"approximate"`
	Unknown     int    `json:"unknown"`
}

// placeInJSON is a place in an area.
type placeInJSON struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Service string `json:"service"`
}

// areaServiceJSON is how far people of an area have to a service.
type areaServiceJSON struct {
	Service    string      `json:"service"`
	Inside     int         `json:"facilities_inside"`
	All        *groupJSON  `json:"all"`
	Groups     []groupJSON `json:"groups,omitempty"`
	KommunMean *float64    `json:"mean_kommun"`
	Missing    string      `json:"missing,omitempty"`
}

// divisionJSON says by what people were parted.
type divisionJSON struct {
	Layer   string `json:"layer"`
	Column  string `json:"column,omitempty"`
	Table   string `json:"table,omitempty"`
	Source  string `json:"source"`
	SHA256  string `json:"sha256"`
	Edition string `json:"edition"`
}

// divisionsToJSON turns divisions into their JSON form.
func divisionsToJSON(all []model.Division) []divisionJSON {
	var out []divisionJSON
	for _, d := range all {
		out = append(out, divisionJSON(d))
	}
	return out
}

// profileToJSON turns a profile into its JSON form.
func (c *call) profileToJSON(p *model.AreaProfile) profileJSON {
	i := p.Query.Impedance
	out := profileJSON{
		Area: p.Area.Name, ID: p.Area.ID, Impedance: string(i), Scenario: p.Query.Scenario, SquareM: *number(p.Square), People: p.People,
		Kommun: p.Kommun, Beyond: p.Beyond, Groups: []headcountJSON{}, Places: []placeInJSON{}, Services: []areaServiceJSON{},
		Divisions: divisionsToJSON(p.Divisions), Remarks: list(c.texts(p.Remarks)),
	}
	if p.Kommun > 0 {
		out.Share = share(float64(p.People) / float64(p.Kommun))
	}
	for _, g := range p.Groups {
		out.Groups = append(out.Groups, headcountJSON{string(g.By), g.ID, c.printer.Text(g.Name), g.People, g.Approximate, g.Unknown})
	}
	for _, f := range p.Places {
		out.Places = append(out.Places, placeInJSON{f.ID, f.Name, f.Type})
	}
	for _, s := range p.Services {
		j := areaServiceJSON{Service: s.Service, Inside: s.Inside, KommunMean: number(s.Kommun), Groups: c.groupsToJSON(s.Groups, i)}
		if s.All != nil {
			all := c.groupToJSON(*s.All, i)
			j.All = &all
		} else {
			j.Missing = c.printer.Text(s.Missing)
		}
		out.Services = append(out.Services, j)
	}
	return out
}

// sayProfile prints a profile for people to read.
func (c *call) sayProfile(ctx context.Context, p *model.AreaProfile) {
	i := p.Query.Impedance
	c.say("cli.area_head", p.Area.Name, p.People, i18n.Share(float64(p.People)/float64(max(p.Kommun, 1))))
	c.sayDivisions(p.Divisions)
	for _, g := range p.Groups {
		name := c.printer.Text(g.Name)
		if g.Approximate {
			name = c.printer.T("cli.about_group", name)
		}
		c.say("cli.area_group", name, g.People)
	}
	c.say("cli.area_places", len(p.Places))
	for _, f := range p.Places {
		c.say("cli.area_place", f.Name, c.session.ServiceLabel(ctx, f.Type))
	}
	for _, s := range p.Services {
		label := c.session.ServiceLabel(ctx, s.Service)
		if s.All == nil {
			c.say("cli.area_missing", label, s.Missing)
			continue
		}
		cost := costIn(i)
		c.say("cli.area_service", label, cost(s.All.Mean), cost(s.All.Median), cost(s.All.Max), cost(s.Kommun))
		var bands []string
		for _, b := range s.All.Bands {
			bands = append(bands, c.printer.T("cli.area_band", cost(b.To), b.People))
		}
		c.say("cli.area_bands", strings.Join(bands, ", "))
		if s.All.Unreached > 0 {
			c.say("cli.area_unreached", s.All.Unreached)
		}
	}
	if p.Beyond > 0 {
		c.say("cli.area_beyond", p.Beyond)
	}
	for _, remark := range c.texts(p.Remarks) {
		c.say("cli.remark", remark)
	}
}

// sayDivisions names by what people are parted, with the edition.
func (c *call) sayDivisions(all []model.Division) {
	for _, d := range all {
		name := d.Layer
		if d.Column != "" {
			name = c.printer.T("areas.by_column", d.Layer, d.Column)
		}
		if d.Table != "" {
			name = c.printer.T("areas.by_table", d.Layer, d.Column, d.Table)
		}
		edition := d.Edition
		if edition == "" {
			edition = c.printer.T("areas.edition_untold")
		}
		c.say("areas.division", name, d.Source, edition)
	}
}
