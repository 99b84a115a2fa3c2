package render

import "strconv"

// Note is a line of the list under a printed map, told by the number that a pin has on it.
type Note struct {
	Number int
	Text   string
}

// The list of notes in reference pixels, and how much of the paper's height it takes at most.
const (
	noteSize   = 11.0
	noteRow    = 15.0
	noteIndent = 24.0
	noteColumn = 290.0 // the least width of a column
	noteAir    = 18.0  // between columns
	noteShare  = 0.36
)

// noteLine is a line of the list with its place; the number stands in the first line of a note alone.
type noteLine struct {
	number, text string
	column, row  int
}

// placeNotes parts the room above the foot for the list of notes, and gives where the map ends below. What does not fit is counted.
func (f *paperFrame) placeNotes(inner box, gap float64) (bottom float64) {
	bottom = f.end.y0 - gap
	f.noteLines = nil
	if len(f.p.Notes) == 0 {
		return bottom
	}
	width := inner.x1 - inner.x0
	columns := max(int(width/(noteColumn*f.unit)), 1)
	f.noteWidth = (width - float64(columns-1)*noteAir*f.unit) / float64(columns)
	most := max(int(noteShare*f.height/(noteRow*f.unit)), 1)
	rows := f.fillNotes(columns, most)
	f.notes = box{inner.x0, bottom - float64(rows)*noteRow*f.unit, inner.x1, bottom}
	return f.notes.y0 - gap
}

// fillNotes lays the notes into columns as low as they can be, at most so many rows high, and gives how high they are. A note stays in
// one column. Where not all fit the last line says how many are left out.
func (f *paperFrame) fillNotes(columns, most int) (rows int) {
	notes := f.wrapNotes(most)
	for rows = 1; rows < most; rows++ {
		if lines, left := pack(notes, columns, rows); left == 0 {
			f.noteLines = lines
			return rows
		}
	}
	lines, left := pack(notes, columns, most)
	for keep := len(notes) - left; left > 0; keep-- { // one line of its own for what is left out
		rest := []noteLine{{text: f.p.Scene.in.Printer.T("spot.sheet_more", len(notes)-keep)}}
		var short int
		if lines, short = pack(append(notes[:keep:keep], rest), columns, most); short == 0 || keep == 0 {
			break
		}
	}
	f.noteLines = lines
	return most
}

// wrapNotes breaks each note into lines; one that is higher than a column is cut.
func (f *paperFrame) wrapNotes(most int) [][]noteLine {
	font := Font{Regular, noteSize * f.unit}
	out := make([][]noteLine, len(f.p.Notes))
	for i, n := range f.p.Notes {
		for _, text := range font.Wrap(n.Text, f.noteWidth-noteIndent*f.unit) {
			out[i] = append(out[i], noteLine{text: text})
		}
		if len(out[i]) == 0 {
			out[i] = []noteLine{{}}
		}
		out[i][0].number = strconv.Itoa(n.Number)
		if len(out[i]) > most {
			out[i] = out[i][:most]
			out[i][most-1].text += " …"
		}
	}
	return out
}

// pack puts notes one after the other into columns of a height, and gives how many are left over.
func pack(notes [][]noteLine, columns, rows int) (lines []noteLine, left int) {
	column, row := 0, 0
	for i, note := range notes {
		if row+len(note) > rows {
			column, row = column+1, 0
		}
		if column == columns || len(note) > rows {
			return lines, len(notes) - i
		}
		for _, line := range note {
			line.column, line.row = column, row
			lines = append(lines, line)
			row++
		}
	}
	return lines, 0
}

// paintNotes paints the list in its columns.
func (f *paperFrame) paintNotes(c Canvas, k float64) {
	u := f.unit * k
	palette := f.p.Scene.palette
	for _, line := range f.noteLines {
		x := float64(line.column) * (f.noteWidth*k + noteAir*u)
		y := (float64(line.row)*noteRow + noteRow*0.8) * u
		if line.number != "" {
			c.Text(Text{X: x, Y: y, Text: line.number, Font: Font{Semibold, noteSize * u}, Colour: palette.Petrol})
		}
		c.Text(Text{X: x + noteIndent*u, Y: y, Text: line.text, Font: Font{Regular, noteSize * u}, Colour: palette.Ink})
	}
}
