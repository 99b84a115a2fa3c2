package cli

import (
	"context"

	"nabar/model/plan"
)

// yearFactsJSON is what the register says of a type in a year.
type yearFactsJSON struct {
	Type       string      `json:"type"`
	Happened   int         `json:"happened"`
	New        int         `json:"new"`
	Yes        int         `json:"yes"`
	No         int         `json:"no"`
	Exceptions []entryJSON `json:"exceptions"`
	Kommuner   []string    `json:"kommuner"`
}

// factSummaryCommand sums the register for a year, the latest where none is said.
func factSummaryCommand() command {
	var year int64
	var out string
	return command{
		name: "fact summary", args: []string{"P.gpkg"},
		flags: func(c *call) {
			yearFlag(c, &year)
			c.flags.StringVar(&out, "out", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			b, w, err := c.planWords(ctx)
			if err != nil {
				return err
			}
			if years := b.Years(); year == 0 && len(years) > 0 {
				year = years[0]
			}
			rows := []yearFactsJSON{}
			for _, y := range b.Year(year) {
				row := yearFactsJSON{y.Type, y.Happened, y.New, y.Yes, y.No, []entryJSON{}, list(y.Kommuner)}
				for _, f := range y.Exceptions {
					row.Exceptions = append(row.Exceptions, entryToJSON(b, plan.Item(f)))
				}
				rows = append(rows, row)
			}
			return c.answerTable(w.YearTable(year), out, map[string]any{"year": year, "types": rows})
		},
	}
}
