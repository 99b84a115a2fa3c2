package render

import (
	"container/list"
	"context"
	"image"
	"math"
	"sync"
	"time"

	xdraw "golang.org/x/image/draw"

	"nabar/model/format/tile"
)

// Tiles are the pictures of an archive of map tiles: made when they are asked for, and kept as long as there is room. They
// are safe for concurrent use.
type Tiles struct {
	archive tile.Archive
	info    tile.Info
	side    int // pixels of every picture
	arrived func()
	life    context.Context // ends when the archive is closed
	end     context.CancelFunc

	mu      sync.Mutex
	kept    map[picKey]*list.Element
	order   list.List // of *keptPicture, the one used last in front
	bytes   int
	limit   int
	wanted  []picKey // by a map on a screen, the most wanted last
	working int
	news    chan struct{} // closed at the next arrival
	told    time.Time     // when arrived was called last
	faults  int           // tiles that could not be read, one after the other
	last    [2]warpedPicture
}

// picKey names a picture: that of a tile, halved so many times for views that show more than the archive's lowest level.
type picKey struct {
	tile.Key
	halved uint8
}

// keptPicture is a picture in the cache; nil is known to be nothing.
type keptPicture struct {
	key picKey
	img *image.RGBA
}

// tilesLimit is how many bytes of pictures are kept for a basemap.
const tilesLimit = 96 << 20

// manyFaults is how many tiles in a row may fail before an archive is taken to be out of reach.
const manyFaults = 30

// The pictures of vector tiles, which are drawn and not decoded: their side, and how many levels beyond the archive's last
// they are drawn anew instead of being enlarged.
const (
	vectorSide   = 512
	vectorBeyond = 4
)

// NewTiles makes ready to show an archive. arrived, where there is one, is told from another goroutine when tiles that a
// picture was drawn without have come: it is time to draw again.
func NewTiles(archive tile.Archive, arrived func()) *Tiles {
	t := &Tiles{
		archive: archive, info: archive.Info(), arrived: arrived, limit: tilesLimit,
		kept: map[picKey]*list.Element{}, news: make(chan struct{}), side: 256,
	}
	t.life, t.end = context.WithCancel(context.Background())
	switch data, err := archive.First(t.life); {
	case !t.info.Kind.Raster():
		t.side = vectorSide
	case err == nil:
		if img, err := tile.Decode(data); err == nil {
			t.side = sideOf(img.Rect.Dx())
		}
	}
	return t
}

// sideOf is the power of two that pictures of a width are kept at.
func sideOf(width int) int {
	for _, side := range []int{256, 512} {
		if width < side+side/2 {
			return side
		}
	}
	return 1024
}

// Info is what the archive says of itself.
func (t *Tiles) Info() tile.Info { return t.info }

// Close ends the loading and closes the archive.
func (t *Tiles) Close() error {
	t.end()
	return t.archive.Close()
}

// lastZoom is the deepest level that there are pictures of.
func (t *Tiles) lastZoom() uint8 {
	if t.info.Kind.Raster() {
		return t.info.MaxZoom
	}
	return min(t.info.MaxZoom+vectorBeyond, tile.MaxZoom)
}

// cached gives a picture that is there already.
func (t *Tiles) cached(k picKey) (img *image.RGBA, known bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	e, known := t.kept[k]
	if !known {
		return nil, false
	}
	t.order.MoveToFront(e)
	return e.Value.(*keptPicture).img, true
}

// keep takes a picture up, and gives those up that have been unused the longest where there is no room.
func (t *Tiles) keep(k picKey, img *image.RGBA) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, known := t.kept[k]; known {
		return
	}
	t.kept[k] = t.order.PushFront(&keptPicture{k, img})
	t.bytes += weight(img)
	for t.bytes > t.limit && t.order.Len() > 1 {
		e := t.order.Back()
		old := e.Value.(*keptPicture)
		t.order.Remove(e)
		delete(t.kept, old.key)
		t.bytes -= weight(old.img)
	}
}

// weight is what a picture takes of the room; one that is known to be nothing takes some too.
func weight(img *image.RGBA) int {
	if img == nil {
		return 200
	}
	return len(img.Pix) + 200
}

// picture gives the picture of a tile, nil where the archive shows nothing there: the tile's own; where there is none, the
// enlarged part of the one above it. One that is damaged or too large is nothing.
func (t *Tiles) picture(ctx context.Context, k picKey) (*image.RGBA, error) {
	if img, known := t.cached(k); known {
		return img, nil
	}
	img, err := t.make(ctx, k)
	if err != nil {
		return nil, err
	}
	t.keep(k, img)
	return img, nil
}

