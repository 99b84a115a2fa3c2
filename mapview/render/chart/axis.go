package chart

import "math"

// Tick is a value on an axis with the words that stand at it.
type Tick struct {
	At    float64
	Label string
}

// Scale gives ticks in equal steps of 1, 2 or 5 times a power of ten, at most so many, from the last at or under low to
// the first at or over high. label writes a value; decimals is what its step needs. Where low is not under high there is
// one step around low.
func Scale(low, high float64, most int, label func(v float64, decimals int) string) []Tick {
	if !(low < high) {
		low, high = low-1, low+1
		if low == -1 {
			low = 0
		}
	}
	step, decimals := niceStep((high - low) / float64(max(most-1, 1)))
	for {
		from, to := math.Floor(low/step+1e-9), math.Ceil(high/step-1e-9)
		if n := int(to-from) + 1; n <= max(most, 2) {
			out := make([]Tick, n)
			for i := range out {
				at := (from + float64(i)) * step
				out[i] = Tick{at, label(at, decimals)}
			}
			return out
		}
		step, decimals = niceStep(step * 1.01)
	}
}

// niceStep is the least of 1, 2 and 5 times a power of ten that is at least v, with the decimals that write it.
func niceStep(v float64) (step float64, decimals int) {
	exponent := math.Floor(math.Log10(v))
	power := math.Pow(10, exponent)
	for _, k := range []float64{1, 2, 5, 10} {
		if step = k * power; step >= v*(1-1e-9) {
			break
		}
	}
	return step, max(0, -int(math.Floor(math.Log10(step)+1e-9)))
}
