package sheet

import (
	"regexp"
	"strconv"
	"strings"

	"nabar/internal/i18n"
)

// dash is what the printer writes where there is no number.
const dash = "–"

// number is a printed figure.
type number struct {
	digits   string // as strconv reads them
	decimals int
	unit     string // "" for none
}

// kinds are the units that are printed, by what they measure: those of one kind can stand in one column.
var kinds = map[string]string{"": "", "m": "length", "km": "length", "min": "time", "%": "share", "km/h": "speed"}

// value gives the number times a power of ten, rounded once.
func (n number) value(power int) float64 {
	v, err := strconv.ParseFloat(n.digits+"e"+strconv.Itoa(power), 64)
	if err != nil {
		return 0 // cannot be: the digits come from the pattern
	}
	return v
}

// reader reads the numbers of one language.
type reader struct {
	pattern *regexp.Regexp
	gap     string // at the thousands
	comma   string
}

// clock is a time of two hours or more: "2 h 05 min".
var clock = regexp.MustCompile("^([0-9\u00a0,]+)\u00a0h\u00a0([0-9]{2})\u00a0min$")

// newReader makes the reader of the printer's language, from what the printer writes.
func newReader(p *i18n.Printer) *reader {
	r := &reader{
		gap:   strings.Trim(p.Int(1000), "01"),
		comma: strings.Trim(p.Float(0.5, 1), "05"),
	}
	gap, comma := regexp.QuoteMeta(r.gap), regexp.QuoteMeta(r.comma)
	r.pattern = regexp.MustCompile(`^(` + i18n.Minus + `?)([0-9]{1,3}(?:` + gap + `[0-9]{3})*)(?:` + comma + `([0-9]+))?[ ` + i18n.NBSP + `]?([^0-9\s]\S*)?$`)
	return r
}

// read reads a printed figure with its unit.
func (r *reader) read(text string) (number, bool) {
	if m := clock.FindStringSubmatch(text); m != nil {
		hours, err := strconv.Atoi(strings.ReplaceAll(m[1], r.gap, ""))
		minutes, _ := strconv.Atoi(m[2]) // two digits
		return number{digits: strconv.Itoa(60*hours + minutes), unit: "min"}, err == nil
	}
	m := r.pattern.FindStringSubmatch(text)
	if m == nil {
		return number{}, false
	}
	if _, known := kinds[m[4]]; !known {
		return number{}, false
	}
	n := number{digits: strings.ReplaceAll(m[2], r.gap, ""), decimals: len(m[3]), unit: m[4]}
	if m[3] != "" {
		n.digits += "." + m[3]
	}
	if m[1] != "" {
		n.digits = "-" + n.digits
	}
	return n, true
}
