package cli

import (
	"context"
	"math"
	"strings"

	"nabar/app/session"
	"nabar/model"
)

// siteFlags are the flags of locate that say which places may be chosen, and what becomes of the answer.
type siteFlags struct {
	candidates, movable, forbidden, group, scenario, save, layer, room string
	keep, least, most                                                  int
	robust                                                             bool
}

// add makes the flags known to a call.
func (f *siteFlags) add(c *call) {
	for name, into := range map[string]*string{
		"candidates": &f.candidates, "movable": &f.movable, "forbidden": &f.forbidden, "group": &f.group,
		"scenario": &f.scenario, "save": &f.save, "layer": &f.layer, "capacity": &f.room,
	} {
		c.flags.StringVar(into, name, "", "")
	}
	c.flags.BoolVar(&f.robust, "robust", false, "")
	for name, into := range map[string]*int{"keep": &f.keep, "min-people": &f.least, "max-people": &f.most} {
		c.flags.IntVar(into, name, 0, "")
	}
}

// query makes the query of a call.
func (f *locateFlags) query(ctx context.Context, c *call) (q session.LocateQuery, err error) {
	q = session.LocateQuery{
		Service: strings.ToLower(f.service), Impedance: model.Impedance(f.impedance),
		Profile: f.way.profile, Date: f.way.date, Demand: f.way.demand, Scenario: f.sites.scenario,
		Objective: session.LocateObjective(f.objective), New: f.count, Within: f.within,
		Group: f.sites.group, Movable: listed(f.sites.movable), Forbidden: listed(f.sites.forbidden),
		Keep: f.sites.keep, MinPeople: f.sites.least, MaxPeople: f.sites.most,
	}
	if q.Capacity, q.Room, err = c.session.LocateRoom(ctx, q.Service, f.sites.room); err != nil {
		return q, err
	}
	q.Spots, err = c.session.LocateSpots(ctx, f.sites.candidates)
	return q, err
}

// listed reads "a,b".
func listed(text string) (out []string) {
	for _, part := range strings.Split(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// saveLocated keeps an answer as a scenario, where a name is given.
func (c *call) saveLocated(ctx context.Context, r *session.LocateResult, name string) (string, error) {
	if name == "" {
		return "", nil
	}
	sc, err := c.session.SaveLocated(ctx, r, name)
	return sc.Name, err
}

// placeJSON is a place that is there, with who have it nearest where it stays.
type placeJSON struct {
	IDs    []string `json:"ids"`
	Name   string   `json:"name"`
	People int      `json:"people"`
}

// placesJSON are places as scripts read them.
func placesJSON(all []session.LocatePlace) (out []placeJSON) {
	for _, p := range all {
		out = append(out, placeJSON{p.IDs, p.Name, p.People})
	}
	return out
}

// sitesJSON are new places as scripts read them.
func sitesJSON(all []session.LocateSite) []siteJSON {
	out := []siteJSON{}
	for _, s := range all {
		out = append(out, siteJSON{math.Round(s.At[0]*1000) / 1000, math.Round(s.At[1]*1000) / 1000, s.Name, s.People})
	}
	return out
}

// sayPlaces tells what becomes of the places that are there, and which positions could not be tried.
func (c *call) sayPlaces(r *session.LocateResult) {
	for _, p := range r.Kept {
		c.say("siting.kept", p.Name, p.People)
	}
	for _, p := range r.Given {
		c.say("siting.given", p.Name)
	}
	for _, l := range r.Loads {
		c.say("more.load", l.Name, l.People, l.Most, l.Before)
	}
	if len(r.Unjoined) > 0 {
		c.say("siting.unjoined", len(r.Unjoined), session.FewNames(r.Unjoined))
	}
}

// loadJSON is a place with room for so many, and how many have it nearest with the sites and today.
type loadJSON struct {
	IDs      []string `json:"ids"`
	Name     string   `json:"name"`
	People   int      `json:"people"`
	Before   int      `json:"people_before"`
	Capacity int      `json:"capacity"`
}

// loadsJSON are loads as scripts read them.
func loadsJSON(all []session.LocateLoad) (out []loadJSON) {
	for _, l := range all {
		out = append(out, loadJSON{l.IDs, l.Name, l.People, l.Before, l.Most})
	}
	return out
}
