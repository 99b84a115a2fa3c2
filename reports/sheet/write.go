package sheet

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"nabar/internal/i18n"
	"nabar/model/format/csv"
	"nabar/model/format/xlsx"
	"nabar/reports"
)

// Write writes the document's tables. A document without tables gives a workbook with the first sheet alone.
func Write(w io.Writer, d *reports.Document) error {
	d, err := d.Resolved()
	if err != nil {
		return err
	}
	p := xlsx.Properties{Title: d.Title, Subject: d.Subject, Author: d.Author, Program: d.Creator, Language: "sv-SE"}
	if d.Printer.Lang() == i18n.English {
		p.Language = "en-GB"
	}
	if _, err := time.Parse(time.DateOnly, d.Date); err == nil {
		p.Date = d.Date
	}
	contents := xlsx.SheetName(d.Printer.T("export.sheet.contents"))
	f, err := xlsx.New(contents, p)
	if err != nil {
		return err
	}
	defer f.Close()
	out := &writer{doc: d, file: f, reader: newReader(d.Printer), styles: map[string]int{}, taken: map[string]bool{strings.ToLower(contents): true}}
	if out.head, err = xlsx.Head(f); err != nil {
		return err
	}
	tables := d.Tables()
	names := make([]string, len(tables))
	for i, t := range tables {
		if names[i], err = out.table(t); err != nil {
			return err
		}
	}
	if err := out.contents(contents, tables, names); err != nil {
		return err
	}
	return f.Write(w)
}

// writer writes the sheets.
type writer struct {
	doc    *reports.Document
	file   *excelize.File
	reader *reader
	styles map[string]int // by number format
	head   int
	taken  map[string]bool // names of sheets, in lower case
}

// name gives a sheet a name that no other has.
func (w *writer) name(t *reports.Table) string {
	name := xlsx.SheetName(t.Label(w.doc) + " " + t.Caption)
	for n := 2; w.taken[strings.ToLower(name)]; n++ {
		name = xlsx.SheetName(strconv.Itoa(n) + " " + t.Label(w.doc) + " " + t.Caption)
	}
	w.taken[strings.ToLower(name)] = true
	return name
}

// style gives the style of a number format.
func (w *writer) style(format string) (int, error) {
	if id, ok := w.styles[format]; ok {
		return id, nil
	}
	id, err := w.file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	w.styles[format] = id
	return id, err
}

// table writes one table as a sheet and gives the sheet's name.
func (w *writer) table(t reports.Table) (string, error) {
	name := w.name(&t)
	if _, err := w.file.NewSheet(name); err != nil {
		return "", err
	}
	for c, column := range w.columns(t) {
		if err := w.writeColumn(name, c+1, column); err != nil {
			return "", fmt.Errorf("%s, column %d: %w", name, c+1, err)
		}
	}
	return name, w.file.SetPanes(name, xlsx.Frozen())
}

// The width of columns, in characters.
const (
	leastWidth = 10.0
	mostWidth  = 60.0
)

// writeColumn writes the head and the cells of a column.
func (w *writer) writeColumn(sheet string, c int, col column) error {
	width := leastWidth
	for _, word := range strings.Fields(col.head) {
		width = max(width, float64(len([]rune(word)))+2)
	}
	if err := w.text(sheet, c, 1, col.head, w.head); err != nil {
		return err
	}
	for r, cell := range col.cells {
		if cell.format == "" {
			for line := range strings.Lines(cell.text) {
				width = max(width, float64(len([]rune(line)))+2)
			}
			if err := w.text(sheet, c, r+2, cell.text, 0); err != nil {
				return err
			}
			if err := w.rich(sheet, c, r+2, cell.runs); err != nil {
				return err
			}
			continue
		}
		if err := w.number(sheet, c, r+2, cell); err != nil {
			return err
		}
	}
	name, err := excelize.ColumnNumberToName(c)
	if err != nil {
		return err
	}
	return w.file.SetColWidth(sheet, name, name, min(width, mostWidth))
}

// text writes a text in a style; an empty one leaves the cell empty.
func (w *writer) text(sheet string, c, r int, text string, style int) error {
	at, err := excelize.CoordinatesToCellName(c, r)
	if err != nil {
		return err
	}
	if text != "" {
		if err := w.file.SetCellStr(sheet, at, text); err != nil {
			return err
		}
	}
	if style == 0 {
		return nil
	}
	return w.file.SetCellStyle(sheet, at, at, style)
}

// rich writes a text with bold and italics over the plain one; without runs it stays plain.
func (w *writer) rich(sheet string, c, r int, runs []reports.Run) error {
	if len(runs) == 0 {
		return nil
	}
	at, err := excelize.CoordinatesToCellName(c, r)
	if err != nil {
		return err
	}
	var out []excelize.RichTextRun
	for _, run := range runs {
		set := excelize.RichTextRun{Text: run.Text}
		if run.Bold || run.Italic {
			set.Font = &excelize.Font{Bold: run.Bold, Italic: run.Italic, Family: "Calibri", Size: 11}
		}
		out = append(out, set)
	}
	return w.file.SetCellRichText(sheet, at, out)
}

// number writes a number in its format.
func (w *writer) number(sheet string, c, r int, v cell) error {
	at, err := excelize.CoordinatesToCellName(c, r)
	if err != nil {
		return err
	}
	if err := w.file.SetCellFloat(sheet, at, v.number, -1, 64); err != nil {
		return err
	}
	style, err := w.style(v.format)
	if err != nil {
		return err
	}
	return w.file.SetCellStyle(sheet, at, at, style)
}

// contents fills the first sheet: what the document is, then its tables with their captions, notes and links.
func (w *writer) contents(sheet string, tables []reports.Table, names []string) error {
	p := w.doc.Printer
	rows := [][2]string{{p.T("export.sheet.document"), w.doc.Title}}
	if w.doc.Cover.Notice != "" {
		rows = append(rows, [2]string{p.T("export.sheet.note"), w.doc.Cover.Notice})
	}
	for _, f := range w.doc.Cover.Facts {
		rows = append(rows, [2]string{f.Label, f.Value})
	}
	rows = append(rows, [2]string{p.T("export.sheet.program"), w.doc.Creator})
	for r, row := range rows {
		for c, text := range row {
			if err := w.text(sheet, c+1, r+1, csv.Harmless(text), 0); err != nil {
				return err
			}
		}
	}
	at := len(rows) + 2
	for c, key := range []string{"export.sheet.table", "export.sheet.caption", "export.sheet.note"} {
		if err := w.text(sheet, c+1, at, p.T(key), w.head); err != nil {
			return err
		}
	}
	for i := range tables {
		if err := w.listed(sheet, at+1+i, &tables[i], names[i]); err != nil {
			return err
		}
	}
	return w.widths(sheet, 22, 70, 90)
}

// listed writes the line of a table in the contents.
func (w *writer) listed(sheet string, r int, t *reports.Table, name string) error {
	for c, text := range []string{t.Label(w.doc), t.Caption, t.Source} {
		if err := w.text(sheet, c+1, r, csv.Harmless(text), 0); err != nil {
			return err
		}
	}
	at, err := excelize.CoordinatesToCellName(1, r)
	if err != nil {
		return err
	}
	return w.file.SetCellHyperLink(sheet, at, "'"+strings.ReplaceAll(name, "'", "''")+"'!A1", "Location")
}

// widths sets the widths of the first columns.
func (w *writer) widths(sheet string, widths ...float64) error {
	for i, width := range widths {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := w.file.SetColWidth(sheet, name, name, width); err != nil {
			return err
		}
	}
	return nil
}
