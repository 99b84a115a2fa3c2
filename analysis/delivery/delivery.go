// Package delivery sets home deliveries against support to a shop: what it would cost to bring goods to those who get a long
// way when a shop closes, what the state refunds of that, and what the shop costs in support instead.
//
// Invariants: every factor is the user's to change and says where its value comes from; a figure that rests on a guess of
// ours says so; the same factors give the same figures whatever the processors.
package delivery

import (
	"context"
	"math"
	"slices"

	"nabar/analysis/access"
	"nabar/analysis/tour"
	"nabar/internal/i18n"
	"nabar/model"
)

// Factor is one assumption of the costs.
type Factor struct {
	Key    string // for scripts and for words
	Value  float64
	Own    bool   // ours to begin with: no source has one value
	Source string // where it is from, "" where it is ours
}

// Factors are the assumptions, in the order in which they are shown. Money is in kronor.
//
// The refund is förordning (2000:284) om stöd till kommersiell service, 19–20 §§: at most half of the kommun's net cost, at
// most so much for a household and delivery, from half a prisbasbelopp on. The support to the shop begins at the most that
// 18 § gives in servicebidrag.
func Factors() []Factor {
	return []Factor{
		{"household", 2, true, ""},              // people in a household
		{"users", 0.2, true, ""},                // share of the households that order
		{"weeks", 52, true, ""},                 // deliveries to each of them a year
		{"per_round", 25, true, ""},             // deliveries that a round has time for
		{"km", 25, true, ""},                    // kronor for a km
		{"hour", 350, true, ""},                 // kronor for an hour
		{"speed", 50, true, ""},                 // km an hour on the round
		{"stop", 6, true, ""},                   // minutes at each delivery
		{"pack", 40, true, ""},                  // kronor to the shop for picking and packing a delivery
		{"fee", 50, true, ""},                   // kronor that the household pays for a delivery
		{"refund", 0.5, false, "2000:284 20 §"}, // share of the net cost that the state refunds at most
		{"cap", 100, false, "2000:284 20 §"},    // kronor for a household and delivery that it refunds at most
		{"least", 29600, true, "2000:284 20 §"}, // net cost a year from which it refunds: half a prisbasbelopp of 59 200 kr
		{"support", 250000, false, "2000:284 18 §"},
	}
}

// Query asks for the places of a service type.
type Query struct {
	Service string
	Within  float64            // metres: who has longer when the place has closed is delivered to
	Factors map[string]float64 // those that are not as Factors has them
}

// Result is an answer.
type Result struct {
	Query
	Factors []Factor // as they were used
	Rows    []Row    // cheapest deliveries against the support first
}

// Row is one place and what comes of its closing. Money is in kronor a year.
type Row struct {
	IDs           []string
	Name, Town    string
	PeopleNearest int // who have it nearest today
	People        int // of these, who have longer than the limit when it has closed, those left without among them
	Households    float64
	Deliveries    float64 // a year
	Round         float64 // metres once to all their squares, from the place that most of them get nearest
	RoundGap      float64 // how much of that a better round could save at most, as a share
	From          string  // that place
	Rounds        float64 // of each week, at least 1
	Cost          float64 // of the deliveries, less what households pay: the kommun's net cost without refund
	Refund        float64 // by the state
	Kommun        float64 // Cost less Refund
	Support       float64 // to the shop instead
	Outcome       Outcome
}

// Outcome tells which is cheaper for the public, kommun and state together.
type Outcome string

// The outcomes.
const (
	Deliver Outcome = "deliver" // deliveries cost less than the support
	Keep    Outcome = "keep"    // the support costs no more
	Nobody  Outcome = "nobody"  // nobody gets longer than the limit
	Alone   Outcome = "alone"   // no other place is left to deliver from, or it has too many squares for a round
)

// Compare answers a query. It gives a Problem where the service has no places, or a factor can't be used; and the
// context's error when that ends. progress may be nil.
func Compare(ctx context.Context, p *access.Prepared, q Query, progress model.Progress) (*Result, error) {
	if progress == nil {
		progress = func(i18n.Message, float64) {}
	}
	out := &Result{Query: q, Factors: Factors()}
	f, err := out.factors()
	if err != nil {
		return nil, err
	}
	places, err := p.Places(q.Service)
	if err != nil {
		return nil, err
	}
	everybody := p.Everybody()
	query := model.Query{Service: q.Service, Impedance: model.Distance}
	today, err := p.Demand(ctx, query, &everybody, p.Open(q.Service))
	if err != nil {
		return nil, err
	}
	for k, place := range places {
		progress(i18n.M("delivery.progress"), float64(k)/float64(len(places)))
		rest := slices.Concat(slices.Concat(places[:k]...), slices.Concat(places[k+1:]...))
		after, err := p.Demand(ctx, query, &everybody, rest)
		if err != nil {
			return nil, err
		}
		c := closing{p: p, q: &q, f: f, place: place, today: today, after: after}
		row, err := c.row(ctx)
		if err != nil {
			return nil, err
		}
		out.Rows = append(out.Rows, row)
	}
	slices.SortStableFunc(out.Rows, func(a, b Row) int { return a.rank(b) })
	return out, nil
}

