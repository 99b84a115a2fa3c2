package locate

import (
	"syscall"
	"time"
)

// processor is the time that all threads of the program have worked. A machine that is busy with other things lengthens the
// clock's time many times over, and this hardly.
func processor() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
