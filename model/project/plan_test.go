package project

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"nabar/internal/i18n"
	"nabar/model/plan"
)

// said is an entry as a user says it: its kind, then keys and texts by turns.
type said []string

// programme2017 is the structure of Jämtland's action plan for 2017 in words of our own: four areas, their goals by number,
// and actions with several goals, leads, partners with roles, and combined financing.
var programme2017 = []said{
	{"area", "number", "1", "title", "Ny teknik och nya lösningar", "text", "Bredband bär de flesta nya tjänster."},
	{"area", "number", "2", "title", "Tillgång till dagligvaror och drivmedel"},
	{"area", "number", "3", "title", "Samordning"},
	{"area", "number", "4", "title", "Genomförande och kunskap"},
	{"goal", "area", "1", "number", "1.1", "text", "Fiber i alla butiksorter."},
	{"goal", "area", "1", "number", "1.2", "text", "Ny teknik används."},
	{"goal", "area", "2", "number", "2.1", "text", "Tillgången till dagens service består.", "measure", "share", "service", "dagligvaror", "within", "10", "op", "at_least", "aim", "92,5"},
	{"goal", "area", "2", "number", "2.2", "text", "Alla kommuner har en aktuell plan."},
	{"goal", "area", "2", "number", "2.3", "text", "Post och paket minst tre gånger i veckan."},
	{"goal", "area", "3", "number", "3.2", "text", "Fler samordnade lösningar."},
	{"goal", "area", "3", "number", "3.3", "text", "Fler samarbeten mellan sektorer."},
	{"goal", "area", "4", "number", "4.3", "text", "Gemensamt underlag med könsuppdelad statistik."},
	{"goal", "area", "4", "number", "4.5", "text", "Myndigheter samverkar väl."},
	{
		"action", "area", "1", "letter", "A", "title", "Se till att butiksorter får bredband", "goals", "1.1", "milestones", "Fiber eller annan teknik dras\nLösning för varje ort",
		"parties", "Länsstyrelsen | x\nRegionen | x\nLänets kommuner", "financing", "Regional bredbandssamordning",
	},
	{
		"action", "area", "1", "letter", "B", "title", "Kartlägg handlarnas kunskap om IT", "goals", "1.2", "activities", "Enkät till servicegivare",
		"parties", "Regionen | x\nServicegivare\nKommuner", "financing", "Ordinarie medel / Regionalt projekt Tillväxtverket | 150000 | 142 500",
	},
	{
		"action", "area", "2", "letter", "A", "title", "Processtöd för serviceplaner", "goals", "2.2", "milestones", "Minst 8 kommuner klara 2016-12-31",
		"indicator", "Kommuner med plan", "baseline", "5", "target", "8", "outcome", "6", "from", "2016", "to", "2016-12-31", "status", "ongoing",
		"parties", "Regionen | x\nLänets kommuner\nLänsstyrelsen", "financing", "Ordinarie medel / Regionalt projekt Tillväxtverket",
	},
	{
		"action", "area", "2", "letter", "B", "title", "Besluta om stöd", "goals", "2.1", "parties", "Regionen | x | stöd till kommersiell service\nLänsstyrelsen | x | landsbygdsprogrammet",
		"financing", "Ordinarie medel",
	},
	{
		"action", "area", "3", "letter", "A", "title", "Kartlägg servicepunkter", "goals", "3.2, 3.3", "parties", "Regionen | x\nLänets kommuner\nServicegivare",
		"financing", "Ordinarie medel / Regionalt projekt Tillväxtverket", "sites", "butik-7\n | Bygdegården | 480100,5 | 7012000", "solutions", "servicepunkt\nbygdegard",
	},
	{"action", "area", "4", "letter", "E", "title", "Bilda partnerskap", "goals", "4.5", "parties", "Regionen | x\nLänsstyrelsen", "financing", "Ordinarie medel"},
	{"grant", "form", "servicebidrag", "year", "2017", "name", "Lanthandeln", "granted", "137 500 kr", "date", "2017-05-02", "case", "RUN/1/2017"},
	{"fact", "type", "fibre", "date", "2017-03", "name", "Storsjö kapell", "answer", "no", "exception", "Radiolänk i stället"},
	{"solution", "code", "skolbuss", "title", "Varor med skolbussen", "sources", "Egen erfarenhet"},
	{"placement", "solution", "skolbuss", "action", "3 A", "status", "wanted"},
}

// say makes an entry of what a user says.
func say(t testing.TB, book plan.Book, words said) plan.Item {
	t.Helper()
	item := plan.New(plan.Kind(words[0]))
	for i := 1; i < len(words); i += 2 {
		f, ok := plan.FindField(item.Kind(), words[i])
		if !ok {
			t.Fatalf("no field %s of %s", words[i], words[0])
		}
		if err := book.Set(item, &f, words[i+1]); err != nil {
			t.Fatalf("%s: %v", words, err)
		}
	}
	return item
}

