package cli

import (
	"context"
	"time"

	"nabar/model"
)

// actionCheckCommand finds what the action plan lacks at a date, today where none is said, and which targets are met.
func actionCheckCommand() command {
	var date, out string
	return command{
		name: "action check", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.StringVar(&date, "date", "", "")
			c.flags.StringVar(&out, "out", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			if date == "" {
				date = time.Now().Format(time.DateOnly)
			}
			if !model.IsDate(date) {
				return usage("profile.bad_date", date)
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			all, err := c.session.PlanFindings(ctx, date, c.progress())
			if err != nil {
				return err
			}
			if out != "" {
				if err := c.session.WriteTable(out, c.session.FindingsTable("action.table.check", all)); err != nil {
					return err
				}
			}
			return c.answerFindings(all)
		},
	}
}
