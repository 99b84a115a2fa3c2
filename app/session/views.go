package session

import (
	"context"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
)

// settingViews is the key of the kept views.
const settingViews = "views"

// longestViewName is how many letters a view's name has at most.
const longestViewName = 80

// Views are the project's kept views of the map, in the order in which they were made.
func (s *Session) Views(ctx context.Context) ([]model.MapView, error) {
	var views []model.MapView
	return views, s.setting(ctx, settingViews, &views)
}

// View finds a kept view by its name, in any case.
func (s *Session) View(ctx context.Context, name string) (model.MapView, error) {
	views, err := s.Views(ctx)
	if err != nil {
		return model.MapView{}, err
	}
	i := viewIndex(views, name)
	if i < 0 {
		return model.MapView{}, noView(views, name)
	}
	return views[i], nil
}

// viewIndex is where a name stands among views, -1 where it does not.
func viewIndex(views []model.MapView, name string) int {
	return slices.IndexFunc(views, func(v model.MapView) bool { return strings.EqualFold(v.Name, name) })
}

// noView says which views there are.
func noView(views []model.MapView, name string) error {
	if len(views) == 0 {
		return i18n.Errorf("views.none", name)
	}
	var names []string
	for _, v := range views {
		names = append(names, v.Name)
	}
	return i18n.Errorf("views.unknown", name, strings.Join(names, ", "))
}

// SaveView keeps a view in the project; one of the same name gives way to it. It is an undoable step.
func (s *Session) SaveView(ctx context.Context, v model.MapView) error {
	v.Name = strings.TrimSpace(v.Name)
	if v.Name == "" || utf8.RuneCountInString(v.Name) > longestViewName {
		return i18n.Errorf("views.name_wrong", longestViewName)
	}
	for _, c := range v.Bounds {
		if math.IsNaN(c) || math.Abs(c) > 1e8 {
			return i18n.Errorf("views.bounds_wrong")
		}
	}
	if v.Bounds[0] >= v.Bounds[2] || v.Bounds[1] >= v.Bounds[3] {
		return i18n.Errorf("views.bounds_wrong")
	}
	return s.editViews(ctx, i18n.M("views.step_save", v.Name), func(views []model.MapView) ([]model.MapView, error) {
		if i := viewIndex(views, v.Name); i >= 0 {
			views[i] = v
			return views, nil
		}
		return append(views, v), nil
	})
}

// RemoveView takes a view out of the project. It is an undoable step.
func (s *Session) RemoveView(ctx context.Context, name string) error {
	return s.editViews(ctx, i18n.M("views.step_remove", name), func(views []model.MapView) ([]model.MapView, error) {
		i := viewIndex(views, name)
		if i < 0 {
			return nil, noView(views, name)
		}
		return slices.Delete(views, i, i+1), nil
	})
}

// editViews changes the kept views in one step.
func (s *Session) editViews(ctx context.Context, step i18n.Message, change func([]model.MapView) ([]model.MapView, error)) error {
	views, err := s.Views(ctx)
	if err != nil {
		return err
	}
	if views, err = change(views); err != nil {
		return err
	}
	return s.edit(ctx, step, func(tx *project.Tx) error { return tx.SetSetting(settingViews, views) })
}
