package ui

import (
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/paulmach/orb/planar"

	"nabar/model"
)

// chooseSquare chooses an inhabited square that reaches two places.
func (b *bench) chooseSquare() model.CellCost {
	b.t.Helper()
	for _, c := range b.state.result.Cells {
		if c.Second != "" && c.People > 0 && c.Cost > 1000 {
			b.selected = selection{cell: c.Cell}
			b.showSelection(false)
			return c
		}
	}
	b.t.Fatal("no square reaches two places")
	return model.CellCost{}
}

func TestChosenSquareShowsItsRoad(t *testing.T) {
	b := openBench(t)
	c := b.chooseSquare()
	b.until("the road is found", func() bool { return b.roads.line != nil && b.calm() })
	if got := planar.Length(b.roads.line); math.Abs(got-c.Cost) > 0.05*c.Cost {
		t.Errorf("the road is %.0f m long, the nearest place %.0f m away", got, c.Cost)
	}
	p := b.printer
	for _, want := range []string{p.Distance(c.Cost), p.Distance(c.SecondCost), "min"} {
		if !b.says(want) {
			t.Errorf("the card does not say %q", want)
		}
	}
	line := b.roads.line
	b.reload()
	b.until("the window is loaded anew", b.calm)
	if b.roads.line == nil || planar.Length(b.roads.line) != planar.Length(line) {
		t.Error("the road is lost when the project changes")
	}
	b.typed(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if b.roads.line != nil || b.card.Visible() {
		t.Error("Escape leaves the road on the map")
	}
}

func TestChosenShopShowsTheNextOne(t *testing.T) {
	b := openBench(t)
	id := b.state.result.Places[0].ID
	b.selectFacility(id, false)
	b.until("the road is found", func() bool { return b.roads.line != nil && b.calm() })
	if got, want := b.roads.line[0], b.state.snapshot.Facilities[b.facility(id)].At; got != want {
		t.Errorf("the road starts at %v, the shop is at %v", got, want)
	}
	if !b.says("Nästa ställe: ") || !b.says("Därefter: ") {
		t.Error("the card does not tell of the next two shops")
	}
}

func TestLateRoadOfAnotherSelectionIsNotShown(t *testing.T) {
	b := openBench(t)
	b.chooseSquare()
	answer := <-b.jobs
	b.selectNone()
	answer()
	if b.roads.line != nil || b.card.Visible() {
		t.Error("a road is shown though nothing is chosen")
	}
}

func TestCardOfTimeTellsTheDistanceToo(t *testing.T) {
	b := openBench(t)
	b.choose(choice{service: "dagligvaror", impedance: model.Time})
	b.until("the choice is shown", func() bool { return b.state.choice.impedance == model.Time && b.calm() })
	b.chooseSquare()
	b.until("the road is found", func() bool { return b.roads.line != nil })
	for _, s := range b.texts() {
		if strings.HasPrefix(s, "Närmast: ") && strings.Contains(s, "km") && strings.Contains(s, "min") {
			return
		}
	}
	t.Error("the card does not tell both measures")
}
