package manuscript

import "strings"

// Runs reads the runs of one line of text.
func (n *Names) Runs(text string) []Run {
	p := &inline{names: n, s: text}
	return trimmed(p.scope("", false, false))
}

// inline reads what stands within a line.
type inline struct {
	names *Names
	s     string
	i     int
	noted bool // within a footnote: none again, and no comment
	said  bool // within a text with a comment: no comment again
}

// token is a piece of a scope: a run, or stars that turn a style on or off.
type token struct {
	run   Run
	stars int // 0 for a run; 1 italics, 2 bold, 3 both
}

// scope reads up to a closing text (or the end, where it is "") and gives the runs in the style that holds around them.
func (p *inline) scope(closing string, bold, italic bool) []Run {
	var tokens []token
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			tokens = append(tokens, token{run: Run{Text: text.String()}})
			text.Reset()
		}
	}
	b, i := bold, italic
	for p.i < len(p.s) {
		if closing != "" && strings.HasPrefix(p.s[p.i:], closing) {
			break
		}
		if runs, stars, ok := p.special(b, i); ok {
			flush()
			for _, r := range runs {
				tokens = append(tokens, token{run: r})
			}
			if stars > 0 {
				tokens = append(tokens, token{stars: stars})
				b, i = b != (stars >= 2), i != (stars != 2)
			}
			continue
		}
		p.letter(&text)
	}
	flush()
	return styled(tokens, bold, italic)
}

// letter takes one letter as it stands, or the one behind a backslash.
func (p *inline) letter(text *strings.Builder) {
	c := p.s[p.i]
	p.i++
	if c == '*' { // four or more
		for text.WriteByte(c); p.i < len(p.s) && p.s[p.i] == '*'; p.i++ {
			text.WriteByte('*')
		}
		return
	}
	if c != '\\' || p.i == len(p.s) {
		text.WriteByte(c)
		return
	}
	if p.s[p.i] == 'n' {
		text.WriteByte('\n')
	} else {
		text.WriteByte(p.s[p.i])
	}
	p.i++
}

// special reads what has a meaning at the place at hand. It moves on only where it says ok.
func (p *inline) special(bold, italic bool) (runs []Run, stars int, ok bool) {
	rest := p.s[p.i:]
	switch {
	case rest[0] == '*':
		for stars < len(rest) && rest[stars] == '*' {
			stars++
		}
		if stars > 3 {
			return nil, 0, false
		}
		p.i += stars
		return nil, stars, true
	case strings.HasPrefix(rest, "{{"):
		runs = p.figure(rest)
	case strings.HasPrefix(rest, "{=="):
		runs = p.comment(bold, italic)
	case strings.HasPrefix(rest, "^["):
		runs = p.note()
	case strings.HasPrefix(rest, "[@"):
		if end := strings.IndexByte(rest, ']'); end > 2 && label(rest[2:end]) == rest[2:end] {
			runs = []Run{{Ref: rest[2:end], Bold: bold, Italic: italic}}
			p.i += end + 1
		}
	case rest[0] == '[':
		runs = p.bracket(bold, italic)
	}
	if runs == nil {
		return nil, 0, false
	}
	for k := range runs {
		if runs[k].Figure != nil && !runs[k].Bold && !runs[k].Italic {
			runs[k].Bold, runs[k].Italic = bold, italic
		}
	}
	return runs, 0, true
}

// cutName takes {{name}} off a text.
func cutName(s string) (name, rest string, ok bool) {
	for i := 2; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case strings.HasPrefix(s[i:], "}}"):
			name = unescape(s[2:i])
			return name, s[i+2:], line(name) != ""
		}
	}
	return "", s, false
}

// figure reads a figure by its name. What is no figure, or known by no one, keeps its name.
func (p *inline) figure(rest string) []Run {
	name, after, ok := cutName(rest)
	if !ok {
		return nil
	}
	p.i += len(rest) - len(after)
	l := p.names.Find(name)
	if l.Known() && l.Kind != Figure {
		l = &Living{Name: line(name)}
	}
	return []Run{{Figure: l}}
}

