package tile

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// Why a tile can't be shown. Callers tell them apart with errors.Is.
var (
	ErrDamaged  = errors.New("tile: damaged")
	ErrTooLarge = errors.New("tile: too large")
)

// Sniff tells what a tile is by its first bytes; what is no known picture is taken for a vector tile where it can be one,
// else it is "".
func Sniff(data []byte) Kind {
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return PNG
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return JPEG
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return WebP
	case len(data) > 0 && data[0] == 0x1a, bytes.HasPrefix(data, []byte("\x1f\x8b")): // field 3: a layer
		return MVT
	}
	return ""
}

// Unzip unpacks gzip data of at most limit bytes; anything else is given back as it is.
func Unzip(data []byte, limit int64) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte("\x1f\x8b")) {
		return data, nil
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	out, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	case int64(len(out)) > limit:
		return nil, ErrTooLarge
	}
	return out, nil
}

// codec is how pictures of a kind are measured and decoded.
type codec struct {
	size func(io.Reader) (image.Config, error)
	read func(io.Reader) (image.Image, error)
}

var codecs = map[Kind]codec{
	PNG:  {png.DecodeConfig, png.Decode},
	JPEG: {jpeg.DecodeConfig, jpeg.Decode},
	WebP: {webp.DecodeConfig, webp.Decode},
}

// Decode makes a picture of a tile of pixels. Its size is read first: one that is larger than MaxSide costs nothing.
func Decode(data []byte) (img *image.RGBA, err error) {
	defer func() { // of other people's decoders
		if p := recover(); p != nil {
			img, err = nil, fmt.Errorf("%w: %v", ErrDamaged, p)
		}
	}()
	c, ok := codecs[Sniff(data)]
	if !ok {
		return nil, ErrDamaged
	}
	config, err := c.size(bytes.NewReader(data))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	case config.Width > MaxSide || config.Height > MaxSide:
		return nil, fmt.Errorf("%w: %d x %d pixels", ErrTooLarge, config.Width, config.Height)
	}
	decoded, err := c.read(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	b := decoded.Bounds()
	if b.Empty() || b.Dx() > MaxSide || b.Dy() > MaxSide {
		return nil, ErrDamaged
	}
	img = image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(img, img.Rect, decoded, b.Min, draw.Src)
	return img, nil
}
