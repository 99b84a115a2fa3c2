package project

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
)

// Scenarios reads all scenarios in the user's order.
func (p *Project) Scenarios(ctx context.Context) (all []scenario.Scenario, err error) {
	err = p.reading(ctx, func(db *sql.DB) error {
		all, err = readScenarios(ctx, db)
		return err
	})
	return all, err
}

// Scenarios reads all scenarios, with the changes of this edit.
func (tx *Tx) Scenarios() ([]scenario.Scenario, error) { return readScenarios(tx.ctx, tx.conn) }

// AddScenario keeps a new scenario after the others and gives it as it is kept, with its ID. A name that is taken, in any
// case, or that means the baseline gives a *i18n.Problem, and so does a parent that does not exist.
func (tx *Tx) AddScenario(s scenario.Scenario) (scenario.Scenario, error) {
	s.ID = 0
	s, err := tx.soundScenario(s)
	if err != nil {
		return s, err
	}
	if err := tx.exec(`INSERT INTO nabar_scenario(name,parent,position)
  SELECT ?,?,coalesce(max(position)+1,0) FROM nabar_scenario`, s.Name, s.Parent); err != nil {
		return s, err
	}
	if err := tx.conn.QueryRowContext(tx.ctx, `SELECT id FROM nabar_scenario WHERE name=?`, s.Name).Scan(&s.ID); err != nil {
		return s, err
	}
	return s, tx.writeSteps(s)
}

// UpdateScenario gives the scenario with s.ID another name, parent or steps.
func (tx *Tx) UpdateScenario(s scenario.Scenario) error {
	s, err := tx.soundScenario(s)
	if err != nil {
		return err
	}
	if err := tx.exec(`UPDATE nabar_scenario SET name=?,parent=? WHERE id=?`, s.Name, s.Parent, s.ID); err != nil {
		return err
	}
	return tx.writeSteps(s)
}

// RemoveScenario takes a scenario out of the project, and the results that were stored for it, which are no part of the
// undo step. A scenario that others build on stays, with a *i18n.Problem.
func (tx *Tx) RemoveScenario(id int64) error {
	all, err := tx.Scenarios()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(s scenario.Scenario) bool { return s.ID == id })
	if i < 0 {
		return i18n.Errorf("scenario.gone")
	}
	if children := scenario.Children(all, id); len(children) > 0 {
		return i18n.Errorf("scenario.has_children", all[i].Name, children[0])
	}
	if err := tx.exec(`DELETE FROM nabar_scenario_step WHERE scenario=?`, id); err != nil {
		return err
	}
	if err := tx.exec(`DELETE FROM nabar_scenario WHERE id=?`, id); err != nil {
		return err
	}
	if err := logAs(tx.ctx, tx.conn, -1); err != nil {
		return err
	}
	if err := dropForsaken(tx.ctx, tx.conn); err != nil {
		return err
	}
	return logAs(tx.ctx, tx.conn, tx.step)
}

// soundScenario makes sure that a scenario can stand among the others: its name and its parent.
func (tx *Tx) soundScenario(s scenario.Scenario) (scenario.Scenario, error) {
	s.Name = cleanName(s.Name)
	switch {
	case s.Name == "":
		return s, i18n.Errorf("scenario.no_name")
	case scenario.IsBaseline(s.Name):
		return s, i18n.Errorf("scenario.name_kept", s.Name)
	}
	all, err := tx.Scenarios()
	if err != nil {
		return s, err
	}
	if other, taken := scenario.Find(all, s.Name); taken && other.ID != s.ID {
		return s, i18n.Errorf("scenario.exists", other.Name)
	}
	i := slices.IndexFunc(all, func(o scenario.Scenario) bool { return o.ID == s.ID })
	switch {
	case i >= 0:
		all[i] = s
	case s.ID != 0:
		return s, i18n.Errorf("scenario.gone")
	}
	_, err = scenario.Chain(all, s)
	return s, err
}

