package pdf

import (
	"fmt"

	"nabar/reports/pdf/check"
)

// checkPDF gives the faults that the checker finds in a file.
func checkPDF(data []byte) (out []string) {
	for _, f := range check.File(data) {
		out = append(out, fmt.Sprint(f))
	}
	return out
}
