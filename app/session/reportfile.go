package session

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"nabar/internal/atomicfile"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/reports"
	"nabar/reports/sheet"
)

// ReportOptions choose what is written, and what goes with it.
type ReportOptions struct {
	Document string // title or kind of the document, "" for the serviceplan; see Document
	Attach   bool   // the numbers of every table as CSV inside the PDF
	Draft    bool   // every page says that it is a draft
}

// ReportWith writes a document to a file: .pdf, .html or .docx by its ending, or its tables alone as .xlsx or as CSV in a .zip. A
// folder, which exists or ends in a separator, gets the tables as CSV, a file for each. Results that are missing or stale are
// computed first. It tells what the writer should know of the document.
func (s *Session) ReportWith(ctx context.Context, path string, o ReportOptions, progress model.Progress) ([]i18n.Message, error) {
	if o.Attach && !strings.EqualFold(filepath.Ext(path), ".pdf") {
		return nil, i18n.Errorf("out.attach_pdf", filepath.Base(path))
	}
	folder := isFolder(path)
	if folder {
		if err := os.MkdirAll(path, 0o755); err != nil {
			return nil, i18n.Errorf("error.cannot_write", path, err)
		}
	}
	progress = orSilent(progress)
	var write func(io.Writer, *reports.Document) error
	if !folder {
		var err error
		if write, err = s.writer(path); err != nil {
			return nil, err
		}
		if err := atomicfile.Check(path); err != nil {
			return nil, err
		}
	}
	doc, remarks, err := s.Document(ctx, o.Document, part(progress, 0, 0.6))
	if err != nil {
		return nil, err
	}
	progress(i18n.M("session.progress_report"), 0.6)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if folder {
		return remarks, writeTables(path, doc)
	}
	if o.Draft {
		doc.Watermark = s.Printer().T("out.draft")
	}
	if o.Attach {
		if doc.Attachments, err = sheet.CSV(doc); err != nil {
			return nil, err
		}
	}
	return remarks, atomicfile.Write(path, func(w io.Writer) error { return write(w, doc) })
}

// isFolder tells whether a path names a folder.
func isFolder(path string) bool {
	if strings.HasSuffix(path, "/") || strings.HasSuffix(path, string(filepath.Separator)) {
		return true
	}
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// writeTables writes each table of a document into a folder.
func writeTables(folder string, doc *reports.Document) error {
	files, err := sheet.CSV(doc)
	if err != nil {
		return err
	}
	for _, f := range files {
		err := atomicfile.Write(filepath.Join(folder, f.Name), func(w io.Writer) error {
			_, err := w.Write(f.Data)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
