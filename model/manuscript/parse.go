package manuscript

import (
	"regexp"
	"strings"
)

// Parse reads blocks from the plain form. It takes any text: what is not understood is text. The blocks have no ids; see
// Merge.
func (n *Names) Parse(text string) []Block {
	p := &reader{names: n, lines: strings.Split(clean(text), "\n")}
	for p.next < len(p.lines) {
		p.block()
	}
	return p.out
}

// reader reads the plain form line by line.
type reader struct {
	names *Names
	lines []string
	next  int
	out   []Block
}

var (
	headingLine = regexp.MustCompile(`^(#{1,3})[ \t]+(.*)$`)
	itemLine    = regexp.MustCompile(`^([ \t]*)(-|[0-9]+[.)])[ \t]+(.*)$`)
	labelAtEnd  = regexp.MustCompile(`^(?:(.*?)[ \t]+)?\{#([^{}\s\\]+)\}$`)
	labelFirst  = regexp.MustCompile(`^\{#([^{}\s\\]+)\}[ \t]*`)
	markLine    = regexp.MustCompile(`^\{([^{}#=>\s][^{}]*)\}[ \t]*(.*)$`)
	ruleCell    = regexp.MustCompile(`^:?-+:?$`)
)

// blank are the letters around a line that say nothing. A no-break space says something.
const blank = " \t"

// line gives the line at hand without the blanks at its ends.
func (p *reader) line() string { return strings.Trim(p.lines[p.next], blank) }

// add keeps a block that holds something.
func (p *reader) add(b Block) {
	if b.Normalise() {
		p.out = append(p.out, b)
	}
}

// block reads the block that begins at the line at hand.
func (p *reader) block() {
	s := p.line()
	switch {
	case s == "":
		p.next++
	case s == "---":
		p.next++
		p.add(Block{Type: PageBreak})
	case headingLine.MatchString(s):
		p.next++
		m := headingLine.FindStringSubmatch(s)
		text, label := cutLabel(m[2])
		p.add(Block{Type: Heading, Level: len(m[1]), Label: label, Runs: p.names.Runs(text)})
	case itemLine.MatchString(s):
		p.list()
	case strings.HasPrefix(s, ">"):
		p.quote()
	case strings.HasPrefix(s, "|") || p.isMark(s, "table"):
		p.table()
	default:
		p.paragraph()
	}
}

// isMark tells whether a line begins with the mark of something in braces.
func (p *reader) isMark(s, what string) bool {
	m := markLine.FindStringSubmatch(s)
	return m != nil && p.names.unmark(m[1]) == what
}

// cutLabel takes a label off the end of a text.
func cutLabel(text string) (rest, label string) {
	if m := labelAtEnd.FindStringSubmatch(text); m != nil {
		return m[1], m[2]
	}
	return text, ""
}

// paragraph reads lines up to one that is empty or begins something else.
func (p *reader) paragraph() {
	words := []string{p.line()}
	for p.next++; p.next < len(p.lines); p.next++ {
		s := p.line()
		if s == "" || s == "---" || headingLine.MatchString(s) || itemLine.MatchString(s) || strings.HasPrefix(s, ">") ||
			strings.HasPrefix(s, "|") || strings.HasPrefix(s, "{") {
			break
		}
		words = append(words, s)
	}
	text := strings.Join(words, " ")
	if p.living(text) {
		return
	}
	b := Block{Type: Paragraph}
	if m := markLine.FindStringSubmatch(text); m != nil {
		if style, ok := strings.CutPrefix(p.names.unmark(m[1]), "style."); ok {
			b.Style, text = Style(style), m[2]
		}
	}
	b.Runs = p.names.Runs(text)
	p.add(b)
}

// living reads a living block, with words of the user's own behind it where it is a sentence.
func (p *reader) living(text string) bool {
	if !strings.HasPrefix(text, "{{") {
		return false
	}
	name, rest, ok := cutName(text)
	if !ok {
		return false
	}
	l := p.names.Find(name)
	if !l.Known() || l.Kind == Figure {
		return false
	}
	b := Block{Type: LivingOne, Living: l}
	rest = strings.Trim(rest, blank)
	if m := labelFirst.FindStringSubmatch(rest); m != nil {
		b.Label, rest = m[1], rest[len(m[0]):]
	}
	if l.Kind == Sentence {
		b.Runs = p.names.Runs(rest)
		p.add(b)
		return true
	}
	p.add(b)
	p.add(Block{Type: Paragraph, Runs: p.names.Runs(rest)})
	return true
}

// quote reads lines that begin with >.
func (p *reader) quote() {
	var words []string
	for ; p.next < len(p.lines) && strings.HasPrefix(p.line(), ">"); p.next++ {
		words = append(words, strings.Trim(p.line()[1:], blank))
	}
	p.add(Block{Type: Quote, Runs: p.names.Runs(strings.Join(words, " "))})
}

