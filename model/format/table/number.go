package table

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Number is a cell read as a number.
type Number struct {
	// Whole is true for a number without decimals or exponent that fits in 64 bits; Int is then its value.
	Whole bool
	Int   int64
	Real  float64
	// Mark is the decimal mark, ',' or '.', or 0 where there is none.
	Mark byte
	// Digits counts the digits before the mark.
	Digits int
	// Coded is true for digits that are no quantity: a leading zero, or more digits than 64 bits hold.
	Coded bool
}

// maxNumber is the longest cell that is tried as a number, in bytes.
const maxNumber = 64

// ParseNumber reads a cell as a number: digits, with a minus (hyphen or U+2212), with thousands parted by normal, thin
// or no-break space, with a decimal comma or point, with an exponent. A leading plus makes it text (a telephone number).
func ParseNumber(cell string) (Number, bool) {
	s := trim(cell)
	if s == "" || len(s) > maxNumber {
		return Number{}, false
	}
	p := numberParser{rest: s}
	return p.parse()
}

// numberParser walks through one cell. text keeps the cell as strconv wants it: no gaps, a point for the mark.
type numberParser struct {
	rest     string
	text     [maxNumber]byte
	length   int
	mantissa uint64
	scale    int // digits after the mark
	overflow bool
}

// parse reads sign, whole part, decimals and exponent.
func (p *numberParser) parse() (Number, bool) {
	negative := p.sign()
	first := byte(0)
	if p.rest != "" {
		first = p.rest[0]
	}
	n := Number{Digits: p.whole()}
	if n.Digits < 0 {
		return Number{}, false
	}
	decimals := 0
	if p.rest != "" && (p.rest[0] == ',' || p.rest[0] == '.') {
		n.Mark = p.rest[0]
		p.rest = p.rest[1:]
		p.put('.')
		decimals = p.run()
		p.scale = decimals
	}
	if n.Digits+decimals == 0 {
		return Number{}, false
	}
	exponent := p.exponent()
	if p.rest != "" {
		return Number{}, false
	}
	n.Whole = n.Mark == 0 && !exponent && !p.overflow && p.mantissa <= math.MaxInt64
	n.Coded = n.Mark == 0 && !exponent && ((first == '0' && n.Digits > 1) || !n.Whole)
	n.Real = p.real(negative, exponent)
	if n.Whole {
		n.Int = int64(p.mantissa)
		if negative {
			n.Int = -n.Int
		}
	}
	return n, !math.IsInf(n.Real, 0)
}

// sign takes a leading minus.
func (p *numberParser) sign() bool {
	if rest, ok := strings.CutPrefix(p.rest, "-"); ok {
		p.rest = rest
		p.put('-')
		return true
	}
	if rest, ok := strings.CutPrefix(p.rest, "\u2212"); ok {
		p.rest = rest
		p.put('-')
		return true
	}
	return false
}

// whole takes the digits before the mark, with or without gaps at the thousands, and counts them; -1 where the gaps
// stand wrong.
func (p *numberParser) whole() int {
	count := p.run()
	if count == 0 || count > 3 {
		return count
	}
	gap := gapLength(p.rest)
	for gap > 0 {
		space := p.rest[:gap]
		p.rest = p.rest[gap:]
		if p.run() != 3 {
			return -1
		}
		count += 3
		gap = gapLength(p.rest)
		if gap > 0 && p.rest[:gap] != space {
			return -1
		}
	}
	return count
}

// gapLength gives the length in bytes of the space that s starts with, 0 where it starts with none.
func gapLength(s string) int {
	if s == "" {
		return 0
	}
	switch r, size := utf8.DecodeRuneInString(s); r {
	case ' ', '\u00a0', '\u2009', '\u202f':
		return size
	}
	return 0
}

// run takes digits and counts them.
func (p *numberParser) run() int {
	i := 0
	for i < len(p.rest) && p.rest[i] >= '0' && p.rest[i] <= '9' {
		p.digit(p.rest[i])
		i++
	}
	p.rest = p.rest[i:]
	return i
}

// digit adds one digit to the number.
func (p *numberParser) digit(c byte) {
	p.put(c)
	if p.mantissa > (math.MaxUint64-9)/10 {
		p.overflow = true
		return
	}
	p.mantissa = p.mantissa*10 + uint64(c-'0')
}

// exponent takes e or E with its digits.
func (p *numberParser) exponent() bool {
	if len(p.rest) < 2 || p.rest[0]|0x20 != 'e' {
		return false
	}
	s := p.rest[1:]
	if s[0] == '+' || s[0] == '-' {
		s = s[1:]
	}
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i == 0 {
		return false
	}
	end := len(p.rest) - len(s) + i
	p.length += copy(p.text[p.length:], p.rest[:end])
	p.rest = p.rest[end:]
	return true
}

// put keeps a character for strconv.
func (p *numberParser) put(c byte) {
	if p.length < len(p.text) {
		p.text[p.length] = c
		p.length++
	}
}

// pow10 are the powers of ten that float64 holds exactly.
var pow10 = [...]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// real gives the nearest float64. Up to 2^53 and 15 decimals one division of two exact numbers is rounded correctly;
// everything else goes through strconv.
func (p *numberParser) real(negative, exponent bool) float64 {
	if !exponent && !p.overflow && p.mantissa < 1<<53 && p.scale < len(pow10) {
		v := float64(p.mantissa) / pow10[p.scale]
		if negative {
			return -v
		}
		return v
	}
	v, err := strconv.ParseFloat(string(p.text[:p.length]), 64)
	if err != nil {
		return math.Inf(1)
	}
	return v
}

// trim takes spaces of every kind off both ends.
func trim(s string) string {
	if s == "" || (s[0] > ' ' && s[0] < 0x80 && s[len(s)-1] > ' ' && s[len(s)-1] < 0x80) {
		return s
	}
	return strings.TrimSpace(s) // NBSP and the thin spaces are spaces to it
}
