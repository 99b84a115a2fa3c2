package html

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/png"

	"nabar/mapview/render"
)

// Image implements render.Imager: the picture stands in the file itself.
func (c *canvas) Image(img image.Image, x, y, w, h float64) {
	kind := "jpeg"
	data, ok := render.Photo(img)
	if !ok {
		var out bytes.Buffer
		if png.Encode(&out, img) != nil {
			return
		}
		kind, data = "png", out.Bytes()
	}
	c.b.WriteString(`<image x="` + number(x) + `" y="` + number(y) + `" width="` + number(w) + `" height="` + number(h) +
		`" preserveAspectRatio="none" href="data:image/` + kind + `;base64,` + base64.StdEncoding.EncodeToString(data) + "\"/>\n")
}
