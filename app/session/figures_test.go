package session

import (
	"path/filepath"
	"slices"
	"testing"

	"nabar/model"
)

// demoSession is a session with the demo kommun open.
func demoSession(t testing.TB) *Session {
	t.Helper()
	s := New("sv")
	t.Cleanup(func() { s.Close() })
	if err := s.CreateDemo(t.Context(), filepath.Join(t.TempDir(), "demo.gpkg"), nil); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestFiguresAreKeptUntilTheProjectChanges(t *testing.T) {
	s := demoSession(t)
	q := model.Query{Service: "dagligvaror"}
	ask := func(q model.Query, o FigureOptions) *model.Figures {
		t.Helper()
		f, err := s.Figures(t.Context(), q, o, nil)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	first := ask(q, FigureOptions{By: []string{"sex"}})
	if ask(model.Query{Service: "dagligvaror", Impedance: model.Distance}, FigureOptions{By: []string{"sex"}}) != first {
		t.Error("the same question is computed again")
	}
	for name, other := range map[string]*model.Figures{
		"another group":   ask(q, FigureOptions{By: []string{"sex"}, Of: "women"}),
		"another measure": ask(model.Query{Service: "dagligvaror", Impedance: model.Time}, FigureOptions{By: []string{"sex"}}),
		"other limits":    ask(model.Query{Service: "dagligvaror", Bands: []float64{3000}}, FigureOptions{By: []string{"sex"}}),
	} {
		if other == first {
			t.Errorf("%s gives the same figures", name)
		}
	}
	params := model.DefaultParams()
	params.PlaceRadius = 50
	if err := s.SetParams(t.Context(), params); err != nil {
		t.Fatal(err)
	}
	if ask(q, FigureOptions{By: []string{"sex"}}) == first {
		t.Error("figures of a project that was changed")
	}
}

func TestAreaLayers(t *testing.T) {
	s := demoSession(t)
	layers, err := s.AreaLayers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, l := range layers {
		names = append(names, l.Name)
	}
	if want := []string{"Tätorter"}; !slices.Equal(names, want) {
		t.Errorf("layers are %q, want %q", names, want)
	}
}
