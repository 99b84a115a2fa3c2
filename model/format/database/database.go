// Package database opens SQLite files that others made, for the formats that are such files.
//
// Invariants: nothing is written to the file or beside it; everything is switched off that a file could misuse: it calls
// no function that it has no business to call, attaches nothing, and no value is longer than the limit of all formats.
package database

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"modernc.org/sqlite" // the driver, and its limits

	"nabar/model/format"
)

// File is an opened database with its one connection.
type File struct {
	Conn *sql.Conn
	db   *sql.DB
	temp string // folder of the temporary copy; "" for none
}

// The run-time limits of SQLite that are lowered, by their numbers in sqlite3.h.
const (
	limitLength   = 0
	limitAttached = 7
)

// Open connects to a database. Where an unfinished journal stands beside it, a temporary copy is opened instead. The errors
// are SQLite's own.
func Open(ctx context.Context, path string) (*File, error) {
	f := &File{}
	if err := f.open(ctx, path); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// open connects.
func (f *File) open(ctx context.Context, path string) error {
	target, immutable, err := f.settle(ctx, path)
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
	if f.db, err = sql.Open("sqlite", address.String()); err != nil {
		return err
	}
	f.db.SetMaxOpenConns(1)
	if f.Conn, err = f.db.Conn(ctx); err != nil {
		return err
	}
	for id, limit := range map[int]int{limitLength: format.MaxCellBytes, limitAttached: 0} {
		if _, err := sqlite.Limit(f.Conn, id, limit); err != nil {
			return err
		}
	}
	return nil
}

// Close ends the connection and takes a temporary copy away.
func (f *File) Close() error {
	var errs []error
	if f.Conn != nil {
		errs = append(errs, f.Conn.Close())
	}
	if f.db != nil {
		errs = append(errs, f.db.Close())
	}
	if f.temp != "" {
		errs = append(errs, os.RemoveAll(f.temp))
	}
	return errors.Join(errs...)
}

// Copy is the folder of the temporary copy that is open, "" where the file itself is.
func (f *File) Copy() string { return f.temp }

// journals are the files that SQLite keeps beside a database while someone writes to it, or after a crash.
var journals = []string{"-wal", "-journal"}

// Pending lists the endings of the unfinished journals beside a database.
func Pending(path string) []string {
	var pending []string
	for _, suffix := range journals {
		if info, err := os.Stat(path + suffix); err == nil && info.Mode().IsRegular() && info.Size() > 0 {
			pending = append(pending, suffix)
		}
	}
	return pending
}

// settle decides what is opened: the file itself where nothing is pending, else a copy of it with its journals.
func (f *File) settle(ctx context.Context, path string) (target string, immutable bool, err error) {
	pending := Pending(path)
	if len(pending) == 0 {
		return path, true, nil
	}
	if f.temp, err = os.MkdirTemp("", "nabar-sqlite-"); err != nil {
		return "", false, err
	}
	target = filepath.Join(f.temp, "copy.gpkg")
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
