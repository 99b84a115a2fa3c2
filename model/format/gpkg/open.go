package gpkg

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"nabar/internal/i18n"
	"nabar/model/format"
	"nabar/model/format/database"
)

// New gives the GeoPackage format.
func New() format.Format { return reader{} }

// reader opens foreign GeoPackages.
type reader struct{}

// Name is the format's name in provenance.
func (reader) Name() string { return "gpkg" }

// Extensions are the usual endings.
func (reader) Extensions() []string { return []string{".gpkg"} }

// Match takes every SQLite database: whether it is a GeoPackage is told on opening, with a better sentence.
func (reader) Match(head []byte, _ string) bool {
	return bytes.HasPrefix(head, []byte("SQLite format 3\x00"))
}

// Open examines a GeoPackage. The file is opened so that SQLite writes nothing beside it; where an unfinished journal
// stands beside it, a temporary copy is examined instead.
func (reader) Open(ctx context.Context, path string, opt format.Options) (format.Source, error) {
	s := &source{name: filepath.Base(path)}
	if err := s.open(ctx, path); err != nil {
		s.Close()
		return nil, err
	}
	if err := s.examine(ctx, opt); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// source is an opened GeoPackage.
type source struct {
	name   string // of the file
	file   *database.File
	conn   *sql.Conn // of file
	layers []*layer
	// forbidden are the views that call what a file has no business to call.
	forbidden []string
}

// Format implements format.Source.
func (s *source) Format() string { return "gpkg" }

// Layers implements format.Source. That a layer has heights or measures is told once it has been read.
func (s *source) Layers() []format.LayerInfo {
	out := make([]format.LayerInfo, len(s.layers))
	for i, l := range s.layers {
		out[i] = l.info
		out[i].Warnings = slices.Clone(l.info.Warnings)
		if l.dropped > 0 {
			out[i].Warnings = append(out[i].Warnings, i18n.M("import.heights_dropped", l.dropped, l.info.Name))
		}
	}
	return out
}

// Close implements format.Source.
func (s *source) Close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}

// open connects to the database and looks whether it is whole.
func (s *source) open(ctx context.Context, path string) (err error) {
	if s.file, err = database.Open(ctx, path); err != nil {
		return s.fail(ctx, err)
	}
	s.conn = s.file.Conn
	return s.check(ctx)
}

// harmless are the beginnings of what quick_check says about contents that break a rule of the table but can be read.
var harmless = []string{"NULL value in ", "CHECK constraint failed", "TEXT value in ", "NUMERIC value in ", "BLOB value in ", "non-", "In RTree "}

// check refuses a damaged database before anything else is read from it.
func (s *source) check(ctx context.Context) error {
	rows, err := s.conn.QueryContext(ctx, "PRAGMA quick_check(100)")
	if err != nil {
		return s.fail(ctx, err)
	}
	defer rows.Close()
	for rows.Next() {
		var finding string
		if err := rows.Scan(&finding); err != nil {
			return s.fail(ctx, err)
		}
		if finding != "ok" && !isHarmless(finding) {
			return s.damaged(fmt.Errorf("quick_check: %s", finding))
		}
	}
	if err := rows.Err(); err != nil {
		return s.fail(ctx, err)
	}
	return nil
}

// isHarmless tells whether a finding of quick_check leaves the rows readable.
func isHarmless(finding string) bool {
	for _, beginning := range harmless {
		if strings.HasPrefix(finding, beginning) {
			return true
		}
	}
	return false
}

// fail gives the error to show for one of SQLite: the context's own where that ended the work.
func (s *source) fail(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return s.damaged(err)
}

// damaged is the Problem of a file that SQLite can't read.
func (s *source) damaged(err error) error {
	return &i18n.Problem{Message: i18n.M("import.gpkg_damaged", s.name), Cause: err}
}
