package session

import (
	"context"
	"slices"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
)

// Profiles are the project's ways of travelling: the built-in ones, as the user has changed them, and the user's own
// after them.
func (s *Session) Profiles(ctx context.Context) ([]model.Profile, error) {
	var kept []model.Profile
	if err := s.setting(ctx, project.SettingProfiles, &kept); err != nil {
		return nil, err
	}
	return project.MergeProfiles(kept), nil
}

// Profile finds a way of travelling by its id or name, or names those that there are. "" is the car.
func (s *Session) Profile(ctx context.Context, text string) (model.Profile, error) {
	all, err := s.Profiles(ctx)
	if err != nil {
		return model.Profile{}, err
	}
	if strings.TrimSpace(text) == "" {
		text = model.CarID
	}
	if p, ok := model.FindProfile(all, text, s.Printer()); ok {
		return p, nil
	}
	ids := make([]string, len(all))
	for i := range all {
		ids[i] = all[i].ID
	}
	return model.Profile{}, i18n.Errorf("profile.unknown", text, strings.Join(ids, ", "))
}

// SetProfile changes a way of travelling, or adds it, as one step. A built-in one keeps its translated name unless it gets
// another.
func (s *Session) SetProfile(ctx context.Context, p model.Profile) error {
	p = p.Tidy()
	if err := p.Check(); err != nil {
		return err
	}
	all, err := s.Profiles(ctx)
	if err != nil {
		return err
	}
	step := i18n.M("profile.step_set", p.Label())
	at := slices.IndexFunc(all, func(o model.Profile) bool { return o.ID == p.ID })
	if other, taken := model.FindProfile(all, s.Printer().Text(p.Label()), s.Printer()); taken && other.ID != p.ID {
		return i18n.Errorf("profile.name_taken", p.Label())
	}
	if at < 0 {
		all, step = append(all, p), i18n.M("profile.step_add", p.Label())
	} else {
		all[at] = p
	}
	return s.keepProfiles(ctx, step, all)
}

// RemoveProfile takes one of the user's own away; a built-in one becomes what it was in the beginning. Undo brings back
// what it was.
func (s *Session) RemoveProfile(ctx context.Context, text string) error {
	p, err := s.Profile(ctx, text)
	if err != nil {
		return err
	}
	all, err := s.Profiles(ctx)
	if err != nil {
		return err
	}
	step := i18n.M("profile.step_remove", p.Label())
	if project.IsBuiltIn(p.ID) {
		step = i18n.M("profile.step_reset", p.Label())
	}
	all = slices.DeleteFunc(all, func(o model.Profile) bool { return o.ID == p.ID })
	return s.keepProfiles(ctx, step, all)
}

// keepProfiles stores what differs from the built-in profiles.
func (s *Session) keepProfiles(ctx context.Context, step i18n.Message, all []model.Profile) error {
	kept := project.OwnProfiles(all)
	return s.edit(ctx, step, func(tx *project.Tx) error {
		if len(kept) == 0 {
			return tx.SetSetting(project.SettingProfiles, nil)
		}
		return tx.SetSetting(project.SettingProfiles, kept)
	})
}

// car is the project's car where the user has changed it, nil where it is that of the register.
func car(all []model.Profile) *model.Profile {
	for i := range all {
		if all[i].ID == model.CarID && !all[i].IsCar() {
			return &all[i]
		}
	}
	return nil
}

// profileInput is a way of travelling as one of the inputs of a result.
func (s *Session) profileInput(p *model.Profile) model.InputRef {
	return model.InputRef{Layer: s.Printer().Text(p.Label()), Role: model.RoleProfile, SHA256: p.Checksum()}
}
