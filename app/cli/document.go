package cli

import (
	"context"

	"nabar/app/session"
	"nabar/internal/i18n"
)

// reportCommand writes the serviceplan.
func reportCommand() command {
	var out string
	var with session.ReportOptions
	return command{
		name: "report", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.StringVar(&out, "out", "", "")
			c.flags.BoolVar(&with.Attach, "attach", false, "")
			c.flags.BoolVar(&with.Draft, "draft", false, "")
			c.flags.StringVar(&with.Document, "document", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			if out == "" {
				return usage("cli.out_missing", i18n.M("cli.usage_report"))
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			c.noteBasemaps(ctx)
			remarks, err := c.session.ReportWith(ctx, out, with, c.progress())
			if err != nil {
				return err
			}
			return c.wrote(out, remarks...)
		},
	}
}

// exportCommand writes a layer as a file of its own.
func exportCommand() command {
	var layer, out string
	return command{
		name: "export", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.StringVar(&layer, "layer", "", "")
			c.flags.StringVar(&out, "out", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			if layer == "" {
				return usage("cli.layer_missing")
			}
			if out == "" {
				return usage("cli.out_missing", i18n.M("cli.usage_export"))
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			remarks, err := c.session.Export(ctx, layer, out, c.progress())
			if err != nil {
				return err
			}
			return c.wrote(out, remarks...)
		},
	}
}

// wrote tells which file was written, and what is to be known of it.
func (c *call) wrote(path string, remarks ...i18n.Message) error {
	said := make([]string, len(remarks))
	for i, m := range remarks {
		said[i] = c.printer.Text(m)
	}
	if c.json {
		answer := map[string]any{"out": path}
		if len(said) > 0 {
			answer["warnings"] = said
		}
		return c.answer(answer)
	}
	c.say("cli.wrote", path)
	for _, text := range said {
		c.say("cli.import_warning", text)
	}
	return nil
}

// undoCommand takes the last step back.
func undoCommand() command {
	return historyCommand("undo", "cli.undone", (*session.Session).Undo)
}

// redoCommand does again what was taken back last.
func redoCommand() command {
	return historyCommand("redo", "cli.redone", (*session.Session).Redo)
}

// historyCommand moves one step in the project's history and names the step.
func historyCommand(name, said string, move func(*session.Session, context.Context) (i18n.Message, error)) command {
	return command{
		name: name, args: []string{"P.gpkg"},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			step, err := move(c.session, ctx)
			if err != nil {
				return err
			}
			if c.json {
				return c.answer(map[string]string{"step": c.printer.Text(step)})
			}
			c.say(said, step)
			return nil
		},
	}
}
