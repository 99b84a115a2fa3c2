package csv

import (
	"bytes"
	"io"
	"strings"

	"nabar/internal/i18n"
	"nabar/model/format"
	"nabar/model/format/charset"
	"nabar/model/format/table"
)

// The part of a file that separator, heading and encoding are found from.
const (
	sampleBytes   = 1 << 20
	sampleRecords = 200
)

// separators are tried in this order: where two explain a file equally well the earlier one is taken, so that decimal
// commas don't make columns.
var separators = []byte{'\t', ';', '|', ','}

// layout says how the lines of a file become a table.
type layout struct {
	separator byte
	names     []string
	first     int64 // line of the first row of values
	titles    int   // lines above the heading that are no part of the table
	noHeading bool  // the first row holds values already
}

// split tells how well a separator explains some text.
type split struct {
	separator byte
	columns   int     // the commonest count of cells
	agree     float64 // share of the records that have it
	records   int
}

// bestSeparator finds the separator that most records agree on. A cut text's last record is not counted.
func bestSeparator(text []byte, cut bool) split {
	best := split{separator: ';', columns: 1}
	for _, c := range separators {
		s := trySeparator(text, cut, c)
		if s.columns > 1 && s.agree > best.agree+0.02 {
			best = s
		}
	}
	return best
}

// trySeparator counts cells under one separator.
func trySeparator(text []byte, cut bool, separator byte) split {
	counts := map[int]int{}
	s := split{separator: separator}
	for _, r := range sampleRows(text, cut, separator) {
		counts[len(r.cells)]++
		s.records++
	}
	for n := 1; n <= table.MaxColumns+1; n++ {
		if counts[n] > 0 && counts[n] >= counts[s.columns] {
			s.columns = n
		}
	}
	if s.records > 0 {
		s.agree = float64(counts[s.columns]) / float64(s.records)
	}
	return s
}

// sampleRow is one record of the sample.
type sampleRow struct {
	line  int64
	cells []string
}

// sampleRows cuts the sample into rows; blank and faulty ones are left out.
func sampleRows(text []byte, cut bool, separator byte) []sampleRow {
	var out []sampleRow
	s := newSplitter(bytes.NewReader(text), separator)
	for len(out) < sampleRecords {
		rec, err := s.next()
		if err != nil || (cut && s.pos == s.end && len(out) > 0) {
			return out
		}
		if !rec.fault.IsZero() || len(bytes.TrimSpace(rec.raw)) == 0 || isSeparatorLine(rec) {
			continue
		}
		out = append(out, sampleRow{rec.line, cells(nil, string(rec.raw), rec.quoted, separator, table.MaxColumns+1)})
	}
	return out
}

// isSeparatorLine tells whether a record is Excel's first line "sep=;".
func isSeparatorLine(rec record) bool {
	return rec.line == 1 && len(rec.raw) <= len("sep=;") && strings.HasPrefix(strings.ToLower(string(rec.raw)), "sep=")
}

// findLayout settles separator and heading from the file's first part.
func findLayout(sample []byte, cut bool, c charset.Coding, opt format.Options) (layout, error) {
	if bytes.IndexByte(sample, 0) >= 0 {
		return layout{}, i18n.Errorf("table.not_text")
	}
	if len(bytes.TrimSpace(sample)) == 0 {
		return layout{}, i18n.Errorf("table.empty")
	}
	found, err := findSeparator(sample, cut, opt)
	if err != nil {
		return layout{}, err
	}
	if found.columns > table.MaxColumns {
		return layout{}, i18n.Errorf("table.too_many_columns", found.columns, table.MaxColumns)
	}
	rows := sampleRows(sample, cut, found.separator)
	for i := range rows {
		for j, cell := range rows[i].cells {
			rows[i].cells[j], _, _ = c.Text([]byte(cell))
		}
	}
	if len(rows) == 0 {
		return layout{}, i18n.Errorf("table.not_text")
	}
	return heading(rows, found, opt)
}

// findSeparator takes the user's separator, Excel's own line, or the best one.
func findSeparator(sample []byte, cut bool, opt format.Options) (split, error) {
	told := opt.Separator
	if told == 0 && len(sample) > 4 && strings.EqualFold(string(sample[:4]), "sep=") && sample[4] > ' ' {
		told = rune(sample[4])
	}
	if told == 0 {
		return bestSeparator(sample, cut), nil
	}
	if told >= 0x80 || told == '"' || (told <= ' ' && told != '\t') {
		return split{}, i18n.Errorf("table.bad_separator", string(told))
	}
	return trySeparator(sample, cut, byte(told)), nil
}

// heading finds the row of column names among the first rows.
func heading(rows []sampleRow, found split, opt format.Options) (layout, error) {
	l := layout{separator: found.separator}
	top := 0
	for found.columns > 1 && top < len(rows) && len(rows[top].cells) < max(2, found.columns-1) {
		top++
	}
	if top == len(rows) {
		top = 0
	}
	l.titles = top
	first := rows[top].cells
	if len(first) > table.MaxColumns {
		return layout{}, i18n.Errorf("table.too_many_columns", len(first), table.MaxColumns)
	}
	below := make([][]string, 0, len(rows))
	for _, r := range rows[top+1:] {
		below = append(below, r.cells)
	}
	if len(first) == 1 && !singleColumn(first[0], below) && opt.Separator == 0 {
		return layout{}, i18n.Errorf("table.no_columns")
	}
	if opt.NoHeader || !table.IsHeading(first, below) {
		l.noHeading = true
		l.names = table.Names(make([]string, max(len(first), found.columns)))
		l.first = rows[top].line
		return l, nil
	}
	l.names = table.Names(first)
	l.first = rows[top].line + 1
	return l, nil
}

// singleColumn tells whether rows of one cell are a table: well-known text, or a list of single words. Anything else is
// running text.
func singleColumn(first string, rows [][]string) bool {
	if len(rows) == 0 {
		return false
	}
	var c table.Column
	c.Name = first
	words := 0
	for _, r := range rows {
		c.Add(r[0])
		if len(strings.Fields(r[0])) == 1 {
			words++
		}
	}
	return table.Locate([]table.Column{c}).WKT == 0 || words*10 >= len(rows)*9
}

// readSample gives the first part of a stream; cut tells whether there is more.
func readSample(r io.Reader) (sample []byte, cut bool, err error) {
	sample, err = io.ReadAll(io.LimitReader(r, sampleBytes+1))
	if len(sample) > sampleBytes {
		return sample[:sampleBytes], true, err
	}
	return sample, false, err
}
