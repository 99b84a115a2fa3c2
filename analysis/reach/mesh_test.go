package reach

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

// TestMesh checks that every triangle runs counter-clockwise and that no circle holds the corner across an edge: then
// none holds any site (Delaunay 1934).
func TestMesh(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 7))
	for round := range 200 {
		size := []int64{4, 20, 1000, 1 << 29}[round%4]
		var sites []site
		for range 1 + r.IntN(400) {
			p := site{r.Int64N(size) - size/2, r.Int64N(size) - size/2, int32(r.IntN(2))}
			if round%3 == 0 { // on a line
				p.y = p.x / 2 * int64(round%2)
			}
			sites = append(sites, p)
		}
		sites = sorted(sites)
		m := newMesh(sites, -size, size, func() bool { return false })
		if want := 2 + 2*len(sites); len(m.corner) != 3*want {
			t.Fatalf("round %d: %d triangles, want %d", round, len(m.corner)/3, want)
		}
		for h := range m.corner {
			h := int32(h)
			if m.twin[h] >= 0 && (m.twin[m.twin[h]] != h || m.corner[m.twin[h]] != m.corner[next(h)]) {
				t.Fatalf("round %d: half-edge %d and its twin don't fit", round, h)
			}
			a, b, c := &m.sites[m.corner[h]], &m.sites[m.corner[next(h)]], &m.sites[m.corner[prev(h)]]
			if turn(a, b, c) <= 0 {
				t.Fatalf("round %d: triangle %d is turned", round, h/3)
			}
			if o := m.twin[h]; o >= 0 && inCircle(a, b, c, &m.sites[m.corner[prev(o)]]) > 0 {
				t.Fatalf("round %d: circle of triangle %d holds a site", round, h/3)
			}
		}
	}
}

// TestInCircle compares with numbers of any size.
func TestInCircle(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 8))
	signs := map[int]int{}
	for range 20_000 {
		size := []int64{3, 100, 1 << 29}[r.IntN(3)]
		var p [4]site
		for i := range p {
			p[i] = site{r.Int64N(2*size) - size, r.Int64N(2*size) - size, 0}
		}
		sum := new(big.Int)
		for i := range 3 {
			d := func(k int) (x, y *big.Int) { return big.NewInt(p[k].x - p[3].x), big.NewInt(p[k].y - p[3].y) }
			ax, ay := d(i)
			bx, by := d((i + 1) % 3)
			cx, cy := d((i + 2) % 3)
			lift := new(big.Int).Add(new(big.Int).Mul(ax, ax), new(big.Int).Mul(ay, ay))
			cross := new(big.Int).Sub(new(big.Int).Mul(bx, cy), new(big.Int).Mul(by, cx))
			sum.Add(sum, lift.Mul(lift, cross))
		}
		got := inCircle(&p[0], &p[1], &p[2], &p[3])
		signs[got]++
		if got != sum.Sign() {
			t.Fatalf("%v: %d, want %d", p, got, sum.Sign())
		}
	}
	if len(signs) != 3 {
		t.Errorf("signs %v", signs)
	}
}

// TestWideFloat knows small numbers of either sign.
func TestWideFloat(t *testing.T) {
	for _, v := range []int64{0, 1, -1, 5000, -5000, 1 << 40, -1 << 40} {
		for _, by := range []int64{1, 3, 1 << 20} {
			if got := times(v, by).float(); got != float64(v)*float64(by) {
				t.Errorf("%d · %d = %v", v, by, got)
			}
		}
	}
}
