package cli_test

import (
	"strings"
	"testing"
)

// refused makes a call that must fail with a status and words.
func refused(t *testing.T, status int, words string, args ...string) {
	t.Helper()
	got, out, said := call(t, args...)
	if got != status || out != "" || !strings.Contains(said, words) {
		t.Errorf("%q: status %d, %q, want %d and %q", args, got, said, status, words)
	}
}

func TestDateOfFigures(t *testing.T) {
	project := village(t)
	r := answer(t, "analyse", project, "--service", "dagligvaror", "--date", "2020-01-01")
	if r["date"] != "2020-01-01" {
		t.Errorf("date %v", r["date"])
	}
	if plain := answer(t, "analyse", project, "--service", "dagligvaror"); plain["date"] != nil || plain["mean"] != r["mean"] {
		t.Errorf("without a date: %v", plain)
	}
	if n := len(answer(t, "info", project)["results"].([]any)); n != 2 {
		t.Errorf("%d results are kept", n)
	}
	for _, args := range [][]string{
		{"rank", project, "--service", "dagligvaror", "--date", "2020-01-01"},
		{"compare", project, "nuläge", "nuläge", "--service", "dagligvaror", "--date", "2020-01-01"},
		{"locate", project, "--service", "dagligvaror", "--new", "1", "--date", "2020-01-01"},
	} {
		answer(t, args...)
	}
	refused(t, 2, "inget datum", "analyse", project, "--service", "dagligvaror", "--date", "i fjol")
	refused(t, 1, "inget färdsätt", "analyse", project, "--service", "dagligvaror", "--profile", "häst")
	refused(t, 1, "ingen befolkning", "rank", project, "--service", "dagligvaror", "--demand", "sommar")
}
