package docx

import (
	"slices"
	"strconv"
	"strings"

	"nabar/reports"
)

// body writes the part with the text, and gathers what the other parts must hold for it.
type body struct {
	doc      *reports.Document
	xml      strings.Builder
	images   [][]byte
	ordered  int  // numbered lists so far
	pictures int  // drawings so far
	marks    int  // bookmarks so far
	newPage  bool // the next paragraph starts a page
	airy     bool // the next paragraph follows a table

	section  section
	sections int       // ended so far
	widths   []float64 // of text, for which there are headers and footers

	counted counter           // what automatic numbering has reached at each heading level
	labels  map[string]string // of captions, by anchor
	numbers map[string]string // of headings that Word numbers, by anchor

	links     relations // of the body
	notes     int
	footnotes strings.Builder
	noteLinks relations
}

// put adds markup.
func (b *body) put(parts ...string) {
	for _, s := range parts {
		b.xml.WriteString(s)
	}
}

// write writes the whole part.
func (b *body) write() error {
	b.section = standard
	b.furniture(standard.text())
	b.name()
	b.put(declaration, "<w:document", mainSpace, "><w:body>")
	if err := b.cover(); err != nil {
		return err
	}
	for _, block := range b.doc.Blocks {
		if err := b.block(block); err != nil {
			return err
		}
	}
	if b.airy || len(b.doc.Blocks) == 0 {
		b.para(paragraph{}) // a body ends with a paragraph
	}
	b.put(b.properties(b.sections == 0), "</w:body></w:document>")
	return nil
}

// paragraph is what a paragraph is made of.
type paragraph struct {
	style    string
	keepNext bool
	list     string // numPr, "" for that of the style
	right    bool
	content  string
}

// para writes a paragraph of the text's main flow.
func (b *body) para(p paragraph) {
	b.put("<w:p><w:pPr>")
	if p.style != "" {
		b.put(`<w:pStyle w:val="`, p.style, `"/>`)
	}
	if p.keepNext {
		b.put("<w:keepNext/>")
	}
	if b.newPage {
		b.put("<w:pageBreakBefore/>")
	}
	b.put(p.list)
	if b.airy && !b.newPage && p.style != "Caption" && !strings.HasPrefix(p.style, "Heading") {
		b.put(`<w:spacing w:before="`, twips(10), `"/>`)
	}
	if p.right {
		b.put(`<w:jc w:val="right"/>`)
	}
	b.put("</w:pPr>", p.content, "</w:p>")
	b.newPage, b.airy = false, false
}

// numbered is the list property of a paragraph.
func numbered(list, level int) string {
	return `<w:numPr><w:ilvl w:val="` + strconv.Itoa(level) + `"/><w:numId w:val="` + strconv.Itoa(list) + `"/></w:numPr>`
}

// block writes one block.
func (b *body) block(block reports.Block) error {
	switch v := block.(type) {
	case reports.Heading:
		b.heading(v)
	case reports.Paragraph:
		b.para(paragraph{style: paragraphStyles[v.Style], content: b.runs(v.Runs)})
	case reports.List:
		b.list(v, 0)
	case reports.KeyFigures:
		b.keyFigures(v)
	case reports.Table:
		b.table(v)
	case reports.Figure:
		return b.figure(v)
	case reports.Charts:
		for _, f := range v.Figures {
			if err := b.figure(f); err != nil {
				return err
			}
		}
	case reports.Contents:
		b.contents(v)
	case reports.PageBreak:
		b.newPage = true
	case reports.Page:
		b.page(v)
	}
	return nil
}

// paragraphStyles are the style ids of the document's kinds of paragraph.
var paragraphStyles = map[reports.Style]string{
	reports.Body: "BodyText", reports.Lead: "Lead", reports.Note: "Note", reports.Fine: "Fine",
}

// heading writes a heading with its bookmark. Its number is Word's own where that gives the same one, so that headings
// added later are counted; any other number is written as text.
func (b *body) heading(h reports.Heading) {
	p := paragraph{style: "Heading" + strconv.Itoa(headingLevel(h))}
	text := h.Text
	if !b.counted.gives(h) {
		p.list = numbered(0, 0)
		text = strings.TrimSpace(h.Number + " " + h.Text)
	}
	b.newPage = b.newPage || h.NewPage
	p.content = b.bookmark(h.Anchor, run(text, look{}))
	b.para(p)
}

