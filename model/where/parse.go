package where

import (
	"slices"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
)

// The limits of what is read: far more than anybody writes, and little enough that any text is read at once.
const (
	maxLength = 4000
	maxDepth  = 50
)

// Condition is a condition that has been read. It is for one goroutine at a time.
type Condition struct{ test test }

// test tries the values of a row.
type test func(values []any) bool

// Holds tells whether a row with values, one for each field and nil for none, meets the condition.
func (c *Condition) Holds(values []any) bool { return c.test(values) }

// Parse reads a condition on the columns of a layer. What can't be read gives a Problem that tells the character it is at.
//
// A condition is comparisons joined by "och"/"and" and "eller"/"or", turned by "inte"/"not" and grouped by parentheses; "and" goes
// before "or". A comparison is a column followed by one of
//
//	= <> < <= > >=            and a value
//	innehåller / contains     and a text; also börjar med / begins with
//	mellan 5 och 10           between 5 and 10, both included
//	bland (a, b)              in (a, b)
//	är tom / saknas           is empty / is missing; also är inte tom / is not empty
//
// A column of yes and no may stand alone. Names of several words stand in [square brackets], texts of several words in quotation
// marks; numbers have decimal comma or point. A date may be given as a year, or year and month, and then means all of it.
func Parse(fields []model.Field, text string) (*Condition, error) {
	if len(text) > maxLength {
		return nil, i18n.Errorf("tools.where_long", maxLength)
	}
	tokens, err := lex(text)
	if err != nil {
		return nil, err
	}
	p := &parser{fields: fields, tokens: tokens}
	if p.now().kind == end {
		return nil, i18n.Errorf("tools.where_empty")
	}
	t, err := p.either(0)
	if err != nil {
		return nil, err
	}
	if rest := p.now(); rest.kind != end {
		return nil, i18n.Errorf("tools.where_rest", rest.at, i18n.Plain(rest.text))
	}
	return &Condition{t}, nil
}

// parser reads tokens from the first to the last.
type parser struct {
	fields []model.Field
	tokens []token
	next   int
}

func (p *parser) now() token { return p.tokens[p.next] }

// peek is the token after the present one.
func (p *parser) peek() token { return p.tokens[min(p.next+1, len(p.tokens)-1)] }

// take gives the present token and goes on.
func (p *parser) take() token {
	t := p.now()
	p.next = min(p.next+1, len(p.tokens)-1)
	return t
}

// accept goes on where the present token is one of some words.
func (p *parser) accept(words ...string) bool {
	if !p.now().is(words...) {
		return false
	}
	p.take()
	return true
}

// either reads conditions of which one must hold.
func (p *parser) either(depth int) (test, error) {
	return p.joined(depth, p.both, []string{"eller", "or"}, func(a, b test) test {
		return func(v []any) bool { return a(v) || b(v) }
	})
}

// both reads conditions that must all hold.
func (p *parser) both(depth int) (test, error) {
	return p.joined(depth, p.turned, []string{"och", "and"}, func(a, b test) test {
		return func(v []any) bool { return a(v) && b(v) }
	})
}

// joined reads conditions with a word between.
func (p *parser) joined(depth int, one func(int) (test, error), words []string, join func(a, b test) test) (test, error) {
	left, err := one(depth)
	for err == nil && p.accept(words...) {
		var right test
		if right, err = one(depth); err == nil {
			left = join(left, right)
		}
	}
	return left, err
}

// turned reads a condition that may be turned, or stands in parentheses.
func (p *parser) turned(depth int) (test, error) {
	if depth > maxDepth {
		return nil, i18n.Errorf("tools.where_deep", p.now().at)
	}
	if p.accept("inte", "icke", "ej", "not") {
		inner, err := p.turned(depth + 1)
		return turn(inner), err
	}
	open := p.now()
	if !open.sign("(") {
		return p.comparison()
	}
	p.take()
	inner, err := p.either(depth + 1)
	if err != nil {
		return nil, err
	}
	if !p.now().sign(")") {
		if p.now().kind == end {
			return nil, i18n.Errorf("tools.where_unclosed", open.at, i18n.Plain("("), i18n.Plain(")"))
		}
		return nil, i18n.Errorf("tools.where_rest", p.now().at, i18n.Plain(p.now().text))
	}
	p.take()
	return inner, nil
}

