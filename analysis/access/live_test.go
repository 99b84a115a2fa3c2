package access

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/testdata/gotland"
	"nabar/model"
	"nabar/model/scenario"
)

// trial is a list of modifications that is added to and shortened at random, as a planner does.
type trial struct {
	base  *model.Snapshot
	spot  func() orb.Point
	steps []scenario.Modification
	next  int
}

// change adds a modification, takes one away, or begins anew.
func (w *trial) change(r *rand.Rand) {
	facility := func() string { return w.base.Facilities[r.IntN(len(w.base.Facilities))].ID }
	var m scenario.Modification
	switch r.IntN(8) {
	case 0, 1:
		m = scenario.MovePlace{ID: facility(), At: w.spot()}
	case 2:
		m = scenario.ClosePlace{ID: facility()}
	case 3:
		w.next++
		m = scenario.OpenPlace{ID: fmt.Sprint(r.IntN(100), "+", w.next), Types: []string{"dagligvaror", "post"}, At: w.spot()}
	case 4:
		m = scenario.Convert{ID: facility(), Types: []string{"post"}}
	case 5, 6:
		road := r.IntN(w.base.Roads.Len())
		m = scenario.CloseRoad{Layer: w.base.Roads.LayerName, FID: w.base.Roads.FID[road]}
	case 7:
		m = scenario.ChangePeople{Percent: float64(r.IntN(40) - 20)}
	}
	if len(w.steps) > 0 && r.IntN(20) < len(w.steps) { // some ten at a time
		at := r.IntN(len(w.steps))
		w.steps = append(w.steps[:at:at], w.steps[at+1:]...)
		return
	}
	w.steps = append(w.steps[:len(w.steps):len(w.steps)], m)
}

// snapshot applies the modifications; those that no longer fit the ones before them are dropped.
func (w *trial) snapshot() *model.Snapshot {
	for len(w.steps) > 0 {
		sc := scenario.Scenario{Name: "prov"}
		for _, m := range w.steps {
			sc.Steps = append(sc.Steps, scenario.Step{Modification: m})
		}
		s, err := scenario.Apply(w.base, []scenario.Scenario{sc})
		if err == nil {
			return s
		}
		w.steps = w.steps[:len(w.steps)-1]
	}
	return w.base
}

// liveText writes what a Live says of groceries and of groups of people, and plainText what is computed anew.
func liveText(t testing.TB, l *Live) string {
	q := model.Query{Service: "dagligvaror"}
	r, err := l.Analyse(t.Context(), q)
	if err != nil {
		return err.Error()
	}
	f, err := l.Figures(t.Context(), q, model.FigureOptions{By: []model.Breakdown{model.BySex, model.ByAge}})
	return toldText(r, f, err)
}

func plainText(t testing.TB, p *Prepared, i model.Impedance) string {
	q := model.Query{Service: "dagligvaror", Impedance: i}
	r, err := p.Analyse(t.Context(), q)
	if err != nil {
		r, err = p.Unreached(q, err)
	}
	if err != nil {
		return err.Error()
	}
	f, err := p.Figures(t.Context(), q, model.FigureOptions{By: []model.Breakdown{model.BySex, model.ByAge}})
	return toldText(r, f, err)
}

// toldText writes figures without the times that they took.
func toldText(r *model.Result, f *model.Figures, err error) string {
	r.Timings = model.Timings{}
	if err != nil {
		return fmt.Sprintf("%+v %v", *r, err)
	}
	return fmt.Sprintf("%+v %+v", *r, *f)
}

// followAll lets a Live follow so many changes and compares all its figures, at every so manieth change, with those computed
// anew.
func followAll(t *testing.T, w *trial, p *Prepared, i model.Impedance, changes, every int, r *rand.Rand) (followed int) {
	t.Helper()
	live, err := p.Live(t.Context(), i)
	if err == nil {
		err = live.PrepareRoads(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	for change := range changes {
		w.change(r)
		s := w.snapshot()
		ok, err := live.Follow(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			continue
		}
		if followed++; change%every != 0 {
			continue
		}
		fresh, err := p.Derive(t.Context(), s, nil)
		if err != nil {
			t.Fatalf("%v: %v", w.steps, err)
		}
		if got, want := liveText(t, live), plainText(t, fresh, i); got != want {
			at := 0
			for at < min(len(got), len(want)) && got[at] == want[at] {
				at++
			}
			cut := func(s string) string { return s[max(0, min(at-200, len(s))):min(at+200, len(s))] }
			t.Fatalf("%v\nlive %s\nanew %s", w.steps, cut(got), cut(want))
		}
	}
	return followed
}

func TestLiveOnRandomNetworks(t *testing.T) {
	r := rand.New(rand.NewPCG(811, 812))
	followed, asked := 0, 0
	for range 150 {
		s := randomKommun(r)
		p, err := Prepare(t.Context(), s, nil, WithClock(still))
		if err != nil {
			continue // no roads came of it
		}
		w := &trial{base: s, spot: func() orb.Point { return spotIn(r) }}
		for _, i := range []model.Impedance{model.Distance, model.Time} {
			followed += followAll(t, w, p, i, 20, 1, r)
			asked += 20
		}
	}
	if followed*10 < asked*6 {
		t.Errorf("only %d of %d changes were followed", followed, asked)
	}
}

// thorough names the environment variable that has every one of the 2 000 changes on Gotland compared, which takes minutes.
const thorough = "NABAR_THOROUGH"

// TestLiveOnGotland follows 2 000 changes on a real network; without NABAR_THOROUGH=1 every twentieth is compared.
func TestLiveOnGotland(t *testing.T) {
	s := gotland.Snapshot(t)
	p := prepare(t, s)
	if _, err := p.Accelerate(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(821, 822))
	w := &trial{base: s, spot: func() orb.Point {
		at := s.Cells[r.IntN(len(s.Cells))].Centre
		return orb.Point{at[0] + 2000*r.Float64() - 1000, at[1] + 2000*r.Float64() - 1000}
	}}
	every := 20
	if os.Getenv(thorough) != "" {
		every = 1
	}
	followed := followAll(t, w, p, model.Distance, 1000, every, r) + followAll(t, w, p, model.Time, 1000, every, r)
	if followed < 1900 {
		t.Errorf("only %d changes were followed", followed)
	}
}
