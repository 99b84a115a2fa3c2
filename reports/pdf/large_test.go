package pdf

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"nabar/reports"
)

// large is a document with a table of 5 000 rows.
func large() *reports.Document {
	t := reports.Table{Caption: "Många rader", Columns: []reports.Column{
		{Head: "Ställe", Weight: 1},
		{Head: "Ort"},
		{Head: "Har det närmast", Align: reports.Right},
		{Head: "Andel", Align: reports.Right},
		{Head: "Längre väg, i medeltal", Align: reports.Right},
	}}
	for i := range 5000 {
		t.Rows = append(t.Rows, []string{
			fmt.Sprintf("Butiken nummer %d", i), fmt.Sprintf("Ort %d", i%97), fmt.Sprintf("1\u00a0%03d", i%1000), fmt.Sprintf("%d,%d\u00a0%%", i%100, i%10),
			fmt.Sprintf("%d,%d\u00a0km", i%30, i%10),
		})
	}
	return small(t)
}

// TestLargeTable holds a table of 5 000 rows to its size and to the checker.
func TestLargeTable(t *testing.T) {
	data := written(t, large())
	t.Logf("%d bytes", len(data))
	if len(data) > 2<<20 {
		t.Errorf("%d bytes, want at most 2 MB", len(data))
	}
	for _, fault := range checkPDF(data) {
		t.Error(fault)
	}
	if !bytes.Equal(data, written(t, large())) {
		t.Error("two exports differ")
	}
}

func BenchmarkLargeTable(b *testing.B) {
	doc := large()
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(io.Discard, doc); err != nil {
			b.Fatal(err)
		}
	}
}
