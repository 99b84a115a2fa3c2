package reports_test

import (
	"errors"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/reports"
	"nabar/reports/internal/fixture"
)

// keyed is a document with something of each kind that has a key.
func keyed(lang string) *reports.Document {
	d := &reports.Document{Printer: i18n.For(lang)}
	d.Add(reports.Heading{Level: 1, Text: "Förord", Key: "förord"})
	d.Numbered(reports.Heading{Level: 1, Text: "Läget", Key: "läge"})
	d.Numbered(reports.Heading{Level: 2, Text: "Butiker", Key: "butiker"})
	d.Numbered(reports.Heading{Level: 3, Text: "I norr", Key: "norr"})
	d.Add(reports.Table{Caption: "Ombud", Columns: []reports.Column{{Head: "Namn"}}, Rows: [][]string{{"Ett"}}, Key: "ombud"})
	d.Add(reports.Figure{Caption: "Karta", Alt: "En karta.", DataKey: "ombud", Key: "karta"},
		reports.Charts{Figures: []reports.Figure{{Caption: "Staplar", Alt: "Staplar.", Key: "staplar"}}})
	return d
}

func refer(keys ...string) []reports.Run {
	var out []reports.Run
	for _, k := range keys {
		out = append(out, reports.Run{Ref: k}, reports.Run{Text: " "})
	}
	return out
}

func TestReferencesAreSaidInTheDocumentsLanguage(t *testing.T) {
	for lang, want := range map[string]string{
		"sv": "”Förord” kapitel 1 avsnitt 1.1 avsnitt 1.1.1 tabell 1 figur 1 figur 2 ",
		"en": "“Förord” chapter 1 section 1.1 section 1.1.1 table 1 figure 1 figure 2 ",
	} {
		d := keyed(lang)
		runs := refer("förord", "läge", "butiker", "norr", "ombud", "karta", "staplar")
		d.Add(reports.Paragraph{Runs: runs})
		got, err := d.Resolved()
		if err != nil {
			t.Fatal(err)
		}
		said := got.Blocks[len(got.Blocks)-1].(reports.Paragraph).Runs
		if reports.Text(said) != want {
			t.Errorf("%s: %q, want %q", lang, reports.Text(said), want)
		}
		if said[8].Anchor != got.Tables()[0].Anchor || said[8].Anchor == "" {
			t.Errorf("the reference leads to %q, the table is %q", said[8].Anchor, got.Tables()[0].Anchor)
		}
		if runs[0].Text != "" {
			t.Error("the document itself was changed")
		}
	}
}

// TestReferencesAreFoundEverywhere puts a reference wherever runs stand.
func TestReferencesAreFoundEverywhere(t *testing.T) {
	table := reports.Table{Columns: []reports.Column{{Head: "a"}}, Rows: [][]string{{""}}}
	table.Style(0, 0, refer("borta"))
	for name, b := range map[string]reports.Block{
		"paragraph":   reports.Paragraph{Runs: refer("borta")},
		"list":        reports.List{Items: [][]reports.Run{refer("borta")}},
		"inner list":  reports.List{Items: [][]reports.Run{nil}, Below: map[int]reports.List{0: {Items: [][]reports.Run{refer("borta")}}}},
		"table":       table,
		"footnote":    reports.Paragraph{Runs: []reports.Run{{Text: "x", Note: refer("borta")}}},
		"figure data": reports.Figure{DataKey: "borta"},
		"chart data":  reports.Charts{Figures: []reports.Figure{{DataKey: "borta"}}},
	} {
		t.Run(name, func(t *testing.T) {
			d := keyed("sv")
			d.Add(b)
			_, err := d.Resolved()
			if !errors.Is(err, i18n.Errorf("out.ref_missing")) {
				t.Fatalf("got %v", err)
			}
			if said := d.Printer.Error(err); !strings.Contains(said, "borta") || strings.Contains(said, "””") {
				t.Errorf("the error does not say what and where: %s", said)
			}
		})
	}
}

func TestFaultyKeysAndNotes(t *testing.T) {
	d := keyed("sv")
	d.Add(reports.Table{Caption: "Igen", Columns: []reports.Column{{Head: "a"}}, Key: "karta"})
	if _, err := d.Resolved(); !errors.Is(err, i18n.Errorf("out.key_twice")) {
		t.Errorf("a key used twice gives %v", err)
	}
	d = keyed("sv")
	d.Add(reports.Paragraph{Runs: []reports.Run{{Text: "x", Note: []reports.Run{{Text: "y", Note: reports.Plain("z")}}}}})
	if _, err := d.Resolved(); !errors.Is(err, i18n.Errorf("out.note_in_note")) {
		t.Errorf("a note in a note gives %v", err)
	}
}

