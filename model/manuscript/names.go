package manuscript

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
)

// need says whether a name is about a service type.
type need uint8

const (
	never need = iota
	maybe
	always
)

// spec is one thing that can be named: its words are those of the key "text.name." with kind and what, and a name by
// distance and by time where timed is set. A {0} in the words is a limit, whose unit tells the measure.
type spec struct {
	kind    LivingKind
	what    string
	service need
	timed   bool
	limit   bool
}

// specs are all that can be named.
var specs = []spec{
	{Figure, "mean", always, true, false},
	{Figure, "median", always, true, false},
	{Figure, "p90", always, true, false},
	{Figure, "max", always, true, false},
	{Figure, "second", always, true, false},
	{Figure, "share", always, false, true},
	{Figure, "within", always, false, true},
	{Figure, "beyond_share", always, false, true},
	{Figure, "beyond", always, false, true},
	{Figure, "unreached", always, false, false},
	{Figure, "need", always, false, false},
	{Figure, "facilities", always, false, false},
	{Figure, "people", never, false, false},
	{Figure, "actions", never, false, false},
	{Figure, "actions_done", never, false, false},
	{Figure, "goals", never, false, false},
	{Figure, "grants", never, false, false},
	{Figure, "granted", never, false, false},
	{KeyRow, "", maybe, false, false},
	{Map, "", always, false, false},
	{Chart, "bands", always, false, false},
	{Chart, "classes", never, false, false},
	{Grid, "places", always, false, false},
	{Grid, "groups", always, false, false},
	{Grid, "figures", never, false, false},
	{Grid, "bands", never, false, false},
	{Grid, "joint", never, false, false},
	{Grid, "second", never, false, false},
	{Grid, "brief", never, false, false},
	{Grid, "missing", never, false, false},
	{Ranking, "", maybe, false, false},
	{Scenarios, "", never, false, false},
	{Actions, "", never, false, false},
	{Support, "", never, false, false},
	{Ledger, "", never, false, false},
	{Register, "", never, false, false},
	{Outcome, "", never, false, false},
	{Method, "", never, false, false},
	{Method, "params", never, false, false},
	{Method, "network", never, false, false},
	{Method, "left_out", never, false, false},
	{Sources, "", never, false, false},
	{Bank, "", never, false, false},
	{Opinions, "", never, false, false},
	{Followed, "summary", never, false, false},
	{Followed, "access", never, false, false},
	{Followed, "trends", never, false, false},
	{Followed, "places", never, false, false},
	{Followed, "goals", never, false, false},
	{Followed, "actions", never, false, false},
	{Followed, "support", never, false, false},
	{Followed, "register", never, false, false},
	{Followed, "next", never, false, false},
}

func (s *spec) key() string {
	key := "text.name." + string(s.kind)
	if s.what != "" {
		key += "." + s.what
	}
	return key
}

// Sentences are the sentences that can be named: what they are called among the living things, and whether they are about
// a service type. They are in the order of the chapters that they are for.
func Sentences() []string {
	out := make([]string, len(sentences))
	for i := range sentences {
		out[i] = sentences[i].what
	}
	return out
}

// Names turns living things into the names that people type, and names into living things. It is of one language, and reads
// both. It is safe for concurrent use.
type Names struct {
	p     *i18n.Printer
	other *i18n.Printer
	types []model.ServiceType
	ways  map[*i18n.Printer][]way // in each language the longest first
}

// way is one way to begin a name.
type way struct {
	spec
	words string
	i     model.Impedance
}

// NewNames makes the names of a language for the service types of a project.
func NewNames(p *i18n.Printer, types []model.ServiceType) *Names {
	other := i18n.English
	if p.Lang() == i18n.English {
		other = i18n.Swedish
	}
	n := &Names{p, i18n.For(other), types, map[*i18n.Printer][]way{}}
	for _, p := range []*i18n.Printer{n.p, n.other} {
		for _, s := range all() {
			n.ways[p] = append(n.ways[p], way{s, words(p, &s, model.Distance), ""})
			if s.timed {
				n.ways[p] = append(n.ways[p], way{s, words(p, &s, model.Time), model.Time})
			}
		}
		slices.SortStableFunc(n.ways[p], func(a, b way) int { return cmp.Compare(len(b.words), len(a.words)) })
	}
	return n
}

// all are the specs with those of the sentences.
func all() []spec { return slices.Concat(specs, sentences) }

// words gives what a spec is called by a measure.
func words(p *i18n.Printer, s *spec, i model.Impedance) string {
	if s.timed {
		return p.T(s.key() + "." + string(i))
	}
	return p.T(s.key())
}

// Name is what people call a living thing: what it is, of which service, and what else it is bound to.
func (n *Names) Name(l *Living) string {
	list := all()
	k := slices.IndexFunc(list, func(s spec) bool { return s.kind == l.Kind && s.what == l.What })
	if k < 0 || !l.Known() {
		return l.Name
	}
	s := &list[k]
	text := words(n.p, s, l.Measure())
	if s.limit {
		text = strings.Replace(text, "{0}", n.limit(l.Measure(), l.Limit), 1)
	}
	if s.service != never && l.Service != "" {
		text += " " + n.service(l.Service)
	}
	return strings.Join(append([]string{text}, n.qualifiers(s, l)...), ", ")
}

