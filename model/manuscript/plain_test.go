package manuscript_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/manuscript"
)

// names are those of a language for the usual service types and one with commas in its name.
func names(lang string) *manuscript.Names {
	types := append(model.DefaultServiceTypes(), model.ServiceType{ID: "bad", Name: "Bad, bastu och dusch"})
	return manuscript.NewNames(i18n.For(lang), types)
}

// said writes anything as JSON, to compare and to show.
func said(t testing.TB, v any) string {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestPlainFormIsRead(t *testing.T) {
	n := names("sv")
	tests := []struct{ name, text, want string }{
		{"paragraph of two lines", "En rad\noch en till.", `[{"type":"paragraph","runs":[{"t":"En rad och en till."}]}]`},
		{"styles", "Med **fet**, *kursiv* och ***båda***.", `[{"type":"paragraph","runs":[{"t":"Med "},{"t":"fet","b":true},{"t":", "},{"t":"kursiv","i":true},{"t":" och "},{"t":"båda","b":true,"i":true},{"t":"."}]}]`},
		{"a lonely star", "5 * 3 = 15", `[{"type":"paragraph","runs":[{"t":"5 * 3 = 15"}]}]`},
		{"link and language", "Se [sidan](https://example.se) om [Gáivuotna]{se}.", `[{"type":"paragraph","runs":[{"t":"Se "},{"t":"sidan","link":"https://example.se"},{"t":" om "},{"t":"Gáivuotna","lang":"se"},{"t":"."}]}]`},
		{"footnote", "Text^[En *not*.] till.", `[{"type":"paragraph","runs":[{"t":"Text"},{"note":[{"t":"En "},{"t":"not","i":true},{"t":"."}]},{"t":" till."}]}]`},
		{"comment", "En {==siffra==}{>>Anna: stämmer den?<<}", `[{"type":"paragraph","runs":[{"t":"En "},{"t":"siffra","comment":{"author":"Anna","text":"stämmer den?"}}]}]`},
		{"resolved comment", "{==x==}{>>!Bo: ja<<}", `[{"type":"paragraph","runs":[{"t":"x","comment":{"author":"Bo","text":"ja","resolved":true}}]}]`},
		{"figure", "Det är {{medelavstånd dagligvaror}} dit.", `[{"type":"paragraph","runs":[{"t":"Det är "},{"figure":{"kind":"figure","what":"mean","service":"dagligvaror"}},{"t":" dit."}]}]`},
		{"unknown figure", "Det är {{avstånd till månen}}.", `[{"type":"paragraph","runs":[{"t":"Det är "},{"figure":{"name":"avstånd till månen"}},{"t":"."}]}]`},
		{"English name in Swedish text", "{{mean time groceries}} bort", `[{"type":"paragraph","runs":[{"figure":{"kind":"figure","what":"mean","service":"dagligvaror","impedance":"time"}},{"t":" bort"}]}]`},
		{"reference", "Se [@karta-mat].", `[{"type":"paragraph","runs":[{"t":"Se "},{"ref":"karta-mat"},{"t":"."}]}]`},
		{"heading with a label", "## Mål {#mal}", `[{"type":"heading","label":"mal","level":2,"runs":[{"t":"Mål"}]}]`},
		{"map", "{{karta dagligvaror}} {#karta}", `[{"type":"living","label":"karta","living":{"kind":"map","service":"dagligvaror"}}]`},
		{"own sentence", "{{mening om nära dagligvaror}} De **flesta** har nära.", `[{"type":"living","runs":[{"t":"De "},{"t":"flesta","b":true},{"t":" har nära."}],"living":{"kind":"sentence","what":"within","service":"dagligvaror"}}]`},
		{"nested list", "1. ett\n   - a\n     fortsätter\n   - b\n2. två", `[{"type":"list","items":[{"ordered":true,"runs":[{"t":"ett"}]},{"level":1,"runs":[{"t":"a fortsätter"}]},{"level":1,"runs":[{"t":"b"}]},{"ordered":true,"runs":[{"t":"två"}]}]}]`},
		{"table", "{tabell} Butiker\n| Namn | Km |\n|---|---:|\n| Lanthandeln | 3,5 |\n{källa} Kommunen", `[{"type":"table","table":{"caption":"Butiker","source":"Kommunen","right":[false,true],"rows":[[[{"t":"Namn"}],[{"t":"Km"}]],[[{"t":"Lanthandeln"}],[{"t":"3,5"}]]]}}]`},
		{"quote, break and styles", "> Nära är bra.\n\n---\n\n{ingress} Först.\n\n{beslut} Planen antas.", `[{"type":"quote","runs":[{"t":"Nära är bra."}]},{"type":"break"},{"type":"paragraph","style":"lead","runs":[{"t":"Först."}]},{"type":"paragraph","style":"proposal","runs":[{"t":"Planen antas."}]}]`},
		{"escapes", `\# ingen \*rubrik\*\när detta`, `[{"type":"paragraph","runs":[{"t":"# ingen *rubrik*\när detta"}]}]`},
		{"no-break space stays", "5 000", `[{"type":"paragraph","runs":[{"t":"5 000"}]}]`},
		{"nothing", " \n\n", `null`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			blocks := n.Parse(tt.text)
			if got := said(t, blocks); got != tt.want {
				t.Errorf("read\n%s\nas\n%s, want\n%s", tt.text, got, tt.want)
			}
			if again := n.Parse(n.Write(blocks)); said(t, again) != tt.want {
				t.Errorf("written\n%s\nand read again as\n%s", n.Write(blocks), said(t, again))
			}
		})
	}
}

