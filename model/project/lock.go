package project

import (
	"errors"
	"io"
	"os"
	"path/filepath"
)

// The outcomes of taking the lock, beside success.
var (
	errLocked   = errors.New("another window holds the lock")
	errNoLocks  = errors.New("the file system knows no locks")
	errReadOnly = errors.New("the folder can't be written")
)

// lock is held by the one window that may edit a project. It is a lock of the operating system on a small file beside
// the project, and so it ends with the process however that ends: what a crash leaves behind locks nobody out. It does
// not stand on the project file itself, since closing any handle of that would drop SQLite's own locks on Unix.
type lock struct {
	file *os.File
	path string
}

// lockPath is where the lock of a project lies.
func lockPath(project string) string {
	dir, name := filepath.Split(project)
	return filepath.Join(dir, "."+name+".lock")
}

// takeLock takes the lock of a project, or tells by one of the errors above why not.
func takeLock(project string) (*lock, error) {
	path := lockPath(project)
	for range 100 {
		file, err := openLockFile(path)
		if err != nil {
			return nil, err
		}
		if same(file, path) {
			l := &lock{file: file, path: path}
			l.sign()
			return l, nil
		}
		_ = file.Close() // its last holder has just removed it: what we locked is nobody's any more
	}
	return nil, errLocked
}

// sign writes the computer's name, for the message that the next window shows. The lock holds without it.
func (l *lock) sign() {
	host, err := os.Hostname()
	if err != nil {
		return
	}
	if l.file.Truncate(0) == nil {
		_, _ = l.file.WriteAt([]byte(host), 0)
	}
}

// release gives the lock up and removes its file.
func (l *lock) release() error {
	if l == nil || l.file == nil {
		return nil
	}
	err := removeLockFile(l)
	l.file = nil
	return err
}

// lockHolder reads the name of the computer that holds the lock, "" where it can't be known.
func lockHolder(project string) string {
	file, err := os.Open(lockPath(project))
	if err != nil {
		return ""
	}
	defer file.Close()
	name, err := io.ReadAll(io.LimitReader(file, 100))
	if err != nil {
		return ""
	}
	return string(name)
}

// same tells whether path still names the opened file.
func same(file *os.File, path string) bool {
	opened, err := file.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(path)
	return err == nil && os.SameFile(opened, named)
}
