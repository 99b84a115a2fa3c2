package cli

import (
	"context"
	"math"

	"nabar/internal/i18n"
	"nabar/model"
)

// checkCommand looks at the network and how squares and places join it.
func checkCommand() command {
	return command{
		name: "check", args: []string{"P.gpkg"},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			c.noteBasemaps(ctx)
			report, err := c.session.Check(ctx, c.progress())
			if err != nil {
				return err
			}
			if c.json {
				return c.answer(checkJSON(c.printer, report))
			}
			c.sayCheck(report)
			return nil
		},
	}
}

// findingJSON is one finding in the user's language.
type findingJSON struct {
	Severity model.Severity `json:"severity"`
	What     string         `json:"what"`
	Where    string         `json:"where"`
	Remedy   string         `json:"remedy"`
}

// networkJSON is the network's part of the answer of check.
type networkJSON struct {
	Nodes        int     `json:"nodes"`
	Edges        int     `json:"edges"`
	Components   int     `json:"components"`
	LargestShare float64 `json:"largest_share"`
	LengthM      float64 `json:"length_m"`
}

// snapJSON is the demand's part of the answer of check.
type snapJSON struct {
	DemandMaxM     *float64 `json:"demand_max_m"`
	DemandP95M     *float64 `json:"demand_p95_m"`
	UnjoinedPeople int      `json:"unjoined_people"`
	UnjoinedCells  int      `json:"unjoined_cells"`
}

// checkJSON is the answer of check with --json.
func checkJSON(p *i18n.Printer, r model.NetworkReport) any {
	findings := []findingJSON{}
	for _, f := range r.Findings {
		findings = append(findings, findingJSON{f.Severity, p.Text(f.What), p.Text(f.Where), p.Text(f.Remedy)})
	}
	return struct {
		Network  networkJSON   `json:"network"`
		Snap     snapJSON      `json:"snap"`
		Findings []findingJSON `json:"findings"`
	}{
		networkJSON{r.Nodes, r.Edges, r.Components, math.Round(r.LargestShare*1e6) / 1e6, math.Round(r.LengthM*100) / 100},
		snapJSON{number(r.Snap.DemandMaxM), number(r.Snap.DemandP95M), r.Snap.UnjoinedPeople, r.Snap.UnjoinedCells},
		findings,
	}
}

// sayCheck prints the report for people.
func (c *call) sayCheck(r model.NetworkReport) {
	c.say("cli.check_network", r.Nodes, r.Edges, i18n.Metres(r.LengthM), r.Components, i18n.Share(r.LargestShare))
	c.say("cli.check_snap", i18n.Metres(r.Snap.DemandMaxM), i18n.Metres(r.Snap.DemandP95M), r.Snap.UnjoinedCells, r.Snap.UnjoinedPeople)
	for _, f := range r.Findings {
		c.say("cli.check_finding", i18n.M("cli.severity_"+string(f.Severity)), f.What, f.Where, f.Remedy)
	}
}
