package session

import (
	"bytes"
	"image"
	"math"
	"testing"

	"nabar/model"
	"nabar/model/manuscript"
	"nabar/reports"
	"nabar/reports/pdf"
)

// demoPlan is the demo kommun with a serviceplan of the program's own.
func demoPlan(t testing.TB) (*Session, *manuscript.Manuscript) {
	t.Helper()
	s := demoSession(t)
	m, err := s.NewManuscript(t.Context(), manuscript.Serviceplan, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	return s, m
}

// unlike is the mean difference of two pictures, in steps of 255.
func unlike(a, b *image.RGBA) float64 {
	if a.Rect != b.Rect {
		return math.Inf(1)
	}
	sum := 0.0
	for i := range a.Pix {
		sum += math.Abs(float64(a.Pix[i]) - float64(b.Pix[i]))
	}
	return sum / float64(len(a.Pix))
}

func TestProofShowsThePagesOfTheFile(t *testing.T) {
	s, m := demoPlan(t)
	p := s.NewProof()
	defer p.Close()
	if p.Picture(0, 300) != nil || p.Count() != 0 {
		t.Error("a proof without pages shows one")
	}
	if _, err := p.Lay(t.Context(), m, nil); err != nil {
		t.Fatal(err)
	}
	in, err := s.textInput(t.Context(), m, nil)
	if err != nil {
		t.Fatal(err)
	}
	doc, _ := reports.Compose(in, m)
	file, err := pdf.NewPages(doc)
	if err != nil {
		t.Fatal(err)
	}
	if p.Count() != file.Count() {
		t.Fatalf("%d pages, the file has %d", p.Count(), file.Count())
	}
	for i := range p.Count() {
		w, _ := file.Size(i)
		const wide = 400
		first, again := p.Picture(i, wide), p.Picture(i, wide)
		if !bytes.Equal(first.Pix, again.Pix) {
			t.Errorf("page %d differs from itself", i+1)
		}
		if d := unlike(first, file.Image(i, wide/w*72)); d > 3 {
			t.Errorf("page %d differs from the file's by %.1f", i+1, d)
		}
	}
	if p.Picture(p.Count(), 300) != nil {
		t.Error("a page behind the last is shown")
	}
}

func TestProofFollowsChaptersAndBlocks(t *testing.T) {
	s, ctx := blankSession(t), t.Context()
	m, err := s.NewManuscript(ctx, manuscript.Own, "Dokument", nil)
	if err != nil {
		t.Fatal(err)
	}
	long := ""
	for range 40 {
		long += "Ett stycke som är så långt att det fyller flera rader av sidan när det trycks, och sedan ännu en rad till av samma slag.\n\n"
	}
	if err := s.SetManuscriptText(ctx, m, "= A\n\n"+long+"= Dold {hidden}\n\nx\n\n= B {plain}\n\nSlut\n"); err != nil {
		t.Fatal(err)
	}
	m, _ = s.Manuscript(ctx, m.ID)
	p := s.NewProof()
	defer p.Close()
	if _, err := p.Lay(ctx, m, nil); err != nil {
		t.Fatal(err)
	}
	a, hidden, b := m.Chapters[0].ID, m.Chapters[1].ID, m.Chapters[2].ID
	first, last := p.Page(a, 0), p.Page(a, 39)
	if first >= last || p.Page(b, 0) != p.Count()-1 || p.Page(hidden, 0) != first {
		t.Errorf("A from page %d to %d, hidden on %d, B on %d of %d", first, last, p.Page(hidden, 0), p.Page(b, 0), p.Count())
	}
	for k, before := 0, first; k < 40; k++ {
		now := p.Page(a, k)
		if now < before {
			t.Errorf("block %d stands on page %d, the one before it on %d", k, now, before)
		}
		before = now
	}
	if n := p.Numbers(); n[a] != "1" || n[hidden] != "" || n[b] != "" {
		t.Errorf("numbers %v", n)
	}
}

func TestProofDrawsPicturesOnce(t *testing.T) {
	s, m := demoPlan(t)
	p := s.NewProof()
	defer p.Close()
	if _, err := p.Lay(t.Context(), m, nil); err != nil {
		t.Fatal(err)
	}
	for i := range p.Count() {
		p.Picture(i, 300)
	}
	n := len(p.drawn)
	if n < 5 {
		t.Fatalf("%d pictures", n)
	}
	fresh := m.Copy()
	fresh.Chapters[0].Blocks = append(fresh.Chapters[0].Blocks, manuscript.Block{Type: manuscript.Paragraph, Runs: []manuscript.Run{{Text: "En rad till."}}})
	if _, err := p.Lay(t.Context(), fresh, nil); err != nil {
		t.Fatal(err)
	}
	for i := range p.Count() {
		p.Picture(i, 300)
	}
	if len(p.drawn) != n {
		t.Errorf("%d pictures after a line more, %d before", len(p.drawn), n)
	}
	if err := s.SetParams(t.Context(), func() model.Params { q, _ := s.Params(t.Context()); q.PlaceRadius = 40; return q }()); err != nil {
		t.Fatal(err)
	}
	if len(p.drawn) != 0 {
		t.Error("old pictures stay when data change")
	}
}

func TestValuesOfLivingThings(t *testing.T) {
	s, _ := demoPlan(t)
	p := s.NewProof()
	defer p.Close()
	names, err := s.Names(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	text, img, err := p.Value(t.Context(), "", names.Find("medelavstånd dagligvaror"), 200)
	if err != nil || text == "" || img != nil {
		t.Errorf("figure says %q, %v", text, err)
	}
	text, img, err = p.Value(t.Context(), "", names.Find("karta dagligvaror"), 200)
	if err != nil || text == "" || img == nil || img.Rect.Dx() != 200 {
		t.Errorf("map says %q, %v", text, err)
	}
	if text, img, err = p.Value(t.Context(), "", names.Find("finns inte"), 200); err != nil || text != "" || img != nil {
		t.Errorf("nothing says %q, %v", text, err)
	}
}

func TestReviewNotesWhatIsShownFirst(t *testing.T) {
	s, m := demoPlan(t)
	states, noted, err := s.Review(t.Context(), m, nil)
	if err != nil || !noted || len(states) == 0 {
		t.Fatalf("%d states, noted %v, %v", len(states), noted, err)
	}
	m, _ = s.Manuscript(t.Context(), m.ID)
	states, noted, err = s.Review(t.Context(), m, nil)
	if err != nil || noted {
		t.Errorf("noted again: %v", err)
	}
	for _, st := range states {
		if st.Status == LivingNew || st.Status == LivingStale {
			t.Errorf("%s is %s", st.Name, st.Status)
		}
	}
}

func TestReadOnlyProjectIsShownToo(t *testing.T) {
	s, m := demoPlan(t)
	other := New("sv")
	defer other.Close()
	if err := other.Open(t.Context(), s.Path()); err != nil {
		t.Fatal(err)
	}
	if _, readOnly := other.ReadOnly(); !readOnly {
		t.Fatal("a project that is open elsewhere can be written")
	}
	p := other.NewProof()
	defer p.Close()
	if _, err := p.Lay(t.Context(), m, nil); err != nil || p.Count() < 5 {
		t.Errorf("%d pages, %v", p.Count(), err)
	}
	if _, noted, err := other.Review(t.Context(), m, nil); err != nil || noted {
		t.Errorf("noted %v, %v", noted, err)
	}
}
