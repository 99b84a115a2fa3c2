package session

import (
	"context"
	"slices"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
)

// settingReach is what the kept service areas were asked for, by layer.
const settingReach = "reach"

// keptReach are service areas that are kept as a layer.
type keptReach struct {
	Layer  int64            `json:"layer"` // model.Layer.ID
	Query  ReachQuery       `json:"query"`
	Params model.Params     `json:"params"`
	Inputs []model.InputRef `json:"inputs"`
}

// StaleLayers are the layers that the program made of something that has changed since, by id: service areas and measures of
// supply. What can't be made again is stale.
func (s *Session) StaleLayers(ctx context.Context) (map[int64]bool, error) {
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	out := map[int64]bool{}
	supplies, err := s.KeptSupplies(ctx)
	if err != nil {
		return nil, err
	}
	for _, k := range supplies {
		if k.Stale {
			out[k.Layer] = true
		}
	}
	var reaches []keptReach
	if _, err := p.Setting(ctx, settingReach, &reaches); err != nil {
		return nil, err
	}
	for _, k := range reaches {
		if s.outdated(ctx, k.Query.Query, k.Params, k.Inputs) {
			out[k.Layer] = true
		}
	}
	return out, nil
}

// outdated tells whether what a query was answered from is not what it was, or can't be had any more.
func (s *Session) outdated(ctx context.Context, q model.Query, params model.Params, inputs []model.InputRef) bool {
	v, err := s.variant(ctx, q, nil)
	if err != nil {
		return true
	}
	now := append(slices.Clone(v.snapshot.Inputs), v.inputs...)
	return v.snapshot.Params != params || !slices.Equal(now, inputs)
}

// RemakeLayer makes a layer of service areas or of supply anew, as it was asked for, in one step that can be undone.
func (s *Session) RemakeLayer(ctx context.Context, l model.Layer, progress model.Progress) error {
	p, err := s.current()
	if err != nil {
		return err
	}
	supplies, err := s.KeptSupplies(ctx)
	if err != nil {
		return err
	}
	for _, k := range supplies {
		if k.Layer == l.ID {
			r, err := s.Supply(ctx, k.Base, k.Query, k.Column, progress)
			if err == nil {
				_, err = s.KeepSupply(ctx, r)
			}
			return err
		}
	}
	var reaches []keptReach
	if _, err := p.Setting(ctx, settingReach, &reaches); err != nil {
		return err
	}
	for _, k := range reaches {
		if k.Layer == l.ID {
			r, err := s.Reach(ctx, k.Query, progress)
			if err == nil {
				_, err = s.SaveReach(ctx, r, l.Name)
			}
			return err
		}
	}
	return i18n.Errorf("reach.not_made", l.Name)
}

// keepReach notes what a layer of service areas was asked for, and forgets those that are gone.
func keepReach(tx *project.Tx, layer int64, r *Reached) error {
	var kept []keptReach
	if _, err := tx.Setting(settingReach, &kept); err != nil {
		return err
	}
	layers, err := tx.Layers()
	if err != nil {
		return err
	}
	kept = slices.DeleteFunc(kept, func(k keptReach) bool {
		return k.Layer == layer || !slices.ContainsFunc(layers, func(l model.Layer) bool { return l.ID == k.Layer })
	})
	return tx.SetSetting(settingReach, append(kept, keptReach{layer, r.Query, r.Params, r.Inputs}))
}
