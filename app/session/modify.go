package session

import (
	"context"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
	"nabar/model/scenario"
)

// ChangeScenario changes the scenario of a name as one undoable step and gives it as it is kept. A change that brings
// more faults than the scenario had is refused with all of them; one that mends some is kept even where others are left.
func (s *Session) ChangeScenario(ctx context.Context, name string, change func(*scenario.Scenario) error) (scenario.Scenario, error) {
	sc, err := s.Scenario(ctx, name)
	if err != nil {
		return sc, err
	}
	before, err := s.faults(ctx, sc)
	var broken *scenario.Broken
	if err != nil && !errors.As(err, &broken) {
		return sc, err
	}
	sc.Steps = slices.Clone(sc.Steps)
	if err := change(&sc); err != nil {
		return sc, err
	}
	if after, err := s.faults(ctx, sc); err != nil && after > before {
		return sc, err
	}
	if err := s.UpdateScenario(ctx, sc); err != nil {
		return sc, err
	}
	all, err := s.Scenarios(ctx)
	i := slices.IndexFunc(all, func(o scenario.Scenario) bool { return o.ID == sc.ID })
	if err != nil || i < 0 {
		return sc, err
	}
	return all[i], nil
}

// faults counts what can't be done in a scenario, and gives it as the error.
func (s *Session) faults(ctx context.Context, sc scenario.Scenario) (int, error) {
	_, chain, base, err := s.complement(ctx, sc)
	if err != nil {
		return math.MaxInt, err
	}
	_, err = scenario.Resolve(base, chain)
	var broken *scenario.Broken
	if errors.As(err, &broken) {
		return len(broken.Faults), err
	}
	return 0, err
}

// AddSteps puts modifications at the end of a scenario.
func (s *Session) AddSteps(ctx context.Context, name string, all ...scenario.Modification) (scenario.Scenario, error) {
	return s.ChangeScenario(ctx, name, func(sc *scenario.Scenario) error {
		for _, m := range all {
			sc.Steps = append(sc.Steps, scenario.Step{Modification: m})
		}
		return nil
	})
}

// ChangeStep changes a modification of a scenario; the first is 0. What it made keeps its id.
func (s *Session) ChangeStep(ctx context.Context, name string, step int, m scenario.Modification) (scenario.Scenario, error) {
	return s.ChangeScenario(ctx, name, func(sc *scenario.Scenario) error {
		if err := hasStep(sc, step); err != nil {
			return err
		}
		sc.Steps[step].Modification = scenario.WithIDOf(m, sc.Steps[step].Modification)
		return nil
	})
}

// SwitchSteps switches modifications of a scenario on or off.
func (s *Session) SwitchSteps(ctx context.Context, name string, on bool, steps ...int) (scenario.Scenario, error) {
	return s.ChangeScenario(ctx, name, func(sc *scenario.Scenario) error {
		for _, step := range steps {
			if err := hasStep(sc, step); err != nil {
				return err
			}
			sc.Steps[step].Off = !on
		}
		return nil
	})
}

// MoveStep moves a modification to another place in its scenario.
func (s *Session) MoveStep(ctx context.Context, name string, from, to int) (scenario.Scenario, error) {
	return s.ChangeScenario(ctx, name, func(sc *scenario.Scenario) error {
		for _, step := range []int{from, to} {
			if err := hasStep(sc, step); err != nil {
				return err
			}
		}
		moved := sc.Steps[from]
		sc.Steps = slices.Insert(slices.Delete(sc.Steps, from, from+1), to, moved)
		return nil
	})
}

// RemoveSteps takes modifications out of a scenario.
func (s *Session) RemoveSteps(ctx context.Context, name string, steps ...int) (scenario.Scenario, error) {
	return s.ChangeScenario(ctx, name, func(sc *scenario.Scenario) error {
		var kept []scenario.Step
		for _, step := range steps {
			if err := hasStep(sc, step); err != nil {
				return err
			}
		}
		for i, step := range sc.Steps {
			if !slices.Contains(steps, i) {
				kept = append(kept, step)
			}
		}
		sc.Steps = kept
		return nil
	})
}

