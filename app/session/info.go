package session

import (
	"context"

	"nabar/model"
	"nabar/model/scenario"
)

// Info is what a project holds.
type Info struct {
	Name      string
	Kommun    model.Kommun
	Layers    []model.Layer
	Scenarios []scenario.Scenario
	Results   []model.Result
}

// Info tells what the project holds, results of the analysis apart from the layers.
func (s *Session) Info(ctx context.Context) (Info, error) {
	p, err := s.current()
	if err != nil {
		return Info{}, err
	}
	layers, err := p.Layers(ctx)
	if err != nil {
		return Info{}, err
	}
	results, err := p.Results(ctx)
	if err != nil {
		return Info{}, err
	}
	scenarios, err := p.Scenarios(ctx)
	if err != nil {
		return Info{}, err
	}
	return Info{Name: p.Kommun().Name, Kommun: p.Kommun(), Layers: layers, Scenarios: scenarios, Results: results}, nil
}

// Backup writes a copy of the project as it is now, checked after it was written.
func (s *Session) Backup(ctx context.Context, path string) error {
	p, err := s.current()
	if err != nil {
		return err
	}
	return p.Backup(ctx, path)
}
