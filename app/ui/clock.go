package ui

import (
	"fmt"
	"image/color"
	"io"
	"maps"
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"nabar/mapview"
	"nabar/mapview/render"
)

// liveLog names the environment variable with the file that the times from a move of the mouse to the painted map are
// written to: a line of milliseconds for each move, in the order in which they were painted. It is for measuring.
const liveLog = "NABAR_LIVE_LOG"

// clock measures how long the map takes to follow the mouse. Without a log it only counts the moves.
type clock struct {
	moves   int
	log     io.Writer
	waiting []move
	of      map[mapview.Renderer]int // the last move that a picture takes in
	shown   int
	painted *canvas.Raster
}

// move is a move of the mouse that has not been painted yet.
type move struct {
	number int
	at     time.Time
}

// newClock makes a clock that writes where the environment wants it to.
func newClock() *clock {
	path := os.Getenv(liveLog)
	if path == "" {
		return &clock{}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		fyne.LogError("measuring", err)
		return &clock{}
	}
	return &clock{log: f, of: map[mapview.Renderer]int{}}
}

// moved notes a move.
func (c *clock) moved(at time.Time) {
	c.moves++
	if c.log != nil {
		c.waiting = append(c.waiting, move{c.moves, at})
	}
}

// drawn notes that a picture takes all moves up to one in.
func (c *clock) drawn(scene *render.Scene, last int) {
	if c.log != nil {
		c.of[scene] = last
	}
}

// same notes that a picture takes the same moves in as another.
func (c *clock) same(as, scene *render.Scene) {
	if c.log != nil {
		c.of[scene] = c.of[as]
	}
}

// show has the time of painting noted: the point is painted after the map, in the same pass.
func (c *clock) show(r mapview.Renderer) {
	if last, ok := c.of[r]; ok && c.log != nil && c.painted != nil && last > c.shown {
		c.shown = last
		maps.DeleteFunc(c.of, func(_ mapview.Renderer, n int) bool { return n < last })
		c.painted.Refresh()
	}
}

// point is a point of the window that is painted after all that lies below it, nil where nothing is measured.
func (c *clock) point() fyne.CanvasObject {
	if c.log == nil {
		return nil
	}
	c.painted = canvas.NewRasterWithPixels(func(int, int, int, int) color.Color {
		c.write(time.Now())
		return color.Transparent
	})
	return c.painted
}

// write writes the times of the moves that have been painted.
func (c *clock) write(now time.Time) {
	for len(c.waiting) > 0 && c.waiting[0].number <= c.shown {
		fmt.Fprintf(c.log, "%.2f\n", float64(now.Sub(c.waiting[0].at).Microseconds())/1000)
		c.waiting = c.waiting[1:]
	}
}
