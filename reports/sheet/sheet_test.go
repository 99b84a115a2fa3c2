package sheet

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/reports"
	"nabar/reports/internal/fixture"
)

// written gives the bytes of a document's workbook.
func written(t testing.TB, d *reports.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// opened reads a workbook back.
func opened(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// raw gives the rows of a sheet as they are stored.
func raw(t testing.TB, f *excelize.File, sheet string) [][]string {
	t.Helper()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestPrintedNumbersComeBack prints random figures in every way and reads them, in both languages: what comes back is what
// was printed, rounded as it was.
func TestPrintedNumbersComeBack(t *testing.T) {
	for _, lang := range []string{"sv", "en"} {
		p := i18n.For(lang)
		r := newReader(p)
		random := rand.New(rand.NewPCG(1, 2))
		for range 2000 {
			v := math.Exp(random.Float64()*18-3) * float64(1-2*random.IntN(2))
			whole := math.Round(v)
			km, metres := math.Round(v/100)/10, math.Abs(v) < 999.5
			for _, c := range []struct {
				printed string
				unit    string
				want    float64
			}{
				{p.Int(int64(whole)), "", whole},
				{p.Float(v, 2), "", math.Round(v*100) / 100},
				{p.Distance(v), map[bool]string{true: "m", false: "km"}[metres], map[bool]float64{true: whole, false: km}[metres]},
				{p.Percent(v / 1e6), "%", math.Round(v/1e6*1000) / 10},
				{p.Time(math.Abs(v)), "min", printedMinutes(math.Abs(v))},
				{p.Float(v, 0) + i18n.NBSP + "km/h", "km/h", whole},
			} {
				n, ok := r.read(c.printed)
				if !ok || n.unit != c.unit || math.Abs(n.value(0)-c.want) > 1e-9*(1+math.Abs(c.want)) {
					t.Fatalf("%s: %q read as %v %q, want %v %q", lang, c.printed, n.value(0), n.unit, c.want, c.unit)
				}
			}
		}
	}
}

// printedMinutes are the minutes that a time is printed as.
func printedMinutes(s float64) float64 {
	if s < 7200 {
		return math.Round(s/6) / 10
	}
	return math.Round(s / 60)
}

func TestWordsAreNoNumbers(t *testing.T) {
	r := newReader(i18n.For("sv"))
	for _, s := range []string{
		"", "–", "räknas inte", "3 med 17 invånare", "12 st", "1\u00a02", "1,2,3", "KS 2026/0123", "2026-01-01", "km", "-5", "1.5", "1,", "+46", "5 km 3",
	} {
		if n, ok := r.read(s); ok {
			t.Errorf("%q read as %v", s, n)
		}
	}
}

func TestColumns(t *testing.T) {
	const nb = i18n.NBSP
	for _, c := range []struct {
		name   string
		cells  []string
		head   string
		stored []string
		shown  []string
	}{
		{"counts", []string{"41" + nb + "773", "–", "0", i18n.Minus + "7"}, "H", []string{"41773", "", "0", "-7"}, nil},
		{"distances", []string{"640" + nb + "m", "3,9" + nb + "km", "–"}, "H (km)", []string{"0.64", "3.9", ""}, nil},
		{"short", []string{"640" + nb + "m", "5" + nb + "m"}, "H (m)", []string{"640", "5"}, nil},
		{"times", []string{"4,2" + nb + "min", "2" + nb + "h" + nb + "05" + nb + "min"}, "H (min)", []string{"4.2", "125"}, nil},
		{"shares", []string{"68,6" + nb + "%", "100,0" + nb + "%"}, "H", []string{"0.686", "1"}, []string{"68.6%", "100.0%"}},
		{
			"settings",
			[]string{"1" + nb + "m", "10" + nb + "km/h", "98,7" + nb + "%", "ingen", "7"},
			"H",
			[]string{"1", "10", "0.987", "ingen", "7"},
			[]string{"1 m", "10 km/h", "98.7%", "ingen", "7"},
		},
		{"words", []string{"=1+1", "@a"}, "H", []string{"'=1+1", "'@a"}, nil},
		{"nothing", []string{"–", ""}, "H", nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &reports.Document{Printer: i18n.For("sv")}
			table := reports.Table{Caption: "T", Columns: []reports.Column{{Head: "N"}, {Head: "H", Align: reports.Right}}}
			for i, s := range c.cells {
				table.Rows = append(table.Rows, []string{fmt.Sprint("r", i), s})
			}
			d.Add(table)
			f := opened(t, written(t, d))
			compare(t, column2(raw(t, f, "Tabell 1 T")), c.head, c.stored)
			if c.shown != nil {
				rows, err := f.GetRows("Tabell 1 T")
				if err != nil {
					t.Fatal(err)
				}
				compare(t, column2(rows), c.head, c.shown)
			}
		})
	}
}

// column2 gives the second column of rows.
func column2(rows [][]string) []string {
	var out []string
	for _, r := range rows {
		out = append(out, append(r, "", "")[1])
	}
	return out
}

// compare holds a column against its head and cells, empty ones at the end left out.
func compare(t *testing.T, got []string, head string, cells []string) {
	t.Helper()
	for len(got) > 1 && got[len(got)-1] == "" {
		got = got[:len(got)-1]
	}
	want := append([]string{head}, cells...)
	for len(want) > 1 && want[len(want)-1] == "" {
		want = want[:len(want)-1]
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestTwoLines makes two columns of counts over shares, and leaves mixed cells as they are.
func TestTwoLines(t *testing.T) {
	d := &reports.Document{Printer: i18n.For("sv")}
	d.Add(reports.Table{
		Columns: []reports.Column{{Head: "N"}, {Head: "Inom 1 km", Align: reports.Right}, {Head: "Blandat", Align: reports.Right}},
		Rows:    [][]string{{"a", "3\u00a0590\n26,8\u00a0%", "1\n2"}, {"b", "–", "1\nmycket"}},
	})
	got := raw(t, opened(t, written(t, d)), "Tabell 1")
	want := [][]string{{"N", "Inom 1 km", "Inom 1 km, andel", "Blandat"}, {"a", "3590", "0.268", "1\n2"}, {"b", "", "", "1\nmycket"}}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%q", got)
	}
}

// TestPlan holds the workbook of the fixture's plan against the results that the plan was made of.
func TestPlan(t *testing.T) {
	in := fixture.Plan("sv")
	d := reports.Serviceplan(in)
	f := opened(t, written(t, d))
	sheets := f.GetSheetList()
	if len(sheets) != len(d.Tables())+1 || sheets[0] != "Innehåll" {
		t.Fatalf("sheets %q", sheets)
	}
	contents := raw(t, f, sheets[0])
	for i, table := range d.Tables() {
		rows := raw(t, f, sheets[i+1])
		if len(rows) != len(table.Rows)+1 {
			t.Errorf("%s has %d rows, want %d", sheets[i+1], len(rows), len(table.Rows)+1)
		}
		if !strings.HasPrefix(sheets[i+1], table.Label(d)) {
			t.Errorf("sheet %q for %s", sheets[i+1], table.Label(d))
		}
		if line := contents[len(contents)-len(d.Tables())+i]; line[0] != table.Label(d) || line[1] != table.Caption {
			t.Errorf("contents line %q", line)
		}
		if panes, err := f.GetPanes(sheets[i+1]); err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("%s: the head is not frozen", sheets[i+1])
		}
	}
	if text := fmt.Sprint(contents); !strings.Contains(text, in.Program) || !strings.Contains(text, "15\u00a0juni\u00a02026") || !strings.Contains(text, d.Cover.Notice) {
		t.Errorf("contents %s", text)
	}
	checkFigures(t, in, raw(t, f, sheets[1]))
	props, err := f.GetDocProps()
	if err != nil || props.Created != "2026-06-15T00:00:00Z" || props.Modified != "" || props.Title != d.Title {
		t.Errorf("properties %+v, %v", props, err)
	}
}

// checkFigures compares the first table with the results by distance.
func checkFigures(t *testing.T, in reports.Input, rows [][]string) {
	if want := []string{"Medel (km)", "Median (km)"}; !slices.Equal(rows[0][4:6], want) {
		t.Errorf("head %q", rows[0])
	}
	line := 0
	for _, r := range in.Results {
		if r.Query.Impedance != model.Distance {
			continue
		}
		line++
		for c, want := range []float64{
			float64(r.Facilities), float64(r.Reached), float64(r.Unreached), r.Mean / 1000, r.Median / 1000, r.P90 / 1000, r.Max / 1000, r.SecondMean / 1000,
		} {
			got, err := strconv.ParseFloat(rows[line][c+1], 64)
			if err != nil || math.Abs(got-want) > 0.0501 {
				t.Errorf("%s, column %d: %q, want %v", r.Query.Service, c+1, rows[line][c+1], want)
			}
		}
	}
	if line != len(rows)-1 || line == 0 {
		t.Errorf("%d results in %d rows", line, len(rows)-1)
	}
}

func TestTwoExportsAreTheSameBytes(t *testing.T) {
	for _, lang := range []string{"sv", "en"} {
		first := written(t, reports.Serviceplan(fixture.Plan(lang)))
		for range 5 {
			if !bytes.Equal(first, written(t, reports.Serviceplan(fixture.Plan(lang)))) {
				t.Fatal("two exports of the same plan differ")
			}
		}
	}
}

func TestSheetNamesAreUnique(t *testing.T) {
	d := &reports.Document{Printer: i18n.For("sv")}
	for range 3 {
		d.Blocks = append(d.Blocks, reports.Table{Caption: strings.Repeat("samma ", 9), Columns: []reports.Column{{Head: "a"}}})
	}
	if sheets := opened(t, written(t, d)).GetSheetList(); len(sheets) != 4 {
		t.Errorf("sheets %q", sheets)
	}
	if sheets := opened(t, written(t, &reports.Document{Printer: i18n.For("en")})).GetSheetList(); len(sheets) != 1 {
		t.Errorf("sheets of nothing %q", sheets)
	}
}

// FuzzRead: whatever is read as a number is one that strconv can read.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"1\u00a0234,5\u00a0km", "68,6\u00a0%", "2\u00a0h\u00a005\u00a0min", "−3", ",\u00a0h\u00a000\u00a0min"} {
		f.Add(s)
	}
	r := newReader(i18n.For("sv"))
	f.Fuzz(func(t *testing.T, s string) {
		if n, ok := r.read(s); ok {
			if _, err := strconv.ParseFloat(n.digits, 64); err != nil {
				t.Errorf("%q gave the digits %q", s, n.digits)
			}
		}
	})
}

func BenchmarkPlan(b *testing.B) {
	d := reports.Serviceplan(fixture.Plan("sv"))
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(&bytes.Buffer{}, d); err != nil {
			b.Fatal(err)
		}
	}
}
