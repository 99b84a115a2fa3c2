package session

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"nabar/internal/i18n"
	"nabar/model"
)

// MoveView gives a kept view another place in the order, from 0; beyond the ends it is the first or the last. It is an undoable step.
func (s *Session) MoveView(ctx context.Context, name string, to int) error {
	return s.editViews(ctx, i18n.M("base.views.step_move", name), func(views []model.MapView) ([]model.MapView, error) {
		i := viewIndex(views, name)
		if i < 0 {
			return nil, noView(views, name)
		}
		v := views[i]
		views = slices.Delete(views, i, i+1)
		return slices.Insert(views, min(max(to, 0), len(views)), v), nil
	})
}

// RenameView gives a kept view another name, which no other has. It is an undoable step.
func (s *Session) RenameView(ctx context.Context, name, to string) error {
	to = strings.TrimSpace(to)
	if to == "" || utf8.RuneCountInString(to) > longestViewName {
		return i18n.Errorf("views.name_wrong", longestViewName)
	}
	return s.editViews(ctx, i18n.M("base.views.step_rename", name, to), func(views []model.MapView) ([]model.MapView, error) {
		i := viewIndex(views, name)
		if i < 0 {
			return nil, noView(views, name)
		}
		if other := viewIndex(views, to); other >= 0 && other != i {
			return nil, i18n.Errorf("base.views.taken", to)
		}
		views[i].Name = to
		return views, nil
	})
}
