package network

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
)

func TestSortByKeyIsAStableSort(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	for _, bits := range []int{0, 1, 11, 12, 32, 43, 64} {
		items := make([]keyed, 3000)
		for i := range items {
			items[i] = keyed{r.Uint64() >> (64 - bits), int32(i)}
			if i%3 == 0 {
				items[i].key &= 7
			}
		}
		want := slices.Clone(items)
		slices.SortStableFunc(want, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
		if !slices.Equal(sortByKey(items, bits), want) {
			t.Errorf("%d bits: another order", bits)
		}
	}
}

// TestCellsAreSortedAlikeHoweverFarApart compares the fast sort with the order that is meant, for points so near each other
// that it serves and so far apart that it does not.
func TestCellsAreSortedAlikeHoweverFarApart(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 24))
	for _, size := range []float64{0, 3, 1e5, 1e8} {
		for _, side := range []float64{1, 1e-6} {
			points := make([]orb.Point, 500)
			for i := range points {
				points[i] = orb.Point{size * (r.Float64() - 0.5), size * (r.Float64() - 0.5)}
				if i%5 == 4 {
					points[i] = points[i-1]
				}
			}
			got := intoCells(points, side)
			for i, c := range got {
				if c.at != points[c.index] || c.x != int64(math.Floor(c.at[0]/side)) || c.y != int64(math.Floor(c.at[1]/side)) {
					t.Fatalf("item %d is %+v", i, c)
				}
				if i > 0 && cmp.Or(cmp.Compare(got[i-1].x, c.x), cmp.Compare(got[i-1].y, c.y), cmp.Compare(got[i-1].index, c.index)) >= 0 {
					t.Fatalf("size %v, side %v: item %d is out of order", size, side, i)
				}
			}
		}
	}
}
