package session

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/paulmach/orb"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
)

// Live is a project, or a scenario of it, in which a planner tries something out: drags a shop, closes a road. The figures
// follow each try at once. Nothing is stored until Keep. Its methods may be called from any goroutine; of tries that come
// at the same time each waits for the one before.
type Live struct {
	session  *Session
	query    model.Query
	types    []model.ServiceType
	prepared *access.Prepared
	base     *model.Snapshot // what a try changes
	before   *model.Result

	boxes     sync.Once
	roadBoxes []orb.Bound

	mu    sync.Mutex
	live  *access.Live
	steps []scenario.Modification // of the last try
}

// Tried is the project as a try makes it.
type Tried struct {
	Snapshot *model.Snapshot
	Result   *model.Result
	Figures  *model.Figures    // by sex and age; nil where nobody reaches the service
	Change   *model.Comparison // from what is without the try
}

// Live makes a project ready for trying out what changes the figures of a query. Where the query names a scenario, it is
// that scenario which is changed further.
func (s *Session) Live(ctx context.Context, q model.Query, progress model.Progress) (*Live, error) {
	ready, err := s.ready(ctx, q, progress)
	if err != nil {
		return nil, err
	}
	l := &Live{session: s, query: ready.query(q), prepared: ready.Prepared, base: ready.snapshot, types: ready.snapshot.Types}
	if l.live, err = ready.Prepared.Live(ctx, l.query.Impedance); err != nil {
		return nil, err
	}
	if err = l.live.PrepareRoads(ctx); err != nil {
		return nil, err
	}
	l.before, err = l.live.Analyse(ctx, l.query)
	return l, err
}

// Query is what the figures are about.
func (l *Live) Query() model.Query { return l.query }

// Snapshot is the project without any try.
func (l *Live) Snapshot() *model.Snapshot { return l.base }

// Before are the figures without any try.
func (l *Live) Before() *model.Result { return l.before }

// Try gives the figures with some modifications; those of the try before no longer count. Modifications that refer to what
// is not there give a Problem, and the try before stands.
func (l *Live) Try(ctx context.Context, steps ...scenario.Modification) (*Tried, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	snapshot, err := scenario.Apply(l.base, []scenario.Scenario{{Steps: stepsOf(steps)}})
	if err != nil {
		return nil, err
	}
	out := &Tried{Snapshot: snapshot}
	if out.Result, out.Figures, err = l.figures(ctx, snapshot); err != nil {
		return nil, err
	}
	if out.Change, err = access.Compare(l.before, out.Result, l.types); err != nil {
		return nil, err
	}
	l.steps = slices.Clone(steps)
	return out, nil
}

// stepsOf makes steps of modifications.
func stepsOf(all []scenario.Modification) []scenario.Step {
	out := make([]scenario.Step, len(all))
	for i, m := range all {
		out[i] = scenario.Step{Modification: m}
	}
	return out
}

// answerer is what gives figures: a Live, or a Prepared where that can't follow.
type answerer interface {
	Analyse(context.Context, model.Query) (*model.Result, error)
	Figures(context.Context, model.Query, model.FigureOptions) (*model.Figures, error)
}

// figures computes those of a snapshot, by mending what differs from the try before where that can be done.
func (l *Live) figures(ctx context.Context, snapshot *model.Snapshot) (*model.Result, *model.Figures, error) {
	var answer answerer = l.live
	switch ok, err := l.live.Follow(ctx, snapshot); {
	case err != nil:
		return nil, nil, err
	case !ok:
		derived, err := l.prepared.Derive(ctx, snapshot, nil)
		if err != nil {
			return nil, nil, err
		}
		answer = derived
	}
	r, why := answer.Analyse(ctx, l.query)
	if why != nil {
		var err error
		if r, err = l.prepared.Unreached(l.query, why); err != nil {
			return nil, nil, err
		}
	}
	if r.Reached == 0 {
		return r, nil, nil
	}
	f, err := answer.Figures(ctx, l.query, model.FigureOptions{By: []model.Breakdown{model.BySex, model.ByAge}})
	return r, f, err
}

// Keep makes the modifications of the last try steps of the scenario that the query is about, or, where it is about the
// project as it is, of a new scenario with a name. It is one step that can be undone.
func (l *Live) Keep(ctx context.Context, name string) (scenario.Scenario, error) {
	l.mu.Lock()
	steps := stepsOf(l.steps)
	l.mu.Unlock()
	if len(steps) == 0 {
		return scenario.Scenario{}, i18n.Errorf("live.nothing")
	}
	if l.query.Scenario == "" {
		if strings.TrimSpace(name) == "" {
			return scenario.Scenario{}, i18n.Errorf("live.no_name")
		}
		return l.session.AddScenario(ctx, scenario.Scenario{Name: name, Steps: steps})
	}
	sc, err := l.session.Scenario(ctx, l.query.Scenario)
	if err != nil {
		return sc, err
	}
	sc.Steps = append(slices.Clone(sc.Steps), steps...)
	return sc, l.session.UpdateScenario(ctx, sc)
}
