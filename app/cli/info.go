package cli

import (
	"context"
	"fmt"

	"nabar/internal/i18n"
	"nabar/model"
)

// infoCommand tells what a project holds.
func infoCommand() command {
	return command{
		name: "info", args: []string{"P.gpkg"},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			info, err := c.session.Info(ctx)
			if err != nil {
				return err
			}
			if c.json {
				return c.answer(infoJSON(info.Kommun, info.Layers, c.scenariosToJSON(ctx, info.Scenarios), info.Results))
			}
			c.say("cli.info_head", info.Kommun.Name, info.Kommun.Code)
			for _, l := range info.Layers {
				c.say("cli.info_layer", l.Name, i18n.M("role."+string(l.Role)), l.Features)
			}
			for _, sc := range info.Scenarios {
				c.say("cli.info_scenario", sc.Name, len(sc.Steps))
			}
			for _, r := range info.Results {
				c.sayStored(ctx, r)
			}
			return nil
		},
	}
}

// sayStored prints which stored result it is, and whether it still holds.
func (c *call) sayStored(ctx context.Context, r model.Result) {
	service, impedance := c.session.ServiceLabel(ctx, r.Query.Service), i18n.M("impedance."+string(r.Query.Impedance))
	if way := c.session.WayLabel(r.Query); !way.IsZero() {
		impedance = i18n.M("profile.list", impedance, way)
	}
	if r.Query.Scenario != "" {
		c.say("cli.info_result_scenario", service, impedance, staleWord(r.Stale), r.Query.Scenario)
		return
	}
	c.say("cli.info_result", service, impedance, staleWord(r.Stale))
}

// staleWord tells whether a stored result still holds.
func staleWord(stale bool) i18n.Message {
	if stale {
		return i18n.M("cli.result_stale")
	}
	return i18n.M("cli.result_fresh")
}

// layerJSON is one layer of a project.
type layerJSON struct {
	Name     string     `json:"name"`
	As       model.Role `json:"as"`
	Features int        `json:"features"`
	CRS      string     `json:"crs"`
	Source   string     `json:"source"`
	SHA256   string     `json:"sha256"`
}

// resultRefJSON names one stored result.
type resultRefJSON struct {
	Service   string          `json:"service"`
	Impedance model.Impedance `json:"impedance"`
	Scenario  string          `json:"scenario,omitempty"`
	Rules     string          `json:"rules,omitempty"` // "pipos"; left out for the program's own
	wayJSON
	Stale bool `json:"stale"`
}

// infoJSON is the answer of info with --json.
func infoJSON(k model.Kommun, layers []model.Layer, scenarios []scenarioJSON, results []model.Result) any {
	out := struct {
		Name      string          `json:"name"`
		Kommun    string          `json:"kommun"`
		Layers    []layerJSON     `json:"layers"`
		Scenarios []scenarioJSON  `json:"scenarios"`
		Results   []resultRefJSON `json:"results"`
	}{Name: k.Name, Kommun: k.Code, Layers: []layerJSON{}, Scenarios: scenarios, Results: []resultRefJSON{}}
	for _, l := range layers {
		out.Layers = append(out.Layers, layerJSON{
			Name: l.Name, As: l.Role, Features: l.Features, CRS: fmt.Sprintf("EPSG:%d", model.ProjectSRID),
			Source: l.Source.File, SHA256: l.Source.SHA256,
		})
	}
	for _, r := range results {
		out.Results = append(out.Results, resultRefJSON{
			r.Query.Service, r.Query.Impedance, r.Query.Scenario, r.Params.Rules.String(), wayToJSON(r.Query), r.Stale,
		})
	}
	return out
}
