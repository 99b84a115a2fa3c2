package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"nabar/app/ui/widgets"
	"nabar/model"
)

// sheetTexts are the texts of the dialog on top.
func (b *bench) sheetTexts() string {
	overlays := b.win.Canvas().Overlays()
	var out []string
	for _, o := range test.LaidOutObjects(overlays.Top()) {
		if text, ok := o.(*widgets.Text); ok {
			out = append(out, text.Content)
		}
	}
	return strings.Join(out, "|")
}

func TestChangeBetweenDatesIsShownOnTheMap(t *testing.T) {
	b := openBench(t)
	b.askChange()
	if b.dialogs() != 1 {
		t.Fatal("nothing is asked")
	}
	b.win.Canvas().Overlays().Remove(b.win.Canvas().Overlays().Top())
	c := b.choice
	c.from, c.date = origin{on: true, date: "2012-12-31"}, "2017-12-31"
	b.choose(c)
	b.until("the change is shown", func() bool {
		return b.comparison.compared(rankingKey{b.state.choice, b.state.snapshot}) != nil && b.state.scene.Comparison() != nil && b.calm()
	})
	got := b.comparison.data
	if got.A.Query.Date != "2012-12-31" || got.B.Query.Date != "2017-12-31" || got.Worse.People == 0 || got.Better.People == 0 {
		t.Errorf("compared %+v with %+v: worse for %d, better for %d", got.A.Query, got.B.Query, got.Worse.People, got.Better.People)
	}
	if b.state.result == nil || b.state.result.Query.Date != "2017-12-31" {
		t.Errorf("the figures are %+v, want those of the later date", b.state.result)
	}
	for _, want := range []string{"Förändring från 2012-12-31 till 2017-12-31", b.printer.Text(got.Summary)} {
		if !b.says(want) {
			t.Errorf("the window does not say %q", want)
		}
	}
	b.showChange()
	b.until("all figures are shown", func() bool { return b.dialogs() == 1 && b.calm() })
	if said := b.sheetTexts(); !strings.Contains(said, "Förändring från") {
		t.Errorf("the dialog says %q", said)
	}
	b.win.Canvas().Overlays().Top().Hide()
	b.endChange()
	b.until("the choice itself is shown", func() bool { return b.state.scene.Comparison() == nil && b.calm() })
	if b.versus.Object().Visible() {
		t.Error("the comparison is still told of")
	}
}

func TestScenarioIsShownAsAChangeOnTheMap(t *testing.T) {
	b := openBench(t)
	b.closeLargest("Utan den största")
	if b.state.scene.Comparison() != nil {
		t.Error("the map shows a change before anybody wants it")
	}
	b.changeOnMap(true)
	b.until("the map shows the change", func() bool { return b.state.scene.Comparison() != nil && b.calm() })
	if !b.says("Jämfört med nuläget") || !b.versusView().OnMap || b.versusView().Ends {
		t.Errorf("the card is %+v", b.versusView())
	}
	b.changeOnMap(false)
	b.until("the map shows the scenario", func() bool { return b.state.scene.Comparison() == nil && b.calm() })
}

func TestLossesAreOnTheMapWhereTheyAreInFront(t *testing.T) {
	b := openBench(t)
	b.showLosses()
	b.until("the losses are on the map", func() bool { return b.state.scene.Ranking() != nil && b.calm() })
	b.tabs.SelectIndex(0)
	b.until("the map is as before", func() bool { return b.state.scene.Ranking() == nil && b.calm() })
}

func TestLossesOfAllServicesInOneTable(t *testing.T) {
	b := openBench(t)
	b.showAllLosses()
	b.until("the table is shown", func() bool { return b.dialogs() == 1 && b.calm() })
	if said := b.sheetTexts(); !strings.Contains(said, "Sårbarhet för all service") {
		t.Errorf("the dialog says %q", said)
	}
	all, err := b.session.RankAll(t.Context(), b.choice.query(), nil)
	if err != nil {
		t.Fatal(err)
	}
	rows := b.session.LossesTable(t.Context(), all)
	open := 0
	for _, f := range b.state.snapshot.Facilities {
		if f.OpenOn(b.state.snapshot.Params.Date) {
			open++
		}
	}
	if len(rows.Rows) != open || len(all) != len(b.state.types) {
		t.Errorf("%d rows of %d types, want %d places of %d", len(rows.Rows), len(all), open, len(b.state.types))
	}
	if q := all[0].Query; q.Impedance != model.Distance {
		t.Errorf("ranked by %s", q.Impedance)
	}
}

func TestDevelopmentOverYears(t *testing.T) {
	b := openBench(t)
	d := newDevelopment(b.Window)
	if d.from.Text != "2015" || d.to.Text != "2025" { // the demo's service places tell of 12 January 2026
		t.Errorf("years %s to %s", d.from.Text, d.to.Text)
	}
	d.bySex.SetChecked(true)
	b.until("the series is there", func() bool { return d.series != nil && len(d.series.Points[0].Groups) == 2 && b.calm() })
	if n := len(d.series.Points); n != 11 || d.save.Disabled() {
		t.Errorf("%d points", n)
	}
	if rows := d.table.Shown().Rows; len(rows) != 33 {
		t.Errorf("%d rows, want one for each year and group", len(rows))
	}
	if alt := d.drawing.AccessibilityLabel(); !strings.Contains(alt, "Medelavstånd till dagligvaror i Tjärnskoga") || !strings.Contains(alt, "2015-12-31") {
		t.Errorf("the chart is said to be %q", alt)
	}
	d.to.SetText("2010")
	d.compute()
	if !d.fault.Visible() {
		t.Error("years that run backwards are not complained of")
	}
	path := filepath.Join(t.TempDir(), "utveckling.png")
	if err := b.session.WriteSeriesChart(t.Context(), path, d.series, d.chosen()); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		t.Error("no picture")
	}
}
