package supply

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
)

// TestWeights computes weights by hand, or by the library's functions.
func TestWeights(t *testing.T) {
	for _, c := range []struct {
		d          Decay
		cost, want float64
	}{
		{Decay{Form: Exponential, Half: 5000}, 0, 1},
		{Decay{Form: Exponential, Half: 5000}, 5000, 0.5},
		{Decay{Form: Exponential, Half: 5000}, 15000, 0.125}, // three halvings
		{Decay{Form: Exponential, Half: 600}, 100, math.Pow(2, -1.0/6)},
		{Decay{Form: Gaussian, Half: 5000}, 0, 1},
		{Decay{Form: Gaussian, Half: 5000}, 5000, 0.5},
		{Decay{Form: Gaussian, Half: 5000}, 10000, 0.0625}, // 2^-4
		{Decay{Form: Gaussian, Half: 5000}, 2500, math.Pow(2, -0.25)},
		{Decay{Form: Logistic, Half: 5000, Width: 1000}, 5000, 0.5},
		{Decay{Form: Logistic, Half: 5000, Width: 1000}, 3000, 1 / (1 + math.Exp(-2))},
		{Decay{Form: Logistic, Half: 5000, Width: 1000}, 7000, 1 / (1 + math.Exp(2))},
		{Decay{Form: Logistic, Half: 5000, Width: 1}, 5e6, 0},
		{Decay{Form: Power, Exponent: 2, From: 1000}, 0, 1},
		{Decay{Form: Power, Exponent: 2, From: 1000}, 1000, 1},
		{Decay{Form: Power, Exponent: 2, From: 1000}, 2000, 0.25},
		{Decay{Form: Power, Exponent: 1.5, From: 1000}, 3000, math.Pow(3, -1.5)},
		{Decay{Form: Step, Zones: []Zone{{1000, 1}, {2000, 0.4}}}, 1000, 1}, // limits are included
		{Decay{Form: Step, Zones: []Zone{{1000, 1}, {2000, 0.4}}}, 1000.01, 0.4},
		{Decay{Form: Step, Zones: []Zone{{1000, 1}, {2000, 0.4}}}, 2000.01, 0},
	} {
		if got := c.d.Weight(c.cost); math.Abs(got-c.want) > 4e-16 {
			t.Errorf("%+v at %v: %.17g, want %.17g", c.d, c.cost, got, c.want)
		}
	}
}

// TestExpAndLog holds our own functions to the library's over all that a weight can ask for.
func TestExpAndLog(t *testing.T) {
	for i := range 200_000 {
		x := -float64(i) * 0.0035
		if got, want := exp(x), math.Exp(x); math.Abs(got-want) > 4e-16*want {
			t.Fatalf("exp(%v) = %.17g, want %.17g", x, got, want)
		}
		y := 1e-3 * math.Pow(1.0002, float64(i%100_000))
		if got, want := log(y), math.Log(y); math.Abs(got-want) > 4e-16*max(math.Abs(want), 1) {
			t.Fatalf("log(%v) = %.17g, want %.17g", y, got, want)
		}
	}
	if exp(-1e9) != 0 || exp(math.Inf(-1)) != 0 || exp(0) != 1 || log(1) != 0 {
		t.Error("the ends are wrong")
	}
}

// TestWeightsFall looks at each form at 10 000 costs: never above 1, never rising.
func TestWeightsFall(t *testing.T) {
	for _, form := range Forms() {
		q, err := Query{Services: []string{"post"}, Method: Gravity, Decay: Decay{Form: form}}.Complete()
		if err != nil {
			t.Fatal(err)
		}
		before := 1.0
		for i := range 10_000 {
			w := q.Decay.Weight(float64(i) * 5)
			if !(w >= 0 && w <= before) {
				t.Fatalf("%s weighs %v at %d m after %v", form, w, i*5, before)
			}
			before = w
		}
	}
}

func TestComplete(t *testing.T) {
	for _, c := range []struct {
		q    Query
		want string
	}{
		{Query{}, "gravity {exponential 5000 0 0 0 []} 50000 1"},
		{Query{Impedance: model.Time}, "gravity {exponential 600 0 0 0 []} 3600 1"},
		{Query{Method: Cumulative}, "cumulative {step 0 0 0 0 [{10000 1}]} 10000 1"},
		{Query{Method: Cumulative, Limit: 500}, "cumulative {step 0 0 0 0 [{500 1}]} 500 1"},
		{Query{Method: TwoStep, Impedance: model.Time}, "2sfca {step 0 0 0 0 [{1800 1}]} 1800 1"},
		{Query{Method: Enhanced, Impedance: model.Time}, "e2sfca {step 0 0 0 0 [{600 1} {1200 0.68} {1800 0.22}]} 1800 1"},
		{Query{Method: Enhanced, Decay: Decay{Zones: []Zone{{7, 1}, {9, .5}}}}, "e2sfca {step 0 0 0 0 [{7 1} {9 0.5}]} 9 1"},
		{Query{Method: Enhanced, Decay: Decay{Form: Gaussian, Half: 4}, Capacity: 3}, "e2sfca {gaussian 4 0 0 0 []} 30000 3"},
		{Query{Decay: Decay{Form: Logistic}}, "gravity {logistic 5000 1000 0 0 []} 50000 1"},
		{Query{Decay: Decay{Form: Power, Exponent: 3}}, "gravity {power 0 0 3 1000 []} 50000 1"},
	} {
		c.q.Services = []string{"post"}
		q, err := c.q.Complete()
		if got := fmt.Sprint(q.Method, " ", q.Decay, " ", q.Limit, " ", q.Capacity); err != nil || got != c.want {
			t.Errorf("%+v: %s, want %s, %v", c.q, got, c.want, err)
		}
	}
}

func TestQueryRefuses(t *testing.T) {
	post := []string{"post"}
	for key, q := range map[string]Query{
		"supply.no_service":          {},
		"supply.method_unknown":      {Services: post, Method: "best"},
		"analysis.unknown_impedance": {Services: post, Impedance: "mil"},
		"supply.limit_wrong":         {Services: post, Limit: -1},
		"supply.capacity_wrong":      {Services: post, Capacity: math.NaN()},
		"supply.form_unknown":        {Services: post, Decay: Decay{Form: "linear"}},
		"supply.parameter_wrong":     {Services: post, Decay: Decay{Form: Gaussian, Half: math.Inf(1)}},
		"supply.zones_wrong":         {Services: post, Decay: Decay{Form: Step, Zones: []Zone{{5, 1}, {5, .5}}}},
		"supply.no_decay":            {Services: post, Method: TwoStep, Decay: Decay{Form: Gaussian}},
		"supply.power_gravity":       {Services: post, Method: Enhanced, Decay: Decay{Form: Power}},
		"supply.service_twice":       {Services: []string{"post", "post"}},
	} {
		if _, err := q.Complete(); !errors.Is(err, i18n.Errorf(key)) {
			t.Errorf("%+v: %v, want %s", q, err, key)
		}
	}
}
