// Package atomicfile writes a file whole or not at all.
//
// Invariant: whoever reads the path sees what stood there before or all of what was written, never a part.
package atomicfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

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

// WriteSet makes the files at paths, all in one folder, hold what write gives to them, all or none: when one can't be put
// in its place, those before it are put back as they were.
func WriteSet(paths []string, write func(files []io.WriteSeeker) error) error {
	dir, err := os.MkdirTemp(filepath.Dir(paths[0]), ".nabar-*")
	if err != nil {
		return cannot(paths[0], err)
	}
	s := &set{dir: dir, paths: paths}
	if err := s.fill(write); err != nil {
		os.RemoveAll(dir)
		return err
	}
	for i := range paths {
		if err := s.place(i); err != nil {
			return cannot(paths[i], errors.Join(err, s.restore(i)))
		}
	}
	return os.RemoveAll(dir)
}

// set is a number of files that are written beside their places.
type set struct {
	dir   string
	paths []string
}

// beside is where the new file, or the one that it takes the place of, lies meanwhile.
func (s *set) beside(kind string, i int) string {
	return filepath.Join(s.dir, kind+filepath.Base(s.paths[i]))
}

// fill writes the new files.
func (s *set) fill(write func(files []io.WriteSeeker) error) error {
	files := make([]io.WriteSeeker, len(s.paths))
	for i := range s.paths {
		f, err := os.OpenFile(s.beside("new-", i), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return cannot(s.paths[i], err)
		}
		defer f.Close() // a second Close of one that is closed below does no harm
		files[i] = f
	}
	if err := write(files); err != nil {
		return err
	}
	for i, f := range files {
		if err := f.(*os.File).Close(); err != nil {
			return cannot(s.paths[i], err)
		}
	}
	return nil
}

// place keeps the old file, if there is one, and puts the new one in its place. A folder is no file to take the place of.
func (s *set) place(i int) error {
	if info, err := os.Stat(s.paths[i]); err == nil && info.IsDir() {
		return &os.PathError{Op: "write", Path: s.paths[i], Err: syscall.EISDIR}
	}
	if err := os.Rename(s.paths[i], s.beside("old-", i)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.Rename(s.beside("new-", i), s.paths[i])
}

// restore puts back the old files up to the last one that was touched, and takes away those that had none before them.
// Old files that can't be put back stay beside their places.
func (s *set) restore(last int) error {
	var faults []error
	for i := range last + 1 {
		if _, err := os.Stat(s.beside("new-", i)); err != nil {
			faults = append(faults, os.Remove(s.paths[i]))
		}
		if err := os.Rename(s.beside("old-", i), s.paths[i]); !errors.Is(err, fs.ErrNotExist) {
			faults = append(faults, err)
		}
	}
	if err := errors.Join(faults...); err != nil {
		return err
	}
	return os.RemoveAll(s.dir)
}
