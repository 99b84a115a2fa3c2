package pdf

import (
	"bytes"
	"image"
	"testing"

	"nabar/internal/i18n"
	"nabar/reports"
	"nabar/reports/internal/fixture"
)

// inkOf counts the pixels that are not white.
func inkOf(img *image.RGBA) int {
	n := 0
	for i := 0; i < len(img.Pix); i += 4 {
		if img.Pix[i] < 250 || img.Pix[i+1] < 250 || img.Pix[i+2] < 250 {
			n++
		}
	}
	return n
}

func TestPagesAreThoseOfTheFile(t *testing.T) {
	doc := reports.Serviceplan(fixture.Plan("sv"))
	doc.Watermark = "UTKAST"
	doc.Add(reports.Page{Size: reports.A3, Landscape: true})
	doc.Chapter("På ett stort blad")
	p, err := NewPages(doc)
	if err != nil {
		t.Fatal(err)
	}
	out, err := Render(&bytes.Buffer{}, doc)
	if err != nil {
		t.Fatal(err)
	}
	if p.Count() != out.Pages {
		t.Errorf("%d pages in the preview, %d in the file", p.Count(), out.Pages)
	}
	for i := range p.Count() {
		img := p.Image(i, 40)
		w, h := p.Size(i)
		if want := image.Rect(0, 0, int(w*40/72+0.5), int(h*40/72+0.5)); img.Rect != want {
			t.Errorf("page %d is %v, want %v", i, img.Rect, want)
		}
		if inkOf(img) < 200 {
			t.Errorf("page %d is empty", i)
		}
	}
	if w, h := p.Size(p.Count() - 1); w < h {
		t.Errorf("the last page is %g by %g, want A3 on its side", w, h)
	}
	if err := p.Missing(); err != nil {
		t.Error(err)
	}
}

func TestPagesShowTheSameTwice(t *testing.T) {
	p, err := NewPages(reports.Serviceplan(fixture.Plan("sv")))
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range []int{0, 3, p.Count() - 1} {
		if !bytes.Equal(p.Image(i, 60).Pix, p.Image(i, 60).Pix) {
			t.Errorf("page %d differs from itself", i)
		}
	}
}

func TestPagesFindWhatIsAnchored(t *testing.T) {
	doc := reports.Serviceplan(fixture.Plan("sv"))
	p, err := NewPages(doc)
	if err != nil {
		t.Fatal(err)
	}
	last := 0
	for _, h := range doc.Headings() {
		page, y, ok := p.Find(h.Anchor)
		if !ok || page < last || y < topOfText-1 {
			t.Errorf("%q is found on page %d at %g: %v", h.Text, page, y, ok)
		}
		last = page
	}
	if _, _, ok := p.Find("nothing"); ok {
		t.Error("an anchor that is none was found")
	}
}

func TestPagesTellWhatTheFileWouldNotPrint(t *testing.T) {
	doc := small(reports.Paragraph{Runs: reports.Plain("中")})
	p, err := NewPages(doc)
	if err != nil {
		t.Fatal(err)
	}
	if p.Missing() == nil {
		t.Error("a letter that no font has is not told")
	}
	doc = small(reports.Paragraph{Runs: []reports.Run{{Ref: "borta"}}})
	if _, err := NewPages(doc); err == nil {
		t.Error("a reference that leads nowhere was laid out")
	}
	long := reports.Run{Text: "x"}
	for range 400 {
		long.Note = append(long.Note, reports.Run{Text: "en lång not som aldrig tar slut "})
	}
	if _, err := NewPages(small(reports.Paragraph{Runs: []reports.Run{long}})); err == nil {
		t.Error("a note longer than a page was laid out")
	} else if said := i18n.For("sv").Error(err); said == "" {
		t.Error("the fault has no words")
	}
}

// BenchmarkPreview lays a whole plan out and draws one page, as after a change.
func BenchmarkPreview(b *testing.B) {
	doc := reports.Serviceplan(fixture.Plan("sv"))
	for b.Loop() {
		p, err := NewPages(doc)
		if err != nil {
			b.Fatal(err)
		}
		p.Image(3, 96)
	}
}
