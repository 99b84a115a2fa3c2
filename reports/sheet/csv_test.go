package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"testing"

	"nabar/reports"
	"nabar/reports/internal/fixture"
)

// TestCSVSaysWhatTheTableSays reads every file back and compares it with the columns of the workbook.
func TestCSVSaysWhatTheTableSays(t *testing.T) {
	d := reports.Serviceplan(fixture.Plan("sv"))
	files, err := CSV(d)
	if err != nil {
		t.Fatal(err)
	}
	tables := d.Tables()
	if len(files) != len(tables) || len(files) < 10 {
		t.Fatalf("%d files for %d tables", len(files), len(tables))
	}
	w := &writer{doc: d, reader: newReader(d.Printer)}
	names := map[string]bool{}
	for i, f := range files {
		if names[f.Name] || f.Type != "text/csv" || f.Description == "" {
			t.Errorf("file %q: %+v", f.Name, f.Type)
		}
		names[f.Name] = true
		rows, err := csv.NewReader(bytes.NewReader(f.Data)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) != len(tables[i].Rows)+1 {
			t.Fatalf("%s has %d rows, want %d", f.Name, len(rows), len(tables[i].Rows)+1)
		}
		for c, column := range w.columns(tables[i]) {
			if rows[0][c] != column.head {
				t.Errorf("%s column %d is %q, want %q", f.Name, c, rows[0][c], column.head)
			}
			for r, cell := range column.cells {
				if rows[r+1][c] != cell.plain() {
					t.Errorf("%s row %d column %d: %q, want %q", f.Name, r, c, rows[r+1][c], cell.plain())
				}
			}
		}
	}
}

func TestZipHoldsTheFiles(t *testing.T) {
	d := fixture.Rich("sv")
	var a, b bytes.Buffer
	if err := WriteZip(&a, d); err != nil {
		t.Fatal(err)
	}
	if err := WriteZip(&b, fixture.Rich("sv")); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Errorf("two archives differ: %v", err)
	}
	z, err := zip.NewReader(bytes.NewReader(a.Bytes()), int64(a.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if len(z.File) != 3 || z.File[0].Name != "01-rader.csv" {
		t.Fatalf("%d files, the first %s", len(z.File), z.File[0].Name)
	}
	f, err := z.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(f)
	if err != nil || !bytes.HasPrefix(data, []byte("Namn,Tal\r\nRad 1,1000\r\n")) {
		t.Errorf("%v %.40q", err, data)
	}
}

func TestSlug(t *testing.T) {
	for caption, want := range map[string]string{
		"Avstånd till närmaste": "avstand-till-narmaste", "åäö – 5 km!": "aao-5-km", "中": "",
		"En mycket lång rubrik som aldrig vill ta slut här": "en-mycket-lang-rubrik-som-aldrig-vill-ta",
	} {
		if got := slug(caption); got != want {
			t.Errorf("%q gives %q, want %q", caption, got, want)
		}
	}
}
