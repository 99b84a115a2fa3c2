package cli

import (
	"context"

	"nabar/internal/i18n"
	"nabar/model"
)

// layerFindCommand tells a basemap where its file lies now.
func layerFindCommand() command {
	return layerChange("find", []string{"FIL"}, nil, func(ctx context.Context, c *call, l model.Layer) error {
		same, err := c.session.FindBasemap(ctx, l, c.args[2], c.progress())
		if err == nil && !same && !c.json {
			c.say("base.cli_replaced", l.Name)
		}
		return err
	})
}

// noteBasemaps tells, beside the answer, which basemaps are not shown as they were added.
func (c *call) noteBasemaps(ctx context.Context) {
	notes, err := c.session.BasemapNotes(ctx)
	if err != nil {
		return // the command itself will say what is wrong
	}
	for _, n := range notes {
		c.note(i18n.M("cli.import_warning", n))
	}
}
