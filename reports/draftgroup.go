package reports

import (
	"math"
	"slices"
	"strings"

	"nabar/model"
	"nabar/model/manuscript"
)

// groupOf are the figures of a group among those of a service type, nil where the squares don't tell.
func (b *builder) groupOf(l *manuscript.Living, id string) *values {
	f := b.bound(l.Binding).Figures
	if f == nil {
		f = b.figuresOf(l.Service, l.Measure())
	}
	if f == nil || l.Group != "" {
		return nil
	}
	for i := range f.Groups {
		if f.Groups[i].ID == id && f.Groups[i].People > 0 {
			return ofFigures(f, &f.Groups[i])
		}
	}
	return nil
}

func (b *builder) saySexes(l *manuscript.Living) string {
	women, men := b.groupOf(l, "women"), b.groupOf(l, "men")
	if women == nil || men == nil || women.reached == 0 || men.reached == 0 {
		return ""
	}
	of, than := b.cost(women.i, women.mean), b.cost(men.i, men.mean)
	if of == than {
		return b.p.T("text.say.sexes_same", of, b.nearestTo(l.Service))
	}
	return b.p.T("text.say.sexes", of, than, b.nearestTo(l.Service))
}

// near says how many of a group live within the limit.
func (b *builder) near(l *manuscript.Living, v *values, who string) string {
	if v == nil || v.people == 0 {
		return ""
	}
	to, ok := v.limitOf(l)
	if !ok {
		return ""
	}
	n, _ := v.within(to)
	limit, nearest := b.far(v.i, to), b.nearestTo(l.Service)
	switch n {
	case 0:
		return b.p.T("text.say.group_nobody", who, limit, nearest)
	case v.people:
		return b.p.T("text.say.group_all", people(b.p, v.people), who, limit, nearest)
	}
	return b.p.T("text.say.group", people(b.p, v.people), who, shareWords(b.p, n, v.people), limit, nearest)
}

// beyond says how many of a group live farther away than the limit.
func (b *builder) beyond(l *manuscript.Living, v *values, who string) string {
	if v == nil || v.people == 0 {
		return ""
	}
	to, ok := v.limitOf(l)
	if !ok {
		return ""
	}
	n, _ := v.within(to)
	limit, nearest := b.far(v.i, to), b.nearestTo(l.Service)
	if n = v.people - n; n == 0 {
		return b.p.T("text.say.group_beyond_nobody", who, limit, nearest)
	}
	key := "text.say.group_beyond"
	if v.unreached > 0 {
		key = "text.say.group_beyond_or_none"
	}
	return b.p.T(key, people(b.p, n), who, shareWords(b.p, n, v.people), limit, nearest, n)
}

func (b *builder) sayOld(l *manuscript.Living) string {
	return b.near(l, b.groupOf(l, "70-"), b.p.T("text.who.old"))
}

func (b *builder) sayOldBeyond(l *manuscript.Living) string {
	return b.beyond(l, b.groupOf(l, "70-"), b.p.T("text.who.old"))
}

func (b *builder) sayYoung(l *manuscript.Living) string {
	return b.near(l, b.groupOf(l, "6-15"), b.p.T("text.who.young"))
}

func (b *builder) sayGroup(l *manuscript.Living) string {
	if l.Group == "" {
		return ""
	}
	who := b.p.T("text.who.group", b.groupWords(l.Group))
	if key := "text.who." + l.Group; b.p.Has(key) {
		who = b.p.T(key)
	}
	return b.near(l, b.valuesOf(l.Binding), who)
}

func (b *builder) sayEquity(l *manuscript.Living) string {
	f := b.bound(l.Binding).Figures
	if f == nil && l.Plain() {
		f = b.figuresOf(l.Service, l.Measure())
	}
	if f == nil || math.IsNaN(f.Equity.FarShare) || f.Equity.FarShare == 0 {
		return ""
	}
	return b.p.T("text.say.equity", shareWords(b.p, int(math.Round(f.Equity.FarShare*1000)), 1000), b.nearestTo(l.Service))
}

// jointOf are the figures of how many service types people have within reach, nil where there are none.
func (b *builder) jointOf(i model.Impedance) *model.Joint {
	for k := range b.in.Figures {
		if f := &b.in.Figures[k]; f.Joint != nil && f.Query.Impedance == i && len(f.Joint.Services) > 1 {
			return f.Joint
		}
	}
	return nil
}

func (b *builder) sayAllServices(l *manuscript.Living) string {
	j := b.jointOf(l.Measure())
	if j == nil || j.All.People == 0 {
		return ""
	}
	v := &values{i: l.Measure(), bands: j.All.Bands}
	to, ok := v.limitOf(l)
	if !ok {
		return ""
	}
	n, _ := v.within(to)
	limit, services := b.far(v.i, to), number(b.p, len(j.Services), false)
	switch n {
	case 0:
		return b.p.T("text.say.joint_nobody", services, limit)
	case j.All.People:
		return b.p.T("text.say.joint_all", services, limit)
	}
	return b.p.T("text.say.joint", people(b.p, n), shareWords(b.p, n, j.All.People), services, limit, n)
}

