package where

import (
	"slices"
	"strings"
	"unicode"

	"nabar/internal/i18n"
)

// kind tells tokens apart.
type kind uint8

const (
	end    kind = iota
	word        // a bare word or number
	quoted      // a text in quotation marks
	column      // a name in square brackets
	sign        // an operator, a parenthesis, or what parts a list
)

// token is a piece of the text.
type token struct {
	kind kind
	text string // without marks
	at   int    // the first character, counted from 1
}

// is tells whether the token is one of some words, in any case.
func (t token) is(words ...string) bool {
	return t.kind == word && slices.Contains(words, strings.ToLower(t.text))
}

// sign tells whether the token is one of some signs.
func (t token) sign(signs ...string) bool { return t.kind == sign && slices.Contains(signs, t.text) }

// signs are the operators and marks, the longest first.
var signs = []string{"<>", "!=", "<=", ">=", "==", "=", "<", ">", "≠", "≤", "≥", "(", ")", ",", ";"}

// closers are the marks that end what others begin.
var closers = map[rune]rune{'"': '"', '\'': '\'', '”': '”', '“': '”', '’': '’', '‘': '’', '«': '»', '»': '»', '[': ']'}

// lex parts a text into tokens; the last is an end.
func lex(text string) ([]token, error) {
	runes := []rune(text)
	var out []token
	for i := 0; i < len(runes); {
		r := runes[i]
		switch {
		case unicode.IsSpace(r):
			i++
		case closers[r] != 0:
			n := slices.Index(runes[i+1:], closers[r])
			if n < 0 {
				return nil, i18n.Errorf("tools.where_unclosed", i+1, i18n.Plain(string(r)), i18n.Plain(string(closers[r])))
			}
			k := quoted
			if r == '[' {
				k = column
			}
			out = append(out, token{k, string(runes[i+1 : i+1+n]), i + 1})
			i += n + 2
		case inWord(runes, i, i):
			from := i
			for i < len(runes) && inWord(runes, from, i) {
				i++
			}
			out = append(out, token{word, string(runes[from:i]), from + 1})
		default:
			rest := string(runes[i:min(i+2, len(runes))])
			k := slices.IndexFunc(signs, func(s string) bool { return strings.HasPrefix(rest, s) })
			if k < 0 {
				return nil, i18n.Errorf("tools.where_character", i+1, i18n.Plain(string(r)))
			}
			out = append(out, token{sign, signs[k], i + 1})
			i += len([]rune(signs[k]))
		}
	}
	return append(out, token{kind: end, at: len(runes) + 1}), nil
}

// inWord tells whether a character goes on with a word that began at from. A comma between digits is a decimal one.
func inWord(runes []rune, from, i int) bool {
	r := runes[i]
	digit := func(k int) bool { return k >= from && k < len(runes) && unicode.IsDigit(runes[k]) }
	switch {
	case unicode.IsLetter(r), unicode.IsDigit(r), r == '_':
		return true
	case r == '-' || r == '−':
		return i > from || digit(i+1)
	case r == '.' || r == ':':
		return i > from
	case r == ',', r == '\u00a0', r == '\u202f':
		return digit(i-1) && digit(i+1)
	}
	return false
}
