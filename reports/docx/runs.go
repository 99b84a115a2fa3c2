package docx

import (
	"strconv"
	"strings"

	"nabar/reports"
)

// part with text: the body or the footnotes. Links to addresses are relations of their part.
type relations struct {
	links []string
	id    map[string]string
}

// link gives the relation of an address, which is taken up where it is new.
func (r *relations) link(url string) string {
	if id, ok := r.id[url]; ok {
		return id
	}
	if r.id == nil {
		r.id = map[string]string{}
	}
	r.links = append(r.links, url)
	r.id[url] = "rIdLink" + strconv.Itoa(len(r.links))
	return r.id[url]
}

// xml writes the relations.
func (r *relations) xml() string {
	var x strings.Builder
	for _, url := range r.links {
		x.WriteString(`<Relationship Id="` + r.id[url] + `" Type="` + officeType + `hyperlink" Target="` + esc(url) + `" TargetMode="External"/>`)
	}
	return x.String()
}

// runs writes styled text of the body.
func (b *body) runs(rs []reports.Run) string { return b.runsIn(&b.links, rs) }

// runsIn writes styled text of a part with its links, references, languages and footnotes.
func (b *body) runsIn(part *relations, rs []reports.Run) string {
	var out strings.Builder
	for _, r := range rs {
		l := look{bold: r.Bold, italic: r.Italic, lang: r.Lang}
		switch {
		case r.Link != "":
			l.style = "Hyperlink"
			out.WriteString(`<w:hyperlink r:id="` + part.link(r.Link) + `" w:history="1">` + run(r.Text, l) + "</w:hyperlink>")
		case r.Anchor != "":
			out.WriteString(b.reference(r, l))
		default:
			out.WriteString(run(r.Text, l))
		}
		if r.Note != nil {
			out.WriteString(b.footnote(r.Note))
		}
	}
	return out.String()
}

// reference writes a reference as a field that Word computes anew from the bookmark: the label of a caption, the number of
// a heading that Word numbers. Words of the writer's own stay as they are, with a link.
func (b *body) reference(r reports.Run, l look) string {
	link := func(content string) string {
		return `<w:hyperlink w:anchor="` + mark(r.Anchor) + `" w:history="1">` + content + "</w:hyperlink>"
	}
	label, number := b.labels[r.Anchor], b.numbers[r.Anchor]
	before, after, numbered := strings.Cut(r.Text, number)
	switch {
	case label != "" && r.Text == label:
		return reference(r.Anchor, "", r.Text, l)
	case label != "" && r.Text == strings.ToLower(label):
		return reference(r.Anchor, `\* Lower `, r.Text, l)
	case number != "" && numbered:
		return run(before, l) + reference(r.Anchor, `\r `, number, l) + run(after, l)
	}
	return link(run(r.Text, l))
}

// reference writes the field of a reference with the text that it shows.
func reference(anchor, how, shown string, l look) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> REF ` + mark(anchor) + ` ` + how + `\h </w:instrText></w:r>` +
		`<w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run(shown, l) + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

// name takes up the labels of captions and the numbers of headings, which references show.
func (b *body) name() {
	b.labels, b.numbers = map[string]string{}, map[string]string{}
	for _, t := range b.doc.Tables() {
		b.labels[t.Anchor] = t.Label(b.doc)
	}
	for _, f := range b.doc.Figures() {
		b.labels[f.Anchor] = f.Label(b.doc)
	}
	var c counter
	for _, h := range b.doc.Headings() {
		if c.gives(h) {
			b.numbers[h.Anchor] = h.Number
		}
	}
}

// counter counts headings as Word does.
type counter [3]int

// gives tells whether the number that Word gives a heading is the document's, and counts it if so.
func (c *counter) gives(h reports.Heading) bool {
	level := headingLevel(h)
	next := *c
	next[level-1]++
	clear(next[level:])
	parts := make([]string, level)
	for i := range parts {
		parts[i] = strconv.Itoa(next[i])
	}
	if h.Number == "" || h.Number != strings.Join(parts, ".") {
		return false
	}
	*c = next
	return true
}

// headingLevel is the level of a heading, 1 to 3.
func headingLevel(h reports.Heading) int { return min(max(h.Level, 1), 3) }

// footnote takes up a footnote and writes its sign.
func (b *body) footnote(note []reports.Run) string {
	b.notes++
	id := strconv.Itoa(b.notes)
	b.footnotes.WriteString(`<w:footnote w:id="` + id + `"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>` +
		`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>` + run(" ", look{}) + b.runsIn(&b.noteLinks, note) + "</w:p></w:footnote>")
	return `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="` + id + `"/></w:r>`
}

// footnotesPart is the part with the footnotes, and the two lines that Word sets above them.
func (b *body) footnotesPart() []byte {
	line := func(id, kind, element string) string {
		return `<w:footnote w:type="` + kind + `" w:id="` + id + `"><w:p><w:r><w:` + element + `/></w:r></w:p></w:footnote>`
	}
	return []byte(declaration + "<w:footnotes" + mainSpace + ">" + line("-1", "separator", "separator") +
		line("0", "continuationSeparator", "continuationSeparator") + b.footnotes.String() + "</w:footnotes>")
}
