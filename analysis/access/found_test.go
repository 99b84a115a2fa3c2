package access

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"nabar/model"
)

// toldOf is all that a Prepared tells of a query, in one text; what can't be answered gives its reason.
func toldOf(p *Prepared, q model.Query, services []string) string {
	ctx := context.Background()
	result, err1 := p.Analyse(ctx, q)
	figures, err2 := p.Figures(ctx, q, model.FigureOptions{By: []model.Breakdown{model.BySex, model.ByAge}, Services: services})
	ranking, err3 := p.Rank(ctx, q)
	if result != nil {
		result.Timings = model.Timings{}
	}
	if ranking != nil {
		ranking.Timings = model.Timings{}
	}
	if figures == nil {
		return fmt.Sprintf("%+v %v %v %+v %v", result, err1, err2, ranking, err3)
	}
	plain, joint := *figures, figures.Joint
	plain.Joint = nil // a pointer says nothing in a text
	return fmt.Sprintf("%+v %v %+v %+v %v %+v %v", result, err1, plain, joint, err2, ranking, err3)
}

// services are the types of a snapshot.
func services(s *model.Snapshot) (ids []string) {
	for _, t := range s.Types {
		ids = append(ids, t.ID)
	}
	return ids
}

// TestAheadChangesNoAnswer compares the plain search with the swept one, with searches ahead, and with what is kept.
func TestAheadChangesNoAnswer(t *testing.T) {
	r := rand.New(rand.NewPCG(601, 602))
	for range 40 {
		s := randomKommun(r)
		for i := range s.Facilities { // several types, some without a place, some at one place
			s.Facilities[i].Type = s.Types[r.IntN(len(s.Types))].ID
			if i > 0 && r.IntN(3) == 0 {
				s.Facilities[i].At = s.Facilities[i-1].At
			}
		}
		plain, swept := prepare(t, s), prepare(t, s)
		if _, err := swept.Accelerate(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		for _, i := range []model.Impedance{model.Distance, model.Time} {
			if err := errors.Join(plain.Ahead(t.Context(), i, services(s)), swept.Ahead(t.Context(), i, services(s))); err != nil {
				t.Fatal(err)
			}
			for _, service := range services(s) {
				q := model.Query{Service: service, Impedance: i}
				want := toldOf(plain, q, services(s))
				for range 2 {
					if got := toldOf(swept, q, services(s)); got != want {
						t.Fatalf("%s by %s: other figures", service, i)
					}
					swept.outcomes.forget()
				}
			}
		}
	}
}

func TestAheadEndsWithItsContext(t *testing.T) {
	s := randomKommun(rand.New(rand.NewPCG(611, 612)))
	p := prepare(t, s)
	if _, err := p.Accelerate(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.Ahead(ctx, model.Distance, services(s)); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestOutcomesAreBounded asks for more than are kept.
func TestOutcomesAreBounded(t *testing.T) {
	var o outcomes
	for i := range 3 * mostOutcomes {
		o.put(fmt.Sprint(i), &outcome{})
		if len(o.known) > mostOutcomes || o.take(fmt.Sprint(i)) == nil {
			t.Fatalf("%d are kept after %d", len(o.known), i)
		}
	}
}

// withPeople gives squares women, men and one-year classes in steps of five, which the file of squares lacks.
func withPeople(s *model.Snapshot) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range s.Cells {
		c := &s.Cells[i]
		c.Women, c.Men = c.People/2, c.People-c.People/2
		for from := 0; from < 100; from += 5 {
			c.Ages = append(c.Ages, model.AgeCount{From: from, To: from + 4, People: r.IntN(5)})
		}
		c.Ages = append(c.Ages, model.AgeCount{From: 100, To: -1})
	}
}

// BenchmarkEverything computes all indicators of all service types by distance and time, by sex and age, from the search on.
func BenchmarkEverything(b *testing.B) {
	onBoth(b, func(b *testing.B, s *model.Snapshot) {
		withPeople(s)
		p := prepare(b, s)
		if _, err := p.Accelerate(b.Context(), nil); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			p.outcomes.forget()
			for _, i := range []model.Impedance{model.Distance, model.Time} {
				if err := p.Ahead(b.Context(), i, services(s)); err != nil {
					b.Fatal(err)
				}
				for _, service := range services(s) {
					if len(p.open(service)) > 0 {
						toldOf(p, model.Query{Service: service, Impedance: i}, services(s))
					}
				}
			}
		}
	})
}

// BenchmarkRankBesideSearch tells how many times as long the vulnerability of all places of a type takes as the search for
// nearest and second nearest that it needs anyway, from the search on: the metric x.
func BenchmarkRankBesideSearch(b *testing.B) {
	onBoth(b, func(b *testing.B, s *model.Snapshot) {
		p := prepare(b, s)
		if _, err := p.Accelerate(b.Context(), nil); err != nil {
			b.Fatal(err)
		}
		each := func(do func(q model.Query) error) (took time.Duration) {
			start := time.Now()
			for _, service := range services(s) {
				p.outcomes.forget()
				if len(p.open(service)) == 0 {
					continue
				}
				if err := do(model.Query{Service: service, Impedance: model.Time}); err != nil {
					b.Fatal(err)
				}
			}
			return time.Since(start)
		}
		var search, rank time.Duration
		for b.Loop() {
			search += each(func(q model.Query) error {
				_, err := p.nearby(b.Context(), q.Impedance, p.target(p.open(q.Service)))
				return err
			})
			rank += each(func(q model.Query) error { _, err := p.Rank(b.Context(), q); return err })
		}
		b.ReportMetric(float64(rank)/float64(search), "x")
	})
}
