package reports

import (
	"slices"
	"strconv"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/manuscript"
)

// Compose makes the document of a manuscript. Numbers, words and tables of living things stand as they were shown last, and as
// the figures at hand show them where they have not been shown yet; pictures are drawn from the figures at hand. The remarks
// tell what is not as the writer may think: names that mean nothing, references that lead nowhere, blocks with nothing to show.
func Compose(in Input, m *manuscript.Manuscript) (*Document, []i18n.Message) {
	if in.Printer == nil && m.Lang != "" {
		in.Printer = i18n.For(m.Lang)
	}
	in.Decision = decisionOf(&in, m)
	c := &composer{builder: newBuilder(&in), m: m, made: map[*manuscript.Living][]Block{}}
	c.silent = c.silences()
	c.keys = c.keysOf()
	c.doc = newDocument(&in)
	if m.Kind != manuscript.Serviceplan {
		c.cover()
	}
	if c.booklike() {
		c.doc.Add(Contents{Title: c.p.T("report.contents")})
	}
	for i := range m.Chapters {
		if c.silent[i] {
			c.tellEmpty(&m.Chapters[i])
		} else {
			c.chapter(i)
		}
	}
	c.page(manuscript.Portrait)
	c.doc.DataAppendix(c.p.T("out.data_title"))
	return c.doc, c.remarks
}

// composer puts a manuscript together.
type composer struct {
	*builder
	m          *manuscript.Manuscript
	keys       map[string]bool // what references can name
	silent     []bool          // of each chapter: nothing of it is printed
	made       map[*manuscript.Living][]Block
	told       map[string]bool // remarks that have been made
	remarks    []i18n.Message
	at         *manuscript.Chapter
	paper      manuscript.Page
	plain      int // level of the heading without number that this is under, 0 for none
	appendices int // number of the last appendix
	under      bool
	sections   [3]int // numbers of headings under an appendix
}

// decisionOf is the decision block of a document: that of its own first page, and for a serviceplan without one the project's.
func decisionOf(in *Input, m *manuscript.Manuscript) model.Decision {
	d := m.Head.Decision
	if m.Kind == manuscript.Serviceplan && d == (model.Decision{}) {
		d = in.Decision
	}
	d.Introduction = ""
	if m.Kind != manuscript.Serviceplan || d.Title == "" {
		d.Title = m.Title
	}
	return d
}

// cover says on the first page of other documents than serviceplans what these say, and leaves out what has not been said.
func (c *composer) cover() {
	h := &c.m.Head
	cover := &c.doc.Cover
	if h.Subtitle == "" {
		cover.Subtitle = ""
		c.doc.Subject = c.m.Title
	}
	later := c.p.T("report.later")
	facts := slices.DeleteFunc(cover.Facts, func(f Fact) bool { return f.Value == later })
	if h.Status == "" && len(facts) > 0 {
		facts = facts[1:]
		c.doc.Footer = h.CaseNumber
	}
	if h.Unit != "" {
		facts = append(facts, Fact{c.p.T("text.head.unit"), h.Unit})
	}
	if len(h.Contact) > 0 {
		facts = append(facts, Fact{c.p.T("text.head.contact"), strings.Join(h.Contact, "\n")})
	}
	cover.Facts, cover.Letter = facts, !c.booklike()
}

// booklike tells whether the document has contents, and its chapters new pages: a matter for a board has neither.
func (c *composer) booklike() bool {
	return c.m.Kind == manuscript.Serviceplan || c.m.Kind == manuscript.Own || c.m.Kind == manuscript.Programme
}

// opensPage tells whether a chapter begins on a new page: the first of a book, its appendices, and those with maps, which fill
// pages anyway. Others follow each other; a writer who wants it otherwise ends the page.
func (c *composer) opensPage(at int) bool {
	ch := &c.m.Chapters[at]
	if ch.Level > 1 || !c.booklike() {
		return false
	}
	if ch.Appendix || len(c.doc.Headings()) == 0 {
		return true
	}
	for k := at; k < at+c.m.Family(at); k++ {
		for _, b := range c.m.Chapters[k].Blocks {
			if b.Living != nil && b.Living.Kind == manuscript.Map && len(c.show(b.Living)) > 0 {
				return true
			}
		}
	}
	return false
}

