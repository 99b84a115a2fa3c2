package session_test

import (
	"fmt"
	"math"
	"testing"

	"nabar/app/session"
	"nabar/internal/testdata"
	"nabar/model"
	"nabar/model/scenario"
)

// history makes the village with shops that have come and gone: A from 2010 to 2020, B from 2015 on.
func history(t *testing.T) *session.Session {
	t.Helper()
	s := empty(t)
	files := testdata.Village(t)
	services := file(t, "service.csv", "Servicetyp;Serviceplatsid;Namn;Öppnad;Stängd;X;Y\n"+
		"Dagligvaror;A;Ahandeln;2010-01-01;2020-07-01;501000;6700010\nDagligvaror;B;Bboden;2015-01-01;;509000;6700000\n")
	for _, path := range []string{files.Roads, files.Cells, services, files.Border} {
		_, err := s.Import(ctx, path, session.ImportOptions{}, nil)
		must(t, err)
	}
	return s
}

// TestDates holds figures at dates to those worked out by hand: see testdata.Village.
func TestDates(t *testing.T) {
	onlyA, onlyB, both := (100*510+50*7510)/150.0, (100*8500+50*500)/150.0, (100*510+50*500)/150.0
	cases := []struct {
		date string
		mean float64 // 0 where nothing is open
	}{
		{"2009-12-31", 0},
		{"2010-01-01", onlyA},
		{"2014-12-31", onlyA},
		{"2015-01-01", both},
		{"2020-06-30", both},
		{"2020-07-01", onlyB},
		{" 2026-01-01 ", onlyB},
		{"", onlyB},
	}
	s := history(t)
	for _, c := range cases {
		q := groceries
		q.Date = c.date
		r, err := s.Analyse(ctx, q, nil)
		if c.mean == 0 {
			if problem(err) != "analysis.no_facilities" {
				t.Errorf("%s: %v", c.date, err)
			}
			continue
		}
		must(t, err)
		if math.Abs(r.Mean-c.mean) > 0.005 {
			t.Errorf("%q: mean %.2f, want %.2f", c.date, r.Mean, c.mean)
		}
		if stored, err := s.Stored(ctx, q); err != nil || stored == nil || stored.Stale || stored.Mean != r.Mean || stored.Query.Date != r.Query.Date {
			t.Errorf("%q: stored %+v, %v", c.date, stored, err)
		}
	}
	info, err := s.Info(ctx)
	must(t, err)
	if len(info.Results) != len(cases)-1 {
		t.Errorf("%d results are kept", len(info.Results))
	}
}

// TestDateOfAScenario lets a scenario close what is open at a date.
func TestDateOfAScenario(t *testing.T) {
	s := history(t)
	add(t, s, plan("Utan B", scenario.ClosePlace{ID: "B"}))
	q := groceries
	q.Date, q.Scenario = "2018-01-01", "utan b"
	r, err := s.Analyse(ctx, q, nil)
	must(t, err)
	if want := (100*510 + 50*7510) / 150.0; math.Abs(r.Mean-want) > 0.005 || r.Query.Scenario != "Utan B" || r.Query.Date != q.Date {
		t.Errorf("%+v", r.Query)
	}
	compared, err := s.Compare(ctx, "", "Utan B", q, nil)
	must(t, err)
	if compared.Worse.People != 50 || compared.Worse.Mean != 7010 || compared.A.Query.Date != q.Date || compared.Cost.PersonHours <= 0 {
		t.Errorf("%+v", compared)
	}
	ranking, err := s.Rank(ctx, q, nil)
	must(t, err)
	if len(ranking.Facilities) != 1 || ranking.Facilities[0].ID != "A" {
		t.Errorf("%+v", ranking.Facilities)
	}
}

// TestTheProjectsOwnDate is the same query as one without a date, and results at dates go stale with the rest.
func TestTheProjectsOwnDate(t *testing.T) {
	s := history(t)
	params, err := s.Params(ctx)
	must(t, err)
	dated := groceries
	dated.Date = "2018-01-01"
	before, err := s.Analyse(ctx, dated, nil)
	must(t, err)
	params.Date = "2018-01-01"
	must(t, s.SetParams(ctx, params))
	r, err := s.Analyse(ctx, dated, nil)
	must(t, err)
	if r.Query.Date != "" || r.Mean != before.Mean {
		t.Errorf("%+v", r.Query)
	}
	params.SnapLimit = 100
	must(t, s.SetParams(ctx, params))
	if r, err = s.Stored(ctx, groceries); err != nil || r == nil || !r.Stale {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestChoicesThatAreNotThere(t *testing.T) {
	s := history(t)
	for want, change := range map[string]func(*model.Query){
		"profile.bad_date":       func(q *model.Query) { q.Date = "2018-13-01" },
		"profile.unknown":        func(q *model.Query) { q.Profile = "häst" },
		"profile.demand_unknown": func(q *model.Query) { q.Demand = "sommar" },
	} {
		q := groceries
		change(&q)
		_, err := s.Analyse(ctx, q, nil)
		_, stored := s.Stored(ctx, q)
		if problem(err) != want || problem(stored) != want {
			t.Errorf("%v and %v, want %s", err, stored, want)
		}
	}
}

// TestManyVariants computes more dates than are kept ready.
func TestManyVariants(t *testing.T) {
	s := history(t)
	for year := 2015; year < 2050; year++ {
		q := groceries
		q.Date = fmt.Sprintf("%d-07-01", year)
		snapshot, err := s.QuerySnapshot(ctx, q, nil)
		must(t, err)
		again, err := s.QuerySnapshot(ctx, q, nil)
		must(t, err)
		if snapshot.Params.Date != q.Date || snapshot != again {
			t.Fatalf("%s: a snapshot of %q, the same again: %v", q.Date, snapshot.Params.Date, snapshot == again)
		}
	}
}
