package reports

import (
	"math"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/manuscript"
)

// drafts make the sentences of the library by what they say; a sentence without figures is "".
var drafts = map[string]func(b *builder, l *manuscript.Living) string{
	"people": (*builder).sayPeople, "within": (*builder).sayWithin, "beyond": (*builder).sayBeyond, "mean": (*builder).sayMean,
	"spread": (*builder).saySpread, "farthest": (*builder).sayFarthest, "unreached": (*builder).sayUnreached,
	"facilities": (*builder).sayFacilities, "largest": (*builder).sayLargest, "both": (*builder).sayBoth,
	"nearest_step": (*builder).sayStep, "need": (*builder).sayNeed, "sexes": (*builder).saySexes, "old": (*builder).sayOld,
	"old_beyond": (*builder).sayOldBeyond, "young": (*builder).sayYoung, "group": (*builder).sayGroup, "equity": (*builder).sayEquity,
	"all_services": (*builder).sayAllServices, "no_services": (*builder).sayNoServices, "second": (*builder).saySecond,
	"weakest": (*builder).sayWeakest, "last_shop": (*builder).sayLast, "together": (*builder).sayTogether, "without": (*builder).sayWithout,
	"compare_services": (*builder).sayCompare, "missing_services": (*builder).sayMissing, "development": (*builder).sayDevelopment,
	"opened_closed": (*builder).sayOpened, "scenario": (*builder).sayScenario, "scenario_losers": (*builder).sayLosers,
	"scenario_unreached": (*builder).sayNewlyUnreached, "support": (*builder).saySupport, "grants": (*builder).sayGrants,
	"grants_form": (*builder).sayForms, "eligible": (*builder).sayEligible, "goals": (*builder).sayGoals,
	"actions_state": (*builder).sayActions, "actions_money": (*builder).sayMoney, "targets": (*builder).sayTargets,
	"register": (*builder).sayRegister, "basis": (*builder).sayBasis,
}

// draft makes a sentence of the figures at hand, "" where they say nothing. Words of whom it is about stand before it.
func (b *builder) draft(l *manuscript.Living) string {
	say := drafts[l.What]
	if say == nil {
		return ""
	}
	text := say(b, l)
	if text == "" {
		return ""
	}
	if about := b.about(l); about != "" {
		return b.p.T("text.say.about", upperFirst(about), lowerFirst(text))
	}
	return upperFirst(text)
}

// about names the scenario, group, area and date that a sentence is about, "" for the kommun as it is.
func (b *builder) about(l *manuscript.Living) string {
	var out []string
	if l.Scenario != "" && l.What != "scenario" && l.What != "scenario_losers" && l.What != "scenario_unreached" {
		out = append(out, b.p.T("text.say.in_scenario", l.Scenario))
	}
	if l.Group != "" && l.What != "group" {
		out = append(out, b.groupWords(l.Group))
	}
	if l.Area != "" {
		_, area, _ := strings.Cut(l.Area, "/")
		out = append(out, or(area, l.Area))
	}
	if l.Date != "" {
		out = append(out, b.p.Date(l.Date))
	}
	return strings.Join(out, ", ")
}

// lowerFirst lets a sentence go on behind a colon: its first letter is small, but not that of a name.
func lowerFirst(s string) string {
	first, rest, _ := strings.Cut(s, " ")
	if first == strings.ToUpper(first) && len([]rune(first)) > 1 {
		return s
	}
	r := []rune(first)
	if len(r) > 0 {
		r[0] = []rune(strings.ToLower(string(r[0])))[0]
	}
	return strings.TrimRight(string(r)+" "+rest, " ")
}

// groupWords names a group of people.
func (b *builder) groupWords(id string) string {
	from, to, ages := strings.Cut(id, "-")
	switch {
	case id == "women" || id == "men":
		return b.p.T("text.group." + id)
	case ages && to == "":
		return b.p.T("figures.age_from", i18n.Plain(from))
	case ages:
		return b.p.T("figures.age_range", i18n.Plain(from), i18n.Plain(to))
	}
	return id
}

// number writes a count for running text: up to twelve in words, in the gender of what is counted.
func number(p *i18n.Printer, n int, neuter bool) string {
	if n == 1 && neuter {
		return p.T("text.number.neuter")
	}
	return countWord(p, float64(n))
}

// count writes how many there are of something: "ingen butik", "en butik", "tolv butiker", "1 200 butiker". The key has the
// endings none, one and many.
func count(p *i18n.Printer, noun string, n int) string {
	switch n {
	case 0:
		return p.T("text.noun." + noun + ".none")
	case 1:
		return p.T("text.noun." + noun + ".one")
	}
	return p.T("text.noun."+noun+".many", countWord(p, float64(n)))
}

