package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/plan"
	"nabar/model/version"
)

// versionJSON is a version as scripts read it.
type versionJSON struct {
	Number   int            `json:"number"` // by which a call names it, from 1
	Name     string         `json:"name"`
	Stage    version.Stage  `json:"stage"`
	Document string         `json:"document"`
	Saved    string         `json:"saved"`
	Decision model.Decision `json:"decision"`
	Replaces int64          `json:"replaces,omitempty"`
	Note     string         `json:"note"`
	Files    []version.File `json:"files"`
}

// versionToJSON turns a version into its JSON form.
func versionToJSON(v *version.Version, number int) versionJSON {
	return versionJSON{number, v.Name, v.Stage, v.Document, v.Saved, v.Decision, v.Replaces, v.Note, v.Files}
}

// todayFlag adds --date: today where it is not said.
func todayFlag(c *call, into *string) {
	*into = time.Now().Format(time.DateOnly)
	c.flags.StringVar(into, "date", *into, "")
}

// decisionFlags add a flag for each fact of a decision.
func decisionFlags(c *call, d map[string]*string) {
	for _, key := range []string{"body", "decided", "paragraph", "case", "period", "responsible"} {
		d[key] = new(string)
		c.flags.StringVar(d[key], key, "", "")
	}
}

// decide sets the facts that a call names.
func decide(d *model.Decision, said map[string]*string) {
	for key, field := range map[string]*string{
		"body": &d.Body, "decided": &d.Date, "paragraph": &d.Paragraph, "case": &d.CaseNumber, "period": &d.Period, "responsible": &d.Responsible,
	} {
		if text := strings.TrimSpace(*said[key]); text != "" {
			*field = text
		}
	}
}

// versionAddCommand makes a version.
func versionAddCommand() command {
	var r session.VersionRequest
	said := map[string]*string{}
	return command{
		name: "plan keep", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.StringVar((*string)(&r.Stage), "stage", string(version.Draft), "")
			c.flags.StringVar(&r.Name, "name", "", "")
			c.flags.StringVar(&r.Note, "note", "", "")
			c.flags.BoolVar(&r.Despite, "despite", false, "")
			todayFlag(c, &r.Date)
			decisionFlags(c, said)
		},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			d, err := c.session.Decision(ctx)
			if err != nil {
				return err
			}
			decide(&d, said)
			r.Decision = d
			v, err := c.session.MakeVersion(ctx, r, c.progress())
			if err != nil {
				return err
			}
			all, err := c.session.Versions(ctx)
			if err != nil {
				return err
			}
			if c.json {
				return c.answer(versionToJSON(v, len(all)))
			}
			c.say("cli.version_made", v.Name, len(all))
			return nil
		},
	}
}

// versionListCommand lists the versions.
func versionListCommand() command {
	return command{
		name: "plan list", args: []string{"P.gpkg"},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			all, err := c.session.Versions(ctx)
			if err != nil {
				return err
			}
			out := []versionJSON{}
			for i := range all {
				out = append(out, versionToJSON(&all[i], i+1))
			}
			return c.answerTable(c.session.VersionTable(all), "", map[string]any{"versions": out})
		},
	}
}

// versionPrintCommand writes a version again as it was.
func versionPrintCommand() command {
	var out string
	return command{
		name: "plan print", args: []string{"P.gpkg", "VERSION"},
		flags: func(c *call) { c.flags.StringVar(&out, "out", "", "") },
		run: func(ctx context.Context, c *call) error {
			if out == "" {
				return usage("cli.out_missing", i18n.M("cli.usage_plan_print"))
			}
			v, err := c.version(ctx, c.args[1])
			if err != nil {
				return err
			}
			if err := c.session.PrintVersion(ctx, v.ID, out); err != nil {
				return err
			}
			if c.json {
				return c.answer(map[string]string{"version": v.Name, "file": out})
			}
			c.say("cli.version_printed", v.Name, out)
			return nil
		},
	}
}

// versionRemoveCommand takes a version away.
func versionRemoveCommand() command {
	var decided bool
	return command{
		name: "plan remove", args: []string{"P.gpkg", "VERSION"},
		flags: func(c *call) { c.flags.BoolVar(&decided, "decided", false, "") },
		run: func(ctx context.Context, c *call) error {
			v, err := c.version(ctx, c.args[1])
			if err != nil {
				return err
			}
			if err := c.session.RemoveVersion(ctx, v, decided); err != nil {
				return err
			}
			if c.json {
				return c.answer(map[string]string{"removed": v.Name})
			}
			c.say("cli.entry_removed", v.Name)
			return nil
		},
	}
}

// version opens the project and finds a version.
func (c *call) version(ctx context.Context, name string) (*version.Version, error) {
	if err := c.open(ctx); err != nil {
		return nil, err
	}
	return c.session.FindVersion(ctx, name)
}

// versionCompareCommand tells all that differs between two versions, or between one and the project as it is now.
func versionCompareCommand() command {
	var to, out string
	return command{
		name: "plan compare", args: []string{"P.gpkg", "VERSION"},
		flags: func(c *call) {
			c.flags.StringVar(&to, "with", "", "")
			c.flags.StringVar(&out, "out", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			a, err := c.version(ctx, c.args[1])
			if err != nil {
				return err
			}
			var b *version.Version
			if to == "" {
				b, err = c.session.VersionNow(ctx, c.progress())
			} else {
				b, err = c.session.FindVersion(ctx, to)
			}
			if err != nil {
				return err
			}
			return c.answerTables(c.session.VersionTables(a, b), out, map[string]any{"from": a.Name, "to": b.Name})
		},
	}
}

// answerTables prints tables, as objects in JSON, and writes them to a workbook where one is named.
func (c *call) answerTables(all []model.Table, out string, more map[string]any) error {
	if out != "" {
		if err := c.session.WriteTables(out, all); err != nil {
			return err
		}
	}
	if c.json {
		tables := []tableJSON{}
		for i := range all {
			tables = append(tables, c.tableToJSON(&all[i]))
		}
		more["tables"] = tables
		return c.answer(more)
	}
	for _, t := range all {
		if len(t.Rows) > 0 {
			c.sayTable(t)
		}
	}
	if !slices.ContainsFunc(all, func(t model.Table) bool { return len(t.Rows) > 0 }) {
		c.say("cli.version_same")
	}
	return nil
}

// tableJSON is a table as scripts read it: numbers as numbers, null where there is none.
type tableJSON struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Rows    [][]any  `json:"rows"`
}

// tableToJSON turns a table into its JSON form.
func (c *call) tableToJSON(t *model.Table) tableJSON {
	out := tableJSON{t.Name, []string{}, [][]any{}}
	for i := range t.Columns {
		out.Columns = append(out.Columns, t.Columns[i].Heading())
	}
	for _, r := range t.Rows {
		var row []any
		for i, cell := range r.Cells {
			if t.Columns[i].Number {
				row = append(row, number(cell.Number))
			} else {
				row = append(row, cell.Text)
			}
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// completeCommand tells what the plan must hold and does not yet.
func completeCommand() command {
	var stage, date string
	return command{
		name: "plan check", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.StringVar(&stage, "stage", string(version.Adopted), "")
			todayFlag(c, &date)
		},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			all, err := c.session.Completeness(ctx, version.Stage(stage), nil, date, c.progress())
			if err != nil {
				return err
			}
			all = slices.DeleteFunc(all, func(f plan.Finding) bool { return f.Level == plan.Good })
			return c.answerFindings(all)
		},
	}
}
