package table

// IsNull tells whether a cell stands for a missing value: empty, or one of the signs that statistics offices and
// spreadsheets use. SCB's "-" (nothing to report) is null as well: what the office does not print as 0 is not made 0.
func IsNull(cell string) bool {
	s := trim(cell)
	if len(s) > len("#SAKNAS!") {
		return false
	}
	switch s {
	case "", "..", ".", "-", "–", "—", "NA", "N/A", "n/a", "#N/A", "#SAKNAS!", "NULL", "null", "NaN":
		return true
	}
	return false
}
