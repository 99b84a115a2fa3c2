package session

import (
	"cmp"
	"context"
	"slices"
)

// Edition is a count of the people at some date, as a query can choose it.
type Edition struct {
	Demand string // name of the demand set; "" for the project's usual people
	Date   string // that it is of, ISO or as the source writes it
}

// Editions are the editions of the people that the project has, the oldest first: its usual people and its demand sets, as far
// as their layers tell of one date.
func (s *Session) Editions(ctx context.Context) ([]Edition, error) {
	snapshot, err := s.Snapshot(ctx, nil)
	if err != nil {
		return nil, err
	}
	var out []Edition
	if date := peopleEdition(snapshot); date != "" {
		out = append(out, Edition{Date: date})
	}
	return sortEditions(out), nil
}

// sortEditions puts editions in order of their dates.
func sortEditions(all []Edition) []Edition {
	slices.SortStableFunc(all, func(a, b Edition) int { return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Demand, b.Demand)) })
	return all
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
