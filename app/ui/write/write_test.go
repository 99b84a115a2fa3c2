package write

import (
	"context"
	"image"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session/writing"
	"nabar/app/ui/look"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/manuscript"
)

// store is a project in memory.
type store struct {
	mu   sync.Mutex
	m    manuscript.Manuscript
	next int64
}

func (s *store) Manuscript(context.Context, int64) (*manuscript.Manuscript, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.m.Copy(), nil
}

func (s *store) UpdateBlock(_ context.Context, _ int64, b manuscript.Block) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	b.Normalise()
	if old := s.m.Block(b.ID); old != nil {
		*old = b
	}
	return nil
}

func (s *store) SetBlocks(_ context.Context, _, chapter int64, blocks []manuscript.Block) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &s.m.Chapters[s.m.Find(chapter)]
	c.Blocks = nil
	for _, b := range blocks {
		if b = b.Copy(); !b.Normalise() {
			continue
		}
		if b.ID == 0 {
			s.next++
			b.ID = s.next
		}
		c.Blocks = append(c.Blocks, b)
	}
	return nil
}

// bench is a panel in a window with a chapter on the desk.
type bench struct {
	t *testing.T
	*Panel
	store   *store
	names   *manuscript.Names
	said    []string // what was asked for
	changes int
}

func open(t *testing.T, text string) *bench {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(look.New(false))
	p := i18n.For(i18n.Swedish)
	b := &bench{t: t, names: manuscript.NewNames(p, model.DefaultServiceTypes())}
	b.store = &store{next: 100, m: manuscript.Manuscript{ID: 1, Chapters: []manuscript.Chapter{
		{ID: 1, Title: "Syfte", Level: 1, Blocks: b.names.Parse(text)}, {ID: 2, Title: "Läge", Level: 1}, {ID: 3, Title: "Mat", Level: 2}, {ID: 4, Title: "Mål", Level: 1},
	}}}
	for i := range b.store.m.Chapters[0].Blocks {
		b.store.m.Chapters[0].Blocks[i].ID = int64(i + 1)
	}
	say := func(what string, args ...string) { b.said = append(b.said, what+" "+strings.Join(args, " ")) }
	num := func(n int) string { return p.Int(int64(n)) }
	desk := writing.NewDesk(b.store, func(err error) { t.Error(err) })
	desk.Open(b.names, 1, &b.store.m.Chapters[0])
	win := test.NewTempWindow(t, widget.NewLabel(""))
	b.Panel = New(win, p, desk, Actions{
		Document: func(id int64) { say("document", num(int(id))) }, Chapter: func(id int64) { say("chapter", num(int(id))) },
		Menu: func() *fyne.Menu { return fyne.NewMenu("") }, PutBack: func() []fyne.MenuItem { return nil },
		New: func() []*fyne.MenuItem {
			return []*fyne.MenuItem{fyne.NewMenuItem("Serviceplan", func() { say("new") })}
		},
		Add: func(id int64) { say("add", num(int(id))) }, Rename: func(id int64, title string) { say("rename", num(int(id)), title) },
		Move:  func(id int64, to int) { say("move", num(int(id)), num(to)) },
		Level: func(id int64, by int) { say("level", num(int(id)), num(by)) },
		Hide:  func(id int64, on bool) { say("hide", num(int(id))) }, Number: func(int64, bool) {}, Page: func(int64, manuscript.Page) {},
		Remove:  func(id int64) { say("remove", num(int(id))) },
		Changed: func() { b.changes++ }, Caret: func() {}, Undo: func() { say("undo") }, Redo: func() { say("redo") },
		Update: func(s []Stale) { say("update", num(len(s))) },
		Value: func(l *manuscript.Living, done func(string, image.Image)) {
			var img image.Image
			if l.Kind == manuscript.Map {
				img = image.NewRGBA(image.Rect(0, 0, 10, 10))
			}
			done("Visar "+b.names.Name(l), img)
		},
		Turn: func(page int) { say("turn", num(page)) }, Resized: func() {}, Author: func() string { return "Eva" }, SetAuthor: func(string) {},
	})
	win.SetContent(b.Object())
	win.Resize(fyne.NewSize(1280, 720))
	b.set(State{})
	b.Focus()
	return b
}

