package project

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"modernc.org/sqlite"

	"nabar/internal/i18n"
)

// keptBackups is how many backups of a project are kept.
const keptBackups = 5

// backupStamp is the moment in a backup's name, in UTC: the names sort by age.
const backupStamp = "20060102T150405.000Z"

// Backup writes a copy of the project, as of its last edit, and makes sure that it can be opened. It refuses a path
// where something lies already, and leaves nothing behind when it fails.
func (p *Project) Backup(ctx context.Context, path string) error {
	if err := p.gate.enter(ctx, false); err != nil {
		return err
	}
	defer p.gate.leave()
	return p.problem(p.backup(ctx, path))
}

// RotateBackup writes a backup into the folder of the project's backups, removes the oldest above five, and gives the
// backup's path. It runs by itself before the file is brought to a new version.
func (p *Project) RotateBackup(ctx context.Context) (string, error) {
	dir := backupFolder(p.path)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", &i18n.Problem{Message: i18n.M("project.backup_failed", dir), Cause: err}
	}
	path := filepath.Join(dir, stem(p.path)+" "+time.Now().UTC().Format(backupStamp)+".gpkg")
	if err := p.Backup(ctx, path); err != nil {
		return "", err
	}
	backups := backupsOf(p.path)
	for len(backups) > keptBackups {
		if err := os.Remove(backups[0]); err != nil {
			return path, &i18n.Problem{Message: i18n.M("project.backup_failed", dir), Cause: err}
		}
		backups = backups[1:]
	}
	return path, nil
}

// stem is a file's name without its ending.
func stem(path string) string { return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)) }

// backupFolder is where the backups of a project lie: beside it, under its own name.
func backupFolder(path string) string {
	return filepath.Join(filepath.Dir(path), stem(path)+" säkerhetskopior")
}

// backupsOf lists the backups of a project, the oldest first. Other files in the folder are left out.
func backupsOf(path string) []string {
	entries, err := os.ReadDir(backupFolder(path))
	if err != nil {
		return nil
	}
	var out []string
	for _, entry := range entries {
		stamp, ok := strings.CutPrefix(entry.Name(), stem(path)+" ")
		if _, err := time.Parse(backupStamp, strings.TrimSuffix(stamp, ".gpkg")); ok && err == nil && entry.Type().IsRegular() {
			out = append(out, filepath.Join(backupFolder(path), entry.Name()))
		}
	}
	slices.Sort(out)
	return out
}

// backup copies to a file of another name, looks at it, and only then gives it its own.
func (p *Project) backup(ctx context.Context, path string) (err error) {
	if _, err := os.Lstat(path); err == nil {
		return i18n.Errorf("project.exists", filepath.Base(path), filepath.Dir(path))
	}
	part, err := os.CreateTemp(filepath.Dir(path), ".nabar-*.part")
	if err != nil {
		return &i18n.Problem{Message: i18n.M("project.backup_failed", filepath.Dir(path)), Cause: err}
	}
	defer func() {
		if err != nil {
			_ = os.Remove(part.Name())
		}
	}()
	if err := part.Close(); err != nil {
		return err
	}
	if err := p.copyTo(ctx, part.Name()); err != nil {
		return err
	}
	if _, err := check(ctx, part.Name(), "ro"); err != nil {
		return &i18n.Problem{Message: i18n.M("project.backup_failed", filepath.Dir(path)), Cause: err}
	}
	if err := os.Chmod(part.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(part.Name(), path)
}

// backuper is the part of the driver's connection that copies a database page by page.
type backuper interface {
	NewBackup(string) (*sqlite.Backup, error)
}

// copyTo copies the database into an empty file and waits until it is on the disk.
func (p *Project) copyTo(ctx context.Context, path string) error {
	conn := p.conn
	if p.read != nil { // while a project is being opened there is the writer alone
		var err error
		if conn, err = p.read.Conn(ctx); err != nil {
			return err
		}
		defer conn.Close()
	}
	return conn.Raw(func(driver any) error {
		source, ok := driver.(backuper)
		if !ok {
			return fmt.Errorf("%T can't copy a database", driver)
		}
		b, err := source.NewBackup(dataSource(path, "rw", []string{"synchronous(EXTRA)"}))
		if err != nil {
			return err
		}
		for more := true; more && err == nil; {
			if err = ctx.Err(); err == nil {
				more, err = b.Step(1000)
			}
		}
		return errors.Join(err, b.Finish())
	})
}
