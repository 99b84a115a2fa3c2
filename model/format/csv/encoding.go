package csv

import (
	"bytes"
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
	nameUTF8    = "utf-8"
	nameWindows = "windows-1252"
	nameDOS     = "cp850"
	nameUTF16LE = "utf-16le"
	nameUTF16BE = "utf-16be"
)

var utf8BOM = []byte("\xef\xbb\xbf")

// charmaps are the single-byte encodings that a user may name. Each is ASCII below 128.
var charmaps = map[string]*charmap.Charmap{
	nameWindows: charmap.Windows1252, "cp1252": charmap.Windows1252, "ansi": charmap.Windows1252,
	"iso-8859-1": charmap.Windows1252, "latin1": charmap.Windows1252, "latin-1": charmap.Windows1252,
	"iso-8859-15": charmap.ISO8859_15, "latin-9": charmap.ISO8859_15,
	"windows-1250": charmap.Windows1250, "iso-8859-10": charmap.ISO8859_10, "iso-8859-4": charmap.ISO8859_4,
	nameDOS: charmap.CodePage850, "ibm850": charmap.CodePage850, "cp865": charmap.CodePage865, "cp437": charmap.CodePage437,
	"macintosh": charmap.Macintosh, "macroman": charmap.Macintosh,
}

// sniff finds UTF-16 by its byte order mark, or by the zero bytes of its ASCII letters. nil means an encoding that is
// ASCII below 128.
func sniff(head []byte) (encoding.Encoding, string) {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), nameUTF16LE
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), nameUTF16BE
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
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), nameUTF16LE
	case half >= 4 && zero[1] == 0 && zero[0]*10 > half*7:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), nameUTF16BE
	}
	return nil, ""
}

// coding says how the bytes of a file become text.
type coding struct {
	name string            // as told to the user
	wide encoding.Encoding // of the whole stream: UTF-16; else nil
	// byteMap reads rows that are not UTF-8, or all rows where forced.
	byteMap *charmap.Charmap
	forced  bool
}

// findCoding settles the encoding from the file's first bytes, unless the user told it.
func findCoding(sample []byte, told string) (coding, error) {
	if told != "" {
		return toldCoding(told)
	}
	if wide, name := sniff(sample); wide != nil {
		return coding{name: name, wide: wide, byteMap: charmap.Windows1252}, nil
	}
	if !validUTF8Prefix(sample) && looksDOS(sample) {
		return coding{name: nameDOS, byteMap: charmap.CodePage850}, nil
	}
	return coding{name: nameWindows, byteMap: charmap.Windows1252}, nil
}

// toldCoding is the encoding that a user named.
func toldCoding(told string) (coding, error) {
	name := strings.ToLower(strings.TrimSpace(told))
	switch name {
	case "utf-8", "utf8":
		return coding{name: nameWindows, byteMap: charmap.Windows1252}, nil
	case "utf-16", nameUTF16LE:
		return coding{name: nameUTF16LE, wide: unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)}, nil
	case nameUTF16BE:
		return coding{name: nameUTF16BE, wide: unicode.UTF16(unicode.BigEndian, unicode.UseBOM)}, nil
	}
	if m, ok := charmaps[name]; ok {
		return coding{name: name, byteMap: m, forced: true}, nil
	}
	known := []string{nameUTF8, "utf-16"}
	for k := range charmaps {
		known = append(known, k)
	}
	slices.Sort(known)
	return coding{}, i18n.Errorf("table.unknown_encoding", told, strings.Join(known, ", "))
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

// stream gives the file's bytes as rows are cut from them: without byte order mark, ASCII below 128.
func (c coding) stream(r io.Reader) io.Reader {
	if c.wide != nil {
		return c.wide.NewDecoder().Reader(r)
	}
	return &bomSkipper{r: r}
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
		head := make([]byte, len(utf8BOM))
		n, err := io.ReadFull(b.r, head)
		if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
			return 0, err
		}
		b.held = bytes.TrimPrefix(head[:n], utf8BOM)
	}
	if len(b.held) > 0 {
		n := copy(p, b.held)
		b.held = b.held[n:]
		return n, nil
	}
	return b.r.Read(p)
}

// text turns a row's bytes into text. wide tells whether there was anything but ASCII, mapped whether the byte map was
// needed for it.
func (c coding) text(raw []byte) (text string, wide, mapped bool) {
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
