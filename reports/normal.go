package reports

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// What planners write is not always what formats allow: headings that skip a level, rows with a cell too few, addresses
// without a scheme. Resolved makes it so that every renderer, and the checker of the PDF, can take it.

// blank tells whether a text shows no letter.
func blank(text string) bool {
	return strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) == ""
}

// silent tells whether runs show nothing, not even the sign of a footnote.
func silent(runs []Run) bool {
	return blank(Text(runs)) && !slices.ContainsFunc(runs, func(r Run) bool { return r.Note != nil })
}

// titled gives the document's title, or another where it has none.
func titled(d *Document) string {
	for _, title := range []string{d.Title, d.Cover.Title} {
		if !blank(title) {
			return title
		}
	}
	return d.Printer.T("out.untitled")
}

// heading gives a heading its depth. One without words is none: only its page break is left.
func (r *resolver) heading(h Heading) Block {
	if blank(h.Number + h.Text) {
		if h.NewPage {
			return PageBreak{}
		}
		return nil
	}
	r.where = h.Text
	h.Depth = min(max(h.Level, 1), r.depth+1)
	r.depth = h.Depth
	return h
}

// squared gives a table as many cells in each row as it has columns.
func squared(t Table) Table {
	most := len(t.Columns)
	for _, row := range t.Rows {
		most = max(most, len(row))
	}
	if most == 0 {
		most = 1
	}
	if most > len(t.Columns) {
		t.Columns = append(slices.Clone(t.Columns), make([]Column, most-len(t.Columns))...)
	}
	if !slices.ContainsFunc(t.Rows, func(row []string) bool { return len(row) < most }) {
		return t
	}
	t.Rows = slices.Clone(t.Rows)
	for i, row := range t.Rows {
		if len(row) < most {
			t.Rows[i] = append(slices.Clone(row), make([]string, most-len(row))...)
		}
	}
	return t
}

// address gives an address with its scheme and in letters that every format takes; "" for one that leads to neither the web
// nor a letter box, such as a file on somebody's computer.
func address(link string) string {
	link = strings.TrimSpace(link)
	lower := strings.ToLower(link)
	switch {
	case link == "" || strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "mailto:"):
	case strings.Contains(link, ":") || strings.ContainsAny(link, " \\"):
		return ""
	case strings.Contains(link, "@"):
		link = "mailto:" + link
	case strings.Contains(link, "."):
		link = "https://" + link
	default:
		return ""
	}
	if scheme, rest, ok := strings.Cut(link, ":"); ok {
		link = strings.ToLower(scheme) + ":" + rest
	}
	var b strings.Builder
	for _, c := range []byte(link) {
		if c <= ' ' || c > '~' || c == '"' || c == '<' || c == '>' {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// languageTag gives a tag back that looks like one, "se" or "sv-SE", else "".
func languageTag(tag string) string {
	for i, part := range strings.Split(tag, "-") {
		if len(part) < 2 || len(part) > 8 || (i == 0 && len(part) > 3) {
			return ""
		}
		for _, r := range part {
			if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') {
				return ""
			}
		}
	}
	return tag
}