// people writes how many people there are, above a thousand rounded with a word that tells which way.
func people(p *i18n.Printer, n int) string {
	if n <= 12 {
		return count(p, "people", n)
	}
	return p.T("text.noun.people.many", aboutPeople(p, n))
}

// fractions are the shares that have words of their own, in per cent.
var fractions = map[int]string{10: "tenth", 20: "fifth", 25: "quarter", 33: "third", 50: "half", 67: "two_thirds", 75: "three_quarters", 90: "nine_tenths"}

// part writes a share in words where it is, rounded to whole per cent, one that has words: "en tredjedel", "hälften".
func part(p *i18n.Printer, n, whole int) (string, bool) {
	if whole <= 0 || n <= 0 || n >= whole {
		return "", false
	}
	key, ok := fractions[int(math.Round(100*float64(n)/float64(whole)))]
	if !ok {
		return "", false
	}
	return p.T("text.fraction." + key), true
}

// list joins words: "a", "a och b", "a, b och c".
func listed(p *i18n.Printer, words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return p.T("text.and", strings.Join(words[:n-1], ", "), words[n-1])
	}
}

// money writes kronor.
func money(p *i18n.Printer, kr int64) string { return p.T("text.kronor", kr) }

// nearestTo names the nearest place of a service type.
func (b *builder) nearestTo(id string) string {
	for i := range b.all {
		if b.all[i].ID == id {
			return b.all[i].nearest
		}
	}
	return b.p.T("report.nearest.other", id)
}

// nounOf is the noun for places of a service type.
func (b *builder) nounOf(id string) string {
	for i := range b.all {
		if b.all[i].ID == id && b.all[i].Name == "" && b.p.Has("text.noun."+id+".one") {
			return id
		}
	}
	return "place"
}

// limitOf is the limit that a sentence is about: what it is bound to, else five kilometres or ten minutes, else the middle of
// those that the figures have.
func (v *values) limitOf(l *manuscript.Living) (float64, bool) {
	if l.Limit != 0 {
		_, ok := v.within(l.Limit)
		return l.Limit, ok
	}
	b, ok := chosen(v.i, v.bands)
	return b.To, ok
}

// chosen picks the band that a sentence tells of: five kilometres or ten minutes where there is one, else the middle one.
func chosen(i model.Impedance, bands []model.Band) (b model.Band, ok bool) {
	want := 5000.0
	if i == model.Time {
		want = 600
	}
	for _, b := range bands {
		if b.To == want {
			return b, true
		}
	}
	if len(bands) == 0 {
		return model.Band{}, false
	}
	return bands[len(bands)/2], true
}

func (b *builder) sayPeople(l *manuscript.Living) string {
	if len(b.in.Results) == 0 {
		return ""
	}
	n := b.in.Results[0].People
	if v := b.bound(l.Binding).Figures; v != nil {
		n = v.All.People
	}
	return b.p.T("text.say.people", b.in.Kommun.Name, people(b.p, n))
}

func (b *builder) sayWithin(l *manuscript.Living) string {
	v := b.valuesOf(l.Binding)
	if v == nil {
		return ""
	}
	to, ok := v.limitOf(l)
	if !ok {
		return ""
	}
	n, _ := v.within(to)
	return withinSentence(b.p, v.i, b.nearestTo(l.Service), model.Band{To: to, People: n}, v.people)
}

func (b *builder) sayBeyond(l *manuscript.Living) string {
	v := b.valuesOf(l.Binding)
	if v == nil || v.people == 0 {
		return ""
	}
	to, ok := v.limitOf(l)
	if !ok {
		return ""
	}
	n, _ := v.within(to)
	key := "text.say.beyond"
	if v.unreached > 0 {
		key = "text.say.beyond_or_none"
	}
	limit, nearest := b.far(v.i, to), b.nearestTo(l.Service)
	switch n = v.people - n; n {
	case 0:
		return b.p.T("text.say.beyond_nobody", limit, nearest)
	case v.people:
		return b.p.T(key+"_all", limit, nearest)
	}
	if share, ok := part(b.p, n, v.people); ok {
		return b.p.T(key+"_part", share, aboutPeople(b.p, n), limit, nearest)
	}
	return b.p.T(key, people(b.p, n), shareWords(b.p, n, v.people), limit, nearest, n)
}

// far writes a limit with the way that it is travelled: "fem kilometer", "tio minuter med bil".
func (b *builder) far(i model.Impedance, to float64) string {
	limit := limitWords(b.p, i, to)
	if i == model.Time {
		return b.p.T("text.say.by_car", limit)
	}
	return limit
}

func (b *builder) sayMean(l *manuscript.Living) string {
	v := b.valuesOf(l.Binding)
	if v == nil || v.reached == 0 {
		return ""
	}
	return b.p.T("text.say.mean."+string(v.i), b.cost(v.i, v.mean), b.nearestTo(l.Service))
}

