package session

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"nabar/model"
)

// Edition is a count of the people as of one date, as a query can choose it.
type Edition struct {
	Demand string // name of the demand set or layer; "" for the project's usual people
	Date   string // ISO date that it is of
}

// Editions are the counts of the people that the project has, the oldest first: its usual people, its demand sets of one
// layer, and the layers with people that are in none of these, as far as they tell of one date.
func (s *Session) Editions(ctx context.Context) ([]Edition, error) {
	snapshot, err := s.Snapshot(ctx, nil)
	if err != nil {
		return nil, err
	}
	layers, err := s.Layers(ctx)
	if err != nil {
		return nil, err
	}
	sets, err := s.DemandSets(ctx)
	if err != nil {
		return nil, err
	}
	var out []Edition
	used := map[string]bool{}
	if date := peopleEdition(snapshot, layers, sets); date != "" {
		out = append(out, Edition{Date: date})
		for _, name := range usualLayers(snapshot, sets) {
			used[strings.ToLower(name)] = true
		}
	}
	for _, set := range sets.Sets {
		if date := setEdition(set, layers); date != "" && !strings.EqualFold(set.Name, sets.Usual) {
			out = append(out, Edition{Demand: set.Name, Date: date})
			used[strings.ToLower(set.Parts[0].Layer)] = true
		}
	}
	for _, l := range layers {
		if date := editionDate(l.Source.Edition); date != "" && countsPeople(l) && !used[strings.ToLower(l.Name)] {
			out = append(out, Edition{Demand: l.Name, Date: date})
		}
	}
	slices.SortStableFunc(out, func(a, b Edition) int { return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Demand, b.Demand)) })
	return out, nil
}

// countsPeople tells whether a layer is a count of people, in use or retired by a later one.
func countsPeople(l model.Layer) bool {
	return (l.Role == model.RolePopulation || l.Role == model.RoleLayer) && fieldIndex(l, model.PartPeople) >= 0
}

// usualLayers names the layers that the project's usual people are counted in.
func usualLayers(s *model.Snapshot, sets model.DemandSets) []string {
	var out []string
	if set, ok := sets.Find(sets.Usual); ok {
		for _, p := range set.Parts {
			out = append(out, p.Layer)
		}
		return out
	}
	for _, in := range s.Inputs {
		if in.Role == model.RolePopulation {
			out = append(out, in.Layer)
		}
	}
	return out
}

// peopleEdition is the date that the project's usual people are of, "" where their layers tell none or several.
func peopleEdition(s *model.Snapshot, layers []model.Layer, sets model.DemandSets) string {
	return commonEdition(usualLayers(s, sets), layers)
}

// setEdition is the date that a demand set is of: that of its one layer, counted as it is. Others are no count of a date.
func setEdition(set model.DemandSet, layers []model.Layer) string {
	if len(set.Parts) != 1 || set.Parts[0].Weight != 1 || set.Parts[0].Column != "" {
		return ""
	}
	return commonEdition([]string{set.Parts[0].Layer}, layers)
}

// commonEdition is the date that all the named layers are of, "" where one tells none or they differ.
func commonEdition(names []string, layers []model.Layer) string {
	date := ""
	for i, name := range names {
		k := slices.IndexFunc(layers, func(l model.Layer) bool { return strings.EqualFold(l.Name, name) })
		if k < 0 {
			return ""
		}
		of := editionDate(layers[k].Source.Edition)
		if of == "" || i > 0 && of != date {
			return ""
		}
		date = of
	}
	return date
}

// editionDate is the date of an edition as sources write it; a year alone is its last day, which Statistics Sweden's counts are
// of. It is "" where there is none.
func editionDate(edition string) string {
	text := strings.TrimSpace(edition)
	if len(text) > 10 && (text[10] == 'T' || text[10] == ' ') {
		text = text[:10]
	}
	if _, err := time.Parse("2006", text); err == nil {
		return text + "-12-31"
	}
	for _, layout := range []string{time.DateOnly, "20060102", "2006/01/02", "2.1.2006"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.Format(time.DateOnly)
		}
	}
	return ""
}

// fitting is the edition for a date: the last that is not after it, else the first. Editions are in order; nil where there
// are none.
func fitting(all []Edition, date string) *Edition {
	if len(all) == 0 {
		return nil
	}
	best := &all[0]
	for i := range all {
		if all[i].Date <= date {
			best = &all[i]
		}
	}
	return best
}
