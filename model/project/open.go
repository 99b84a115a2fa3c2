package project

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"nabar/internal/i18n"
)

// Open opens a project. A file that is damaged or no project is refused with a *i18n.Problem and left as it is; one
// that can be read but not written opens read-only, see ReadOnly. What another program has changed since the last time
// becomes an undo step.
func Open(ctx context.Context, path string) (*Project, error) {
	steps, err := migrations(migrationFiles)
	if err != nil {
		return nil, err
	}
	return openWith(ctx, path, steps)
}

// openWith is Open with the migrations of a given version of the program.
func openWith(ctx context.Context, path string, steps []migration) (_ *Project, err error) {
	path, err = realPath(path)
	if err != nil {
		return nil, err
	}
	p := &Project{path: path, gate: newGate(), lang: i18n.Swedish}
	defer func() {
		if err != nil {
			_ = p.Close()
			err = problemOf(err, filepath.Base(path))
		}
	}()
	mode, err := p.claim()
	if err != nil {
		return nil, err
	}
	version, err := check(ctx, path, mode)
	if err != nil {
		return nil, err
	}
	if version > len(steps) && p.reason.IsZero() {
		p.reason = i18n.M("project.reason_newer")
	}
	if err := p.openFor(ctx, steps, version); err != nil {
		return nil, err
	}
	if p.read, err = openDB(ctx, path, readMode(mode), readerPragmas, readers); err != nil {
		return nil, err
	}
	p.warnings = append(p.warnings, folderWarnings(path)...)
	return p, p.loadKommun(ctx)
}

// openFor opens the project for writing unless there is a reason not to, and brings it up to date.
func (p *Project) openFor(ctx context.Context, steps []migration, version int) error {
	if !p.reason.IsZero() {
		if version < len(steps) {
			return i18n.Errorf("project.old_read_only", filepath.Base(p.path), p.reason)
		}
		return p.lock.release()
	}
	err := p.openWriter(ctx)
	if isBusy(err) { // another program keeps it open in a way that shuts us out
		p.reason = i18n.M("project.reason_other_program")
		return errors.Join(p.closeWriter(), p.lock.release())
	}
	if err != nil {
		return err
	}
	if version < len(steps) {
		if _, err := p.RotateBackup(ctx); err != nil {
			return err
		}
		if err := p.migrate(ctx, steps, version); err != nil {
			return err
		}
	}
	return p.transaction(ctx, func(c *sql.Conn) error { return p.reconcile(ctx, c) })
}

// realPath follows links, so that the lock and SQLite's journal lie beside the file itself.
func realPath(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", i18n.Errorf("project.missing", filepath.Base(abs), filepath.Dir(abs))
	case err != nil:
		return "", &i18n.Problem{Message: i18n.M("project.unreadable", filepath.Base(abs)), Cause: err}
	}
	info, err := os.Stat(real)
	if err != nil {
		return "", &i18n.Problem{Message: i18n.M("project.unreadable", filepath.Base(abs)), Cause: err}
	}
	if !info.Mode().IsRegular() {
		return "", i18n.Errorf("project.folder", filepath.Base(abs))
	}
	return real, nil
}

// claim takes the project's lock, sets the reason where it can only be read, looks at the file's first bytes, and
// gives SQLite's mode for the first look inside. The bytes are left alone while another window has the file: closing
// a handle of our own would drop the locks of SQLite if that window is in this process.
func (p *Project) claim() (mode string, err error) {
	folderSealed := sealed(filepath.Dir(p.path))
	p.lock, err = takeLock(p.path)
	switch {
	case errors.Is(err, errLocked):
		p.reason = i18n.M("project.reason_locked")
		if holder := lockHolder(p.path); holder != "" {
			p.reason = i18n.M("project.reason_locked_by", holder)
		}
		return "ro", nil
	case errors.Is(err, errNoLocks):
		p.warnings = append(p.warnings, i18n.M("project.warn_no_locks"))
	case errors.Is(err, errReadOnly):
		folderSealed = true
	case err != nil:
		return "", &i18n.Problem{Message: i18n.M("project.unreadable", filepath.Base(p.path)), Cause: err}
	}
	wal, err := checkHeader(p.path)
	if err != nil {
		return "", err
	}
	if folderSealed {
		p.reason = i18n.M("project.reason_folder")
	} else if !writable(p.path) {
		p.reason = i18n.M("project.reason_file")
	}
	unfinished := holdsBytes(p.path+"-journal") || holdsBytes(p.path+"-wal")
	switch {
	case unfinished && p.reason.IsZero():
		return "rw", nil // SQLite must first take back what a crash cut short
	case !unfinished && wal && !p.reason.IsZero():
		return "ro&immutable=1", nil // else SQLite would want to write beside it
	}
	return "ro", nil
}

// readMode is the mode of the connections that read: they never write, also where the first look had to.
func readMode(first string) string {
	if first == "rw" {
		return "ro"
	}
	return first
}

// sealed tells whether a file or folder is marked as not to be written by anyone, which an administrator's account
// could write all the same.
func sealed(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().Perm()&0o222 == 0
}

// writable tells whether the file may be written.
func writable(path string) bool {
	if sealed(path) {
		return false
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return false
	}
	return file.Close() == nil
}

// holdsBytes tells whether there is a file that is not empty.
func holdsBytes(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() > 0
}

// isBusy tells whether another program's lock is to blame.
func isBusy(err error) bool {
	var fault *sqlite.Error
	return errors.As(err, &fault) && (fault.Code()&0xff == sqlite3.SQLITE_BUSY || fault.Code()&0xff == sqlite3.SQLITE_LOCKED)
}
