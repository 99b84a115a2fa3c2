package tile

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"testing"
)

func ExampleKey_Up() {
	k := Key{Z: 12, X: 2249, Y: 1207}
	fmt.Println(k.Up(2), k.Up(40))
	// Output: {10 562 301} {0 0 0}
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		`&copy; <a href="https://x">OpenStreetMap</a> contributors`: "© OpenStreetMap contributors",
		" Lantmäteriet\n\t2024 ":                                    "Lantmäteriet 2024",
		"a > b":                                                     "a > b",
		"a\u202e\x00b":                                              "ab",
		"<script>":                                                  "",
	} {
		if got := Plain(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
	if n := len([]rune(Plain(string(bytes.Repeat([]byte("å"), 5000))))); n > longestText {
		t.Errorf("%d letters", n)
	}
}

func TestBounds(t *testing.T) {
	for text, good := range map[string]bool{
		"10,55,24,69": true, "10, 55, 24, 69": true, "-180,-90,180,90": true,
		"": false, "1,2,3": false, "24,55,10,69": false, "a,b,c,d": false, "NaN,1,2,3": false, "200,1,300,2": false,
	} {
		if b, ok := ParseBounds(text); ok != good || ok && (b.Max[1] > MaxLatitude || b.Min[0] < -180) {
			t.Errorf("%q: %v %v", text, b, ok)
		}
	}
	b := Box(Key{})
	if w := World(); math.Abs(b.Max[1]-w.Max[1]) > 1e-9 || math.Abs(b.Min[1]-w.Min[1]) > 1e-9 || b.Min[0] != -180 {
		t.Errorf("%v", b)
	}
	// Level 1's south-east quarter.
	if b := Box(Key{Z: 1, X: 1, Y: 1}); b.Min[0] != 0 || math.Abs(b.Max[1]) > 1e-9 {
		t.Errorf("%v", b)
	}
}

// pngOf is the head of a PNG picture that claims a size and holds nothing.
func pngOf(w, h uint32) []byte {
	ihdr := binary.BigEndian.AppendUint32([]byte("IHDR"), w)
	ihdr = append(binary.BigEndian.AppendUint32(ihdr, h), 8, 6, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), ihdr...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(ihdr))
}

// A picture of WebP of one red pixel, lossless.
const redWebP = "524946461a000000574542505650384c0d0000002f00000010071011118888fe0700"

func TestDecode(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 3, 2))
	img.SetNRGBA(2, 1, color.NRGBA{200, 100, 50, 128})
	var asPNG, asJPEG bytes.Buffer
	if err := errors.Join(png.Encode(&asPNG, img), jpeg.Encode(&asJPEG, img, nil)); err != nil {
		t.Fatal(err)
	}
	got, err := Decode(asPNG.Bytes())
	if err != nil || got.Rect != img.Rect || got.RGBAAt(2, 1) != (color.RGBA{100, 50, 25, 128}) {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := Decode(asJPEG.Bytes()); err != nil || got.Rect != img.Rect {
		t.Errorf("JPEG: %v", err)
	}
	web, err := hex.DecodeString(redWebP)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := Decode(web); err != nil || got.Rect.Dx() != 1 {
		t.Errorf("WebP: %v, %v", got, err)
	}
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"wide": {pngOf(MaxSide+1, 1), ErrTooLarge}, "bomb": {pngOf(50000, 50000), ErrTooLarge},
		"empty": {pngOf(1, 1), ErrDamaged}, "nothing": {nil, ErrDamaged}, "vectors": {[]byte{0x1a, 0}, ErrDamaged},
		"half": {asPNG.Bytes()[:40], ErrDamaged}, "half JPEG": {asJPEG.Bytes()[:100], ErrDamaged},
	} {
		if _, err := Decode(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	web, _ := hex.DecodeString(redWebP)
	f.Add(web)
	f.Add(pngOf(4, 4))
	f.Add([]byte("\xff\xd8\xff\xe0"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if img, err := Decode(data); err == nil && (img.Rect.Dx() > MaxSide || img.Rect.Dy() > MaxSide) {
			t.Error(img.Rect)
		}
		_ = Plain(string(data))
	})
}
