package ui

import (
	"strings"
	"testing"
	"time"

	"nabar/app/ui/results"
	"nabar/mapview/render"
	"nabar/model"
)

// figured tells whether the panel shows what is chosen in detail.
func (b *bench) figured() bool {
	f := &b.figures
	return f.have != nil && *f.have == f.key && f.key.choice == b.state.choice && b.calm()
}

func TestPanelShowsThePeopleThatAreChosen(t *testing.T) {
	b := openBench(t)
	b.until("the figures are shown", b.figured)
	everybody := b.figures.data.All.People
	if !b.says("kvinnor ") || !b.says("Hela kommunen") || b.figures.focus != nil {
		t.Error("women and men don't stand beside each other, or the map is dimmed")
	}
	before := b.view.View()
	b.choosePeople("women", "Tätorter"+areaSeparator+"outside")
	b.until("the figures of women outside the towns are shown", b.figured)
	f := b.figures.data
	if f.All.People == 0 || f.All.People >= everybody || b.view.View() != before {
		t.Errorf("%d of %d people; the map moved: %v", f.All.People, everybody, b.view.View() != before)
	}
	seen := map[render.Attention]int{}
	for _, a := range b.figures.focus {
		seen[a]++
	}
	if seen[render.Inside] == 0 || seen[render.Outside] == 0 {
		t.Errorf("the map's attention is %v", seen)
	}
	b.chooseService("apotek")
	b.until("another service is shown", b.figured)
	if q := b.figures.data.Query; q.Service != "apotek" || b.figures.data.All.People != f.All.People || b.figures.focus == nil {
		t.Errorf("another service: %s of %d people", q.Service, b.figures.data.All.People)
	}
	b.choosePeople("", "")
	b.until("everybody is shown", b.figured)
	if b.figures.data.All.People != everybody || b.figures.focus != nil {
		t.Errorf("everybody is %d", b.figures.data.All.People)
	}
	b.choosePeople("7-9", "")
	b.until("the panel says what is wrong", func() bool { return b.figures.fault != nil })
	if b.dialogs() > 0 {
		t.Error("a choice that gives no figures opens a dialog")
	}
}

func TestWhyThisNumber(t *testing.T) {
	b := openBench(t)
	b.until("the figures are shown", b.figured)
	b.why(results.Figure{ID: "median"})
	b.until("the explanation is shown", func() bool { return b.dialogs() > 0 && b.calm() })
	text := strings.Join(overlayTexts(b), "\n")
	for _, say := range []string{"Varför detta tal?", "minsta d₁ där minst hälften av R", "Hälften av dem är", "kontrollsumma", "Visa på kartan"} {
		if !strings.Contains(text, say) {
			t.Errorf("the explanation does not say %q:\n%s", say, text)
		}
	}
	for _, o := range b.win.Canvas().Overlays().List() {
		o.Hide()
	}
	cell := b.state.result.Cells[0].Cell
	b.showCell(cell)
	if b.selected.cell != cell || !b.card.Visible() {
		t.Error("the square is not shown on the map")
	}
	b.whyCell(cell)
	b.until("the square's way is explained", func() bool { return b.dialogs() > 0 && b.calm() })
}

// overlayTexts are the texts of what lies over the window.
func overlayTexts(b *bench) []string {
	var out []string
	for _, o := range b.win.Canvas().Overlays().List() {
		out = append(out, textsOf(o)...)
	}
	return out
}

// TestPanelFollowsAtOnce measures from a choice to figures and map in the window, with the demo kommun.
func TestPanelFollowsAtOnce(t *testing.T) {
	b := openBench(t)
	b.until("the figures are shown", b.figured)
	var worst time.Duration
	for _, c := range []choice{{service: "post", impedance: model.Distance}, {service: "post", impedance: model.Time}, {service: "dagligvaror", impedance: model.Distance}} {
		start := time.Now()
		b.choose(c)
		b.until("the choice is shown", b.figured)
		worst = max(worst, time.Since(start))
	}
	if worst > 5*time.Second {
		t.Errorf("a choice takes %v", worst)
	}
	t.Logf("the slowest choice took %v", worst)
}
