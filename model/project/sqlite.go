package project

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"nabar/internal/i18n"
)

// limitAttached is SQLITE_LIMIT_ATTACHED. With it at 0 no statement on a connection can reach another file, not even
// one that a hostile project carries in its undo log.
const limitAttached = 7

// pragmas of every connection. Beside the durability that the package promises they make a damaged file show itself
// as an error rather than as a wrong answer.
var (
	writerPragmas = []string{"busy_timeout(5000)", "foreign_keys(1)", "synchronous(EXTRA)", "secure_delete(1)", "cell_size_check(1)", "mmap_size(0)"}
	readerPragmas = []string{"busy_timeout(5000)", "query_only(1)", "trusted_schema(0)", "cell_size_check(1)", "mmap_size(0)"}
)

// dataSource gives SQLite's URI for a file, in which a path may hold any character. mode is "ro", "rw" or, for a file
// on a disk that can't be written at all, "ro&immutable=1".
func dataSource(path, mode string, pragmas []string) string {
	path = filepath.ToSlash(path)
	if runtime.GOOS == "windows" && !strings.HasPrefix(path, "/") {
		path = "/" + path // file:///C:/…
	}
	var b strings.Builder
	b.WriteString("file://" + (&url.URL{Path: path}).EscapedPath() + "?mode=" + mode)
	for _, pragma := range pragmas {
		b.WriteString("&_pragma=" + url.QueryEscape(pragma))
	}
	return b.String()
}

// openDB opens a pool of connections to a project and makes sure that the first one works. connections is how many it
// keeps; a pool of more than one may grow, so that a read inside a read never waits for a connection.
func openDB(ctx context.Context, path, mode string, pragmas []string, connections int) (*sql.DB, error) {
	registerSpatial()
	db, err := sql.Open("sqlite", dataSource(path, mode, pragmas))
	if err != nil {
		return nil, err
	}
	if connections == 1 {
		db.SetMaxOpenConns(1)
	}
	db.SetMaxIdleConns(connections)
	if err := db.PingContext(ctx); err != nil {
		_ = db.Close()
		return nil, err
	}
	return db, nil
}

// only takes the single connection of a pool, for as long as the project is open, and shuts it off from other files.
func only(ctx context.Context, db *sql.DB) (*sql.Conn, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := sqlite.Limit(conn, limitAttached, 0); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return conn, nil
}

// ident quotes an identifier.
func ident(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// text quotes a string for use inside a statement, where no parameter can stand.
func text(s string) string { return `'` + strings.ReplaceAll(s, `'`, `''`) + `'` }

// problem turns an error of SQLite into a sentence for the user; others are given back as they are.
func (p *Project) problem(err error) error { return problemOf(err, filepath.Base(p.path)) }

// problemOf is problem for a file that is not open yet.
func problemOf(err error, name string) error {
	var fault *sqlite.Error
	var said *i18n.Problem
	if err == nil || errors.As(err, &said) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || !errors.As(err, &fault) {
		return err
	}
	key := ""
	switch fault.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		key = "project.disk_full"
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		key = "project.busy"
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		key = "project.not_writable"
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN:
		key = "project.disk_error"
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		key = "project.damaged_now"
	default:
		return err
	}
	return &i18n.Problem{Message: i18n.M(key, name), Cause: err}
}
