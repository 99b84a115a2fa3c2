package session

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nabar/model/manuscript"
	"nabar/model/plan"
	"nabar/reports"
)

// enter keeps an entry of a kind with fields by keys and texts in turn.
func enter(t *testing.T, s *Session, kind plan.Kind, words ...string) {
	t.Helper()
	b, err := s.PlanBook(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	item := plan.New(kind)
	for i := 0; i < len(words); i += 2 {
		f, ok := plan.FindField(kind, words[i])
		if !ok {
			t.Fatalf("%s has no field %s", kind, words[i])
		}
		if err := b.Set(item, &f, words[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.AddEntry(t.Context(), item); err != nil {
		t.Fatal(err)
	}
}

// programme enters the structure of Jämtland's action plan for 2017, in words of our own: four areas, their goals by number,
// and actions with goals, leads, partners and financing.
func programme(t *testing.T, s *Session) {
	t.Helper()
	const both = "Ordinarie medel / Regionalt projekt Tillväxtverket"
	areas := []struct {
		title   string
		goals   int
		actions []string // goals|lead|partners|financing
	}{
		{"Ny teknik", 3, []string{
			"1.1|Länsstyrelsen;Regionen|Kommunerna|Regional bredbandssamordning", "1.2|Regionen|Servicegivare;Kommuner|" + both,
			"1.2|Regionen|Pensionärsföreningen|Ordinarie medel", "1.2|Regionen|Tjänstemän|" + both,
		}},
		{"Tillgång till dagligvaror och drivmedel", 3, []string{
			"2.2|Regionen|Kommunerna;Länsstyrelsen|" + both, "2.1|Regionen;Länsstyrelsen||Ordinarie medel",
			"2.1|Regionen;Länsstyrelsen||Ordinarie medel", "2.1|Regionen|Länsstyrelsen;Kommunerna|" + both,
		}},
		{"Samordning", 3, []string{"3.2, 3.3|Regionen|Kommunerna;Servicegivare|" + both, "3.1|Regionen|Servicegivare;Kommunerna;Länsstyrelsen|" + both}},
		{"Genomförande och kunskap", 5, []string{
			"4.1|Regionen|Kommunerna;Länsstyrelsen|Regionalt projekt Tillväxtverket", "4.3|Regionen|Länsstyrelsen|Ordinarie medel",
			"4.3|Regionen|Länsstyrelsen|" + both, "4.3|Regionen||" + both, "4.5|Regionen|Länsstyrelsen|Ordinarie medel",
			"4.5|Regionen||" + both, "4.5|Regionen|Länsstyrelsen|" + both, "4.5|Regionen|Kommunerna;Länsstyrelsen|Ordinarie medel",
		}},
	}
	for i, area := range areas {
		code := fmt.Sprint(i + 1)
		enter(t, s, plan.KindArea, "number", code, "title", area.title, "text", "Varför området är viktigt.\nVad programmet ska leda till.")
		for k := range area.goals {
			enter(t, s, plan.KindGoal, "area", code, "number", fmt.Sprintf("%s.%d", code, k+1), "text", fmt.Sprintf("Mål %s.%d.", code, k+1))
		}
		for k, words := range area.actions {
			said := strings.Split(words, "|")
			var parties []string
			for _, lead := range strings.Split(said[1], ";") {
				parties = append(parties, lead+" | x")
			}
			for _, partner := range strings.Split(said[2], ";") {
				if partner != "" {
					parties = append(parties, partner)
				}
			}
			enter(t, s, plan.KindAction, "area", code, "title", fmt.Sprintf("Insats %s %c", code, 'A'+k), "milestones", "Delmål ett\nDelmål två",
				"goals", said[0], "activities", "Det som görs", "parties", strings.Join(parties, "\n"), "financing", said[3], "status", "ongoing")
		}
	}
}

// pages composes a document and makes sure that it can be written in every form.
func pages(t *testing.T, s *Session, name string) *reports.Document {
	t.Helper()
	doc, remarks, err := s.Document(t.Context(), name, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range remarks {
		if r.Key != "text.remark.empty" {
			t.Errorf("%s: %s", name, s.Printer().Text(r))
		}
	}
	for _, form := range []string{"x.pdf", "x.html", "x.docx", "x.xlsx"} {
		write, err := s.writer(form)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := write(&out, doc); err != nil || out.Len() < 1000 {
			t.Errorf("%s as %s: %d bytes, %v", name, form, out.Len(), err)
		}
	}
	return doc
}

// outlined is the text of a document.
func outlined(doc *reports.Document) string {
	var out []string
	for _, part := range doc.Outline() {
		out = append(out, strings.TrimSpace(part.Number+" "+part.Title))
		out = append(out, part.Lines...)
	}
	return strings.Join(out, "\n")
}

func TestTheRegionsActionPlanIsEnteredAndPrinted(t *testing.T) {
	s := New("sv")
	t.Cleanup(func() { s.Close() })
	if err := s.Create(t.Context(), filepath.Join(t.TempDir(), "z.gpkg"), "2380"); err != nil {
		t.Fatal(err)
	}
	programme(t, s)
	m, err := s.NewManuscript(t.Context(), manuscript.Programme, "Handlingsplan för regionalt serviceprogram", nil)
	if err != nil {
		t.Fatal(err)
	}
	head := m.Head
	head.Period, head.Responsible = "2017", "Regionen"
	if err := s.SetManuscriptHead(t.Context(), m.ID, head); err != nil {
		t.Fatal(err)
	}
	doc := pages(t, s, m.Title)
	text := outlined(doc)
	for _, want := range []string{"Insats 4 H", "2.3 Mål 2.3.", "3.2,; 3.3", "Regional bredbandssamordning", "Ordinarie medel / Regionalt projekt Tillväxtverket", "Delmål två"} {
		if !strings.Contains(text, want) {
			t.Errorf("the plan does not say %q:\n%s", want, text)
		}
	}
	actions, leads := 0, 0
	for _, table := range doc.Tables() {
		if len(table.Columns) != 5 || !strings.HasPrefix(table.Rows[0][0], "A. ") {
			continue
		}
		for i := range table.Rows {
			actions++
			for _, r := range table.Runs(i, 4) {
				if r.Bold {
					leads++
				}
			}
		}
	}
	if actions != 18 || leads != 21 {
		t.Errorf("%d actions with %d leads in bold, want 18 with 21", actions, leads)
	}
	if !strings.Contains(doc.Title, "Handlingsplan för regionalt serviceprogram 2017") {
		t.Errorf("titled %q", doc.Title)
	}
}

// followUp2025 is the matter of the region's follow-up, in words of our own.
const followUp2025 = `= Ärendebeskrivning {plain}

Nämnden beslutade den 15 oktober 2024, § 123, att programmet ska följas upp i april^[RUN/536/2021.].

= Prioriterat område: Medborgare {plain}

- Yttranden över förslag som rör service
- Tre SOT-punkter har invigts: två i Krokom och en i Åre

= Prioriterat område: Servicegivare {plain}

{{mening om stödform, år 2024}}

{{stödtabell, år 2024}}

{{mening om registret, år 2024}}

= Prioriterat område: Offentliga intressenter {plain}

Berg har beslutat om serviceplan och Krokom om handlingsplan.

= Regiondirektörens förslag {plain}

{beslut} Uppföljningen av programmet godkänns.

= I tjänsten {plain}

| Namn | Befattning |
|---|---|
| Sara | Regiondirektör |
| Elin | Tf. områdeschef |

= Utdrag till {plain}

Tillväxtverket
`

func TestTheRegionsFollowUpIsEnteredAndPrinted(t *testing.T) {
	s := New("sv")
	t.Cleanup(func() { s.Close() })
	if err := s.Create(t.Context(), filepath.Join(t.TempDir(), "z.gpkg"), "2380"); err != nil {
		t.Fatal(err)
	}
	// 7 home deliveries of 1 407 970 kr, 2 service grants of 275 000, 20 investments of 8 196 150 and 20 operating supports of
	// 3 706 552, as the region reported them for 2024.
	for _, g := range []struct {
		form  string
		count int
		sum   int
	}{{"hemsandningsbidrag", 7, 1407970}, {"servicebidrag", 2, 275000}, {"investeringsbidrag", 20, 8196150}, {"sarskilt_driftstod", 20, 3706552}} {
		for i := range g.count {
			granted := g.sum / g.count
			if i == 0 {
				granted += g.sum % g.count
			}
			enter(t, s, plan.KindGrant, "form", g.form, "year", "2024", "name", fmt.Sprint("Mottagare ", i), "granted", fmt.Sprint(granted))
		}
	}
	enter(t, s, plan.KindFact, "type", "visit", "date", "2024", "value", "20", "name", "Företagsbesök")
	for i, place := range []string{"Valsjöbyn", "Rötviken", "Hallen"} {
		enter(t, s, plan.KindFact, "type", "sot", "date", fmt.Sprintf("2024-0%d", i+4), "name", place)
	}
	enter(t, s, plan.KindFact, "type", "plan", "date", "2024", "kommun", "Berg", "name", "Serviceplan")
	m, err := s.NewManuscript(t.Context(), manuscript.FollowUp, "Uppföljning av regionalt serviceprogram 2023–2030", nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SetManuscriptText(t.Context(), m, followUp2025); err != nil {
		t.Fatal(err)
	}
	head := manuscript.Head{Unit: "Samhällsutveckling", Contact: []string{"Malin", "malin@example.se"}}
	head.Body, head.CaseNumber, head.Date = "Regionala utvecklingsnämnden", "RUN/11/2025", "2025-03-25"
	if err := s.SetManuscriptHead(t.Context(), m.ID, head); err != nil {
		t.Fatal(err)
	}
	doc := pages(t, s, m.Title)
	text := strings.ReplaceAll(outlined(doc), "\u00a0", " ")
	for _, want := range []string{
		"hemsändningsbidrag (7 st., 1 407 970 kronor), servicebidrag (2 st., 275 000 kronor), investeringsbidrag (20 st., 8 196 150 kronor) och särskilt driftstöd (20 st., 3 706 552 kronor)",
		"13 585 672", "tre SOT-punkter", "20 företagsbesök", "[RUN/536/2021.]", "Uppföljningen av programmet godkänns.", "Utdrag till", "Regiondirektör",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the follow-up does not say %q:\n%s", want, text)
		}
	}
	for _, fact := range []string{"RUN/11/2025", "Samhällsutveckling", "Malin\nmalin@example.se", "25\u00a0mars\u00a02025"} {
		if !slices.ContainsFunc(doc.Cover.Facts, func(f reports.Fact) bool { return f.Value == fact }) {
			t.Errorf("the first page does not say %q: %v", fact, doc.Cover.Facts)
		}
	}
	if text, err := s.ManuscriptText(t.Context(), m); err != nil || text == "" {
		t.Errorf("text %q, %v", text, err)
	}
}
