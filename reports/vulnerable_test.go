package reports

import (
	"math"
	"slices"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
)

// TestWeakPlaces: a table of the ranking's figures, in its order, without places that nobody has nearest, and at most
// five of a type.
func TestWeakPlaces(t *testing.T) {
	q := model.Query{Service: "apotek", Impedance: model.Distance}
	ranking := model.Ranking{Query: q, Places: []model.PlaceLoss{
		{IDs: []string{"a"}, Name: "A", Loss: model.Loss{PeopleNearest: 15, MeanExtra: 300, MaxExtra: 400}, ServicesLost: []string{"post"}},
		{IDs: []string{"b"}, Loss: model.Loss{PeopleNearest: 7, LeftWithout: 7, MeanExtra: math.NaN()}},
		{IDs: []string{"c"}, Name: "C"},
	}}
	for range 6 {
		ranking.Places = append(ranking.Places, model.PlaceLoss{IDs: []string{"d"}, Name: "D", Loss: model.Loss{PeopleNearest: 1}})
	}
	types := model.DefaultServiceTypes()
	b := &builder{in: &Input{Rankings: []model.Ranking{ranking}}, p: i18n.For(i18n.Swedish)}
	for _, kind := range types {
		b.all = append(b.all, service{ServiceType: kind, name: b.p.Text(kind.Label())})
	}
	got := b.weakPlaces([]row{{"Apotek", &model.Result{Query: q}}})
	want := [][]string{
		{"A", "Apotek", "15", "300\u00a0m", "400\u00a0m", "0", "Post och paket"},
		{"b", "Apotek", "7", "–", "0\u00a0m", "7", "–"},
	}
	if len(got.Rows) != topPlaces {
		t.Fatalf("%d rows, want %d", len(got.Rows), topPlaces)
	}
	for i := range want {
		if !slices.Equal(got.Rows[i], want[i]) {
			t.Errorf("row %d: %q, want %q", i, got.Rows[i], want[i])
		}
	}
	if none := b.weakPlaces([]row{{"Apotek", &model.Result{Query: model.Query{Service: "apotek", Impedance: model.Time}}}}); len(none.Rows) != 0 {
		t.Errorf("rows of a ranking by another measure: %v", none.Rows)
	}
}

// TestClassCounts: the classes of a result hold all its people.
func TestClassCounts(t *testing.T) {
	r := &model.Result{
		People: 100, Reached: 93, Unreached: 7,
		Bands: []model.Band{{To: 1000, People: 20}, {To: 2000, People: 20}, {To: 5000, People: 80}},
	}
	got := classCounts(r, []float64{1000, 2000, 5000})
	want := []int{20, 0, 60, 13, 7}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("%v, want %v", got, want)
		}
	}
}
