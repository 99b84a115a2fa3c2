package session_test

import (
	"testing"

	"nabar/app/session"
	"nabar/model"
)

// BenchmarkGotlandPanel answers a choice in the window: the figures by sex and age with all services at once,
// curves, places and squares, and the map. Nothing is answered from what is kept: the limits differ each time.
func BenchmarkGotlandPanel(b *testing.B) {
	s := gotland(b)
	types, err := s.Present(ctx)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := s.AnalyseAll(ctx, nil); err != nil {
		b.Fatal(err)
	}
	b.Run("anew", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			q := model.Query{Service: types[i%len(types)].ID}
			asked := q
			asked.Bands = []float64{1000, 2000, 5000, 10000, 20000 + float64(i)}
			if _, err := s.Figures(ctx, asked, session.FigureOptions{By: []string{"sex", "age"}, Joint: true, Detail: true}, nil); err != nil {
				b.Fatal(err)
			}
			if _, err := s.Scene(ctx, session.SceneChoice{Query: q}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("kept", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := s.Figures(ctx, model.Query{Service: types[0].ID}, session.FigureOptions{By: []string{"sex", "age"}, Joint: true, Detail: true}, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkGotlandExplain explains the mean.
func BenchmarkGotlandExplain(b *testing.B) {
	s := gotland(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Explain(ctx, model.Query{Service: "dagligvaror"}, session.FigureOptions{}, model.Asked{Figure: "mean"}, nil); err != nil {
			b.Fatal(err)
		}
	}
}
