package reports

import (
	"math"
	"unicode"
	"unicode/utf8"

	"nabar/internal/i18n"
	"nabar/model"
)

// aboutPeople writes a count of people for running text: exact below 1 000, above that rounded to hundreds (thousands
// from 100 000, and so on) with a word that tells which way: "drygt 53 500", "knappt 41 800".
func aboutPeople(p *i18n.Printer, n int) string {
	if n < 1000 {
		return p.Int(int64(n))
	}
	step := 100
	for limit := 100000; n >= limit; limit *= 10 {
		step *= 10
	}
	rounded := (n + step/2) / step * step
	switch {
	case n > rounded:
		return p.T("report.over", rounded)
	case n < rounded:
		return p.T("report.under", rounded)
	}
	return p.Int(int64(n))
}

// shareWords writes a share for running text in whole per cent. It never says 0 or 100 where that is not exact.
func shareWords(p *i18n.Printer, part, whole int) string {
	percent := int(math.Round(100 * float64(part) / float64(max(whole, 1))))
	switch {
	case percent == 0 && part > 0:
		return p.T("report.percent.less", 1)
	case percent == 100 && part < whole:
		return p.T("report.percent.more", 99)
	}
	return p.T("report.percent", percent)
}

// limitWords writes the limit of a band for running text, small numbers in words: "fem kilometer", "20 minuter".
func limitWords(p *i18n.Printer, i model.Impedance, to float64) string {
	n, unit := to, "report.unit.metres"
	switch {
	case i == model.Time:
		n, unit = to/60, "report.unit.minutes"
	case to >= 1000:
		n, unit = to/1000, "report.unit.kilometres"
	}
	return p.T(unit, countWord(p, n), n)
}

// countWord writes whole numbers up to twelve in words.
func countWord(p *i18n.Printer, n float64) string {
	key := "report.number." + p.Float(n, 0)
	switch {
	case n != math.Trunc(n):
		return p.Float(n, 1)
	case p.Has(key):
		return p.T(key)
	}
	return p.Int(int64(n))
}

// limitLabel writes the limit of a band for tables and charts: "5 km", "500 m", "20 min".
func limitLabel(p *i18n.Printer, i model.Impedance, to float64) string {
	n, unit := to, "m"
	switch {
	case i == model.Time:
		n, unit = to/60, "min"
	case to >= 1000:
		n, unit = to/1000, "km"
	}
	if n == math.Trunc(n) {
		return p.Int(int64(n)) + i18n.NBSP + unit
	}
	return p.Float(n, 1) + i18n.NBSP + unit
}

// cost writes a distance or a time with its unit, "–" where there is none.
func cost(p *i18n.Printer, i model.Impedance, v float64) string {
	if i == model.Time {
		return p.Time(v)
	}
	return p.Distance(v)
}

// share writes a part of people as a percentage with one decimal, "–" where there are no people.
func share(p *i18n.Printer, part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return p.Percent(float64(part) / float64(whole))
}

// upperFirst makes the first letter a capital, to begin a sentence.
func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// chosenBand picks the band of a result that a sentence tells of.
func chosenBand(r *model.Result) (b model.Band, ok bool) { return chosen(r.Query.Impedance, r.Bands) }

// bandSentence says how many live within the chosen band of a result.
func bandSentence(p *i18n.Printer, s *service, r *model.Result) string {
	b, ok := chosenBand(r)
	if !ok {
		return ""
	}
	return withinSentence(p, r.Query.Impedance, s.nearest, b, r.People)
}

// withinSentence says how many of some people live within a band: "Knappt 41 800 invånare, 69 procent, har högst fem
// kilometer till närmaste livsmedelsbutik."
func withinSentence(p *i18n.Printer, i model.Impedance, nearest string, b model.Band, whole int) string {
	if whole == 0 {
		return ""
	}
	limit := limitWords(p, i, b.To)
	key := "report.within." + string(i)
	switch b.People {
	case 0:
		return p.T(key+".none", limit, nearest)
	case whole:
		return p.T(key+".all", whole, limit, nearest)
	}
	return upperFirst(p.T(key, aboutPeople(p, b.People), whole, shareWords(p, b.People, whole), limit, nearest))
}

// spreadSentence says what half of the people and nine of ten have at most.
func spreadSentence(p *i18n.Printer, s *service, r *model.Result) string {
	if r.Reached == 0 {
		return ""
	}
	i := r.Query.Impedance
	return p.T("report.spread."+string(i), cost(p, i, r.Median), cost(p, i, r.P90), cost(p, i, r.Max))
}

// secondSentence says how far it is to the second nearest place.
func secondSentence(p *i18n.Printer, r *model.Result) string {
	if math.IsNaN(r.SecondMean) || r.Reached == 0 {
		return p.T("report.second.none")
	}
	i := r.Query.Impedance
	return p.T("report.second."+string(i), cost(p, i, r.Mean), cost(p, i, r.SecondMean))
}

// unreachedSentence says how many don't reach the service, "" where all do.
func unreachedSentence(p *i18n.Printer, r *model.Result) string {
	if r.Unreached == 0 {
		return ""
	}
	return p.T("report.unreached", r.Unreached, shareWords(p, r.Unreached, r.People))
}
