package pdf

import (
	"io"

	"nabar/mapview/render"
	"nabar/reports"
)

// Sheet is one picture on a page of its own, such as a map.
type Sheet struct {
	Document      *reports.Document // language and metadata; its blocks are not drawn
	Width, Height float64           // of the page, in points
	Alt           string            // what the picture says, for those who don't see it
	Paint         func(c render.Canvas, w, h float64)
}

// WriteSheet writes the picture on a page of its size, tagged like every document.
func WriteSheet(w io.Writer, s Sheet) error {
	fs, err := loadFonts()
	if err != nil {
		return err
	}
	l := &layout{doc: s.Document, fonts: fs, root: &element{role: "Document"}, pageOf: map[string]place{}}
	f, err := l.finishPages([]*page{s.page(l)})
	if err != nil {
		return err
	}
	_, err = w.Write(f)
	return err
}

// page draws the sheet.
func (s Sheet) page(l *layout) *page {
	p := &page{fonts: l.fonts, width: s.Width, height: s.Height, alphas: map[uint8]bool{}}
	e := l.root.child("Figure")
	e.alt = s.Alt
	e.attrs = "<</O /Layout /Placement /Block /BBox [0 0 " + number(p.width) + " " + number(p.height) + "]>>"
	p.tag(e)
	p.picture(0, 0, p.width, p.height, s.Paint)
	p.endMark()
	return p
}
