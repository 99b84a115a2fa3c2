package role

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"nabar/model"
)

// MonthFirst is what PartDateOrder says where dates in numbers have the month before the day: 05/01/2019 is the first of
// May. All else is the day first.
const MonthFirst = "mdy"

// isoDate reads a date in the ways that tables write it, the day before the month, and gives it as 2006-01-02. A year
// alone, or a month, is its first day. Nothing gives nothing; what is no date gives false.
func isoDate(v any) (string, bool) { return orderedDate(v, false) }

// ISODate reads a date in the ways that tables write it, the day before the month, and gives it as 2006-01-02; "" for nothing.
func ISODate(s string) (string, bool) { return isoDate(s) }

// orderedDate is isoDate where the month may stand first.
func orderedDate(v any, monthFirst bool) (string, bool) {
	s := text(v)
	if s == "" {
		return "", true
	}
	if len(s) > 10 && (s[10] == 'T' || s[10] == ' ') && s[4] == '-' {
		s = s[:10]
	}
	for _, layout := range []string{"2006-01-02", "20060102", "2006/01/02", "2006.01.02", "2006-01", "2006", "2/1 2006", "2/1-2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(time.DateOnly), true
		}
	}
	if m := numberedDate.FindStringSubmatch(s); m != nil {
		day, month := m[1], m[3]
		if monthFirst && m[2] != "." { // points stand in dates of the day first alone
			day, month = month, day
		}
		return calendarDay(m[4], month, day)
	}
	return wordedDate(s)
}

// numberedDate is a date of two small numbers before the year, which may be day and month or month and day.
var numberedDate = regexp.MustCompile(`^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4})$`)

// calendarDay gives the ISO date of a year, month and day in digits, false where there is no such day.
func calendarDay(year, month, day string) (string, bool) {
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	iso := fmt.Sprintf("%s-%02d-%02d", year, m, d)
	_, err := time.Parse(time.DateOnly, iso)
	return iso, err == nil
}

// months are the months in Swedish and English; three letters or more tell which.
var months = [12][2]string{
	{"januari", "january"},
	{"februari", "february"},
	{"mars", "march"},
	{"april", "april"},
	{"maj", "may"},
	{"juni", "june"},
	{"juli", "july"},
	{"augusti", "august"},
	{"september", "september"},
	{"oktober", "october"},
	{"november", "november"},
	{"december", "december"},
}

// monthOf is the number of the month that a word begins the name of, 0 for none.
func monthOf(word string) int {
	word = strings.TrimSuffix(strings.ToLower(word), ".")
	if len(word) < 3 {
		return 0
	}
	return 1 + slices.IndexFunc(months[:], func(names [2]string) bool {
		return strings.HasPrefix(names[0], word) || strings.HasPrefix(names[1], word)
	})
}

// dayWord is the day of a month in digits, with what Swedish and English hang on it.
var dayWord = regexp.MustCompile(`^(\d{1,2})(?::?[ae]|st|nd|rd|th|\.)?$`)

// wordedDate reads dates with the month in letters: "1 maj 2019", "den 1:a maj 2019", "May 1, 2019", "maj 2019".
func wordedDate(s string) (string, bool) {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == ',' || r == '\u00a0' || r == '-' })
	words = slices.DeleteFunc(words, func(w string) bool { return w == "den" || w == "the" || w == "of" })
	if len(words) < 2 || len(words) > 3 || len(words[len(words)-1]) != 4 {
		return "", false
	}
	year, month, day := words[len(words)-1], 0, "1"
	for _, w := range words[:len(words)-1] {
		if m := dayWord.FindStringSubmatch(w); m != nil {
			day = m[1]
		} else if month = monthOf(w); month == 0 {
			return "", false
		}
	}
	return calendarDay(year, strconv.Itoa(month), day)
}

// DateFindings is what the rows of a layer say about how its dates are written.
type DateFindings struct {
	Doubtful int    // dates in numbers that would be another day with day and month the other way round
	Example  string // the first of these
	DayFirst int    // dates in numbers that only the day first can be
	MonFirst int    // that only the month first can be
	Backward int    // rows that close before they open
}

// Sure tells whether the layer itself shows how its dates are meant: there are none in doubt, or some that can be read in
// one way and none in the other.
func (d *DateFindings) Sure() bool { return d.Doubtful == 0 || (d.DayFirst > 0) != (d.MonFirst > 0) }

// Dates looks at the opening and closing dates of service places. A mapping that names missing columns has none.
func Dates(fields []model.Field, m model.Mapping, rows []model.Feature) DateFindings {
	c := columns{fields: fields, mapping: m}
	opened, closed, order := c.part(model.PartOpened), c.part(model.PartClosed), c.part(model.PartDateOrder)
	var out DateFindings
	for i := range rows {
		monthFirst := text(order.value(&rows[i])) == MonthFirst
		from, to := opened.value(&rows[i]), closed.value(&rows[i])
		out.note(text(from))
		out.note(text(to))
		a, okA := orderedDate(from, monthFirst)
		b, okB := orderedDate(to, monthFirst)
		if okA && okB && a != "" && b != "" && b < a {
			out.Backward++
		}
	}
	return out
}

// note takes in how one date is written.
func (d *DateFindings) note(s string) {
	m := numberedDate.FindStringSubmatch(s)
	if m == nil || m[2] == "." {
		return
	}
	first, _ := strconv.Atoi(m[1])
	second, _ := strconv.Atoi(m[3])
	switch {
	case first > 12 && second <= 12:
		d.DayFirst++
	case second > 12 && first <= 12:
		d.MonFirst++
	case first != second && first <= 12 && second <= 12:
		if d.Doubtful == 0 {
			d.Example = s
		}
		d.Doubtful++
	}
}

// dateOrder adds to a mapping of service places that the month stands first, where the sample shows that.
func dateOrder(fields []model.Field, m model.Mapping, sample []model.Feature) {
	if d := Dates(fields, m, sample); d.MonFirst > 0 && d.DayFirst == 0 {
		m[model.PartDateOrder] = "=" + MonthFirst
	}
}
