package cli_test

import (
	"strings"
	"testing"
)

// TestTourInVillage drives to two stops and back, by hand 500 m along the road and home again, and keeps the round as a layer.
func TestTourInVillage(t *testing.T) {
	project := village(t)
	r := answer(t, "tour", project, "--from", "500000,6700000", "--stops", "500200,6700000;500500,6700000", "--keep", "Bussen")
	near(t, "cost", r["cost"], 1000)
	near(t, "gap", r["gap"], 0)
	if r["layer"] != "Bussen" || r["optimal"] != true || len(r["trips"].([]any)) != 1 {
		t.Errorf("%v", r)
	}
	if info := done(t, "info", project); !strings.Contains(info, "Bussen") {
		t.Errorf("the layer is not kept: %s", info)
	}
	two := answer(t, "tour", project, "--from", "500000,6700000", "--stops", "500200,6700000;500500,6700000", "--capacity", "1")
	near(t, "two rounds", two["cost"], 1400)
	if out := done(t, "tour", project, "--from", "500000,6700000", "--service", "dagligvaror", "--beyond", "505"); !strings.Contains(out, "bevisat") {
		t.Errorf("for people: %s", out)
	}
	for word, args := range map[string][]string{
		"--from":   {"tour", project, "--stops", "1,2"},
		"--beyond": {"tour", project, "--from", "1,2"},
		"bortom":   {"tour", project, "--from", "bortom", "--stops", "500200,6700000"},
	} {
		if status, _, errOut := call(t, args...); status == 0 || !strings.Contains(errOut, word) || strings.Contains(errOut, "⟦") {
			t.Errorf("%v: %d %s", args, status, errOut)
		}
	}
}

// TestDeliveryInVillage tells of both shops, with all assumptions: the refund is half, under the cap.
func TestDeliveryInVillage(t *testing.T) {
	project := village(t)
	r := answer(t, "delivery", project, "--service", "dagligvaror", "--within", "505", "--factor", "km=30")
	place := r["places"].([]any)[0].(map[string]any)
	near(t, "refund", place["state_refund"], place["net_cost"].(float64)/2)
	if place["outcome"] != "deliver" || len(r["places"].([]any)) != 2 || len(r["factors"].([]any)) != 14 {
		t.Errorf("%v", r)
	}
	if out := done(t, "delivery", project, "--service", "dagligvaror"); !strings.Contains(out, "2000:284") || strings.Contains(out, "⟦") {
		t.Errorf("for people: %s", out)
	}
	for _, factor := range []string{"häst=1", "km=mycket", "speed=0"} {
		if status, _, errOut := call(t, "delivery", project, "--service", "dagligvaror", "--factor", factor); status == 0 || strings.Contains(errOut, "⟦") {
			t.Errorf("%s: %d %s", factor, status, errOut)
		}
	}
}
