package ui

import (
	"context"
	"slices"

	"nabar/app/session"
	"nabar/app/ui/travel"
	"nabar/model"
)

// loadWays takes the ways of travelling and the populations. A choice that is gone gives way to the usual one.
func (st *state) loadWays(ctx context.Context, s *session.Session) (err error) {
	if st.profiles, err = s.Profiles(ctx); err != nil {
		return err
	}
	if st.demand, err = s.DemandSets(ctx); err != nil {
		return err
	}
	if !slices.ContainsFunc(st.profiles, func(p model.Profile) bool { return p.ID == st.choice.profile }) || st.choice.profile == model.CarID {
		st.choice.profile = ""
	}
	set, ok := st.demand.Find(st.choice.demand)
	edition := slices.ContainsFunc(st.layers, func(l model.Layer) bool { return l.Name == st.choice.demand && l.Mapping[model.PartPeople] != "" })
	if !ok && !edition || ok && set.Name == st.demand.Usual {
		st.choice.demand = ""
	}
	return nil
}

// chooseProfile shows another way of travelling, "" or the car's id for the car.
func (w *Window) chooseProfile(id string) {
	c := w.choice
	if c.profile = id; id == model.CarID {
		c.profile = ""
	}
	w.choose(c)
}

// chooseDemand shows another population, "" for the usual one.
func (w *Window) chooseDemand(name string) {
	c := w.choice
	c.demand = name
	w.choose(c)
}

// askProfiles opens the dialog of the ways of travelling.
func (w *Window) askProfiles() {
	travel.ShowProfiles(w.win, w.printer, w.state.profiles, w.state.choice.profile, w.state.readOnly, travel.Actions{
		Save: func(p model.Profile) {
			w.edit(func(ctx context.Context) error {
				err := w.session.SetProfile(ctx, p)
				if err == nil {
					w.dispatch(func() { w.chooseProfile(p.ID) })
				}
				return err
			})
		},
		Remove: func(id string) {
			w.edit(func(ctx context.Context) error { return w.session.RemoveProfile(ctx, id) })
		},
	})
}

// askSeason opens the dialog of date and people.
func (w *Window) askSeason() {
	st := &w.state
	view := travel.SeasonView{
		Date: st.choice.date, Demand: st.choice.demand, Sets: st.demand, Layers: countable(st.layers), ReadOnly: st.readOnly,
	}
	travel.ShowSeason(w.win, w.printer, view, travel.SeasonActions{
		Choose: func(date, demand string) {
			c := w.choice
			c.date, c.demand = date, demand
			w.choose(c)
		},
		Save: func(set model.DemandSet, usual bool) {
			w.edit(func(ctx context.Context) error {
				err := w.session.SetDemandSet(ctx, set, usual)
				if err == nil {
					w.dispatch(func() { w.chooseDemand(set.Name) })
				}
				return err
			})
		},
		Remove: func(name string) {
			w.edit(func(ctx context.Context) error { return w.session.RemoveDemandSet(ctx, name) })
		},
	})
}

// countable are the layers that a population can count: those with people, and plain layers with numbers.
func countable(layers []model.Layer) []travel.Layer {
	var out []travel.Layer
	for _, l := range layers {
		if l.Role != model.RolePopulation && l.Role != model.RoleLayer {
			continue
		}
		c := travel.Layer{Name: l.Name, People: l.Mapping[model.PartPeople] != ""}
		for _, f := range l.Fields {
			if f.Type == model.Integer || f.Type == model.Real {
				c.Columns = append(c.Columns, f.Name)
			}
		}
		if c.People || len(c.Columns) > 0 {
			out = append(out, c)
		}
	}
	return out
}
