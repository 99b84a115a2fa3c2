// Package i18n is the one mechanism that gives the window, the command line and the documents their words.
//
// Text lies in assets/translations, a flat JSON object of key to sentence for each area and language. A sentence
// names its arguments by position: "{0} av {1} rader". "{0?butik|butiker}" chooses by whether argument 0 is one.
//
// Invariants: Swedish and English hold the same keys (a test); a missing key shows itself as the key in ⟦ ⟧ and
// fails the tests, it never panics; numbers, dates and units are written by the language's rules, here and nowhere
// else. The package imports nothing of ours but assets, so that any layer may make a Message; only the edges
// (window, command line, document) turn it into text.
package i18n

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"nabar/assets"
)

// Swedish and English are the languages that the program speaks.
const (
	Swedish = "sv"
	English = "en"
)

// Message is a sentence before its language is known: a key of the catalogue and the arguments.
// Arguments are strings, integers, floats, bools, Message, or one of the unit types of this package.
type Message struct {
	Key  string
	Args []any
}

// M makes a Message.
func M(key string, args ...any) Message { return Message{Key: key, Args: args} }

// IsZero tells whether m says nothing.
func (m Message) IsZero() bool { return m.Key == "" }

// Plain wraps text that is already in the user's words (a name, a value from a file) as a Message.
func Plain(text string) Message { return Message{Key: plainKey, Args: []any{text}} }

// plainKey is no catalogue key: its only argument is the text itself.
const plainKey = "="

// Printer writes messages and values in one language. It is immutable and safe for concurrent use.
type Printer struct {
	lang string
	text map[string]string
}

var printers = sync.OnceValue(func() map[string]*Printer {
	out := map[string]*Printer{}
	for _, lang := range []string{Swedish, English} {
		text, err := load(assets.Translations, lang)
		if err != nil {
			panic(fmt.Sprintf("embedded translations: %v", err)) // a broken build, caught by the tests
		}
		out[lang] = &Printer{lang: lang, text: text}
	}
	return out
})

// For gives the Printer of a language tag such as "sv", "sv-SE", "en_GB.UTF-8". Anything unknown is Swedish.
func For(tag string) *Printer {
	if strings.HasPrefix(strings.ToLower(tag), English) {
		return printers()[English]
	}
	return printers()[Swedish]
}

// load reads all catalogues of one language; a key that stands twice is an error.
func load(files fs.FS, lang string) (map[string]string, error) {
	names, err := fs.Glob(files, "translations/*."+lang+".json")
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		var part map[string]string
		if err := json.Unmarshal(data, &part); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for key, text := range part {
			if _, twice := all[key]; twice {
				return nil, fmt.Errorf("%s: %s stands twice", name, key)
			}
			all[key] = text
		}
	}
	return all, nil
}

// Lang is "sv" or "en".
func (p *Printer) Lang() string { return p.lang }

// Has tells whether the catalogue holds key.
func (p *Printer) Has(key string) bool { _, ok := p.text[key]; return ok }

// Keys lists the catalogue's keys in order.
func (p *Printer) Keys() []string { return slices.Sorted(maps.Keys(p.text)) }

// T gives the sentence of key with its arguments set in.
func (p *Printer) T(key string, args ...any) string {
	if key == "" {
		return ""
	}
	if key == plainKey {
		return fmt.Sprint(args...)
	}
	text, ok := p.text[key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	if len(args) == 0 || !strings.Contains(text, "{") {
		return text
	}
	return p.fill(text, args)
}

// Text gives the message in the printer's language.
func (p *Printer) Text(m Message) string { return p.T(m.Key, m.Args...) }

// fill sets the arguments into {n} and {n?one|other}.
func (p *Printer) fill(text string, args []any) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(text, '{')
		j := strings.IndexByte(text, '}')
		if i < 0 || j < i {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:i])
		b.WriteString(p.placeholder(text[i+1:j], args))
		text = text[j+1:]
	}
}

// placeholder gives what stands for one {…}.
func (p *Printer) placeholder(inner string, args []any) string {
	index, choice, plural := strings.Cut(inner, "?")
	n := 0
	for _, c := range index {
		if c < '0' || c > '9' {
			return "{" + inner + "}"
		}
		n = n*10 + int(c-'0')
	}
	if index == "" || n >= len(args) {
		return "{" + inner + "}"
	}
	if !plural {
		return p.Value(args[n])
	}
	one, other, _ := strings.Cut(choice, "|")
	if fmt.Sprint(args[n]) == "1" {
		return one
	}
	return other
}
