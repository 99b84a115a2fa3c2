package windowtest

import (
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// framebuffer is the virtual screen's memory as a file in the X window dump format: a look at it costs some microseconds, where a
// picture taken by a program costs a tenth of a second.
type framebuffer struct {
	file   *os.File
	offset int64 // of the first pixel
	stride int64 // bytes of a row
	seed   maphash.Seed
	row    []byte
}

// openFramebuffer opens the file that Xvfb keeps in a folder.
func openFramebuffer(t *testing.T, dir string) *framebuffer {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "Xvfb_screen0"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	head := make([]byte, 100)
	if _, err := f.ReadAt(head, 0); err != nil {
		t.Fatal(err)
	}
	word := func(i int) int64 { return int64(binary.BigEndian.Uint32(head[4*i:])) }
	const colourEntry = 12 // bytes
	return &framebuffer{file: f, offset: word(0) + word(19)*colourEntry, stride: word(12), seed: maphash.MakeSeed()}
}

// sum is a hash of every tenth row of a part of the screen.
func (f *framebuffer) sum(t *testing.T, r image.Rectangle) uint64 {
	t.Helper()
	var h maphash.Hash
	h.SetSeed(f.seed)
	f.row = append(f.row[:0], make([]byte, 4*r.Dx())...)
	for y := r.Min.Y; y < r.Max.Y; y += 10 {
		if _, err := f.file.ReadAt(f.row, f.offset+int64(y)*f.stride+4*int64(r.Min.X)); err != nil {
			t.Fatal(err)
		}
		h.Write(f.row)
	}
	return h.Sum64()
}

// quiet waits until a part of the screen has not changed for a second.
func (f *framebuffer) quiet(t *testing.T, r image.Rectangle) {
	t.Helper()
	last, since := f.sum(t, r), time.Now()
	for end := time.Now().Add(startLimit); time.Since(since) < time.Second; time.Sleep(20 * time.Millisecond) {
		if now := f.sum(t, r); now != last {
			last, since = now, time.Now()
		}
		if time.Now().After(end) {
			t.Fatal("the screen never comes to rest")
		}
	}
}

// TestMeasureWindow measures the map in the real window: from a turn of the wheel to the first changed pixel, pictures a second
// while the map is dragged, and memory. It logs what it finds, and fails where nothing changes at all. It runs where NABAR_MEASURE is
// set; NABAR_PROJECT names a project other than the demo kommun.
func TestMeasureWindow(t *testing.T) {
	if os.Getenv("NABAR_MEASURE") == "" {
		t.Skip("NABAR_MEASURE is not set: the figures are for a quiet machine")
	}
	var args []string
	if project := os.Getenv("NABAR_PROJECT"); project != "" {
		args = []string{project}
	}
	s := start(t, args)
	s.waitFor("a map", func(img image.Image) bool { return commonest(mapPart(img)) < 0.9 })
	f := openFramebuffer(t, s.memory)
	middle := image.Rect(500, 350, 1000, 700)
	mouse := s.pointer()
	mouse.move(750, 520)
	var took []time.Duration
	for i := range 16 {
		f.quiet(t, middle)
		before := f.sum(t, middle)
		start := time.Now()
		mouse.click([]byte{4, 5}[i%2])
		for f.sum(t, middle) == before {
			if time.Since(start) > 5*time.Second {
				t.Fatal("the wheel changes nothing")
			}
			time.Sleep(200 * time.Microsecond)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	t.Logf("wheel to first changed pixel, %d turns: least %v, median %v, worst %v; a frame is %v", len(took), round(took[0]),
		round(took[len(took)/2]), round(took[len(took)-1]), round(time.Second/60))
	f.quiet(t, middle)
	frames, seconds := s.drag(mouse, f, middle)
	t.Logf("drag: %d pictures in %.2f s, %.0f a second", frames, seconds, float64(frames)/seconds)
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.program.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(string(status), "\n") {
		if strings.HasPrefix(line, "VmRSS") || strings.HasPrefix(line, "VmHWM") {
			t.Log(line)
		}
	}
	if frames < 2 {
		t.Error("the map does not follow the pointer")
	}
}

// round leaves a tenth of a millisecond.
func round(d time.Duration) time.Duration { return d.Round(time.Millisecond / 10) }

// drag drags the map for two seconds, 60 movements a second, and counts the pictures that are seen.
func (s *screen) drag(mouse *pointer, f *framebuffer, part image.Rectangle) (frames int, seconds float64) {
	mouse.move(700, 500)
	mouse.press(1)
	defer mouse.release(1)
	last, begun := f.sum(s.t, part), time.Now()
	var first, latest time.Time
	for moved := 0; moved < 120; {
		if due := int(time.Since(begun).Seconds() * 60); due > moved {
			moved++
			mouse.move(700+moved, 500+moved/2)
		}
		if now := f.sum(s.t, part); now != last {
			last, latest = now, time.Now()
			if frames++; frames == 1 {
				first = latest
			}
		}
		time.Sleep(time.Millisecond)
	}
	return frames, max(latest.Sub(first).Seconds(), 0.001)
}
