package writing

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/manuscript"
)

func swedish() *manuscript.Names {
	return manuscript.NewNames(i18n.For(i18n.Swedish), model.DefaultServiceTypes())
}

// marked reads a text in which | stands at the ends of the selection, or at the caret.
func marked(s string) Passage {
	from := strings.Index(s, "|")
	s = strings.Replace(s, "|", "", 1)
	to := strings.Index(s, "|")
	if to < 0 {
		to = from
	}
	s = strings.Replace(s, "|", "", 1)
	return Passage{s, len([]rune(s[:from])), len([]rune(s[:to]))}
}

func (p Passage) String() string {
	before, said, after := p.cut()
	if said == "" {
		return before + "|" + after
	}
	return before + "|" + said + "|" + after
}

func TestStylesAreToggled(t *testing.T) {
	for _, c := range []struct{ name, in, mark, want string }{
		{"a selection", "ett |ord| till", Bold, "ett **|ord|** till"},
		{"taken away from outside", "ett **|ord|** till", Bold, "ett |ord| till"},
		{"taken away from inside", "ett |**ord**| till", Bold, "ett |ord| till"},
		{"the word at the caret", "ett o|rd till", Italic, "ett *|ord|* till"},
		{"blanks stay outside", "ett| ord |till", Bold, "ett **|ord|** till"},
		{"italics in bold", "**|ord|**", Italic, "***|ord|***"},
		{"bold out of both", "***|ord|***", Bold, "*|ord|*"},
		{"italics out of both", "***|ord|***", Italic, "**|ord|**"},
		{"å counts as one letter", "åäö |åäö|", Bold, "åäö **|åäö|**"},
		{"no word", "ett |", Bold, "ett |"},
		{"line by line", "- |ett\n- två|", Bold, "- |**ett**\n- **två**|"},
	} {
		if got := marked(c.in).Toggle(c.mark).String(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestTogglingTwiceChangesNothing(t *testing.T) {
	n := swedish()
	for _, in := range []string{"en |rad| text", "**fet |del| här**", "*kursiv |del|*", "|allt|"} {
		for _, mark := range []string{Bold, Italic} {
			p := marked(in)
			twice := p.Toggle(mark).Toggle(mark)
			if got, want := n.Inline(n.Runs(twice.Text)), n.Inline(n.Runs(p.Text)); got != want {
				t.Errorf("%s twice on %s says %s, want %s", mark, in, got, want)
			}
		}
	}
}

func TestLinksNotesAndCommentsAreRead(t *testing.T) {
	n := swedish()
	link := n.Runs(marked("läs |planen| här").Link("https://a.se/(x)").Text)
	if len(link) != 3 || link[1].Link != "https://a.se/(x)" || link[1].Text != "planen" {
		t.Errorf("link %+v", link)
	}
	bare := n.Runs(marked("läs |").Link("https://a.se").Text)
	if len(bare) != 2 || bare[1].Text != "https://a.se" {
		t.Errorf("bare link %+v", bare)
	}
	note := n.Runs(marked("|ordet| här").Footnote(n, "en [not] *här*").Text)
	if len(note) != 3 || len(note[1].Note) != 1 || note[1].Note[0].Text != "en [not] *här*" {
		t.Errorf("note %+v", note)
	}
	said := n.Runs(marked("ett |**fett**| ord").Remark(n, manuscript.Comment{Author: "Eva: A", Text: "Stämmer <detta>?"}).Text)
	if len(said) != 3 || said[1].Comment == nil || *said[1].Comment != (manuscript.Comment{Author: "Eva: A", Text: "Stämmer <detta>?"}) || !said[1].Bold {
		t.Errorf("comment %+v", said)
	}
}

func TestNamesAreCompleted(t *testing.T) {
	for _, c := range []struct{ in, typed, want string }{
		{"det är {{medel| och", "medel", "det är {{x}}| och"},
		{"det är {{med|}} och", "med", "det är {{x}}| och"},
		{"{{|", "", "{{x}}|"},
		{"{{a}} b|", "-", ""},
		{"inget {här|", "-", ""},
	} {
		typed, of, ok := marked(c.in).Naming()
		if !ok {
			typed = "-"
		}
		if typed != c.typed {
			t.Errorf("%s: typed %q, want %q", c.in, typed, c.typed)
		}
		if ok && of.Name("x").String() != c.want {
			t.Errorf("%s: %s, want %s", c.in, of.Name("x"), c.want)
		}
	}
}

func TestListsGoOnAndEnd(t *testing.T) {
	for _, c := range []struct {
		in, want string
		done     bool
	}{
		{"- ett|", "- ett\n- |", false},
		{"9. nio|", "9. nio\n10. |", false},
		{"- et|t", "- et\n- |t", false},
		{"  - ett|", "  - ett\n  - |", false},
		{"- ett\n- |", "- ett|", true},
	} {
		got, done := NextItem(marked(c.in))
		if got.String() != c.want || done != c.done {
			t.Errorf("%q gives %q %v, want %q %v", c.in, got.String(), done, c.want, c.done)
		}
	}
	if got := Indent(marked("- a\n- |"), true); got.String() != "- a\n  - |" || Indent(got, false).String() != "- a\n- |" {
		t.Errorf("moved in to %q and out to %q", got, Indent(got, false))
	}
	if !AtItem(marked("- a\n- |b")) || AtItem(marked("- a\n- b|")) || AtItem(marked("|")) {
		t.Error("the place behind an item's mark is not known")
	}
}

func TestEditorsTextIsReadBack(t *testing.T) {
	n := swedish()
	for _, text := range []string{
		"En rad\noch en till", "Med **fet** och *kursiv* och {{medelavstånd dagligvaror}}", `Snedstreck \\ och \*stjärna\*`,
		"- ett\n- två\n  1. djupt", "Not^[i foten] och [länk](https://a.se)",
	} {
		b := manuscript.Block{Type: manuscript.Paragraph}
		if strings.HasPrefix(text, "- ") {
			b.Type = manuscript.List
		}
		Read(n, &b, text)
		if got := Plain(n, &b); got != text {
			t.Errorf("%q comes back as %q", text, got)
		}
	}
	b := manuscript.Block{Type: manuscript.List}
	Read(n, &b, "utan streck\n\n- med")
	if len(b.Items) != 2 {
		t.Errorf("list has %d items", len(b.Items))
	}
}

func TestOpeningsMakeOtherBlocks(t *testing.T) {
	for text, want := range map[string]manuscript.Type{
		"# R": manuscript.Heading, "### R": manuscript.Heading, "- p": manuscript.List, "1. p": manuscript.List, "> c": manuscript.Quote,
		"#R": "", "2000 kr": "", "text": "",
	} {
		b, _, ok := Opening(text)
		if ok != (want != "") || b.Type != want {
			t.Errorf("%q opens %q", text, b.Type)
		}
	}
}

func TestTableKeepsItsForm(t *testing.T) {
	n := swedish()
	tab := n.Parse("| A | B |\n|---|---:|\n| 1 | 2 |\n| 3 | 4 |\n")[0].Table
	AddColumn(tab, 1)
	AddRow(tab, 0)
	if len(tab.Rows) != 4 || len(tab.Rows[1]) != 3 || tab.Right[1] || !tab.Right[2] || manuscript.Text(tab.Rows[0][0]) != "A" {
		t.Fatalf("table %+v", tab)
	}
	AlignColumn(tab, 0)
	if !RemoveRow(tab, 1) || !RemoveColumn(tab, 1) || RemoveRow(tab, 0) || !tab.Right[0] {
		t.Errorf("table %+v", tab)
	}
	if got := manuscript.Text(tab.Rows[2][1]); got != "4" {
		t.Errorf("last cell says %s", got)
	}
	RemoveRow(tab, 1)
	if RemoveRow(tab, 1) || RemoveColumn(NewTable(2, 1), 0) {
		t.Error("the last row or column was taken away")
	}
}

func TestCommentsAreListedAndAnswered(t *testing.T) {
	n := swedish()
	b := n.Parse("{==**ett** två==}{>>Eva: Stämmer det?<<} och {==tre==}{>>Bo: Nej<<}")[0]
	notes := Notes(&b)
	if len(notes) != 2 || notes[0].About != "ett två" || notes[1].Author != "Bo" {
		t.Fatalf("notes %+v", notes)
	}
	done := notes[0].Comment
	done.Resolved = true
	Answer(&b, 0, &done)
	if got := Notes(&b); !got[0].Resolved || got[1].Resolved {
		t.Errorf("notes %+v", got)
	}
	Answer(&b, 0, nil)
	if got := Notes(&b); len(got) != 1 || got[0].Author != "Bo" || manuscript.Text(b.Runs) != "ett två och tre" {
		t.Errorf("notes %+v in %s", got, manuscript.Text(b.Runs))
	}
}

// memory is a store that is slow.
type memory struct {
	mu     sync.Mutex
	m      manuscript.Manuscript
	next   int64
	writes int
	slow   time.Duration
	fault  error
}

func (s *memory) Manuscript(context.Context, int64) (*manuscript.Manuscript, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.m.Copy(), nil
}

func (s *memory) UpdateBlock(_ context.Context, _ int64, b manuscript.Block) error {
	time.Sleep(s.slow)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.writes++
	old := s.m.Block(b.ID)
	if old == nil || s.fault != nil {
		return errors.Join(errors.New("gone"), s.fault)
	}
	b.Normalise()
	*old = b
	return nil
}

func (s *memory) SetBlocks(_ context.Context, _, chapter int64, blocks []manuscript.Block) error {
	time.Sleep(s.slow)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.writes++
	if s.fault != nil {
		return s.fault
	}
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

// laid is a desk with a chapter of the plain form.
func laid(t *testing.T, text string) (*Desk, *memory) {
	t.Helper()
	n := swedish()
	s := &memory{m: manuscript.Manuscript{ID: 1, Chapters: []manuscript.Chapter{{ID: 7, Title: "K", Level: 1, Blocks: n.Parse(text)}}}}
	for i := range s.m.Chapters[0].Blocks {
		s.next++
		s.m.Chapters[0].Blocks[i].ID = s.next
	}
	d := NewDesk(s, func(error) {})
	d.Open(n, 1, &s.m.Chapters[0])
	return d, s
}

// says is the chapter as it is kept when all has been.
func says(t *testing.T, d *Desk, s *memory) string {
	t.Helper()
	if err := d.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	return swedish().Write(s.m.Chapters[0].Blocks)
}

func TestFastTypingIsKept(t *testing.T) {
	d, s := laid(t, "Början\n")
	s.slow = 2 * time.Millisecond
	key := d.Pieces()[0].Key
	text := "Början"
	for _, r := range " och en lång rad som skrivs mycket fort" {
		text += string(r)
		d.Type(key, text)
	}
	if got := says(t, d, s); got != text+"\n" {
		t.Errorf("kept %q", got)
	}
	if s.writes > 12 {
		t.Errorf("%d writes for a burst that was faster than the store", s.writes)
	}
	d.Type(key, text+" ")
	if n := s.writes; says(t, d, s) != text+"\n" || s.writes != n {
		t.Error("what says the same is written again")
	}
}

func TestPiecesAreSplitJoinedAndMoved(t *testing.T) {
	d, s := laid(t, "Ett två {{medelavstånd dagligvaror}}\n\n## Rubrik\n\nSist\n")
	v := 1.5
	d.sheet.pieces[0].Block.Runs[1].Figure.Shown = &manuscript.Shown{Text: "1,5 km", Value: &v}
	first := d.Pieces()[0].Key
	second := d.Split(first, Passage{d.Text(first), 4, 4})
	if got := says(t, d, s); !strings.HasPrefix(got, "Ett\n\ntvå {{medelavstånd dagligvaror}}\n\n## Rubrik") {
		t.Fatalf("split to %q", got)
	}
	if p, _ := d.Piece(second); p.Block.ID == 0 || p.Block.Runs[1].Figure.Shown == nil {
		t.Error("the second half lost its id or what it showed")
	}
	id := d.Pieces()[0].Block.ID
	if key, at := d.Join(second); key != first || at != 3 {
		t.Errorf("joined to %d at %d", key, at)
	}
	if got := says(t, d, s); !strings.HasPrefix(got, "Etttvå {{medelavstånd dagligvaror}}\n") {
		t.Errorf("joined to %q", got)
	}
	if p := d.Pieces()[0]; p.Block.ID != id || p.Block.Runs[1].Figure.Shown == nil {
		t.Error("the joined piece lost its id or what it showed")
	}
	d.Move(first, 1)
	if got := says(t, d, s); !strings.HasPrefix(got, "## Rubrik\n\nEtttvå") {
		t.Errorf("moved to %q", got)
	}
	head := d.Pieces()[0].Key
	made := d.Split(head, Passage{"Rubrik", 6, 6})
	d.Type(made, "Nytt")
	if got := says(t, d, s); !strings.HasPrefix(got, "## Rubrik\n\nNytt\n\nEtttvå") {
		t.Errorf("a paragraph under the heading: %q", got)
	}
	d.Turn(made, manuscript.Block{Type: manuscript.List}, "- Nytt")
	if d.Remove(first); !strings.HasPrefix(says(t, d, s), "## Rubrik\n\n- Nytt\n\nSist") {
		t.Errorf("removed to %q", says(t, d, s))
	}
}

func TestEmptyPiecesWaitForText(t *testing.T) {
	d, s := laid(t, "Ett\n")
	key := d.Insert(d.Pieces()[0].Key, manuscript.Block{Type: manuscript.Paragraph})
	if says(t, d, s); s.writes != 0 {
		t.Error("an empty piece was kept")
	}
	d.Type(key, "T")
	d.Type(key, "Två")
	if got := says(t, d, s); got != "Ett\n\nTvå\n" || len(s.m.Chapters[0].Blocks) != 2 {
		t.Errorf("kept %q", got)
	}
	d.Type(key, "")
	d.Type(key, "Igen")
	if got := says(t, d, s); got != "Ett\n\nIgen\n" {
		t.Errorf("kept %q", got)
	}
	d.InsertAll(key, Pasted(swedish(), "a\nb"))
	if got := says(t, d, s); got != "Ett\n\nIgen\n\na\n\nb\n" {
		t.Errorf("pasted to %q", got)
	}
}

func TestWhatElsewhereChangesIsAdopted(t *testing.T) {
	d, s := laid(t, "Ett\n\nTvå\n")
	keys := []int{d.Pieces()[0].Key, d.Pieces()[1].Key}
	c := s.m.Chapters[0].Copy()
	if d.Adopt(&c, d.Edits()) {
		t.Error("what lies there is adopted")
	}
	c.Blocks = slices.Delete(c.Blocks, 0, 1)
	c.Blocks[0].Runs = swedish().Runs("Två till")
	old := d.Edits()
	d.Type(keys[0], "Ettan")
	says(t, d, s)
	if d.Adopt(&c, old) {
		t.Error("an old text hid what was written since")
	}
	if !d.Adopt(&c, d.Edits()) || len(d.Pieces()) != 1 || d.Pieces()[0].Key != keys[1] || d.Text(keys[1]) != "Två till" {
		t.Errorf("adopted %+v", d.Pieces())
	}
}

func TestWhatWasTakenAwayWhileWrittenComesBack(t *testing.T) {
	d, s := laid(t, "Ett\n\nTvå\n")
	s.mu.Lock()
	s.m.Chapters[0].Blocks = s.m.Chapters[0].Blocks[:1]
	s.mu.Unlock()
	d.Type(d.Pieces()[1].Key, "Två igen")
	if got := says(t, d, s); got != "Ett\n\nTvå igen\n" {
		t.Errorf("kept %q", got)
	}
}

func TestFaultsAreTold(t *testing.T) {
	d, s := laid(t, "Ett\n")
	told := make(chan error, 1)
	d.failed = func(err error) { told <- err }
	s.fault = errors.New("full")
	d.Type(d.Pieces()[0].Key, "Två")
	if err := d.Flush(t.Context()); err == nil || <-told == nil {
		t.Error("no word of a text that could not be kept")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s.slow = 50 * time.Millisecond
	d.Type(d.Pieces()[0].Key, "Tre")
	if err := d.Flush(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("flush of a cancelled context: %v", err)
	}
	d.Flush(t.Context())
}

func TestOnlyWhatDiffersIsTold(t *testing.T) {
	for _, c := range [][4]string{
		{"a\nb\nc", "a\nx\nc", "b", "x"}, {"a", "b", "a", "b"}, {"a\nb", "a", "a\nb", "a"}, {"a\nb\nc", "a\nb\nd", "c", "d"},
	} {
		if a, b := Difference(c[0], c[1]); a != c[2] || b != c[3] {
			t.Errorf("%q and %q differ in %q and %q", c[0], c[1], a, b)
		}
	}
}

func TestRecasting(t *testing.T) {
	for _, c := range []struct {
		in       string
		from, to manuscript.Type
		ordered  bool
		want     string
	}{
		{"a\nb", manuscript.Paragraph, manuscript.List, false, "- a\n- b"},
		{"- a\n  - b", manuscript.List, manuscript.List, true, "1. a\n2. b"},
		{"1. a\n2. b", manuscript.List, manuscript.Paragraph, false, "a\nb"},
		{"a\nb", manuscript.Paragraph, manuscript.Heading, false, "a b"},
	} {
		if got := Recast(c.in, c.from, c.to, c.ordered); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.in, got, c.want)
		}
	}
}

func TestShutDeskKeepsNothingMore(t *testing.T) {
	d, s := laid(t, "Ett\n")
	key := d.Pieces()[0].Key
	d.Type(key, "Två")
	if err := d.Shut(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.Type(key, "Tre")
	d.Insert(key, manuscript.Block{Type: manuscript.PageBreak})
	if got := says(t, d, s); got != "Två\n" {
		t.Errorf("kept %q", got)
	}
}
