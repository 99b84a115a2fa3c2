package session

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/manuscript"
	"nabar/model/plan"
)

// written composes a document and gives it as text, a line for each paragraph and row, with its remarks.
func written(t *testing.T, s *Session, id int64) (string, []i18n.Message) {
	t.Helper()
	m, err := s.Manuscript(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	doc, remarks, err := s.ComposeDocument(t.Context(), m, nil)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, part := range doc.Outline() {
		out = append(out, strings.TrimSpace(part.Number+" "+part.Title))
		out = append(out, part.Lines...)
	}
	return strings.Join(out, "\n"), remarks
}

// statuses counts the states of a document's living things.
func statuses(t *testing.T, s *Session, id int64) (map[LivingStatus]int, []LivingState) {
	t.Helper()
	m, err := s.Manuscript(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	states, err := s.LivingStates(t.Context(), m, nil)
	if err != nil {
		t.Fatal(err)
	}
	out := map[LivingStatus]int{}
	for _, st := range states {
		out[st.Status]++
	}
	return out, states
}

// own makes a document of the user's own with one text.
func own(t *testing.T, s *Session, text string) *manuscript.Manuscript {
	t.Helper()
	m, err := s.NewManuscript(t.Context(), manuscript.Own, "", nil)
	if err == nil {
		err = s.SetManuscriptText(t.Context(), m, text)
	}
	if err != nil {
		t.Fatal(err)
	}
	return m
}

const livingText = `= Läget

Medel {{medelavstånd dagligvaror}}, median {{medianavstånd dagligvaror}}, {{invånare inom 5 km dagligvaror}} av {{antal invånare}}, {{andel inom 10 min drivmedel}}.

Äldre: {{medelavstånd dagligvaror, ålder 70-}}, udda gräns: {{invånare inom 3,5 km post och paket}}.

{{mening om nära dagligvaror}}

{{mening om långt dagligvaror}} Så här **skriver vi** det själva.

{{tabell avstånd}}

{{karta dagligvaror}}
`

func TestFiguresInTextAreTheSessions(t *testing.T) {
	s := demoSession(t)
	m := own(t, s, livingText)
	text, remarks := written(t, s, m.ID)
	if len(remarks) > 0 {
		t.Errorf("remarks %v", remarks)
	}
	r, err := s.Analyse(t.Context(), model.Query{Service: "dagligvaror", Impedance: model.Distance}, nil)
	if err != nil {
		t.Fatal(err)
	}
	fuel, err := s.Analyse(t.Context(), model.Query{Service: "drivmedel", Impedance: model.Time}, nil)
	if err != nil {
		t.Fatal(err)
	}
	old, err := s.Figures(t.Context(), model.Query{Service: "dagligvaror"}, FigureOptions{Of: "70-"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	post, err := s.Figures(t.Context(), model.Query{Service: "post", Bands: []float64{3500}}, FigureOptions{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := s.Printer()
	band := func(bands []model.Band, to float64) int {
		i := slices.IndexFunc(bands, func(b model.Band) bool { return b.To == to })
		return bands[i].People
	}
	for _, want := range []string{
		"Medel " + p.Distance(r.Mean) + ", median " + p.Distance(r.Median) + ", " + p.Int(int64(band(r.Bands, 5000))) + " av " + p.Int(int64(r.People)) +
			", " + p.Percent(float64(band(fuel.Bands, 600))/float64(fuel.People)) + ".",
		"Äldre: " + p.Distance(old.All.Mean) + ", udda gräns: " + p.Int(int64(band(post.All.Bands, 3500))) + ".",
		"Så här skriver vi det själva.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the document does not say %q:\n%s", want, text)
		}
	}
}

func TestWhatIsLivingGoesStaleAndIsUpdatedByChoice(t *testing.T) {
	s, ctx := demoSession(t), t.Context()
	m := own(t, s, livingText)
	before, _ := written(t, s, m.ID)
	if got, _ := statuses(t, s, m.ID); got[LivingFresh] != 11 {
		t.Fatalf("after the first look: %v", got)
	}
	params, err := s.Params(ctx)
	if err != nil {
		t.Fatal(err)
	}
	params.SnapLimit = 150
	if err := s.SetParams(ctx, params); err != nil {
		t.Fatal(err)
	}
	got, states := statuses(t, s, m.ID)
	if got[LivingStale] < 5 {
		t.Fatalf("after a change of the parameters: %v", got)
	}
	for _, st := range states {
		if st.Status == LivingStale && (st.Was == nil || st.Now == nil || st.Was.Text == st.Now.Text || st.Was.From == st.Now.From) {
			t.Errorf("%s was %v and is %v", st.Name, st.Was, st.Now)
		}
	}
	words := func(text string) string { // without the map, which is drawn from the figures at hand
		cut, _, _ := strings.Cut(text, "\nKarta över")
		return cut
	}
	after, remarks := written(t, s, m.ID)
	if words(after) != words(before) || !slices.ContainsFunc(remarks, func(r i18n.Message) bool { return r.Key == "text.remark.stale" }) {
		t.Errorf("stale figures changed by themselves, or were not told:\n%s\n%v", after, remarks)
	}
	m, _ = s.Manuscript(ctx, m.ID)
	if n, err := s.UpdateLiving(ctx, m, nil, nil); err != nil || n != got[LivingStale]-1 {
		t.Errorf("updated %d, %v", n, err)
	}
	left, states := statuses(t, s, m.ID)
	i := slices.IndexFunc(states, func(st LivingState) bool { return st.Status == LivingStale })
	if left[LivingStale] != 1 || !states[i].Edited {
		t.Fatalf("all but the user's own sentence should be fresh: %v", left)
	}
	updated, _ := written(t, s, m.ID)
	if words(updated) == words(before) || !strings.Contains(updated, "Så här skriver vi det själva.") {
		t.Errorf("updated to\n%s", updated)
	}
	m, _ = s.Manuscript(ctx, m.ID)
	if _, err := s.UpdateLiving(ctx, m, []LivingChoice{{Block: states[i].Block, Draft: true}}, nil); err != nil {
		t.Fatal(err)
	}
	drafted, _ := written(t, s, m.ID)
	if strings.Contains(drafted, "Så här skriver vi") || !strings.Contains(drafted, states[i].Now.Text) {
		t.Errorf("the draft did not take the place of the user's words:\n%s", drafted)
	}
	for range 2 {
		if _, err := s.Undo(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if again, _ := written(t, s, m.ID); words(again) != words(before) {
		t.Errorf("undo gives\n%s", again)
	}
	if _, err := s.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if got, _ := statuses(t, s, m.ID); got[LivingStale] != 0 {
		t.Errorf("with the old parameters: %v", got)
	}
}

func TestAUserIsToldWhatMeansNothing(t *testing.T) {
	s := demoSession(t)
	m := own(t, s, "= A\n\nDet är {{avstånd till månen}} och [@ingenstans] och [farligt](javascript:x) här.\n\n{{mening om utveckling dagligvaror}}\n\n{{medelavstånd dagligvaror, scenario Finns inte}} bort\n")
	text, remarks := written(t, s, m.ID)
	var keys []string
	for _, r := range remarks {
		keys = append(keys, strings.TrimPrefix(r.Key, "text.remark."))
	}
	if want := []string{"unknown", "reference", "link", "empty", "empty"}; !slices.Equal(keys, want) {
		t.Errorf("remarks %v, want %v", keys, want)
	}
	if !strings.Contains(text, "Det är – och – och farligt här.") || strings.Contains(text, "{{") {
		t.Errorf("printed\n%s", text)
	}
}

func TestEveryStandardDocumentIsWritten(t *testing.T) {
	s, ctx := demoSession(t), t.Context()
	for _, kind := range manuscript.Kinds() {
		standard, _, err := s.Document(ctx, string(kind), nil)
		if err != nil {
			t.Fatal(err)
		}
		m, err := s.NewManuscript(ctx, kind, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		var files [2]bytes.Buffer
		for i := range files {
			doc, _, err := s.Document(ctx, m.Title, nil)
			if err != nil {
				t.Fatal(err)
			}
			write, _ := s.writer("x.html")
			if err := write(&files[i], doc); err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
		}
		if !bytes.Equal(files[0].Bytes(), files[1].Bytes()) {
			t.Errorf("%s is written with other bytes the second time", kind)
		}
		if kind != manuscript.Serviceplan {
			var first bytes.Buffer
			write, _ := s.writer("x.html")
			if err := write(&first, standard); err != nil || !bytes.Equal(first.Bytes(), files[0].Bytes()) {
				t.Errorf("%s: the standard and the manuscript made of it differ (%v)", kind, err)
			}
		}
	}
}

func TestWhatATextLacksIsFound(t *testing.T) {
	s, ctx := demoSession(t), t.Context()
	m, err := s.NewManuscript(ctx, manuscript.Serviceplan, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	find := func() []string {
		m, err := s.Manuscript(ctx, m.ID)
		if err != nil {
			t.Fatal(err)
		}
		found, err := s.TextFindings(ctx, m, nil)
		if err != nil {
			t.Fatal(err)
		}
		var codes []string
		for _, f := range found {
			if text := s.Printer().Text(f.Text); strings.Contains(text, "⟦") {
				t.Error(text)
			}
			if !slices.Contains(codes, f.Code) {
				codes = append(codes, f.Code)
			}
		}
		return codes
	}
	if got := find(); !slices.Equal(got, []string{"text_template"}) {
		t.Errorf("of the template: %v", got)
	}
	if err := s.RemoveChapter(ctx, m.ID, m.Chapters[m.Part("begrepp")].ID); err != nil {
		t.Fatal(err)
	}
	if err := s.SetChapterText(ctx, m, m.Chapters[0].ID, "Vi {{vet inte}} {==än==}{>>Anna: när?<<}.\n"); err != nil {
		t.Fatal(err)
	}
	if got := find(); !slices.Equal(got, []string{"text_unknown", "text_comments", "text_template", "text_part"}) {
		t.Errorf("found %v", got)
	}
	all, err := s.Completeness(ctx, "adopted", nil, "2026-11-30", nil)
	if err != nil || !slices.ContainsFunc(all, func(f plan.Finding) bool { return f.Code == "text_unknown" && f.Level == plan.Fault }) {
		t.Errorf("the completeness check finds %v (%v)", all, err)
	}
}

func TestAVersionOfAWrittenDocumentStaysAsItWas(t *testing.T) {
	s, ctx := demoSession(t), t.Context()
	m := own(t, s, "= Läget\n\nDet är {{medelavstånd dagligvaror}} till butik.\n")
	v, err := s.MakeVersion(ctx, VersionRequest{Stage: "consultation", Document: m.Title, Date: "2026-11-30"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Record.Sections) != 1 || v.Record.Sections[0].Title != "Läget" || !strings.Contains(v.Record.Sections[0].Lines[0], "Det är 2,1") {
		t.Errorf("the version holds %v", v.Record.Sections)
	}
	read := func() []byte {
		content, err := s.project.VersionFile(ctx, v.ID, "html")
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	before := read()
	if err := s.SetManuscriptText(ctx, m, "= Nytt\n\nAllt är annorlunda.\n"); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(read(), before) || !bytes.Contains(before, []byte("till butik")) {
		t.Error("the version has changed with the text")
	}
}