func (b *builder) sayNoServices(l *manuscript.Living) string {
	j := b.jointOf(l.Measure())
	if j == nil || j.All.People == 0 {
		return ""
	}
	v := &values{i: l.Measure(), bands: j.All.Bands}
	to, ok := v.limitOf(l)
	i := slices.IndexFunc(j.Counts, func(c model.JointCount) bool { return c.To == to })
	if !ok || i < 0 || len(j.Counts[i].People) == 0 {
		return ""
	}
	n, limit := j.Counts[i].People[0], b.far(l.Measure(), to)
	if n == 0 {
		return b.p.T("text.say.none_nobody", limit)
	}
	return b.p.T("text.say.none", people(b.p, n), shareWords(b.p, n, j.All.People), limit, n)
}

// rankingOf are the places of a service type by what their closing would mean, those that somebody has nearest.
func (b *builder) rankingOf(l *manuscript.Living) []model.PlaceLoss {
	if !l.Plain() {
		return nil
	}
	i := slices.IndexFunc(b.in.Rankings, func(r model.Ranking) bool {
		return r.Query.Service == l.Service && r.Query.Impedance == l.Measure()
	})
	if i < 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(b.in.Rankings[i].Places), func(p model.PlaceLoss) bool { return p.PeopleNearest == 0 })
}

// lossName names a place of a ranking.
func lossName(p *model.PlaceLoss) string { return or(p.Name, p.IDs[0]) }

func (b *builder) sayWeakest(l *manuscript.Living) string {
	places := b.rankingOf(l)
	if len(places) == 0 {
		return ""
	}
	first := &places[0]
	if math.IsNaN(first.MeanExtra) {
		return b.p.T("text.say.weakest_none", lossName(first), people(b.p, first.LeftWithout), b.nearestTo(l.Service))
	}
	text := b.p.T("text.say.weakest", lossName(first), people(b.p, first.PeopleNearest-first.LeftWithout),
		b.cost(l.Measure(), first.MeanExtra), b.nearestTo(l.Service))
	if first.LeftWithout > 0 {
		text += " " + b.p.T("text.say.weakest_without", people(b.p, first.LeftWithout))
	}
	return text
}

func (b *builder) sayLast(l *manuscript.Living) string {
	places := b.rankingOf(l)
	if places == nil {
		return ""
	}
	var names []string
	for i := range places {
		if places[i].LastInTown {
			names = append(names, lossName(&places[i]))
		}
	}
	if len(names) == 0 {
		return b.p.T("text.say.last_none")
	}
	slices.Sort(names)
	const most = 6
	if len(names) > most {
		return b.p.T("text.say.last_many", number(b.p, len(names), true))
	}
	return b.p.T("text.say.last", len(names), listed(b.p, names))
}

func (b *builder) sayTogether(l *manuscript.Living) string {
	for _, p := range b.rankingOf(l) {
		if len(p.ServicesLost) == 0 {
			continue
		}
		var names []string
		for _, s := range b.all {
			if slices.Contains(p.ServicesLost, s.ID) {
				names = append(names, strings.ToLower(s.name))
			}
		}
		return b.p.T("text.say.together", lossName(&p), listed(b.p, names))
	}
	return ""
}

func (b *builder) sayWithout(l *manuscript.Living) string {
	places := b.rankingOf(l)
	if places == nil {
		return ""
	}
	most := slices.MaxFunc(places, func(x, y model.PlaceLoss) int { return x.LeftWithout - y.LeftWithout })
	if most.LeftWithout == 0 {
		return b.p.T("text.say.without_nobody", b.nearestTo(l.Service))
	}
	return b.p.T("text.say.without", lossName(&most), people(b.p, most.LeftWithout))
}

func (b *builder) sayCompare(l *manuscript.Living) string {
	rows := slices.DeleteFunc(b.resultsOf(l.Measure()), func(r row) bool { return r.Reached == 0 })
	if len(rows) < 2 || !l.Plain() {
		return ""
	}
	by := func(x, y row) int {
		switch {
		case x.Mean < y.Mean:
			return -1
		case x.Mean > y.Mean:
			return 1
		}
		return 0
	}
	least, most := slices.MinFunc(rows, by), slices.MaxFunc(rows, by)
	return b.p.T("text.say.compare", strings.ToLower(least.name), b.cost(l.Measure(), least.Mean), strings.ToLower(most.name), b.cost(l.Measure(), most.Mean))
}

func (b *builder) sayMissing(*manuscript.Living) string {
	var names []string
	for i := range b.all {
		if b.all[i].main() == nil {
			names = append(names, strings.ToLower(b.all[i].name))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return b.p.T("text.say.missing", listed(b.p, names))
}
