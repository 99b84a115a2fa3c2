package cli

import (
	"context"
)

// newCommand makes an empty project for a kommun.
func newCommand() command {
	var code string
	return command{
		name: "new", args: []string{"P.gpkg"},
		flags: func(c *call) { c.flags.StringVar(&code, "kommun", "", "") },
		run: func(ctx context.Context, c *call) error {
			if code == "" {
				return usage("cli.kommun_missing")
			}
			if err := c.session.Create(ctx, c.args[0], code); err != nil {
				return err
			}
			k := c.session.Kommun()
			if c.json {
				return c.answer(map[string]string{"name": k.Name, "kommun": k.Code})
			}
			c.say("cli.created", c.args[0], k.Name)
			return nil
		},
	}
}
