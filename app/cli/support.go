package cli

import (
	"context"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model/support"
)

// supportCommand tries service places by the rules of state support.
func supportCommand() command {
	var rules, facility, scenario, out string
	return command{
		name: "support", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.StringVar(&rules, "rules", "", "")
			c.flags.StringVar(&facility, "facility", "", "")
			c.flags.StringVar(&scenario, "scenario", "", "")
			c.flags.StringVar(&out, "out", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			report, err := c.session.Support(ctx, rules, scenario, c.progress())
			if err != nil {
				return err
			}
			shown := *report
			if facility != "" {
				if shown.Places = onlyPlace(report.Places, facility); shown.Places == nil {
					return i18n.Errorf("support.place_unknown", facility, report.Rules.Label())
				}
			}
			if out != "" {
				if err := c.session.ExportSupport(ctx, &shown, out); err != nil {
					return err
				}
			}
			if c.json {
				return c.answerSupport(ctx, &shown, facility != "")
			}
			c.saySupport(&shown)
			return nil
		},
	}
}

// onlyPlace keeps the place with an id.
func onlyPlace(places []support.Place, id string) []support.Place {
	for i := range places {
		if places[i].ID == id {
			return places[i : i+1]
		}
	}
	return nil
}

// rulesJSON names a set of rules.
type rulesJSON struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Edition string `json:"edition"`
	Source  string `json:"source"`
	From    string `json:"from,omitempty"`
	To      string `json:"to,omitempty"`
	Changed bool   `json:"changed"` // kept in the project
	// Margin is the share of a value within which a place is borderline.
	Margin     float64 `json:"margin"`
	AssumeFull bool    `json:"assume_full"`
	Currency   string  `json:"currency"`
}

// supportJSON is a report as scripts read it; metres.
type supportJSON struct {
	Rules    rulesJSON          `json:"rules"`
	Scenario string             `json:"scenario,omitempty"`
	Places   []supportPlaceJSON `json:"places"`
	Remarks  []string           `json:"remarks"`
}

// supportPlaceJSON is a place with its evidence.
type supportPlaceJSON struct {
	ID            string        `json:"id"`
	Name          string        `json:"name"`
	Town          string        `json:"town"`
	Service       string        `json:"service"`
	E             float64       `json:"e"`
	N             float64       `json:"n"`
	Inside        bool          `json:"inside"`
	Joined        bool          `json:"joined"`
	Connector     *float64      `json:"connector_m"`
	Hours         string        `json:"hours"`
	IslandPeople  int           `json:"island_people"`
	OtherServices []string      `json:"other_services"`
	Outcomes      []outcomeJSON `json:"outcomes"`
}

// outcomeJSON is what one rule says.
type outcomeJSON struct {
	Rule    string          `json:"rule"`
	Name    string          `json:"name"`
	Status  string          `json:"status"` // eligible, borderline, not
	Text    string          `json:"text"`
	Source  string          `json:"source"`
	Next    *nextJSON       `json:"next"`
	Perhaps *nextJSON       `json:"perhaps_nearer"`
	Unknown []string        `json:"unknown"`
	Checks  []conditionJSON `json:"checks"`
	Route   [][2]float64    `json:"route,omitempty"`
}

// nextJSON is the way to another place.
type nextJSON struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	Distance float64 `json:"distance_m"`
}

// conditionJSON is one condition.
type conditionJSON struct {
	Condition string   `json:"condition"`
	Fact      string   `json:"fact"`
	Text      string   `json:"text"`
	Op        string   `json:"op,omitempty"`
	Threshold *float64 `json:"threshold,omitempty"`
	Group     string   `json:"group,omitempty"`
	Value     *float64 `json:"value"`
	Least     *float64 `json:"least,omitempty"`
	Holds     *bool    `json:"holds"`
	Answer    string   `json:"answer"` // met, near, unmet, unknown
	Guide     bool     `json:"guide"`
	Own       bool     `json:"own"`
	Source    string   `json:"source"`
	Entered   bool     `json:"entered"`
	FactFrom  string   `json:"fact_source,omitempty"`
	FactDate  string   `json:"fact_date,omitempty"`
}