func (b *builder) saySpread(l *manuscript.Living) string {
	v := b.valuesOf(l.Binding)
	if v == nil || v.reached == 0 {
		return ""
	}
	return b.p.T("report.spread."+string(v.i), b.cost(v.i, v.median), b.cost(v.i, v.p90), b.cost(v.i, v.max))
}

func (b *builder) sayFarthest(l *manuscript.Living) string {
	v := b.valuesOf(l.Binding)
	if v == nil || v.reached == 0 {
		return ""
	}
	return b.p.T("text.say.farthest."+string(v.i), b.cost(v.i, v.max), b.nearestTo(l.Service))
}

func (b *builder) sayUnreached(l *manuscript.Living) string {
	v := b.valuesOf(l.Binding)
	switch {
	case v == nil || v.people == 0:
		return ""
	case v.unreached == 0:
		return b.p.T("text.say.all_reach", b.nearestTo(l.Service))
	case v.unreached == v.people:
		return b.p.T("text.say.nobody_reaches", b.nearestTo(l.Service))
	}
	return b.p.T("text.say.unreached", people(b.p, v.unreached), shareWords(b.p, v.unreached, v.people), b.nearestTo(l.Service), v.unreached)
}

func (b *builder) sayFacilities(l *manuscript.Living) string {
	inside, beyond := 0, 0
	for i := range b.in.Snapshot.Facilities {
		f := &b.in.Snapshot.Facilities[i]
		switch {
		case f.Type != l.Service || !f.OpenOn(b.in.Snapshot.Params.Date):
		case outside(b.in.Snapshot, f.At):
			beyond++
		default:
			inside++
		}
	}
	noun := b.nounOf(l.Service)
	text := b.p.T("text.say.facilities", count(b.p, noun, inside))
	if beyond > 0 {
		text += " " + b.p.T("text.say.facilities_beyond", count(b.p, noun, beyond))
	}
	return text
}

func (b *builder) sayLargest(l *manuscript.Living) string {
	s := b.serviceOf(l)
	if s == nil || len(s.main().Places) == 0 {
		return ""
	}
	r := s.main()
	first := sorted(r.Places)[0]
	if first.PeopleNearest == 0 {
		return ""
	}
	return b.p.T("text.say.largest", or(first.Name, first.ID), people(b.p, first.PeopleNearest), shareWords(b.p, first.PeopleNearest, r.People))
}

func (b *builder) sayBoth(l *manuscript.Living) string {
	by := l.Binding
	by.Impedance, by.Limit = model.Distance, 0
	distance := b.valuesOf(by)
	by.Impedance = model.Time
	time := b.valuesOf(by)
	if distance == nil || time == nil || distance.reached == 0 || time.reached == 0 {
		return ""
	}
	return b.p.T("text.say.both", b.nearestTo(l.Service), b.cost(model.Distance, distance.mean), b.cost(model.Time, time.mean))
}

func (b *builder) sayStep(l *manuscript.Living) string {
	v := b.valuesOf(l.Binding)
	if v == nil || v.reached == 0 || len(v.bands) == 0 {
		return ""
	}
	var most model.BandPart
	for _, p := range model.BandParts(v.bands, v.reached) {
		if p.People > most.People {
			most = p
		}
	}
	key := "text.say.step"
	switch {
	case most.From == 0:
		key = "text.say.step_first"
	case math.IsNaN(most.To):
		key = "text.say.step_last"
	}
	from, to := limitWords(b.p, v.i, most.From), ""
	if !math.IsNaN(most.To) {
		to = limitWords(b.p, v.i, most.To)
	}
	return b.p.T(key, people(b.p, most.People), shareWords(b.p, most.People, v.people), from, to, b.nearestTo(l.Service))
}

func (b *builder) sayNeed(l *manuscript.Living) string {
	v := b.valuesOf(l.Binding)
	if v == nil || v.need == nil {
		return ""
	}
	limit := b.far(v.i, v.need.From)
	if v.need.People == 0 {
		return b.p.T("text.say.need_nobody", limit, b.nearestTo(l.Service))
	}
	total := b.p.T("text.unit.need."+string(v.i), int64(math.Round(v.need.Cost/needUnit(v.i))))
	return b.p.T("text.say.need", people(b.p, v.need.People), limit, b.nearestTo(l.Service), total)
}

func (b *builder) saySecond(l *manuscript.Living) string {
	v := b.valuesOf(l.Binding)
	switch {
	case v == nil || v.reached == 0:
		return ""
	case math.IsNaN(v.second):
		return b.p.T("report.second.none")
	}
	return b.p.T("report.second."+string(v.i), b.cost(v.i, v.mean), b.cost(v.i, v.second))
}
