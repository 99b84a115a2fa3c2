package cli

import (
	"context"
	"strconv"

	"nabar/model"
)

// viewMoveCommand gives a kept view another place.
func viewMoveCommand() command {
	return viewChange("move", "PLATS", func(ctx context.Context, c *call) error {
		place, err := strconv.Atoi(c.args[2])
		if err != nil || place < 1 {
			return usage("base.views.cli_place", c.args[2])
		}
		return c.session.MoveView(ctx, c.args[1], place-1)
	})
}

// viewRenameCommand gives a kept view another name.
func viewRenameCommand() command {
	return viewChange("rename", "NYTT", func(ctx context.Context, c *call) error {
		return c.session.RenameView(ctx, c.args[1], c.args[2])
	})
}

// viewChange is a subcommand that changes a kept view and answers with all.
func viewChange(name, last string, do func(context.Context, *call) error) command {
	return command{
		name: "view " + name, args: []string{"P.gpkg", "NAMN", last},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			if err := do(ctx, c); err != nil {
				return err
			}
			views, err := c.session.Views(ctx)
			if err != nil {
				return err
			}
			if c.json {
				return c.answer(map[string]any{"views": append([]model.MapView{}, views...)})
			}
			for _, v := range views {
				c.sayView(v)
			}
			return nil
		},
	}
}