// list reads items up to an empty line. An indented line without a mark goes on with the item above.
func (p *reader) list() {
	var b Block
	b.Type = List
	var indents []int
	var text string
	end := func() {
		if n := len(b.Items); n > 0 {
			b.Items[n-1].Runs = p.names.Runs(text)
		}
	}
	for ; p.next < len(p.lines); p.next++ {
		raw := p.lines[p.next]
		m := itemLine.FindStringSubmatch(strings.TrimRight(raw, blank))
		if m == nil {
			if p.line() == "" || !strings.ContainsAny(raw[:1], blank) {
				break
			}
			text += " " + p.line()
			continue
		}
		end()
		depth := len(strings.ReplaceAll(m[1], "\t", "    "))
		for len(indents) > 0 && indents[len(indents)-1] > depth {
			indents = indents[:len(indents)-1]
		}
		if len(indents) == 0 || indents[len(indents)-1] < depth {
			indents = append(indents, depth)
		}
		b.Items = append(b.Items, Item{Level: len(indents) - 1, Ordered: m[2] != "-"})
		text = m[3]
	}
	end()
	p.add(b)
}

// table reads rows, with a caption before and a source behind.
func (p *reader) table() {
	b := Block{Type: TableType, Table: &Table{}}
	if m := markLine.FindStringSubmatch(p.line()); m != nil {
		text, label := cutLabel(m[2])
		b.Table.Caption, b.Label = unescape(text), label
		if p.next++; p.next == len(p.lines) || !strings.HasPrefix(p.line(), "|") {
			p.add(Block{Type: Paragraph, Runs: p.names.Runs(text)}) // a caption without a table
			return
		}
	}
	for first := true; p.next < len(p.lines) && strings.HasPrefix(p.line(), "|"); p.next++ {
		cells := splitRow(p.line())
		if len(b.Table.Rows) == 1 && first && isRule(cells) {
			first = false
			for _, c := range cells {
				b.Table.Right = append(b.Table.Right, strings.HasSuffix(c, ":") && !strings.HasPrefix(c, ":"))
			}
			continue
		}
		var row [][]Run
		for _, c := range cells {
			row = append(row, p.names.Runs(c))
		}
		b.Table.Rows = append(b.Table.Rows, row)
	}
	if p.next < len(p.lines) && p.isMark(p.line(), "source") {
		b.Table.Source = unescape(markLine.FindStringSubmatch(p.line())[2])
		p.next++
	}
	p.add(b)
}

// isRule tells whether the cells part the header from the rows.
func isRule(cells []string) bool {
	for _, c := range cells {
		if !ruleCell.MatchString(c) {
			return false
		}
	}
	return true
}

// splitRow parts a row at its bars, but not at those behind a backslash.
func splitRow(s string) []string {
	var out []string
	var cell strings.Builder
	s = s[1:]
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			if s[i+1] != '|' {
				cell.WriteByte('\\')
			}
			i++
			cell.WriteByte(s[i])
		case s[i] == '|':
			out = append(out, strings.Trim(cell.String(), blank))
			cell.Reset()
		default:
			cell.WriteByte(s[i])
		}
	}
	if rest := strings.Trim(cell.String(), blank); rest != "" {
		out = append(out, rest)
	}
	return out
}

// unescape gives letters their plain meaning back.
func unescape(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
			if s[i] == 'n' {
				out.WriteByte('\n')
				continue
			}
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

var chapterLine = regexp.MustCompile(`^(={1,3})(?:[ \t]+(.*))?$`)

// ParseAll reads a whole document from the plain form. What stands before the first chapter is a chapter without a title. The
// chapters have no ids.
func (n *Names) ParseAll(text string) []Chapter {
	var out []Chapter
	var body []string
	end := func() {
		if blocks := n.Parse(strings.Join(body, "\n")); len(blocks) > 0 {
			if len(out) == 0 {
				out = append(out, Chapter{Level: 1, Plain: true})
			}
			out[len(out)-1].Blocks = blocks
		}
		body = nil
	}
	for _, l := range strings.Split(clean(text), "\n") {
		m := chapterLine.FindStringSubmatch(strings.Trim(l, blank))
		if m == nil {
			body = append(body, l)
			continue
		}
		end()
		out = append(out, readChapter(len(m[1]), m[2]))
	}
	end()
	return out
}

var saidAtEnd = regexp.MustCompile(`^(|.*[^\\])\{([^{}]*)\}$`)

// readChapter reads a chapter's heading.
func readChapter(level int, text string) Chapter {
	c := Chapter{Level: level}
	if m := saidAtEnd.FindStringSubmatch(text); m != nil {
		text = m[1]
		for _, word := range strings.Fields(m[2]) {
			if key, ok := strings.CutPrefix(word, "key="); ok {
				c.Key = label(key)
			}
			for _, flag := range c.flags() {
				if flag.name == word {
					*flag.on = true
				}
			}
			if word == string(Landscape) || word == string(A3) {
				c.Page = Page(word)
			}
		}
	}
	c.Title = line(unescape(text))
	return c
}