// remark keeps what the writer should know, once.
func (c *composer) remark(key string, args ...any) {
	m := i18n.M(key, args...)
	if text := c.p.Text(m); !c.told[text] {
		if c.told == nil {
			c.told = map[string]bool{}
		}
		c.told[text] = true
		c.remarks = append(c.remarks, m)
	}
}

// keysOf are what references can name: labels of blocks that show something, and keys of chapters that are printed with a title.
func (c *composer) keysOf() map[string]bool {
	out := map[string]bool{}
	for i := range c.m.Chapters {
		ch := &c.m.Chapters[i]
		if c.silent[i] {
			continue
		}
		if ch.Title != "" {
			out[ch.Key] = true
		}
		for k := range ch.Blocks {
			b := &ch.Blocks[k]
			switch {
			case b.Type == manuscript.LivingOne && !named(c.show(b.Living)), b.Type == manuscript.TableType && (b.Table == nil || len(b.Table.Rows) == 0),
				b.Type == manuscript.Heading && len(b.Runs) == 0:
			default:
				out[b.Label] = true
			}
		}
	}
	delete(out, "")
	return out
}

// named tells whether there is something among blocks that can have a key.
func named(blocks []Block) bool {
	return slices.ContainsFunc(blocks, func(b Block) bool {
		switch b := b.(type) {
		case Table, Figure:
			return true
		case Charts:
			return len(b.Figures) > 0
		}
		return false
	})
}

// silences finds the chapters of which nothing is printed: hidden ones, and those that hold nothing but living blocks without
// anything to show, where that goes for all under them too.
func (c *composer) silences() []bool {
	out := make([]bool, len(c.m.Chapters))
	for i := len(out) - 1; i >= 0; i-- {
		ch := &c.m.Chapters[i]
		if ch.Hidden {
			out[i] = true
			continue
		}
		quiet := len(ch.Blocks) > 0
		for k := range ch.Blocks {
			b := &ch.Blocks[k]
			quiet = quiet && b.Type == manuscript.LivingOne && !b.Edited() && len(c.show(b.Living)) == 0
		}
		for k := i + 1; k < i+c.m.Family(i); k++ {
			quiet = quiet && out[k]
		}
		out[i] = quiet
	}
	return out
}

// tellEmpty tells which living blocks a chapter that is left out would have shown.
func (c *composer) tellEmpty(ch *manuscript.Chapter) {
	if ch.Hidden {
		return
	}
	for k := range ch.Blocks {
		if l := ch.Blocks[k].Living; l != nil && !l.MayBeSilent() {
			c.remark("text.remark.empty", c.name(l), ch.Title)
		}
	}
}

// show is what a living block shows: as it was shown last, else as the figures at hand show it.
func (c *composer) show(l *manuscript.Living) []Block {
	if blocks, done := c.made[l]; done {
		return blocks
	}
	var blocks []Block
	switch {
	case !l.Known():
	case l.Shown == nil:
		blocks = c.livingBlocks(l)
	case l.Kind == manuscript.Sentence:
		blocks = []Block{Paragraph{Runs: Plain(l.Shown.Text)}}
	default:
		blocks = c.blocksOf(l.Shown.Parts, c.livingBlocks(l))
	}
	c.made[l] = blocks
	return blocks
}

// key gives a key to the first that asks for it: two things of one name would be one too many for the document.
func (c *composer) key(name string) string {
	if name == "" || !c.keys[name] {
		return ""
	}
	for _, b := range c.doc.Blocks {
		switch b := b.(type) {
		case Heading:
			if b.Key == name {
				return ""
			}
		case Table:
			if b.Key == name {
				return ""
			}
		case Figure:
			if b.Key == name {
				return ""
			}
		}
	}
	return name
}

// page turns the paper.
func (c *composer) page(p manuscript.Page) {
	if p == c.paper {
		return
	}
	c.paper = p
	switch p {
	case manuscript.Landscape:
		c.doc.Add(Page{A4, true})
	case manuscript.A3:
		c.doc.Add(Page{A3, true})
	default:
		c.doc.Add(Page{})
	}
}

