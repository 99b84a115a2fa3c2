package where

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
)

var fields = []model.Field{
	{Name: "namn", Type: model.Text},
	{Name: "antal", Type: model.Integer},
	{Name: "andel", Type: model.Real},
	{Name: "bemannad", Type: model.Boolean},
	{Name: "öppnad", Type: model.DateType},
	{Name: "Antal elever", Type: model.Integer},
	{Name: "bild", Type: model.Blob},
}

// places are rows whose names tell what is sought.
var places = [][]any{
	{"Östra skolan", int64(10), 0.5, true, "2020-05-01", int64(210), nil},
	{"Åkern", int64(-3), nil, false, "2019-12-31", int64(0), nil},
	{"ICA Nära", nil, 12.5, nil, nil, nil, []byte{1}},
	{"", int64(1234), math.NaN(), true, "2020-01-01", nil, nil},
	{nil, int64(0), 0.0, false, "2021-07-15", int64(5), nil},
}

// found are the rows that meet a condition, as their numbers.
func found(t *testing.T, text string) string {
	t.Helper()
	c, err := Parse(fields, text)
	if err != nil {
		t.Fatalf("%s: %s", text, i18n.For("sv").Error(err))
	}
	var out []string
	for i, row := range places {
		if c.Holds(row) {
			out = append(out, fmt.Sprint(i))
		}
	}
	return strings.Join(out, " ")
}

func TestConditions(t *testing.T) {
	for text, want := range map[string]string{
		"antal > 5":                                 "0 3",
		"ANTAL >= 10 och namn innehåller skol":      "0",
		"antal>=10 and namn contains SKOL":          "0",
		"antal = −3":                                "1",
		"antal = -3 eller andel = 12,5":             "1 2",
		"andel = 12.5":                              "2",
		"antal = 1\u00a0234":                        "3",
		"namn = åkern":                              "1",
		"namn = 'ICA nära'":                         "2",
		"namn = ”Östra skolan”":                     "0",
		"namn börjar med ö":                         "0",
		"namn begins with Å":                        "1",
		"namn > åkern":                              "0",
		"namn < j":                                  "2",
		"namn är tom":                               "3 4",
		"namn is not empty":                         "0 1 2",
		"andel saknas":                              "2",
		"antal saknas":                              "2",
		"inte namn = åkern":                         "0 2 3 4",
		"namn <> åkern":                             "0 2 3 4",
		"antal mellan 0 och 10":                     "0 4",
		"antal between -3 and 0":                    "1 4",
		"antal bland (0, 10; 1234)":                 "0 3 4",
		"antal in (0,5)":                            "",
		"bemannad":                                  "0 3",
		"inte bemannad":                             "1 2 4",
		"bemannad = nej":                            "1 4",
		"bemannad and antal > 100":                  "3",
		"öppnad = 2020":                             "0 3",
		"öppnad <= 2020":                            "0 1 3",
		"öppnad > 2020-01":                          "0 4",
		"öppnad >= 2020-05-01":                      "0 4",
		"[antal elever] > 100":                      "0",
		"'Antal elever' är inte tom":                "0 1 4",
		"bild är tom":                               "0 1 3 4",
		"antal = 10 eller antal = 0 och namn = x":   "0",
		"(antal = 10 eller antal = 0) och namn = x": "",
		"not (antal > 5 or antal < 0)":              "2 4",
		"antal innehåller 23":                       "3",
	} {
		if text == "andel saknas" {
			want = "1" // no number is not the same as no value
		}
		if got := found(t, text); got != want {
			t.Errorf("%s: rows %q, want %q", text, got, want)
		}
	}
}

