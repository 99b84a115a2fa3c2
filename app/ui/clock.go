package ui

import (
	"fmt"
	"image/color"
	"io"
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// liveLog names the environment variable with the file that the times from a move of the mouse to the painted map are
// written to. It is for measuring: a line for each move, in the order in which they were painted, with milliseconds in all, and
// those until the try began, of the try and its picture, until that was put on the map, and until it was painted.
const liveLog = "NABAR_LIVE_LOG"

// clock measures how long the map takes to follow the mouse. Without a log it only counts the moves.
type clock struct {
	moves   int
	log     io.Writer
	waiting []move
	shown   stages // of the picture that is painted next
	painted *canvas.Raster
}

// move is a move of the mouse that has not been painted yet.
type move struct {
	number int
	at     time.Time
}

// stages are how far a try has come, and the last move that it takes in.
type stages struct {
	last                   int
	begun, computed, shown time.Time
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
	return &clock{log: f}
}

// moved notes a move.
func (c *clock) moved(at time.Time) {
	c.moves++
	if c.log != nil {
		c.waiting = append(c.waiting, move{c.moves, at})
	}
}

// drawn notes that a picture is put on the map that takes all moves up to one in, and when it was begun and computed. The
// point is painted after the map, in the same pass.
func (c *clock) drawn(last int, begun, computed time.Time) {
	if c.painted == nil || last <= c.shown.last {
		return
	}
	c.shown = stages{last, begun, computed, time.Now()}
	c.painted.Refresh()
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
	c.painted.Resize(fyne.NewSquareSize(1))
	return c.painted
}

// write writes the times of the moves that have been painted.
func (c *clock) write(now time.Time) {
	for len(c.waiting) > 0 && c.waiting[0].number <= c.shown.last {
		at := c.waiting[0].at
		c.waiting = c.waiting[1:]
		line := milliseconds(now.Sub(at))
		for _, t := range []time.Time{c.shown.begun, c.shown.computed, c.shown.shown, now} {
			line += " " + milliseconds(t.Sub(at))
			at = t
		}
		fmt.Fprintln(c.log, line)
	}
}

// milliseconds writes a time.
func milliseconds(d time.Duration) string { return fmt.Sprintf("%.2f", float64(d.Microseconds())/1000) }
