package session

import (
	"context"
	"math"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
)

// settingCostFactors holds the factors of what longer ways cost.
const settingCostFactors = "cost_factors"

// MaxContrast is how many states can be set beside each other.
const MaxContrast = 8

// Contrast sets states of the project beside each other: scenarios, dates, populations. The first is what the others are
// compared with.
type Contrast struct {
	Labels  []i18n.Message
	Results []*model.Result
	Figures []*model.Figures     // by sex, age and area; nil where nobody reaches the service
	Changes []*model.Comparison  // of the first with each; nil for the first itself
	Shifts  [][]model.GroupShift // of each change: who loses and who gains by sex, age and area; nil for the first
	Costs   []model.ClosureCost  // of each change
	Factors model.CostFactors
	Areas   string // the layer of the areas, "" for none
}

// Contrast compares two queries or more about one service type with the first of them. Areas are those of a layer, the first
// that fits where it is "". The results of scenarios are stored as Compare does.
func (s *Session) Contrast(ctx context.Context, queries []model.Query, areas string, progress model.Progress) (*Contrast, error) {
	progress = orSilent(progress)
	if len(queries) < 2 || len(queries) > MaxContrast {
		return nil, i18n.Errorf("live.contrast_count", MaxContrast)
	}
	out := &Contrast{Areas: areas}
	var err error
	if out.Factors, err = s.CostFactors(ctx); err != nil {
		return nil, err
	}
	if areas == "" {
		layers, err := s.AreaLayers(ctx)
		if err != nil {
			return nil, err
		}
		if len(layers) > 0 {
			out.Areas = layers[0].Name
		}
	}
	for i, q := range queries {
		step := part(progress, share(i, len(queries)), share(i+1, len(queries)))
		if err := s.contrastOne(ctx, out, queries[0], q, i == 0, step); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// contrastOne adds a state.
func (s *Session) contrastOne(ctx context.Context, out *Contrast, first, q model.Query, isFirst bool, progress model.Progress) error {
	q.Service, q.Impedance, q.Bands = first.Service, first.Impedance, first.Bands
	out.Labels = append(out.Labels, s.StateLabel(q))
	if isFirst {
		r, why, err := s.figures(ctx, withBands(q), isScenario(q), progress)
		if err != nil {
			return err
		}
		out.Results, out.Changes, out.Costs = append(out.Results, r), append(out.Changes, nil), append(out.Costs, model.ClosureCost{})
		out.Shifts = append(out.Shifts, nil)
		return s.contrastFigures(ctx, out, q, why == nil)
	}
	c, err := s.Change(ctx, first, q, progress)
	if err != nil {
		return err
	}
	out.Results, out.Changes = append(out.Results, c.B), append(out.Changes, c)
	out.Costs = append(out.Costs, access.ClosureCost(c, out.Factors))
	shifts, _, err := s.ShiftGroups(ctx, c, out.by())
	if err != nil {
		return err
	}
	out.Shifts = append(out.Shifts, shifts)
	return s.contrastFigures(ctx, out, q, c.B.Reached > 0)
}

// contrastFigures adds the figures of a state by group.
func (s *Session) contrastFigures(ctx context.Context, out *Contrast, q model.Query, reached bool) error {
	if !reached {
		out.Figures = append(out.Figures, nil)
		return nil
	}
	f, err := s.Figures(ctx, q, FigureOptions{By: out.by()}, nil)
	out.Figures = append(out.Figures, f)
	return err
}

// by is what people are parted by.
func (c *Contrast) by() []string {
	by := []string{string(model.BySex), string(model.ByAge)}
	if c.Areas != "" {
		by = append(by, c.Areas)
	}
	return by
}

// ContrastScenarios compares scenarios by name; "" or "nuläge" is the project as it is.
func (s *Session) ContrastScenarios(ctx context.Context, names []string, q model.Query, progress model.Progress) (*Contrast, error) {
	queries := make([]model.Query, len(names))
	for i, name := range names {
		queries[i] = q
		if queries[i].Scenario = name; scenario.IsBaseline(name) {
			queries[i].Scenario = ""
		}
	}
	return s.Contrast(ctx, queries, "", progress)
}

// CostFactors are the project's factors of what longer ways cost.
func (s *Session) CostFactors(ctx context.Context) (model.CostFactors, error) {
	f := model.DefaultCostFactors()
	return f, s.setting(ctx, settingCostFactors, &f)
}

// SetCostFactors sets factors by name as one step. A name or a value that does not fit gives a Problem, and nothing is set.
func (s *Session) SetCostFactors(ctx context.Context, values map[string]float64) error {
	f, err := s.CostFactors(ctx)
	if err != nil {
		return err
	}
	for name, v := range values {
		at := f.Factor(name)
		if at == nil {
			return i18n.Errorf("live.factor_unknown", name)
		}
		if math.IsNaN(v) || !model.FactorFits(name, v) {
			return i18n.Errorf("live.factor_wrong", i18n.M("live.factor."+name), v)
		}
		*at = v
	}
	return s.set(ctx, "live.step_factors", settingCostFactors, f)
}

// ResetCostFactors takes the usual factors again, as one step.
func (s *Session) ResetCostFactors(ctx context.Context) error {
	return s.set(ctx, "live.step_factors", settingCostFactors, model.DefaultCostFactors())
}