// turn is true where a test is false.
func turn(t test) test { return func(v []any) bool { return !t(v) } }

// named reads a column.
func (p *parser) named() (int, error) {
	t := p.now()
	if t.kind == end || t.kind == sign {
		return 0, i18n.Errorf("tools.where_no_column", t.at, names(p.fields))
	}
	i := slices.IndexFunc(p.fields, func(f model.Field) bool { return strings.EqualFold(f.Name, t.text) })
	if i < 0 {
		return 0, i18n.Errorf("tools.where_column", t.at, i18n.Plain(t.text), names(p.fields))
	}
	p.take()
	return i, nil
}

// names lists the columns.
func names(fields []model.Field) i18n.Message {
	all := make([]string, len(fields))
	for i, f := range fields {
		all[i] = f.Name
		if tokens, err := lex(f.Name); err != nil || len(tokens) != 2 || tokens[0].kind != word {
			all[i] = "[" + f.Name + "]"
		}
	}
	return i18n.Plain(strings.Join(all, ", "))
}

// comparison reads a column and what it must be.
func (p *parser) comparison() (test, error) {
	i, err := p.named()
	if err != nil {
		return nil, err
	}
	f := p.fields[i]
	switch t := p.now(); {
	case t.kind == sign && operators[t.text] != nil:
		return p.compared(i, p.take().text)
	case t.is("innehåller", "contains"):
		p.take()
		return p.texts(i, strings.Contains)
	case t.is("börjar", "begins", "starts") && p.peek().is("med", "with"):
		p.take()
		p.take()
		return p.texts(i, strings.HasPrefix)
	case t.is("mellan", "between"):
		p.take()
		return p.between(i)
	case t.is("bland", "in"):
		p.take()
		return p.among(i)
	case t.is("saknas"):
		p.take()
		return empty(i), nil
	case t.is("är", "is"):
		return p.emptiness(i)
	case f.Type == model.Boolean && (t.kind == end || t.sign(")") || t.is("och", "and", "eller", "or")):
		return func(v []any) bool { return at(v, i) == true }, nil
	default:
		return nil, i18n.Errorf("tools.where_operator", t.at, f.Name)
	}
}

// emptiness reads "är tom", "är inte tom" and the like.
func (p *parser) emptiness(i int) (test, error) {
	p.take()
	not := p.accept("inte", "ej", "not")
	if !p.accept("tom", "tomt", "tomma", "empty", "missing") {
		return nil, i18n.Errorf("tools.where_empty_word", p.now().at)
	}
	if not {
		return turn(empty(i)), nil
	}
	return empty(i), nil
}

// value reads what a column is compared with.
func (p *parser) value(i int) (token, error) {
	t := p.now()
	if t.kind == end || t.kind == sign {
		return t, i18n.Errorf("tools.where_value", t.at, p.fields[i].Name)
	}
	return p.take(), nil
}

// between reads two limits, both included.
func (p *parser) between(i int) (test, error) {
	from, err := p.compared(i, ">=")
	if err != nil {
		return nil, err
	}
	if !p.accept("och", "and") {
		return nil, i18n.Errorf("tools.where_between", p.now().at)
	}
	to, err := p.compared(i, "<=")
	return func(v []any) bool { return from(v) && to(v) }, err
}

// among reads a list of values.
func (p *parser) among(i int) (test, error) {
	if !p.now().sign("(") {
		return nil, i18n.Errorf("tools.where_list", p.now().at)
	}
	p.take()
	var all []test
	for {
		one, err := p.compared(i, "=")
		if err != nil {
			return nil, err
		}
		all = append(all, one)
		if t := p.now(); t.sign(")") {
			p.take()
			return func(v []any) bool { return slices.ContainsFunc(all, func(t test) bool { return t(v) }) }, nil
		} else if !t.sign(",", ";") {
			return nil, i18n.Errorf("tools.where_list", t.at)
		}
		p.take()
	}
}