// TestErrorsTellWhere looks for the character that each error names.
func TestErrorsTellWhere(t *testing.T) {
	for text, want := range map[string]string{
		"":                                "Skriv ett villkor",
		"  ":                              "Skriv ett villkor",
		"antl > 5":                        "tecken 1: antl är ingen kolumn",
		"antal > fem":                     "tecken 9: fem är inget tal",
		"antal >":                         "tecken 8:",
		"antal 5":                         "tecken 7:",
		"antal > 5 namn = x":              "tecken 11: namn hör inte hit",
		"antal > 5 och":                   "tecken 14:",
		"(antal > 5":                      "tecken 1:",
		"antal > 5)":                      "tecken 10: )",
		"namn = 'x":                       "tecken 8:",
		"antal > 5 & 3":                   "tecken 11: &",
		"öppnad > igår":                   "tecken 10: igår är inget datum",
		"bemannad > ja":                   "tecken 12:",
		"bemannad = kanske":               "tecken 12:",
		"antal mellan 3":                  "tecken 15:",
		"antal bland 3":                   "tecken 13:",
		"antal bland (3 4)":               "tecken 16:",
		"namn är stor":                    "tecken 9:",
		"bild = x":                        "tecken 8:",
		"namn = Östra skolan":             "tecken 14: skolan hör inte hit",
		strings.Repeat("(", 60) + "antal": "tecken 52",
		strings.Repeat("x", 5000):         "4 000",
	} {
		c, err := Parse(fields, text)
		if err == nil {
			t.Errorf("%q is read: %v", text, c)
			continue
		}
		if got := strings.ReplaceAll(i18n.For("sv").Error(err), i18n.NBSP, " "); !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q in it", text, got, want)
		}
		if en := i18n.For("en").Error(err); en == "" || strings.Contains(en, "{") {
			t.Errorf("%q in English: %q", text, en)
		}
	}
}

// TestLawsOfLogic tries De Morgan's laws and that "<>" is "=" turned on made conditions and rows.
func TestLawsOfLogic(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2))
	atoms := []string{"antal > 3", "antal <= 7", "namn innehåller a", "namn är tom", "bemannad", "andel mellan 0,2 och 0,7", "öppnad < 2020"}
	row := func() []any {
		out := []any{[]string{"", "abba", "Ö", "a"}[r.IntN(4)], int64(r.IntN(10)), r.Float64(), r.IntN(2) == 0, fmt.Sprintf("20%02d-01-01", r.IntN(40)), nil, nil}
		for i := range out {
			if r.IntN(5) == 0 {
				out[i] = nil
			}
		}
		return out
	}
	for range 300 {
		a, b := atoms[r.IntN(len(atoms))], atoms[r.IntN(len(atoms))]
		n := r.IntN(10)
		for _, law := range [][2]string{
			{"inte (" + a + " och " + b + ")", "inte " + a + " eller inte " + b},
			{"not (" + a + " or " + b + ")", "not " + a + " and not " + b},
			{fmt.Sprintf("antal <> %d", n), fmt.Sprintf("inte antal = %d", n)},
			{fmt.Sprintf("antal bland (%d, 4)", n), fmt.Sprintf("antal = %d eller antal = 4", n)},
			{a + " och " + b + " eller " + a, a},
		} {
			left, err := Parse(fields, law[0])
			if err != nil {
				t.Fatal(err)
			}
			right, err := Parse(fields, law[1])
			if err != nil {
				t.Fatal(err)
			}
			if v := row(); left.Holds(v) != right.Holds(v) {
				t.Errorf("%s and %s differ for %v", law[0], law[1], v)
			}
		}
	}
}

// FuzzParse reads any text: it must end, and what is read must try any row.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"antal > 5", "namn = 'x' och (bemannad eller öppnad >= 2020)", "antal bland (1;2,5)", "[Antal elever] är inte tom", "((((", "”", "a-b.c:d = −1,"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Parse(fields, text)
		if err != nil {
			if i18n.For("sv").Error(err) == "" {
				t.Error("an error says nothing")
			}
			return
		}
		for _, row := range append(places, nil, []any{"kort"}) {
			c.Holds(row)
		}
	})
}

func ExampleParse() {
	c, err := Parse([]model.Field{{Name: "namn", Type: model.Text}, {Name: "elever", Type: model.Integer}}, "elever >= 100 och namn innehåller skola")
	if err != nil {
		panic(err)
	}
	fmt.Println(c.Holds([]any{"Östra skolan", int64(210)}), c.Holds([]any{"Byskolan", int64(40)}))
	// Output: true false
}
