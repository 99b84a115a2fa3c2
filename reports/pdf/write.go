package pdf

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jung-kurt/gofpdf"

	"nabar/internal/i18n"
	"nabar/reports"
)

// Outcome tells what was written.
type Outcome struct {
	Pages    int
	Warnings []i18n.Message // what a reader should know: characters that could not be shown
}

// Write writes the document. Equal documents give equal bytes.
func Write(w io.Writer, d *reports.Document) error {
	_, err := Render(w, d)
	return err
}

// Render writes the document and tells what came out.
func Render(w io.Writer, d *reports.Document) (Outcome, error) {
	d, err := d.Resolved()
	if err != nil {
		return Outcome{}, err
	}
	l, err := newLayout(d)
	if err != nil {
		return Outcome{}, err
	}
	return l.write(w, l.draw())
}

// newLayout makes the layout of a document in which nothing is laid out yet.
func newLayout(d *reports.Document) (*layout, error) {
	fs, err := loadFonts()
	if err != nil {
		return nil, err
	}
	return &layout{doc: d, fonts: fs, root: &element{role: "Document"}, pageOf: map[string]place{}}, nil
}

// write makes the file of drawn pages.
func (l *layout) write(w io.Writer, pages []*page) (Outcome, error) {
	raw, err := pack(l.fonts, pages)
	if err != nil {
		return Outcome{}, err
	}
	f, err := finish(raw, l, pages)
	if err != nil {
		return Outcome{}, err
	}
	if _, err := w.Write(f); err != nil {
		return Outcome{}, err
	}
	return Outcome{Pages: len(pages), Warnings: l.fonts.warnings()}, nil
}

// finishPages makes the file of drawn pages.
func (l *layout) finishPages(pages []*page) ([]byte, error) {
	raw, err := pack(l.fonts, pages)
	if err != nil {
		return nil, err
	}
	return finish(raw, l, pages)
}

// draw lays the document out and draws its pages, the cover first.
func (l *layout) draw() []*page {
	alphas := map[uint8]bool{}
	newPage := func(i int) *page {
		return &page{fonts: l.fonts, index: i, width: pageWidth, height: pageHeight, alphas: alphas}
	}
	first := newPage(0)
	l.cover(first)
	first.endMark()
	l.chapter = l.root
	for _, b := range l.doc.Blocks {
		l.block(b)
	}
	plan := paginate(chooseCharts(l.boxes))
	for i, boxes := range plan {
		for _, b := range boxes {
			for _, a := range b.anchors {
				l.pageOf[a] = place{i + 1, b.y}
			}
		}
	}
	pages := []*page{first}
	for i, boxes := range plan {
		p := newPage(i + 1)
		l.furnishing(p, len(plan)+1)
		for _, b := range boxes {
			b.draw(p, b.y, b.height)
		}
		p.endMark()
		pages = append(pages, p)
	}
	return pages
}

// warnings names the characters that the fonts lack.
func (fs *fonts) warnings() []i18n.Message {
	if len(fs.replaced) == 0 {
		return nil
	}
	var names []string
	for _, r := range slices.Sorted(maps.Keys(fs.replaced)) {
		names = append(names, fmt.Sprintf("%c (U+%04X)", r, r))
	}
	return []i18n.Message{i18n.M("report.warning.glyphs", len(names), strings.Join(names, ", "))}
}

// epoch is the date that gofpdf is told; it does not reach the finished file.
var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// pack hands the content streams and the used characters to gofpdf, which compresses the one and subsets the fonts for the
// other. A last page shows every used character of every used face: it is how gofpdf learns of them, and is not taken
// into the finished file.
func pack(fs *fonts, pages []*page) ([]byte, error) {
	g := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: pageWidth, Ht: pageHeight}})
	g.SetCatalogSort(true)
	g.SetCreationDate(epoch)
	g.SetModificationDate(epoch)
	g.SetAutoPageBreak(false, 0)
	for _, f := range fs.faces {
		if len(f.used) > 0 {
			g.AddUTF8FontFromBytes(strings.ToLower(f.name), "", f.data)
		}
	}
	for _, p := range pages {
		g.AddPage()
		g.RawWriteBuf(&p.buf)
	}
	g.AddPage()
	for _, f := range fs.faces {
		if len(f.used) > 0 {
			g.SetFont(strings.ToLower(f.name), "", 10)
			g.Text(0, 0, string(f.usedRunes()))
		}
	}
	var out strings.Builder
	if err := g.Output(&out); err != nil {
		return nil, fmt.Errorf("packing the document: %w", err)
	}
	return []byte(out.String()), nil
}