// set shows the document with what else a state holds.
func (b *bench) set(s State) {
	s.Documents, s.Document, s.Chapter, s.Names = []Document{{1, "Serviceplan"}}, 1, 1, b.names
	for i, c := range b.store.m.Chapters {
		s.Chapters = append(s.Chapters, Chapter{ID: c.ID, Number: []string{"1", "2", "2.1", "3"}[i], Title: c.Title, Level: c.Level})
	}
	b.Set(s)
}

// text is what is kept of the chapter when all has been.
func (b *bench) text() string {
	b.t.Helper()
	if err := b.editor.desk.Flush(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
	b.store.mu.Lock()
	defer b.store.mu.Unlock()
	return b.names.Write(b.store.m.Chapters[0].Blocks)
}

// focused is the text that has the keyboard.
func (b *bench) focused() *field {
	b.t.Helper()
	f, ok := b.win.Canvas().Focused().(*field)
	if !ok {
		b.t.Fatalf("the keyboard is at %T", b.win.Canvas().Focused())
	}
	return f
}

func (b *bench) typeIn(text string) {
	for _, r := range text {
		b.focused().TypedRune(r)
	}
}

func (b *bench) keys(names ...fyne.KeyName) {
	for _, n := range names {
		b.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func (b *bench) ctrl(key fyne.KeyName, more fyne.KeyModifier) {
	b.win.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault | more})
}

func (b *bench) want(text string) {
	b.t.Helper()
	if got := b.text(); got != text {
		b.t.Errorf("kept\n%s\nwant\n%s", got, text)
	}
}

func TestWritingByKeysAlone(t *testing.T) {
	b := open(t, "Ett\n")
	b.typeIn(" stycke.")
	b.keys(fyne.KeyReturn)
	b.typeIn("# Rubrik")
	b.keys(fyne.KeyReturn)
	b.typeIn("Under")
	b.want("Ett stycke.\n\n# Rubrik\n\nUnder\n")
	b.keys(fyne.KeyReturn)
	b.typeIn("- a")
	b.keys(fyne.KeyReturn)
	b.typeIn("b")
	b.keys(fyne.KeyReturn, fyne.KeyTab)
	b.typeIn("c")
	b.keys(fyne.KeyReturn, fyne.KeyReturn)
	b.typeIn("Slut")
	b.want("Ett stycke.\n\n# Rubrik\n\nUnder\n\n- a\n- b\n  - c\n\nSlut\n")
	if b.changes == 0 {
		t.Error("nobody was told of the text")
	}
}

func TestPiecesAreParted(t *testing.T) {
	b := open(t, "Ett två\n\nTre\n")
	b.focused().place(3)
	b.keys(fyne.KeyReturn)
	b.want("Ett\n\ntvå\n\nTre\n")
	b.keys(fyne.KeyBackspace)
	b.typeIn(" ")
	b.want("Ett två\n\nTre\n")
	b.focused().place(-1)
	b.keys(fyne.KeyDelete)
	b.want("Ett tvåTre\n")
	b.focused().place(0)
	b.keys(fyne.KeyUp)
	if b.win.Canvas().Focused() != fyne.Focusable(b.editor.title) {
		t.Error("the title is not above the text")
	}
}

func TestSelectionIsFormatted(t *testing.T) {
	b := open(t, "Ett viktigt ord\n")
	f := b.focused()
	f.place(11)
	f.pick(7)
	if f.SelectedText() != "viktigt" {
		t.Fatalf("selected %q", f.SelectedText())
	}
	b.ctrl(fyne.KeyB, 0)
	b.want("Ett **viktigt** ord\n")
	if f.SelectedText() != "viktigt" {
		t.Errorf("selected %q afterwards", f.SelectedText())
	}
	b.ctrl(fyne.KeyI, 0)
	b.want("Ett ***viktigt*** ord\n")
	b.ctrl(fyne.KeyB, 0)
	b.ctrl(fyne.KeyI, 0)
	b.want("Ett viktigt ord\n")
	b.ctrl(fyne.KeyK, 0)
	b.typeSheet("a.se")
	b.want("Ett [viktigt](https://a.se) ord\n")
	f.place(-1)
	b.ctrl(fyne.KeyF, fyne.KeyModifierAlt)
	b.typeSheet("I foten")
	b.want("Ett [viktigt](https://a.se) ord^[I foten]\n")
}

// typeSheet writes into the dialog on top and goes on.
func (b *bench) typeSheet(text string) {
	b.t.Helper()
	e := b.win.Canvas().Focused()
	if b.win.Canvas().Overlays().Top() == nil {
		b.t.Fatal("no dialog")
	}
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	for _, r := range text {
		e.TypedRune(r)
	}
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}

func TestNamesAreOfferedAndTaken(t *testing.T) {
	b := open(t, "Det är \n")
	b.typeIn(" {{medelavstånd dagl")
	if !b.editor.suggest.open() || !strings.HasPrefix(b.editor.suggest.names[0], "medelavstånd") {
		t.Fatalf("offered %v", b.editor.suggest.names)
	}
	want := b.editor.suggest.names[1]
	b.keys(fyne.KeyDown, fyne.KeyReturn)
	b.want("Det är {{" + want + "}}\n")
	if b.editor.suggest.open() {
		t.Error("names are still offered")
	}
	b.typeIn(" {{karta dagl")
	b.keys(fyne.KeyReturn)
	b.want("Det är {{" + want + "}}\n\n{{karta dagligvaror}}\n")
	b.focusIn(0)
	b.typeIn("{{me")
	b.keys(fyne.KeyEscape)
	if b.editor.suggest.open() || b.focused() == nil {
		t.Error("Escape does not leave the names")
	}
}

// focusIn gives the keyboard to a row.
func (b *bench) focusIn(i int) { b.editor.rows[i].focus(-1) }

func TestPickerInsertsFiguresAndBlocks(t *testing.T) {
	b := open(t, "Hela \n")
	b.typeIn(" ")
	k := b.editor.pick(nil)
	k.search.SetText("antal invånare")
	if k.names[0] != "antal invånare" || k.value.Text != "Visar antal invånare" {
		t.Fatalf("found %v, shows %q", k.names, k.value.Text)
	}
	k.search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.want("Hela {{antal invånare}}\n")
	k = b.editor.pick(nil)
	k.search.SetText("karta dagligvaror")
	if len(k.box.Objects) != 1 {
		t.Error("the map is not shown")
	}
	k.take()
	b.want("Hela {{antal invånare}}\n\n{{karta dagligvaror}}\n")
	k = b.editor.pick(b.editor.rows[1])
	k.search.SetText("tabell serviceställen drivmedel")
	k.take()
	b.want("Hela {{antal invånare}}\n\n{{tabell serviceställen drivmedel}}\n")
	k = b.editor.pick(nil)
	k.search.SetText("finns inte alls")
	k.take()
	b.want("Hela {{antal invånare}}\n\n{{tabell serviceställen drivmedel}}\n")
}

func TestTableIsWrittenCellByCell(t *testing.T) {
	b := open(t, "| A | B |\n|---|---|\n| 1 | 2 |\n")
	b.typeIn("x")
	b.keys(fyne.KeyDown)
	b.typeIn("y")
	b.keys(fyne.KeyReturn)
	b.typeIn("ny")
	b.want("| xA | B |\n|---|---|\n| y1 | 2 |\n| ny | |\n")
	g := b.editor.rows[0].grid
	g.at = [2]int{0, 1}
	g.change(func(t *manuscript.Table) { writing.AlignColumn(t, 1) })
	b.editor.rows[0].grid.caption.TypedRune('R')
	b.want("{tabell} R\n| xA | B |\n|---|---:|\n| y1 | 2 |\n| ny | |\n")
}

func TestStaleIsShownAndUpdated(t *testing.T) {
	b := open(t, "Det är {{medelavstånd dagligvaror}}.\n")
	b.set(State{Stale: []Stale{{Chapter: 1, Block: 1, Name: "medelavstånd dagligvaror", Old: "1,2 km", New: "1,5 km"}, {Chapter: 2, Block: 9, Edited: true}}})
	if len(b.editor.rows[0].stale.Objects) != 1 || b.aside.Items[2].Text != "Att se över (2)" {
		t.Fatalf("not marked: %s", b.aside.Items[2].Text)
	}
	for _, o := range test.LaidOutObjects(b.editor.rows[0].stale) {
		switch o := o.(type) {
		case *widget.Label:
			if !strings.Contains(o.Text, "1,2 km") || !strings.Contains(o.Text, "1,5 km") {
				t.Errorf("says %q", o.Text)
			}
		case *widget.Button:
			test.Tap(o)
		}
	}
	test.Tap(b.review.all)
	if got := strings.Join(b.said, "|"); got != "update 1|update 0" {
		t.Errorf("asked for %s", got)
	}
}

func TestOwnWordsAreKeptAndGivenBack(t *testing.T) {
	b := open(t, "{{mening om nära dagligvaror}}\n")
	b.editor.rows[0].setWords(b.names.Runs("Mina ord"))
	b.typeIn(" här")
	b.want("{{mening om nära dagligvaror}} Mina ord här\n")
	b.editor.rows[0].setWords(nil)
	b.want("{{mening om nära dagligvaror}}\n")
}

func TestCommentsAreListed(t *testing.T) {
	b := open(t, "Ett ord\n")
	f := b.focused()
	f.place(-1)
	b.editor.bar.back(f, f.passage().Word().Remark(b.names, manuscript.Comment{Author: "Eva", Text: "Vilket?"}))
	if b.comments.open() != 1 || b.aside.Items[1].Text != "Kommentarer (1)" {
		t.Fatalf("%d comments, %s", b.comments.open(), b.aside.Items[1].Text)
	}
	b.want("Ett {==ord==}{>>Eva: Vilket?<<}\n")
	for _, o := range test.LaidOutObjects(b.comments.box) {
		if button, ok := o.(*widget.Button); ok && button.Text == "Åtgärdad" {
			test.Tap(button)
		}
	}
	b.want("Ett {==ord==}{>>!Eva: Vilket?<<}\n")
	if b.comments.open() != 0 {
		t.Error("an answered comment counts")
	}
}

func TestChaptersByKeysAndPointer(t *testing.T) {
	b := open(t, "")
	o := b.outline
	b.win.Canvas().Focus(o)
	alt := func(key fyne.KeyName) {
		o.TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierAlt})
	}
	alt(fyne.KeyDown)
	alt(fyne.KeyRight)
	o.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	o.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	o.Tapped(&fyne.PointEvent{Position: fyne.NewPos(40, outlineHeight*3+5)})
	for range 4 {
		o.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(40, outlineHeight/2)}, Dragged: fyne.NewDelta(0, outlineHeight/2)})
	}
	o.DragEnd()
	want := "move 1 2|level 1 1|chapter 2|remove 1|chapter 4|move 1 2"
	if got := strings.Join(b.said, "|"); got != want {
		t.Errorf("asked for %s, want %s", got, want)
	}
	if o.AccessibilityLabel() != "Kapitel: 1 Syfte" {
		t.Errorf("says %q", o.AccessibilityLabel())
	}
}

