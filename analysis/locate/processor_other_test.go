//go:build !linux

package locate

import "time"

var began = time.Now()

// processor is the clock's time, where that of the program is not known.
func processor() time.Duration { return time.Since(began) }
