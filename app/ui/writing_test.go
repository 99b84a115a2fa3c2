package ui

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"nabar/app/session"
	"nabar/model"
	"nabar/model/manuscript"
)

// openWritingBench is the demo kommun with a document that is written in the window.
func openWritingBench(t *testing.T, text string) (*bench, *writingTab) {
	t.Helper()
	b := openBench(t)
	m, err := b.session.NewManuscript(t.Context(), manuscript.Own, "Vår plan", nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.session.SetManuscriptText(t.Context(), m, text); err != nil {
		t.Fatal(err)
	}
	b.openWriting()
	b.written("the page is shown", func(w *writingTab) bool { return w.doc != nil && w.proof.Count() > 0 && len(w.numbers) > 0 })
	return b, b.writing
}

// written waits until something holds of the tab and nothing is on its way.
func (b *bench) written(what string, holds func(*writingTab) bool) {
	b.t.Helper()
	b.until(what, func() bool {
		w := b.writing
		return w != nil && holds(w) && !w.loading && !w.drawing && !w.looking && b.calm()
	})
}

// kept is the document as it is kept.
func (b *bench) kept() string {
	b.t.Helper()
	m, err := b.session.FindManuscript(b.t.Context(), "Vår plan")
	if err != nil {
		b.t.Fatal(err)
	}
	text, err := b.session.ManuscriptText(b.t.Context(), m)
	if err != nil {
		b.t.Fatal(err)
	}
	return text
}

// write types into what has the keyboard.
func (b *bench) write(text string) {
	b.t.Helper()
	for _, r := range text {
		b.win.Canvas().Focused().TypedRune(r)
	}
}

// strike presses keys in what has the keyboard.
func (b *bench) strike(names ...fyne.KeyName) {
	for _, n := range names {
		b.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func TestDocumentIsWrittenInTheWindow(t *testing.T) {
	b, w := openWritingBench(t, "= Syfte\n\nFörst\n\n= Läge\n\nSist\n")
	b.write(" skrivs detta.")
	b.strike(fyne.KeyReturn)
	b.write("Medel är {{medelavstånd dagl")
	b.strike(fyne.KeyReturn)
	want := "= Syfte\n\nFörst skrivs detta.\n\nMedel är {{medelavstånd dagligvaror}}\n\n= Läge\n\nSist\n"
	b.written("the text is kept", func(*writingTab) bool { return b.kept() == want })
	b.win.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyB, Modifier: fyne.KeyModifierShortcutDefault})
	m, _ := b.session.FindManuscript(t.Context(), "Vår plan")
	if f := m.Chapters[0].Blocks[1].Runs[1].Figure; f == nil {
		t.Fatalf("no figure in %+v", m.Chapters[0].Blocks[1])
	}
	b.written("what the figure shows is noted", func(*writingTab) bool {
		m, _ := b.session.FindManuscript(t.Context(), "Vår plan")
		f := m.Chapters[0].Blocks[1].Runs[1].Figure
		return f != nil && f.Shown != nil && strings.Contains(f.Shown.Text, "km")
	})
	id := w.doc.Chapters[0].ID
	w.move(id, 1)
	b.written("the chapter has moved", func(w *writingTab) bool { return w.doc.Chapters[1].ID == id && w.numbers[id] == "2" })
	w.level(id, 1)
	b.written("the chapter is a section", func(w *writingTab) bool { return w.doc.Chapters[1].Level == 2 && w.numbers[id] == "1.1" })
	w.rename(id, "Vårt syfte")
	w.hide(id, true)
	b.written("the chapter is hidden", func(w *writingTab) bool {
		return w.doc.Chapters[1].Hidden && w.doc.Chapters[1].Title == "Vårt syfte" && w.numbers[id] == ""
	})
	for range 4 {
		b.undo()
	}
	b.written("all is taken back", func(w *writingTab) bool { return b.kept() == want })
	b.undo()
	b.written("the text is taken back", func(w *writingTab) bool { return !strings.Contains(b.kept(), "medelavstånd") })
	b.redo()
	b.written("and done again", func(w *writingTab) bool { return b.kept() == want })
}

func TestNothingIsLostWhenTheTabIsClosedAtOnce(t *testing.T) {
	b, _ := openWritingBench(t, "= A\n\nx\n")
	text := " och allt detta skrivs mycket fort innan fliken stängs"
	b.write(text)
	b.closeWriting()
	if got := b.kept(); got != "= A\n\nx"+text+"\n" {
		t.Errorf("kept %q", got)
	}
	if b.writes || !b.deck.ground.Visible() || b.deck.strip.Visible() {
		t.Error("the map is not back")
	}
	b.openWriting()
	b.written("the text is there again", func(w *writingTab) bool { return w.doc != nil })
	b.write(" och mer")
	path := demoFile(t)
	if err := b.session.Open(t.Context(), path); err != nil { // as when another project is chosen
		t.Fatal(err)
	}
	b.until("the other project is shown", func() bool { return b.writing == nil && b.state.path == path && b.calm() })
}

func TestStaleFiguresAreUpdatedFromTheWindow(t *testing.T) {
	b, _ := openWritingBench(t, "= A\n\nMedel är {{medelavstånd dagligvaror}}.\n\n{{mening om nära dagligvaror}}\n")
	b.written("what is shown is noted", func(w *writingTab) bool {
		return slices.IndexFunc(w.doc.Chapters[0].Blocks, func(b manuscript.Block) bool { return b.Living != nil && b.Living.Shown != nil }) >= 0
	})
	f := b.state.snapshot.Facilities[slices.IndexFunc(b.state.snapshot.Facilities, func(f model.Facility) bool { return f.Type == "dagligvaror" && f.Closed == "" })]
	if _, err := b.session.RemovePlace(t.Context(), f.ID, true); err != nil {
		t.Fatal(err)
	}
	b.written("the figures are stale", func(w *writingTab) bool { return len(w.stale) > 0 })
	if s := b.writing.stale[0]; s.Old == "" || s.New == "" || s.Old == s.New {
		t.Errorf("stale %+v", s)
	}
	b.writing.update(b.writing.stale[:1])
	n := len(b.writing.stale)
	b.written("one is updated", func(w *writingTab) bool { return len(w.stale) == n-1 })
	b.writing.update(nil)
	b.written("all are updated", func(w *writingTab) bool { return len(w.stale) == 0 })
}

func TestDocumentsAreMadeAndRemoved(t *testing.T) {
	b := openBench(t)
	b.openWriting()
	b.until("the tab is there", func() bool { return !b.writing.loading && b.calm() })
	if b.writing.document() != 0 {
		t.Fatal("a project without documents has one")
	}
	for _, k := range []manuscript.Kind{manuscript.Serviceplan, manuscript.Memo, manuscript.Serviceplan} {
		b.writing.newDocument(k, nil)
		b.written("the document is there", func(w *writingTab) bool { return w.doc != nil && w.doc.Kind == k && w.wanted == 0 })
	}
	if got := b.writing.doc.Title; got != "Serviceplan (2)" {
		t.Errorf("the third is called %s", got)
	}
	w := b.writing
	key := w.missing
	if len(key) != 0 {
		t.Fatalf("the standard lacks %v", key)
	}
	id := w.doc.Chapters[w.doc.Part("begrepp")].ID
	w.edit(func(ctx context.Context, s *session.Session) error { return s.RemoveChapter(ctx, w.doc.ID, id) })
	b.written("the chapter is gone", func(w *writingTab) bool { return len(w.missing) == 1 })
	w.putBack()[0].Action()
	b.written("the chapter is back", func(w *writingTab) bool { return len(w.missing) == 0 && w.doc.Find(w.chapter) == w.doc.Part("begrepp") })
	doc := w.present()
	w.edit(func(ctx context.Context, s *session.Session) error {
		return s.SaveTemplate(ctx, doc, "Vår mall", true)
	})
	b.written("the template is there", func(w *writingTab) bool { return len(w.templates) == 1 })
	w.newDocument("", &w.templates[0])
	b.written("a document of it", func(w *writingTab) bool { return w.doc.Title == "Vår mall" })
	path := filepath.Join(t.TempDir(), "plan.html")
	b.printDocument(w.doc, path)
	b.written("the file is there", func(*writingTab) bool { info, err := os.Stat(path); return err == nil && info.Size() > 0 })
	made := w.doc.ID
	w.edit(func(ctx context.Context, s *session.Session) error { return s.RemoveManuscript(ctx, made) })
	b.written("it is gone", func(w *writingTab) bool { return w.document() != made })
	b.undo()
	b.written("it is back", func(w *writingTab) bool { return len(w.docs) == 4 })
}
