package reports_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/manuscript"
	"nabar/reports"
	"nabar/reports/docx"
	"nabar/reports/html"
	"nabar/reports/internal/fixture"
	"nabar/reports/pdf"
	"nabar/reports/sheet"
)

// namesOf are the names of a language for an input's service types.
func namesOf(in reports.Input, lang string) *manuscript.Names {
	types := in.Types
	if types == nil {
		types = in.Snapshot.Types
	}
	return manuscript.NewNames(i18n.For(lang), types)
}

func TestStandardDocumentsAreGolden(t *testing.T) {
	for _, lang := range []string{"sv", "en"} {
		for _, kind := range []manuscript.Kind{manuscript.Serviceplan, manuscript.Memo} {
			in := fixture.Plan(lang)
			in.Plan = fixture.Acted()
			doc, _ := reports.Compose(in, namesOf(in, lang).Standard(kind))
			file := filepath.Join("testdata", string(kind)+"."+lang+".golden")
			got := text(doc)
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s in %s is not as in %s (-update writes it anew):\n%s", kind, lang, file, got)
			}
		}
	}
}

// A manuscript that holds what it showed says the same without any figures: that is how a frozen copy is printed.
func TestWhatWasShownIsPrintedWithoutFigures(t *testing.T) {
	in := fixture.Plan("sv")
	in.Plan = fixture.Acted()
	n := namesOf(in, "sv")
	m := &manuscript.Manuscript{Kind: manuscript.Own, Title: "Fryst", Lang: "sv", Chapters: n.ParseAll(
		"= A\n\nDet är {{medelavstånd dagligvaror}}.\n\n{{mening om nära dagligvaror}}\n\n{{nyckeltal dagligvaror}}\n\n{{tabell avstånd}}\n\n{{insatser}}\n\n{{kort om varje servicetyp}}\n\n{{metod}}\n")}
	fresh, _ := reports.Compose(in, m)
	var all []*manuscript.Living
	m.EachLiving(func(_ *manuscript.Chapter, _ *manuscript.Block, l *manuscript.Living) { all = append(all, l) })
	for i, shown := range reports.Living(in, all) {
		if all[i].Shown = shown; shown == nil {
			t.Errorf("%s shows nothing", n.Name(all[i]))
		}
	}
	frozen, remarks := reports.Compose(reports.Input{Kommun: in.Kommun, Decision: in.Decision, Types: in.Types, Snapshot: &model.Snapshot{Kommun: in.Kommun, Types: in.Snapshot.Types}}, m)
	if got, want := text(frozen), text(fresh); got != want || len(remarks) > 0 {
		t.Errorf("frozen (%v)\n%s\nfresh\n%s", remarks, got, want)
	}
}

func TestChaptersAreNumberedAsTheyStand(t *testing.T) {
	m := &manuscript.Manuscript{Kind: manuscript.Own, Title: "Nummer", Lang: "sv", Chapters: namesOf(fixture.Plan("sv"), "sv").ParseAll(`= Förord {plain}

# Under förordet

= Ett

# Ett ett

== Ett två

# Ett två ett

= Dold {hidden}

= Två {landscape key=tva}

Se [@tva] och [@bilagan].

= Första bilagan {appendix key=bilagan}

# Del

== Del två

= Andra bilagan {appendix a3}
`)}
	doc, _ := reports.Compose(reports.Input{Kommun: model.Kommun{Name: "Berg"}}, m)
	var got []string
	for _, h := range doc.Headings() {
		got = append(got, strings.TrimSpace(h.Number+" "+h.Text))
	}
	want := []string{
		"Förord", "Under förordet", "1 Ett", "1.1 Ett ett", "1.2 Ett två", "1.2.1 Ett två ett", "2 Två", "Bilaga 1 Första bilagan", "B1.1 Del", "B1.2 Del två",
		"Bilaga 2 Andra bilagan",
	}
	if !slices.Equal(got, want) {
		t.Errorf("headings %q, want %q", got, want)
	}
	var papers []reports.Page
	for _, b := range doc.Blocks {
		if p, ok := b.(reports.Page); ok {
			papers = append(papers, p)
		}
	}
	if want := []reports.Page{{Landscape: true}, {}, {Size: reports.A3, Landscape: true}, {}}; !slices.Equal(papers, want) {
		t.Errorf("papers %v, want %v", papers, want)
	}
	whole, err := doc.Resolved()
	if err != nil {
		t.Fatal(err)
	}
	if said := text(whole); !strings.Contains(said, "Se kapitel\u00a02 och") && !strings.Contains(said, "Se kapitel 2 och") {
		t.Errorf("references read\n%s", said)
	}
}

func TestAnyTextIsWrittenInEveryForm(t *testing.T) {
	pieces := []string{
		"= K {appendix}\n\n", "== U {plain}\n\n", "=== V\n\n", "= Liggande {landscape}\n\n", "# R {#x}\n\n", "## S {#x}\n\n", "Text^[not [länk](https://a.se)]^[två]. ", "{{okänt}} ", "[@x] ", "[@borta] ",
		"**fet *båda* fet** ", "[ord]{se} ", "[x](javascript:y) ", "{==k==}{>>a: b<<} ", "\n\n- a\n  1. b\n     - c\n- d\n\n", "\n\n{tabell} T {#x}\n| a | **b** |\n|---|---:|\n| 1^[n] | [@x] |\n\n",
		"\n\n> citat\n\n", "\n\n---\n\n", "\n\n{beslut} Ja.\n\n{beslut} Nej.\n\n", "\n\n{{karta dagligvaror}} {#x}\n\n", "\n\n{{insatser}}\n\n", "\n\n{{mening om nära dagligvaror}}\n\n", "\n\n{{tabell avstånd}} {#y}\n\n",
		"\n\n{{diagram dagligvaror}}\n\n", "Čáhppes 🙂 ", "\n\n{obs} ^[bara not]\n\n", "\n\n| |\n|---|\n| |\n\n",
	}
	in := fixture.Plan("sv")
	in.Plan = fixture.Acted()
	n := namesOf(in, "sv")
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 34))
		var plain strings.Builder
		for range 3 + r.IntN(14) {
			plain.WriteString(pieces[r.IntN(len(pieces))])
		}
		m := &manuscript.Manuscript{Kind: manuscript.Kinds()[r.IntN(5)], Title: "T", Lang: "sv", Chapters: n.ParseAll(plain.String())}
		m.Levels()
		doc, _ := reports.Compose(in, m)
		if said := text(doc); strings.Contains(said, "{{") || strings.Contains(said, ">>a") {
			t.Fatalf("seed %d prints marks:\n%s", seed, said)
		}
		var out bytes.Buffer
		for _, write := range []func() error{
			func() error { return html.Write(&out, doc) }, func() error { return docx.Write(&out, doc) }, func() error { return sheet.Write(&out, doc) },
			func() error {
				if seed%6 > 0 {
					return nil // pages take their time
				}
				return pdf.Write(&out, doc)
			},
		} {
			if err := write(); err != nil {
				t.Fatalf("seed %d: %v\n%s", seed, err, plain.String())
			}
		}
	}
}
