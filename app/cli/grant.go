package cli

import (
	"context"
	"strconv"
	"strings"

	"nabar/app/session"
	"nabar/model"
	"nabar/model/plan"
)

// sumJSON is a row of the follow-up of support.
type sumJSON struct {
	Year    int64  `json:"year"`
	Form    string `json:"form"` // "" for the sum of the year
	Name    string `json:"name"`
	Count   int    `json:"count"`
	Granted int64  `json:"granted"`
	Applied int64  `json:"applied"`
	Paid    int64  `json:"paid"`
}

// yearFlag adds --year, 0 where it is not said.
func yearFlag(c *call, into *int64) {
	c.flags.Func("year", "", func(value string) (err error) {
		*into, err = strconv.ParseInt(value, 10, 64)
		return err
	})
}

// yearCommand makes a subcommand that answers with a table of what the plan says of a year.
func yearCommand(name string, table func(c *call, b plan.Book, w *session.Words, year int64) (model.Table, map[string]any)) command {
	var year int64
	var out string
	return command{
		name: name, args: []string{"P.gpkg"},
		flags: func(c *call) {
			yearFlag(c, &year)
			c.flags.StringVar(&out, "out", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			b, w, err := c.planWords(ctx)
			if err != nil {
				return err
			}
			t, object := table(c, b, w, year)
			return c.answerTable(t, out, object)
		},
	}
}

// grantTableCommand sums the ledger by year and form.
func grantTableCommand() command {
	return yearCommand("grant table", func(c *call, b plan.Book, w *session.Words, year int64) (model.Table, map[string]any) {
		rows, totals := []sumJSON{}, []sumJSON{}
		for _, s := range b.FollowUp(year) {
			row := sumJSON{s.Year, s.Form, w.Form(s.Form), s.Count, s.Granted, s.Applied, s.Paid}
			rows = append(rows, row)
			if n := len(totals); n == 0 || totals[n-1].Year != s.Year {
				totals = append(totals, sumJSON{Year: s.Year, Name: c.printer.T("ledger.total")})
			}
			t := &totals[len(totals)-1]
			t.Count, t.Granted, t.Applied, t.Paid = t.Count+s.Count, t.Granted+s.Granted, t.Applied+s.Applied, t.Paid+s.Paid
		}
		return w.FollowUpTable(year), map[string]any{"rows": rows, "totals": totals}
	})
}

// grantCheckCommand checks the ledger against the rules, de minimis and the conditions.
func grantCheckCommand() command {
	return command{
		name: "grant check", args: []string{"P.gpkg"},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			all, err := c.session.LedgerFindings(ctx)
			if err != nil {
				return err
			}
			return c.answerFindings(all)
		},
	}
}

// aidJSON is the de minimis aid of a receiver.
type aidJSON struct {
	Receiver string  `json:"receiver"`
	Sort     string  `json:"aid"`
	Until    string  `json:"until"`
	Sum      int64   `json:"sum"`
	Limit    float64 `json:"limit"`
	Over     bool    `json:"over"`
	Near     bool    `json:"near"`
}

// grantDeMinimisCommand sums de minimis aid, and shows or changes its limits.
func grantDeMinimisCommand() command {
	var sets []string
	var out string
	return command{
		name: "grant deminimis", args: []string{"P.gpkg"},
		flags: func(c *call) {
			setFlag(c, &sets)
			c.flags.StringVar(&out, "out", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			b, w, err := c.planWords(ctx)
			if err != nil {
				return err
			}
			limits, err := c.session.LedgerLimits(ctx)
			if err != nil {
				return err
			}
			if len(sets) > 0 {
				if err := setLimits(&limits, sets); err != nil {
					return err
				}
				if err := c.session.SetLedgerLimits(ctx, limits); err != nil {
					return err
				}
			}
			aid := []aidJSON{}
			for _, a := range b.DeMinimis(&limits) {
				aid = append(aid, aidJSON{a.Receiver, a.Sort, a.Date, a.Kronor, a.Limit, a.Over(), a.Near(&limits)})
			}
			return c.answerTable(w.DeMinimisTable(&limits), out, map[string]any{"limits": limits, "aid": aid})
		},
	}
}

// setLimits reads KEY=VALUE.
func setLimits(l *plan.Limits, sets []string) error {
	for _, set := range sets {
		key, text, _ := strings.Cut(set, "=")
		v, isNumber := plan.Amount(text)
		numbers := map[string]*float64{"general": &l.General, "sgei": &l.SGEI, "rate": &l.Rate, "warn": &l.Warn}
		texts := map[string]*string{"rated": &l.Rated, "source": &l.Source}
		switch {
		case texts[key] != nil:
			*texts[key] = text
		case numbers[key] != nil && isNumber:
			*numbers[key] = v
		case key == "years" && isNumber:
			l.Years = int(v)
		default:
			return usage("cli.grant_limit_wrong", set)
		}
	}
	return nil
}
