package access

import (
	"slices"

	"nabar/internal/i18n"
	"nabar/model"
)

// bySex parts people into women and men.
func (s *squares) bySex() (parts []part, remarks []i18n.Message) {
	women := part{group: model.Group{By: model.BySex, ID: "women", Name: i18n.M("figures.women")}}
	men := part{group: model.Group{By: model.BySex, ID: "men", Name: i18n.M("figures.men")}}
	told := false
	for _, c := range s.cells {
		women.add(c, c.Women)
		men.add(c, c.Men)
		told = told || c.Women >= 0 || c.Men >= 0
	}
	if !told {
		return nil, []i18n.Message{i18n.M("figures.no_sex")}
	}
	if unknown := max(women.group.Unknown, men.group.Unknown); unknown > 0 {
		remarks = append(remarks, i18n.M("figures.unknown_sex", unknown))
	}
	return []part{women, men}, remarks
}

// add gives the part its people in a square, -1 where the square does not tell.
func (p *part) add(c *model.Cell, people int) {
	p.weights.parts = 1
	if people < 0 {
		p.group.Unknown += c.People
		people = 0
	}
	p.weights.of = append(p.weights.of, int64(people))
}

// byAge parts people by age. A group of whose ages no square tells is left out.
func (s *squares) byAge() (parts []part, remarks []i18n.Message) {
	var missing i18n.Message
	unknown, approximate := 0, false
	like := s.likeBefore()
	for _, ages := range ageGroups {
		p, told := s.ofAge(ages, like)
		if !told {
			missing = joined(missing, ages.name())
			continue
		}
		unknown, approximate = max(unknown, p.group.Unknown), approximate || p.group.Approximate
		parts = append(parts, p)
	}
	switch {
	case parts == nil:
		return nil, []i18n.Message{i18n.M("figures.no_ages")}
	case !missing.IsZero():
		remarks = append(remarks, i18n.M("figures.ages_missing", missing))
	}
	if unknown > 0 {
		remarks = append(remarks, i18n.M("figures.unknown_age", unknown))
	}
	if approximate {
		remarks = append(remarks, i18n.M("figures.ages_shared"))
	}
	return parts, remarks
}

// joined lists messages with commas.
func joined(list, next i18n.Message) i18n.Message {
	if list.IsZero() {
		return next
	}
	return i18n.M("figures.list", list, next)
}

// likeBefore tells for each square whether it is parted into the same ages as the one before it: most are.
func (s *squares) likeBefore() []bool {
	out := make([]bool, len(s.cells))
	for i := 1; i < len(out); i++ {
		out[i] = slices.EqualFunc(s.cells[i].Ages, s.cells[i-1].Ages, func(a, b model.AgeCount) bool { return a.From == b.From && a.To == b.To })
	}
	return out
}

// ofAge are the people of an age group. told is false where no square tells of it.
func (s *squares) ofAge(ages ageGroup, like []bool) (p part, told bool) {
	p.group = model.Group{By: model.ByAge, ID: ages.id(), Name: ages.name()}
	covers := make([][]agePart, len(s.cells))
	p.weights = weights{of: make([]int64, len(s.cells)), parts: 1}
	for i, c := range s.cells {
		if like[i] {
			covers[i] = covers[i-1]
		} else if cover, ok := ageParts(c.Ages, ages); ok {
			covers[i] = cover
			p.weights.parts = common(append([]agePart{{width: p.weights.parts}}, cover...))
		}
		told = told || covers[i] != nil
	}
	for i, c := range s.cells {
		if covers[i] == nil {
			p.group.Unknown += c.People
		}
		for _, a := range covers[i] {
			p.weights.of[i] += int64(c.Ages[a.class].People) * (p.weights.parts / a.width) * a.years
			p.group.Approximate = p.group.Approximate || a.years < a.width
		}
	}
	return p, told
}

// sums remarks where women and men don't add up to all whose sex is told: the counts are protected, and are left as
// they are.
func sums(people int, groups []model.Group) []i18n.Message {
	at := slices.IndexFunc(groups, func(g model.Group) bool { return g.By == model.BySex })
	if at < 0 {
		return nil
	}
	women, men := groups[at], groups[at+1]
	sum, told := women.People+men.People, people-max(women.Unknown, men.Unknown)
	if sum == told {
		return nil
	}
	return []i18n.Message{i18n.M("figures.noise", sum, told)}
}
