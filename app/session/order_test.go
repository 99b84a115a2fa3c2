package session_test

import (
	"strings"
	"testing"

	"nabar/app/session"
	"nabar/model"
)

// tree writes the layers from the top, with their groups.
func tree(t *testing.T, s *session.Session) string {
	t.Helper()
	layers, err := s.Layers(ctx)
	must(t, err)
	var out []string
	for _, l := range layers {
		out = append([]string{strings.TrimPrefix(l.Group+"/"+l.Name, "/")}, out...)
	}
	return strings.Join(out, " ")
}

// five is a project of layers A (topmost) to E.
func five(t *testing.T) *session.Session {
	s := session.New("sv")
	t.Cleanup(func() { s.Close() })
	must(t, s.Create(ctx, t.TempDir()+"/p.gpkg", "0980"))
	for _, name := range []string{"E", "D", "C", "B", "A"} {
		l := manyRows(t, s, 2)
		must(t, s.RenameLayer(ctx, l, name))
	}
	return s
}

// TestOrderAndGroups moves layers in and out of groups; each is one step back.
func TestOrderAndGroups(t *testing.T) {
	s := five(t)
	get := func(name string) model.Layer {
		l, err := s.Layer(ctx, name)
		must(t, err)
		return l
	}
	steps := []struct {
		name string
		do   func() error
		want string
	}{
		{"to the top", func() error { return s.PlaceLayer(ctx, get("C"), 4) }, "C A B D E"},
		{"down", func() error { return s.MoveLayer(ctx, get("C"), false) }, "A C B D E"},
		{"first of a group", func() error { return s.GroupLayer(ctx, get("D"), " Bakgrund ") }, "A C B Bakgrund/D E"},
		{"on top of the group", func() error { return s.GroupLayer(ctx, get("A"), "Bakgrund") }, "C B Bakgrund/A Bakgrund/D E"},
		{"into the group", func() error { return s.PlaceLayer(ctx, get("C"), 2) }, "B Bakgrund/A Bakgrund/C Bakgrund/D E"},
		{"within the group", func() error { return s.MoveLayer(ctx, get("C"), true) }, "B Bakgrund/C Bakgrund/A Bakgrund/D E"},
		{"out at the bottom", func() error { return s.MoveLayer(ctx, get("D"), false) }, "B Bakgrund/C Bakgrund/A E D"},
		{"out of the group", func() error { return s.GroupLayer(ctx, get("A"), "") }, "B A Bakgrund/C E D"},
	}
	before := []string{tree(t, s)}
	for _, step := range steps {
		must(t, step.do())
		if got := tree(t, s); got != step.want {
			t.Fatalf("%s: %s, want %s", step.name, got, step.want)
		}
		before = append(before, step.want)
	}
	for i := len(steps); i > 0; i-- {
		_, err := s.Undo(ctx)
		must(t, err)
		if got := tree(t, s); got != before[i-1] {
			t.Errorf("undo of %q gives %s, want %s", steps[i-1].name, got, before[i-1])
		}
	}
	must(t, s.MoveLayer(ctx, get("A"), true))
	if got := tree(t, s); got != before[0] {
		t.Errorf("beyond the top: %s", got)
	}
}

func TestGroupIsShownAndHidden(t *testing.T) {
	s := five(t)
	for _, name := range []string{"A", "B"} {
		l, err := s.Layer(ctx, name)
		must(t, err)
		must(t, s.GroupLayer(ctx, l, "Grupp"))
	}
	must(t, s.ShowGroup(ctx, "Grupp", false))
	layers, err := s.Layers(ctx)
	must(t, err)
	for _, l := range layers {
		if l.Visible != (l.Group == "") {
			t.Errorf("%s: visible is %v", l.Name, l.Visible)
		}
	}
}
