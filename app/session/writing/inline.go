package writing

import (
	"regexp"
	"strings"

	"nabar/model/manuscript"
)

// The marks of the two styles.
const (
	Bold   = "**"
	Italic = "*"
)

// Passage is a text with what is selected of it: letters From up to To, both counted from the beginning. Where they are
// equal, that is where the caret stands.
type Passage struct {
	Text     string
	From, To int
}

// cut parts the text at the selection.
func (p Passage) cut() (before, said, after string) {
	letters := []rune(p.Text)
	n := len(letters)
	from, to := min(max(p.From, 0), n), min(max(p.To, 0), n)
	if from > to {
		from, to = to, from
	}
	return string(letters[:from]), string(letters[from:to]), string(letters[to:])
}

// Replace puts another text in place of what is selected, with the caret behind it.
func (p Passage) Replace(with string) Passage {
	before, _, after := p.cut()
	at := len([]rune(before + with))
	return Passage{before + with + after, at, at}
}

// Selected is what is selected.
func (p Passage) Selected() string {
	_, said, _ := p.cut()
	return said
}

// Word selects the word that the caret stands in or at, where nothing is selected.
func (p Passage) Word() Passage {
	if p.From != p.To {
		return p
	}
	letters := []rune(p.Text)
	part := func(r rune) bool { return !strings.ContainsRune(" \t\n\u00a0.,;:!?()[]{}*\"”«»", r) }
	at := min(max(p.From, 0), len(letters))
	from, to := at, at
	for from > 0 && part(letters[from-1]) {
		from--
	}
	for to < len(letters) && part(letters[to]) {
		to++
	}
	return Passage{p.Text, from, to}
}

// itemMark is what stands before an item of a list.
var itemMark = regexp.MustCompile(`^[ \t]*(-|[0-9]+[.)])[ \t]+`)

// Toggle puts a mark of a style around what is selected, or around the word at the caret, and takes it away where it stands
// there; where there is no word it does nothing. A selection over several lines is marked line by line, since a style ends with its line. What was selected stays so.
func (p Passage) Toggle(mark string) Passage {
	p = p.Word()
	before, said, after := p.cut()
	if lines := strings.Split(said, "\n"); len(lines) > 1 {
		for i, l := range lines {
			head := ""
			if i > 0 || before == "" || strings.HasSuffix(before, "\n") {
				head = itemMark.FindString(l)
			}
			if l = l[len(head):]; strings.TrimSpace(l) != "" {
				l = Passage{l, 0, len([]rune(l))}.Toggle(mark).Text
			}
			lines[i] = head + l
		}
		said = strings.Join(lines, "\n")
		from := len([]rune(before))
		return Passage{before + said + after, from, from + len([]rune(said))}
	}
	blank := len(said) - len(strings.TrimLeft(said, " "))
	before, said = before+said[:blank], said[blank:]
	tail := said[len(strings.TrimRight(said, " ")):]
	said, after = strings.TrimSuffix(said, tail), tail+after
	if said == "" {
		return p
	}
	inner := min(leading(said), leading(reverse(said)))
	if inner*2 >= len(said) {
		inner = 0
	}
	before, said, after = before+said[:inner], said[inner:len(said)-inner], said[len(said)-inner:]+after
	if around := min(leading(reverse(before)), leading(after)); has(around, mark) {
		before, after = before[:len(before)-len(mark)], after[len(mark):]
	} else {
		before, after = before+mark, mark+after
	}
	from := len([]rune(before))
	return Passage{before + said + after, from, from + len([]rune(said))}
}

// leading counts the stars that a text begins with.
func leading(s string) int { return len(s) - len(strings.TrimLeft(s, "*")) }

// has tells whether so many stars hold a style.
func has(stars int, mark string) bool {
	if mark == Bold {
		return stars >= 2
	}
	return stars%2 == 1
}

// reverse is a text from its end.
func reverse(s string) string {
	letters := []rune(s)
	for i, k := 0, len(letters)-1; i < k; i, k = i+1, k-1 {
		letters[i], letters[k] = letters[k], letters[i]
	}
	return string(letters)
}

// Link lets what is selected lead to an address; where nothing is, the address itself is what stands there.
func (p Passage) Link(address string) Passage {
	said := p.Selected()
	if said == "" {
		said = strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`, `*`, `\*`).Replace(address)
	}
	return p.Replace("[" + said + "](" + strings.NewReplacer(`\`, `\\`, `)`, `\)`).Replace(address) + ")")
}

// Footnote puts a footnote behind what is selected.
func (p Passage) Footnote(n *manuscript.Names, text string) Passage {
	_, to := p.ordered()
	p.From, p.To = to, to
	return p.Replace(n.Inline([]manuscript.Run{{Note: []manuscript.Run{{Text: text}}}}))
}

// Remark puts a comment on what is selected, or on the word at the caret.
func (p Passage) Remark(n *manuscript.Names, c manuscript.Comment) Passage {
	p = p.Word()
	_, behind, _ := strings.Cut(n.Inline([]manuscript.Run{{Comment: &c}}), "====")
	return p.Replace("{==" + p.Selected() + "==" + behind)
}

// ordered are the ends of the selection, the first one first.
func (p Passage) ordered() (from, to int) { return min(p.From, p.To), max(p.From, p.To) }

// Naming tells what has been typed of a name between {{ and the caret, and selects it with its braces, so that it can be
// replaced. It says false where no name is being typed.
func (p Passage) Naming() (typed string, of Passage, ok bool) {
	if p.From != p.To {
		return "", p, false
	}
	before, _, after := p.cut()
	at := strings.LastIndex(before, "{{")
	if at < 0 || strings.ContainsAny(before[at:], "}\n") {
		return "", p, false
	}
	end := p.To
	if strings.HasPrefix(after, "}}") {
		end += 2
	}
	return before[at+2:], Passage{p.Text, len([]rune(before[:at])), end}, true
}

// Name puts a name in place of what is selected.
func (p Passage) Name(name string) Passage {
	return p.Replace("{{" + strings.NewReplacer(`\`, `\\`, `}`, `\}`).Replace(name) + "}}")
}
