package check

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
)

// maxInflated is the most that a compressed stream may hold.
const maxInflated = 1 << 28

// reader is a file taken apart.
type reader struct {
	data    []byte
	objects map[ref]any
	trailer dict
}

// entry is a line of the cross-reference: an offset, or a place in an object stream.
type entry struct {
	offset, in, index int
}

// read takes a file apart by its cross-reference. Every object must be where that says.
func read(data []byte) (*reader, error) {
	r := &reader{data: data, objects: map[ref]any{}}
	i := bytes.LastIndex(data, []byte("startxref"))
	if i < 0 {
		return nil, fmt.Errorf("no startxref")
	}
	fields := bytes.Fields(data[i:])
	if len(fields) != 3 || string(fields[2]) != "%%EOF" {
		return nil, fmt.Errorf("the end of the file is not startxref, a number and %%%%EOF")
	}
	at, err := strconv.Atoi(string(fields[1]))
	if err != nil || at <= 0 || at >= len(data) {
		return nil, fmt.Errorf("startxref points outside the file")
	}
	entries, err := r.references(at)
	if err != nil {
		return nil, err
	}
	return r, r.load(entries)
}

// references reads the cross-reference stream.
func (r *reader) references(at int) (map[ref]entry, error) {
	v, _, err := r.indirect(at)
	if err != nil {
		return nil, fmt.Errorf("cross-reference: %w", err)
	}
	s, ok := v.(*stream)
	if !ok || s.dict["Type"] != name("XRef") {
		return nil, fmt.Errorf("startxref does not point to a cross-reference stream")
	}
	r.trailer = s.dict
	widths, _ := s.dict["W"].(array)
	table, err := s.bytes()
	if err != nil {
		return nil, fmt.Errorf("cross-reference: %w", err)
	}
	var w [3]int
	for i := range w {
		if len(widths) == 3 {
			n, _ := widths[i].(float64)
			w[i] = int(n)
		}
		if w[i] < 0 || w[i] > 8 {
			return nil, fmt.Errorf("cross-reference: unknown widths")
		}
	}
	size, _ := s.dict["Size"].(float64)
	row := w[0] + w[1] + w[2]
	if row == 0 || len(table) != int(size)*row || s.dict["Prev"] != nil || s.dict["Index"] != nil {
		return nil, fmt.Errorf("cross-reference: its size is not what it says")
	}
	out := map[ref]entry{}
	for n := 1; n < int(size); n++ {
		line := table[n*row : (n+1)*row]
		kind, a, b := field(line[:w[0]]), field(line[w[0]:w[0]+w[1]]), field(line[w[0]+w[1]:])
		switch kind {
		case 1:
			out[ref(n)] = entry{offset: a}
		case 2:
			out[ref(n)] = entry{in: a, index: b}
		}
	}
	return out, nil
}

// field reads a number of as many bytes as there are.
func field(b []byte) int {
	n := 0
	for _, c := range b {
		n = n<<8 | int(c)
	}
	return n
}

// load reads all objects: those in the file itself first, then those of object streams.
func (r *reader) load(entries map[ref]entry) error {
	streams := map[int][]any{}
	numbers := slices.Sorted(maps.Keys(entries))
	for _, n := range numbers {
		e := entries[n]
		if e.in > 0 {
			continue
		}
		v, number, err := r.indirect(e.offset)
		if err != nil {
			return fmt.Errorf("object %d: %w", n, err)
		}
		if number != n {
			return fmt.Errorf("object %d is not where the cross-reference says", n)
		}
		r.objects[n] = v
	}
	for _, n := range numbers {
		e := entries[n]
		if e.in == 0 {
			continue
		}
		if streams[e.in] == nil {
			members, err := r.members(ref(e.in))
			if err != nil {
				return fmt.Errorf("object stream %d: %w", e.in, err)
			}
			streams[e.in] = members
		}
		at := 2 * e.index
		members := streams[e.in]
		if at+1 >= len(members) || members[at] != float64(n) {
			return fmt.Errorf("object %d is not in the object stream that the cross-reference says", n)
		}
		r.objects[n] = members[at+1]
	}
	return nil
}

