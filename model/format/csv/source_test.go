package csv

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/internal/testdata"
	"nabar/model"
	"nabar/model/crs"
	"nabar/model/format"
)

// result is all that a file gave.
type result struct {
	info  format.LayerInfo
	rows  []model.Feature
	skips []format.Skip
}

// value gives a row's value by column name.
func (r result) value(t *testing.T, row int, column string) any {
	t.Helper()
	for i, f := range r.info.Fields {
		if f.Name == column {
			return r.rows[row].Values[i]
		}
	}
	t.Fatalf("no column %q in %v", column, r.info.Fields)
	return nil
}

// field gives a column's type.
func (r result) field(t *testing.T, column string) model.FieldType {
	t.Helper()
	for _, f := range r.info.Fields {
		if f.Name == column {
			return f.Type
		}
	}
	t.Fatalf("no column %q in %v", column, r.info.Fields)
	return ""
}

// readFile reads a whole file.
func readFile(t testing.TB, path string, opt format.Options) (result, error) {
	t.Helper()
	s, err := New().Open(context.Background(), path, opt)
	if err != nil {
		return result{}, err
	}
	defer s.Close()
	r := result{info: s.Layers()[0]}
	err = s.Read(context.Background(), r.info.Name, func(f model.Feature) error {
		r.rows = append(r.rows, f)
		return nil
	}, func(s format.Skip) { r.skips = append(r.skips, s) })
	return r, err
}

// readText reads a text as a file.
func readText(t testing.TB, text string, opt format.Options) (result, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tabell.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return readFile(t, path, opt)
}

// mustRead reads a text that has to be readable.
func mustRead(t testing.TB, text string, opt format.Options) result {
	t.Helper()
	r, err := readText(t, text, opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// keys are the keys of messages.
func keys(ms []i18n.Message) []string {
	out := []string{}
	for _, m := range ms {
		out = append(out, m.Key)
	}
	return out
}

func TestGotlandServices(t *testing.T) {
	r, err := readFile(t, filepath.Join(testdata.Dir(t, "gotland"), "servicestallen_gotland.csv"), format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.rows) != 77 || len(r.skips) != 0 || len(r.info.Warnings) != 0 {
		t.Fatalf("%d rows, %v skipped, warnings %v", len(r.rows), r.skips, r.info.Warnings)
	}
	want := format.Coordinates{X: "X", Y: "Y", Sure: true, Why: r.info.Coordinates.Why}
	if got := r.info.Coordinates; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("coordinates %+v", got)
	}
	if r.info.CRS != crs.SWEREF99TM || !r.info.CRSKnown || r.info.Encoding != "utf-8" {
		t.Errorf("system %v (known %v), encoding %s", r.info.CRS, r.info.CRSKnown, r.info.Encoding)
	}
	if got := r.rows[0].Geometry; got != (orb.Point{692579.88, 6365042.35}) {
		t.Errorf("first position %v", got)
	}
	if r.rows[0].ID != 2 || r.rows[76].ID != 78 {
		t.Errorf("row numbers %d to %d, want 2 to 78", r.rows[0].ID, r.rows[76].ID)
	}
	if got := r.value(t, 1, "Namn"); got != "Coop Gråbo" {
		t.Errorf("name %q", got)
	}
}

func TestSquaresOfSweden(t *testing.T) {
	r, err := readFile(t, filepath.Join(testdata.Dir(t, "sverige"), "scb_befolkning_1km_2024.csv"), format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	people := int64(0)
	for i := range r.rows {
		people += r.rows[i].Values[1].(int64)
	}
	if len(r.rows) != 103464 || people != 10560818 || len(r.skips) != 0 {
		t.Errorf("%d squares, %d people, %d skipped", len(r.rows), people, len(r.skips))
	}
	if got := r.field(t, "rutid_scb"); got != model.Text {
		t.Errorf("rutid_scb is %s", got)
	}
	if r.info.Geometry != model.NoGeometry || len(r.info.Warnings) != 0 {
		t.Errorf("geometry %q, warnings %v", r.info.Geometry, r.info.Warnings)
	}
}
