package session

import (
	"context"
	"slices"
	"strings"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
)

// maxVariants is how many variants are kept ready. One that closes a road, or travels otherwise, has a network of its own.
const maxVariants = 24

// variant is the project as a query takes it: with a scenario, by a way of travelling, at a date, for some people, by
// rules.
type variant struct {
	query    model.Query // the choices by the project's own names, "" for the usual ones; nothing else of a query
	inputs   []model.InputRef
	key      string          // "" for the project as it is
	base     *model.Snapshot // the project as it is
	snapshot *model.Snapshot
	prepared *access.Prepared // nil until it is asked for
	used     int64            // grows with each use of any variant
}

// plain tells whether it is the project as it is.
func (v *variant) plain() bool { return v.key == "" }

// add makes what was chosen one of the inputs of the results.
func (v *variant) add(in model.InputRef) {
	v.inputs = append(v.inputs, in)
	v.key += string(in.Role) + " " + in.SHA256 + ";"
}

// ScenarioSnapshot is all that an analysis reads, as a scenario makes it; "" or "nuläge" is the project as it is. A
// scenario with broken references gives a Problem that names them all.
func (s *Session) ScenarioSnapshot(ctx context.Context, name string, progress model.Progress) (*model.Snapshot, error) {
	return s.QuerySnapshot(ctx, model.Query{Scenario: name}, progress)
}

// QuerySnapshot is all that an analysis of a query reads: the project as the query's scenario, profile, date and demand
// set make it. What the project does not have gives a Problem that says so.
func (s *Session) QuerySnapshot(ctx context.Context, q model.Query, progress model.Progress) (*model.Snapshot, error) {
	v, err := s.variant(ctx, q, progress)
	if err != nil {
		return nil, err
	}
	return v.snapshot, nil
}

// variant makes the project as a query takes it, or takes it out of the cache.
func (s *Session) variant(ctx context.Context, q model.Query, progress model.Progress) (*variant, error) {
	base, err := s.Snapshot(ctx, progress)
	if err != nil {
		return nil, err
	}
	v := &variant{base: base}
	if v.query, err = s.settled(ctx, q); err != nil {
		return nil, err
	}
	v.query = model.Query{
		Scenario: v.query.Scenario, Profile: v.query.Profile, Date: v.query.Date, Demand: v.query.Demand,
		Pipos: q.Pipos && base.Params.Rules != model.PiposRules,
	}
	chain, err := s.chain(ctx, v)
	if err != nil {
		return nil, err
	}
	profile, set, err := s.way(ctx, v)
	if err != nil {
		return nil, err
	}
	v.key += v.query.Date
	if v.query.Pipos {
		v.key += " pipos"
	}
	if v.plain() {
		v.snapshot = base
		return v, nil
	}
	if kept := s.keptVariant(v); kept != nil {
		return kept, nil
	}
	if v.snapshot, err = s.vary(ctx, v, chain, profile, set, orSilent(progress)); err != nil {
		return nil, err
	}
	s.keepVariant(v)
	return v, nil
}

// chain finds the scenario that a variant names, with its parents. It is nil for the project as it is.
func (s *Session) chain(ctx context.Context, v *variant) ([]scenario.Scenario, error) {
	if v.query.Scenario == "" {
		return nil, nil
	}
	all, err := s.Scenarios(ctx)
	if err != nil {
		return nil, err
	}
	sc, err := findScenario(all, v.query.Scenario)
	if err != nil {
		return nil, err
	}
	v.query.Scenario = sc.Name
	chain, err := scenario.Chain(all, sc)
	if err != nil {
		return nil, err
	}
	sum, err := scenario.Checksum(chain)
	if err != nil {
		return nil, err
	}
	v.add(model.InputRef{Layer: sc.Name, Role: model.RoleScenario, SHA256: sum})
	return chain, nil
}

// way finds the way of travelling and the demand set that a variant names, nil for the usual ones.
func (s *Session) way(ctx context.Context, v *variant) (*model.Profile, *model.DemandSet, error) {
	var profile *model.Profile
	var set *model.DemandSet
	if v.query.Profile != "" {
		p, err := s.Profile(ctx, v.query.Profile)
		if err != nil {
			return nil, nil, err
		}
		v.add(s.profileInput(&p))
		profile = &p
	}
	if v.query.Demand != "" {
		d, err := s.demandSet(ctx, v.query.Demand)
		if err != nil {
			return nil, nil, err
		}
		layers, err := s.Layers(ctx)
		if err != nil {
			return nil, nil, err
		}
		v.add(demandInput(d, layers))
		set = &d
	}
	return profile, set, nil
}

