package session_test

import (
	"fmt"
	"testing"

	"nabar/model/scenario"
)

// BenchmarkGotlandCompare compares two scenarios whose figures are stored: reading them, the cost by the other impedance,
// and all tables.
func BenchmarkGotlandCompare(b *testing.B) {
	s := gotland(b)
	for name, id := range map[string]string{"Utan Stenkyrka": "SP-0026", "Utan Klintehamn": "SP-0001"} {
		if _, err := s.AddScenario(ctx, plan(name, scenario.ClosePlace{ID: id})); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Compare(ctx, "Utan Stenkyrka", "Utan Klintehamn", groceries, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkGotlandNewScenario makes a scenario, computes it, stores it as a layer and compares it with the baseline.
func BenchmarkGotlandNewScenario(b *testing.B) {
	s := gotland(b)
	number := 0
	b.ReportAllocs()
	for b.Loop() {
		number++
		name := fmt.Sprint("Plan ", number)
		if _, err := s.AddScenario(ctx, plan(name, scenario.ClosePlace{ID: "SP-0026"})); err != nil {
			b.Fatal(err)
		}
		if _, err := s.Compare(ctx, "", name, groceries, nil); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if err := s.RemoveScenario(ctx, name); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
