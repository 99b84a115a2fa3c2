package reports

import (
	"strings"

	"nabar/internal/i18n"
	"nabar/mapview/render"
)

// Document is a report before it has pages: a cover and a sequence of blocks, in reading order.
type Document struct {
	Printer *i18n.Printer // language of the document and of the renderer's own words
	Title   string        // "Serviceplan 2026–2030"
	Author  string        // who answers for it, for the file's metadata
	Subject string        // one line for the file's metadata
	Creator string        // the program and its version
	Date    string        // ISO date of the decision, "" where none is set; the only date in the file
	Header  [2]string     // running header, left and right
	Footer  string        // running footer, left; the page number stands to the right
	Cover   Cover
	Blocks  []Block
	// Watermark stands large and pale across every page, "UTKAST"; "" for none.
	Watermark string
	// Attachments travel inside the PDF; other formats leave them out.
	Attachments []Attachment
	chapters    [maxLevel]int // last number given at each heading level
	figures     int
	tables      int
	anchors     int
}

// Cover is the first page.
type Cover struct {
	Kommun   string
	Notice   string // "Fiktiv kommun …", shown clearly; "" for a real one
	Title    string
	Period   string
	Subtitle string
	Facts    []Fact // the decision block
	// Letter asks for a letterhead in place of a page of its own: kommun, title and facts stand over the text, without
	// colour or motif, and headings are smaller. So a matter for a board is written.
	Letter bool
	Motif  func(c render.Canvas, w, h float64) // drawn faintly where no text stands; nil for none
}

// Attachment is a file that travels inside the document: the numbers of a table, or a source.
type Attachment struct {
	Name        string // "tabell-3.csv": no folder, unique among a document's attachments
	Type        string // "text/csv"
	Description string // what it holds, in the document's language
	Data        []byte
	Source      bool // the document was made from it; else it holds what the document shows, in another form
}

// Fact is a labelled value of the decision block.
type Fact struct{ Label, Value string }

// maxLevel is the number of heading levels.
const maxLevel = 3

// Block is one part of a document: Heading, Paragraph, List, KeyFigures, Table, Figure, Charts, Contents, Page or
// PageBreak.
type Block interface{ block() }

// Run is a piece of text in one style.
type Run struct {
	Text         string
	Bold, Italic bool
	// Lang is the language tag of words that are not in the document's language, "se" or "en"; "" for those that are.
	Lang string
	// Link is the address that the text leads to; "" for none. One without a scheme is taken for a web or mail address.
	Link string
	// Ref is the Key of a heading, figure or table that the text refers to. Where Text is empty the document says "tabell
	// 3", "figur 2", "avsnitt 3.1" or the title of a heading without a number.
	Ref string
	// Note is a footnote to the text, nil for none. Notes are numbered through the document, and hold no notes.
	Note []Run
	// Anchor is the place that Ref leads to. Resolved sets it.
	Anchor string
}

// Style is the kind of a paragraph.
type Style uint8

// The paragraph styles.
const (
	Body Style = iota
	Lead       // larger, opens a chapter
	Note       // something that the reader must not miss, set apart
	Fine       // smaller: remarks under tables and figures
)

// Heading opens a chapter (level 1), a section (level 2) or a part of a section (level 3).
type Heading struct {
	Level  int
	Number string // "3", "3.1" or "3.1.2"; "" where not numbered
	Text   string
	Anchor string // unique in the document, for links
	Key    string // that references name; unique among headings, figures and tables; "" where none does
	// NewPage asks for a new page before the heading.
	NewPage bool
	// Depth is the level in the order of headings that a screen reader goes by: never more than one below the one before.
	// Resolved sets it.
	Depth int
}

// Paragraph is running text. A no-break space (U+00A0) never ends a line.
type Paragraph struct {
	Style Style
	Runs  []Run
}

// List is a list of short texts.
type List struct {
	Ordered bool
	Items   [][]Run
	Below   map[int]List // lists inside items, by the item's index from 0; nil for none
}

// KeyFigure is one large number.
type KeyFigure struct {
	Value string // "41 773"
	Label string // "har högst 5 km"
	Note  string // smaller, may be empty
}

