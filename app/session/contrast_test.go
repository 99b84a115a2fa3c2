package session_test

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nabar/app/session"
	"nabar/model/scenario"
)

// TestContrastSetsStatesBesideEachOther has the same figures as comparing two at a time and asking for the groups alone.
func TestContrastSetsStatesBesideEachOther(t *testing.T) {
	s := village(t)
	for name, id := range map[string]string{"Utan A": "A", "Utan B": "B"} {
		_, err := s.AddScenario(ctx, plan(name, scenario.ClosePlace{ID: id}))
		must(t, err)
	}
	names := []string{"nuläge", "Utan A", "Utan B"}
	c, err := s.ContrastScenarios(ctx, names, groceries, nil)
	must(t, err)
	for i, name := range names[1:] {
		two, err := s.Compare(ctx, "", name, groceries, nil)
		must(t, err)
		if got := c.Changes[i+1]; got.Worse != two.Worse || got.Cost != two.Cost || written(got.B) != written(two.B) {
			t.Errorf("%s: %+v, alone %+v", name, got.Worse, two.Worse)
		}
		if c.Costs[i+1].PersonKm != two.Cost.PersonKm*2*1.5*52 {
			t.Errorf("%s costs %+v", name, c.Costs[i+1])
		}
	}
	tables := s.ContrastTables(ctx, c)
	if len(tables) != 6 {
		t.Fatalf("%d tables", len(tables))
	}
	for _, table := range tables {
		for _, row := range table.Rows {
			if len(row.Cells) != len(table.Columns) {
				t.Errorf("%s: a row of %d cells under %d columns", table.Name, len(row.Cells), len(table.Columns))
			}
		}
	}
	mean := tables[1].Rows[0].Cells // label, three states, two differences
	if d := mean[2].Number - mean[1].Number; math.Abs(d-mean[4].Number) > 1e-12 || mean[1].Number*1000 != c.Results[0].Mean {
		t.Errorf("means %+v", mean)
	}
	if len(tables[2].Rows) != 2 || len(tables[4].Rows) != 2 {
		t.Error("not every scenario has its changes and costs")
	}
	if _, err := s.ContrastScenarios(ctx, names[:1], groceries, nil); err == nil {
		t.Error("one scenario is compared with itself")
	}
}

// TestCostFactorsAreOneStep sets factors, undoes them and refuses what makes no sense.
func TestCostFactorsAreOneStep(t *testing.T) {
	s := village(t)
	must(t, s.SetCostFactors(ctx, map[string]float64{"trips": 2, "co2": 90}))
	if f, err := s.CostFactors(ctx); err != nil || f.Trips != 2 || f.CO2 != 90 || f.PerCar != 1.4 {
		t.Errorf("factors %+v, %v", f, err)
	}
	for name, v := range map[string]float64{"per_car": 0, "state_share": 1.1, "trips": math.NaN(), "household": -1, "ved": 1} {
		if err := s.SetCostFactors(ctx, map[string]float64{"co2": 1, name: v}); err == nil {
			t.Errorf("%s may be %v", name, v)
		}
	}
	_, err := s.Undo(ctx)
	must(t, err)
	if f, err := s.CostFactors(ctx); err != nil || f.Trips != 1.5 || f.CO2 != 130 {
		t.Errorf("after undo %+v, %v", f, err)
	}
}

// BenchmarkGotlandContrast compares two scenarios of Gotland whose figures are stored, and writes all tables.
func BenchmarkGotlandContrast(b *testing.B) {
	s := gotland(b)
	names := []string{"Utan Stenkyrka", "Utan Klintehamn"}
	for i, id := range []string{"SP-0026", "SP-0001"} {
		if _, err := s.AddScenario(ctx, plan(names[i], scenario.ClosePlace{ID: id})); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		c, err := s.ContrastScenarios(ctx, names, groceries, nil)
		if err != nil {
			b.Fatal(err)
		}
		s.ContrastTables(ctx, c)
	}
}

// TestPlanSetsChosenScenariosBesideEachOther has the chapter where scenarios are chosen, and none where they are undone or gone.
func TestPlanSetsChosenScenariosBesideEachOther(t *testing.T) {
	s := village(t)
	_, err := s.AddScenario(ctx, plan("Utan A", scenario.ClosePlace{ID: "A"}))
	must(t, err)
	path := filepath.Join(t.TempDir(), "plan.html")
	has := func() bool {
		t.Helper()
		must(t, s.Report(ctx, path, nil))
		data, err := os.ReadFile(path)
		must(t, err)
		return strings.Contains(string(data), "Scenarier bredvid varandra") && strings.Contains(string(data), "Utan A")
	}
	if has() {
		t.Error("the plan has a chapter that nobody chose")
	}
	if err := s.SetPlanScenarios(ctx, session.PlanScenarios{Names: []string{"nuläge", "Finns inte"}, Service: "dagligvaror"}); err == nil {
		t.Error("a scenario that is not there is chosen")
	}
	must(t, s.SetPlanScenarios(ctx, session.PlanScenarios{Names: []string{"nuläge", "utan a"}, Service: "dagligvaror"}))
	if !has() {
		t.Error("the plan lacks the chapter")
	}
	must(t, s.RemoveScenario(ctx, "Utan A"))
	if has() {
		t.Error("the plan compares a scenario that is gone")
	}
}
