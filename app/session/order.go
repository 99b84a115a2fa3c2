package session

import (
	"context"
	"slices"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
)

// layerGroups tells the headings that layers stand under, by the layer's id. The layers of a group lie beside each other in the
// drawing order, so that the list shows that order.
type layerGroups map[int64]string

// MoveLayer moves a layer one step up or down in the drawing order. At the end of the order nothing happens.
func (s *Session) MoveLayer(ctx context.Context, layer model.Layer, up bool) error {
	layers, err := s.Layers(ctx)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(layers, func(l model.Layer) bool { return l.ID == layer.ID })
	if up {
		at++
	} else {
		at--
	}
	return s.PlaceLayer(ctx, layer, at)
}

// PlaceLayer gives a layer a place in the drawing order, 0 at the bottom; beyond the ends nothing happens. Between two layers of a
// group it joins the group, and away from its own group it leaves it.
func (s *Session) PlaceLayer(ctx context.Context, layer model.Layer, at int) error {
	layers, err := s.Layers(ctx)
	if err != nil {
		return err
	}
	old := slices.IndexFunc(layers, func(l model.Layer) bool { return l.ID == layer.ID })
	if old < 0 || at < 0 || at >= len(layers) || at == old {
		return nil
	}
	l := layers[old]
	layers = slices.Delete(layers, old, old+1)
	below, above := "", ""
	if at > 0 {
		below = layers[at-1].Group
	}
	if at < len(layers) {
		above = layers[at].Group
	}
	switch {
	case below == above:
		l.Group = below
	case l.Group != below && l.Group != above:
		l.Group = ""
	}
	layers = slices.Insert(layers, at, l)
	slices.SortStableFunc(layers, basemapsFirst)
	return s.order(ctx, i18n.M("session.step_move", layer.Name), layers)
}

// GroupLayer puts a layer under a heading, on top of the others there; "" takes it out of its group, above the others.
func (s *Session) GroupLayer(ctx context.Context, layer model.Layer, group string) error {
	group = strings.TrimSpace(group)
	layers, err := s.Layers(ctx)
	if err != nil {
		return err
	}
	old := slices.IndexFunc(layers, func(l model.Layer) bool { return l.ID == layer.ID })
	if old < 0 || layers[old].Group == group {
		return nil
	}
	l := layers[old]
	beside := group
	if beside == "" {
		beside = l.Group
	}
	layers = slices.Delete(layers, old, old+1)
	at := old
	for i, other := range layers {
		if other.Group == beside {
			at = i + 1
		}
	}
	l.Group = group
	return s.order(ctx, i18n.M("layers.step_group", layer.Name), slices.Insert(layers, at, l))
}

// order writes the drawing order and the groups of all layers, as one step.
func (s *Session) order(ctx context.Context, step i18n.Message, layers []model.Layer) error {
	groups := layerGroups{}
	for _, l := range layers {
		if l.Group != "" {
			groups[l.ID] = l.Group
		}
	}
	return s.edit(ctx, step, func(tx *project.Tx) error {
		for i, l := range layers {
			if l.Position == i {
				continue
			}
			l.Position = i
			if err := tx.UpdateLayer(l); err != nil {
				return err
			}
		}
		return tx.SetSetting(settingGroups, groups)
	})
}

// ShowGroup makes all layers of a group visible or hides them, as one step.
func (s *Session) ShowGroup(ctx context.Context, group string, visible bool) error {
	layers, err := s.Layers(ctx)
	if err != nil {
		return err
	}
	key := "session.step_hide"
	if visible {
		key = "session.step_show"
	}
	return s.edit(ctx, i18n.M(key, group), func(tx *project.Tx) error {
		for _, l := range layers {
			if l.Group != group || l.Visible == visible {
				continue
			}
			l.Visible = visible
			if err := tx.UpdateLayer(l); err != nil {
				return err
			}
		}
		return nil
	})
}

// SetScales lets a layer be shown between two scales only: the denominators of the largest and the smallest, 0 for no limit.
func (s *Session) SetScales(ctx context.Context, layer model.Layer, from, to float64) error {
	style := s.StyleOf(layer)
	style.ScaleFrom, style.ScaleTo = from, to
	return s.SetStyle(ctx, style, layer)
}
