package symbology

import (
	"math"
	"slices"
)

// Method is how the limits of classes are found from the values.
type Method string

// The methods. Own keeps the limits that the user wrote.
const (
	Equal    Method = "equal"    // classes of equal width
	Quantile Method = "quantile" // classes of equally many
	Jenks    Method = "jenks"    // classes that are as alike within as can be
	Pretty   Method = "pretty"   // round limits
	Own      Method = "own"
)

// Methods lists the methods in the order in which a user is offered them.
func Methods() []Method { return []Method{Quantile, Jenks, Equal, Pretty, Own} }

// MostClasses is how many classes a map shows at most: more are not told apart.
const MostClasses = 9

// Breaks gives the upper limits, inclusive and ascending, of at most n classes of the values; what lies above the last one is
// the last class, as Classify has it. Values that are no finite number don't count. There are fewer limits where there are
// fewer different values, and none for Own or without values. Pretty comes as near to n classes as round limits can.
func Breaks(method Method, values []float64, n int) []float64 {
	sorted := slices.DeleteFunc(slices.Clone(values), func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) })
	slices.Sort(sorted)
	n = min(n, MostClasses)
	if len(sorted) == 0 || n < 2 {
		return nil
	}
	least, most := sorted[0], sorted[len(sorted)-1]
	var out []float64
	switch method {
	case Equal:
		for i := 1; i < n; i++ {
			out = append(out, least+(most-least)*float64(i)/float64(n))
		}
	case Quantile:
		for i := 1; i < n; i++ {
			out = append(out, sorted[(i*len(sorted)+n-1)/n-1])
		}
	case Jenks:
		out = natural(sorted, n)
	case Pretty:
		out = round125(least, most, n)
	}
	out = slices.Compact(out)
	return slices.DeleteFunc(out, func(v float64) bool { return v < least || v >= most })
}

// round125 gives the multiples of 1, 2 or 5 times a power of ten between two values, with the step that makes the number of
// classes come nearest to n; the coarser of two that do equally well.
func round125(least, most float64, n int) []float64 {
	if !(most > least) {
		return nil
	}
	exponent := int(math.Floor(math.Log10((most - least) / float64(n))))
	var best []float64
	for e := exponent - 1; e <= exponent+2; e++ {
		for _, digit := range []float64{1, 2, 5} {
			limits := multiples(least, most, digit, e)
			if limits != nil && (best == nil || distance(len(limits)+1, n) <= distance(len(best)+1, n)) {
				best = limits
			}
		}
	}
	return best
}

// multiples are those of digit·10^e above or at least and below most; nil where there is none or far too many.
func multiples(least, most, digit float64, e int) []float64 {
	at := func(k float64) float64 {
		if e < 0 {
			return k * digit / math.Pow10(-e) // divided, so that 0.1 is the nearest number to a tenth
		}
		return k * digit * math.Pow10(e)
	}
	var out []float64
	for k := math.Ceil(least / at(1)); at(k) < most; k++ {
		if len(out) > 4*MostClasses {
			return nil
		}
		out = append(out, at(k))
	}
	if len(out) >= MostClasses {
		return nil
	}
	return out
}

func distance(a, b int) int {
	if a < b {
		return b - a
	}
	return a - b
}

// natural gives the limits that make the sum of squared deviations from the class means least (Fisher 1958, "On grouping
// for maximum homogeneity"; Jenks' natural breaks). The optimum is exact: with equal values merged and weighted, the best
// place to cut moves one way only as the last value moves up, so that each class more is found by divide and conquer, in
// O(k·m·log m) for m different values. sorted is ascending and finite.
func natural(sorted []float64, n int) []float64 {
	g := newGrouping(sorted)
	m := len(g.value)
	n = min(n, m)
	best := make([]float64, m) // least sum for the first i+1 values in the classes so far
	for i := range best {
		best[i] = g.cost(0, i)
	}
	cuts := make([][]int32, n) // of class c: where it begins, by its last value
	next := make([]float64, m)
	for c := 1; c < n; c++ {
		cuts[c] = make([]int32, m)
		g.divide(best, next, cuts[c], c, m-1, c, m-1)
		best, next = next, best
	}
	limits := make([]float64, n-1)
	end := m - 1
	for c := n - 1; c > 0; c-- {
		end = int(cuts[c][end]) - 1
		limits[c-1] = g.value[end]
	}
	return limits
}

// grouping holds different values in order, and sums over them. Values are taken from their mean, which the costs don't
// depend on, so that large values with small differences keep their digits.
type grouping struct {
	value            []float64
	count, sum, sum2 []float64 // of all values before
}

func newGrouping(sorted []float64) *grouping {
	mean := 0.0
	for i, v := range sorted {
		mean += (v - mean) / float64(i+1)
	}
	g := &grouping{count: []float64{0}, sum: []float64{0}, sum2: []float64{0}}
	for i := 0; i < len(sorted); {
		j := i
		for j < len(sorted) && sorted[j] == sorted[i] {
			j++
		}
		w, d, last := float64(j-i), sorted[i]-mean, len(g.count)-1
		g.value = append(g.value, sorted[i])
		g.count = append(g.count, g.count[last]+w)
		g.sum = append(g.sum, g.sum[last]+w*d)
		g.sum2 = append(g.sum2, g.sum2[last]+w*d*d)
		i = j
	}
	return g
}

// cost is the sum of squared deviations of the values i to j from their mean.
func (g *grouping) cost(i, j int) float64 {
	if i == j {
		return 0
	}
	s := g.sum[j+1] - g.sum[i]
	return max(0, g.sum2[j+1]-g.sum2[i]-s*s/(g.count[j+1]-g.count[i]))
}

// divide fills next and cut for the last values from to to, where the best cuts lie from low to high.
func (g *grouping) divide(before, next []float64, cut []int32, from, to, low, high int) {
	if from > to {
		return
	}
	mid := (from + to) / 2
	at, least := low, math.Inf(1)
	for k := low; k <= min(mid, high); k++ {
		if c := before[k-1] + g.cost(k, mid); c < least {
			at, least = k, c
		}
	}
	next[mid], cut[mid] = least, int32(at)
	g.divide(before, next, cut, from, mid-1, low, at)
	g.divide(before, next, cut, mid+1, to, at, high)
}

// Counts tells how many values each class of breaks has, and last how many are no number.
func Counts(breaks, values []float64) []int {
	out := make([]int, len(breaks)+2)
	for _, v := range values {
		if c := Classify(breaks, v); c >= 0 {
			out[c]++
		} else {
			out[len(out)-1]++
		}
	}
	return out
}

// Histogram counts finite values in bars of equal width from the least to the greatest.
func Histogram(values []float64, bars int) (counts []int, least, most float64) {
	least, most = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			least, most = min(least, v), max(most, v)
		}
	}
	if least > most || bars < 1 {
		return nil, 0, 0
	}
	counts = make([]int, bars)
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			continue
		}
		bar := 0
		if most > least {
			bar = min(int((v-least)/(most-least)*float64(bars)), bars-1)
		}
		counts[bar]++
	}
	return counts, least, most
}
