package role

import (
	"testing"

	"nabar/model"
	"nabar/model/format"
)

func TestDatesAreReadAsTablesWriteThem(t *testing.T) {
	cases := []struct {
		in         any
		day, month string // with the day first, and with the month first; "" for no date
	}{
		{"2019-05-01", "2019-05-01", "2019-05-01"},
		{"2019", "2019-01-01", "2019-01-01"},
		{int64(2019), "2019-01-01", "2019-01-01"},
		{"20190501", "2019-05-01", "2019-05-01"},
		{"1 maj 2019", "2019-05-01", "2019-05-01"},
		{"den 1:a maj 2019", "2019-05-01", "2019-05-01"},
		{"1 okt. 2019", "2019-10-01", "2019-10-01"},
		{"May 1, 2019", "2019-05-01", "2019-05-01"},
		{"1st of October 2019", "2019-10-01", "2019-10-01"},
		{"maj 2019", "2019-05-01", "2019-05-01"},
		{"31-dec-2019", "2019-12-31", "2019-12-31"},
		{"01/05/2019", "2019-05-01", "2019-01-05"},
		{"1-5-2019", "2019-05-01", "2019-01-05"},
		{"1.5.2019", "2019-05-01", "2019-05-01"},
		{"1/5 2019", "2019-05-01", "2019-05-01"},
		{"31/12/2019", "2019-12-31", ""},
		{"12/31/2019", "", "2019-12-31"},
		{"31/02/2019", "", ""},
		{"2019-02-30", "", ""},
		{"1 mat 2019", "", ""},
		{"ma 2019", "", ""},
		{"vår 2019", "", ""},
		{"1 maj", "", ""},
		{"1/5/19", "", ""},
		{"nej", "", ""},
	}
	for _, c := range cases {
		for _, monthFirst := range []bool{false, true} {
			want := c.day
			if monthFirst {
				want = c.month
			}
			got, ok := orderedDate(c.in, monthFirst)
			if ok != (want != "") || ok && got != want {
				t.Errorf("%v with month first %v is %q, %v; want %q", c.in, monthFirst, got, ok, want)
			}
		}
	}
}

func TestDateColumnsInBothLanguages(t *testing.T) {
	for _, names := range [][2]string{
		{"Öppnad", "Stängd"},
		{"Öppningsdatum", "Stängningsdatum"},
		{"Öppnades", "Stängdes"},
		{"Startdatum", "Slutdatum"},
		{"Öppnad år", "Nedlagd"},
		{"opening_date", "closing_date"},
		{"Opened on", "Closed on"},
		{"start_date", "end_date"},
		{"Opened", "Closed"},
	} {
		m := match(fieldsOf(names[0], names[1], "Öppettider"), serviceParts)
		if m[model.PartOpened] != names[0] || m[model.PartClosed] != names[1] || m[model.PartHours] != "Öppettider" {
			t.Errorf("%v: %v", names, m)
		}
	}
}

func TestTheOrderOfDayAndMonthIsSeenInTheRows(t *testing.T) {
	fields := fieldsOf("Servicetyp", "X", "Y", "Öppnad", "Stängd")
	rows := func(dates ...string) []model.Feature {
		var out []model.Feature
		for _, d := range dates {
			out = append(out, model.Feature{Values: []any{"Post", 697456.0, 6390123.0, d, nil}})
		}
		return out
	}
	cases := []struct {
		dates    []string
		order    string
		sure     bool
		doubtful int
	}{
		{[]string{"2019-05-01", "5.6.2019"}, "", true, 0},
		{[]string{"01/05/2019", "03/03/2019"}, "", false, 1},
		{[]string{"01/05/2019", "31/05/2019"}, "", true, 1},
		{[]string{"01/05/2019", "05/31/2019"}, "=mdy", true, 1},
		{[]string{"01/05/2019", "05/31/2019", "31/05/2019"}, "", false, 1},
	}
	for _, c := range cases {
		sample := rows(c.dates...)
		g := Recognise(format.LayerInfo{Name: "s", Fields: fields}, sample, types)
		if g.Mapping[model.PartDateOrder] != c.order {
			t.Errorf("%v: order %q, want %q", c.dates, g.Mapping[model.PartDateOrder], c.order)
		}
		if d := Dates(fields, g.Mapping, sample); d.Sure() != c.sure || d.Doubtful != c.doubtful {
			t.Errorf("%v: %+v, sure %v", c.dates, d, d.Sure())
		}
		d, err := NewFacilityDecoder("s", fields, g.Mapping, types)
		if err != nil {
			t.Fatal(err)
		}
		f, why := d.Decode(sample[0])
		want := "2019-05-01"
		if c.order != "" {
			want = "2019-01-05"
		}
		if why != nil || f.Opened != want {
			t.Errorf("%v: opened %q, %v", c.dates, f.Opened, why)
		}
	}
	backward := model.Feature{Values: []any{"Post", 697456.0, 6390123.0, "1 maj 2019", "2018"}}
	m := match(fields, serviceParts)
	if d := Dates(fields, m, []model.Feature{backward, rows("2019")[0]}); d.Backward != 1 {
		t.Errorf("%d places close before they open, want 1", d.Backward)
	}
}

func FuzzDates(f *testing.F) {
	for _, s := range []string{"2019-05-01", "1 maj 2019", "01/05/2019", "20190501", "den 1:a maj 2019", "May 1, 2019", "2019", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, monthFirst := range []bool{false, true} {
			iso, ok := orderedDate(s, monthFirst)
			if !ok || iso == "" {
				continue
			}
			if again, same := orderedDate(iso, monthFirst); !same || again != iso {
				t.Fatalf("%q is %q, which is %q", s, iso, again)
			}
		}
	})
}
