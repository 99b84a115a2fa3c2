package session_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"nabar/app/session"
	"nabar/model/manuscript"
)

// benchmarkProof measures from a letter in the text to the picture of the page with the map below it, the figures at hand.
func benchmarkProof(b *testing.B, s *session.Session) {
	m, err := s.NewManuscript(b.Context(), manuscript.Serviceplan, "", nil)
	if err != nil {
		b.Fatal(err)
	}
	p := s.NewProof()
	defer p.Close()
	if _, err := p.Lay(b.Context(), m, nil); err != nil {
		b.Fatal(err)
	}
	at, of := 0, 0 // chapter and index of the last map
	for i := range m.Chapters {
		for k := range m.Chapters[i].Blocks {
			if l := m.Chapters[i].Blocks[k].Living; l != nil && l.Kind == manuscript.Map {
				at, of = i, k
			}
		}
	}
	c := m.Chapters[at]
	p.Picture(p.Page(c.ID, of), 480)
	worst := time.Duration(0)
	for b.Loop() {
		begun := time.Now()
		fresh := m.Copy()
		blocks := &fresh.Chapters[at].Blocks
		*blocks = slices.Insert(*blocks, of, manuscript.Block{Type: manuscript.Paragraph, Runs: []manuscript.Run{{Text: begun.String()}}})
		if _, err := p.Lay(b.Context(), fresh, nil); err != nil {
			b.Fatal(err)
		}
		if p.Picture(p.Page(c.ID, of+1), 480) == nil {
			b.Fatal("no page")
		}
		worst = max(worst, time.Since(begun))
	}
	b.ReportMetric(float64(p.Count()), "pages")
	b.ReportMetric(float64(worst.Milliseconds()), "worst-ms")
}

// BenchmarkDemoProof does so for the demo kommun.
func BenchmarkDemoProof(b *testing.B) {
	s := session.New("sv")
	defer s.Close()
	if err := s.CreateDemo(b.Context(), filepath.Join(b.TempDir(), "demo.gpkg"), nil); err != nil {
		b.Fatal(err)
	}
	benchmarkProof(b, s)
}

// BenchmarkGotlandProof does so for Gotland: a page with a map of the full road network.
func BenchmarkGotlandProof(b *testing.B) { benchmarkProof(b, gotland(b)) }
