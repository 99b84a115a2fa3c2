package render

import (
	"image"
	"math"
	"sync"
)

// textMask is what a text covers of each pixel: its halo with the letters, nil where there is none, and the letters alone.
type textMask struct {
	box     image.Rectangle // pixels of the picture, the whole text's
	halo    []uint8
	letters []uint8
}

// mostTexts is how many texts a scene keeps the masks of: some screens full.
const mostTexts = 512

// textMasks keeps the masks of the texts of a scene. Halos are the dearest part of a map to draw, and while somebody tries
// something out the same names are drawn again for each move of the mouse. It is safe for concurrent use.
type textMasks struct {
	mu    sync.Mutex
	known map[Text]*textMask
}

// get gives the mask of a text in pictures of a width.
func (t *textMasks) get(text Text, width int) *textMask {
	if t == nil {
		return newTextMask(text, width)
	}
	t.mu.Lock()
	m := t.known[text]
	t.mu.Unlock()
	if m != nil && m.box.Max.X <= width {
		return m
	}
	m = newTextMask(text, width)
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.known) >= mostTexts || t.known == nil {
		t.known = map[Text]*textMask{}
	}
	t.known[text] = m
	return m
}

// newTextMask lays a text down.
func newTextMask(t Text, width int) *textMask {
	var p Path
	t.outlines(&p)
	x0, y0, x1, y1, ok := p.Bounds()
	if !ok {
		return &textMask{}
	}
	reach := t.HaloWidth + 1
	m := &textMask{box: image.Rect(int(math.Floor(x0-reach)), int(math.Floor(y0-reach)), int(math.Ceil(x1+reach)), int(math.Ceil(y1+reach)))}
	m.box = m.box.Intersect(image.Rect(0, m.box.Min.Y, width, m.box.Max.Y))
	if m.box.Empty() {
		return &textMask{}
	}
	for i := 0; i < len(p.XY); i += 2 {
		p.XY[i] -= float64(m.box.Min.X)
	}
	lay := func(halo bool) []uint8 {
		r := Raster{mask: newMask(m.box.Dx(), m.box.Dy())}
		r.mask.top = m.box.Min.Y
		r.mask.fill(&p, &r.z)
		if halo {
			r.stroke(&p, t.HaloWidth, nil)
		}
		return r.mask.cover
	}
	if t.HaloWidth > 0 && !t.Halo.IsZero() {
		m.halo = lay(true)
	}
	m.letters = lay(false)
	return m
}

// lay lays the rows of a text's mask that lie in the band into an empty mask.
func (m *mask) lay(box image.Rectangle, cover []uint8) {
	from, to := max(box.Min.Y-m.top, 0), min(box.Max.Y-m.top, m.h)
	if from >= to {
		return
	}
	for y := from; y < to; y++ {
		row := cover[(y+m.top-box.Min.Y)*box.Dx():]
		copy(m.cover[y*m.w+box.Min.X:y*m.w+box.Max.X], row[:box.Dx()])
	}
	m.touch(box.Min.X, from, box.Max.X, to)
}
