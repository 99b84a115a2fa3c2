package docx

import (
	"strings"

	"nabar/reports"
)

// cellSize is the size of text in tables and cellPad the room between two columns, in points.
const (
	cellSize = 9.0
	cellPad  = 10.0
)

// table writes a table: caption, a header row that comes again on every page, and rows that no page break parts.
func (b *body) table(t reports.Table) {
	b.caption(t.Label(b.doc), t.Number, t.Caption, t.Anchor, true)
	widths := columnWidths(&t, b.section.text())
	b.put(`<w:tbl><w:tblPr><w:tblStyle w:val="PlanTable"/><w:tblW w:w="5000" w:type="pct"/>`,
		`<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>`,
		`<w:tblCaption w:val="`, esc(t.Caption), `"/></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		b.put(`<w:gridCol w:w="`, twips(w), `"/>`)
	}
	b.put(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for c, column := range t.Columns {
		b.cell(widths[c], "TableHead", column.Align, true, reports.Plain(column.Head))
	}
	b.put("</w:tr>")
	for r, row := range t.Rows {
		b.put("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
		// No row stands alone at the end of a page or on a new one, and the last stays with the line under the table.
		keep := r == 0 || r == len(t.Rows)-2 || (t.Source != "" && r == len(t.Rows)-1)
		for c, column := range t.Columns {
			var content []reports.Run
			if c < len(row) {
				content = t.Runs(r, c)
			}
			b.cell(widths[c], cellStyle(c), column.Align, keep, content)
		}
		b.put("</w:tr>")
	}
	b.put("</w:tbl>")
	b.airy = true
	if t.Source != "" {
		b.airy = false
		b.para(paragraph{style: "Source", content: run(t.Source, look{})})
	}
}

// cellStyle is the style of a column's cells: the first names the row.
func cellStyle(column int) string {
	if column == 0 {
		return "TableName"
	}
	return "TableText"
}

// cell writes one cell.
func (b *body) cell(width float64, style string, align reports.Align, keep bool, content []reports.Run) {
	b.put(`<w:tc><w:tcPr><w:tcW w:w="`, twips(width), `" w:type="dxa"/>`)
	if style == "TableHead" {
		b.put(`<w:shd w:val="clear" w:color="auto" w:fill="`, hex(reports.Tint), `"/><w:vAlign w:val="bottom"/>`)
	}
	b.put(`</w:tcPr><w:p><w:pPr><w:pStyle w:val="`, style, `"/>`)
	if keep {
		b.put("<w:keepNext/>")
	}
	if align == reports.Right {
		b.put(`<w:jc w:val="right"/>`)
	}
	b.put("</w:pPr>", b.runs(content), "</w:p></w:tc>")
}

// columnWidths shares the page's width among the columns: each gets the width of its longest line where there is room
// for that, else columns are narrowed in proportion to what they have beyond their longest word. Where not even the words
// have room, the columns with the longest ones, names of files, give way, so that dates and numbers stay whole.
func columnWidths(t *reports.Table, room float64) []float64 {
	n := len(t.Columns)
	least, wanted, weights := make([]float64, n), make([]float64, n), make([]float64, n)
	var sumLeast, sumWanted, sumWeights float64
	for c := range t.Columns {
		least[c], wanted[c] = columnNeeds(t, c)
		weights[c] = t.Columns[c].Weight
		sumLeast, sumWanted, sumWeights = sumLeast+least[c], sumWanted+wanted[c], sumWeights+weights[c]
	}
	if sumWeights == 0 && n > 0 {
		weights[0], sumWeights = 1, 1
	}
	out := make([]float64, n)
	for c := range out {
		switch {
		case sumWanted <= room:
			out[c] = wanted[c] + (room-sumWanted)*weights[c]/sumWeights
		case sumLeast < room:
			out[c] = least[c] + (wanted[c]-least[c])*(room-sumLeast)/(sumWanted-sumLeast)
		default:
			out[c] = min(least[c], widest(least, room))
		}
	}
	return out
}

// widest is the width that no column may have beyond, so that together they fill the page.
func widest(least []float64, width float64) float64 {
	limit := width / float64(len(least))
	for {
		room, wide := width, 0
		for _, w := range least {
			if w <= limit {
				room -= w
			} else {
				wide++
			}
		}
		if wide == 0 || room/float64(wide) <= limit {
			return limit
		}
		limit = room / float64(wide)
	}
}

// columnNeeds gives the least and the wanted width of a column, its air included.
func columnNeeds(t *reports.Table, c int) (least, wanted float64) {
	for _, word := range strings.FieldsFunc(t.Columns[c].Head, breaks) {
		least = max(least, boldFont.Width(word))
	}
	wanted = min(boldFont.Width(t.Columns[c].Head), max(least, 64))
	for _, row := range t.Rows {
		if c >= len(row) {
			continue
		}
		for _, line := range strings.Split(row[c], "\n") {
			wanted = max(wanted, boldFont.Width(line))
			for _, word := range strings.FieldsFunc(line, breaks) {
				least = max(least, boldFont.Width(word))
			}
		}
	}
	return least*slack + cellPad, max(least, wanted)*slack + cellPad
}

// slack is what words may be wider than measured: a word processor without Source Sans 3 sets them in another typeface.
const slack = 1.2

// breaks tells where a line may end.
func breaks(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }
