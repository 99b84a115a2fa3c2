package model_test

import (
	"testing"

	"nabar/model"
)

func TestOpenOn(t *testing.T) {
	cases := []struct {
		opened, closed, asOf, date string
		open                       bool
	}{
		{"", "", "", "", true},
		{"2019-05-01", "", "", "", true},
		{"2019-05-01", "", "", "2019-04-30", false},
		{"2019-05-01", "", "", "2019-05-01", true},
		{"", "2019-05-01", "", "2019-04-30", true},
		{"", "2019-05-01", "", "2019-05-01", false}, // the closing day is the first without service
		{"", "2019-05-01", "", "", false},           // no day is known: what has a closing date is closed
		{"", "2019-05-01", "2026-01-12", "", false},
		{"", "2027-05-01", "2026-01-12", "", true}, // it will close
		{"2027-05-01", "", "2026-01-12", "", false},
		{"2027-05-01", "", "2026-01-12", "2028-01-01", true}, // a date that is asked for goes first
	}
	for _, c := range cases {
		f := model.Facility{Opened: c.opened, Closed: c.closed, AsOf: c.asOf}
		if got := f.OpenOn(c.date); got != c.open {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
