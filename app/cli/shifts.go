package cli

import (
	"context"

	"nabar/app/session"
	"nabar/model"
)

// shiftJSON is who loses and who gains in one group; metres or seconds, null where there is nobody.
type shiftJSON struct {
	By             string           `json:"by"` // "" for everybody
	Group          string           `json:"group"`
	Name           string           `json:"name"`
	Approximate    bool             `json:"approximate"`
	Unknown        int              `json:"unknown"`
	People         int              `json:"people"`
	Lose           int              `json:"lose"`
	Gain           int              `json:"gain"`
	Worse          int              `json:"worse"`
	MeanExtra      *float64         `json:"mean_extra"`
	Better         int              `json:"better"`
	MeanLess       *float64         `json:"mean_less"`
	Unchanged      int              `json:"unchanged"`
	NewlyUnreached int              `json:"newly_unreached"`
	NewlyReached   int              `json:"newly_reached"`
	Bands          []shiftLimitJSON `json:"bands"`
}

// shiftLimitJSON is who passes a limit outwards and inwards.
type shiftLimitJSON struct {
	To     float64 `json:"to"`
	Beyond int     `json:"newly_beyond"`
	Within int     `json:"newly_within"`
}

// shiftsToJSON turns groups into their JSON form.
func (c *call) shiftsToJSON(all []model.GroupShift) []shiftJSON {
	out := []shiftJSON{}
	for i := range all {
		g := &all[i]
		row := shiftJSON{
			By: string(g.By), Group: g.ID, Name: c.printer.Text(g.Name), Approximate: g.Approximate, Unknown: g.Unknown, People: g.People,
			Lose: g.Lose(), Gain: g.Gain(), Worse: g.Worse.People, MeanExtra: number(g.Worse.Mean), Better: g.Better.People,
			MeanLess: number(g.Better.Mean), Unchanged: g.Unchanged, NewlyUnreached: g.NewlyUnreached, NewlyReached: g.NewlyReached,
			Bands: []shiftLimitJSON{},
		}
		for _, b := range g.Bands {
			row.Bands = append(row.Bands, shiftLimitJSON{b.To, b.Beyond, b.Within})
		}
		out = append(out, row)
	}
	return out
}

// sayShifts prints who loses and who gains, where there are groups.
func (c *call) sayShifts(ctx context.Context, m *model.Comparison, groups []model.GroupShift) {
	if len(groups) > 1 {
		c.sayTable(c.session.ShiftTable(ctx, m.B.Query, []session.ShiftState{{Label: c.session.StateLabel(m.B.Query), Groups: groups}}))
		c.say("more.about_shifts")
	}
}
