package docx

import (
	"archive/zip"
	"io"
	"strconv"
	"time"

	"nabar/internal/i18n"
	"nabar/reports"
)

// Write writes the document.
func Write(w io.Writer, d *reports.Document) error {
	d, err := d.Resolved()
	if err != nil {
		return err
	}
	b := &body{doc: d}
	if err := b.write(); err != nil {
		return err
	}
	parts := []part{
		{"[Content_Types].xml", b.contentTypes()},
		{"_rels/.rels", []byte(packageRelations)},
		{"docProps/core.xml", coreProperties(d)},
		{"docProps/app.xml", appProperties(d)},
		{"word/document.xml", []byte(b.xml.String())},
		{"word/_rels/document.xml.rels", b.relations()},
		{"word/styles.xml", styles(d)},
		{"word/numbering.xml", numbering(b.ordered)},
		{"word/settings.xml", settings(d)},
		{"word/fontTable.xml", []byte(fontTable)},
		{"word/footnotes.xml", b.footnotesPart()},
		{"word/headerFirst.xml", firstHeader(d)},
	}
	for i, width := range b.widths {
		n := strconv.Itoa(i + 1)
		parts = append(parts, part{"word/header" + n + ".xml", header(d, width)}, part{"word/footer" + n + ".xml", footer(d, width)})
	}
	if len(b.noteLinks.links) > 0 {
		parts = append(parts, part{"word/_rels/footnotes.xml.rels", []byte(declaration + relationSpace + b.noteLinks.xml() + "</Relationships>")})
	}
	for i, data := range b.images {
		parts = append(parts, part{"word/" + imageName(i), data})
	}
	return pack(w, parts)
}

// part is one file of the archive.
type part struct {
	name string
	data []byte
}

// pack writes the archive. Every file has the earliest time that the format knows.
func pack(w io.Writer, parts []part) error {
	z := zip.NewWriter(w)
	for _, p := range parts {
		head := &zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}
		if len(p.name) > 4 && p.name[len(p.name)-4:] == ".png" {
			head.Method = zip.Store // packed already
		}
		f, err := z.CreateHeader(head)
		if err != nil {
			return err
		}
		if _, err := f.Write(p.data); err != nil {
			return err
		}
	}
	return z.Close()
}

// imageName is the path of a picture below the folder word, counted from 0.
func imageName(i int) string { return "media/image" + strconv.Itoa(i+1) + ".png" }

// language is the tag of the document's language.
func language(d *reports.Document) string {
	if d.Printer.Lang() == i18n.English {
		return "en-GB"
	}
	return "sv-SE"
}