// KeyFigures is a row of two to four key figures.
type KeyFigures struct{ Items []KeyFigure }

// Align is the alignment of a column.
type Align uint8

// The alignments.
const (
	Left Align = iota
	Right
)

// Column is a column of a table.
type Column struct {
	Head   string
	Align  Align
	Weight float64 // share of the room that is left when every column has its least width; 0 for none
}

// Table is a table with a header row. The first cell of each row names the row. A line feed in a cell breaks the line.
type Table struct {
	Number  int
	Caption string
	Anchor  string
	Key     string // that references name, as a Heading's
	Columns []Column
	Rows    [][]string
	Rich    map[Spot][]Run // cells with styles; their text stands in Rows too
	Source  string         // line under the table; "" for none
	Holds   string         // name of what its numbers are, for figures that show the same; "" for none
}

// Spot is a cell of a table, from 0.
type Spot struct{ Row, Column int }

// Style gives a cell runs, and their text as what it says.
func (t *Table) Style(row, column int, runs []Run) {
	if t.Rich == nil {
		t.Rich = map[Spot][]Run{}
	}
	t.Rich[Spot{row, column}] = runs
	t.Rows[row][column] = Text(runs)
}

// Runs are what a cell says, unstyled where it has no styles of its own.
func (t *Table) Runs(row, column int) []Run {
	if runs, ok := t.Rich[Spot{row, column}]; ok {
		return runs
	}
	return Plain(t.Rows[row][column])
}

// Figure is a vector picture with its text alternative.
type Figure struct {
	Number  int
	Caption string
	Anchor  string
	Key     string // that references name, as a Heading's
	Source  string // line under the caption; "" for none
	Alt     string // what the picture says, for those who don't see it
	// DataKey is the Key of the table that holds the picture's numbers. Or Holds names what the picture shows, and the first
	// table of the document that holds one of these names is the one. Or Data is that table itself, which DataAppendix puts
	// behind the text where no other holds the numbers. The line under the caption then says where they stand.
	DataKey string
	Holds   []string
	Data    *Table
	// Width and Height are the natural size in points. Fill asks for the page's width and for the height that is left
	// on the page, at least Height; a figure that is not filled may be drawn up to Stretch times its height.
	Width, Height float64
	Fill          bool
	Stretch       float64
	// Paint draws the picture into a box of w by h canvas units (points in print) with its origin at the upper left.
	Paint func(c render.Canvas, w, h float64)
}

// Charts is a group of figures that may stand side by side or under each other, as the page has room.
type Charts struct{ Figures []Figure }

// Contents stands for the table of contents, which the renderer makes from the headings, figures and tables.
type Contents struct{ Title string }

// PageBreak ends the page.
type PageBreak struct{}

// Size is a size of paper in the A series.
type Size uint8

// The sizes.
const (
	A4 Size = iota
	A3
	A2
	A1
	A0
)

// Points gives width and height of the upright sheet in points.
func (s Size) Points() (w, h float64) {
	mm := [...][2]float64{A4: {210, 297}, A3: {297, 420}, A2: {420, 594}, A1: {594, 841}, A0: {841, 1189}}[s]
	return mm[0] / 25.4 * 72, mm[1] / 25.4 * 72
}

// Page gives the pages from here on another format, and begins a page where it differs from the one before. A document
// begins on upright A4. For a map sheet: Page{A3, true}, a Figure that fills, Page{}.
type Page struct {
	Size      Size
	Landscape bool
}

// Points gives width and height of the page in points.
func (p Page) Points() (w, h float64) {
	w, h = p.Size.Points()
	if p.Landscape {
		return h, w
	}
	return w, h
}

func (Heading) block()    {}
func (Paragraph) block()  {}
func (List) block()       {}
func (KeyFigures) block() {}
func (Table) block()      {}
func (Figure) block()     {}
func (Charts) block()     {}
func (Contents) block()   {}
func (PageBreak) block()  {}
func (Page) block()       {}

// Plain makes the runs of unstyled text.
func Plain(text string) []Run { return []Run{{Text: text}} }

// Text joins the text of runs.
func Text(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}
