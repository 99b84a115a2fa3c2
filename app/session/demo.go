package session

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/demo"
	"nabar/model/plan"
	"nabar/model/project"
)

// CreateDemo writes the fictional demo kommun as a new project file, with an action plan and a scenario entered, opens it
// and analyses every service type.
func (s *Session) CreateDemo(ctx context.Context, path string, progress model.Progress) error {
	orSilent(progress)(i18n.M("session.progress_demo"), 0)
	return s.createDemo(ctx, path, demo.Generate(demo.Seed), orSilent(progress))
}

// CreateBareDemo is CreateDemo without what a planner enters: the data alone.
func (s *Session) CreateBareDemo(ctx context.Context, path string, progress model.Progress) error {
	set := demo.Generate(demo.Seed)
	set.Plan, set.Scenarios = nil, nil
	return s.createDemo(ctx, path, set, orSilent(progress))
}

// createDemo writes a demo kommun, opens and analyses it.
func (s *Session) createDemo(ctx context.Context, path string, set *demo.Set, progress model.Progress) error {
	p, err := project.Create(ctx, path, set.Kommun)
	if err != nil {
		return err
	}
	if err := fillDemo(ctx, p, set, part(progress, 0.1, 0.5)); err != nil {
		p.Close()
		os.Remove(path)
		return err
	}
	s.adopt(p)
	_, err = s.AnalyseAll(ctx, part(progress, 0.5, 1))
	return err
}

// fillDemo writes the layers and the decision block as the project's beginning.
func fillDemo(ctx context.Context, p *project.Project, set *demo.Set, progress model.Progress) error {
	err := p.Edit(ctx, i18n.M("session.step_demo"), func(tx *project.Tx) error {
		for i, l := range set.Layers {
			progress(i18n.M("session.progress_write", l.Def.Name), share(i, len(set.Layers)))
			_, err := tx.AddLayer(l.Def, func(yield func(model.Feature) error) error {
				for _, f := range l.Features {
					if err := yield(f); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		if err := enterDemo(tx, set); err != nil {
			return err
		}
		return tx.SetSetting(settingDecision, set.Decision)
	})
	if err != nil {
		return err
	}
	return p.BeginHistory(ctx) // nothing that the user has done, so nothing to undo
}

// enterDemo enters the plan and the scenarios as a planner would.
func enterDemo(tx *project.Tx, set *demo.Set) error {
	for _, said := range set.Plan {
		b, err := tx.Plan()
		if err != nil {
			return err
		}
		item := plan.New(plan.Kind(said[0]))
		for i := 1; i < len(said); i += 2 {
			f, known := plan.FindField(item.Kind(), said[i])
			if !known {
				return fmt.Errorf("the demo's plan has no field %q of %q", said[i], said[0])
			}
			if err := b.Set(item, &f, said[i+1]); err != nil {
				return err
			}
		}
		if err := tx.AddEntry(item); err != nil {
			return err
		}
	}
	for _, sc := range set.Scenarios {
		if _, err := tx.AddScenario(sc); err != nil {
			return err
		}
	}
	return nil
}

// OpenDemo opens the demo kommun kept in dir and makes it where there is none, or where the one there can't be read.
func (s *Session) OpenDemo(ctx context.Context, dir string, progress model.Progress) error {
	path := filepath.Join(dir, "demo.gpkg")
	_, err := os.Stat(path)
	switch {
	case err == nil:
		if s.Open(ctx, path) == nil {
			_, err := s.AnalyseAll(ctx, progress)
			return err
		}
		if err := os.Remove(path); err != nil {
			return i18n.Errorf("error.cannot_write", path, err)
		}
	case !errors.Is(err, fs.ErrNotExist):
		return i18n.Errorf("session.cannot_read", path, err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return i18n.Errorf("error.cannot_write", dir, err)
	}
	return s.CreateDemo(ctx, path, progress)
}
