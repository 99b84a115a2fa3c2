package mapview

import (
	"context"
	"image"
	"sync"
	"time"

	"nabar/mapview/render"
)

// Renderer draws the map of a view into the whole of dst, whose size is the view's. It is called from one goroutine at
// a time, never the window's, and gives up when ctx ends.
type Renderer interface {
	Draw(ctx context.Context, dst *image.RGBA, v render.View) error
}

// frame is a finished picture and the view that it shows.
type frame struct {
	img    *image.RGBA
	view   render.View
	source Renderer // that drew it
}

// spareBuffers is how many idle buffers are kept: with the one on screen and the one being drawn there are never
// fewer than three, so that a picture that the painter may still read is not drawn over.
const spareBuffers = 2

// frames draws pictures in the background. There is one slot for the next view: a newer wish replaces an older one
// that has not been begun, and a picture that has been begun is finished, so that a long zoom is never without news.
type frames struct {
	dispatch Dispatcher
	show     func(frame) // on the window's thread; gives back the frame that it replaces through release
	fail     func(error) // on the window's thread

	mu      sync.Mutex
	source  Renderer
	wish    *render.View
	drawing bool
	closed  bool
	cancel  context.CancelFunc
	free    []*image.RGBA
}

// setSource makes r draw from now on and drops what the one before was drawing. A nil r draws nothing.
func (f *frames) setSource(r Renderer) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.source = r
	if f.cancel != nil {
		f.cancel()
	}
}

// renewSource makes r draw from now on. What is being drawn is finished and shown first: renderers that come faster than
// they can be drawn never leave the map without news.
func (f *frames) renewSource(r Renderer) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.source = r
}

// request wishes for a picture of v. It returns at once.
func (f *frames) request(v render.View) {
	if v.Width <= 0 || v.Height <= 0 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.wish = &v
	if !f.drawing && f.source != nil && !f.closed {
		f.drawing = true
		go f.loop()
	}
}

// close ends the drawing for good.
func (f *frames) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
	if f.cancel != nil {
		f.cancel()
	}
}

// task is one picture to draw.
type task struct {
	ctx    context.Context
	source Renderer
	view   render.View
	img    *image.RGBA
}

// rest is how long a wish waits before it is drawn. The last picture, moved and scaled, is painted meanwhile with all processors
// to itself, and of several turns of the wheel in one frame only the last is drawn.
const rest = 10 * time.Millisecond

// loop draws until nobody wishes for more.
func (f *frames) loop() {
	for {
		time.Sleep(rest)
		t, ok := f.next()
		if !ok {
			return
		}
		err := t.source.Draw(t.ctx, t.img, t.view)
		f.deliver(t, err)
	}
}

// next takes the wish out of the slot.
func (f *frames) next() (task, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.wish == nil || f.source == nil || f.closed {
		f.drawing = false
		return task{}, false
	}
	v := *f.wish
	f.wish = nil
	ctx, cancel := context.WithCancel(context.Background())
	f.cancel = cancel
	return task{ctx: ctx, source: f.source, view: v, img: f.buffer(v.Width, v.Height)}, true
}

// deliver shows a picture and waits until it is shown: a slow window slows the drawing, never piles pictures up.
func (f *frames) deliver(t task, err error) {
	dropped := t.ctx.Err() != nil
	f.mu.Lock()
	f.cancel()
	f.cancel = nil
	f.mu.Unlock()
	if dropped || err != nil {
		f.release(t.img)
	}
	if dropped {
		return
	}
	done := make(chan struct{})
	f.dispatch(func() {
		defer close(done)
		if err != nil {
			f.fail(err)
			return
		}
		f.show(frame{img: t.img, view: t.view, source: t.source})
	})
	<-done
}

// buffer gives an idle buffer of the size, or a new one. The lock is held.
func (f *frames) buffer(w, h int) *image.RGBA {
	for i, img := range f.free {
		if img.Rect.Dx() == w && img.Rect.Dy() == h {
			f.free = append(f.free[:i], f.free[i+1:]...)
			return img
		}
	}
	return image.NewRGBA(image.Rect(0, 0, w, h))
}

// release gives a buffer back that nobody shows any more.
func (f *frames) release(img *image.RGBA) {
	if img == nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.free = append(f.free, img)
	if len(f.free) > spareBuffers {
		f.free = f.free[1:]
	}
}
