package supply

import (
	"math"
	"strconv"
)

// ln2High and ln2Low are ln 2 in two parts, the first with so few digits that a small whole multiple of it is exact.
const (
	ln2High = 0x1.62e42fee00000p-1
	ln2Low  = 0x1.a39ef35793c76p-33
)

// terms of the series of exp: the first that is left out is below 2^-60 for the largest remainder, ln 2 / 2.
const expTerms = 15

// exp is e^x for x ≤ 0, within a few units in the last place. The library's differs in the last bit between processors;
// this one is additions, products and quotients alone, each rounded by itself.
func exp(x float64) float64 {
	if !(x > -708) { // below the least normal number
		return 0
	}
	k := math.Round(x / math.Ln2)
	r := x - float64(k*ln2High)
	r -= float64(k * ln2Low)
	sum := 1.0
	for n := expTerms; n > 0; n-- {
		sum = 1 + float64(sum*r)/float64(n)
	}
	return math.Ldexp(sum, int(k))
}

// logTerms of the series of log: the first that is left out is below 2^-60 for the largest remainder.
const logTerms = 13

// log is the natural logarithm of x > 0, likewise: ln x = k·ln 2 + 2·artanh((m−1)/(m+1)) with m between √½ and √2.
func log(x float64) float64 {
	m, k := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, k = 2*m, k-1
	}
	s := (m - 1) / (m + 1)
	square, sum := float64(s*s), 0.0
	for n := logTerms; n >= 0; n-- {
		sum = float64(sum*square) + 1/float64(2*n+1)
	}
	low := float64(2*float64(s*sum)) + float64(float64(k)*ln2Low)
	return low + float64(float64(k)*ln2High)
}

// plain writes a number as the user may have.
func plain(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