// chapter adds the chapter of an index with its blocks.
func (c *composer) chapter(at int) {
	ch := &c.m.Chapters[at]
	c.at = ch
	if ch.Level == 1 {
		c.page(ch.Page)
		c.under = ch.Appendix
	}
	h := Heading{Level: ch.Level, Text: ch.Title, Key: c.key(ch.Key), NewPage: c.opensPage(at)}
	if ch.Title != "" {
		c.heading(h, ch.Plain, ch.Appendix)
	}
	for i := 0; i < len(ch.Blocks); i++ {
		n := 0
		for i+n < len(ch.Blocks) && ch.Blocks[i+n].Type == manuscript.Paragraph && ch.Blocks[i+n].Style == manuscript.Proposal {
			n++
		}
		if n > 0 {
			c.proposals(ch.Blocks[i : i+n])
			i += n - 1
			continue
		}
		c.block(&ch.Blocks[i])
	}
}

// heading adds a heading with the number that it is to have.
func (c *composer) heading(h Heading, plain, appendix bool) {
	h.Level = min(h.Level, maxLevel)
	if c.plain > 0 && h.Level > c.plain {
		plain = true
	} else if c.plain = 0; plain {
		c.plain = h.Level
	}
	switch {
	case appendix:
		c.appendices++
		clear(c.sections[:])
		h.Number = c.p.T("text.appendix", c.appendices)
		c.doc.Add(h)
	case plain:
		c.doc.Add(h)
	case c.under && h.Level > 1:
		c.sections[h.Level-1]++
		clear(c.sections[h.Level:])
		h.Number = c.p.T("text.appendix_letter") + strconv.Itoa(c.appendices) + "." + strconv.Itoa(c.sections[1])
		if h.Level > 2 {
			h.Number += "." + strconv.Itoa(c.sections[2])
		}
		c.doc.Add(h)
	default:
		c.doc.Numbered(h)
	}
}

// proposals adds the numbered sentences of a proposal for a decision.
func (c *composer) proposals(blocks []manuscript.Block) {
	list := List{Ordered: true}
	for i := range blocks {
		list.Items = append(list.Items, c.runs(blocks[i].Runs))
	}
	c.doc.Add(list)
}

// block adds a block.
func (c *composer) block(b *manuscript.Block) {
	switch b.Type {
	case manuscript.Heading:
		h := Heading{Level: c.at.Level + b.Level, Text: Text(c.runs(b.Runs)), Key: c.key(b.Label)}
		if h.Text != "" {
			c.heading(h, false, false)
		}
	case manuscript.Paragraph:
		c.paragraph(styles[b.Style], c.runs(b.Runs))
	case manuscript.Quote:
		runs := c.runs(b.Runs)
		for i := range runs {
			runs[i].Italic = !runs[i].Italic
		}
		c.paragraph(Body, runs)
	case manuscript.List:
		if len(b.Items) > 0 {
			c.doc.Add(c.list(b.Items))
		}
	case manuscript.TableType:
		if b.Table != nil && len(b.Table.Rows) > 0 {
			t := c.table(b.Table)
			t.Key = c.key(b.Label)
			c.doc.Add(t)
		}
	case manuscript.PageBreak:
		c.doc.Add(PageBreak{})
	case manuscript.LivingOne:
		c.living(b)
	}
}

// paragraph adds a paragraph that says something.
func (c *composer) paragraph(style Style, runs []Run) {
	if slices.ContainsFunc(runs, func(r Run) bool { return strings.TrimSpace(r.Text) != "" || r.Ref != "" || r.Note != nil }) {
		c.doc.Add(Paragraph{Style: style, Runs: runs})
	}
}

// living adds a living block.
func (c *composer) living(b *manuscript.Block) {
	l := b.Living
	if b.Edited() {
		c.paragraph(Body, c.runs(b.Runs))
		return
	}
	blocks := c.show(l)
	if len(blocks) == 0 {
		if !l.MayBeSilent() {
			c.remark("text.remark.empty", c.name(l), c.at.Title)
		}
		return
	}
	c.place(blocks, c.key(b.Label))
}

// place adds blocks that were made apart: headings get their levels below the chapter, and the first table or picture the key.
func (c *composer) place(blocks []Block, key string) {
	for _, b := range blocks {
		switch b := b.(type) {
		case Heading:
			c.heading(Heading{Level: c.at.Level + max(b.Level-1, 1), Text: b.Text}, false, false)
			continue
		case Table:
			b.Key, key = key, ""
			c.doc.Add(b)
			continue
		case Figure:
			b.Key, key = key, ""
			c.doc.Add(b)
			continue
		case Charts:
			if len(b.Figures) > 0 {
				b.Figures = slices.Clone(b.Figures)
				b.Figures[0].Key, key = key, ""
			}
			c.doc.Add(b)
			continue
		}
		c.doc.Add(b)
	}
}

