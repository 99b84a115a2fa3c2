package project

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"nabar/internal/i18n"
)

// Step is one entry of the undo history.
type Step struct {
	ID     int64
	Name   i18n.Message // what the user did
	Undone bool         // taken back; Redo does it again
}

// Undo takes the newest step back and names it. Layers, features, settings and styles are then exactly what they were
// before it, revisions included. Where there is nothing to undo it answers with a *i18n.Problem.
func (p *Project) Undo(ctx context.Context) (Step, error) { return p.swing(ctx, true) }

// Redo does the step again that was undone last.
func (p *Project) Redo(ctx context.Context) (Step, error) { return p.swing(ctx, false) }

// The steps that the two directions act on.
const (
	nextUndo = `SELECT id,name,undone FROM nabar_step WHERE undone=0 ORDER BY id DESC LIMIT 1`
	nextRedo = `SELECT id,name,undone FROM nabar_step WHERE undone=1 ORDER BY id LIMIT 1`
)

// swing runs a step's log backwards. While it does, the triggers log the way back again: undo writes redo's log.
func (p *Project) swing(ctx context.Context, undo bool) (step Step, err error) {
	query, nothing := nextUndo, "project.nothing_to_undo"
	if !undo {
		query, nothing = nextRedo, "project.nothing_to_redo"
	}
	var kommun kommunRow
	err = p.writing(ctx, func(c *sql.Conn) error {
		if err := adoptOutside(ctx, c); err != nil {
			return err
		}
		var found bool
		if step, found, err = oneStep(ctx, c, query); err != nil {
			return err
		}
		if !found {
			return i18n.Errorf(nothing)
		}
		if err := replay(ctx, c, step.ID); err != nil {
			return err
		}
		step.Undone = undo
		if _, err := c.ExecContext(ctx, `UPDATE nabar_step SET undone=? WHERE id=?`, undo, step.ID); err != nil {
			return err
		}
		_, err = getSetting(ctx, c, settingKommun, &kommun)
		return err
	})
	if err == nil {
		p.setKommun(kommun)
	}
	return step, err
}

// replay takes a step's statements out of the log and runs them, the last first. Foreign keys are checked at the end,
// since on the way there a row may stand without the one that it points to.
func replay(ctx context.Context, c *sql.Conn, step int64) error {
	statements, err := texts(ctx, c, `SELECT sql FROM nabar_log WHERE step=? ORDER BY id DESC`, step)
	if err != nil {
		return err
	}
	if _, err := c.ExecContext(ctx, `DELETE FROM nabar_log WHERE step=?`, step); err != nil {
		return err
	}
	if _, err := c.ExecContext(ctx, `PRAGMA defer_foreign_keys=1`); err != nil {
		return err
	}
	if err := logAs(ctx, c, step); err != nil {
		return err
	}
	plain := context.WithoutCancel(ctx) // spares a goroutine for each statement; ctx is looked at below
	for i, statement := range statements {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if !isInverse(statement) {
			return fmt.Errorf("the undo log holds a statement that the program never writes: %.40q", statement)
		}
		if _, err := c.ExecContext(plain, statement); err != nil {
			return &i18n.Problem{Message: i18n.M("project.undo_failed"), Cause: err}
		}
	}
	return logAs(ctx, c, 0)
}

// isInverse tells whether a statement is of the three kinds that the triggers write.
func isInverse(statement string) bool {
	for _, kind := range []string{`DELETE FROM "`, `INSERT INTO "`, `UPDATE "`} {
		if strings.HasPrefix(statement, kind) {
			return true
		}
	}
	return false
}

// CanUndo gives the step that Undo would take back.
func (p *Project) CanUndo(ctx context.Context) (Step, bool) { return p.peek(ctx, nextUndo) }

// CanRedo gives the step that Redo would do again.
func (p *Project) CanRedo(ctx context.Context) (Step, bool) { return p.peek(ctx, nextRedo) }

// peek reads one step; what can't be read can't be undone.
func (p *Project) peek(ctx context.Context, query string) (step Step, found bool) {
	if _, readOnly := p.ReadOnly(); readOnly {
		return Step{}, false
	}
	err := p.reading(ctx, func(db *sql.DB) (err error) {
		step, found, err = oneStep(ctx, db, query)
		return err
	})
	return step, found && err == nil
}

// History lists the steps, the oldest first; the undone ones stand last.
func (p *Project) History(ctx context.Context) (steps []Step, err error) {
	err = p.reading(ctx, func(db *sql.DB) error {
		rows, err := db.QueryContext(ctx, `SELECT id,name,undone FROM nabar_step ORDER BY id`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			step, err := scanStep(rows)
			if err != nil {
				return err
			}
			steps = append(steps, step)
		}
		return rows.Err()
	})
	return steps, err
}

// oneStep reads the step that a query chooses.
func oneStep(ctx context.Context, q querier, query string) (Step, bool, error) {
	step, err := scanStep(q.QueryRowContext(ctx, query))
	if errors.Is(err, sql.ErrNoRows) {
		return Step{}, false, nil
	}
	return step, err == nil, err
}

// scanStep reads id, name and undone.
func scanStep(row interface{ Scan(...any) error }) (Step, error) {
	var step Step
	var name string
	if err := row.Scan(&step.ID, &name, &step.Undone); err != nil {
		return Step{}, err
	}
	var err error
	step.Name, err = decodeMessage(name)
	return step, err
}

// BeginHistory makes the project as it is now the beginning: what was done so far can't be undone any more. It is for a
// project that the program has filled by itself, and never called after a user's edit.
func (p *Project) BeginHistory(ctx context.Context) error {
	return p.writing(ctx, func(c *sql.Conn) error { return beginAfresh(ctx, c) })
}
