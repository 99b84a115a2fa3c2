package model_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model"
)

// squareAt is a square of 1 km with people of whom nothing more is told.
func squareAt(id string, e float64, people int) model.Cell {
	return model.Cell{ID: id, Centre: orb.Point{e, 6700000}, Size: 1000, People: people, Women: -1, Men: -1}
}

// TestSumCells adds the registered people and 2.5 for each holiday home: 10 + 2.5·1 = 12.5, then 0.5 more, and so on; what is
// rounded off is carried on.
func TestSumCells(t *testing.T) {
	people := []model.Cell{squareAt("a", 0, 10), squareAt("b", 1000, 20), squareAt("c", 2000, 0)}
	people[0].Women, people[0].Men = 6, 4
	people[1].Women, people[1].Men = 9, 11
	people[0].Ages = []model.AgeCount{{From: 0, To: 64, People: 7, Women: -1, Men: -1}, {From: 65, To: -1, People: 3, Women: -1, Men: -1}}
	people[1].Ages = []model.AgeCount{{From: 0, To: 64, People: 20, Women: -1, Men: -1}, {From: 65, To: -1, People: 0, Women: -1, Men: -1}}
	homes := []model.Cell{squareAt("x", 0, 1), squareAt("y", 2000, 3), squareAt("a", 9000, 1), squareAt("z", 1000, 0)}
	got := model.SumCells([]model.WeightedCells{{Layer: "folk", Weight: 1, Cells: people}, {Layer: "hus", Weight: 2.5, Cells: homes}})
	// sums: 12.5 → 13 (carried −0.5), 32.5 → 33 − 13 = 20, 40 → 7, 42.5 → 43 − 40 = 3
	want := []struct {
		id           string
		people, girl int
		ages         int
	}{{"a", 13, -1, 0}, {"b", 20, 9, 2}, {"c", 7, -1, 0}, {"a (hus)", 3, -1, 0}}
	if len(got) != len(want) {
		t.Fatalf("%d squares", len(got))
	}
	for i, w := range want {
		if c := got[i]; c.ID != w.id || c.People != w.people || c.Women != w.girl || len(c.Ages) != w.ages {
			t.Errorf("square %d: %+v, want %+v", i, c, w)
		}
	}
}

// TestSumCellsProperties: one layer with weight 1 is as it was; sums are right to half a person; weights that are
// whole round nothing.
func TestSumCellsProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	layer := func() []model.Cell {
		var out []model.Cell
		for i := range 1 + r.IntN(12) {
			c := squareAt(fmt.Sprint(i), float64(1000*r.IntN(9)), r.IntN(40)) // some lie on each other
			c.Women, c.Men = r.IntN(20), r.IntN(20)
			for from := 0; from < 60; from += 20 {
				c.Ages = append(c.Ages, model.AgeCount{From: from, To: from + 19, People: r.IntN(9), Women: r.IntN(5), Men: -1})
			}
			out = append(out, c)
		}
		return out
	}
	total := func(cells []model.Cell) (n int) {
		for _, c := range cells {
			n += c.People
		}
		return n
	}
	for range 10_000 {
		a, b := layer(), layer()
		if got := model.SumCells([]model.WeightedCells{{Layer: "a", Weight: 1, Cells: a}}); !reflect.DeepEqual(got, a) {
			t.Fatalf("one layer came back as\n%+v\nfrom\n%+v", got, a)
		}
		w := math.Round(r.Float64()*400)/100 + 0.01
		got := model.SumCells([]model.WeightedCells{{Layer: "a", Weight: w, Cells: a}, {Layer: "b", Weight: 2, Cells: b}})
		if want := w*float64(total(a)) + 2*float64(total(b)); math.Abs(float64(total(got))-want) > 0.5+1e-6 {
			t.Fatalf("%d people, want %.2f", total(got), want)
		}
	}
}

func TestDemandSets(t *testing.T) {
	var d model.DemandSets
	d = d.Put(model.DemandSet{Name: "Sommar", Parts: []model.DemandPart{{Layer: "Rutor", Weight: 1}, {Layer: "Hus", Weight: 2.5}}})
	d.Usual = "Sommar"
	for _, c := range []struct {
		set model.DemandSet
		bad bool
	}{
		{d.Sets[0], false},
		{model.DemandSet{Name: " ", Parts: d.Sets[0].Parts}, true},
		{model.DemandSet{Name: "Tom"}, true},
		{model.DemandSet{Name: "Noll", Parts: []model.DemandPart{{Layer: "Rutor"}}}, true},
		{model.DemandSet{Name: "Minus", Parts: []model.DemandPart{{Layer: "Rutor", Weight: -1}}}, true},
		{model.DemandSet{Name: "NaN", Parts: []model.DemandPart{{Layer: "Rutor", Weight: math.NaN()}}}, true},
	} {
		if err := c.set.Check(); (err != nil) != c.bad {
			t.Errorf("%q: %v", c.set.Name, err)
		}
	}
	moved := d.Renamed("hus", "Stugor")
	if moved.Sets[0].Parts[1].Layer != "Stugor" || d.Sets[0].Parts[1].Layer != "Hus" {
		t.Errorf("%+v from %+v", moved, d)
	}
	if uses := moved.Uses("stugor"); len(uses) != 1 || len(moved.Uses("Hus")) != 0 {
		t.Errorf("%v", uses)
	}
	if left := d.Without("sommar"); len(left.Sets) != 0 || left.Usual != "" || len(d.Sets) != 1 {
		t.Errorf("%+v", left)
	}
}
