package cli

import (
	"context"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
)

// rankCommand tells what the closing of each facility of a service type would mean.
func rankCommand() command {
	var q queryFlags
	var pairs, robust bool
	var table string
	return command{
		name: "rank", args: []string{"P.gpkg"},
		flags: func(c *call) {
			q.add(c)
			q.addScenario(c)
			q.addPipos(c)
			c.flags.BoolVar(&pairs, "pairs", false, "")
			c.flags.BoolVar(&robust, "robust", false, "")
			c.flags.StringVar(&table, "table", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			query, err := q.query()
			if err != nil {
				return err
			}
			if robust && query.Service == allServices {
				return usage("prep.robust_one")
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			if query.Service == allServices {
				return c.rankAll(ctx, query, table)
			}
			ranking, err := c.session.Rank(ctx, query, c.progress())
			if err != nil {
				return err
			}
			if err := c.writeLosses(ctx, table, ranking); err != nil {
				return err
			}
			var both []model.PairLoss
			if pairs {
				if both, err = c.session.RankPairs(ctx, query, nil); err != nil {
					return err
				}
			}
			var tried *model.Robustness
			if robust {
				if tried, err = c.session.Robust(ctx, query, c.progress()); err != nil {
					return err
				}
			}
			if c.json {
				out := rankingToJSON(ranking, both, pairs)
				out.Robust = c.robustToJSON(tried)
				return c.answer(out)
			}
			c.sayRanking(ctx, ranking)
			c.sayRobust(tried)
			if pairs {
				c.sayPairs(ranking.Query.Impedance, both)
			}
			return nil
		},
	}
}

// allServices is what --service says for every type that is present.
const allServices = "all"

// rankAll ranks the places of every service type.
func (c *call) rankAll(ctx context.Context, q model.Query, table string) error {
	all, err := c.session.RankAll(ctx, q, c.progress())
	if err != nil {
		return err
	}
	if err := c.writeLosses(ctx, table, all...); err != nil {
		return err
	}
	if c.json {
		out := struct {
			Services []rankingJSON `json:"services"`
		}{}
		for _, r := range all {
			out.Services = append(out.Services, rankingToJSON(r, nil, false))
		}
		return c.answer(out)
	}
	for _, r := range all {
		c.sayRanking(ctx, r)
	}
	return nil
}

// writeLosses writes rankings as one table, where a file is named.
func (c *call) writeLosses(ctx context.Context, path string, all ...*model.Ranking) error {
	if path == "" {
		return nil
	}
	return c.session.WriteTable(path, c.session.LossesTable(ctx, all))
}

// lossJSON is a loss as scripts read it: metres or seconds, person-metres or person-seconds.
type lossJSON struct {
	PeopleNearest int        `json:"people_nearest"`
	Extra         float64    `json:"extra"`
	MeanExtra     *float64   `json:"mean_extra"` // null where nobody reaches another
	MaxExtra      float64    `json:"max_extra"`
	NewlyBeyond   []bandJSON `json:"newly_beyond"`
	LeftWithout   int        `json:"left_without"`
}

// lastJSON tells of town and kommun; null where the source does not say which they are.
type lastJSON struct {
	ServicesLost []string `json:"services_lost"`
	LastInTown   *bool    `json:"last_in_town"`
	LastInKommun *bool    `json:"last_in_kommun"`
}

// facilityLossJSON is the closing of one facility.
type facilityLossJSON struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	lossJSON
	lastJSON
	Siblings []string `json:"siblings"`
}

// placeLossJSON is the closing of a place with all its facilities of the type.
type placeLossJSON struct {
	IDs  []string `json:"ids"`
	Name string   `json:"name"`
	lossJSON
	lastJSON
}

// pairLossJSON is the closing of two places at once.
type pairLossJSON struct {
	A     []string  `json:"a"`
	B     []string  `json:"b"`
	Names [2]string `json:"names"`
	lossJSON
	Beyond       float64 `json:"extra_beyond_sum"`
	NewlyWithout int     `json:"newly_without"`
}

// rankingJSON is a ranking as scripts read it.
type rankingJSON struct {
	Service   string `json:"service"`
	Impedance string `json:"impedance"`
	Rules     string `json:"rules,omitempty"` // "pipos"; left out for the program's own
	wayJSON
	Facilities []facilityLossJSON `json:"facilities"`
	Places     []placeLossJSON    `json:"places"`
	Pairs      *[]pairLossJSON    `json:"pairs,omitempty"`
	Robust     *robustJSON        `json:"robust,omitempty"`
}

// rankingToJSON turns a ranking into its JSON form.
func rankingToJSON(r *model.Ranking, both []model.PairLoss, pairs bool) rankingJSON {
	out := rankingJSON{
		Service: r.Query.Service, Impedance: string(r.Query.Impedance), Rules: r.Params.Rules.String(), wayJSON: wayToJSON(r.Query),
		Facilities: []facilityLossJSON{}, Places: []placeLossJSON{},
	}
	for _, f := range r.Facilities {
		out.Facilities = append(out.Facilities, facilityLossJSON{
			ID: f.ID, Name: f.Name, lossJSON: lossToJSON(f.Loss), lastJSON: lastToJSON(f.ServicesLost, f.Last), Siblings: list(f.Siblings),
		})
	}
	for _, p := range r.Places {
		out.Places = append(out.Places, placeLossJSON{p.IDs, p.Name, lossToJSON(p.Loss), lastToJSON(p.ServicesLost, p.Last)})
	}
	if pairs {
		out.Pairs = &[]pairLossJSON{}
	}
	for _, p := range both {
		*out.Pairs = append(*out.Pairs, pairLossJSON{p.A, p.B, p.Names, lossToJSON(p.Loss), *number(p.Beyond), p.NewlyWithout})
	}
	return out
}

// lossToJSON turns a loss into its JSON form.
func lossToJSON(l model.Loss) lossJSON {
	out := lossJSON{
		PeopleNearest: l.PeopleNearest, Extra: *number(l.Extra), MeanExtra: number(l.MeanExtra), MaxExtra: *number(l.MaxExtra),
		LeftWithout: l.LeftWithout, NewlyBeyond: []bandJSON{},
	}
	for _, b := range l.NewlyBeyond {
		out.NewlyBeyond = append(out.NewlyBeyond, bandJSON{b.To, b.People})
	}
	return out
}

// lastToJSON turns what goes with a place into its JSON form.
func lastToJSON(services []string, l model.Last) lastJSON {
	out := lastJSON{ServicesLost: list(services)}
	if l.Town != "" {
		out.LastInTown = &l.LastInTown
	}
	if l.Kommun != "" {
		out.LastInKommun = &l.LastInKommun
	}
	return out
}

// list is a list that JSON writes as [] where it is empty.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// sayRanking prints a ranking for people to read.
func (c *call) sayRanking(ctx context.Context, r *model.Ranking) {
	i := r.Query.Impedance
	c.sayWay(ctx, r.Query)
	c.say("cli.rank_head", c.session.ServiceLabel(ctx, r.Query.Service), i18n.M("impedance."+string(i)), len(r.Facilities))
	c.sayRules(r.Params.Rules)
	for n, f := range r.Facilities {
		name := f.Name
		if name == "" {
			name = f.ID
		}
		switch {
		case !f.Joined:
			c.say("cli.rank_unjoined", n+1, name)
			continue
		case f.PeopleNearest == 0:
			c.say("cli.rank_nobody", n+1, name)
		default:
			c.say("cli.rank_row", n+1, name, f.PeopleNearest)
			c.sayLoss(i, f.Loss)
		}
		if len(f.Siblings) > 0 {
			c.say("cli.rank_siblings", len(f.Siblings))
		}
		if len(f.ServicesLost) > 0 {
			c.say("cli.rank_services", c.serviceNames(ctx, f.ServicesLost))
		}
		if f.LastInKommun {
			c.say("cli.rank_last_kommun", f.Kommun)
		} else if f.LastInTown {
			c.say("cli.rank_last", f.Town)
		}
	}
}

// sayLoss prints what people lose.
func (c *call) sayLoss(i model.Impedance, l model.Loss) {
	cost := costIn(i)
	if l.LeftWithout < l.PeopleNearest {
		c.say("cli.rank_extra", cost(l.MeanExtra), cost(l.MaxExtra), personCost(i, l.Extra))
	}
	if l.LeftWithout > 0 {
		c.say("cli.rank_without", l.LeftWithout)
	}
	var beyond []string
	for _, b := range l.NewlyBeyond {
		if b.People > 0 {
			beyond = append(beyond, c.printer.T("cli.rank_beyond_one", cost(b.To), b.People))
		}
	}
	if beyond != nil {
		c.say("cli.rank_beyond", strings.Join(beyond, ", "))
	}
}

// sayPairs prints the pairs whose closing together is worse than each alone.
func (c *call) sayPairs(i model.Impedance, pairs []model.PairLoss) {
	c.say("cli.rank_pairs_head", len(pairs))
	for _, p := range pairs {
		c.say("cli.rank_pair", p.Names[0], p.Names[1], p.PeopleNearest, personCost(i, p.Beyond))
		c.sayLoss(i, p.Loss)
	}
}

// serviceNames lists what service types are called.
func (c *call) serviceNames(ctx context.Context, ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = c.printer.Text(c.session.ServiceLabel(ctx, id))
	}
	return strings.Join(names, ", ")
}

// personCost writes person-metres as person-kilometres, person-seconds as person-hours.
func personCost(i model.Impedance, v float64) i18n.Message {
	if i == model.Time {
		return i18n.M("cli.person_hours", v/3600)
	}
	return i18n.M("cli.person_km", v/1000)
}
