package reports

import (
	"cmp"
	"slices"
	"strings"

	"nabar/model/manuscript"
)

// styles are the styles of paragraphs in documents and in manuscripts.
var styles = map[manuscript.Style]Style{manuscript.Body: Body, manuscript.Lead: Lead, manuscript.Remark: Note, manuscript.Fine: Fine}

// styleName is the style of a manuscript for a style of a document.
func styleName(s Style) manuscript.Style {
	for name, style := range styles {
		if style == s {
			return name
		}
	}
	return manuscript.Body
}

// partsOf keeps blocks as they were shown. Of pictures only the words are kept.
func partsOf(blocks []Block) []manuscript.Part {
	var out []manuscript.Part
	for _, b := range blocks {
		switch b := b.(type) {
		case Heading:
			out = append(out, manuscript.Part{Type: manuscript.PartHeading, Level: b.Level, Runs: fromRuns(Plain(b.Text))})
		case Paragraph:
			out = append(out, manuscript.Part{Type: manuscript.PartText, Style: styleName(b.Style), Runs: fromRuns(b.Runs)})
		case List:
			part := manuscript.Part{Type: manuscript.PartList}
			for _, item := range b.Items {
				part.Items = append(part.Items, manuscript.Item{Ordered: b.Ordered, Runs: fromRuns(item)})
			}
			out = append(out, part)
		case KeyFigures:
			part := manuscript.Part{Type: manuscript.PartKeys}
			for _, k := range b.Items {
				part.Keys = append(part.Keys, [3]string{k.Value, k.Label, k.Note})
			}
			out = append(out, part)
		case Table:
			out = append(out, tablePart(&b))
		case Figure:
			out = append(out, picturePart(&b))
		case Charts:
			for i := range b.Figures {
				out = append(out, picturePart(&b.Figures[i]))
			}
		case PageBreak:
			out = append(out, manuscript.Part{Type: manuscript.PartBreak})
		}
	}
	return out
}

// picturePart keeps what a picture says.
func picturePart(f *Figure) manuscript.Part {
	return manuscript.Part{Type: manuscript.PartPicture, Caption: f.Caption, Alt: f.Alt, Source: f.Source}
}

// tablePart keeps a table.
func tablePart(t *Table) manuscript.Part {
	part := manuscript.Part{Type: manuscript.PartTable, Caption: t.Caption, Source: t.Source, Holds: t.Holds}
	for _, c := range t.Columns {
		part.Columns = append(part.Columns, manuscript.Column{Head: c.Head, Right: c.Align == Right, Weight: c.Weight})
	}
	for _, row := range t.Rows {
		part.Rows = append(part.Rows, slices.Clone(row))
	}
	for at, runs := range t.Rich {
		part.Rich = append(part.Rich, manuscript.Cell{Row: at.Row, Column: at.Column, Runs: fromRuns(runs)})
	}
	slices.SortFunc(part.Rich, func(a, b manuscript.Cell) int { return cmp.Or(a.Row-b.Row, a.Column-b.Column) })
	return part
}

// fromRuns keeps the text and style of runs.
func fromRuns(runs []Run) []manuscript.Run {
	out := make([]manuscript.Run, len(runs))
	for i, r := range runs {
		out[i] = manuscript.Run{Text: r.Text, Bold: r.Bold, Italic: r.Italic, Lang: r.Lang, Link: r.Link}
	}
	return out
}

// partText is what a part says in one text.
func partText(p *manuscript.Part) string {
	var out []string
	add := func(texts ...string) {
		for _, s := range texts {
			if s != "" {
				out = append(out, s)
			}
		}
	}
	add(p.Caption, p.Alt, manuscript.Text(p.Runs))
	for i := range p.Items {
		add(manuscript.Text(p.Items[i].Runs))
	}
	for _, k := range p.Keys {
		add(strings.TrimSpace(k[0] + " " + k[1]))
	}
	for _, row := range p.Rows {
		add(strings.ReplaceAll(strings.Join(row, "; "), "\n", " "))
	}
	return strings.Join(out, "\n")
}

// blocksOf makes blocks again of what was shown. Pictures are drawn from the figures at hand, in their order; fresh are the
// blocks as they would be shown now.
func (c *composer) blocksOf(parts []manuscript.Part, fresh []Block) []Block {
	var pictures []Block
	for _, b := range fresh {
		switch b.(type) {
		case Figure, Charts:
			pictures = append(pictures, b)
		}
	}
	var out []Block
	more := 0 // pictures of the group that was added last, which are in it already
	for i := range parts {
		part := &parts[i]
		switch part.Type {
		case manuscript.PartPicture:
			if more > 0 || len(pictures) == 0 {
				more = max(more-1, 0)
				continue
			}
			if group, ok := pictures[0].(Charts); ok {
				more = len(group.Figures) - 1
			}
			out, pictures = append(out, pictures[0]), pictures[1:]
		case manuscript.PartHeading:
			out = append(out, Heading{Level: part.Level, Text: manuscript.Text(part.Runs)})
		case manuscript.PartText:
			out = append(out, Paragraph{Style: styles[part.Style], Runs: c.runs(part.Runs)})
		case manuscript.PartList:
			out = append(out, c.list(part.Items))
		case manuscript.PartKeys:
			var keys KeyFigures
			for _, k := range part.Keys {
				keys.Items = append(keys.Items, KeyFigure{k[0], k[1], k[2]})
			}
			out = append(out, keys)
		case manuscript.PartTable:
			out = append(out, c.shownTable(part))
		case manuscript.PartBreak:
			out = append(out, PageBreak{})
		}
	}
	return append(out, pictures...)
}

// shownTable makes a table again of what was shown.
func (c *composer) shownTable(part *manuscript.Part) Table {
	t := Table{Caption: part.Caption, Source: part.Source, Holds: part.Holds}
	for _, col := range part.Columns {
		column := Column{Head: col.Head, Weight: col.Weight}
		if col.Right {
			column.Align = Right
		}
		t.Columns = append(t.Columns, column)
	}
	for _, row := range part.Rows {
		t.Rows = append(t.Rows, slices.Clone(row))
	}
	for _, cell := range part.Rich {
		if cell.Row < len(t.Rows) && cell.Column < len(t.Columns) {
			t.Style(cell.Row, cell.Column, c.runs(cell.Runs))
		}
	}
	return t
}
