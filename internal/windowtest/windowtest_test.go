// Package windowtest drives the real program in a real window on a virtual screen, and looks at the pictures: what the
// test driver of the toolkit can't see. It runs where NABAR_WINDOW names the built program and the tools are at hand.
package windowtest

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"nabar/model"
	"nabar/model/symbology"
)

const (
	width, height = 1600, 1000
	startLimit    = 90 * time.Second // a slow machine may take its time to the first map
)

// screen is a virtual screen with the program on it.
type screen struct {
	t       *testing.T
	display string
	memory  string // folder that the screen's memory lies in, as a file
	program *exec.Cmd
}

func TestRealWindow(t *testing.T) {
	s := start(t, nil)
	began := time.Now()
	first := s.waitFor("the map of the demo kommun", func(img image.Image) bool { return commonest(mapPart(img)) < 0.9 })
	t.Logf("first map seen after %.1f s", time.Since(began).Seconds())

	t.Run("wheel zooms", func(t *testing.T) {
		s.xdo("mousemove", "750", "520", "click", "--repeat", "3", "--delay", "60", "4")
		s.waitFor("a closer map", func(img image.Image) bool { return differs(mapPart(img), mapPart(first)) > 0.2 })
	})
	t.Run("drag pans", func(t *testing.T) {
		before := s.settled()
		s.xdo("mousemove", "750", "520", "mousedown", "1")
		for i := 1; i <= 10; i++ {
			s.xdo("mousemove", fmt.Sprint(750+15*i), fmt.Sprint(520+8*i))
		}
		s.xdo("mouseup", "1")
		s.waitFor("a moved map", func(img image.Image) bool { return differs(mapPart(img), mapPart(before)) > 0.1 })
	})
	t.Run("home shows the whole kommun again", func(t *testing.T) {
		s.xdo("mousemove", "750", "520", "click", "1")
		s.xdo("key", "Home")
		s.waitFor("the whole kommun", func(img image.Image) bool { return differs(mapPart(img), mapPart(first)) < 0.05 })
	})
	t.Run("a click identifies", func(t *testing.T) {
		before := s.settled()
		x, y := symbolOn(before, symbology.SymbolOf("dagligvaror", []model.ServiceType{{ID: "dagligvaror"}}).Colour)
		if x == 0 {
			t.Fatal("no grocery shop is seen")
		}
		s.xdo("mousemove", fmt.Sprint(x), fmt.Sprint(y), "click", "1")
		s.waitFor("a card", func(img image.Image) bool { return differs(mapPart(img), mapPart(before)) > 0.04 })
		s.xdo("key", "Escape")
	})
	t.Run("back leads to the view before", func(t *testing.T) {
		before := s.settled()
		s.xdo("mousemove", "750", "520", "click", "--repeat", "3", "--delay", "60", "4")
		s.waitFor("a closer map", func(img image.Image) bool { return differs(mapPart(img), mapPart(before)) > 0.2 })
		s.xdo("key", "alt+Left")
		s.waitFor("the view before", func(img image.Image) bool { return differs(mapPart(img), mapPart(before)) < 0.05 })
	})
	t.Run("no blank map at the end", func(t *testing.T) {
		if share := commonest(mapPart(s.settled())); share > 0.9 {
			t.Errorf("%.0f %% of the map is one colour", 100*share)
		}
	})
	t.Run("still alive", func(t *testing.T) {
		if s.program.ProcessState != nil {
			t.Fatal("the program has ended")
		}
	})
	s.keep("window")
}

// start puts the program on a virtual screen with a home of its own, so that it begins as on a new machine. It is given
// arguments and further variables of its environment.
func start(t *testing.T, args []string, env ...string) *screen {
	t.Helper()
	program := os.Getenv("NABAR_WINDOW")
	if program == "" {
		t.Skip("NABAR_WINDOW does not name the program with its window: make test-window does")
	}
	for _, tool := range []string{"Xvfb", "xdotool", "import"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed: scripts/setup test installs it", tool)
		}
	}
	s := &screen{t: t, memory: t.TempDir()}
	s.startXvfb()
	if _, err := exec.LookPath("openbox"); err == nil {
		s.run(exec.Command("openbox"))
	}
	home := t.TempDir()
	for _, dir := range []string{"config", "data", "cache"} {
		if err := os.Mkdir(filepath.Join(home, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	s.program = exec.Command(program, args...)
	s.program.Dir = home
	s.program.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+filepath.Join(home, "config"),
		"XDG_DATA_HOME="+filepath.Join(home, "data"), "XDG_CACHE_HOME="+filepath.Join(home, "cache"))
	s.program.Env = append(s.program.Env, env...)
	s.run(s.program)
	return s
}

// startXvfb starts a virtual screen on the first free display.
func (s *screen) startXvfb() {
	s.t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { r.Close() }) // not before the server ends: it dies when it can't write its number whole
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height), "+extension", "GLX", "-nolisten", "tcp", "-fbdir", s.memory)
	cmd.ExtraFiles = []*os.File{w}
	s.run(cmd)
	w.Close()
	r.SetReadDeadline(time.Now().Add(20 * time.Second))
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		s.t.Fatalf("Xvfb did not start: %v", err)
	}
	s.display = ":" + strings.TrimSpace(line)
}

