package cli

import (
	"context"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model/scenario"
)

// stepFlag is one modification as it was written in the call.
type stepFlag struct{ flag, value string }

// stepFlags are the modifications of a call, in the order of its flags.
type stepFlags []stepFlag

// add makes the flags known that each make a modification.
func (f *stepFlags) add(c *call) {
	for flag := range stepParsers() {
		c.flags.Func(flag, "", func(value string) error {
			*f = append(*f, stepFlag{flag, value})
			return nil
		})
	}
}

// modifications reads the flags.
func (f stepFlags) modifications() ([]scenario.Modification, error) {
	var out []scenario.Modification
	for _, s := range f {
		m, ok := stepParsers()[s.flag](s.value)
		if !ok {
			return nil, usage("cli.step_wrong_"+strings.ReplaceAll(s.flag, "-", "_"), s.value)
		}
		out = append(out, m)
	}
	return out, nil
}

// scenarioAddCommand keeps a new scenario. The order of the flags is the order of its modifications.
func scenarioAddCommand() command {
	var steps stepFlags
	var parent string
	return command{
		name: "scenario add", args: []string{"P.gpkg", "NAMN"},
		flags: func(c *call) {
			c.flags.StringVar(&parent, "parent", "", "")
			steps.add(c)
		},
		run: func(ctx context.Context, c *call) error {
			sc := scenario.Scenario{Name: c.args[1]}
			all, err := steps.modifications()
			if err != nil {
				return err
			}
			for _, m := range all {
				sc.Steps = append(sc.Steps, scenario.Step{Modification: m})
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			if !scenario.IsBaseline(parent) {
				p, err := c.session.Scenario(ctx, parent)
				if err != nil {
					return err
				}
				sc.Parent = p.ID
			}
			if sc, err = c.session.AddScenario(ctx, sc); err != nil {
				return err
			}
			return c.answerScenario(ctx, sc)
		},
	}
}

// answerScenario tells how a new scenario was understood.
func (c *call) answerScenario(ctx context.Context, sc scenario.Scenario) error {
	all, err := c.session.Scenarios(ctx)
	if err != nil {
		return err
	}
	if c.json {
		return c.answer(c.scenarioToJSON(ctx, all, sc))
	}
	c.say("cli.scenario_added", sc.Name)
	c.saySteps(ctx, sc)
	return nil
}

// scenarioListCommand lists the scenarios with their modifications.
func scenarioListCommand() command {
	return command{
		name: "scenario list", args: []string{"P.gpkg"},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			all, err := c.session.Scenarios(ctx)
			if err != nil {
				return err
			}
			if c.json {
				return c.answer(map[string]any{"scenarios": c.scenariosToJSON(ctx, all)})
			}
			if len(all) == 0 {
				c.say("cli.scenario_none")
			}
			for _, sc := range all {
				c.say("cli.scenario_row", sc.Name, c.parentName(all, sc))
				c.saySteps(ctx, sc)
			}
			return nil
		},
	}
}

// scenarioRemoveCommand takes a scenario out of the project.
func scenarioRemoveCommand() command {
	return command{
		name: "scenario remove", args: []string{"P.gpkg", "NAMN"},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			sc, err := c.session.Scenario(ctx, c.args[1])
			if err != nil {
				return err
			}
			if err := c.session.RemoveScenario(ctx, sc.Name); err != nil {
				return err
			}
			if c.json {
				return c.answer(map[string]string{"removed": sc.Name})
			}
			c.say("cli.scenario_removed", sc.Name)
			return nil
		},
	}
}

// stepParsers read the modifications by the name of their flag.
func stepParsers() map[string]func(string) (scenario.Modification, bool) {
	return map[string]func(string) (scenario.Modification, bool){
		"close":      parseClose,
		"open":       parseOpen,
		"move":       parseMove,
		"convert":    parseConvert,
		"close-road": parseCloseRoad,
		"ferries":    parseFerries,
		"people":     parsePeople,

		"add-service": parseServices,
		"hours":       parseHours,
		"staffed":     parseStaffed,
		"locker":      parseLocker,
		"mobile":      parseMobile,
		"deliver":     parseDelivery,
		"speed":       parseSpeed,
		"direction":   parseDirection,
		"new-road":    parseNewRoad,
		"close-ferry": parseCloseFerry,
		"people-in":   parsePeopleIn,
		"add-people":  parseHousing,
		"forecast":    parseForecast,
	}
}

// parseClose reads ID.
func parseClose(value string) (scenario.Modification, bool) {
	return scenario.ClosePlace{ID: value}, value != ""
}

// parseOpen reads TYPE[+TYPE]@E,N.
func parseOpen(value string) (scenario.Modification, bool) {
	types, position, ok := cutLast(value, "@")
	at, sound := parsePosition(position)
	return scenario.OpenPlace{Types: parseTypes(types), At: at}, ok && sound
}