// bookmark sets content between the marks that contents and links lead to.
func (b *body) bookmark(anchor, content string) string {
	if anchor == "" {
		return content
	}
	b.marks++
	id := strconv.Itoa(b.marks)
	return `<w:bookmarkStart w:id="` + id + `" w:name="` + mark(anchor) + `"/>` + content + `<w:bookmarkEnd w:id="` + id + `"/>`
}

// mark is the name of an anchor's bookmark. Names that start with an underscore are hidden in Word's lists.
func mark(anchor string) string { return esc("_Toc_" + anchor) }

// The lists of the part numbering: the headings' numbers, bullets, then one for each numbered list.
const (
	headingList = 1
	bulletList  = 2
)

// maxListLevel is how deep lists are told apart.
const maxListLevel = 2

// list writes a list, and those inside its items one level deeper.
func (b *body) list(l reports.List, level int) {
	level = min(level, maxListLevel)
	p := paragraph{style: "ListBullet"}
	switch {
	case l.Ordered:
		b.ordered++
		p.style, p.list = "ListNumber", numbered(bulletList+b.ordered, level)
	case level > 0:
		p.list = numbered(bulletList, level)
	}
	for i, item := range l.Items {
		p.content = b.runs(item)
		b.para(p)
		if below, ok := l.Below[i]; ok {
			b.list(below, level+1)
		}
	}
}

// keyFigures writes each number on a line of its own with what it is behind it.
func (b *body) keyFigures(k reports.KeyFigures) {
	for i, f := range k.Items {
		content := run(f.Value, look{style: "KeyValue"}) + "<w:r><w:tab/></w:r>" + run(f.Label, look{bold: true})
		if f.Note != "" {
			content += run(", "+f.Note, look{colour: reports.Quiet})
		}
		b.para(paragraph{style: "KeyFigure", keepNext: i+1 < len(k.Items), content: content})
	}
	b.airy = len(k.Items) > 0
}

// contents writes the table of contents as a field that is filled already, but for the page numbers: they are not known
// before a word processor lays out the pages, and come when it computes the field, which Word does at opening.
func (b *body) contents(c reports.Contents) {
	headings := slices.DeleteFunc(b.doc.Headings(), func(h reports.Heading) bool { return h.Level > 2 })
	if len(headings) == 0 {
		return
	}
	b.put(`<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>`)
	b.para(paragraph{style: "TOCHeading", content: run(c.Title, look{})})
	for i, h := range headings {
		content := ""
		if i == 0 {
			content = `<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r>` +
				`<w:r><w:fldChar w:fldCharType="separate"/></w:r>`
		}
		content += b.entry(h)
		if i == len(headings)-1 {
			content += `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
		}
		b.para(paragraph{style: "TOC" + strconv.Itoa(min(max(h.Level, 1), 2)), content: content})
	}
	b.put("</w:sdtContent></w:sdt>")
}

// entry is a line of the contents: a link with number and text.
func (b *body) entry(h reports.Heading) string {
	text := h.Text
	if h.Number != "" {
		text = h.Number + "\t" + text
	}
	return `<w:hyperlink w:anchor="` + mark(h.Anchor) + `" w:history="1">` + run(text, look{}) + "</w:hyperlink>"
}

// caption writes the words over a table or under a figure, numbered by a sequence field.
func (b *body) caption(label string, number int, text, anchor string, keepNext bool) {
	digits := b.doc.Printer.Int(int64(number))
	before, after, ok := strings.Cut(label, digits)
	bold := look{bold: true, colour: reports.Ink}
	content := run(label, bold)
	if ok {
		sequence := strings.TrimSpace(before)
		content = run(before, bold) + field(`SEQ `+sequence+` \* ARABIC`, digits, bold) + run(after, bold)
	}
	content = b.bookmark(anchor, content) + run(". ", bold) + run(text, look{})
	b.para(paragraph{style: "Caption", keepNext: keepNext, content: content})
}
