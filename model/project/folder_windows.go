package project

import (
	"path/filepath"
	"syscall"
	"unsafe"
)

// driveRemote is what GetDriveTypeW answers for a mapped network drive.
const driveRemote = 4

var getDriveType = syscall.NewLazyDLL("kernel32.dll").NewProc("GetDriveTypeW")

// onNetwork tells whether a folder lies on a mapped network drive.
func onNetwork(dir string) bool {
	root, err := syscall.UTF16PtrFromString(filepath.VolumeName(dir) + `\`)
	if err != nil {
		return false
	}
	kind, _, _ := getDriveType.Call(uintptr(unsafe.Pointer(root)))
	return kind == driveRemote
}
