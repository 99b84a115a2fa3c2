package docx

import (
	"strings"

	"nabar/mapview/render"
	"nabar/reports"
)

// The field of colour on top of the cover, in points.
const (
	coverHeight = 300.0
	coverLine   = 5.0
)

// cover writes the first page: a field of colour with the motif, the title, and the decision block.
func (b *body) cover() error {
	c := b.doc.Cover
	if c.Letter {
		b.letterhead(c)
		return nil
	}
	data, err := raster(standard.width, coverHeight, coverDPI, func(canvas render.Canvas, w, h float64) { paintField(canvas, c.Motif, w, h) })
	if err != nil {
		return err
	}
	b.para(paragraph{style: "Kommun", content: b.field(data) + run(c.Kommun, look{})})
	if c.Notice != "" {
		b.para(paragraph{style: "Notice", content: run(c.Notice, look{})})
	}
	title := run(c.Title, look{})
	if c.Period != "" {
		title += run("\n"+c.Period, look{style: "Period"})
	}
	b.para(paragraph{style: "Title", content: title})
	if c.Subtitle != "" {
		b.para(paragraph{style: "Subtitle", content: run(c.Subtitle, look{})})
	}
	for _, f := range c.Facts {
		b.para(paragraph{style: "Fact", content: run(f.Label, look{bold: true}) + "<w:r><w:tab/></w:r>" + run(f.Value, look{})})
	}
	b.newPage = true
	return nil
}

// letterhead writes kommun, title and facts over the text.
func (b *body) letterhead(c reports.Cover) {
	b.para(paragraph{style: "Kommun", content: run(c.Kommun, look{})})
	if c.Notice != "" {
		b.para(paragraph{style: "Notice", content: run(c.Notice, look{})})
	}
	b.para(paragraph{style: "Title", content: run(strings.TrimSpace(c.Title+" "+c.Period), look{})})
	if c.Subtitle != "" {
		b.para(paragraph{style: "Subtitle", content: run(c.Subtitle, look{})})
	}
	for _, f := range c.Facts {
		b.para(paragraph{style: "Fact", content: run(f.Label, look{bold: true}) + "<w:r><w:tab/></w:r>" + run(f.Value, look{})})
	}
}

// paintField draws the cover's field.
func paintField(c render.Canvas, motif func(c render.Canvas, w, h float64), w, h float64) {
	var p render.Path
	p.Rect(0, 0, w, h)
	c.Path(&p, render.Paint{Fill: reports.Petrol})
	if motif != nil {
		const air = 30.0
		motif(render.Moved(c, marginSide, air), w-marginSide-air, h-coverLine-2*air)
	}
	p.Reset()
	p.Rect(0, h-coverLine, w, coverLine)
	c.Path(&p, render.Paint{Fill: reports.Accent})
}

// field anchors the cover's picture to the upper edge of the page. It says nothing, and is marked so.
func (b *body) field(data []byte) string {
	return `<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0"` +
		` locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>` +
		`<wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>` +
		`<wp:positionV relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionV>` +
		`<wp:extent cx="` + emu(standard.width) + `" cy="` + emu(coverHeight) + `"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>` +
		`<wp:docPr id="` + b.nextPicture() + `" name="` + esc(b.doc.Printer.T("export.docx.cover")) + `" descr=""><a:extLst>` +
		`<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative` +
		` xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst></wp:docPr>` +
		b.graphic(data, standard.width, coverHeight) + `</wp:anchor></w:drawing></w:r>`
}
