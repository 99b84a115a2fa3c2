// Package atomicfile writes a file whole or not at all.
//
// Invariant: whoever reads the path sees what stood there before or all of what was written, never a part.
package atomicfile

import (
	"io"
	"os"
	"path/filepath"

	"nabar/internal/i18n"
)

// Write makes the file at path hold what write gives. It writes beside the place first and renames when all is well.
func Write(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".nabar-*")
	if err != nil {
		return cannot(path, err)
	}
	defer os.Remove(f.Name())
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	// CreateTemp makes files for the owner alone; a plan is for sharing, as any other document is.
	if err := f.Chmod(0o644); err != nil {
		f.Close()
		return cannot(path, err)
	}
	if err := f.Close(); err != nil {
		return cannot(path, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return cannot(path, err)
	}
	return nil
}

// Check tells, before long work is done for it, whether the folder of path exists.
func Check(path string) error {
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return cannot(path, err)
	}
	return nil
}

// cannot is the Problem of a place that can't be written.
func cannot(path string, err error) error {
	return i18n.Errorf("error.cannot_write", path, err)
}