func TestReadOnlyIsReadAndNotWritten(t *testing.T) {
	b := open(t, "Ett\n\n| A |\n|---|\n| 1 |\n\n{{karta dagligvaror}}\n")
	b.set(State{ReadOnly: true})
	f := b.editor.rows[0].field
	f.TypedRune('x')
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.editor.put(manuscript.Block{Type: manuscript.PageBreak})
	b.outline.move(1)
	b.editor.bar.style(writing.Bold)
	b.want("Ett\n\n| A |\n|---|\n| 1 |\n\n{{karta dagligvaror}}\n")
	if len(b.said) > 0 || f.Text != "Ett" {
		t.Errorf("asked for %v, text %q", b.said, f.Text)
	}
}

func TestPastedLinesBecomePieces(t *testing.T) {
	b := open(t, "Ett\n")
	f := b.focused()
	f.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip("två")})
	b.focused().TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip("a\nb\nc")})
	b.want("Etttvå\n\na\n\nb\n\nc\n")
}

func TestFieldKnowsItsSelectionAndCaret(t *testing.T) {
	b := open(t, "foofoo åäö "+strings.Repeat("lång text ", 40)+"\n")
	f := b.focused()
	for _, at := range []int{0, 3, 8, 200, 390} {
		f.place(at)
		if f.CursorTextOffset() != at {
			t.Errorf("placed at %d, stands at %d", at, f.CursorTextOffset())
		}
	}
	f.place(6)
	f.pick(3)
	if p := f.passage(); p.From != 3 || p.To != 6 {
		t.Errorf("selected from %d to %d", p.From, p.To)
	}
	if row := f.MinSize().Height / 4; b.editor.rows[0].object.Size().Height < f.MinSize().Height || row < 18 {
		t.Errorf("some four lines or more are %g high, in a row of %g", f.MinSize().Height, b.editor.rows[0].object.Size().Height)
	}
	f.place(2)
	if !f.first() || f.last() {
		t.Error("the first of many lines is not known")
	}
	f.place(-1)
	if f.first() || !f.last() {
		t.Error("the last line is not known")
	}
	if b.changes > 0 {
		t.Errorf("%d changes of a text that nobody changed", b.changes)
	}
}

