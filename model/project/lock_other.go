//go:build !unix && !windows

package project

import "os"

// openLockFile has no locks to offer on this system.
func openLockFile(string) (*os.File, error) { return nil, errNoLocks }

// removeLockFile closes the file.
func removeLockFile(l *lock) error { return l.file.Close() }
