package where

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/rows"
)

// operators tell by the order of a value and what it is compared with whether they hold.
var operators = map[string]func(order int) bool{
	"=": func(o int) bool { return o == 0 }, "==": func(o int) bool { return o == 0 },
	"<": func(o int) bool { return o < 0 }, "<=": func(o int) bool { return o <= 0 }, "≤": func(o int) bool { return o <= 0 },
	">": func(o int) bool { return o > 0 }, ">=": func(o int) bool { return o >= 0 }, "≥": func(o int) bool { return o >= 0 },
	"<>": equality, "!=": equality, "≠": equality, // not equal is equality turned: see compared
}

// equality stands for an operator that is another one turned.
func equality(int) bool { return false }

// compared reads a value and compares a column with it.
func (p *parser) compared(i int, operator string) (test, error) {
	if operator == "<>" || operator == "!=" || operator == "≠" {
		same, err := p.compared(i, "=")
		if err != nil {
			return nil, err
		}
		return turn(same), nil
	}
	t, err := p.value(i)
	if err != nil {
		return nil, err
	}
	f, holds := p.fields[i], operators[operator]
	order, err := ordered(f, t, operator)
	if err != nil {
		return nil, err
	}
	return func(v []any) bool {
		o, ok := order(at(v, i))
		return ok && holds(o)
	}, nil
}

// ordered gives the function that tells the order of a value of a field and what is written; false where there is no value.
func ordered(f model.Field, t token, operator string) (func(any) (int, bool), error) {
	switch f.Type {
	case model.Integer, model.Real:
		want, err := rows.ParseNumber(t.text)
		if err != nil {
			return nil, i18n.Errorf("tools.where_number", t.at, i18n.Plain(t.text), f.Name)
		}
		return func(v any) (int, bool) {
			n, ok := number(v)
			return cmp.Compare(n, want), ok
		}, nil
	case model.Boolean:
		return truth(f, t, operator)
	case model.DateType, model.DateTime:
		if !dateLike.MatchString(t.text) {
			return nil, i18n.Errorf("tools.where_date", t.at, i18n.Plain(t.text), f.Name)
		}
		return func(v any) (int, bool) {
			s := written(v)
			return strings.Compare(s[:min(len(s), len(t.text))], t.text), s != ""
		}, nil
	case model.Blob:
		return nil, i18n.Errorf("tools.where_blob", t.at, f.Name)
	}
	return words(t.text), nil
}

// dateLike is a year, a year and a month, a day, or a moment of one.
var dateLike = regexp.MustCompile(`^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:.]+Z?)?)?)?$`)

// truth compares a column of yes and no.
func truth(f model.Field, t token, operator string) (func(any) (int, bool), error) {
	yes, no := t.is("ja", "sant", "yes", "true", "1"), t.is("nej", "falskt", "no", "false", "0")
	if !yes && !no || operators[operator](0) == operators[operator](1) || strings.ContainsAny(operator, "<>≤≥") {
		return nil, i18n.Errorf("tools.where_truth", t.at, f.Name)
	}
	return func(v any) (int, bool) {
		b, ok := v.(bool)
		if b == yes {
			return 0, ok
		}
		return 1, ok
	}, nil
}

// words compares texts in any case, in Swedish order.
func words(want string) func(any) (int, bool) {
	c := collate.New(language.Swedish, collate.Numeric)
	low := strings.ToLower(want)
	return func(v any) (int, bool) {
		s := strings.ToLower(written(v))
		if s == low {
			return 0, s != ""
		}
		return cmp.Or(c.CompareString(s, low), strings.Compare(s, low)), s != ""
	}
}

// texts reads a text and tries a column's by it, in any case.
func (p *parser) texts(i int, holds func(s, part string) bool) (test, error) {
	t, err := p.value(i)
	if err != nil {
		return nil, err
	}
	if f := p.fields[i]; f.Type == model.Blob {
		return nil, i18n.Errorf("tools.where_blob", t.at, f.Name)
	}
	low := strings.ToLower(t.text)
	return func(v []any) bool {
		s := written(at(v, i))
		return s != "" && holds(strings.ToLower(s), low)
	}, nil
}

// empty is true where a column has no value.
func empty(i int) test {
	return func(v []any) bool {
		value := at(v, i)
		return value == nil || value == ""
	}
}

// at is the value of a column, nil where the row is short.
func at(values []any, i int) any {
	if i >= len(values) {
		return nil
	}
	return values[i]
}

// number is a value as a number.
func number(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, v == v
	}
	return 0, false
}

// written is a value as a text, "" for none.
func written(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	}
	return fmt.Sprint(v)
}
