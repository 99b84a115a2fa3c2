package session

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nabar/internal/testdata"
	"nabar/model"
)

func TestEditionsAreOfADay(t *testing.T) {
	for in, want := range map[string]string{
		"2024": "2024-12-31", "2024-12-31": "2024-12-31", "20241231": "2024-12-31", "2024-12-31T00:00:00Z": "2024-12-31", "": "", "hösten": "",
	} {
		if got := editionDate(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
	all := []Edition{{Demand: "gammal", Date: "2015-12-31"}, {Date: "2020-12-31"}}
	for date, want := range map[string]string{"2010-01-01": "gammal", "2015-12-31": "gammal", "2020-12-30": "gammal", "2020-12-31": "", "2030-01-01": ""} {
		if got := fitting(all, date).Demand; got != want {
			t.Errorf("%s takes %q, want %q", date, got, want)
		}
	}
	if fitting(nil, "2020-01-01") != nil {
		t.Error("an edition out of none")
	}
}

// TestSeriesTakesTheEditionOfItsDate imports two counts of the village. The older has 100 people at 0.5 km and 20 at 2.5 km; the
// newer 40 at 0.5 km and 50 at 8.5 km. The shops, at 1 km (10 m beside the road) and at 9 km, are the same.
func TestSeriesTakesTheEditionOfItsDate(t *testing.T) {
	files := testdata.Village(t)
	old, now := filepath.Join(t.TempDir(), "rutor 2015.csv"), filepath.Join(t.TempDir(), "rutor 2020.csv")
	write := func(path, rows string) {
		if err := os.WriteFile(path, []byte("rutid_scb;rutstorl;beftotalt;referenstid\n"+rows), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(old, "5000006699500;1000;100;2015-12-31\n5020006699500;1000;20;2015-12-31\n")
	write(now, "5000006699500;1000;40;2020-12-31\n5080006699500;1000;50;2020-12-31\n")
	s := New("sv")
	ctx := t.Context()
	t.Cleanup(func() { s.Close() })
	if err := s.Create(ctx, filepath.Join(t.TempDir(), "p.gpkg"), "0980"); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{files.Roads, files.Services, files.Border, old, now} {
		if _, err := s.Import(ctx, path, ImportOptions{}, nil); err != nil {
			t.Fatal(err)
		}
	}
	editions, err := s.Editions(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if len(editions) != 2 || editions[0].Date != "2015-12-31" || editions[0].Demand == "" || editions[1] != (Edition{Date: "2020-12-31"}) {
		t.Fatalf("editions %+v", editions)
	}
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance}
	series, err := s.Series(ctx, q, SeriesOptions{Dates: YearDates(2014, 2021), Editions: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range series.Points {
		people, mean, edition := 120, (100*510+20*1510)/120.0, "2015-12-31"
		if p.Date >= "2020-12-31" {
			people, mean, edition = 90, (40*510+50*500)/90.0, "2020-12-31"
		}
		if p.All.People != people || p.All.Mean-mean > 1e-6 || mean-p.All.Mean > 1e-6 || p.Edition != edition {
			t.Errorf("%s: %d people, mean %v of %s; want %d, %v of %s", p.Date, p.All.People, p.All.Mean, p.Edition, people, mean, edition)
		}
	}
	plain, err := s.Series(ctx, q, SeriesOptions{Dates: YearDates(2014, 2021)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if p := plain.Points[0]; p.All.People != 90 || p.Edition != "2020-12-31" || len(plain.Remarks) == 0 || !strings.Contains(s.Printer().Text(plain.Remarks[0]), "2020") {
		t.Errorf("without editions %+v, %v", p.All, plain.Remarks)
	}
	from := q
	from.Demand = editions[0].Demand
	c, err := s.Change(ctx, from, q, nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.People != 90 || c.Unchanged != 40 || c.Added != 50 || c.Gone != 20 || c.Worse.People+c.Better.People+c.NewlyReached+c.NewlyUnreached != 0 {
		t.Errorf("from one count to the other: %+v", c)
	}
	scene, err := s.Scene(ctx, SceneChoice{Query: q, Comparison: c})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(scene.Snapshot().Cells); n != 3 {
		t.Errorf("the map of the change has %d squares, want those of both counts", n)
	}
}
