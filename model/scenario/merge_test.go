package scenario_test

import (
	"testing"

	"github.com/paulmach/orb"

	"nabar/model/scenario"
)

func TestMerge(t *testing.T) {
	root := scenario.Scenario{ID: 1, Name: "grund", Steps: steps("", scenario.ClosePlace{ID: "C"}).Steps}
	a := scenario.Scenario{ID: 2, Name: "a", Parent: 1, Steps: steps("", scenario.ClosePlace{ID: "A"}, scenario.FerriesOff{}, scenario.SetHours{ID: "B", Hours: "9–12"}).Steps}
	deep := scenario.Scenario{ID: 3, Name: "djup", Parent: 2, Steps: steps("", scenario.ChangePeople{Percent: 5, Ages: &scenario.AgeSpan{From: 70, To: -1}}, scenario.CloseRoad{Layer: "v", FID: 1}).Steps}
	b := scenario.Scenario{ID: 4, Name: "b", Parent: 1, Steps: steps("",
		scenario.FerriesOff{},                                  // both have it
		scenario.MovePlace{ID: "A", At: near},                  // the first closes it
		scenario.AddServices{ID: "B", Types: []string{"post"}}, // goes with other hours
		scenario.ChangePeople{Percent: -5, Ages: &scenario.AgeSpan{From: 0, To: 69}},
		scenario.ChangePeople{Percent: 9},
		scenario.ChangeRoad{Layer: "V", FID: 1, Speed: 50},
	).Steps}
	all := []scenario.Scenario{root, a, deep, b}
	got, conflicts, err := scenario.Merge(all, deep, b, "båda")
	if err != nil {
		t.Fatal(err)
	}
	if got.Parent != 1 || got.ID != 0 || got.Name != "båda" || len(got.Steps) != 10 {
		t.Fatalf("%+v", got)
	}
	off := ""
	for _, s := range got.Steps {
		if s.Off {
			off += string(s.Kind()) + " "
		}
	}
	if len(conflicts) != 3 || off != "move people road " {
		t.Errorf("%d conflicts, off: %s", len(conflicts), off)
	}
	if conflicts[0].First.Kind() != scenario.KindClose || conflicts[0].Second.Kind() != scenario.KindMove {
		t.Errorf("%+v", conflicts[0])
	}
	// A scenario and its own parent: the steps of the scenario on the parent.
	got, conflicts, err = scenario.Merge(all, deep, a, "m")
	if err != nil || got.Parent != 2 || len(got.Steps) != 2 || len(conflicts) != 0 {
		t.Errorf("%+v %v %v", got, conflicts, err)
	}
	if _, _, err = scenario.Merge(all, a, a, "m"); err == nil {
		t.Error("a scenario was merged with itself")
	}
	// With nothing in common but the baseline.
	lone := scenario.Scenario{ID: 5, Name: "e", Steps: steps("", scenario.OpenPlace{ID: "x", Types: []string{"post"}, At: orb.Point{1, 2}}).Steps}
	if got, _, err = scenario.Merge(append(all, lone), b, lone, "m"); err != nil || got.Parent != 0 || len(got.Steps) != 8 {
		t.Errorf("%+v %v", got, err)
	}
}
