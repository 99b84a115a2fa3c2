package session

import (
	"context"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
)

// The keys of the settings that a project keeps.
const (
	settingParams   = "params"
	settingTypes    = "service_types"
	settingDecision = "decision"
	settingGroups   = "layer_groups"
)

// edit runs fn as one undoable step and tells subscribers.
func (s *Session) edit(ctx context.Context, name i18n.Message, fn func(*project.Tx) error) error {
	p, err := s.current()
	if err != nil {
		return err
	}
	if err := p.Edit(ctx, name, fn); err != nil {
		return err
	}
	s.changed()
	return nil
}

// changed tells subscribers that the project is not what it was.
func (s *Session) changed() {
	s.forgetText()
	s.events.send(Event{Kind: LayersChanged}, Event{Kind: HistoryChanged}, Event{Kind: ScenariosChanged}, Event{Kind: ResultsChanged}, Event{Kind: TextChanged})
}

// Undo takes the last step back and names it.
func (s *Session) Undo(ctx context.Context) (i18n.Message, error) {
	return s.travel(ctx, (*project.Project).Undo)
}

// Redo does again what was taken back last and names it.
func (s *Session) Redo(ctx context.Context) (i18n.Message, error) {
	return s.travel(ctx, (*project.Project).Redo)
}

// travel moves one step in the history.
func (s *Session) travel(ctx context.Context, move func(*project.Project, context.Context) (project.Step, error)) (i18n.Message, error) {
	p, err := s.current()
	if err != nil {
		return i18n.Message{}, err
	}
	step, err := move(p, ctx)
	if err != nil {
		return i18n.Message{}, err
	}
	s.changed()
	return step.Name, nil
}

// CanUndo names the step that Undo would take back.
func (s *Session) CanUndo(ctx context.Context) (i18n.Message, bool) {
	return s.peek(ctx, (*project.Project).CanUndo)
}

// CanRedo names the step that Redo would do again.
func (s *Session) CanRedo(ctx context.Context) (i18n.Message, bool) {
	return s.peek(ctx, (*project.Project).CanRedo)
}

// peek names the next step in one direction.
func (s *Session) peek(ctx context.Context, look func(*project.Project, context.Context) (project.Step, bool)) (i18n.Message, bool) {
	p, err := s.current()
	if err != nil {
		return i18n.Message{}, false
	}
	step, ok := look(p, ctx)
	return step.Name, ok
}

// Layers are the project's layers in drawing order, the bottom one first.
func (s *Session) Layers(ctx context.Context) ([]model.Layer, error) {
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	layers, err := p.Layers(ctx)
	if err != nil {
		return nil, err
	}
	var groups layerGroups
	if _, err := p.Setting(ctx, settingGroups, &groups); err != nil {
		return nil, err
	}
	for i := range layers {
		layers[i].Group = groups[layers[i].ID]
	}
	return layers, nil
}

// Layer is the layer of a name, in upper or lower case.
func (s *Session) Layer(ctx context.Context, name string) (model.Layer, error) {
	return s.layer(ctx, name)
}

// layer finds a layer by its name, in any case.
func (s *Session) layer(ctx context.Context, name string) (model.Layer, error) {
	layers, err := s.Layers(ctx)
	if err != nil {
		return model.Layer{}, err
	}
	var names []string
	for _, l := range layers {
		if strings.EqualFold(l.Name, name) {
			return l, nil
		}
		names = append(names, l.Name)
	}
	return model.Layer{}, i18n.Errorf("session.no_layer", name, strings.Join(names, ", "))
}

// RenameLayer gives a layer another name.
func (s *Session) RenameLayer(ctx context.Context, layer model.Layer, name string) error {
	name = strings.TrimSpace(name)
	if name == "" {
		return i18n.Errorf("session.name_empty")
	}
	if name == layer.Name {
		return nil
	}
	sets, err := s.DemandSets(ctx)
	if err != nil {
		return err
	}
	old := layer.Name
	layer.Name = name
	return s.edit(ctx, i18n.M("session.step_rename", old, name), func(tx *project.Tx) error {
		err := tx.UpdateLayer(layer)
		switch {
		case err == nil && layer.Role == model.RoleRoads:
			return followRoads(tx, old, name)
		case err == nil && len(sets.Uses(old)) > 0:
			return putDemand(tx, sets.Renamed(old, name))
		}
		return err
	})
}

