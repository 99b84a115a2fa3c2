package reports

import "strings"

// Part is a chapter or section with its text, a line for each paragraph, item, key figure and row of a table.
type Part struct {
	Level         int
	Number, Title string
	Lines         []string
}

// Outline is the document as text, in reading order. What stands before the first heading belongs to a part without title.
// A picture is told by its caption and its text alternative.
func (d *Document) Outline() []Part {
	out := []Part{{}}
	say := func(lines ...string) {
		last := &out[len(out)-1]
		for _, l := range lines {
			if l = strings.TrimSpace(l); l != "" {
				last.Lines = append(last.Lines, l)
			}
		}
	}
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case Heading:
			out = append(out, Part{Level: b.Level, Number: b.Number, Title: b.Text})
		case Paragraph:
			say(worded(b.Runs))
		case List:
			say(listLines(&b)...)
		case KeyFigures:
			for _, k := range b.Items {
				say(strings.Join([]string{k.Value, k.Label, k.Note}, " "))
			}
		case Table:
			say(tableLines(&b)...)
		case Figure:
			say(b.Caption, b.Alt)
		case Charts:
			for i := range b.Figures {
				say(b.Figures[i].Caption, b.Figures[i].Alt)
			}
		}
	}
	if len(out[0].Lines) == 0 {
		out = out[1:]
	}
	return out
}

// worded is the text of runs, notes in brackets after what they belong to.
func worded(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
		if r.Note != nil {
			b.WriteString(" [" + Text(r.Note) + "]")
		}
	}
	return b.String()
}

// listLines are a list's items, each followed by those below it.
func listLines(l *List) []string {
	var out []string
	for i, item := range l.Items {
		out = append(out, worded(item))
		if below, ok := l.Below[i]; ok {
			out = append(out, listLines(&below)...)
		}
	}
	return out
}

// tableLines are a table's caption, head, rows and source.
func tableLines(t *Table) []string {
	var head []string
	for _, c := range t.Columns {
		head = append(head, c.Head)
	}
	out := []string{t.Caption, strings.Join(head, " | ")}
	for _, row := range t.Rows {
		out = append(out, strings.ReplaceAll(strings.Join(row, " | "), "\n", "; "))
	}
	return append(out, t.Source)
}
