package csv

import (
	"bytes"
	"io"
	"strings"

	"nabar/internal/i18n"
)

// The limits of one row.
const (
	maxRecord = 16 << 20 // bytes
	maxLines  = 10_000   // lines that a quoted cell may span
	chunk     = 128 << 10
)

// record is one row of a text table: its bytes without the line end, valid until the next is taken.
type record struct {
	line   int64
	raw    []byte
	quoted bool
	fault  i18n.Message // why the row can't be cut into cells; zero where it can
}

// splitter cuts a stream into records by RFC 4180, with any one-byte separator. Quotes inside a cell that does not start
// with one stand for themselves, as many programs write them. Where a quote breaks the rules it gives up that line alone
// and goes on with the next, so that one faulty row costs one row.
type splitter struct {
	r         io.Reader
	separator byte
	buf       []byte
	pos, end  int
	line      int64 // of the byte at pos
	ended     bool
	failure   error
	lone      bool // lines end with a lone CR, as old Macintosh files have it
}

// newSplitter starts at the first line of r.
func newSplitter(r io.Reader, separator byte) *splitter {
	return &splitter{r: r, separator: separator, line: 1}
}

// start finds out how lines end.
func (s *splitter) start() {
	for s.end < chunk && s.fill() {
	}
	s.lone = bytes.IndexByte(s.buf[:s.end], '\n') < 0 && bytes.IndexByte(s.buf[:s.end], '\r') >= 0
}

// fill reads more, growing the buffer where it is full. It gives false at the end of the stream.
func (s *splitter) fill() bool {
	if s.ended {
		return false
	}
	if s.pos > 0 {
		s.end = copy(s.buf, s.buf[s.pos:s.end])
		s.pos = 0
	}
	if len(s.buf)-s.end < chunk {
		s.buf = append(s.buf, make([]byte, max(chunk, len(s.buf)))...)
	}
	for range 100 { // a reader may give nothing without an error, but not for ever
		n, err := s.r.Read(s.buf[s.end:])
		s.end += n
		if err != nil {
			s.ended = true
			if err != io.EOF {
				s.failure = err
			}
		}
		if n > 0 || err != nil {
			return n > 0
		}
	}
	s.ended, s.failure = true, io.ErrNoProgress
	return false
}

// lineEnd finds the end of the line that starts from bytes after pos: stop is where its text ends and next where the
// following line starts, both from pos. last is true for a line without an end, long for one over the limit.
func (s *splitter) lineEnd(from int) (stop, next int, last, long bool) {
	mark := byte('\n')
	if s.lone {
		mark = '\r'
	}
	searched := from
	for {
		if i := bytes.IndexByte(s.buf[s.pos+searched:s.end], mark); i >= 0 {
			stop = searched + i
			next = stop + 1
			if !s.lone && stop > from && s.buf[s.pos+stop-1] == '\r' {
				stop--
			}
			return stop, next, false, stop > maxRecord
		}
		searched = s.end - s.pos
		if searched > maxRecord {
			return searched, searched, false, true
		}
		if !s.fill() {
			return searched, searched, true, false
		}
	}
}

// next gives the next record, or io.EOF, or what the reader failed with.
func (s *splitter) next() (record, error) {
	if s.buf == nil {
		s.start()
	}
	if s.pos == s.end && !s.fill() {
		if s.failure != nil {
			return record{}, s.failure
		}
		return record{}, io.EOF
	}
	stop, next, _, long := s.lineEnd(0)
	if s.failure != nil {
		return record{}, s.failure
	}
	rec := record{line: s.line}
	if long {
		rec.fault = i18n.M("table.row_too_long", int64(maxRecord>>20))
		return rec, s.discard(next)
	}
	lines := int64(1)
	if bytes.IndexByte(s.buf[s.pos:s.pos+stop], '"') >= 0 {
		rec.quoted = true
		end, after, spanned, fault := s.quotedEnd(stop, next)
		if s.failure != nil {
			return record{}, s.failure
		}
		if fault.IsZero() {
			stop, next, lines = end, after, spanned
		}
		rec.fault = fault
	}
	rec.raw = s.buf[s.pos : s.pos+stop]
	if rec.fault.IsZero() && bytes.IndexByte(rec.raw, 0) >= 0 {
		rec.fault = i18n.M("table.row_nul")
	}
	s.pos += next
	s.line += lines
	return rec, nil
}

