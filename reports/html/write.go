package html

import (
	_ "embed"
	"html"
	"io"
	"strings"

	"nabar/internal/i18n"
	"nabar/reports"
)

//go:embed style.css
var style string

// Write writes the document.
func Write(w io.Writer, d *reports.Document) error {
	d, err := d.Resolved()
	if err != nil {
		return err
	}
	p := &writer{doc: d}
	p.head()
	p.cover()
	blocks := d.Blocks
	for len(blocks) > 0 { // the contents stand before the main part, so that the skip link passes them
		c, ok := blocks[0].(reports.Contents)
		if !ok {
			break
		}
		p.contents(c)
		blocks = blocks[1:]
	}
	p.put(`<main id="content" tabindex="-1">` + "\n")
	for _, b := range blocks {
		p.block(b)
	}
	p.endChapter()
	p.endnotes()
	p.put("</main>\n<footer class=\"page-footer\">", esc(d.Footer), "</footer>\n</body>\n</html>\n")
	_, err = io.WriteString(w, p.b.String())
	return err
}

// writer gathers the file.
type writer struct {
	doc     *reports.Document
	b       strings.Builder
	section bool // a chapter's section element is open
	sheet   bool // the element of a page format is open
	format  reports.Page
	notes   [][]reports.Run // footnotes so far
}

func (p *writer) put(parts ...string) {
	for _, s := range parts {
		p.b.WriteString(s)
	}
}

// esc escapes text for HTML; a line feed becomes a break.
func esc(s string) string {
	return strings.ReplaceAll(html.EscapeString(strings.ToValidUTF8(s, "\uFFFD")), "\n", "<br/>")
}

// element writes a whole element with text.
func (p *writer) element(open, text, name string) {
	p.put("<", open, ">", esc(text), "</", name, ">\n")
}

