package session

import (
	"context"
	"io"
	"path/filepath"
	"testing"

	"nabar/internal/testdata"
	"nabar/reports"
	"nabar/reports/pdf"
)

// gotlandDocument is the plan of Gotland with more than a plan holds: at least ten chapters, eight maps with the whole road
// network, twelve tables and six charts.
func gotlandDocument(t testing.TB) *reports.Document {
	t.Helper()
	ctx := context.Background()
	s := New("sv")
	t.Cleanup(func() { s.Close() })
	if err := s.Create(ctx, filepath.Join(t.TempDir(), "g.gpkg"), "0980"); err != nil {
		t.Fatal(err)
	}
	dir := testdata.Dir(t, "gotland")
	for _, file := range []string{
		"nvdb_tillganglighetsvagnat_gotland_20240101.gpkg", "scb_befolkning_1km_gotland_2024.gpkg", "servicestallen_gotland.csv", "kommungrans_gotland.geojson",
	} {
		if _, err := s.Import(ctx, filepath.Join(dir, file), ImportOptions{}, nil); err != nil {
			t.Fatal(err)
		}
	}
	doc, _, err := s.Document(ctx, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range doc.Figures() {
		if f.Fill {
			doc.Chapter("Karta")
			doc.Add(f)
		}
	}
	return doc
}

// TestGotlandDocumentIsLarge holds the document that is measured to what is promised of it, and lets the checker read it.
func TestGotlandDocumentIsLarge(t *testing.T) {
	doc := gotlandDocument(t)
	chapters, maps := 0, 0
	for _, h := range doc.Headings() {
		if h.Level == 1 {
			chapters++
		}
	}
	for _, f := range doc.Figures() {
		if f.Fill {
			maps++
		}
	}
	if charts := len(doc.Figures()) - maps; chapters < 10 || maps < 8 || len(doc.Tables()) < 12 || charts < 6 {
		t.Errorf("%d chapters, %d maps, %d tables, %d charts", chapters, maps, len(doc.Tables()), charts)
	}
	var size byteCount
	if err := checkedPlan(&size, doc); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes", size)
	if size > 5<<20 {
		t.Errorf("%d bytes, want at most 5 MB", size)
	}
}

// byteCount counts bytes.
type byteCount int

func (c *byteCount) Write(p []byte) (int, error) {
	*c += byteCount(len(p))
	return len(p), nil
}

// BenchmarkGotlandDocument writes that document as PDF, with the checker's reading.
func BenchmarkGotlandDocument(b *testing.B) {
	doc := gotlandDocument(b)
	b.ReportAllocs()
	for b.Loop() {
		if err := checkedPlan(io.Discard, doc); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkGotlandPreview lays that document out and draws one of its map pages, as after a change in the text.
func BenchmarkGotlandPreview(b *testing.B) {
	doc := gotlandDocument(b)
	var anchor string
	for _, f := range doc.Figures() {
		if f.Fill {
			anchor = f.Anchor
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		p, err := pdf.NewPages(doc)
		if err != nil {
			b.Fatal(err)
		}
		page, _, _ := p.Find(anchor)
		p.Image(page, 96)
	}
}