// parseMove reads ID@E,N.
func parseMove(value string) (scenario.Modification, bool) {
	id, position, ok := cutLast(value, "@")
	at, sound := parsePosition(position)
	return scenario.MovePlace{ID: id, At: at}, ok && sound
}

// parseConvert reads ID=TYPE[+TYPE].
func parseConvert(value string) (scenario.Modification, bool) {
	id, types, ok := cutLast(value, "=")
	return scenario.Convert{ID: id, Types: parseTypes(types)}, ok
}

// parseCloseRoad reads LAYER:FID.
func parseCloseRoad(value string) (scenario.Modification, bool) {
	layer, number, ok := cutLast(value, ":")
	fid, err := strconv.ParseInt(number, 10, 64)
	return scenario.CloseRoad{Layer: layer, FID: fid}, ok && err == nil
}

// parseFerries reads "off".
func parseFerries(value string) (scenario.Modification, bool) {
	return scenario.FerriesOff{}, strings.EqualFold(value, "off")
}

// parsePeople reads PERCENT or FROM-TO:PERCENT, where TO may be left out.
func parsePeople(value string) (scenario.Modification, bool) {
	var m scenario.ChangePeople
	ages, percent, some := cutLast(value, ":")
	if !some {
		percent = value
	} else {
		from, to, ok := strings.Cut(ages, "-")
		span := scenario.AgeSpan{To: -1}
		var err error
		if span.From, err = strconv.Atoi(from); err != nil || !ok {
			return nil, false
		}
		if to != "" {
			if span.To, err = strconv.Atoi(to); err != nil || span.To < span.From {
				return nil, false
			}
		}
		m.Ages = &span
	}
	var ok bool
	m.Percent, ok = parseNumber(strings.TrimSuffix(percent, "%"))
	return m, ok
}

// parsePosition reads E,N in metres.
func parsePosition(text string) (orb.Point, bool) {
	e, n, ok := strings.Cut(text, ",")
	east, first := parseNumber(e)
	north, second := parseNumber(n)
	return orb.Point{east, north}, ok && first && second
}

// parseNumber reads a finite number with a decimal point.
func parseNumber(text string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	return v, err == nil && !math.IsNaN(v) && !math.IsInf(v, 0)
}

// parseTypes reads TYPE[+TYPE].
func parseTypes(text string) []string { return strings.Split(strings.ToLower(text), "+") }

// cutLast cuts a text at the last separator: an id may hold one too. Both sides must say something.
func cutLast(text, separator string) (before, after string, ok bool) {
	i := strings.LastIndex(text, separator)
	if i < 0 {
		return "", "", false
	}
	before, after = text[:i], text[i+len(separator):]
	return before, after, before != "" && after != ""
}

// scenarioJSON is a scenario as scripts read it, with its modifications in words.
type scenarioJSON struct {
	Name          string     `json:"name"`
	Parent        string     `json:"parent"` // "nuläge" or a scenario's name
	Modifications []string   `json:"modifications"`
	Steps         []stepJSON `json:"steps"` // the same, told apart
}

// stepJSON is one modification.
type stepJSON struct {
	Number int    `json:"number"` // from 1, as the call wants it
	Kind   string `json:"kind"`
	On     bool   `json:"on"`
	Makes  string `json:"makes,omitempty"` // id of what it makes, for later steps to refer to
}

// scenariosToJSON writes all scenarios.
func (c *call) scenariosToJSON(ctx context.Context, all []scenario.Scenario) []scenarioJSON {
	out := make([]scenarioJSON, len(all))
	for i, sc := range all {
		out[i] = c.scenarioToJSON(ctx, all, sc)
	}
	return out
}

// scenarioToJSON writes one scenario.
func (c *call) scenarioToJSON(ctx context.Context, all []scenario.Scenario, sc scenario.Scenario) scenarioJSON {
	out := scenarioJSON{Name: sc.Name, Parent: scenario.Baseline, Modifications: []string{}, Steps: []stepJSON{}}
	for _, p := range all {
		if p.ID == sc.Parent {
			out.Parent = p.Name
		}
	}
	for _, line := range c.session.DescribeScenario(ctx, sc) {
		out.Modifications = append(out.Modifications, c.printer.Text(line))
	}
	for i, step := range sc.Steps {
		out.Steps = append(out.Steps, stepJSON{i + 1, string(step.Kind()), !step.Off, scenario.IDOf(step.Modification)})
	}
	return out
}

// parentName is what a scenario builds on, for people to read.
func (c *call) parentName(all []scenario.Scenario, sc scenario.Scenario) i18n.Message {
	for _, p := range all {
		if p.ID == sc.Parent {
			return i18n.Plain(p.Name)
		}
	}
	return i18n.M("scenario.baseline")
}

// saySteps prints a scenario's modifications.
func (c *call) saySteps(ctx context.Context, sc scenario.Scenario) {
	for i, line := range c.session.DescribeScenario(ctx, sc) {
		c.say("cli.scenario_step", i+1, line)
	}
}
