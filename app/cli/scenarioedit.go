package cli

import (
	"context"
	"strconv"
	"strings"

	"nabar/model/scenario"
)

// scenarioEditCommand adds modifications to a scenario, puts one in the place of another, takes some out, and renames it.
func scenarioEditCommand() command {
	var steps stepFlags
	var replace, drop, rename string
	return command{
		name: "scenario edit", args: []string{"P.gpkg", "NAMN"},
		flags: func(c *call) {
			c.flags.StringVar(&replace, "replace", "", "")
			c.flags.StringVar(&drop, "drop", "", "")
			c.flags.StringVar(&rename, "rename", "", "")
			steps.add(c)
		},
		run: func(ctx context.Context, c *call) error {
			all, err := steps.modifications()
			if err != nil {
				return err
			}
			dropped, err := stepNumbers(drop)
			if err != nil {
				return err
			}
			replaced, err := stepNumbers(replace)
			if err != nil {
				return err
			}
			if len(replaced) > 0 && (len(replaced) > 1 || len(all) != 1 || drop != "") || len(all) == 0 && drop == "" && rename == "" {
				return usage("cli.scenario_edit_what")
			}
			return c.changed(ctx, func() (sc scenario.Scenario, err error) {
				sc.Name = c.args[1]
				if len(dropped) > 0 {
					sc, err = c.session.RemoveSteps(ctx, sc.Name, dropped...)
				}
				switch {
				case err != nil:
				case len(replaced) == 1:
					sc, err = c.session.ChangeStep(ctx, sc.Name, replaced[0], all[0])
				case len(all) > 0:
					sc, err = c.session.AddSteps(ctx, sc.Name, all...)
				}
				if err == nil && rename != "" {
					sc, err = c.session.ChangeScenario(ctx, sc.Name, func(s *scenario.Scenario) error {
						s.Name = rename
						return nil
					})
				}
				return sc, err
			})
		},
	}
}

// scenarioSwitchCommand switches modifications on or off.
func scenarioSwitchCommand(on bool) command {
	name := "scenario off"
	if on {
		name = "scenario on"
	}
	return command{
		name: name, args: []string{"P.gpkg", "NAMN", "NUMMER"},
		run: func(ctx context.Context, c *call) error {
			steps, err := stepNumbers(c.args[2])
			if err != nil {
				return err
			}
			return c.changed(ctx, func() (scenario.Scenario, error) { return c.session.SwitchSteps(ctx, c.args[1], on, steps...) })
		},
	}
}

// scenarioMoveCommand moves a modification to another place in the order.
func scenarioMoveCommand() command {
	return command{
		name: "scenario move", args: []string{"P.gpkg", "NAMN", "NUMMER", "TILL"},
		run: func(ctx context.Context, c *call) error {
			steps, err := stepNumbers(c.args[2] + "," + c.args[3])
			if err != nil {
				return err
			}
			return c.changed(ctx, func() (scenario.Scenario, error) { return c.session.MoveStep(ctx, c.args[1], steps[0], steps[1]) })
		},
	}
}

// scenarioCopyCommand copies a scenario, or some of its modifications to another one.
func scenarioCopyCommand() command {
	var step string
	return command{
		name: "scenario copy", args: []string{"P.gpkg", "NAMN", "TILL"},
		flags: func(c *call) { c.flags.StringVar(&step, "step", "", "") },
		run: func(ctx context.Context, c *call) error {
			steps, err := stepNumbers(step)
			if err != nil {
				return err
			}
			return c.changed(ctx, func() (scenario.Scenario, error) {
				if len(steps) == 0 {
					return c.session.CopyScenario(ctx, c.args[1], c.args[2])
				}
				return c.session.CopySteps(ctx, c.args[1], c.args[2], steps...)
			})
		},
	}
}

// scenarioParentCommand lets a scenario build on another.
func scenarioParentCommand() command {
	return command{
		name: "scenario parent", args: []string{"P.gpkg", "NAMN", "GRUND"},
		run: func(ctx context.Context, c *call) error {
			return c.changed(ctx, func() (scenario.Scenario, error) { return c.session.SetParent(ctx, c.args[1], c.args[2]) })
		},
	}
}

// scenarioMergeCommand makes one scenario of two.
func scenarioMergeCommand() command {
	return command{
		name: "scenario merge", args: []string{"P.gpkg", "A", "B", "NAMN"},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			sc, conflicts, err := c.session.MergeScenarios(ctx, c.args[1], c.args[2], c.args[3])
			if err != nil {
				return err
			}
			types, err := c.session.ServiceTypes(ctx)
			if err != nil {
				return err
			}
			all, err := c.session.Scenarios(ctx)
			if err != nil {
				return err
			}
			if c.json {
				out := struct {
					scenarioJSON
					Conflicts []conflictJSON `json:"conflicts"`
				}{c.scenarioToJSON(ctx, all, sc), []conflictJSON{}}
				for _, k := range conflicts {
					out.Conflicts = append(out.Conflicts, conflictJSON{c.printer.Text(k.First.Describe(types)), c.printer.Text(k.Second.Describe(types))})
				}
				return c.answer(out)
			}
			c.say("cli.scenario_added", sc.Name)
			c.saySteps(ctx, sc)
			for _, k := range conflicts {
				c.say("cli.scenario_conflict", k.Second.Describe(types), k.First.Describe(types))
			}
			return nil
		},
	}
}

// conflictJSON is two modifications that contradict each other; the second was switched off.
type conflictJSON struct {
	First  string `json:"first"`
	Second string `json:"second"`
}

// changed opens the project, changes a scenario and tells how it is now.
func (c *call) changed(ctx context.Context, change func() (scenario.Scenario, error)) error {
	if err := c.open(ctx); err != nil {
		return err
	}
	sc, err := change()
	if err != nil {
		return err
	}
	all, err := c.session.Scenarios(ctx)
	if err != nil {
		return err
	}
	if c.json {
		return c.answer(c.scenarioToJSON(ctx, all, sc))
	}
	c.say("cli.scenario_row", sc.Name, c.parentName(all, sc))
	c.saySteps(ctx, sc)
	return nil
}

// stepNumbers reads numbers of modifications, from 1, with commas between, and gives them from 0.
func stepNumbers(text string) (out []int, err error) {
	if text == "" {
		return nil, nil
	}
	for _, part := range strings.Split(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil || n < 1 {
			return nil, usage("cli.scenario_number", part)
		}
		out = append(out, n-1)
	}
	return out, nil
}
