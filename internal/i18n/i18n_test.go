package i18n_test

import (
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"nabar/internal/i18n"
)

func TestValues(t *testing.T) {
	sv, en := i18n.For("sv-SE"), i18n.For("en_GB.UTF-8")
	cases := []struct {
		name   string
		value  any
		sv, en string
	}{
		{"small", 7, "7", "7"},
		{"thousands", 60857, "60\u00a0857", "60,857"},
		{"millions", int64(10560818), "10\u00a0560\u00a0818", "10,560,818"},
		{"negative", -1200, "−1\u00a0200", "−1,200"},
		{"decimal", 3893.84, "3\u00a0893,8", "3,893.8"},
		{"negative decimal", -0.25, "−0,2", "−0.2"},
		{"nothing below zero", -0.01, "0,0", "0.0"},
		{"no number", math.NaN(), "–", "–"},
		{"metres", i18n.Metres(640), "640\u00a0m", "640\u00a0m"},
		{"just below a kilometre", i18n.Metres(999.4), "999\u00a0m", "999\u00a0m"},
		{"rounds up to a kilometre", i18n.Metres(999.6), "1,0\u00a0km", "1.0\u00a0km"},
		{"kilometres", i18n.Metres(21915), "21,9\u00a0km", "21.9\u00a0km"},
		{"no distance", i18n.Metres(math.NaN()), "–", "–"},
		{"minutes", i18n.Seconds(252), "4,2\u00a0min", "4.2\u00a0min"},
		{"hours", i18n.Seconds(7500), "2\u00a0h\u00a005\u00a0min", "2\u00a0h\u00a005\u00a0min"},
		{"share", i18n.Share(0.6864), "68,6\u00a0%", "68.6%"},
		{"date", i18n.Date("2026-11-22"), "22\u00a0november\u00a02026", "22\u00a0November\u00a02026"},
		{"no date", i18n.Date("i fjol"), "i fjol", "i fjol"},
		{"message", i18n.M("service.apotek"), "Apotek", "Pharmacy"},
		{"plain", i18n.Plain("Coop"), "Coop", "Coop"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := sv.Value(c.value); got != c.sv {
				t.Errorf("Swedish %q, want %q", got, c.sv)
			}
			if got := en.Value(c.value); got != c.en {
				t.Errorf("English %q, want %q", got, c.en)
			}
		})
	}
}

func TestFillsArguments(t *testing.T) {
	sv := i18n.For("")
	one := sv.T("session.no_row_usable", "fil.csv", 1, 7, "skäl")
	if !strings.Contains(one, "1 rad hoppades över") || !strings.Contains(one, "rad 7: skäl") {
		t.Errorf("one row: %q", one)
	}
	many := sv.T("session.no_row_usable", "fil.csv", 1200, 7, "skäl")
	if !strings.Contains(many, "1\u00a0200 rader hoppades över") {
		t.Errorf("many rows: %q", many)
	}
	if got := sv.T("no.such.key"); got != "⟦no.such.key⟧" {
		t.Errorf("missing key shows as %q", got)
	}
	if got := sv.T("session.no_row_usable"); !strings.Contains(got, "{0}") {
		t.Errorf("missing arguments: %q", got)
	}
}

func TestProblems(t *testing.T) {
	cause := errors.New("disk full")
	err := error(i18n.Errorf("error.cannot_write", "plan.pdf", cause))
	if !errors.Is(err, cause) {
		t.Error("the cause is lost")
	}
	if !errors.Is(err, i18n.Errorf("error.cannot_write")) || errors.Is(err, i18n.Errorf("error.cancelled")) {
		t.Error("problems are not told apart by their key")
	}
	if got := i18n.For("sv").Error(err); !strings.HasPrefix(got, "Det går inte att skriva plan.pdf.") {
		t.Errorf("sentence %q", got)
	}
	if got := i18n.For("sv").Error(cause); !strings.Contains(got, "Projektet är oförändrat") || !strings.Contains(got, "disk full") {
		t.Errorf("internal fault: %q", got)
	}
}

// placeholders finds {n} and {n?…}.
var placeholders = regexp.MustCompile(`\{(\d+)`)

func TestLanguagesAgree(t *testing.T) {
	sv, en := i18n.For("sv"), i18n.For("en")
	if len(sv.Keys()) < 100 {
		t.Fatalf("only %d keys: the catalogues were not read", len(sv.Keys()))
	}
	for _, key := range slices.Compact(slices.Sorted(slices.Values(append(sv.Keys(), en.Keys()...)))) {
		if !sv.Has(key) || !en.Has(key) {
			t.Errorf("%s: in Swedish %v, in English %v", key, sv.Has(key), en.Has(key))
			continue
		}
		if a, b := arguments(sv.T(key)), arguments(en.T(key)); a != b {
			t.Errorf("%s: arguments %s in Swedish, %s in English", key, a, b)
		}
		if strings.TrimSpace(sv.T(key)) == "" {
			t.Errorf("%s is empty", key)
		}
	}
}

// arguments lists the arguments that a sentence names.
func arguments(text string) string {
	var all []string
	for _, m := range placeholders.FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	slices.Sort(all)
	return strings.Join(slices.Compact(all), " ")
}

// keyLiteral finds string literals in Go files that look like keys of the catalogue.
var keyLiteral = regexp.MustCompile(`"((?:figures|error|session|cli|locate|ui|map|report|analysis|import|table|scenario|project|crs|demo|export)\.[a-z0-9_.]+)"`)

func TestEveryKeyInTheCodeExists(t *testing.T) {
	sv := i18n.For("sv")
	found := 0
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range keyLiteral.FindAllStringSubmatch(string(source), -1) {
			if filepath.Ext(m[1]) == ".gpkg" {
				continue // a file's name
			}
			found++
			if !sv.Has(m[1]) && !isPrefix(sv, m[1]) {
				t.Errorf("%s: %s is not in the catalogue", path, m[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 100 {
		t.Errorf("only %d keys found in the code: the test looks in the wrong place", found)
	}
}

// isPrefix tells whether keys are made by adding to this one: "session.step_" + kind.
func isPrefix(p *i18n.Printer, key string) bool {
	return (strings.HasSuffix(key, "_") || strings.HasSuffix(key, ".")) &&
		slices.ContainsFunc(p.Keys(), func(k string) bool { return strings.HasPrefix(k, key) })
}
