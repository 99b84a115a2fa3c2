package rows

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
)

var sv = i18n.For("sv")

func towns() *model.Table {
	row := func(name string, people float64) model.TableRow {
		return model.TableRow{ID: name, Cells: []model.TableCell{model.Words(name), model.Amount(people)}}
	}
	return &model.Table{
		Columns: []model.TableColumn{{Head: "Ort"}, {Head: "Invånare", Number: true}},
		Rows: []model.TableRow{
			row("Östergarn", 1234), row("Ala", 50), row("Åminne", math.NaN()), row("Ort 10", 9), row("", -5), row("Älvåker", 50), row("Ort 2", 9.5),
		},
	}
}

func names(t *model.Table, order []int) string {
	var out []string
	for _, i := range order {
		out = append(out, Cell(t, i, 0).Text)
	}
	return strings.Join(out, "|")
}

func TestOrder(t *testing.T) {
	filter := func(column int, text string) map[int]Filter {
		f, none, err := ParseFilter(towns().Columns[column], text)
		if err != nil || none {
			t.Fatal(text, none, err)
		}
		return map[int]Filter{column: f}
	}
	tests := []struct {
		name string
		view View
		want string
	}{
		{"as they came", View{By: -1}, "Östergarn|Ala|Åminne|Ort 10||Älvåker|Ort 2"},
		{"words in Swedish order", View{By: 0}, "Ala|Ort 2|Ort 10|Åminne|Älvåker|Östergarn|"},
		{"words backwards, empty last", View{By: 0, Down: true}, "Östergarn|Älvåker|Åminne|Ort 10|Ort 2|Ala|"},
		{"numbers", View{By: 1}, "|Ort 10|Ort 2|Ala|Älvåker|Östergarn|Åminne"},
		{"numbers backwards, alike as they came", View{By: 1, Down: true}, "Östergarn|Ala|Älvåker|Ort 2|Ort 10||Åminne"},
		{"search in words", View{By: -1, Search: "ORT"}, "Ort 10|Ort 2"},
		{"search in numbers", View{By: -1, Search: "1234"}, "Östergarn"},
		{"text contains", View{By: -1, Filters: filter(0, "ö")}, "Östergarn"},
		{"one number", View{By: -1, Filters: filter(1, "50")}, "Ala|Älvåker"},
		{"range", View{By: -1, Filters: filter(1, "9–50")}, "Ala|Ort 10|Älvåker|Ort 2"},
		{"range below zero", View{By: -1, Filters: filter(1, "-10-9")}, "Ort 10|"},
		{"above", View{By: -1, Filters: filter(1, "> 50")}, "Östergarn"},
		{"at most, decimal comma", View{By: -1, Filters: filter(1, "<=9,5")}, "Ort 10||Ort 2"},
		{"empty number", View{By: -1, Filters: filter(1, "=")}, "Åminne"},
		{"empty text", View{By: -1, Filters: filter(0, "=")}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			order, err := tt.view.Order(t.Context(), sv, towns())
			if got := names(towns(), order); err != nil || got != tt.want {
				t.Errorf("%s %v, want %s", got, err, tt.want)
			}
		})
	}
	for _, bad := range []string{"x", ">", "1-y", "-", "1,2,3"} {
		if _, _, err := ParseFilter(towns().Columns[1], bad); err == nil {
			t.Errorf("%q is taken for a range", bad)
		}
	}
	if _, none, err := ParseFilter(towns().Columns[1], " "); !none || err != nil {
		t.Error("nothing is taken for a filter")
	}
}

func TestOrderStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (View{By: 0}).Order(ctx, sv, towns()); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestSummarise(t *testing.T) {
	table := towns()
	all, _ := View{By: -1}.Order(t.Context(), sv, table)
	s := Summarise(table, all, 1)
	want := Statistics{Count: 7, Empty: 1, Different: 5, Least: -5, Most: 1234, Sum: 1347.5, Mean: 1347.5 / 6, Median: (9.5 + 50) / 2}
	if s != want {
		t.Errorf("%+v, want %+v", s, want)
	}
	if s := Summarise(table, all[:1], 1); s.Median != 1234 || s.Mean != 1234 {
		t.Errorf("of one: %+v", s)
	}
	if s := Summarise(table, all, 0); s.Count != 7 || s.Empty != 1 || s.Different != 6 || !math.IsNaN(s.Sum) {
		t.Errorf("of words: %+v", s)
	}
	if s := Summarise(table, nil, 1); s.Count != 0 || !math.IsNaN(s.Mean) {
		t.Errorf("of nothing: %+v", s)
	}
}

func TestParseNumber(t *testing.T) {
	for text, want := range map[string]float64{"1 234,5": 1234.5, "1\u00a0234": 1234, "\u22127": -7, "3.25": 3.25} {
		if got, err := ParseNumber(text); err != nil || got != want {
			t.Errorf("%q is %v %v", text, got, err)
		}
	}
	for _, bad := range []string{"", "NaN", "Inf", "1,2,3", "tolv"} {
		if _, err := ParseNumber(bad); err == nil {
			t.Errorf("%q is a number", bad)
		}
	}
}

// BenchmarkSort puts as many rows in order as Sweden has inhabited squares.
func BenchmarkSort(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	t := &model.Table{Columns: []model.TableColumn{{Head: "kommun"}, {Head: "bef", Number: true}}}
	for range 103_464 {
		name := fmt.Sprintf("Kommun %c%d", 'A'+rune(r.IntN(26)), r.IntN(290))
		t.Rows = append(t.Rows, model.TableRow{Cells: []model.TableCell{model.Words(name), model.Amount(float64(r.IntN(5000)))}})
	}
	for by, name := range []string{"words", "numbers"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, _ = View{By: by}.Order(b.Context(), sv, t)
			}
		})
	}
}
