package role

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"nabar/internal/i18n"
	"nabar/model"
)

// fold reduces a column's name to what is compared: lower case, å ä ö without their marks, letters and digits alone,
// everything else a single underscore.
func fold(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(name) {
		switch r {
		case 'å', 'ä':
			r = 'a'
		case 'ö':
			r = 'o'
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('_')
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// column is where a part's values come from: a column of the rows, or one value for all.
type column struct {
	index   int // -1 for none
	literal string
	given   bool
}

// value gives the part's value in a row; nil where there is none.
func (c column) value(f *model.Feature) any {
	if c.given && c.index < 0 {
		return c.literal
	}
	if c.index < 0 || c.index >= len(f.Values) {
		return nil
	}
	return f.Values[c.index]
}

// columns finds the columns that a mapping names; a name that no field has is a *i18n.Problem.
type columns struct {
	fields  []model.Field
	mapping model.Mapping
	err     error
}

// part gives the column of a part. The first name that is missing is kept in c.err.
func (c *columns) part(part string) column {
	name, mapped := c.mapping[part]
	if !mapped || name == "" {
		return column{index: -1}
	}
	if literal, ok := strings.CutPrefix(name, "="); ok {
		return column{index: -1, literal: literal, given: true}
	}
	i := findField(c.fields, name)
	if i < 0 && c.err == nil {
		c.err = i18n.Errorf("import.no_such_column", name)
	}
	return column{index: i, given: i >= 0}
}

// findField gives the index of a field: by its exact name, else by its name in any case; -1 for none.
func findField(fields []model.Field, name string) int {
	for i, f := range fields {
		if f.Name == name {
			return i
		}
	}
	for i, f := range fields {
		if strings.EqualFold(f.Name, name) {
			return i
		}
	}
	return -1
}

// text writes any value as it would stand in a table; nil is nothing.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
			return strconv.FormatInt(int64(v), 10)
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case []byte:
		return strings.TrimSpace(strings.ToValidUTF8(string(v), "\ufffd"))
	}
	return ""
}

// number reads any value as a number: text with decimal comma or point, spaces between thousands, a unit behind. What
// holds no number gives false.
func number(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, !math.IsNaN(v) && !math.IsInf(v, 0)
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	}
	s := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case r == ',':
			return '.'
		case r == '\u2212':
			return '-'
		}
		return r
	}, text(v))
	s = strings.TrimRightFunc(s, func(r rune) bool { return unicode.IsLetter(r) || r == '/' })
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil && !math.IsNaN(f) && !math.IsInf(f, 0)
}

// truth reads any value as yes or no. Numbers other than 0 are yes: road registers write 1 or -1.
func truth(v any) bool {
	switch strings.ToLower(text(v)) {
	case "true", "t", "j", "ja", "y", "yes", "sant", "x":
		return true
	}
	n, ok := number(v)
	return ok && n != 0
}

// people reads a count of people: a whole number, not negative, and not more than there can be.
func people(v any) (int, bool) {
	n, ok := number(v)
	if !ok || n < 0 || n != math.Trunc(n) || n > 1e8 {
		return 0, false
	}
	return int(n), true
}