// book reads the plan.
func book(t testing.TB, p *Project) plan.Book {
	t.Helper()
	b, err := p.Plan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// enter enters all of the programme, an edit for each entry.
func enter(t testing.TB, p *Project) plan.Book {
	t.Helper()
	for _, words := range programme2017 {
		item := say(t, book(t, p), words)
		edit(t, p, "Lägg till", func(tx *Tx) error { return tx.AddEntry(item) })
	}
	return book(t, p)
}

func TestProgramme2017IsKeptAsEntered(t *testing.T) {
	p := newProject(t)
	b := enter(t, p)
	if len(b) != len(programme2017) {
		t.Fatalf("%d entries, want %d", len(b), len(programme2017))
	}
	for i, words := range programme2017 {
		if got := b[i].Kind(); string(got) != words[0] {
			t.Errorf("entry %d is a %s, want a %s", i, got, words[0])
		}
		if want := say(t, b, words); want != nil {
			want.SetNumber(b[i].Number())
			if !reflect.DeepEqual(b[i], want) {
				t.Errorf("entry %d is\n%+v, want\n%+v", i, b[i], want)
			}
		}
	}
	action := b[17].(*plan.Action)
	if codes := []string{b.Code(action.ID), b.Code(action.Goals[0]), b.Code(action.Goals[1])}; !slices.Equal(codes, []string{"3 A", "3.2", "3.3"}) {
		t.Errorf("codes %q", codes)
	}
	if leads := b[13].(*plan.Action).Leads(); len(leads) != 2 || leads[1].Name != "Regionen" {
		t.Errorf("leads %v", leads)
	}
	money := b[14].(*plan.Action).Financing[0]
	if money.Source != "Ordinarie medel / Regionalt projekt Tillväxtverket" || *money.Budget != 150000 || *money.Outcome != 142500 {
		t.Errorf("financing %+v", money)
	}
}

func TestPlanIsUndoneEntryByEntry(t *testing.T) {
	p := newProject(t)
	whole := enter(t, p)
	for i := len(programme2017); i > 0; i-- {
		if got := book(t, p); len(got) != i {
			t.Fatalf("%d entries before undo %d", len(got), i)
		}
		if _, err := p.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for range programme2017 {
		if _, err := p.Redo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if got := book(t, p); !reflect.DeepEqual(got, whole) {
		t.Errorf("after undo and redo\n%v, want\n%v", got, whole)
	}
}

func TestOrderIsTheUsersAndIDsStay(t *testing.T) {
	p := newProject(t)
	b := enter(t, p)
	fourth, first := b[3].Number(), b[0].Number()
	edit(t, p, "Flytta", func(tx *Tx) error { return tx.MoveEntry(fourth, 0) })
	if got := book(t, p); got[0].Number() != fourth || got[1].Number() != first {
		t.Errorf("the order is %v, %v", got[0], got[1])
	}
	if _, err := p.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := book(t, p); !reflect.DeepEqual(got, b) {
		t.Error("undo of a move does not give the order back")
	}
	last := b[len(b)-1]
	edit(t, p, "Ta bort", func(tx *Tx) error { return tx.RemoveEntry(last.Number()) })
	fresh := say(t, book(t, p), programme2017[len(programme2017)-1])
	edit(t, p, "Lägg till", func(tx *Tx) error { return tx.AddEntry(fresh) })
	if fresh.Number() == last.Number() {
		t.Error("an id was given twice")
	}
}

func TestWhatCanNotStandIsRefused(t *testing.T) {
	p := newProject(t)
	b := enter(t, p)
	cases := []struct {
		name, key string
		fn        func(*Tx) error
	}{
		{"an area with goals", "action.in_use", func(tx *Tx) error { return tx.RemoveEntry(b[0].Number()) }},
		{"a goal that is served", "action.in_use", func(tx *Tx) error { return tx.RemoveEntry(b[4].Number()) }},
		{"an action with a solution", "action.in_use", func(tx *Tx) error { return tx.RemoveEntry(b[17].Number()) }},
		{"a number twice", "action.taken", func(tx *Tx) error { return tx.AddEntry(say(t, b, said{"area", "number", "1", "title", "En till"})) }},
		{"a letter twice", "action.taken", func(tx *Tx) error {
			return tx.AddEntry(say(t, b, said{"action", "area", "1", "letter", "a", "title", "En till"}))
		}},
		{"a goal without area", "action.needed", func(tx *Tx) error { return tx.AddEntry(&plan.Goal{Code: "9.1", Text: "Fritt"}) }},
		{"an area that is none", "action.ref_unknown", func(tx *Tx) error {
			return tx.AddEntry(&plan.Goal{Area: b[4].Number(), Code: "9.1", Text: "Fritt"})
		}},
		{"what is gone", "action.gone", func(tx *Tx) error { return tx.MoveEntry(4711, 0) }},
		{"another kind", "action.gone", func(tx *Tx) error {
			area := &plan.Area{Code: "9", Title: "Nio"}
			area.SetNumber(b[4].Number())
			return tx.UpdateEntry(area)
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := p.Edit(t.Context(), i18n.Plain("Försök"), c.fn)
			if !errors.Is(err, i18n.Errorf(c.key)) {
				t.Errorf("got %v, want %s", err, c.key)
			}
			if !reflect.DeepEqual(book(t, p), b) {
				t.Error("the plan has changed")
			}
		})
	}
}
