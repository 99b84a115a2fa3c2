package session

import (
	"context"

	"nabar/internal/i18n"
	"nabar/model"
)

// Rules are the rules that the project's figures are computed by.
func (s *Session) Rules(ctx context.Context) (model.Rules, error) {
	params, err := s.Params(ctx)
	return params.Rules, err
}

// SetPipos has all figures of the project computed by Pipos' rules from now on, or by the program's own again. It is one
// step of undo. Results by the other rules are stale.
func (s *Session) SetPipos(ctx context.Context, on bool) error {
	params, err := s.Params(ctx)
	if err != nil {
		return err
	}
	step := "pipos.step_off"
	params.Rules = 0
	if on {
		step, params.Rules = "pipos.step_on", model.PiposRules
	}
	return s.set(ctx, step, settingParams, params)
}

// RulesNote says by whose rules figures are computed, where these are not the program's own.
func RulesNote(r model.Rules) i18n.Message {
	switch r {
	case 0:
		return i18n.Message{}
	case model.PiposRules:
		return i18n.M("pipos.note")
	}
	return i18n.M("pipos.note_some")
}
