package reports

import (
	"slices"
	"strconv"
	"strings"
)

// Add appends a block as it is, and gives figures and tables their numbers and anchors, and headings their anchors.
func (d *Document) Add(blocks ...Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case Table:
			d.numberTable(&b)
			d.Blocks = append(d.Blocks, b)
		case Figure:
			d.numberFigure(&b)
			d.Blocks = append(d.Blocks, b)
		case Charts:
			for i := range b.Figures {
				d.numberFigure(&b.Figures[i])
			}
			d.Blocks = append(d.Blocks, b)
		case Heading:
			if b.Anchor == "" {
				b.Anchor = d.anchor()
			}
			d.Blocks = append(d.Blocks, b)
		default:
			d.Blocks = append(d.Blocks, b)
		}
	}
}

// Numbered adds a heading with the next number of its level: "4" behind "3.2", "3.3" or "3.2.1".
func (d *Document) Numbered(h Heading) {
	h.Level = min(max(h.Level, 1), maxLevel)
	d.chapters[h.Level-1]++
	clear(d.chapters[h.Level:])
	numbers := make([]string, h.Level)
	for i := range numbers {
		numbers[i] = strconv.Itoa(d.chapters[i])
	}
	h.Number = strings.Join(numbers, ".")
	d.Add(h)
}

// Chapter starts a numbered chapter on a new page.
func (d *Document) Chapter(text string) { d.Numbered(Heading{Level: 1, Text: text, NewPage: true}) }

// Section starts a numbered section of the current chapter.
func (d *Document) Section(text string) { d.Numbered(Heading{Level: 2, Text: text}) }

// Para adds a paragraph of unstyled text; an empty one is left out.
func (d *Document) Para(style Style, text string) {
	if text != "" {
		d.Blocks = append(d.Blocks, Paragraph{Style: style, Runs: Plain(text)})
	}
}

// anchor gives a name that is unique in the document.
func (d *Document) anchor() string {
	d.anchors++
	return "a" + strconv.Itoa(d.anchors)
}

func (d *Document) numberTable(t *Table) {
	d.tables++
	t.Number, t.Anchor = d.tables, d.anchor()
}

func (d *Document) numberFigure(f *Figure) {
	d.figures++
	f.Number, f.Anchor = d.figures, d.anchor()
}

// Label is "Figur 3" or "Figure 3".
func (f *Figure) Label(d *Document) string { return d.Printer.T("report.figure", f.Number) }

// Label is "Tabell 3" or "Table 3".
func (t *Table) Label(d *Document) string { return d.Printer.T("report.table", t.Number) }

// Figures lists the document's figures in order, those of charts included.
func (d *Document) Figures() []Figure {
	var out []Figure
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case Figure:
			out = append(out, b)
		case Charts:
			out = append(out, b.Figures...)
		}
	}
	return out
}

// Tables lists the document's tables in order.
func (d *Document) Tables() []Table {
	var out []Table
	for _, b := range d.Blocks {
		if t, ok := b.(Table); ok {
			out = append(out, t)
		}
	}
	return out
}

// Headings lists the document's headings in order.
func (d *Document) Headings() []Heading {
	var out []Heading
	for _, b := range d.Blocks {
		if h, ok := b.(Heading); ok {
			out = append(out, h)
		}
	}
	return out
}

// DataAppendix ends the document with a chapter of the tables that figures carry as Data, those whose numbers stand in no
// other table. Without such figures it adds nothing.
func (d *Document) DataAppendix(title string) {
	held := map[string]bool{}
	for _, t := range d.Tables() {
		held[t.Holds] = true
	}
	var tables []Table
	take := func(f *Figure) {
		if f.Data == nil || f.DataKey != "" || slices.ContainsFunc(f.Holds, func(name string) bool { return held[name] }) {
			return
		}
		t := *f.Data
		t.Caption = d.Printer.T("out.data_caption", d.Printer.T("out.ref_figure", f.Number), f.Caption)
		if len(f.Holds) > 0 {
			t.Holds = f.Holds[0]
			held[t.Holds] = true
		} else {
			t.Key = "data:" + f.Anchor
			f.DataKey = t.Key
		}
		tables = append(tables, t)
	}
	for i, b := range d.Blocks {
		switch b := b.(type) {
		case Figure:
			take(&b)
			d.Blocks[i] = b
		case Charts:
			b.Figures = slices.Clone(b.Figures)
			for k := range b.Figures {
				take(&b.Figures[k])
			}
			d.Blocks[i] = b
		}
	}
	if len(tables) == 0 {
		return
	}
	d.Add(Page{}, Heading{Level: 1, Text: title, NewPage: true})
	for _, t := range tables {
		d.Add(t)
	}
}
