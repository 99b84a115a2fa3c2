package session

import (
	"context"
	"slices"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
	"nabar/reports"
)

// settingPlanScenarios holds which scenarios the plan sets beside each other.
const settingPlanScenarios = "plan_scenarios"

// PlanScenarios are the scenarios that the plan sets beside each other, "" for the project as it is, and for which service type
// and measure. Without names the plan has no such chapter.
type PlanScenarios struct {
	Names     []string        `json:"names"`
	Service   string          `json:"service"`
	Impedance model.Impedance `json:"impedance"`
}

// PlanScenarios tells which scenarios the plan sets beside each other.
func (s *Session) PlanScenarios(ctx context.Context) (PlanScenarios, error) {
	var p PlanScenarios
	return p, s.setting(ctx, settingPlanScenarios, &p)
}

// SetPlanScenarios chooses which scenarios the plan sets beside each other, as one step; no names for none. One that the project
// does not have gives a Problem.
func (s *Session) SetPlanScenarios(ctx context.Context, p PlanScenarios) error {
	if len(p.Names) == 1 || len(p.Names) > MaxContrast {
		return i18n.Errorf("live.contrast_count", MaxContrast)
	}
	for i, name := range p.Names {
		if scenario.IsBaseline(name) {
			p.Names[i] = ""
			continue
		}
		sc, err := s.Scenario(ctx, name)
		if err != nil {
			return err
		}
		p.Names[i] = sc.Name
	}
	if p.Impedance == "" {
		p.Impedance = model.Distance
	}
	return s.set(ctx, "live.step_plan", settingPlanScenarios, p)
}

// planContrast sets the scenarios of the plan beside each other, nil where none are chosen. A scenario that is gone since is left
// out.
func (s *Session) planContrast(ctx context.Context) (*reports.Contrast, error) {
	p, err := s.PlanScenarios(ctx)
	if err != nil {
		return nil, err
	}
	all, err := s.Scenarios(ctx)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, name := range p.Names {
		if _, known := scenario.Find(all, name); known || name == "" {
			names = append(names, name)
		}
	}
	if len(names) < 2 {
		return nil, nil
	}
	c, err := s.ContrastScenarios(ctx, names, model.Query{Service: p.Service, Impedance: p.Impedance}, nil)
	if err != nil {
		return nil, err
	}
	out := &reports.Contrast{}
	for i, change := range c.Changes {
		if change != nil {
			out.Sentences = append(out.Sentences, s.Printer().T("live.say_sentence", c.Labels[i], change.Summary))
		}
	}
	tables := s.ContrastTables(ctx, c)
	out.Tables = append(out.Tables, tables[:3]...)
	out.Tables = append(out.Tables, tables[4], byPerson(tables[5])) // the figures of groups stand in the program: the page is too narrow
	return out, nil
}

// byPerson leaves the groups by area out of a table of who loses and who gains: they are too many for a page.
func byPerson(t model.Table) model.Table {
	t.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(r model.TableRow) bool { return strings.HasPrefix(r.ID, string(model.ByArea)+" ") })
	return t
}
