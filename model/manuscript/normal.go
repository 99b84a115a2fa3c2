package manuscript

import (
	"encoding/json"
	"strings"
)

// sameStyle tells whether two runs of text can be one.
func (r *Run) sameStyle(o *Run) bool {
	return r.Bold == o.Bold && r.Italic == o.Italic && r.Lang == o.Lang && r.Link == o.Link && r.plain() && o.plain()
}

// plain tells whether a run is text alone.
func (r *Run) plain() bool {
	return r.Ref == "" && r.Note == nil && r.Figure == nil && r.Comment == nil
}

// empty tells whether a run says nothing at all.
func (r *Run) empty() bool { return r.Text == "" && r.plain() }

// Normal gives runs their one form: no empty ones, those of one style joined, and what is no letter but a line feed or tab
// left out.
func Normal(runs []Run) []Run {
	var out []Run
	for _, r := range runs {
		r.Text, r.Lang, r.Link = clean(r.Text), label(r.Lang), line(r.Link)
		switch {
		case r.Figure != nil:
			r.Text, r.Ref, r.Lang, r.Note = "", "", "", nil
		case r.Note != nil:
			r.Text, r.Ref, r.Link, r.Lang, r.Bold, r.Italic = "", "", "", "", false, false
			if r.Note = trimmed(flat(r.Note)); len(r.Note) == 0 {
				r.Note = nil
			}
		case r.Ref != "":
			r.Text, r.Ref, r.Link, r.Lang = "", label(r.Ref), "", ""
		}
		if c := r.Comment; c != nil {
			r.Comment = &Comment{line(c.Author), clean(c.Text), c.Resolved}
		}
		if r.empty() {
			continue
		}
		if n := len(out); n > 0 && out[n-1].sameStyle(&r) {
			out[n-1].Text += r.Text
			continue
		}
		out = append(out, r)
	}
	return out
}

// flat leaves footnotes and comments out of a footnote.
func flat(runs []Run) []Run {
	var out []Run
	for _, r := range runs {
		if r.Note == nil {
			r.Comment = nil
			out = append(out, r)
		}
	}
	return out
}

// clean leaves out control letters. Carriage returns part lines as line feeds do.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n"), "\r", "\n")
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

// trimmed takes blanks away at both ends of a text.
func trimmed(runs []Run) []Run {
	runs = Normal(runs)
	for len(runs) > 0 && runs[0].plain() {
		if runs[0].Text = strings.TrimLeft(runs[0].Text, " \t\n"); runs[0].Text != "" {
			break
		}
		runs = runs[1:]
	}
	for n := len(runs); n > 0 && runs[n-1].plain(); n = len(runs) {
		if runs[n-1].Text = strings.TrimRight(runs[n-1].Text, " \t\n"); runs[n-1].Text != "" {
			break
		}
		runs = runs[:n-1]
	}
	if len(runs) == 0 {
		return nil
	}
	return runs
}

// Normalise gives a block its one form. It says false for one that holds nothing.
func (b *Block) Normalise() bool {
	b.Runs = trimmed(b.Runs)
	b.Label = label(b.Label)
	if b.Type != Heading && b.Type != TableType && b.Type != LivingOne {
		b.Label = ""
	}
	if b.Type != Paragraph {
		b.Style = Body
	}
	switch b.Type {
	case Heading:
		b.Level = min(max(b.Level, 1), 3)
		return len(b.Runs) > 0
	case Paragraph, Quote:
		return len(b.Runs) > 0
	case List:
		b.normaliseItems()
		return len(b.Items) > 0
	case TableType:
		return b.Table != nil && b.Table.normalise()
	case LivingOne:
		if b.Living == nil {
			return false
		}
		if b.Living.Kind != Sentence {
			b.Runs = nil
		}
		return true
	}
	return b.Type == PageBreak
}

// normaliseItems leaves out empty items and lets none be more than one level deeper than the one before.
func (b *Block) normaliseItems() {
	var out []Item
	deepest := 0
	for _, item := range b.Items {
		if item.Runs = trimmed(item.Runs); len(item.Runs) == 0 {
			continue
		}
		item.Level = min(max(item.Level, 0), deepest, 2)
		deepest = item.Level + 1
		out = append(out, item)
	}
	b.Items = out
}

// normalise gives every row as many cells as the first.
func (t *Table) normalise() bool {
	t.Caption, t.Source = line(t.Caption), line(t.Source)
	if len(t.Rows) == 0 || len(t.Rows[0]) == 0 {
		return false
	}
	n := len(t.Rows[0])
	said := false
	for i, row := range t.Rows {
		for len(row) < n {
			row = append(row, nil)
		}
		row = row[:n]
		for k := range row {
			row[k] = trimmed(row[k])
			said = said || len(row[k]) > 0
		}
		t.Rows[i] = row
	}
	right := make([]bool, n)
	any := false
	for k := range right {
		right[k] = k < len(t.Right) && t.Right[k]
		any = any || right[k]
	}
	if t.Right = right; !any {
		t.Right = nil
	}
	return said || t.Caption != ""
}

// line is a text on one line.
func line(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// label keeps the letters that a label may have: no blanks and no braces.
func label(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\n{}[]|\\#@", r) || r < ' ' {
			return -1
		}
		return r
	}, clean(s))
}

// Text is what runs say, without footnotes; a figure says what it showed last.
func Text(runs []Run) string {
	var b strings.Builder
	for i := range runs {
		switch r := &runs[i]; {
		case r.Figure != nil && r.Figure.Shown != nil:
			b.WriteString(r.Figure.Shown.Text)
		case r.Figure != nil:
			b.WriteString("–")
		default:
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

// Copy is a block that shares nothing with another.
func (b *Block) Copy() Block {
	content, err := json.Marshal(b)
	var out Block
	if err == nil {
		err = json.Unmarshal(content, &out)
	}
	if err != nil {
		panic(err) // plain data: can't fail
	}
	out.ID = b.ID
	return out
}

// Copy is a chapter that shares nothing with another.
func (c *Chapter) Copy() Chapter {
	out := *c
	out.Blocks = nil
	for i := range c.Blocks {
		out.Blocks = append(out.Blocks, c.Blocks[i].Copy())
	}
	return out
}

// Copy is a manuscript that shares nothing with another.
func (m *Manuscript) Copy() *Manuscript {
	out := *m
	out.Chapters = nil
	for i := range m.Chapters {
		out.Chapters = append(out.Chapters, m.Chapters[i].Copy())
	}
	return &out
}
