package access

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/method"
)

// termOf is the first number of a name.
func termOf(t *testing.T, e *model.Explanation, name string) float64 {
	t.Helper()
	for _, term := range e.Terms {
		if term.Name == name {
			return term.Value
		}
	}
	t.Fatalf("%s has no %q among %v", e.Asked.Figure, name, e.Terms)
	return 0
}

// TestExplanationsLeadToTheFigures computes every figure again from the numbers of its explanation.
func TestExplanationsLeadToTheFigures(t *testing.T) {
	r := rand.New(rand.NewPCG(301, 302))
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance, Bands: []float64{200, 600, 1200}}
	checked := 0
	for range 80 {
		p := prepare(t, peopled(randomKommun(r), r))
		for _, of := range []string{"", "women", "6-15"} {
			o := model.FigureOptions{Of: of, NeedFrom: 700, Services: []string{"dagligvaror", "post"}}
			f, err := p.Figures(t.Context(), q, o)
			if err != nil || f.All.Reached == 0 {
				continue
			}
			tell := func(figure string, limit float64) *model.Explanation {
				e, err := p.Explain(t.Context(), q, o, model.Asked{Figure: figure, Limit: limit})
				if err != nil {
					t.Fatalf("%s: %v", figure, err)
				}
				return e
			}
			a := &f.All
			same := func(what string, got, want float64) {
				t.Helper()
				if math.Abs(got-want) > 1e-6*(1+math.Abs(want)) && !(math.IsNaN(got) && math.IsNaN(want)) {
					t.Fatalf("%q: %s is %v, want %v", of, what, got, want)
				}
			}
			mean := tell("mean", 0)
			same("mean", termOf(t, mean, "sum")/termOf(t, mean, "reached"), a.Mean)
			for figure, want := range map[string]float64{"median": a.Median, "p90": a.P90} {
				e := tell(figure, 0)
				same(figure, termOf(t, e, "value"), want)
				if before, needed, with := termOf(t, e, "before"), termOf(t, e, "needed"), termOf(t, e, "with"); before >= needed || with < needed || len(e.Witnesses) != 1 {
					t.Fatalf("%s is passed from %v to %v, needed %v", figure, before, with, needed)
				}
			}
			same("max", termOf(t, tell("max", 0), "value"), a.Max)
			same("second", termOf(t, tell("second", 0), "mean"), a.SecondMean)
			same("band", math.Floor(termOf(t, tell("band", 600), "people")+0.5), float64(a.Bands[1].People))
			need := tell("need", 0)
			same("need", termOf(t, need, "sum"), a.Need.Cost)
			reached := tell("reached", 0)
			same("all", termOf(t, reached, "reached")+termOf(t, reached, "unjoined")+termOf(t, reached, "no_way"), termOf(t, reached, "people"))
			same("joint", termOf(t, tell("joint", 600), "people"), float64(f.Joint.All.Bands[1].People))
			people, last := 0.0, 0.0
			for _, term := range tell("parts", 0).Terms {
				people, last = people+term.Value, term.Value
			}
			same("parts", people, termOf(t, reached, "reached"))
			same("beyond", last, termOf(t, reached, "reached")-termOf(t, tell("band", 1200), "people"))
			if a.PersonCost > 0 {
				same("palma", termOf(t, tell("palma", 0), "palma"), f.Equity.Palma)
				same("index", termOf(t, tell("index", 0), "index"), f.Equity.Index)
			}
			checked++
		}
	}
	if checked < 150 {
		t.Errorf("only %d checked", checked)
	}
}

