package pdf

import (
	"io"
	"strconv"

	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/reports"
)

// SheetBook is a file of map sheets, a page each, with a bookmark for each where there are several.
type SheetBook struct {
	layout *layout
	pages  []*page
}

// NewSheetBook begins a file in the printer's language. date is an ISO date for the file's metadata, "" for none.
func NewSheetBook(p *i18n.Printer, title, date string) *SheetBook {
	return &SheetBook{layout: newLayout(&reports.Document{Printer: p, Title: title, Date: date, Creator: p.T("app.name")})}
}

// Add draws a sheet on the next page. title is its bookmark, alt says what the map shows to those who don't see it.
func (b *SheetBook) Add(s *render.PaperSheet, title, alt string) {
	laid := s.Lay(72)
	p := &page{
		fonts: b.layout.fonts, index: len(b.pages), width: float64(laid.Width), height: float64(laid.Height),
		alphas: b.layout.alphas, images: &b.layout.images,
	}
	b.layout.fonts.where = title
	sect := b.layout.root.child("Sect")
	elements := map[render.PartRole]*element{}
	for _, part := range laid.Parts {
		p.partElement(sect, elements, part, alt)
		p.picture(float64(part.X), float64(part.Y), float64(part.W), float64(part.H), func(c render.Canvas, _, _ float64) { part.Paint(c) })
	}
	p.endMark()
	anchor := "sheet" + strconv.Itoa(len(b.pages))
	b.layout.doc.Add(reports.Heading{Level: 1, Depth: 1, Text: title, Anchor: anchor})
	b.layout.pageOf[anchor] = place{page: len(b.pages)}
	b.pages = append(b.pages, p)
}

// partElement begins the structure element of a part: its heading, its figure with the legend, its paragraph. The logo is
// furniture, as the sheet's words name the kommun.
func (p *page) partElement(sect *element, made map[render.PartRole]*element, part render.SheetPart, alt string) {
	role, roles := part.Role, map[render.PartRole]string{render.TitlePart: "H1", render.MapPart: "Figure", render.FootPart: "P", render.NotePart: "P"}
	if role == render.LogoPart {
		p.furnish(layoutArtifact)
		return
	}
	if role == render.KeyPart {
		role = render.MapPart
	}
	if made[role] == nil {
		made[role] = sect.child(roles[role])
		if role == render.MapPart {
			made[role].alt = alt
			made[role].attrs = "<</O /Layout /Placement /Block /BBox [0 0 " + number(p.width) + " " + number(p.height) + "]>>"
		}
	}
	p.tag(made[role])
}

// Write writes the file. Equal sheets give equal bytes.
func (b *SheetBook) Write(w io.Writer) error {
	_, err := b.layout.write(w, b.pages)
	return err
}