// ShowLayer makes a layer visible or hides it.
func (s *Session) ShowLayer(ctx context.Context, layer model.Layer, visible bool) error {
	layer.Visible = visible
	key := "session.step_hide"
	if visible {
		key = "session.step_show"
	}
	return s.edit(ctx, i18n.M(key, layer.Name), func(tx *project.Tx) error { return tx.UpdateLayer(layer) })
}

// SetOpacity makes a layer let more or less through, 0 to 1.
func (s *Session) SetOpacity(ctx context.Context, layer model.Layer, opacity float64) error {
	layer.Opacity = min(max(opacity, 0), 1)
	return s.edit(ctx, i18n.M("session.step_opacity", layer.Name), func(tx *project.Tx) error { return tx.UpdateLayer(layer) })
}

// RemoveLayer takes a layer out of the project; undo brings it back. One that a demand set counts stays, with a Problem.
func (s *Session) RemoveLayer(ctx context.Context, layer model.Layer) error {
	sets, err := s.DemandSets(ctx)
	if err != nil {
		return err
	}
	if uses := sets.Uses(layer.Name); len(uses) > 0 {
		return i18n.Errorf("profile.demand_uses", layer.Name, strings.Join(uses, ", "))
	}
	return s.edit(ctx, i18n.M("session.step_remove", layer.Name), func(tx *project.Tx) error {
		return tx.RemoveLayer(layer.ID)
	})
}

// Params are the project's choices that figures depend on.
func (s *Session) Params(ctx context.Context) (model.Params, error) {
	params := model.DefaultParams()
	return params, s.setting(ctx, settingParams, &params)
}

// SetParams changes the choices that figures depend on.
func (s *Session) SetParams(ctx context.Context, params model.Params) error {
	return s.set(ctx, "session.step_params", settingParams, params)
}

// ServiceTypes are the project's service types in the user's order.
func (s *Session) ServiceTypes(ctx context.Context) ([]model.ServiceType, error) {
	types := model.DefaultServiceTypes()
	return types, s.setting(ctx, settingTypes, &types)
}

// TypeName is the name of a service type in the session's language.
func (s *Session) TypeName(t model.ServiceType) string { return s.Printer().Text(t.Label()) }

// ServiceLabel is what the service type with an id is called in the project.
func (s *Session) ServiceLabel(ctx context.Context, id string) i18n.Message {
	types, err := s.typesOrDefault(ctx)
	if err == nil {
		for _, t := range types {
			if t.ID == id {
				return t.Label()
			}
		}
	}
	return i18n.Plain(id)
}

// Decision is the decision block of the plan; a new project has a draft for the coming years.
func (s *Session) Decision(ctx context.Context) (model.Decision, error) {
	d := model.Decision{
		Title:  s.Printer().T("session.plan_title"),
		Status: s.Printer().T("session.plan_draft"),
		Body:   s.Printer().T("session.plan_body"),
	}
	return d, s.setting(ctx, settingDecision, &d)
}

// SetDecision changes the decision block.
func (s *Session) SetDecision(ctx context.Context, d model.Decision) error {
	return s.set(ctx, "session.step_decision", settingDecision, d)
}

// setting reads a setting into v and leaves v where there is none.
func (s *Session) setting(ctx context.Context, key string, v any) error {
	p, err := s.current()
	if err != nil {
		return err
	}
	_, err = p.Setting(ctx, key, v)
	return err
}

// set writes a setting as one undoable step.
func (s *Session) set(ctx context.Context, step, key string, v any) error {
	return s.edit(ctx, i18n.M(step), func(tx *project.Tx) error { return tx.SetSetting(key, v) })
}
