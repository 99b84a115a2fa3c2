package render

import (
	"math"
	"strconv"
)

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

// noteLine is a line of a column; the number stands in the first line of a note alone.
type noteLine struct{ number, text string }

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
	f.noteLines = f.wrapNotes(columns * most)
	f.noteRows = int(math.Ceil(float64(len(f.noteLines)) / float64(columns)))
	f.notes = box{inner.x0, bottom - float64(f.noteRows)*noteRow*f.unit, inner.x1, bottom}
	return f.notes.y0 - gap
}

// wrapNotes breaks the notes into at most so many lines; the last one says how many notes are left out.
func (f *paperFrame) wrapNotes(most int) (lines []noteLine) {
	font := Font{Regular, noteSize * f.unit}
	for i, n := range f.p.Notes {
		before := len(lines)
		for k, text := range font.Wrap(n.Text, f.noteWidth-noteIndent*f.unit) {
			line := noteLine{text: text}
			if k == 0 {
				line.number = strconv.Itoa(n.Number)
			}
			lines = append(lines, line)
		}
		rest := len(f.p.Notes) - i
		if len(lines) > most || len(lines) == most && rest > 1 {
			return append(lines[:min(before, most-1)], noteLine{text: f.p.Scene.in.Printer.T("spot.sheet_more", rest)})
		}
	}
	return lines
}

// paintNotes paints the list in its columns.
func (f *paperFrame) paintNotes(c Canvas, k float64) {
	u := f.unit * k
	palette := f.p.Scene.palette
	for i, line := range f.noteLines {
		x := float64(i/f.noteRows) * (f.noteWidth*k + noteAir*u)
		y := (float64(i%f.noteRows)*noteRow + noteRow*0.8) * u
		if line.number != "" {
			c.Text(Text{X: x, Y: y, Text: line.number, Font: Font{Semibold, noteSize * u}, Colour: palette.Petrol})
		}
		c.Text(Text{X: x + noteIndent*u, Y: y, Text: line.text, Font: Font{Regular, noteSize * u}, Colour: palette.Ink})
	}
}