// CopySteps puts copies of modifications at the end of another scenario. What they make gets ids of its own.
func (s *Session) CopySteps(ctx context.Context, from, to string, steps ...int) (scenario.Scenario, error) {
	source, err := s.Scenario(ctx, from)
	if err != nil {
		return source, err
	}
	return s.ChangeScenario(ctx, to, func(sc *scenario.Scenario) error {
		for _, i := range steps {
			if err := hasStep(&source, i); err != nil {
				return err
			}
			step := source.Steps[i]
			step.Modification = scenario.WithoutID(step.Modification)
			sc.Steps = append(sc.Steps, step)
		}
		return nil
	})
}

// SetParent lets a scenario build on another, or on the project as it is. A circle is refused.
func (s *Session) SetParent(ctx context.Context, name, parent string) (scenario.Scenario, error) {
	id := int64(0)
	if !scenario.IsBaseline(parent) {
		p, err := s.Scenario(ctx, parent)
		if err != nil {
			return p, err
		}
		id = p.ID
	}
	return s.ChangeScenario(ctx, name, func(sc *scenario.Scenario) error {
		sc.Parent = id
		return nil
	})
}

// MergeScenarios adds a scenario with the steps of two, and tells where the second contradicts the first. What else does not
// fit together is for the user to mend: the scenario is kept.
func (s *Session) MergeScenarios(ctx context.Context, a, b, as string) (scenario.Scenario, []scenario.Conflict, error) {
	all, err := s.Scenarios(ctx)
	if err != nil {
		return scenario.Scenario{}, nil, err
	}
	first, err := findScenario(all, a)
	if err != nil {
		return first, nil, err
	}
	second, err := findScenario(all, b)
	if err != nil {
		return second, nil, err
	}
	merged, conflicts, err := scenario.Merge(all, first, second, as)
	if err != nil {
		return merged, nil, err
	}
	err = s.edit(ctx, i18n.M("mods.step_merge", first.Name, second.Name), func(tx *project.Tx) (err error) {
		merged, err = tx.AddScenario(merged)
		return err
	})
	return merged, conflicts, err
}

// hasStep makes sure that a scenario has a step of an index.
func hasStep(sc *scenario.Scenario, step int) error {
	if step < 0 || step >= len(sc.Steps) {
		return i18n.Errorf("mods.no_step", sc.Name, step+1, len(sc.Steps))
	}
	return nil
}

// ServedOtherwise tells of a result who of its people has goods brought home and whose nearest place is a mobile shop; nil where the
// query's scenario has neither.
func (s *Session) ServedOtherwise(ctx context.Context, r *model.Result) (*model.ServedOtherwise, error) {
	if r.Query.Scenario == "" {
		return nil, nil // only scenarios have them
	}
	snapshot, err := s.QuerySnapshot(ctx, r.Query, nil)
	if err != nil {
		return nil, err
	}
	return access.ServedOtherwise(snapshot, r), nil
}

// NamedArea finds an area by what a user calls it: LAYER for all of a layer, LAYER:AREA for one of its areas by code or name.
func (s *Session) NamedArea(ctx context.Context, text string) (area model.Area, layer string, err error) {
	layers, err := s.Layers(ctx)
	if err != nil {
		return area, "", err
	}
	name, id := text, ""
	for _, l := range layers {
		if n := len(l.Name) + 1; len(text) >= n && strings.EqualFold(text[:n], l.Name+":") {
			name, id = l.Name, text[n:]
		}
		if strings.EqualFold(l.Name, text) {
			name, id = l.Name, ""
			break
		}
	}
	area, err = s.LayerArea(ctx, name, id)
	return area, name, err
}