// run starts a process that ends with the test.
func (s *screen) run(cmd *exec.Cmd) {
	s.t.Helper()
	if cmd.Env == nil {
		cmd.Env = os.Environ()
	}
	cmd.Env = append(cmd.Env, "DISPLAY="+s.display, "LIBGL_ALWAYS_SOFTWARE=1", "LANG=sv_SE.UTF-8", "WAYLAND_DISPLAY=")
	var log bytes.Buffer
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		s.t.Fatalf("%s: %v", cmd.Path, err)
	}
	s.t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
		if s.t.Failed() && log.Len() > 0 {
			s.t.Logf("%s said: %s", filepath.Base(cmd.Path), log.String())
		}
	})
}

// xdo plays mouse and keys.
func (s *screen) xdo(args ...string) {
	s.t.Helper()
	cmd := exec.Command("xdotool", args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+s.display)
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("xdotool %v: %v %s", args, err, out)
	}
}

// picture takes a picture of the screen.
func (s *screen) picture() (image.Image, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "import", "-window", "root", "png:-")
	cmd.Env = append(os.Environ(), "DISPLAY="+s.display)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	data, err := io.ReadAll(out)
	if err != nil {
		return nil, err
	}
	if err := cmd.Wait(); err != nil {
		return nil, err
	}
	return png.Decode(bytes.NewReader(data))
}

// waitFor takes pictures until one is as wanted.
func (s *screen) waitFor(what string, wanted func(image.Image) bool) image.Image {
	s.t.Helper()
	var last image.Image
	for end := time.Now().Add(startLimit); time.Now().Before(end); time.Sleep(300 * time.Millisecond) {
		img, err := s.picture()
		if err != nil {
			continue
		}
		last = img
		if wanted(img) {
			return s.settled()
		}
	}
	if last != nil {
		s.save("failed", last)
	}
	s.t.Fatalf("did not see %s within %v", what, startLimit)
	return nil
}

// settled takes pictures until two in a row are alike: the background drawing is done.
func (s *screen) settled() image.Image {
	s.t.Helper()
	var last image.Image
	for range 40 {
		img, err := s.picture()
		if err != nil {
			s.t.Fatal(err)
		}
		if last != nil && differs(mapPart(img), mapPart(last)) < 0.001 {
			return img
		}
		last = img
		time.Sleep(300 * time.Millisecond)
	}
	return last
}

// keep saves the screen as it is, where NABAR_PICTURES names a folder.
func (s *screen) keep(name string) {
	if img, err := s.picture(); err == nil {
		s.save(name, img)
	}
}

// save writes a picture, where NABAR_PICTURES names a folder.
func (s *screen) save(name string, img image.Image) {
	dir := os.Getenv("NABAR_PICTURES")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		s.t.Log(err)
		return
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		s.t.Log(err)
	}
}

// mapPart is where the map is: between the panels, under the toolbar, above the status bar.
func mapPart(img image.Image) image.Image {
	type cropper interface {
		SubImage(image.Rectangle) image.Image
	}
	return img.(cropper).SubImage(image.Rect(320, 160, 1180, 900))
}

// commonest is the share of the commonest colour: nearly all of an empty window, far from all of a map.
func commonest(img image.Image) float64 {
	count := map[[3]uint32]int{}
	n, most := 0, 0
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y += 3 {
		for x := b.Min.X; x < b.Max.X; x += 3 {
			n++
			r, g, bl, _ := img.At(x, y).RGBA()
			c := [3]uint32{r >> 8, g >> 8, bl >> 8}
			count[c]++
			most = max(most, count[c])
		}
	}
	return float64(most) / float64(n)
}

// differs is the share of every third pixel that is not the same in two pictures of one size.
func differs(a, b image.Image) float64 {
	n, other := 0, 0
	r := a.Bounds()
	for y := r.Min.Y; y < r.Max.Y; y += 3 {
		for x := r.Min.X; x < r.Max.X; x += 3 {
			n++
			r1, g1, b1, _ := a.At(x, y).RGBA()
			r2, g2, b2, _ := b.At(x, y).RGBA()
			if r1 != r2 || g1 != g2 || b1 != b2 {
				other++
			}
		}
	}
	return float64(other) / float64(n)
}
