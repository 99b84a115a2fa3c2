package cli

import (
	"nabar/app/session"
	"nabar/model"
)

// sayRules says by whose rules the figures are computed, where these are not the program's own.
func (c *call) sayRules(r model.Rules) {
	if r != 0 {
		c.say("cli.remark", session.RulesNote(r))
	}
}
