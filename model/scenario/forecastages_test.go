package scenario

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model"
)

func TestSpansFitTheClasses(t *testing.T) {
	class := func(from, to int) model.AgeCount { return model.AgeCount{From: from, To: to} }
	cells := []model.Cell{{Ages: []model.AgeCount{class(0, 5), class(6, 15), class(16, 19), class(20, 64), class(65, -1)}}}
	for name, c := range map[string]struct{ told, want []AgePeople }{
		"as the classes": {[]AgePeople{{0, 19, 5}, {20, 64, 7}, {65, -1, 3}}, []AgePeople{{0, 19, 5}, {20, 64, 7}, {65, -1, 3}}},
		"a class is cut": {[]AgePeople{{0, 17, 5}, {18, 64, 7}, {65, -1, 3}}, []AgePeople{{0, 64, 12}, {65, -1, 3}}},
		"all is cut":     {[]AgePeople{{0, 9, 1}, {10, 18, 2}, {19, 70, 3}, {71, -1, 4}}, []AgePeople{{0, -1, 10}}},
		"ages missing":   {[]AgePeople{{0, 5, 1}, {67, -1, 4}}, []AgePeople{{0, 5, 1}}},
		"in any order":   {[]AgePeople{{65, -1, 3}, {0, 64, 7}}, []AgePeople{{0, 64, 7}, {65, -1, 3}}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := fitSpans(c.told, cells, []int{0}); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

// TestForecastByAge gives random areas other numbers by age: the squares then hold exactly the number of the area, and of each
// age group, whoever lived where; squares outside are untouched, and a sex is never more than all.
func TestForecastByAge(t *testing.T) {
	r := rand.New(rand.NewPCG(36, 7))
	for range 300 {
		s := island()
		s.Cells = nil
		for k := range 6 {
			c := model.Cell{ID: string(rune('a' + k)), Centre: orb.Point{600000 + 1000*float64(k), 6600000}, Size: 500, Inside: true}
			for _, span := range [][2]int{{0, 19}, {20, 64}, {65, 79}, {80, -1}} {
				a := model.AgeCount{From: span[0], To: span[1], People: r.IntN(30)}
				a.Women = r.IntN(a.People + 1)
				a.Men = a.People - a.Women
				c.People, c.Women, c.Men = c.People+a.People, c.Women+a.Women, c.Men+a.Men
				c.Ages = append(c.Ages, a)
			}
			s.Cells = append(s.Cells, c)
		}
		area := AreaPeople{Box: &[4]float64{599500, 6599000, 603500, 6601000}, Ages: []AgePeople{{0, 19, r.IntN(90)}, {20, 64, r.IntN(200)}, {65, -1, r.IntN(90)}}}
		for _, a := range area.Ages {
			area.People += a.People
		}
		if area.People == 0 {
			continue
		}
		with, err := Apply(s, []Scenario{{Name: "p", Steps: []Step{{Modification: Forecast{ID: "f", Layer: "p", Column: "2035", Areas: []AreaPeople{area}}}}}})
		if err != nil {
			t.Fatal(err)
		}
		total, by := 0, make([]int, 3)
		for _, c := range with.Cells[:4] {
			total += c.People
			if c.People < 0 || c.Women > c.People || c.Men > c.People {
				t.Fatalf("%+v", c)
			}
			for _, a := range c.Ages {
				k := map[int]int{0: 0, 20: 1, 65: 2, 80: 2}[a.From]
				by[k] += a.People
				if a.Women > a.People || a.People < 0 {
					t.Fatalf("%+v", a)
				}
			}
		}
		if total != area.People || by[0] != area.Ages[0].People || by[1] != area.Ages[1].People || by[2] != area.Ages[2].People {
			t.Fatalf("%d people, %v by age, of %+v", total, by, area)
		}
		for k := 4; k < 6; k++ {
			if with.Cells[k].People != s.Cells[k].People || !slices.Equal(with.Cells[k].Ages, s.Cells[k].Ages) {
				t.Fatalf("a square outside has changed: %+v", with.Cells[k])
			}
		}
	}
	told := island()
	told.Cells = []model.Cell{{ID: "utan", Centre: orb.Point{600000, 6600000}, Size: 500, People: 10, Women: -1, Men: -1, Inside: true}}
	area := AreaPeople{Box: &[4]float64{599500, 6599000, 603500, 6601000}, People: 25, Ages: []AgePeople{{0, 64, 5}, {65, -1, 20}}}
	with, err := Apply(told, []Scenario{{Name: "p", Steps: []Step{{Modification: Forecast{ID: "f", Layer: "p", Column: "2035", Areas: []AreaPeople{area}}}}}})
	if err != nil || with.Cells[0].People != 25 || with.Cells[0].Ages != nil {
		t.Errorf("where no ages are told: %+v, %v", with.Cells, err)
	}
}
