package writing

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"nabar/model/manuscript"
)

// Textual tells whether a block is written as one text: all but tables, page breaks and what is living, save sentences.
func Textual(b *manuscript.Block) bool {
	switch b.Type {
	case manuscript.Heading, manuscript.Paragraph, manuscript.Quote, manuscript.List:
		return true
	}
	return false
}

// Plain is a block's text as it stands in the editor: its runs with their marks, a list as its lines. New lines within a
// text are new lines.
func Plain(n *manuscript.Names, b *manuscript.Block) string {
	if b.Type == manuscript.List {
		return strings.TrimSuffix(n.Write([]manuscript.Block{*b}), "\n")
	}
	return Unfold(n.Inline(b.Runs))
}

// Unfold writes the \n of the plain form as new lines.
func Unfold(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			out.WriteByte(text[i])
			continue
		}
		i++
		if text[i] == 'n' {
			out.WriteByte('\n')
		} else {
			out.WriteString(text[i-1 : i+1])
		}
	}
	return out.String()
}

// Read makes a block say what a text of the editor says. Its type stays.
func Read(n *manuscript.Names, b *manuscript.Block, text string) {
	if b.Type != manuscript.List {
		b.Runs = n.Runs(text)
		return
	}
	lines := strings.Split(text, "\n")
	lines = slices.DeleteFunc(lines, func(l string) bool { return strings.TrimSpace(l) == "" })
	for i, l := range lines {
		if !itemMark.MatchString(l) && !strings.HasPrefix(l, " ") {
			lines[i] = "- " + l
		}
	}
	b.Items = nil
	for _, part := range n.Parse(strings.Join(lines, "\n")) {
		b.Items = append(b.Items, part.Items...)
	}
}

var openings = []struct {
	at    *regexp.Regexp
	block manuscript.Block
}{
	{regexp.MustCompile(`^# `), manuscript.Block{Type: manuscript.Heading, Level: 1}},
	{regexp.MustCompile(`^## `), manuscript.Block{Type: manuscript.Heading, Level: 2}},
	{regexp.MustCompile(`^### `), manuscript.Block{Type: manuscript.Heading, Level: 3}},
	{regexp.MustCompile(`^> `), manuscript.Block{Type: manuscript.Quote}},
	{regexp.MustCompile(`^(- |[0-9]{1,3}[.)] )`), manuscript.Block{Type: manuscript.List}},
}

// Opening tells what a paragraph becomes whose text begins with the mark of another block: # for a heading, - or 1. for a
// list, > for a quote. rest is the text without the mark; a list keeps it.
func Opening(text string) (b manuscript.Block, rest string, ok bool) {
	for _, o := range openings {
		if m := o.at.FindString(text); m != "" {
			if o.block.Type == manuscript.List {
				return o.block, text, true
			}
			return o.block, text[len(m):], true
		}
	}
	return b, text, false
}

// NextItem is what Enter does in a list at the caret: a new item like the one at hand. Where that one is empty, done is true
// and the empty item is taken away: the list ends there.
func NextItem(p Passage) (out Passage, done bool) {
	before, _, after := p.cut()
	line := before[strings.LastIndex(before, "\n")+1:]
	rest, _, _ := strings.Cut(after, "\n")
	mark := itemMark.FindString(line)
	if strings.TrimSpace(strings.TrimPrefix(line, mark)) == "" && strings.TrimSpace(rest) == "" {
		before = strings.TrimSuffix(before[:len(before)-len(line)], "\n")
		after = strings.TrimPrefix(after, rest)
		at := len([]rune(before))
		return Passage{before + after, at, at}, true
	}
	if mark == "" {
		mark = "- "
	}
	return p.Replace("\n" + following(mark)), false
}

var itemNumber = regexp.MustCompile(`[0-9]+`)

// following is the mark of the item after one.
func following(mark string) string {
	return itemNumber.ReplaceAllStringFunc(mark, func(s string) string {
		n, _ := strconv.Atoi(s)
		return strconv.Itoa(n + 1)
	})
}

// AtItem tells whether the caret stands right behind the mark of a list's item, where Tab moves the item inwards.
func AtItem(p Passage) bool {
	before, _, _ := p.cut()
	line := before[strings.LastIndex(before, "\n")+1:]
	return itemMark.FindString(line) == line && line != ""
}

// Indent moves the item at the caret a level inwards, or outwards.
func Indent(p Passage, in bool) Passage {
	before, said, after := p.cut()
	start := strings.LastIndex(before, "\n") + 1
	head, line := before[:start], before[start:]
	switch {
	case in:
		line = "  " + line
	default:
		line = strings.TrimPrefix(strings.TrimPrefix(line, " "), " ")
	}
	at := len([]rune(head + line))
	return Passage{head + line + said + after, at, at + len([]rune(said))}
}

// Pasted are the blocks of a text from elsewhere, which has a paragraph a line unless it has empty lines or marks of its own.
func Pasted(n *manuscript.Names, text string) []manuscript.Block {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	lines := strings.Split(text, "\n")
	own := slices.ContainsFunc(lines, func(l string) bool {
		return strings.HasPrefix(l, "|") || itemMark.MatchString(l)
	})
	if !own && !strings.Contains(text, "\n\n") {
		text = strings.Join(lines, "\n\n")
	}
	return n.Parse(text)
}

// Recast is a text of the editor for another type of block: a list gets marks before its lines and others lose them. ordered is
// for a list that is numbered.
func Recast(text string, from, to manuscript.Type, ordered bool) string {
	lines := strings.Split(text, "\n")
	n := 0
	for i, l := range lines {
		if from == manuscript.List {
			l = strings.TrimLeft(itemMark.ReplaceAllString(l, ""), " ")
		}
		if to == manuscript.List {
			n++
			mark := "- "
			if ordered {
				mark = strconv.Itoa(n) + ". "
			}
			l = mark + l
		}
		lines[i] = l
	}
	if to == manuscript.Heading {
		return strings.Join(lines, " ")
	}
	return strings.Join(lines, "\n")
}

// Difference is what is not the same in two texts, line by line: what they begin and end with alike is left out.
func Difference(a, b string) (onlyA, onlyB string) {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for len(x) > 1 && len(y) > 1 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 1 && len(y) > 1 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	return strings.Join(x, "\n"), strings.Join(y, "\n")
}
