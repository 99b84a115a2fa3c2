package network

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
)

// clusterBrute tries every pair.
func clusterBrute(points []orb.Point, radius float64) []int32 {
	sets := newDisjoint(len(points))
	for i := range points {
		for j := range i {
			if math.Hypot(points[i][0]-points[j][0], points[i][1]-points[j][1]) <= radius+1e-6 {
				sets.union(int32(i), int32(j))
			}
		}
	}
	group, _ := sets.number()
	return group
}

func TestClusterAgreesWithEveryPair(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for round := range 400 {
		points := make([]orb.Point, 1+r.IntN(120))
		side := math.Pow(10, 3*r.Float64())
		for i := range points {
			points[i] = orb.Point{side*r.Float64() - side/2, 6.5e6 + side*r.Float64()}
			if r.IntN(3) == 0 { // whole metres make exact ties
				points[i] = orb.Point{math.Round(points[i][0]), math.Round(points[i][1])}
			}
		}
		for _, radius := range []float64{0, 1, 5, 30} {
			got, groups := Cluster(points, radius)
			want := clusterBrute(points, radius)
			high := int32(-1)
			for i := range want {
				high = max(high, want[i])
				if got[i] != want[i] {
					t.Fatalf("round %d radius %v point %d: group %d, want %d", round, radius, i, got[i], want[i])
				}
			}
			if int32(groups) != high+1 {
				t.Fatalf("%d groups, want %d", groups, high+1)
			}
		}
	}
}

func TestClusterRadiusIsInclusiveAndTransitive(t *testing.T) {
	for name, c := range map[string]struct {
		points []orb.Point
		want   []int32
	}{
		"none":              {nil, nil},
		"exactly the limit": {[]orb.Point{{700000.1, 6400000}, {700030.1, 6400000}}, []int32{0, 0}},
		"a little more":     {[]orb.Point{{0, 0}, {30.001, 0}}, []int32{0, 1}},
		"a chain":           {[]orb.Point{{0, 0}, {60, 0}, {30, 0}}, []int32{0, 0, 0}},
		"diagonal":          {[]orb.Point{{0, 0}, {18, 24}, {100, 100}}, []int32{0, 0, 1}},
	} {
		t.Run(name, func(t *testing.T) {
			got, _ := Cluster(c.points, 30)
			if fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func ExampleCluster() {
	group, groups := Cluster([]orb.Point{{0, 0}, {500, 0}, {25, 0}, {50, 0}}, 30)
	fmt.Println(group, groups)
	// Output: [0 1 0 0] 2
}

// BenchmarkClusterHeap takes degrees for metres: all points in one heap, where trying every pair would take minutes.
func BenchmarkClusterHeap(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	points := make([]orb.Point, 200_000)
	for i := range points {
		points[i] = orb.Point{18 + r.Float64(), 57 + r.Float64()}
	}
	b.ReportAllocs()
	for b.Loop() {
		Cluster(points, 1)
	}
}
