package plan

import (
	"slices"

	"nabar/internal/i18n"
)

// catalogue are the ids of the program's own solutions, with the forms of support that may pay for them. Their words are in
// the translations, under bank.solution.ID.
var catalogue = []struct {
	id    string
	forms []string
}{
	{"ombud", nil},
	{"servicepunkt", nil},
	{"sot_punkt", nil},
	{"obemannad_butik", []string{"investeringsbidrag"}},
	{"bygdeagd_butik", []string{"investeringsbidrag", "servicebidrag", "sarskilt_driftstod"}},
	{"mobil_butik", []string{"investeringsbidrag", "servicebidrag"}},
	{"hemsandning", []string{"hemsandningsbidrag"}},
	{"samordnade_leveranser", []string{"hemsandningsbidrag"}},
	{"bygdegard", nil},
}

// Bank are the solutions: the program's, then the user's own.
func (b Book) Bank() []*Solution {
	var out []*Solution
	for _, c := range catalogue {
		out = append(out, &Solution{Code: c.id, Forms: c.forms, BuiltIn: true})
	}
	return append(out, Of[*Solution](b)...)
}

// Solution finds a solution by its id, nil where there is none.
func (b Book) Solution(id string) *Solution {
	all := b.Bank()
	if i := slices.IndexFunc(all, func(s *Solution) bool { return s.Code == id }); i >= 0 {
		return all[i]
	}
	return nil
}

// Say is one of a solution's texts: "title", "text", "needs", "suits" or "sources".
func (s *Solution) Say(part string) i18n.Message {
	if s.BuiltIn {
		return i18n.M("bank.solution." + s.Code + "." + part)
	}
	sources := ""
	for i, source := range s.Sources {
		if i > 0 {
			sources += "\n"
		}
		sources += source
	}
	return i18n.Plain(map[string]string{"title": s.Title, "text": s.Text, "needs": s.Needs, "suits": s.Suits, "sources": sources}[part])
}

// Shop is what the figures say of one service place, for suggestions.
type Shop struct {
	ID, Name, Service string
	Town              string
	Last              bool    // the last of its type in its town
	People            int     // whose nearest it is
	MeanExtra         float64 // metres more on average were it to close
	Others            int     // other service types at the place
}

// Needs is what suggestions are made from.
type Needs struct {
	Shops   []Shop
	Old     int // people from 70 with more than Beyond to the nearest shop
	Far     int // people of all ages with more than Far to it, or no road at all
	Service string
}

// Rules are the limits of the suggestions. They are ours: no source draws them.
type Rules struct {
	FewPeople  int     // a shop that fewer have as their nearest has few customers
	OldBeyond  float64 // metres
	OldPeople  int     // that many people from 70 beyond are a reason
	FarBeyond  float64 // metres
	FarPeople  int
	ExtraFar   float64 // metres more that make a closing hard
	SharedFrom int     // shops with few customers that could share deliveries
}

// DefaultRules are the limits of the program.
func DefaultRules() Rules {
	return Rules{FewPeople: 300, OldBeyond: 5000, OldPeople: 20, FarBeyond: 20000, FarPeople: 30, ExtraFar: 10000, SharedFrom: 3}
}

// Suggestion is a solution that the figures call for, with the reason.
type Suggestion struct {
	Solution string
	Facility string // "" for the whole kommun
	Name     string
	Why      i18n.Message
}

// Suggest says which solutions the figures call for. A shop that is the last in its town and has few customers could be
// kept by its village or without staff, and another service there by an agent; one that is far from the next is worth
// strengthening against disturbances; people far from any shop can be reached by home delivery and a mobile shop.
func (r Rules) Suggest(n Needs) []Suggestion {
	var out []Suggestion
	few := 0
	for _, s := range n.Shops {
		add := func(solution, why string, args ...any) {
			out = append(out, Suggestion{solution, s.ID, s.Name, i18n.M("bank.why."+why, args...)})
		}
		small := s.People < r.FewPeople
		if small {
			few++
		}
		switch {
		case s.Last && small && s.Service == "dagligvaror":
			add("obemannad_butik", "last_few", s.Town, int64(s.People), int64(r.FewPeople))
			add("bygdeagd_butik", "last_few", s.Town, int64(s.People), int64(r.FewPeople))
		case s.Last && small:
			add("ombud", "last_few", s.Town, int64(s.People), int64(r.FewPeople))
		}
		if s.Service != "dagligvaror" || !s.Last {
			continue
		}
		if s.Others == 0 {
			add("ombud", "alone", s.Town)
			add("servicepunkt", "alone", s.Town)
		}
		if s.MeanExtra >= r.ExtraFar {
			add("sot_punkt", "hard", s.Town, i18n.Metres(s.MeanExtra))
		}
	}
	for _, c := range []struct {
		solution, why string
		holds         bool
		args          []any
	}{
		{"hemsandning", "old", n.Old >= r.OldPeople, []any{int64(n.Old), i18n.Metres(r.OldBeyond)}},
		{"mobil_butik", "far", n.Far >= r.FarPeople, []any{int64(n.Far), i18n.Metres(r.FarBeyond)}},
		{"samordnade_leveranser", "several", few >= r.SharedFrom, []any{int64(few), int64(r.FewPeople)}},
	} {
		if c.holds && n.Service == "dagligvaror" {
			out = append(out, Suggestion{Solution: c.solution, Why: i18n.M("bank.why."+c.why, c.args...)})
		}
	}
	return out
}
