// Package charset turns the bytes of text files into UTF-8: what Swedish files are written in, found by content.
//
// Invariants: every encoding is either UTF-16, turned as a stream, or ASCII below 128, turned row by row, so that a row
// in another encoding than its file spoils nothing else; a UTF-8 byte order mark is never part of the text.
package charset

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"nabar/internal/i18n"
)

// The names of the encodings that are found without being told.
const (
	UTF8    = "utf-8"
	Windows = "windows-1252"
	DOS     = "cp850"
	utf16le = "utf-16le"
	utf16be = "utf-16be"
)

var bom = []byte("\xef\xbb\xbf")

// charmaps are the single-byte encodings that a user may name. Each is ASCII below 128.
var charmaps = map[string]*charmap.Charmap{
	Windows: charmap.Windows1252, "cp1252": charmap.Windows1252, "ansi": charmap.Windows1252,
	"iso-8859-1": charmap.Windows1252, "latin1": charmap.Windows1252, "latin-1": charmap.Windows1252,
	"iso-8859-15": charmap.ISO8859_15, "latin-9": charmap.ISO8859_15,
	"windows-1250": charmap.Windows1250, "iso-8859-10": charmap.ISO8859_10, "iso-8859-4": charmap.ISO8859_4,
	DOS: charmap.CodePage850, "ibm850": charmap.CodePage850, "cp865": charmap.CodePage865, "cp437": charmap.CodePage437,
	"macintosh": charmap.Macintosh, "macroman": charmap.Macintosh,
}

// sniff finds UTF-16 by its byte order mark, or by the zero bytes of its ASCII letters. nil means an encoding that is
// ASCII below 128.
func sniff(head []byte) (encoding.Encoding, string) {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), utf16le
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), utf16be
	}
	head = head[:min(len(head), 512)&^1]
	var zero [2]int
	for i, c := range head {
		if c == 0 {
			zero[i&1]++
		}
	}
	half := len(head) / 2
	switch {
	case half >= 4 && zero[0] == 0 && zero[1]*10 > half*7:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), utf16le
	case half >= 4 && zero[1] == 0 && zero[0]*10 > half*7:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), utf16be
	}
	return nil, ""
}

// Coding says how the bytes of a file become text.
type Coding struct {
	name string            // of wide, else of byteMap
	wide encoding.Encoding // of the whole stream: UTF-16; else nil
	// byteMap reads rows that are not UTF-8, or all rows where forced.
	byteMap *charmap.Charmap
	forced  bool
}

// Find settles the encoding from the file's first bytes, unless the user told it.
func Find(sample []byte, name string) (Coding, error) {
	if name != "" {
		return named(name)
	}
	if wide, name := sniff(sample); wide != nil {
		return Coding{name: name, wide: wide, byteMap: charmap.Windows1252}, nil
	}
	if !validPrefix(sample) && looksDOS(sample) {
		return Coding{name: DOS, byteMap: charmap.CodePage850}, nil
	}
	return Coding{name: Windows, byteMap: charmap.Windows1252}, nil
}

// named is the encoding that a user named.
func named(told string) (Coding, error) {
	name := strings.ToLower(strings.TrimSpace(told))
	switch name {
	case "utf-8", "utf8":
		return Coding{name: Windows, byteMap: charmap.Windows1252}, nil
	case "utf-16", utf16le:
		return Coding{name: utf16le, wide: unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)}, nil
	case utf16be:
		return Coding{name: utf16be, wide: unicode.UTF16(unicode.BigEndian, unicode.UseBOM)}, nil
	}
	if m, ok := charmaps[name]; ok {
		return Coding{name: name, byteMap: m, forced: true}, nil
	}
	known := []string{UTF8, "utf-16"}
	for k := range charmaps {
		known = append(known, k)
	}
	slices.Sort(known)
	return Coding{}, i18n.Errorf("table.unknown_encoding", told, strings.Join(known, ", "))
}

// looksDOS tells whether the letters å ä ö stand as the old DOS encodings wrote them: those bytes are quotation marks
// and dashes in Windows-1252, which do not stand beside letters on both sides.
func looksDOS(text []byte) bool {
	dos, windows := 0, 0
	for i := 1; i+1 < len(text); i++ {
		if !letter(text[i-1]) && !letter(text[i+1]) {
			continue
		}
		switch text[i] {
		case 0x84, 0x86, 0x94, 0x8e, 0x8f, 0x99:
			dos++
		case 0xe4, 0xe5, 0xf6, 0xc4, 0xc5, 0xd6:
			windows++
		}
	}
	return dos > 0 && windows == 0
}

// letter tells whether c is a letter of ASCII.
func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// Name names the encoding of rows that are not UTF-8; Fixed tells whether all rows are in it.
func (c Coding) Name() string { return c.name }

// Fixed tells whether the whole file is in the encoding of Name, by its byte order mark or by the user's word.
func (c Coding) Fixed() bool { return c.wide != nil || c.forced }

// Stream gives a file's bytes as rows are cut from them: without byte order mark, ASCII below 128. Reading ends with
// the context's error when the context ends.
func (c Coding) Stream(ctx context.Context, file io.Reader) io.Reader {
	r := contextReader{ctx, file}
	if c.wide != nil {
		return c.wide.NewDecoder().Reader(r)
	}
	return &bomSkipper{r: r}
}

// contextReader ends a long read when the context ends.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

// Read reads unless the context has ended.
func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// bomSkipper leaves out a UTF-8 byte order mark.
type bomSkipper struct {
	r       io.Reader
	started bool
	held    []byte
}

// Read reads what follows the mark.
func (b *bomSkipper) Read(p []byte) (int, error) {
	if !b.started {
		b.started = true
		head := make([]byte, len(bom))
		n, err := io.ReadFull(b.r, head)
		if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
			return 0, err
		}
		b.held = bytes.TrimPrefix(head[:n], bom)
	}
	if len(b.held) > 0 {
		n := copy(p, b.held)
		b.held = b.held[n:]
		return n, nil
	}
	return b.r.Read(p)
}

// Text turns a row's bytes into text. wide tells whether there was anything but ASCII, mapped whether the byte map was
// needed for it.
func (c Coding) Text(raw []byte) (text string, wide, mapped bool) {
	ascii := true
	for _, b := range raw {
		if b >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return string(raw), false, false
	}
	if c.byteMap == nil {
		return strings.ToValidUTF8(string(raw), "\ufffd"), true, false
	}
	if !c.forced && utf8.Valid(raw) {
		return string(raw), true, false
	}
	var b strings.Builder
	b.Grow(len(raw) + 16)
	for _, x := range raw {
		if x < utf8.RuneSelf {
			b.WriteByte(x)
		} else {
			b.WriteRune(c.byteMap.DecodeByte(x))
		}
	}
	return b.String(), true, true
}

// Head gives the first bytes of a file as far as they are text in an encoding that is ASCII below 128, without byte
// order mark; for UTF-16 they are turned.
func Head(head []byte) []byte {
	if wide, _ := sniff(head); wide != nil {
		text, err := wide.NewDecoder().Bytes(head[:len(head)&^1])
		if err != nil {
			return nil
		}
		head = text
	}
	return bytes.TrimPrefix(head, bom)
}

// validPrefix tells whether text is UTF-8 but for a last rune that was cut off.
func validPrefix(text []byte) bool {
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r == utf8.RuneError && size == 1 {
			return !utf8.FullRune(text)
		}
		text = text[size:]
	}
	return true
}
