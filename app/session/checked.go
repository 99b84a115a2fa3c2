package session

import (
	"bytes"
	"io"
	"strings"

	"nabar/internal/i18n"
	"nabar/reports"
	"nabar/reports/pdf"
	"nabar/reports/pdf/check"
)

// checkedPlan writes a document as a PDF that the checker has passed.
func checkedPlan(w io.Writer, d *reports.Document) error {
	return checked(w, func(w io.Writer) error { return pdf.Write(w, d) })
}

// checked lets the checker read a PDF before it is handed out. One with faults is not: the Problem lists them, and nothing
// is written.
func checked(w io.Writer, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	if faults := check.File(b.Bytes()); len(faults) > 0 {
		return refusal(faults)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// refusal tells why a file is not handed out.
func refusal(faults []check.Fault) error {
	said := make([]string, len(faults))
	for i, f := range faults {
		said[i] = f.String()
	}
	return i18n.Errorf("out.check_failed", len(faults), strings.Join(said, "; "))
}
