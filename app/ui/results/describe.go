package results

import (
	"image"
	"math"
	"slices"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// View is what the panel shows, in the user's words.
type View struct {
	Title    string
	Subtitle string
	Symbol   image.Image
	Notice   string // why there are no figures, or that they are old
	Warn     bool   // the notice is about figures that are shown
	Compute  string // label of the button that computes; "" for none
	Groups   []Option
	Group    string // the chosen one
	Areas    []Option
	Area     string // the chosen one
	Figures  []Figure
	More     []Figure // under the charts
	Bars     Chart
	Curve    Chart // how many have at most how far
	Spread   Chart // who makes how much of the travel
	Says     []string
	Tables   []Table
	Remarks  []string
}

// Option is one that can be chosen.
type Option struct{ ID, Name string }

// Figure is one key figure, with what it takes to explain it.
type Figure struct {
	ID      string  // in the catalogue of definitions; "" for one that is not explained
	Limit   float64 // that it is about, 0 for none
	Of      string  // the group that it is of, "" for the chosen one
	Value   string
	Meaning string
	Beside  string // women's and men's, "" where these are not told
}

// Table is a table with the words of the button that shows it. Its ID is a breakdown or placeTable.
type Table struct {
	ID, Label string
	model.Table
}

// placeTable is the ID of the table of service places.
const placeTable = "place"

// Input is what a View is made of.
type Input struct {
	Printer  *i18n.Printer
	Service  string // the type's name
	Symbol   image.Image
	Query    model.Query
	Result   *model.Result  // nil where there is none
	Figures  *model.Figures // nil where they are not known yet: then those of the result are shown
	Snapshot *model.Snapshot
	Theme    symbology.Theme
	Group    string
	Areas    []Option
	Area     string
	Way      string // how, when and for whom, where that is not as usual
	// Otherwise tells who is served at home or by a mobile shop; nil where nobody is.
	Otherwise *model.ServedOtherwise
	Missing   string // why there is no result, "" where it only has not been computed
	Writable  bool
}

// Describe puts figures into words, charts and tables. It computes nothing: shares of people are all that is derived.
func Describe(in Input) View {
	p := in.Printer
	v := View{Title: in.Service, Symbol: in.Symbol, Subtitle: p.T("ui.results.by_" + string(in.Query.Impedance))}
	if in.Way != "" {
		v.Subtitle = p.T("profile.list", p.T(symbology.CostLabel(in.Query)), in.Way)
	}
	r := in.Result
	if r == nil && (in.Figures == nil || in.Missing != "") {
		v.Subtitle = ""
		v.Notice = in.Missing
		if v.Notice == "" {
			v.Notice, v.Compute = p.T("ui.results.none"), p.T("ui.results.compute")
		}
		return v
	}
	if r != nil && r.Params.Rules != 0 {
		v.Notice = p.T("pipos.note")
	}
	if r != nil && r.Stale {
		v.Notice, v.Compute, v.Warn = p.T("ui.results.stale"), p.T("ui.results.again"), true
	}
	d := &describer{Input: in, p: p, f: in.Figures}
	if d.f == nil {
		d.f = ofResult(r)
	}
	d.women, d.men = d.group(&d.f.Groups, "women"), d.group(&d.f.Groups, "men")
	d.choices(&v)
	v.Figures, v.More = d.figures(), d.more()
	v.Bars, v.Curve, v.Spread = d.bars(), d.curve(), d.spread()
	v.Tables = d.tables()
	v.Says = d.otherwise()
	for _, m := range d.f.Equity.Text {
		v.Says = append(v.Says, p.Text(m))
	}
	if j := d.f.Joint; j != nil && len(j.Missing) > 0 {
		v.Remarks = append(v.Remarks, p.T("panel.joint_missing", len(j.Missing)))
	}
	for _, m := range d.f.Remarks {
		v.Remarks = append(v.Remarks, p.Text(m))
	}
	return v
}

// otherwise says who is served otherwise than by a place that stays: beside the figures, never in them.
func (d *describer) otherwise() (out []string) {
	o := d.Otherwise
	if o == nil {
		return nil
	}
	if len(o.Zones) > 0 {
		out = append(out, d.p.T("mods.home", o.Home, o.Unreached))
	}
	for _, days := range o.Days {
		out = append(out, d.p.T("mods.mobile_nearest", days.People, days.Days))
	}
	return out
}

// ofResult gives what a stored result tells the form of figures.
func ofResult(r *model.Result) *model.Figures {
	return &model.Figures{
		Query: r.Query, Facilities: r.Facilities, Places: r.Places,
		All: model.Group{
			Name: i18n.M("figures.everybody"), People: r.People, Reached: r.Reached, Unreached: r.Unreached, Mean: r.Mean, Median: r.Median,
			P90: r.P90, Max: r.Max, SecondMean: r.SecondMean, Bands: r.Bands,
		},
	}
}

// describer writes one View.
type describer struct {
	Input
	p          *i18n.Printer
	f          *model.Figures
	women, men *model.Group // nil where they are not told
}

// group finds a group of people by its ID, nil where there is none.
func (d *describer) group(groups *[]model.Group, id string) *model.Group {
	i := slices.IndexFunc(*groups, func(g model.Group) bool { return g.ID == id && g.By != model.ByArea })
	if i < 0 {
		return nil
	}
	return &(*groups)[i]
}

// choices are the groups and areas that can be chosen.
func (d *describer) choices(v *View) {
	v.Groups = []Option{{"", d.p.T("panel.everybody")}}
	known := d.Group == ""
	for i := range d.f.Groups {
		if g := &d.f.Groups[i]; g.By == model.BySex || g.By == model.ByAge {
			v.Groups = append(v.Groups, Option{g.ID, d.name(g)})
			known = known || g.ID == d.Group
		}
	}
	if !known {
		v.Groups = append(v.Groups, Option{d.Group, d.name(&d.f.All)})
	}
	v.Group, v.Area = d.Group, d.Area
	v.Areas = append([]Option{{"", d.p.T("panel.whole")}}, d.Areas...)
}

// name is what a group is called; one whose numbers are not exact says so.
func (d *describer) name(g *model.Group) string {
	if g.Approximate {
		return d.p.T("panel.about", g.Name)
	}
	return d.p.Text(g.Name)
}

// Cost writes a distance or a time.
func Cost(p *i18n.Printer, i model.Impedance, v float64) string {
	if i == model.Time {
		return p.Time(v)
	}
	return p.Distance(v)
}

// cost writes a cost of the query.
func (d *describer) cost(v float64) string { return Cost(d.p, d.f.Query.Impedance, v) }

// share writes a part of a whole, a dash where that is nothing.
func (d *describer) share(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return d.p.Percent(share(part, whole))
}

// share is a part of a whole that is not nothing.
func share(part, whole int) float64 { return float64(part) / float64(whole) }

// beside writes women's and men's figure beside each other.
func (d *describer) beside(of func(*model.Group) string) string {
	return d.both(d.women, d.men, of)
}

func (d *describer) both(women, men *model.Group, of func(*model.Group) string) string {
	if women == nil || men == nil {
		return ""
	}
	text := d.p.T("panel.beside", of(women), of(men))
	if utf8.RuneCountInString(text) > widestBeside {
		text = d.p.T("panel.beside_short", of(women), of(men))
	}
	return text
}

// widestBeside is how many letters stand beside each other under a key figure; more are shortened.
const widestBeside = 27

// limit is the one that the share within is told of: 5 km or 10 minutes, else the middle one.
func (d *describer) limit() (to float64, band int) {
	bands := d.f.Query.Bands
	usual := model.DefaultNeed(d.f.Query.Impedance)
	if i := slices.Index(bands, usual); i >= 0 {
		return usual, i
	}
	if len(bands) == 0 {
		return 0, -1
	}
	return bands[len(bands)/2], len(bands) / 2
}

// figures are the key figures.
func (d *describer) figures() []Figure {
	p, all := d.p, &d.f.All
	add := func(id string, meaning string, of func(*model.Group) string) Figure {
		return Figure{ID: id, Value: of(all), Meaning: meaning, Beside: d.beside(of)}
	}
	cost := func(id, key string, of func(*model.Group) float64) Figure {
		return add(id, p.T(key), func(g *model.Group) string { return d.cost(of(g)) })
	}
	out := []Figure{add("people", p.T("panel.people"), func(g *model.Group) string { return p.Int(int64(g.People)) })}
	if to, k := d.limit(); k >= 0 {
		within := add("band", p.T("panel.within", Limit(p, d.f.Query.Impedance, to)), func(g *model.Group) string { return d.share(g.Bands[k].People, g.People) })
		within.Limit = to
		out = append(out, within)
	}
	return append(out,
		cost("mean", "ui.results.mean", func(g *model.Group) float64 { return g.Mean }),
		cost("median", "ui.results.median", func(g *model.Group) float64 { return g.Median }),
		cost("p90", "ui.results.p90", func(g *model.Group) float64 { return g.P90 }),
		cost("max", "ui.results.max", func(g *model.Group) float64 { return g.Max }),
		cost("second", "ui.results.second", func(g *model.Group) float64 { return g.SecondMean }),
		add("reached", p.T("ui.results.unreached", all.Unreached), func(g *model.Group) string { return p.Int(int64(g.Unreached)) }))
}

// more are the need of transport, of the old where they are told, and the joint measure.
func (d *describer) more() []Figure {
	if d.Figures == nil {
		return nil
	}
	p := d.p
	old := &d.f.All
	of := d.Group
	if g := d.group(&d.f.Groups, "70-"); g != nil && d.Group == "" {
		old, of = g, g.ID
	}
	from := Limit(p, d.f.Query.Impedance, old.Need.From)
	travel := p.T("panel.person_km", old.Need.Cost/1000)
	if d.f.Query.Impedance == model.Time {
		travel = p.T("panel.person_hours", old.Need.Cost/3600)
	}
	out := []Figure{{ID: "need", Of: of, Value: travel, Meaning: p.T("panel.need", d.name(old), from, old.Need.People)}}
	j := d.f.Joint
	to, k := d.limit()
	if j == nil || k < 0 || len(j.Services) == 0 {
		return out
	}
	within := func(g *model.Group) string { return d.share(g.Bands[k].People, g.People) }
	meaning := p.T("panel.joint", len(j.Services), Limit(p, d.f.Query.Impedance, to))
	return append(out, Figure{
		ID: "joint", Limit: to, Value: within(&j.All), Meaning: meaning, Beside: d.both(d.group(&j.Groups, "women"), d.group(&j.Groups, "men"), within),
	})
}

// Limit writes a band's limit without decimals that say nothing: "5 km", "10 min", "500 m".
func Limit(p *i18n.Printer, i model.Impedance, v float64) string {
	unit, size := "km", 1000.0
	switch {
	case i == model.Time:
		unit, size = "min", 60
	case v < 1000:
		unit, size = "m", 1
	}
	decimals := 0
	if v/size != math.Trunc(v/size) {
		decimals = 1
	}
	return p.Float(v/size, decimals) + i18n.NBSP + unit
}

// Sorted puts options in Swedish order.
func Sorted(options []Option) []Option {
	c := collate.New(language.Swedish, collate.Numeric)
	slices.SortStableFunc(options, func(a, b Option) int { return c.CompareString(a.Name, b.Name) })
	return options
}