// maker makes random blocks of everything that a text can hold.
type maker struct{ *rand.Rand }

func (m maker) word() string {
	words := []string{
		"mat", "Å", "*", "**", "5. ", "# ", "- ", "| ", "{", "}", "{{x}}", "[a](b)", "\\", "\\n", "\n", " ", "  ", "^[", "]", "=", "> ", "---", "<<}", "==}", "!", ":",
		"{obs}", "{#x}", "Ráhkkonjárga", "🙂", " ", "1 000", "\t",
	}
	var out strings.Builder
	for range 1 + m.IntN(4) {
		out.WriteString(words[m.IntN(len(words))])
	}
	return out.String()
}

func (m maker) runs(deep bool) []manuscript.Run {
	var out []manuscript.Run
	for range 1 + m.IntN(5) {
		r := manuscript.Run{Text: m.word(), Bold: m.IntN(3) == 0, Italic: m.IntN(3) == 0}
		switch m.IntN(9) {
		case 0:
			r.Link = "https://example.se/(" + m.word() + ")"
		case 1:
			r.Lang = "se"
		case 2:
			r.Figure = m.figure()
		case 3:
			r.Ref = "karta"
		case 4:
			if deep {
				r.Note = m.runs(false)
			}
		}
		if deep && m.IntN(5) == 0 {
			r.Comment = &manuscript.Comment{Author: m.word(), Text: m.word(), Resolved: m.IntN(2) == 0}
		}
		out = append(out, r)
	}
	return out
}

func (m maker) figure() *manuscript.Living {
	all := []manuscript.Living{
		{Kind: manuscript.Figure, What: "mean", Binding: manuscript.Binding{Service: "bad", Impedance: model.Time}},
		{Kind: manuscript.Figure, What: "within", Binding: manuscript.Binding{Service: "post", Limit: 2500, Group: "70-", Scenario: "Stäng A, tid"}},
		{Kind: manuscript.Figure, What: "share", Binding: manuscript.Binding{Service: "apotek", Limit: 300, Impedance: model.Time, Area: "Orter/12, norra"}},
		{Kind: manuscript.Figure, What: "granted", Binding: manuscript.Binding{Year: 2025, Form: "servicebidrag"}},
		{Name: "något okänt {x"},
	}
	return &all[m.IntN(len(all))]
}

func (m maker) block() manuscript.Block {
	switch m.IntN(8) {
	case 0:
		return manuscript.Block{Type: manuscript.Heading, Level: 1 + m.IntN(3), Runs: m.runs(true), Label: []string{"", "x"}[m.IntN(2)]}
	case 1:
		b := manuscript.Block{Type: manuscript.List}
		for range 1 + m.IntN(5) {
			b.Items = append(b.Items, manuscript.Item{Level: m.IntN(3), Ordered: m.IntN(2) == 0, Runs: m.runs(true)})
		}
		return b
	case 2:
		b := manuscript.Block{Type: manuscript.TableType, Label: []string{"", "tab"}[m.IntN(2)], Table: &manuscript.Table{Caption: m.word(), Source: m.word()}}
		n := 1 + m.IntN(3)
		for range 1 + m.IntN(3) {
			var row [][]manuscript.Run
			for range n {
				row = append(row, m.runs(true))
			}
			b.Table.Rows = append(b.Table.Rows, row)
			b.Table.Right = append(b.Table.Right, m.IntN(2) == 0)
		}
		return b
	case 3:
		return manuscript.Block{Type: manuscript.Quote, Runs: m.runs(true)}
	case 4:
		return manuscript.Block{Type: manuscript.PageBreak}
	case 5:
		l := []manuscript.Living{
			{Kind: manuscript.Map, Binding: manuscript.Binding{Service: "drivmedel", Impedance: model.Time}},
			{Kind: manuscript.Actions, Binding: manuscript.Binding{Area: "2"}},
			{Kind: manuscript.KeyRow},
			{Kind: manuscript.Method, What: "params"},
		}[m.IntN(4)]
		return manuscript.Block{Type: manuscript.LivingOne, Living: &l, Label: []string{"", "y"}[m.IntN(2)]}
	case 6:
		l := manuscript.Living{Kind: manuscript.Sentence, What: "within", Binding: manuscript.Binding{Service: "bad", Limit: 5000}}
		return manuscript.Block{Type: manuscript.LivingOne, Living: &l, Runs: m.runs(true)}
	}
	return manuscript.Block{Type: manuscript.Paragraph, Style: manuscript.Styles()[m.IntN(5)], Runs: m.runs(true)}
}