// name is what people call a living thing.
func (c *composer) name(l *manuscript.Living) string {
	return manuscript.NewNames(c.p, c.types()).Name(l)
}

// types are the service types of the project.
func (c *composer) types() []model.ServiceType {
	if c.in.Types != nil {
		return c.in.Types
	}
	return c.in.Snapshot.Types
}

// runs turns the runs of a text into those of a document. Comments are never among them.
func (c *composer) runs(runs []manuscript.Run) []Run {
	var out []Run
	for i := range runs {
		r := &runs[i]
		run := Run{Text: r.Text, Bold: r.Bold, Italic: r.Italic, Lang: r.Lang}
		switch {
		case r.Figure != nil:
			run.Text = c.figure(r.Figure)
		case r.Note != nil:
			if len(out) == 0 || out[len(out)-1].Note != nil {
				out = append(out, Run{Text: i18n.NBSP})
			}
			out[len(out)-1].Note = c.runs(r.Note)
			continue
		case r.Ref != "":
			if run.Ref = r.Ref; !c.keys[r.Ref] {
				c.remark("text.remark.reference", r.Ref, c.title())
				run.Ref, run.Text = "", "–"
			}
		}
		if safe(r.Link) {
			run.Link = r.Link
		} else if r.Link != "" {
			c.remark("text.remark.link", r.Link, c.title())
		}
		if run.Text != "" || run.Ref != "" {
			out = append(out, run)
		}
	}
	return out
}

// title is the chapter at hand.
func (c *composer) title() string {
	if c.at == nil {
		return ""
	}
	return c.at.Title
}

// safe tells whether an address may be led to.
func safe(link string) bool {
	for _, scheme := range []string{"https://", "http://", "mailto:"} {
		if strings.HasPrefix(strings.ToLower(link), scheme) && len(link) > len(scheme) {
			return true
		}
	}
	return false
}

// figure is what a figure in running text says: what it showed last, or shows now.
func (c *composer) figure(l *manuscript.Living) string {
	if !l.Known() {
		c.remark("text.remark.unknown", l.Name, c.title())
		return "–"
	}
	if l.Shown != nil {
		return l.Shown.Text
	}
	if text, _, ok := c.figureText(l); ok {
		return text
	}
	c.remark("text.remark.empty", c.name(l), c.title())
	return "–"
}

// list turns items with levels into lists within each other.
func (c *composer) list(items []manuscript.Item) List {
	list, _ := c.sublist(items, 0, 0)
	return list
}

// sublist makes the list of a level from an item on, and gives the item behind it.
func (c *composer) sublist(items []manuscript.Item, from, level int) (List, int) {
	list := List{Ordered: items[from].Ordered}
	i := from
	for i < len(items) && items[i].Level >= level {
		if items[i].Level > level && len(list.Items) > 0 {
			if list.Below == nil {
				list.Below = map[int]List{}
			}
			list.Below[len(list.Items)-1], i = c.sublist(items, i, items[i].Level)
			continue
		}
		list.Items = append(list.Items, c.runs(items[i].Runs))
		i++
	}
	return list, i
}

// table turns a table of the user's own into one of the document.
func (c *composer) table(from *manuscript.Table) Table {
	t := Table{Caption: from.Caption, Source: from.Source}
	for k, head := range from.Rows[0] {
		column := Column{Head: Text(c.runs(head)), Weight: 1}
		if k < len(from.Right) && from.Right[k] {
			column.Align, column.Weight = Right, 0.5
		}
		t.Columns = append(t.Columns, column)
	}
	for _, row := range from.Rows[1:] {
		t.Rows = append(t.Rows, make([]string, len(t.Columns)))
		for k := range t.Columns {
			if k >= len(row) {
				continue
			}
			if runs := c.runs(row[k]); slices.ContainsFunc(runs, func(r Run) bool {
				return r.Bold || r.Italic || r.Link != "" || r.Ref != "" || r.Lang != "" || r.Note != nil
			}) {
				t.Style(len(t.Rows)-1, k, runs)
			} else {
				t.Rows[len(t.Rows)-1][k] = Text(runs)
			}
		}
	}
	return t
}
