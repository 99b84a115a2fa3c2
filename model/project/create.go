package project

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"nabar/internal/i18n"
	"nabar/model"
)

// Create makes a new project file for a kommun and opens it. It refuses a path where something lies already.
func Create(ctx context.Context, path string, k model.Kommun) (*Project, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		path = filepath.Join(dir, filepath.Base(path))
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o666)
	if err != nil {
		return nil, createProblem(path, err)
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	p, err := create(ctx, path, k)
	if err != nil {
		_ = os.Remove(path) // our own, made a moment ago
		_ = os.Remove(path + "-journal")
		return nil, problemOf(err, filepath.Base(path))
	}
	return p, nil
}

// createProblem says why no file could be made.
func createProblem(path string, err error) error {
	name, dir := filepath.Base(path), filepath.Dir(path)
	switch {
	case errors.Is(err, fs.ErrExist):
		return i18n.Errorf("project.exists", name, dir)
	case errors.Is(err, fs.ErrNotExist):
		return i18n.Errorf("project.no_folder", dir)
	}
	return &i18n.Problem{Message: i18n.M("project.cannot_create", name, dir), Cause: err}
}

// create fills an empty file and opens it.
func create(ctx context.Context, path string, k model.Kommun) (_ *Project, err error) {
	p := &Project{path: path, gate: newGate(), lang: i18n.Swedish}
	defer func() {
		if err != nil {
			_ = p.Close()
		}
	}()
	if p.lock, err = takeLock(path); err != nil && !errors.Is(err, errNoLocks) {
		return nil, err
	}
	if err := p.openWriter(ctx); err != nil {
		return nil, err
	}
	steps, err := migrations(migrationFiles)
	if err != nil {
		return nil, err
	}
	if err := p.migrate(ctx, steps, 0); err != nil {
		return nil, err
	}
	if err := p.transaction(ctx, func(c *sql.Conn) error {
		return unlogged(ctx, c, func() error { return putSetting(ctx, c, settingKommun, kommunRow(k)) })
	}); err != nil {
		return nil, err
	}
	p.kommun = k
	p.warnings = folderWarnings(path)
	if p.read, err = openDB(ctx, path, "ro", readerPragmas, readers); err != nil {
		return nil, err
	}
	return p, nil
}

// openWriter opens the connection that edits go through.
func (p *Project) openWriter(ctx context.Context) error {
	var err error
	if p.write, err = openDB(ctx, p.path, "rw", writerPragmas, 1); err != nil {
		return err
	}
	if p.conn, err = only(ctx, p.write); err != nil {
		_ = p.write.Close()
		p.write = nil
		return err
	}
	var mode string
	if err := p.conn.QueryRowContext(ctx, "PRAGMA journal_mode=DELETE").Scan(&mode); err != nil {
		return err
	}
	p.opened, err = os.Stat(p.path)
	return err
}
