package supply

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
)

// Result is what a query was answered with. Values are weighted places (gravity and cumulative) or places for PerPeople
// people (those that share), or units of capacity in the place of places.
type Result struct {
	Query   Query // complete
	Name    i18n.Message
	Places  int     // of all types
	Supply  float64 // the capacity of all places
	All     Figures // of the query's group
	Groups  []Figures
	Breaks  []float64 // upper limits of the classes, inclusive, ascending; one more class lies above
	ByPlace []int     // ByPlace[k] people of the group have exactly k places within the limit, the last as many or more
	ByType  []int     // ByType[k] have exactly k of the service types
	Cells   []Cell    // that count, in the order of the snapshot
	Remarks []i18n.Message
	Params  model.Params
	Inputs  []model.InputRef
	Engine  string
}

// Figures are what some of the people have. Counts are whole people.
type Figures struct {
	Group   model.Group // By, ID, Name, Approximate and Unknown
	People  int
	With    int // have a place within the limit
	Without int // With + Without = People
	Mean    float64
	P10     float64 // the tenth with least has at most this; NaN, as Mean, Median and Max, where nobody is With
	Median  float64
	Max     float64
	InClass []int // people With, by class
}

// Cell is a square of a result. Value is NaN where no place lies within the limit.
type Cell struct {
	Index  int // in the snapshot
	ID     string
	Centre orb.Point
	Size   float64 // side in metres
	People int     // all, whoever the query is about
	Value  float64
	Places int // within the limit
	Types  int // service types with a place within the limit
}

// morePlaces is the last of the counts of places: that many or more.
const morePlaces = 10

// classes is how many classes a result has at most.
const classes = 6

// result turns sums into figures.
func (m *measuring) result() (*Result, error) {
	s := m.p.Snapshot()
	r := &Result{
		Query: m.q, Name: m.title(), Places: m.number, Supply: m.supply,
		Params: s.Params, Inputs: slices.Clone(s.Inputs), Engine: access.Version,
	}
	for i := range s.Cells {
		if !s.Cells[i].Inside {
			continue
		}
		at := &s.Cells[i]
		c := Cell{
			Index: i, ID: at.ID, Centre: at.Centre, Size: at.Size, People: at.People,
			Value: m.value[i], Places: int(m.places[i]), Types: int(m.types[i]),
		}
		if c.Places == 0 {
			c.Value = math.NaN()
		}
		r.Cells = append(r.Cells, c)
	}
	order := byValue(r.Cells)
	r.Breaks = breaks(r.Cells, order, &m.group)
	r.All = r.figures(order, &m.group)
	switch {
	case r.All.People == 0:
		return nil, i18n.Errorf("analysis.nobody_lives")
	case r.All.With == 0:
		return nil, i18n.Errorf("supply.nobody", r.Name, cost(m.q.Impedance, m.q.Limit))
	}
	for i := range m.groups {
		r.Groups = append(r.Groups, r.figures(order, &m.groups[i]))
	}
	r.ByPlace = r.counts(&m.group, morePlaces, func(c *Cell) int { return c.Places })
	r.ByType = r.counts(&m.group, len(m.q.Services), func(c *Cell) int { return c.Types })
	r.Remarks = append(m.remarks, m.said()...)
	return r, nil
}

// title names the services.
func (m *measuring) title() i18n.Message {
	name := m.typeName(m.q.Services[0])
	for _, s := range m.q.Services[1:] {
		name = i18n.M("figures.list", name, m.typeName(s))
	}
	return name
}

// cost writes a cost in words.
func cost(i model.Impedance, v float64) any {
	if i == model.Time {
		return i18n.Seconds(v)
	}
	return i18n.Metres(v)
}

// said is what the reader must know of the places.
func (m *measuring) said() (out []i18n.Message) {
	for _, service := range m.missing {
		out = append(out, i18n.M("supply.missing", m.typeName(service)))
	}
	if m.unknown > 0 {
		out = append(out, i18n.M("supply.capacity_unknown", m.unknown, m.q.Capacity))
	}
	if m.deserted > 0 {
		out = append(out, i18n.M("supply.deserted", m.deserted))
	}
	return out
}

// byValue orders the squares that have a value, the least first.
func byValue(cells []Cell) []int {
	var order []int
	for i := range cells {
		if !math.IsNaN(cells[i].Value) {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(cells[a].Value, cells[b].Value), cmp.Compare(a, b)) })
	return order
}

// figures sums what a group has. order is that of byValue.
func (r *Result) figures(order []int, g *access.People) Figures {
	f := Figures{Group: g.Group, Mean: math.NaN(), P10: math.NaN(), Median: math.NaN(), Max: math.NaN()}
	all, with, sum := int64(0), int64(0), 0.0
	inClass := make([]int64, len(r.Breaks)+1)
	for i := range r.Cells {
		all += g.Of[r.Cells[i].Index]
	}
	for _, i := range order {
		c := &r.Cells[i]
		part := g.Of[c.Index]
		if part == 0 {
			continue
		}
		with += part
		sum += float64(float64(part) * c.Value)
		f.Max = c.Value
		class, _ := slices.BinarySearch(r.Breaks, c.Value)
		inClass[class] += part
	}
	f.People, f.With = g.Whole(all), g.Whole(with)
	f.Without = f.People - f.With
	for _, part := range inClass {
		f.InClass = append(f.InClass, g.Whole(part))
	}
	if with > 0 {
		f.Mean = sum / float64(with)
		f.P10, f.Median = quantile(r.Cells, order, g, with, 1, 10), quantile(r.Cells, order, g, with, 1, 2)
	}
	return f
}

// quantile is the least value at or under which at least num/den of those with a value are.
func quantile(cells []Cell, order []int, g *access.People, with, num, den int64) float64 {
	sum := int64(0)
	for _, i := range order {
		part := g.Of[cells[i].Index]
		if sum += part; part > 0 && sum*den >= with*num {
			return cells[i].Value
		}
	}
	return math.NaN()
}

// breaks parts the squares into classes with about as many people each, at values of two digits; where there are few
// values, each is a class of its own.
func breaks(cells []Cell, order []int, g *access.People) []float64 {
	var values []float64
	with := int64(0)
	for _, i := range order {
		if part := g.Of[cells[i].Index]; part > 0 {
			with += part
			values = append(values, cells[i].Value)
		}
	}
	if values = slices.Compact(values); len(values) <= classes {
		return values[:max(len(values)-1, 0)]
	}
	var out []float64
	for k := int64(1); k < classes; k++ {
		at := twoDigits(quantile(cells, order, g, with, k, classes))
		if at < values[len(values)-1] && (len(out) == 0 || at > out[len(out)-1]) {
			out = append(out, at)
		}
	}
	return out
}

// twoDigits rounds to two significant digits.
func twoDigits(v float64) float64 {
	v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'g', 2, 64), 64)
	return v
}

// counts parts a group by how many of something their squares have, up to last or more.
func (r *Result) counts(g *access.People, last int, of func(*Cell) int) []int {
	parts := make([]int64, last+1)
	for i := range r.Cells {
		c := &r.Cells[i]
		parts[min(of(c), last)] += g.Of[c.Index]
	}
	out := make([]int, len(parts))
	for i, part := range parts {
		out[i] = g.Whole(part)
	}
	return out
}
