package session

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"nabar/internal/i18n"
	"nabar/model/manuscript"
)

// titles are the titles of a document's chapters with their levels as dots before them.
func titles(t *testing.T, s *Session, id int64) string {
	t.Helper()
	m, err := s.Manuscript(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, c := range m.Chapters {
		out = append(out, strings.Repeat(".", c.Level-1)+c.Title)
	}
	return strings.Join(out, "|")
}

// blankSession is an empty project.
func blankSession(t *testing.T) *Session {
	t.Helper()
	s := New("sv")
	t.Cleanup(func() { s.Close() })
	if err := s.Create(t.Context(), filepath.Join(t.TempDir(), "p.gpkg"), "0980"); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestChaptersAreTheUsers(t *testing.T) {
	s, ctx := blankSession(t), t.Context()
	m, err := s.NewManuscript(ctx, manuscript.Own, "Mitt dokument", nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SetManuscriptText(ctx, m, "= A\n\nEtt\n\n== B\n\nTvå\n\n=== C\n\n= D\n\nTre\n"); err != nil {
		t.Fatal(err)
	}
	m, _ = s.Manuscript(ctx, m.ID)
	a, b, d := m.Chapters[0].ID, m.Chapters[1].ID, m.Chapters[3].ID
	level := func(i, to int) func() error {
		return func() error {
			c := m.Chapters[i]
			c.Level = to
			return s.UpdateChapter(ctx, m.ID, c)
		}
	}
	steps := []struct {
		name string
		do   func() error
		want string
	}{
		{"move with what is under it", func() error { return s.MoveChapter(ctx, m.ID, a, 1) }, "D|A|.B|..C"},
		{"promote with what is under it", level(1, 1), "D|A|B|.C"},
		{"add", func() error {
			_, err := s.AddChapter(ctx, m.ID, 1, manuscript.Chapter{Title: " Ny  del ", Level: 3})
			return err
		}, "D|.Ny del|A|B|.C"},
		{"remove with what is under it", func() error { return s.RemoveChapter(ctx, m.ID, b) }, "D|.Ny del|A"},
		{"move last", func() error { return s.MoveChapter(ctx, m.ID, d, 99) }, "A|D|.Ny del"},
		{"rename", func() error {
			return s.UpdateChapter(ctx, m.ID, manuscript.Chapter{ID: a, Title: "Början", Level: 1})
		}, "Början|D|.Ny del"},
	}
	seen := []string{titles(t, s, m.ID)}
	for _, step := range steps {
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if got := titles(t, s, m.ID); got != step.want {
			t.Errorf("%s gives %s, want %s", step.name, got, step.want)
		}
		seen = append(seen, titles(t, s, m.ID))
	}
	for i := len(steps) - 1; i >= 0; i-- {
		if _, err := s.Undo(ctx); err != nil || titles(t, s, m.ID) != seen[i] {
			t.Errorf("undo of %s gives %s (%v), want %s", steps[i].name, titles(t, s, m.ID), err, seen[i])
		}
	}
	if text, _ := s.ManuscriptText(ctx, m); text != "= A\n\nEtt\n\n== B\n\nTvå\n\n=== C\n\n= D\n\nTre\n" {
		t.Errorf("text is\n%s", text)
	}
	if err := s.UpdateChapter(ctx, m.ID, manuscript.Chapter{ID: a, Title: "A", Level: 2}); err == nil {
		t.Error("the first chapter became a section")
	}
	if _, err := s.NewManuscript(ctx, manuscript.Own, "mitt DOKUMENT", nil); err == nil {
		t.Error("two documents got the same title")
	}
}

func TestPartsAreRemovedAndPutBack(t *testing.T) {
	s, ctx := blankSession(t), t.Context()
	m, err := s.NewManuscript(ctx, manuscript.Serviceplan, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	before := titles(t, s, m.ID)
	if err := s.RemoveChapter(ctx, m.ID, m.Chapters[m.Part("begrepp")].ID); err != nil {
		t.Fatal(err)
	}
	m, _ = s.Manuscript(ctx, m.ID)
	missing, err := s.MissingChapters(ctx, m)
	if err != nil || len(missing) != 1 || missing[0].Key != "begrepp" {
		t.Fatalf("missing %v, %v", missing, err)
	}
	if _, err := s.PutBackChapter(ctx, m, "begrepp"); err != nil || titles(t, s, m.ID) != before {
		t.Errorf("put back to %s (%v), want %s", titles(t, s, m.ID), err, before)
	}
	if _, err := s.PutBackChapter(ctx, m, "syfte"); err == nil {
		t.Error("a chapter that is there was put back")
	}
}

func TestABurstOfTypingIsOneStep(t *testing.T) {
	s, ctx := blankSession(t), t.Context()
	clock := time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)
	s.now = func() time.Time { return clock }
	m, err := s.NewManuscript(ctx, manuscript.Own, "Text", nil)
	if err != nil {
		t.Fatal(err)
	}
	id := m.Chapters[0].Blocks[0].ID
	write := func(text string) {
		t.Helper()
		b := manuscript.Block{ID: id, Type: manuscript.Paragraph, Runs: []manuscript.Run{{Text: text}}}
		if err := s.UpdateBlock(ctx, m.ID, b); err != nil {
			t.Fatal(err)
		}
	}
	read := func() string {
		t.Helper()
		m, err := s.Manuscript(ctx, m.ID)
		if err != nil {
			t.Fatal(err)
		}
		return manuscript.Text(m.Block(id).Runs)
	}
	history := func() int {
		steps, err := s.project.History(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return len(steps)
	}
	steps := history()
	for i := range len("Nära") {
		clock = clock.Add(time.Second)
		write("Nära"[:i+1])
	}
	clock = clock.Add(typingPause)
	write("Nära till mat")
	clock = clock.Add(time.Second)
	write("Nära till maten")
	if got := history() - steps; got != 2 {
		t.Errorf("typing made %d steps, want 2", got)
	}
	for _, want := range []string{"Nära", "Skriv här."} {
		if _, err := s.Undo(ctx); err != nil || read() != want {
			t.Errorf("undo gives %q (%v), want %q", read(), err, want)
		}
	}
	for _, want := range []string{"Nära", "Nära till maten"} {
		if _, err := s.Redo(ctx); err != nil || read() != want {
			t.Errorf("redo gives %q (%v), want %q", read(), err, want)
		}
	}
	// After an undo, and after another edit, typing is a step of its own.
	if _, err := s.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	write("Nära till allt")
	if err := s.RenameManuscript(ctx, m.ID, "Texten"); err != nil {
		t.Fatal(err)
	}
	write("Nära till allt annat")
	if _, err := s.Undo(ctx); err != nil || read() != "Nära till allt" {
		t.Errorf("undo gives %q, %v", read(), err)
	}
}

func TestChangedBlocksKeepTheirPlaces(t *testing.T) {
	s, ctx := blankSession(t), t.Context()
	m, err := s.NewManuscript(ctx, manuscript.Own, "Text", nil)
	if err != nil {
		t.Fatal(err)
	}
	chapter := m.Chapters[0].ID
	ids := func() []int64 {
		now, _ := s.Manuscript(ctx, m.ID)
		var out []int64
		for _, b := range now.Chapters[0].Blocks {
			out = append(out, b.ID)
		}
		return out
	}
	if err := s.SetChapterText(ctx, m, chapter, "Ett\n\nTvå\n\n- tre\n"); err != nil {
		t.Fatal(err)
	}
	before := ids()
	if err := s.SetChapterText(ctx, m, chapter, "Ett\n\nNytt\n\nTvå och lite till\n\n- tre\n"); err != nil {
		t.Fatal(err)
	}
	after := ids()
	if len(after) != 4 || after[0] != before[0] || after[3] != before[2] || !slices.Contains(after, before[1]) {
		t.Errorf("ids %v became %v", before, after)
	}
	if step, _ := s.CanUndo(ctx); step.Key != "text.step_write" {
		t.Errorf("the step is called %v", step)
	}
	if _, err := s.FindManuscript(ctx, "OWN"); err != nil {
		t.Error(err)
	}
	if _, err := s.FindManuscript(ctx, "annat"); err == nil || i18n.For("sv").Error(err) == "" {
		t.Error("an unknown document was found")
	}
}
