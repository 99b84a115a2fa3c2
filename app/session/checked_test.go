package session

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/reports"
	"nabar/reports/pdf"
)

// TestFaultyFilesAreNotHandedOut holds what the checker refuses back, and tells its faults.
func TestFaultyFilesAreNotHandedOut(t *testing.T) {
	d := &reports.Document{Printer: i18n.For("sv"), Title: "Prov"}
	d.Chapter("Ett")
	d.Add(reports.Figure{Caption: "Utan ord", Width: 10, Height: 10})
	var out bytes.Buffer
	err := checkedPlan(&out, d)
	if !errors.Is(err, i18n.Errorf("out.check_failed")) || out.Len() > 0 {
		t.Fatalf("error %v, %d bytes written", err, out.Len())
	}
	if said := i18n.For("sv").Error(err); !strings.Contains(said, "figure-alt") {
		t.Errorf("the fault is not told: %s", said)
	}
	broken := errors.New("disk full")
	if err := checked(&out, func(io.Writer) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if err := checked(&out, func(w io.Writer) error {
		return pdf.Write(w, &reports.Document{Printer: i18n.For("sv"), Title: "Tomt"})
	}); err != nil || out.Len() == 0 {
		t.Errorf("a good file: %v, %d bytes", err, out.Len())
	}
}
