// Package csv reads and writes text tables: CSV, TSV and TXT as Swedish authorities, spreadsheets and scripts make them.
//
// Everything is found by content: encoding, separator, heading, the type of each column, coordinate columns and their
// system; format.Options overrule. The file is read twice, once to find out and once to hand over, and never held in
// memory.
//
// Invariants: a row that breaks the rules is told by its line number and the rest is read; a row in another encoding
// than its file is read in its own, and told; no cell is changed but for what its column's type says; a row is numbered
// by the line of the file that it starts on, the first line being 1.
package csv

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"

	"nabar/model/format"
	"nabar/model/format/charset"
)

// Name is the format's name in provenance.
const Name = "csv"

// reader is the format.Format of text tables.
type reader struct{}

// New gives the format.
func New() format.Format { return reader{} }

// Name is "csv".
func (reader) Name() string { return Name }

// Extensions are the usual endings of text tables.
func (reader) Extensions() []string { return []string{".csv", ".tsv", ".txt", ".tab", ".skv"} }

// Match holds for text that is no markup and no JSON; without one of the usual endings it must also show columns.
func (r reader) Match(head []byte, name string) bool {
	text := headText(head)
	if text == nil || looksMarked(text) {
		return false
	}
	if slices.Contains(r.Extensions(), strings.ToLower(filepath.Ext(name))) {
		return true
	}
	l := bestSeparator(text, len(head) >= format.HeadSize)
	return l.columns > 1 && l.agree >= 0.9 && l.records > 1
}

// headText gives the head as text in an ASCII-compatible encoding, nil where it is no text.
func headText(head []byte) []byte {
	head = charset.Head(head)
	control := 0
	for _, c := range head {
		if c == 0 {
			return nil
		}
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			control++
		}
	}
	if len(head) == 0 || control*100 > len(head) {
		return nil
	}
	return head
}

// looksMarked tells whether text starts as JSON, XML, HTML, PDF or a shell script does.
func looksMarked(text []byte) bool {
	t := bytes.TrimLeft(text, " \t\r\n")
	for _, start := range []string{"{", "[{", "<?", "<!", "<html", "%PDF", "#!", "{\\rtf"} {
		if len(t) >= len(start) && strings.EqualFold(string(t[:len(start)]), start) {
			return true
		}
	}
	return false
}

// Open examines a file.
func (reader) Open(ctx context.Context, path string, opt format.Options) (format.Source, error) {
	s, err := open(ctx, path, opt)
	if err != nil {
		return nil, err
	}
	return s, nil
}
