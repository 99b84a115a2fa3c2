package access

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// rectangle is a rectangle as an area.
func rectangle(id string, e0, n0, e1, n1 float64) model.Area {
	return model.Area{ID: id, Name: id, Shape: orb.MultiPolygon{{{{e0, n0}, {e1, n0}, {e1, n1}, {e0, n1}, {e0, n0}}}}}
}

// grid is a town of streets with random squares and shops.
func grid(r *rand.Rand) *model.Snapshot {
	var roads []model.Road
	for i := range 11 {
		at := 1000 * float64(i)
		for k := range 10 {
			from := 1000 * float64(k)
			roads = append(roads, road(0, at, from, at, from+1000), road(0, from, at, from+1000, at))
		}
	}
	var cells []model.Cell
	for range 200 {
		c := square(r.IntN(20), 250*float64(r.IntN(40)), 250*float64(r.IntN(40)))
		c.Women = r.IntN(c.People + 1)
		c.Men = c.People - c.Women
		cells = append(cells, c)
	}
	return kommun(roads, cells, orb.Point{1000, 1000}, orb.Point{9000, 8000}, orb.Point{5000, 2500})
}

// TestWithinIsAsIfNobodyElseCounted compares with a snapshot in which only the squares of the area count.
func TestWithinIsAsIfNobodyElseCounted(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 40 {
		s := grid(r)
		e, n := 9000*r.Float64(), 9000*r.Float64()
		area := rectangle("a", e, n, e+4000*r.Float64()+500, n+4000*r.Float64()+500)
		q := model.Query{Service: "dagligvaror", Impedance: model.Distance}
		o := model.FigureOptions{By: []model.Breakdown{model.BySex}, Areas: []model.Area{area}, Within: "a"}
		got, err := prepare(t, s).Figures(context.Background(), q, o)
		only := *s
		only.Cells = nil
		for _, c := range s.Cells {
			c.Inside = c.Centre[0] >= e && c.Centre[0] < area.Shape[0][0][1][0] && c.Centre[1] >= n && c.Centre[1] < area.Shape[0][0][2][1]
			only.Cells = append(only.Cells, c)
		}
		o.Within = ""
		want, wantErr := prepare(t, &only).Figures(context.Background(), q, o)
		if (err == nil) != (wantErr == nil) {
			t.Fatalf("round %d: got %v, want %v", round, err, wantErr)
		}
		if err == nil && told(got) != told(want) {
			t.Fatalf("round %d: got %s, want %s", round, told(got), told(want))
		}
	}
}

// told are figures as text, for there are NaNs among them.
func told(f *model.Figures) string { return fmt.Sprintf("%+v %+v %+v", f.All, f.Groups, f.Equity) }

// TestProfilesOfAPartitionAddUp parts the town into four and counts everybody and every place once.
func TestProfilesOfAPartitionAddUp(t *testing.T) {
	s := grid(rand.New(rand.NewPCG(5, 6)))
	p := prepare(t, s)
	people, women, places, all := 0, 0, 0, 0
	for i := range 4 {
		e, n := float64(i%2)*5000-100, float64(i/2)*5000-100
		profile, err := p.AreaProfile(context.Background(), rectangle(fmt.Sprint(i), e, n, e+5000, n+5000), model.Query{Impedance: model.Distance}, []string{"dagligvaror"})
		if err != nil {
			t.Fatal(err)
		}
		people, places, all = people+profile.People, places+len(profile.Places), profile.Kommun
		women += profile.Groups[0].People
		if profile.Square != 25e6 || profile.Services[0].All.People != profile.People || profile.Services[0].Inside != len(profile.Places) {
			t.Errorf("part %d: %+v", i, profile)
		}
	}
	want := 0
	for _, c := range s.Cells {
		want += c.Women
	}
	if people != all || women != want || places != 3 {
		t.Errorf("%d of %d people, %d of %d women, %d places", people, all, women, want, places)
	}
}

func TestProfileOfAnEmptyAreaSaysSo(t *testing.T) {
	s := grid(rand.New(rand.NewPCG(5, 6)))
	s.Cells[0].Inside, s.Cells[0].People, s.Cells[0].Centre = false, 7, orb.Point{20100, 20100}
	p := prepare(t, s)
	q := model.Query{Impedance: model.Distance}
	profile, err := p.AreaProfile(context.Background(), rectangle("tom", 20000, 20000, 21000, 21000), q, []string{"dagligvaror", "apotek"})
	if err != nil {
		t.Fatal(err)
	}
	if profile.People != 0 || profile.Beyond != 7 || profile.Services[0].Missing.Key != "areas.nobody_lives" || profile.Services[1].Missing.Key != "analysis.no_facilities" {
		t.Errorf("%+v", profile)
	}
	if math.IsNaN(profile.Services[0].Kommun) {
		t.Error("the kommun's mean is missing")
	}
	flat := model.Area{Name: "streck", Shape: orb.MultiPolygon{{{{0, 0}, {100, 0}, {0, 0}}}}}
	if _, err := p.AreaProfile(context.Background(), flat, q, nil); !errors.Is(err, i18n.Errorf("areas.no_surface")) {
		t.Errorf("an area without surface: %v", err)
	}
}

func TestSettlementsAreThreeGroups(t *testing.T) {
	s := kommun([]model.Road{road(0, 0, 0, 9000, 0)}, []model.Cell{square(5, 100, 0), square(3, 4100, 0), square(2, 8100, 0)}, orb.Point{0, 0})
	f, err := prepare(t, s).Figures(context.Background(), model.Query{Service: "dagligvaror", Impedance: model.Distance}, model.FigureOptions{
		By: []model.Breakdown{model.BySettlement}, Settlements: []model.Area{rectangle("tatort", -10, -10, 1000, 1000), rectangle("smaort", 4000, -10, 5000, 1000)},
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, g := range f.Groups {
		got = append(got, fmt.Sprintf("%s %s %d", g.By, g.ID, g.People))
	}
	if want := []string{"settlement tatort 5", "settlement smaort 3", "settlement outside 2"}; !reflect.DeepEqual(got, want) {
		t.Errorf("groups %q, want %q", got, want)
	}
}