// make makes a picture. Its error is that of an ended context, or of a file that can't be reached.
func (t *Tiles) make(ctx context.Context, k picKey) (*image.RGBA, error) {
	if k.halved > 0 {
		img, err := t.picture(ctx, picKey{k.Key, k.halved - 1})
		if img == nil || err != nil {
			return nil, err
		}
		return halve(img), nil
	}
	img, found, err := t.own(ctx, k.Key)
	if err != nil || found {
		return img, err
	}
	if k.Z <= t.info.MinZoom {
		return nil, nil
	}
	above, err := t.picture(ctx, picKey{Key: k.Up(1)})
	if above == nil || err != nil {
		return nil, err
	}
	return enlarge(above, k.Key, 1), nil
}

// own reads and decodes the tile itself; found is false where the archive has none.
func (t *Tiles) own(ctx context.Context, k tile.Key) (img *image.RGBA, found bool, err error) {
	beyond := uint8(max(int(k.Z)-int(t.info.MaxZoom), 0))
	data, err := t.data(ctx, k.Up(beyond))
	if data == nil || err != nil {
		return nil, false, err
	}
	if t.info.Kind.Raster() {
		if img, err = tile.Decode(data); err != nil {
			return nil, true, nil // blank, as was said at the import
		}
		return t.fit(img), true, nil
	}
	return drawVectors(data, k, beyond, t.side), true, nil
}

// data reads a tile. One that is damaged in the file is empty; the reading ends where nothing can be read any more.
func (t *Tiles) data(ctx context.Context, k tile.Key) ([]byte, error) {
	t.mu.Lock()
	dead := t.faults >= manyFaults
	t.mu.Unlock()
	if dead {
		return []byte{}, nil
	}
	data, err := t.archive.Tile(ctx, k)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil {
		t.faults++
		return []byte{}, nil
	}
	t.faults = 0
	return data, nil
}

// fit brings a picture to the side that all have.
func (t *Tiles) fit(img *image.RGBA) *image.RGBA {
	if img.Rect.Dx() == t.side && img.Rect.Dy() == t.side {
		return img
	}
	out := image.NewRGBA(image.Rect(0, 0, t.side, t.side))
	xdraw.ApproxBiLinear.Scale(out, out.Rect, img, img.Rect, xdraw.Src, nil)
	return out
}

// enlarge gives the part of a picture that the tile k takes, so many levels below the picture's own tile, at full size.
func enlarge(img *image.RGBA, k tile.Key, levels uint8) *image.RGBA {
	side := img.Rect.Dx()
	out := image.NewRGBA(img.Rect)
	part := float64(side) / float64(uint(1)<<levels)
	x0, y0 := float64(k.X&(1<<levels-1))*part, float64(k.Y&(1<<levels-1))*part
	for y := range side {
		for x := range side {
			sx := x0 + (float64(x)+0.5)*part/float64(side) - 0.5
			sy := y0 + (float64(y)+0.5)*part/float64(side) - 0.5
			mix(out.Pix[out.PixOffset(x, y):], img, sx, sy)
		}
	}
	return out
}

// mix writes the colour of a picture between its pixels, which its edges continue.
func mix(into []uint8, img *image.RGBA, x, y float64) {
	side := float64(img.Rect.Dx() - 1)
	x, y = math.Min(math.Max(x, 0), side), math.Min(math.Max(y, 0), side)
	ix, iy := int(x), int(y)
	jx, jy := min(ix+1, int(side)), min(iy+1, int(side))
	wx, wy := uint32((x-float64(ix))*256), uint32((y-float64(iy))*256)
	a, b := img.Pix[img.PixOffset(ix, iy):], img.Pix[img.PixOffset(jx, iy):]
	c, d := img.Pix[img.PixOffset(ix, jy):], img.Pix[img.PixOffset(jx, jy):]
	for i := range 4 {
		into[i] = between(a[i], b[i], c[i], d[i], wx, wy)
	}
}

// between mixes four values by weights in 1/256.
func between(a, b, c, d uint8, wx, wy uint32) uint8 {
	top := uint32(a)*(256-wx) + uint32(b)*wx
	low := uint32(c)*(256-wx) + uint32(d)*wx
	return uint8((top*(256-wy) + low*wy + 1<<15) >> 16)
}

// halve gives a picture at half its size.
func halve(img *image.RGBA) *image.RGBA {
	side := max(img.Rect.Dx()/2, 1)
	out := image.NewRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		a, b := img.Pix[2*y*img.Stride:], img.Pix[min(2*y+1, img.Rect.Dy()-1)*img.Stride:]
		for x := range 4 * side {
			i := x/4*8 + x%4
			j := min(i+4, 4*img.Rect.Dx()-4+x%4)
			out.Pix[y*out.Stride+x] = uint8((uint32(a[i]) + uint32(a[j]) + uint32(b[i]) + uint32(b[j]) + 2) / 4)
		}
	}
	return out
}
