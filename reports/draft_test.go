package reports

import (
	"math"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/manuscript"
	"nabar/model/plan"
)

// numbered is an input with one result of a service type: people, of whom so many are within five kilometres and so many
// unreached.
func numbered(people, within, unreached int) Input {
	r := model.Result{
		Query: model.Query{Service: "dagligvaror", Impedance: model.Distance, Bands: []float64{2000, 5000, 10000}}, Facilities: 3,
		People: people, Reached: people - unreached, Unreached: unreached, Mean: 3893.84, Median: 2210, P90: 9040, Max: 21915, SecondMean: 7120,
		Bands:  []model.Band{{To: 2000, People: within / 3}, {To: 5000, People: within}, {To: 10000, People: people - unreached}},
		Places: []model.PlaceFigure{{ID: "a", Name: "Lanthandeln", PeopleNearest: within}, {ID: "b", Name: "Coop", PeopleNearest: within / 2}},
	}
	return Input{Kommun: model.Kommun{Name: "Gotland"}, Results: []model.Result{r}, Types: model.DefaultServiceTypes()}
}

// say makes a sentence by its name.
func say(in Input, lang, name string) string {
	in.Printer = i18n.For(lang)
	l := manuscript.NewNames(in.Printer, in.Types).Find(name)
	shown := Living(in, []*manuscript.Living{l})[0]
	if !l.Known() {
		return "unknown: " + name
	}
	if shown == nil {
		return ""
	}
	return strings.ReplaceAll(shown.Text, i18n.NBSP, "_")
}

func TestSentencesCountRight(t *testing.T) {
	tests := []struct {
		in       Input
		name     string
		sv, want string // the name and the sentence in Swedish
		english  string
	}{
		{numbered(60857, 41773, 0), "knappt", "mening om nära dagligvaror", "Knappt 41_800 invånare, 69 procent, har högst fem kilometer till närmaste livsmedelsbutik.", ""},
		{numbered(60857, 41823, 0), "drygt", "mening om nära dagligvaror", "Drygt 41_800 invånare, 69 procent, har högst fem kilometer till närmaste livsmedelsbutik.", ""},
		{numbered(60857, 41800, 0), "exact", "mening om nära dagligvaror", "41_800 invånare, 69 procent, har högst fem kilometer till närmaste livsmedelsbutik.", ""},
		{numbered(900, 1, 0), "one, less than one per cent", "mening om nära dagligvaror", "1 invånare, mindre än 1 procent, har högst fem kilometer till närmaste livsmedelsbutik.", ""},
		{numbered(900, 899, 0), "all but one is not all", "mening om långt dagligvaror", "En invånare, mindre än 1 procent, har mer än fem kilometer till närmaste livsmedelsbutik.", "One inhabitant, less than 1 per cent, has more than five kilometres to the nearest grocery shop."},
		{numbered(900, 900, 0), "nobody beyond", "mening om långt dagligvaror", "Ingen invånare har mer än fem kilometer till närmaste livsmedelsbutik.", ""},
		{numbered(900, 600, 0), "a third", "mening om långt dagligvaror", "En tredjedel av invånarna, 300, har mer än fem kilometer till närmaste livsmedelsbutik.", ""},
		{numbered(20000, 10049, 0), "half", "mening om långt dagligvaror", "Hälften av invånarna, knappt 10_000, har mer än fem kilometer till närmaste livsmedelsbutik.", ""},
		{numbered(900, 888, 3), "twelve, and some unreached", "mening om långt dagligvaror", "Tolv invånare, 1 procent, har mer än fem kilometer till närmaste livsmedelsbutik eller når inget ställe alls.", ""},
		{numbered(900, 888, 0), "other limit", "mening om långt dagligvaror, gräns 2 km", "Två tredjedelar av invånarna, 604, har mer än två kilometer till närmaste livsmedelsbutik.", ""},
		{numbered(900, 0, 0), "everybody beyond", "mening om långt dagligvaror", "Alla invånare har mer än fem kilometer till närmaste livsmedelsbutik.", ""},
		{numbered(1000, 500, 13), "unreached", "mening om onådda dagligvaror", "13 invånare, 1 procent, når inte närmaste livsmedelsbutik längs väg.", ""},
		{numbered(1000, 500, 0), "all reach", "mening om onådda dagligvaror", "Alla invånare når närmaste livsmedelsbutik längs väg.", ""},
		{numbered(999999, 5, 0), "people", "mening om invånare", "Gotland har knappt 1_000_000 invånare.", ""},
		{numbered(60857, 41773, 0), "mean", "mening om medel dagligvaror", "I genomsnitt är det 3,9_km längs väg till närmaste livsmedelsbutik.", "On average it is 3.9_km by road to the nearest grocery shop."},
		{numbered(60857, 41773, 0), "second", "mening om näst närmaste dagligvaror", "I genomsnitt är det 3,9_km till det närmaste stället och 7,1_km till det näst närmaste.", ""},
		{numbered(60857, 41773, 0), "largest", "mening om flest dagligvaror", "Flest har Lanthandeln närmast: knappt 41_800 invånare, 69 procent.", ""},
		{numbered(60857, 30000, 0), "interval", "mening om intervall dagligvaror", "Störst är gruppen som har mellan fem kilometer och tio kilometer till närmaste livsmedelsbutik: knappt 30_900 invånare, 51 procent.", ""},
		{numbered(0, 0, 0), "nobody lives there", "mening om nära dagligvaror", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := say(tt.in, "sv", tt.sv); got != tt.want {
				t.Errorf("Swedish\n%q, want\n%q", got, tt.want)
			}
			l := manuscript.NewNames(i18n.For("sv"), tt.in.Types).Find(tt.sv)
			english := manuscript.NewNames(i18n.For("en"), tt.in.Types).Name(l)
			if got := say(tt.in, "en", english); tt.english != "" && got != tt.english {
				t.Errorf("English\n%q, want\n%q", got, tt.english)
			}
		})
	}
}

