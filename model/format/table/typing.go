package table

import (
	"math"
	"strings"
	"time"

	"nabar/internal/i18n"
	"nabar/model"
)

// longCode is the count of digits from which whole numbers of equal length are taken for codes: organisation numbers
// (10), personal numbers (12), square ids (13).
const longCode = 10

// Column gathers what the cells of one column are. The zero value is ready; Add takes the cells one by one.
type Column struct {
	Name string

	values  int // cells that are not null
	numbers int
	whole   int
	commas  int
	points  int
	coded   int
	bools   int
	dates   int
	times   int
	wkt     int
	digits  int // of all whole numbers; -1 where they differ
	all     extent
	near    [ranges]extent
}

// extent is the count, least and greatest of some numbers.
type extent struct {
	n        int
	min, max float64
}

// add takes one more number.
func (e *extent) add(v float64) {
	if e.n == 0 {
		e.min, e.max = v, v
	}
	e.n++
	e.min, e.max = math.Min(e.min, v), math.Max(e.max, v)
}

// Values is the count of cells that were not null.
func (c *Column) Values() int { return c.values }

// Add takes one cell.
func (c *Column) Add(cell string) {
	if IsNull(cell) {
		return
	}
	c.values++
	if n, ok := ParseNumber(cell); ok {
		c.number(n)
		return
	}
	s := trim(cell)
	switch {
	case IsDate(s):
		c.dates++
	case IsTime(s):
		c.times++
	case looksWKT(s):
		c.wkt++
	default:
		if _, ok := parseBool(s); ok {
			c.bools++
		}
	}
}

// number takes a cell that is a number.
func (c *Column) number(n Number) {
	c.numbers++
	switch {
	case n.Mark == ',':
		c.commas++
	case n.Mark == '.':
		c.points++
	case n.Whole:
		c.whole++
		if c.digits != 0 && c.digits != n.Digits {
			c.digits = -1
		} else {
			c.digits = n.Digits
		}
	}
	if n.Coded {
		c.coded++
	}
	c.all.add(n.Real)
	for i := range c.near {
		if swedish[i].has(n.Real) {
			c.near[i].add(n.Real)
		}
	}
}

// Type is the type that every cell of the column fits. The message, where there is one, warns of numbers that stay text.
func (c *Column) Type() (model.FieldType, i18n.Message) {
	switch {
	case c.values == 0:
		return model.Text, i18n.Message{}
	case c.numbers == c.values:
		return c.numberType()
	case c.bools == c.values:
		return model.Boolean, i18n.Message{}
	case c.dates == c.values:
		return model.DateType, i18n.Message{}
	case c.times == c.values:
		return model.DateTime, i18n.Message{}
	}
	return model.Text, i18n.Message{}
}

// numberType chooses between whole numbers, decimals and codes for a column of numbers alone.
func (c *Column) numberType() (model.FieldType, i18n.Message) {
	switch {
	case c.commas > 0 && c.points > 0:
		return model.Text, i18n.M("table.mixed_marks", c.Name)
	case c.coded > 0 || codeName(c.Name):
		return model.Text, i18n.Message{}
	case c.whole == c.values && c.digits >= longCode:
		return model.Text, i18n.Message{}
	case c.whole == c.values:
		return model.Integer, i18n.Message{}
	}
	return model.Real, i18n.Message{}
}

// codeWords end the names of columns whose digits are no quantity.
var codeWords = []string{
	"kod", "code", "postnr", "postnummer", "postcode", "zip", "rutid", "rutidscb", "orgnr", "organisationsnummer",
	"telefon", "telefonnummer", "phone",
}

// codeName tells whether a column is named as a code.
func codeName(name string) bool {
	folded := fold(name)
	for _, w := range codeWords {
		if strings.HasSuffix(folded, w) {
			return true
		}
	}
	return false
}

// Convert gives the value of a cell in a column of type t: nil for null, and nil where it does not fit (which a column
// typed from all its cells never has).
func Convert(t model.FieldType, cell string) any {
	if IsNull(cell) {
		return nil
	}
	switch t {
	case model.Integer:
		if n, ok := ParseNumber(cell); ok && n.Whole {
			return n.Int
		}
		return nil
	case model.Real:
		if n, ok := ParseNumber(cell); ok {
			return n.Real
		}
		return nil
	case model.Boolean:
		if b, ok := parseBool(trim(cell)); ok {
			return b
		}
		return nil
	case model.DateType, model.DateTime:
		return trim(cell)
	}
	return cell
}

// parseBool reads yes and no in Swedish and English.
func parseBool(s string) (value, ok bool) {
	if len(s) > 6 {
		return false, false
	}
	switch strings.ToLower(s) {
	case "true", "sant", "sann", "ja", "yes":
		return true, true
	case "false", "falskt", "falsk", "nej", "no":
		return false, true
	}
	return false, false
}

// IsDate tells whether s is an ISO date that exists.
func IsDate(s string) bool {
	if len(s) != len(time.DateOnly) || s[4] != '-' {
		return false
	}
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// IsTime tells whether s is an ISO date with a time of day.
func IsTime(s string) bool {
	if len(s) < len("2006-01-02T15:04") || len(s) > 40 || s[4] != '-' {
		return false
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateTime, "2006-01-02T15:04", "2006-01-02 15:04"} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}
