package project

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
)

// keptPart is the size of one row of kept bytes, so that no transaction is long.
const keptPart = 4 << 20

// keptHead is the last row that Keep writes, and what makes the others count.
type keptHead struct {
	Key   string `json:"key"`
	Parts int    `json:"parts"`
	Bytes int    `json:"bytes"`
}

// Kept gives the bytes that Keep stored last under a name, nil where they were stored for another key or there are none.
// What is kept can always be made anew, so nothing about it is an error: a table that another program has spoiled is as
// good as none. Whoever reads them must know by their own digest that they are whole.
func (p *Project) Kept(ctx context.Context, name, key string) (content []byte) {
	_ = p.reading(ctx, func(db *sql.DB) error {
		head, err := readKeptHead(ctx, db, name)
		if err != nil || head.Key != key || head.Parts < 0 || head.Bytes < 0 {
			return err
		}
		parts, err := collect(ctx, db, func(rows *sql.Rows) (part []byte, err error) {
			return part, rows.Scan(&part)
		}, `SELECT content FROM nabar_kept WHERE name=? AND part BETWEEN 1 AND ? ORDER BY part`, name, head.Parts)
		if err != nil || len(parts) != head.Parts {
			return err
		}
		if whole := slices.Concat(parts...); len(whole) == head.Bytes {
			content = whole
		}
		return nil
	})
	return content
}

// IsKept tells whether there are bytes under a name for a key, without reading them.
func (p *Project) IsKept(ctx context.Context, name, key string) (is bool) {
	_ = p.reading(ctx, func(db *sql.DB) error {
		head, err := readKeptHead(ctx, db, name)
		is = err == nil && head.Key == key
		return err
	})
	return is
}

// readKeptHead reads what is kept under a name.
func readKeptHead(ctx context.Context, q querier, name string) (head keptHead, err error) {
	var content []byte
	if err := q.QueryRowContext(ctx, `SELECT content FROM nabar_kept WHERE name=? AND part=0`, name).Scan(&content); err != nil {
		return head, err
	}
	return head, json.Unmarshal(content, &head)
}

// Keep stores bytes that can be made anew under a name, in place of the earlier ones, for as long as key stays what it is:
// the program's own preparation, such as the order of a network's nodes. It is no undo step, changes nothing that other
// programs see, and lets edits in between its transactions: each writes a few megabytes. Where it ends early nothing
// is kept. The table is made when it is first needed, so that older versions of the program open the file as before.
func (p *Project) Keep(ctx context.Context, name, key string, content []byte) error {
	if err := p.unkeep(ctx, name); err != nil {
		return err
	}
	head := keptHead{Key: key, Bytes: len(content)}
	for part := range slices.Chunk(content, keptPart) {
		head.Parts++
		if err := p.keepPart(ctx, name, head.Parts, part); err != nil {
			return err
		}
	}
	last, err := json.Marshal(head)
	if err != nil {
		return err
	}
	return p.keepPart(ctx, name, 0, last)
}

// keepPart writes one row.
func (p *Project) keepPart(ctx context.Context, name string, part int, content []byte) error {
	return p.writing(ctx, func(c *sql.Conn) error {
		_, err := c.ExecContext(ctx, `INSERT INTO nabar_kept(name,part,content) VALUES(?,?,?) ON CONFLICT(name,part) DO UPDATE SET content=excluded.content`,
			name, part, content)
		return err
	})
}

// unkeep makes room under a name: it makes the table where there is none, takes the head away, and then the parts, a
// few at a time since the pages of what is removed are overwritten.
func (p *Project) unkeep(ctx context.Context, name string) error {
	err := p.writing(ctx, func(c *sql.Conn) error {
		if err := makeKept(ctx, c); err != nil {
			return err
		}
		_, err := c.ExecContext(ctx, `DELETE FROM nabar_kept WHERE name=? AND part=0`, name)
		return err
	})
	for err == nil {
		err = p.writing(ctx, func(c *sql.Conn) error {
			result, err := c.ExecContext(ctx, `DELETE FROM nabar_kept WHERE rowid IN (SELECT rowid FROM nabar_kept WHERE name=? LIMIT 2)`, name)
			if err != nil {
				return err
			}
			if gone, err := result.RowsAffected(); err != nil || gone == 0 {
				return errors.Join(err, errUnchanged)
			}
			return nil
		})
	}
	if errors.Is(err, errUnchanged) {
		return nil
	}
	return err
}

// makeKept makes the table and registers it among the program's own.
func makeKept(ctx context.Context, c *sql.Conn) error {
	if _, err := c.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS nabar_kept (
  name TEXT NOT NULL,
  part INTEGER NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (name, part)
)`); err != nil {
		return err
	}
	return unlogged(ctx, c, func() error {
		_, err := c.ExecContext(ctx, `INSERT OR IGNORE INTO gpkg_extensions(table_name,column_name,extension_name,definition,scope)
  SELECT 'nabar_kept',NULL,'nabar_project','Tables of the planning program Nåbar: what it has prepared, which it can make anew.','read-write'
  WHERE NOT EXISTS(SELECT 1 FROM gpkg_extensions WHERE table_name='nabar_kept')`)
		return err
	})
}
