package losses

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

// ranking is a shop whose closing hurts most, one that nobody needs, and one without a road.
func ranking() *model.Ranking {
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance, Bands: []float64{1000, 10000}}
	beyond := func(a, b int) []model.Band { return []model.Band{{To: 1000, People: a}, {To: 10000, People: b}} }
	return &model.Ranking{Query: q, Facilities: []model.FacilityLoss{
		{
			ID: "1", Name: "Lanthandeln", Joined: true,
			Loss:         model.Loss{PeopleNearest: 1234, LeftWithout: 1, MeanExtra: 12345, NewlyBeyond: beyond(40, 1200)},
			ServicesLost: []string{"post", "apotek"}, Last: model.Last{Town: "Fårö", LastInTown: true},
		},
		{ID: "2", Name: "Grannen", Joined: true, Siblings: []string{"3"}, Loss: model.Loss{PeopleNearest: 10, MeanExtra: 0, NewlyBeyond: beyond(0, 0)}},
		{ID: "4", Name: "Holmen", Loss: model.Loss{MeanExtra: math.NaN(), NewlyBeyond: beyond(0, 0)}, Last: model.Last{Town: "Holmen", LastInTown: true, LastInKommun: true}},
	}}
}

func describe(r *model.Ranking) View {
	names := map[string]string{"post": "Post", "apotek": "Apotek"}
	return Describe(Input{
		Printer: i18n.For("sv"), Service: "Dagligvaror", Query: model.Query{Impedance: model.Distance}, Ranking: r,
		TypeName: func(id string) string { return names[id] },
	})
}

func TestRowsSayWhatAClosingMeans(t *testing.T) {
	v := describe(ranking())
	want := []Place{
		{"1", "Lanthandeln", "1\u00a0234", "+12,3\u00a0km", []string{"40", "1\u00a0200"}, []string{"1 person når inget annat ställe", "Sista i Fårö", "Kan försvinna med det: Post, Apotek"}},
		{"2", "Grannen", "10", "+0\u00a0m", []string{"0", "0"}, []string{"1 till av samma slag på platsen"}},
		{"4", "Holmen", "0", "–", []string{"0", "0"}, []string{"Saknar väg, så ingen har närmast hit", "Sista i kommunen"}},
	}
	for i := range want {
		if !reflect.DeepEqual(v.Places[i], want[i]) {
			t.Errorf("row %d is %q, want %q", i, v.Places[i], want[i])
		}
	}
	if !reflect.DeepEqual(v.Limits, []string{"1\u00a0km", "10\u00a0km"}) || v.Notice != "" {
		t.Errorf("limits %q, notice %q", v.Limits, v.Notice)
	}
}

func TestWithoutRankingThePanelSaysWhy(t *testing.T) {
	if v := describe(nil); v.Notice == "" || len(v.Places) > 0 {
		t.Errorf("view is %+v", v)
	}
	v := Describe(Input{Printer: i18n.For("sv"), Ranking: ranking(), Missing: "Projektet saknar vägnät."})
	if v.Notice != "Projektet saknar vägnät." || len(v.Places) > 0 {
		t.Errorf("view is %+v", v)
	}
}

func TestPanel(t *testing.T) {
	test.NewTempApp(t)
	p := New(i18n.For("sv"))
	var chosen []string
	p.OnSelect = func(id string) { chosen = append(chosen, id) }
	w := test.NewTempWindow(t, p.Object())
	w.Resize(fyne.NewSize(380, 700))
	if p.list.Visible() || p.head.Visible() {
		t.Error("an empty ranking has a head")
	}
	p.Set(describe(ranking()))
	p.Select("2")
	if len(chosen) > 0 {
		t.Errorf("told %q for a choice of the program's", chosen)
	}
	p.list.Select(0)
	if !reflect.DeepEqual(chosen, []string{"1"}) {
		t.Errorf("told %q, want 1", chosen)
	}
	var texts []string
	for _, o := range test.LaidOutObjects(w.Content()) {
		if text, ok := o.(*widgets.Text); ok {
			texts = append(texts, text.Content)
		}
	}
	all := strings.Join(texts, "|")
	for _, want := range []string{"10\u00a0km", "Lanthandeln", "+12,3\u00a0km", "1\u00a0200", "Sista i Fårö", "Grannen"} {
		if !strings.Contains(all, want) {
			t.Errorf("the panel does not show %q: %q", want, all)
		}
	}
}
