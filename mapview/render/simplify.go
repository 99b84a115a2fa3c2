package render

import "math"

// simplify keeps those points of a line (X, Y pairs) that it needs to stay within tolerance of itself, by the method of
// Douglas and Peucker (1973), and appends them to out. The first and the last point always stay. A tolerance of 0
// keeps all. stack is scratch memory. Time is n log n for common lines, n² for the worst.
func simplify(out, xy []float64, tolerance float64, stack *simplifier) []float64 {
	n := len(xy) / 2
	if tolerance <= 0 || n < 3 {
		return append(out, xy...)
	}
	stack.keep = append(stack.keep[:0], make([]bool, n)...)
	stack.keep[0], stack.keep[n-1] = true, true
	stack.spans = append(stack.spans[:0], span{0, n - 1})
	for len(stack.spans) > 0 {
		s := stack.spans[len(stack.spans)-1]
		stack.spans = stack.spans[:len(stack.spans)-1]
		if k, far := farthest(xy, s); far > tolerance*tolerance {
			stack.keep[k] = true
			stack.spans = append(stack.spans, span{s.from, k}, span{k, s.to})
		}
	}
	for i, keep := range stack.keep {
		if keep {
			out = append(out, xy[2*i], xy[2*i+1])
		}
	}
	return out
}

// simplifier is the scratch memory of simplify.
type simplifier struct {
	keep  []bool
	spans []span
}

type span struct{ from, to int }

// farthest finds the point between the ends of a span that lies farthest from the straight piece between them, and the
// square of its distance; the first of several.
func farthest(xy []float64, s span) (index int, squared float64) {
	ax, ay := xy[2*s.from], xy[2*s.from+1]
	dx, dy := xy[2*s.to]-ax, xy[2*s.to+1]-ay
	length := dx*dx + dy*dy
	for i := s.from + 1; i < s.to; i++ {
		px, py := xy[2*i]-ax, xy[2*i+1]-ay
		if length > 0 {
			t := math.Min(math.Max((px*dx+py*dy)/length, 0), 1)
			px, py = px-t*dx, py-t*dy
		}
		if d := px*px + py*py; d > squared {
			index, squared = i, d
		}
	}
	return index, squared
}
