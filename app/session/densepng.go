package session

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/png"
	"io"
	"math"
)

// writeDensePNG writes a picture that knows its resolution, so that it is printed at the size that its scale is true for. The
// pHYs chunk (PNG specification, 11.3.4.3) stands right behind the header, which is the first chunk and 25 bytes long.
func writeDensePNG(w io.Writer, img image.Image, dpi float64) error {
	var whole bytes.Buffer
	if err := png.Encode(&whole, img); err != nil {
		return err
	}
	const header = 8 + 25
	data := whole.Bytes()
	if len(data) < header {
		return errors.New("png: no header")
	}
	perMetre := binary.BigEndian.AppendUint32(nil, uint32(math.Round(dpi/0.0254)))
	chunk := append([]byte("pHYs"), perMetre...)
	chunk = append(append(chunk, perMetre...), 1) // pixels a metre
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk))
	for _, part := range [][]byte{data[:header], {0, 0, 0, 9}, chunk, data[header:]} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}
