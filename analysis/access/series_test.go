package access

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// silent is a Progress that says nothing.
func silent(i18n.Message, float64) {}

// momentsOf prepares a project at dates, on one network.
func momentsOf(t testing.TB, base *Prepared, dates ...string) []Moment {
	t.Helper()
	var out []Moment
	for _, d := range dates {
		s := *base.snapshot
		s.Params.Date = d
		p, err := base.Derive(t.Context(), &s, silent)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, Moment{Date: d, Prepared: p})
	}
	return out
}

// openedRow is the row of 10 km with 10 people at 1 km, 20 at 4 and 40 at 9. A shop at 0 km closes in May 2018; one at 10 km
// opens in March 2016; one at 5 km opens and closes in 2017.
func openedRow() *model.Snapshot {
	s := row()
	s.Facilities[0].Closed, s.Facilities[0].Town = "2018-05-01", "Västby"
	s.Facilities[1].Opened = "2016-03-01"
	s.Facilities = append(s.Facilities, model.Facility{ID: "S3", Name: "Sommarboden", Type: "dagligvaror", At: orb.Point{605000, 6600000}, Opened: "2017-06-01", Closed: "2017-09-01"})
	return s
}

func TestSeriesByHand(t *testing.T) {
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance, Bands: []float64{1000, 5000}}
	moments := momentsOf(t, prepare(t, openedRow()), "2015-12-31", "2016-12-31", "2017-07-01", "2017-12-31", "2018-12-31")
	s, err := Series(t.Context(), moments, q, model.FigureOptions{}, silent)
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		facilities     int
		mean           float64
		near, middle   int
		opened, closed int
	}{
		{1, (10*1000 + 20*4000 + 40*9000) / 70.0, 10, 30, 0, 0}, // from 0 km alone
		{2, (10*1000 + 20*4000 + 40*1000) / 70.0, 50, 70, 1, 0}, // from 0 and 10 km
		{3, (10*1000 + 20*1000 + 40*1000) / 70.0, 70, 70, 1, 0}, // and from 5 km
		{2, (10*1000 + 20*4000 + 40*1000) / 70.0, 50, 70, 0, 1}, // as at the end of 2016
		{1, (10*9000 + 20*6000 + 40*1000) / 70.0, 40, 40, 0, 1}, // from 10 km alone
	}
	for i, w := range want {
		p := s.Points[i]
		if p.Facilities != w.facilities || p.Places != w.facilities || math.Abs(p.All.Mean-w.mean) > 1e-6 || p.All.People != 70 ||
			p.All.Bands[0].People != w.near || p.All.Bands[1].People != w.middle || len(p.Opened) != w.opened || len(p.Closed) != w.closed {
			t.Errorf("%s: %+v, want %+v", p.Date, p, w)
		}
	}
	if shut := s.Points[4].Closed[0]; shut != (model.FacilityEvent{ID: "S1", Name: "Butik 1", Town: "Västby", Date: "2018-05-01"}) {
		t.Errorf("closed %+v", shut)
	}
	if len(s.Remarks) != 1 || s.Remarks[0].Key != "series.undated" || s.Remarks[0].Args[0] != 1 {
		t.Errorf("remarks %+v, want one place without an opening date", s.Remarks)
	}
	whole, err := Series(t.Context(), []Moment{moments[1], moments[3]}, q, model.FigureOptions{}, silent)
	if err != nil {
		t.Fatal(err)
	}
	if p := whole.Points[1]; len(p.Opened) != 1 || len(p.Closed) != 1 || p.Opened[0].ID != "S3" || p.Closed[0].ID != "S3" {
		t.Errorf("what came and went is not told: %+v", p)
	}
}

func TestSeriesWithoutService(t *testing.T) {
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance}
	s := openedRow()
	s.Facilities = s.Facilities[1:2] // opens in 2016
	moments := momentsOf(t, prepare(t, s), "2014-12-31", "2016-12-31")
	got, err := Series(t.Context(), moments, q, model.FigureOptions{}, silent)
	if err != nil {
		t.Fatal(err)
	}
	if p := got.Points[0]; p.Facilities != 0 || p.All.People != 70 || p.All.Unreached != 70 || !math.IsNaN(p.All.Mean) {
		t.Errorf("before the first shop: %+v", p)
	}
	if p := got.Points[1]; p.All.Reached != 70 {
		t.Errorf("after it: %+v", p)
	}
	if _, err := Series(t.Context(), moments[:1], q, model.FigureOptions{}, silent); err == nil {
		t.Error("a series in which nobody reaches anything has no Problem")
	}
}

// TestSeriesIsFiguresAtEachDate draws random opening times: each point is what Figures says at its date, however many
// searches were spared; and as long as shops only open, nobody gets farther.
func TestSeriesIsFiguresAtEachDate(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 14))
	dates := []string{"2015-12-31", "2016-06-30", "2016-12-31", "2017-12-31", "2020-12-31"}
	compared := 0
	for range 60 {
		s := randomKommun(r)
		growing := r.IntN(2) == 0
		for i := range s.Facilities {
			s.Facilities[i].Opened = dates[r.IntN(len(dates))]
			if i == 0 {
				s.Facilities[i].Opened = ""
			}
			if !growing && r.IntN(2) == 0 {
				s.Facilities[i].Closed = dates[r.IntN(len(dates))]
			}
		}
		base, err := Prepare(t.Context(), s, silent, WithClock(still))
		if err != nil {
			continue
		}
		q := model.Query{Service: "dagligvaror", Impedance: model.Distance, Bands: []float64{60, 500}}
		moments := momentsOf(t, base, dates...)
		o := model.FigureOptions{By: []model.Breakdown{model.BySex}}
		series, err := Series(t.Context(), moments, q, o, silent)
		if err != nil {
			continue
		}
		for i, p := range series.Points {
			f, err := moments[i].Prepared.Figures(t.Context(), q, o)
			if err != nil {
				if p.All.Reached != 0 {
					t.Fatalf("%s: %v, and %d people reached", p.Date, err, p.All.Reached)
				}
				continue
			}
			compared++
			if fmt.Sprintf("%+v", f.All) != fmt.Sprintf("%+v", p.All) || fmt.Sprintf("%+v", f.Groups) != fmt.Sprintf("%+v", p.Groups) || f.Facilities != p.Facilities {
				t.Fatalf("%s: %+v, alone %+v", p.Date, p.All, f.All)
			}
			if i > 0 && growing && series.Points[i-1].All.Reached == p.All.Reached && series.Points[i-1].All.Mean < p.All.Mean {
				t.Fatalf("shops opened and the mean grew from %v to %v", series.Points[i-1].All.Mean, p.All.Mean)
			}
		}
	}
	if compared < 50 {
		t.Errorf("only %d points were compared", compared)
	}
}
