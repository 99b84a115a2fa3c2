package windowtest

import (
	"bytes"
	"fmt"
	"image"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"nabar/model"
	"nabar/model/symbology"
)

// moves is how many moves of the mouse a measured drag has, pause how long the hand rests between them.
const (
	moves = 240
	pause = 16 * time.Millisecond
)

// TestRealWindowDrag drags a grocery shop about and reads how long each move of the mouse took until the map and the figures
// that take it in were painted. NABAR_PROJECT names another project than the demo kommun.
func TestRealWindowDrag(t *testing.T) {
	log := filepath.Join(t.TempDir(), "live.log")
	var args []string
	if project := os.Getenv("NABAR_PROJECT"); project != "" {
		args = []string{project}
	}
	s := start(t, args, "NABAR_LIVE_LOG="+log)
	s.waitFor("the map", func(img image.Image) bool { return commonest(mapPart(img)) < 0.9 })
	time.Sleep(3 * time.Second) // the figures are computed
	before := s.settled()
	s.xdo("mousemove", "1000", "860", "click", "1", "key", "ctrl+t")
	time.Sleep(2 * time.Second)
	s.keep("live-ready")
	x, y := symbolOn(s.settled(), symbology.SymbolOf("dagligvaror", []model.ServiceType{{ID: "dagligvaror"}}).Colour)
	if x == 0 {
		t.Fatal("no grocery shop is seen")
	}
	mouse := s.pointer()
	mouse.move(x, y)
	mouse.press(1)
	spent, begun := s.spent(), time.Now()
	for i := range moves * 3 / 4 {
		turn := 2 * math.Pi * float64(i) / moves
		mouse.move(x+int(90*math.Sin(turn)), y+int(60*(1-math.Cos(turn))))
		time.Sleep(pause)
	}
	t.Logf("processor time of the program while dragging: %.2f s in %.2f s", (s.spent() - spent).Seconds(), time.Since(begun).Seconds())
	time.Sleep(time.Second)
	s.keep("live-drag")
	s.xdo("key", "Escape", "mouseup", "1")
	report(t, log)
	s.xdo("key", "Escape", "key", "Escape")
	s.waitFor("the map as it was", func(img image.Image) bool { return differs(mapPart(img), mapPart(before)) < 0.02 })
}

// spent is the processor time that the program has taken so far.
func (s *screen) spent() time.Duration {
	s.t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.program.Process.Pid))
	if err != nil {
		s.t.Fatal(err)
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	ticks := 0
	for _, field := range fields[11:13] { // in user and in kernel mode
		n, err := strconv.Atoi(field)
		if err != nil {
			s.t.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * time.Second / 100
}

// report reads the times of a drag.
func report(t *testing.T, log string) {
	t.Helper()
	data, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	var took []float64
	stages := make([][]float64, 4)
	for line := range strings.Lines(string(data)) {
		for i, field := range strings.Fields(line) {
			v, err := strconv.ParseFloat(field, 64)
			if err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				took = append(took, v)
			} else {
				stages[i-1] = append(stages[i-1], v)
			}
		}
	}
	if len(took) < moves/6 { // the toolkit tells the last of the moves between two frames
		t.Fatalf("%d of %d moves were painted", len(took), moves*3/4)
	}
	slices.Sort(took)
	for i, name := range []string{"until the try began", "try and picture", "until it was on the map", "paint"} {
		slices.Sort(stages[i])
		t.Logf("%s: p50 %.1f ms, p95 %.1f ms", name, stages[i][len(took)/2], stages[i][len(took)*95/100])
	}
	load, _ := os.ReadFile("/proc/loadavg")
	t.Logf("from mouse move to painted map and figures, %d moves: p50 %.1f ms, p95 %.1f ms, worst %.1f ms; load %s",
		len(took), took[len(took)/2], took[len(took)*95/100], took[len(took)-1], strings.TrimSpace(string(load)))
}

// symbolOn finds the middle of a symbol of a colour on the right upper part of the map, where neither card nor legend lies; 0
// where there is none.
func symbolOn(img image.Image, c symbology.Colour) (x, y int) {
	want := c.NRGBA()
	near := func(a uint32, b uint8) bool { return math.Abs(float64(a>>8)-float64(b)) < 12 }
	most := 20 // pixels that make a symbol
	const reach = 7
	for cy := 240; cy < 620; cy += 3 {
		for cx := 700; cx < 1080; cx += 3 {
			n := 0
			for dy := -reach; dy <= reach; dy++ {
				for dx := -reach; dx <= reach; dx++ {
					r, g, b, _ := img.At(cx+dx, cy+dy).RGBA()
					if near(r, want.R) && near(g, want.G) && near(b, want.B) {
						n++
					}
				}
			}
			if n > most {
				most, x, y = n, cx, cy
			}
		}
	}
	return x, y
}
