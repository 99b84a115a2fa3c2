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

func TestProfilesFromTheCommandLine(t *testing.T) {
	project := village(t)
	all := answer(t, "profile", "list", project)["profiles"].([]any)
	var ids []string
	for _, p := range all {
		ids = append(ids, p.(map[string]any)["id"].(string))
	}
	if got := strings.Join(ids, " "); got != "bil vinter cykel gang" {
		t.Errorf("profiles %s", got)
	}
	set := answer(t, "profile", "set", project, "Moped", "--cap", "30", "--class", "9=0,5", "--bar", "0,1", "--motorways", "no",
		"--ferries", "closed", "--ferry-wait", "60", "--connector-speed", "5")
	if set["id"] != "moped" || set["label"] != "Moped" || set["cap_kmh"] != 30.0 || set["one_way"] != true || len(set["about"].([]any)) != 7 {
		t.Errorf("%v", set)
	}
	r := answer(t, "analyse", project, "--service", "dagligvaror", "--impedance", "time", "--profile", "moped")
	near(t, "mean", r["mean"], (100*(60+7.2)+50*60)/150)
	if r["profile"] != "moped" {
		t.Errorf("%v", r["profile"])
	}
	for _, s := range answer(t, "info", project)["results"].([]any) {
		if s.(map[string]any)["profile"] != "moped" {
			t.Errorf("%v", s)
		}
	}
	if out := done(t, "analyse", project, "--service", "dagligvaror", "--profile", "gang", "--date", "2020-01-01"); !strings.Contains(out, "Räknat för: Gång, 2020-01-01") {
		t.Error(out)
	}
	done(t, "profile", "set", project, "cykel", "--speed", "20")
	if out := done(t, "profile", "remove", project, "cykel"); !strings.Contains(out, "som från början") {
		t.Error(out)
	}
	done(t, "profile", "remove", project, "moped")
	refused(t, 1, "inget färdsätt", "analyse", project, "--service", "dagligvaror", "--profile", "moped")
	refused(t, 2, "inget tal", "profile", "set", project, "cykel", "--speed", "fort")
	refused(t, 2, "yes eller no", "profile", "set", project, "cykel", "--one-way", "kanske")
	refused(t, 1, "mellan", "profile", "set", project, "cykel", "--speed", "999")
}

func TestDemandFromTheCommandLine(t *testing.T) {
	project := village(t)
	if out := done(t, "demand", "list", project); !strings.Contains(out, "inga egna") {
		t.Error(out)
	}
	set := answer(t, "demand", "set", project, "dubbelt", "--part", "rutor=2", "--part", "rutor:rutstorl=0,001")
	if set["name"] != "dubbelt" || set["usual"] != false {
		t.Errorf("%v", set)
	}
	r := answer(t, "analyse", project, "--service", "dagligvaror", "--demand", "Dubbelt")
	if r["people"] != 302.0 || r["demand"] != "dubbelt" {
		t.Errorf("%v people of %v", r["people"], r["demand"])
	}
	answer(t, "demand", "set", project, "dubbelt", "--part", "rutor=2", "--usual")
	if r := answer(t, "analyse", project, "--service", "dagligvaror"); r["people"] != 300.0 || r["demand"] != nil {
		t.Errorf("%v people of %v", r["people"], r["demand"])
	}
	if n := len(answer(t, "demand", "remove", project, "dubbelt")["demand"].([]any)); n != 0 {
		t.Errorf("%d are left", n)
	}
	refused(t, 2, "--part", "demand", "set", project, "x")
	refused(t, 2, "går inte att läsa", "demand", "set", project, "x", "--part", "rutor")
	refused(t, 1, "inget sådant lager", "demand", "set", project, "x", "--part", "hundar=1")
}
