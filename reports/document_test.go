package reports_test

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/reports"
	"nabar/reports/internal/fixture"
)

var update = flag.Bool("update", false, "write the golden files anew")

// text writes a document's blocks as lines, for comparing.
func text(d *reports.Document) string {
	var b strings.Builder
	put := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	c := d.Cover
	put("cover: %s | %s | %s | %s | %s", c.Kommun, c.Notice, c.Title, c.Period, c.Subtitle)
	for _, f := range c.Facts {
		put("  %s: %s", f.Label, f.Value)
	}
	put("header: %s | %s\nfooter: %s\nmetadata: %s | %s | %s | %s", d.Header[0], d.Header[1], d.Footer, d.Title, d.Author, d.Subject, d.Date)
	figure := func(f reports.Figure) {
		put("[%s] %s\n  alt: %s\n  source: %s", f.Label(d), f.Caption, f.Alt, f.Source)
	}
	for _, block := range d.Blocks {
		switch v := block.(type) {
		case reports.Heading:
			put("\n%s %s %s", strings.Repeat("#", v.Level), v.Number, v.Text)
		case reports.Paragraph:
			put("p%d: %s", v.Style, reports.Text(v.Runs))
		case reports.List:
			for _, item := range v.Items {
				put("- %s", reports.Text(item))
			}
		case reports.KeyFigures:
			for _, k := range v.Items {
				put("key: %s | %s | %s", k.Value, k.Label, k.Note)
			}
		case reports.Table:
			put("[%s] %s", v.Label(d), v.Caption)
			var heads []string
			for _, col := range v.Columns {
				heads = append(heads, col.Head)
			}
			put("  %s", strings.Join(heads, " | "))
			for _, row := range v.Rows {
				put("  %s", strings.ReplaceAll(strings.Join(row, " | "), "\n", " / "))
			}
			put("  source: %s", v.Source)
		case reports.Figure:
			figure(v)
		case reports.Charts:
			for _, f := range v.Figures {
				figure(f)
			}
		default:
			put("%T", v)
		}
	}
	return b.String()
}

func TestServiceplanIsAsItWas(t *testing.T) {
	for _, lang := range []string{"sv", "en"} {
		t.Run(lang, func(t *testing.T) {
			got := text(reports.Serviceplan(fixture.Plan(lang)))
			file := filepath.Join("testdata", "plan."+lang+".golden")
			if *update {
				if err := os.MkdirAll("testdata", 0o750); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the plan has changed; -update takes it up\n%s", firstDifference(got, string(want)))
			}
			if strings.Contains(got, "⟦") || strings.Contains(got, "NaN") {
				t.Error("a text is missing or a figure is none")
			}
		})
	}
}

// firstDifference names the first line that differs.
func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, a[i], b[i])
		}
	}
	return "one ends earlier"
}

func TestSmallNumbersKeepTheirUnits(t *testing.T) {
	for line := range strings.Lines(text(reports.Serviceplan(fixture.Plan("sv")))) {
		for _, unit := range []string{" km", " min", " m ", " %"} {
			i := strings.Index(line, unit)
			if i > 0 && line[i-1] >= '0' && line[i-1] <= '9' && (i+len(unit) == len(line) || strings.ContainsAny(line[i+len(unit):i+len(unit)+1], " .,)\n")) {
				t.Errorf("%q may break before its unit in %q", unit, strings.TrimSpace(line))
			}
		}
	}
}

func TestPlansOfLittle(t *testing.T) {
	full := fixture.Plan("sv")
	for name, c := range map[string]struct {
		change func(in *reports.Input)
		want   string
	}{
		"nothing":           {func(in *reports.Input) { *in = reports.Input{} }, "inga beräknade siffror"},
		"no results":        {func(in *reports.Input) { in.Results = nil }, "ingen beräkning är gjord"},
		"only time":         {func(in *reports.Input) { in.Results = in.Results[1:2] }, "tio minuter med bil"},
		"stale":             {func(in *reports.Input) { in.Results[0].Stale = true }, "Gör om analyserna"},
		"no scene":          {func(in *reports.Input) { in.Scene = nil }, "Dagligvaror"},
		"nobody is reached": {unreach, "ingen invånare når ett ställe"},
		"no imports":        {func(in *reports.Input) { in.Layers = nil }, "inga inlästa filer"},
		"no second place":   {single, "Ingen når mer än ett ställe"},
	} {
		t.Run(name, func(t *testing.T) {
			in := full
			in.Results = slices.Clone(full.Results)
			c.change(&in)
			got := text(reports.Serviceplan(in))
			if !strings.Contains(got, c.want) {
				t.Errorf("the plan does not say %q:\n%s", c.want, got)
			}
			if strings.Contains(got, "NaN") || strings.Contains(got, "⟦") {
				t.Error("a text is missing or a figure is none")
			}
		})
	}
}

// unreach makes a result that reaches nobody.
func unreach(in *reports.Input) {
	r := model.Result{
		Query: model.Query{Service: "dagligvaror", Impedance: model.Distance}, Facilities: 1, People: 10, Unreached: 10,
		Mean: math.NaN(), Median: math.NaN(), P90: math.NaN(), Max: math.NaN(), SecondMean: math.NaN(), Bands: []model.Band{{To: 5000}},
	}
	in.Results = []model.Result{r}
}

// single makes a result with one place.
func single(in *reports.Input) {
	r := in.Results[0]
	r.SecondMean = math.NaN()
	r.Cells = slices.Clone(r.Cells)
	for i := range r.Cells {
		r.Cells[i].Second, r.Cells[i].SecondCost = "", math.NaN()
	}
	in.Results = []model.Result{r}
}

func TestNumbersAndAnchorsAreUnique(t *testing.T) {
	d := reports.Serviceplan(fixture.Plan("sv"))
	seen := map[string]bool{}
	mark := func(anchor string) {
		if anchor == "" || seen[anchor] {
			t.Errorf("anchor %q is empty or stands twice", anchor)
		}
		seen[anchor] = true
	}
	for _, h := range d.Headings() {
		mark(h.Anchor)
	}
	for i, f := range d.Figures() {
		mark(f.Anchor)
		if f.Number != i+1 || f.Alt == "" {
			t.Errorf("figure %d has number %d and alternative %q", i+1, f.Number, f.Alt)
		}
	}
	for i, tab := range d.Tables() {
		mark(tab.Anchor)
		if tab.Number != i+1 {
			t.Errorf("table %d has number %d", i+1, tab.Number)
		}
		for _, row := range tab.Rows {
			if len(row) != len(tab.Columns) {
				t.Errorf("table %d: a row has %d cells of %d", tab.Number, len(row), len(tab.Columns))
			}
		}
	}
}

func TestCatalogueWordsAreInBothLanguages(t *testing.T) {
	sv, en := i18n.For("sv").Keys(), i18n.For("en").Keys()
	if !slices.Equal(sv, en) {
		t.Error("the languages do not hold the same keys")
	}
}
