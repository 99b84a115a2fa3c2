package version

import (
	"slices"
	"strings"

	"nabar/model/plan"
)

// Change says how something came to be as it is in the later version.
type Change string

// The changes.
const (
	Added   Change = "added"
	Removed Change = "removed"
	Changed Change = "changed"
)

// Comparison is all that differs between two versions, the earlier one first.
type Comparison struct {
	Facts    []FactChange
	Figures  []FigureChange
	Places   []PlaceChange
	Entries  []EntryChange
	Sections []SectionChange
}

// FactChange is a fact of the cover that differs. Key is its key in model.Decision's JSON.
type FactChange struct{ Key, Before, After string }

// FigureChange is a figure of a service in both versions; nil where one of them has none.
type FigureChange struct{ Before, After *Figure }

// PlaceChange is a service that opened, closed, or got another name or place.
type PlaceChange struct {
	Change        Change
	Before, After *Place // nil where there is none
}

// EntryChange is an entry of the plan that came, went, or says something else.
type EntryChange struct {
	Change        Change
	Before, After plan.Item // nil where there is none
	Fields        []FieldChange
}

// FieldChange is a field of an entry that says something else.
type FieldChange struct {
	Field         plan.Field
	Before, After string
}

// SectionChange is a chapter or section that came, went or was rewritten.
type SectionChange struct {
	Change        Change
	Title         string // as it is called in the later version that has it
	Before, After string // its number, "" where it has none
	Lines         []LineChange
}

// LineChange is a line that only one of the versions has.
type LineChange struct {
	Change Change // Added or Removed
	Text   string
}

// Compare finds all that differs from one version to a later one.
func Compare(a, b *Version) Comparison {
	return Comparison{
		Facts: compareFacts(a, b), Figures: compareFigures(&a.Record, &b.Record), Places: comparePlaces(a.Record.Places, b.Record.Places),
		Entries: compareEntries(&a.Record, &b.Record), Sections: compareSections(a.Record.Sections, b.Record.Sections),
	}
}

// Same tells whether nothing differs.
func (c *Comparison) Same() bool {
	return len(c.Facts)+len(c.Places)+len(c.Entries)+len(c.Sections) == 0 &&
		!slices.ContainsFunc(c.Figures, func(f FigureChange) bool { return !f.Same() })
}

// compareFacts compares the covers.
func compareFacts(a, b *Version) []FactChange {
	var out []FactChange
	x, y := &a.Decision, &b.Decision
	for _, f := range []FactChange{
		{"title", x.Title, y.Title},
		{"period", x.Period, y.Period},
		{"subtitle", x.Subtitle, y.Subtitle},
		{"status", x.Status, y.Status},
		{"body", x.Body, y.Body},
		{"date", x.Date, y.Date},
		{"paragraph", x.Paragraph, y.Paragraph},
		{"case_number", x.CaseNumber, y.CaseNumber},
		{"responsible", x.Responsible, y.Responsible},
	} {
		if f.Before != f.After {
			out = append(out, f)
		}
	}
	return out
}

// compareFigures sets the figures side by side, those of the later version first.
func compareFigures(a, b *Record) []FigureChange {
	var out []FigureChange
	for i := range b.Figures {
		f := &b.Figures[i]
		out = append(out, FigureChange{a.Figure(f.Service, f.Impedance), f})
	}
	for i := range a.Figures {
		if f := &a.Figures[i]; b.Figure(f.Service, f.Impedance) == nil {
			out = append(out, FigureChange{f, nil})
		}
	}
	return out
}

// Same tells whether both versions say the same.
func (c *FigureChange) Same() bool {
	a, b := c.Before, c.After
	if a == nil || b == nil {
		return a == b
	}
	same := func(x, y *float64) bool { return x == y || x != nil && y != nil && *x == *y }
	return a.Facilities == b.Facilities && a.People == b.People && a.Reached == b.Reached && same(a.Mean, b.Mean) &&
		same(a.Median, b.Median) && same(a.P90, b.P90) && same(a.Max, b.Max) && same(a.SecondMean, b.SecondMean) && slices.Equal(a.Bands, b.Bands)
}

// comparePlaces finds the services that opened, closed or changed; a place of several services is one for each.
func comparePlaces(a, b []Place) []PlaceChange {
	find := func(in []Place, p *Place) *Place {
		i := slices.IndexFunc(in, func(o Place) bool { return o.ID == p.ID && o.Type == p.Type })
		if i < 0 {
			return nil
		}
		return &in[i]
	}
	var out []PlaceChange
	for i := range b {
		switch was := find(a, &b[i]); {
		case was == nil:
			out = append(out, PlaceChange{Added, nil, &b[i]})
		case *was != b[i]:
			out = append(out, PlaceChange{Changed, was, &b[i]})
		}
	}
	for i := range a {
		if find(b, &a[i]) == nil {
			out = append(out, PlaceChange{Removed, &a[i], nil})
		}
	}
	return out
}