func TestWrittenAndReadIsTheSame(t *testing.T) {
	for seed := range uint64(3000) {
		m := maker{rand.New(rand.NewPCG(seed, 6))}
		n := names([]string{"sv", "en"}[seed%2])
		var chapters []manuscript.Chapter
		for i := range 1 + m.IntN(3) {
			c := manuscript.Chapter{
				Title: strings.Join(strings.Fields(m.word()), " "), Level: 1 + m.IntN(3), Key: []string{"", "syfte"}[m.IntN(2)],
				Plain: m.IntN(2) == 0, Appendix: m.IntN(2) == 0, Hidden: m.IntN(2) == 0, Page: []manuscript.Page{"", "landscape", "a3"}[m.IntN(3)],
			}
			for range m.IntN(4 + i) {
				if b := m.block(); b.Normalise() {
					c.Blocks = append(c.Blocks, b)
				}
			}
			chapters = append(chapters, c)
		}
		text := n.WriteAll(chapters)
		again := n.ParseAll(text)
		if want, got := said(t, chapters), said(t, again); got != want {
			t.Fatalf("seed %d: written\n%s\nread\n%s\nwant\n%s", seed, text, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("# A\n\n- b\n\n| c |\n\n{{karta post}} text ^[n]")
	f.Add("{ingress} **x*y***{==a==}{>>b: c<<}")
	f.Add("[a](b)[c]{d}[@e]\\n\\\\\n{tabell} x {#y}\n| a | b |\n|---|\n{källa} z")
	f.Fuzz(func(t *testing.T, text string) {
		n := names("sv")
		first := n.ParseAll(text)
		plain := n.WriteAll(first)
		if second := n.ParseAll(plain); said(t, first) != said(t, second) {
			t.Errorf("%q is read as\n%s\nwritten\n%s\nread again as\n%s", text, said(t, first), plain, said(t, second))
		}
	})
}

func TestEveryKnownNameIsFound(t *testing.T) {
	for _, lang := range []string{"sv", "en"} {
		n := names(lang)
		known := n.Known()
		seen := map[string]bool{}
		for _, name := range known {
			l := n.Find(name)
			if !l.Known() || n.Name(l) != name || seen[name] {
				t.Errorf("%s: %q is found as %q", lang, name, n.Name(l))
			}
			seen[name] = true
			if up := n.Find(strings.ToUpper(name)); !up.Same(l) {
				t.Errorf("%s: %q in capitals is %s", lang, name, said(t, up))
			}
		}
		if len(known) < 150 {
			t.Errorf("%s: only %d names", lang, len(known))
		}
	}
	if got := names("sv").Complete("medelav dagl"); len(got) == 0 || got[0] != "medelavstånd dagligvaror" {
		t.Errorf("completed to %q", got)
	}
}

func TestStandardDocumentsHoldNothingUnknown(t *testing.T) {
	for _, lang := range []string{"sv", "en"} {
		for _, kind := range manuscript.Kinds() {
			m := names(lang).Standard(kind)
			if m == nil || len(m.Chapters) == 0 {
				t.Fatalf("no standard for %s in %s", kind, lang)
			}
			m.EachLiving(func(c *manuscript.Chapter, _ *manuscript.Block, l *manuscript.Living) {
				if !l.Known() {
					t.Errorf("%s %s, %s: %q is unknown", kind, lang, c.Title, l.Name)
				}
			})
		}
	}
	sv, en := names("sv"), names("en")
	for _, kind := range manuscript.Kinds() {
		a, b := sv.Standard(kind), en.Standard(kind)
		for i := range a.Chapters {
			if len(a.Chapters) != len(b.Chapters) || a.Chapters[i].Key != b.Chapters[i].Key || len(a.Chapters[i].Blocks) != len(b.Chapters[i].Blocks) {
				t.Errorf("%s: the languages part at %q and %q", kind, a.Chapters[i].Title, b.Chapters[i].Title)
				break
			}
		}
	}
}

func TestMergeKeepsWhatIsTheSame(t *testing.T) {
	n := names("sv")
	old := n.Parse("Ett\n\nTvå {{antal invånare}}\n\n{{karta post}}\n\nTre")
	for i := range old {
		old[i].ID = int64(i + 1)
		old[i].EachLiving(func(l *manuscript.Living) { l.Shown = &manuscript.Shown{Text: "visat"} })
	}
	merged := manuscript.Merge(old, n.Parse("Nytt\n\nEtt\n\nTvå ändrat {{antal invånare}}\n\n{{karta post}}\n\n{{karta post}}"))
	var ids []int64
	for i := range merged {
		ids = append(ids, merged[i].ID)
	}
	if said(t, ids) != "[0,1,2,3,0]" || merged[2].Runs[1].Figure.Shown == nil || merged[3].Living.Shown == nil || merged[4].Living.Shown != nil {
		t.Errorf("merged to %v, %s", ids, said(t, merged))
	}
}
