package project

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"nabar/internal/i18n"
	"nabar/model"
)

// readers is how many connections for reading are kept open.
const readers = 4

// Project is an open project file. Close it.
type Project struct {
	path     string
	opened   os.FileInfo // identity of the file, checked before every commit
	gate     *gate
	read     *sql.DB
	write    *sql.DB   // nil where read-only
	conn     *sql.Conn // the only connection of write
	lock     *lock
	reason   i18n.Message // why read-only
	warnings []i18n.Message

	mu     sync.Mutex // guards the fields below
	kommun model.Kommun
	lang   string
}

// Path is the project file's own path: absolute, and where links lead.
func (p *Project) Path() string { return p.path }

// Kommun is the municipality that the project is about.
func (p *Project) Kommun() model.Kommun {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.kommun
}

// ReadOnly tells whether the project can only be read, and why.
func (p *Project) ReadOnly() (reason i18n.Message, yes bool) { return p.reason, !p.reason.IsZero() }

// Warnings tells what the user should know about the file as it was opened: that it lies in a folder that is
// synchronised or on another computer, or that another program has changed it.
func (p *Project) Warnings() []i18n.Message { return slices.Clone(p.warnings) }

// SetLanguage chooses the language that names of result layers are written in, "sv" or "en". Swedish is the default.
func (p *Project) SetLanguage(lang string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lang = lang
}

// Close ends the work with the project; nothing needs saving. It waits for what is running.
func (p *Project) Close() error {
	if err := p.gate.enter(context.Background(), true); err != nil {
		return err
	}
	defer p.gate.leave()
	var errs []error
	errs = append(errs, p.closeWriter())
	if p.read != nil {
		errs = append(errs, p.read.Close())
	}
	errs = append(errs, p.lock.release())
	return errors.Join(errs...)
}

// closeWriter closes the connection that edits go through.
func (p *Project) closeWriter() error {
	var errs []error
	if p.conn != nil {
		errs = append(errs, p.conn.Close())
	}
	if p.write != nil {
		errs = append(errs, p.write.Close())
	}
	p.conn, p.write = nil, nil
	return errors.Join(errs...)
}

// reading runs fn beside other readers, while nobody writes.
func (p *Project) reading(ctx context.Context, fn func(*sql.DB) error) error {
	if err := p.gate.enter(ctx, false); err != nil {
		return err
	}
	defer p.gate.leave()
	return p.problem(fn(p.read))
}

// writing runs fn alone in one transaction: it is on the disk when writing returns nil, and undone otherwise.
func (p *Project) writing(ctx context.Context, fn func(*sql.Conn) error) error {
	if err := p.gate.enter(ctx, true); err != nil {
		return err
	}
	defer p.gate.leave()
	if p.conn == nil {
		reason := p.reason
		if reason.IsZero() {
			reason = i18n.M("project.closed")
		}
		return i18n.Errorf("project.read_only", filepath.Base(p.path), reason)
	}
	return p.problem(p.transaction(ctx, fn))
}

// transaction is writing behind the gate.
func (p *Project) transaction(ctx context.Context, fn func(*sql.Conn) error) (err error) {
	if err := p.sameFile(); err != nil {
		return err
	}
	whole := context.WithoutCancel(ctx)
	if _, err := p.conn.ExecContext(whole, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	committed := false
	defer func() {
		if !committed { // after an error or a panic
			_, _ = p.conn.ExecContext(whole, "ROLLBACK") // fails only where SQLite has rolled back by itself
		}
	}()
	if err := fn(p.conn); err != nil {
		if ctx.Err() != nil {
			return ctx.Err() // SQLite's "interrupted" says less
		}
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := p.sameFile(); err != nil {
		return err
	}
	if _, err := p.conn.ExecContext(whole, "COMMIT"); err != nil {
		return err
	}
	committed = true
	return nil
}

// sameFile makes sure that the path still names the file that was opened. One that was moved or replaced would take
// writes without an error, and they would be gone.
func (p *Project) sameFile() error {
	now, err := os.Stat(p.path)
	if err != nil || !os.SameFile(p.opened, now) {
		return i18n.Errorf("project.moved", filepath.Base(p.path), filepath.Dir(p.path))
	}
	return nil
}
