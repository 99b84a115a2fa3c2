package session

import (
	"context"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
)

// WayLabel says how, when and for whom a query is asked: the names of its profile, date and demand set, with commas. It is
// zero where all are as usual.
func (s *Session) WayLabel(q model.Query) i18n.Message {
	ctx := context.Background() // it reads settings, which takes no time
	var out i18n.Message
	for _, text := range []i18n.Message{s.profileLabel(ctx, q.Profile), i18n.Plain(q.Date), i18n.Plain(q.Demand)} {
		switch {
		case s.Printer().Text(text) == "":
		case out.IsZero():
			out = text
		default:
			out = i18n.M("profile.list", out, text)
		}
	}
	return out
}

// StateLabel names what a query is about as one side of a comparison: its scenario, profile, date and demand set, or "nuläge"
// where all are as usual.
func (s *Session) StateLabel(q model.Query) i18n.Message {
	way := s.WayLabel(q)
	switch {
	case scenario.IsBaseline(q.Scenario) && way.IsZero():
		return i18n.M("scenario.baseline")
	case scenario.IsBaseline(q.Scenario):
		return way
	case way.IsZero():
		return i18n.Plain(q.Scenario)
	}
	return i18n.M("profile.list", i18n.Plain(q.Scenario), way)
}

// profileLabel is what the profile of an id is called, nothing for "".
func (s *Session) profileLabel(ctx context.Context, id string) i18n.Message {
	if id == "" {
		return i18n.Plain("")
	}
	if p, err := s.Profile(ctx, id); err == nil {
		return p.Label()
	}
	return i18n.Plain(id)
}
