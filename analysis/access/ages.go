package access

import (
	"fmt"
	"math"

	"nabar/internal/i18n"
	"nabar/model"
)

// ageless is the end of an age group or class that has none.
const ageless = math.MaxInt32

// oldestClass is the age beyond which classes of ages are not believed.
const oldestClass = 150

// ageGroup is a group of ages, both ends inclusive.
type ageGroup struct{ from, to int }

// ageGroups are the ages that service planning asks for: small children, school, upper secondary school, work, and
// three groups of older people that lie within each other.
var ageGroups = []ageGroup{{0, 5}, {6, 15}, {16, 19}, {20, 64}, {65, ageless}, {70, ageless}, {80, ageless}}

// id is the group as it stands in a mapping: "6-15", "65-".
func (a ageGroup) id() string {
	if a.to == ageless {
		return fmt.Sprintf("%d-", a.from)
	}
	return fmt.Sprintf("%d-%d", a.from, a.to)
}

// name is what the group is called.
func (a ageGroup) name() i18n.Message {
	if a.to == ageless {
		return i18n.M("figures.age_from", a.from)
	}
	return i18n.M("figures.age_range", a.from, a.to)
}

// agePart is the share of an age class that belongs to a group: years of width.
type agePart struct {
	class        int
	years, width int64 // both 1 for a whole class
}

// ageParts covers a group with age classes. Whole classes are taken where they fit, the widest first; where none
// begins, the narrowest class that holds the age gives its single years. A class without an upper end is never shared
// out. ok is false where some age of the group is in no class.
func ageParts(classes []model.AgeCount, group ageGroup) (parts []agePart, ok bool) {
	for age := group.from; age <= group.to; {
		class, whole := pickClass(classes, age, group.to)
		if class < 0 {
			return nil, false
		}
		from, to := span(&classes[class])
		if whole {
			parts = append(parts, agePart{class, 1, 1})
		} else {
			parts = append(parts, agePart{class, int64(min(to, group.to) - age + 1), int64(to - from + 1)})
		}
		if to == ageless {
			break
		}
		age = to + 1
	}
	return parts, true
}

// pickClass chooses the class that covers an age of a group, -1 where there is none.
func pickClass(classes []model.AgeCount, age, last int) (class int, whole bool) {
	class = -1
	width := 0
	for i := range classes {
		from, to := span(&classes[i])
		switch fits := from == age && to <= last; {
		case age < from || age > to || to < ageless && to > oldestClass:
		case fits && (!whole || to-from > width):
			class, whole, width = i, true, to-from
		case !fits && !whole && to < ageless && (class < 0 || to-from < width):
			class, width = i, to-from
		}
	}
	return class, whole
}

// span gives the ages of a class.
func span(c *model.AgeCount) (from, to int) {
	if c.To < 0 {
		return c.From, ageless
	}
	return c.From, c.To
}

// common is the least number of parts that all shares are whole in.
func common(parts []agePart) int64 {
	n := int64(1)
	for _, p := range parts {
		a, b := n, p.width
		for b > 0 {
			a, b = b, a%b
		}
		n = n / a * p.width
	}
	return n
}
