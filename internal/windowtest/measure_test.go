package windowtest

import (
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"image"
	"os"
	"path/filepath"
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
	s.xdo("mousemove", "750", "520")
	var least time.Duration
	for i := range 8 {
		f.quiet(t, middle)
		before := f.sum(t, middle)
		start := time.Now()
		turned := make(chan struct{})
		go func() { // the time that this program takes to start is part of what is measured
			defer close(turned)
			s.xdo("click", []string{"4", "5"}[i%2])
		}()
		for f.sum(t, middle) == before {
			if time.Since(start) > 5*time.Second {
				t.Fatal("the wheel changes nothing")
			}
			time.Sleep(200 * time.Microsecond)
		}
		whole := time.Since(start)
		if least == 0 || whole < least {
			least = whole
		}
		t.Logf("wheel to first changed pixel: %v", whole.Round(time.Millisecond/10))
		<-turned
	}
	f.quiet(t, middle)
	frames, seconds := s.drag(f, middle)
	t.Logf("wheel to first changed pixel, least of 8: %v", least.Round(time.Millisecond/10))
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

// drag drags the map for two seconds, 60 movements a second, and counts the pictures that are seen.
func (s *screen) drag(f *framebuffer, part image.Rectangle) (frames int, seconds float64) {
	args := []string{"mousemove", "700", "500", "mousedown", "1"}
	for i := range 120 {
		args = append(args, "mousemove", fmt.Sprint(700+i), fmt.Sprint(500+i/2), "sleep", "0.0166")
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.xdo(append(args, "mouseup", "1")...)
	}()
	last := f.sum(s.t, part)
	var first, latest time.Time
	for {
		if now := f.sum(s.t, part); now != last {
			last, latest = now, time.Now()
			if frames++; frames == 1 {
				first = latest
			}
		}
		select {
		case <-done:
			return frames, max(latest.Sub(first).Seconds(), 0.001)
		case <-time.After(time.Millisecond):
		}
	}
}