// qualifiers are what stands behind the first comma of a name. The scenario stands last, since its name may hold commas.
func (n *Names) qualifiers(s *spec, l *Living) []string {
	var out []string
	add := func(key, value string) {
		if value != "" {
			out = append(out, n.p.T("text.by."+key)+" "+value)
		}
	}
	if l.Measure() == model.Time && !s.timed && !s.limit {
		out = append(out, n.p.T("text.by.time"))
	}
	if l.Limit > 0 && !s.limit {
		add("limit", n.limit(l.Measure(), l.Limit))
	}
	switch {
	case l.Group == "women" || l.Group == "men":
		out = append(out, n.p.T("text.by."+l.Group))
	case l.Group != "":
		add("age", l.Group)
	}
	add("area", l.Area)
	add("date", l.Date)
	add("since", l.Since)
	if l.Year != 0 {
		add("year", strconv.FormatInt(l.Year, 10))
	}
	add("form", l.Form)
	add("scenario", l.Scenario)
	return out
}

// service is what a service type is called within a name.
func (n *Names) service(id string) string {
	for _, t := range n.types {
		if t.ID == id {
			return strings.ToLower(n.p.Text(t.Label()))
		}
	}
	return id
}

// limit writes a limit with its unit.
func (n *Names) limit(i model.Impedance, v float64) string {
	unit := "m"
	switch {
	case i == model.Time:
		v, unit = v/60, "min"
	case v >= 1000:
		v, unit = v/1000, "km"
	}
	text := strconv.FormatFloat(v, 'f', -1, 64)
	if n.p.Lang() == i18n.Swedish {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text + " " + unit
}

// number writes the number of a list's item.
func (n *Names) number(i int) string { return strconv.Itoa(i) }

// Find is what a name means, in upper or lower case, in either language. A name that means nothing gives a living thing that
// is not known and keeps the name.
func (n *Names) Find(name string) *Living {
	name = strings.ReplaceAll(line(name), i18n.NBSP, " ")
	for _, p := range []*i18n.Printer{n.p, n.other} {
		if l := n.find(p, name); l != nil {
			return l
		}
	}
	return &Living{Name: name}
}

// find reads a name in one language: the longest words that fit.
func (n *Names) find(p *i18n.Printer, name string) *Living {
	for _, w := range n.ways[p] {
		l := &Living{Kind: w.kind, What: w.what}
		l.Impedance = w.i
		rest, ok := l.takeWords(w.words, name)
		if ok && n.rest(p, &w.spec, l, rest) {
			return l
		}
	}
	return nil
}

// takeWords takes the words of a name off its beginning, and the limit among them.
func (l *Living) takeWords(words, name string) (rest string, ok bool) {
	before, after, limited := strings.Cut(words, "{0}")
	if rest, ok = cutFold(name, before); !ok || !limited {
		return rest, ok
	}
	v, i, rest, ok := takeLimit(rest)
	if !ok {
		return "", false
	}
	l.Limit, l.Impedance = v, i
	return cutFold(rest, after)
}

// cutFold takes a beginning off a text in any case.
func cutFold(s, prefix string) (string, bool) {
	a, b := []rune(s), []rune(prefix)
	if len(a) < len(b) || !strings.EqualFold(string(a[:len(b)]), prefix) {
		return "", false
	}
	return string(a[len(b):]), true
}

var limitText = regexp.MustCompile(`^([0-9]+(?:[.,][0-9]+)?) ?((?i)km|min|m)\b`)

// takeLimit takes a limit off the beginning of a text: metres or seconds. The measure is "" for distance.
func takeLimit(s string) (v float64, i model.Impedance, rest string, ok bool) {
	m := limitText.FindStringSubmatch(s)
	if m == nil {
		return 0, "", s, false
	}
	v, err := strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64)
	if err != nil || v <= 0 {
		return 0, "", s, false
	}
	switch strings.ToLower(m[2]) {
	case "km":
		v *= 1000
	case "min":
		v, i = v*60, model.Time
	}
	return math.Round(v*1e6) / 1e6, i, s[len(m[0]):], true
}

// rest reads the service and the qualifiers of a name.
func (n *Names) rest(p *i18n.Printer, s *spec, l *Living, rest string) bool {
	if s.service != never && strings.HasPrefix(rest, " ") {
		if !n.takeService(l, rest[1:], &rest) {
			return false
		}
	} else if s.service == always {
		return false
	}
	if rest == "" {
		return true
	}
	said, ok := strings.CutPrefix(rest, ", ")
	return ok && takeQualifiers(p, s, l, said)
}

