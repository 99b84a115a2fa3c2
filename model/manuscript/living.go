package manuscript

import (
	"nabar/model"
)

// LivingKind is a kind of what is made of the project's figures.
type LivingKind string

// The kinds of living things. A figure stands in running text, all others are blocks.
const (
	Figure    LivingKind = "figure"   // one figure in running text: What is the measure
	Sentence  LivingKind = "sentence" // a sentence made of figures: What is which
	KeyRow    LivingKind = "key"      // a row of key figures
	Map       LivingKind = "map"
	Chart     LivingKind = "chart"
	Grid      LivingKind = "table" // What is which
	Ranking   LivingKind = "ranking"
	Scenarios LivingKind = "scenarios" // set beside each other
	Actions   LivingKind = "actions"   // of an area, or of all
	Support   LivingKind = "support"   // who meets the conditions
	Ledger    LivingKind = "ledger"    // support by year and form
	Register  LivingKind = "register"  // facts of a year
	Outcome   LivingKind = "outcome"   // goals and actions: baseline, target and what has come of them
	Method    LivingKind = "method"    // how the figures came about
	Sources   LivingKind = "sources"
	Opinions  LivingKind = "opinions" // of the consultation, with the answers
	Followed  LivingKind = "followed" // a year beside the one before and beside the decided plan: What is which part
	Bank      LivingKind = "bank"     // solutions that are used or wanted
)

// Binding says which figures something is made of. What is empty is the usual: the kommun as it is, everybody, all years.
type Binding struct {
	Service   string          `json:"service,omitempty"`   // ServiceType.ID
	Impedance model.Impedance `json:"impedance,omitempty"` // "" is distance
	Scenario  string          `json:"scenario,omitempty"`
	Group     string          `json:"group,omitempty"` // "women", "men", "70-"
	Area      string          `json:"area,omitempty"`  // LAYER/ID of an area of people; of actions: number of the prioritised area
	Limit     float64         `json:"limit,omitempty"` // metres or seconds
	Date      string          `json:"date,omitempty"`  // ISO date that service places are taken at
	Since     string          `json:"since,omitempty"` // ISO date that a development is told from
	Year      int64           `json:"year,omitempty"`
	Form      string          `json:"form,omitempty"` // of support
}

// Measure is the impedance, distance where none is said.
func (b Binding) Measure() model.Impedance {
	if b.Impedance == "" {
		return model.Distance
	}
	return b.Impedance
}

// Plain tells whether the figures are those of everybody in the kommun as it is, which every plan has anyway.
func (b Binding) Plain() bool {
	return b.Scenario == "" && b.Group == "" && b.Area == "" && b.Date == "" && b.Since == ""
}

// Living is something that is made of the project's figures.
type Living struct {
	Kind LivingKind `json:"kind,omitempty"` // "" for a name that nothing has
	What string     `json:"what,omitempty"`
	Binding
	Name  string `json:"name,omitempty"`  // as it was typed, of a name that nothing has
	Shown *Shown `json:"shown,omitempty"` // nil where it has not been shown yet
}

// Known tells whether the program knows what is meant.
func (l *Living) Known() bool { return l.Kind != "" }

// MayBeSilent tells whether it is as it should be where it shows nothing: what tells of something missing.
func (l *Living) MayBeSilent() bool {
	return l.Kind == Grid && l.What == "missing" || l.Kind == Sentence && l.What == "missing_services"
}

// Same tells whether two are made of the same, whatever they have shown.
func (l *Living) Same(o *Living) bool {
	return l.Kind == o.Kind && l.What == o.What && l.Binding == o.Binding && l.Name == o.Name
}

// Shown is what something living showed last.
type Shown struct {
	Text  string   `json:"text"`            // as it was printed; of a block what it says in one text
	Value *float64 `json:"value,omitempty"` // of a figure, in metres, seconds, people or as a share
	Parts []Part   `json:"parts,omitempty"` // of a block
	From  string   `json:"from,omitempty"`  // identity of the inputs that it was made from
}

// PartType is a type of what a living block shows.
type PartType string

// The types of parts.
const (
	PartText    PartType = "text"
	PartList    PartType = "list"
	PartKeys    PartType = "keys"
	PartTable   PartType = "table"
	PartPicture PartType = "picture" // its drawing is made of results whenever it is printed
	PartHeading PartType = "heading"
	PartBreak   PartType = "break"
)

// Part is one of the things that a living block showed, as it was printed.
type Part struct {
	Type    PartType    `json:"type"`
	Style   Style       `json:"style,omitempty"`
	Level   int         `json:"level,omitempty"`
	Runs    []Run       `json:"runs,omitempty"`
	Items   []Item      `json:"items,omitempty"`
	Keys    [][3]string `json:"keys,omitempty"` // value, label and note
	Caption string      `json:"caption,omitempty"`
	Source  string      `json:"source,omitempty"`
	Alt     string      `json:"alt,omitempty"`
	Columns []Column    `json:"columns,omitempty"`
	Rows    [][]string  `json:"rows,omitempty"`
	Rich    []Cell      `json:"rich,omitempty"`
	Holds   string      `json:"holds,omitempty"` // name of what its numbers are, for the pictures that show the same
}

// Column is a column of a table that was shown.
type Column struct {
	Head   string  `json:"head"`
	Right  bool    `json:"right,omitempty"`
	Weight float64 `json:"weight,omitempty"`
}

// Cell is a cell with styles.
type Cell struct {
	Row    int   `json:"row"`
	Column int   `json:"column"`
	Runs   []Run `json:"runs"`
}

// Edited tells whether a living sentence has words of the user's own, which are never overwritten.
func (b *Block) Edited() bool {
	return b.Living != nil && b.Living.Kind == Sentence && len(b.Runs) > 0
}

// EachRun calls fn for every run of a block, those in footnotes among them, in reading order.
func (b *Block) EachRun(fn func(*Run)) {
	eachRun(b.Runs, fn)
	for i := range b.Items {
		eachRun(b.Items[i].Runs, fn)
	}
	if b.Table == nil {
		return
	}
	for _, row := range b.Table.Rows {
		for _, cell := range row {
			eachRun(cell, fn)
		}
	}
}

func eachRun(runs []Run, fn func(*Run)) {
	for i := range runs {
		fn(&runs[i])
		eachRun(runs[i].Note, fn)
	}
}

// EachLiving calls fn for everything living in a block: the block itself first, then the figures in its text.
func (b *Block) EachLiving(fn func(*Living)) {
	if b.Living != nil {
		fn(b.Living)
	}
	b.EachRun(func(r *Run) {
		if r.Figure != nil {
			fn(r.Figure)
		}
	})
}

// EachLiving calls fn for everything living in the manuscript, in reading order.
func (m *Manuscript) EachLiving(fn func(c *Chapter, b *Block, l *Living)) {
	for i := range m.Chapters {
		c := &m.Chapters[i]
		for k := range c.Blocks {
			b := &c.Blocks[k]
			b.EachLiving(func(l *Living) { fn(c, b, l) })
		}
	}
}