// answerSupport prints a report as JSON; routes says whether the roads to the next places go with it.
func (c *call) answerSupport(ctx context.Context, r *support.Report, routes bool) error {
	out := supportJSON{Rules: c.rulesToJSON(&r.Rules), Scenario: r.Scenario, Places: []supportPlaceJSON{}, Remarks: list(c.texts(r.Remarks()))}
	for i := range r.Places {
		p := &r.Places[i]
		place := supportPlaceJSON{
			ID: p.ID, Name: p.Name, Town: p.Town, Service: p.Service, E: *number(p.At[0]), N: *number(p.At[1]), Inside: p.Inside,
			Joined: p.Joined, Hours: p.Hours, IslandPeople: p.IslandPeople, OtherServices: list(p.Others), Outcomes: []outcomeJSON{},
		}
		if p.Joined {
			place.Connector = number(p.JoinM)
		}
		for k := range p.Outcomes {
			o := c.outcomeToJSON(r, &p.Outcomes[k])
			if routes && o.Next != nil {
				line, err := c.session.SupportWay(ctx, r, p.ID, o.Next.ID)
				if err != nil {
					return err
				}
				o.Route = coordinates(line)
			}
			place.Outcomes = append(place.Outcomes, o)
		}
		out.Places = append(out.Places, place)
	}
	return c.answer(out)
}

// coordinates are the E, N pairs of a line, to the centimetre.
func coordinates(line orb.LineString) [][2]float64 {
	var out [][2]float64
	for _, at := range line {
		out = append(out, [2]float64{*number(at[0]), *number(at[1])})
	}
	return out
}

// rulesToJSON names a set.
func (c *call) rulesToJSON(s *support.Set) rulesJSON {
	name := s.Name
	if name == "" {
		name = c.printer.T("support.set." + s.ID)
	}
	return rulesJSON{
		ID: s.ID, Name: name, Edition: s.Edition, Source: s.Source, From: s.From, To: s.To, Changed: !s.BuiltIn, Margin: s.Margin,
		AssumeFull: s.AssumeFull, Currency: s.Currency,
	}
}

// outcomeToJSON turns what a rule says into its JSON form.
func (c *call) outcomeToJSON(r *support.Report, o *support.Outcome) outcomeJSON {
	rule := r.Rules.Rule(o.Rule)
	out := outcomeJSON{
		Rule: o.Rule, Name: c.printer.Text(rule.Label()), Status: string(o.Verdict), Text: c.printer.T("support.verdict." + string(o.Verdict)),
		Source: rule.Source, Next: nextToJSON(o.Next), Perhaps: nextToJSON(o.Perhaps), Unknown: list(o.Unknowns(rule)), Checks: []conditionJSON{},
	}
	for _, check := range o.Checks {
		condition := rule.Condition(check.Condition)
		j := conditionJSON{
			Condition: check.Condition, Fact: condition.Fact, Text: c.printer.Text(condition.Text(rule, r.Rules.Currency)), Op: string(condition.Op),
			Group: condition.Group, Value: check.Value, Least: check.Low, Holds: check.Holds, Answer: string(check.Answer), Guide: condition.Guide,
			Own: condition.Own, Source: condition.Source, Entered: check.Entered, FactFrom: check.Source, FactDate: check.Dated,
		}
		if condition.Op != support.Yes {
			j.Threshold = &condition.Value
		}
		out.Checks = append(out.Checks, j)
	}
	return out
}

// nextToJSON turns a way into its JSON form, nil where there is none.
func nextToJSON(n *support.Next) *nextJSON {
	if n == nil {
		return nil
	}
	return &nextJSON{n.ID, n.Name, *number(n.Metres)}
}

// saySupport prints a report for people to read; the conditions go with a single place.
func (c *call) saySupport(r *support.Report) {
	c.say("support.head", r.Rules.Label(), len(r.Places))
	c.say("support.source", r.Rules.Source)
	for i := range r.Places {
		p := &r.Places[i]
		town := p.Town
		if town == "" {
			town = p.ID
		}
		c.say("support.row_place", p.Name, town)
		for k := range p.Outcomes {
			c.sayOutcome(r, &p.Outcomes[k], len(r.Places) == 1)
		}
	}
	for _, remark := range c.texts(r.Remarks()) {
		c.say("cli.remark", remark)
	}
}

// sayOutcome prints what one rule says, with its evidence.
func (c *call) sayOutcome(r *support.Report, o *support.Outcome, whole bool) {
	rule := r.Rules.Rule(o.Rule)
	c.say("support.row", rule.Label(), i18n.M("support.verdict."+string(o.Verdict)))
	if o.Next != nil {
		c.say("support.row_next", o.Next.Name, i18n.Metres(o.Next.Metres))
	} else if o.Perhaps == nil {
		c.say("support.row_none")
	}
	if o.Perhaps != nil {
		c.say("support.row_perhaps", o.Perhaps.Name, i18n.Metres(o.Perhaps.Metres))
	}
	for _, check := range o.Checks {
		if !whole {
			break
		}
		condition := rule.Condition(check.Condition)
		text := condition.Text(rule, r.Rules.Currency)
		if check.Value == nil {
			c.say("support.row_check_unknown", text)
			continue
		}
		c.say("support.row_check", text, support.Amount(condition.Fact, *check.Value, r.Rules.Currency), i18n.M("support.answer."+string(check.Answer)))
	}
}
