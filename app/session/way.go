package session

import (
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
)

// WayLabel says how, when and for whom a query is asked: the names of its profile, date and demand set, with commas. It is
// zero where all are as usual.
func (s *Session) WayLabel(q model.Query) i18n.Message {
	var out i18n.Message
	for _, text := range []string{q.Profile, q.Date, q.Demand} {
		switch {
		case text == "":
		case out.IsZero():
			out = i18n.Plain(text)
		default:
			out = i18n.M("profile.list", out, i18n.Plain(text))
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
