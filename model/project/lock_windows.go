package project

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// errorSharingViolation is Windows' code for a file that another handle keeps to itself.
const errorSharingViolation syscall.Errno = 32

// openLockFile opens the lock file so that others may read but not write it; Windows lets go of it with the process.
func openLockFile(path string) (*os.File, error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	handle, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, syscall.FILE_SHARE_READ,
		nil, syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_HIDDEN, 0)
	switch {
	case errors.Is(err, errorSharingViolation):
		return nil, errLocked
	case errors.Is(err, fs.ErrPermission):
		return nil, errReadOnly
	case err != nil:
		return nil, err
	}
	return os.NewFile(uintptr(handle), path), nil
}

// removeLockFile lets go of the file, then removes it; Windows can't remove an open one.
func removeLockFile(l *lock) error {
	err := l.file.Close()
	if removed := os.Remove(l.path); errors.Is(removed, errorSharingViolation) {
		return err // the next window has it already
	}
	return err
}
