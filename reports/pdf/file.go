package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf16"
)

// file is a PDF file while it is written: objects in the order of their numbers. What is no stream can be packed into
// object streams, which take a fraction of the room.
type file struct {
	buf     bytes.Buffer
	places  []objectPlace // of object n at n-1
	waiting []int         // numbers of the objects of the next object stream
	bodies  [][]byte      // and what they say
}

// objectPlace is where an object stands: at an offset in the file, or as one of those of an object stream.
type objectPlace struct {
	offset int
	in     int // number of the object stream, 0 for none
	index  int // in it
}

// packSize is how many objects an object stream holds.
const packSize = 200

// newFile starts a file. The line of bytes above 127 marks it as binary.
func newFile() *file {
	f := &file{}
	f.buf.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	return f
}

// reserve gives a number for an object that is written later.
func (f *file) reserve() int {
	f.places = append(f.places, objectPlace{offset: -1})
	return len(f.places)
}

// put writes an object under its number.
func (f *file) put(n int, body string) {
	f.places[n-1].offset = f.buf.Len()
	fmt.Fprintf(&f.buf, "%d 0 obj\n%s\nendobj\n", n, body)
}

// pack puts an object that is no stream into the next object stream.
func (f *file) pack(n int, body string) {
	f.waiting, f.bodies = append(f.waiting, n), append(f.bodies, []byte(body))
	if len(f.waiting) == packSize {
		f.flush()
	}
}

// flush writes the objects that wait as an object stream.
func (f *file) flush() {
	if len(f.waiting) == 0 {
		return
	}
	var index, data bytes.Buffer
	for i, n := range f.waiting {
		fmt.Fprintf(&index, "%d %d ", n, data.Len())
		data.Write(f.bodies[i])
		data.WriteByte('\n')
	}
	number := f.packedStream(fmt.Sprintf("/Type/ObjStm/N %d/First %d", len(f.waiting), index.Len()), append(index.Bytes(), data.Bytes()...))
	for i, n := range f.waiting {
		f.places[n-1] = objectPlace{in: number, index: i}
	}
	f.waiting, f.bodies = nil, nil
}

// add writes an object and gives its number.
func (f *file) add(format string, args ...any) int {
	n := f.reserve()
	f.put(n, fmt.Sprintf(format, args...))
	return n
}

// stream writes a stream; entries are the dictionary's besides the length.
func (f *file) stream(entries string, data []byte) int {
	return f.add("<<%s/Length %d>>\nstream\n%s\nendstream", entries, len(data), data)
}

// packedStream writes a stream compressed.
func (f *file) packedStream(entries string, data []byte) int {
	return f.stream(entries+"/Filter/FlateDecode", deflate(data))
}

// deflate compresses as PDF's FlateDecode expects.
func deflate(data []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(data) // a bytes.Buffer takes everything
	_ = w.Close()
	return b.Bytes()
}

// end writes the cross-reference stream, which is the trailer too. The file's identity is the hash of its content.
func (f *file) end(root, info int) []byte {
	f.flush()
	sum := sha256.Sum256(f.buf.Bytes())
	id := hex.EncodeToString(sum[:16])
	start := f.buf.Len()
	n := f.reserve()
	f.places[n-1].offset = start
	table := []byte{0, 0, 0, 0, 0, 255, 255} // object 0 heads the list of free numbers
	for _, p := range f.places {
		kind, value, index := byte(1), uint32(p.offset), uint16(0)
		if p.in > 0 {
			kind, value, index = 2, uint32(p.in), uint16(p.index)
		}
		table = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint32(append(table, kind), value), index)
	}
	data := deflate(table)
	fmt.Fprintf(&f.buf, "%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]/Filter/FlateDecode/Length %d>>\n"+
		"stream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", n, len(f.places)+1, root, info, id, id, len(data), data, start)
	return f.buf.Bytes()
}

// textString writes text for dictionaries: UTF-16 with its mark, hexadecimal.
func textString(s string) string {
	var b strings.Builder
	b.WriteString("<feff")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04x", u)
	}
	b.WriteString(">")
	return b.String()
}

// literal writes a text as a string of plain letters; others become a low line.
func literal(s string) string {
	return "(" + escapeString(strings.Map(func(r rune) rune {
		if r < 0x20 || r > 0x7e {
			return '_'
		}
		return r
	}, s)) + ")"
}

// escapeString escapes what ends or bends a literal string.
func escapeString(s string) string {
	return strings.NewReplacer("\\", "\\\\", "(", "\\(", ")", "\\)").Replace(s)
}

// pdfDate writes an ISO day as a date of the format.
func pdfDate(day string) string { return "(D:" + strings.ReplaceAll(day, "-", "") + "000000Z)" }

// refs writes object numbers as references.
func refs(numbers []int) string {
	var b strings.Builder
	for i, n := range numbers {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%d 0 R", n)
	}
	return b.String()
}
