package session

import (
	"context"
	"slices"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
	"nabar/model/scenario"
)

// Scenarios are the project's scenarios in the user's order.
func (s *Session) Scenarios(ctx context.Context) ([]scenario.Scenario, error) {
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	return p.Scenarios(ctx)
}

// Scenario finds a scenario by its name, in any case.
func (s *Session) Scenario(ctx context.Context, name string) (scenario.Scenario, error) {
	all, err := s.Scenarios(ctx)
	if err != nil {
		return scenario.Scenario{}, err
	}
	return findScenario(all, name)
}

// findScenario finds a scenario among all, or names those that there are.
func findScenario(all []scenario.Scenario, name string) (scenario.Scenario, error) {
	if found, ok := scenario.Find(all, name); ok {
		return found, nil
	}
	if len(all) == 0 {
		return scenario.Scenario{}, i18n.Errorf("scenario.unknown_none", name)
	}
	names := make([]string, len(all))
	for i := range all {
		names[i] = all[i].Name
	}
	return scenario.Scenario{}, i18n.Errorf("scenario.unknown", name, strings.Join(names, ", "))
}

// DescribeScenario writes a scenario's modifications as a line each. One that is switched off says so.
func (s *Session) DescribeScenario(ctx context.Context, sc scenario.Scenario) []i18n.Message {
	types, err := s.typesOrDefault(ctx)
	if err != nil {
		types = model.DefaultServiceTypes()
	}
	lines := make([]i18n.Message, len(sc.Steps))
	for i, step := range sc.Steps {
		lines[i] = step.Describe(types)
		if step.Off {
			lines[i] = i18n.M("scenario.off", lines[i])
		}
	}
	return lines
}

// AddScenario keeps a new scenario and gives it as it is kept: with its ID, with ids for the places that it opens, and
// with the names of the places that it changes. One that refers to what is not there is refused with all its faults.
func (s *Session) AddScenario(ctx context.Context, sc scenario.Scenario) (scenario.Scenario, error) {
	sc, chain, base, err := s.complement(ctx, sc)
	if err != nil {
		return sc, err
	}
	if _, err := scenario.Resolve(base, chain); err != nil {
		return sc, err
	}
	err = s.edit(ctx, i18n.M("scenario.step_add", sc.Name), func(tx *project.Tx) (err error) {
		sc, err = tx.AddScenario(sc)
		return err
	})
	return sc, err
}

// UpdateScenario gives the scenario with sc.ID another name, parent or steps. What it refers to need not be there: a
// planner may mend one step at a time, and nothing is computed until all fit.
func (s *Session) UpdateScenario(ctx context.Context, sc scenario.Scenario) error {
	all, err := s.Scenarios(ctx)
	if err != nil {
		return err
	}
	step := i18n.M("scenario.step_update", sc.Name)
	if i := slices.IndexFunc(all, func(o scenario.Scenario) bool { return o.ID == sc.ID }); i >= 0 && all[i].Name != sc.Name {
		step = i18n.M("scenario.step_rename", all[i].Name, sc.Name)
	}
	if sc, _, _, err = s.complement(ctx, sc); err != nil {
		return err
	}
	return s.edit(ctx, step, func(tx *project.Tx) error { return tx.UpdateScenario(sc) })
}

// CopyScenario adds a scenario with another name and the same parent and steps.
func (s *Session) CopyScenario(ctx context.Context, name, as string) (scenario.Scenario, error) {
	sc, err := s.Scenario(ctx, name)
	if err != nil {
		return sc, err
	}
	sc.ID, sc.Name = 0, as
	err = s.edit(ctx, i18n.M("scenario.step_add", as), func(tx *project.Tx) (err error) {
		sc, err = tx.AddScenario(sc)
		return err
	})
	return sc, err
}

// RemoveScenario takes a scenario and its results out of the project; undo brings the scenario back. One that others
// build on stays, with a Problem.
func (s *Session) RemoveScenario(ctx context.Context, name string) error {
	sc, err := s.Scenario(ctx, name)
	if err != nil {
		return err
	}
	return s.edit(ctx, i18n.M("scenario.step_remove", sc.Name), func(tx *project.Tx) error { return tx.RemoveScenario(sc.ID) })
}

// complement fills in what a scenario need not say, and gives it with its chain and the project that it changes.
func (s *Session) complement(ctx context.Context, sc scenario.Scenario) (scenario.Scenario, []scenario.Scenario, *model.Snapshot, error) {
	base, err := s.Snapshot(ctx, nil)
	if err != nil {
		return sc, nil, nil, err
	}
	all, err := s.Scenarios(ctx)
	if err != nil {
		return sc, nil, nil, err
	}
	chain, err := scenario.Chain(all, sc)
	if err != nil {
		return sc, nil, nil, err
	}
	if sc.Steps, err = s.found(ctx, sc.Steps); err != nil {
		return sc, nil, nil, err
	}
	sc.Name = strings.Join(strings.Fields(sc.Name), " ")
	others := slices.DeleteFunc(all, func(o scenario.Scenario) bool { return o.ID == sc.ID })
	sc = sc.WithIDs(takenIDs(base, others)).WithNames(base, chain[:len(chain)-1])
	if sc, err = s.withRoadNames(ctx, base, sc, chain[:len(chain)-1]); err != nil {
		return sc, nil, nil, err
	}
	chain[len(chain)-1] = sc
	return sc, chain, base, nil
}

// takenIDs tells which ids facilities and other things that scenarios make have, in the project or in any of its scenarios.
func takenIDs(base *model.Snapshot, all []scenario.Scenario) func(string) bool {
	taken := map[string]bool{}
	for i := range base.Facilities {
		taken[base.Facilities[i].ID] = true
	}
	for _, sc := range all {
		for _, step := range sc.Steps {
			if id := scenario.IDOf(step.Modification); id != "" {
				taken[id] = true
			}
		}
	}
	return func(id string) bool { return taken[id] }
}

// followRoads keeps the steps that change roads of a layer pointing at it when it gets another name.
func followRoads(tx *project.Tx, old, name string) error {
	all, err := tx.Scenarios()
	if err != nil {
		return err
	}
	for _, sc := range all {
		for i, step := range sc.Steps {
			sc.Steps[i].Modification = scenario.OnLayer(step.Modification, old, name)
		}
		if err := tx.UpdateScenario(sc); err != nil {
			return err
		}
	}
	return nil
}
