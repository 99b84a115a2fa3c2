package session_test

import (
	"fmt"
	"testing"

	"nabar/model/manuscript"
)

// BenchmarkGotlandKeystroke changes a block of the standard serviceplan over Gotland and composes all of its pages anew, as the
// preview does while somebody writes.
func BenchmarkGotlandKeystroke(b *testing.B) {
	s := gotland(b)
	m, err := s.NewManuscript(ctx, manuscript.Serviceplan, "", nil)
	if err != nil {
		b.Fatal(err)
	}
	if _, _, err := s.ComposeDocument(ctx, m, nil); err != nil {
		b.Fatal(err)
	}
	block := m.Chapters[0].Blocks[0]
	n := 0
	for b.Loop() {
		n++
		block.Runs = []manuscript.Run{{Text: fmt.Sprint("Förord, ", n)}}
		if err := s.UpdateBlock(ctx, m.ID, block); err != nil {
			b.Fatal(err)
		}
		now, err := s.Manuscript(ctx, m.ID)
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := s.ComposeDocument(ctx, now, nil); err != nil {
			b.Fatal(err)
		}
	}
}
