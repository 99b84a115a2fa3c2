package version_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"nabar/model"
	"nabar/model/plan"
	"nabar/model/version"
)

func result(mean float64, reached int) *model.Result {
	return &model.Result{
		Query: model.Query{Service: "post", Impedance: model.Distance}, Facilities: 3, People: 100, Reached: reached, Unreached: 100 - reached,
		Mean: mean, Median: mean, P90: mean, Max: mean, SecondMean: math.NaN(), Bands: []model.Band{{To: 5000, People: 40}},
	}
}

// book makes a small plan.
func book() plan.Book {
	area := &plan.Area{Base: plan.Base{ID: 1}, Code: "1", Title: "Tillgång"}
	goal := &plan.Goal{Base: plan.Base{ID: 2}, Area: 1, Code: "1.1", Text: "Nära till mat"}
	action := &plan.Action{Base: plan.Base{ID: 3}, Area: 1, Letter: "A", Title: "Kartlägg", Goals: []int64{2}}
	return plan.Book{area, goal, action}
}

func made(t *testing.T, b plan.Book, r *model.Result, sections ...version.Section) *version.Version {
	t.Helper()
	entries, err := version.EntriesOf(b)
	if err != nil {
		t.Fatal(err)
	}
	v := &version.Version{Stage: version.Adopted, Record: version.Record{
		Entries: entries, Sections: sections, Figures: []version.Figure{version.FigureOf(r, "Post")},
		Places: []version.Place{{ID: "A", Name: "Lanthandeln", Type: "post", E: 1, N: 2}},
	}}
	content, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	out := &version.Version{}
	if err := json.Unmarshal(content, out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestNothingDiffersFromItself(t *testing.T) {
	v := made(t, book(), result(2500, 90), version.Section{Level: 1, Number: "1", Title: "Syfte", Lines: []string{"a", "b"}})
	c := version.Compare(v, v)
	if !c.Same() {
		t.Errorf("a version differs from itself: %+v", c)
	}
	if c = version.Compare(v, made(t, book(), result(2500.01, 90), v.Record.Sections...)); c.Same() || len(c.Figures) != 1 || c.Figures[0].Same() {
		t.Errorf("a centimetre more is not told: %+v", c.Figures)
	}
}

func TestCompareFindsWhatCameAndWent(t *testing.T) {
	a := made(t, book(), result(2500, 90),
		version.Section{Level: 1, Number: "1", Title: "Syfte", Lines: []string{"En plan."}},
		version.Section{Level: 1, Number: "2", Title: "Läget", Lines: []string{"a", "b", "c", "d"}},
		version.Section{Level: 2, Number: "2.1", Title: "Post"})
	later := book()
	later[2].(*plan.Action).Status, later[2].(*plan.Action).Goals = "done", []int64{9}
	later = append(later, &plan.Goal{Base: plan.Base{ID: 9}, Area: 1, Code: "1.2", Text: "Fler ombud"})
	b := made(t, slices.Delete(later, 1, 2), result(math.NaN(), 0),
		version.Section{Level: 1, Number: "1", Title: "Läget", Lines: []string{"a", "x", "c", "d", "e"}},
		version.Section{Level: 1, Number: "2", Title: "Post"},
		version.Section{Level: 1, Number: "3", Title: "Syfte", Lines: []string{"En plan."}})
	b.Record.Places = []version.Place{{ID: "B", Name: "Ombudet", Type: "post"}}
	b.Decision.Paragraph = "§ 45"
	c := version.Compare(a, b)
	if len(c.Facts) != 1 || c.Facts[0] != (version.FactChange{Key: "paragraph", After: "§ 45"}) {
		t.Errorf("facts %+v", c.Facts)
	}
	if len(c.Places) != 2 || c.Places[0].Change != version.Added || c.Places[1].Change != version.Removed || c.Places[1].Before.ID != "A" {
		t.Errorf("places %+v", c.Places)
	}
	var entries []string
	for _, e := range c.Entries {
		item := e.After
		if item == nil {
			item = e.Before
		}
		line := fmt.Sprint(e.Change, " ", item.Kind(), " ", item.Number())
		for _, f := range e.Fields {
			line += " " + f.Field.Key + ":" + f.Before + ">" + f.After
		}
		entries = append(entries, line)
	}
	if want := []string{"added goal 9", "removed goal 2", "changed action 3 goals:1.1>1.2 status:>done"}; !slices.Equal(entries, want) {
		t.Errorf("entries %q, want %q", entries, want)
	}
	var sections []string
	for _, s := range c.Sections {
		line := string(s.Change) + " " + s.Title
		for _, l := range s.Lines {
			line += map[version.Change]string{version.Added: " +", version.Removed: " -"}[l.Change] + l.Text
		}
		sections = append(sections, line)
	}
	// A chapter that only moved is not told; a section that became a chapter is.
	if want := []string{"changed Läget -b +x +e", "added Post", "removed Post"}; !slices.Equal(sections, want) {
		t.Errorf("sections %q, want %q", sections, want)
	}
	if f := c.Figures[0]; f.After.Mean != nil || *f.Before.Mean != 2500 || f.Same() {
		t.Errorf("figures %+v", f)
	}
}

// Applying the lines that came and went to the earlier text gives the later one.
func TestChangedLinesAreEnoughToMakeTheLaterText(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	text := func() []string {
		out := make([]string, r.IntN(12))
		for i := range out {
			out[i] = string(rune('a' + r.IntN(4)))
		}
		return out
	}
	for range 3000 {
		a, b := text(), text()
		c := version.Compare(
			&version.Version{Record: version.Record{Sections: []version.Section{{Level: 1, Title: "T", Lines: a}}}},
			&version.Version{Record: version.Record{Sections: []version.Section{{Level: 1, Title: "T", Lines: b}}}})
		kept := slices.Clone(a)
		var added []string
		for _, s := range c.Sections {
			for _, l := range s.Lines {
				if l.Change == version.Added {
					added = append(added, l.Text)
					continue
				}
				i := slices.Index(kept, l.Text)
				if i < 0 {
					t.Fatalf("%q from %q to %q: %q is taken away and was not there", c.Sections, a, b, l.Text)
				}
				kept = slices.Delete(kept, i, i+1)
			}
		}
		got := slices.Sorted(slices.Values(slices.Concat(kept, added)))
		if want := slices.Sorted(slices.Values(b)); !slices.Equal(got, want) {
			t.Fatalf("from %q to %q: %q", a, b, got)
		}
		if len(kept) != longest(a, b) {
			t.Fatalf("from %q to %q keeps %d lines of %d", a, b, len(kept), longest(a, b))
		}
	}
}

// longest is the length of a longest common subsequence, by trying all of them.
func longest(a, b []string) int {
	best := 0
	for set := range 1 << len(a) {
		var sub []string
		for i := range a {
			if set>>i&1 == 1 {
				sub = append(sub, a[i])
			}
		}
		rest := b
		for len(sub) > 0 && len(rest) > 0 {
			if sub[0] == rest[0] {
				sub = sub[1:]
			}
			rest = rest[1:]
		}
		if len(sub) == 0 {
			best = max(best, popcount(set))
		}
	}
	return best
}

func popcount(n int) int { return strings.Count(fmt.Sprintf("%b", n), "1") }

func TestManyLinesAreComparedWithoutTheirOrder(t *testing.T) {
	many := func(from, to int) []string {
		var out []string
		for i := from; i < to; i++ {
			out = append(out, fmt.Sprint(i*7919%100000))
		}
		return out
	}
	a := &version.Version{Record: version.Record{Sections: []version.Section{{Level: 1, Title: "Tabell", Lines: many(0, 5000)}}}}
	b := &version.Version{Record: version.Record{Sections: []version.Section{{Level: 1, Title: "Tabell", Lines: many(10, 5010)}}}}
	c := version.Compare(a, b)
	if len(c.Sections) != 1 || len(c.Sections[0].Lines) != 20 {
		t.Errorf("%d lines differ, want 10 gone and 10 new", len(c.Sections[0].Lines))
	}
}

func TestEntriesOfAnotherProgramAreCounted(t *testing.T) {
	v := made(t, book(), result(1, 1))
	v.Record.Entries = append(v.Record.Entries, version.Entry{ID: 99, Kind: "later", Content: json.RawMessage(`{}`)})
	if b, unknown := v.Record.Book(); len(b) != 3 || unknown != 1 {
		t.Errorf("%d entries and %d unknown", len(b), unknown)
	}
}