// found fills the areas and numbers in of steps that only name them.
func (s *Session) found(ctx context.Context, steps []scenario.Step) ([]scenario.Step, error) {
	steps = slices.Clone(steps)
	for i, step := range steps {
		switch m := step.Modification.(type) {
		case scenario.ChangePeople:
			if len(m.Area) == 0 && m.Where != "" {
				area, _, err := s.NamedArea(ctx, m.Where)
				if err != nil {
					return nil, err
				}
				m.Area, m.Where = area.Shape, area.Name
			}
			steps[i].Modification = m
		case scenario.DeliveryZone:
			if len(m.Area) == 0 && m.Where != "" {
				area, _, err := s.NamedArea(ctx, m.Where)
				if err != nil {
					return nil, err
				}
				m.Area, m.Where = area.Shape, area.Name
			}
			steps[i].Modification = m
		case scenario.Forecast:
			if len(m.Areas) == 0 {
				read, err := s.forecast(ctx, m)
				if err != nil {
					return nil, err
				}
				m = read
			}
			steps[i].Modification = m
		}
	}
	return steps, nil
}

// forecast reads the areas and numbers of a forecast from its layer.
func (s *Session) forecast(ctx context.Context, m scenario.Forecast) (scenario.Forecast, error) {
	layer, err := s.layer(ctx, m.Layer)
	if err != nil {
		return m, err
	}
	column := slices.IndexFunc(layer.Fields, func(f model.Field) bool { return strings.EqualFold(f.Name, m.Column) })
	if column < 0 {
		var names []string
		for _, f := range layer.Fields {
			names = append(names, f.Name)
		}
		return m, i18n.Errorf("mods.no_column", m.Column, layer.Name, strings.Join(names, ", "))
	}
	m.Layer, m.Column = layer.Name, layer.Fields[column].Name
	_, name := areaColumns(layer)
	ages := ageColumns(layer, column)
	p, err := s.current()
	if err != nil {
		return m, err
	}
	return m, p.Features(ctx, layer, func(f model.Feature) error {
		people, ok := wholePeople(cellText(f, column))
		area, surface := surfaceOf(f.Geometry)
		if !ok || !surface {
			m.Skipped++
			return nil
		}
		area.Name, area.People, area.Ages = cellText(f, name), people, agesOf(f, ages)
		m.Areas = append(m.Areas, area)
		return nil
	})
}

// wholePeople reads a number of people; a forecast may have decimals.
func wholePeople(text string) (int, bool) {
	text = strings.NewReplacer(",", ".", i18n.NBSP, "", " ", "").Replace(text)
	v, err := strconv.ParseFloat(text, 64)
	return int(math.Round(v)), err == nil && v >= 0 && v < 1e9
}

// pointHalf is half the side of the square about a point that stands for a square's centre, in metres.
const pointHalf = 0.5

// surfaceOf is a feature's geometry as the area of a forecast. A square is kept as its box, a point as a small one.
func surfaceOf(g orb.Geometry) (scenario.AreaPeople, bool) {
	switch g := g.(type) {
	case orb.Point:
		return scenario.AreaPeople{Box: &[4]float64{g[0] - pointHalf, g[1] - pointHalf, g[0] + pointHalf, g[1] + pointHalf}}, true
	case orb.MultiPoint:
		if len(g) == 1 {
			return surfaceOf(g[0])
		}
	case orb.Polygon:
		return surfaceOf(orb.MultiPolygon{g})
	case orb.MultiPolygon:
		b := g.Bound()
		if len(g) == 1 && len(g[0]) == 1 && isBox(g[0][0]) {
			return scenario.AreaPeople{Box: &[4]float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}}, true
		}
		return scenario.AreaPeople{Area: g}, len(g) > 0
	}
	return scenario.AreaPeople{}, false
}

// isBox tells whether a ring is a rectangle along the axes.
func isBox(r orb.Ring) bool {
	if len(r) != 5 || r[0] != r[4] {
		return false
	}
	for i := range 4 {
		if (r[i][0] == r[i+1][0]) == (r[i][1] == r[i+1][1]) || i > 0 && (r[i-1][0] == r[i][0]) == (r[i][0] == r[i+1][0]) {
			return false
		}
	}
	return true
}
