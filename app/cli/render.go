package cli

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"nabar/app/session"
	"nabar/internal/i18n"
)

// printFlags are the choices of a sheet on paper. Where none of them is given a map is drawn at a size in pixels.
type printFlags struct {
	order session.PrintOrder
	given bool
}

// add makes the flags known to a call.
func (f *printFlags) add(c *call) {
	on := func(name string, into func(text string) bool) {
		c.flags.Func(name, "", func(text string) error {
			f.given = true
			if !into(text) {
				return usage("sheet.cli_flag", name, text)
			}
			return nil
		})
	}
	text := func(into *string) func(string) bool {
		return func(text string) bool {
			*into = text
			return true
		}
	}
	f.order.Template = "a4-landscape"
	on("template", text(&f.order.Template))
	on("title", text(&f.order.Title))
	on("atlas", text(&f.order.Atlas))
	on("dated", func(text string) bool {
		f.order.Date = text
		_, err := time.Parse(time.DateOnly, text)
		return err == nil
	})
	on("scale", func(text string) (ok bool) {
		f.order.Scale, ok = positive(strings.TrimPrefix(text, "1:"))
		return ok
	})
	on("dpi", func(text string) (ok bool) {
		f.order.DPI, ok = positive(text)
		return ok
	})
	c.flags.BoolFunc("files", "", func(text string) (err error) {
		f.given = true
		f.order.Files, err = strconv.ParseBool(text)
		return err
	})
}

// positive reads a number above 0, its thousands apart or not.
func positive(text string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.NewReplacer(" ", "", i18n.NBSP, "", ",", ".").Replace(text), 64)
	return v, err == nil && v > 0 && !math.IsInf(v, 0)
}

// renderCommand writes a map, or map sheets on paper.
func renderCommand() command {
	var out, size, view string
	var q queryFlags
	var change []string
	var losses, comments bool
	var paper printFlags
	return command{
		name: "render", args: []string{"P.gpkg"},
		flags: func(c *call) {
			q.add(c)
			q.addScenario(c)
			paper.add(c)
			c.flags.StringVar(&out, "out", "", "")
			c.flags.StringVar(&view, "view", "", "")
			c.flags.StringVar(&size, "size", "1600x1000", "")
			c.flags.Func("change-from", "", func(state string) error {
				change = append(change, state)
				return nil
			})
			c.flags.BoolVar(&losses, "losses", false, "")
			c.flags.BoolVar(&comments, "comments", false, "")
		},
		run: func(ctx context.Context, c *call) error {
			if out == "" {
				return usage("cli.out_missing", i18n.M("cli.usage_render"))
			}
			sheet := session.Sheet{Comments: comments}
			if _, err := fmt.Sscanf(strings.ToLower(size), "%dx%d", &sheet.Width, &sheet.Height); err != nil || !sheet.Fits() {
				return usage("cli.size_wrong", size)
			}
			if q.service == "" && paper.order.Atlas == session.AtlasServices {
				q.service = "-" // each in turn
			}
			if q.service != "" || change != nil || losses {
				query, err := q.query()
				if err != nil {
					return err
				}
				sheet.Query, sheet.Losses = query, losses
				if change != nil {
					from := inState(query, change...)
					sheet.From = &from
				}
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			c.noteBasemaps(ctx)
			if err := c.inView(ctx, &sheet, view); err != nil {
				return err
			}
			if paper.given {
				paper.order.Sheet = sheet
				return c.print(ctx, out, paper.order)
			}
			if err := c.session.RenderSheet(ctx, out, sheet, c.progress()); err != nil {
				return err
			}
			return c.wrote(out)
		},
	}
}

// printedJSON is a sheet that was written.
type printedJSON struct {
	Name  string  `json:"name,omitempty"`
	File  string  `json:"file"`
	Page  int     `json:"page"`
	Scale float64 `json:"scale"`
}

// print writes map sheets and tells which.
func (c *call) print(ctx context.Context, out string, order session.PrintOrder) error {
	sheets, err := c.session.Print(ctx, out, order, c.progress())
	if err != nil {
		return err
	}
	if c.json {
		list := make([]printedJSON, len(sheets))
		for i, s := range sheets {
			list[i] = printedJSON{s.Name, s.File, s.Page, s.Scale}
		}
		return c.answer(map[string]any{"out": out, "sheets": list})
	}
	for _, s := range sheets {
		scale := c.printer.Int(int64(math.Round(s.Scale)))
		if s.Name == "" {
			c.say("sheet.cli_one", s.File, scale)
			continue
		}
		c.say("sheet.cli_wrote", s.File, s.Page, s.Name, scale)
	}
	return nil
}

// logoCommand shows, sets or removes the kommun's logo.
func logoCommand() command {
	var file string
	var remove bool
	return command{
		name: "logo", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.StringVar(&file, "file", "", "")
			c.flags.BoolVar(&remove, "remove", false, "")
		},
		run: func(ctx context.Context, c *call) error {
			if file != "" && remove {
				return usage("cli.argument_extra", "--remove", i18n.M("cli.usage_logo"))
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			var err error
			switch {
			case file != "":
				err = c.session.SetLogo(ctx, file)
			case remove:
				err = c.session.RemoveLogo(ctx)
			}
			if err != nil {
				return err
			}
			name, err := c.session.LogoName(ctx)
			switch {
			case err != nil:
				return err
			case c.json:
				return c.answer(map[string]any{"logo": name})
			case name == "":
				c.say("sheet.cli_no_logo")
			default:
				c.say("sheet.cli_logo", name)
			}
			return nil
		},
	}
}

// inView makes a sheet show a kept view, where one is named: its part of the world, and what it shows unless the call says.
func (c *call) inView(ctx context.Context, sheet *session.Sheet, name string) error {
	if name == "" {
		return nil
	}
	v, err := c.session.View(ctx, name)
	if err != nil {
		return err
	}
	sheet.Bound = v.Bound()
	if sheet.Query.Service == "" {
		sheet.Query = v.Query()
	}
	return nil
}
