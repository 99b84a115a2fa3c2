package check

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf16"
)

// The objects of a PDF are nil, bool, float64, text, name, array, dict, ref and *stream.
type (
	name  string
	text  string // the bytes of a string, unescaped
	array []any
	dict  map[name]any
	ref   int // object number; every generation is 0 in the files that are checked
)

// stream is a dictionary with bytes.
type stream struct {
	dict dict
	raw  []byte
}

// keyword is a word of the syntax: obj, R, or an operator of a content stream.
type keyword string

// maxDepth is how deep arrays and dictionaries may nest.
const maxDepth = 60

// lexer reads objects from bytes.
type lexer struct {
	data []byte
	at   int
}

// isSpace and isDelimiter tell the characters that part words.
func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

// skip passes white space and comments.
func (l *lexer) skip() {
	for l.at < len(l.data) {
		switch c := l.data[l.at]; {
		case isSpace(c):
			l.at++
		case c == '%':
			for l.at < len(l.data) && l.data[l.at] != '\n' && l.data[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

// word reads to the next space or delimiter.
func (l *lexer) word() string {
	from := l.at
	for l.at < len(l.data) && !isSpace(l.data[l.at]) && !isDelimiter(l.data[l.at]) {
		l.at++
	}
	return string(l.data[from:l.at])
}

// next reads an object or a keyword; at the end of the bytes it gives keyword "".
func (l *lexer) next(depth int) (any, error) {
	l.skip()
	if l.at >= len(l.data) {
		return keyword(""), nil
	}
	if depth > maxDepth {
		return nil, fmt.Errorf("nests too deep at byte %d", l.at)
	}
	rest := l.data[l.at:]
	switch {
	case rest[0] == '/':
		l.at++
		return l.name()
	case rest[0] == '(':
		return l.literal()
	case bytes.HasPrefix(rest, []byte("<<")):
		l.at += 2
		return l.dict(depth)
	case rest[0] == '<':
		return l.hexadecimal()
	case rest[0] == '[':
		l.at++
		return l.array(depth)
	case isDelimiter(rest[0]):
		n := 1
		if bytes.HasPrefix(rest, []byte(">>")) {
			n = 2
		}
		l.at += n
		return keyword(rest[:n]), nil
	}
	return plain(l.word()), nil
}

// plain gives a word's number, truth value or null, else the word as a keyword.
func plain(word string) any {
	switch word {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	if c := word[0]; c == '+' || c == '-' || c == '.' || (c >= '0' && c <= '9') {
		if v, err := strconv.ParseFloat(word, 64); err == nil {
			return v
		}
	}
	return keyword(word)
}

// name reads a name behind its stroke.
func (l *lexer) name() (any, error) {
	word := l.word()
	var out []byte
	for i := 0; i < len(word); i++ {
		if word[i] == '#' && i+2 < len(word) {
			if v, err := strconv.ParseUint(word[i+1:i+3], 16, 8); err == nil {
				out = append(out, byte(v))
				i += 2
				continue
			}
		}
		out = append(out, word[i])
	}
	return name(out), nil
}

// literal reads a string in round brackets.
func (l *lexer) literal() (any, error) {
	var out []byte
	level := 0
	for ; l.at < len(l.data); l.at++ {
		c := l.data[l.at]
		switch {
		case c == '\\' && l.at+1 < len(l.data):
			l.at++
			c = l.data[l.at]
			if i := bytes.IndexByte([]byte("nrtbf"), c); i >= 0 {
				c = "\n\r\t\b\f"[i]
			}
			out = append(out, c)
			continue
		case c == '(':
			level++
			if level == 1 {
				continue
			}
		case c == ')':
			level--
			if level == 0 {
				l.at++
				return text(out), nil
			}
		}
		out = append(out, c)
	}
	return nil, fmt.Errorf("a string has no end")
}

// hexadecimal reads a string in angle brackets.
func (l *lexer) hexadecimal() (any, error) {
	end := bytes.IndexByte(l.data[l.at:], '>')
	if end < 0 {
		return nil, fmt.Errorf("a string has no end")
	}
	digits := bytes.Join(bytes.Fields(l.data[l.at+1:l.at+end]), nil)
	l.at += end + 1
	if len(digits)%2 == 1 {
		digits = append(digits, '0')
	}
	out := make([]byte, len(digits)/2)
	for i := range out {
		v, err := strconv.ParseUint(string(digits[2*i:2*i+2]), 16, 8)
		if err != nil {
			return nil, fmt.Errorf("a string has letters that are no digits")
		}
		out[i] = byte(v)
	}
	return text(out), nil
}

// array reads the members of an array; a number, a number and R are a reference.
func (l *lexer) array(depth int) (any, error) {
	out := array{}
	for {
		v, err := l.next(depth + 1)
		if err != nil {
			return nil, err
		}
		switch k := v.(type) {
		case keyword:
			n := len(out)
			switch {
			case k == "]":
				return out, nil
			case k == "R" && n >= 2:
				r, ok := out[n-2].(float64)
				if !ok {
					return nil, fmt.Errorf("a reference without a number")
				}
				out = append(out[:n-2], ref(r))
				continue
			}
			return nil, fmt.Errorf("%q in an array", string(k))
		}
		out = append(out, v)
	}
}

// dict reads the entries of a dictionary.
func (l *lexer) dict(depth int) (any, error) {
	out := dict{}
	var key name
	var have []any // values since the key
	keep := func() error {
		switch {
		case key == "" && len(have) == 0:
			return nil
		case len(have) != 1:
			return fmt.Errorf("entry %s has %d values", key, len(have))
		}
		if _, twice := out[key]; twice {
			return fmt.Errorf("entry %s stands twice", key)
		}
		out[key] = have[0]
		return nil
	}
	for {
		v, err := l.next(depth + 1)
		if err != nil {
			return nil, err
		}
		if k, ok := v.(keyword); ok {
			switch {
			case k == ">>":
				return out, keep()
			case k == "R" && len(have) == 2:
				if n, ok := have[0].(float64); ok {
					have = []any{ref(n)}
					continue
				}
			}
			return nil, fmt.Errorf("%q in a dictionary", string(k))
		}
		if n, ok := v.(name); ok && (key == "" || len(have) > 0) {
			if err := keep(); err != nil {
				return nil, err
			}
			key, have = n, nil
			continue
		}
		have = append(have, v)
	}
}

// unicode gives what a text string says.
func (t text) unicode() string {
	if len(t) < 2 || t[0] != 0xfe || t[1] != 0xff {
		return string(t)
	}
	var units []uint16
	for i := 2; i+1 < len(t); i += 2 {
		units = append(units, uint16(t[i])<<8|uint16(t[i+1]))
	}
	return string(utf16.Decode(units))
}