func TestReferencesInCellsAreTheirText(t *testing.T) {
	d := keyed("sv")
	table := reports.Table{Columns: []reports.Column{{Head: "a"}}, Rows: [][]string{{""}}}
	table.Style(0, 0, []reports.Run{{Text: "Se "}, {Ref: "karta"}})
	d.Add(table)
	got, err := d.Resolved()
	if err != nil {
		t.Fatal(err)
	}
	if said := got.Tables()[1].Rows[0][0]; said != "Se figur 1" {
		t.Errorf("the cell says %q", said)
	}
	if table.Rows[0][0] != "Se " {
		t.Errorf("the document itself was changed: %q", table.Rows[0][0])
	}
}

func TestDataAppendix(t *testing.T) {
	d := &reports.Document{Printer: i18n.For("sv")}
	data := &reports.Table{Columns: []reports.Column{{Head: "Avstånd"}}, Rows: [][]string{{"5 km"}}}
	d.Add(reports.Figure{Caption: "Avstånd", Source: "Källa: SCB.", Data: data})
	d.Add(reports.Charts{Figures: []reports.Figure{{Caption: "Utan"}, {Caption: "Med", Data: data}}})
	d.DataAppendix("Data")
	got, err := d.Resolved()
	if err != nil {
		t.Fatal(err)
	}
	tables, figures := got.Tables(), got.Figures()
	if len(tables) != 2 || tables[1].Caption != "Värdena i figur 3: Med" {
		t.Fatalf("tables %+v", tables)
	}
	if want := "Källa: SCB. Värdena står i tabell 1."; figures[0].Source != want {
		t.Errorf("%q, want %q", figures[0].Source, want)
	}
	if figures[1].Source != "" || figures[2].Source != "Värdena står i tabell 2." {
		t.Errorf("%q and %q", figures[1].Source, figures[2].Source)
	}
	empty := &reports.Document{Printer: i18n.For("sv")}
	empty.DataAppendix("Data")
	if len(empty.Blocks) != 0 {
		t.Error("a document without data got an appendix")
	}
}

func TestPagePoints(t *testing.T) {
	w, h := reports.Page{Size: reports.A3, Landscape: true}.Points()
	if int(w) != 1190 || int(h) != 841 {
		t.Errorf("A3 on its side is %g by %g", w, h)
	}
}

// TestFiguresFindTheTableOfTheirNumbers: one that holds the same stands in for a table of their own, which is else put behind
// the text, once for all figures that show the same.
func TestFiguresFindTheTableOfTheirNumbers(t *testing.T) {
	d := &reports.Document{Printer: i18n.For("sv")}
	data := &reports.Table{Columns: []reports.Column{{Head: "a"}}, Rows: [][]string{{"1"}}}
	figure := func(names ...string) reports.Figure { return reports.Figure{Caption: "x", Holds: names, Data: data} }
	d.Add(figure("butiker", "alla"), figure("pumpar"), figure("pumpar"))
	d.Add(reports.Table{Caption: "Alla", Holds: "alla", Columns: data.Columns, Rows: data.Rows})
	d.DataAppendix("Data")
	got, err := d.Resolved()
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Tables()) != 2 {
		t.Fatalf("%d tables, want 2", len(got.Tables()))
	}
	for i, want := range []string{"Värdena står i tabell 1.", "Värdena står i tabell 2.", "Värdena står i tabell 2."} {
		if f := got.Figures()[i]; f.Source != want {
			t.Errorf("figure %d: %q, want %q", i+1, f.Source, want)
		}
	}
}

// TestPlanTellsWhereEachFiguresNumbersStand holds every figure of a plan to a table with its numbers.
func TestPlanTellsWhereEachFiguresNumbersStand(t *testing.T) {
	for _, lang := range []string{"sv", "en"} {
		d, err := reports.Serviceplan(fixture.Plan(lang)).Resolved()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range d.Figures() {
			if !strings.Contains(f.Source, map[string]string{"sv": "Värdena står i tabell", "en": "The values are in table"}[lang]) {
				t.Errorf("%s: figure %d, %s, does not tell where its numbers stand: %q", lang, f.Number, f.Caption, f.Source)
			}
		}
	}
}

func TestAppendixIsReferredToByItsName(t *testing.T) {
	d := &reports.Document{Printer: i18n.For("sv")}
	d.Add(reports.Heading{Level: 1, Number: "Bilaga 1", Text: "Metod", Key: "metod"}, reports.Paragraph{Runs: refer("metod")})
	got, err := d.Resolved()
	if err != nil {
		t.Fatal(err)
	}
	if said := reports.Text(got.Blocks[1].(reports.Paragraph).Runs); said != "bilaga 1 " {
		t.Errorf("%q", said)
	}
}
