package cli_test

import (
	"strings"
	"testing"
)

func TestViewsAreOrderedAndRenamed(t *testing.T) {
	project := datedVillage(t)
	for _, name := range []string{"A", "B", "C"} {
		done(t, "view", "add", project, name)
	}
	names := func(a map[string]any) string {
		var out []string
		for _, v := range a["views"].([]any) {
			out = append(out, v.(map[string]any)["name"].(string))
		}
		return strings.Join(out, " ")
	}
	if got := names(answer(t, "view", "move", project, "c", "1")); got != "C A B" {
		t.Errorf("moved: %s", got)
	}
	if got := names(answer(t, "view", "move", project, "C", "99")); got != "A B C" {
		t.Errorf("moved beyond the end: %s", got)
	}
	if got := names(answer(t, "view", "rename", project, "B", "Östra byn")); got != "A Östra byn C" {
		t.Errorf("renamed: %s", got)
	}
	if got := names(answer(t, "view", "rename", project, "A", "a")); got != "a Östra byn C" {
		t.Errorf("renamed in case alone: %s", got)
	}
	done(t, "undo", project)
	for _, c := range []struct {
		args   []string
		status int
	}{
		{[]string{"view", "rename", project, "A", "c"}, 1},
		{[]string{"view", "rename", project, "A", " "}, 1},
		{[]string{"view", "rename", project, "X", "Y"}, 1},
		{[]string{"view", "move", project, "X", "1"}, 1},
		{[]string{"view", "move", project, "A", "0"}, 2},
		{[]string{"view", "move", project, "A", "först"}, 2},
	} {
		if status, _, text := call(t, c.args...); status != c.status || strings.ContainsAny(text, "⟦{") {
			t.Errorf("%v: %d %s", c.args, status, text)
		}
	}
	if got := names(answer(t, "view", "list", project)); got != "A Östra byn C" {
		t.Errorf("in the end: %s", got)
	}
}
