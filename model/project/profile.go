package project

import (
	"context"
	"database/sql"
	"slices"

	"nabar/model"
)

// MergeProfiles are the built-in ways of travelling, as a project has changed them, and its own after them.
func MergeProfiles(kept []model.Profile) []model.Profile {
	out := model.DefaultProfiles()
	for _, p := range kept {
		if i := slices.IndexFunc(out, func(o model.Profile) bool { return o.ID == p.ID }); i >= 0 {
			out[i] = p
		} else {
			out = append(out, p)
		}
	}
	return out
}

// OwnProfiles are the profiles that a project has to keep: the user's own, and the built-in ones that differ from what
// they were.
func OwnProfiles(all []model.Profile) []model.Profile {
	built := model.DefaultProfiles()
	return slices.DeleteFunc(slices.Clone(all), func(p model.Profile) bool {
		i := slices.IndexFunc(built, func(o model.Profile) bool { return o.ID == p.ID })
		return i >= 0 && built[i].Checksum() == p.Checksum()
	})
}

// IsBuiltIn tells whether a profile of an id is there in every project.
func IsBuiltIn(id string) bool {
	return slices.ContainsFunc(model.DefaultProfiles(), func(p model.Profile) bool { return p.ID == id })
}

// ways are the checksums of the ways of travelling and demand sets that results may be of, as the project is now.
type ways struct {
	profiles, demand map[string]string // by what a query names them; "" of what changes nothing
}

// readWays reads the profiles and demand sets.
func readWays(ctx context.Context, q querier) (w ways, err error) {
	var kept []model.Profile
	var sets model.DemandSets
	if _, err = getSetting(ctx, q, SettingProfiles, &kept); err != nil {
		return w, err
	}
	if _, err = getSetting(ctx, q, SettingDemand, &sets); err != nil {
		return w, err
	}
	w.profiles, w.demand = map[string]string{"": ""}, map[string]string{"": ""}
	for _, p := range MergeProfiles(kept) {
		id := p.ID
		if id == model.CarID {
			id = ""
			if p.IsCar() {
				continue
			}
		}
		w.profiles[id] = p.Checksum()
	}
	layers, err := collect(ctx, q, func(rows *sql.Rows) (l model.Layer, err error) {
		return l, rows.Scan(&l.Name, &l.Revision)
	}, `SELECT name,revision FROM nabar_layer`)
	if err != nil {
		return w, err
	}
	for _, l := range layers {
		w.demand[l.Name] = model.LayerSet(l.Name).Checksum(model.RevisionsOf(layers))
	}
	for _, set := range sets.Sets {
		w.demand[set.Name] = set.Checksum(model.RevisionsOf(layers))
	}
	if usual, ok := sets.Find(sets.Usual); ok {
		w.demand[""] = w.demand[usual.Name]
		delete(w.demand, usual.Name)
	}
	return w, nil
}

// outdate tells whether a result was computed for other ways and people than its query now means.
func (w ways) outdate(r *model.Result) bool {
	other := func(now map[string]string, name string, role model.Role) bool {
		want, there := now[name]
		had := ""
		for _, in := range r.Inputs {
			if in.Role == role {
				had = in.SHA256
			}
		}
		return !there || want != had
	}
	return other(w.profiles, r.Query.Profile, model.RoleProfile) || other(w.demand, r.Query.Demand, model.RoleDemand)
}