// discard drops the rest of a line that is too long, of which next bytes have been looked at.
func (s *splitter) discard(next int) error {
	mark := byte('\n')
	if s.lone {
		mark = '\r'
	}
	if next > 0 && s.buf[s.pos+next-1] == mark {
		s.pos += next
		s.line++
		return nil
	}
	for {
		if i := bytes.IndexByte(s.buf[s.pos:s.end], mark); i >= 0 {
			s.pos += i + 1
			s.line++
			return nil
		}
		s.pos = s.end
		if !s.fill() {
			return s.failure
		}
	}
}

// The states of the walk through a record.
type state int

const (
	cellStart state = iota
	plainCell
	insideQuotes
	afterQuotes
	broken
)

// quotedEnd finds the end of a record with quotes, whose first line ends at stop and next. lines is how many it spans.
func (s *splitter) quotedEnd(stop, next int) (end, after int, lines int64, fault i18n.Message) {
	at := cellStart
	from := 0
	for lines = 1; ; lines++ {
		at = walk(at, s.buf[s.pos+from:s.pos+stop], s.separator)
		switch {
		case at == broken:
			return 0, 0, 0, i18n.M("table.row_bare_quote")
		case at != insideQuotes:
			return stop, next, lines, i18n.Message{}
		case lines == maxLines || (s.ended && s.pos+next == s.end):
			return 0, 0, 0, i18n.M("table.row_open_quote")
		}
		from = next
		var long bool
		stop, next, _, long = s.lineEnd(from)
		if long {
			return 0, 0, 0, i18n.M("table.row_open_quote")
		}
		if from == next { // the stream ended exactly behind the line end
			return 0, 0, 0, i18n.M("table.row_open_quote")
		}
	}
}

// walk goes through one line of a record and gives the state at its end. Text behind a closing quote breaks the record:
// nobody knows where its cells end.
func walk(at state, line []byte, separator byte) state {
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch at {
		case insideQuotes:
			j := bytes.IndexByte(line[i:], '"')
			if j < 0 {
				return insideQuotes
			}
			i += j
			if i+1 < len(line) && line[i+1] == '"' {
				i++
				continue
			}
			at = afterQuotes
		case afterQuotes:
			if c == separator {
				at = cellStart
			} else if c != ' ' {
				return broken
			}
		default:
			switch {
			case c == separator:
				at = cellStart
			case c == '"' && at == cellStart:
				at = insideQuotes
			case c != ' ':
				at = plainCell
			}
		}
	}
	return at
}

// cells cuts a record's text into at most limit cells, appended to out.
func cells(out []string, text string, quoted bool, separator byte, limit int) []string {
	for len(out) < limit {
		if quoted {
			if start := strings.TrimLeft(text, " "); start != "" && start[0] == '"' {
				cell, rest, more := quotedCell(start[1:], separator)
				out = append(out, cell)
				if !more {
					return out
				}
				text = rest
				continue
			}
		}
		i := strings.IndexByte(text, separator)
		if i < 0 {
			return append(out, text)
		}
		out = append(out, text[:i])
		text = text[i+1:]
	}
	return out
}

// quotedCell takes a cell whose opening quote has been taken; more is true where a separator followed it.
func quotedCell(text string, separator byte) (cell, rest string, more bool) {
	var parts strings.Builder
	for {
		i := strings.IndexByte(text, '"')
		if i < 0 {
			i = len(text)
		}
		if i+1 < len(text) && text[i+1] == '"' {
			parts.WriteString(text[:i+1])
			text = text[i+2:]
			continue
		}
		if parts.Len() == 0 {
			cell = text[:i]
		} else {
			parts.WriteString(text[:i])
			cell = parts.String()
		}
		cell = strings.ReplaceAll(cell, "\r\n", "\n")
		j := strings.IndexByte(text[i:], separator)
		if j < 0 {
			return cell, "", false
		}
		return cell, text[i+j+1:], true
	}
}
