package session_test

import (
	"syscall"
	"testing"
)

// perOperation reports the processor time of an operation, which a busy machine lengthens less than the clock's: what is returned
// is to be called after the loop.
func perOperation(b *testing.B) func() {
	used := func() (r syscall.Rusage) {
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
			b.Fatal(err)
		}
		return r
	}
	before := used()
	return func() {
		now := used()
		ns := now.Utime.Nano() + now.Stime.Nano() - before.Utime.Nano() - before.Stime.Nano()
		b.ReportMetric(float64(ns)/1e6/float64(b.N), "cpu-ms/op")
	}
}
