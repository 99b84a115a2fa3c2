package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"nabar/reports"
)

// CSV gives each table of a document as a file of its own: comma, decimal point, UTF-8, with the same columns and numbers as
// the workbook has. The files are named from the tables' labels and captions.
func CSV(d *reports.Document) ([]reports.Attachment, error) {
	d, err := d.Resolved()
	if err != nil {
		return nil, err
	}
	w := &writer{doc: d, reader: newReader(d.Printer)}
	var out []reports.Attachment
	for i, t := range d.Tables() {
		data, err := w.csv(t)
		if err != nil {
			return nil, err
		}
		out = append(out, reports.Attachment{
			Name: fmt.Sprintf("%02d-%s.csv", i+1, slug(t.Caption)), Type: "text/csv",
			Description: t.Label(d) + ". " + t.Caption, Data: data,
		})
	}
	return out, nil
}

// WriteZip writes the files of CSV as an archive. Equal documents give equal bytes.
func WriteZip(w io.Writer, d *reports.Document) error {
	files, err := CSV(d)
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	for _, f := range files {
		part, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return err
		}
		if _, err := part.Write(f.Data); err != nil {
			return err
		}
	}
	return z.Close()
}

// csv writes one table.
func (w *writer) csv(t reports.Table) ([]byte, error) {
	columns := w.columns(t)
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	line := make([]string, len(columns))
	for c, column := range columns {
		line[c] = column.head
	}
	if err := out.Write(line); err != nil {
		return nil, err
	}
	for r := range t.Rows {
		for c, column := range columns {
			line[c] = column.cells[r].plain()
		}
		if err := out.Write(line); err != nil {
			return nil, err
		}
	}
	out.Flush()
	return b.Bytes(), out.Error()
}

// plain is what a cell says in a text file: a number in full, with a point.
func (c cell) plain() string {
	if c.format == "" {
		return c.text
	}
	return strconv.FormatFloat(c.number, 'f', -1, 64)
}

// slugLength is the most letters that a file's name takes from a caption.
const slugLength = 40

// slug gives a caption as a part of a file name: small letters without marks, digits and hyphens.
func slug(caption string) string {
	bare, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.Predicate(isMark))), strings.ToLower(caption))
	if err != nil {
		bare = caption
	}
	var out []byte
	for _, r := range bare {
		switch {
		case (r >= 'a' && r <= 'z') || (r >= '0' && r <= '9'):
			out = append(out, byte(r))
		case len(out) > 0 && out[len(out)-1] != '-':
			out = append(out, '-')
		}
		if len(out) >= slugLength {
			break
		}
	}
	return strings.Trim(string(out), "-")
}

// isMark tells the marks that stand over and under letters.
func isMark(r rune) bool { return r >= 0x300 && r <= 0x36f }
