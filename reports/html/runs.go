package html

import (
	"strconv"
	"strings"

	"nabar/reports"
)

// runs writes styled text with its links, references, languages and the signs of its footnotes.
func (p *writer) runs(rs []reports.Run) string {
	var b strings.Builder
	for _, r := range rs {
		b.WriteString(run(r))
		if r.Note != nil {
			b.WriteString(p.noteSign(r.Note))
		}
	}
	return b.String()
}

// run writes one run without its footnote.
func run(r reports.Run) string {
	text := esc(r.Text)
	switch {
	case r.Bold:
		text = "<strong>" + text + "</strong>"
	case r.Italic:
		text = "<em>" + text + "</em>"
	}
	lang := ""
	if r.Lang != "" {
		lang = ` lang="` + esc(r.Lang) + `"`
	}
	switch {
	case r.Link != "":
		return `<a href="` + esc(r.Link) + `"` + lang + ">" + text + "</a>"
	case r.Anchor != "":
		return `<a href="#` + esc(r.Anchor) + `"` + lang + ">" + text + "</a>"
	case lang != "":
		return "<span" + lang + ">" + text + "</span>"
	}
	return text
}

// noteSign takes up a footnote and writes its sign, which leads to it.
func (p *writer) noteSign(note []reports.Run) string {
	p.notes = append(p.notes, note)
	n := strconv.Itoa(len(p.notes))
	return `<sup class="sign"><a id="sign` + n + `" href="#note` + n + `" role="doc-noteref" aria-label="` +
		esc(p.doc.Printer.T("out.note", len(p.notes))) + `">` + n + "</a></sup>"
}

// endnotes writes the footnotes behind the text, each with a way back to its sign.
func (p *writer) endnotes() {
	if len(p.notes) == 0 {
		return
	}
	p.put(`<section class="notes" role="doc-endnotes" aria-labelledby="notes">` + "\n")
	p.put(`<h2 id="notes">`, esc(p.doc.Printer.T("out.notes")), "</h2>\n<ol>\n")
	for i, note := range p.notes {
		n := strconv.Itoa(i + 1)
		p.put(`<li id="note`, n, `">`, p.runs(note), ` <a class="back" href="#sign`, n, `" role="doc-backlink" aria-label="`,
			esc(p.doc.Printer.T("out.note_back", i+1)), `">↩</a></li>`, "\n")
	}
	p.put("</ol>\n</section>\n")
}

// list writes a list and those inside its items.
func (p *writer) list(l reports.List) {
	if len(l.Items) == 0 {
		return
	}
	name := "ul"
	if l.Ordered {
		name = "ol"
	}
	p.put("<", name, ">\n")
	for i, item := range l.Items {
		p.put("<li>", p.runs(item))
		if below, ok := l.Below[i]; ok {
			p.put("\n")
			p.list(below)
		}
		p.put("</li>\n")
	}
	p.put("</", name, ">\n")
}

// page begins a part whose printed pages have a format of their own, and ends the one before.
func (p *writer) page(to reports.Page) {
	p.endSheet()
	p.format = to
	p.startSheet()
}

// startSheet opens the part of a format; upright A4 needs none.
func (p *writer) startSheet() {
	if p.format == (reports.Page{}) {
		return
	}
	p.put(`<div class="sheet `, formatName(p.format), "\">\n")
	p.sheet = true
}

func (p *writer) endSheet() {
	if p.sheet {
		p.put("</div>\n")
	}
	p.sheet = false
}

// capRoom is what margins, caption and heading take of a printed page's height, in points.
const capRoom = 200

// sheets are the print rules of the formats that parts of the page have.
func sheets() string {
	var b strings.Builder
	b.WriteString("@media print {\n")
	for size := reports.A4; size <= reports.A0; size++ {
		for _, wide := range []bool{false, true} {
			format := reports.Page{Size: size, Landscape: wide}
			name := formatName(format)
			w, h := format.Points()
			b.WriteString("  @page " + name + " { size: " + number(w) + "pt " + number(h) + "pt; }\n" +
				"  ." + name + " { page: " + name + "; }\n  ." + name + " .map svg { max-height: " + number(h-capRoom) + "pt; }\n")
		}
	}
	return b.String() + "}\n"
}

// formatName names a format in the style sheet: "a3-wide".
func formatName(p reports.Page) string {
	name := "a" + strconv.Itoa(4-int(p.Size))
	if p.Landscape {
		name += "-wide"
	}
	return name
}