func TestPageStaysUntilTheNextIsThere(t *testing.T) {
	b := open(t, "Ett\n")
	page := image.NewRGBA(image.Rect(0, 0, 100, 141))
	b.Show(Preview{Page: 1, Pages: 3, Image: page})
	b.Show(Preview{Fault: "Något saknas"})
	if b.preview.sheet.picture.Image != image.Image(page) || !b.preview.fault.Visible() || b.preview.number.Content != "Sida 2 av 3" {
		t.Error("the page went away")
	}
	test.Tap(b.preview.forward)
	test.Tap(b.preview.back)
	if got := strings.Join(b.said, "|"); got != "turn 2|turn 0" {
		t.Errorf("asked for %s", got)
	}
}

func TestFirstDocumentIsOffered(t *testing.T) {
	b := open(t, "")
	b.Set(State{Names: b.names})
	test.Tap(b.editor.begin.Objects[0].(*widget.Button))
	if strings.Join(b.said, "|") != "new " || b.editor.head.Visible() || !b.editor.empty.Visible() {
		t.Errorf("asked for %v", b.said)
	}
}

func TestKeysWorkFromTheListOfChapters(t *testing.T) {
	b := open(t, "Ett\n")
	b.win.Canvas().Focus(b.outline)
	b.outline.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyB, Modifier: fyne.KeyModifierShortcutDefault})
	b.want("**Ett**\n")
	b.win.Canvas().Focus(b.outline)
	b.outline.TypedShortcut(&fyne.ShortcutUndo{})
	if strings.Join(b.said, "|") != "undo " {
		t.Errorf("asked for %v", b.said)
	}
}

func TestWhatIsToBeReviewedIsGoneTo(t *testing.T) {
	b := open(t, "Ett\n\nTvå\n")
	b.set(State{Chapter: 1})
	b.goTo(1, 2)
	if b.focused() != b.editor.rows[1].field || b.goal != 0 {
		t.Error("the caret is elsewhere")
	}
	b.goTo(3, 9)
	if strings.Join(b.said, "|") != "chapter 3" || b.goal != 9 {
		t.Errorf("asked for %v", b.said)
	}
}