// TestWaysAddUp holds the pieces of every square's way against its cost, by distance and by time.
func TestWaysAddUp(t *testing.T) {
	r := rand.New(rand.NewPCG(303, 304))
	ways := 0
	for range 60 {
		s := randomKommun(r)
		p := prepare(t, s)
		for _, i := range []model.Impedance{model.Distance, model.Time} {
			q := model.Query{Service: "dagligvaror", Impedance: i}
			result, err := p.Analyse(t.Context(), q)
			if err != nil {
				continue
			}
			for _, c := range result.Cells {
				e, err := p.Explain(t.Context(), q, model.FigureOptions{}, model.Asked{Figure: method.Cell, Cell: c.Cell})
				if err != nil {
					t.Fatal(err)
				}
				if c.Nearest == "" {
					if e.Way != nil || e.Value.Args[0].(i18n.Message).Key != "explain.unreached" {
						t.Fatalf("%s is not reached, but %v", c.Cell, e.Value)
					}
					continue
				}
				sum := 0.0
				for _, piece := range []string{"connector_out", "first_road", "between", "last_road", "connector_in"} {
					v := termOf(t, e, piece)
					if v < 0 {
						t.Fatalf("%s: %s is %v", c.Cell, piece, v)
					}
					sum += v
				}
				if math.Abs(sum-c.Cost) > 1e-6 || termOf(t, e, "cost") != c.Cost || len(e.Way) == 0 {
					t.Fatalf("%s: the pieces are %v, the cost %v", c.Cell, sum, c.Cost)
				}
				if c.Second != "" && termOf(t, e, "second") != c.SecondCost {
					t.Fatalf("%s: second %v, want %v", c.Cell, termOf(t, e, "second"), c.SecondCost)
				}
				ways++
			}
		}
	}
	if ways < 500 {
		t.Errorf("only %d ways", ways)
	}
}

// TestExplanationByHand reads the words of a kommun with two squares and a shop.
func TestExplanationByHand(t *testing.T) {
	s := kommun([]model.Road{road(0, 0, 0, 20000, 0)}, []model.Cell{square(9, 1000, 50), square(1, 11000, 0)}, orb.Point{0, 0})
	p := prepare(t, s)
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance}
	for _, tt := range []struct {
		asked model.Asked
		value string
		say   []string
	}{
		{model.Asked{Figure: "mean"}, "2,0 km", []string{"De 10 invånarna i 2 rutor som når service färdas tillsammans 20,4 personkilometer", "är 2,0 km (2 045,0 m)"}},
		{model.Asked{Figure: "band", Limit: 5000}, "9 invånare (90,0 %)", []string{"1 ruta med 9 invånare", "9 av 10 invånare är 90,0 %"}},
		{model.Asked{Figure: "p90"}, "1,1 km", []string{"Nio tiondelar av dem är 9,0"}},
		{model.Asked{Figure: "cell", Cell: s.Cells[0].ID}, "1,1 km", []string{"9 invånare bor", "närmaste väg", ": 50,0 m", "1 050,0 m", "Ingen annan plats"}},
	} {
		e, err := p.Explain(t.Context(), q, model.FigureOptions{}, tt.asked)
		if err != nil {
			t.Fatal(err)
		}
		sv := i18n.For(i18n.Swedish)
		plain := func(s string) string { return strings.ReplaceAll(s, i18n.NBSP, " ") }
		var all []string
		for _, m := range slices.Concat(e.Lines, e.Basis) {
			all = append(all, sv.Text(m))
		}
		text := plain(strings.Join(all, "\n"))
		if got := plain(sv.Text(e.Value)); got != tt.value {
			t.Errorf("%s is %q, want %q", tt.asked.Figure, got, tt.value)
		}
		for _, say := range tt.say {
			if !strings.Contains(text, say) {
				t.Errorf("%s does not say %q:\n%s", tt.asked.Figure, say, text)
			}
		}
		if strings.Contains(text, "⟦") || strings.Contains(text, "{") {
			t.Errorf("%s: %s", tt.asked.Figure, text)
		}
	}
}

func TestWhatCanNotBeExplained(t *testing.T) {
	s := kommun([]model.Road{road(0, 0, 0, 20000, 0)}, []model.Cell{square(9, 1000, 50)}, orb.Point{0, 0})
	p := prepare(t, s)
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance}
	for key, asked := range map[string]model.Asked{"explain.no_case": {Figure: "x"}, "explain.no_cell": {Figure: "cell", Cell: "x"}} {
		if _, err := p.Explain(t.Context(), q, model.FigureOptions{}, asked); !errors.Is(err, i18n.Errorf(key)) {
			t.Errorf("%s: %v", key, err)
		}
	}
	for _, id := range method.Figures() {
		if _, err := p.Explain(t.Context(), q, model.FigureOptions{Services: []string{"dagligvaror"}}, model.Asked{Figure: id}); err != nil && !method.IsLoss(id) {
			t.Errorf("%s can't be explained: %v", id, err)
		}
	}
}
