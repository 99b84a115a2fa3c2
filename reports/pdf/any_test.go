package pdf

import (
	"bytes"
	"testing"

	"nabar/reports/internal/fixture"
)

// TestAnyDocumentPassesTheCheck writes documents at random, well and badly made: whatever a planner writes, the file keeps the
// standards, and the preview has as many pages.
func TestAnyDocumentPassesTheCheck(t *testing.T) {
	for seed := range uint64(60) {
		d := fixture.Any(seed)
		var b bytes.Buffer
		out, err := Render(&b, d)
		if err != nil {
			t.Fatalf("document %d: %v", seed, err)
		}
		for _, fault := range checkPDF(b.Bytes()) {
			t.Errorf("document %d: %s", seed, fault)
		}
		p, err := NewPages(d)
		if err != nil || p.Count() != out.Pages {
			t.Errorf("document %d: the preview has other pages: %v", seed, err)
		}
	}
}