// writeSteps brings the rows of a scenario's steps in line with it. Rows that stay as they are leave no trace in the log.
func (tx *Tx) writeSteps(s scenario.Scenario) error {
	for i, step := range s.Steps {
		if step.Modification == nil {
			return errors.New("a step without a modification")
		}
		content, err := scenario.Encode(step.Modification)
		if err != nil {
			return err
		}
		err = tx.exec(`INSERT INTO nabar_scenario_step(scenario,position,kind,off,content) VALUES(?,?,?,?,?)
  ON CONFLICT(scenario,position) DO UPDATE SET kind=excluded.kind,off=excluded.off,content=excluded.content`,
			s.ID, i, string(step.Kind()), step.Off, string(content))
		if err != nil {
			return err
		}
	}
	return tx.exec(`DELETE FROM nabar_scenario_step WHERE scenario=? AND position>=?`, s.ID, len(s.Steps))
}

// readScenarios reads all scenarios with their steps.
func readScenarios(ctx context.Context, q querier) ([]scenario.Scenario, error) {
	all, err := collect(ctx, q, func(rows *sql.Rows) (s scenario.Scenario, err error) {
		return s, rows.Scan(&s.ID, &s.Name, &s.Parent)
	}, `SELECT id,name,parent FROM nabar_scenario ORDER BY position,id`)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Steps, err = readSteps(ctx, q, all[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// readSteps reads the steps of one scenario.
func readSteps(ctx context.Context, q querier, s scenario.Scenario) ([]scenario.Step, error) {
	return collect(ctx, q, func(rows *sql.Rows) (step scenario.Step, err error) {
		var kind scenario.Kind
		var content string
		if err := rows.Scan(&kind, &step.Off, &content); err != nil {
			return step, err
		}
		step.Modification, err = scenario.Decode(kind, []byte(content))
		if err != nil {
			err = &i18n.Problem{Message: i18n.M("scenario.unreadable", s.Name), Cause: err}
		}
		return step, err
	}, `SELECT kind,off,content FROM nabar_scenario_step WHERE scenario=? ORDER BY position`, s.ID)
}

// ofScenario is the condition that a result is the baseline's or that of a scenario which exists. The results of one that
// an undo took away wait for a redo, until dropForsaken.
const ofScenario = `(scenario=0 OR scenario IN (SELECT id FROM nabar_scenario))`

// dropForsaken removes the results of scenarios that don't exist. The triggers must be at rest.
func dropForsaken(ctx context.Context, c *sql.Conn) error {
	type result struct {
		id    int64
		table string
	}
	forsaken, err := collect(ctx, c, func(rows *sql.Rows) (r result, err error) {
		return r, rows.Scan(&r.id, &r.table)
	}, `SELECT id,table_name FROM nabar_result WHERE NOT `+ofScenario+` ORDER BY id`)
	if err != nil {
		return err
	}
	for _, r := range forsaken {
		if err := removeResult(ctx, c, r.id, r.table); err != nil {
			return err
		}
	}
	return nil
}

// scenarioID is the number that results of a scenario are kept under: 0 for the baseline.
func scenarioID(ctx context.Context, q querier, name string) (int64, error) {
	if name == "" {
		return 0, nil
	}
	all, err := readScenarios(ctx, q)
	if err != nil {
		return 0, err
	}
	s, ok := scenario.Find(all, name)
	if !ok {
		return 0, i18n.Errorf("scenario.unknown_none", name)
	}
	return s.ID, nil
}

// outcome is what the figures of one scenario are computed with, as it is now.
type outcome struct {
	name     string
	checksum string // "" for the baseline
	params   model.Params
}

// outcomes lists the scenarios, and under 0 the baseline.
func outcomes(ctx context.Context, q querier, params model.Params) (map[int64]outcome, error) {
	all, err := readScenarios(ctx, q)
	if err != nil {
		return nil, err
	}
	out := map[int64]outcome{0: {params: params}}
	for _, s := range all {
		here := outcome{name: s.Name, checksum: "?", params: params}
		if chain, err := scenario.Chain(all, s); err == nil { // else nothing that is stored can hold
			here.params = scenario.ParamsOf(chain, params)
			if here.checksum, err = scenario.Checksum(chain); err != nil {
				return nil, err
			}
		}
		out[s.ID] = here
	}
	return out, nil
}
