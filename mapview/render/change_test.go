package render

import (
	"math"
	"strings"
	"testing"

	"nabar/internal/golden"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// testComparison changes the test's kommun by every kind and size of change, column by column.
func testComparison(s *model.Snapshot) *model.Comparison {
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance}
	c := &model.Comparison{A: &model.Result{Query: q}, B: &model.Result{Query: q}}
	shifts := []struct {
		kind          model.ShiftKind
		before, after float64
	}{
		{model.ShiftBetter, 9000, 2000},
		{model.ShiftBetter, 5000, 3900},
		{model.ShiftBetter, 5000, 4000},
		{model.ShiftUnchanged, 5000, 5000},
		{model.ShiftWorse, 4000, 5000},
		{model.ShiftWorse, 4000, 5001},
		{model.ShiftWorse, 1000, 9000},
	}
	for i := range s.Cells {
		shift := shifts[i/7]
		cell := model.CellShift{Cell: s.Cells[i].ID, People: s.Cells[i].People, Kind: shift.kind, Before: shift.before, After: shift.after}
		if i%7 == 6 { // the northernmost row
			more := [][]any{{model.ShiftUnreached, 1.0, math.NaN()}, {model.ShiftReached, math.NaN(), 1.0}, {model.ShiftAdded, math.NaN(), 1.0}, {model.ShiftGone, 1.0, math.NaN()}, {model.ShiftUnchanged, math.NaN(), math.NaN()}}
			m := more[i/7%len(more)]
			cell.Kind, cell.Before, cell.After = m[0].(model.ShiftKind), m[1].(float64), m[2].(float64)
		}
		c.Cells = append(c.Cells, cell)
	}
	return c
}

// testRanking is what the closing of the test's shops would mean.
func testRanking(s *model.Snapshot) *model.Ranking {
	r := &model.Ranking{Query: model.Query{Service: "dagligvaror", Impedance: model.Distance}}
	extra := 1.9e8
	for i := range s.Facilities {
		if f := &s.Facilities[i]; f.Type == "dagligvaror" {
			loss := model.Loss{PeopleNearest: 10, Extra: extra}
			if extra < 3e7 {
				loss.LeftWithout = 4
			}
			r.Places = append(r.Places, model.PlaceLoss{IDs: []string{f.ID}, Loss: loss})
			extra /= 3
		}
	}
	return r
}

func TestGoldenChangeAndLosses(t *testing.T) {
	for name, theme := range map[string]symbology.Theme{"change-light": symbology.Light, "change-dark": symbology.Dark} {
		s := testSnapshot()
		scene := NewScene(SceneInput{Snapshot: s, Service: "dagligvaror", Comparison: testComparison(s), Printer: i18n.For("sv"), Theme: theme})
		img, err := DrawSheet(t.Context(), scene, testView(), SheetOptions{NoSource: true})
		if err != nil {
			t.Fatal(err)
		}
		golden.Image(t, name, img)
	}
	s := testSnapshot()
	scene := NewScene(SceneInput{Snapshot: s, Service: "dagligvaror", Result: testResult(s), Ranking: testRanking(s), Printer: i18n.For("sv")})
	img, err := DrawSheet(t.Context(), scene, testView(), SheetOptions{NoSource: true})
	if err != nil {
		t.Fatal(err)
	}
	golden.Image(t, "losses", img)
}

// TestLegendOfChangesCountsEverybody sums the people of the legend: they are those of all squares.
func TestLegendOfChangesCountsEverybody(t *testing.T) {
	s := testSnapshot()
	scene := NewScene(SceneInput{Snapshot: s, Comparison: testComparison(s)})
	all, sum := 0, 0
	for _, c := range s.Cells {
		all += c.People
	}
	for _, n := range scene.changes.people {
		sum += n
	}
	if sum != all {
		t.Errorf("the legend has %d of %d people", sum, all)
	}
	labels := 0
	for _, item := range scene.Legend().Items {
		if strings.HasSuffix(item.Label, "inv.") {
			labels++
		}
	}
	if labels != 7+5 {
		t.Errorf("%d classes in the legend, want the ramp's 7 and 5 more", labels)
	}
}

// TestNothingChangedIsOneClass: compared with itself a kommun has one colour.
func TestNothingChangedIsOneClass(t *testing.T) {
	s := testSnapshot()
	c := testComparison(s)
	for i := range c.Cells {
		c.Cells[i].Kind, c.Cells[i].Before, c.Cells[i].After = model.ShiftUnchanged, 5, 5
	}
	for _, class := range NewScene(SceneInput{Snapshot: s, Comparison: c}).classes {
		if class != 3 {
			t.Fatalf("class %d, want the middle one", class)
		}
	}
}
