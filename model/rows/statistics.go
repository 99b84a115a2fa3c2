package rows

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
)

// Statistics sums up a column. Least to Median are NaN for a column of texts and where there is no number.
type Statistics struct {
	Count     int // of rows
	Empty     int // of these, without a value
	Different int // values
	Least     float64
	Most      float64
	Sum       float64
	Mean      float64
	Median    float64 // of two in the middle, their mean
}

// Summarise gives the statistics of a column over some rows of a table.
func Summarise(t *model.Table, order []int, column int) Statistics {
	nan := math.NaN()
	out := Statistics{Count: len(order), Least: nan, Most: nan, Sum: nan, Mean: nan, Median: nan}
	if column < 0 || column >= len(t.Columns) {
		return out
	}
	if !t.Columns[column].Number {
		seen := map[string]struct{}{}
		for _, i := range order {
			if text := Cell(t, i, column).Text; text == "" {
				out.Empty++
			} else {
				seen[text] = struct{}{}
			}
		}
		out.Different = len(seen)
		return out
	}
	values := make([]float64, 0, len(order))
	for _, i := range order {
		if v := Cell(t, i, column).Number; !math.IsNaN(v) {
			values = append(values, v)
		}
	}
	out.Empty = len(order) - len(values)
	if len(values) == 0 {
		return out
	}
	slices.Sort(values)
	out.Sum = 0
	for i, v := range values {
		out.Sum += v
		if i == 0 || v != values[i-1] {
			out.Different++
		}
	}
	n := len(values)
	out.Least, out.Most, out.Mean = values[0], values[n-1], out.Sum/float64(n)
	out.Median = (values[(n-1)/2] + values[n/2]) / 2
	return out
}

// ParseNumber reads a number as people write it: decimal comma or point, spaces at the thousands, either minus.
func ParseNumber(text string) (float64, error) {
	text = strings.NewReplacer(i18n.NBSP, "", " ", "", "\u202f", "", "\u2212", "-", ",", ".").Replace(strings.TrimSpace(text))
	v, err := strconv.ParseFloat(text, 64)
	if err == nil && (math.IsNaN(v) || math.IsInf(v, 0)) {
		err = strconv.ErrRange
	}
	return v, err
}

// Describe writes statistics in one line, with as many decimals as the column and one more for means.
func Describe(p *i18n.Printer, c model.TableColumn, s Statistics) string {
	if math.IsNaN(s.Sum) {
		return p.T("rows.stats_words", s.Count, s.Empty, s.Different)
	}
	number := func(v float64, more int) i18n.Message { return i18n.Plain(p.Float(v, c.Decimals+more)) }
	return p.T("rows.stats_numbers", s.Count, s.Empty, number(s.Least, 0), number(s.Most, 0), number(s.Sum, 0), number(s.Mean, 1), number(s.Median, 1))
}
