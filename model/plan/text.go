package plan

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"nabar/internal/i18n"
)

// clean takes away what can't be printed and blanks at the ends.
func clean(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text))
}

// lines parts a text into its lines, without the empty ones.
func lines(text string) []string {
	var out []string
	for _, line := range strings.Split(clean(text), "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// bare is a number without what people write in it for the eye: blanks at the thousands, kr at the end.
func bare(text string) string {
	text = strings.NewReplacer(" ", "", i18n.NBSP, "", "\u202f", "", "\u2212", "-", ",", ".").Replace(strings.TrimSpace(text))
	return strings.TrimSuffix(text, "kr")
}

// parseWhole reads a whole number that is not negative; nothing is nil.
func parseWhole(text string) (*int64, bool) {
	if text = bare(text); text == "" {
		return nil, true
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return &n, err == nil && n >= 0 && n < 1e15
}

// parseNumber reads a number; nothing is nil.
func parseNumber(text string) (*float64, bool) {
	if text = bare(text); text == "" {
		return nil, true
	}
	v, err := strconv.ParseFloat(text, 64)
	return &v, err == nil && !math.IsNaN(v) && math.Abs(v) < 1e15
}

// Amount is the number of a field's text; given is false where it has none.
func Amount(text string) (v float64, given bool) {
	n, ok := parseNumber(text)
	if n == nil || !ok {
		return 0, false
	}
	return *n, true
}

// FirstDay is the ISO date of the first day of a year, a month or a day, "" for what is none of these.
func FirstDay(text string) string {
	return dayOf(text, func(t time.Time, _, _ int) time.Time { return t })
}

// LastDay is the ISO date of the last day of a year, a month or a day, "" for what is none of these.
func LastDay(text string) string {
	return dayOf(text, func(t time.Time, years, months int) time.Time {
		if years+months == 0 {
			return t
		}
		return t.AddDate(years, months, -1)
	})
}

// dayOf reads a date of one of the three forms.
func dayOf(text string, end func(t time.Time, years, months int) time.Time) string {
	for _, form := range []struct {
		layout        string
		years, months int
	}{{"2006", 1, 0}, {"2006-01", 0, 1}, {time.DateOnly, 0, 0}} {
		if t, err := time.Parse(form.layout, text); err == nil && t.Year() >= 1000 {
			return end(t, form.years, form.months).Format(time.DateOnly)
		}
	}
	return ""
}

// yearsBefore is the day some years before an ISO date.
func yearsBefore(date string, years int) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return ""
	}
	return t.AddDate(-years, 0, 0).Format(time.DateOnly)
}
