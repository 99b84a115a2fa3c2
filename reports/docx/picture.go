package docx

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"math"
	"strconv"

	"nabar/mapview/render"
	"nabar/reports"
)

// dpi is the fineness of pictures, and coverDPI that of the quiet one on the cover.
const (
	dpi      = 200.0
	coverDPI = 120.0
)

// figure writes a picture with its alternative text, its caption and the line under it.
func (b *body) figure(f reports.Figure) error {
	w, h := f.Width, f.Height
	if f.Fill {
		w, h = b.section.text(), b.section.fill()
	}
	if room := b.section.text(); w > room {
		w, h = room, h*room/w
	}
	data, err := raster(w, h, dpi, f.Paint)
	if err != nil {
		return err
	}
	label := f.Label(b.doc)
	drawing := `<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="` + emu(w) + `" cy="` + emu(h) + `"/>` +
		`<wp:docPr id="` + b.nextPicture() + `" name="` + esc(label) + `" descr="` + esc(f.Alt) + `"/>` +
		b.graphic(data, w, h) + "</wp:inline>"
	b.para(paragraph{style: "Picture", keepNext: true, content: "<w:r><w:drawing>" + drawing + "</w:drawing></w:r>"})
	b.caption(label, f.Number, f.Caption, f.Anchor, f.Source != "")
	if f.Source != "" {
		b.para(paragraph{style: "Source", content: run(f.Source, look{})})
	}
	return nil
}

// nextPicture gives the number of the next drawing.
func (b *body) nextPicture() string {
	b.pictures++
	return strconv.Itoa(b.pictures)
}

// graphic writes the picture itself and keeps its bytes for the archive.
func (b *body) graphic(data []byte, w, h float64) string {
	b.images = append(b.images, data)
	id := strconv.Itoa(len(b.images))
	return `<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>` +
		`<pic:cNvPr id="` + id + `" name="image` + id + `.png"/><pic:cNvPicPr/></pic:nvPicPr>` +
		`<pic:blipFill><a:blip r:embed="rIdImage` + id + `"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>` +
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="` + emu(w) + `" cy="` + emu(h) + `"/></a:xfrm>` +
		`<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>`
}

// raster paints a picture of w by h points as PNG.
func raster(w, h, dpi float64, paint func(c render.Canvas, w, h float64)) ([]byte, error) {
	k := dpi / 72
	img := image.NewRGBA(image.Rect(0, 0, int(math.Ceil(w*k)), int(math.Ceil(h*k))))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	paint(render.Scaled(render.NewRaster(img), k), w, h)
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
