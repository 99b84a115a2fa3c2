package project

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration brings the schema from version-1 to version.
type migration struct {
	version int
	sql     string
}

// migrations reads the steps of a folder of files named 0001_what.sql, in order and without gaps.
func migrations(files fs.FS) ([]migration, error) {
	names, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	out := make([]migration, len(names))
	for i, name := range names {
		version, err := strconv.Atoi(name[len("migrations/") : len("migrations/")+4])
		if err != nil || version != i+1 {
			return nil, fmt.Errorf("migration %s should be number %d", name, i+1)
		}
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		out[i] = migration{version: version, sql: string(content)}
	}
	return out, nil
}

// migrate runs the steps above the file's version, each in its own transaction: a crash between two leaves a valid
// project of the version that it had reached.
func (p *Project) migrate(ctx context.Context, steps []migration, from int) error {
	for _, step := range steps[from:] {
		err := p.transaction(ctx, func(c *sql.Conn) error {
			if _, err := c.ExecContext(ctx, step.sql); err != nil {
				return fmt.Errorf("migration %d: %w", step.version, err)
			}
			if err := finish(ctx, c, step.version); err != nil {
				return err
			}
			_, err := c.ExecContext(ctx, `INSERT INTO nabar_schema(id,version) VALUES(1,?) ON CONFLICT(id) DO UPDATE SET version=excluded.version`, step.version)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// The marks in the header of a GeoPackage: "GPKG", and version 1.3 of the standard.
const (
	applicationID = 0x47504B47
	gpkgVersion   = 10300
)

// finish does what a file of SQL can't: the header's marks, and the triggers that are made from a table's columns.
func finish(ctx context.Context, c *sql.Conn, version int) error {
	if version == 1 {
		for _, pragma := range []string{fmt.Sprint("application_id=", applicationID), fmt.Sprint("user_version=", gpkgVersion)} {
			if _, err := c.ExecContext(ctx, "PRAGMA "+pragma); err != nil {
				return err
			}
		}
	}
	for _, t := range systemTables {
		if t.since != version {
			continue
		}
		if err := createLog(ctx, c, t); err != nil {
			return err
		}
	}
	return nil
}
