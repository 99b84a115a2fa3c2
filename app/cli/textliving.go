package cli

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model/manuscript"
)

// textStaleCommand tells how everything living in a document stands to the figures.
func textStaleCommand() command {
	var document string
	var all bool
	return command{
		name: "text stale", args: []string{"P.gpkg"},
		flags: func(c *call) {
			documentFlag(c, &document)
			c.flags.BoolVar(&all, "all", false, "")
		},
		run: func(ctx context.Context, c *call) error {
			m, err := c.document(ctx, document)
			if err != nil {
				return err
			}
			states, err := c.session.LivingStates(ctx, m, c.progress())
			if err != nil {
				return err
			}
			if !all {
				states = slices.DeleteFunc(states, func(st session.LivingState) bool { return st.Status == session.LivingFresh })
			}
			return c.answerLiving(states)
		},
	}
}

// answerLiving prints how living things stand.
func (c *call) answerLiving(states []session.LivingState) error {
	out := []livingJSON{}
	said := func(s *manuscript.Shown) *string {
		if s == nil {
			return nil
		}
		return &s.Text
	}
	line := func(s *manuscript.Shown) string {
		if s == nil {
			return "–"
		}
		text := []rune(strings.ReplaceAll(s.Text, "\n", " | "))
		if len(text) > 160 {
			return string(text[:159]) + "…"
		}
		return string(text)
	}
	for _, st := range states {
		out = append(out, livingJSON{st.Block, st.Index, st.Title, st.Name, st.Status, st.Edited, said(st.Was), said(st.Now)})
		if c.json {
			continue
		}
		c.say("cli.text_living", i18n.Plain(strconv.FormatInt(st.Block, 10)+"."+strconv.Itoa(st.Index)), st.Title, st.Name, i18n.M("text.status."+string(st.Status)))
		if st.Status == session.LivingStale {
			c.say("cli.text_was", line(st.Was))
			c.say("cli.text_now", line(st.Now))
		}
	}
	if c.json {
		return c.answer(map[string]any{"living": out})
	}
	if len(states) == 0 {
		c.say("cli.text_all_fresh")
	}
	return nil
}

// textUpdateCommand lets living things show what the figures say now.
func textUpdateCommand() command {
	var document string
	var blocks []string
	var draft bool
	return command{
		name: "text update", args: []string{"P.gpkg"},
		flags: func(c *call) {
			documentFlag(c, &document)
			c.flags.Func("block", "", func(value string) error {
				blocks = append(blocks, value)
				return nil
			})
			c.flags.BoolVar(&draft, "draft", false, "")
		},
		run: func(ctx context.Context, c *call) error {
			var chosen []session.LivingChoice
			for _, block := range blocks {
				id, index, _ := strings.Cut(block, ".")
				ch := session.LivingChoice{Draft: draft}
				var err error
				if ch.Block, err = strconv.ParseInt(id, 10, 64); err == nil && index != "" {
					ch.Index, err = strconv.Atoi(index)
				}
				if err != nil {
					return usage("cli.text_block_wrong", block)
				}
				chosen = append(chosen, ch)
			}
			m, err := c.document(ctx, document)
			if err != nil {
				return err
			}
			n, err := c.session.UpdateLiving(ctx, m, chosen, c.progress())
			if err != nil {
				return err
			}
			if c.json {
				return c.answer(map[string]int{"updated": n})
			}
			c.say("cli.text_updated", n)
			return nil
		},
	}
}

// textNamesCommand lists the names that can stand in a text.
func textNamesCommand() command {
	return command{
		name: "text names", args: []string{"P.gpkg", "WORDS..."},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			names, err := c.session.Names(ctx, "")
			if err != nil {
				return err
			}
			known := names.Complete(strings.Join(c.args[1:], " "))
			if c.json {
				return c.answer(map[string][]string{"names": known})
			}
			for _, name := range known {
				c.say("cli.text_name", name)
			}
			return nil
		},
	}
}

// textTemplateCommand keeps a document as a template, in the project or as a file.
func textTemplateCommand() command {
	var document, title, out string
	var headings bool
	return command{
		name: "text template", args: []string{"P.gpkg"},
		flags: func(c *call) {
			documentFlag(c, &document)
			c.flags.StringVar(&title, "title", "", "")
			c.flags.StringVar(&out, "out", "", "")
			c.flags.BoolVar(&headings, "headings", false, "")
		},
		run: func(ctx context.Context, c *call) error {
			m, err := c.document(ctx, document)
			if err != nil {
				return err
			}
			if out != "" {
				if err := c.session.WriteTemplate(m, out, !headings); err != nil {
					return err
				}
				return c.wrote(out)
			}
			if title == "" {
				title = m.Title
			}
			if err := c.session.SaveTemplate(ctx, m, title, !headings); err != nil {
				return err
			}
			if c.json {
				return c.answer(map[string]string{"template": title})
			}
			c.say("cli.text_template_kept", title)
			return nil
		},
	}
}
