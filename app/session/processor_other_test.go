//go:build !linux

package session_test

import "testing"

// perOperation reports the processor time of an operation, where that can be asked for.
func perOperation(*testing.B) func() { return func() {} }
