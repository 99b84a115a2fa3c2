package pdf

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
)

// unpacked is what the finishing pass takes out of the file that gofpdf wrote.
type unpacked struct {
	contents [][]byte          // compressed content streams, by page
	fonts    map[string]packed // by lower-case PostScript name
}

// packed is a font program and the map from character codes to its glyphs, both compressed.
type packed struct {
	program    []byte
	length     int // of the program, not compressed
	codeToGlyf []byte
}

// The forms that gofpdf writes and that this pass knows. Anything else is an error: a silent guess could give a file
// that looks right and is not.
var (
	reStart    = regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n?$`)
	reKids     = regexp.MustCompile(`(?s)^<</Type /Pages\n/Kids \[([^\]]*)\]`)
	reRef      = regexp.MustCompile(`(\d+) 0 R`)
	rePage     = regexp.MustCompile(`(?s)^<</Type /Page\n.*/Contents (\d+) 0 R>>`)
	reType0    = regexp.MustCompile(`^<</Type /Font\n/Subtype /Type0\n/BaseFont /utf8(\S+)\n/Encoding /Identity-H\n/DescendantFonts \[(\d+) 0 R\]`)
	reGlyphMap = regexp.MustCompile(`/CIDToGIDMap (\d+) 0 R`)
	reDescript = regexp.MustCompile(`/FontDescriptor (\d+) 0 R`)
	reFontFile = regexp.MustCompile(`/FontFile2 (\d+) 0 R`)
	reLength1  = regexp.MustCompile(`/Length1 (\d+)`)
	reFlate    = regexp.MustCompile(`/Filter /FlateDecode`)
)

// objects are the bodies of a file's objects by number.
type objects map[int][]byte

// unpack reads gofpdf's file.
func unpack(raw []byte) (*unpacked, error) {
	objs, err := readObjects(raw)
	if err != nil {
		return nil, err
	}
	kids, err := find(reKids, objs[1], "page tree")
	if err != nil {
		return nil, err
	}
	out := &unpacked{fonts: map[string]packed{}}
	for _, ref := range reRef.FindAllSubmatch(kids[1], -1) {
		page, err := find(rePage, objs[atoi(ref[1])], "page")
		if err != nil {
			return nil, err
		}
		_, stream, err := objs.stream(page[1])
		if err != nil {
			return nil, err
		}
		out.contents = append(out.contents, stream)
	}
	for n := 1; n <= len(objs); n++ {
		if m := reType0.FindSubmatch(objs[n]); m != nil {
			font, err := objs.font(m[2])
			if err != nil {
				return nil, err
			}
			out.fonts[string(m[1])] = font
		}
	}
	return out, nil
}

// font reads the streams of one font by way of its descendant.
func (o objects) font(descendant []byte) (packed, error) {
	body := o[atoi(descendant)]
	glyphMap, err := find(reGlyphMap, body, "glyph map")
	if err != nil {
		return packed{}, err
	}
	descriptor, err := find(reDescript, body, "font descriptor")
	if err != nil {
		return packed{}, err
	}
	file, err := find(reFontFile, o[atoi(descriptor[1])], "font program")
	if err != nil {
		return packed{}, err
	}
	var out packed
	if _, out.codeToGlyf, err = o.stream(glyphMap[1]); err != nil {
		return packed{}, err
	}
	dict, program, err := o.stream(file[1])
	if err != nil {
		return packed{}, err
	}
	length, err := find(reLength1, dict, "length of the font program")
	if err != nil {
		return packed{}, err
	}
	out.program, out.length = program, atoi(length[1])
	return out, nil
}

// stream gives the dictionary and bytes of a compressed stream.
func (o objects) stream(number []byte) (dict, data []byte, err error) {
	body := o[atoi(number)]
	dict, data, ok := bytes.Cut(body, []byte("\nstream\n"))
	data, ends := bytes.CutSuffix(data, []byte("\nendstream"))
	if !ok || !ends || !reFlate.Match(dict) {
		return nil, nil, fmt.Errorf("object %s of the packed file is no compressed stream", number)
	}
	return dict, data, nil
}

// readObjects finds the objects by the cross-reference table.
func readObjects(raw []byte) (objects, error) {
	m, err := find(reStart, raw, "end of the file")
	if err != nil {
		return nil, err
	}
	at := atoi(m[1])
	if at >= len(raw) {
		return nil, fmt.Errorf("packed file: cross-reference table outside the file")
	}
	var from, count int
	if _, err := fmt.Sscanf(string(raw[at:min(at+40, len(raw))]), "xref\n%d %d\n", &from, &count); err != nil || from != 0 {
		return nil, fmt.Errorf("packed file: unknown cross-reference table")
	}
	lines := bytes.SplitN(raw[at:], []byte{'\n'}, count+3)
	if len(lines) < count+3 {
		return nil, fmt.Errorf("packed file: cross-reference table is cut short")
	}
	out := objects{}
	for n := 1; n < count; n++ {
		offset, _, _ := bytes.Cut(lines[n+2], []byte{' '})
		start := atoi(bytes.TrimLeft(offset, "0"))
		head := []byte(strconv.Itoa(n) + " 0 obj\n")
		if start >= len(raw) || !bytes.HasPrefix(raw[start:], head) {
			return nil, fmt.Errorf("packed file: object %d is not where it should be", n)
		}
		out[n] = raw[start+len(head):]
	}
	return out.cut()
}

// cut ends every object's body at its endobj. Streams are skipped by their length, for they may hold any bytes.
func (o objects) cut() (objects, error) {
	reLength := regexp.MustCompile(`/Length (\d+)`)
	for n, body := range o {
		skip := 0
		dict, _, _ := bytes.Cut(body, []byte("endobj"))
		if head, _, ok := bytes.Cut(dict, []byte("\nstream\n")); ok {
			length, err := find(reLength, head, "length of a stream")
			if err != nil {
				return nil, err
			}
			skip = len(head) + len("\nstream\n") + atoi(length[1])
		}
		if skip > len(body) {
			return nil, fmt.Errorf("packed file: object %d is cut short", n)
		}
		end := bytes.Index(body[skip:], []byte("\nendobj\n"))
		if end < 0 {
			return nil, fmt.Errorf("packed file: object %d has no end", n)
		}
		o[n] = body[:skip+end]
	}
	return o, nil
}

// find matches a known form or tells which one is missing.
func find(re *regexp.Regexp, data []byte, what string) ([][]byte, error) {
	m := re.FindSubmatch(data)
	if m == nil {
		return nil, fmt.Errorf("packed file: unknown form of the %s", what)
	}
	return m, nil
}

// atoi reads digits that a pattern has found; an empty string is 0.
func atoi(digits []byte) int {
	n, err := strconv.Atoi(string(digits))
	if err != nil {
		return 0
	}
	return n
}
