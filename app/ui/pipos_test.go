package ui

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"nabar/model"
)

// TestWindowCountsAsPipos throws the switch and undoes it: the whole window tells of the rules.
func TestWindowCountsAsPipos(t *testing.T) {
	b := openBench(t)
	own := b.state.result.Mean
	b.togglePipos()
	b.until("the figures are Pipos'", func() bool {
		return b.state.result != nil && !b.state.result.Stale && b.state.result.Params.Rules == model.PiposRules && b.calm()
	})
	if b.state.result.Mean >= own || !b.says("räknade efter Pipos regler") || b.state.notice != "Räknar som Pipos" {
		t.Errorf("mean %v, was %v; notice %q", b.state.result.Mean, own, b.state.notice)
	}
	if title := b.state.scene.Legend().Subtitle; !strings.Contains(title, "Pipos regler") {
		t.Errorf("the legend says %q", title)
	}
	b.togglePipos()
	b.until("the figures are the own again", func() bool { return b.state.result != nil && !b.state.result.Stale && b.state.rules == 0 && b.calm() })
	if b.state.result.Mean != own || b.says("räknade efter Pipos regler") {
		t.Errorf("turned back: mean %v, was %v", b.state.result.Mean, own)
	}
}

// TestWindowComparesWithPipos compares with a file and shows causes and squares.
func TestWindowComparesWithPipos(t *testing.T) {
	b := openBench(t)
	path := filepath.Join(t.TempDir(), "pipos.csv")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]string{{"ruta", "avstand_m"}}
	for i, c := range b.state.result.Cells {
		rows = append(rows, []string{c.Cell, fmt.Sprint(c.Cost + float64(i%2)*50_000)})
	}
	if err := csv.NewWriter(file).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	file.Close()
	b.comparePipos(path)
	b.until("the comparison is shown", func() bool { return b.dialogs() == 1 && b.calm() })
	said := ""
	for _, o := range test.LaidOutObjects(b.win.Canvas().Overlays().Top()) {
		if text, ok := o.(*canvas.Text); ok {
			said += text.Text + "\n"
		}
	}
	for _, want := range []string{"Jämförelse med Pipos", "längre än någon regel ger", b.state.result.Cells[1].Cell} {
		if !strings.Contains(said, want) {
			t.Errorf("does not say %q:\n%s", want, said)
		}
	}
}
