package reports

import (
	"math"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
)

// plain turns no-break spaces into spaces, so that tests can be read.
func plain(s string) string { return strings.ReplaceAll(s, i18n.NBSP, " ") }

func TestAboutPeople(t *testing.T) {
	p := i18n.For("sv")
	for n, want := range map[int]string{
		0: "0", 1: "1", 842: "842", 999: "999", 1000: "1 000", 1001: "drygt 1 000", 1050: "knappt 1 100", 1049: "drygt 1 000",
		41773: "knappt 41 800", 53553: "knappt 53 600", 53510: "drygt 53 500", 99960: "knappt 100 000", 100000: "100 000",
		123456: "drygt 123 000", 1234567: "drygt 1 230 000",
	} {
		if got := plain(aboutPeople(p, n)); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

// TestAboutPeopleIsTrue holds the words to the number for every count up to a whole kommun's.
func TestAboutPeopleIsTrue(t *testing.T) {
	p := i18n.For("sv")
	for n := 1000; n < 100000; n += 7 {
		rounded := (n + 50) / 100 * 100
		want := p.Int(int64(rounded))
		switch {
		case rounded < n:
			want = "drygt " + want
		case rounded > n:
			want = "knappt " + want
		}
		if got := aboutPeople(p, n); got != want {
			t.Fatalf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestShareWords(t *testing.T) {
	p := i18n.For("sv")
	for _, c := range []struct {
		part, whole int
		want        string
	}{
		{41773, 60857, "69 procent"},
		{0, 100, "0 procent"},
		{100, 100, "100 procent"},
		{1, 1000, "mindre än 1 procent"},
		{999, 1000, "mer än 99 procent"},
		{994, 1000, "99 procent"},
		{0, 0, "0 procent"},
	} {
		if got := plain(shareWords(p, c.part, c.whole)); got != c.want {
			t.Errorf("%d of %d: %q, want %q", c.part, c.whole, got, c.want)
		}
	}
}

func TestLimits(t *testing.T) {
	for _, c := range []struct {
		lang        string
		i           model.Impedance
		to          float64
		words, sign string
	}{
		{"sv", model.Distance, 5000, "fem kilometer", "5 km"},
		{"sv", model.Distance, 500, "500 meter", "500 m"},
		{"sv", model.Distance, 2500, "2,5 kilometer", "2,5 km"},
		{"sv", model.Distance, 20000, "20 kilometer", "20 km"},
		{"sv", model.Time, 600, "tio minuter", "10 min"},
		{"sv", model.Time, 60, "en minut", "1 min"},
		{"sv", model.Time, 90, "1,5 minuter", "1,5 min"},
		{"en", model.Distance, 1000, "one kilometre", "1 km"},
		{"en", model.Time, 1200, "20 minutes", "20 min"},
	} {
		p := i18n.For(c.lang)
		if got := plain(limitWords(p, c.i, c.to)); got != c.words {
			t.Errorf("%s %g: %q, want %q", c.lang, c.to, got, c.words)
		}
		if got := plain(limitLabel(p, c.i, c.to)); got != c.sign {
			t.Errorf("%s %g: %q, want %q", c.lang, c.to, got, c.sign)
		}
	}
}

func TestBandSentence(t *testing.T) {
	groceries := &service{nearest: i18n.For("sv").T("report.nearest.dagligvaror")}
	result := func(i model.Impedance, people, within int, to float64) *model.Result {
		return &model.Result{Query: model.Query{Impedance: i}, People: people, Bands: []model.Band{{To: 1, People: 0}, {To: to, People: within}}}
	}
	for name, c := range map[string]struct {
		r    *model.Result
		want string
	}{
		"some":     {result(model.Distance, 60857, 41773, 5000), "Knappt 41 800 invånare, 69 procent, har högst fem kilometer till närmaste livsmedelsbutik."},
		"all":      {result(model.Distance, 842, 842, 5000), "Alla 842 invånare har högst fem kilometer till närmaste livsmedelsbutik."},
		"none":     {result(model.Distance, 842, 0, 5000), "Ingen invånare har högst fem kilometer till närmaste livsmedelsbutik."},
		"time":     {result(model.Time, 1000, 333, 600), "333 invånare, 33 procent, har högst tio minuter med bil till närmaste livsmedelsbutik."},
		"nobody":   {result(model.Distance, 0, 0, 5000), ""},
		"no bands": {&model.Result{People: 5}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := plain(bandSentence(i18n.For("sv"), groceries, c.r)); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestCost(t *testing.T) {
	p := i18n.For("sv")
	if got := cost(p, model.Distance, math.NaN()); got != "–" {
		t.Errorf("no distance is %q", got)
	}
	if got := plain(cost(p, model.Time, 222)); got != "3,7 min" {
		t.Errorf("222 s is %q", got)
	}
	if got := plain(cost(p, model.Distance, -1500)); got != "−1,5 km" {
		t.Errorf("a negative distance is %q", got)
	}
}

func TestCapitals(t *testing.T) {
	for in, want := range map[string]string{"VÄSTRA HAMN": "Västra Hamn", "ÅS": "Ås", "": ""} {
		if got := capitals(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
