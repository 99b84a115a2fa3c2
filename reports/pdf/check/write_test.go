package check

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// written writes the objects of a reader as a file of its own, each plain, so that one that was changed is all that differs.
func written(r *reader) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	numbers := slices.Sorted(maps.Keys(r.objects))
	last := numbers[len(numbers)-1]
	table := make([]byte, 7*(last+2))
	line := func(n ref, at int) {
		table[7*n] = 1
		binary.BigEndian.PutUint32(table[7*n+1:], uint32(at))
	}
	for _, n := range numbers {
		if s, ok := r.objects[n].(*stream); ok && (s.dict["Type"] == name("ObjStm") || s.dict["Type"] == name("XRef")) {
			continue
		}
		line(n, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", n)
		if s, ok := r.objects[n].(*stream); ok {
			s.dict["Length"] = float64(len(s.raw))
			fmt.Fprintf(&b, "%s\nstream\n%s\nendstream", said(s.dict), s.raw)
		} else {
			b.WriteString(said(r.objects[n]))
		}
		b.WriteString("\nendobj\n")
	}
	at := b.Len()
	line(last+1, at)
	t := maps.Clone(r.trailer)
	t["Size"], t["Length"] = float64(last+2), float64(len(table))
	delete(t, "Filter")
	fmt.Fprintf(&b, "%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", last+1, said(t), table, at)
	return b.Bytes()
}

// said writes a value.
func said(v any) string {
	switch v := v.(type) {
	case name:
		out := "/"
		for _, c := range []byte(v) {
			if isSpace(c) || isDelimiter(c) || c == '#' || c > 126 {
				out += fmt.Sprintf("#%02X", c)
			} else {
				out += string(c)
			}
		}
		return out
	case text:
		return fmt.Sprintf("<%x>", string(v))
	case ref:
		return fmt.Sprintf("%d 0 R", int(v))
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case array:
		out := "["
		for _, m := range v {
			out += " " + said(m)
		}
		return out + "]"
	case dict:
		out := "<<"
		for _, k := range slices.Sorted(maps.Keys(v)) {
			out += said(k) + " " + said(v[k])
		}
		return out + ">>"
	case nil:
		return "null"
	}
	return fmt.Sprint(v)
}

// setBytes gives a stream other bytes.
func (s *stream) setBytes(data []byte) {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(data)
	_ = w.Close()
	s.raw = b.Bytes()
	s.dict["Filter"] = name("FlateDecode")
}
