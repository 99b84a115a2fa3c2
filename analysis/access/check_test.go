package access

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// findings picks the findings of one kind.
func findings(r model.NetworkReport, kind string) []model.Finding {
	var out []model.Finding
	for _, f := range r.Findings {
		if f.What.Key == "analysis.find."+kind+".what" {
			out = append(out, f)
		}
	}
	return out
}

// faulty is a kommun in which everything that Check looks for is wrong.
func faulty() *model.Snapshot {
	east := road(0, 0, 0, 4000, 0)
	long := road(0, 0, 0, 0, 400)
	long.Length = 900
	good := road(0, 0, 0, 0, -400)
	good.Length = 400
	roads := []model.Road{
		east, long, good,
		road(model.ForbiddenBackward|model.ForbiddenForward, 0, 0, 500, 500),
		{Line: orb.LineString{{0, 0}}},
		{Line: orb.LineString{{4000, 0}, {5000, 0}}, Flags: model.Ferry},
		{Line: orb.LineString{{0, 400}, {0, 800}}},          // no speed
		road(model.ForbiddenBackward, 4000, 0, 4000, -1000), // in, but never out
	}
	for i := range 12 {
		roads = append(roads, road(0, 20000+100*float64(i), 0, 20000+100*float64(i), 10))
	}
	cells := []model.Cell{
		square(5, 100, 0), square(6, 2000, 1500), square(7, 2000, 30000), square(9, 4000, -500), {ID: "ruta 1", People: 3, Centre: orb.Point{100, 0}},
	}
	shops := []orb.Point{{200, 0}, {210, 0}, {0, -90000}}
	for i := range 11 {
		shops = append(shops, orb.Point{0, -100000 - 1000*float64(i)})
	}
	s := kommun(roads, cells, shops...)
	s.Facilities[1].Name = s.Facilities[0].Name
	return s
}

func TestCheckFindsEveryFault(t *testing.T) {
	s := faulty()
	r := prepare(t, s).Check()
	count := map[string]int{}
	for _, f := range r.Findings {
		count[strings.TrimSuffix(strings.TrimPrefix(f.What.Key, "analysis.find."), ".what")]++
	}
	want := map[string]int{
		"loose": 10, "loose_more": 1, "trap": 1, "broken": 1, "forbidden": 1, "odd_length": 1, "missing_length": 1,
		"ferry_speed": 1, "road_speed": 1, "facility": 10, "facility_more": 1, "duplicate": 1, "empty_type": 4,
		"unjoined": 1, "far": 1, "duplicate_cells": 1, "no_border": 1,
	}
	for kind, n := range want {
		if count[kind] != n {
			t.Errorf("%d findings of %s, want %d", count[kind], kind, n)
		}
	}
	if len(count) != len(want) {
		t.Errorf("kinds %v", count)
	}
	if r.Findings[0].Severity != model.SeverityError || r.Findings[len(r.Findings)-1].Severity != model.SeverityNote {
		t.Errorf("the worst does not come first: %v", r.Findings)
	}
	trap := findings(r, "trap")[0].What.Args
	if fmt.Sprint(trap) != "[1 9 0]" {
		t.Errorf("shut in: %v, want 1 square of 9 people and no facility", trap)
	}
	if got := r.Snap; got.UnjoinedCells != 1 || got.UnjoinedPeople != 7 || got.DemandMaxM != 1500 || got.DemandP95M != 1500 {
		t.Errorf("joins %+v", got)
	}
	if r.Components != 13 || math.Abs(r.LargestShare-7700.0/7820) > 1e-9 {
		t.Errorf("%d components, the largest %v", r.Components, r.LargestShare)
	}
}

// TestCheckIsQuietOnSoundData has a border, lengths, speeds, all service types and nothing out of place.
func TestCheckIsQuietOnSoundData(t *testing.T) {
	one := road(0, 0, 0, 1000, 0)
	one.Length = 1001
	s := kommun([]model.Road{one}, []model.Cell{square(5, 100, 0)}, orb.Point{10, 0})
	s.Border = orb.MultiPolygon{{{{-1, -1}, {2000, -1}, {2000, 9}, {-1, -1}}}}
	s.Types = s.Types[:1]
	if r := prepare(t, s).Check(); len(r.Findings) != 0 || r.LargestShare != 1 {
		t.Errorf("findings %+v", r)
	}
}

func TestP95OfConnectors(t *testing.T) {
	var cells []model.Cell
	for i := range 20 {
		cells = append(cells, square(1, 500, float64(i+1)))
	}
	p := prepare(t, kommun([]model.Road{road(0, 0, 0, 1000, 0)}, cells))
	if r := p.Check().Snap; r.DemandMaxM != 20 || r.DemandP95M != 19 {
		t.Errorf("largest %v m, 95 %% within %v m; want 20 and 19", r.DemandMaxM, r.DemandP95M)
	}
}

// TestEveryFindingIsASentence writes all findings in both languages.
func TestEveryFindingIsASentence(t *testing.T) {
	s := faulty()
	report := prepare(t, s).Check()
	s.Params.FerriesOff = true
	s.Roads.Length = slices.Repeat([]float64{0}, s.Roads.Len())
	off := prepare(t, s).Check()
	if len(findings(off, "ferries_off")) != 1 || len(findings(off, "no_lengths")) != 1 {
		t.Errorf("findings %v", off.Findings)
	}
	for _, lang := range []string{i18n.Swedish, i18n.English} {
		p := i18n.For(lang)
		for _, f := range append(report.Findings, off.Findings...) {
			for _, m := range []i18n.Message{f.What, f.Where, f.Remedy} {
				if text := p.Text(m); text == "" || strings.ContainsAny(text, "⟦{}") {
					t.Errorf("%s: %q", m.Key, text)
				}
			}
		}
	}
}
