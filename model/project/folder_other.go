//go:build !linux && !windows

package project

// onNetwork is not known on this system.
func onNetwork(string) bool { return false }
