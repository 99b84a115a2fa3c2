package cli

import (
	"context"
	"strconv"
	"strings"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/plan"
)

// entryGroup is a word of the command line with the kinds of entries that it is about, the usual one first.
type entryGroup struct {
	word  string
	kinds []plan.Kind
}

// The groups of entries.
var (
	actionGroup = entryGroup{"action", []plan.Kind{plan.KindAction, plan.KindGoal, plan.KindArea}}
	grantGroup  = entryGroup{"grant", []plan.Kind{plan.KindGrant}}
	factGroup   = entryGroup{"fact", []plan.Kind{plan.KindFact}}
	bankGroup   = entryGroup{"bank", []plan.Kind{plan.KindPlacement, plan.KindSolution}}
	// opinionGroup is what was said of the plan at consultation.
	opinionGroup = entryGroup{"opinion", []plan.Kind{plan.KindOpinion}}
)

// kind reads the kind that a call names, "" for the usual one.
func (g entryGroup) kind(name string) (plan.Kind, error) {
	if name == "" {
		return g.kinds[0], nil
	}
	var ids []string
	for _, k := range g.kinds {
		if string(k) == name {
			return k, nil
		}
		ids = append(ids, string(k))
	}
	return "", usage("cli.entry_kind_wrong", name, strings.Join(ids, ", "))
}

// setFlag collects KEY=VALUE.
func setFlag(c *call, into *[]string) {
	c.flags.Func("set", "", func(value string) error {
		*into = append(*into, value)
		return nil
	})
}

// say sets the fields of an entry that a call names. \n in a value parts lines.
func sayFields(b plan.Book, item plan.Item, sets []string) error {
	for _, set := range sets {
		key, value, ok := strings.Cut(set, "=")
		f, known := plan.FindField(item.Kind(), strings.TrimSpace(key))
		if !ok || !known {
			var keys []string
			for _, f := range plan.Fields(item.Kind()) {
				keys = append(keys, f.Key)
			}
			return usage("cli.entry_set_wrong", set, strings.Join(keys, ", "))
		}
		if err := b.Set(item, &f, strings.ReplaceAll(value, `\n`, "\n")); err != nil {
			return err
		}
	}
	return nil
}

// addCommand keeps a new entry.
func (g entryGroup) addCommand() command {
	var kindName string
	var sets []string
	return command{
		name: g.word + " add", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.StringVar(&kindName, "kind", "", "")
			setFlag(c, &sets)
		},
		run: func(ctx context.Context, c *call) error {
			kind, err := g.kind(kindName)
			if err != nil {
				return err
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			b, err := c.session.PlanBook(ctx)
			if err != nil {
				return err
			}
			item := plan.New(kind)
			if err := sayFields(b, item, sets); err != nil {
				return err
			}
			if err := c.session.AddEntry(ctx, item); err != nil {
				return err
			}
			return c.answerEntry(ctx, item.Number())
		},
	}
}

// setCommand changes an entry, and its place in the order.
func (g entryGroup) setCommand() command {
	var sets []string
	var position int
	return command{
		name: g.word + " set", args: []string{"P.gpkg", "ID"},
		flags: func(c *call) {
			setFlag(c, &sets)
			c.flags.IntVar(&position, "position", 0, "")
		},
		run: func(ctx context.Context, c *call) error {
			b, item, err := g.lookup(ctx, c)
			if err != nil {
				return err
			}
			if err := sayFields(b, item, sets); err != nil {
				return err
			}
			if err := c.session.UpdateEntry(ctx, item); err != nil {
				return err
			}
			if position > 0 {
				if err := c.session.MoveEntry(ctx, item.Number(), position-1); err != nil {
					return err
				}
			}
			return c.answerEntry(ctx, item.Number())
		},
	}
}

// removeCommand takes an entry away.
func (g entryGroup) removeCommand() command {
	return command{
		name: g.word + " remove", args: []string{"P.gpkg", "ID"},
		run: func(ctx context.Context, c *call) error {
			b, item, err := g.lookup(ctx, c)
			if err != nil {
				return err
			}
			name := b.Name(item)
			if err := c.session.RemoveEntry(ctx, item.Number()); err != nil {
				return err
			}
			if c.json {
				return c.answer(map[string]int64{"removed": item.Number()})
			}
			c.say("cli.entry_removed", name)
			return nil
		},
	}
}

// lookup opens the project and finds the entry that the call names, by id or as people name it.
func (g entryGroup) lookup(ctx context.Context, c *call) (plan.Book, plan.Item, error) {
	if err := c.open(ctx); err != nil {
		return nil, nil, err
	}
	b, err := c.session.PlanBook(ctx)
	if err != nil {
		return nil, nil, err
	}
	item, err := b.Lookup(c.args[1], g.kinds...)
	return b, item, err
}

