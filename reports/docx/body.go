package docx

import (
	"strconv"
	"strings"

	"nabar/reports"
)

// The page, in points: A4.
const (
	pageWidth  = 595.3
	pageHeight = 841.9
	marginSide = 62.0
	marginTop  = 78.0
	marginFoot = 68.0
	textWidth  = pageWidth - 2*marginSide
)

// body writes the part with the text, and gathers what the other parts must hold for it.
type body struct {
	doc      *reports.Document
	xml      strings.Builder
	images   [][]byte
	ordered  int    // numbered lists so far
	counted  [2]int // what automatic numbering has reached at each heading level
	pictures int    // drawings so far
	marks    int    // bookmarks so far
	newPage  bool   // the next paragraph starts a page
	airy     bool   // the next paragraph follows a table
}

// put adds markup.
func (b *body) put(parts ...string) {
	for _, s := range parts {
		b.xml.WriteString(s)
	}
}

// write writes the whole part.
func (b *body) write() error {
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
	b.put(`<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/><w:footerReference w:type="default" r:id="rIdFooter"/>`,
		`<w:pgSz w:w="`, twips(pageWidth), `" w:h="`, twips(pageHeight), `"/><w:pgMar w:top="`, twips(marginTop),
		`" w:right="`, twips(marginSide), `" w:bottom="`, twips(marginFoot), `" w:left="`, twips(marginSide),
		`" w:header="`, twips(36), `" w:footer="`, twips(34), `" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>`)
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
		b.para(paragraph{style: paragraphStyles[v.Style], content: runs(v.Runs)})
	case reports.List:
		b.list(v)
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
	}
	return nil
}

// paragraphStyles are the style ids of the document's kinds of paragraph.
var paragraphStyles = map[reports.Style]string{
	reports.Body: "BodyText", reports.Lead: "Lead", reports.Note: "Note", reports.Fine: "Fine",
}

// runs writes styled text.
func runs(rs []reports.Run) string {
	out := ""
	for _, r := range rs {
		out += run(r.Text, look{bold: r.Bold, italic: r.Italic})
	}
	return out
}

// heading writes a heading with its bookmark. Its number is Word's own where that gives the same one, so that headings
// added later are counted; any other number is written as text.
func (b *body) heading(h reports.Heading) {
	level := min(max(h.Level, 1), 2)
	p := paragraph{style: "Heading" + strconv.Itoa(level)}
	text := h.Text
	if h.Number == "" || h.Number != b.nextNumber(level) {
		p.list = numbered(0, 0)
		text = strings.TrimSpace(h.Number + " " + h.Text)
	} else {
		b.count(level)
	}
	b.newPage = b.newPage || h.NewPage
	p.content = b.bookmark(h.Anchor, run(text, look{}))
	b.para(p)
}

// nextNumber is the number that the next heading of a level gets.
func (b *body) nextNumber(level int) string {
	if level == 1 {
		return strconv.Itoa(b.counted[0] + 1)
	}
	return strconv.Itoa(b.counted[0]) + "." + strconv.Itoa(b.counted[1]+1)
}

// count takes the next number of a level.
func (b *body) count(level int) {
	b.counted[level-1]++
	if level == 1 {
		b.counted[1] = 0
	}
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

func (b *body) list(l reports.List) {
	p := paragraph{style: "ListBullet"}
	if l.Ordered {
		b.ordered++
		p.style, p.list = "ListNumber", numbered(bulletList+b.ordered, 0)
	}
	for _, item := range l.Items {
		p.content = runs(item)
		b.para(p)
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
	headings := b.doc.Headings()
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
