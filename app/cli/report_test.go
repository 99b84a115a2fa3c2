package cli_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReportTables writes the plan's tables as CSV in a folder and as an archive, and inside the PDF.
func TestReportTables(t *testing.T) {
	project := village(t)
	dir := filepath.Join(t.TempDir(), "tabeller") + "/"
	done(t, "report", project, "--out", dir)
	files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil || len(files) < 8 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	archive := filepath.Join(t.TempDir(), "tabeller.zip")
	done(t, "report", project, "--out", archive)
	z, err := zip.OpenReader(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if len(z.File) != len(files) || z.File[0].Name != filepath.Base(files[0]) {
		t.Errorf("%d files in the archive, %d in the folder; the first is %s", len(z.File), len(files), z.File[0].Name)
	}
	plain, with := filepath.Join(t.TempDir(), "plan.pdf"), filepath.Join(t.TempDir(), "bilagor.pdf")
	done(t, "report", project, "--out", plain)
	done(t, "report", project, "--out", with, "--attach")
	draft := filepath.Join(t.TempDir(), "utkast.html")
	done(t, "report", project, "--out", draft, "--draft")
	if page, err := os.ReadFile(draft); err != nil || !bytes.Contains(page, []byte(`data-watermark="UTKAST"`)) {
		t.Errorf("the draft does not say so: %v", err)
	}
	for path, want := range map[string]int{plain: 0, with: len(files)} {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := bytes.Count(data, []byte("/AFRelationship/Data")); got != want {
			t.Errorf("%d files inside %s, want %d", got, filepath.Base(path), want)
		}
	}
	if status, _, said := call(t, "report", project, "--out", filepath.Join(t.TempDir(), "plan.docx"), "--attach"); status != 1 || !strings.Contains(said, "--attach") {
		t.Errorf("status %d, %s", status, said)
	}
}
