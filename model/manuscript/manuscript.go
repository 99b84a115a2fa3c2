package manuscript

import "nabar/model"

// Kind is a kind of document.
type Kind string

// The kinds of documents.
const (
	Serviceplan Kind = "serviceplan"
	Programme   Kind = "handlingsplan"    // of a regional service programme, RSP
	FollowUp    Kind = "uppfoljning"      // of a plan or programme
	Memo        Kind = "tjansteskrivelse" // to the body that decides
	Own         Kind = "own"              // of the user's own making
)

// Kinds are all kinds, in the order in which they are offered.
func Kinds() []Kind { return []Kind{Serviceplan, Programme, FollowUp, Memo, Own} }

// Manuscript is one document.
type Manuscript struct {
	ID       int64     `json:"-"`
	Kind     Kind      `json:"kind"`
	Title    string    `json:"title"`          // "Serviceplan"; the names of a project's manuscripts are told apart by it
	Lang     string    `json:"lang,omitempty"` // "sv" or "en"
	Head     Head      `json:"head,omitzero"`
	Chapters []Chapter `json:"chapters"` // in reading order
}

// Head is what a document's first page says beside the title. A serviceplan without one has the project's decision.
type Head struct {
	model.Decision
	Unit    string   `json:"unit,omitempty"`    // "Samhällsutveckling"
	Contact []string `json:"contact,omitempty"` // who has written it, a line each
}

// Chapter is a heading of the first to third level with what stands under it, up to the next.
type Chapter struct {
	ID       int64   `json:"-"`
	Key      string  `json:"key,omitempty"` // which part of a standard document it is, "" for one of the user's own
	Title    string  `json:"title"`
	Level    int     `json:"level"`              // 1 to 3
	Plain    bool    `json:"plain,omitempty"`    // without a number
	Appendix bool    `json:"appendix,omitempty"` // numbered as an appendix; only of level 1, and those under it follow
	Page     Page    `json:"page,omitempty"`
	Hidden   bool    `json:"hidden,omitempty"` // kept and not printed
	Blocks   []Block `json:"blocks,omitempty"`
}

// Page is the paper of a chapter.
type Page string

// The papers of a chapter.
const (
	Portrait  Page = ""
	Landscape Page = "landscape"
	A3        Page = "a3" // landscape
)

// Type is a type of block.
type Type string

// The types of blocks.
const (
	Heading   Type = "heading"
	Paragraph Type = "paragraph"
	List      Type = "list"
	TableType Type = "table"
	Quote     Type = "quote"
	PageBreak Type = "break"
	LivingOne Type = "living" // made of the project's figures
)

// Style is the style of a paragraph.
type Style string

// The styles of paragraphs.
const (
	Body     Style = ""
	Lead     Style = "lead"     // larger, opens a chapter
	Remark   Style = "note"     // something that the reader must not miss
	Fine     Style = "fine"     // smaller
	Proposal Style = "proposal" // one numbered sentence of a proposal for a decision
)

// Styles are the styles of paragraphs, the usual one first.
func Styles() []Style { return []Style{Body, Lead, Remark, Fine, Proposal} }

// Block is one part of a chapter.
type Block struct {
	ID     int64   `json:"-"` // 0 for one that is not kept yet
	Type   Type    `json:"type"`
	Label  string  `json:"label,omitempty"` // what references name it by
	Style  Style   `json:"style,omitempty"` // of a paragraph
	Level  int     `json:"level,omitempty"` // of a heading: 1 to 3 below its chapter
	Runs   []Run   `json:"runs,omitempty"`  // of heading, paragraph and quote; of a living sentence: the user's own wording
	Items  []Item  `json:"items,omitempty"` // of a list
	Table  *Table  `json:"table,omitempty"`
	Living *Living `json:"living,omitempty"`
}

// Item is an item of a list.
type Item struct {
	Level   int   `json:"level,omitempty"` // 0 to 2, how deep it is nested
	Ordered bool  `json:"ordered,omitempty"`
	Runs    []Run `json:"runs"`
}

// Table is a table of the user's own. Its first row is the header.
type Table struct {
	Caption string    `json:"caption,omitempty"`
	Source  string    `json:"source,omitempty"`
	Right   []bool    `json:"right,omitempty"` // columns that stand to the right; those beyond stand to the left
	Rows    [][][]Run `json:"rows"`            // row, column, runs; every row has as many cells as the first
}

// Run is a piece of text in one style, or something within the text: a figure, a footnote, a reference. Line feeds part lines.
type Run struct {
	Text    string   `json:"t,omitempty"`
	Bold    bool     `json:"b,omitempty"`
	Italic  bool     `json:"i,omitempty"`
	Lang    string   `json:"lang,omitempty"`   // of words in another language than the document's: "se"
	Link    string   `json:"link,omitempty"`   // URL that the text leads to
	Ref     string   `json:"ref,omitempty"`    // label or key of what is referred to; the document writes the text
	Note    []Run    `json:"note,omitempty"`   // a footnote; Text is then ""
	Figure  *Living  `json:"figure,omitempty"` // Text is then ""
	Comment *Comment `json:"comment,omitempty"`
}

// Comment is what somebody says about a text. It is never printed.
type Comment struct {
	Author   string `json:"author,omitempty"`
	Text     string `json:"text"`
	Resolved bool   `json:"resolved,omitempty"`
}

// Find is the index of the chapter with an id, -1 where there is none.
func (m *Manuscript) Find(id int64) int {
	for i := range m.Chapters {
		if m.Chapters[i].ID == id {
			return i
		}
	}
	return -1
}

// Part is the index of the chapter with a key, -1 where there is none.
func (m *Manuscript) Part(key string) int {
	for i := range m.Chapters {
		if key != "" && m.Chapters[i].Key == key {
			return i
		}
	}
	return -1
}

// Block finds a block by its id, nil where there is none.
func (m *Manuscript) Block(id int64) *Block {
	for i := range m.Chapters {
		for k := range m.Chapters[i].Blocks {
			if b := &m.Chapters[i].Blocks[k]; b.ID == id {
				return b
			}
		}
	}
	return nil
}

// Family is how many chapters from index i on belong together: the chapter and those of deeper levels that follow it.
func (m *Manuscript) Family(i int) int {
	n := 1
	for i+n < len(m.Chapters) && m.Chapters[i+n].Level > m.Chapters[i].Level {
		n++
	}
	return n
}
