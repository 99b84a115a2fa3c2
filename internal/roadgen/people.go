package roadgen

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/paulmach/orb"
)

// Squares invents a country's inhabited squares: towns of very different sizes, each with a country around it, over the
// extent of Sweden. It stands in where the real squares are not at hand.
func Squares(seed uint64, count int) []Square {
	r := rand.New(rand.NewPCG(seed, 0x666f6c6b))
	towns := make([]orb.Point, max(count/50, 1))
	for i := range towns {
		// the south is more settled than the north
		towns[i] = orb.Point{300_000 + 580_000*r.Float64(), 6_140_000 + 1_500_000*math.Pow(r.Float64(), 2)}
	}
	seen := map[orb.Point]bool{}
	var out []Square
	for len(out) < count {
		town := int(float64(len(towns)) * math.Pow(r.Float64(), 2))
		reach := 3_000 + 12_000/math.Sqrt(float64(town+1))*math.Log(float64(count))
		at := orb.Point{towns[town][0] + reach*r.NormFloat64(), towns[town][1] + reach*r.NormFloat64()}
		corner := orb.Point{math.Floor(at[0]/side) * side, math.Floor(at[1]/side) * side}
		if seen[corner] || corner[0] < 100_000 {
			continue
		}
		seen[corner] = true
		away := math.Hypot(at[0]-towns[town][0], at[1]-towns[town][1]) / reach
		out = append(out, Square{Corner: corner, People: 1 + int(r.ExpFloat64()*(8+3000*math.Exp(-5*away)/math.Sqrt(float64(town+1))))})
	}
	slices.SortFunc(out, func(a, b Square) int {
		return cmp.Or(cmp.Compare(a.Corner[0], b.Corner[0]), cmp.Compare(a.Corner[1], b.Corner[1]))
	})
	return out
}

// Spots are positions for a number of service places, each in a square of its own as far as these suffice, the likelier
// the more people live there. They depend on seed, squares and count alone.
func Spots(seed uint64, squares []Square, count int) []orb.Point {
	r := rand.New(rand.NewPCG(seed, 0x706c6174))
	type draw struct {
		key float64
		at  int
	}
	draws := make([]draw, len(squares))
	for i := range squares {
		// the least of exponential waiting times: a draw without putting back, by weight (Efraimidis and Spirakis 2006)
		draws[i] = draw{r.ExpFloat64() / float64(squares[i].People+1), i}
	}
	slices.SortFunc(draws, func(a, b draw) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.at, b.at)) })
	out := make([]orb.Point, count)
	for i := range out {
		corner := squares[draws[i%len(draws)].at].Corner
		out[i] = orb.Point{round(corner[0] + side*r.Float64()), round(corner[1] + side*r.Float64())}
	}
	return out
}
