package symbology

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func TestBreaks(t *testing.T) {
	nan := math.NaN()
	tests := []struct {
		name   string
		method Method
		values []float64
		n      int
		want   []float64
	}{
		{"equal", Equal, []float64{0, 1, 10}, 5, []float64{2, 4, 6, 8}},
		{"quantile", Quantile, []float64{5, 1, 4, 2, 3, 6}, 3, []float64{2, 4}},
		{"quantile of many alike", Quantile, []float64{1, 1, 1, 1, 9}, 3, []float64{1}},
		{"jenks", Jenks, []float64{1, 2, 2, 10, 11, 50}, 3, []float64{2, 11}},
		{"pretty", Pretty, []float64{3, 97}, 5, []float64{20, 40, 60, 80}},
		{"pretty tenths", Pretty, []float64{0.05, 0.55}, 5, []float64{0.1, 0.2, 0.3, 0.4, 0.5}},
		{"pretty below zero", Pretty, []float64{-8, 9}, 4, []float64{-5, 0, 5}},
		{"no numbers", Equal, []float64{nan, math.Inf(1)}, 4, nil},
		{"what is no number does not count", Equal, []float64{nan, 0, 4}, 2, []float64{2}},
		{"one value", Jenks, []float64{7, 7, 7}, 4, nil},
		{"fewer values than classes", Jenks, []float64{1, 2, 2}, 5, []float64{1}},
		{"one class", Quantile, []float64{1, 2, 3}, 1, nil},
		{"own", Own, []float64{1, 2, 3}, 3, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := slices.Clone(tt.values)
			if got := Breaks(tt.method, tt.values, tt.n); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
			for i := range before {
				if before[i] != tt.values[i] && !math.IsNaN(before[i]) {
					t.Error("the caller's values are changed")
				}
			}
		})
	}
}

// leastSum tries all ways to part sorted values into n classes.
func leastSum(sorted []float64, n int) float64 {
	if n == 1 {
		return squares(sorted)
	}
	best := math.Inf(1)
	for k := 1; k <= len(sorted)-n+1; k++ {
		best = min(best, squares(sorted[:k])+leastSum(sorted[k:], n-1))
	}
	return best
}

func squares(values []float64) float64 {
	mean, sum := 0.0, 0.0
	for _, v := range values {
		mean += v / float64(len(values))
	}
	for _, v := range values {
		sum += (v - mean) * (v - mean)
	}
	return sum
}

// TestJenksIsBest compares with all ways to part small sets, also where values are alike or far from zero.
func TestJenksIsBest(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 8))
	for round := range 300 {
		values := make([]float64, 2+r.IntN(11))
		for i := range values {
			values[i] = math.Round(r.Float64()*[]float64{10, 1000, 1e6}[round%3]) + []float64{0, 6e6}[round%2]
		}
		n := 2 + r.IntN(4)
		breaks := Breaks(Jenks, values, n)
		slices.Sort(values)
		different := len(slices.Compact(slices.Clone(values)))
		classes := make([][]float64, len(breaks)+1)
		for _, v := range values {
			c := Classify(breaks, v)
			classes[c] = append(classes[c], v)
		}
		got := 0.0
		for _, c := range classes {
			if len(c) == 0 {
				t.Fatalf("an empty class: %v of %v", breaks, values)
			}
			got += squares(c)
		}
		if len(classes) != min(n, different) {
			t.Errorf("%d classes of %d different values, want %d", len(classes), different, n)
		}
		if want := leastSum(values, min(n, len(values))); got > want*(1+1e-9)+1e-6 {
			t.Errorf("%v in %d classes: sum %v, %v is possible", values, n, got, want)
		}
	}
}

// TestJenksIsQuick is about the growth, not the machine: 100 000 different values take seconds at the very most.
func TestJenksIsQuick(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	values := make([]float64, 100_000)
	for i := range values {
		values[i] = math.Exp(r.NormFloat64())
	}
	start := time.Now()
	if got := len(Breaks(Jenks, values, MostClasses)); got != MostClasses-1 {
		t.Errorf("%d limits", got)
	}
	if d := time.Since(start); d > 10*time.Second { // a quadratic way takes minutes
		t.Errorf("took %v", d)
	}
}

func BenchmarkJenks100000(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	values := make([]float64, 100_000)
	for i := range values {
		values[i] = math.Exp(r.NormFloat64())
	}
	for b.Loop() {
		Breaks(Jenks, values, 7)
	}
}

func TestCountsAndHistogram(t *testing.T) {
	values := []float64{1, 2, 2, 5, 9, math.NaN()}
	if got := Counts([]float64{2, 5}, values); !slices.Equal(got, []int{3, 1, 1, 1}) {
		t.Errorf("counts %v", got)
	}
	counts, least, most := Histogram(values, 4)
	if !slices.Equal(counts, []int{3, 0, 1, 1}) || least != 1 || most != 9 {
		t.Errorf("histogram %v from %v to %v", counts, least, most)
	}
	if counts, _, _ := Histogram(nil, 4); counts != nil {
		t.Errorf("histogram of nothing %v", counts)
	}
	if counts, _, _ := Histogram([]float64{3, 3}, 2); !slices.Equal(counts, []int{2, 0}) {
		t.Errorf("histogram of one value %v", counts)
	}
}
