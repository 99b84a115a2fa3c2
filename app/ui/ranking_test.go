package ui

import (
	"testing"

	"nabar/model"
)

func TestRankingFollowsTheChoice(t *testing.T) {
	b := openBench(t)
	if b.ranking.data != nil {
		t.Error("the ranking is worked out before anybody wants it")
	}
	b.showLosses()
	b.until("the ranking is shown", func() bool { return b.ranking.data != nil && b.calm() })
	first := b.ranking.data.Facilities[0]
	if !b.says(first.Name) || !b.says("fler personer som får längre än") {
		t.Error("the greatest loss is not shown")
	}
	b.losses.OnSelect(first.ID)
	if b.selected.facility != first.ID || b.card.Title() != first.Name {
		t.Errorf("chosen in the ranking: %+v", b.selected)
	}
	b.choose(choice{service: "apotek", impedance: model.Time})
	b.until("the other ranking is shown", func() bool { return b.ranking.data.Query.Service == "apotek" && b.calm() })
	if b.ranking.data.Query.Impedance != model.Time {
		t.Error("the ranking is by another measure")
	}
	kept := b.ranking.data
	b.reload()
	b.until("the window is loaded anew", b.calm)
	if b.ranking.data != kept {
		t.Error("worked out again though nothing has changed")
	}
}