// head writes everything down to the skip link.
func (p *writer) head() {
	d := p.doc
	lang := "sv"
	if d.Printer.Lang() == i18n.English {
		lang = "en"
	}
	p.put("<!DOCTYPE html>\n<html lang=\"", lang, "\">\n<head>\n<meta charset=\"utf-8\"/>\n",
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
	p.element("title", d.Title, "title")
	for _, m := range [][2]string{{"author", d.Author}, {"description", d.Subject}, {"generator", d.Creator}, {"date", d.Date}} {
		if m[1] != "" {
			p.put(`<meta name="`, m[0], `" content="`, esc(m[1]), "\"/>\n")
		}
	}
	p.put("<style>\n", style, sheets(), "</style>\n</head>\n<body")
	if d.Watermark != "" {
		p.put(` data-watermark="`, esc(d.Watermark), `"`)
	}
	p.put(">\n")
	p.put(`<a class="skip" href="#content">`, esc(d.Printer.T("report.skip")), "</a>\n")
}

// cover writes the title and the decision block.
func (p *writer) cover() {
	c := p.doc.Cover
	class := "cover"
	if c.Letter {
		class = "cover letter"
	}
	p.put(`<header class="`, class, "\">\n<div class=\"field\">\n")
	if c.Motif != nil && !c.Letter {
		p.put(`<div class="motif" aria-hidden="true">`, picture("", "motif", 480, 300, c.Motif), "</div>\n")
	}
	p.put("<div class=\"words\">\n")
	p.element(`p class="kommun"`, c.Kommun, "p")
	if c.Notice != "" {
		p.element(`p class="notice"`, c.Notice, "p")
	}
	p.put("<h1>", esc(c.Title))
	if c.Period != "" {
		p.put(` <span class="period">`, esc(c.Period), "</span>")
	}
	p.put("</h1>\n")
	if c.Subtitle != "" {
		p.element(`p class="subtitle"`, c.Subtitle, "p")
	}
	p.put("</div>\n</div>\n<dl class=\"facts\">\n")
	for _, f := range c.Facts {
		p.put("<dt>", esc(f.Label), "</dt><dd>", esc(f.Value), "</dd>\n")
	}
	p.put("</dl>\n</header>\n")
}

// block writes one block.
func (p *writer) block(b reports.Block) {
	switch b := b.(type) {
	case reports.Heading:
		p.heading(b)
	case reports.Paragraph:
		class := map[reports.Style]string{reports.Lead: ` class="lead"`, reports.Note: ` class="note"`, reports.Fine: ` class="fine"`}[b.Style]
		p.put("<p", class, ">", p.runs(b.Runs), "</p>\n")
	case reports.List:
		p.list(b)
	case reports.KeyFigures:
		p.keyFigures(b)
	case reports.Table:
		p.table(b)
	case reports.Figure:
		p.figure(b)
	case reports.Charts:
		p.put("<div class=\"charts\">\n")
		for _, f := range b.Figures {
			p.figure(f)
		}
		p.put("</div>\n")
	case reports.Contents:
		p.contents(b)
	case reports.Page:
		p.page(b)
	}
}

// heading opens a chapter in a section of its own, or writes the title of a section.
func (p *writer) heading(h reports.Heading) {
	name := []string{"h2", "h3", "h4"}[min(max(h.Depth, 1), 3)-1]
	if h.Level == 1 {
		p.endChapter()
		p.put(`<section aria-labelledby="`, h.Anchor, "\">\n")
		p.section = true
		p.startSheet()
	}
	p.put("<", name, ` id="`, h.Anchor, `">`)
	if h.Number != "" {
		p.put(`<span class="number">`, esc(h.Number), "</span> ")
	}
	p.put(esc(h.Text), "</", name, ">\n")
}

func (p *writer) endChapter() {
	p.endSheet()
	if p.section {
		p.put("</section>\n")
	}
	p.section = false
}

func (p *writer) keyFigures(k reports.KeyFigures) {
	p.put("<ul class=\"key-figures\" role=\"list\">\n")
	for _, f := range k.Items {
		p.put(`<li><strong>`, esc(f.Value), `</strong> <span class="label">`, esc(f.Label), "</span>")
		if f.Note != "" {
			p.put(` <span class="remark">`, esc(f.Note), "</span>")
		}
		p.put("</li>\n")
	}
	p.put("</ul>\n")
}

// scroll opens a frame that scrolls sideways where the window is narrow, named by the element with the given id. Keys
// reach it everywhere; it is a group, as a landmark for each table and figure would drown those of the chapters.
func (p *writer) scroll(label string) {
	p.put(`<div class="scroll" tabindex="0" role="group" aria-labelledby="`, label, "\">\n")
}

// table writes a table in a frame that scrolls, kept together with the line under it.
func (p *writer) table(t reports.Table) {
	p.put("<div class=\"tabular\">\n")
	p.scroll(t.Anchor + "-c")
	p.put(`<table id="`, t.Anchor, `"><caption id="`, t.Anchor, `-c"><span class="held"><strong>`, esc(t.Label(p.doc)), ".</strong> ",
		esc(t.Caption), "</span></caption>\n<thead><tr>")
	for _, c := range t.Columns {
		p.put(`<th scope="col"`, alignment(c), ">", esc(c.Head), "</th>")
	}
	p.put("</tr></thead>\n<tbody>\n")
	for r, row := range t.Rows {
		p.put(`<tr><th scope="row">`, p.runs(t.Runs(r, 0)), "</th>")
		for c := 1; c < len(row); c++ {
			p.put("<td", alignment(t.Columns[c]), ">", p.runs(t.Runs(r, c)), "</td>")
		}
		p.put("</tr>\n")
	}
	p.put("</tbody></table>\n</div>\n")
	if t.Source != "" {
		p.element(`p class="fine"`, t.Source, "p")
	}
	p.put("</div>\n")
}

// alignment writes the class of a column's cells. Short values such as dates, in columns that ask for no more than their
// least width, stay on one line.
func alignment(c reports.Column) string {
	switch {
	case c.Align == reports.Right:
		return ` class="right"`
	case c.Weight == 0:
		return ` class="whole"`
	}
	return ""
}

// figure writes a picture with its alternative and caption.
func (p *writer) figure(f reports.Figure) {
	height := f.Height
	class := "chart"
	if f.Fill {
		height, class = f.Width*1.25, "map"
	}
	p.put(`<figure id="`, f.Anchor, `" class="`, class, "\">\n")
	p.scroll(f.Anchor + "-c")
	p.put(picture(f.Alt, f.Anchor, f.Width, height, f.Paint), "\n</div>\n<figcaption id=\"", f.Anchor, "-c\"><strong>",
		esc(f.Label(p.doc)), ".</strong> ", esc(f.Caption))
	if f.Source != "" {
		p.put("<br/>", esc(f.Source))
	}
	p.put("</figcaption>\n</figure>\n")
}

// contents writes the links to chapters and sections. The lists say that they are lists, as some readers take one without
// marks for none.
func (p *writer) contents(c reports.Contents) {
	p.put(`<nav class="contents" aria-labelledby="contents">`, "\n<h2 id=\"contents\">", esc(c.Title), "</h2>\n<ol role=\"list\">\n")
	level := 0
	for _, h := range p.doc.Headings() {
		switch {
		case h.Depth > 2:
			continue
		case level == 0:
			level = 1
		case h.Depth < level:
			p.put("</li>\n</ol></li>\n")
			level = 1
		case h.Depth > level:
			p.put("\n<ol role=\"list\">\n")
			level = 2
		default:
			p.put("</li>\n")
		}
		p.put(`<li><a href="#`, h.Anchor, `">`, esc(strings.TrimSpace(h.Number+" "+h.Text)), "</a>")
	}
	p.put(map[int]string{1: "</li>\n", 2: "</li>\n</ol></li>\n"}[level], "</ol>\n</nav>\n")
}
