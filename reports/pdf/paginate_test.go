package pdf

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"nabar/reports"
)

// TestPaginateKeepsItsPromises tries many sequences of boxes: none is lost or out of order, none overlaps or leaves the
// page, and those that keep together do.
func TestPaginateKeepsItsPromises(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 400 {
		var boxes []box
		var order []int
		for i := range 5 + rng.IntN(60) {
			boxes = append(boxes, box{
				height: 5 + rng.Float64()*120, before: rng.Float64() * 20, after: rng.Float64() * 20, keep: rng.IntN(4) == 0,
				newPage: rng.IntN(12) == 0, anchors: []string{string(rune(i))},
				draw: func(*page, float64, float64) { order = append(order, i) },
			})
		}
		boxes[len(boxes)-1].keep = false
		pageOf := map[int]int{}
		for n, leaf := range paginate(boxes) {
			y := topOfText
			for _, b := range leaf.boxes {
				if b.y < y-1e-6 || b.y+b.height > (frame{}).end()+0.1 {
					t.Fatalf("a box at %.1f high %.1f overlaps or leaves the page", b.y, b.height)
				}
				y = b.y + b.height
				b.draw(nil, 0, 0)
				pageOf[order[len(order)-1]] = n
			}
		}
		for i := range boxes {
			if i >= len(order) || order[i] != i {
				t.Fatalf("box %d is lost or out of order", i)
			}
			if boxes[i].newPage && i > 0 && pageOf[i] == pageOf[i-1] {
				t.Fatalf("box %d does not start a page", i)
			}
			if boxes[i].keep && pageOf[i] != pageOf[i+1] && !boxes[i+1].newPage && kept(boxes, i) <= (frame{}).room() {
				t.Fatalf("box %d has lost its neighbour", i)
			}
		}
	}
}

// kept is the height of all boxes that keep together around box i.
func kept(boxes []box, i int) float64 {
	for i > 0 && boxes[i-1].keep {
		i--
	}
	return heightOf(boxes[i:i+together(boxes[i:])], 0)
}

func TestSqueezeSavesAPage(t *testing.T) {
	var boxes []box
	for range 46 { // 46 · 15 = 690 points, a little more than a page
		boxes = append(boxes, box{height: rowHeight, shrink: rowShrink, draw: func(*page, float64, float64) {}})
	}
	if n := pagesOf(boxes); n != 2 {
		t.Fatalf("%d pages, want 2", n)
	}
	if n := pagesOf(squeeze(boxes)); n != 1 {
		t.Errorf("squeezed to %d pages, want 1", n)
	}
}

func TestShareOfWidth(t *testing.T) {
	for name, c := range map[string]struct {
		least, wanted, weights []float64
		room                   float64
		want                   []float64
	}{
		"room to spare": {[]float64{10, 10}, []float64{20, 30}, []float64{1, 0}, 100, []float64{70, 30}},
		"narrowed":      {[]float64{10, 30}, []float64{90, 30}, []float64{1, 1}, 80, []float64{50, 30}},
		"too narrow":    {[]float64{60, 60}, []float64{90, 90}, []float64{1, 1}, 60, []float64{30, 30}},
	} {
		t.Run(name, func(t *testing.T) {
			got := share(c.least, c.wanted, c.weights, c.room)
			for i := range c.want {
				if got[i] != c.want[i] {
					t.Fatalf("%v, want %v", got, c.want)
				}
			}
		})
	}
}

// TestLongTableRepeatsItsHeader: every page of the table but the first draws the header again, as an artifact.
func TestLongTableRepeatsItsHeader(t *testing.T) {
	table := reports.Table{Caption: "Lång", Columns: []reports.Column{{Head: "Namn"}, {Head: "Antal", Align: reports.Right}}}
	for range 120 {
		table.Rows = append(table.Rows, []string{"en rad", "12"})
	}
	doc := small(table)
	l, err := layOut(doc)
	if err != nil {
		t.Fatal(err)
	}
	var pages []*page
	for i := range l.count() {
		p := l.page(i)
		l.drawPage(p)
		pages = append(pages, p)
	}
	head := []byte(l.fonts.show(headInk.Font, "Antal"))
	for i, p := range pages[1:] {
		if !bytes.Contains(p.buf.Bytes(), head) {
			t.Errorf("page %d has no header row", i+2)
		}
	}
	if len(pages) != 4 {
		t.Errorf("%d pages, want 4", len(pages))
	}
}