// amount is a whole number as entries have it.
func amount(n int64) *int64 { return &n }

func TestSentencesOfWhatWasEntered(t *testing.T) {
	grant := func(form string, year, granted int64) plan.Item {
		return &plan.Grant{Form: form, Year: amount(year), Name: "Lanthandeln", Granted: amount(granted)}
	}
	in := Input{Types: model.DefaultServiceTypes(), Plan: plan.Book{
		&plan.Area{Base: plan.Base{ID: 1}, Code: "1", Title: "Tillgång"},
		&plan.Goal{Base: plan.Base{ID: 2}, Area: 1, Code: "1.1", Text: "Nära"},
		&plan.Action{Base: plan.Base{ID: 3}, Area: 1, Letter: "A", Title: "Kartlägg", Status: "done", Financing: []plan.Funding{{Source: "x", Budget: amount(150000), Outcome: amount(142500)}}},
		&plan.Action{Base: plan.Base{ID: 4}, Area: 1, Letter: "B", Title: "Besök", Status: "ongoing"},
		&plan.Action{Base: plan.Base{ID: 5}, Area: 1, Letter: "C", Title: "Möt", Status: "ongoing"},
		grant("hemsandningsbidrag", 2024, 1407970), grant("servicebidrag", 2024, 275000), grant("servicebidrag", 2023, 100000),
		&plan.Fact{Base: plan.Base{ID: 9}, Type: "visit", Date: "2024", Value: func() *float64 { v := 20.0; return &v }()},
		&plan.Fact{Base: plan.Base{ID: 10}, Type: "sot", Date: "2024-05", Name: "Hallen"},
	}}
	tests := map[string]string{
		"mening om mål":                                    "Planen har ett mål inom ett prioriterat område.",
		"mening om insatser":                               "Handlingsplanen har tre insatser: en genomförd och två pågående.",
		"mening om finansiering":                           "Insatserna är budgeterade till 150_000 kronor, och utfallet är hittills 142_500 kronor.",
		"mening om stöden":                                 "Åren 2023–2024 beviljades tre stöd på sammanlagt 1_782_970 kronor.",
		"mening om beviljat":                               "Under 2024 beviljades två stöd på sammanlagt 1_682_970 kronor.",
		"mening om beviljat, år 2023":                      "Under 2023 beviljades ett stöd på sammanlagt 100_000 kronor.",
		"mening om beviljat, år 2020":                      "Under 2020 beviljades inget stöd.",
		"mening om stödform":                               "Under 2024 beviljades hemsandningsbidrag (1 st., 1_407_970 kronor) och servicebidrag (1 st., 275_000 kronor).",
		"mening om stödform, stödform servicebidrag":       "Under 2024 beviljades servicebidrag (1 st., 275_000 kronor).",
		"mening om registret":                              "Under 2024 finns i registret en SOT-punkt och 20 företagsbesök.",
		"beviljat belopp, år 2024, stödform servicebidrag": "275_000_kr",
		"antal genomförda insatser":                        "1",
		"mening om nära dagligvaror":                       "",
	}
	for name, want := range tests {
		if got := say(in, "sv", name); got != want {
			t.Errorf("%s:\n%q, want\n%q", name, got, want)
		}
	}
}

func TestEverySentenceIsMadeAndHasWords(t *testing.T) {
	for _, what := range manuscript.Sentences() {
		if drafts[what] == nil {
			t.Errorf("no way to make the sentence %q", what)
		}
	}
	if len(drafts) != len(manuscript.Sentences()) {
		t.Errorf("%d ways to make %d sentences", len(drafts), len(manuscript.Sentences()))
	}
	in := numbered(100, 50, 5)
	in.Results[0].SecondMean = math.NaN()
	for _, lang := range []string{"sv", "en"} {
		for _, what := range manuscript.Sentences() {
			l := &manuscript.Living{Kind: manuscript.Sentence, What: what, Binding: manuscript.Binding{Service: "dagligvaror"}}
			in.Printer = i18n.For(lang)
			if s := Living(in, []*manuscript.Living{l})[0]; s != nil && (strings.Contains(s.Text, "⟦") || strings.Contains(s.Text, "{")) {
				t.Errorf("%s %s: %s", lang, what, s.Text)
			}
		}
	}
}
