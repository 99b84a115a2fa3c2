package cli

import (
	"context"
	"strconv"
	"strings"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
)

// deliveryFlags are the flags of delivery.
type deliveryFlags struct {
	within  float64
	factors map[string]float64
	bad     string // a factor that could not be read
}

// deliveryCommand sets home deliveries against support to a shop.
func deliveryCommand() command {
	var q queryFlags
	f := deliveryFlags{factors: map[string]float64{}}
	return command{
		name: "delivery", args: []string{"P.gpkg"},
		flags: func(c *call) {
			q.add(c)
			q.addScenario(c)
			c.flags.Float64Var(&f.within, "within", 10000, "")
			c.flags.Func("factor", "", func(text string) error {
				key, value, _ := strings.Cut(text, "=")
				v, err := strconv.ParseFloat(strings.Replace(value, ",", ".", 1), 64)
				if err != nil {
					f.bad = text
				}
				f.factors[key] = v
				return nil
			})
		},
		run: func(ctx context.Context, c *call) error {
			if f.bad != "" {
				return usage("delivery.factor_text", f.bad)
			}
			base, err := q.query()
			if err != nil {
				return err
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			r, err := c.session.HomeDelivery(ctx, base, session.DeliveryQuery{Service: base.Service, Within: f.within, Factors: f.factors}, c.progress())
			if err != nil {
				return err
			}
			return c.delivered(ctx, r)
		},
	}
}

// factorJSON is an assumption.
type factorJSON struct {
	Key    string  `json:"key"`
	Value  float64 `json:"value"`
	Own    bool    `json:"own"`
	Source string  `json:"source,omitempty"`
}

// deliveryJSON is what comes of a closing; money in kronor a year, lengths in metres.
type deliveryJSON struct {
	IDs           []string `json:"ids"`
	Name          string   `json:"name"`
	Town          string   `json:"town,omitempty"`
	PeopleNearest int      `json:"people_nearest"`
	People        int      `json:"people_beyond"`
	Households    float64  `json:"households"`
	Deliveries    float64  `json:"deliveries_year"`
	From          string   `json:"from,omitempty"`
	Round         float64  `json:"round_m"`
	RoundGap      float64  `json:"round_gap"`
	Rounds        float64  `json:"rounds_week"`
	Cost          float64  `json:"net_cost"`
	Refund        float64  `json:"state_refund"`
	Kommun        float64  `json:"kommun_cost"`
	Support       float64  `json:"support"`
	Outcome       string   `json:"outcome"`
}

// delivered prints an answer.
func (c *call) delivered(ctx context.Context, r *session.DeliveryResult) error {
	if c.json {
		out := struct {
			Service string         `json:"service"`
			Within  float64        `json:"within"`
			Factors []factorJSON   `json:"factors"`
			Places  []deliveryJSON `json:"places"`
		}{Service: r.Service, Within: r.Within, Places: []deliveryJSON{}}
		for _, f := range r.Factors {
			out.Factors = append(out.Factors, factorJSON{f.Key, f.Value, f.Own, f.Source})
		}
		for _, row := range r.Rows {
			out.Places = append(out.Places, deliveryJSON{
				row.IDs, row.Name, row.Town, row.PeopleNearest, row.People, row.Households, row.Deliveries, row.From, row.Round, row.RoundGap,
				row.Rounds, row.Cost, row.Refund, row.Kommun, row.Support, string(row.Outcome),
			})
		}
		return c.answer(out)
	}
	cost := costIn(model.Distance)
	c.say("delivery.head", c.session.ServiceLabel(ctx, r.Service), cost(r.Within))
	for _, row := range r.Rows {
		outcome := i18n.M("delivery.outcome." + string(row.Outcome))
		if row.Outcome == session.NobodyBeyond || row.Outcome == session.NowhereToStart {
			c.say("delivery.row_short", row.Name, row.People, outcome)
			continue
		}
		c.say("delivery.row", row.Name, row.People, cost(row.Round), int64(row.Rounds), int64(row.Cost), int64(row.Refund), int64(row.Kommun), int64(row.Support), outcome)
	}
	c.say("delivery.factors")
	for _, f := range r.Factors {
		source := i18n.M("delivery.own")
		if f.Source != "" {
			source = i18n.Plain(f.Source)
		}
		c.say("delivery.factor", i18n.M("delivery.factor."+f.Key), c.printer.Float(f.Value, decimalsOf(f.Value)), source, f.Key)
	}
	return nil
}

// decimalsOf is how many decimals a factor is shown with.
func decimalsOf(v float64) int {
	if v == float64(int64(v)) {
		return 0
	}
	return 2
}
