package i18n

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// NBSP joins a number's thousands, and a number with its unit; Minus is the true minus sign.
const (
	NBSP  = "\u00a0"
	Minus = "\u2212"
)

// Metres is a distance; below 1 km it is written in metres, above in kilometres with one decimal.
type Metres float64

// Seconds is a time; it is written in minutes with one decimal, above two hours in hours and minutes.
type Seconds float64

// Share is a part of one, written as a percentage with one decimal.
type Share float64

// Date is an ISO date (2006-01-02), written out with the month's name.
type Date string

// Value writes one argument by the language's rules.
func (p *Printer) Value(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case Message:
		return p.Text(v)
	case int:
		return p.Int(int64(v))
	case int32:
		return p.Int(int64(v))
	case int64:
		return p.Int(v)
	case float64:
		return p.Float(v, 1)
	case Metres:
		return p.Distance(float64(v))
	case Measured:
		return p.Length(float64(v))
	case Surface:
		return p.Area(float64(v))
	case Seconds:
		return p.Time(float64(v))
	case Share:
		return p.Percent(float64(v))
	case Date:
		return p.Date(string(v))
	case error:
		return p.cause(v)
	}
	return fmt.Sprint(v)
}

// Int writes a whole number with its thousands apart: NBSP in Swedish, comma in English.
func (p *Printer) Int(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if digits[0] == '-' {
		sign, digits = Minus, digits[1:]
	}
	return sign + p.group(digits)
}

// group parts a run of digits by thousands.
func (p *Printer) group(digits string) string {
	gap := NBSP
	if p.lang == English {
		gap = ","
	}
	var b strings.Builder
	for i, c := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(gap)
		}
		b.WriteRune(c)
	}
	return b.String()
}

// Float writes a number with a fixed count of decimals. What is not a number is written as a dash.
func (p *Printer) Float(v float64, decimals int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	s := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, part, hasPart := strings.Cut(s, ".")
	out := p.group(whole)
	if hasPart {
		comma := ","
		if p.lang == English {
			comma = "."
		}
		out += comma + part
	}
	if v < 0 && strings.Trim(s, "0.") != "" {
		out = Minus + out
	}
	return out
}

// Bare writes a number as spreadsheets read it: the language's decimal mark, a plain minus, nothing at the thousands.
func (p *Printer) Bare(v float64, decimals int) string {
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if p.lang != English {
		s = strings.Replace(s, ".", ",", 1)
	}
	if strings.Trim(s, "-0,.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	return s
}

// Distance writes metres: "640 m", "3,9 km", "21,9 km".
func (p *Printer) Distance(m float64) string {
	if math.IsNaN(m) || math.IsInf(m, 0) {
		return "–"
	}
	if math.Abs(m) < 999.5 {
		return p.Float(m, 0) + NBSP + "m"
	}
	return p.Float(m/1000, 1) + NBSP + "km"
}

// Time writes seconds: "4,2 min", "2 h 05 min".
func (p *Printer) Time(s float64) string {
	if math.IsNaN(s) || math.IsInf(s, 0) {
		return "–"
	}
	if math.Abs(s) < 7200 {
		return p.Float(s/60, 1) + NBSP + "min"
	}
	minutes := int64(math.Round(s / 60))
	return fmt.Sprintf("%s%sh%s%02d%smin", p.Int(minutes/60), NBSP, NBSP, minutes%60, NBSP)
}

// Percent writes a part of one: "68,6 %".
func (p *Printer) Percent(share float64) string {
	if p.lang == English {
		return p.Float(share*100, 1) + "%"
	}
	return p.Float(share*100, 1) + NBSP + "%"
}

// Date writes an ISO date with the month's name; what is no date is given back as it is.
func (p *Printer) Date(iso string) string {
	t, err := time.Parse("2006-01-02", iso)
	if err != nil {
		return iso
	}
	month := p.T(fmt.Sprintf("month.%d", int(t.Month())))
	return fmt.Sprintf("%d%s%s%s%d", t.Day(), NBSP, month, NBSP, t.Year())
}
