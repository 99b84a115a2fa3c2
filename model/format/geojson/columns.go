package geojson

import (
	"math"
	"slices"
	"strconv"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/format/table"
)

// column gathers the kinds of value that one property has.
type column struct {
	values, whole, reals, bools, texts, dates, times int
	beyond                                           bool // a whole number that no float64 or no int64 holds
}

// add takes one value.
func (c *column) add(raw []byte) {
	if isNull(raw) {
		return
	}
	c.values++
	switch {
	case isNumber(raw):
		c.number(raw)
	case raw[0] == 't' || raw[0] == 'f':
		c.bools++
	case raw[0] == '"':
		c.texts++
		switch text, _ := unquote(raw); {
		case table.IsDate(text):
			c.dates++
		case table.IsTime(text):
			c.times++
		}
	}
}

// number takes a number.
func (c *column) number(raw []byte) {
	n, ok := whole(raw)
	if !ok {
		c.reals++
		c.beyond = c.beyond || isDigits(raw)
		return
	}
	c.whole++
	const exact = 1 << 53
	if n > exact || n < -exact {
		c.beyond = c.beyond || c.reals > 0
	}
}

// whole reads a number without decimals that 64 bits hold.
func whole(raw []byte) (int64, bool) {
	if !isDigits(raw) {
		return 0, false
	}
	n, err := strconv.ParseInt(string(raw), 10, 64)
	return n, err == nil
}

// isDigits tells whether a number has neither decimals nor exponent.
func isDigits(raw []byte) bool {
	for _, b := range raw {
		if b == '.' || b|0x20 == 'e' {
			return false
		}
	}
	return len(raw) > 0
}

// fieldType is the type that all values fit.
func (c *column) fieldType() model.FieldType {
	switch {
	case c.values == 0:
		return model.Text
	case c.whole == c.values:
		return model.Integer
	case c.whole+c.reals == c.values && !c.beyond:
		return model.Real
	case c.bools == c.values:
		return model.Boolean
	case c.dates == c.values:
		return model.DateType
	case c.times == c.values:
		return model.DateTime
	}
	return model.Text
}

// convert gives a value as a column of type t holds it. What fits no simpler type is text: numbers as they stand,
// objects and arrays as JSON.
func convert(t model.FieldType, raw []byte) any {
	if isNull(raw) {
		return nil
	}
	switch t {
	case model.Integer:
		if n, ok := whole(raw); ok {
			return n
		}
		return nil
	case model.Real:
		if v, ok := number(raw); ok && !math.IsInf(v, 0) {
			return v
		}
		return nil
	case model.Boolean:
		return raw[0] == 't'
	}
	if text, ok := unquote(raw); ok {
		return text
	}
	return string(raw)
}

// columns are the properties of a layer in order of first appearance, with the features' id last.
type columns struct {
	index map[string]int // by the key as it stands in the file, quotes and escapes included
	keys  []string
	stats []*column
	id    column
}

// add shows the properties and id of one feature to their columns.
func (cs *columns) add(f feature) error {
	cs.id.add(f.id)
	if cs.index == nil {
		cs.index = map[string]int{}
	}
	members(f.properties, func(key, value []byte) bool {
		i, ok := cs.index[string(key)]
		if !ok {
			i = cs.enter(key)
		}
		cs.stats[i].add(value)
		return len(cs.keys) <= table.MaxColumns
	})
	if len(cs.keys) > table.MaxColumns {
		return i18n.Errorf("table.geojson_columns", table.MaxColumns)
	}
	return nil
}

// enter gives the column of a key that has not been seen in this spelling: the column of another spelling of it (with
// or without escapes), or a new one.
func (cs *columns) enter(key []byte) int {
	text, _ := unquote(key)
	i := slices.Index(cs.keys, text)
	if i < 0 {
		i = len(cs.keys)
		cs.keys = append(cs.keys, text)
		cs.stats = append(cs.stats, &column{})
	}
	cs.index[string(key)] = i
	return i
}

// hasID tells whether any feature had an id.
func (cs *columns) hasID() bool { return cs.id.values > 0 }

// fields describes the columns.
func (cs *columns) fields() []model.Field {
	names := cs.keys
	if cs.hasID() {
		names = append(names[:len(names):len(names)], "id")
	}
	out := make([]model.Field, len(names))
	for i, name := range table.Names(names) {
		c := &cs.id
		if i < len(cs.stats) {
			c = cs.stats[i]
		}
		out[i] = model.Field{Name: name, Type: c.fieldType()}
	}
	return out
}

// values makes the values of one feature.
func (cs *columns) values(f feature, fields []model.Field) []any {
	out := make([]any, len(fields))
	members(f.properties, func(key, value []byte) bool {
		if i, ok := cs.index[string(key)]; ok {
			out[i] = convert(fields[i].Type, value)
		}
		return true
	})
	if cs.hasID() {
		out[len(out)-1] = convert(fields[len(out)-1].Type, f.id)
	}
	return out
}