// takeService reads a service type: the longest name that fits.
func (n *Names) takeService(l *Living, text string, rest *string) bool {
	best := -1
	for _, t := range n.types {
		for _, name := range []string{n.p.Text(t.Label()), n.other.Text(t.Label()), t.ID} {
			after, ok := cutFold(text, name)
			if ok && len(name) > best && (after == "" || strings.HasPrefix(after, ", ")) {
				best, l.Service, *rest = len(name), t.ID, after
			}
		}
	}
	return best >= 0
}

// takeQualifiers reads what stands behind the first comma. A piece that is no qualifier belongs to the one before.
func takeQualifiers(p *i18n.Printer, s *spec, l *Living, text string) bool {
	for text != "" {
		if name, ok := cutFold(text, p.T("text.by.scenario")+" "); ok {
			l.Scenario = name
			return true
		}
		piece, rest, _ := strings.Cut(text, ", ")
		for rest != "" && !isQualifier(p, rest) {
			more, after, _ := strings.Cut(rest, ", ")
			piece, rest = piece+", "+more, after
		}
		if !takeQualifier(p, s, l, piece) {
			return false
		}
		text = rest
	}
	return true
}

// qualifierKeys are the qualifiers with a value.
var qualifierKeys = []string{"limit", "age", "area", "date", "since", "year", "form", "scenario"}

// isQualifier tells whether a text begins with a qualifier.
func isQualifier(p *i18n.Printer, text string) bool {
	for _, key := range qualifierKeys {
		if _, ok := cutFold(text, p.T("text.by."+key)+" "); ok {
			return true
		}
	}
	first, _, _ := strings.Cut(text, ", ")
	return slices.ContainsFunc([]string{"time", "women", "men"}, func(key string) bool { return strings.EqualFold(first, p.T("text.by."+key)) })
}

// takeQualifier reads one qualifier.
func takeQualifier(p *i18n.Printer, s *spec, l *Living, piece string) bool {
	is := func(key string) bool { return strings.EqualFold(piece, p.T("text.by."+key)) }
	switch {
	case is("time"):
		l.Impedance = model.Time
		return !s.timed && !s.limit
	case is("women"):
		l.Group = "women"
		return true
	case is("men"):
		l.Group = "men"
		return true
	}
	for _, key := range qualifierKeys {
		value, ok := cutFold(piece, p.T("text.by."+key)+" ")
		if !ok || value == "" {
			continue
		}
		switch key {
		case "limit":
			v, i, rest, ok := takeLimit(value)
			l.Limit, l.Impedance = v, cmp.Or(i, l.Impedance)
			return ok && rest == "" && !s.limit
		case "age":
			l.Group = value
		case "area":
			l.Area = value
		case "date":
			l.Date = value
			return model.IsDate(value)
		case "since":
			l.Since = value
			return model.IsDate(value)
		case "year":
			year, err := strconv.ParseInt(value, 10, 64)
			l.Year = year
			return err == nil && year > 0
		case "form":
			l.Form = value
		}
		return true
	}
	return false
}

// Known are the names of everything that can stand in a text, for a list to choose from: for each service type by the usual
// measures and limits.
func (n *Names) Known() []string {
	var out []string
	add := func(l *Living) { out = append(out, n.Name(l)) }
	for _, s := range all() {
		services := []string{""}
		if s.service == always {
			services = nil
		}
		if s.service != never {
			for _, t := range n.types {
				services = append(services, t.ID)
			}
		}
		for _, service := range services {
			for _, b := range s.usual() {
				b.Service = service
				add(&Living{Kind: s.kind, What: s.what, Binding: b})
			}
		}
	}
	return out
}

// usual are the measures and limits that a name is offered with.
func (s *spec) usual() []Binding {
	switch {
	case s.timed:
		return []Binding{{}, {Impedance: model.Time}}
	case s.limit:
		return []Binding{{Limit: 2000}, {Limit: 5000}, {Limit: 10000}, {Limit: 20000}, {Limit: 600, Impedance: model.Time}}
	}
	return []Binding{{}}
}

// Complete are the known names that hold all the words of what has been typed so far, those that begin with it first.
func (n *Names) Complete(typed string) []string {
	typed = strings.ToLower(line(typed))
	parts := strings.Fields(typed)
	fits := func(name string) bool {
		name = strings.ToLower(name)
		return !slices.ContainsFunc(parts, func(w string) bool { return !strings.Contains(name, w) })
	}
	out := slices.DeleteFunc(n.Known(), func(name string) bool { return !fits(name) })
	begins := func(name string) int {
		if strings.HasPrefix(strings.ToLower(name), typed) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(out, func(a, b string) int { return begins(a) - begins(b) })
	return out
}

// mark is the word in braces for something.
func (n *Names) mark(what string) string { return n.p.T("text.mark." + what) }

// unmark is what a word in braces stands for, in either language, "" for nothing.
func (n *Names) unmark(word string) string {
	for _, what := range []string{"style.lead", "style.note", "style.fine", "style.proposal", "table", "source"} {
		for _, p := range []*i18n.Printer{n.p, n.other} {
			if strings.EqualFold(word, p.T("text.mark."+what)) {
				return what
			}
		}
	}
	return ""
}
