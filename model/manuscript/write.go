package manuscript

import (
	"regexp"
	"strings"
)

// Write gives blocks in the plain form, which Parse reads back: headings with #, lists with - or 1., tables with |, quotes
// with >, --- for a new page, {{…}} for what is living, and within text **bold**, *italics*, [links](address),
// [words]{language}, [@references], ^[footnotes] and {==text==}{>>author: comment<<}. \n is a new line, and a \ before a
// letter with a meaning takes it away.
func (n *Names) Write(blocks []Block) string {
	var out strings.Builder
	for i := range blocks {
		if i > 0 {
			out.WriteString("\n")
		}
		out.WriteString(n.writeBlock(&blocks[i]))
	}
	return out.String()
}

// writeBlock writes a block with a line feed at its end.
func (n *Names) writeBlock(b *Block) string {
	switch b.Type {
	case Heading:
		return strings.Repeat("#", b.Level) + " " + n.Inline(b.Runs) + writeLabel(b.Label) + "\n"
	case List:
		return n.writeList(b.Items)
	case TableType:
		return n.writeTable(b)
	case Quote:
		return "> " + n.Inline(b.Runs) + "\n"
	case PageBreak:
		return "---\n"
	case LivingOne:
		text := "{{" + escape(n.Name(b.Living), `\}`) + "}}" + writeLabel(b.Label)
		if len(b.Runs) > 0 {
			text += " " + n.Inline(b.Runs)
		}
		return text + "\n"
	}
	text := n.Inline(b.Runs)
	if b.Style != Body {
		return "{" + n.mark("style."+string(b.Style)) + "} " + text + "\n"
	}
	return guard(text) + "\n"
}

// opening finds what would begin another block than a paragraph.
var opening = regexp.MustCompile(`^([#>|=-]|[0-9]+[.)])`)

// guard keeps a paragraph from being read as another block.
func guard(text string) string {
	if opening.MatchString(text) {
		return `\` + text
	}
	return text
}

func writeLabel(label string) string {
	if label == "" {
		return ""
	}
	return " {#" + label + "}"
}

func (n *Names) writeList(items []Item) string {
	var out strings.Builder
	counts := [3]int{}
	for _, item := range items {
		level := min(max(item.Level, 0), 2)
		clear(counts[level+1:])
		counts[level]++
		out.WriteString(strings.Repeat("  ", level))
		if item.Ordered {
			out.WriteString(n.number(counts[level]) + ". ")
		} else {
			out.WriteString("- ")
		}
		out.WriteString(n.Inline(item.Runs) + "\n")
	}
	return out.String()
}

func (n *Names) writeTable(b *Block) string {
	var out strings.Builder
	t := b.Table
	if t.Caption != "" || b.Label != "" {
		out.WriteString("{" + n.mark("table") + "}" + spaced(escape(t.Caption, special)) + writeLabel(b.Label) + "\n")
	}
	for i, row := range t.Rows {
		out.WriteString("|")
		for _, cell := range row {
			out.WriteString(spaced(strings.ReplaceAll(n.Inline(cell), "|", `\|`)) + " |")
		}
		out.WriteString("\n")
		if i > 0 {
			continue
		}
		out.WriteString("|")
		for k := range row {
			if k < len(t.Right) && t.Right[k] {
				out.WriteString("---:|")
			} else {
				out.WriteString("---|")
			}
		}
		out.WriteString("\n")
	}
	if t.Source != "" {
		out.WriteString("{" + n.mark("source") + "} " + escape(t.Source, special) + "\n")
	}
	return out.String()
}

// spaced puts a blank before a text that says something.
func spaced(text string) string {
	if text == "" {
		return ""
	}
	return " " + text
}

// special are the letters that mean something within text.
const special = `\*[]{}`

// escape takes the meaning of letters away, and writes line feeds as \n.
func escape(s, letters string) string {
	var out strings.Builder
	for _, r := range s {
		switch {
		case r == '\n':
			out.WriteString(`\n`)
			continue
		case strings.ContainsRune(letters, r):
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// Inline writes runs on one line.
func (n *Names) Inline(runs []Run) string {
	var out strings.Builder
	bold, italic := false, false
	turn := func(b, i bool) {
		if b != bold {
			out.WriteString("**")
		}
		if i != italic {
			out.WriteString("*")
		}
		bold, italic = b, i
	}
	for i := range runs {
		turn(runs[i].Bold, runs[i].Italic)
		out.WriteString(n.writeRun(&runs[i]))
	}
	turn(false, false)
	return out.String()
}

// writeRun writes a run without its style.
func (n *Names) writeRun(r *Run) string {
	text := escape(r.Text, special)
	switch {
	case r.Figure != nil:
		text = "{{" + escape(n.Name(r.Figure), `\}`) + "}}"
	case r.Note != nil:
		text = "^[" + n.Inline(r.Note) + "]"
	case r.Ref != "":
		text = "[@" + r.Ref + "]"
	}
	if r.Lang != "" {
		text = "[" + text + "]{" + r.Lang + "}"
	}
	if r.Link != "" {
		text = "[" + text + "](" + escape(r.Link, `\)`) + ")"
	}
	if c := r.Comment; c != nil {
		author := escape(c.Author, `\:<`)
		if c.Resolved {
			author = "!" + author
		} else if strings.HasPrefix(author, "!") {
			author = `\` + author
		}
		text = "{==" + text + "==}{>>" + author + ":" + spaced(escape(c.Text, `\<`)) + "<<}"
	}
	return text
}

// WriteAll gives a whole document in the plain form: each chapter with a line that begins with =, ==, or === by its level.
func (n *Names) WriteAll(chapters []Chapter) string {
	var out strings.Builder
	for i := range chapters {
		c := &chapters[i]
		if i > 0 {
			out.WriteString("\n")
		}
		out.WriteString(strings.Repeat("=", min(max(c.Level, 1), 3)) + spaced(escape(c.Title, special)))
		var said []string
		if c.Key != "" {
			said = append(said, "key="+c.Key)
		}
		for _, flag := range c.flags() {
			if *flag.on {
				said = append(said, flag.name)
			}
		}
		if c.Page != Portrait {
			said = append(said, string(c.Page))
		}
		if said != nil {
			out.WriteString(" {" + strings.Join(said, " ") + "}")
		}
		out.WriteString("\n")
		if len(c.Blocks) > 0 {
			out.WriteString("\n" + n.Write(c.Blocks))
		}
	}
	return out.String()
}

// chapterFlag is something that a chapter is or is not.
type chapterFlag struct {
	name string
	on   *bool
}

func (c *Chapter) flags() []chapterFlag {
	return []chapterFlag{{"plain", &c.Plain}, {"appendix", &c.Appendix}, {"hidden", &c.Hidden}}
}