// listCommand lists entries, and writes them to a file where one is named.
func (g entryGroup) listCommand() command {
	var kindName, out string
	return command{
		name: g.word + " list", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.StringVar(&kindName, "kind", "", "")
			c.flags.StringVar(&out, "out", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			kind, err := g.kind(kindName)
			if err != nil {
				return err
			}
			b, w, err := c.planWords(ctx)
			if err != nil {
				return err
			}
			if out != "" {
				t := w.PlanTable(kind)
				if kind == plan.KindGrant {
					if t, err = c.session.WithConditions(ctx, w, t); err != nil {
						return err
					}
				}
				if err := c.session.WriteTable(out, t); err != nil {
					return err
				}
			}
			kinds := []plan.Kind{kind}
			if kindName == "" {
				kinds = g.kinds
			}
			return c.listEntries(b, w, kinds)
		},
	}
}

// planWords opens the project and gives its plan with the words for it.
func (c *call) planWords(ctx context.Context) (plan.Book, *session.Words, error) {
	if err := c.open(ctx); err != nil {
		return nil, nil, err
	}
	b, err := c.session.PlanBook(ctx)
	if err != nil {
		return nil, nil, err
	}
	w, err := c.session.PlanWords(ctx, b)
	return b, w, err
}

// entryJSON is an entry as scripts read it: each field as the text that --set takes.
type entryJSON struct {
	ID     int64             `json:"id"`
	Kind   plan.Kind         `json:"kind"`
	Code   string            `json:"code"`
	Fields map[string]string `json:"fields"`
}

// entryToJSON turns an entry into its JSON form. Fields that say nothing are left out.
func entryToJSON(b plan.Book, item plan.Item) entryJSON {
	out := entryJSON{item.Number(), item.Kind(), b.Code(item.Number()), map[string]string{}}
	for _, f := range plan.Fields(item.Kind()) {
		if text := b.Text(item, &f); text != "" {
			out.Fields[f.Key] = text
		}
	}
	return out
}

// listEntries answers with the entries of some kinds.
func (c *call) listEntries(b plan.Book, w *session.Words, kinds []plan.Kind) error {
	entries := []entryJSON{}
	for _, k := range kinds {
		for _, item := range b.Kind(k) {
			if c.json {
				entries = append(entries, entryToJSON(b, item))
			} else {
				c.sayEntry(b, w, item)
			}
		}
	}
	if c.json {
		return c.answer(map[string]any{"entries": entries})
	}
	return nil
}

// sayEntry prints an entry with what it says.
func (c *call) sayEntry(b plan.Book, w *session.Words, item plan.Item) {
	c.say("cli.entry_head", b.Name(item), i18n.Plain(strconv.FormatInt(item.Number(), 10)))
	for _, f := range plan.Fields(item.Kind()) {
		if text := w.Text(item, &f); text != "" {
			c.say("cli.entry_field", f.Label(), strings.ReplaceAll(text, "\n", "; "))
		}
	}
}

// answerEntry tells how an entry was kept.
func (c *call) answerEntry(ctx context.Context, id int64) error {
	b, err := c.session.PlanBook(ctx)
	if err != nil {
		return err
	}
	if c.json {
		return c.answer(entryToJSON(b, b.Find(id)))
	}
	w, err := c.session.PlanWords(ctx, b)
	if err != nil {
		return err
	}
	c.sayEntry(b, w, b.Find(id))
	return nil
}

// planFindingJSON is a finding as scripts read it.
type planFindingJSON struct {
	Level plan.Level `json:"level"`
	Code  string     `json:"code"`
	Entry int64      `json:"entry"`
	Text  string     `json:"text"`
}

// answerFindings prints findings.
func (c *call) answerFindings(all []plan.Finding) error {
	out := []planFindingJSON{}
	for _, f := range all {
		text := c.printer.Text(f.Text)
		if !c.json {
			c.say("cli.entry_finding", i18n.M("action.level."+string(f.Level)), text)
		}
		out = append(out, planFindingJSON{f.Level, f.Code, f.Entry, text})
	}
	if c.json {
		return c.answer(map[string]any{"findings": out})
	}
	if len(all) == 0 {
		c.say("action.no_findings")
	}
	return nil
}

// answerTable prints a table, as rows of columns and cells in JSON, and writes it to a file where one is named.
func (c *call) answerTable(t model.Table, out string, more any) error {
	if out != "" {
		if err := c.session.WriteTable(out, t); err != nil {
			return err
		}
	}
	if c.json {
		return c.answer(more)
	}
	c.say("cli.entry_table", t.Name)
	for _, row := range t.Rows {
		var cells []string
		for i := range t.Columns {
			cells = append(cells, c.printer.T("cli.entry_cell", t.Columns[i].Heading(), t.Columns[i].Write(c.printer, row.Cells[i])))
		}
		c.say("cli.entry_row", strings.Join(cells, "; "))
	}
	return nil
}
