package project

import (
	"context"
	"database/sql"
	"errors"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// How much history is kept: the oldest steps go when there are more, or when their log is longer (in bytes).
const (
	maxSteps    = 500
	maxLogBytes = 128 << 20
)

// Tx is a running edit. It is only good inside the function that Edit calls, in that function's goroutine.
type Tx struct {
	ctx     context.Context
	conn    *sql.Conn
	step    int64
	done    bool
	stmts   map[string]*sql.Stmt
	touched map[int64]*touch
}

// touch gathers what the edits of a layer's rows mean for its description.
type touch struct {
	delta  int       // rows more
	bounds orb.Bound // of what came in
	grown  bool      // bounds holds something
}

// Edit runs fn in one transaction that becomes one undo step with the given name: what the user did, as the user would
// say it. An error from fn, or the end of ctx, leaves the file as it was; an fn that changes nothing leaves no step.
// Edits that had been undone can't be redone afterwards. fn must not call the Project, only the Tx.
func (p *Project) Edit(ctx context.Context, name i18n.Message, fn func(*Tx) error) error {
	label, err := encodeMessage(name)
	if err != nil {
		return err
	}
	var kommun kommunRow
	err = p.writing(ctx, func(c *sql.Conn) error {
		if err := adoptOutside(ctx, c); err != nil {
			return err
		}
		tx := &Tx{ctx: ctx, conn: c, stmts: map[string]*sql.Stmt{}, touched: map[int64]*touch{}}
		if err := tx.run(label, fn); err != nil {
			return err
		}
		_, err = getSetting(ctx, c, settingKommun, &kommun)
		return err
	})
	if errors.Is(err, errUnchanged) {
		return nil
	}
	if err == nil {
		p.setKommun(kommun)
	}
	return err
}

// errUnchanged rolls back an edit that has changed nothing.
var errUnchanged = errors.New("nothing was changed")

// run opens the step, calls fn and closes the step.
func (tx *Tx) run(label string, fn func(*Tx) error) (err error) {
	defer func() {
		tx.done = true
		for _, stmt := range tx.stmts {
			_ = stmt.Close()
		}
	}()
	if tx.step, err = beginStep(tx.ctx, tx.conn, label); err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.flush(); err != nil {
		return err
	}
	return endStep(tx.ctx, tx.conn, tx.step)
}

// beginStep makes a new step and lets the triggers log under it.
func beginStep(ctx context.Context, c *sql.Conn, label string) (int64, error) {
	result, err := c.ExecContext(ctx, `INSERT INTO nabar_step(name) VALUES(?)`, label)
	if err != nil {
		return 0, err
	}
	step, err := result.LastInsertId()
	if err != nil {
		return 0, err
	}
	return step, logAs(ctx, c, step)
}

// logAs tells the triggers which step they log under.
func logAs(ctx context.Context, c *sql.Conn, step int64) error {
	_, err := c.ExecContext(ctx, `UPDATE nabar_state SET step=?`, step)
	return err
}

// unlogged runs fn with the triggers at rest: what it changes is no undo step.
func unlogged(ctx context.Context, c *sql.Conn, fn func() error) error {
	if err := logAs(ctx, c, -1); err != nil {
		return err
	}
	if err := fn(); err != nil {
		return err
	}
	return logAs(ctx, c, 0)
}

// endStep counts what was logged, drops the steps that can't be redone any more, and trims the history.
func endStep(ctx context.Context, c *sql.Conn, step int64) error {
	if err := logAs(ctx, c, 0); err != nil {
		return err
	}
	var rows, bytes int64
	err := c.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(length(sql)),0) FROM nabar_log WHERE step=?`, step).Scan(&rows, &bytes)
	if err != nil {
		return err
	}
	if rows == 0 {
		return errUnchanged
	}
	if _, err := c.ExecContext(ctx, `UPDATE nabar_step SET bytes=? WHERE id=?`, bytes, step); err != nil {
		return err
	}
	if err := forget(ctx, c, `undone=1`); err != nil {
		return err
	}
	return trim(ctx, c, step)
}

// forget drops the steps that a condition chooses, with their log.
func forget(ctx context.Context, c *sql.Conn, condition string, args ...any) error {
	for _, statement := range []string{
		`DELETE FROM nabar_log WHERE step IN (SELECT id FROM nabar_step WHERE ` + condition + `)`,
		`DELETE FROM nabar_step_table WHERE step IN (SELECT id FROM nabar_step WHERE ` + condition + `)`,
		`DELETE FROM nabar_step WHERE ` + condition,
	} {
		if _, err := c.ExecContext(ctx, statement, args...); err != nil {
			return err
		}
	}
	return nil
}

// trim drops the oldest steps where the history is too long, then the tables of layers that no step can bring back.
// The newest step always stays.
func trim(ctx context.Context, c *sql.Conn, newest int64) error {
	var oldest sql.NullInt64
	err := c.QueryRowContext(ctx, `SELECT max(id) FROM (
  SELECT id, count(*) OVER newer AS steps, sum(bytes) OVER newer AS total FROM nabar_step
  WINDOW newer AS (ORDER BY id DESC)) WHERE steps>? OR total>?`, maxSteps, maxLogBytes).Scan(&oldest)
	if err != nil {
		return err
	}
	if oldest.Valid {
		if err := forget(ctx, c, `id<=? AND id<>?`, oldest.Int64, newest); err != nil {
			return err
		}
	}
	return dropLost(ctx, c)
}

// dropLost drops the tables that are no layer's and that no step refers to.
func dropLost(ctx context.Context, c *sql.Conn) error {
	lost, err := texts(ctx, c, `SELECT table_name FROM nabar_table
  WHERE table_name NOT IN (SELECT table_name FROM nabar_layer) AND table_name NOT IN (SELECT table_name FROM nabar_step_table)
  ORDER BY table_name`)
	if err != nil {
		return err
	}
	for _, table := range lost {
		if err := dropTable(ctx, c, table); err != nil {
			return err
		}
	}
	return nil
}

// texts reads a column of strings.
func texts(ctx context.Context, q querier, query string, args ...any) ([]string, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// exec runs a statement of the edit.
func (tx *Tx) exec(query string, args ...any) error {
	if tx.done {
		return errors.New("the edit has ended")
	}
	_, err := tx.conn.ExecContext(tx.ctx, query, args...)
	return err
}

// touch notes a change of a layer's rows: delta rows more, and the geometry that came in.
func (tx *Tx) touch(layer int64, delta int, g orb.Geometry) {
	t := tx.touched[layer]
	if t == nil {
		t = &touch{}
		tx.touched[layer] = t
	}
	t.delta += delta
	if isEmpty(g) {
		return
	}
	if t.grown {
		t.bounds = t.bounds.Union(g.Bound())
	} else {
		t.bounds, t.grown = g.Bound(), true
	}
}

// flush brings the descriptions of touched layers up to date. Bounds only grow: they are a frame, not a measure.
func (tx *Tx) flush() error {
	for _, id := range sortedKeys(tx.touched) {
		t := tx.touched[id]
		layer, err := layerByID(tx.ctx, tx.conn, id)
		if errors.Is(err, sql.ErrNoRows) {
			continue // removed in the same edit
		}
		if err != nil {
			return err
		}
		bounds := layer.Bounds
		if t.grown && bounds == (orb.Bound{}) {
			bounds = t.bounds
		} else if t.grown {
			bounds = bounds.Union(t.bounds)
		}
		if err := renew(tx.ctx, tx.conn, layer, layer.Features+t.delta, bounds); err != nil {
			return err
		}
	}
	return nil
}

// renew writes a layer's count and bounds, and gives it a new revision.
func renew(ctx context.Context, c *sql.Conn, layer model.Layer, features int, bounds orb.Bound) error {
	revision, err := nextRevision(ctx, c)
	if err != nil {
		return err
	}
	box := boundArgs(bounds)
	args := append([]any{features}, append(box, revision, layer.ID)...)
	if _, err := c.ExecContext(ctx, `UPDATE nabar_layer SET features=?,min_x=?,min_y=?,max_x=?,max_y=?,revision=? WHERE id=?`, args...); err != nil {
		return err
	}
	if layer.Geometry == model.NoGeometry || bounds == layer.Bounds {
		return nil
	}
	_, err = c.ExecContext(ctx, `UPDATE gpkg_contents SET min_x=?,min_y=?,max_x=?,max_y=? WHERE table_name=?`, append(box, layer.Table)...)
	return err
}

// nextRevision gives a number that no layer has had before, not even in an edit that was undone.
func nextRevision(ctx context.Context, c *sql.Conn) (revision int64, err error) {
	err = c.QueryRowContext(ctx, `UPDATE nabar_state SET revision=revision+1 RETURNING revision`).Scan(&revision)
	return revision, err
}

// boundArgs gives the sides of a bound as parameters, NULL for the zero bound.
func boundArgs(b orb.Bound) []any {
	if b == (orb.Bound{}) {
		return []any{nil, nil, nil, nil}
	}
	return []any{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
}

// SetSetting keeps a value under a key, as JSON; nil removes it.
func (tx *Tx) SetSetting(key string, value any) error {
	if tx.done {
		return errors.New("the edit has ended")
	}
	return putSetting(tx.ctx, tx.conn, key, value)
}

// Setting reads a setting as Project.Setting does, with the changes of this edit.
func (tx *Tx) Setting(key string, into any) (found bool, err error) {
	return getSetting(tx.ctx, tx.conn, key, into)
}

// SetKommun changes the municipality that the project is about.
func (tx *Tx) SetKommun(k model.Kommun) error { return tx.SetSetting(settingKommun, kommunRow(k)) }