// rank orders rows: those with deliveries by what these cost against the support, then the others.
func (r Row) rank(o Row) int {
	order := []Outcome{Deliver, Keep, Alone, Nobody}
	if a, b := slices.Index(order, r.Outcome), slices.Index(order, o.Outcome); a != b {
		return a - b
	}
	switch {
	case r.Cost < o.Cost:
		return -1
	case r.Cost > o.Cost:
		return 1
	}
	return 0
}

// factors puts the query's values in place of the usual.
func (r *Result) factors() (map[string]float64, error) {
	f := map[string]float64{}
	used := 0
	for i := range r.Factors {
		at := &r.Factors[i]
		if v, told := r.Query.Factors[at.Key]; told {
			at.Value, at.Own, at.Source = v, true, ""
			used++
		}
		positive := at.Key == "household" || at.Key == "per_round" || at.Key == "speed"
		if !(at.Value >= 0) || math.IsInf(at.Value, 0) || positive && at.Value == 0 || (at.Key == "users" || at.Key == "refund") && at.Value > 1 {
			return nil, i18n.Errorf("delivery.factor_wrong", at.Key)
		}
		f[at.Key] = at.Value
	}
	if used < len(r.Query.Factors) {
		return nil, i18n.Errorf("delivery.factor_unknown")
	}
	if !(r.Within > 0) || math.IsInf(r.Within, 0) {
		return nil, i18n.Errorf("locate.within_wrong")
	}
	return f, nil
}

// closing is one place that closes.
type closing struct {
	p            *access.Prepared
	q            *Query
	f            map[string]float64
	place        []int
	today, after []access.Demand // the same squares
	stops        []tour.Stop
	from         map[int]int64 // people by the facility that is nearest to them afterwards
}

// row tells what comes of it.
func (c *closing) row(ctx context.Context) (Row, error) {
	first := c.p.Snapshot().Facilities[c.place[0]]
	row := Row{Name: first.Name, Town: first.Town, Support: c.f["support"]}
	for _, f := range c.place {
		row.IDs = append(row.IDs, c.p.Snapshot().Facilities[f].ID)
	}
	c.beyond(&row)
	if row.People == 0 {
		row.Outcome = Nobody
		return row, nil
	}
	found, err := c.round(ctx, &row)
	if err != nil {
		return row, err
	}
	if !found {
		row.Outcome = Alone
		return row, nil
	}
	c.costs(&row)
	return row, nil
}

// beyond finds the squares whose nearest place closes and that then have longer than the limit.
func (c *closing) beyond(row *Row) {
	limit := c.p.Metric(model.Distance).Limit(c.q.Within)
	c.from = map[int]int64{}
	for i, d := range c.today {
		if !slices.Contains(c.place, d.By) {
			continue
		}
		row.PeopleNearest += int(d.Weight)
		if a := c.after[i]; a.Nearest < 0 || a.Nearest > limit {
			row.People += int(d.Weight)
			c.stops = append(c.stops, tour.Stop{At: c.p.Snapshot().Cells[d.Cell].Centre, Load: d.Weight})
			if a.By >= 0 {
				c.from[a.By] += d.Weight
			}
		}
	}
}

// round finds the round to all squares from the place that most get nearest. found is false where there is none.
func (c *closing) round(ctx context.Context, row *Row) (found bool, err error) {
	start, most := -1, int64(-1)
	for f, people := range c.from {
		if people > most || people == most && f < start {
			start, most = f, people
		}
	}
	if start < 0 || len(c.stops) > tour.MostStops {
		return false, nil
	}
	shop := c.p.Snapshot().Facilities[start]
	r, err := tour.OnRoads(ctx, c.p, tour.Query{Impedance: model.Distance, Start: tour.Stop{Name: shop.Name, At: shop.At}, Stops: c.stops}, nil)
	if err != nil {
		return false, err
	}
	row.From, row.Round, row.RoundGap = shop.Name, r.Cost, r.Gap
	return true, nil
}

// costs computes what the deliveries cost. More rounds than one go out and back once more each, to where the people live on
// average (Daganzo 1984).
func (c *closing) costs(row *Row) {
	f := c.f
	row.Households = float64(row.People) / f["household"]
	orders := row.Households * f["users"] // of a week
	row.Deliveries = orders * f["weeks"]
	row.Rounds = max(1, math.Ceil(orders/f["per_round"]-1e-9))
	km := (row.Round + (row.Rounds-1)*2*c.away()) / 1000
	hours := km/f["speed"] + orders*f["stop"]/60
	row.Cost = max(0, f["weeks"]*(km*f["km"]+hours*f["hour"])+row.Deliveries*(f["pack"]-f["fee"]))
	if row.Cost >= f["least"] {
		row.Refund = min(f["refund"]*row.Cost, f["cap"]*row.Deliveries)
	}
	row.Kommun = row.Cost - row.Refund
	row.Outcome = Keep
	if row.Cost < row.Support {
		row.Outcome = Deliver
	}
}

// away is the mean way that the people delivered to have when the place has closed, of those who have one.
func (c *closing) away() float64 {
	limit := c.p.Metric(model.Distance).Limit(c.q.Within)
	sum, people := 0.0, int64(0)
	for i, d := range c.today {
		if a := c.after[i]; slices.Contains(c.place, d.By) && a.Nearest > limit {
			sum += float64(d.Weight) * c.p.Metric(model.Distance).Value(a.Nearest)
			people += d.Weight
		}
	}
	return sum / float64(max(people, 1))
}