// members gives the objects of an object stream, each behind its number.
func (r *reader) members(n ref) ([]any, error) {
	s, ok := r.objects[n].(*stream)
	if !ok || s.dict["Type"] != name("ObjStm") {
		return nil, fmt.Errorf("it is none")
	}
	data, err := s.bytes()
	if err != nil {
		return nil, err
	}
	count, _ := s.dict["N"].(float64)
	first, _ := s.dict["First"].(float64)
	if first < 0 || int(first) > len(data) {
		return nil, fmt.Errorf("it is shorter than it says")
	}
	index := &lexer{data: data[:int(first)]}
	var out []any
	for range int(count) {
		number, err := index.next(0)
		if err != nil {
			return nil, err
		}
		offset, err := index.next(0)
		if err != nil {
			return nil, err
		}
		at, ok := offset.(float64)
		if !ok || at < 0 || int(first+at) > len(data) {
			return nil, fmt.Errorf("its index is not one")
		}
		body := &lexer{data: data, at: int(first + at)}
		v, err := body.next(0)
		if err != nil {
			return nil, err
		}
		out = append(out, number, v)
	}
	return out, nil
}

// indirect reads the object at an offset and gives its number.
func (r *reader) indirect(at int) (any, ref, error) {
	if at < 0 || at >= len(r.data) {
		return nil, 0, fmt.Errorf("outside the file")
	}
	l := &lexer{data: r.data, at: at}
	var head [3]any
	for i := range head {
		v, err := l.next(0)
		if err != nil {
			return nil, 0, err
		}
		head[i] = v
	}
	n, ok := head[0].(float64)
	if !ok || head[1] != float64(0) || head[2] != keyword("obj") {
		return nil, 0, fmt.Errorf("no object at byte %d", at)
	}
	v, err := l.next(0)
	if err != nil {
		return nil, 0, err
	}
	k, err := l.next(0)
	if err != nil {
		return nil, 0, err
	}
	if k == keyword("stream") {
		return r.stream(l, v, ref(n))
	}
	if k != keyword("endobj") {
		return nil, 0, fmt.Errorf("no endobj behind it")
	}
	return v, ref(n), nil
}

// stream reads the bytes of a stream behind its keyword.
func (r *reader) stream(l *lexer, v any, n ref) (any, ref, error) {
	d, ok := v.(dict)
	length, isNumber := d["Length"].(float64)
	if !ok || !isNumber || length < 0 {
		return nil, 0, fmt.Errorf("a stream without its length")
	}
	if bytes.HasPrefix(l.data[l.at:], []byte("\r\n")) {
		l.at++
	}
	from := l.at + 1
	if from+int(length) > len(l.data) {
		return nil, 0, fmt.Errorf("a stream is cut short")
	}
	l.at = from + int(length)
	if k, err := l.next(0); err != nil || k != keyword("endstream") {
		return nil, 0, fmt.Errorf("a stream is not as long as it says")
	}
	if k, err := l.next(0); err != nil || k != keyword("endobj") {
		return nil, 0, fmt.Errorf("no endobj behind it")
	}
	return &stream{d, l.data[from : from+int(length)]}, n, nil
}

// bytes gives what a stream holds, inflated.
func (s *stream) bytes() ([]byte, error) {
	switch s.dict["Filter"] {
	case nil:
		return s.raw, nil
	case name("DCTDecode"):
		if s.dict["Subtype"] == name("Image") {
			return s.raw, nil // a photograph
		}
	case name("FlateDecode"):
		z, err := zlib.NewReader(bytes.NewReader(s.raw))
		if err != nil {
			return nil, err
		}
		out, err := io.ReadAll(io.LimitReader(z, maxInflated))
		return out, err
	}
	return nil, fmt.Errorf("unknown filter %v", s.dict["Filter"])
}

// get follows references to what they stand for.
func (r *reader) get(v any) any {
	for range maxDepth {
		n, ok := v.(ref)
		if !ok {
			return v
		}
		v = r.objects[n]
	}
	return nil
}

// dict, array, number, text and name give a value of a kind; one of another kind gives the zero value.
func (r *reader) dict(v any) dict {
	switch v := r.get(v).(type) {
	case dict:
		return v
	case *stream:
		return v.dict
	}
	return nil
}

func (r *reader) array(v any) array {
	a, _ := r.get(v).(array)
	return a
}

func (r *reader) number(v any) (float64, bool) {
	n, ok := r.get(v).(float64)
	return n, ok
}

func (r *reader) text(v any) string {
	t, _ := r.get(v).(text)
	return t.unicode()
}

func (r *reader) name(v any) string {
	n, _ := r.get(v).(name)
	return string(n)
}
