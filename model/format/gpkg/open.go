package gpkg

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"modernc.org/sqlite" // the driver, and its limits

	"nabar/internal/i18n"
	"nabar/model/format"
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
	temp   string // folder of the temporary copy; "" for none
	db     *sql.DB
	conn   *sql.Conn
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
	var errs []error
	if s.conn != nil {
		errs = append(errs, s.conn.Close())
	}
	if s.db != nil {
		errs = append(errs, s.db.Close())
	}
	if s.temp != "" {
		errs = append(errs, os.RemoveAll(s.temp))
	}
	return errors.Join(errs...)
}

// The run-time limits of SQLite that are lowered, by their numbers in sqlite3.h.
const (
	limitLength   = 0
	limitAttached = 7
)

// open connects to the database with everything switched off that a file could misuse.
func (s *source) open(ctx context.Context, path string) error {
	target, immutable, err := s.settle(ctx, path)
	if err != nil {
		return err
	}
	query := url.Values{"_pragma": {"trusted_schema(0)", "cell_size_check(1)", "mmap_size(0)", "query_only(1)"}}
	if immutable {
		query.Set("immutable", "1")
		query.Set("mode", "ro")
	}
	absolute, err := filepath.Abs(target)
	if err != nil {
		return err
	}
	absolute = filepath.ToSlash(absolute)
	if !strings.HasPrefix(absolute, "/") {
		absolute = "/" + absolute // a drive letter
	}
	address := url.URL{Scheme: "file", OmitHost: true, Path: absolute, RawQuery: query.Encode()}
	if s.db, err = sql.Open("sqlite", address.String()); err != nil {
		return s.damaged(err)
	}
	s.db.SetMaxOpenConns(1)
	if s.conn, err = s.db.Conn(ctx); err != nil {
		return s.fail(ctx, err)
	}
	for id, limit := range map[int]int{limitLength: format.MaxCellBytes, limitAttached: 0} {
		if _, err := sqlite.Limit(s.conn, id, limit); err != nil {
			return s.damaged(err)
		}
	}
	return s.check(ctx)
}

// journals are the files that SQLite keeps beside a database while someone writes to it, or after a crash.
var journals = []string{"-wal", "-journal"}

// settle decides what is opened: the file itself where nothing is pending, else a copy of it with its journals.
func (s *source) settle(ctx context.Context, path string) (target string, immutable bool, err error) {
	var pending []string
	for _, suffix := range journals {
		if info, err := os.Stat(path + suffix); err == nil && info.Mode().IsRegular() && info.Size() > 0 {
			pending = append(pending, suffix)
		}
	}
	if len(pending) == 0 {
		return path, true, nil
	}
	if s.temp, err = os.MkdirTemp("", "nabar-gpkg-"); err != nil {
		return "", false, err
	}
	target = filepath.Join(s.temp, "copy.gpkg")
	for _, suffix := range append([]string{""}, pending...) {
		if err := copyFile(ctx, path+suffix, target+suffix); err != nil {
			return "", false, err
		}
	}
	return target, false, nil
}

// copyFile copies a file, looking at ctx now and then.
func copyFile(ctx context.Context, from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	for {
		if err = ctx.Err(); err != nil {
			break
		}
		if _, err = io.CopyN(out, in, 4<<20); err != nil {
			break
		}
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return errors.Join(err, out.Close())
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
