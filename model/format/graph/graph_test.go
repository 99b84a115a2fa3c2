package graph_test

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"nabar/internal/i18n"
	"nabar/model/format/graph"
)

func TestRead(t *testing.T) {
	want := &graph.Graph{Nodes: 4, Choose: 2, Edges: []graph.Edge{{From: 0, To: 1, Length: 5}, {From: 1, To: 3, Length: 0}}}
	for name, text := range map[string]string{
		"plain":               "4 2 2\n1 2 5\n2 4 0\n",
		"white space":         "\ufeff\n   4\t2  2 \r\n\r\n 1   2 5\r\n\n2 4 0",
		"the last pair holds": "4 4 2\n1 2 9\n2 4 0\n1 2 1\n2 1 5\n",
		"loops lead nowhere":  "4 3 2\n1 2 5\n3 3 7\n4 2 0\n",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := graph.Read(strings.NewReader(text))
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%+v, %v; want %+v", got, err, want)
			}
		})
	}
}

func TestReadTellsWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct{ text, key, word string }{
		"nothing":        {"", "locate.graph_empty", ""},
		"blank":          {" \n\t\n", "locate.graph_empty", ""},
		"words":          {"en graf\n", "locate.graph_head", "Rad 1 "},
		"two numbers":    {"\n4 2\n1 2 5\n", "locate.graph_head", "Rad 2 "},
		"no vertices":    {"0 0 0\n", "locate.graph_head", "Rad 1 "},
		"far too large":  {"99999999999 1 1\n", "locate.graph_head", "Rad 1 "},
		"none to choose": {"4 2 0\n", "locate.graph_choose", "0 hörn av 4"},
		"too many":       {"4 2 5\n", "locate.graph_choose", "5 hörn av 4"},
		"short":          {"4 2 2\n1 2 5\n", "locate.graph_short", "har 1."},
		"long":           {"4 1 2\n1 2 5\n2 3 5\n", "locate.graph_more", "Rad 3 "},
		"half an edge":   {"4 1 2\n1 2\n", "locate.graph_line", "Rad 2 "},
		"a decimal":      {"4 1 2\n1 2 0.5\n", "locate.graph_line", "Rad 2 "},
		"endless line":   {"4 1 2\n" + strings.Repeat("1 ", 1<<17), "locate.graph_line", "Rad 2 "},
		"vertex 0":       {"4 1 2\n0 2 5\n", "locate.graph_vertex", "hörnet 0"},
		"vertex beyond":  {"4 1 2\n1 5 5\n", "locate.graph_vertex", "hörnet 5"},
		"below zero":     {"4 1 2\n1 2 -5\n", "locate.graph_length", "Rad 2 "},
		"absurd length":  {"4 1 2\n1 2 2000000000\n", "locate.graph_length", "Rad 2 "},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := graph.Read(strings.NewReader(c.text))
			if !errors.Is(err, i18n.Errorf(c.key)) || !strings.Contains(i18n.For("sv").Error(err), c.word) {
				t.Errorf("%v, want %s with %q", err, c.key, c.word)
			}
		})
	}
	_, err := graph.Read(iotest.ErrReader(io.ErrClosedPipe))
	if !errors.Is(err, i18n.Errorf("locate.graph_unread")) || !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("a file that can't be read: %v", err)
	}
}

// FuzzRead holds what is read to the file's own promises.
func FuzzRead(f *testing.F) {
	for _, text := range []string{"4 2 2\n1 2 5\n2 4 0\n", "1 0 1", "4 2 2\n1 2 5\n", "x", "3 1 1\n1 1 1\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		g, err := graph.Read(strings.NewReader(text))
		if err != nil {
			var problem *i18n.Problem
			if !errors.As(err, &problem) {
				t.Fatalf("no Problem: %v", err)
			}
			return
		}
		if g.Choose < 1 || g.Choose > g.Nodes {
			t.Errorf("choose %d of %d", g.Choose, g.Nodes)
		}
		for _, e := range g.Edges {
			if e.From < 0 || e.From >= e.To || int(e.To) >= g.Nodes || e.Length < 0 {
				t.Errorf("edge %+v", e)
			}
		}
	})
}

func ExampleRead() {
	g, err := graph.Read(strings.NewReader("3 3 1\n1 2 10\n2 3 20\n1 2 15\n"))
	if err != nil {
		panic(err)
	}
	fmt.Println(g.Nodes, g.Choose, g.Edges)
	// Output: 3 1 [{0 1 15} {1 2 20}]
}
