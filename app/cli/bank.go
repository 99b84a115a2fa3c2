package cli

import (
	"context"
)

// solutionJSON is a solution of the bank.
type solutionJSON struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Text    string   `json:"text"`
	Needs   string   `json:"needs"`
	Suits   string   `json:"suits"`
	Forms   []string `json:"forms"`
	Sources string   `json:"sources"`
	Uses    []string `json:"uses"`
	BuiltIn bool     `json:"built_in"`
}

// bankListCommand lists the solutions with where they are used, and the placements with their ids.
func bankListCommand() command {
	var out string
	return command{
		name: "bank list", args: []string{"P.gpkg"},
		flags: func(c *call) { c.flags.StringVar(&out, "out", "", "") },
		run: func(ctx context.Context, c *call) error {
			b, w, err := c.planWords(ctx)
			if err != nil {
				return err
			}
			solutions, placements := []solutionJSON{}, []entryJSON{}
			text := c.printer.Text
			for _, s := range b.Bank() {
				solutions = append(solutions, solutionJSON{
					s.Code, text(s.Say("title")), text(s.Say("text")), text(s.Say("needs")), text(s.Say("suits")), list(s.Forms),
					text(s.Say("sources")), list(w.Uses(s.Code)), s.BuiltIn,
				})
			}
			for _, item := range b.Kind(bankGroup.kinds[0]) {
				placements = append(placements, entryToJSON(b, item))
			}
			if err := c.answerTable(w.BankTable(), out, map[string]any{"solutions": solutions, "placements": placements}); err != nil || c.json {
				return err
			}
			return c.listEntries(b, w, bankGroup.kinds)
		},
	}
}

// suggestionJSON is a solution that the figures call for.
type suggestionJSON struct {
	Solution string `json:"solution"`
	Facility string `json:"facility"`
	Name     string `json:"name"`
	Why      string `json:"why"`
}

// bankSuggestCommand says which solutions the figures call for.
func bankSuggestCommand() command {
	var service, out string
	return command{
		name: "bank suggest", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.StringVar(&service, "service", "dagligvaror", "")
			c.flags.StringVar(&out, "out", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			_, w, err := c.planWords(ctx)
			if err != nil {
				return err
			}
			all, err := c.session.Suggest(ctx, service, c.progress())
			if err != nil {
				return err
			}
			suggestions := []suggestionJSON{}
			for _, s := range all {
				suggestions = append(suggestions, suggestionJSON{s.Solution, s.Facility, s.Name, c.printer.Text(s.Why)})
			}
			return c.answerTable(w.SuggestTable(all), out, map[string]any{"suggestions": suggestions})
		},
	}
}
