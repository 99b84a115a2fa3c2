package geojson

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// cursor walks through one JSON value that is known to be well-formed; on anything else it stops early, never panics.
type cursor struct {
	b []byte
	i int
}

// peek gives the next byte that is no white space, 0 at the end.
func (c *cursor) peek() byte {
	for c.i < len(c.b) {
		switch c.b[c.i] {
		case ' ', '\t', '\r', '\n':
			c.i++
		default:
			return c.b[c.i]
		}
	}
	return 0
}

// take takes one given byte.
func (c *cursor) take(want byte) bool {
	if c.peek() != want {
		return false
	}
	c.i++
	return true
}

// value takes a whole value of any kind.
func (c *cursor) value() []byte {
	first := c.peek()
	start := c.i
	switch first {
	case '"':
		c.text()
	case '{', '[':
		c.nested()
	default:
		for c.i < len(c.b) && bytes.IndexByte([]byte(",]} \t\r\n:"), c.b[c.i]) < 0 {
			c.i++
		}
	}
	return c.b[start:c.i]
}

// text goes past a string.
func (c *cursor) text() {
	for c.i++; c.i < len(c.b); c.i++ {
		switch c.b[c.i] {
		case '\\':
			c.i++
		case '"':
			c.i++
			return
		}
	}
	c.i = len(c.b)
}

// nested goes past an object or array.
func (c *cursor) nested() {
	for depth := 0; c.i < len(c.b); {
		switch c.b[c.i] {
		case '"':
			c.text()
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		c.i++
		if depth == 0 {
			return
		}
	}
}

// members calls do for each member of an object; it gives false where raw is no object. do may end the walk.
func members(raw []byte, do func(key, value []byte) bool) bool {
	c := cursor{b: raw}
	if !c.take('{') {
		return false
	}
	for c.peek() == '"' {
		key := c.value()
		if !c.take(':') {
			return true
		}
		if !do(key, c.value()) || !c.take(',') {
			return true
		}
	}
	return true
}

// elements calls do for each element of an array; it gives false where raw is no array.
func elements(raw []byte, do func(value []byte)) bool {
	c := cursor{b: raw}
	if !c.take('[') {
		return false
	}
	for c.peek() != ']' && c.peek() != 0 {
		do(c.value())
		if !c.take(',') {
			break
		}
	}
	return true
}

// unquote gives the text of a JSON string; ok is false for any other value.
func unquote(raw []byte) (text string, ok bool) {
	if len(raw) < 2 || raw[0] != '"' {
		return "", false
	}
	inner := raw[1 : len(raw)-1]
	if bytes.IndexByte(inner, '\\') < 0 {
		return string(inner), true
	}
	if err := json.Unmarshal(raw, &text); err != nil {
		return "", false
	}
	return text, true
}

// isNull tells whether a value is missing or null.
func isNull(raw []byte) bool { return len(raw) == 0 || raw[0] == 'n' }

// isNumber tells whether a value is a number.
func isNumber(raw []byte) bool {
	return len(raw) > 0 && (raw[0] == '-' || (raw[0] >= '0' && raw[0] <= '9'))
}

// number gives a number; ok is false for any other value and for one that is out of range.
func number(raw []byte) (v float64, ok bool) {
	if !isNumber(raw) {
		return 0, false
	}
	v, err := strconv.ParseFloat(string(raw), 64)
	return v, err == nil
}
