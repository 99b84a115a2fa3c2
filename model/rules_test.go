package model_test

import (
	"encoding/json"
	"testing"

	"nabar/model"
)

// TestRulesAsText writes and reads every set of rules; parameters by the program's own rules are written as before.
func TestRulesAsText(t *testing.T) {
	for r := model.Rules(0); r <= model.PiposRules; r++ {
		p := model.DefaultParams()
		p.Rules = r
		content, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var back model.Params
		if err := json.Unmarshal(content, &back); err != nil || back != p {
			t.Errorf("%s reads as %+v, %v", content, back, err)
		}
		if n := len(r.Single()); (n == 0) != (r == 0) || (n == 4) != (r == model.PiposRules) {
			t.Errorf("%q has %d single rules", r, n)
		}
	}
	if s := (model.FreeConnectors | model.RoundedNodes).String(); s != "connector+nodes" {
		t.Errorf("two rules are written %q", s)
	}
	var r model.Rules
	if err := r.UnmarshalText([]byte("pipos+nodes")); err == nil {
		t.Error("an unknown rule was read")
	}
	if content, _ := json.Marshal(model.DefaultParams()); string(content) != `{"join_radius_m":1,"snap_limit_m":5000,"place_radius_m":30,"ferry_speed_kmh":10,"ferry_wait_s":0,"ferries_off":false,"default_speed_kmh":50,"connector_speed_kmh":0,"date":""}` {
		t.Errorf("the program's own rules changed the parameters: %s", content)
	}
}
