//go:build unix

package project

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// openLockFile opens and locks the lock file.
func openLockFile(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o666)
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return nil, errReadOnly
	case err != nil:
		return nil, err
	}
	_ = file.Chmod(0o666) // a crash may leave the file behind: then another user must be able to lock it too
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return file, nil
	}
	_ = file.Close()
	switch {
	case errors.Is(err, syscall.EWOULDBLOCK):
		return nil, errLocked
	case errors.Is(err, syscall.ENOTSUP), errors.Is(err, syscall.ENOLCK), errors.Is(err, syscall.ENOSYS):
		return nil, errNoLocks
	}
	return nil, err
}

// removeLockFile removes the file before it lets go of it: the other way round, it could take away the next holder's.
func removeLockFile(l *lock) error {
	err := os.Remove(l.path)
	return errors.Join(err, l.file.Close())
}