// attempt reads a scope that must end with a closing text, else it goes back to where it was.
func (p *inline) attempt(open int, closing string, bold, italic bool) (runs []Run, ok bool) {
	p.i += open
	runs = p.scope(closing, bold, italic)
	if !strings.HasPrefix(p.s[p.i:], closing) {
		return nil, false
	}
	p.i += len(closing)
	return runs, true
}

// note reads a footnote.
func (p *inline) note() []Run {
	at := p.i
	if p.noted {
		return nil
	}
	p.noted = true
	runs, ok := p.attempt(2, "]", false, false)
	p.noted = false
	if runs = trimmed(runs); !ok || len(runs) == 0 {
		p.i = at
		return nil
	}
	return []Run{{Note: runs}}
}

// bracket reads a link, or words in another language.
func (p *inline) bracket(bold, italic bool) []Run {
	at := p.i
	runs, ok := p.attempt(1, "]", bold, italic)
	if !ok || len(runs) == 0 || p.i == len(p.s) {
		p.i = at
		return nil
	}
	closing := map[byte]byte{'(': ')', '{': '}'}[p.s[p.i]]
	said, after, found := cutAt(p.s[p.i+1:], closing)
	if closing == 0 || !found || line(said) == "" || closing == '}' && (label(said) != said) {
		p.i = at
		return nil
	}
	p.i = len(p.s) - len(after)
	for k := range runs {
		if closing == ')' {
			runs[k].Link = said
		} else {
			runs[k].Lang = said
		}
	}
	return runs
}

// cutAt takes a text up to a letter that no backslash stands before.
func cutAt(s string, closing byte) (said, rest string, ok bool) {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case closing:
			return unescape(s[:i]), s[i+1:], true
		}
	}
	return "", s, false
}

// comment reads a text with a comment on it.
func (p *inline) comment(bold, italic bool) []Run {
	at := p.i
	if p.noted || p.said {
		return nil
	}
	p.said = true
	defer func() { p.said = false }()
	runs, ok := p.attempt(3, "==}", bold, italic)
	if !ok || !strings.HasPrefix(p.s[p.i:], "{>>") {
		p.i = at
		return nil
	}
	body := p.s[p.i+3:]
	end := -1
	for i := 0; i < len(body) && end < 0; i++ {
		if body[i] == '\\' {
			i++
		} else if strings.HasPrefix(body[i:], "<<}") {
			end = i
		}
	}
	if end < 0 {
		p.i = at
		return nil
	}
	p.i += 3 + end + 3
	if len(runs) == 0 {
		runs = []Run{{Bold: bold, Italic: italic}}
	}
	for k := range runs {
		runs[k].Comment = readComment(body[:end])
	}
	return runs
}

// readComment reads "author: text", with ! before it where it is resolved.
func readComment(s string) *Comment {
	c := &Comment{}
	s, c.Resolved = strings.CutPrefix(s, "!")
	author, text, ok := cutAt(s, ':')
	if !ok {
		author, text = "", s
	}
	c.Author, c.Text = line(author), clean(unescape(strings.TrimPrefix(text, " ")))
	return c
}

// styled turns tokens into runs. Stars that are never closed are letters.
func styled(tokens []token, bold, italic bool) []Run {
	var open [2]int // index of the last token that turned a style, by odd counts
	for style := range open {
		open[style] = -1
		count := 0
		for k, t := range tokens {
			if t.stars == style+1 || t.stars == 3 {
				count++
				open[style] = k
			}
		}
		if count%2 == 0 {
			open[style] = -1
		}
	}
	var out []Run
	b, i := bold, italic
	for k, t := range tokens {
		if t.stars == 0 {
			r := t.run
			if r.plain() && r.Link == "" && r.Lang == "" {
				r.Bold, r.Italic = b, i
			}
			out = append(out, r)
			continue
		}
		literal := ""
		if t.stars != 1 {
			if k == open[1] {
				literal += "**"
			} else {
				b = !b
			}
		}
		if t.stars != 2 {
			if k == open[0] {
				literal += "*"
			} else {
				i = !i
			}
		}
		if literal != "" {
			out = append(out, Run{Text: literal, Bold: b, Italic: i})
		}
	}
	return Normal(out)
}
