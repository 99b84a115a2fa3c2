package cli

import (
	"nabar/app/session"
	"nabar/model"
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
	return yearCommand("fact summary", func(_ *call, b plan.Book, w *session.Words, year int64) (model.Table, map[string]any) {
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
		return w.YearTable(year), map[string]any{"year": year, "types": rows}
	})
}
