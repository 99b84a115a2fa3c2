package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf16"
)

// file is a PDF file while it is written: objects in the order of their numbers.
type file struct {
	buf     bytes.Buffer
	offsets []int // of object n at n-1; -1 reserved and not written yet
}

// newFile starts a file. The line of bytes above 127 marks it as binary.
func newFile() *file {
	f := &file{}
	f.buf.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	return f
}

// reserve gives a number for an object that is written later.
func (f *file) reserve() int {
	f.offsets = append(f.offsets, -1)
	return len(f.offsets)
}

// put writes an object under its number.
func (f *file) put(n int, body string) {
	f.offsets[n-1] = f.buf.Len()
	fmt.Fprintf(&f.buf, "%d 0 obj\n%s\nendobj\n", n, body)
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
	w, _ := zlib.NewWriterLevel(&b, zlib.BestCompression) // the level is a valid one
	_, _ = w.Write(data)                                  // a bytes.Buffer takes everything
	_ = w.Close()
	return b.Bytes()
}

// end writes the cross-reference table and the trailer. The file's identity is the hash of its content.
func (f *file) end(root, info int) []byte {
	sum := sha256.Sum256(f.buf.Bytes())
	id := hex.EncodeToString(sum[:16])
	start := f.buf.Len()
	fmt.Fprintf(&f.buf, "xref\n0 %d\n0000000000 65535 f \n", len(f.offsets)+1)
	for _, o := range f.offsets {
		fmt.Fprintf(&f.buf, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&f.buf, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(f.offsets)+1, root, info, id, id, start)
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