// compareEntries finds the entries that came, went or changed, kind by kind in the order of the later version.
func compareEntries(a, b *Record) []EntryChange {
	before, _ := a.Book()
	after, _ := b.Book()
	var out []EntryChange
	for _, k := range plan.Kinds() {
		for _, item := range after.Kind(k) {
			was := sameKind(before, item)
			if was == nil {
				out = append(out, EntryChange{Change: Added, After: item})
			} else if fields := compareFields(before, after, was, item); fields != nil {
				out = append(out, EntryChange{Changed, was, item, fields})
			}
		}
		for _, item := range before.Kind(k) {
			if sameKind(after, item) == nil {
				out = append(out, EntryChange{Change: Removed, Before: item})
			}
		}
	}
	return out
}

// sameKind finds the entry of an id and kind, nil where there is none.
func sameKind(b plan.Book, item plan.Item) plan.Item {
	if found := b.Find(item.Number()); found != nil && found.Kind() == item.Kind() {
		return found
	}
	return nil
}

// compareFields finds the fields that say something else.
func compareFields(before, after plan.Book, was, is plan.Item) []FieldChange {
	var out []FieldChange
	for _, f := range plan.Fields(is.Kind()) {
		if x, y := before.Text(was, &f), after.Text(is, &f); x != y {
			out = append(out, FieldChange{f, x, y})
		}
	}
	return out
}

// compareSections finds the chapters and sections that came, went or were rewritten. They are the same by their title and
// where titles stand twice, by their order.
func compareSections(a, b []Section) []SectionChange {
	var out []SectionChange
	ka, kb := keys(a), keys(b)
	for i := range b {
		k := slices.Index(ka, kb[i])
		if k < 0 {
			out = append(out, SectionChange{Added, b[i].Title, "", b[i].Number, all(b[i].Lines, Added)})
		} else if lines := compareLines(a[k].Lines, b[i].Lines); lines != nil {
			out = append(out, SectionChange{Changed, b[i].Title, a[k].Number, b[i].Number, lines})
		}
	}
	for i := range a {
		if !slices.Contains(kb, ka[i]) {
			out = append(out, SectionChange{Removed, a[i].Title, a[i].Number, "", all(a[i].Lines, Removed)})
		}
	}
	return out
}

// keys tell sections apart: by the titles above them and their own, and a count where that stands again.
func keys(sections []Section) []string {
	var path []string
	seen := map[string]int{}
	out := make([]string, len(sections))
	for i, s := range sections {
		path = append(path[:min(max(s.Level-1, 0), len(path))], s.Title)
		key := strings.Join(path, "\n")
		seen[key]++
		out[i] = key + strings.Repeat("\n", seen[key])
	}
	return out
}

// all are lines that came or went together.
func all(lines []string, c Change) []LineChange {
	var out []LineChange
	for _, l := range lines {
		out = append(out, LineChange{c, l})
	}
	return out
}

// compareLines finds the least lines that came and went, by the longest common subsequence; nil where none did.
func compareLines(a, b []string) []LineChange {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a)*len(b) > mostPairs {
		return onlyIn(a, b)
	}
	common := longestCommon(a, b)
	var out []LineChange
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			out = append(out, LineChange{Removed, a[i]})
			i++
		default:
			out = append(out, LineChange{Added, b[j]})
			j++
		}
	}
	return out
}

// mostPairs is how many pairs of lines are compared: beyond it the order of lines is not looked at.
const mostPairs = 4 << 20

// onlyIn are the lines that only one side has, each as often as the other lacks it.
func onlyIn(a, b []string) []LineChange {
	var out []LineChange
	lacking := func(from, other []string, c Change) {
		left := map[string]int{}
		for _, l := range other {
			left[l]++
		}
		for _, l := range from {
			if left[l]--; left[l] < 0 {
				out = append(out, LineChange{c, l})
			}
		}
	}
	lacking(a, b, Removed)
	lacking(b, a, Added)
	return out
}

// longestCommon is, for each pair of tails, how many lines a longest common subsequence of them has.
func longestCommon(a, b []string) [][]int32 {
	out := make([][]int32, len(a)+1)
	for i := range out {
		out[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				out[i][j] = out[i+1][j+1] + 1
			} else {
				out[i][j] = max(out[i+1][j], out[i][j+1])
			}
		}
	}
	return out
}