// vary makes the snapshot of a variant: date, rules, way and people first, then what the scenario changes.
func (s *Session) vary(ctx context.Context, v *variant, chain []scenario.Scenario, profile *model.Profile, set *model.DemandSet,
	progress model.Progress,
) (*model.Snapshot, error) {
	out := *v.base
	if v.query.Date != "" {
		out.Params.Date = v.query.Date
	}
	if v.query.Pipos {
		out.Params.Rules = model.PiposRules
	}
	without := func(role model.Role) {
		out.Inputs = slices.DeleteFunc(slices.Clone(out.Inputs), func(in model.InputRef) bool { return in.Role == role })
	}
	if profile != nil {
		out.Profile = profile
		without(model.RoleProfile)
	}
	if set != nil {
		without(model.RoleDemand)
		l, err := s.newLoader(ctx, nil)
		if err != nil {
			return nil, err
		}
		if out.Cells, err = l.demandCells(ctx, *set); err != nil {
			return nil, err
		}
		clip(out.Border, out.Cells)
	}
	if chain == nil {
		return &out, nil
	}
	progress(i18n.M("scenario.progress", v.query.Scenario), 1)
	return scenario.Apply(&out, chain)
}

// keptVariant gives the variant of the same content that was made from the same project, nil where there is none.
func (s *Session) keptVariant(v *variant) *variant {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cache.snapshot != v.base {
		return nil
	}
	kept := s.cache.variants[v.key]
	if kept != nil {
		s.cache.uses++
		kept.used = s.cache.uses
	}
	return kept
}

// keepVariant puts a variant into the cache, in place of the one that was not asked for the longest where that is full.
func (s *Session) keepVariant(v *variant) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cache.snapshot != v.base {
		return
	}
	if s.cache.variants == nil {
		s.cache.variants = map[string]*variant{}
	}
	if len(s.cache.variants) >= maxVariants {
		oldest := v.key
		for key, other := range s.cache.variants {
			if was := s.cache.variants[oldest]; was == nil || other.used < was.used {
				oldest = key
			}
		}
		delete(s.cache.variants, oldest)
	}
	s.cache.uses++
	v.used = s.cache.uses
	s.cache.variants[v.key] = v
}

// prepare builds the network of a variant and joins its points, on the project's own network where they share it.
func (s *Session) prepare(ctx context.Context, v *variant, progress model.Progress) (*access.Prepared, error) {
	if v.plain() {
		return s.prepared(ctx, progress)
	}
	s.mu.Lock()
	ready := v.prepared
	s.mu.Unlock()
	if ready != nil {
		return ready, nil
	}
	root, err := s.root(ctx, v)
	if err != nil {
		return nil, err
	}
	if root != nil {
		if ready, err = s.prepare(ctx, root, progress); err == nil {
			ready, err = ready.Derive(ctx, v.snapshot, progress)
		}
	} else {
		ready, err = access.Prepare(ctx, v.snapshot, progress)
	}
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	v.prepared = ready
	if root == nil && v.query.Profile != "" && s.cache.snapshot == v.base {
		s.accelerateWay(s.project, ready)
	}
	return ready, nil
}

// root is the variant whose network another one shares: the project as it is, or by the same way of travelling and nothing
// else. It is nil where there is none but the variant's own.
func (s *Session) root(ctx context.Context, v *variant) (*variant, error) {
	if access.SameNetwork(v.base, v.snapshot) {
		return &variant{base: v.base, snapshot: v.base}, nil
	}
	q := model.Query{Profile: v.query.Profile}
	if alone := v.query.Scenario == "" && v.query.Date == "" && v.query.Demand == ""; q.Profile == "" || alone {
		return nil, nil
	}
	root, err := s.variant(ctx, q, nil)
	if err != nil || root.base != v.base || !access.SameNetwork(root.snapshot, v.snapshot) {
		return nil, err
	}
	return root, nil
}

// settled is a query with its limits filled in and its choices by the project's own names: what results are stored
// under. What the project does not have gives a Problem.
func (s *Session) settled(ctx context.Context, q model.Query) (model.Query, error) {
	q = withBands(q)
	q.Date = strings.TrimSpace(q.Date)
	if err := s.settleWay(ctx, &q); err != nil || q.Date == "" {
		return q, err
	}
	if !model.IsDate(q.Date) {
		return q, i18n.Errorf("profile.bad_date", q.Date)
	}
	params, err := s.Params(ctx)
	if q.Date == params.Date {
		q.Date = ""
	}
	return q, err
}

// settleWay gives a query's way of travelling and demand set their own names, "" where they are the usual ones.
func (s *Session) settleWay(ctx context.Context, q *model.Query) error {
	if strings.TrimSpace(q.Profile) != "" {
		p, err := s.Profile(ctx, q.Profile)
		if err != nil {
			return err
		}
		if q.Profile = p.ID; p.ID == model.CarID {
			q.Profile = ""
		}
	}
	if strings.TrimSpace(q.Demand) != "" {
		set, err := s.demandSet(ctx, q.Demand)
		if err != nil {
			return err
		}
		sets, err := s.DemandSets(ctx)
		if err != nil {
			return err
		}
		if q.Demand = set.Name; strings.EqualFold(set.Name, sets.Usual) {
			q.Demand = ""
		}
	}
	return nil
}
