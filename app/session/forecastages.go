package session

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"nabar/model"
	"nabar/model/scenario"
)

// What a column of a forecast may be called that tells of some ages: "2035_0_19", "65-_2035", "ald80w", "alder_65plus".
var (
	ageSpanText = regexp.MustCompile(`(?:^|[^0-9])(\d{1,3})\s*(?:[-–_]|till|to)\s*(\d{1,3})(?:[^0-9]|$)`)
	ageOpenText = regexp.MustCompile(`(?:^|[^0-9])(\d{1,3})\s*(?:\+|w\b|plus|[-–_]?$|[-–_ ]*(?:år )?och äldre|[-–_]*(?:ar_)?och_aldre)`)
	yearText    = regexp.MustCompile(`(?:19|20)\d\d`)
	oneSexText  = regexp.MustCompile(`(?i)kvinn|wom|(?:^|[^a-zåäö])m[äa]n(?:[^a-zåäö]|$)|(?:^|_)(?:k|m|f)(?:_|\d)|male`)
)

// oldest is beyond every age.
const oldest = 120

// ageColumn is a column of a forecast with the ages that it tells of.
type ageColumn struct {
	column int
	scenario.AgeSpan
}

// ageColumns finds the columns of a forecast's layer that tell the people by age in the same year as a column: those whose name is that
// column's with ages beside it, or, where none has a year in it, any with ages. Columns of one sex don't count. Spans that lie
// in each other, or fewer than two, are no parting of the people, and there are none.
func ageColumns(layer model.Layer, chosen int) []ageColumn {
	stem := strings.ToLower(layer.Fields[chosen].Name)
	var out []ageColumn
	for i, f := range layer.Fields {
		name := strings.ToLower(f.Name)
		if i == chosen || oneSexText.MatchString(name) || f.Type == model.Text {
			continue
		}
		rest, same := strings.CutPrefix(name, stem)
		if !same {
			rest, same = strings.CutSuffix(name, stem)
		}
		if !same && (yearText.MatchString(stem) || yearText.MatchString(name)) {
			continue
		}
		if span, ok := agesIn(rest); ok {
			out = append(out, ageColumn{i, span})
		}
	}
	slices.SortStableFunc(out, func(a, b ageColumn) int { return a.From - b.From })
	for k := 1; k < len(out); k++ {
		if before := out[k-1].AgeSpan; before.To < 0 || before.To >= out[k].From {
			return nil
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// agesIn reads the ages in a column's name.
func agesIn(name string) (scenario.AgeSpan, bool) {
	name = strings.Trim(name, " _")
	if m := ageSpanText.FindStringSubmatch(name); m != nil {
		from, _ := strconv.Atoi(m[1])
		to, _ := strconv.Atoi(m[2])
		return scenario.AgeSpan{From: from, To: to}, from <= to && to <= oldest
	}
	if m := ageOpenText.FindStringSubmatch(name); m != nil {
		from, _ := strconv.Atoi(m[1])
		return scenario.AgeSpan{From: from, To: -1}, from <= oldest && from > 0
	}
	return scenario.AgeSpan{}, false
}

// agesOf reads the people by age of a row; nil where any has no number.
func agesOf(f model.Feature, columns []ageColumn) []scenario.AgePeople {
	var out []scenario.AgePeople
	for _, c := range columns {
		people, ok := wholePeople(cellText(f, c.column))
		if !ok {
			return nil
		}
		out = append(out, scenario.AgePeople{From: c.From, To: c.To, People: people})
	}
	return out
}
